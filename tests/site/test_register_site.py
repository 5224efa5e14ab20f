"""A built site with two versions and a register: its PDFs, badges, certificates and lists are whole, agree
with one another, and are the same wherever they are built."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import pypdf
import pytest
from lxml import html

from builders import make_signatory, release_draft, reword, write_charter, write_signatory
from charterpress.cli import main
from charterpress.model import Withdrawal
from checkouts import bare, build, build_anew, built, checked_out, files, got, previewed

ROOT = Path(__file__).parents[2]
FAULTS = Path(__file__).parents[1] / "faults"
SITE = "https://harbour.example/under/a/path/"
GONE = Withdrawal(date="2025-03-01", note="The club has closed.")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A small charter with two versions, which two stand by; one withdrew."""
    root = write_charter(tmp_path_factory.mktemp("elsewhere"))
    release_draft(root, first=True)
    reword(root, "It does.", "It does so.")
    release_draft(root, "2025-06-01")
    write_signatory(root, make_signatory("quay-club"))
    write_signatory(root, make_signatory("pier-club", name_latin="", area="தமிழ்"))
    write_signatory(root, make_signatory("mole-club", withdrawn=GONE))
    return root


def with_fonts(folder):
    """A checkout in which nothing was made before but the fonts of the pages."""
    (checked_out(folder) / ".cache/made").unlink()
    return folder


@pytest.fixture(scope="module")
def folder(source, tmp_path_factory):
    """A checkout, built."""
    folder = with_fonts(tmp_path_factory.mktemp("checkout"))
    built(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE)
    return folder


def pdf_links(page):
    return [link for link in page.iter("a") if link.get("href", "").endswith(".pdf")]


def test_every_version_has_its_pdf_and_a_link_that_says_what_it_is_and_how_large(folder):
    for version, superseded in (("1.0.0", True), ("1.1.0", False)):
        at = f"versions/{version}/"
        (link,) = pdf_links(html.parse(folder / "site" / at / "index.html").getroot())
        file = folder / "site" / urljoin(at, link.get("href"))
        assert file == folder / "site" / at / "charter.pdf"
        assert link.text_content() == f"to print (PDF, {round(file.stat().st_size / 1000)} kB)"
        cover = pypdf.PdfReader(file).pages[0]
        words = " ".join(cover.extract_text().split())
        assert f"{SITE}{at}" in [note.get_object()["/A"]["/URI"] for note in cover["/Annots"]]
        assert f"version {version}" in words
        assert ("Superseded by version 1.1.0 on 1 June 2025" in words) is superseded


