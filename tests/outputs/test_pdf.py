"""A release becomes a PDF: whole, tagged, closed to the world outside, and the same every time."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

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
from charterpress.outputs.pdf.charter import cached_pdfs, charter_pdf, pdf_requests
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.text import markdown
from charterpress.versions import freeze, number
from charterpress.views.history import History

FONTS = (fontpkg_newsreader.ROOT / "files", fontpkg_atkinson_hyperlegible.ROOT / "files")
ADDRESS = "https://harbour.example/versions/2.0.0/"
HOSTILE = (
    '#read("/etc/passwd") #image("/etc/passwd") #import "look.typ": * $x^2$ @ref <label> */ /* // '
    "\\#let #sys.inputs"
)


def make_release(charter=None, **changes) -> Release:
    """The second release of a charter, default make_charter(); `changes` are fields of Release."""
    release = Release(
        version="2.0.0",
        date="2026-12-01",
        class_=Class.COMMITMENT,
        found=Class.COMMITMENT,
        previous=Reference(version="1.0.0", sha256=sha256(b"1").hexdigest()),
        notes=(
            ChangeNote(
                id="n",
                principles=("tides-first",),
                class_=Class.COMMITMENT,
                reason="*Asked for* by the ferry.",
            ),
        ),
        charter=charter or make_charter(),
        sha256=sha256(b"2").hexdigest(),
        path="charter/releases/2.0.0.json",
    )
    return replace(release, **changes)


def pdf_of(release=None, **options) -> bytes:
    return charter_pdf(release or make_release(), **({"address": ADDRESS, "font_folders": FONTS} | options))


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def words(data: bytes, first=0, last=None) -> str:
    """The words of some pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(data).pages[first:last]).split())


def body(text: str, **changes) -> str:
    """The words of a document whose preamble is `text`, without cover and contents."""
    return words(pdf_of(make_release(make_charter(preamble=text, **changes))), 2)


def targets(data: bytes) -> list[str]:
    """Where each link leads: an address, or "page 4" and the name of the place if it has one."""
    reader = read(data)
    found = []
    for page in reader.pages:
        for entry in page.get("/Annots") or []:
            link = entry.get_object()
            action = link.get("/A")
            if action and "/URI" in action:
                found.append(str(action["/URI"]))
            else:
                found.append(str(action["/D"] if action else link["/Dest"]))
    return found


def outline(entries) -> list:
    return [outline(entry) if isinstance(entry, list) else entry.title for entry in entries]


@pytest.fixture(scope="module")
def real(charter) -> bytes:
    """The real charter, as if it had been released."""
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


# --- What stands in it -------------------------------------------------------------------------------


def test_every_word_of_the_real_charter_is_in_it(real, charter):
    """Commitments, other sections, preamble, themes, behaviours, questions, sources: none is lost."""
    around = re.compile(r"Good Partners Charter version 2\.0\.0 |SHA-256 \w{12}… page \d+ of \d+ ?")
    found = around.sub("", words(real)).replace(" ", "")
    said = [charter.preamble, *(theme.text for theme in charter.themes)]
    for _, each in charter.principles():
        said += [each.title, each.summary, *each.plain, *each.questions, *each.sources]
        said += [text for part in each.sections for text in (part.items or (part.text,))]
        said += [text for b in each.behaviours for text in (b.behaviour, b.measure, b.support, b.interview)]
    lines = [line for text in said for line in markdown.plain_text(text).split("\n")]
    assert len(lines) > 400
    assert [line for line in lines if "".join(line.split()) not in found] == []


def test_every_commitment_has_its_letter_and_every_principle_its_number(real, charter):
    """What is cited as 3.2 b can be found on paper."""
    found = words(real)
    numbers = number.part_numbers(charter)
    for _, principle in charter.principles():
        assert f"{numbers[principle.id]} {principle.title}" in found
        for index, item in enumerate(principle.sections[0].items):
            start = " ".join(markdown.plain_text(item).split()[:4])
            assert f"{number.item_letter(index)} {start}" in found


def test_the_cover_says_which_version_it_is():
    """Title, version, date, the whole digest in groups, the address and the licence."""
    cover = words(pdf_of(), 0, 1)
    digest = make_release().sha256
    for text in ("Harbour Charter", "2.0.0", "1 December 2026", ADDRESS, "CC-BY-4.0"):
        assert text in cover
    assert digest in cover.replace(" ", "")
    assert digest[:8] + " " in cover
    cite = f"Cite as Harbour Charter, version 2.0.0, 1 December 2026. {ADDRESS} Licence"
    assert cite.replace(" ", "") in cover.replace(" ", "")
    assert "sha256sum charter.json" in cover


