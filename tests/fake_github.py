"""GitHub without a network: `gh` writes down what it is asked, and answers as it was told."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent / "setup_programs" / "gh"
REPOSITORY = "harbour-partners/charter"
BOT = {"login": "github-actions[bot]", "type": "Bot"}


class FakeGitHub:
    """What the repository has at the host: lists by their place in the API, and the names of its branches."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder / "github"
        (self.folder / "bin").mkdir(parents=True)
        # By its own path: what “env” finds may be a script that looks for Python and takes thrice as long.
        python, lines = Path(sys.executable).resolve(), PROGRAM.read_text(encoding="utf-8").partition("\n")
        (self.folder / "bin" / "gh").write_text(f"#!{python} -IS\n{lines[2]}", encoding="utf-8")
        (self.folder / "bin" / "gh").chmod(0o755)
        monkeypatch.setenv("PATH", f"{self.folder / 'bin'}:{os.environ['PATH']}")
        monkeypatch.setenv("FAKE_GITHUB", str(self.folder))
        monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
        self.holds()

    def holds(self, **state):
        """Give it these lists: a place as issues__12__comments."""
        named = {name.replace("__", "/"): value for name, value in state.items()}
        (self.folder / "state.json").write_text(json.dumps(named))
        (self.folder / "asked.jsonl").write_text("")

    @property
    def asked(self):
        """All that it was asked: method, place, body."""
        return [json.loads(line) for line in (self.folder / "asked.jsonl").read_text().splitlines()]

    @property
    def told(self):
        """All that it was told, by method and place; what was told twice is a list."""
        return [(f"{method} {place}", body) for method, place, body in self.asked if method != "GET"]

    def body(self, start):
        """The body of the only call that begins so."""
        (body,) = [body for place, body in self.told if place.startswith(start)]
        return body
