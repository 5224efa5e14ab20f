"""Verdicts on filled-in forms → text for a terminal, a program, and whoever filled them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import quote
from charterpress.cli.command import pluralise
from charterpress.cli.describe import json_document
from charterpress.editing.sign_up import FIELDS, WRITTEN, Outcome, Reading, Reason, Verdict
from charterpress.text.escape import escape_controls, escape_markdown

MAX_SHOWN = 40
"""Forms of one kind that an answer as Markdown shows; of more, only the number is told."""
MAX_COMMENT = 60_000
"""Characters of an answer as Markdown. The host takes 65,536 for a comment."""
_UNNAMED = "an organisation without a name"
_HEADINGS = {
    Outcome.REFUSED: "To mend",
    Outcome.HELD: "For a person to look at",
    Outcome.ASKED: "To ask",
    Outcome.LISTED: "On the list already",
    Outcome.NEW: "In order",
    Outcome.RE_SIGNED: "Signs again",
    Outcome.CORRECTED: "Corrected",
    Outcome.WITHDRAWN: "Withdraws",
}
_VERBS = {
    Outcome.NEW: "",
    Outcome.RE_SIGNED: " signs again",
    Outcome.CORRECTED: " is corrected",
    Outcome.WITHDRAWN: " withdraws",
}
_EDIT = (
    "To mend it, edit your form: open the menu “…” at its top right, choose **Edit**, change the answers, "
    "and save. It is read again within minutes. If you are stuck, write a comment, and a person will help."
)
_SEND = "To mend it, send your answers again, all of them."
_NEXT = (
    "What happens next: a person reads the entry, looks at your website, and takes it in. Then your "
    "organisation stands on the list, and has a page of its own with a badge and a certificate."
)
_NEXT_CHANGE = (
    "What happens next: a person makes sure that this comes from the organisation itself, by a page of its "
    "website or by asking, and takes it in."
)
_WRONG = (
    "Is something wrong in it? {}. If you like, put a sentence on your website in the meantime, with a link "
    "to the version that you signed."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What `charter sign` reports: the charter's folder as shown, what was read, the verdicts, and whether
    this is a dry run. `posted` says that the sender can edit the form where it was posted; `rest` names the
    file that what was not taken in was written to, '' for none."""

    root: str
    reading: Reading
    verdicts: tuple[Verdict, ...]
    dry: bool
    posted: bool
    rest: str = ""

    @property
    def writes(self) -> dict[str, bytes]:
        """The files to write, by their paths in the charter's folder."""
        return {each.path: each.data for each in self.of(*WRITTEN)}

    @property
    def removes(self) -> tuple[str, ...]:
        """The files to remove: those of organisations that have another name now."""
        gone = {f"{SIGNATORIES}/{slug}.yml" for each in self.of(*WRITTEN) for slug in each.removes}
        return tuple(sorted(gone - set(self.writes)))

    @property
    def clean(self) -> bool:
        """Whether every form became a file."""
        return bool(self.verdicts) and all(each.outcome in WRITTEN for each in self.verdicts)

    @property
    def waves(self) -> tuple[tuple[Verdict, ...], ...]:
        """Those that are held because they came in a wave, each wave by itself."""
        waves: dict[tuple[int, ...], list[Verdict]] = {}
        for each in self.of(Outcome.HELD):
            if each.wave:
                waves.setdefault(each.wave.places, []).append(each)
        return tuple(map(tuple, waves.values()))

    @property
    def single(self) -> tuple[Verdict, ...]:
        """All others."""
        return tuple(each for each in self.verdicts if not (each.wave and each.outcome is Outcome.HELD))

    def of(self, *outcomes: Outcome) -> tuple[Verdict, ...]:
        """The verdicts with one of `outcomes`."""
        return tuple(each for each in self.verdicts if each.outcome in outcomes)


