"""An address → its QR code, as the path of an SVG drawing.

The code is made by zxing-cpp (decision 18). All codes use one of the eight masks that the standard (ISO/IEC
18004) offers. Choosing the best of them is six sevenths of the work, and any reader takes each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import isqrt

MASK = 3
LEVEL = "M"
"""How much may be lost on paper: 15 % of the code."""
_AT_ONCE = 12
"""How many modules of a row are looked up together: there are 4096 of these, and most come again and
again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A QR code: `size` modules a side, without the quiet zone; `path` draws the dark ones as lines of width
    1, relative to its upper left corner."""

    size: int
    path: str

    @property
    def svg(self) -> str:
        """The code as an SVG drawing without a quiet zone, black on nothing."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<path stroke="#000" d="{self.path}"/></svg>'
        )


def code(address: str) -> Code:
    """Return the QR code of `address`; the same address gives the same code."""
    from zxingcpp import BarcodeFormat, create_barcode  # noqa: PLC0415 - most builds find every PDF

    made = create_barcode(address, BarcodeFormat.QRCode, ec_level=LEVEL, data_mask=MASK)
    data = bytes(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[call-overload]  # it is a buffer
    size = isqrt(len(data))
    rows = [data[at : at + size] for at in range(0, len(data), size)]
    drawn = ["".join(_drawn(row[at : at + _AT_ONCE]) for at in range(0, size, _AT_ONCE)) for row in rows]
    return Code(size=size, path="M0 .5" + f"m-{size} 1".join(drawn))


@lru_cache(maxsize=1 << (_AT_ONCE + 1))
def _drawn(modules: bytes) -> str:
    """The lines and gaps that draw some modules of a row, each a byte that is 0 where it is dark."""
    runs = ((light, len(list(run))) for light, run in groupby(modules, key=bool))
    return "".join(f"m{length} 0" if light else f"h{length}" for light, length in runs)
