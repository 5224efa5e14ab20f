"""Findings → text, JSON or pull-request annotations."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from charterpress.model import Charter, Finding, Severity

WIDEST = 100
"""Columns of a source line that are shown; a longer one is cut around the place."""
TAB = "    "
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_GREEN, _PLAIN = "\x1b[32m", "\x1b[0m"
_COMMAND = "##["
ANNOTATIONS = 10
"""Annotations of one severity that the host shows for one step."""


# --- Text --------------------------------------------------------------------------------------------


def text(findings: Sequence[Finding], charter: Charter | None = None, *, colour: bool = False) -> str:
    """Findings for a person to read, with a summary in the last line; there is a newline at the end.
    `charter` is what the summary counts where there is no finding. With `colour` there are marks in it that a
    terminal shows as colours."""
    said = "".join(f"{_one(finding, colour=colour)}\n\n" for finding in findings)
    return said + summary(findings, charter) + "\n"


def _one(finding: Finding, *, colour: bool) -> str:
    place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
    kind, fix = f"{finding.severity}[{finding.rule}]", "fix:"
    if colour:
        kind, fix = f"{_COLOURS[finding.severity]}{kind}{_PLAIN}", f"{_GREEN}{fix}{_PLAIN}"
    lines = [f"{place}: {kind}: {visible(finding.message)}"]
    if finding.excerpt:
        source, caret = _cut(finding.excerpt, finding.column)
        number = f"  {finding.line}"
        lines += [f"{number} | {source}".rstrip(), f"{' ' * len(number)} | {' ' * caret}^"]
    lines.append(f"  {fix} {visible(finding.fix)}")
    return "\n".join(lines)


def summary(findings: Sequence[Finding], charter: Charter | None = None) -> str:
    """One sentence: how many findings of what severity there are in how many files, or that there is none."""
    if not findings:
        if charter is None:
            return "The charter is in order."
        principles = _count(sum(1 for _ in charter.principles()), "principle")
        return f"The charter is in order: {principles} in {_count(len(charter.themes), 'theme')}."
    counts = (
        (sum(1 for finding in findings if finding.severity is severity), severity.value)
        for severity in Severity
    )
    said = " and ".join(_count(number, name) for number, name in counts if number)
    return f"{said} in {_count(len({finding.path for finding in findings}), 'file')}."


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def visible(words: str) -> str:
    """`words` with every character that would hide, move or break the line as its code: <U+202E>. So is the
    bracket of a command that the host of a log obeys wherever in a line it stands (actions/runner,
    ActionCommand.cs)."""
    if words.isascii() and words.isprintable() and _COMMAND not in words:
        return words
    return "".join(_cells(words))


def _cells(words: str) -> list[str]:
    """Each character as it is shown."""
    cells = list(map(_shown, words))
    at = words.find(_COMMAND)
    while at >= 0:
        at += len(_COMMAND) - 1
        cells[at] = f"<U+{ord(words[at]):04X}>"
        at = words.find(_COMMAND, at)
    return cells


def _shown(character: str) -> str:
    if character == "\t":
        return TAB
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn"):
        return f"<U+{ord(character):04X}>"
    return character


def _cut(source: str, column: int) -> tuple[str, int]:
    """A source line as it is shown, at most `WIDEST` columns of it, and how far in the caret goes."""
    cells = _cells(source)
    widths = [sum(map(_width, cell)) for cell in cells]
    at = min(column - 1, len(cells))
    start, used = at, 0
    # About half of what fits stands before the place; what is left of the line decides the rest.
    after = min(sum(widths[at : at + WIDEST]), WIDEST // 2)
    while start > 0 and used + widths[start - 1] <= WIDEST - after:
        start -= 1
        used += widths[start]
    end, wide = at, used
    while end < len(cells) and wide + widths[end] <= WIDEST:
        wide += widths[end]
        end += 1
    before, behind = ("…" if start else ""), ("…" if end < len(cells) else "")
    return before + "".join(cells[start:end]) + behind, len(before) + sum(widths[start:at])


def _width(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


# --- JSON --------------------------------------------------------------------------------------------


def as_json(findings: Sequence[Finding]) -> str:
    """Findings for a program to read, in ASCII: an object with `errors` and `warnings` (how many) and
    `findings`, each with `path`, `line`, `column` (both from 1, in characters), `severity`, `rule`,
    `message`, `fix` and `excerpt`. Keys may be added; none is renamed or removed."""
    keys = ("path", "line", "column", "severity", "rule", "message", "fix", "excerpt")
    document = {
        "errors": sum(1 for finding in findings if finding.severity is Severity.ERROR),
        "warnings": sum(1 for finding in findings if finding.severity is Severity.WARNING),
        "findings": [{key: getattr(finding, key) for key in keys} for finding in findings],
    }
    return json.dumps(document, indent=2).replace(_COMMAND, "##\\u005b") + "\n"


# --- Pull-request annotations -------------------------------------------------------------------------


def github(
    findings: Sequence[Finding], charter: Charter | None = None, *, touched: Collection[str] = ()
) -> str:
    """Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull
    request. It shows ten of a kind: errors come first, within a severity those in `touched` files, and one
    line says how many more there are. The format: docs.github.com, “Workflow commands for GitHub Actions”."""
    lines = list(_annotations(findings, touched))
    return "\n".join([*lines, summary(findings, charter)]) + "\n"


def _annotations(findings: Sequence[Finding], touched: Collection[str]) -> Iterator[str]:
    left = []
    for severity in Severity:
        of_kind = [finding for finding in findings if finding.severity is severity]
        of_kind.sort(key=lambda finding: finding.path not in touched)
        for finding in of_kind[:ANNOTATIONS]:
            said = f"{visible(finding.message)}\nfix: {visible(finding.fix)}"
            place = f"file={_property(visible(finding.path))},line={finding.line},col={finding.column}"
            yield f"::{severity} {place},title={_property(finding.rule)}::{_data(said)}"
        if len(of_kind) > ANNOTATIONS:
            left.append(_count(len(of_kind) - ANNOTATIONS, f"more {severity}"))
    if left:
        yield f"::notice title=charter check::{' and '.join(left)}: run “charter check” to see them all"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
