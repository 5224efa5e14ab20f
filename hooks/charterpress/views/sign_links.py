"""An organisation that signed × the version to sign now → its link to sign again, and what the form knows."""

from __future__ import annotations

from collections.abc import Mapping

from charterpress.model import Release, Signatory
from charterpress.views.addresses import SIGN
from charterpress.views.repository import Repository

SIGN_FORM = "sign.yml"


def known_answers(who: Signatory, release: Release) -> Mapping[str, str]:
    """Return what the form to sign `release` can start with for `who`, by the keys of the form. What
    they have to say anew, the day and the role, is left out, and so are their own words, which stay."""
    answers = {
        "name": who.name,
        "name_latin": who.name_latin,
        "kind": who.kind,
        "area": who.area,
        "website": who.website,
        "registration": who.registration,
        "version": release.version,
    }
    return {key: text for key, text in answers.items() if text}


def sign_again_address(who: Signatory, release: Release, repository: Repository, site: str) -> str:
    """Return where `who` signs `release`: the forge's form, filled in as far as the forge can do that; or,
    without a forge, the page of `site`, whose address ends in a slash, that says how."""
    return repository.form(SIGN_FORM, **known_answers(who, release)) or f"{site}{SIGN}"
