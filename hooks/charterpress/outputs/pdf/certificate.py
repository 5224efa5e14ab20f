"""A signature → its certificate on one page, for the organisation to print and to show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from charterpress.model import Registered
from charterpress.outputs.images import qr_code
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import Printable
from charterpress.text.dates import day_in_words
from charterpress.views import addresses
from charterpress.views.labels import digest_groups
from charterpress.views.signatories import RegisterView


def has_certificate_pdfs(register: RegisterView, most: int) -> bool:
    """Whether certificates come as documents: for registers with up to `most` organisations whose signature
    stands. Two hundred take four seconds; in a longer register the page is the certificate to print."""
    return 0 < len(register.active) <= most


def certificate_pdfs(
    register: RegisterView, printable: Printable, cache: DocumentCache, *, site: str, most: int
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the certificate of everyone whose signature stands, if the register
    `has_certificate_pdfs`, at its old addresses too. `site` is the address of the site, which ends in a
    slash: without it there is no QR code. Raises what `engine.document` raises."""
    entries = register.active if has_certificate_pdfs(register, most) else ()

    def make(entry: Registered) -> bytes:
        values = partial(_values, entry, register, printable, site)
        return cache.document("certificate.typ", values, date=entry.signature.date)

    for entry, data in cache.in_parallel(entries, make):
        for slug in (entry.signatory.slug, *entry.signatory.formerly):
            yield addresses.certificate_pdf_address(slug), data


def _values(entry: Registered, register: RegisterView, printable: Printable, site: str) -> dict[str, Any]:
    """Everything that the template shows. Nothing in it depends on the day, so that it stays the same
    document."""
    who, signature = entry.signatory, entry.signature
    release, page = register.releases[signature.version], f"{site}{addresses.signatory_address(who.slug)}"
    name = printable.name(who)
    where = page if site else "the register"
    return {
        "name": name,
        "slug": who.slug,
        "elsewhere": "" if printable.is_whole(who) else f"The name in its own letters stands at {where}",
        "title": release.charter.title,
        "about": f"{name} signed version {release.version} of the {release.charter.title}.",
        "version": release.version,
        "released": day_in_words(release.date),
        "signed": day_in_words(signature.date),
        "role": printable.text(signature.role),
        "digest": digest_groups(release.sha256),
        "page": page if site else "",
        "qr": qr_code.code(page).svg if site else "",
    }
