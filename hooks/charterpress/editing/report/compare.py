"""An assessment × the version that is reported on → what was said of each principle, of which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from charterpress.checks.queries import quote
from charterpress.editing.report.assessment import LEVELS, Assessed, Assessment
from charterpress.model import Answer, Edition, Principle, Release
from charterpress.model.errors import UsageError
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views.history import History


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A principle of the version that is reported on, and what an assessment says of it, None for nothing.
    `changed` says that it was given to other words: it has to be looked at again before any of it is
    published."""

    principle: Principle
    assessed: Assessed | None = None
    changed: bool = False

    @property
    def proposal(self) -> Answer | None:
        """The answer of a report that is nearest to what was said; None where nothing was, or of other
        words."""
        level = self.assessed.level if self.assessed and not self.changed else ""
        return LEVELS.get(level)


def require_own(edition: Edition, assessment: Assessment, name: str) -> None:
    """Raises UsageError if an assessment is about another charter."""
    titles = {each.charter.title for each in edition.releases}
    titles |= {edition.charter.title} if edition.charter else set()
    if assessment.charter not in titles:
        raise UsageError(
            _(
                "nothing was written: {file} is about another charter, {other}; choose a file that was saved "
                "on the self-assessment page of this one"
            ).format(file=quote(name), other=quote(assessment.charter))
        )


def subjects(
    edition: Edition, release: Release, assessment: Assessment | None, name: str = ""
) -> dict[str, Subject]:
    """Return the principles of `release`, by their ids there, in their order. Raises UsageError if the
    assessment in the file `name` has two answers about one of them."""
    history = History(edition)
    versions = {each.version: each for each in edition.releases}
    said: dict[str, Assessed] = {}
    for each in assessment.answers if assessment else ():
        heir = history.heir(each.principle)
        if heir in said:
            raise UsageError(
                _(
                    "nothing was written: {file} has two answers about the principle {id}; open it on the "
                    "self-assessment page, choose one, and save it again"
                ).format(file=quote(name), id=quote(each.principle))
            )
        said[heir] = each
    found = {}
    for _theme, principle in release.charter.principles():
        assessed = said.get(history.heir(principle.id))
        now = number.fingerprint(release.charter, principle)
        changed = bool(assessed) and _given(history, versions, assessed) != now
        found[principle.id] = Subject(principle=principle, assessed=assessed, changed=changed)
    return found


def _given(history: History, versions: Mapping[str, Release], assessed: Assessed | None) -> str:
    """The fingerprint of the words that an answer was given to: as the charter knows them, or, for a version
    that it does not know, as the file says."""
    if assessed is None:
        return ""
    release, heir = versions.get(assessed.version), history.heir(assessed.principle)
    if release:
        for _theme, principle in release.charter.principles():
            if history.heir(principle.id) == heir:
                return number.fingerprint(release.charter, principle)
    return assessed.words
