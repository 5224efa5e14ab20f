"""`charter init`: a starter charter that passes the check, and can be built and released."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import fork_server
from charterpress.checks import check
from charterpress.cli import main
from charterpress.read import load
from charterpress.storage import atomic
from commands import file_contents, run_charter

ROOT = Path(__file__).resolve().parents[2]


def test_it_is_a_complete_charter_without_findings(working_folder, capsys):
    code, out, err = run_charter(capsys, "init", "ours")
    assert (code, err) == (0, "")
    assert "charter --source ours check  says" in out
    assert "CHARTER_SOURCE=ours make site  builds" in out
    read = load(working_folder / "ours")
    assert check(read) == ()
    assert [len(theme.principles) for theme in read.charter.themes] == [3, 2]
    assert (working_folder / "ours/changes").is_dir()
    assert (working_folder / "ours/signatories").is_dir()
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (working_folder / "ours").rglob("*.md"))
    for command in out.splitlines()[2:]:
        if command.startswith("charter "):
            words = command.partition("  ")[0].split()[1:]
            assert run_charter(capsys, *words)[0] == 0


def test_it_can_be_released_built_signed_and_changed(working_folder, capsys):
    assert run_charter(capsys, "init", "ours")[0] == 0
    for step in range(2):
        if step:
            assert (
                run_charter(capsys, "--source", "ours", "release", "--first", "--date", "2026-01-02")[0] == 0
            )
            options = ("--kind", "club", "--area", "The quay", "--role", "Chair")
            options += ("--website", "https://quay.example/")
            assert run_charter(capsys, "--source", "ours", "new", "signatory", "Quay Club", *options)[0] == 0
        site = ("--site-dir", working_folder / "site")
        env = os.environ | {
            "CHARTER_SOURCE": str(working_folder / "ours"),
            "SITE_URL": "https://hall.example/",
        }
        result = fork_server.run("mkdocs", "build", "--strict", *site, cwd=ROOT, env=env)
        assert (result.returncode, "WARNING" in result.stderr) == (0, False), result.stderr
        assert "Shared Hall Charter" in (working_folder / "site/charter/index.html").read_text()
    assert (working_folder / "site/signatories/quay-club/index.html").exists()
    assert (working_folder / "site/versions/1.0.0/charter.pdf").exists()
    assert run_charter(capsys, "--source", "ours", "new", "principle", "welcome", "Say thank you")[0] == 0
    assert run_charter(capsys, "--source", "ours", "new", "change", "--why", "It was missing.")[0] == 0


@pytest.mark.parametrize("folder", ["new/deep/ours", "empty", "git", "link"])
def test_a_new_or_empty_folder_is_filled(working_folder, capsys, folder):
    """Missing parents are created; a `.git` folder does not count."""
    if folder in ("empty", "git"):
        (working_folder / folder).mkdir()
    if folder == "git":
        (working_folder / folder / ".git").mkdir()
    if folder == "link":
        (working_folder / "place").mkdir()
        (working_folder / folder).symlink_to("place")
    assert run_charter(capsys, "init", folder)[0] == 0
    assert check(load(working_folder / folder)) == ()


@pytest.mark.parametrize(
    ("folder", "message"),
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
def test_existing_files_are_neither_overwritten_nor_mixed_with(working_folder, capsys, folder, message):
    for name in ("full/mine.txt", "hidden/.env"):
        (working_folder / name).parent.mkdir()
        (working_folder / name).write_text("mine")
    (working_folder / "file").write_text("mine")
    (working_folder / "dangling").symlink_to("nowhere/at/all/\x01")
    (working_folder / "nowhere").write_text("mine")
    before = file_contents(working_folder)
    code, out, err = run_charter(capsys, "init", folder)
    assert (code, out, file_contents(working_folder)) == (2, "", before)
    assert err.startswith("error: ")
    assert message.casefold() in err.casefold()


def test_a_second_time_is_refused(working_folder, capsys):
    run_charter(capsys, "init", "ours")
    (working_folder / "ours/preamble.md").write_text("Ours.\n")
    assert run_charter(capsys, "init", "ours")[0] == 2
    assert (working_folder / "ours/preamble.md").read_text() == "Ours.\n"


@pytest.mark.parametrize("stage", ["before", "after"], ids=["before the rename", "after the rename"])
def test_it_can_be_repeated_after_an_interruption(working_folder, capsys, monkeypatch, stage):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    finish = atomic.finish_writing
    calls = []

    def interrupt_second(root, **options):
        calls.append(root)
        return interrupt() if len(calls) > 1 else finish(root, **options)

    monkeypatch.setattr(
        atomic,
        "_sync" if stage == "before" else "finish_writing",
        interrupt if stage == "before" else interrupt_second,
    )
    with pytest.raises(KeyboardInterrupt):
        main(["init", "ours"])
    monkeypatch.undo()
    monkeypatch.chdir(working_folder)
    assert not (working_folder / "ours/charter.yml").exists()
    assert run_charter(capsys, "init", "ours")[0] == 0
    assert check(load(working_folder / "ours")) == ()
    assert not list((working_folder / "ours").glob(".[su]*"))
