"""A body as it was sent → its bytes, and never more of them than asked for."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from charterpress.linkcheck.guard import UnreachableError
from charterpress.text.interface import gettext as _

ACCEPT_ENCODING = "gzip, deflate"
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


async def decompress(sent: AsyncIterable[bytes], encoding: str, most: int, *, cut: bool = False) -> bytes:
    """The body `sent` in the Content-Encoding `encoding`, of at most `most` bytes: what is more is left out
    where `cut`, else it raises Unreachable. So does what is packed twice, in a way that was not asked for, or
    badly; a small body cannot become a large one, as unpacking stops at the limit."""
    name = encoding.strip().lower()
    if name not in {"", "identity", *_WINDOWS}:
        raise UnreachableError(_("it is packed in a way that was not asked for"))
    packed = _Packed(_WINDOWS[name]) if name in _WINDOWS else None
    body = bytearray()
    async for piece in sent:
        rest = most + 1 - len(body)
        body += packed.decompress(piece, rest) if packed else piece[:rest]
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise UnreachableError(_("it is larger than {size} MB").format(size=f"{most / 1_000_000:g}"))
    if packed and not packed.done:
        raise UnreachableError(_("it ended before its end"))
    return bytes(body)


class _Packed:
    """A body packed with zlib, in any of the forms that are called gzip and deflate."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._zlib = zlib.decompressobj(window)
        self._begun = False

    @property
    def done(self) -> bool:
        """Whether the end was reached, or there was nothing at all."""
        return self._zlib.eof or not self._begun

    def decompress(self, piece: bytes, most: int) -> bytes:
        """At most `most` bytes of what a piece comes to. Raises Unreachable."""
        if self._zlib.eof:
            return b""
        first, self._begun = not self._begun, self._begun or bool(piece)
        try:
            return self._zlib.decompress(piece, most)
        except zlib.error as problem:
            if not first or self._window != zlib.MAX_WBITS:
                raise UnreachableError(_("it is packed badly")) from problem
        # What is called “deflate” comes with zlib's header or, as often, without.
        self._window, self._begun = -zlib.MAX_WBITS, False
        self._zlib = zlib.decompressobj(self._window)
        return self.decompress(piece, most)
