"""An organisation that signed × what it is asked → its link to the form, and what the form knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from charterpress.model import Release, Signatory
from charterpress.views.addresses import SIGN

SIGN_AGAIN = "Sign again"
REPORT = "Report how we kept it"
"""What the form calls the requests."""
_REQUESTS = {SIGN_AGAIN: "re-sign", REPORT: "report"}


def known_answers(who: Signatory, release: Release) -> Mapping[str, str]:
    """Return what the form to sign `release` again can start with for `who`, by the keys of the form. What
    they have to say anew, the day and the role, is left out."""
    return {"request": SIGN_AGAIN, "entry": who.slug, "name": who.name, "version": release.version}


def sign_again_address(who: Signatory, release: Release, site: str) -> str:
    """Return where `who` signs `release`: the form of `site`, whose address ends in a slash, filled in. What
    follows the # stays in the browser."""
    return _form_address(known_answers(who, release), site)


def report_answers(who: Signatory, days: tuple[str, str]) -> Mapping[str, str]:
    """Return what the form to report on a period can start with for `who`, by the keys of the form; `days`
    are its first and its last (ISO)."""
    start, end = days
    known = {"request": REPORT, "entry": who.slug, "name": who.name}
    return {**known, "period_start": start, "period_end": end}


def report_address(who: Signatory, days: tuple[str, str], site: str) -> str:
    """Return where `who` reports on a period: as `sign_again_address` does, and as `report_answers` takes
    it."""
    return _form_address(report_answers(who, days), site)


def _form_address(known: Mapping[str, str], site: str) -> str:
    answers = {**known, "request": _REQUESTS[known["request"]]}
    return f"{site}{SIGN}#form?{urlencode(answers, quote_via=quote)}"
