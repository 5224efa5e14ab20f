"""An edition's releases → their list, menu and permanent pages; what each changed; the working text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from charterpress.model import DEFAULT_LANGUAGE, Change, Crumb, Finding, Page, Release
from charterpress.outputs.html.change_renderer import ChangeRenderer
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.images import timeline
from charterpress.proofs.digests import swhid
from charterpress.text.dates import day_in_words
from charterpress.text.interface import direction, gettext
from charterpress.text.languages import own_name
from charterpress.versions import diff, number
from charterpress.versions.translations.working import changes_between
from charterpress.views import addresses
from charterpress.views.comparison import Comparison, Reason
from charterpress.views.edition_view import EditionView
from charterpress.views.history import History
from charterpress.views.labels import DIGEST_LENGTH, release_footer, release_name, superseded_label
from charterpress.views.revisions import revisions
from charterpress.views.successors import successors

WIDTHS = {"narrow": 320, "wide": 680}
"""How wide the timeline is drawn, in pixels: for a telephone, and for the column of text."""
NEWEST = 8
"""How many versions the menu names; the others are on the page of all versions."""
CURRENT = ("home", "whole", "commitments", "theme", "principle")
"""The kinds of pages that show the current version."""
OTHERS = ("version", "versions", "changes", "compare", "retired", "draft")
"""The other kinds of pages that have the menu."""


def versions_crumb() -> Crumb:
    """Return the way to the list of versions."""
    return Crumb(title=gettext("Versions"), address=addresses.VERSIONS)


def version_pages(view: EditionView, renderer: Renderer) -> Iterator[Page]:
    """Yield the list of versions, and the page of every release."""
    history = view.history
    if not history.current:
        return
    charter = history.current.charter
    yield Page(
        address=addresses.VERSIONS,
        title=gettext("Versions"),
        description=gettext(
            "Every version of the {charter}: when it came, what it changed, and its digest."
        ).format(charter=charter.title),
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
    errata = view.edition.errata
    return Page(
        address=address,
        title=gettext("Version {version}").format(version=release.version),
        description=gettext("{charter}, version {version} of {day}, word for word.").format(
            charter=charter.title, version=release.version, day=day_in_words(release.date)
        ),
        html=renderer.page(
            "version.html",
            charter,
            address,
            whole=True,
            searched=False,
            successors=successors(release, history, {each.version for each in errata}),
            release=release,
            history=history,
            errata=[each for each in errata if each.version == release.version],
            revisions=revisions(release, history.translations),
            own_name=own_name,
            swhid=swhid,
            redline=_correction_html,
        ),
        kind="version",
        number=release.version,
        breadcrumbs=(versions_crumb(),),
        footer=release_footer(release),
        header=superseded_label(release, history.current),
        notice=renderer.page("superseded.html", charter, address, release=release, history=history),
        searched=False,
    )


def _correction_html(before: str, after: str) -> Markup:
    """Return what a revision corrected in one unit; a link in it leads to where it is shown."""
    return Markup(diff.redline_html(before, after, link=lambda _target: "#translations"))


# --- What changed ------------------------------------------------------------------------------------


def change_pages(view: EditionView, renderer: Renderer) -> Iterator[Page]:
    """Yield what every release changed in the one before it, every release beside the current one, and the
    page that asks for two others."""
    history = view.history
    if not history.current:
        return
    for release in history.releases:
        if before := history.before(release):
            address = addresses.changes_address(release.version)
            yield _comparison_page(before, release, view, renderer, address)
    for release in history.releases:
        if release is not history.current:
            address = addresses.compare_address(release.version, history.current.version)
            yield _comparison_page(release, history.current, view, renderer, address)
    if len(history.releases) > 1:
        yield _any_pair(renderer, history, history.current)


def _comparison_page(old: Release, new: Release, view: EditionView, renderer: Renderer, address: str) -> Page:
    history = view.history
    steps = history.between(old, new)
    changes, reasons = history.changes(old, new), view.comparisons.reasons(steps)
    before, after, language = history.texts(old, new)
    comparison = view.comparisons.compare(before, after, changes, reasons, language)
    both = {"old": old.version, "new": new.version}
    title, one_step = gettext("What changed from {old} to {new}").format_map(both), len(steps) == 1
    version_title = gettext("Version {version}").format(version=new.version)
    version_crumb = Crumb(title=version_title, address=addresses.version_address(new.version))
    return Page(
        address=address,
        title=title,
        description=gettext(
            "Every word that changed from version {old} to version {new}, and why."
        ).format_map(both),
        html=renderer.page(
            "changes.html",
            new.charter,
            address,
            old=old,
            new=new,
            steps=steps,
            history=history,
            comparison=comparison,
            found=new.found if one_step else comparison.computed_class,
            class_=new.class_ if one_step else comparison.approved_class,
            changes=_change_renderer(renderer, comparison, address, new, old, language=language),
        ),
        kind="changes",
        breadcrumbs=(versions_crumb(), version_crumb),
        footer=f"{title} · {new.sha256[:DIGEST_LENGTH]}",
        header=superseded_label(new, history.current),
        notice=renderer.page("superseded.html", new.charter, address, release=new, history=history),
        searched=False,
        indexed=not one_step
        or address == addresses.changes_address(new.version),  # one step, one page to find
    )


def _change_renderer(
    renderer: Renderer, comparison: Comparison, address: str, *releases: Release, language: str = ""
) -> ChangeRenderer:
    """Return what renders changes in `language`, '' for that of the page; its links lead to the first of
    `releases` that has what they name."""
    retired = {each.id: each.title for release in releases for each in release.retired}
    names = {**retired, **comparison.names}

    def language_of(change: Change | None) -> str:
        return (change.language if change else "") or language

    return ChangeRenderer(renderer, names, address, releases, language_of=language_of)


def _any_pair(renderer: Renderer, history: History, current: Release) -> Page:
    known = {
        "current": current.version,
        "renamed": dict(history.renamed),
        "versions": [[each.version, each.date, str(each.class_)] for each in history.releases],
    }
    if renderer.prefix and renderer.marks:  # not every version need be published in this language
        source = renderer.marks.source
        texts = addresses.relative(addresses.VERSIONS, renderer.prefix + addresses.COMPARE)
        known |= {"texts": texts, "language": source, "direction": direction(source)}
    return Page(
        address=addresses.COMPARE,
        title=gettext("Compare two versions"),
        description=gettext("Choose two versions of the {charter} and see every word that differs.").format(
            charter=current.charter.title
        ),
        html=renderer.page("compare.html", current.charter, addresses.COMPARE, history=history, known=known),
        kind="changes",
        breadcrumbs=(versions_crumb(),),
        searched=False,
    )


def draft_page(view: EditionView, renderer: Renderer, findings: Sequence[Finding]) -> Iterator[Page]:
    """Yield the working text as a redline against the current release, with the next number, the changes that
    decide it, and the `findings` that block it; nothing before the first release."""
    # It is for editors, and nobody has translated what it shows.
    current, charter = view.original.current, view.original.charter
    if not current or not charter:
        return
    address = addresses.DRAFT
    notes, words = view.edition.notes, number.part_words()
    if view.original is view.edition:
        language, changes = "", changes_between(view.edition, current, None, notes, words)
    else:
        language = charter.language or DEFAULT_LANGUAGE
        changes = number.changes(current.charter, charter, notes, words)
    notes = number.sound_notes(changes, view.edition.notes, charter)
    reasons = [Reason(note=note, version="") for note in notes]
    comparison = view.comparisons.compare(current.charter, charter, changes, reasons, language)
    class_ = number.approved_class(changes, notes)
    deciding = [  # without them the class would be lower
        (group, edit)
        for group in comparison.groups
        if group.approved_class is class_
        for edit in group.edits
        if edit.change.class_.rank >= class_.rank
    ]
    upcoming = number.next_version(current.version, class_, consultation=current.consultation)
    yield Page(
        address=address,
        title=gettext("The draft of the next version"),
        description=gettext("The changes proposed for the next version, marked in the current text."),
        html=renderer.page(
            "draft.html",
            charter,
            address,
            old=current,
            upcoming=upcoming,
            comparison=comparison,
            found=comparison.computed_class,
            class_=class_,
            deciding=deciding,
            findings=findings,
            changes=_change_renderer(renderer, comparison, address, current, language=language),
        ),
        kind="draft",
        footer=view.draft_label,
        notice=renderer.page("draft_notice.html", charter, address, dated=view.draft_label, current=current),
        searched=False,
        indexed=False,
    )


# --- The menu ----------------------------------------------------------------------------------------


class Choice(NamedTuple):
    """One version in the menu. `address` is that of its own page, `note` says more than its name."""

    name: str
    note: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionMenu:
    """The versions, newest first, and which of them each page shows, by its address."""

    current: Choice
    newest: tuple[Choice, ...]
    shown: Mapping[str, Choice]

    def has(self, page: Page | None) -> bool:
        """Return whether a page has the menu: those of the charter and of its versions."""
        return page is not None and page.kind in (*CURRENT, *OTHERS)

    def reading(self, page: Page) -> Choice | None:
        """Return the version that a page shows, or None where it shows none, or more than one."""
        return self.current if page.kind in CURRENT else self.shown.get(page.address)

    def choices(self, page: Page) -> tuple[Choice, ...]:
        """Return the versions to choose from: the newest, and the one that is being read."""
        reading = self.reading(page)
        return self.newest if reading is None or reading in self.newest else (*self.newest, reading)


def _dated(release: Release, current: Release) -> str:
    day = day_in_words(release.date)
    return gettext("{day}, current").format(day=day) if release is current else day


def version_menu(releases: Sequence[Release], current: Release | None) -> VersionMenu | None:
    """Return the menu of `releases`, which come oldest first; None before there is one."""
    if current is None:
        return None
    choices = {
        release.version: Choice(
            name=release_name(release),
            note=_dated(release, current),
            address=addresses.version_address(release.version),
        )
        for release in reversed(releases)
    }
    return VersionMenu(
        current=choices[current.version],
        newest=tuple(choices.values())[:NEWEST],
        shown={choice.address: choice for choice in choices.values()},
    )
