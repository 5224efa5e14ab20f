"""A built site with two versions and a register: its PDFs, badges, certificates and lists are whole, agree
with one another, and are the same wherever they are built."""

from __future__ import annotations

import os
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest
from lxml import html

from builders import make_signatory, release_draft, reword, write_charter, write_signatory
from charterpress.model import Withdrawal
from checkouts import CACHE, bare, broken_links, build, build_anew, built, checked_out, files, got, previewed
from commands import edit_file, run_charter

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
    checked_out(folder)
    (folder / CACHE).mkdir(parents=True)
    for kind in ("fonts", "templates"):
        (ROOT / CACHE / kind).mkdir(parents=True, exist_ok=True)
        (folder / CACHE / kind).symlink_to(ROOT / CACHE / kind)
    return folder


@pytest.fixture(scope="module")
def folder(source, tmp_path_factory):
    folder = with_fonts(tmp_path_factory.mktemp("checkout"))
    built(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE)
    return folder


def test_every_version_has_its_pdf_and_a_link_that_says_what_it_is_and_how_large(folder):
    for version, superseded in (("1.0.0", True), ("1.1.0", False)):
        home = folder / "site/versions" / version
        (link,) = html.parse(home / "index.html").xpath("//a[@href='charter.pdf']")
        size = round((home / "charter.pdf").stat().st_size / 1000)
        assert link.text_content() == f"to print (PDF, {size} kB)"
        cover = pypdf.PdfReader(home / "charter.pdf").pages[0]
        cover_words = " ".join(cover.extract_text().split())
        addresses = [note.get_object()["/A"]["/URI"] for note in cover["/Annots"]]
        assert f"{SITE}versions/{version}/" in addresses
        assert f"version {version}" in cover_words
        assert ("Superseded by version 1.1.0 on 1 June 2025" in cover_words) is superseded


@pytest.mark.parametrize("charter", ["small", pytest.param("example", marks=pytest.mark.long)])
def test_a_site_is_the_same_byte_for_byte_wherever_and_whenever_it_is_built(source, tmp_path, charter):
    source = source if charter == "small" else ROOT / "tests/example/brambleford"
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
    assert re.search(
        r"charter/releases/1\.2\.0\.json:\d+:\d+: error\[missing-letter\]: no font has “漢”", done.stderr
    )
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()


def words(file) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def links(page) -> set[str]:
    return {link.get("href") for link in html.parse(page).getroot().iter("a")}


def pdf_links(links) -> list[str]:
    return [link for link in links if link and link.endswith(".pdf")]


def test_what_is_there_for_each_follows_from_how_it_stands(folder, draft_site):
    home = folder / "site/signatories"
    for slug, stands in (("quay-club", True), ("pier-club", True), ("mole-club", False)):
        there = {path.name for path in (home / slug).iterdir()}
        certificates = {"certificate", "certificate.pdf"} if stands else set()
        assert there == {"index.html", "badge.svg"} | certificates
    assert "signature withdrawn" in (home / "mole-club/badge.svg").read_text()
    assert (home / "quay-club/badge.svg").read_bytes() == (home / "pier-club/badge.svg").read_bytes()
    assert (home / "badge.svg").exists()
    for name in ("badge.svg", "print"):
        assert not (draft_site / "signatories" / name).exists()


def test_lists_and_certificates_lead_to_their_documents_which_say_the_same(folder):
    """Anyone who downloads signatories.json can hold it against the paper."""
    home = folder / "site/signatories"
    digest = sha256((home / "signatories.json").read_bytes()).hexdigest()
    assert digest in (home / "print/index.html").read_text()
    assert digest in words(home / "signatories.pdf")
    assert "../signatories.pdf" in links(home / "print/index.html")
    assert "../certificate.pdf" in links(home / "quay-club/certificate/index.html")
    assert f"{SITE}signatories/quay-club/" in words(home / "quay-club/certificate.pdf")
    assert broken_links(folder / "site", SITE) == []


def test_what_was_made_before_is_not_made_again(folder, source, without_typst):
    before = files(folder / "site")
    asked = {"CHARTER_SOURCE": str(source), "SITE_URL": SITE, **without_typst}
    built(folder, **asked)
    assert files(folder / "site") == before
    kept = folder / CACHE / "made"
    kept.rename(folder / "kept")
    try:
        done = build(folder, **asked)
        assert "typst was asked for" in done.stderr
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        (folder / "kept").rename(kept)


def test_beyond_the_limit_the_page_is_the_certificate(source, tmp_path):
    folder = checked_out(tmp_path / "checkout")
    edit_file(folder / "mkdocs.yml", "editors: true", "pdf_certificates: 1")
    built(folder, CHARTER_SOURCE=str(source), SITE_URL=SITE)
    home = folder / "site/signatories/quay-club"
    assert not (home / "certificate.pdf").exists()
    assert "../certificate.pdf" not in links(home / "certificate/index.html")
    assert pdf_links(links(home / "index.html")) == []
    assert (folder / "site/signatories/signatories.pdf").exists()


def test_a_preview_has_the_pages_and_no_pdf(source, tmp_path, without_typst):
    """It comes up though typst is not there, and keeps nothing."""
    folder = with_fonts(tmp_path / "checkout")
    with previewed(folder, CHARTER_SOURCE=str(source), **without_typst) as address:
        for path, said in (
            ("versions/1.1.0/", "Version 1.1.0"),
            ("signatories/print/", "Quay club"),
            ("signatories/quay-club/certificate/", "own statement"),
        ):
            page = got(f"{address}{path}")
            assert said in page
            assert pdf_links(html.fromstring(page).xpath("//a/@href")) == []
    assert list((folder / ".cache").rglob("*.pdf")) == []


def test_an_organisation_with_a_new_name_keeps_every_address_that_it_had(source, folder, tmp_path, capsys):
    root = shutil.copytree(source, tmp_path / "charter")
    for slug, name in (("quay-club", "Harbour Wall Club"), ("mole-club", "Breakwater Club")):
        code, *said = run_charter(capsys, "--source", str(root), "correct", slug, "name", name, "--rename")
        assert code == 0, said
    now = checked_out(tmp_path / "checkout")
    built(now, CHARTER_SOURCE=str(root), SITE_URL=SITE)
    before, after = folder / "site/signatories", now / "site/signatories"
    assert {path for path in files(before) if path not in files(after)} == set()
    for old, new, there in (
        ("quay-club", "harbour-wall-club", {"badge.svg", "certificate.pdf"}),
        ("mole-club", "breakwater-club", {"badge.svg"}),
    ):
        assert html.parse(after / old / "index.html").xpath("//a[@data-moved]/@href") == [f"../{new}/"]
        assert new in (after / new / "index.html").read_text()
        for name in there:
            assert (after / old / name).read_bytes() == (after / new / name).read_bytes()
    assert (after / "mole-club/badge.svg").read_bytes() == (before / "mole-club/badge.svg").read_bytes()
    moved = html.parse(after / "quay-club/certificate/index.html").xpath("//a[@data-moved]/@href")
    assert moved == ["../../harbour-wall-club/certificate/"]
    assert "harbour-wall-club" in words(after / "quay-club/certificate.pdf")
    assert "quay-club" not in (now / "site/sitemap.xml").read_text()
