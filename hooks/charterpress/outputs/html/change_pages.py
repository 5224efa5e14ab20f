"""An edition's releases → what each changed, every one beside the current one, and the working text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterpress.model import Class, Crumb, Edition, Finding, Page, Release
from charterpress.outputs.html.change_renderer import Telling
from charterpress.outputs.html.version_pages import ABOVE
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.comparison import Comparison, Comparisons, Group, Reason
from charterpress.views.history import History
from charterpress.views.labels import DIGEST, Text
from charterpress.views.principle_parts import Edit


def pages(text: Text, history: History) -> Iterator[Page]:
    """Yield what every release changed in the one before it, every release beside the current one, and the
    page that asks for two others."""
    if not history.current:
        return
    comparing = Comparisons(history)
    for release in history.releases:
        if before := history.before(release):
            yield _between(before, release, text, comparing, addresses.changes_address(release.version))
    for release in history.releases:
        if release is not history.current:
            at = addresses.compare_address(release.version, history.current.version)
            yield _between(release, history.current, text, comparing, at)
    if len(history.releases) > 1:
        yield _any_pair(text, history, history.current)


def _between(old: Release, new: Release, text: Text, comparing: Comparisons, at: str) -> Page:
    """Return the page that shows what changed from one release to a later one."""
    history = comparing.history
    steps = history.between(old, new)
    changes = history.changes(old, new)
    comparison = comparing.compare(old.charter, new.charter, changes, comparing.reasons(steps))
    return Page(
        address=at,
        title=f"What changed from {old.version} to {new.version}",
        description=f"Every word that changed from version {old.version} to version {new.version}, and why.",
        html=text.show(
            "changes.html",
            new.charter,
            at,
            old=old,
            new=new,
            steps=steps,
            history=history,
            comparison=comparison,
            found=new.found if len(steps) == 1 else comparison.found,
            class_=new.class_ if len(steps) == 1 else comparison.class_,
            tell=_telling(text, comparison, at, new, old),
        ),
        kind="changes",
        trail=(ABOVE, Crumb(title=f"Version {new.version}", address=addresses.version_address(new.version))),
        foot=f"What changed from {old.version} to {new.version} · {new.sha256[:DIGEST]}",
        searched=False,
        indexed=len(steps) > 1
        or at == addresses.changes_address(new.version),  # one step has one page to find
    )


def _telling(text: Text, comparison: Comparison, at: str, *releases: Release) -> Telling:
    """Return how changes are told; their links lead to the first of `releases` that has what they name."""
    gone = {each.id: each.title for release in releases for each in release.retired}
    versions = [(addresses.version_address(each.version), each.charter) for each in releases]
    return Telling(text, {**gone, **comparison.names}, at, versions)


def _any_pair(text: Text, history: History, current: Release) -> Page:
    """Return the page that asks for two versions, and lists the comparisons that are there already."""
    at = addresses.COMPARE
    known = {
        "current": current.version,
        "renamed": dict(history.renamed),
        "versions": [[each.version, each.date, str(each.class_)] for each in history.releases],
    }
    return Page(
        address=at,
        title="Compare two versions",
        description=f"Choose two versions of the {current.charter.title} and see every word that differs.",
        html=text.show("compare.html", current.charter, at, history=history, known=known),
        kind="changes",
        trail=(ABOVE,),
        searched=False,
    )


def draft(
    edition: Edition, text: Text, history: History, dated: str, findings: Sequence[Finding]
) -> Iterator[Page]:
    """Yield the working text as a redline against the current release, with the next number, the words that
    decided it, and the `findings` that block it; nothing before the first release."""
    current, charter = history.current, edition.charter
    if not current or not charter:
        return
    at = addresses.DRAFT
    changes = number.changes(current.charter, charter, edition.notes)
    reasons = [Reason(note=note, version="") for note in edition.notes]
    comparison = Comparisons(history).compare(current.charter, charter, changes, reasons)
    class_ = number.decided(changes, edition.notes)
    upcoming = number.next_version(current.version, class_, consultation=current.consultation)
    yield Page(
        address=at,
        title="The draft of the next version",
        description="What is proposed for the next version, marked in the words of the current one.",
        html=text.show(
            "draft.html",
            charter,
            at,
            old=current,
            upcoming=upcoming,
            comparison=comparison,
            found=comparison.found,
            class_=class_,
            deciding=_deciding(comparison, class_),
            findings=findings,
            tell=_telling(text, comparison, at, current),
        ),
        kind="draft",
        foot=dated,
        notice=text.show("draft-notice.html", charter, at, dated=dated, current=current),
        searched=False,
        indexed=False,
    )


def _deciding(comparison: Comparison, class_: Class) -> tuple[tuple[Group, Edit], ...]:
    """Return the changes without which the class would be lower, each with what it is about."""
    return tuple(
        (group, edit)
        for group in comparison.groups
        if group.class_ is class_
        for edit in group.edits
        if edit.change.class_.rank >= class_.rank
    )
