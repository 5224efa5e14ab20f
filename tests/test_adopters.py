"""Charters of other people, built from the installed package: each is whole, and no word of ours is in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdf
import pytest

from browser.probes import drawing_faults, violations, walk
from charterpress.checks import check
from charterpress.cli import main
from charterpress.editing.starter import Answers, Host, Package, starter_files
from charterpress.editing.starter.repository import MAX_FILES
from charterpress.read import load
from charterpress.versions import number
from checkouts import broken_links
from commands import file_contents, init_repository
from installed import Adopter
from one_language import write_one_language
from site_server import serve
from words_of_ours import site_texts, words_of, words_of_ours

ROOT = Path(__file__).resolve().parents[1]
THIRD = ROOT / "tests/adopters/debian-social-contract"
"""A text of the Debian Project, in two parts of prose, with a history that is older than the generator, made
by hand from what `charter init` writes."""

ADDRESS = "https://charter.example/"
PAGES = (
    *("", "charter/", "charter/commitments/", "charter/social-contract/", "about/", "sign/"),
    *("charter/social-contract/other-works/", "versions/", "versions/1.0.0/", "versions/2.0.0/changes/"),
    *("versions/compare/", "versions/compare/2.0.0..3.0.0/", "signatories/", "practice/", "privacy/"),
)
"""One of each kind."""
BEYOND = "color-contrast-enhanced"
"""Colours that somebody chose have the contrast of level AA, and this one is of level AAA."""
LOOKED_AT = ("", "charter/social-contract/other-works/", "versions/2.0.0/changes/")


BARE = {"LANG": "C", "LC_ALL": "C", "TERM": "dumb", "PYTHONUTF8": "0"}


def in_folder(installed: Path, origin: Path, folder: Path) -> Adopter:
    """Somebody with a copy of a repository in `folder`, whose path has a space."""
    shutil.copytree(origin, folder / "my charter")
    return Adopter(installed, folder / "my charter")


@pytest.fixture(scope="module")
def third(installed, tmp_path_factory) -> Adopter:
    """Somebody who built the site of the third charter, without git and on the plainest of terminals."""
    adopter = in_folder(installed, THIRD, tmp_path_factory.mktemp("third"))
    adopter.environment |= BARE | {"PATH": str(installed / "venv/bin")}
    code, said = adopter.run("charter", "build")
    assert (code, "warning" in said) == (0, False), said
    assert "git is not installed" in said
    return adopter


# --- The repository ----------------------------------------------------------------------------------


def test_a_repository_made_by_hand_is_small_and_whole(capsys):
    files = [path for path in THIRD.rglob("*") if path.is_file()]
    assert len(files) <= MAX_FILES
    edition = load(THIRD / "charter", shown="charter")
    assert check(edition) == ()
    assert [(each.version, str(each.date)) for each in edition.releases] == [
        *(("1.0.0", "1997-07-05"), ("2.0.0", "2004-04-26"), ("3.0.0", "2022-10-01")),
    ]
    assert number.changes(edition.releases[-1].charter, edition.charter, []) == ()
    assert main(["verify", "--source", str(THIRD / "charter")]) == 0
    assert "3 versions, from 1.0.0" in capsys.readouterr().out


def test_it_gives_credit_to_those_whose_words_they_are():
    """“Please give credit to the Debian project if you do”, and what the licence of the text asks for."""
    for name in ("LICENSE", "README.md", "docs/index.md"):
        text = " ".join((THIRD / name).read_text(encoding="utf-8").split())
        assert "https://www.debian.org/social_contract" in text, name
        assert re.search(r"has nothing to do with this|does not endorse it", text), name


def test_no_word_of_ours_is_in_a_repository_made_by_hand():
    texts = {
        path.relative_to(THIRD).as_posix(): path.read_text(encoding="utf-8")
        for path in THIRD.rglob("*")
        if path.is_file()
    }
    assert words_of_ours(texts) == []


@pytest.mark.parametrize("host", Host)
def test_no_word_of_ours_is_in_what_init_writes(host):
    answers = Answers(title="River Charter", owner="The River Trust", contact="a@river.example", host=host)
    files = starter_files(answers, Package(version="1.0.0"))
    assert words_of_ours({path: data.decode() for path, data in files.items()}) == []


def test_a_newer_version_leaves_its_words_alone(installed, tmp_path):
    """Whatever “charter upgrade” has to do by now, the words, releases, pages and credit stay."""
    adopter = in_folder(installed, THIRD, tmp_path)
    init_repository(adopter.folder)
    before = file_contents(adopter.folder)
    code, said = adopter.run("charter", "upgrade", "--yes")
    assert (code in {0, 1}, "Traceback" in said) == (True, False), said  # 1: something is left to decide
    after = file_contents(adopter.folder)
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert [path for path in sorted(changed) if path.startswith(("charter", "docs", "LICENSE"))] == []


# --- The site ----------------------------------------------------------------------------------------


def test_its_site_has_pages_of_each_kind_and_every_link_leads_somewhere(third):
    site = third.folder / "site"
    assert [page for page in PAGES if not (site / page / "index.html").is_file()] == []
    assert broken_links(site, ADDRESS) == []
    about = (site / "about/index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="\.\./(versions/[\d.]+/)">', about) == [f"versions/{n}.0.0/" for n in (1, 2, 3)]


def test_its_documents_have_every_word_on_paper_of_its_own_size(third):
    """Sentence by sentence: one that goes on overleaf has the foot of its page within it."""
    for release in load(THIRD / "charter").releases:
        text = release.charter
        parts = [part for _, each in text.principles() for part in (each.title, each.sections[0].text)]
        said = re.split(r"(?<=[.])\s|\0", "\0".join([text.preamble, *parts]))
        for name in ("charter.pdf", "commitments.pdf"):
            pdf = third.folder / "site/versions" / release.version / name
            pages, words = pypdf.PdfReader(pdf).pages, words_of(pdf)
            assert pages[0].mediabox[2:] == [612, 792]
            missing = [each for each in said if "".join(each.split()) not in words]
            assert len(missing) < len(pages), (release.version, name, missing)


def test_no_word_of_ours_is_in_its_site(third):
    texts = site_texts(third.folder / "site")
    assert len(texts) > 60
    assert words_of_ours(texts) == []


def test_its_commands_say_that_it_is_in_order(third):
    assert third.run("charter", "check") == (0, "The charter is in order: 15 principles in 2 themes.\n")
    code, said = third.run("charter", "verify")
    assert (code, "3 versions, from 1.0.0 of 1997-07-05 to 3.0.0 of 2022-10-01" in said) == (0, True), said


@pytest.mark.parametrize(
    "address", [pytest.param(each, marks=() if each in LOOKED_AT else pytest.mark.long) for each in PAGES]
)
def test_the_detectors_find_no_fault_in_its_pages(third, open_page, address):
    with serve(third.folder / "site", "/under/") as at:
        page, witness = open_page(at + address, width=360, until="networkidle")
        seen = violations(page)
        faults = [*walk(page), *(each for each in seen if not each.startswith(BEYOND))]
        faults += drawing_faults(page, (360, 1280), {360: ("light", "dark"), 1280: ("light", "forced")})
        assert (faults, witness.foreign(at), witness.complaints) == ([], [], [])


@pytest.mark.long
def test_the_example_builds_from_the_installed_package(installed, tmp_path):
    """Its history and its sixty signatories, in the repository that `charter init` writes."""
    adopter = Adopter(installed, tmp_path)
    assert adopter.run("charter", "init", "plots", "--host", "gitlab", "--site-url", ADDRESS)[0] == 0
    adopter.folder /= "plots"
    shutil.rmtree(adopter.folder / "charter")
    write_one_language(adopter.folder / "charter")
    code, said = adopter.run("charter", "build")
    assert (code, "warning" in said) == (0, False), said
    assert broken_links(adopter.folder / "site", ADDRESS) == []
    assert len(list((adopter.folder / "site/signatories").glob("*/index.html"))) >= 60


@pytest.mark.long
@pytest.mark.parametrize("host", Host)
def test_no_word_of_ours_is_in_a_site_that_has_just_begun(installed, tmp_path, host):
    adopter = Adopter(installed, tmp_path)
    words = ("--title", "River Charter", "--contact", "a@river.example", "--host", host)
    assert adopter.run("charter", "init", "river", *words)[0] == 0
    adopter.folder /= "river"
    assert adopter.run("charter", "release", "--first")[0] == 0
    code, said = adopter.run("charter", "build", "--site-url", "https://river.test/")
    assert (code, "warning" in said) == (0, False), said
    assert words_of_ours(site_texts(adopter.folder / "site")) == []


@pytest.mark.long
def test_our_own_charter_builds_from_the_installed_package(installed, tmp_path):
    """Of this checkout there is what any charter has: its words, its pages, its look and its settings."""
    adopter = Adopter(installed, tmp_path)
    for name in ("charter", "docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    code, said = adopter.run("charter", "build")
    assert (code, "warning" in said) == (0, False), said
    assert broken_links(tmp_path / "site", "https://good-partners.example/") == []
