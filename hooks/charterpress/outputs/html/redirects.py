"""Addresses that once were → a page that says what became of each: aliases, renamed, moved, retired."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Crumb, Page, Release, Retired
from charterpress.outputs.html.change_renderer import Telling
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.comparison import names
from charterpress.views.history import History, has
from charterpress.views.labels import Text, released


def pages(text: Text, history: History) -> Iterator[Page]:
    """Yield the pages of what was retired, and the addresses that lead on to where their words are now."""
    if not history.current:
        return
    yield from _aliases(history)
    homes = _homes(history, history.current)
    for each in history.current.retired:
        yield _retired(each, homes, text, history)
    yield from _moved(history, history.current, homes)


def _homes(history: History, current: Release) -> dict[str, str]:
    """Return the address of every principle: where it lives, or, if it was retired, where it stood last."""
    homes = {
        each.id: addresses.principle_address(theme, each) for theme, each in current.charter.principles()
    }
    for release in reversed(history.releases):
        for theme, principle in release.charter.principles():
            if any(each.id == principle.id for each in current.retired):
                homes.setdefault(principle.id, addresses.principle_address(theme, principle))
    return homes


def _aliases(history: History) -> Iterator[Page]:
    """Yield the addresses of the latest version, and of the latest of each first and second number."""
    for alias, release in number.aliases(history.releases).items():
        yield leading(f"{addresses.VERSIONS}{alias}/", addresses.version_address(release.version))


def _moved(history: History, current: Release, homes: dict[str, str]) -> Iterator[Page]:
    """Yield every other address of a principle or theme that a release published: it leads to where that
    principle lives, to what says why it does not, or, for a theme that is gone, to the whole charter."""
    seen = {*homes.values(), *(addresses.theme_address(theme) for theme in current.charter.themes)}
    for release in reversed(history.releases):
        for theme, principle in release.charter.principles():
            at, home = addresses.principle_address(theme, principle), homes.get(history.heir(principle.id))
            if home and at not in seen:
                seen.add(at)
                yield leading(at, home)
        for theme in release.charter.themes:
            if (at := addresses.theme_address(theme)) not in seen:
                seen.add(at)
                yield leading(at, addresses.CHARTER)


def leading(at: str, to: str) -> Page:
    """Return the page at the address `at` that leads on to the one at `to`."""
    return Page(
        address=at,
        title="This page has moved",
        description="The words that stood here have another address.",
        html="",
        kind="moved",
        searched=False,
        indexed=False,
        moved_to=to,
    )


def _retired(each: Retired, homes: dict[str, str], text: Text, history: History) -> Page:
    """Return the page of a retired principle, at its last address: when it went, why, and where to look."""
    last = next(r for r in reversed(history.releases) if has(r.charter, each.id))
    theme, principle = next((t, p) for t, p in last.charter.principles() if p.id == each.id)
    went = next(r for r in history.releases if r.version == each.version)
    notes = [note for note in went.notes if any(old == each.id for old, _ in note.retires)]
    titles = {p.id: p.title for release in history.releases for _, p in release.charter.principles()}
    at = addresses.principle_address(theme, principle)
    tell = Telling(
        text,
        names(went.charter) | names(last.charter),
        at,
        [(addresses.version_address(last.version), last.charter)],
    )
    return Page(
        address=at,
        title=f"{each.title} (retired)",
        description=f"“{each.title}” was part of the charter until version {last.version}.",
        html=text.show(
            "retired.html",
            last.charter,
            at,
            principle=principle,
            theme=theme,
            last=last,
            went=went,
            heirs=[(titles[id], homes[id]) for id in map(history.heir, each.replacements) if id in homes],
            notes=notes,
            steps=history.of(each.id),
            tell=tell,
        ),
        kind="retired",
        trail=(Crumb(title="The charter", address=addresses.CHARTER),),
        foot=released(last),
        searched=False,
    )
