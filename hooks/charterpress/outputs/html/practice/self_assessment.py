"""A charter and its versions → what the page shows on which a team looks at itself, principle by principle.

All of it works in the reader's browser (outputs/html/scripts/assessment/), which is told here what
binds in each version: an answer stays for as long as the words do that it was given to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from charterpress.editing.report import LEVELS
from charterpress.editing.sign_up.report_lines import MAX_WORDS, answer_choices
from charterpress.model import Charter, Release
from charterpress.outputs.words import titled, word_lists
from charterpress.text.dates import day_in_words
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.edition_view import CharterView
from charterpress.views.history import History

SCHEMA = addresses.schema_address("assessment-1.schema.json")
"""What describes the files that the page writes."""
SCRIPTS = ("main", "answers", "compare", "element", "file", "report")
"""The modules of its script, the first of which imports the others."""
LONGEST = 4000
"""How many characters an answer may have; the schema says so too."""


class Level(NamedTuple):
    """How far a principle has come to life: the name that files give it, its words, and what they mean."""

    id: str
    name: str
    meaning: str


class Field(NamedTuple):
    """A question about a principle with an answer in words, with `lines` to write on."""

    id: str
    name: str
    hint: str
    lines: int


_WORDS = word_lists("self-assessment.md")
_LINES = {"shows": 3, "helps": 2, "hinders": 2, "next": 2, "whom": 1, "when": 1}


def levels() -> tuple[Level, ...]:
    """Return the answers to choose from, from first to last, in the language in use."""
    answers = zip(LEVELS, map(titled, _WORDS["Answers"]), strict=True)
    return tuple(Level(id, _(name), _(meaning)) for id, (name, meaning) in answers)


def fields() -> tuple[Field, ...]:
    """Return the questions about a principle, in the language in use."""
    questions = zip(_LINES.items(), map(titled, _WORDS["Questions"]), strict=True)
    return tuple(Field(id, _(name), _(hint), lines) for (id, lines), (name, hint) in questions)


def assessment_values(shown: CharterView) -> dict[str, Any] | None:
    """Return what the template shows; None for a charter without a principle."""
    principles = [principle for _, principle in shown.charter.principles()]
    return (
        {
            "principles": principles,
            "known": known(shown),
            "levels": levels(),
            "fields": fields(),
            "longest": LONGEST,
            "scripts": [f"assets/javascripts/assessment/{name}.js" for name in SCRIPTS],
            "schema": SCHEMA,
            "maker": report_maker(shown),
        }
        if principles
        else None
    )


def report_maker(shown: CharterView) -> dict[str, Any] | None:
    """Return what the page is told to make a report of an assessment: the versions that ask for reports, the
    newest first, with their principles; None where there is none. Titles of the current version are in the
    language of the page."""
    history = shown.history.original
    asking = [each for each in reversed(history.releases) if each.charter.reporting and not each.consultation]
    if not asking or not shown.release:
        return None
    titles = {each.id: each.title for _theme, each in shown.charter.principles()}
    current = shown.release.version
    return {
        "sign": _from_page(addresses.SIGN),
        "answers": [[str(answer), name] for answer, name in answer_choices()],
        "nearest": {level: str(answer) for level, answer in LEVELS.items()},
        "most": MAX_WORDS,
        "versions": [
            {
                "version": each.version,
                "address": _from_page(addresses.version_address(each.version)),
                "principles": [
                    [
                        one.id,
                        history.heir(one.id),
                        titles.get(one.id, one.title) if each.version == current else one.title,
                    ]
                    for _theme, one in each.charter.principles()
                ],
            }
            for each in asking
        ],
    }


def known(shown: CharterView) -> Mapping[str, Any]:
    """Return what the script of the page is told: which charter and version this is, the titles that the
    charter ever had, the fingerprint of the words of every principle in each version, under the id that the
    principle has now, and where to read what changed since; and the principles that are gone. In another
    language than the charter's own, `shown` is its title there."""
    charter, release, history, numbers = shown.charter, shown.release, shown.history, shown.numbers
    # Files and what a browser keeps are the same in every language: they go by the text that was translated.
    original = history.original
    source = original.current.charter if release and original.current else charter
    titles = [each.charter.title for each in original.releases] or [source.title]
    living = {principle.id for _, principle in charter.principles()}
    return {
        "charter": source.title,
        **({"shown": charter.title} if charter.title != source.title else {}),
        "titles": list(dict.fromkeys([*titles, source.title])),
        "version": release.version if release else "draft",
        "called": shown.name[:1].upper() + shown.name[1:],
        "words": _fingerprints(source, original),
        "versions": {
            each.version: {
                "day": day_in_words(each.date),
                "words": _fingerprints(each.charter, original),
                "changes": _changes(each, history.current),
            }
            for each in original.releases
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
        "gone": {
            each.id: {
                "title": each.title,
                "address": _from_page(addresses.principle_address_of(each.theme, each.id)),
            }
            for each in (release.retired if release else ())
        },
        "levels": [[each.id, each.name] for each in levels()],
        "fields": {each.id: each.name for each in fields()},
        "longest": LONGEST,
    }


def _fingerprints(charter: Charter, history: History) -> dict[str, str]:
    return {history.heir(each.id): number.fingerprint(charter, each) for _, each in charter.principles()}


def _changes(version: Release, current: Release | None) -> str:
    """Return the address of what changed from a version to the current one; '' for the current one itself."""
    if current is None or version.version == current.version:
        return ""
    return _from_page(addresses.compare_address(version.version, current.version))


def _from_page(address: str) -> str:
    return addresses.relative(address, addresses.SELF_ASSESSMENT)
