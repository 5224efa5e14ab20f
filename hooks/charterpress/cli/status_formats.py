"""The status of a working text → text for people, Markdown for a comment, and JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from charterpress.cli import asked, describe, report_status, translation_status
from charterpress.cli.proofs import due_values, renewal_lines
from charterpress.cli.working_status import Status
from charterpress.editing.new import offers
from charterpress.model import Class, Finding
from charterpress.text.escape import escape_lines, escape_markdown
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number
from charterpress.text.lists import join_items

MEANING = {
    Class.EDITORIAL: N_("every signature carries over"),
    Class.GUIDANCE: N_("every signature carries over"),
    Class.COMMITMENT: N_("a signature stays with the version that was signed"),
}
"""What each class says to those who signed."""
MIN_GROUPED = 3
"""Findings of one kind in one file from which on they are told as one."""
MAX_COMMENT = 60_000
"""Characters of the status as Markdown. The host takes 65,536 for a comment."""
MAX_MORE = 100
"""Characters that say how many more there are."""
BOLD, RED, GREEN, YELLOW, PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[32m", "\x1b[33m", "\x1b[0m"


def _introduction(now: Status) -> str:
    """A sentence about the current version."""
    charter, current = now.edition.charter, now.edition.current
    title = charter.title if charter else now.edition.root
    if current is None:
        return _("{title}: no version has been released yet.").format(title=title)
    if current.consultation:
        sentence = _("{title}: the current draft for consultation is {version} of {date}")
    else:
        sentence = _("{title}: the current version is {version} of {date}")
    sentence = sentence.format(title=title, version=current.version, date=current.date)
    if not now.readable:
        message = _(
            "{sentence}. What has changed since then cannot be worked out until the errors below are mended."
        )
        return message.format(sentence=sentence)
    if not now.changes:
        return _("{sentence}, and the working text says the same.").format(sentence=sentence)
    return ngettext(
        "{sentence}. {count} change since then:", "{sentence}. {count} changes since then:", len(now.changes)
    ).format(sentence=sentence, count=len(now.changes))


def _class(now: Status) -> str:
    """The class of the changes; what determined it follows."""
    if now.class_ is Class.NONE:
        return ngettext(
            "It changes no word, so there is no other version. It is:",
            "They change no word, so there is no other version. They are:",
            len(now.changes),
        )
    class_ = describe.class_summary(now.changes, now.notes)
    # Translators: it is a change, they are several; {meaning} is what the class says to those who signed.
    return ngettext(
        "Its class is {class_}: {meaning}. It was decided by:",
        "Their class is {class_}: {meaning}. It was decided by:",
        len(now.changes),
    ).format(class_=class_, meaning=_(MEANING[now.class_]))


def _sign_again_sentence(now: Status) -> str:
    """Who will be asked to sign again; '' if nobody."""
    return describe.sign_again_sentence([each.name for each in now.sign_again])


def _outcome(now: Status) -> str:
    """The next version, and what blocks it."""
    current = now.edition.current
    first = current is None or current.consultation
    if now.blocking:
        count = len(now.blocking)
        if now.version:
            message = ngettext(
                "The next version will be {version}. {count} error in the way of a release:",
                "The next version will be {version}. {count} errors in the way of a release:",
                count,
            )
        else:
            message = ngettext(
                "{count} error in the way of a release:", "{count} errors in the way of a release:", count
            )
        return message.format(version=now.version, count=count)
    if now.version and not first:
        message = _("The next version is {version}, and nothing is in its way: charter release")
        return message.format(version=now.version)
    if first:
        return _(
            "Nothing is in the way of a release: “charter release --first” makes 1.0.0, and “charter release "
            "--consultation” a draft that nobody can sign."
        )
    return _("There is nothing to release.")


def status_text(now: Status, *, colour: bool = False) -> str:
    """For a terminal; with `colour`, names, classes and the next step are highlighted."""

    def lit(shade: str, words: str) -> str:
        return f"{shade}{escape_lines(words)}{PLAIN}" if colour and shade else escape_lines(words)

    lines = [lit(BOLD, _introduction(now)), ""]
    for name, rows in describe.changes_by_subject(now.changes, now.names):
        lines.append(lit(BOLD, name))
        for change, sentence in rows:
            class_ = lit(YELLOW if change.class_ is Class.COMMITMENT else "", f"[{change.class_}]")
            lines.append(f"  {class_} {escape_lines(sentence)}")
        if said := report_status.principle_sentence(now.reports, rows[0][0].subject):
            lines.append(f"  {said}")
        lines.append("")
    if now.changes:
        reasons = describe.deciding_reasons(now.changes, now.names, now.notes)
        if counts := describe.commitment_sentence(now.commitments):
            lines += [counts, ""]
        lines += [_class(now), *(f"  {escape_lines(reason)}" for reason in reasons), ""]
    if now.offered:
        lines += [*offers.offer_lines(now.offered, now.names), ""]
    if now.translated:
        lines += map(escape_lines, [*translation_status.status_lines(now.translated, now.edition), ""])
    if told := report_status.register_lines(now.reports):
        lines += [*map(escape_lines, told), ""]
    sentences = (asked.asked_sentence(now.asked), _sign_again_sentence(now), *renewal_lines(now.edition))
    lines += [escape_lines(each) for each in sentences if each]
    lines.append(lit(RED if now.blocking else GREEN, _outcome(now)))
    for path, errors in _blocking_by_file(now.blocking).items():
        lines += ["", f"  {lit(BOLD, path)}"]
        for message, fix in errors:
            lines += [f"    {escape_lines(message)}", f"      {lit(GREEN, _('fix:'))} {escape_lines(fix)}"]
    if now.blocking:
        note = any(finding.rule in ("change-unnoted", "principle-gone") for finding in now.blocking)
        last = _("“charter check” shows each line concerned.")
        if note:
            last = _(
                "“charter check” shows each line concerned; “charter new change” begins the note that is "
                "missing."
            )
        lines += ["", last]
    return "\n".join(lines) + "\n"


def _blocking_by_file(blocking: Sequence[Finding]) -> dict[str, list[tuple[str, str]]]:
    """Errors that block a release, by file: message and fix. The same error in many lines is shown once."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in blocking:
        groups.setdefault((finding.path, finding.rule, finding.fix), []).append(finding)
    files: dict[str, list[tuple[str, str]]] = {}
    for (path, _rule, fix), alike in groups.items():
        messages = [
            _("line {number}: {message}").format(number=each.line, message=each.message) for each in alike
        ]
        if len(alike) >= MIN_GROUPED:
            numbers = join_items([str(each.line) for each in alike])
            message = _("lines {numbers}: {message}, and so on")
            messages = [message.format(numbers=numbers, message=alike[0].message)]
        files.setdefault(path, []).extend((message, fix) for message in messages)
    return files


