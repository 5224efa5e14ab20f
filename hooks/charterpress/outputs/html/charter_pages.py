"""A charter → its own pages: home, the whole on one page, its themes, its principles."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Charter, Crumb, Page
from charterpress.outputs.html.change_renderer import ChangeRenderer
from charterpress.outputs.html.renderer import Renderer
from charterpress.views import addresses
from charterpress.views.comparison import part_names
from charterpress.views.edition_view import CharterView
from charterpress.views.history import History
from charterpress.views.labels import charter_size

CHARTER_CRUMB = Crumb(title="The charter", address=addresses.CHARTER)


def charter_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the pages of the charter in reading order; a principle's page ends with its history."""
    charter, history, numbers = shown.charter, shown.history, shown.numbers
    names = _all_names(charter, history)
    yield Page(
        address=addresses.HOME,
        title=charter.title,
        description=charter.summary,
        html=renderer.page("home.html", charter, addresses.HOME),
        kind="home",
    )
    yield Page(
        address=addresses.CHARTER,
        title="The whole charter",
        description=f"{charter.title}: the whole text on one page, {charter_size(charter)}.",
        html=renderer.page("whole.html", charter, addresses.CHARTER, whole=True),
        source=charter.preamble_path,
        kind="whole",
    )
    newest = [(addresses.version_address(each.version), each.charter) for each in history.releases[-1:]]
    for place, theme in enumerate(charter.themes, start=1):
        address = addresses.theme_address(theme)
        label = f"{numbers[theme.id]} {theme.title}"
        yield Page(
            address=address,
            title=theme.title,
            description=theme.summary,
            html=renderer.page("theme.html", charter, address, theme=theme),
            source=theme.path,
            kind="theme",
            breadcrumbs=(CHARTER_CRUMB,),
            accent=place,
            label=label,
        )
        breadcrumbs = (CHARTER_CRUMB, Crumb(title=label, address=address))
        for principle in theme.principles:
            address = addresses.principle_address(theme, principle)
            steps = history.principle_steps(principle.id)
            yield Page(
                address=address,
                title=principle.title,
                description=principle.summary,
                html=renderer.page("principle.html", charter, address, theme=theme, principle=principle),
                unsearched=renderer.page(
                    "principle_history.html",
                    charter,
                    address,
                    principle=principle,
                    steps=steps,
                    changes=ChangeRenderer(renderer, names, address, newest),
                )
                if steps
                else "",
                source=principle.path,
                kind="principle",
                breadcrumbs=breadcrumbs,
                accent=place,
                label=label,
            )


def _all_names(charter: Charter, history: History) -> dict[str, str]:
    """Return the names that all parts of a charter have now, or had last."""
    names: dict[str, str] = {}
    for release in history.releases:
        names |= part_names(release.charter)
    return names | part_names(charter)
