"""The site of a charter as `charter init` writes it: its own pages and the package's, none about us."""

from __future__ import annotations

import re

import pytest
from lxml import html

from charterpress.editing.starter import Answers, Host, Package, starter_files
from checkouts import broken_links, built
from words_of_ours import site_texts, words_of_ours

ADDRESS = "https://river.example/"
OWN = "Bring your idea to the boathouse on any Friday."
ENTRIES = ["Home", "The charter", "Practice", "How to sign", "Propose a change", "About"]


def start(folder, host):
    """A repository in `folder`."""
    answers = Answers(title="River Charter", host=host, site_url=ADDRESS)
    for path, data in starter_files(answers, Package(version="1.0.0")).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The site without pages for editors, kept nowhere."""
    return built(start(tmp_path_factory.mktemp("plain"), Host.NONE))


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The site with pages for editors, kept at a forge, with two pages of its own in their place."""
    folder = start(tmp_path_factory.mktemp("edited"), Host.GITLAB)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").rstrip() + "\n      editors: true\n")
    (folder / "docs/propose.md").write_text(f"# Propose a change\n\n{OWN}\n")
    (folder / "docs/editors").mkdir()
    (folder / "docs/editors/numbering.md").write_text(f"# Numbers of ours\n\n{OWN}\n")
    return built(folder, REPO_URL="https://gitlab.com/river/charter")


def entries(site):
    """The entries at the head of the home page, and those in its foot."""
    page = html.parse(site / "index.html").getroot()
    return [
        [" ".join(link.text_content().split()) for link in page.xpath(f"//{part}//a")]
        for part in ("header", "footer")
    ]


def test_no_word_of_ours_is_in_it_and_every_link_leads_somewhere(plain, edited):
    for site in (plain, edited):
        assert words_of_ours(site_texts(site)) == []
        assert broken_links(site, ADDRESS) == []


def test_it_has_a_navigation(plain, edited):
    for site in (plain, edited):
        head, foot = entries(site)
        places = [head.index(entry) for entry in ENTRIES[1:]]
        assert places == sorted(places)
        assert [entry for entry in head if "editors" in entry] == []
        assert ("For editors" in " ".join(foot)) == (site is edited)


def test_the_pages_for_editors_are_there_where_it_wants_them(plain, edited):
    assert not (plain / "editors").exists()
    assert not (plain / "assets/editors").exists()
    assert {"rules", "versions", "sign-ups", "hosts"} <= {
        path.name for path in (edited / "editors").iterdir()
    }
    for site in (plain, edited):
        assert not (site / "developers").exists()
        assert not (site / "editors/adopt").exists()


def test_a_page_of_its_own_takes_the_place_of_the_packages(edited):
    for address in ("propose", "editors/numbering"):
        assert OWN in (edited / address / "index.html").read_text(encoding="utf-8")


def test_no_link_to_edit_a_page_leads_to_a_file_that_is_not_there(plain, edited):
    assert "/edit/" not in "".join(path.read_text(encoding="utf-8") for path in plain.rglob("*.html"))
    link = re.compile(r'"https://gitlab.com/river/charter/-/edit/main/([^"]+)"')
    found = {each for path in edited.rglob("*.html") for each in link.findall(path.read_text("utf-8"))}
    assert [path for path in found if not (edited.parent / path).is_file()] == []
    assert {"docs/propose.md", "docs/editors/numbering.md", "docs/index.md"} <= found
