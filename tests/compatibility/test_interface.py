"""What a version accepts, later ones accept: commands, their options, and settings of mkdocs.yml.

A line of `interface.txt` goes only with the first number of the version, and after it was announced. To add
what is new: RECORD=1.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from charterpress.cli import COMMANDS
from charterpress.hosts.settings import PARSERS

FILE = Path(__file__).with_name("interface.txt")


def interface():
    """Every command, option and setting there is, as people write it."""
    found = {f"mkdocs.yml: {name}" for name in PARSERS}
    waiting = [(f"charter {name}", command) for name, command in COMMANDS.items()]
    while waiting:
        name, command = waiting.pop()
        waiting += [(f"{name} {word}", below) for word, below in command.commands.items()]
        reader = argparse.ArgumentParser(add_help=False)
        for add in command.options:
            add(reader)
        options = re.findall(r"(?<![\w-])--[a-z][a-z-]+", reader.format_usage())
        found |= {name, *(f"{name} {option}" for option in options)}
    return found


def test_what_was_accepted_is_accepted():
    known, now = set(FILE.read_text(encoding="utf-8").splitlines()), interface()
    if os.environ.get("RECORD"):
        FILE.write_text("".join(f"{line}\n" for line in sorted(known | now)), encoding="utf-8", newline="\n")
    assert {"charter check --format", "mkdocs.yml: charter_source"} <= known
    assert sorted(known - now) == []
