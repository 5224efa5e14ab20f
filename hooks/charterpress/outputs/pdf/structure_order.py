"""The structure of a PDF: which of its blocks a part of a page belongs to, and the order of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

INLINE = frozenset({"/Span", "/Link", "/Em", "/Strong", "/Code", "/Quote", "/Reference", "/Lbl"})
"""The elements of a structure that a line may have several of."""
WITH_LINES = INLINE | {
    *("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Title", "/LBody", "/TOCI", "/Caption", "/TD", "/TH"),
}
"""The elements whose parts are words of lines."""


def marked_blocks(pdf: pikepdf.Pdf) -> dict[tuple[int, int], dict[int, object]]:
    """Return the paragraph, cell or other block that each marked part belongs to, by its page and number."""
    found: dict[tuple[int, int], dict[int, object]] = {}
    tree = pdf.Root.get("/StructTreeRoot")
    for element, page, mark in marked_parts(tree, None) if tree is not None else ():
        block = element
        while str(block.get("/S")) in INLINE and "/P" in block:
            block = block.P
        found.setdefault(page, {})[mark] = block.objgen
    return found


def marked_parts(element: Any, page: Any) -> Iterator[tuple[Any, tuple[int, int], int]]:  # noqa: ANN401 - pikepdf's objects are of any type
    """Yield every marked part that the structure names, in its order: element, page and number."""
    page = element.get("/Pg", page)
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element, page.objgen, kid
        elif "/MCID" in kid:
            yield element, kid.get("/Pg", page).objgen, int(kid.MCID)
        elif "/K" in kid:
            yield from marked_parts(kid, page)


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - an object of a PDF, which may be anything
    import pikepdf  # noqa: PLC0415 - as above

    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def sort_structure(pdf: pikepdf.Pdf, places: Mapping[tuple[tuple[int, int], int], int]) -> None:
    """Let the parts of each element with words come in the order of `places`: where on its page each is
    drawn, by page and number."""
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is not None:
        _sort_structure(tree, places, None)


def _sort_structure(element: Any, places: Mapping[Any, int], page: Any) -> tuple[Any, int] | None:  # noqa: ANN401 - pikepdf's objects are of any type
    """Let the parts of an element come in the order of their `places` on a page, and return the first."""
    import pikepdf  # noqa: PLC0415 - as above

    page = element.get("/Pg", page)
    kids, keys = _kids(element), list[tuple[Any, int] | None]()
    for kid in kids:
        if isinstance(kid, int):
            keys.append((page.objgen, places.get((page.objgen, kid), -1)))
        elif "/MCID" in kid:
            own = kid.get("/Pg", page).objgen
            keys.append((own, places.get((own, int(kid.MCID)), -1)))
        else:
            keys.append(_sort_structure(kid, places, page) if "/K" in kid else None)
    known = [key for key in keys if key]
    if str(element.get("/S")) in WITH_LINES and known and len({key[0] for key in known}) == 1:
        filled = [key or known[0] for key in keys]
        order = sorted(range(len(kids)), key=lambda at: filled[at][1])
        if order != sorted(order):
            element.K = pikepdf.Array([kids[at] for at in order])
    return min(known, key=lambda key: key[1]) if known else None
