"""A built site with a register: its badges, certificates and lists are whole, agree with one another, and are
the same wherever they are built."""

from __future__ import annotations

import shutil
from hashlib import sha256

import pypdf
import pytest
from lxml import html
from test_events import _build, _files, _got, checked_out, previewed

from builders import make_signatory, release_draft, write_charter, write_signatory
from charterpress.cli import main
from charterpress.model import Withdrawal

SITE = "https://harbour.example/under/a/path/"
GONE = Withdrawal(date="2025-03-01", note="The club has closed.")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A small charter with one version, which two stand by; one withdrew."""
    root = write_charter(tmp_path_factory.mktemp("elsewhere"))
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club"))
    write_signatory(root, make_signatory("pier-club", name_latin="", area="தமிழ்"))
    write_signatory(root, make_signatory("mole-club", withdrawn=GONE))
    return root


def bare(folder):
    """A checkout in which nothing was made before."""
    checked_out(folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return folder


@pytest.fixture(scope="module")
def folder(source, tmp_path_factory):
    """A checkout, built."""
    folder = bare(tmp_path_factory.mktemp("checkout"))
    done = _build(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def words(file) -> str:
    """The words of a PDF, without spaces."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def links(page) -> set[str]:
    """Where the links of a page lead."""
    return {link.get("href") for link in html.parse(page).getroot().iter("a")}


def test_both_lists_bear_the_digest_of_the_file_that_is_published(folder):
    """Anyone who downloads signatories.json can hold it against the paper."""
    home = folder / "site/signatories"
    digest = sha256((home / "signatories.json").read_bytes()).hexdigest()
    assert digest in (home / "print/index.html").read_text()
    assert digest in words(home / "signatories.pdf")


def test_what_is_there_for_each_follows_from_how_it_stands(folder):
    """Page and badge for all; certificates for those who stand by it; a badge for the charter."""
    home = folder / "site/signatories"
    for slug, stands in (("quay-club", True), ("pier-club", True), ("mole-club", False)):
        there = {path.name for path in (home / slug).iterdir()}
        certificates = {"certificate", "certificate.pdf"} if stands else set()
        assert there == {"index.html", "badge.svg"} | certificates
    assert "signature withdrawn" in (home / "mole-club/badge.svg").read_text()
    assert (home / "quay-club/badge.svg").read_bytes() == (home / "pier-club/badge.svg").read_bytes()
    assert (home / "badge.svg").exists()


def test_every_link_to_a_document_leads_to_one(folder):
    """From the list, and from a certificate."""
    home = folder / "site/signatories"
    assert "../signatories.pdf" in links(home / "print/index.html")
    assert "../certificate.pdf" in links(home / "quay-club/certificate/index.html")
    assert f"{SITE}signatories/quay-club/" in words(home / "quay-club/certificate.pdf")


def test_a_certificates_styles_are_all_there(folder):
    """That of its foot too, which no other page has."""
    page = folder / "site/signatories/quay-club/certificate/index.html"
    sheets = [link.get("href") for link in html.parse(page).getroot().cssselect("link[rel=stylesheet]")]
    assert len(sheets) > 3
    assert [sheet for sheet in sheets if not (page.parent / sheet).resolve().is_file()] == []


def test_two_builds_from_nothing_are_the_same(folder, source, tmp_path):
    """In another folder, time zone, locale, hash seed and day, with nothing kept from before."""
    other = tmp_path / "somewhere else" / "ñ"
    other.mkdir(parents=True)
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    done = _build(bare(other), CHARTER_SOURCE=str(source), SITE_URL=SITE, **elsewhere)
    assert done.returncode == 0, done.stderr
    found = _files(other / "site")
    assert len([name for name in found if name.endswith(".pdf")]) == 6
    assert found == _files(folder / "site")


