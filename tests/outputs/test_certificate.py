"""Everyone who stands by a signature has a certificate: a page, and in a small register a PDF on one
sheet."""

from __future__ import annotations

import io
import re

import pdfua
import pypdf
import pytest
from lxml import html

from charterpress.model import Signature
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.print_pages import certificate_pages
from charterpress.outputs.pdf import certificate, engine
from charterpress.outputs.pdf import printable as printable_module
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import find_printable
from drawn_qr import decoded, modules, on_page
from page_templates import TEMPLATES
from registers import DAY, HOSTILE, SCRIPTS, SITE, asked, current, gone, make_register, many

OWN_FONTS = tuple(folder for folder in engine.font_folders() if "noto" not in str(folder))
SLUG = "quay-club"
PAGE = f"{SITE}signatories/{SLUG}/"


def certificates(register, *, site=SITE, pdfs=True):
    """The pages of a register's certificates."""
    return list(certificate_pages(register, Renderer(TEMPLATES, site=site), site=site, pdfs=pdfs))


def page_of(*signatories, **options):
    """The one page of a register, and its HTML."""
    (page,) = certificates(make_register(*signatories), **options)
    return page, html.fromstring(page.html)


def said(element) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A shelf with the site's own fonts, and none for other scripts."""
    return DocumentCache(tmp_path_factory.mktemp("shelf"), OWN_FONTS)


def pdfs(shelf, *signatories, site=SITE, most=200) -> dict[str, bytes]:
    """The certificates of a register by address."""
    register = make_register(*signatories)
    can = find_printable(register.entries, shelf)
    return dict(certificate.certificate_pdfs(register, can, shelf, site=site, most=most))


def words(data: bytes) -> str:
    """The words of a document of one page."""
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(page.extract_text().split())


def test_the_page_says_who_signed_what_when_and_as_whom():
    register = make_register(current(SLUG, "Quay Club"))
    (page,) = certificates(register)
    assert (page.address, page.kind) == (f"signatories/{SLUG}/certificate/", "certificate")
    assert page.title == "Certificate of Quay Club"
    text = said(html.fromstring(page.html))
    assert "Quay Club signed version 2.0.0 of the Harbour Charter on 14 February 2026." in text
    for words in ("2.0.0, released on 1 January 2026", "Chair", register.current.sha256, PAGE):
        assert words in text
    assert "A signature is the organisation’s own statement" in text


def test_it_names_the_version_that_was_signed_last():
    again = (Signature(version="1.0.0", date="2024-12-01", role="Chair"),)
    again += (Signature(version="2.0.0", date="2026-03-01", role="Secretary"),)
    register = make_register(current("a-club", signed=again), asked("b-club"))
    first, second = (said(html.fromstring(page.html)) for page in certificates(register))
    assert "version 2.0.0" in first
    assert "Secretary" in first
    assert "version 1.0.0" in second
    assert register.releases["1.0.0"].sha256 in second


def test_its_qr_code_leads_to_the_organisation():
    _, tree = page_of(current(SLUG))
    ground, code = tree.cssselect("svg[role=img] path")
    assert decoded(modules(code.get("d"))) == PAGE
    assert (ground.get("fill"), code.get("stroke")) == ("#fff", "#000")
    assert tree.cssselect("svg[role=img]")[0].get("aria-label") == f"QR code of the address {PAGE}"


def test_without_an_address_of_the_site_there_is_no_code_and_the_link_remains():
    """A code that leads nowhere would be worse than none."""
    _, tree = page_of(current(SLUG), site="")
    assert tree.cssselect("svg[role=img]") == []
    assert [link.get("href") for link in tree.cssselect(".certificate__address")] == ["../"]


def test_a_link_leads_to_the_pdf_only_where_there_is_one():
    for there in (True, False):
        _, tree = page_of(current(SLUG), pdfs=there)
        links = [link.get("href") for link in tree.cssselect("a")]
        assert ("../certificate.pdf" in links) is there


def test_who_withdrew_has_no_certificate(kept):
    register = make_register(gone("mole"), current(SLUG))
    assert [page.address for page in certificates(register)] == [f"signatories/{SLUG}/certificate/"]
    assert list(pdfs(kept, gone("mole"), current(SLUG))) == [f"signatories/{SLUG}/certificate.pdf"]


@pytest.mark.parametrize("name", [*HOSTILE, *(name for name, _ in SCRIPTS.values())])
def test_any_name_and_role_is_shown_as_it_is_written(name):
    """Whatever it would mean to HTML or to a template."""
    role = (Signature(version="2.0.0", date="2026-02-14", role=name),)
    page, tree = page_of(current(SLUG, name, signed=role))
    assert tree.cssselect("h1")[0].text_content() == name
    assert tree.cssselect("dd > bdi")[0].text_content() == name
    assert name in page.title
    assert not tree.cssselect("img, script, iframe, [onerror], [style]")
    assert not [link for link in tree.cssselect("[href]") if ":" in link.get("href")]


