"""Findings → text, JSON or pull-request annotations."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from charterpress.model import Charter, Finding, Severity
from charterpress.text.escape import (
    LOG_COMMAND,
    escape_annotation,
    escape_annotation_property,
    escape_character,
    escape_controls,
)
from charterpress.text.interface import N_, join_list, ngettext, number
from charterpress.text.interface import gettext as _

MAX_WIDTH = 100
"""Columns of a source line that are shown; a longer one is cut around the place."""
MAX_DENSITY = 4
"""Characters that are shown for each of these columns: letters with marks on them take several for one."""
MAX_EXCERPT = 500
"""Characters of a source line that a program is told."""
MAX_PER_RULE = 20
"""Findings of one rule in one file that are shown; of more, only the number is told."""
MAX_ANNOTATIONS = 10
"""Annotations of one severity that the host shows for one step."""
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}
_GREEN, _PLAIN = "\x1b[32m", "\x1b[0m"


# --- How many are shown -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Omitted:
    """How many findings of one rule in one file are not shown, and its severity."""

    path: str
    rule: str
    severity: Severity
    count: int


def limit_per_rule(findings: Iterable[Finding]) -> tuple[Finding | Omitted, ...]:
    """Return the first `MAX_PER_RULE` findings of each rule in each file, in their order. The last of them is
    followed by an `Omitted` that counts the others."""
    findings = tuple(findings)
    totals = Counter((each.path, each.rule) for each in findings)
    counts: Counter[tuple[str, str]] = Counter()
    shown: list[Finding | Omitted] = []
    for finding in findings:
        path, rule = key = (finding.path, finding.rule)
        counts[key] += 1
        if counts[key] <= MAX_PER_RULE:
            shown.append(finding)
        if counts[key] == MAX_PER_RULE < totals[key]:
            rest = totals[key] - MAX_PER_RULE
            shown.append(Omitted(path=path, rule=rule, severity=finding.severity, count=rest))
    return tuple(shown)


# --- Text --------------------------------------------------------------------------------------------


def format_text(findings: Sequence[Finding], charter: Charter | None = None, *, colour: bool = False) -> str:
    """Findings for a person to read, with a summary in the last line; there is a newline at the end. Of one
    rule in one file `MAX_PER_RULE` are shown, and one line says how many more there are.
    `charter` is what the summary counts where there is no finding. With `colour` there are marks in it that a
    terminal shows as colours."""
    parts = [_one(each, colour=colour) for each in limit_per_rule(findings)]
    return "\n\n".join([*parts, summary(findings, charter)]) + "\n"


def _one(finding: Finding | Omitted, *, colour: bool) -> str:
    kind, fix = f"{_(_SEVERITIES[finding.severity])}[{finding.rule}]", _("fix:")
    if colour:
        kind, fix = f"{_COLOURS[finding.severity]}{kind}{_PLAIN}", f"{_GREEN}{fix}{_PLAIN}"
    path = escape_controls(finding.path)
    if isinstance(finding, Omitted):
        more = ngettext("and {count} more", "and {count} more", finding.count)
        return f"{path}: {kind}: {more.format(count=number(finding.count))}"
    lines = [f"{path}:{finding.line}:{finding.column}: {kind}: {escape_controls(finding.message)}"]
    if finding.excerpt:
        source, caret = _cut(finding.excerpt, finding.column)
        margin = f"  {finding.line}"
        lines += [f"{margin} | {source}".rstrip(), f"{' ' * len(margin)} | {' ' * caret}^"]
    lines.append(f"  {fix} {escape_controls(finding.fix)}")
    return "\n".join(lines)


def summary(findings: Sequence[Finding], charter: Charter | None = None) -> str:
    """One sentence: how many findings of what severity there are in how many files, or that there is none."""
    if not findings:
        if charter is None:
            return _("The charter is in order.")
        count = sum(1 for _each in charter.principles())
        principles = ngettext("{count} principle", "{count} principles", count)
        themes = ngettext("{count} theme", "{count} themes", len(charter.themes))
        return _("The charter is in order: {principles} in {themes}.").format(
            principles=principles.format(count=number(count)),
            themes=themes.format(count=number(len(charter.themes))),
        )
    counts = Counter(finding.severity for finding in findings)
    parts = [_count(counts[severity], severity) for severity in Severity if counts[severity]]
    files = len({finding.path for finding in findings})
    # Translators: {findings} are errors and warnings, such as: 2 errors and 1 warning
    message = ngettext("{findings} in {count} file.", "{findings} in {count} files.", files)
    return message.format(findings=join_list(parts), count=number(files))


def _count(count: int, severity: Severity) -> str:
    if severity is Severity.ERROR:
        message = ngettext("{count} error", "{count} errors", count)
    else:
        message = ngettext("{count} warning", "{count} warnings", count)
    return message.format(count=number(count))


def _count_omitted(count: int, severity: Severity) -> str:
    if severity is Severity.ERROR:
        message = ngettext("{count} more error", "{count} more errors", count)
    else:
        message = ngettext("{count} more warning", "{count} more warnings", count)
    return message.format(count=number(count))


def _cut(source: str, column: int) -> tuple[str, int]:
    """A source line as it is shown, at most `MAX_WIDTH` columns of it, and how far in the caret goes. However
    long the line is, only what is shown of it is looked at."""
    at = min(column - 1, len(source))
    after = list(_fitting(source, range(at, len(source)), MAX_WIDTH))
    # About half of what fits stands before the place; what is left of the line decides the rest.
    kept = min(sum(map(_width, after)), MAX_WIDTH // 2)
    before = list(_fitting(source, range(at - 1, -1, -1), MAX_WIDTH - kept))[::-1]
    caret = sum(map(_width, before))
    after = list(_fitting(source, range(at, len(source)), MAX_WIDTH - caret))
    cut, rest = ("…" if len(before) < at else ""), ("…" if at + len(after) < len(source) else "")
    return cut + "".join(before) + "".join(after) + rest, len(cut) + caret


def _fitting(source: str, places: Iterable[int], room: int) -> Iterator[str]:
    """Yield the characters at `places` as they are shown, as long as they fit into `room` columns. Marks that
    take none fit too, but no more of all than `MAX_DENSITY` for each column."""
    for count, at in enumerate(places):
        cell = escape_character(source, at)
        room -= _width(cell)
        if room < 0 or count >= MAX_WIDTH * MAX_DENSITY:
            return
        yield cell


def _width(shown: str) -> int:
    """How many columns of a terminal characters take."""
    spacing = (
        each
        for each in shown
        if not unicodedata.combining(each) and unicodedata.category(each) not in ("Mn", "Me")
    )
    return sum(2 if unicodedata.east_asian_width(each) in ("W", "F") else 1 for each in spacing)


# --- JSON --------------------------------------------------------------------------------------------


def format_json(findings: Sequence[Finding]) -> str:
    """Findings for a program to read, in ASCII: the values of `json_values`, after their `format`."""
    return json_text({"format": "charter-check-1", **json_values(findings)})


def json_text(document: Mapping[str, object]) -> str:
    """A document in JSON, of which no line is a command to the host's log."""
    return json.dumps(document, indent=2).replace(LOG_COMMAND, "##\\u005b") + "\n"


