"""What is to be printed → PDFs, each made once: what has not changed is taken from a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import version
from itertools import tee
from pathlib import Path
from typing import Any, Protocol, TypeVar

from charterpress.model import Change, Principle, Release, Theme
from charterpress.outputs import pdf as typeset
from charterpress.outputs.pdf import changes as changed
from charterpress.outputs.pdf import engine
from charterpress.storage import atomic
from charterpress.versions import number
from charterpress.views import addresses as address
from charterpress.views.comparison import names

T = TypeVar("T")
MADE_WITH = ("typst", "pikepdf", "zxing-cpp", "markdown-it-py", "mdformat")
"""The packages whose version may change the bytes of what is kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One PDF to make. The fields are the arguments of `typeset.charter`."""

    release: Release
    address: str
    changes: tuple[changed.Told, ...] = ()
    superseded: tuple[str, str] | None = None


class History(Protocol):
    """The releases, oldest first, and what each version changed in the one before it."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release, oldest first."""

    @property
    def steps(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each version that has one before it, by version."""


def orders(history: History, site: str) -> tuple[Order, ...]:
    """Return what to order so that every release has its PDF; `site` is where the site stands, and ends in a
    slash."""
    releases = history.releases
    return tuple(
        Order(
            release=release,
            address=f"{site}{address.version_address(release.version)}",
            changes=_told(before, release, history.steps.get(release.version, ())),
            superseded=(after.version, after.date) if after else None,
        )
        for before, release, after in zip((None, *releases), releases, (*releases[1:], None), strict=False)
    )


def _told(before: Release | None, release: Release, changes: Sequence[Change]) -> tuple[changed.Told, ...]:
    """The changes as they are told. A part that is gone has its number as a past one: another may have it."""
    if before is None:
        return ()
    numbers, now = number.numbers(before.charter), names(release.charter)
    parts: list[Theme | Principle] = [
        *before.charter.themes,
        *(each for _, each in before.charter.principles()),
    ]
    gone = {each.id: f"{each.title} (was {numbers[each.id]})" for each in parts if each.id not in now}
    return changed.told(changes, release.notes, names(before.charter) | now | gone)


def pdfs(orders: Iterable[Order], shelf: Shelf) -> dict[str, bytes]:
    """Return the PDF of every release that is ordered, by version.

    Those on the shelf that were made of the same content are taken from there, and new ones are put there: to
    set one takes a third of a second. A file there that is not whole is made again. Raises what
    `typeset.charter` raises.
    """
    made = shelf.side_by_side(orders, partial(_taken, shelf))
    return {order.release.version: data for order, data in made}


def pdf(order: Order, *, font_folders: Sequence[Path]) -> bytes:
    """Return the PDF of one release, made now. Raises what `typeset.charter` raises."""
    return typeset.charter(
        order.release,
        address=order.address,
        changes=order.changes,
        superseded=order.superseded,
        font_folders=font_folders,
    )


def _taken(shelf: Shelf, order: Order) -> bytes:
    """The PDF from the shelf, or made and put there."""
    parts = [asdict(part) for part in order.changes]
    content = [order.release.sha256, order.address, parts, order.superseded]
    return shelf.kept(content, lambda: pdf(order, font_folders=shelf.font_folders))


class Shelf:
    """A folder in which whatever was made is kept by a digest of all that it was made of."""

    def __init__(self, folder: Path, font_folders: Sequence[Path]) -> None:
        """Take the folder, which is made as needed, and the folders of the fonts to print with."""
        self._folder = folder
        self.font_folders = tuple(font_folders)

    def kept(self, content: object, make: Callable[[], bytes], *, ending: str = "pdf") -> bytes:
        """Return what `make` made of `content`, which JSON can hold, with the same tools and fonts: from the
        folder, or now. Raises what `make` raises."""
        told = json.dumps([self._tools, content], ensure_ascii=False, separators=(",", ":"))
        name = sha256(told.encode(errors="surrogatepass")).hexdigest()[:32]
        return atomic.once(self._folder / f"{name}.{ending}", make)

    def document(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        date: str,
        printed: Mapping[str, str] | None = None,
        long: bool = False,
    ) -> bytes:
        """Return what `engine.document` does, with the fonts of this shelf."""
        folders = self.font_folders
        return self.kept(
            [template, values, date, printed],
            lambda: engine.document(
                template, values, date=date, font_folders=folders, printed=printed, long=long
            ),
        )

    @staticmethod
    def side_by_side(asked: Iterable[T], make: Callable[[T], bytes]) -> Iterator[tuple[T, bytes]]:
        """Yield each of `asked` with what `make` makes of it, several at a time, in their order."""
        # Threads are enough: typst lets the others go on while it works.
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            one, other = tee(asked)
            yield from zip(one, workers.map(make, other), strict=True)

    @cached_property
    def _tools(self) -> str:
        return _tools(self.font_folders)


def _tools(font_folders: Sequence[Path]) -> str:
    """A digest of all that makes a PDF besides its content: our code, packages and fonts."""
    told = sha256(" ".join(f"{name} {version(name)}" for name in MADE_WITH).encode())
    ours = Path(typeset.__file__).parents[2]
    files = [*ours.rglob("*.py"), *ours.rglob("*.typ")]
    files += [file for folder in font_folders for file in folder.iterdir() if file.is_file()]
    for file in sorted(files):
        told.update(file.read_bytes())
    return told.hexdigest()
