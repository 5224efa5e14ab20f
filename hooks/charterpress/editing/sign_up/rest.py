"""Forms that were not taken in → a table for a person, which can be corrected and read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from charterpress.editing.sign_up.fields import ALL_FIELDS, DATES, Form, Reason
from charterpress.editing.sign_up.read_forms import Reading
from charterpress.editing.sign_up.values import parse_date
from charterpress.editing.sign_up.verdicts import Outcome, Verdict
from charterpress.text.escape import escape_formula
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

PLACE, WRONG, LINES = N_("Where it came from"), N_("What is wrong"), N_("Lines that were not read")
"""The columns that are no questions of the form."""


def rest_table(reading: Reading, verdicts: Sequence[Verdict]) -> bytes:
    """Every form that was refused, held or is to be asked about, with answers and reasons, as CSV with
    formulas escaped; b"" if there is none. What is wrong with the file as a whole comes first."""
    rest = [each for each in verdicts if each.outcome in (Outcome.REFUSED, Outcome.ASKED, Outcome.HELD)]
    if not rest and not reading.reasons:
        return b""
    used = {answer.field.key for each in rest for answer in each.form.answers if answer.value.strip()}
    fields = [each for each in ALL_FIELDS if each.key in used]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_(PLACE), _(WRONG), *(_(each.label) for each in fields), _(LINES)])
    for reason in reading.reasons:
        writer.writerow(
            map(
                escape_formula,
                [_("row {row}").format(row=reason.row) if reason.row else "", _sentence(reason)],
            )
        )
    for each in rest:
        lines = "\n".join(words for _line, words in each.form.unread)
        answers = [_words(each.form, field.key) for field in fields]
        reasons = "\n".join(map(_sentence, (*each.reasons, *each.asked)))
        writer.writerow(map(escape_formula, [each.form.place, reasons, *answers, lines]))
    return ("\ufeff" + out.getvalue()).encode(errors="replace")


def _words(form: Form, key: str) -> str:
    """An answer as it was written; a date as it was read, since the rows that said how may not be here."""
    words = form.words(key)
    day, wrong, _ignored = parse_date(words, form.order) if key in DATES and words else ("", "none", "")
    return words if wrong else day


def _sentence(reason: Reason) -> str:
    if not reason.label:
        return _("{problem}; {fix}").format(problem=reason.message, fix=reason.fix)
    message = _("{question}: {problem}; {fix}")
    return message.format(question=reason.label, problem=reason.message, fix=reason.fix)
