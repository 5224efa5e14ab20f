"""A release becomes a PDF: whole, tagged, closed to the world outside, and the same every time."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from hashlib import sha256

import fontpkg_atkinson_hyperlegible
import fontpkg_newsreader
import pdfua
import pypdf
import pytest
from fontTools.ttLib import TTFont

import drawn_qr
from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import ChangeNote, Class, Edition, Reference, Release
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf import document_cache, engine, markup_tree
from charterpress.outputs.pdf.changes import PartChanges
from charterpress.outputs.pdf.charter import PdfRequest, cached_pdfs, charter_pdf, pdf_requests
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.outputs.pdf.print_look import MARKED, PrintLook
from charterpress.outputs.pdf.printable import missing_letters
from charterpress.text import markdown
from charterpress.versions import freeze, number
from charterpress.views.history import History
from words import sheets_of

FONTS = (fontpkg_newsreader.ROOT / "files", fontpkg_atkinson_hyperlegible.ROOT / "files")
ADDRESS = "https://harbour.example/versions/2.0.0/"
HOSTILE = (
    '#read("/etc/passwd") #image("/etc/passwd") #import "look.typ": * $x^2$ @ref <label> */ /* // '
    "\\#let #sys.inputs"
)


def make_release(charter=None, **changes) -> Release:
    """The second release of a charter, default make_charter(); `changes` are fields of Release."""
    release = Release(
        version="2.0.0", date="2026-12-01", class_=Class.COMMITMENT, found=Class.COMMITMENT,
        previous=Reference(version="1.0.0", sha256=sha256(b"1").hexdigest()),
        notes=(make_note(reason="*Asked for* by the ferry."),), charter=charter or make_charter(),
        sha256=sha256(b"2").hexdigest(), path="charter/releases/2.0.0.json",
    )  # fmt: skip
    return replace(release, **changes)


def pdf_of(release=None, **options) -> bytes:
    request = PdfRequest(release=release or make_release(), **({"address": ADDRESS} | options))
    return charter_pdf(request, FONTS)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def words(data: bytes, first=0, last=None) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(data).pages[first:last]).split())


def body(text: str, **changes) -> str:
    """The words of a document whose preamble is `text`, without its cover."""
    return words(pdf_of(make_release(make_charter(preamble=text, **changes))), 1)


def targets(data: bytes) -> list[str]:
    """Where each link leads: an address, or "page 4" and the name of the place if it has one."""
    notes = (note.get_object() for page in read(data).pages for note in page.get("/Annots") or [])
    actions = ((note.get("/A"), note) for note in notes)
    return [
        str((action.get("/URI") or action["/D"]) if action else note["/Dest"]) for action, note in actions
    ]


@pytest.fixture(scope="module")
def real(charter) -> bytes:
    return pdf_of(make_release(charter))


def test_typst_is_told_to_forget_a_document_of_many_principles(monkeypatch):
    """Else it keeps the text and the cards of a café at the same time, at 4 MB for each principle."""
    told = []
    monkeypatch.setattr(engine, "forget", lambda: told.append(True))
    made = pdf_of()
    assert told == []
    monkeypatch.setattr("charterpress.outputs.pdf.charter.LONG", 0)
    assert pdf_of() == made
    assert told == [True]


def test_every_word_of_the_real_charter_is_in_it(real, charter):
    """With the numbers of principles and the letters of commitments that they are cited by."""
    around = re.compile(r"Good Partners Charter version 2\.0\.0 |SHA-256 \w{12}… page \d+ of \d+ ?")
    found = around.sub("", words(real)).replace(" ", "")
    said = [charter.preamble, *(theme.text for theme in charter.themes)]
    numbers = number.part_numbers(charter)
    for _, each in charter.principles():
        said += [numbers[each.id] + each.title, each.summary, *each.plain, *each.questions, *each.sources]
        said += [text for part in each.sections for text in (part.items or (part.text,))]
        said += [text for b in each.behaviours for text in (b.behaviour, b.measure, b.support, b.interview)]
        for index, item in enumerate(each.sections[0].items):
            said.append(number.item_letter(index) + " ".join(markdown.plain_text(item).split()[:4]))
    lines = [line for text in said for line in markdown.plain_text(text).split("\n")]
    assert len(lines) > 400
    assert [line for line in lines if "".join(line.split()) not in found] == []
    assert len(real) < 250_000


def test_the_cover_says_which_version_it_is():
    data, digest = pdf_of(), make_release().sha256
    cover = words(data, 0, 1)
    for text in ("Harbour Charter", "2.0.0", "1 December 2026", ADDRESS, "CC-BY-4.0", digest[:8] + " "):
        assert text in cover
    cite = f"Cite as Harbour Charter, version 2.0.0, 1 December 2026. {ADDRESS} Licence"
    assert cite.replace(" ", "") in cover.replace(" ", "")
    assert digest in cover.replace(" ", "")
    assert "sha256sum charter.json" in cover
    assert drawn_qr.decoded(drawn_qr.on_page(read(data).pages[0])) == ADDRESS
    assert "can’t be signed" not in cover
    assert "can’t be signed" in words(pdf_of(make_release(version="0.1.0")), 0, 1)


def test_the_cover_is_one_page_whatever_stands_on_it():
    charter = make_charter(
        title="Everything that we have " * 3,
        summary="What we promise to one another. " * 5,
        themes=tuple(make_theme(f"theme-{place}") for place in range(12)),
    )
    data = pdf_of(
        make_release(charter, version="0.12.10", previous=None, notes=()),
        address=f"https://{'harbour.' * 12}example/under/a/path/versions/0.12.10/",
        superseded=("0.12.11", "2027-09-30"),
    )
    assert "Licence" in words(data, 0, 1)
    assert "Contents" in words(data, 1, 2)
    lows = []

    def low(text, cm, tm, *_):
        if text.strip():
            lows.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    read(data).pages[0].extract_text(visitor_text=low)
    assert min(lows) > 26 / 25.4 * 72, "it runs into the margin of 26 mm"


def test_every_other_page_says_which_version_it_is(real):
    sheets, digest = sheets_of(real), f"SHA-256 {make_release().sha256[:12]}…"
    for place, text in enumerate(sheets[1:], start=2):
        for part in ("Good Partners Charter", "version 2.0.0", digest, f"page {place} of {len(sheets)}"):
            assert part in text
    old = sheets_of(pdf_of(superseded=("3.0.0", "2027-06-01")))
    assert all("Superseded by version 3.0.0 on 1 June 2027" in sheet for sheet in old)
    assert "Superseded" not in " ".join(sheets)


def make_note(id="n", **changes) -> ChangeNote:
    note = ChangeNote(id=id, principles=("tides-first",), class_=Class.COMMITMENT, reason=f"Because of {id}.")
    return replace(note, **changes)


def told(
    title="2.1 Tides first", *said, notes=("n",), computed=Class.COMMITMENT, approved=None
) -> PartChanges:
    return PartChanges(
        title=title, approved_class=approved or computed, computed_class=computed,
        sentences=said or ("Commitment b was reworded.",), notes=notes,
    )  # fmt: skip


def test_what_changed_stands_after_the_text_part_by_part_with_class_and_reason():
    parts = (told("2.1 Tides first", "*So* it was.", "It was moved."), told("Preamble", notes=()))
    text = words(pdf_of(changes=parts))
    assert (
        "What changed since version 1.0.0 Class: commitment. What signatories promise has changed. "
        "2.1 Tides first class: commitment *So* it was. It was moved. Asked for by the ferry. "
        "Preamble class: commitment Commitment b was reworded."
    ) in text
    assert text.index("*So* it was.") > text.index("A harbour is shared.")
    first, noted = (words(pdf_of(make_release(previous=None, notes=n))) for n in ((), (make_note("n"),)))
    assert ("What changed" in first, "About this version" in first, "Class:" in noted) == (False,) * 3
    assert "About this version Because of n." in noted


def test_what_happened_alike_to_several_parts_is_said_once():
    notes = (make_note("a"), make_note("b"))
    parts = (told("2.1 Tides", notes=("a",)), told("Preamble", notes=("b",)), told("2.2 Ebbs", notes=("a",)))
    text = words(pdf_of(make_release(notes=notes), changes=parts))
    assert (
        "The same in 2 parts class: commitment Commitment b was reworded. 2.1 Tides; 2.2 Ebbs Because of a. "
        "Preamble class: commitment Commitment b was reworded. Because of b."
    ) in text


def test_a_reason_for_several_parts_is_printed_once_and_one_for_none_at_the_end():
    notes = (make_note("a"), make_note("b"), make_note("alone"))
    parts = (told("2.1 Tides", notes=("a",)), told("2.2 Ebbs", notes=("b", "a")))
    text = words(pdf_of(make_release(notes=notes), changes=parts))
    assert [text.count(f"Because of {id}.") for id in ("a", "b", "alone")] == [1, 1, 1]
    assert "Because of b. A reason is also given under “2.1 Tides”. Because of alone." in text


@pytest.mark.parametrize("reason", ["# Big\n\n#### Small", "Quay\n---\nA ferry."])
def test_a_reason_may_have_headings_of_its_own(reason):
    notes = (make_note("a", reason=reason), make_note("alone", reason=reason))
    release = make_release(notes=notes)
    heading = reason.split("\n")[0].removeprefix("# ")
    for changes, previous in (((told(notes=("a",)),), release.previous), ((), None)):
        text = words(pdf_of(replace(release, previous=previous), changes=changes))
        assert text.count(heading) == 2


def test_a_class_that_was_lowered_says_who_approved():
    note = make_note(class_=Class.GUIDANCE, approved_by=("The chair", "The harbour master"))
    release = make_release(class_=Class.GUIDANCE, notes=(note,))
    text = words(pdf_of(release, changes=(told(approved=Class.GUIDANCE),)))
    assert "The computed class of the changes is “commitment”" in text
    assert (
        "2.1 Tides first class: guidance Commitment b was reworded. Because of n. "
        "Counted as “guidance” with the approval of The chair and The harbour master."
    ) in text
    assert "approval" not in words(pdf_of(make_release(notes=(note,)), changes=(told(),)))


def test_bookmarks_and_contents_name_themes_and_principles():
    def titles(entries) -> list:
        return [titles(each) if isinstance(each, list) else each.title for each in entries]

    data = pdf_of(make_release(notes=()))
    assert titles(read(data).outline) == [
        *("Preamble", "Contents"),
        *("1 Moorings", ["1.1 Moorings first", "1.2 Moorings second"]),
        *("2 Tides", ["2.1 Tides first", "2.2 Tides second"]),
    ]
    assert "1.1 Moorings first 3 1.2 Moorings second" in words(data, 1, 2)


@pytest.mark.parametrize("old", [None, ("3.0.0", "2027-06-01")], ids=["current", "superseded"])
def test_it_passes_the_checks_of_pdfua(charter, old):
    data = pdf_of(make_release(charter), superseded=old, changes=(told(), told(title="Preamble")))
    assert pdfua.validate(io.BytesIO(data)).findings == ()


def test_it_says_of_itself_that_it_is_tagged_and_pdf_ua(real):
    reader = read(real)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Good Partners Charter, version 2.0.0"
    assert reader.metadata.creation_date.isoformat() == "2026-12-01T00:00:00+00:00"
    used = [each.get_object() for page in reader.pages for each in page["/Resources"]["/Font"].values()]
    fonts = {font["/BaseFont"]: font["/DescendantFonts"].get_object()[0].get_object() for font in used}
    for family in ("Newsreader", "AtkinsonHyperlegible"):
        assert any(family in name for name in fonts)
    for font in fonts.values():
        assert {"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"])


def test_headings_skip_no_level_however_they_were_written():
    made = markup_tree.blocks(
        "###### a\n\n# b\n\n### c\n\n## d", link=lambda _: markup_tree.Target(), above=1
    )
    assert [node["level"] for node in made] == [2, 2, 3, 3]
    assert "deep shallow" in body("###### deep\n\n# shallow\n\n#\n\nwords")


def test_links_between_the_parts_lead_to_their_place_in_the_document():
    section = make_section(
        text="[up](index.md) [next](moorings-second.md) "
        "[over](../tides/tides-first.md#tides-first-every-day) "
        "[start](../../preamble.md) [gone](../tides/none.md) [none](moorings-second.md#no-such-words)"
    )
    first = make_principle("moorings-first", sections=(section,))
    theme = make_theme("moorings", principles=(first, make_principle("moorings-second")))
    data = pdf_of(make_release(make_charter(themes=(theme, make_theme("tides"))), notes=()))
    inside = [target for target in targets(data) if not target.startswith("http")]
    contents, text = inside[:7], inside[7:]
    assert len(set(contents)) == 7
    assert len(text) == 5
    assert text[1] == text[4]
    assert len(set(text)) == 4
    assert "up next over start gone none" in words(data)


def test_links_to_other_sites_work_and_are_printed():
    preamble = "[words](https://a.example/x) <https://b.example/> [](https://c.example)"
    data = pdf_of(make_release(make_charter(preamble=preamble)))
    assert {"https://a.example/x", "https://b.example/", "https://c.example", ADDRESS} <= set(targets(data))
    assert "words (https://a.example/x) https://b.example/ https://c.example" in words(data)


def test_a_text_is_printed_as_it_stands_and_never_run():
    text = (
        f"{HOSTILE} <b onclick='x'>raw</b> [file](file:///etc/passwd) [js](javascript:x) ![pic](/etc/passwd)"
    ).replace("*", "\\*")
    theme = make_theme("tides", title=HOSTILE, summary=HOSTILE)
    preamble = text.replace("\\#", "\\\\#")
    charter = make_charter(title=HOSTILE, summary=HOSTILE, preamble=preamble, themes=(theme,))
    data = pdf_of(make_release(charter), changes=(told(HOSTILE, HOSTILE),))
    found = words(data).replace(" ", "")
    assert found.count(HOSTILE.replace(" ", "")) >= 7
    assert "<bonclick='x'>raw</b>filejspic" in found
    assert "root:" not in found
    assert {target for target in targets(data) if "passwd" in target or "script" in target} == set()


@pytest.mark.parametrize(
    ("text", "letters", "told"),
    [
        ("One 漢 and two 字.", ("漢", "字"), "“漢” (U+6F22) in “Preamble”, at “One 漢 and two 字.”"),
        ("In `code 😀`", ("😀",), "“😀” (U+1F600)"),
        ("Half\ud800", ("\ud800",), "U+D800 in “Preamble”"),
        ("Own\ue000", ("\ue000",), "U+E000"),
        ("Bell\x07", ("\x07",), "U+0007"),
        ("Lost \ufffd", ("\ufffd",), "U+FFFD"),
        ("हिन्दी", ("हिन्दी",), "Preamble"),
    ],
)
def test_a_letter_without_a_font_is_named_with_its_place(text, letters, told):
    with pytest.raises(engine.MissingLetterError) as caught:
        body(text)
    assert "".join(letters).startswith(caught.value.letters[0])
    assert told in str(caught.value)
    assert str(caught.value).startswith("charter/releases/2.0.0.json: no font has ")


def test_only_the_letters_without_a_font_are_missing():
    asked = frozenset("e\u1dc4 Ж 日 q\u0303 हि \u200d😀✓")
    assert missing_letters(asked, code=False, fonts=font_folders()) == set("\u1dc4日😀✓")
    assert missing_letters(asked, code=True, fonts=font_folders()) == set("\u1dc4日😀")


def test_the_letters_of_europe_have_fonts():
    text = "ẽ ñ ø ß ł ő ş ț – — ‘ ’ “ ” … € → × Ελληνικά Кириллица"
    assert text in body(text)


def test_a_letter_that_the_text_font_lacks_comes_whole_from_another():
    ranges = re.findall(r"\\u\{(\w+)\}(?:-\\u\{(\w+)\})?", PrintLook().inputs()["letters"])
    letters = {code for low, high in ranges for code in range(int(low, 16), int(high or low, 16) + 1)}
    for path in FONTS[1].glob("*.ttf"):
        assert letters - {ord(" ")} == {*MARKED} & TTFont(path).getBestCmap().keys()
    assert "Llŷn a’r Gŵyl" in body("Llŷn a’r Gŵyl")


def test_nested_and_long_texts_fit():
    many = make_principle(
        sections=(make_section("promises", items=[f"promise {n} " + "word " * 40 for n in range(40)]),)
    )
    deep = "- a\n  - b\n    1. c\n       > d\n       > > e\n\n```\ncode  here\n```\n\n***\n\n**bold *both***"
    data = pdf_of(make_release(make_charter(preamble=deep, themes=(make_theme(principles=(many,)),))))
    text = words(data)
    assert "• a • b 1. c d e code here bold both" in text
    assert "an promise 39 word" in text


WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesausführungsbestim"
NESTED = f"1. One\n2. Two\n    1. {WORD}\n    2. Again\n        1. Deep\n\n> {WORD}"


def test_no_address_leaves_the_page_however_long():
    """It breaks after its marks, and where there are none for long, anywhere."""
    address = f"https://harbour.example/{'quay_7' * 30}/x?y={'z9' * 50}"
    principle = make_principle(summary=address, sources=(address,))
    preamble = f"See [here]({address}), `{address}`."
    pdf = pdf_of(make_release(make_charter(preamble=preamble, themes=(make_theme("a", (principle,)),))))
    assert words(pdf).replace(" ", "").count(address) == 4
    ends = []

    def end(text, cm, tm, font, size):
        if text.strip():
            ends.append(tm[4] * cm[0] + cm[4] + 0.4 * size * len(text.strip()))

    for page in read(pdf).pages:
        page.extract_text(visitor_text=end)
    assert max(ends) < 595, "at two fifths of its size for each letter it is over the edge of the sheet"


def test_the_preamble_is_read_first_and_the_contents_follow():
    text = words(pdf_of(), 1, 2)
    assert text.index("Preamble") < text.index("Contents") < text.index("1.1 Moorings first")


def test_nested_lists_count_as_in_markdown_and_no_word_leaves_the_page():
    """A list within a commitment too, where the commitments have letters."""
    promises = make_section("promises", items=(f"do so:\n\n{NESTED}",))
    principle = make_principle(title=f"By {WORD[:34]}", sections=(promises, make_section(text=NESTED)))
    charter = make_charter(preamble=NESTED, themes=(make_theme("a", (principle,)),))
    pdf = pdf_of(make_release(charter))
    text = words(pdf, 1)
    assert text.count("1. One 2. Two 1. Rind") == 3
    assert text.count("2. Again 1. Deep Rind") == 3
    assert text.replace(" ", "").count(WORD) == 6
    assert not any(WORD in line for page in read(pdf).pages for line in page.extract_text().splitlines())


def test_a_refusal_of_another_kind_is_told():
    with pytest.raises(CharterError, match="the PDF cannot be made"):
        pdf_of(make_release(make_charter(themes=(make_theme(title=""),))))
    with pytest.raises(CharterError, match="“tomorrow” is not a date"):
        engine.document("charter.typ", {}, date="tomorrow", fonts=FONTS)


@pytest.fixture
def history():
    theme, *others = make_charter().themes
    changed = replace(theme.principles[0], title="Moorings come first")
    theme = replace(theme, principles=(changed, *theme.principles[1:]))
    return history_of(make_charter(themes=(theme, *others)))


def history_of(text, **second) -> History:
    """The history of make_charter() and then `text`; `second` are fields of its release."""
    first = make_release(previous=None, notes=(), version="1.0.0", date="2026-11-01")
    releases = tuple(freeze.with_digest(each) for each in (first, make_release(text, **second)))
    return History(Edition(root="c", charter=None, documents=(), entries=(), releases=releases))


def test_every_release_has_its_pdf_with_what_changed_and_what_followed(history):
    first, second = pdf_requests(history, "https://harbour.example/")
    assert (first.address, first.changes) == ("https://harbour.example/versions/1.0.0/", ())
    assert first.superseded == ("2.0.0", "2026-12-01")
    assert second.superseded is None
    assert second.changes == (told("1.1 Moorings come first", "The title was reworded.", notes=()),)


def test_a_part_that_is_gone_keeps_its_name_and_says_that_its_number_is_past():
    theme, other = make_charter().themes
    text = make_charter(themes=(replace(theme, principles=theme.principles[1:]), other))
    note = make_note(principles=(), retires=(("moorings-first", "moorings-second"),))
    (gone,) = pdf_requests(history_of(text, notes=(note,)), "https://harbour.example/")[1].changes
    assert (gone.title, gone.sentences) == (
        "Moorings first (was 1.1)",
        ("It was merged into “Moorings second”.",),
    )
    assert gone.notes == ("n",)


@pytest.fixture
def setting(monkeypatch):
    """The versions and dates of the documents that typst was asked for; what it made is short."""
    asked = []

    def document(_, values, *, date, **__):
        asked.append((values["version"], date))
        return f"%PDF of {values}".encode()

    monkeypatch.setattr(engine, "document", document)
    return asked


def test_a_pdf_is_made_once_for_the_same_content(history, tmp_path, setting):
    kept = DocumentCache(tmp_path / "shelf", FONTS)
    orders = pdf_requests(history, "https://harbour.example/")
    fresh = cached_pdfs(orders, kept)
    assert (list(fresh), len(setting)) == (["1.0.0", "2.0.0"], 2)
    assert cached_pdfs(orders, kept) == fresh
    assert len(setting) == 2
    cached_pdfs(pdf_requests(history, "https://elsewhere.example/"), kept)
    assert len(setting) == 4
    dated = freeze.with_digest(replace(orders[1].release, date="2026-11-02"))
    cached_pdfs([replace(orders[1], superseded=("3.0.0", "2027-01-01"))], kept)
    cached_pdfs([orders[1]], DocumentCache(tmp_path / "shelf", FONTS[:1]))
    cached_pdfs([replace(orders[1], release=dated)], kept)
    assert setting[4:] == [("2.0.0", "2026-12-01")] * 2 + [("2.0.0", "2026-11-02")]


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("checks/body.py", False),
        ("outputs/pdf/__init__.py", False),
        ("outputs/pdf/look.typ", True),
        ("outputs/pdf/engine.py", True),
    ],
)
def test_a_pdf_is_set_again_only_if_what_typst_gets_has_changed(
    history, tmp_path, monkeypatch, setting, changed, again
):
    package = tmp_path / "package"
    shutil.copytree(document_cache.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(
        document_cache, "LAYOUTS", package / document_cache.LAYOUTS.relative_to(document_cache.PACKAGE)
    )
    monkeypatch.setattr(document_cache, "PACKAGE", package)
    orders = pdf_requests(history, "https://harbour.example/")
    fresh = cached_pdfs(orders, DocumentCache(tmp_path / "shelf", FONTS))
    (package / changed).write_text((package / changed).read_text() + "\n")
    assert cached_pdfs(orders, DocumentCache(tmp_path / "shelf", FONTS)) == fresh
    assert len(setting) == (4 if again else 2)


@pytest.mark.parametrize(
    ("package", "again"), [("typst", True), ("pikepdf", True), ("markdown-it-py", False)]
)
def test_a_pdf_is_set_again_by_another_version_of_what_sets_it(
    history, tmp_path, monkeypatch, setting, package, again
):
    """What reads the words is no part of it, as long as it reads the same."""
    orders = pdf_requests(history, "https://harbour.example/")
    cached_pdfs(orders, DocumentCache(tmp_path, FONTS))
    installed = document_cache.version
    monkeypatch.setattr(document_cache, "version", lambda name: "9" if name == package else installed(name))
    cached_pdfs(orders, DocumentCache(tmp_path, FONTS))
    assert len(setting) == (4 if again else 2)


@pytest.mark.parametrize("damage", [b"", b"half a file", None], ids=["emptied", "overwritten", "cut"])
def test_a_pdf_that_is_not_whole_is_made_again(history, tmp_path, damage):
    orders = pdf_requests(history, "https://harbour.example/")[:1]
    kept = DocumentCache(tmp_path, FONTS)
    fresh = cached_pdfs(orders, kept)
    (file,) = tmp_path.glob("*.pdf")
    file.write_bytes(file.read_bytes()[:-5] if damage is None else damage)
    assert cached_pdfs(orders, kept) == fresh


def test_a_release_that_cannot_be_set_is_named(history, tmp_path):
    orders = pdf_requests(history, "https://harbour.example/")
    with pytest.raises(engine.MissingLetterError, match=r"^charter/releases/"):
        cached_pdfs([replace(each, changes=(told("漢"),)) for each in orders], DocumentCache(tmp_path, FONTS))
    assert list(tmp_path.glob("*.pdf")) == []


def test_another_date_digest_or_word_gives_other_bytes():
    release = make_release()
    others = [replace(release, date="2026-12-02"), replace(release, sha256=sha256(b"3").hexdigest())]
    assert len({pdf_of(each) for each in (release, *others)}) == 3
