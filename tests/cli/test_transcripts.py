"""Commands and what they print, as transcripts: each line after `$ ` is run, and the lines below it are its
output. A case starts with `=== title [fixture]`. To record them anew: RECORD=1, then read the difference."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from charterpress.cli import main
from charterpress.outputs.assets import schema_files
from commands import GIT_ENV, edit_file, file_contents
from sign_up_answers import issue

FILES = sorted(Path(__file__).with_name("transcripts").glob("*.txt"))
SCHEMA = Draft202012Validator(json.loads(schema_files()["schemas/commands-1.schema.json"]))
"""What every command's JSON is held against, here and in its own tests."""
CASES = [
    pytest.param(path, case, id=f"{path.stem}: {case.partition(' [')[0]}")
    for path in FILES
    for case in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]
]


def charter_output(words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and output of `charter`. Only errors go to stderr, and no file changes then."""
    before = file_contents(folder)
    try:
        code = main(words)
    except SystemExit as usage:
        code = int(usage.code)
    out, err = capsys.readouterr()
    assert (bool(err), "Traceback" in err) == (code == 2, False), err
    assert file_contents(folder) == before or (code != 2 and "Nothing was" not in out), out + err
    if "json" in words and code != 2:
        SCHEMA.validate(json.loads(out))
    return code, out + err


def run_line(line: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and output of one line: `charter …`, `edit FILE OLD NEW`, `form ANSWERS` or a program."""
    words = shlex.split(line)
    if words[0] == "charter":
        return charter_output(words[1:], folder, capsys)
    if words[0] == "edit":
        edit_file(folder / words[1], words[2], words[3].replace(r"\n", "\n"))
        return 0, ""
    if words[0] == "form":
        answers = dict(word.replace(r"\n", "\n").split("=", 1) for word in words[1:])
        (folder / "form.md").write_text(issue(**answers), encoding="utf-8")
        return 0, ""
    env = os.environ | GIT_ENV | {"LC_ALL": "C"}
    done = subprocess.run(["sh", "-c", line], env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("path", "case"), CASES)
def test_commands_print_what_their_transcript_shows(path, case, request, working_folder, capsys):
    title, *lines = case.splitlines()
    request.getfixturevalue(re.search(r"\[(\w+)\]$", title)[1])
    shown = title
    for line in (line for line in lines if line.startswith("$ ")):
        code, out = run_line(line[2:], working_folder, capsys)
        shown += f"\n{line}\n{out}{f'[exit code {code}]' if code else ''}".rstrip("\n")
    if os.environ.get("RECORD"):
        path.write_text(path.read_text(encoding="utf-8").replace(case.strip(), shown), encoding="utf-8")
    else:
        assert shown == case.strip()
