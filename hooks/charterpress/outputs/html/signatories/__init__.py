"""The register → its pages, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Page
from charterpress.outputs.html.signatories import organisation_pages, print_pages, register_pages
from charterpress.views import addresses
from charterpress.views.labels import Text
from charterpress.views.signatories import lists
from charterpress.views.signatories.register import Register, read

__all__ = ["FEET", "REGISTER", "Register", "each", "files", "pages", "read"]

REGISTER = addresses.REGISTER
"""The address of the register."""
FEET = (print_pages.CERTIFICATE,)
"""What stands at the foot of those of these pages that no other page shares it with."""


def pages(of: Register, text: Text, *, digest: str, pdfs: bool) -> Iterator[Page]:
    """Yield the pages of the register itself. `digest` is the SHA-256 digest of signatories.json; `pdfs` says
    whether there are documents to print."""
    yield from register_pages.pages(of, text, documents=pdfs)
    yield from print_pages.lists_to_print(of, text, digest=digest, pdfs=pdfs)


def indexed_addresses(of: Register) -> list[str]:
    """Return the address of the page of everyone who stands by a signature, by name: what search engines
    are to find."""
    return [addresses.signatory_address(each.signatory.slug) for each in lists.standing(of)]


def files(of: Register) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of what the search of a long register asks for."""
    yield from register_pages.files(of)


def each(of: Register, text: Text, *, site: str, certificates: bool) -> Iterator[Page]:
    """Yield the pages that every organisation has, of which there may be thousands. `site` is where the site
    stands, ending in a slash, or ''; `certificates` says whether certificates are documents too."""
    yield from organisation_pages.pages(of, text, site=site, certificates=certificates)
    yield from organisation_pages.former(of)
    yield from print_pages.certificates(of, text, site=site, pdfs=certificates)
