"""`charter init`: a complete small charter to start from."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TextIO

from charterpress import editing
from charterpress.cli.command import EXIT_OK, SOURCE, command, disk_errors, option
from charterpress.model.errors import UsageError
from charterpress.read.folder import LEFT_OUT
from charterpress.storage import atomic
from charterpress.text.escape import escape_lines

TEXTS = Path(editing.__file__).with_name("starter")
"""The charter that everybody starts from."""
EMPTY = ("changes/.gitkeep", "signatories/.gitkeep")
"""What keeps a folder in a repository that nothing lies in yet."""


@command(
    "write a complete small charter to start from",
    "charter init my-charter",
    option("folder", metavar="DIR", help="a new or empty folder"),
)
def init_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the starter charter. Raises UsageError if the folder is not empty."""
    folder = Path(options.folder)
    with disk_errors("; nothing was begun"):
        _require_empty(options.folder, folder)
        paths = (path for path in sorted(TEXTS.rglob("*")) if path.is_file())
        files = {path.relative_to(TEXTS).as_posix(): path.read_bytes() for path in paths}
        if not atomic.finish_writing(folder):
            atomic.write_files(folder, files | dict.fromkeys(EMPTY, b""))
    named = shlex.quote(folder.as_posix())
    out.write(
        escape_lines(
            f"There is a complete small charter in {named} now. Its words are about a shared hall: make them "
            "yours, file by file.\n"
            "\n"
            f"charter --source {named} check  says what is wrong after each change.\n"
            f"{SOURCE}={named} make site  builds its website.\n"
            f"charter --source {named} release --first  makes version 1.0.0, once the words are yours."
        )
        + "\n"
    )
    return EXIT_OK


def _require_empty(named: str, folder: Path) -> None:
    """Raises UsageError if the folder is not empty; remains of an interrupted attempt do not count."""
    if not named.strip():
        raise UsageError("which folder? Say the name of a new one, such as charter init my-charter")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"“{named}” is a file: say the name of a new folder")
    names = {each.name for each in folder.iterdir()} - LEFT_OUT if folder.is_dir() else set()
    if names - {atomic.STAGED} and atomic.UNFINISHED not in names:
        first = min(names)
        raise UsageError(
            f"the folder “{named}” is not empty: “{first}” lies in it. Say the name of a new one"
        )
