"""What time-stamps prove → sentences and values, for the commands that say so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from charterpress.checks.queries import join_all
from charterpress.model import Edition, Finding, Severity
from charterpress.model.errors import UsageError
from charterpress.proofs.authorities import Authority, authorities
from charterpress.proofs.time_stamps import MAX_DELAY, Proof, Statement, due_requests, prove
from charterpress.text.dates import day_in_words
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_clauses, join_items

MEANING = N_(
    "A time-stamp shows that these words existed by its day. It shows neither who wrote them nor that there "
    "were no others."
)


AUTHORITIES = "CHARTER_AUTHORITIES"
"""The environment variable that names the authorities to ask: all if it is empty, nobody if it is “none”."""


def asked_authorities() -> list[Authority]:
    """Return the authorities that are asked. Raises UsageError where the environment names an unknown one."""
    known, named = authorities(), os.environ.get(AUTHORITIES, "").split()
    if named == ["none"]:
        return []
    for id in named:
        if id not in known:
            message = _("{variable} names “{id}”, which is none of these authorities: {known}")
            raise UsageError(message.format(variable=AUTHORITIES, id=id, known=join_items([*known])))
    return [known[id] for id in named or known]


def utc_now() -> datetime:
    """Return the time by this computer's clock."""
    return datetime.now(UTC)


def proof_lines(proofs: Sequence[Proof]) -> Iterator[str]:
    """Yield a sentence on what is proven of each file, and one on everything that is odd."""
    for proof in proofs:
        yield from _lines_of(proof)
    if bare := [each.stem for each in proofs if not each.statements]:
        yield _("Without a time-stamp: {files}.").format(files=join_items(bare))
    if any(each.proven for each in proofs):
        yield _(MEANING)


def _lines_of(proof: Proof) -> Iterator[str]:
    if clauses := [_clause(day, list(own)) for day, own in groupby(proof.proven, key=_day_of)]:
        message = _("{file}: these words existed {clauses}.")
        yield message.format(file=proof.stem, clauses=join_clauses(clauses))
    odd = ""
    if proof.delay > MAX_DELAY:
        odd = _("{file}: beware, it is dated {date}, {count} days before anybody outside saw it.")
    elif proof.delay < -1:
        odd = _("{file}: beware, it is dated {date}, {count} days after somebody outside saw it.")
    if odd:
        yield odd.format(file=proof.stem, date=day_in_words(proof.date), count=abs(proof.delay))
    for each in proof.statements:
        if each.fault:
            message = _("{path}: this time-stamp proves nothing: {reason}.")
            yield escape_lines(message.format(path=each.path, reason=each.fault))
        elif each.ends and not each.time:
            message = _("{file}: what {name} said held until {day}: “charter stamp” asks again.")
            yield message.format(file=proof.stem, name=each.name, day=_day(each.ends))


def _day_of(statement: Statement) -> str:
    return statement.time.date().isoformat() if statement.time else ""


def _day(time: datetime) -> str:
    return day_in_words(time.date().isoformat())


def _clause(day: str, statements: Sequence[Statement]) -> str:
    names = [each.name for each in statements]
    # Translators: a part of a sentence: these words existed on 1 December 2026, say DigiCert and Sectigo.
    message = ngettext("on {day}, says {names}", "on {day}, say {names}", len(names))
    return message.format(day=day_in_words(day), names=join_all(names))


def faulty_findings(edition: Edition) -> Iterator[Finding]:
    """Yield what a proposal brings that proves nothing: “charter verify” would refuse to publish it."""
    for proof in prove(edition, utc_now()):
        for each in proof.statements:
            if each.fault and any(stamp.path in edition.touched for stamp in each.stamps):
                message = _("this time-stamp proves nothing: {reason}").format(reason=each.fault)
                fix = _("take it out, and run “charter stamp”")
                rule, severity = "stamp-faulty", Severity.ERROR
                yield Finding(
                    path=each.path, line=1, column=1, severity=severity, rule=rule, message=message, fix=fix
                )


def renewal_lines(edition: Edition) -> Iterator[str]:
    """Yield what is to be done about the time-stamps; nothing for a charter that has none."""
    if not edition.time_stamps:
        return
    due, renewal, faulty = _due(edition)
    if faulty:
        yield _("A time-stamp proves nothing: “charter verify” says why.")
    if due:
        yield _("Time-stamps to ask for with “charter stamp”: {names}.").format(names=join_items(due))
    elif renewal:
        yield _("Time-stamps are to be renewed from {day} on.").format(day=_day(renewal))


def due_values(edition: Edition) -> dict[str, object]:
    """Return the same for a program: the names of those to ask for, and when the next renewal is due."""
    due, renewal, _ignored = _due(edition)
    return {"due": due, "renewal": _iso(renewal)}


def _due(edition: Edition) -> tuple[list[str], datetime | None, bool]:
    """The names of the time-stamps to ask for, when the next are due, and whether one is faulty."""
    now = utc_now()
    proofs = prove(edition, now)
    own = [each for proof in proofs for each in proof.statements]
    names = [each.stamp.name for each in due_requests(proofs, asked_authorities(), now)]
    renewal = min((each.renewal for each in own if each.renewal), default=None)
    return names, renewal, any(each.fault for each in own)


def proof_values(proofs: Iterable[Proof]) -> list[dict[str, object]]:
    """Return what is proven of each file, for a program; `delay` counts the days since its own date."""
    return [
        {
            "file": f"{proof.stem}.json",
            "date": proof.date,
            "delay": proof.delay if proof.proven else None,
            "authorities": [
                {
                    "id": each.authority,
                    "name": each.name,
                    "files": [stamp.name for stamp in each.stamps],
                    "time": _iso(each.time),
                    "ends": _iso(each.ends),
                    "fault": each.fault,
                }
                for each in proof.statements
            ],
        }
        for proof in proofs
    ]


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
