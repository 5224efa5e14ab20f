"""Verdicts on filled-in forms → the answer to whoever filled them in, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import quote
from charterpress.editing.sign_up.fields import FIELDS, Reason
from charterpress.editing.sign_up.read_forms import Reading
from charterpress.editing.sign_up.verdicts import WRITTEN, Outcome, Verdict
from charterpress.text.escape import escape_markdown
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number
from charterpress.text.lists import join_items

MAX_SHOWN = 40
"""Forms of one kind that an answer as Markdown shows; of more, only the number is told."""
MAX_COMMENT = 60_000
"""Characters of an answer as Markdown. The host takes 65,536 for a comment."""
_UNNAMED = N_("an organisation without a name")
_HEADINGS = {
    Outcome.REFUSED: N_("To mend"),
    Outcome.HELD: N_("For a person to look at"),
    Outcome.ASKED: N_("To ask"),
    Outcome.LISTED: N_("On the list already"),
    Outcome.NEW: N_("In order"),
    Outcome.RE_SIGNED: N_("Signs again"),
    Outcome.CORRECTED: N_("Corrected"),
    Outcome.WITHDRAWN: N_("Withdraws"),
    Outcome.REPORTED: N_("Reports"),
}
_CHANGED = {
    # Translators: the entry is that of an organisation in a list of those who signed.
    Outcome.RE_SIGNED: N_("Thank you! The entry for **{name}** was changed as you ask: it signs again."),
    Outcome.CORRECTED: N_("Thank you! The entry for **{name}** was changed as you ask: it is corrected."),
    Outcome.WITHDRAWN: N_("Thank you! The entry for **{name}** was changed as you ask: it withdraws."),
    Outcome.REPORTED: N_("Thank you! The entry for **{name}** was changed as you ask: it has your report."),
}
_WOULD_CHANGE = {
    Outcome.RE_SIGNED: N_("Thank you! The entry for **{name}** could be changed as you ask: it signs again."),
    Outcome.CORRECTED: N_(
        "Thank you! The entry for **{name}** could be changed as you ask: it is corrected."
    ),
    Outcome.WITHDRAWN: N_("Thank you! The entry for **{name}** could be changed as you ask: it withdraws."),
    Outcome.REPORTED: N_(
        "Thank you! The entry for **{name}** could be changed as you ask: it has your report."
    ),
}
_EDIT = N_(
    "To mend it, edit your form: open the menu “…” at its top right, choose **Edit**, change the answers, "
    "and save. It is read again within minutes. If you are stuck, write a comment, and a person will help."
)
_SEND = N_("To mend it, send your answers again, all of them.")
_NEXT = N_(
    "What happens next: a person reads the entry, looks at your website, and takes it in. Then your "
    "organisation is on the list, and has a page of its own with a badge and a certificate."
)
_NEXT_CHANGE = N_(
    "What happens next: a person makes sure that this comes from the organisation itself, by a page of its "
    "website or by asking, and takes it in."
)
_WRONG = N_(
    "Is something wrong in it? Tell us. If you like, put a sentence on your website in the meantime, with a "
    "link to the version that you signed."
)
_WRONG_POSTED = N_(
    "Is something wrong in it? Edit your form, and the entry is made again. If you like, put a sentence on "
    "your website in the meantime, with a link to the version that you signed."
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


def unnamed() -> str:
    """Return what to call an organisation that gave no name."""
    return _(_UNNAMED)


def wave_lines(verdicts: Sequence[Verdict]) -> list[str]:
    """Return lines on a wave, as one."""
    first, last, count = verdicts[0], verdicts[-1], len(verdicts)
    names = join_items([quote(each.name) for each in verdicts[:2]])
    if all(each.form.row and not each.form.source for each in verdicts):
        # Translators: {names} are the first two organisations of many, such as: “Quay Club”, “Mole Club” …
        span = ngettext(
            "{count} rows from {first} to {last}: {names} …",
            "{count} rows from {first} to {last}: {names} …",
            count,
        ).format(count=format_number(count), first=first.form.row, last=last.form.row, names=names)
    elif first.form.place:
        span = ngettext(
            "{count} forms from {first} to {last}: {names} …",
            "{count} forms from {first} to {last}: {names} …",
            count,
        ).format(count=format_number(count), first=first.form.place, last=last.form.place, names=names)
    else:
        span = ngettext("{count} forms: {names} …", "{count} forms: {names} …", count)
        span = span.format(count=format_number(count), names=names)
    held = _("held")
    accept = _("  accept them first: {reason}").format(reason=reason_line(first.asked[0]))
    return [f"{held:<11}  {span}", accept]


def reason_line(reason: Reason) -> str:
    """Return something to mend in one line."""
    what = _("{problem}; {fix}").format(problem=reason.message, fix=reason.fix)
    if reason.line and reason.label:
        message = _("line {number}, {question}: {what}")
    elif reason.line:
        message = _("line {number}: {what}")
    elif reason.label:
        message = _("{question}: {what}")
    else:
        return what
    return message.format(number=reason.line, question=quote(reason.label), what=what)


def summary(report: Report) -> str:
    """Return the number of forms with each outcome, in a sentence."""
    if not report.verdicts:
        return _("Nothing was written.")
    words = {
        Outcome.NEW: _("{count} would be written") if report.dry else _("{count} written"),
        Outcome.RE_SIGNED: _("{count} signed again"),
        Outcome.CORRECTED: _("{count} corrected"),
        Outcome.WITHDRAWN: _("{count} withdrawn"),
        Outcome.REPORTED: _("{count} reported"),
        Outcome.LISTED: _("{count} on the list already"),
        Outcome.HELD: _("{count} held for a person"),
        Outcome.ASKED: _("{count} to ask about"),
        Outcome.REFUSED: _("{count} refused"),
    }
    counts = ((len(report.of(outcome)), each) for outcome, each in words.items())
    results = join_items([each.format(count=format_number(count)) for count, each in counts if count])
    forms = len(report.verdicts)
    message = ngettext("{count} form read: {results}.", "{count} forms read: {results}.", forms)
    return message.format(count=forms, results=results)


def answer_markdown(report: Report) -> str:
    """Return the answer to whoever filled the form in: no word of the form acts; at most `MAX_COMMENT`
    characters."""
    if len(report.verdicts) == 1 and not report.verdicts[0].form.place:
        lines = _answer(report, report.verdicts[0])
    elif report.verdicts:
        lines = _answer_to_many(report)
    else:
        lines = [_("Thank you for writing. No entry could be made of this yet:"), ""]
        lines += [*_items(report.reading.reasons), "", *([_(_EDIT)] if report.posted else [])]
    text = "\n".join(lines).rstrip() + "\n"
    if len(text) <= MAX_COMMENT:
        return text
    return text[:MAX_COMMENT].rpartition("\n")[0] + _("\n\n*The rest does not fit in here.*\n")


def _answer(report: Report, verdict: Verdict) -> list[str]:
    """The answer to one person."""
    name, notes = escape_markdown(verdict.name), verdict.notes
    mend = _(_EDIT) if report.posted else _(_SEND)
    if verdict.outcome is Outcome.LISTED:
        differs = [_("Your form and the entry differ. A person will look at this:"), "", *_items(notes), ""]
        return [
            _("Thank you! **{name}** is on the list already, and signed this version.").format(name=name),
            "",
            *(differs if notes else ()),
            _("If something in your entry is wrong or has changed, say so in a comment."),
        ]
    if verdict.outcome in (Outcome.HELD, Outcome.ASKED, Outcome.REFUSED):
        start = _start_of_refusal(verdict).format(name=name, count=len(verdict.reasons))
        if verdict.outcome is Outcome.ASKED:
            return [start, "", *_items(verdict.reasons)]
        reasons = verdict.asked if verdict.outcome is Outcome.HELD else verdict.reasons
        return [start, "", *_items(reasons), "", mend]
    looked = (_("A person will look at this too:"), "", *_items(notes), "") if notes else ()
    if verdict.outcome is not Outcome.NEW:
        start = _((_WOULD_CHANGE if report.dry else _CHANGED)[verdict.outcome]).format(name=name)
        return [start, "", *looked, *_unread(verdict), _(_NEXT_CHANGE)]
    if report.dry:
        start = _("Thank you for signing! An entry for **{name}** could be made of your form:")
    else:
        start = _("Thank you for signing! An entry for **{name}** was made of your form:")
    answered = [(_(each.label), verdict.values.get(each.key, "")) for each in FIELDS]
    return [
        start.format(name=name),
        "",
        *(f"- {label}: {escape_markdown(value)}" for label, value in answered if value),
        "",
        *looked,
        *_unread(verdict),
        _(_NEXT),
        "",
        _(_WRONG_POSTED) if report.posted else _(_WRONG),
    ]


def _start_of_refusal(verdict: Verdict) -> str:
    """The first sentence of an answer to a form of which nothing is made yet, with or without its {name}."""
    if verdict.outcome is Outcome.HELD:
        named = _("Thank you for signing. Before an entry for **{name}** is made, a person looks at this:")
        return (
            named
            if verdict.name
            else _("Thank you for signing. Before an entry is made, a person looks at this:")
        )
    if verdict.outcome is Outcome.ASKED:
        if verdict.name:
            return _(
                "Thank you for writing for **{name}**. A person will read this, because one thing is not "
                "clear:"
            )
        return _("Thank you for writing. A person will read this, because one thing is not clear:")
    if verdict.name:
        return ngettext(
            "Thank you for signing. No entry for **{name}** could be made of it yet. One thing has to be "
            "mended first:",
            "Thank you for signing. No entry for **{name}** could be made of it yet. {count} things have to "
            "be mended first:",
            len(verdict.reasons),
        )
    return ngettext(
        "Thank you for signing. No entry could be made of it yet. One thing has to be mended first:",
        "Thank you for signing. No entry could be made of it yet. {count} things have to be mended first:",
        len(verdict.reasons),
    )


def _unread(verdict: Verdict) -> list[str]:
    """The lines that belong to no answer."""
    lines = [f"- {escape_markdown(words, 200)}" for _line, words in verdict.form.unread[:MAX_SHOWN]]
    if not lines:
        return []
    return [_("These lines were not read, because they answer no question of the form:"), "", *lines, ""]


def _answer_to_many(report: Report) -> list[str]:
    """The answer to somebody who sent many forms."""
    lines = [summary(report), ""]
    for verdicts in report.waves:
        lines += [f"- {escape_markdown(line.strip())}" for line in wave_lines(verdicts)] + [""]
    for outcome, heading in _HEADINGS.items():
        if verdicts := tuple(each for each in report.single if each.outcome is outcome):
            lines += [f"### {_(heading)}", ""]
            for each in verdicts[:MAX_SHOWN]:
                place = each.form.place
                place = escape_markdown(
                    place if report.reading.kind == "folder" else place[:1].upper() + place[1:]
                )
                lines.append(f"- {place}, {escape_markdown(each.name) or unnamed()}")
                lines += [f"  {item}" for item in _items((*each.reasons, *each.asked, *each.notes))]
            lines += [*_rest(verdicts), ""]
    if report.of(Outcome.REFUSED):
        lines.append(_("Mend these rows and send the table again: what is on the list stays as it is."))
    return lines


def _items(reasons: Sequence[Reason]) -> list[str]:
    lines = []
    for each in reasons[:MAX_SHOWN]:
        label = f"**{escape_markdown(each.label)}**: " if each.label else ""
        sentences = [escape_markdown(_sentence(words)) for words in (each.message, each.fix)]
        lines.append(f"- {label}{' '.join(sentences)}")
    return lines + _rest(reasons)


def _rest(shown: Sequence[object]) -> list[str]:
    more = len(shown) - MAX_SHOWN
    if more <= 0:
        return []
    return [ngettext("- and {count} more", "- and {count} more", more).format(count=format_number(more))]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(("?", ".")) else ".")
