"""An edition's releases → the list of them, and the permanent page of each, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Crumb, Page, Release
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.images import timeline
from charterpress.text.dates import day_in_words
from charterpress.views import addresses
from charterpress.views.edition_view import EditionView
from charterpress.views.labels import release_footer

WIDTHS = {"narrow": 320, "wide": 680}
"""How wide the timeline is drawn, in pixels: for a telephone, and for the column of text."""
VERSIONS_CRUMB = Crumb(title="Versions", address=addresses.VERSIONS)


def version_pages(view: EditionView, renderer: Renderer) -> Iterator[Page]:
    """Yield the list of versions, and the page of every release."""
    history = view.history
    if not history.current:
        return
    charter = history.current.charter
    yield Page(
        address=addresses.VERSIONS,
        title="Versions",
        description=f"Every version of the {charter.title}: when it came, what it changed, and its digest.",
        html=renderer.page(
            "versions.html",
            charter,
            addresses.VERSIONS,
            history=history,
            timelines={
                name: timeline.draw_timeline(history.releases, width=width) for name, width in WIDTHS.items()
            },
        ),
        kind="versions",
    )
    for release in history.releases:
        yield _version_page(release, view, renderer)


def _version_page(release: Release, view: EditionView, renderer: Renderer) -> Page:
    address, charter, history = addresses.version_address(release.version), release.charter, view.history
    return Page(
        address=address,
        title=f"Version {release.version}",
        description=(
            f"{charter.title}, version {release.version} of {day_in_words(release.date)}, word for word."
        ),
        html=renderer.page(
            "version.html",
            charter,
            address,
            whole=True,
            searched=False,
            release=release,
            history=history,
            errata=[each for each in view.edition.errata if each.version == release.version],
        ),
        kind="version",
        breadcrumbs=(VERSIONS_CRUMB,),
        footer=release_footer(release),
        notice=""
        if release is history.current
        else renderer.page("superseded.html", charter, address, release=release, history=history),
        searched=False,
    )
