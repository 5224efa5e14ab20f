"""A body as it was sent → its bytes, and never more of them than asked for."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from charterpress.linkcheck.guard import UnreachableError

ACCEPT_ENCODING = "gzip, deflate"
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


async def decompress(sent: AsyncIterable[bytes], encoding: str, most: int, *, cut: bool = False) -> bytes:
    """The body `sent` in the Content-Encoding `encoding`, of at most `most` bytes: what is more is left out
    where `cut`, else it raises Unreachable. So does what is packed twice, in a way that was not asked for, or
    badly; a small body cannot become a large one, as unpacking stops at the limit."""
    unpack = _decompressor(encoding)
    body = bytearray()
    async for piece in sent:
        body += unpack.some(piece, most + 1 - len(body))
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise UnreachableError(f"it is larger than {_size(most)}")
    if not unpack.done:
        raise UnreachableError("it ended before its end")
    return bytes(body)


def _size(number: int) -> str:
    return f"{number / 1_000_000:g} MB"


class _Plain:
    """A body that is not packed."""

    done = True

    def some(self, piece: bytes, most: int) -> bytes:
        """At most `most` bytes of what a piece comes to."""
        return piece[:most]


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

    def some(self, piece: bytes, most: int) -> bytes:
        """At most `most` bytes of what a piece comes to."""
        if self._zlib.eof:
            return b""
        first, self._begun = not self._begun, self._begun or bool(piece)
        try:
            return self._zlib.decompress(piece, most)
        except zlib.error as problem:
            if not first or self._window != zlib.MAX_WBITS:
                raise UnreachableError("it is packed badly") from problem
        # What is called “deflate” comes with zlib's header or, as often, without.
        self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)
        self._window = -zlib.MAX_WBITS
        try:
            return self._zlib.decompress(piece, most)
        except zlib.error as problem:
            raise UnreachableError("it is packed badly") from problem


def _decompressor(encoding: str) -> _Plain | _Packed:
    """What unpacks a body in a Content-Encoding. Raises Unreachable where we do not."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name not in _WINDOWS:
        raise UnreachableError("it is packed in a way that was not asked for")
    return _Packed(_WINDOWS[name])
