"""The register → its pages, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from press.model import Page
from press.pages.signatories import paper
from press.pages.signatories.entries import Register, read
from press.pages.words import Text

__all__ = ["FEET", "Register", "each", "pages", "read"]

FEET = (paper.CERTIFICATE,)
"""What stands at the foot of the pages that every organisation has, when they are printed."""


def pages(of: Register, text: Text, *, digest: str, pdfs: bool) -> Iterator[Page]:
    """Yield the pages of the register itself. `digest` is the SHA-256 digest of signatories.json; `pdfs` says
    whether there are documents to print."""
    yield from paper.lists_to_print(of, text, digest=digest, pdfs=pdfs)


def each(of: Register, text: Text, *, site: str, certificates: bool) -> Iterator[Page]:
    """Yield the pages that every organisation has, of which there may be thousands. `site` is where the site
    stands, ending in a slash, or ''; `certificates` says whether certificates are documents too."""
    yield from paper.certificates(of, text, site=site, pdfs=certificates)
