"""The list of signatories to print: a page, and a PDF; in volumes where it is long."""

from __future__ import annotations

import io
import re

import pdfua
import pypdf
import pytest
from lxml import html

from builders import make_charter, make_signatory
from charterpress.outputs.pdf import engine, signatories
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import ELSEWHERE, find_printable
from charterpress.views.signatories import lists
from registers import HOSTILE, SCRIPTS, SITE, asked, current, gone, make_register, many
from rendering import make_register_pages

OWN_FONTS = tuple(folder for folder in engine.font_folders() if "noto" not in str(folder))
DIGEST = "0123456789abcdef" * 4
HARBOUR = (
    current("quay-club", "Quay Club"),
    current("the-anchor", "The Anchor", kind="ferry", area="Upper Town"),
    asked("angstrom", "Ångström & Co", area="Upper Town"),
    make_signatory("pier", ("1.1.0", "2025-07-03"), name="Pier 7"),
    current("1st-scouts", "1st Scouts"),
    gone("mole", "Mole Club"),
)
"""One of each standing that there can be after a commitment release, and one under a number."""


def printed(register, *, pdfs=True) -> list:
    """The pages of a register that are to be printed."""
    made = make_register_pages(register, site=SITE, digest=DIGEST, pdfs=pdfs)
    return [page for page in made if page.kind == "signatories-print"]


def tree_of(*people, **options):
    """The HTML of the one page to print."""
    (page,) = printed(make_register(*people), **options)
    assert page.address == "signatories/print/"
    return html.fromstring(f"<div>{page.html}</div>")


def said(element) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text_content().split())


