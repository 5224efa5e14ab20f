"""A built site with releases: each version's PDF, made once, the same everywhere, none in a preview."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pypdf
import pytest
from lxml import html
from test_events import _build, _files, _got, checked_out, previewed

from builders import release_draft, write_charter, write_note

SITE = "https://harbour.example/under/a/path/"
FAULTS = Path(__file__).parents[1] / "faults"
FIRST = "themes/moorings/moorings-first.md"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A small charter with two versions."""
    root = write_charter(tmp_path_factory.mktemp("elsewhere"))
    release_draft(root, first=True)
    file = root / FIRST
    file.write_text(file.read_text().replace("It does.", "It does so."))
    write_note(root, "moorings-first", class_="guidance")
    release_draft(root, "2025-06-01")
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


def pdf_links(page):
    return [link for link in page.iter("a") if link.get("href", "").endswith(".pdf")]


def test_every_version_has_its_pdf_and_a_link_that_says_what_it_is_and_how_large(folder):
    """The PDF knows its address, and that another version has followed."""
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


def test_two_builds_from_nothing_are_the_same_byte_for_byte(tmp_path):
    """Of a charter with a history, signatories and all that is made of them; with nothing kept from before.
    The second is made in another folder, on another day, in another time zone and locale, with another hash
    seed, home and umask, of files with other rights that are listed in another order."""
    example = (Path(__file__).parents[1] / "example") / "charter"
    here, there = bare(tmp_path / "here"), bare(tmp_path / "somewhere else" / "ñ")
    shutil.copytree(example, here / "example")
    shutil.copytree(example, there / "example")
    for path in there.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    world = {"CHARTER_SOURCE": "example", "SITE_URL": SITE, "PYTHONPATH": str(FAULTS)}
    umask = os.umask(0o022)
    try:
        done = _build(here, **world, TZ="UTC", PYTHONHASHSEED="1", FAULT_DAY="2026-11-30")
        assert done.returncode == 0, done.stderr
        os.umask(0o077)
        elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
        done = _build(there, **world, **elsewhere, FAULT_DAY="2031-05-17", FAULT_ORDER="7")
        assert done.returncode == 0, done.stderr
    finally:
        os.umask(umask)
    found = _files(there / "site")
    assert len([name for name in found if name.endswith(".pdf")]) > 4
    assert found == _files(here / "site")
    assert {path.stat().st_mode & 0o777 for path in (here / "site").rglob("*.*")} == {0o644, 0o755}


def test_a_pdf_that_was_made_before_is_not_made_again(folder, source, without_typst):
    """The second build does not ask for typst; with the kept files gone it does."""
    before = _files(folder / "site")
    asked = {"CHARTER_SOURCE": str(source), "SITE_URL": SITE, **without_typst}
    done = _build(folder, **asked)
    assert done.returncode == 0, done.stderr
    assert _files(folder / "site") == before
    kept = folder / ".cache/made"
    kept.rename(folder / "kept")
    try:
        done = _build(folder, **asked)
        assert "typst was asked for" in done.stderr
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        (folder / "kept").rename(kept)


def test_a_preview_makes_no_pdf_and_links_to_none(source, tmp_path, without_typst):
    """It comes up though typst is not there, and keeps nothing."""
    folder = bare(tmp_path / "checkout")
    with previewed(folder, CHARTER_SOURCE=str(source), **without_typst) as address:
        page = _got(f"{address}versions/1.1.0/")
    assert pdf_links(html.fromstring(page)) == []
    assert list((folder / ".cache").rglob("*.pdf")) == []


def test_a_release_that_cannot_be_printed_stops_the_build_by_name(source, tmp_path):
    """One that was frozen elsewhere: the file and the letter are named, in plain words."""
    root = shutil.copytree(source, tmp_path / "charter")
    file = root / FIRST
    file.write_text(file.read_text().replace("It does so.", "It does 漢."))
    write_note(root, "moorings-first", class_="guidance")
    release_draft(root, "2025-07-01")
    folder = checked_out(tmp_path / "checkout")
    done = _build(folder, CHARTER_SOURCE=str(root))
    assert done.returncode == 1
    assert "charter/releases/1.2.0.json: no font has “漢” (U+6F22)" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()


def test_an_installed_package_has_all_that_it_reads(tmp_path):
    """A wheel, built without a network and unpacked beside nothing of ours, makes a release."""
    root = Path(__file__).parents[2]
    work = tmp_path / "work"
    shutil.copytree(
        root / "hooks", work / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, work)
    wheel = f"from setuptools import build_meta; build_meta.build_wheel({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", wheel], cwd=work, check=True, capture_output=True)
    (built,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(built, tmp_path / "installed", "zip")
    write_charter(tmp_path)
    code = (
        "import sys, charterpress.cli; assert 'installed' in charterpress.__file__; "
        "sys.exit(charterpress.cli.main(['release', '--first', '--date', '2025-01-01']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Released version 1.0.0")
    sources = {path.relative_to(work / "hooks") for path in (work / "hooks/charterpress").rglob("*.*")}
    packed = {
        path.relative_to(tmp_path / "installed")
        for path in (tmp_path / "installed/charterpress").rglob("*.*")
    }
    data = {".typ", ".json"}
    assert (
        {path for path in sources if path.suffix in data} == {p for p in packed if p.suffix in data} != set()
    )
