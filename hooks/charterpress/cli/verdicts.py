"""Verdicts on filled-in forms → text for a terminal or a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from charterpress.checks.queries import quote
from charterpress.cli.describe import json_document
from charterpress.editing.sign_up.answers import (
    Report,
    answer_markdown,
    reason_line,
    summary,
    unnamed,
    wave_lines,
)
from charterpress.editing.sign_up.intake import WRITTEN, Outcome, Reason
from charterpress.text.escape import escape_controls
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_WORDS = {
    # Translators: what became of a form that was read, at the start of a line.
    Outcome.NEW: N_("wrote"),
    Outcome.LISTED: N_("there"),
    Outcome.HELD: N_("held"),
    Outcome.ASKED: N_("ask"),
    Outcome.REFUSED: N_("refused"),
}
_NAMED = {
    Outcome.RE_SIGNED: N_("{name} signs again"),
    Outcome.CORRECTED: N_("{name} is corrected"),
    Outcome.WITHDRAWN: N_("{name} withdraws"),
    Outcome.REPORTED: N_("{name} reports"),
}


def _text(report: Report) -> str:
    """For a terminal: a line for each form, followed by its errors and warnings."""
    lines = []
    for each in report.reading.reasons:
        line = reason_line(each)
        row = _("row {number}: {reason}").format(number=each.row, reason=line)
        lines.append(row if each.row else line)
    new = _("would write") if report.dry else _("wrote")
    words = {each: _(word) for each, word in _WORDS.items()} | dict.fromkeys(WRITTEN, new)
    for verdicts in report.waves:
        lines += wave_lines(verdicts)
    for verdict in report.single:
        place = f"{verdict.form.place}, " if verdict.form.place else ""
        name = quote(verdict.name) if verdict.name else unnamed()
        name = _(_NAMED[verdict.outcome]).format(name=name) if verdict.outcome in _NAMED else name
        path = f": {report.root}/{verdict.path}" if verdict.path else ""
        lines.append(f"{words[verdict.outcome]:<11}  {place}{name}{path}")
        lines += [f"  {reason_line(reason)}" for reason in verdict.reasons]
        lines += [_("  accept it first: {reason}").format(reason=reason_line(each)) for each in verdict.asked]
        for note in verdict.notes:
            lines.append(_("  look at it: {reason}").format(reason=reason_line(note)))
            lines += [f"    {label}: {mine or '-'} | {other or '-'}" for label, mine, other in note.beside]
        lines += [
            _("  not read, line {number}: {words}").format(number=number, words=quote(line))
            for number, line in verdict.form.unread
        ]
    named = report.reading.kind in ("folder", "mbox")  # with the file or message that they are about
    lines += ["", *(f"{each if named else each[:1].upper() + each[1:]}." for each in report.reading.notices)]
    if report.rest:
        lines.append(_("What was not taken in, and why, is in {file}.").format(file=report.rest))
    return "".join(f"{escape_controls(line)}\n" for line in [*lines, summary(report)])


def _json(report: Report) -> str:
    """For a program; `reasons` are what is wrong with the file as a whole, `forms` what was made of each."""
    return json_document(
        "sign",
        {
            "kind": report.reading.kind,
            "dry_run": report.dry,
            "written": 0 if report.dry else len(report.of(*WRITTEN)),
            "listed": len(report.of(Outcome.LISTED)),
            "held": len(report.of(Outcome.HELD)),
            "refused": len(report.of(Outcome.REFUSED)),
            "asked": len(report.of(Outcome.ASKED)),
            "notices": list(report.reading.notices),
            "rest": report.rest,
            "reasons": _reasons(report.reading.reasons),
            "forms": [
                {
                    "row": each.form.row,
                    "source": each.form.source,
                    "request": each.request,
                    "name": each.name,
                    "verdict": each.outcome,
                    "file": f"{report.root}/{each.path}" if each.path else "",
                    "reasons": _reasons(each.reasons),
                    "notes": _reasons(each.notes),
                    "asked": _reasons(each.asked),
                    "unread": [{"line": number, "text": words} for number, words in each.form.unread],
                }
                for each in report.verdicts
            ],
        },
    )


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    keys = ("label", "row", "line", "rule", "message", "fix")
    return [{key: getattr(each, key) for key in keys} for each in reasons]


FORMATS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "markdown": answer_markdown}
