"""A charter → its own pages: home, the whole on one page, its themes, its principles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterpress.model import Charter, Crumb, Page, Principle
from charterpress.outputs.html.change_renderer import Telling
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.comparison import names
from charterpress.views.history import History, Step
from charterpress.views.labels import Text, size

ABOVE = Crumb(title="The charter", address=addresses.CHARTER)


def pages(charter: Charter, text: Text, history: History) -> Iterator[Page]:
    """Yield the pages of `charter` in reading order; a principle's page ends with its `history`."""
    numbers, named = number.numbers(charter), _named(charter, history)
    yield Page(
        address=addresses.HOME,
        title=charter.title,
        description=charter.summary,
        html=text.show("home.html", charter, addresses.HOME),
        kind="home",
    )
    yield Page(
        address=addresses.CHARTER,
        title="The whole charter",
        description=f"{charter.title}: the whole text on one page, {size(charter)}.",
        html=text.show("whole.html", charter, addresses.CHARTER, whole=True),
        source=charter.preamble_path,
        kind="whole",
    )
    newest = [(addresses.version_address(each.version), each.charter) for each in history.releases[-1:]]
    for place, theme in enumerate(charter.themes, start=1):
        at = addresses.theme_address(theme)
        name = f"{numbers[theme.id]} {theme.title}"
        yield Page(
            address=at,
            title=theme.title,
            description=theme.summary,
            html=text.show("theme.html", charter, at, theme=theme),
            source=theme.path,
            kind="theme",
            trail=(ABOVE,),
            accent=place,
            label=name,
        )
        trail = (ABOVE, Crumb(title=name, address=at))
        for principle in theme.principles:
            at = addresses.principle_address(theme, principle)
            yield Page(
                address=at,
                title=principle.title,
                description=principle.summary,
                html=text.show("principle.html", charter, at, theme=theme, principle=principle),
                unsearched=_wording(
                    at,
                    principle,
                    charter,
                    text=text,
                    steps=history.of(principle.id),
                    tell=Telling(text, named, at, newest),
                ),
                source=principle.path,
                kind="principle",
                trail=trail,
                accent=place,
                label=name,
            )


def _wording(
    at: str, principle: Principle, charter: Charter, *, text: Text, steps: Sequence[Step], tell: Telling
) -> str:
    """Return how a principle came through the versions, as HTML for its page, which is `at` this address; ''
    before the first one."""
    if not steps:
        return ""
    return text.show("wording.html", charter, at, principle=principle, steps=steps, tell=tell)


def _named(charter: Charter, history: History) -> dict[str, str]:
    """Return the names that all parts of a charter have now, or had last."""
    named: dict[str, str] = {}
    for release in history.releases:
        named |= names(release.charter)
    return named | names(charter)