def _text(report: Report) -> str:
    """For a terminal: a line for each form, followed by its errors and warnings."""
    lines = [f"row {each.row}: {_line(each)}" if each.row else _line(each) for each in report.reading.reasons]
    new = "would write" if report.dry else "wrote"
    words = dict.fromkeys(WRITTEN, new) | {
        Outcome.LISTED: "there",
        Outcome.HELD: "held",
        Outcome.ASKED: "ask",
        Outcome.REFUSED: "refused",
    }
    for verdicts in report.waves:
        lines += _wave_lines(verdicts)
    for verdict in report.single:
        place = f"{verdict.form.place}, " if verdict.form.place else ""
        name = quote(verdict.name) if verdict.name else _UNNAMED
        path = f": {report.root}/{verdict.path}" if verdict.path else ""
        lines.append(f"{words[verdict.outcome]:<11}  {place}{name}{_VERBS.get(verdict.outcome, '')}{path}")
        lines += [f"  {_line(reason)}" for reason in verdict.reasons]
        lines += [f"  accept it first: {_line(each)}" for each in verdict.asked]
        for note in verdict.notes:
            lines.append(f"  look at it: {_line(note)}")
            lines += [f"    {label}: {mine or '-'} | {other or '-'}" for label, mine, other in note.beside]
        lines += [f"  not read, line {number}: {quote(line)}" for number, line in verdict.form.unread]
    named = report.reading.kind in ("folder", "mbox")  # with the file or message that they are about
    lines += ["", *(f"{each if named else each[:1].upper() + each[1:]}." for each in report.reading.notices)]
    if report.rest:
        lines.append(f"What was not taken in, and why, stands in {report.rest}.")
    return "".join(f"{escape_controls(line)}\n" for line in [*lines, _summary(report)])


def _wave_lines(verdicts: Sequence[Verdict]) -> list[str]:
    """A wave, as one."""
    first, last = verdicts[0], verdicts[-1]
    is_table = all(each.form.row and not each.form.source for each in verdicts)
    span = f"rows from {first.form.row} to {last.form.row}" if is_table else "forms"
    if not is_table and first.form.place:
        span = f"forms from {first.form.place} to {last.form.place}"
    names = ", ".join(quote(each.name) for each in verdicts[:2])
    return [
        f"{'held':<11}  {len(verdicts):,} {span}: {names} …",
        f"  accept them first: {_line(first.asked[0])}",
    ]


def _line(reason: Reason) -> str:
    place = [f"line {reason.line}"] if reason.line else []
    label = [quote(reason.label)] if reason.label else []
    before = f"{', '.join([*place, *label])}: " if place or label else ""
    return f"{before}{reason.message}; {reason.fix}"


def _summary(report: Report) -> str:
    """The number of forms with each outcome, in a sentence."""
    if not report.verdicts:
        return "Nothing was written."
    written = "would be written" if report.dry else "written"
    words = {
        Outcome.NEW: written,
        Outcome.RE_SIGNED: "signed again",
        Outcome.CORRECTED: "corrected",
        Outcome.WITHDRAWN: "withdrawn",
        Outcome.LISTED: "on the list already",
        Outcome.HELD: "held for a person",
        Outcome.ASKED: "to ask about",
        Outcome.REFUSED: "refused",
    }
    counts = ((len(report.of(outcome)), each) for outcome, each in words.items())
    results = ", ".join(f"{number:,} {each}" for number, each in counts if number)
    return f"{pluralise(len(report.verdicts), 'form')} read: {results}."


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


def _markdown(report: Report) -> str:
    """For whoever filled the form in: no word of the form acts; at most `MAX_COMMENT` characters."""
    if len(report.verdicts) == 1 and not report.verdicts[0].form.place:
        lines = _answer(report, report.verdicts[0])
    elif report.verdicts:
        lines = _answer_to_many(report)
    else:
        lines = ["Thank you for writing. No entry could be made of this yet:", ""]
        lines += [*_items(report.reading.reasons), "", *([_EDIT] if report.posted else [])]
    text = "\n".join(lines).rstrip() + "\n"
    if len(text) <= MAX_COMMENT:
        return text
    return text[:MAX_COMMENT].rpartition("\n")[0] + "\n\n*The rest does not fit in here.*\n"