def test_the_cover_is_one_page_whatever_stands_on_it():
    """The longest title, summary and address, on a superseded draft with many themes."""
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


def test_the_qr_code_on_the_cover_says_the_address():
    """A reader of QR codes finds it in the lines that are drawn."""
    assert drawn_qr.decoded(drawn_qr.on_page(read(pdf_of()).pages[0])) == ADDRESS


def test_every_other_page_says_which_version_it_is(real):
    """Title and version above the text, the digest's first twelve characters and the place below it."""
    pages = read(real).pages
    for place, page in enumerate(pages[1:], start=2):
        text = " ".join(page.extract_text().split())
        assert "Good Partners Charter" in text
        assert "version 2.0.0" in text
        assert f"SHA-256 {make_release().sha256[:12]}…" in text
        assert f"page {place} of {len(pages)}" in text


def test_a_superseded_version_says_so_on_its_cover_and_on_every_page():
    """A page torn out of the document still says that other words have taken its place."""
    told = "Superseded by version 3.0.0 on 1 June 2027"
    data = pdf_of(superseded=("3.0.0", "2027-06-01"))
    assert all(told in " ".join(page.extract_text().split()) for page in read(data).pages)
    assert "Superseded" not in words(pdf_of())


def make_note(id="n", **changes) -> ChangeNote:
    """A note about tides-first; `changes` are its fields."""
    note = ChangeNote(id=id, principles=("tides-first",), class_=Class.COMMITMENT, reason=f"Because of {id}.")
    return replace(note, **changes)


def told(
    title="2.1 Tides first", *sentences, notes=("n",), computed=Class.COMMITMENT, approved=None
) -> PartChanges:
    return PartChanges(
        title=title,
        approved_class=approved or computed,
        computed_class=computed,
        sentences=sentences or ("Commitment b was reworded.",),
        notes=notes,
    )


def test_what_changed_stands_before_the_text_part_by_part_with_class_and_reason():
    """What happened as it was said, as plain text; why, from the note, as Markdown."""
    parts = (told("2.1 Tides first", "*So* it was.", "It was moved."), told("Preamble", notes=()))
    text = words(pdf_of(changes=parts))
    assert (
        "What changed since version 1.0.0 Class: commitment. What those who sign it promise has changed. "
        "2.1 Tides first class: commitment *So* it was. It was moved. Asked for by the ferry. "
        "Preamble class: commitment Commitment b was reworded."
    ) in text
    assert text.index("*So* it was.") < text.index("A harbour is shared.")


def test_a_reason_for_several_parts_is_printed_once_and_one_for_none_at_the_end():
    notes = (make_note("a"), make_note("b"), make_note("alone"))
    parts = (told("2.1 Tides", notes=("a",)), told("2.2 Ebbs", notes=("b", "a")))
    text = words(pdf_of(make_release(notes=notes), changes=parts))
    assert [text.count(f"Because of {id}.") for id in ("a", "b", "alone")] == [1, 1, 1]
    assert "Because of b. A reason is also given under “2.1 Tides”. Because of alone." in text


@pytest.mark.parametrize("reason", ["# Big\n\n#### Small", "Quay\n---\nA ferry."])
def test_a_reason_may_have_headings_of_its_own(reason):
    """Under the part that it is about, and alone, in a first version too: no level of heading is skipped."""
    notes = (make_note("a", reason=reason), make_note("alone", reason=reason))
    release = make_release(notes=notes)
    heading = reason.split("\n")[0].removeprefix("# ")
    for changes, previous in (((told(notes=("a",)),), release.previous), ((), None)):
        text = words(pdf_of(replace(release, previous=previous), changes=changes))
        assert text.count(heading) == 2


def test_a_class_that_was_lowered_says_who_approved():
    """Both classes, the two who approved and the reason stand together."""
    note = make_note(class_=Class.GUIDANCE, approved_by=("The chair", "The harbour master"))
    release = make_release(class_=Class.GUIDANCE, notes=(note,))
    text = words(pdf_of(release, changes=(told(approved=Class.GUIDANCE),)))
    assert "The changes were found to be of class “commitment”" in text
    assert (
        "2.1 Tides first class: guidance Commitment b was reworded. Because of n. "
        "Counted as “guidance” with the approval of The chair and The harbour master."
    ) in text
    assert "approval" not in words(pdf_of(make_release(notes=(note,)), changes=(told(),)))


