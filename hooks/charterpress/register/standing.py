"""Signatories and releases → the standing of each signatory on a day.

A signature carries over editorial and guidance releases. After a commitment release an organisation is asked
to sign again, and is listed under the version that it signed until it does."""

from __future__ import annotations

from collections.abc import Iterable

from charterpress.model import Class, Registered, Release, Signatory, Standing
from charterpress.register.names import name_key
from charterpress.versions.number import version_key


def on_register(
    signatories: Iterable[Signatory], releases: Iterable[Release], today: str
) -> tuple[Registered, ...]:
    """Everybody on the register on the day `today` (as 2026-12-01; '' for all that is known), by name.

    What is dated later than `today` is ignored, and so are signatures of what was never released for signing.
    """
    later = _later(releases, today)
    entries = (_standing(signatory, later, today) for signatory in signatories)
    return tuple(sorted(filter(None, entries), key=lambda each: name_key(each.signatory)))


def register_date(signatories: Iterable[Signatory], releases: Iterable[Release], dated: str) -> str:
    """The date of the register, as 2026-12-01: `dated`, the date of the commit it is made from ('' if
    unknown), or the latest date in it if that is later, since the day begins earlier elsewhere. Never the
    day of the build: two builds of one commit are the same."""
    days = [dated, *(release.date for release in releases)]
    for each in signatories:
        days += (signature.date for signature in each.signed)
        days += (report.published for report in each.reports)
        days += [each.withdrawn.date] if each.withdrawn else []
    return max(days)


def due_to_sign_again(
    signatories: Iterable[Signatory], releases: Iterable[Release], class_: Class, today: str
) -> tuple[Signatory, ...]:
    """Those whose signature is in force on the day `today` and whom a release of `class_` would ask to sign
    again, by name; without those who have been asked already."""
    if class_ is not Class.COMMITMENT:
        return ()
    in_force = (Standing.CURRENT, Standing.IN_FORCE)
    everybody = on_register(signatories, releases, today)
    return tuple(each.signatory for each in everybody if each.standing in in_force)


def _later(releases: Iterable[Release], today: str) -> dict[str, tuple[str, str]]:
    """What came after each version that can be signed, as is known on the day `today`: the dates of the next
    release and of the next commitment release, or ''."""
    known = [each for each in releases if not each.consultation and _is_past(each.date, today)]
    later: dict[str, tuple[str, str]] = {}
    release = commitment = ""
    for each in sorted(known, key=lambda each: version_key(each.version), reverse=True):
        later[each.version] = release, commitment
        release = each.date
        commitment = each.date if each.class_ is Class.COMMITMENT else commitment
    return later


def _standing(signatory: Signatory, later: dict[str, tuple[str, str]], today: str) -> Registered | None:
    signed = tuple(s for s in signatory.signed if s.version in later and _is_past(s.date, today))
    if not signed:
        return None
    last, withdrawn = signed[-1], signatory.withdrawn
    release, commitment = later[last.version]
    if withdrawn and _is_past(withdrawn.date, today) and withdrawn.date >= last.date:
        standing, since = Standing.WITHDRAWN, withdrawn.date
    elif commitment:
        standing, since = Standing.ASKED, commitment
    else:
        standing, since = (Standing.IN_FORCE if release else Standing.CURRENT), release
    # Whoever signs an earlier version late has had this standing only since signing.
    return Registered(signatory=signatory, standing=standing, signed=signed, since=max(since, last.date))


def _is_past(date: str, today: str) -> bool:
    return not today or date <= today