def test_what_was_made_before_is_not_made_again(folder, source, without_typst):
    """A second build asks typst for nothing, not even to try a name's letters."""
    before = _files(folder / "site")
    done = _build(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE, **without_typst)
    assert done.returncode == 0, done.stderr
    assert _files(folder / "site") == before


def test_beyond_the_limit_the_page_is_the_certificate(source, tmp_path):
    """No PDF, and no link to one; the limit stands in mkdocs.yml."""
    folder = bare(tmp_path / "checkout")
    settings = folder / "mkdocs.yml"
    text = settings.read_text()
    assert "pdf_certificates: 200" in text
    settings.write_text(text.replace("pdf_certificates: 200", "pdf_certificates: 1"))
    done = _build(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE)
    assert done.returncode == 0, done.stderr
    home = folder / "site/signatories/quay-club"
    assert not (home / "certificate.pdf").exists()
    assert "../certificate.pdf" not in links(home / "certificate/index.html")
    assert not [link for link in links(home / "index.html") if link.endswith(".pdf")]
    assert (folder / "site/signatories/signatories.pdf").exists()


def test_a_preview_has_the_pages_and_no_pdf(source, tmp_path):
    """The list and the certificates, without links to what is not there."""
    folder = bare(tmp_path / "checkout")
    with previewed(folder, CHARTER_SOURCE=str(source)) as address:
        page = _got(f"{address}signatories/print/")
        certificate = _got(f"{address}signatories/quay-club/certificate/")
    assert "Quay club" in page
    assert "own statement" in certificate
    for found in (page, certificate):
        assert [link for link in html.fromstring(found).xpath("//a/@href") if link.endswith(".pdf")] == []
    assert list((folder / ".cache").rglob("*.pdf")) == []


def test_before_there_is_a_version_to_sign_there_is_no_register(tmp_path):
    """Neither badge nor list."""
    root = write_charter(tmp_path / "elsewhere")
    folder = bare(tmp_path / "checkout")
    done = _build(folder, CHARTER_SOURCE=str(root), SITE_URL=SITE)
    assert done.returncode == 0, done.stderr
    assert not (folder / "site/signatories/badge.svg").exists()
    assert not (folder / "site/signatories/print").exists()


def moved_to(page) -> str:
    """Where a page leads on."""
    (link,) = html.parse(page).getroot().xpath("//a[@data-moved]")
    return link.get("href")


def test_an_organisation_with_a_new_name_keeps_every_address_that_it_had(source, folder, tmp_path, capsys):
    """The old page and certificate lead to the new ones, as the old PDF and badge are; one who withdrew has
    another badge, at both."""
    root = shutil.copytree(source, tmp_path / "charter")
    for slug, name in (("quay-club", "Harbour Wall Club"), ("mole-club", "Breakwater Club")):
        assert main(["--source", str(root), "correct", slug, "name", name, "--rename"]) == 0, (
            capsys.readouterr()
        )
    now = bare(tmp_path / "checkout")
    done = _build(now, CHARTER_SOURCE=str(root), SITE_URL=SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    before, after = folder / "site/signatories", now / "site/signatories"
    assert {path for path in _files(before) if path not in _files(after)} == set()
    for old, new, there in (
        ("quay-club", "harbour-wall-club", {"badge.svg", "certificate.pdf"}),
        ("mole-club", "breakwater-club", {"badge.svg"}),
    ):
        assert moved_to(after / old / "index.html") == f"../{new}/"
        assert (after / new / "index.html").read_text().count(new) > 0
        for name in there:
            assert (after / old / name).read_bytes() == (after / new / name).read_bytes()
    assert (after / "mole-club/badge.svg").read_bytes() == (before / "mole-club/badge.svg").read_bytes()
    assert moved_to(after / "quay-club/certificate/index.html") == "../../harbour-wall-club/certificate/"
    assert "harbour-wall-club" in words(after / "quay-club/certificate.pdf")
    assert "quay-club" not in (now / "site/sitemap.xml").read_text()
