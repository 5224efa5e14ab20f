"""The package as an adopter has it: installed from its wheel, with nothing of this checkout on any path."""

from __future__ import annotations

import email
import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from browser.probes import drawing_faults, violations, walk
from checkouts import broken_links
from installed import PROJECT, Adopter, backend
from site_server import serve
from words_of_ours import site_texts, words_of_ours

ROOT = Path(__file__).resolve().parents[1]
SITE_URL = "https://river.example/"
SAID = (
    "some packages are not installed that are needed to read addresses of pages: type  python -m pip install "
    '"charterpress[links]"  and then this command again'
)
CLOSED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
"""What makes the superuser keep to the modes of files."""


# --- Made --------------------------------------------------------------------------------------------


def content(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel, but for the list of them."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/RECORD")}


def test_the_wheel_has_every_file_of_the_package_and_its_licence(distributions):
    files = content(distributions[0])
    package = ROOT / "hooks/charterpress"
    expected = {
        path.relative_to(ROOT / "hooks").as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = f"charterpress-{PROJECT['version']}.dist-info"
    assert {name: data for name, data in files.items() if name.startswith("charterpress/")} == expected
    assert files[f"{about}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    described = email.message_from_bytes(files[f"{about}/METADATA"])
    assert (described["Summary"], described["License-Expression"]) == (PROJECT["description"], "MIT")
    assert "Good Partners" not in str(described)
    assert [name for name in files if not name.startswith(("charterpress/", about))] == []


def test_the_sdist_makes_the_same_wheel_and_has_nothing_of_this_charter(distributions, tmp_path):
    wheel, source = distributions
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {
        *("hooks", "LICENSE", "MANIFEST.in", "pyproject.toml"),
        *("PKG-INFO", "setup.cfg"),  # of setuptools
    }
    out = tmp_path / "out"
    out.mkdir()
    assert content(backend("build_wheel", folder, out)) == content(wheel)


# --- Installed ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def adopter(installed, tmp_path_factory) -> Adopter:
    """Somebody who wrote a charter, and built its site."""
    found = Adopter(installed, tmp_path_factory.mktemp("river"))
    code, said = found.run("charter", "init", "work", "--title", "River Charter", "--site-url", SITE_URL)
    assert code == 0, said
    found.folder /= "work"
    code, said = found.run("charter", "build")
    assert (code, "warning" in said) == (0, False), said
    return found


def test_what_is_installed_is_complete_and_from_nowhere_else(adopter):
    """By what pip knows: it holds what each package asks for against what is there."""
    assert adopter.pip("check") == (0, "No broken requirements found.\n")
    code, said = adopter.run(
        "python", "-c", "import charterpress, sys; print(charterpress.__file__, *sys.path, sep='\\n')"
    )
    assert code == 0
    assert [line for line in said.splitlines() if line.startswith(str(ROOT))] == []


def test_its_site_is_whole_and_says_nothing_of_us(adopter):
    site = adopter.folder / "site"
    texts = site_texts(site)
    assert len(texts) > 20
    assert words_of_ours(texts) == []
    assert broken_links(site, SITE_URL) == []


@pytest.mark.parametrize("address", ["", "charter/welcome/make-room/"])
def test_the_detectors_find_no_fault_in_its_pages(adopter, open_page, address):
    with serve(adopter.folder / "site", "/under/") as at:
        page, witness = open_page(at + address, width=360, until="networkidle")
        faults = [*walk(page), *violations(page)]
        faults += drawing_faults(page, (360, 1280), {360: ("light",), 1280: ("dark", "forced")})
        assert (faults, witness.foreign(at), witness.complaints) == ([], [], [])


def test_a_command_that_wants_an_extra_says_what_to_install(adopter):
    """None of them is installed here, and every other command works without."""
    for words in (("check",), ("status",), ("verify",), ("sign", "--help"), ("release", "--first")):
        code, said = adopter.run("charter", *words)
        assert (code, "Traceback" in said) == (0, False), said
    assert adopter.run("charter", "links", "--site", SITE_URL) == (2, f"error: {SAID}\n")


@pytest.mark.long
def test_nothing_is_written_but_the_site_where_all_is_read_only(adopter):
    """Neither into the installation nor into the checkout, whoever builds; what was made goes where
    XDG_CACHE_HOME says, and if that cannot be written either, nowhere."""
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("nothing is closed to the superuser")
    folder = adopter.folder.parent
    out, cache, closed = folder / "out", folder / "cache", [adopter.top / "venv", adopter.folder]
    out.mkdir()
    inside = (path for each in closed for path in [each, *each.rglob("*")])
    folders = [path for path in inside if path.is_dir() and not path.is_symlink()]
    for path in folders:
        path.chmod(0o555)
    try:
        before = () if os.geteuid() else CLOSED
        assert adopter.run("touch", "x", before=before)[0] == 1
        for name, kept in (("one", cache), ("two", adopter.folder)):
            words = ("charter", "build", "--site-dir", str(out / name))
            code, said = adopter.run(*words, before=before, XDG_CACHE_HOME=str(kept))
            assert (code, "cannot be written" in said) == (0, name == "two"), said
            assert (out / name / "index.html").is_file()
        assert any((cache / "charterpress/made").iterdir())
    finally:
        for path in folders:
            path.chmod(0o755)
    assert sorted(path.name for path in out.iterdir()) == ["one", "two"]
