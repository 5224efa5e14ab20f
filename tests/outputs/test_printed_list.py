"""The list of signatories to print: a page, and a PDF; in volumes where it is long."""

from __future__ import annotations

import io
import re

import pdfua
import pypdf
import pytest
from lxml import html

from builders import make_signatory
from charterpress.outputs.pdf import engine, signatories
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.outputs.pdf.printable import ELSEWHERE, find_printable
from charterpress.views import signatories as lists
from registers import HOSTILE, SCRIPTS, SITE, asked, current, gone, make_register, many
from rendering import make_register_pages
from words import printed, said, sheets_of

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


def printed_pages(register, *, pdfs=True) -> list:
    made = make_register_pages(register, site=SITE, digest=DIGEST, pdfs=pdfs)
    return [page for page in made if page.kind == "signatories-print"]


def tree_of(*people, **options):
    (page,) = printed_pages(make_register(*people), **options)
    assert page.address == "signatories/print/"
    return html.fromstring(f"<div>{page.html}</div>")


def pdfs(shelf, *people, site=SITE, register=None) -> dict[str, bytes]:
    register = register or make_register(*people)
    can = find_printable(register.entries, shelf)
    return dict(signatories.list_documents(register, can, shelf, site=site, digest=DIGEST))


def words(shelf, *people, **options) -> str:
    """The words of the one document of a register."""
    (data,) = pdfs(shelf, *people, **options).values()
    return printed(data)


def test_it_lists_by_letter_and_by_area_and_counts(root):
    """All its words, and its links, which are relative, so that they hold under any folder of a host."""
    tree = tree_of(*HARBOUR)
    parts = tree.cssselect("h1, h2, h3, p, caption, tr, dt, dd, li")
    told = [" | ".join(map(said, each)) if each.tag == "tr" else said(each) for each in parts]
    told += sorted(set(tree.xpath("//a/@href")))
    golden = (root / "tests/golden/register/to-print.txt").read_text(encoding="utf-8")
    assert "".join(f"{each}\n" for each in told) == golden
    assert "../signatories.pdf" not in tree_of(*HARBOUR, pdfs=False).xpath("//a/@href")


def test_before_anybody_signed_it_says_so_and_how_to_sign(without_scripts):
    tree = tree_of()
    assert "Nobody has signed this charter yet." in said(tree)
    links = tree.xpath("//a/@href")
    assert ("../../sign/" in links, "../signatories.pdf" in links) == (True, False)
    assert not tree.cssselect("table")
    assert pdfs(without_scripts) == {}
    assert "Nobody stands by this charter now." in said(tree_of(gone("mole")))
    assert "Nobody stands by this charter now." in words(without_scripts, gone("mole"))


@pytest.mark.parametrize("name", [*HOSTILE, *(name for name, _ in SCRIPTS.values())])
def test_any_words_are_shown_as_they_are_written(name):
    tree = tree_of(current("a-club", name, kind=name, area=name), gone("mole", name, note=name))
    (_, row) = tree.cssselect(".signatory-table--list tbody tr")
    assert [said(cell) for cell in row][:2] == [" ".join(each.split()) for each in (name, f"{name}, {name}")]
    assert said(tree.cssselect(".signatory-table__areas li")[0]) == " ".join(name.split())
    assert f"on 1 March 2026: {name}" in tree.cssselect(".signatory-table__withdrawn li")[0].text_content()
    assert not tree.cssselect("img, script, iframe, [onerror], [style]")
    assert not [link for link in tree.cssselect("[href]") if ":" in link.get("href")]


def test_the_document_has_all_that_the_page_has(without_scripts, monkeypatch):
    """A long list is forgotten, or typst would keep ten of them, at 100 MB each."""
    told = []
    monkeypatch.setattr(engine, "forget", lambda: told.append(True))
    text = words(without_scripts, *HARBOUR)
    for part in (
        "Signatories of the Harbour Charter 5 organisations stand by this charter.",
        *("20 November 2026", f"{SITE}signatories/print/", f"{SITE}signatories/signatories.json"),
        "sha256sum",
        "A The Anchor ferry, Upper Town 2.0.0 on 14 February 2026 current Ångström & Co boat club, ",
        "Upper Town 1.0.0 on 1 December 2024 asked to sign again P Pier 7",
        "By area The harbour 3 1st Scouts Pier 7 Quay Club",
        "Upper Town 2 The Anchor Ångström & Co",
        "Mole Club, on 1 March 2026: The club has closed.",
    ):
        assert part in text
    assert DIGEST in text.replace(" ", "")
    assert (text.count("Mole Club"), told) == (1, [])
    monkeypatch.setattr(signatories, "LONG", 0)
    text = words(without_scripts, *HARBOUR, site="")
    assert ("http" in text, "sha256sum" in text, told) == (False, True, [True])


def test_every_page_says_what_it_is_and_the_columns_are_named_on_each(without_scripts):
    (data,) = pdfs(without_scripts, *many(120)).values()
    sheets = sheets_of(data)
    for place, text in enumerate(sheets, start=1):
        assert f"page {place} of {len(sheets)}" in text
        assert "Signatories of the Harbour Charter" in text
        assert place == 1 or "as of 20 November 2026" in text
    tables = [text for text in sheets if "2.0.0 on 14 February 2026" in text]
    assert len(tables) >= 3
    assert all("Organisation Kind, area Signed Standing" in text for text in tables)


