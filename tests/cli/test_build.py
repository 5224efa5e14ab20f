"""`charter build` and `charter serve`, in a folder with a charter, two pages and a mkdocs.yml."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

import fork_server
from charterpress.editing.starter import Answers, Package, starter_files

NO_GIT = "no git repository is here, or git is not installed: the site is built without dates from it\n"
SETTINGS = "site_name: Hall\nsite_url: https://hall.example/\nplugins: [charterpress]\n"


@pytest.fixture
def hall(tmp_path):
    """The folder."""
    for path, data in starter_files(Answers(), Package(version="1.0.0")).items():
        if path.startswith("charter/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    (tmp_path / "docs").mkdir()
    for page in ("sign", "propose"):
        (tmp_path / "docs" / f"{page}.md").write_text("Write to us.\n")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    return tmp_path


def charter(folder, *words, **environment):
    """The exit code of a command, what it says, and what it says is wrong."""
    kept = {key: value for key, value in os.environ.items() if key not in {"CHARTER_SOURCE", "SITE_URL"}}
    env = kept | {"GIT_CEILING_DIRECTORIES": str(folder)} | environment
    done = fork_server.run("charter", *words, cwd=folder, env=env)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_site_is_built_beside_mkdocs_yml_from_any_folder_below_it(hall):
    assert charter(hall / "charter/themes", "build") == (
        0,
        f"The website is in {hall}/site: open {hall}/site/index.html.\n",
        NO_GIT,
    )
    assert (hall / "site/charter/welcome/index.html").is_file()


def test_the_command_line_and_the_environment_say_what_mkdocs_yml_does_otherwise(hall):
    """A folder named on the command line is one of the working folder."""
    (hall / "charter").rename(hall / "docs" / "ours")
    (hall / "docs/ours").rename(hall / "ours")
    (hall / "mkdocs.yml").write_text(SETTINGS.replace("site_url: https://hall.example/\n", ""))
    words = ("--source", "../ours", "build", "--site-dir", "../out", "--site-url", "https://new.example/")
    code, out, _ = charter(hall / "docs", *words, CHARTER_SOURCE="nowhere", SITE_URL="https://old.example/")
    assert (code, out) == (0, f"The website is in {hall}/out: open {hall}/out/index.html.\n")
    assert "https://new.example/charter/" in (hall / "out/sitemap.xml").read_text()
    code, out, _ = charter(hall, "build", CHARTER_SOURCE="ours", SITE_URL="https://old.example/")
    assert (code, out) == (0, "The website is in site: open site/index.html.\n")
    assert "https://old.example/charter/" in (hall / "site/sitemap.xml").read_text()


def test_a_charter_that_is_named_from_elsewhere_has_its_mkdocs_yml_beside_it(hall):
    elsewhere = hall.parent / f"{hall.name}-elsewhere"
    elsewhere.mkdir()
    code, out, _ = charter(elsewhere, "--source", f"../{hall.name}/charter", "build")
    assert (code, out) == (0, f"The website is in {hall}/site: open {hall}/site/index.html.\n")


def test_a_folder_that_is_no_charter_is_named(hall):
    code, out, err = charter(hall, "--source", "nowhere", "build")
    assert (code, out) == (1, "")
    assert "nowhere" in err
    assert len(err.splitlines()) <= 6


def test_any_warning_refuses_the_build_and_leaves_the_site_as_it_was(hall):
    (hall / "site").mkdir()
    (hall / "site/index.html").write_text("before")
    (hall / "docs/sign.md").write_text("[here](propose.md#nothing)\n")
    code, out, err = charter(hall, "build")
    assert (code, out) == (1, "")
    assert err == (
        f"{NO_GIT}warning: Doc file 'sign.md' contains a link 'propose.md#nothing', but the doc "
        "'propose.md' does not contain an anchor '#nothing'.\nThe website was not built.\n"
    )
    assert [path.read_text() for path in (hall / "site").iterdir()] == ["before"]
    code, out, err = charter(hall, "build", "--no-strict")
    assert (code, out) == (0, "The website is in site: open site/index.html.\n")
    assert err.startswith(f"{NO_GIT}warning: Doc file 'sign.md'")
    assert "Welcome" in (hall / "site/index.html").read_text()


def test_an_error_in_the_charter_is_shown_as_the_check_shows_it(hall):
    index = hall / "charter/themes/welcome/index.md"
    index.write_text(index.read_text().replace("title: ", "titel: "))
    code, _, err = charter(hall, "build", "--no-strict")
    assert code == 1
    assert "titel" in err
    assert err.startswith(f"{NO_GIT}error: the check of the charter says\n")
    assert err.endswith("The website was not built.\n")
    assert not (hall / "site").exists()


def test_without_mkdocs_yml_it_says_where_to_go(tmp_path):
    sentence = (
        "error: there is no mkdocs.yml in this folder, nor in one above it: go to the folder of a charter, "
        "or start one with charter init my-charter\n"
    )
    assert [charter(tmp_path, verb) for verb in ("build", "serve")] == [(2, "", sentence)] * 2


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("", "site_name: Required configuration not provided."),
        (SETTINGS + "navv: []\n", "navv: Unrecognised configuration name: navv"),
        (SETTINGS + "theme: foo\n", "theme: Unrecognised theme name: 'foo'."),
        (SETTINGS + "markdown_extensions: [nope]\n", "markdown_extensions: Failed to load extension 'nope'."),
        (SETTINGS + "nav: [}\n", "cannot be read: MkDocs encountered an error parsing"),
        (SETTINGS.replace("charterpress", "search"), "the charter would not be in this site: add the line"),
        (SETTINGS + "plugins: 5\n", "plugins: Invalid Plugins configuration."),
        ("[1, 2]", "cannot be read: The configuration is invalid."),
        (SETTINGS + "docs_dir: nowhere\n", "docs_dir: The path"),
    ],
    ids=["empty", "name", "theme", "extension", "YAML", "no plugin", "plugins", "list", "folder"],
)
def test_a_mkdocs_yml_that_cannot_be_used_ends_the_command_with_a_sentence(hall, settings, sentence):
    (hall / "mkdocs.yml").write_text(settings)
    code, out, err = charter(hall, "build")
    assert (code, out) == (2, "")
    assert err.startswith("error: mkdocs.yml")
    assert sentence in err
    assert len(err.splitlines()) <= 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("build", "--site-dir", " "), "--site-dir needs the name of a folder"),
        (("build", "--site-url", "hall.example"), "the site's address must begin with https://, not "),
        (("serve", "--address", "8000"), "--address takes a host and a port below 65536"),
        (("serve", "--address", "127.0.0.1:65536"), "--address takes a host and a port below 65536"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_what_to_type(hall, words, sentence):
    code, out, err = charter(hall, *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {sentence}")


def test_an_address_in_use_is_named_with_another(hall):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        code, _, err = charter(hall, "serve", "--address", address)
    assert code == 2
    assert err.startswith(f"error: {address}: Address already in use: name another with --address")


def test_a_template_of_ones_own_that_does_not_work_is_named(hall):
    own = hall / "own"
    own.mkdir()
    (own / "main.html").write_text("{% if %}\n")
    (hall / "mkdocs.yml").write_text(SETTINGS + "theme: {name: material, custom_dir: own}\n")
    code, out, err = charter(hall, "build")
    assert (code, out) == (1, "")
    assert err.startswith(f"{NO_GIT}error: a template of the theme does not work: main.html, line 1: ")
    assert list(hall.glob(".*building*")) == []
    assert not Path(hall / "site").exists()


def test_a_charter_without_pages_of_its_own_needs_no_folder_for_them(hall):
    """Even where the folder cannot be written to, none is made."""
    shutil.rmtree(hall / "docs")
    code, out, said = charter(hall, "build")
    assert (code, out, said) == (0, "The website is in site: open site/index.html.\n", NO_GIT)
    assert (hall / "site/sign/index.html").is_file()
    assert not (hall / "docs").exists()
    (hall / "mkdocs.yml").write_text(f"{SETTINGS}docs_dir: pages\n")
    code, _, said = charter(hall, "build")
    assert code == 2
    assert "mkdocs.yml: docs_dir: The path" in said


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("news.md", b"# News\n\ncaf\xe9\n", "docs/news.md:3: this line is not UTF-8 text: save"),
        (
            *("charter/index.md", b"# Ours\n"),
            "at this address: give yours another name, or charter.md, and it follows what that page says",
        ),
        (
            "_headers",
            b"/*\n  X-Ours: 1\n",
            "_headers: the build writes this file itself: give the one in docs/",
        ),
        ("news.md", b"---\ntitle: [\n---\n# News\n", "docs/news.md:3: the front matter cannot be read: "),
        ("news.md", b"---\ntitle: Now: more\n---\n", "docs/news.md:2: the front matter cannot be read: "),
    ],
)
def test_a_page_of_ones_own_that_would_be_lost_or_shown_wrongly_is_named(hall, name, content, sentence):
    (hall / "docs" / name).parent.mkdir(exist_ok=True)
    (hall / "docs" / name).write_bytes(content)
    code, out, said = charter(hall, "build")
    assert (code, out) == (1, "")
    assert sentence in said
    assert said.endswith("The website was not built.\n")
    assert not (hall / "site").exists()


def test_what_a_page_of_the_charter_has_in_docs_follows_it(hall):
    (hall / "docs/charter.md").write_text("Words of ours.\n")
    assert charter(hall, "build")[0] == 0
    page = (hall / "site/charter/index.html").read_text()
    assert page.index("Show the way in") < page.index("Words of ours.")
