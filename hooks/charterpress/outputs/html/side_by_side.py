"""A charter in two languages → the page that shows both, unit beside unit."""

from __future__ import annotations

from charterpress.model import Charter, Crumb, Page
from charterpress.outputs.html.renderer import Renderer
from charterpress.text.interface import gettext as _
from charterpress.views import addresses
from charterpress.views.languages import SiteLanguage
from charterpress.views.side_by_side import Side, pairs


def side_by_side_page(
    renderer: Renderer,
    charter: Charter,
    sides: tuple[Side, Side],
    languages: tuple[SiteLanguage, SiteLanguage],
    *,
    home: str,
    name: str,
    crumb: Crumb,
    footer: str,
) -> Page:
    """Return the page on which two languages of one text stand side by side, the page's own on the left.
    `charter` is the text in the language that it is written in, and `sides` its words in both `languages`;
    `home` is the address of the text in one language, and `name` what it is called; `crumb` leads to it."""
    left, right = languages
    address = addresses.side_by_side_address(home, right.tag)
    document = addresses.side_by_side_pdf_address(home, right.tag)
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
        ),
        kind="side-by-side",
        breadcrumbs=(crumb,),
        footer=footer,
        searched=False,
    )
