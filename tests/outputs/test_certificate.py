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
from charterpress.outputs.pdf import printable as printable_module
from charterpress.outputs.pdf.printable import find_printable
from charterpress.outputs.pdf.signatories import certificate_pdfs, has_certificate_pdfs
from drawn_qr import decoded, modules, on_page
from registers import HOSTILE, SCRIPTS, SITE, asked, current, gone, make_register, many
from rendering import TEMPLATES
from words import printed, said

SLUG = "quay-club"
PAGE = f"{SITE}signatories/{SLUG}/"
CHECK = PAGE.partition("signatories/")[0] + "versions/2.0.0/check/"


def certificates(register, *, site=SITE, pdfs=True):
    return list(certificate_pages(register, Renderer(TEMPLATES, site=site), pdfs=pdfs))


def page_of(*signatories, **options):
    (page,) = certificates(make_register(*signatories), **options)
    return page, html.fromstring(page.html)


def pdfs(shelf, *signatories, site=SITE, most=200) -> dict[str, bytes]:
    register = make_register(*signatories)
    can = find_printable(register.entries, shelf)
    return dict(certificate_pdfs(register, can, shelf, site=site, most=most))


def test_the_page_says_who_signed_what_when_and_as_whom():
    register = make_register(current(SLUG, "Quay Club"))
    (page,) = certificates(register)
    assert (page.address, page.kind) == (f"signatories/{SLUG}/certificate/", "certificate")
    assert page.title == "Certificate of Quay Club"
    text = said(html.fromstring(page.html))
    assert "Quay Club signed version 2.0.0 of the Harbour Charter on 14 February 2026." in text
    released = ("2.0.0, released on 1 January 2026", register.current.sha256)
    for words in (*released, "Chair", PAGE, "own statement"):
        assert words in text


def test_the_page_and_the_pdf_say_the_same_in_the_same_order(without_scripts):
    _, tree = page_of(current(SLUG))
    (data,) = pdfs(without_scripts, current(SLUG)).values()
    (certificate,) = tree.cssselect(".certificate")
    assert "".join(printed(data).split()) == "".join(said(certificate).split())


def test_it_names_the_version_that_was_signed_last():
    again = (Signature(version="1.0.0", date="2024-12-01", role="Chair"),)
    again += (Signature(version="2.0.0", date="2026-03-01", role="Secretary"),)
    register = make_register(current("a-club", signed=again), asked("b-club"))
    first, second = (said(html.fromstring(page.html)) for page in certificates(register))
    assert ("version 2.0.0" in first, "Secretary" in first) == (True, True)
    assert ("version 1.0.0" in second, register.releases["1.0.0"].sha256 in second) == (True, True)


def test_its_qr_code_leads_to_the_organisation(without_scripts):
    _, tree = page_of(current(SLUG))
    ground, code = tree.cssselect("svg[role=img] path")
    assert decoded(modules(code.get("d"))) == PAGE
    assert (ground.get("fill"), code.get("stroke")) == ("#fff", "#000")
    assert tree.cssselect("svg[role=img]")[0].get("aria-label") == f"QR code of the address {PAGE}"
    (data,) = pdfs(without_scripts, current(SLUG)).values()
    assert decoded(on_page(pypdf.PdfReader(io.BytesIO(data)).pages[0])) == PAGE


def test_without_an_address_of_the_site_there_is_no_code_and_the_link_remains():
    """A code that leads nowhere would be worse than none."""
    _, tree = page_of(current(SLUG), site="")
    assert tree.cssselect("svg[role=img]") == []
    assert [link.get("href") for link in tree.cssselect(".certificate__address")] == [
        "../../../versions/2.0.0/check/",
        "../",
    ]
    for there in (True, False):
        _, tree = page_of(current(SLUG), pdfs=there)
        assert ("../certificate.pdf" in tree.xpath("//a/@href")) is there


def test_who_withdrew_has_no_certificate(without_scripts):
    register = make_register(gone("mole"), current(SLUG))
    assert [page.address for page in certificates(register)] == [f"signatories/{SLUG}/certificate/"]
    assert list(pdfs(without_scripts, gone("mole"), current(SLUG))) == [f"signatories/{SLUG}/certificate.pdf"]


