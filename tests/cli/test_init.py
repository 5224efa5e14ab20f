"""`charter init`: a charter to start from, which is in order, can be built and released."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import fork_server
from charterpress.checks import check
from charterpress.cli import main
from charterpress.read import load
from charterpress.storage import atomic

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def ran(capsys, *arguments):
    """The exit code, and what was said."""
    code = main(arguments)
    return code, *capsys.readouterr()


def state(root):
    """Every file and folder, with what it holds."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def test_it_is_a_whole_charter_without_a_finding(here, capsys):
    """Two themes with two or three principles each, and what to do next."""
    code, out, err = ran(capsys, "init", "ours")
    assert (code, err) == (0, "")
    assert "charter --source ours check  says" in out
    assert "CHARTER_SOURCE=ours make site  builds" in out
    read = load(here / "ours")
    assert check(read) == ()
    assert [len(theme.principles) for theme in read.charter.themes] == [3, 2]
    assert (here / "ours/changes").is_dir()
    assert (here / "ours/signatories").is_dir()
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (here / "ours").rglob("*.md"))
    for command in out.splitlines()[2:]:
        if command.startswith("charter "):
            words = command.partition("  ")[0].split()[1:]
            assert ran(capsys, *words)[0] == 0


def test_it_is_released_built_signed_and_changed(here, capsys):
    """As the version that everybody can sign, and as a website without a warning, before and after."""
    assert ran(capsys, "init", "ours")[0] == 0
    for step in range(2):
        if step:
            assert ran(capsys, "--source", "ours", "release", "--first", "--date", "2026-01-02")[0] == 0
            signs = (
                "new",
                "signatory",
                "Quay Club",
                "--kind",
                "club",
                "--area",
                "The quay",
                "--role",
                "Chair",
            )
            assert ran(capsys, "--source", "ours", *signs, "--website", "https://quay.example/")[0] == 0
        site = ("--site-dir", here / "site")
        env = os.environ | {"CHARTER_SOURCE": str(here / "ours"), "SITE_URL": "https://hall.example/"}
        done = fork_server.run("mkdocs", "build", "--strict", *site, cwd=ROOT, env=env)
        assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
        assert "Shared Hall Charter" in (here / "site/charter/index.html").read_text()
    assert (here / "site/signatories/quay-club/index.html").exists()
    assert (here / "site/versions/1.0.0/charter.pdf").exists()
    assert ran(capsys, "--source", "ours", "new", "principle", "welcome", "Say thank you")[0] == 0
    assert ran(capsys, "--source", "ours", "new", "change", "--why", "It was missing.")[0] == 0


@pytest.mark.parametrize("made", ["new/deep/ours", "here", "git", "link"])
def test_a_new_or_empty_folder_is_filled(here, capsys, made):
    """The folders above it are made, and what version control keeps does not count."""
    if made in ("here", "git"):
        (here / made).mkdir()
    if made == "git":
        (here / made / ".git").mkdir()
    if made == "link":
        (here / "place").mkdir()
        (here / made).symlink_to("place")
    assert ran(capsys, "init", made)[0] == 0
    assert check(load(here / made)) == ()


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("full", "the folder “full” is not empty: “mine.txt” lies in it"),
        ("hidden", "the folder “hidden” is not empty: “.env” lies in it"),
        ("file", "“file” is a file: say the name of a new folder"),
        ("file/below", "Not a directory; nothing was begun"),
        ("", "which folder?"),
        (" ", "which folder?"),
        ("dangling", "nothing was begun"),
        ("n" * 300, "name too long; nothing was begun"),
    ],
)
def test_nothing_is_written_over_or_among_other_things(here, capsys, folder, said):
    """Exit 2, and every file is as it was."""
    for name in ("full/mine.txt", "hidden/.env"):
        (here / name).parent.mkdir()
        (here / name).write_text("mine")
    (here / "file").write_text("mine")
    (here / "dangling").symlink_to("nowhere/at/all/\x01")
    (here / "nowhere").write_text("mine")
    before = state(here)
    code, out, err = ran(capsys, "init", folder)
    assert (code, out, state(here)) == (2, "", before)
    assert err.startswith("error: ")
    assert said.casefold() in err.casefold()


def test_a_second_time_is_refused(here, capsys):
    """Words that somebody has changed stay."""
    ran(capsys, "init", "ours")
    (here / "ours/preamble.md").write_text("Ours.\n")
    assert ran(capsys, "init", "ours")[0] == 2
    assert (here / "ours/preamble.md").read_text() == "Ours.\n"


@pytest.mark.parametrize("stage", ["before", "after"], ids=["not decided yet", "decided"])
def test_what_was_broken_off_can_be_done_again(here, capsys, monkeypatch, stage):
    """All of it or nothing, whenever the process is killed."""

    def killed(*_, **__):
        raise KeyboardInterrupt

    finish = atomic.finish_writing
    calls = []

    def late(root, **options):
        calls.append(root)
        return killed() if len(calls) > 1 else finish(root, **options)

    monkeypatch.setattr(
        atomic, "_sync" if stage == "before" else "finish_writing", killed if stage == "before" else late
    )
    with pytest.raises(KeyboardInterrupt):
        main(["init", "ours"])
    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert not (here / "ours/charter.yml").exists()
    assert ran(capsys, "init", "ours")[0] == 0
    assert check(load(here / "ours")) == ()
    assert not list((here / "ours").glob(".[su]*"))