def test_no_entry_is_split_over_two_pages(without_scripts):
    """Entries of several lines each, so that some would be: a page ends with the end of a name."""
    name = "The Society of those who have a very long name and will not shorten it for anybody number"
    people = (current(f"s-{at}", f"{name} {at}.") for at in range(150))
    (data,) = pdfs(without_scripts, *people).values()
    sheets = sheets_of(data)
    assert len(sheets) > 10
    for text in sheets:
        assert text.count("The Society of") == len(re.findall(r"for anybody number \d+\.", text))


def test_it_is_accessible_a4(without_scripts):
    (data,) = pdfs(without_scripts, *HARBOUR).values()
    assert pdfua.validate(io.BytesIO(data)).findings == ()
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == "Signatories of the Harbour Charter"
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-20"


@pytest.mark.parametrize("name", HOSTILE)
def test_any_words_are_printed_as_they_are_written(without_scripts, name):
    people = (current("a-club", name, kind=name, area=name), gone("mole", name, note=name))
    text = words(without_scripts, *people).replace(" ", "")
    plain = name.replace(" ", "")
    assert text.count(plain) >= 5
    assert f"on1March2026:{plain}" in text


def test_a_word_that_is_longer_than_its_column_is_broken(without_scripts):
    compound = "Gemeinschaftskleingartenbauvereinigung"
    people = (current("a", f"Quay {compound}"), current("w", "W" * 120, kind="K" * 120, area="M" * 120))
    text = words(without_scripts, *people)
    table = text[text.index("By letter") : text.index("By area")]
    assert compound not in table
    assert compound in table.replace(" ", "")
    for letter in "WKM":
        assert table.replace(" ", "").count(letter * 120) == 1
        assert max(map(len, re.findall(f"{letter}{{3,}}", table))) < 30


def test_a_script_that_no_font_has_stops_nothing_and_makes_no_boxes(without_scripts):
    people = [current(f"s-{script}", name, name_latin=latin) for script, (name, latin) in SCRIPTS.items()]
    odd = current("odd", "Odd Club", area="தமிழ்", kind="海港")
    text = words(without_scripts, *people, odd, gone("mole", note="海港"))
    for script, (name, latin) in SCRIPTS.items():
        if script != "hebrew":  # the fonts that typst brings have it
            assert (latin or f"s-{script}") in text
            assert f"{SITE}signatories/s-{script}/" in text
            assert not set(name) & set(text) - {" "}
    assert "ה" in text
    assert f"Odd Club {ELSEWHERE}, {ELSEWHERE}" in text
    assert "\ufffd" not in text


def test_with_fonts_for_a_script_its_names_are_printed_in_full(tmp_path):
    full = DocumentCache(tmp_path, font_folders())
    scripts = {each: SCRIPTS[each] for each in ("tamil", "arabic")}
    people = [current(f"s-{each}", name, name_latin=latin) for each, (name, latin) in scripts.items()]
    text = words(full, *people)
    assert "Names in other scripts" not in text
    for latin in ("Tamil Harbour", "Harbour Society"):  # both names stand, and the one that sorts them first
        assert latin in text
    assert {"த", "ம", "ற"} <= set(text)


@pytest.fixture
def few(monkeypatch):
    """As if ten organisations were a long list."""
    monkeypatch.setattr(lists, "MAX_PER_DOCUMENT", 10)


def test_a_list_of_as_many_as_one_document_has_is_one(few, without_scripts):
    assert len(printed_pages(make_register(*many(10)))) == 1
    assert len(pdfs(without_scripts, *many(10))) == 1
    assert [page.address for page in printed_pages(make_register(*many(11)))] == [
        f"signatories/print/{letter}" for letter in ("", "a/", "b/", "c/", "d/")
    ]


def test_volumes_go_by_letter_and_none_is_longer_than_one_document(few, without_scripts):
    seas = (current(f"s-{at}", f"Sea {at:02}") for at in range(23))
    register = make_register(*many(8), *seas, current("x", "7 Seas"), gone("mole"))
    names = ["", *"abcd", "s-1", "s-2", "s-3", "other"]
    assert list(pdfs(without_scripts, register=register)) == [
        f"signatories/signatories{f'-{name}' if name else ''}.pdf" for name in names
    ]
    found = {page.address: html.fromstring(f"<div>{page.html}</div>") for page in printed_pages(register)}
    sea = found["signatories/print/s/"]
    assert len(sea.cssselect(".signatory-table--list tbody tr")) == 24
    parts = [link for link in sea.xpath("//a/@href") if link.endswith(".pdf")]
    assert parts == [f"../../signatories-s-{part}.pdf" for part in (1, 2, 3)]
    title = found["signatories/print/"]
    assert not title.cssselect(".signatory-table--list")
    links = title.xpath("//section//a/@href")
    assert [link for link in links if link.endswith(".pdf")] == [
        f"../signatories-{name}.pdf" for name in names[1:]
    ]
    assert {f"{name}/" for name in ("a", "b", "c", "d", "s", "other")} <= set(links)
    assert "Mole" in said(title)


def test_the_title_volume_counts_and_the_others_list(few, without_scripts):
    made = pdfs(without_scripts, *many(60))
    texts = {at: printed(data) for at, data in made.items()}
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
    assert all(DIGEST in text.replace(" ", "") for text in texts.values())
