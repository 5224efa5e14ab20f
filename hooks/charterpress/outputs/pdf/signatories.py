"""The register → what is printed: the list of signatories, in one document or volumes, and certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from charterpress.model import Registered
from charterpress.outputs.images import qr_code
from charterpress.outputs.pdf import layout_words
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import Printable
from charterpress.text.dates import day_in_words
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext, number
from charterpress.text.lists import join_items
from charterpress.views import addresses, labels
from charterpress.views import signatories as lists
from charterpress.views.reports import last_report, report_label
from charterpress.views.signatories import RegisterView

LONG = 200
"""The number of organisations from which typst is told to free its memory after a document."""


def list_documents(
    register: RegisterView, printable: Printable, cache: DocumentCache, *, site: str, digest: str
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the list of signatories: one document, or for more than
    `MAX_PER_DOCUMENT` a title volume and one or more for each letter, each made when it is asked for.
    None for an empty register. `site` is the address of the site, which ends in a slash, or '';
    `digest` is that of signatories.json. Raises what `engine.document` raises."""
    if not register.entries:
        return
    values = _ListValues(register, printable, site, digest)
    volumes = lists.volumes(register.active)

    def make(values: Callable[[], dict[str, Any]], entries: Sequence[Registered]) -> bytes:
        return cache.document("signatories.typ", values, date=register.day, long=len(entries) > LONG)

    listed = () if volumes else register.active
    yield addresses.REGISTER_PDF, make(partial(values.whole, listed, volumes), listed)
    for volume in volumes:
        yield volume.pdf, make(partial(values.volume, volume), volume.entries)


class _ListValues:
    """What the documents of one register say."""

    def __init__(self, register: RegisterView, printable: Printable, site: str, digest: str) -> None:
        self._register, self._printable = register, printable
        self._site, self._digest = site, digest

    def whole(self, entries: Sequence[Registered], volumes: Sequence[lists.Group]) -> dict[str, Any]:
        """The list as one document, or, without `entries`, the title volume of `volumes`."""
        register, text = self._register, self._printable.text
        count = len(register.active)
        about = ngettext(
            "{count} organisation stands by this charter.",
            "{count} organisations stand by this charter.",
            count,
        ).format(count=number(count))
        return self._document("", about, entries, [*entries, *register.withdrawn]) | {
            "about": about if count else _("Nobody stands by this charter now."),
            "counts": [
                {"title": title, "lines": [(text(name), number(value)) for name, value in lines]}
                for title, lines in (lists.count_tables(register) if count else {}).items()
            ],
            "volumes": [
                {
                    "title": each.title,
                    "count": number(len(each.entries)),
                    "link": self._link(each.pdf),
                    "shown": each.pdf.rpartition("/")[2],
                }
                for each in volumes
            ],
            "withdrawn": [
                {
                    "name": self._printable.name(each.signatory),
                    "date": day_in_words(each.since),
                    "note": text(withdrawn.note) if (withdrawn := each.signatory.withdrawn) else "",
                }
                for each in register.withdrawn
            ],
        }

    def volume(self, volume: lists.Group) -> dict[str, Any]:
        """One volume of a long list."""
        count = len(volume.entries)
        about = ngettext(
            "{count} organisation under this letter; the title volume counts them all.",
            "{count} organisations under this letter; the title volume counts them all.",
            count,
        ).format(count=number(count))
        return self._document(volume.title, about, volume.entries, volume.entries) | {
            "areas": [],  # an area is in every volume: the page of the letter tells who is where
        }

    def _document(
        self, letter: str, about: str, entries: Sequence[Registered], named: Sequence[Registered]
    ) -> dict[str, Any]:
        """What every document has. It lists `entries`; `named` are all signatories whose names are in it."""
        register, printable = self._register, self._printable
        title = _("Signatories of the {charter}: {letter}") if letter else _("Signatories of the {charter}")
        return {
            "words": layout_words.signatories_words(online=bool(self._site)),
            "title": title.format(charter=register.current.charter.title, letter=letter),
            "about": about,
            "version": register.current.version,
            "day": day_in_words(register.day),
            "address": self._link(addresses.REGISTER_PRINT),
            "json": self._link(addresses.REGISTER_JSON),
            "digest": labels.digest_groups(self._digest),
            "counts": [],
            "meanings": lists.meanings(register),
            "volumes": [],
            "letters": [
                {"title": group.title, "rows": [self._row(each) for each in group.entries]}
                for group in lists.by_letter(entries)
            ],
            "areas": [
                {
                    "title": printable.text(group.title),
                    "count": number(len(group.entries)),
                    "names": [printable.name(each.signatory) for each in group.entries],
                }
                for group in lists.by_area(entries)
            ],
            "withdrawn": [],
            "elsewhere": [
                {
                    "name": printable.name(each.signatory),
                    "page": self._link(addresses.signatory_address(each.signatory.slug)),
                }
                for each in named
                if not printable.is_whole(each.signatory)
            ],
        }

    def _row(self, entry: Registered) -> tuple[str, str, str, str]:
        who, printable = entry.signatory, self._printable
        kind, area = printable.text(who.kind), printable.text(who.area)
        # Translators: what kind of organisation it is, and the area in which it works.
        where = _("{kind}, {area}").format(kind=kind, area=area)
        signed = lists.signed_label(entry, self._register.seen)
        standing, reports = lists.standing_name(entry.standing), self._register.reports
        if reports:
            standing = join_items((standing, printable.text(report_label(reports.label(entry)))))
        return printable.both_names(who), where, signed, standing

    def _link(self, address: str) -> str:
        return f"{self._site}{address}" if self._site else ""


# --- Certificates ------------------------------------------------------------------------------------


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
        values = partial(_certificate_values, entry, register, printable, site)
        return cache.document("certificate.typ", values, date=entry.signature.date)

    for entry, data in cache.in_parallel(entries, make):
        for slug in (entry.signatory.slug, *entry.signatory.formerly):
            yield addresses.certificate_pdf_address(slug), data


def _certificate_values(
    entry: Registered, register: RegisterView, printable: Printable, site: str
) -> dict[str, Any]:
    """Everything that the template shows. Nothing in it depends on the day, so that it stays the same
    document."""
    who, signature = entry.signatory, entry.signature
    release, page = register.releases[signature.version], f"{site}{addresses.signatory_address(who.slug)}"
    name = printable.name(who)
    where = (
        _("The name in its own script is at {address}").format(address=layout_words.from_left(page))
        if site
        else _("The name in its own script is at the register")
    )
    return {
        "words": layout_words.certificate_words(),
        "name": name,
        "slug": who.slug,
        "elsewhere": "" if printable.is_whole(who) else where,
        "title": release.charter.title,
        "about": _("{name} signed version {version} of the {charter}.").format(
            name=name, version=release.version, charter=release.charter.title
        ),
        "version": release.version,
        "released": day_in_words(release.date),
        "signed": printable.text(lists.signed_day(signature)),
        "role": printable.text(signature.role),
        "digest": labels.digest_groups(release.sha256),
        "check": f"{site}{addresses.check_address(release.version)}" if site else "",
        "page": page if site else "",
        "qr": qr_code.code(page).svg if site else "",
        "report": last_report(entry, register.reports),
    }