def json_values(findings: Sequence[Finding]) -> dict[str, object]:
    """Findings for a program to read: an object with `errors` and `warnings` (how many there are),
    `findings`, each with `path`, `line`, `column` (both from 1, in characters), `severity`, `rule`,
    `message`, `fix` and `excerpt`, and `left_out`: of one rule in one file `findings` has the first
    `MAX_PER_RULE`, and this the `count` of the others by `path` and `rule`. An `excerpt` is the line from
    its column `excerpt_column` on: the whole of it, or, if it is longer, `MAX_EXCERPT` characters around the
    place. Keys may be added; none is renamed or removed."""
    shown, counts = limit_per_rule(findings), Counter(finding.severity for finding in findings)
    omitted = [each for each in shown if isinstance(each, Omitted)]
    return {
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "findings": [_object(each) for each in shown if isinstance(each, Finding)],
        "left_out": [{"path": each.path, "rule": each.rule, "count": each.count} for each in omitted],
    }


def _object(finding: Finding) -> dict[str, object]:
    keys = ("path", "line", "column", "severity", "rule", "message", "fix")
    start = min(max(finding.column - 1 - MAX_EXCERPT // 2, 0), max(len(finding.excerpt) - MAX_EXCERPT, 0))
    return {
        **{key: getattr(finding, key) for key in keys},
        "excerpt": finding.excerpt[start : start + MAX_EXCERPT],
        "excerpt_column": start + 1,
    }


# --- Pull-request annotations -------------------------------------------------------------------------


def format_annotations(
    findings: Sequence[Finding], charter: Charter | None = None, *, touched: Collection[str] = ()
) -> str:
    """Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull
    request. It shows ten of a kind: errors come first, within a severity those in `touched` files, and one
    line says how many more there are. The format: docs.github.com, “Workflow commands for GitHub Actions”."""
    lines: list[str] = []
    omitted = []
    for severity in Severity:
        of_severity = [finding for finding in findings if finding.severity is severity]
        of_severity.sort(key=lambda finding: finding.path not in touched)
        lines += map(_annotation, of_severity[:MAX_ANNOTATIONS])
        if len(of_severity) > MAX_ANNOTATIONS:
            omitted.append(_count_omitted(len(of_severity) - MAX_ANNOTATIONS, severity))
    if omitted:
        more = _("{findings}: run “charter check” to see more").format(findings=join_list(omitted))
        lines.append(f"::notice title=charter check::{more}")
    return "\n".join([*lines, summary(findings, charter)]) + "\n"


def _annotation(finding: Finding) -> str:
    message = f"{escape_controls(finding.message)}\n{_('fix:')} {escape_controls(finding.fix)}"
    file = escape_annotation_property(escape_controls(finding.path))
    place = f"file={file},line={finding.line},col={finding.column}"
    title = escape_annotation_property(finding.rule)
    return f"::{finding.severity} {place},title={title}::{escape_annotation(message)}"