def _markdown(now: Status) -> str:
    """For a comment on a pull request, with the charter's words escaped and at most `MAX_COMMENT` long."""
    first, last = [escape_markdown(_introduction(now)), ""], []
    if now.changes:
        reasons = describe.deciding_reasons(now.changes, now.names, now.notes)
        if counts := describe.commitment_sentence(now.commitments):
            last += [escape_markdown(counts), ""]
        last += [escape_markdown(_class(now)), "", *(f"- {escape_markdown(each)}" for each in reasons), ""]
    for block in offers.offer_markdown(now.offered, now.names):
        last += [block, ""]
    if now.translated:
        last += [*translation_status.status_markdown(now.translated, now.edition), ""]
    if sentence := _sign_again_sentence(now):
        last += [escape_markdown(sentence), ""]
    last += [f"**{escape_markdown(_outcome(now))}**", ""]
    errors = [
        "- "
        + _("{path}, line {number}: {message}. Fix: {fix}").format(
            path=escape_markdown(each.path),
            number=each.line,
            message=escape_markdown(each.message),
            fix=escape_markdown(each.fix),
        )
        for each in now.blocking
    ]
    changes = []
    for name, rows in describe.changes_by_subject(now.changes, now.names):
        changes.append(f"### {escape_markdown(name)}\n")
        changes += [f"- *{change.class_}*: {escape_markdown(sentence)}" for change, sentence in rows]
        if said := report_status.principle_sentence(now.reports, rows[0][0].subject):
            changes.append(f"- {escape_markdown(said)}")
    last += _fitting(errors, MAX_COMMENT // 3, "charter check")
    room = MAX_COMMENT - sum(len(line) + 1 for line in (*first, *last))
    middle = _fitting(changes, room, "charter status")
    return "\n".join([*first, *middle, *[""] * bool(middle), *last]).rstrip() + "\n"


def _fitting(lines: Sequence[str], room: int, command: str) -> list[str]:
    """The first of `lines` that fit into `room` characters, and, where some do not, what shows them all."""
    fit: list[str] = []
    room -= MAX_MORE
    for place, line in enumerate(lines):
        room -= len(line) + 2
        if room < 0:
            rest = sum(each.startswith("- ") for each in lines[place:])
            message = ngettext(
                "and {count} more: “{command}” shows all", "and {count} more: “{command}” shows all", rest
            )
            return [*fit, "", message.format(count=format_number(rest), command=command), ""]
        fit += ["", line] if line.startswith("#") and fit else [line]
    return fit


def _json(now: Status) -> str:
    """For a program. `sign_again` are the organisations that a release would ask to sign again,
    `asked` those that have been asked already."""
    keys = ("path", "line", "column", "rule", "message", "fix")
    return describe.json_document(
        "status",
        {
            "current": now.edition.current.version if now.edition.current else None,
            "next": now.version,
            "class": now.class_,
            "changes": [describe.change_values(change) for change in now.changes],
            "blocking": [{key: getattr(finding, key) for key in keys} for finding in now.blocking],
            "sign_again": [each.slug for each in now.sign_again],
            "asked": [each.signatory.slug for each in now.asked.entries] if now.asked else [],
            "lowered": describe.lowered_values(now.changes, now.notes, now.names),
            "offers": offers.offer_values(now.offered),
            "time_stamps": due_values(now.edition),
            "reports": report_status.report_values(now.reports),
            "translations": [
                translation_status.progress_values(each, now.edition) for each in now.translated
            ],
        },
    )


FORMATS: dict[str, Callable[[Status], str]] = {"text": status_text, "markdown": _markdown, "json": _json}
