"""What is to be printed → PDFs, each made once: what has not changed is taken from a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, cached_property, partial
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
SET_WITH = ("typst", "pikepdf")
"""The packages whose version may change the bytes of a PDF of the same values."""
READ_WITH = ("zxing-cpp", "markdown-it-py", "mdformat")
"""The packages whose version may change the values, and what else is kept."""
LAYOUTS = engine.TEMPLATES
PACKAGE = LAYOUTS.parents[1]


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
    release = order.release
    long = typeset.is_long(release.charter)
    with typeset.naming(release):
        return shelf.known_document(
            [release.sha256, order.address, [asdict(part) for part in order.changes], order.superseded],
            typeset.LAYOUT,
            lambda: typeset.charter_values(
                release, address=order.address, changes=order.changes, superseded=order.superseded
            ),
            date=release.date,
            long=long,
        )


class Shelf:
    """A folder in which whatever was made is kept by a digest of all that it was made of."""

    def __init__(self, folder: Path, font_folders: Sequence[Path]) -> None:
        """Take the folder, which is made as needed, and the folders of the fonts to print with."""
        self._folder = folder
        self.font_folders = tuple(font_folders)

    def kept(self, content: object, make: Callable[[], bytes], *, ending: str) -> bytes:
        """Return what `make` made of `content`, which JSON can hold, with the same code, packages and fonts:
        from the folder, or now. Raises what `make` raises."""
        made_of = [self._code, self._typesetting, content]
        return atomic.once(self._folder / f"{_digest(made_of)}.{ending}", make)

    def document(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        date: str,
        printed: Mapping[str, str] | None = None,
        long: bool = False,
    ) -> bytes:
        """Return what `engine.document` does, with the fonts of this shelf. It is kept by what typst is given
        and nothing else, so that a change of the code that leaves the document as it is costs nothing."""
        name = self._name(template, values, date=date, printed=printed)
        return self._named(name, template, lambda: values, date=date, printed=printed, long=long)

    def known_document(
        self,
        content: object,
        template: str,
        values: Callable[[], Mapping[str, Any]],
        *,
        date: str,
        long: bool = False,
    ) -> bytes:
        """Return what `document` does of values that take long to gather. `content`, which JSON can hold, is
        what they are gathered from: they are gathered again only where it is new, or the code is."""
        gathered = cache(values)
        name = self.kept(
            [template, content, date],
            lambda: self._name(template, gathered(), date=date, printed=None).encode(),
            ending="txt",
        )
        return self._named(name.decode(), template, gathered, date=date, printed=None, long=long)

    def _name(
        self, template: str, values: Mapping[str, Any], *, date: str, printed: Mapping[str, str] | None
    ) -> str:
        return _digest([self._typesetting, template, values, date, printed])

    def _named(
        self,
        name: str,
        template: str,
        values: Callable[[], Mapping[str, Any]],
        *,
        date: str,
        printed: Mapping[str, str] | None,
        long: bool,
    ) -> bytes:
        folders = self.font_folders
        return atomic.once(
            self._folder / f"{name}.pdf",
            lambda: engine.document(
                template, values(), date=date, font_folders=folders, printed=printed, long=long
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
    def _code(self) -> str:
        """A digest of our code, and of the packages that it calls for what is kept here."""
        return _files_digest(READ_WITH, PACKAGE.rglob("*.py"))

    @cached_property
    def _typesetting(self) -> str:
        """A digest of all that makes a PDF besides the values: layouts, fonts, packages, and the one module
        that hands values on to them."""
        fonts = [file for folder in self.font_folders for file in folder.iterdir() if file.is_file()]
        return _files_digest(SET_WITH, [*LAYOUTS.glob("*.typ"), LAYOUTS / "engine.py", *fonts])


def _files_digest(packages: Iterable[str], files: Iterable[Path]) -> str:
    """A digest of the versions of `packages`, and of what stands in `files`."""
    told = sha256(" ".join(f"{name} {version(name)}" for name in packages).encode())
    for file in sorted(files):
        told.update(file.read_bytes())
    return told.hexdigest()


def _digest(content: object) -> str:
    """The name of what is made of `content`."""
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sha256(told.encode(errors="surrogatepass")).hexdigest()[:32]