def test_the_pages_differ_in_address_title_description_and_words_alone():
    """So that one frame serves for thousands of them."""
    made = certificates(make_register(*many(5), asked("z-club")))
    kinds = {
        (p.kind, p.breadcrumbs, p.footer, p.accent, p.label, p.notice, p.searched, p.indexed) for p in made
    }
    assert len(made) == 6
    assert len(kinds) == 1


def test_the_pdf_is_one_accessible_sheet_of_a4(kept):
    (data,) = pdfs(kept, current(SLUG, "Quay Club")).values()
    reader = pypdf.PdfReader(io.BytesIO(data))
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    assert reader.metadata.title == "Certificate of signature: Quay Club"
    assert reader.metadata.creation_date.date().isoformat() == "2026-02-14"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdfua.validate(io.BytesIO(data)).findings == ()
    text = words(data)
    for part in (
        "Quay Club",
        "signed version 2.0.0 of the",
        "Harbour Charter",
        "on 14 February 2026.",
        "Chair",
        PAGE,
    ):
        assert part in text
    assert make_register().current.sha256 in text.replace(" ", "")
    assert "own statement" in text
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert links == [PAGE]


@pytest.mark.parametrize("name", [*HOSTILE, "Ab " * 40, "W" * 120])
def test_any_name_fits_on_the_sheet_as_it_is_written(kept, name):
    """However long, and whatever it would mean to typst."""
    (data,) = pdfs(kept, current(SLUG, name.strip())).values()
    assert name.strip().replace(" ", "") in words(data).replace(" ", "")


def test_a_word_that_is_longer_than_a_line_is_broken(kept):
    role = (Signature(version="2.0.0", date="2026-02-14", role="m" * 120),)
    (data,) = pdfs(kept, current(SLUG, "W" * 120, signed=role)).values()
    parts = re.findall("W{2,}|m{3,}", words(data))
    assert sum(map(len, parts)) == 240
    assert max(map(len, parts)) < 30


def test_the_letters_that_are_not_tried_are_there(kept):
    letters = "".join(sorted(printable_module._SURE - {" ", "\xa0", "\xad"}))  # noqa: SLF001
    for at in range(0, len(letters), 60):
        part = letters[at : at + 60]
        role = (Signature(version="2.0.0", date="2026-02-14", role=part),)
        (data,) = pdfs(kept, current(SLUG, part, signed=role)).values()
        assert words(data).replace(" ", "").count(part) >= 2


@pytest.mark.parametrize("script", ["tamil", "chinese", "arabic", "cherokee"])
def test_a_name_that_no_font_has_is_written_in_latin_and_leads_to_the_whole_one(kept, script):
    name, latin = SCRIPTS[script]
    (data,) = pdfs(kept, current(SLUG, name, name_latin=latin)).values()
    text = words(data)
    assert (latin or SLUG) in text
    assert f"The name in its own letters stands at {PAGE}" in text
    assert not set(name) & set(text) - {" "}


def test_with_a_font_for_its_script_the_name_is_printed_in_full(tmp_path):
    full = DocumentCache(tmp_path, engine.font_folders())
    name, latin = SCRIPTS["tamil"]
    (data,) = pdfs(full, current(SLUG, name, name_latin=latin)).values()
    assert "own letters" not in words(data)
    assert {"த", "ம", "ற"} <= set(words(data))


def test_it_is_the_same_every_day_and_kept(kept, monkeypatch):
    one = pdfs(kept, current(SLUG, "The Same Club"))
    again = pdfs(DocumentCache(kept._folder / "other", OWN_FONTS), current(SLUG, "The Same Club"))  # noqa: SLF001
    assert one == again
    monkeypatch.setattr("charterpress.outputs.pdf.engine.document", None)
    assert pdfs(kept, current(SLUG, "The Same Club")) == one
    assert DAY not in words(*one.values())


def test_a_register_beyond_the_limit_has_none(kept):
    three = (current("a-club"), current("b-club"), gone("mole"))
    assert len(pdfs(kept, *three, most=2)) == 2
    assert pdfs(kept, *three, most=1) == {}
    assert not certificate.has_certificate_pdfs(make_register(*three), 1)
    assert not certificate.has_certificate_pdfs(make_register(gone("mole")), 200)


def test_its_qr_code_on_paper_leads_to_the_organisation(kept):
    (data,) = pdfs(kept, current(SLUG)).values()
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    assert decoded(on_page(page)) == PAGE
