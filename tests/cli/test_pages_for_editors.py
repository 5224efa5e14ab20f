"""The pages for editors on sign-ups and changed entries: each command prints what the page shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from builders import release_draft, reword, write_note
from charterpress.cli import main
from charterpress.views.letter_kinds import KINDS
from charterpress.views.letters import PLACEHOLDERS
from commands import GIT_ENV, commit_all, edit_file, git
from package_pages import package_page
from test_documentation import _block, released


def page(name: str) -> str:
    """The Markdown of a page."""
    return package_page(f"{name}.md")


def run_page(text: str, capsys) -> list[str]:
    """The names of the commands that a page shows, after running each and comparing its output."""
    out, names = "", []
    blocks = re.findall(r"<!-- (run|said|file): ([\w.-]+) -->\n```\w*\n(.*?)```", text, re.DOTALL)
    for kind, name, block in blocks:
        if kind == "file":
            Path(name).write_text(block, encoding="utf-8")
        elif kind == "run":
            program, *words = shlex.split(block)
            assert program == "charter"
            main(words)
            out, names = "".join(capsys.readouterr()), [*names, name]
        else:
            assert out == block
    return names


def test_the_page_on_sign_ups_runs_as_shown(working_folder, capsys):
    released(working_folder)
    assert len(run_page(page("editors/sign-ups"), capsys)) >= 4


def resigned(folder: Path) -> None:
    """Two versions of the starter charter in `folder`: an organisation signed the first, and a promise has
    changed since."""
    root = released(folder)
    slug = "harbour-lane-community-kitchen"
    (root / "signatories").mkdir(exist_ok=True)
    entry = _block(page("editors/signatories"), f"entry: {slug}")
    (root / f"signatories/{slug}.yml").write_text(entry, encoding="utf-8")
    old, new = "before we tell anyone about the event", "before we invite anyone to the event"
    edit_file(root / "themes/sharing/keep-the-diary.md", old, new)
    reason = "Twice, people held an invitation to a room that another group had booked."
    write_note(root, "keep-the-diary", class_="commitment", reason=reason)
    assert release_draft(root, date="2026-11-23").version == "2.0.0"


def test_the_page_on_changed_entries_runs_as_shown(working_folder, capsys):
    resigned(working_folder)
    names = run_page(page("editors/changed-entries"), capsys)
    assert names == ["re-sign", "correct", "refused", "renamed", "rename", "withdraw", "pledge"]
    assert main(["check"]) == 0


def test_the_page_on_letters_runs_as_shown(working_folder, capsys):
    resigned(working_folder)
    assert run_page(page("editors/telling-signatories"), capsys) == ["asked", "dry", "letters"]


def test_the_page_on_letters_has_every_placeholder():
    listed = re.findall(
        r"^\| (?:`([\w-]+)` \| )?`\{(\w+)\}` \| (.+) \|$", page("editors/telling-signatories"), re.MULTILINE
    )
    common = [("", name, meaning) for name, meaning in PLACEHOLDERS.items()]
    own = [(to, name, meaning) for to, kind in KINDS.items() for name, meaning in kind.own.items()]
    assert listed == [*common, *own]


def run_lines(text: str, name: str, capsys) -> list[tuple[int, str]]:
    """The exit code and output of each line of the block `name` of a page."""
    lines = re.search(rf"<!-- run: {name} -->\n```sh\n(.*?)```", text, re.DOTALL)[1].splitlines()
    outputs = []
    for line in lines:
        program, *words = shlex.split(line)
        if program == "charter":
            outputs.append((main(words), "".join(capsys.readouterr())))
        else:
            done = subprocess.run(
                ["sh", "-c", line], env=os.environ | GIT_ENV, capture_output=True, text=True, check=False
            )
            outputs.append((done.returncode, done.stdout + done.stderr))
    return outputs


def test_the_page_on_taking_back_runs_as_shown(published, capsys):
    """A change is undone and published; a version is not, and keeps a note of what is wrong with it."""
    text, root = page("editors/rollback"), published.root
    reword(root, "It does.", "It does so.")
    release_draft(root, date="2025-03-01")
    commit_all()
    published.publish()
    published.deploy()
    git("tag", "1.1.0")
    edit_file(root / "preamble.md", "shared.", "ours.")
    write_note(root, "preamble", class_="commitment")
    commit_all()
    assert [code for code, _ in run_lines(text, "undo", capsys)] == [0, 0, 0]
    assert "shared." in (root / "preamble.md").read_text(encoding="utf-8")
    assert [code for code, _ in run_lines(text, "erratum", capsys)] == [0, 0, 0, 0]
    commit_all()
    git("reset", "--quiet", "--hard", "1.1.0")
    _, refused, unpublished = run_lines(text, "undo", capsys)
    assert refused == (1, re.search(r"<!-- said: refused -->\n```text\n(.*?)```", text, re.DOTALL)[1])
    assert unpublished[0] == 1
    assert [code for code, _ in run_lines(text, "keep", capsys)] == [0, 0]
