"""What the program knows of every site that it makes → its privacy notice and accessibility statement."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from charterpress.model import Page
from charterpress.text.interface import gettext
from charterpress.views import addresses
from charterpress.views.edition_view import EditionView
from charterpress.views.repository import Repository


def about_pages(
    view: EditionView, templates: jinja2.Environment, *, repository: Repository
) -> Iterator[Page]:
    """Yield both pages; what a site has under the same names in docs/ follows on them. `repository` is
    where the site's source is kept."""
    charter = view.shown.charter if view.shown else None
    values = {
        "charter": charter,
        "owner": charter.owner if charter else "",
        "register": view.register,
        "repository": repository,
        "self_assessment": bool(charter and any(charter.principles())),
    }
    for address, title, description in (
        (
            addresses.PRIVACY,
            gettext("Privacy"),
            gettext("What this site keeps, what it publishes, and what it never asks for."),
        ),
        (
            addresses.ACCESSIBILITY,
            gettext("Accessibility"),
            gettext("What this site is designed to meet, how it’s tested, and its limits."),
        ),
    ):
        template = f"{address.rstrip('/')}.html"
        yield Page(
            address=address,
            title=title,
            description=description,
            html=templates.get_template(template).render(values),
            kind="about-site",
        )
