"""The modules of a drawn QR code → what a reader of QR codes makes of them."""

from __future__ import annotations

import re

from zxingcpp import BarcodeFormat, read_barcodes

SCALE, QUIET = 4, 4
"""Pixels a module, and modules of white around the code."""


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules, as (row, column), that the data of an SVG path draws as horizontal lines."""
    dark, x, y = set(), 0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(value) for value in numbers.split()]
        if command == "h":
            dark |= {(int(y), x + step) for step in range(int(values[0]))}
            x += int(values[0])
        elif command == "m":
            x, y = x + int(values[0]), y + values[1]
        else:
            x, y = int(values[0]), values[1]
    return dark


def decoded(dark: set[tuple[int, int]]) -> str:
    """What the code says."""
    side = max(column for _, column in dark) + 1
    rows = [
        [0 if (row - QUIET, column - QUIET) in dark else 255 for column in range(side + 2 * QUIET)]
        for row in range(side + 2 * QUIET)
    ]
    pixels = bytearray(value for row in rows for _ in range(SCALE) for value in row for _ in range(SCALE))
    width = (side + 2 * QUIET) * SCALE
    (found,) = read_barcodes(memoryview(pixels).cast("B", (width, width)), formats=BarcodeFormat.QRCode)
    return found.text