def rows(table) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    return [[said(cell) for cell in row] for row in table.cssselect("tbody tr")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A shelf with the site's own fonts, and none for other scripts."""
    return DocumentCache(tmp_path_factory.mktemp("shelf"), OWN_FONTS)


def pdfs(shelf, *people, site=SITE, register=None) -> dict[str, bytes]:
    """The documents of a register by address."""
    register = register or make_register(*people)
    can = find_printable(register.entries, shelf)
    return dict(signatories.list_documents(register, can, shelf, site=site, digest=DIGEST))


def one(shelf, *people, **options) -> pypdf.PdfReader:
    """The one document of a register."""
    (data,) = pdfs(shelf, *people, **options).values()
    return pypdf.PdfReader(io.BytesIO(data))


def words(reader, first=0, last=None) -> str:
    """The words of some pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages[first:last]).split())


def test_the_page_says_what_it_is_a_list_of():
    text = said(tree_of(*HARBOUR))
    assert "Signatories of the Harbour Charter" in text
    assert "5 organisations stand by this charter on 20 November 2026." in text
    for part in ("2.0.0 of 1 January 2026", DIGEST, "own statement"):
        assert part in text


def test_it_lists_by_letter_and_by_area():
    tree = tree_of(*HARBOUR)
    (table,) = tree.cssselect(".signatory-table--list")
    assert rows(table) == [
        ["A"],
        ["The Anchor", "ferry, Upper Town", "2.0.0 on 14 February 2026", "current"],
        ["Ångström & Co", "boat club, Upper Town", "1.0.0 on 1 December 2024", "asked to sign again"],
        ["P"],
        ["Pier 7", "boat club, The harbour", "1.1.0 on 3 July 2025", "asked to sign again"],
        ["Q"],
        ["Quay Club", "boat club, The harbour", "2.0.0 on 14 February 2026", "current"],
        ["Other letters and numbers"],
        ["1st Scouts", "boat club, The harbour", "2.0.0 on 14 February 2026", "current"],
    ]
    (areas,) = tree.cssselect(".signatory-table__areas")
    assert [said(each) for each in areas.cssselect("h3, li")] == [
        *("The harbour 3", "1st Scouts", "Pier 7", "Quay Club"),
        *("Upper Town 2", "The Anchor", "Ångström & Co"),
    ]


def test_it_counts_by_version_kind_and_standing():
    tables = tree_of(*HARBOUR).cssselect(".signatory-table--counts")
    assert {said(table.find("caption")): rows(table) for table in tables} == {
        "By version": [["2.0.0", "3"], ["1.1.0", "1"], ["1.0.0", "1"]],
        "By kind": [["boat club", "4"], ["ferry", "1"]],
        "By standing": [["Current", "3"], ["Asked to sign again", "2"], ["Withdrawn", "1"]],
    }


def test_it_says_what_the_words_for_standing_mean_that_it_uses():
    meant = [said(each) for each in tree_of(*HARBOUR).cssselect(".signatory-table__meanings dt")]
    assert meant == ["Current", "Asked to sign again"]
    assert [said(each) for each in tree_of(current("a-club")).cssselect(".signatory-table__meanings dt")] == [
        "Current"
    ]


def test_who_withdrew_is_listed_at_the_end_by_name_date_and_note_alone():
    tree = tree_of(*HARBOUR)
    assert [said(each) for each in tree.cssselect(".signatory-table__withdrawn li")] == [
        "Mole Club, on 1 March 2026: The club has closed."
    ]


def test_every_name_leads_to_its_page_and_the_files_lie_where_the_links_say():
    """Relative, so that it holds under any folder of a host."""
    found = {link.get("href") for link in tree_of(*HARBOUR).cssselect("a")}
    assert {f"../{each.slug}/" for each in HARBOUR} <= found
    files = {"../signatories.pdf", "../signatories.csv", "../signatories.json"}
    assert files <= found
    assert "../signatories.pdf" not in {
        link.get("href") for link in tree_of(*HARBOUR, pdfs=False).cssselect("a")
    }


def test_before_anybody_signed_it_says_so_and_how_to_sign(kept):
    tree = tree_of()
    assert "Nobody has signed this charter yet." in said(tree)
    assert "../../sign/" in [link.get("href") for link in tree.cssselect("a")]
    assert not tree.cssselect("table")
    assert "../signatories.pdf" not in [link.get("href") for link in tree.cssselect("a")]
    assert pdfs(kept) == {}
    assert "Nobody stands by this charter now." in said(tree_of(gone("mole")))
    assert "Nobody stands by this charter now." in words(one(kept, gone("mole")))


@pytest.mark.parametrize("name", [*HOSTILE, *(name for name, _ in SCRIPTS.values())])
def test_any_words_are_shown_as_they_are_written(name):
    tree = tree_of(current("a-club", name, kind=name, area=name), gone("mole", name, note=name))
    (_, row) = rows(tree.cssselect(".signatory-table--list")[0])
    assert row[:2] == [" ".join(name.split()), " ".join(f"{name}, {name}".split())]
    assert said(tree.cssselect(".signatory-table__areas li")[0]) == " ".join(name.split())
    assert f"on 1 March 2026: {name}" in tree.cssselect(".signatory-table__withdrawn li")[0].text_content()
    assert not tree.cssselect("img, script, iframe, [onerror], [style]")
    assert not [link for link in tree.cssselect("[href]") if ":" in link.get("href")]


def test_the_document_has_all_that_the_page_has(kept):
    text = words(one(kept, *HARBOUR))
    assert "Signatories of the Harbour Charter 5 organisations stand by this charter." in text
    for part in (
        "20 November 2026",
        f"{SITE}signatories/print/",
        f"{SITE}signatories/signatories.json",
        "sha256sum",
    ):
        assert part in text
    assert DIGEST in text.replace(" ", "")
    assert (
        "A The Anchor ferry, Upper Town 2.0.0 on 14 February 2026 current Ångström & Co boat club, Upper "
        "Town 1.0.0 on 1 December 2024 asked to sign again P Pier 7" in text
    )
    for area in (
        "By area The harbour 3 1st Scouts Pier 7 Quay Club",
        "Upper Town 2 The Anchor Ångström & Co",
    ):
        assert area in text
    assert "Mole Club, on 1 March 2026: The club has closed." in text
    assert text.count("Mole Club") == 1


def test_every_page_says_what_it_is_and_the_columns_are_named_on_each(kept):
    reader = one(kept, *many(120))
    count = len(reader.pages)
    assert count > 3
    tables = [page for page in reader.pages if "2.0.0 on 14 February 2026" in page.extract_text()]
    assert len(tables) >= 3
    for place, page in enumerate(reader.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"page {place} of {count}" in text
        assert "Signatories of the Harbour Charter" in text
        assert place == 1 or "as of 20 November 2026" in text
    for page in tables:
        assert "Organisation Kind, area Signed Standing" in " ".join(page.extract_text().split())


def test_no_entry_is_split_over_two_pages(kept):
    """Entries of several lines each, so that some would be: a page ends with the end of a name."""
    name = "The Society of those who have a very long name and will not shorten it for anybody number"
    reader = one(kept, *(current(f"s-{at}", f"{name} {at}.") for at in range(150)))
    assert len(reader.pages) > 10
    for page in reader.pages:
        text = " ".join(page.extract_text().split())
        assert text.count("The Society of") == len(re.findall(r"for anybody number \d+\.", text))


def test_it_is_accessible_a4(kept):
    (data,) = pdfs(kept, *HARBOUR).values()
    assert pdfua.validate(io.BytesIO(data)).findings == ()
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == "Signatories of the Harbour Charter"
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-20"


@pytest.mark.parametrize("name", HOSTILE)
def test_any_words_are_printed_as_they_are_written(kept, name):
    """Whatever they would mean to typst."""
    people = (current("a-club", name, kind=name, area=name), gone("mole", name, note=name))
    text = words(one(kept, *people)).replace(" ", "")
    plain = name.replace(" ", "")
    assert text.count(plain) >= 5
    assert f"on1March2026:{plain}" in text


def test_a_word_that_is_longer_than_its_column_is_broken(kept):
    compound = "Gemeinschaftskleingartenbauvereinigung"
    people = (current("a", f"Quay {compound}"), current("w", "W" * 120, kind="K" * 120, area="M" * 120))
    text = words(one(kept, *people))
    table = text[text.index("By letter") : text.index("By area")]
    assert compound not in table
    assert compound in table.replace(" ", "")
    for letter in "WKM":
        assert table.replace(" ", "").count(letter * 120) == 1
        assert max(map(len, re.findall(f"{letter}{{3,}}", table))) < 30


def test_a_script_that_no_font_has_stops_nothing_and_makes_no_boxes(kept):
    people = [current(f"s-{script}", name, name_latin=latin) for script, (name, latin) in SCRIPTS.items()]
    reader = one(
        kept, *people, current("odd", "Odd Club", area="தமிழ்", kind="海港"), gone("mole", note="海港")
    )
    text = words(reader)
    for script, (name, latin) in SCRIPTS.items():
        if script != "hebrew":  # the fonts that typst brings have it
            assert (latin or f"s-{script}") in text
            assert f"{SITE}signatories/s-{script}/" in text
            assert not set(name) & set(text) - {" "}
    assert "ה" in text
    assert f"Odd Club {ELSEWHERE}, {ELSEWHERE}" in text
    assert "\ufffd" not in text


def test_with_fonts_for_a_script_its_names_are_printed_in_full(tmp_path):
    full = DocumentCache(tmp_path, engine.font_folders())
    people = [
        current(f"s-{script}", *SCRIPTS[script][:1], name_latin=SCRIPTS[script][1])
        for script in ("tamil", "arabic")
    ]
    text = words(one(full, *people))
    assert "Tamil Harbour" not in text
    assert "Harbour Society" not in text
    assert {"த", "ம", "ற"} <= set(text)
    assert "Names in other letters" not in text


def test_it_is_the_same_bytes_twice_and_is_kept(kept, tmp_path, monkeypatch):
    people = (*HARBOUR, current("tamil", *SCRIPTS["tamil"][:1]))
    made = pdfs(kept, *people)
    assert pdfs(DocumentCache(tmp_path, OWN_FONTS), *people) == made
    monkeypatch.setattr("charterpress.outputs.pdf.engine.document", None)
    assert pdfs(kept, *people) == made


def test_without_an_address_of_the_site_it_names_none(kept):
    reader = one(kept, *HARBOUR, site="")
    assert "http" not in words(reader)
    assert not [page for page in reader.pages if page.get("/Annots")]
    assert "sha256sum" in words(reader)


@pytest.fixture
def few(monkeypatch):
    """As if ten organisations were a long list."""
    monkeypatch.setattr(lists, "MAX_PER_DOCUMENT", 10)


def test_a_list_of_as_many_as_one_document_has_is_one(few, kept):
    assert len(printed(make_register(*many(10)))) == 1
    assert len(pdfs(kept, *many(10))) == 1
    assert [page.address for page in printed(make_register(*many(11)))] == [
        f"signatories/print/{letter}" for letter in ("", "a/", "b/", "c/", "d/")
    ]


def test_volumes_go_by_letter_and_none_is_longer_than_one_document(few, kept):
    people = (
        *many(8),
        *(current(f"s-{at}", f"Sea {at:02}") for at in range(23)),
        current("x", "7 Seas"),
        gone("mole"),
    )
    register = make_register(*people)
    made = pdfs(kept, register=register)
    names = ["", *"abcd", "s-1", "s-2", "s-3", "other"]
    assert list(made) == [f"signatories/signatories{f'-{name}' if name else ''}.pdf" for name in names]
    found = {page.address: html.fromstring(f"<div>{page.html}</div>") for page in printed(register)}
    sea = found["signatories/print/s/"]
    assert len(sea.cssselect(".signatory-table--list tbody tr")) == 24
    parts = [link.get("href") for link in sea.cssselect("a") if link.get("href").endswith(".pdf")]
    assert parts == [f"../../signatories-s-{part}.pdf" for part in (1, 2, 3)]
    title = found["signatories/print/"]
    assert not title.cssselect(".signatory-table--list")
    links = [link.get("href") for link in title.cssselect("section a")]
    assert [link for link in links if link.endswith(".pdf")] == [
        f"../signatories-{name}.pdf" for name in names[1:]
    ]
    assert {f"{name}/" for name in ("a", "b", "c", "d", "s", "other")} <= set(links)
    assert "Mole" in said(title)


def test_the_title_volume_counts_and_the_others_list(few, kept):
    made = pdfs(kept, *many(60))
    texts = {at: words(pypdf.PdfReader(io.BytesIO(data))) for at, data in made.items()}
    title = texts.pop("signatories/signatories.pdf")
    assert "60 organisations stand by this charter." in title
    for letter in "abcd":
        assert f"signatories-{letter}-2.pdf" in title
    reader = pypdf.PdfReader(io.BytesIO(made["signatories/signatories.pdf"]))
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]
    assert f"{SITE}signatories/signatories-c-1.pdf" in links
    for at in range(60):
        name = f"{'ABCD'[at % 4]} club {at} "
        assert [text.count(name) for text in texts.values() if name in text] == [1]
    for text in texts.values():
        assert DIGEST in text.replace(" ", "")


def test_typst_is_told_to_forget_long_lists(kept, monkeypatch):
    """Else it keeps ten of them, at 100 MB each."""
    told = []
    monkeypatch.setattr(engine, "forget", lambda: told.append(True))
    monkeypatch.setattr(signatories, "LONG", 0)
    pdfs(kept, current("only", "Only One"))
    assert told == [True]
    pdfs(kept, current("only", "Only One"))  # it is on the shelf: there is nothing to forget
    assert told == [True]


def test_another_charters_words_are_its_own(kept):
    register = make_register(current("a-club"), charter=make_charter(title="Orchard Pledge"))
    assert "Signatories of the Orchard Pledge" in words(one(kept, register=register))
