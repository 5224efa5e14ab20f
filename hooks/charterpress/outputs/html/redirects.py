"""Addresses that once were → a page that says what became of each: aliases, renamed, moved, retired."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from charterpress.model import Crumb, Page, Release, Retired
from charterpress.outputs.html.change_renderer import ChangeRenderer
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.report_parts import principle_reports
from charterpress.text.interface import gettext
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.comparison import part_names
from charterpress.views.history import History
from charterpress.views.labels import release_footer
from charterpress.views.signatories import RegisterView


def charter_crumb() -> Crumb:
    """Return the way to the whole charter."""
    return Crumb(title=gettext("The charter"), address=addresses.CHARTER)


def redirect_pages(
    history: History, renderer: Renderer, register: RegisterView | None = None
) -> Iterator[Page]:
    """Yield the pages of what was retired, with what those on the `register` reported of it, and the
    addresses that lead on: of the latest version and the latest of each first and second number, and of what
    moved."""
    if not history.current:
        return
    for alias, release in number.aliases(history.releases).items():
        yield redirect(f"{addresses.VERSIONS}{alias}/", addresses.version_address(release.version))
    homes = _homes(history, history.current)
    for each in history.current.retired:
        yield _retired_page(each, homes, renderer, history, register)
    yield from _moved(history, history.current, homes)


def _homes(history: History, current: Release) -> dict[str, str]:
    retired = {each.id for each in current.retired}
    published = chain.from_iterable(release.charter.principles() for release in history.releases)
    places = [place for place in published if place[1].id in retired] + [*current.charter.principles()]
    return {principle.id: addresses.principle_address(theme, principle) for theme, principle in places}


def _moved(history: History, current: Release, homes: dict[str, str]) -> Iterator[Page]:
    """Yield every other address of a principle or theme that a release published: it leads to where that
    principle lives, to what says why it does not, or, for a theme that is gone, to the whole charter."""
    seen = {*homes.values(), *(addresses.theme_address(theme) for theme in current.charter.themes)}
    for release in reversed(history.releases):
        principles = [
            (addresses.principle_address(theme, principle), homes.get(history.heir(principle.id)))
            for theme, principle in release.charter.principles()
        ]
        themes = [(addresses.theme_address(theme), addresses.CHARTER) for theme in release.charter.themes]
        for address, home in (*principles, *themes):
            if home and address not in seen:
                seen.add(address)
                yield redirect(address, home)


def redirect(address: str, to: str) -> Page:
    """Return the page at `address` that leads on to the one at `to`."""
    return Page(
        address=address,
        title=gettext("This page has moved"),
        description=gettext("The words that were here have a new address."),
        html="",
        kind="moved",
        searched=False,
        indexed=False,
        moved_to=to,
    )


def _retired_page(
    retired: Retired,
    homes: dict[str, str],
    renderer: Renderer,
    history: History,
    register: RegisterView | None,
) -> Page:
    last, theme, principle = next(
        (release, theme, principle)
        for release in reversed(history.releases)
        for theme, principle in release.charter.principles()
        if principle.id == retired.id
    )
    went = next(release for release in history.releases if release.version == retired.version)
    titles = {each.id: each.title for release in history.releases for _, each in release.charter.principles()}
    address = addresses.principle_address(theme, principle)
    names = part_names(went.charter) | part_names(last.charter)
    return Page(
        address=address,
        title=gettext("{title} (retired)").format(title=retired.title),
        description=gettext("“{title}” was part of the charter until version {version}.").format(
            title=retired.title, version=last.version
        ),
        html=renderer.page(
            "retired.html",
            last.charter,
            address,
            principle=principle,
            theme=theme,
            last=last,
            went=went,
            heirs=[(titles[id], homes[id]) for id in map(history.heir, retired.replacements) if id in homes],
            notes=[note for note in went.notes if any(old == retired.id for old, _ in note.retires)],
            covered=any(retired.id in note.covered for note in went.notes),
            reason=next((why for note in went.notes for id, why in note.reasons if id == retired.id), ""),
            steps=history.principle_steps(retired.id),
            changes=ChangeRenderer(renderer, names, address, [last], language_of=history.language_of),
        )
        + principle_reports(register, history, last.charter, (theme, principle), renderer),
        kind="retired",
        breadcrumbs=(charter_crumb(),),
        footer=release_footer(last),
        searched=False,
    )
