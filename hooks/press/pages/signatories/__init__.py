"""The register → its pages, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from press.model import Page
from press.pages.signatories import lists, organisation, paper, roll
from press.pages.signatories.entries import Register, read
from press.pages.words import Text

__all__ = ["FEET", "REGISTER", "Register", "each", "files", "pages", "read"]

REGISTER = roll.HOME
"""The address of the register."""
FEET = (paper.CERTIFICATE,)
"""What stands at the foot of those of these pages that no other page shares it with."""


def pages(of: Register, text: Text, *, digest: str, pdfs: bool) -> Iterator[Page]:
    """Yield the pages of the register itself. `digest` is the SHA-256 digest of signatories.json; `pdfs` says
    whether there are documents to print."""
    yield from roll.pages(of, text, documents=pdfs)
    yield from paper.lists_to_print(of, text, digest=digest, pdfs=pdfs)


def addresses(of: Register) -> list[str]:
    """Return the address of the page of everyone who stands by a signature, by name: what search engines
    are to find."""
    return [f"{REGISTER}{each.signatory.slug}/" for each in lists.standing(of)]


def files(of: Register) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of what the search of a long register asks for."""
    yield from roll.files(of)


def each(of: Register, text: Text, *, site: str, certificates: bool) -> Iterator[Page]:
    """Yield the pages that every organisation has, of which there may be thousands. `site` is where the site
    stands, ending in a slash, or ''; `certificates` says whether certificates are documents too."""
    yield from organisation.pages(of, text, site=site, certificates=certificates)
    yield from organisation.former(of)
    yield from paper.certificates(of, text, site=site, pdfs=certificates)
