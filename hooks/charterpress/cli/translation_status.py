"""How far translations are, for a terminal, a comment and a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from charterpress.cli.describe import subject_names
from charterpress.model import Class, Edition
from charterpress.text.escape import escape_markdown
from charterpress.text.interface import N_, join_list, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as shown_number
from charterpress.text.languages import own_name
from charterpress.versions.translations import Progress, State, UnitState

STANDINGS = {"binding": N_("binding"), "courtesy": N_("courtesy")}
"""What the text in a language counts for, as people read it."""
MAX_NAMED = 20
"""Out-of-date promises of a language that are named; “charter translate --format json” names all."""
MAX_WORDS = 80
"""Characters of one that are quoted."""


def count_sentence(now: Progress, edition: Edition) -> str:
    """Say how many units of a translation are up to date, and how many are not and why."""
    charter = edition.charter
    standing = dict(charter.languages).get(now.language, "") if charter else ""
    name = f"{own_name(now.language)} ({now.language})"
    if standing:
        name = _("{language}, {standing}").format(language=name, standing=_(STANDINGS[standing]))
    total, current = len(now.units), len(now.of(State.CURRENT))
    if total == current:
        text = ngettext(
            "{language}: the one passage is up to date",
            "{language}: all {count} passages are up to date",
            total,
        )
        return text.format(language=name, count=shown_number(total))
    sentence = _("{language}: {current} of {total} passages are up to date").format(
        language=name, current=shown_number(current), total=shown_number(total)
    )
    return f"{sentence}; {join_list([*_behind(now)])}"


def _behind(now: Progress) -> Iterator[str]:
    """What is not up to date, by kind."""
    count = len(now.of(State.OUTDATED, Class.COMMITMENT))
    if count:
        text = ngettext(
            "{count} is out of date by what binds", "{count} are out of date by what binds", count
        )
        yield text.format(count=shown_number(count))
    count = len(now.of(State.OUTDATED, Class.GUIDANCE))
    if count:
        text = ngettext("{count} by other words", "{count} by other words", count)
        yield text.format(count=shown_number(count))
    count = len(now.of(State.OUTDATED, Class.EDITORIAL, Class.NONE))
    if count:
        text = ngettext("{count} by punctuation or layout", "{count} by punctuation or layout", count)
        yield text.format(count=shown_number(count))
    count = len(now.of(State.UNSURE))
    if count:
        text = ngettext("{count} is marked as unfinished", "{count} are marked as unfinished", count)
        yield text.format(count=shown_number(count))
    count = len(now.of(State.MISSING))
    if count:
        text = ngettext("{count} is not translated", "{count} are not translated", count)
        yield text.format(count=shown_number(count))


def stale_promises(now: Progress) -> tuple[UnitState, ...]:
    """Return the units in which what binds has changed since they were translated."""
    return now.of(State.OUTDATED, Class.COMMITMENT)


def unit_name(state: UnitState, names: Mapping[str, str]) -> str:
    """Return what a unit is called: the principle or theme that it is in, with its number."""
    owner, _dot, rest = state.unit.id.partition(".")
    if owner == "sections":
        return names["charter"]
    return names.get(owner, names["charter"]) if rest else names["charter"]


def progress_lines(now: Progress, edition: Edition) -> list[str]:
    """Return the lines for a terminal: the counts, and each promise that is out of date by its name."""
    names = subject_names(edition.charter) if edition.charter else {}
    lines = [f"{count_sentence(now, edition)}."]
    stale = stale_promises(now)
    lines += [
        f"  [{each.class_}] {unit_name(each, names)}: “{_short(each.unit.words)}”"
        for each in stale[:MAX_NAMED]
    ]
    if len(stale) > MAX_NAMED:
        more = len(stale) - MAX_NAMED
        lines.append(
            "  " + ngettext("and {count} more", "and {count} more", more).format(count=shown_number(more))
        )
    return lines


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1].rstrip()}…"


def status_lines(translated: Sequence[Progress], edition: Edition) -> list[str]:
    """Return the lines about all translations, with a heading; [] where there are none."""
    if not translated:
        return []
    lines = [_("Translations:")]
    for each in translated:
        lines += [f"  {line}" for line in progress_lines(each, edition)]
    return lines


def status_markdown(translated: Sequence[Progress], edition: Edition) -> list[str]:
    """Return the same as Markdown, one block a line, with the charter's words escaped."""
    lines: list[str] = []
    for each in translated:
        first, *others = progress_lines(each, edition)
        lines.append(f"- {escape_markdown(first)}")
        lines += [f"  - {escape_markdown(line.strip())}" for line in others]
    return lines


def progress_values(now: Progress, edition: Edition) -> dict[str, object]:
    """Return how far a translation is, as JSON values: how many units are in each state, and those that are
    out of date with the class of what changed."""
    listed = dict(edition.charter.languages) if edition.charter else {}
    return {
        "language": now.language,
        "standing": listed.get(now.language),
        "units": len(now.units),
        **{state.value: len(now.of(state)) for state in State},
        "changed": [
            {
                "unit": each.unit.id,
                "class": each.class_,
                "source": each.unit.words,
                "made_from": each.made_from,
                "text": each.text,
            }
            for each in now.of(State.OUTDATED)
        ],
    }
