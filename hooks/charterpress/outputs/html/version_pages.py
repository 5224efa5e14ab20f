"""An edition's releases → the list of them, and the page of each: its text, word for word, for ever."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Crumb, Edition, Page, Release
from charterpress.outputs.images import timeline
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.labels import Text, day, released

WIDTHS = {"narrow": 320, "wide": 680}
"""How wide the timeline is drawn, in pixels: for a telephone, and for the column of text."""
ABOVE = Crumb(title="Versions", address=addresses.VERSIONS)


def pages(edition: Edition, text: Text, history: History) -> Iterator[Page]:
    """Yield the list of versions, and every release as it stands for ever."""
    if not history.releases or not history.current:
        return
    charter = history.current.charter
    yield Page(
        address=addresses.VERSIONS,
        title="Versions",
        description=f"Every version of the {charter.title}: when it came, what it changed, and its digest.",
        html=text.show(
            "versions.html",
            charter,
            addresses.VERSIONS,
            history=history,
            timelines={name: timeline.draw(history.releases, width=width) for name, width in WIDTHS.items()},
        ),
        kind="versions",
    )
    for release in history.releases:
        yield _version(release, edition, text, history)


def _version(release: Release, edition: Edition, text: Text, history: History) -> Page:
    """Return the page that shows one version for ever."""
    at = addresses.version_address(release.version)
    charter = release.charter
    return Page(
        address=at,
        title=f"Version {release.version}",
        description=f"{charter.title}, version {release.version} of {day(release.date)}, word for word.",
        html=text.show(
            "version.html",
            charter,
            at,
            whole=True,
            searched=False,
            release=release,
            history=history,
            errata=[each for each in edition.errata if each.version == release.version],
        ),
        kind="version",
        trail=(ABOVE,),
        foot=released(release),
        notice=notice(release, at, text, history),
        searched=False,
    )


def notice(release: Release, at: str, text: Text, history: History) -> str:
    """Return what stands above the pages of a release that is not the current one, as HTML."""
    if release is history.current:
        return ""
    return text.show("superseded.html", release.charter, at, release=release, history=history)
