"""An organisation that signed × the version to sign now → its link to sign again, and what the form knows."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from charterpress.model import Release, Signatory
from charterpress.views.addresses import SIGN

SIGN_AGAIN = "Sign again"
"""What the form calls the request."""
_REQUEST = "re-sign"


def known_answers(who: Signatory, release: Release) -> Mapping[str, str]:
    """Return what the form to sign `release` again can start with for `who`, by the keys of the form. What
    they have to say anew, the day and the role, is left out."""
    return {"request": SIGN_AGAIN, "entry": who.slug, "name": who.name, "version": release.version}


def sign_again_address(who: Signatory, release: Release, site: str) -> str:
    """Return where `who` signs `release`: the form of `site`, whose address ends in a slash, filled in. What
    follows the # stays in the browser."""
    answers = {**known_answers(who, release), "request": _REQUEST}
    return f"{site}{SIGN}#form?{urlencode(answers, quote_via=quote)}"