def _answer(report: Report, verdict: Verdict) -> list[str]:
    """The answer to one person."""
    name, notes = escape_markdown(verdict.name), verdict.notes
    whose = f" for **{name}**" if name else ""
    if verdict.outcome is Outcome.LISTED:
        differs = ["Your form and the entry differ. A person will look at this:", "", *_items(notes), ""]
        return [
            f"Thank you! **{name}** is on the list already, and signed this version.",
            "",
            *(differs if notes else ()),
            "If something in your entry is wrong or has changed, say so in a comment.",
        ]
    if verdict.outcome is Outcome.HELD:
        start = f"Thank you for signing. Before an entry{whose} is made, a person looks at this:"
        return [start, "", *_items(verdict.asked), "", _EDIT if report.posted else _SEND]
    if verdict.outcome is Outcome.ASKED:
        start = f"Thank you for writing{whose}. A person will read this, because one thing is not clear:"
        return [start, "", *_items(verdict.reasons)]
    if verdict.outcome is Outcome.REFUSED:
        few = "One thing has" if len(verdict.reasons) == 1 else f"{len(verdict.reasons)} things have"
        start = f"Thank you for signing. No entry{whose} could be made of it yet. {few} to be mended first:"
        return [start, "", *_items(verdict.reasons), "", _EDIT if report.posted else _SEND]
    answered = [(field.label, verdict.values[field.key]) for field in FIELDS if verdict.values.get(field.key)]
    would = "could be" if report.dry else "was"
    if verdict.outcome is not Outcome.NEW:
        looked = ("A person will look at this too:", "", *_items(notes), "") if notes else ()
        start = f"Thank you! The entry{whose} {would} changed as you ask: it{_VERBS[verdict.outcome]}."
        return [start, "", *looked, *_unread(verdict), _NEXT_CHANGE]
    return [
        f"Thank you for signing! An entry{whose} {would} made of your form:",
        "",
        *(f"- {label}: {escape_markdown(value)}" for label, value in answered),
        "",
        *(("A person will look at this too:", "", *_items(notes), "") if notes else ()),
        *_unread(verdict),
        _NEXT,
        "",
        _WRONG.format("Edit your form, and the entry is made again" if report.posted else "Tell us"),
    ]


def _unread(verdict: Verdict) -> list[str]:
    """The lines that belong to no answer."""
    lines = [f"- {escape_markdown(words, 200)}" for _, words in verdict.form.unread[:MAX_SHOWN]]
    return ["These lines were not read, because they answer no question of the form:", "", *lines, ""] * bool(
        lines
    )


def _answer_to_many(report: Report) -> list[str]:
    """The answer to somebody who sent many forms."""
    lines = [_summary(report), ""]
    for verdicts in report.waves:
        lines += [f"- {escape_markdown(line.strip())}" for line in _wave_lines(verdicts)] + [""]
    for outcome, heading in _HEADINGS.items():
        if verdicts := tuple(each for each in report.single if each.outcome is outcome):
            lines += [f"### {heading}", ""]
            for each in verdicts[:MAX_SHOWN]:
                place = each.form.place
                place = escape_markdown(
                    place if report.reading.kind == "folder" else place[:1].upper() + place[1:]
                )
                lines.append(f"- {place}, {escape_markdown(each.name) or _UNNAMED}")
                lines += [f"  {item}" for item in _items((*each.reasons, *each.asked, *each.notes))]
            lines += [*_rest(verdicts), ""]
    if report.of(Outcome.REFUSED):
        lines.append("Mend these rows and send the table again: what is on the list stays as it is.")
    return lines


def _items(reasons: Sequence[Reason]) -> list[str]:
    lines = []
    for each in reasons[:MAX_SHOWN]:
        label = f"**{escape_markdown(each.label)}**: " if each.label else ""
        sentences = [escape_markdown(_sentence(words)) for words in (each.message, each.fix)]
        lines.append(f"- {label}{' '.join(sentences)}")
    return lines + _rest(reasons)


def _rest(shown: Sequence[object]) -> list[str]:
    return [f"- and {len(shown) - MAX_SHOWN:,} more"] if len(shown) > MAX_SHOWN else []


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(("?", ".")) else ".")


FORMATS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "markdown": _markdown}
