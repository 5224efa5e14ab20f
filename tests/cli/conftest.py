"""Fixtures for tests of commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders import (
    FIRST,
    make_signatory,
    release_draft,
    reword,
    write_charter,
    write_note,
    write_signatory,
)
from charterpress.cli.prompts import Terminal
from commands import edit_file, git, init_repository, run_charter
from fake_github import FakeGitHub
from letters_to_send import EXAMPLE, SENDER, SITE
from publishing import Publishing

QUAY_CLUB = Path(__file__).parents[1] / "editing/entries/plain.yml"


@pytest.fixture
def working_folder(tmp_path, monkeypatch):
    """An empty working folder in no repository, with none of the command's variables set."""
    monkeypatch.chdir(tmp_path)
    for name in ("CHARTER_SOURCE", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture
def draft(working_folder):
    """A small charter in the working folder, without a version."""
    return write_charter(working_folder)


@pytest.fixture
def version(draft):
    """A small charter in the working folder, with version 1.0.0."""
    release_draft(draft, first=True)
    return draft


@pytest.fixture
def reworded(version):
    """The same with one sentence changed, and a note that says why."""
    reword(version, "It does.", "It does so.")
    return version


@pytest.fixture
def committed(version):
    """A small charter with version 1.0.0, committed on `main`."""
    init_repository()
    return version


@pytest.fixture
def published(working_folder, monkeypatch, capsys):
    """A small charter whose version 1.0.0 is published, committed, and has its tag."""
    made = Publishing(working_folder, monkeypatch, capsys)
    made.publish()
    made.deploy()
    git("tag", "1.0.0")
    return made


@pytest.fixture
def published_page(published):
    """The same, with a page published that is not there any more."""
    published.published["addresses.txt"] += b"about/\n"
    return published


@pytest.fixture
def quay_club(version):
    """A small charter with versions 1.0.0 and 2.0.0, and one boat club that signed the first."""
    edit_file(version / FIRST, "every day", "every night")
    write_note(version, "moorings-first")
    release_draft(version, date="2025-01-01")
    (version / "signatories").mkdir()
    shutil.copy(QUAY_CLUB, version / "signatories/quay-club.yml")
    return version


@pytest.fixture
def type_answers(monkeypatch):
    """type_answers(*lines): whichever command asks, a person types these; gives the prompts shown."""

    def answer(*lines):
        typed, prompts = iter(lines), []

        def read(prompt):
            prompts.append(prompt)
            return next(typed)

        def terminal(out):
            return Terminal(read=read, out=out)

        for module in ("new.principle", "new.change", "new.signatory", "entry_files"):
            monkeypatch.setattr(f"charterpress.cli.{module}.interactive_terminal", terminal)
        return prompts

    return answer


@pytest.fixture
def linked(draft):
    """The same with version 1.0.0, committed; the preamble and a principle link to the second principle."""
    edit_file(
        draft / "preamble.md",
        "shared.",
        "shared. We keep [a berth](themes/moorings/moorings-second.md) free.",
    )
    edit_file(draft / FIRST, "It does.", "It does, as [the next one](moorings-second.md) does.")
    release_draft(draft, first=True)
    init_repository()
    return draft


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A repository with a released charter and two signatories, before anything is proposed."""
    repo = tmp_path_factory.mktemp("released")
    root = write_charter(repo)
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club-1", name="Quay @club #1"))
    write_signatory(root, make_signatory("mole-club"))
    (repo / "docs").mkdir()
    (repo / "docs" / "about.md").write_text("About.\n")
    init_repository(repo)
    git("config", "core.protectNTFS", "false", folder=repo)
    return repo


@pytest.fixture
def github(tmp_path, monkeypatch):
    """The host, which has nothing yet."""
    return FakeGitHub(tmp_path, monkeypatch)


@pytest.fixture
def letters(working_folder, capsys):
    """letters(*arguments): runs `charter letters` on the example's register with `private.csv`."""

    def run(*arguments, contacts="private.csv", out="out", sender=SENDER):
        words = [
            "--source",
            str(EXAMPLE),
            "letters",
            "--site",
            SITE,
            "--contacts",
            contacts,
            "--sender",
            sender,
        ]
        return run_charter(capsys, *words, *(("--out", out) if out else ()), *arguments)

    return run