def test_a_first_version_has_nothing_that_changed():
    first = words(pdf_of(make_release(previous=None, notes=())))
    assert "What changed" not in first
    assert "About this version" not in first
    said = words(pdf_of(make_release(previous=None, notes=(make_note("n"),))))
    assert "About this version Because of n." in said
    assert "Class:" not in said


def test_a_consultation_draft_says_that_it_cannot_be_signed():
    assert "cannot be signed" in words(pdf_of(make_release(version="0.1.0")), 0, 1)
    assert "cannot be signed" not in words(pdf_of(), 0, 1)


def test_bookmarks_and_contents_name_themes_and_principles():
    """Two levels, numbered, in the order of the text."""
    data = pdf_of(make_release(notes=()))
    themes = [
        "1 Moorings",
        ["1.1 Moorings first", "1.2 Moorings second"],
        "2 Tides",
        ["2.1 Tides first", "2.2 Tides second"],
    ]
    assert outline(read(data).outline) == ["Contents", "Preamble", *themes]
    assert "1.1 Moorings first 4 1.2 Moorings second" in words(data, 1, 2)


# --- Accessible --------------------------------------------------------------------------------------


@pytest.mark.parametrize("old", [None, ("3.0.0", "2027-06-01")], ids=["current", "superseded"])
def test_it_passes_the_checks_of_pdfua(charter, old):
    """The package pdfua decides 16 of the 106 rules of PDF/UA-1. The other 90 are not tested here."""
    data = pdf_of(make_release(charter), superseded=old, changes=(told(), told(title="Preamble")))
    assert pdfua.validate(io.BytesIO(data)).findings == ()


