"""Runs a command as a whole process, and says what it took.

Linux counts towards a process what the one that started it had in memory: so the command is started by this
file, run as a small program of its own, and not by the bench or by pytest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that has ended: its exit code (below 0 it was killed), all that it said, seconds of the
    processor (user and system, with the processes that it waited for) and of the clock, and the most memory
    of one process at any moment, in MiB."""

    code: int
    said: str
    seconds: float
    wall: float
    memory: float


def ended(
    command: tuple[str | Path, ...], folder: Path, environment: Mapping[str, str] | None = None
) -> Ended:
    """Run `command` in `folder` and wait for it. Raises CalledProcessError where it could not be started."""
    with tempfile.NamedTemporaryFile() as said:
        launched = subprocess.run(
            (sys.executable, "-I", "-S", __file__, said.name, *command),
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return Ended(said=said.read().decode(errors="replace"), **json.loads(launched.stdout))


def _launch(said: str, *command: str) -> None:
    """Run `command`, what it says into the file `said`, and print the rest of what is to be known of it."""
    start = time.monotonic()
    with Path(said).open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    _, status, used = os.wait4(process.pid, 0)
    kibibytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    found = {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": used.ru_utime + used.ru_stime,
        "wall": time.monotonic() - start,
        "memory": kibibytes / 1024,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _launch(*sys.argv[1:])
