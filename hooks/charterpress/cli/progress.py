"""Work that may take long → a line on a terminal, removed at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

DELAY = 1.0
"""Seconds after which a person wonders whether anything happens."""


@contextmanager
def progress_message(what: str) -> Iterator[None]:
    """While the block runs, show `what` and the elapsed time on the terminal, once that exceeds `DELAY`;
    nothing if stderr is not a terminal. The block may neither write nor prompt."""
    if not sys.stderr.isatty():
        yield
        return
    shown: list[Progress] = []

    def show() -> None:
        # What draws: no command waits until it is loaded.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        shown.append(Progress(*columns, console=Console(file=sys.stderr), transient=True))
        shown[0].add_task(what)
        shown[0].start()

    timer = Timer(DELAY, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if shown:
            shown[0].stop()
