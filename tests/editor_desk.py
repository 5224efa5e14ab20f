"""A desk for a test: a folder, a terminal, and what the pages for editors tell an editor to type."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import fork_server
from package_pages import package_page
from test_documentation import _block

PROGRAMS = Path(sys.executable).parent
"""Where `make site` puts the commands: the tests cannot fetch packages once more."""
PRINCIPLE = "charter/themes/sharing/say-what-went-wrong.md"
NOTE = "charter/changes/say-what-went-wrong-d652.md"
INDEX = "charter/themes/sharing/index.md"
OLD = "charter/themes/sharing/keep-the-diary.md"
IN_ORDER = "The charter is in order: "


def page(name: str) -> str:
    """A page for editors, as it is written."""
    return package_page(f"editors/{name}.md")


WRITE, VERSIONS = page("write-a-principle"), page("versions")


@dataclass
class Desk:
    """Where an editor works: a folder, a terminal in it, and the host that the pages' address leads to."""

    folder: Path
    host: Path

    def typed(self, line: str, *, code: int | None = 0) -> str:
        """What is said when `line` is typed; it ends with `code`, or with any if that is None."""
        words, env = shlex.split(line), self.environment()
        if words[0] in fork_server.ENTRY_POINTS:
            result = fork_server.run(*words, cwd=self.folder, env=env)
        else:
            result = subprocess.run(
                words, cwd=self.folder, env=env, capture_output=True, text=True, check=False
            )
        said = result.stdout + result.stderr
        assert code is None or result.returncode == code, f"{line}: {result.returncode}\n{said}"
        return said

    def environment(self) -> dict[str, str]:
        """What a new editor's terminal has set."""
        ours = ("MAKE", "MFLAGS", "CHARTER", "GIT_")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        who = [f"GIT_{role}_{key}" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")]
        return (
            kept
            | dict.fromkeys(who, "editor@good-partners.example")
            | {
                "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
                "CHARTER_AUTHORITIES": "none",  # a person’s computer would ask them
                "COLUMNS": "100",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"url.{self.host}.insteadOf",
                "GIT_CONFIG_VALUE_0": re.search(r"git clone (\S+)", _block(WRITE, "run: clone"))[1],
            }
        )

    def block(self, text: str, name: str) -> dict[str, str]:
        """What each line says of the block `name` of a page."""
        said = {}
        for line in _block(text, f"run: {name}").splitlines():
            if line.startswith("cd "):
                self.folder /= line[3:]
            else:
                said[line] = self.typed(line)
        return said

    def path(self, name: str) -> Path:
        """A file of the desk's folder."""
        return self.folder / name

    def read(self, name: str) -> str:
        """The words of a file."""
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Other words for a file."""
        self.path(name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """The first `old` in a file becomes `new`."""
        text = self.read(name)
        assert old in text, text
        self.write(name, text.replace(old, new, 1))

    def move(self, old: str, new: str) -> None:
        """A file by another name, beside where it was."""
        self.path(old).rename(self.path(old).with_name(new))


def written(desk: Desk) -> None:
    """The principle and its note, as the page has them."""
    desk.block(WRITE, "principle")
    desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong"))
    desk.block(WRITE, "note")
