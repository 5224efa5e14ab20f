"""Programs outside Python → what they print: the only module that starts one, and never through a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _


@dataclass(frozen=True, kw_only=True, slots=True)
class Completed:
    """What a program printed, and its exit code."""

    code: int
    out: bytes
    err: str


def run_program(
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Completed:
    """Run `command` in `folder` (default: the working folder) and `environment` (default: this one), with
    `stdin` for its standard input, and wait for its end. Raises CharterError if there is no such program."""
    try:
        done = subprocess.run(
            command, input=stdin, cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError as problem:
        name = Path(command[0]).name
        raise CharterError(
            _("{name} is not installed here, and this needs it").format(name=name)
        ) from problem
    return Completed(code=done.returncode, out=done.stdout, err=done.stderr.decode(errors="surrogateescape"))