@pytest.mark.parametrize("charter", ["small", pytest.param("example", marks=pytest.mark.long)])
def test_a_site_is_the_same_byte_for_byte_wherever_and_whenever_it_is_built(source, tmp_path, charter):
    source = source if charter == "small" else ROOT / "tests/example/charter"
    here, there = checked_out(tmp_path / "here", whole=True), bare(tmp_path / "somewhere else" / "ñ")
    shutil.copytree(source, here / "example")
    shutil.copytree(source, there / "example")
    for path in there.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    world = {"CHARTER_SOURCE": "example", "SITE_URL": SITE}
    umask = os.umask(0o022)
    try:
        done = build(here, **world)
        assert done.returncode == 0, done.stderr
        os.umask(0o077)
        world |= {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
        world |= {"PYTHONPATH": str(FAULTS), "FAULT_DAY": "2031-05-17", "FAULT_ORDER": "7"}
        done = build_anew(there, **world)
        assert done.returncode == 0, done.stderr
    finally:
        os.umask(umask)
    found = files(there / "site")
    assert len([name for name in found if name.endswith(".pdf")]) > 4
    assert found == files(here / "site")
    assert {path.stat().st_mode & 0o777 for path in (here / "site").rglob("*.*")} == {0o644, 0o755}


def test_a_release_that_cannot_be_printed_stops_the_build_by_name(source, tmp_path):
    root = shutil.copytree(source, tmp_path / "charter")
    reword(root, "It does so.", "It does 漢.")
    release_draft(root, "2025-07-01")
    folder = checked_out(tmp_path / "checkout")
    done = build(folder, CHARTER_SOURCE=str(root))
    assert done.returncode == 1
    assert "charter/releases/1.2.0.json: no font has “漢” (U+6F22)" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()


def words(file) -> str:
    """The words of a PDF, without spaces."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def links(page) -> set[str]:
    """Where the links of a page lead."""
    return {link.get("href") for link in html.parse(page).getroot().iter("a")}


def test_both_lists_bear_the_digest_of_the_file_that_is_published(folder):
    home = folder / "site/signatories"
    digest = sha256((home / "signatories.json").read_bytes()).hexdigest()
    assert digest in (home / "print/index.html").read_text()
    assert digest in words(home / "signatories.pdf")


def test_what_is_there_for_each_follows_from_how_it_stands(folder):
    home = folder / "site/signatories"
    for slug, stands in (("quay-club", True), ("pier-club", True), ("mole-club", False)):
        there = {path.name for path in (home / slug).iterdir()}
        certificates = {"certificate", "certificate.pdf"} if stands else set()
        assert there == {"index.html", "badge.svg"} | certificates
    assert "signature withdrawn" in (home / "mole-club/badge.svg").read_text()
    assert (home / "quay-club/badge.svg").read_bytes() == (home / "pier-club/badge.svg").read_bytes()
    assert (home / "badge.svg").exists()


def test_every_link_to_a_document_leads_to_one(folder):
    home = folder / "site/signatories"
    assert "../signatories.pdf" in links(home / "print/index.html")
    assert "../certificate.pdf" in links(home / "quay-club/certificate/index.html")
    assert f"{SITE}signatories/quay-club/" in words(home / "quay-club/certificate.pdf")


def test_a_certificates_styles_are_all_there(folder):
    page = folder / "site/signatories/quay-club/certificate/index.html"
    sheets = [link.get("href") for link in html.parse(page).getroot().cssselect("link[rel=stylesheet]")]
    assert len(sheets) > 3
    assert [sheet for sheet in sheets if not (page.parent / sheet).resolve().is_file()] == []


def test_what_was_made_before_is_not_made_again(folder, source, without_typst):
    before = files(folder / "site")
    asked = {"CHARTER_SOURCE": str(source), "SITE_URL": SITE, **without_typst}
    built(folder, **asked)
    assert files(folder / "site") == before
    kept = folder / ".cache/made"
    kept.rename(folder / "kept")
    try:
        done = build(folder, **asked)
        assert "typst was asked for" in done.stderr
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        (folder / "kept").rename(kept)


def test_beyond_the_limit_the_page_is_the_certificate(source, tmp_path):
    folder = checked_out(tmp_path / "checkout")
    settings = folder / "mkdocs.yml"
    text = settings.read_text()
    assert "pdf_certificates: 200" in text
    settings.write_text(text.replace("pdf_certificates: 200", "pdf_certificates: 1"))
    built(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE)
    home = folder / "site/signatories/quay-club"
    assert not (home / "certificate.pdf").exists()
    assert "../certificate.pdf" not in links(home / "certificate/index.html")
    assert not [link for link in links(home / "index.html") if link.endswith(".pdf")]
    assert (folder / "site/signatories/signatories.pdf").exists()


def test_a_preview_has_the_pages_and_no_pdf(source, tmp_path, without_typst):
    folder = with_fonts(tmp_path / "checkout")
    with previewed(folder, CHARTER_SOURCE=str(source), **without_typst) as address:
        version = got(f"{address}versions/1.1.0/")
        page = got(f"{address}signatories/print/")
        certificate = got(f"{address}signatories/quay-club/certificate/")
    assert "Version 1.1.0" in version
    assert "Quay club" in page
    assert "own statement" in certificate
    assert [
        each for found in (version, page, certificate) for each in pdf_links(html.fromstring(found))
    ] == []
    assert list((folder / ".cache").rglob("*.pdf")) == []


def test_before_there_is_a_version_to_sign_there_is_no_register(draft_site):
    assert not (draft_site / "signatories/badge.svg").exists()
    assert not (draft_site / "signatories/print").exists()


def moved_to(page) -> str:
    """Where a page leads on."""
    (link,) = html.parse(page).getroot().xpath("//a[@data-moved]")
    return link.get("href")


def test_an_organisation_with_a_new_name_keeps_every_address_that_it_had(source, folder, tmp_path, capsys):
    root = shutil.copytree(source, tmp_path / "charter")
    for slug, name in (("quay-club", "Harbour Wall Club"), ("mole-club", "Breakwater Club")):
        assert main(["--source", str(root), "correct", slug, "name", name, "--rename"]) == 0, (
            capsys.readouterr()
        )
    now = checked_out(tmp_path / "checkout")
    built(now, CHARTER_SOURCE=str(root), SITE_URL=SITE)
    before, after = folder / "site/signatories", now / "site/signatories"
    assert {path for path in files(before) if path not in files(after)} == set()
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
