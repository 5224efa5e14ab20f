"""The charter that a site shows → one page of its practice section."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from charterpress.model import Crumb, Page
from charterpress.outputs.html.renderer import Renderer
from charterpress.views import addresses
from charterpress.views.charter_view import CharterView

TITLE = "Practice"
PRACTICE_CRUMB = Crumb(title=TITLE, address=addresses.PRACTICE)
MORE = "<!-- more -->"
"""Where a template begins to repeat the charter's own pages, which the search passes over."""

SheetMaker: TypeAlias = Callable[[CharterView, Renderer], Iterator[Page]]
"""What makes some pages of the section: none if the charter has nothing that they could be made of."""


def sheet(
    shown: CharterView,
    renderer: Renderer,
    name: str,
    *,
    title: str,
    description: str,
    **values: Any,  # noqa: ANN401 - whatever the template shows
) -> Page:
    """Return the page practice/`name`/, filled from the template of that name, which has an underscore where
    the address has a slash or a hyphen."""
    address, kind = addresses.practice_address(name), name.replace("/", "-")
    template = kind.replace("-", "_")
    html = renderer.page(f"practice/{template}.html", shown.charter, address, shown=shown, **values)
    head, _, rest = html.partition(MORE)
    return Page(
        address=address,
        title=title,
        description=description,
        html=head,
        unsearched=rest,
        kind=kind,
        breadcrumbs=(PRACTICE_CRUMB,),
        footer=shown.label,
    )
