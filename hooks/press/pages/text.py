"""A charter → its own pages: home, the whole on one page, its themes, its principles."""

from __future__ import annotations

from collections.abc import Iterator

from press import number
from press.model import Charter, Crumb, Page
from press.pages import address
from press.pages.comparison import names
from press.pages.history import History
from press.pages.telling import Telling
from press.pages.words import Text, size

ABOVE = Crumb(title="The charter", address=address.WHOLE)


def pages(charter: Charter, text: Text, history: History) -> Iterator[Page]:
    """Yield the pages of `charter` in reading order; a principle's page ends with its `history`."""
    numbers = number.numbers(charter)
    yield Page(
        address=address.HOME,
        title=charter.title,
        description=charter.summary,
        html=text.show("home.html", charter, address.HOME),
        kind="home",
    )
    yield Page(
        address=address.WHOLE,
        title="The whole charter",
        description=f"{charter.title}: the whole text on one page, {size(charter)}.",
        html=text.show("whole.html", charter, address.WHOLE, whole=True),
        source=charter.preamble_path,
        kind="whole",
    )
    for place, theme in enumerate(charter.themes, start=1):
        at = address.theme_address(theme)
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
            at = address.principle_address(theme, principle)
            yield Page(
                address=at,
                title=principle.title,
                description=principle.summary,
                html=text.show(
                    "principle.html",
                    charter,
                    at,
                    theme=theme,
                    principle=principle,
                    steps=history.of(principle.id),
                    at=address,
                    tell=_telling(charter, text, history, at),
                ),
                source=principle.path,
                kind="principle",
                trail=trail,
                accent=place,
                label=name,
            )


def _telling(charter: Charter, text: Text, history: History, at: str) -> Telling:
    """Return how the history of a principle is told on the page at the address `at`: by the names that parts
    have now, or had last."""
    named: dict[str, str] = {}
    for release in history.releases:
        named |= names(release.charter)
    newest = [(address.version_address(each.version), each.charter) for each in reversed(history.releases)]
    return Telling(text, named | names(charter), at, newest[:1])
