"""Values to print → PDFs, each made once and then taken from a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, cached_property
from importlib.metadata import version
from itertools import chain, tee
from pathlib import Path
from typing import Any, TypeVar

from charterpress.outputs.pdf import engine
from charterpress.outputs.pdf.font_sources import FontSource, cache_parts
from charterpress.outputs.pdf.layout_words import told
from charterpress.outputs.pdf.print_look import PrintLook
from charterpress.storage.cache import cache_key, cached_bytes
from charterpress.text.interface import language

T = TypeVar("T")
SET_WITH = ("typst", "pikepdf")
"""The packages whose version may change the bytes of a PDF of the same values."""
READ_WITH = ("zxing-cpp", "markdown-it-py", "mdformat")
"""The packages whose version may change the values, and what else is kept."""
LAYOUTS = engine.TEMPLATES
TYPESETTING = (
    *("engine", "font_sources", "layout_words", "print_look"),
    *("copied_text", "drawn_words", "glyphs", "glyph_letters", "reading_order", "structure_order"),
)
"""The modules that hand values to typst, and what they do to its documents."""
PACKAGE = LAYOUTS.parents[1]


class DocumentCache:
    """A folder that keeps what was made under a digest of all that it was made of."""

    def __init__(
        self,
        folder: Path,
        fonts: Sequence[FontSource],
        look: PrintLook | None = None,
        *,
        texts: Iterable[str] = (),
        notice: str = "",
    ) -> None:
        """Take the folder, which is made as needed, the fonts to print with, and what documents look like.
        `texts` are those of a translation, which documents are made of besides what they are called with;
        `notice` stands on every page of them."""
        self._folder = folder
        self.fonts = tuple(fonts)
        self.look = look or PrintLook()
        self._texts, self.notice = tuple(texts), notice

    def for_translation(self, texts: Iterable[str], notice: str) -> DocumentCache:
        """Return the same cache for documents of a translation, whose `texts` and `notice` the constructor
        takes."""
        return DocumentCache(self._folder, self.fonts, self.look, texts=texts, notice=notice)

    def cached(self, content: object, make: Callable[[], bytes], *, ending: str) -> bytes:
        """Return what `make` made of `content`, which JSON can hold, with the same code, packages and fonts:
        from the folder, or now. Raises what `make` raises."""
        made_of = [self._code, self._typesetting, language(), self._texts, content]
        return cached_bytes(self._folder / f"{_digest(made_of)}.{ending}", make)

    def document(
        self,
        template: str,
        values: Callable[[], Mapping[str, Any]],
        *,
        date: str,
        printed: Mapping[str, str] | None = None,
        long: bool = False,
        content: object = None,
    ) -> bytes:
        """Return what `engine.document` does, with the fonts of this cache. It is kept by what typst is given
        and nothing else, so that a change of the code that leaves the document as it is costs nothing.
        `content`, which JSON can hold, is what `values` gathers them from if that takes long: then it is
        called again only where `content` is new, or the code is."""
        values = cache(values)

        def name() -> bytes:
            made_of = [template, language(), self.notice, told(values()), date, printed]
            return _digest([self._typesetting, *made_of]).encode()

        known = name() if content is None else self.cached([template, content, date], name, ending="txt")
        return cached_bytes(
            self._folder / f"{known.decode()}.pdf",
            lambda: engine.document(
                template,
                values(),
                date=date,
                fonts=self.fonts,
                look=self.look,
                notice=self.notice,
                printed=printed,
                long=long,
            ),
        )

    def picture(self, template: str, values: Mapping[str, Any]) -> bytes:
        """Return what `engine.picture` does, kept as a document is."""
        name = _digest([self._typesetting, template, language(), told(values)])
        return cached_bytes(
            self._folder / f"{name}.png",
            lambda: engine.picture(template, values, fonts=self.fonts, look=self.look),
        )

    @staticmethod
    def in_parallel(items: Iterable[T], make: Callable[[T], bytes]) -> Iterator[tuple[T, bytes]]:
        """Yield each of `items` with what `make` makes of it in the language in use, several at a time, in
        their order."""
        # Threads are enough: typst lets the others go on while it works. Each has a context of its own.
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            one, other = tee(items)
            made = (workers.submit(copy_context().run, make, item) for item in other)
            yield from zip(one, [each.result() for each in list(made)], strict=True)

    @cached_property
    def _code(self) -> str:
        """A digest of our code and its catalogs, and of the packages that it calls for what is kept here."""
        return _files_digest(READ_WITH, chain(PACKAGE.rglob("*.py"), PACKAGE.rglob("*.po")))

    @cached_property
    def _typesetting(self) -> str:
        """A digest of all that makes a PDF besides the values: layouts, fonts, packages, and the modules
        that hand values on to them."""
        own = [*LAYOUTS.glob("*.typ"), *(LAYOUTS / f"{name}.py" for name in TYPESETTING)]
        look = json.dumps(self.look.key())
        return cache_key(_files_digest(SET_WITH, own), look, *cache_parts(self.fonts))


def _files_digest(packages: Iterable[str], files: Iterable[Path]) -> str:
    return cache_key(*(f"{name} {version(name)}" for name in packages), *sorted(files))


def _digest(content: object) -> str:
    return cache_key(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
