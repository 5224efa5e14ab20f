"""Valid bytes → bytes that are nearly so, for hypothesis to choose among: torn, doubled, spliced, nested, in
other encodings, and with the signs in them that mean something to a reader."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as some

_REPEATED = ("9" * 400, ">" * 40, "- " * 40, "\u0301" * 30)
TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *json.loads(Path(__file__).with_name("tokens.json").read_text(encoding="utf-8")),
        *_REPEATED,
    )
)
"""What means something to one reader or another. The fuzzer's dictionary is made of it too."""

_ENCODINGS = ("utf-8-sig", "utf-16", "utf-32", "latin-1", "utf-16-le", "cp037")
_ENDS = (b"\r\n", b"\r", b"\x85", b"\xe2\x80\xa8", b"\n\n", b"\0\n", b" \n")
_PLACE = some.integers(0, 4000)
_MOST = 60_000
"""Bytes of an input: what is larger is for the tests of size."""


def _placed(data: bytes, at: int) -> int:
    return at % (len(data) + 1)


@some.composite
def _torn(draw: some.DrawFn, data: bytes) -> bytes:
    """`data` without a part of it, which may be its end."""
    start = _placed(data, draw(_PLACE))
    return data[:start] + data[start + draw(some.integers(1, 4000)) :]


@some.composite
def _spliced(draw: some.DrawFn, data: bytes) -> bytes:
    """`data` with signs put in, once or many times over."""
    start = _placed(data, draw(_PLACE))
    token = draw(some.sampled_from(TOKENS)) * draw(some.sampled_from((1, 1, 1, 2, 9, 300)))
    return data[:start] + token + data[start + draw(some.sampled_from((0, 0, 1, 8))) :]


@some.composite
def _doubled(draw: some.DrawFn, data: bytes) -> bytes:
    """`data` with a part, or a line, that stands there again."""
    lines = data.split(b"\n")
    at = draw(_PLACE) % len(lines)
    if draw(some.booleans()):
        times = draw(some.sampled_from((1, 2, 50)))
        return b"\n".join([*lines[:at], *[lines[at]] * times, *lines[at:]])
    start = _placed(data, draw(_PLACE))
    return data[:start] + data[start : start + 300] + data[start:]


@some.composite
def _moved(draw: some.DrawFn, data: bytes) -> bytes:
    """`data` with its lines set in, or in another order."""
    lines = data.split(b"\n")
    at, width = draw(_PLACE) % len(lines), draw(some.integers(1, 9))
    if draw(some.booleans()):
        return b"\n".join([*lines[:at], *(b" " * width + line for line in lines[at:])])
    return b"\n".join([*lines[:at], *reversed(lines[at : at + width]), *lines[at + width :]])


@some.composite
def _worded(draw: some.DrawFn, data: bytes) -> bytes:
    """`data` with a text of any letters, or any bytes, in the place of a line."""
    lines = data.split(b"\n")
    at = draw(_PLACE) % len(lines)
    words = some.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))
    key = lines[at].partition(b": ")[0] + b": " if b": " in lines[at] and draw(some.booleans()) else b""
    lines[at] = key + draw(words | some.binary(max_size=40))
    return b"\n".join(lines)


@some.composite
def _recoded(draw: some.DrawFn, data: bytes) -> bytes:
    """`data` in another encoding, or with other ends of its lines."""
    if draw(some.booleans()):
        return data.replace(b"\n", draw(some.sampled_from(_ENDS)))
    return data.decode(errors="replace").encode(draw(some.sampled_from(_ENCODINGS)), errors="replace")


_CHANGES = (_torn, _spliced, _spliced, _spliced, _doubled, _moved, _worded)


@some.composite
def nearly(draw: some.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of `seeds`, changed in a few places."""
    data = draw(some.sampled_from(seeds))
    for _ in range(draw(some.integers(1, 4))):
        data = draw(draw(some.sampled_from(_CHANGES))(data))[:_MOST]
    return draw(_recoded(data)) if draw(some.integers(0, 7)) == 0 else data


def of(seeds: Sequence[bytes]) -> some.SearchStrategy[bytes]:
    """Bytes for a reader that takes `seeds`: mostly nearly valid ones, some of signs alone, some of any
    bytes."""
    signs = some.lists(some.sampled_from(TOKENS), max_size=30).map(b"".join)
    return some.one_of(nearly(seeds), nearly(seeds), nearly(seeds), signs, some.binary(max_size=400))