def test_it_says_of_itself_that_it_is_tagged_and_pdf_ua(real):
    """The marks stand after packing too: tags, language, title in the window, PDF/UA-1, fonts inside."""
    reader = read(real)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Good Partners Charter, version 2.0.0"
    assert reader.metadata.creation_date.isoformat() == "2026-12-01T00:00:00+00:00"
    fonts = {
        name: font
        for page in reader.pages
        for name, font in ((f["/BaseFont"], f) for f in map(_got, page["/Resources"]["/Font"].values()))
    }
    assert any("Newsreader" in name for name in fonts)
    assert any("AtkinsonHyperlegible" in name for name in fonts)
    for font in fonts.values():
        descriptor = _got(_got(font)["/DescendantFonts"])[0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def _got(value):
    return value.get_object()


def test_headings_skip_no_level_however_they_were_written():
    """A heading of level 6 at the start of a text, and one of level 1 after it, come below the text's own."""
    levels = [
        node["level"]
        for node in markup_tree.blocks("###### a\n\n# b\n\n### c\n\n## d", link=_nowhere, above=1)
    ]
    assert levels == [2, 2, 3, 3]
    assert "deep shallow" in body("###### deep\n\n# shallow\n\n#\n\nwords")


def _nowhere(target: str) -> markup_tree.Target:
    return markup_tree.Target()


# --- Links -------------------------------------------------------------------------------------------


def test_links_between_the_parts_lead_to_their_place_in_the_document():
    """As they are written in the charter's folder, with or without the files still being there."""
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
    """On paper the address stands behind the words, once."""
    data = pdf_of(
        make_release(
            make_charter(preamble="[words](https://a.example/x) <https://b.example/> [](https://c.example)")
        )
    )
    assert {"https://a.example/x", "https://b.example/", "https://c.example", ADDRESS} <= set(targets(data))
    assert "words (https://a.example/x) https://b.example/ https://c.example" in words(data)


# --- Whatever the text says --------------------------------------------------------------------------


def test_a_text_is_printed_as_it_stands_and_never_run():
    """What means something to typst, HTML, a link to a file: characters on paper, in every field."""
    text = (
        f"{HOSTILE} <b onclick='x'>raw</b> [file](file:///etc/passwd) [js](javascript:x) ![pic](/etc/passwd)"
    )
    data = pdf_of(
        make_release(
            make_charter(
                title=HOSTILE,
                summary=HOSTILE,
                preamble=text.replace("*", "\\*").replace("\\#", "\\\\#"),
                themes=(make_theme("tides", title=HOSTILE, summary=HOSTILE),),
            )
        ),
        changes=(told(HOSTILE, HOSTILE),),
    )
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
    """It is never printed as a box: the document is refused, in words that say what to look for and where."""
    with pytest.raises(engine.MissingLetterError) as caught:
        body(text)
    assert "".join(letters).startswith(caught.value.letters[0])
    assert told in str(caught.value)
    assert str(caught.value).startswith("charter/releases/2.0.0.json: no font has ")


def test_the_letters_of_europe_have_fonts():
    """Letters with any accent, Welsh, Greek, Cyrillic, and the marks of ordinary text."""
    text = "ẽ ñ ø ß ł ő ş ț – — ‘ ’ “ ” … € → × Ελληνικά Кириллица"
    assert text in body(text)


def test_a_letter_that_the_text_font_lacks_comes_whole_from_another():
    """Left to itself typst sets the Welsh ŵ as w and a stray mark: the template names what the font has."""
    source = (engine.TEMPLATES / "look.typ").read_text(encoding="utf-8")
    named = source.partition("#let letters = (")[2].partition("\n)")[0]
    ranges = re.findall(r"\\u\{(\w+)\}(?:-\\u\{(\w+)\})?", named)
    letters = {code for low, high in ranges for code in range(int(low, 16), int(high or low, 16) + 1)}
    for path in FONTS[1].glob("*.ttf"):
        assert letters == {code for code in TTFont(path).getBestCmap() if code >= ord(" ")}
    assert "Llŷn a’r Gŵyl" in body("Llŷn a’r Gŵyl")


def test_nested_and_long_texts_fit():
    """Lists in lists, quotations in quotations, and a list of promises longer than a page."""
    many = make_principle(
        sections=(make_section("promises", items=[f"promise {n} " + "word " * 40 for n in range(40)]),)
    )
    deep = "- a\n  - b\n    1. c\n       > d\n       > > e\n\n```\ncode  here\n```\n\n***\n\n**bold *both***"
    data = pdf_of(make_release(make_charter(preamble=deep, themes=(make_theme(principles=(many,)),))))
    text = words(data)
    assert "• a • b 1. c d e code here bold both" in text
    assert "an promise 39 word" in text


def test_a_refusal_of_another_kind_is_told():
    """No trace of the machine: one sentence, and the file."""
    with pytest.raises(CharterError, match="the PDF cannot be made"):
        pdf_of(make_release(make_charter(themes=(make_theme(title=""),))))
    with pytest.raises(CharterError, match="“tomorrow” is not a date"):
        engine.document("charter.typ", {}, date="tomorrow", font_folders=FONTS)


# --- The shelf ---------------------------------------------------------------------------------------


@pytest.fixture
def history():
    """Two releases, of which the second has changed one principle."""
    first = freeze.with_digest(make_release(previous=None, notes=(), version="1.0.0", date="2026-11-01"))
    theme, *others = first.charter.themes
    changed = replace(theme.principles[0], title="Moorings come first")
    theme = replace(theme, principles=(changed, *theme.principles[1:]))
    text = replace(first.charter, themes=(theme, *others))
    second = freeze.with_digest(make_release(text))
    return History(Edition(root="c", charter=None, documents=(), entries=(), releases=(first, second)))


def test_every_release_has_its_pdf_with_what_changed_and_what_followed(history):
    """The first knows of the second; the second says what it changed."""
    first, second = pdf_requests(history, "https://harbour.example/")
    assert (first.address, first.changes) == ("https://harbour.example/versions/1.0.0/", ())
    assert first.superseded == ("2.0.0", "2026-12-01")
    assert second.superseded is None
    assert second.changes == (told("1.1 Moorings come first", "The title was reworded.", notes=()),)


def test_a_part_that_is_gone_keeps_its_name_and_says_that_its_number_is_past():
    """Its former number may be another's now."""
    first = freeze.with_digest(make_release(previous=None, notes=(), version="1.0.0"))
    theme, other = first.charter.themes
    text = replace(first.charter, themes=(replace(theme, principles=theme.principles[1:]), other))
    note = make_note(principles=(), retires=(("moorings-first", "moorings-second"),))
    second = freeze.with_digest(make_release(text, notes=(note,)))
    edition = Edition(root="c", charter=None, documents=(), entries=(), releases=(first, second))
    (gone,) = pdf_requests(History(edition), "https://harbour.example/")[1].changes
    assert (gone.title, gone.sentences) == ("Moorings first (was 1.1)", ("It was retired.",))
    assert gone.notes == ("n",)


@pytest.fixture
def setting(monkeypatch):
    """The dates of the documents that typst was asked for; what it made is short."""
    asked = []

    def document(template, values, *, date, **_):
        asked.append((template, values["version"], date))
        return f"%PDF of {values}".encode()

    monkeypatch.setattr(engine, "document", document)
    return asked


def test_a_pdf_is_made_once_for_the_same_content(history, tmp_path, setting):
    """A second time nothing is set; another address, another successor or other fonts make it anew."""
    kept = DocumentCache(tmp_path / "shelf", FONTS)
    orders = pdf_requests(history, "https://harbour.example/")
    fresh = cached_pdfs(orders, kept)
    assert (list(fresh), len(setting)) == (["1.0.0", "2.0.0"], 2)
    assert cached_pdfs(orders, kept) == fresh
    assert len(setting) == 2
    cached_pdfs(pdf_requests(history, "https://elsewhere.example/"), kept)
    assert len(setting) == 4
    cached_pdfs([replace(orders[1], superseded=("3.0.0", "2027-01-01"))], kept)
    cached_pdfs([orders[1]], DocumentCache(tmp_path / "shelf", FONTS[:1]))
    assert [version for _, version, _ in setting[4:]] == ["2.0.0", "2.0.0"]


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
    """A comment in a module of ours changes no document; a layout does, and the module that hands it on."""
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


def test_a_pdf_is_set_again_if_its_words_have_changed(history, tmp_path, setting):
    """Another date is enough: it stands on the cover."""
    orders = pdf_requests(history, "https://harbour.example/")[:1]
    cached_pdfs(orders, DocumentCache(tmp_path, FONTS))
    others = [replace(orders[0], release=freeze.with_digest(replace(orders[0].release, date="2026-11-02")))]
    cached_pdfs(others, DocumentCache(tmp_path, FONTS))
    assert [date for *_, date in setting] == ["2026-11-01", "2026-11-02"]


@pytest.mark.parametrize("damage", [b"", b"half a file", None], ids=["emptied", "overwritten", "cut"])
def test_a_pdf_that_is_not_whole_is_made_again(history, tmp_path, damage):
    """A full disk or a killed process costs a third of a second, and no wrong page."""
    orders = pdf_requests(history, "https://harbour.example/")[:1]
    kept = DocumentCache(tmp_path, FONTS)
    fresh = cached_pdfs(orders, kept)
    (file,) = tmp_path.glob("*.pdf")
    file.write_bytes(file.read_bytes()[:-5] if damage is None else damage)
    assert cached_pdfs(orders, kept) == fresh


def test_a_release_that_cannot_be_set_is_named(history, tmp_path):
    """Also where several are made side by side."""
    orders = [
        replace(order, changes=(told("漢"),)) for order in pdf_requests(history, "https://harbour.example/")
    ]
    with pytest.raises(engine.MissingLetterError, match=r"^charter/releases/"):
        cached_pdfs(orders, DocumentCache(tmp_path, FONTS))
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_fonts_of_the_templates_are_found_among_the_packages():
    assert set(FONTS) <= set(engine.font_folders())


# --- The same every time -----------------------------------------------------------------------------


def test_the_bytes_are_the_same_in_another_process_place_time_zone_and_language(tmp_path, real):
    """Nothing of the computer gets in: hash seed, folder, zone, locale, day."""
    script = (
        "import sys; from pathlib import Path; from test_pdf import make_release, pdf_of; "
        "from charterpress.read import load; "
        "sys.stdout.buffer.write(pdf_of(make_release(load(Path(sys.argv[1])).charter)))"
    )
    root = Path(__file__).resolve().parents[2]
    made = [
        subprocess.run(
            [sys.executable, "-c", script, str(root / "charter")],
            cwd=tmp_path,
            capture_output=True,
            check=True,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(
                    map(str, (root / "hooks", root / "tests", Path(__file__).parent))
                ),
                "TZ": zone,
                "LC_ALL": language,
                "PYTHONHASHSEED": seed,
                "SOURCE_DATE_EPOCH": seed,
            },
        ).stdout
        for zone, language, seed in (("Pacific/Auckland", "C", "1"), ("America/Lima", "tr_TR.UTF-8", "2"))
    ]
    assert [sha256(each).hexdigest() for each in made] == [sha256(real).hexdigest()] * 2


def test_another_date_digest_or_word_gives_other_bytes():
    release = make_release()
    others = [replace(release, date="2026-12-02"), replace(release, sha256=sha256(b"3").hexdigest())]
    assert len({pdf_of(each) for each in (release, *others)}) == 3


def test_the_real_charter_is_small(real):
    """15 principles, contents and cover in less than a quarter of a megabyte."""
    assert len(real) < 250_000
