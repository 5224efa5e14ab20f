"""A world in which things go wrong: Python reads this first where this folder stands in PYTHONPATH.

FAULT_DAY     2031-05-17  what the clock says
FAULT_ORDER   7           the order in which folders list their files, shuffled with this seed
FAULT_COUNT   FILE        counts what changes something on the disk, and notes in FILE how often it was, and
                          which of these were about to give a new site the place of the old one
FAULT_KILL    120         kills the process as it is about to do so for the 120th time
FAULT_MOMENT  0.8         kills it after so many seconds
FAULT_LARGEST 512         how many bytes the disk takes in one file
FAULT_MODES   1           has the superuser keep to the modes of files, as everybody else does
"""

from __future__ import annotations

import atexit
import ctypes
import datetime as dt
import os
import random
import resource
import signal
import sys
import threading
import time

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink"}
WRITING = os.O_WRONLY | os.O_RDWR


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Disk:
    """Sees all that is about to change something on the disk."""

    def __init__(self, kill: int) -> None:
        self.seen, self.exchanges, self.kill = 0, [], kill
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple) -> None:
        if event == "open":
            flags = arguments[2]
            if not (isinstance(flags, int) and flags & WRITING):
                return
        elif event == "ctypes.dlsym" and arguments[1] == "renameat2":
            self.exchanges.append(self.seen + 1)
        elif event not in CHANGES:
            return
        self.seen += 1
        if self.seen == self.kill:
            _die()

    def note(self, path: str) -> None:
        said = f"{self.seen} {' '.join(map(str, self.exchanges))}\n"
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - nothing more is imported here than has to be
            file.write(said)


def _clock(day: str) -> None:
    """Move the clock to noon of a day; it runs on."""
    noon = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
    now, moved = time.time, noon - time.time()
    time.time = lambda: now() + moved
    time.time_ns = lambda: int(time.time() * 10**9)
    for name in ("gmtime", "localtime"):
        real = getattr(time, name)
        setattr(time, name, lambda at=None, real=real: real(time.time() if at is None else at))

    class Date(dt.date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())

    class DateTime(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def today(cls):
            return cls.now()

        @classmethod
        def utcnow(cls):
            return cls.now(dt.UTC).replace(tzinfo=None)

    dt.date, dt.datetime = Date, DateTime


class _Shuffled:
    """What os.scandir gives, in another order."""

    def __init__(self, found, order: random.Random) -> None:
        with found:
            self.left = list(found)
        order.shuffle(self.left)

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self) -> None:
        self.left = []


def _order(seed: str) -> None:
    """Let every folder list its files in another order."""
    order, scan = random.Random(seed), os.scandir  # noqa: S311 - nothing is kept secret by it
    listed = os.listdir

    def shuffled(*arguments):
        names = listed(*arguments)
        order.shuffle(names)
        return names

    os.scandir = lambda *arguments: _Shuffled(scan(*arguments), order)
    os.listdir = shuffled


PR_CAPBSET_DROP = 24
CAPABILITY_VERSION = 0x20080522
READS_AND_WRITES_ALL = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


def _keep_to_modes() -> None:
    """Take from this process, and from all that it starts, the right to read and write what is closed."""
    system = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice 32 of each
    done = [system.prctl(PR_CAPBSET_DROP, each, 0, 0, 0) for each in READS_AND_WRITES_ALL]
    done.append(system.capget(head, sets))
    for each in READS_AND_WRITES_ALL:
        for place in range(3):
            sets[place] &= ~(1 << each)
    done.append(system.capset(head, sets))
    if any(done):
        raise OSError(ctypes.get_errno(), "the rights of the superuser could not be taken")


def _arrange(asked) -> None:
    if largest := asked.get("FAULT_LARGEST"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    if asked.get("FAULT_MODES"):
        _keep_to_modes()
    if day := asked.get("FAULT_DAY"):
        _clock(day)
    if seed := asked.get("FAULT_ORDER"):
        _order(seed)
    kill, count = asked.get("FAULT_KILL"), asked.get("FAULT_COUNT")
    if kill or count:
        disk = Disk(int(kill or 0))
        if count:
            atexit.register(disk.note, count)
    if moment := asked.get("FAULT_MOMENT"):
        timer = threading.Timer(float(moment), _die)
        timer.daemon = True
        timer.start()


_arrange(os.environ)
