"""A charter's title and mark → the pictures of a shared link and of an app on a phone, as PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charterpress.model import Release
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import find_printable_texts
from charterpress.views import addresses, labels

TEMPLATE = "card.typ"
CARD = (1200, 630)
"""The size in pixels that those who show a link ask for."""


def cards(title: str, releases: Sequence[Release], cache: DocumentCache, *, mark: str) -> Mapping[str, bytes]:
    """Return the pictures by address: one of the site called `title`, and one of each version. `mark` is an
    SVG drawing, or '' for two rings. One whose title no font can print is left out. Raises CharterError for a
    mark that cannot be drawn."""
    wanted = {addresses.CARD: _values(CARD, mark, title, "")}
    for release in releases:
        about = labels.dated_release_name(release)
        wanted[addresses.card_address(release.version)] = _values(CARD, mark, release.charter.title, about)

    # In a picture typst draws a box for a letter that no font has, and doesn't say so.
    lost = find_printable_texts((each["title"] for each in wanted.values()), cache).not_these
    drawn = ((address, values) for address, values in wanted.items() if values["title"] not in lost)
    pictures = cache.in_parallel(drawn, lambda each: cache.picture(TEMPLATE, each[1]))
    return {address: png for (address, _), png in pictures}


def icons(cache: DocumentCache, *, mark: str) -> Mapping[str, bytes]:
    """Return the pictures of the site on a phone's screen, by address."""
    return {
        address: cache.picture(TEMPLATE, _values((size, size), mark, "", ""))
        for address, size in addresses.ICONS.items()
    }


def _values(size: tuple[int, int], mark: str, title: str, about: str) -> dict[str, Any]:
    return {"width": size[0], "height": size[1], "mark": mark, "title": title, "about": about}
