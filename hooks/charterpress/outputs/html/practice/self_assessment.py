"""A charter and its versions → the page on which a team looks at itself, principle by principle.

All of it works in the reader's browser (outputs/html/scripts/assessment/), which is told here what
binds in each version: an answer stays for as long as the words do that it was given to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from charterpress.model import Charter, Page, Release
from charterpress.outputs.html.practice.sheet import PRACTICE_CRUMB
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.words.word_lists import titled, word_lists
from charterpress.text.dates import day_in_words
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.charter_view import CharterView
from charterpress.views.history import History

SCHEMA = addresses.schema_address("assessment-1.schema.json")
"""What describes the files that the page writes."""
SCRIPTS = ("main", "answers", "compare", "element", "file", "report")
"""The modules of its script, the first of which imports the others."""
LONGEST = 4000
"""How many characters an answer may have; the schema says so too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """How far a principle has come to life: the name that files give it, its words, and what they mean."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A question about a principle with an answer in words, with `lines` to write on."""

    id: str
    name: str
    hint: str
    lines: int


_WORDS = word_lists("self-assessment.md")
LEVELS = tuple(
    Level(id=id, name=name, meaning=meaning)
    for id, (name, meaning) in zip(
        ("not-yet", "in-places", "habit", "others-learn"), map(titled, _WORDS["Answers"]), strict=True
    )
)
FIELDS = tuple(
    Field(id=id, name=name, hint=hint, lines=lines)
    for (id, lines), (name, hint) in zip(
        (("shows", 3), ("helps", 2), ("hinders", 2), ("next", 2), ("whom", 1), ("when", 1)),
        map(titled, _WORDS["Questions"]),
        strict=True,
    )
)


def self_assessment_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the page for the text of `source`: none for a charter without a principle."""
    charter = shown.charter
    principles = [principle for _, principle in charter.principles()]
    if not principles:
        return
    yield Page(
        address=addresses.SELF_ASSESSMENT,
        title="Self-assessment",
        description=f"Where are we with each principle of the {charter.title}? A conversation, not an exam.",
        html=renderer.page("practice/self_assessment.html", charter, addresses.SELF_ASSESSMENT, shown=shown),
        unsearched=renderer.page(
            "practice/self_assessment_form.html",
            charter,
            addresses.SELF_ASSESSMENT,
            principles=principles,
            known=known(shown),
            levels=LEVELS,
            fields=FIELDS,
            longest=LONGEST,
            scripts=[f"assets/javascripts/assessment/{name}.js" for name in SCRIPTS],
            schema=SCHEMA,
        ),
        kind="self-assessment",
        breadcrumbs=(PRACTICE_CRUMB,),
        footer=shown.label,
    )


def known(shown: CharterView) -> Mapping[str, Any]:
    """Return what the script of the page is told: which charter and version this is, the titles that the
    charter ever had, the fingerprint of the words of every principle in each version, under the id that the
    principle has now, and where to read what changed since; and the principles that are gone."""
    charter, release, history = shown.charter, shown.release, shown.history
    numbers = shown.numbers
    titles = [each.charter.title for each in history.releases] or [charter.title]
    living = {principle.id for _, principle in charter.principles()}
    return {
        "charter": charter.title,
        "titles": list(dict.fromkeys([*titles, charter.title])),
        "version": release.version if release else "draft",
        "called": shown.name[:1].upper() + shown.name[1:],
        "words": _words(charter, history),
        "versions": {
            each.version: {
                "day": day_in_words(each.date),
                "words": _words(each.charter, history),
                "changes": _changes(each, release),
            }
            for each in history.releases
        },
        "themes": [
            {
                "title": theme.title,
                "number": numbers[theme.id],
                "principles": [
                    {"id": each.id, "number": numbers[each.id], "title": each.title}
                    for each in theme.principles
                ],
            }
            for theme in charter.themes
        ],
        "renamed": {old: history.heir(old) for old in history.renamed if history.heir(old) in living},
        "gone": _gone(release) if release else {},
        "levels": [[each.id, each.name] for each in LEVELS],
        "fields": {each.id: each.name for each in FIELDS},
        "longest": LONGEST,
    }


def _words(charter: Charter, history: History) -> dict[str, str]:
    return {history.heir(each.id): number.fingerprint(charter, each) for _, each in charter.principles()}


def _changes(version: Release, current: Release | None) -> str:
    """Return the address, as the page links to it, of what changed from a version to the current one; '' for
    the current one itself."""
    if current is None or version.version == current.version:
        return ""
    return addresses.relative(
        addresses.compare_address(version.version, current.version), addresses.SELF_ASSESSMENT
    )


def _gone(release: Release) -> dict[str, dict[str, str]]:
    """Return what principles that are no longer part of the charter were called, and what says why."""
    return {
        each.id: {
            "title": each.title,
            "address": addresses.relative(
                addresses.principle_address_of(each.theme, each.id), addresses.SELF_ASSESSMENT
            ),
        }
        for each in release.retired
    }
