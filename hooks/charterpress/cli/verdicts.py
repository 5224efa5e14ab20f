"""Verdicts on filled-in forms → text for a terminal, a program, and whoever filled them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from charterpress.checks.queries import quote
from charterpress.cli.command import pluralise
from charterpress.cli.describe import json_document
from charterpress.editing.sign_up import FIELDS, Outcome, Reading, Reason, Verdict
from charterpress.text.escape import escape_controls, escape_markdown

MAX_SHOWN = 40
"""Forms of one kind that an answer as Markdown shows; of more, only the number is told."""
MAX_COMMENT = 60_000
"""Characters of an answer as Markdown. The host takes 65,536 for a comment."""
_UNNAMED = "an organisation without a name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What `charter sign` reports: the charter's folder as shown, what was read, the verdicts, and whether
    this is a dry run. `posted` says that the sender can edit the form where it was posted."""

    root: str
    reading: Reading
    verdicts: tuple[Verdict, ...]
    dry: bool
    posted: bool

    @property
    def writes(self) -> dict[str, bytes]:
        """The files to write, by their paths in the charter's folder."""
        return {each.path: each.data for each in self.of(Outcome.NEW)}

    @property
    def clean(self) -> bool:
        """Whether every form became a file."""
        return bool(self.verdicts) and all(each.outcome is Outcome.NEW for each in self.verdicts)

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The verdicts with `outcome`."""
        return tuple(each for each in self.verdicts if each.outcome is outcome)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(("?", ".")) else ".")


# --- For a terminal ----------------------------------------------------------------------------------


def _text(report: Report) -> str:
    """Return a line for each form, followed by its errors and warnings."""
    lines = [f"row {each.row}: {_line(each)}" if each.row else _line(each) for each in report.reading.reasons]
    for verdict in report.verdicts:
        lines.append(f"{_outcome_word(report, verdict):<11}  {_subject(report, verdict)}")
        lines += [f"  {_line(reason)}" for reason in verdict.reasons]
        lines += [f"  look at it: {_line(note)}" for note in verdict.notes]
        lines += [f"  not read, line {number}: {quote(words)}" for number, words in verdict.form.unread]
    return "".join(f"{escape_controls(line)}\n" for line in [*lines, "", _summary(report)])


def _outcome_word(report: Report, verdict: Verdict) -> str:
    if verdict.outcome is Outcome.NEW:
        return "would write" if report.dry else "wrote"
    return "there" if verdict.outcome is Outcome.LISTED else "refused"


def _subject(report: Report, verdict: Verdict) -> str:
    row = f"row {verdict.form.row}, " if verdict.form.row else ""
    name = quote(verdict.name) if verdict.name else _UNNAMED
    return f"{row}{name}" + (f": {report.root}/{verdict.path}" if verdict.path else "")


def _line(reason: Reason) -> str:
    place = [f"line {reason.line}"] if reason.line else []
    label = [quote(reason.label)] if reason.label else []
    before = f"{', '.join([*place, *label])}: " if place or label else ""
    return f"{before}{reason.message}; {reason.fix}"


def _summary(report: Report) -> str:
    """Return the number of forms with each outcome, in a sentence."""
    new, there, refused = (len(report.of(each)) for each in (Outcome.NEW, Outcome.LISTED, Outcome.REFUSED))
    if not report.verdicts:
        return "Nothing was written."
    written = "would be written" if report.dry else "written"
    numbers = ((new, written), (there, "on the list already"), (refused, "refused"))
    said = ", ".join(f"{number:,} {what}" for number, what in numbers if number)
    return f"{pluralise(len(report.verdicts), 'form')} read: {said}."


# --- For a program -----------------------------------------------------------------------------------


def _json(report: Report) -> str:
    """Return an object with `kind`, `dry_run`, `written`, `listed` and `refused` (how many), `reasons` (what
    is wrong with the file as a whole) and `forms`, each with `row`, `name`, `verdict`, `file`, `reasons`,
    `notes` and `unread`. A reason has `label`, `row`, `line`, `rule`, `message` and `fix`."""
    return json_document(
        {
            "kind": report.reading.kind,
            "dry_run": report.dry,
            "written": 0 if report.dry else len(report.of(Outcome.NEW)),
            "listed": len(report.of(Outcome.LISTED)),
            "refused": len(report.of(Outcome.REFUSED)),
            "reasons": _reasons(report.reading.reasons),
            "forms": [
                {
                    "row": each.form.row,
                    "name": each.name,
                    "verdict": each.outcome,
                    "file": f"{report.root}/{each.path}" if each.path else "",
                    "reasons": _reasons(each.reasons),
                    "notes": _reasons(each.notes),
                    "unread": [{"line": number, "text": words} for number, words in each.form.unread],
                }
                for each in report.verdicts
            ],
        }
    )


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    keys = ("label", "row", "line", "rule", "message", "fix")
    return [{key: getattr(each, key) for key in keys} for each in reasons]


# --- For whoever filled the form in ------------------------------------------------------------------


def _markdown(report: Report) -> str:
    """Return an answer to a person, in which no word of the form acts; at most `MAX_COMMENT` characters."""
    if len(report.verdicts) == 1 and not report.verdicts[0].form.row:
        lines = _answer(report, report.verdicts[0])
    elif report.verdicts:
        lines = _answers(report)
    else:
        lines = _unreadable(report)
    said = "\n".join(lines).rstrip() + "\n"
    if len(said) <= MAX_COMMENT:
        return said
    return said[:MAX_COMMENT].rpartition("\n")[0] + "\n\n*The rest does not fit in here.*\n"


_EDIT = (
    "To mend it, edit your form: open the menu “…” at its top right, choose **Edit**, change the answers, "
    "and save. It is read again within minutes. If you are stuck, write a comment, and a person will help."
)
_SEND = "To mend it, send your answers again, all of them."
_NEXT = (
    "What happens next: a person reads the entry, looks at your website, and takes it in. Then your "
    "organisation stands on the list, and has a page of its own with a badge and a certificate."
)
_WRONG = (
    "Is something wrong in it? {}. If you like, put a sentence on your website in the meantime, with a link "
    "to the version that you signed."
)


def _answer(report: Report, verdict: Verdict) -> list[str]:
    """Return the answer to one person."""
    name = escape_markdown(verdict.name)
    whose = f" for **{name}**" if name else ""
    if verdict.outcome is Outcome.LISTED:
        differs = [
            "Your form and the entry differ. A person will look at this:",
            "",
            *_items(verdict.notes),
            "",
        ]
        return [
            f"Thank you! **{name}** is on the list already, and signed this version.",
            "",
            *(differs if verdict.notes else ()),
            "If something in your entry is wrong or has changed, say so in a comment.",
        ]
    if verdict.outcome is Outcome.REFUSED:
        few = "One thing has" if len(verdict.reasons) == 1 else f"{len(verdict.reasons)} things have"
        return [
            f"Thank you for signing. No entry{whose} could be made of it yet. {few} to be mended first:",
            "",
            *_items(verdict.reasons),
            "",
            _EDIT if report.posted else _SEND,
        ]
    values = [
        f"- {field.label}: {escape_markdown(verdict.values[field.key])}"
        for field in FIELDS
        if verdict.values.get(field.key)
    ]
    notes = ["A person will look at this too:", "", *_items(verdict.notes), ""] if verdict.notes else []
    would = "could be" if report.dry else "was"
    return [
        f"Thank you for signing! An entry{whose} {would} made of your form:",
        "",
        *values,
        "",
        *notes,
        _NEXT,
        "",
        _WRONG.format("Edit your form, and the entry is made again" if report.posted else "Tell us"),
    ]


def _answers(report: Report) -> list[str]:
    """Return the answer to somebody who sent many forms."""
    lines = [_summary(report), ""]
    for outcome, heading in (
        (Outcome.REFUSED, "To mend"),
        (Outcome.LISTED, "On the list already"),
        (Outcome.NEW, "In order"),
    ):
        found = report.of(outcome)
        if found:
            lines += [f"### {heading}", "", *map(_entry, found[:MAX_SHOWN])]
            lines += [f"- and {len(found) - MAX_SHOWN:,} more"] if len(found) > MAX_SHOWN else []
            lines.append("")
    if report.of(Outcome.REFUSED):
        lines.append("Mend these rows and send the table again: what is on the list stays as it is.")
    return lines


def _entry(verdict: Verdict) -> str:
    name = escape_markdown(verdict.name) or _UNNAMED
    said = [f"- Row {verdict.form.row}, {name}"]
    said += [f"  {item}" for item in _items((*verdict.reasons, *verdict.notes))]
    return "\n".join(said)


def _unreadable(report: Report) -> list[str]:
    """Return the answer to a text that is not a form."""
    lines = [
        "Thank you for writing. No entry could be made of this yet:",
        "",
        *_items(report.reading.reasons),
        "",
    ]
    return [*lines, _EDIT] if report.posted else lines


def _items(reasons: Sequence[Reason]) -> list[str]:
    said = []
    for each in reasons[:MAX_SHOWN]:
        label = f"**{escape_markdown(each.label)}**: " if each.label else ""
        said.append(
            f"- {label}{escape_markdown(_sentence(each.message))} {escape_markdown(_sentence(each.fix))}"
        )
    return said + ([f"- and {len(reasons) - MAX_SHOWN:,} more"] if len(reasons) > MAX_SHOWN else [])


FORMATS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "markdown": _markdown}