@pytest.mark.parametrize("name", [*HOSTILE, *(name for name, _ in SCRIPTS.values())])
def test_any_name_and_role_is_shown_as_it_is_written(name):
    role = (Signature(version="2.0.0", date="2026-02-14", role=name),)
    page, tree = page_of(current(SLUG, name, signed=role))
    assert tree.cssselect("h1")[0].text_content() == name
    assert tree.cssselect("dd > bdi")[0].text_content() == name
    assert name in page.title
    assert not tree.cssselect("img, script, iframe, [onerror], [style]")
    assert not [link for link in tree.cssselect("[href]") if ":" in link.get("href")]


def test_the_pages_differ_in_address_title_description_and_words_alone():
    """So that one page template serves for thousands of them."""
    made = certificates(make_register(*many(5), asked("z-club")))
    fields = ("kind", "breadcrumbs", "footer", "accent", "label", "notice", "searched", "indexed")
    kinds = {tuple(getattr(page, field) for field in fields) for page in made}
    assert (len(made), len(kinds)) == (6, 1)


def test_the_pdf_is_one_accessible_sheet_of_a4(without_scripts):
    (data,) = pdfs(without_scripts, current(SLUG, "Quay Club")).values()
    reader = pypdf.PdfReader(io.BytesIO(data))
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    assert reader.metadata.title == "Certificate of signature: Quay Club"
    assert reader.metadata.creation_date.date().isoformat() == "2026-02-14"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdfua.validate(io.BytesIO(data)).findings == ()
    text = printed(data)
    signed = ("Quay Club", "signed version 2.0.0 of the", "Harbour Charter", "on 14 February 2026.")
    for part in (*signed, "Chair", PAGE, "own statement"):
        assert part in text
    assert make_register().current.sha256 in text.replace(" ", "")
    assert [note.get_object()["/A"]["/URI"] for note in page["/Annots"]] == [CHECK, PAGE]


@pytest.mark.parametrize("name", [*HOSTILE, "Ab " * 40, "W" * 120])
def test_any_name_fits_on_the_sheet_as_it_is_written(without_scripts, name):
    (data,) = pdfs(without_scripts, current(SLUG, name.strip())).values()
    assert name.strip().replace(" ", "") in printed(data).replace(" ", "")


def test_a_word_that_is_longer_than_a_line_is_broken(without_scripts):
    role = (Signature(version="2.0.0", date="2026-02-14", role="m" * 120),)
    (data,) = pdfs(without_scripts, current(SLUG, "W" * 120, signed=role)).values()
    parts = re.findall("W{2,}|m{3,}", printed(data))
    assert sum(map(len, parts)) == 240
    assert max(map(len, parts)) < 30


def test_the_letters_that_are_not_tried_are_there(without_scripts):
    letters = "".join(sorted(printable_module._SURE - {" ", "\xa0", "\xad"}))  # noqa: SLF001
    for at in range(0, len(letters), 60):
        part = letters[at : at + 60]
        role = (Signature(version="2.0.0", date="2026-02-14", role=part),)
        (data,) = pdfs(without_scripts, current(SLUG, part, signed=role)).values()
        assert printed(data).replace(" ", "").count(part) >= 2


@pytest.mark.parametrize("script", ["tamil", "chinese", "arabic", "cherokee"])
def test_a_name_that_no_font_has_is_written_in_latin_and_leads_to_the_whole_one(without_scripts, script):
    name, latin = SCRIPTS[script]
    (data,) = pdfs(without_scripts, current(SLUG, name, name_latin=latin)).values()
    text = printed(data)
    assert (latin or SLUG) in text
    assert f"The name in its own script is at {PAGE}" in text
    assert not set(name) & set(text) - {" "}


def test_a_register_beyond_the_limit_has_none(without_scripts):
    three = (current("a-club"), current("b-club"), gone("mole"))
    assert len(pdfs(without_scripts, *three, most=2)) == 2
    assert pdfs(without_scripts, *three, most=1) == {}
    assert not has_certificate_pdfs(make_register(*three), 1)
    assert not has_certificate_pdfs(make_register(gone("mole")), 200)
