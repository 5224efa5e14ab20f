"""A response body as sent → its bytes, up to a limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from charterpress.linkcheck.guard import UnreachableError

ACCEPT_ENCODING = "gzip, deflate"
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


async def decompress(sent: AsyncIterable[bytes], encoding: str, most: int, *, cut: bool = False) -> bytes:
    """Return the body `sent` in the Content-Encoding `encoding`, at most `most` bytes: more is dropped if
    `cut`, and otherwise raises UnreachableError, as does a body that is encoded twice, in an unrequested
    encoding or badly. A small body cannot expand beyond the limit."""
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
    """A body that is not compressed."""

    done = True

    def some(self, piece: bytes, most: int) -> bytes:
        """Return at most `most` bytes of a decompressed chunk."""
        return piece[:most]


class _Packed:
    """A body compressed with zlib, in any of the formats called gzip and deflate."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._zlib = zlib.decompressobj(window)
        self._begun = False

    @property
    def done(self) -> bool:
        """Whether the end was reached, or the body is empty."""
        return self._zlib.eof or not self._begun

    def some(self, piece: bytes, most: int) -> bytes:
        """Return at most `most` bytes of a decompressed chunk."""
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
    """Return the decompressor for a Content-Encoding. Raises UnreachableError for an unsupported one."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name not in _WINDOWS:
        raise UnreachableError("it is packed in a way that was not asked for")
    return _Packed(_WINDOWS[name])
