"""A message as Outlook saves it: a compound file with a stream for each property, [MS-CFB] and [MS-OXMSG]."""

from __future__ import annotations

import struct

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_LEAST = 4096
"""Bytes below which a stream would be kept elsewhere; all are made as long."""


def outlook_message(body: str, headers: str = "") -> bytes:
    """A message with a plain text, and perhaps the headers it came with."""
    texts = {0x1000: body, 0x007D: headers, 0x001A: "IPM.Note"}
    streams = {
        f"__substg1.0_{tag:04X}001F": words.encode("utf-16-le") for tag, words in texts.items() if words
    }
    entries = b"".join(
        struct.pack("<HHIII", 0x001F, tag, 6, len(words.encode("utf-16-le")) + 2, 0)
        for tag, words in texts.items()
        if words
    )
    streams["__properties_version1.0"] = b"\0" * 32 + entries
    padded = {name: data + _padding(name, len(data)) for name, data in streams.items()}
    return _compound(dict(sorted(padded.items(), key=lambda item: (len(item[0]), item[0].upper()))))


def _padding(name: str, size: int) -> bytes:
    count = max(_LEAST, -(-size // SECTOR) * SECTOR) - size
    return "\n".encode("utf-16-le") * (count // 2) if name.endswith("001F") else b"\0" * count


def _compound(streams: dict[str, bytes]) -> bytes:
    """The streams in one file: its table of sectors, its directory, and then their bytes."""
    entries = 1 + len(streams)
    directory = -(-entries * 128 // SECTOR)
    starts, at = [], 1 + directory
    for data in streams.values():
        starts.append(at)
        at += len(data) // SECTOR
    table = [_FAT, *_chain(1, directory)]
    for start, data in zip(starts, streams.values(), strict=True):
        table += _chain(start, len(data) // SECTOR)
    table += [_FREE] * (SECTOR // 4 - len(table))
    assert len(table) == SECTOR // 4
    names = list(streams)
    records = [_entry("Root Entry", kind=5, child=1, start=_END)]
    for place, (name, start) in enumerate(zip(names, starts, strict=True), 1):
        right = place + 1 if place < len(names) else _NONE
        records.append(_entry(name, kind=2, right=right, start=start, size=len(streams[name])))
    listing = b"".join(records).ljust(directory * SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    head += struct.pack("<108I", *[_FREE] * 108)
    return head + struct.pack(f"<{len(table)}I", *table) + listing + b"".join(streams.values())


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _entry(
    name: str, *, kind: int, start: int, size: int = 0, right: int = _NONE, child: int = _NONE
) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, _NONE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
