"""A call → what it gives, held to what every reader promises: in time, in little memory, no error of the
program's own, nothing executed, nothing asked of a network, and no file opened outside a folder."""

from __future__ import annotations

import os
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from charterpress.model.errors import CharterError

SECONDS = 1.0
"""Processor time that an answer may take."""
TRIES = 3
"""How often it may take longer before that is its fault: another program that runs beside it makes it so."""
MEGABYTES = 200
"""Memory that it may take, over what the program had before."""

_FORBIDDEN = ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system")
_FORBIDDEN += ("subprocess.Popen", "pty.spawn", "ctypes.dlopen", "pickle.find_class", "webbrowser.open")
_FORBIDDEN += (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "urllib.Request",
)
_CHANGES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink")
_CHANGES += ("os.truncate", "os.utime", "shutil.copyfile", "shutil.move", "shutil.rmtree")
_RUNS = ("compile", "exec")
_PACKAGES = ("site-packages", "dist-packages")


def program_folders(paths: Iterable[str]) -> tuple[str, ...]:
    """Return where programs and their data lie. `paths` are those of `sys.path`: the fuzzer's environment
    takes most packages from the project's, and some, such as phonenumbers, read a file of theirs only when
    it is needed."""
    own = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    own |= {path for path in paths if os.path.basename(path) in _PACKAGES}  # noqa: PTH119 - '' is no path
    own |= {str(Path(__file__).resolve().parents[2] / name) for name in ("hooks", "overrides")}
    return tuple(sorted(map(os.path.realpath, own)))


_OWN = program_folders(sys.path)
_T = TypeVar("_T")


class Broken(AssertionError):  # noqa: N818 - it says what became of the promise
    """A promise that was not kept."""


@dataclass(slots=True)
class _Watch:
    """What is noted while a reader works: the folder that it may use, and all else that it did."""

    folder: str = ""
    on: bool = False
    seen: list[str] = field(default_factory=list)


_WATCH = _Watch()


def _audit(event: str, args: tuple[object, ...]) -> None:
    """Called by Python for everything that reaches outside; notes what a reader has no business with."""
    if not _WATCH.on:
        return
    if event == "open":
        _opened(args)
    elif event in _FORBIDDEN:
        _WATCH.seen.append(f"{event} {args!r}"[:200])
    elif event in _CHANGES:
        if not all(_within(each) for each in args if isinstance(each, str | bytes | os.PathLike)):
            _WATCH.seen.append(f"{event} {args!r}"[:200])
    elif event in _RUNS:
        _run(event, args)


def _opened(args: tuple[object, ...]) -> None:
    path, _, flags = args
    if not isinstance(path, str | bytes | os.PathLike) or _within(path):
        return
    reads = not (int(flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))  # type: ignore[call-overload]
    if not (reads and os.path.realpath(os.fsdecode(path)).startswith(_OWN)):
        _WATCH.seen.append(f"open {path!r}")


def _run(event: str, args: tuple[object, ...]) -> None:
    """Notes what runs that is not a file of a program: words of an input that were taken for code."""
    source = getattr(args[0], "co_filename", "") if event == "exec" else args[1]
    name = os.fsdecode(source) if isinstance(source, str | bytes | os.PathLike) else ""
    if not (name.startswith("<frozen ") or os.path.realpath(name).startswith(_OWN)):
        _WATCH.seen.append(f"{event} {args!r}"[:200])


def _within(path: str | bytes | os.PathLike[str]) -> bool:
    real = os.path.realpath(os.fsdecode(path))
    return bool(_WATCH.folder) and (real + "/").startswith(_WATCH.folder + "/")


sys.addaudithook(_audit)


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Raises Broken where anything is opened or changed outside `folder`, run, or asked of a network."""
    _WATCH.folder, _WATCH.on, _WATCH.seen = os.path.realpath(folder), True, []
    # Python would keep a module that a library imports late, compiled, beside it.
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        _WATCH.on, sys.dont_write_bytecode = False, compiles
    if _WATCH.seen:
        raise Broken(f"it reached outside: {'; '.join(_WATCH.seen)}")


def answered(
    read: Callable[[bytes], _T], data: bytes, folder: Path, *, timed: bool = True
) -> _T | CharterError:
    """What `read` makes of `data`, or the CharterError by which it says no in words of its own. Raises Broken
    where a promise is not kept, that about time only if it is `timed`; any other exception is the reader's
    fault, and rises as it is."""
    for _ in range(TRIES):
        found, took, grew = _measured(read, data, folder)
        if took <= SECONDS or not timed:
            break
    if timed and took > SECONDS:
        raise Broken(f"it took {took:.2f} seconds of processor time; {SECONDS:g} is the most")
    if grew > MEGABYTES:
        raise Broken(f"it took {grew:.0f} MB of memory; {MEGABYTES} is the most")
    return found


def _measured(
    read: Callable[[bytes], _T], data: bytes, folder: Path
) -> tuple[_T | CharterError, float, float]:
    """What `read` makes of `data`, the seconds that it took, and the megabytes."""
    _forget_peak()
    before, start = _megabytes("VmRSS"), time.process_time()
    with watched(folder):
        try:
            found: _T | CharterError = read(data)
        except CharterError as said:
            if not said.message.strip():
                raise Broken("it says no without a word") from said
            found = said
    return found, time.process_time() - start, _megabytes("VmHWM") - before


def _forget_peak() -> None:
    """Let Linux measure the highest use of memory from here on."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:  # elsewhere the highest use of the whole run stands for it, which is stricter
        return


def _megabytes(name: str) -> float:
    """A figure of this program's memory, in megabytes; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def files(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` with its bytes, and every folder with none."""
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): b"" if path.is_dir() else path.read_bytes() for path in found}
