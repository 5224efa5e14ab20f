"""Signatories → the badge and the certificate that go with the letter of welcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from charterpress.model import Registered
from charterpress.outputs.images import badge
from charterpress.outputs.letters.message import Attachment
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import find_printable
from charterpress.outputs.pdf.signatories import certificate_pdfs
from charterpress.views import addresses
from charterpress.views.signatories import RegisterView
from charterpress.views.signed_text import SignedText


def welcome_attachments(
    register: RegisterView,
    entries: Sequence[Registered],
    *,
    site: str,
    draw: Callable[[SignedText, str], bytes],
    cache: DocumentCache,
) -> Mapping[str, tuple[Attachment, ...]]:
    """Return the badge (SVG) and the certificate (PDF) of each of `entries`, by slug: the same bytes as a
    build publishes. `draw` makes a badge, as `badge.badges` asks. Raises what `engine.document` raises."""
    chosen = replace(register, entries=tuple(entries))
    drawn = dict(badge.badges(chosen, draw))
    printable = find_printable(register.entries, cache)
    certificates = dict(certificate_pdfs(chosen, printable, cache, site=site, most=len(entries)))
    return {
        slug: (
            Attachment(name="badge.svg", type="image/svg+xml", data=drawn[addresses.badge_address(slug)]),
            Attachment(
                name="certificate.pdf",
                type="application/pdf",
                data=certificates[addresses.certificate_pdf_address(slug)],
            ),
        )
        for slug in (each.signatory.slug for each in entries)
    }
