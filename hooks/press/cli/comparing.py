"""`charter status` and `charter diff`: what changed between two texts, in words and as a redline."""

from __future__ import annotations

import argparse
import html
import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO

from press import number, redline, report
from press.check import check, compare, whole
from press.check.walk import nearest, say
from press.cli.command import CLEAN, FOUND, Command, count, errors, read
from press.errors import PressError, UsageError
from press.model import Change, Charter, Class, Edition, Finding, Release

DRAFT = "draft"
"""What `charter diff` calls the working text."""


# --- What both of them say ---------------------------------------------------------------------------


def titles(*charters: Charter) -> dict[str, str]:
    """What a person calls everything that can change, by id; the last charter's words count."""
    names: dict[str, str] = {}
    for charter in charters:
        numbers = number.numbers(charter)
        names |= {"charter": charter.title, "preamble": "Preamble"}
        names |= {theme.id: f"{numbers[theme.id]} {theme.title}" for theme in charter.themes}
        names |= {each.id: f"{numbers[each.id]} {each.title}" for _, each in charter.principles()}
    return names


def by_subject(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes under what they change, in their order."""
    subjects: dict[str, list[Change]] = {}
    for change in changes:
        subjects.setdefault(change.subject, []).append(change)
    return subjects


def as_values(change: Change) -> dict[str, str]:
    """A change as both commands write it in JSON."""
    return {
        "principle": change.subject,
        "field": change.field,
        "kind": change.kind,
        "class": change.class_,
        "before": change.before,
        "after": change.after,
        "because": change.because,
    }


def deciding(changes: Sequence[Change], names: Mapping[str, str], most: int = 5) -> list[str]:
    """The changes that decide the class, with the words that do: “2.1 Leave room: within a day”."""
    top = number.class_of(tuple(changes))
    said = [
        f"{names.get(change.subject, change.subject)}: {change.because or change.kind}"
        for change in changes
        if change.class_ is top
    ]
    return [*said[:most], f"and {len(said) - most} more"] if len(said) > most else said


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, indent=2) + "\n"


# --- status ------------------------------------------------------------------------------------------


def _status_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=STATUS_FORMATS,
        default="text",
        help="text for people (the default), markdown for a comment on a pull request, json for programs",
    )


def _status(options: argparse.Namespace, out: TextIO) -> int:
    """Compare the working text with the current version. 0 where nothing is in the way of a release, else 1."""
    edition = read(options)
    blocking = errors(check(edition))
    out.write(STATUS_FORMATS[options.format](edition, blocking))
    return FOUND if blocking else CLEAN


def _next(edition: Edition) -> tuple[tuple[Change, ...], Class, str | None]:
    """The changes since the current version, their class and the next version, None where there is none."""
    current, compared = edition.current, compare(edition)
    if current is None:
        return (), Class.COMMITMENT, "1.0.0"
    if compared is None:
        return (), Class.NONE, None
    class_ = number.decided(compared.changes, edition.notes)
    version = number.next_version(current.version, class_, consultation=current.consultation)
    return compared.changes, class_, version


def _status_json(edition: Edition, blocking: Sequence[Finding]) -> str:
    changes, class_, version = _next(edition)
    keys = ("path", "line", "column", "rule", "message", "fix")
    return _json(
        {
            "current": edition.current.version if edition.current else None,
            "next": version,
            "class": class_,
            "changes": [as_values(change) for change in changes],
            "blocking": [{key: getattr(finding, key) for key in keys} for finding in blocking],
            "sign_again": [],
        }
    )


def _status_text(edition: Edition, blocking: Sequence[Finding]) -> str:
    """For a terminal."""
    lines = [_opening(edition), ""]
    changes, names = _next(edition)[0], _names(edition)
    for subject, found in by_subject(changes).items():
        lines.append(names.get(subject, subject))
        lines += [f"  [{change.class_}] {redline.sentence(change, names)}" for change in found]
    lines += ["", *_outcome(edition, blocking)] if changes else _outcome(edition, blocking)
    lines += [
        f"  {finding.path}:{finding.line}: {finding.rule}: {finding.message}\n    fix: {finding.fix}"
        for finding in blocking
    ]
    return "\n".join(report.visible(line) for line in "\n".join(lines).split("\n")) + "\n"


def _status_markdown(edition: Edition, blocking: Sequence[Finding]) -> str:
    """For a comment on a pull request; no words of the charter can be taken for marks."""
    lines = [f"**{_escaped(_opening(edition))}**", ""]
    changes, names = _next(edition)[0], _names(edition)
    for subject, found in by_subject(changes).items():
        lines += [f"### {_escaped(names.get(subject, subject))}", ""]
        lines += [f"- *{change.class_}*: {_escaped(redline.sentence(change, names))}" for change in found]
        lines.append("")
    first, *more = _outcome(edition, blocking)
    lines += [_escaped(first), "", *(f"- {_escaped(line.strip())}" for line in more)]
    lines += [
        f"- `{finding.path}`, line {finding.line}: {_escaped(finding.message)} *Fix:* {_escaped(finding.fix)}"
        for finding in blocking
    ]
    return "\n".join(lines).rstrip() + "\n"


STATUS_FORMATS: dict[str, Callable[[Edition, Sequence[Finding]], str]] = {
    "text": _status_text,
    "markdown": _status_markdown,
    "json": _status_json,
}


def _names(edition: Edition) -> dict[str, str]:
    charters = [edition.current.charter if edition.current else None, edition.charter]
    return titles(*(charter for charter in charters if charter))


def _opening(edition: Edition) -> str:
    """Where the charter stands."""
    title, current = edition.charter.title if edition.charter else edition.root, edition.current
    if current is None:
        return f"{title}: no version has been released yet."
    kind = "draft for consultation" if current.consultation else "version"
    since = f"{title}: the current {kind} is {current.version} of {current.date}"
    if compare(edition) is None:
        return f"{since}. The working text cannot be compared with it until it can be read."
    changes = _next(edition)[0]
    return f"{since}, and the working text says the same." if not changes else (
        f"{since}. {count(len(changes), 'change')} since then:"
    )


def _outcome(edition: Edition, blocking: Sequence[Finding]) -> list[str]:
    """What the changes come to: the class and what decided it, the next version, and what is in its way."""
    changes, class_, version = _next(edition)
    lines = []
    if changes and class_ is not Class.NONE:
        computed = number.class_of(changes)
        lowered = f" (lowered from {computed} by a note with two approvals)" if computed.rank > class_.rank else ""
        lines.append(f"The class of these changes is {class_}{lowered}; it was decided by:")
        lines += [f"  {said}" for said in deciding(changes, _names(edition))]
    flags = "" if edition.current and not edition.current.consultation else " --first"
    if blocking:
        next_is = f"The next version will be {version}. " if version else ""
        return [*lines, f"{next_is}{count(len(blocking), 'error')} in the way of a release:"]
    if version:
        return [*lines, f"Nothing is in the way of version {version}: charter release{flags}"]
    return [*lines, "There is nothing to release."]


def _escaped(words: str) -> str:
    """`words` as Markdown that shows just them."""
    marked = "".join(f"\\{character}" if character in "\\`*_[]<>#|~&!$" else character for character in words)
    return marked.replace("@", "@\u200b").replace("\n", " ")


STATUS = Command(
    about="say what changed since the current version, its class, the next version and what is in its way",
    example="charter status --format markdown",
    options=_status_options,
    run=_status,
)


# --- diff --------------------------------------------------------------------------------------------


def _diff_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="A", help=f"a version, or “{DRAFT}” for the working text")
    parser.add_argument("new", metavar="B", help="another one")
    parser.add_argument(
        "--format",
        choices=DIFF_FORMATS,
        default="text",
        help="text for a terminal (the default), markdown, html, or json for programs",
    )


def _diff(options: argparse.Namespace, out: TextIO) -> int:
    """Show what changed from one text to another."""
    edition = read(options)
    old, new = (_charter(edition, name) for name in (options.old, options.new))
    changes = number.changes(old, new, _notes(edition, options.new))
    colour = out.isatty() and not os.environ.get("NO_COLOR")
    show = DIFF_FORMATS[options.format]
    out.write(show(changes, titles(old, new), (options.old, options.new), colour))
    return CLEAN


def _charter(edition: Edition, name: str) -> Charter:
    """The text that a person calls `name`. Raises UsageError where there is none, PressError where it cannot
    be read."""
    if name == DRAFT:
        if edition.charter is None or not whole(edition):
            raise PressError("the working text cannot be read as a whole: run “charter check”")
        return edition.charter
    found = _release(edition, name)
    if found is None:
        known = [*(release.version for release in edition.releases), DRAFT]
        near = nearest(name, known)
        hint = f"do you mean {say(near)}?" if near else f"there is {', '.join(map(say, known))}"
        raise UsageError(f"there is no version {say(name)}: {hint}")
    return found.charter


def _release(edition: Edition, name: str) -> Release | None:
    return next((release for release in edition.releases if release.version == name), None)


def _notes(edition: Edition, name: str):
    found = _release(edition, name)
    return found.notes if found else edition.notes


def _diff_text(changes, names, ends, colour) -> str:
    lines = [_count(changes, ends), ""]
    for subject, found in by_subject(changes).items():
        lines += [names.get(subject, subject), ""]
        for change in found:
            lines.append(f"  [{change.class_}] {redline.sentence(change, names)}")
            if shown := redline.text(change.before, change.after, colour=colour):
                lines += [f"    {line}" for line in shown.splitlines()]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _count(changes: Sequence[Change], ends: tuple[str, str]) -> str:
    old, new = ends
    if not changes:
        return f"{old} and {new} say the same."
    return f"{count(len(changes), 'change')} from {old} to {new}, of the class {number.class_of(tuple(changes))}."


DIFF_FORMATS: dict[str, Callable[..., str]] = {"text": _diff_text}

DIFF = Command(
    about="show what changed between two versions, or between one and the working text",
    example="charter diff 1.0.0 draft",
    options=_diff_options,
    run=_diff,
)
