"""A charter in two languages → the page that shows both, unit beside unit."""

from __future__ import annotations

from charterpress.model import Charter, Crumb, Page
from charterpress.outputs.html.renderer import Renderer
from charterpress.text.interface import gettext as _
from charterpress.views.languages import SiteLanguage
from charterpress.views.side_by_side import Side, pairs


def side_by_side_page(
    renderer: Renderer,
    charter: Charter,
    sides: tuple[Side, Side],
    languages: tuple[SiteLanguage, SiteLanguage],
    *,
    address: str,
    home: str,
    name: str,
    document: str,
    note: str,
    crumb: Crumb,
    footer: str,
) -> Page:
    """Return the page at `address` on which two languages of one text stand side by side. `charter` is the
    text in the language that it is written in, and `sides` its words in both `languages`; `home` is the
    address of the text in one language, and `name` what it is called; `document` is the address of the same
    to print, or ''; `note` says which text prevails, or ''; `crumb` leads to the text."""
    left, right = languages
    title = _("{name}: {language} and {other} side by side").format(
        name=name, language=left.name, other=right.name
    )
    return Page(
        address=address,
        title=title,
        description=_("{title}, sentence beside sentence.").format(title=title),
        html=renderer.page(
            "side_by_side.html",
            charter,
            address,
            whole=True,
            searched=False,
            rows=tuple(pairs(charter, *sides)),
            left=left,
            right=right,
            name=name,
            text=home,
            document=document,
            note=note,
        ),
        kind="side-by-side",
        breadcrumbs=(crumb,),
        footer=footer,
        searched=False,
    )
