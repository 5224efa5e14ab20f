"""Runs `charter` and MkDocs as a shell would, in forks of one process that has imported all that they need.

A new interpreter takes over a second of processor time to import them; a fork takes a fiftieth of that.
Whatever an interpreter reads before its first line (PYTHONHASHSEED, LC_ALL, PYTHONPATH) needs a real one.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENTRY_POINTS = {"charter": ("charterpress.cli", "main"), "mkdocs": ("mkdocs.__main__", "cli")}
PRELOADED = ("charterpress", "mkdocs.commands", "mkdocs.config")
FAULTS = ROOT / "tests" / "faults" / "sitecustomize.py"


# --- The client -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Process:
    """A fork that runs a command."""

    pid: int

    def wait(self) -> int:
        """Return its exit code once it has ended; a negative one is the signal that ended it."""
        return _server().ask({"wait": self.pid})["code"]

    def ended(self) -> bool:
        """Whether it has ended."""
        return _server().ask({"wait": self.pid, "options": os.WNOHANG})["code"] is not None

    def terminate(self) -> None:
        """End it, unless it has, and wait until it has ended."""
        if not self.ended():
            os.kill(self.pid, signal.SIGTERM)
        self.wait()


def start(*command: object, cwd: Path, env: Mapping[str, str], out: Path, err: Path) -> Process:
    """Start `command`, whose first word is one of ENTRY_POINTS, with what it writes going to two files, which
    may be the same."""
    words = [str(word) for word in command]
    told = {"command": words, "cwd": str(cwd), "env": dict(env), "out": str(out), "err": str(err)}
    return Process(_server().ask(told)["pid"])


def run(
    *command: object, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end; `env` (default: this process's) is all of its environment."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        code = start(*command, cwd=cwd, env=os.environ if env is None else env, out=out, err=err).wait()
        said = [path.read_text(encoding="utf-8", errors="backslashreplace") for path in (out, err)]
    return subprocess.CompletedProcess(command, code, *said)


class _Server:
    def __init__(self) -> None:
        quiet = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
        command = [sys.executable, __file__]
        self._process = subprocess.Popen(
            command, env=os.environ | quiet, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self._stop)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request and return the answer to it."""
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def _stop(self) -> None:
        self._process.communicate()  # closes its input, which ends it


@functools.cache
def _server() -> _Server:
    return _Server()


# --- The server -----------------------------------------------------------------------------------------


def serve() -> None:
    """Answer the requests that come in, one a line: to a command with a process id, to a process id with its
    exit code, which is null while it runs."""
    for name in PRELOADED:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    _load_settings()
    # Bytecode that a fork wrote would count as a change on the disk where a test counts them.
    sys.dont_write_bytecode = True
    os.fsync = lambda _: None  # no test outlives a power cut
    gc.collect()
    gc.freeze()  # or the first collection in a fork would copy every page of memory
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            answer = {"code": _code(request["wait"], request.get("options", 0))}
        else:
            answer = {"pid": _fork(request)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _load_settings() -> None:
    """Import the theme and plugins that mkdocs.yml names, and the Markdown extensions of every charter."""
    from markdown import Markdown  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    from charterpress.hosts.defaults import MARKDOWN_EXTENSIONS  # noqa: PLC0415 - the server starts before it

    load_config(str(ROOT / "mkdocs.yml"))
    Markdown(extensions=list(MARKDOWN_EXTENSIONS))


_CODES: dict[int, int] = {}
"""The exit codes of the forks that have ended."""


def _code(pid: int, options: int) -> int | None:
    if pid not in _CODES:
        ended, status = os.waitpid(pid, options)
        if not ended:
            return None
        _CODES[pid] = os.waitstatus_to_exitcode(status)
    return _CODES[pid]


def _fork(request: dict[str, Any]) -> int:
    if pid := os.fork():
        _CODES.pop(pid, None)  # of an earlier fork, whose number the system gave out again
        return pid
    code = 1
    try:
        code = _become(**request)
    except SystemExit as error:
        if isinstance(error.code, str):
            sys.stderr.write(error.code + "\n")
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - as an interpreter ends
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001 - a fork ends without them
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _become(command: Sequence[str], cwd: str, env: Mapping[str, str], out: str, err: str) -> int:
    """Do in this fork what `command` does in `cwd`."""
    for path, number in ((os.devnull, 0), (out, 1), (err, 2)):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(path, flags), number)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    sys.path[:0] = env.get("PYTHONPATH", "").split(os.pathsep)
    sys.argv = list(command)
    if any(name.startswith("FAULT_") for name in env):
        exec(compile(FAULTS.read_text(encoding="utf-8"), FAULTS, "exec"), {})  # noqa: S102
    module, name = ENTRY_POINTS[command[0]]
    return getattr(importlib.import_module(module), name)() or 0


if __name__ == "__main__":
    serve()
