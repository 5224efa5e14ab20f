"""The dates of all forms in a file → the order in which it writes their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from charterpress.checks.queries import quote
from charterpress.editing.sign_up.fields import DATES, Form
from charterpress.editing.sign_up.values import MIXED
from charterpress.text.interface import N_, join_list
from charterpress.text.interface import gettext as _
from charterpress.text.written_dates import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, WrittenDate, read_date

_READ_AS = {
    DAY_FIRST: N_("dates in figures are read with the day first, because of {date}"),
    MONTH_FIRST: N_("dates in figures are read with the month first, because of {date}"),
    YEAR_FIRST: N_("dates in figures are read with the year first, because of {date}"),
}


def with_order(forms: Sequence[Form], order: str = "") -> tuple[tuple[Form, ...], tuple[str, ...]]:
    """`forms`, which are of one file, with the order of the figures of their dates; sentences that say so.

    It is `order` where somebody has said it, or what a date of the file proves: 13/03/2027 has the day first.
    A file that proves both proves nothing. What a letter tells of its sender counts after that."""
    dates = [(form, key, read_date(form.words(key))) for form in forms for key in DATES if form.words(key)]
    doubtful = [form for form, _key, each in dates if each.days and not each.day()]
    if order:
        return tuple(replace(form, order=order) for form in forms), ()
    proofs: dict[str, tuple[Form, str]] = {}
    for form, key, each in dates:
        if each.proves:
            proofs.setdefault(each.proves, (form, key))
    if len(proofs) > 1:
        sentence = _("dates are in two orders, {dates}: all that are in figures are asked about").format(
            dates=join_list([_shown(*each) for each in proofs.values()])
        )
        return tuple(replace(form, order=MIXED) for form in forms), (sentence,)
    if proofs:
        proven, proof = next(iter(proofs.items()))
        read = _(_READ_AS[proven]).format(date=_shown(*proof))
        return tuple(replace(each, order=proven) for each in forms), (read,) if doubtful else ()
    unknown = [each for each in doubtful if not each.order]
    ask = _("if all dates of this file have the day first, say --dates dmy; if the month, --dates mdy")
    return tuple(forms), (ask,) if len(forms) > 1 and unknown else _serials(dates)


def _serials(dates: Sequence[tuple[Form, str, WrittenDate]]) -> tuple[str, ...]:
    first = next(((form, key) for form, key, each in dates if each.serial), None)
    if first is None:
        return ()
    number = first[0].words(first[1])
    return (
        _("{date} was read as a spreadsheet's number of a day, {day}").format(
            date=_shown(*first), day=read_date(number).day()
        ),
    )


def _shown(form: Form, key: str) -> str:
    words = quote(form.words(key))
    # Translators: a date as it was written, and where, such as: “1/2/27” in row 3
    return _("{date} in {place}").format(date=words, place=form.place) if form.place else words
