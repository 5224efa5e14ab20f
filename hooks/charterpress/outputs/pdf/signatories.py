"""The register → the list of signatories to print, in one document or in volumes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from charterpress.model import Registered
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.printable import Printable
from charterpress.text.dates import day_in_words
from charterpress.views import addresses, labels
from charterpress.views import signatories as lists
from charterpress.views.signatories import RegisterView

GROUP = 8
"""The length of the groups in which a digest is printed."""
LONG = 200
"""The number of organisations from which typst is told to free its memory after a document."""


def list_documents(
    register: RegisterView, printable: Printable, cache: DocumentCache, *, site: str, digest: str
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the list of signatories: one document, or for more than
    `lists.MAX_PER_DOCUMENT` a title volume and one or more for each letter, each made when it is asked for.
    None for an empty register. `site` is the address of the site, which ends in a slash, or '';
    `digest` is that of signatories.json. Raises what `engine.document` raises."""
    if not register.entries:
        return
    active, values = register.active, _ListValues(register, printable, site, digest)
    volumes = lists.volumes(active)
    yield addresses.REGISTER_PDF, _document(values.whole(() if volumes else active, volumes), cache, register)
    for volume in volumes:
        yield volume.pdf, _document(values.volume(volume), cache, register)


def _document(values: dict[str, Any], cache: DocumentCache, register: RegisterView) -> bytes:
    long = sum(len(letter["rows"]) for letter in values["letters"]) > LONG
    return cache.document("signatories.typ", values, date=register.day, long=long)


class _ListValues:
    """What the documents of one register say."""

    def __init__(self, register: RegisterView, printable: Printable, site: str, digest: str) -> None:
        self._register, self._printable, self._site = register, printable, site
        self._digest = [digest[at : at + GROUP] for at in range(0, len(digest), GROUP)]

    def whole(self, entries: Sequence[Registered], volumes: Sequence[lists.Group]) -> dict[str, Any]:
        """The list as one document, or, without `entries`, the title volume of `volumes`."""
        register = self._register
        count = len(register.active)
        statement = (
            f"{labels.organisation_count(count)} {'stands' if count == 1 else 'stand'} by this charter."
        )
        about = statement if count else "Nobody stands by this charter now."
        left = register.withdrawn
        return self._document(
            f"Signatories of the {register.current.charter.title}", about, entries, [*entries, *left]
        ) | {
            "counts": [
                {"title": each.title, "lines": self._lines(each)} for each in lists.count_tables(register)
            ]
            if count
            else [],
            "meanings": lists.meanings(register),
            "volumes": [
                {
                    "title": each.title,
                    "count": f"{len(each.entries):,}",
                    "link": f"{self._site}{each.pdf}" if self._site else "",
                    "shown": each.pdf.rpartition("/")[2],
                }
                for each in volumes
            ],
            "withdrawn": [
                {
                    "name": self._printable.name(each.signatory),
                    "date": day_in_words(each.since),
                    "note": self._note(each),
                }
                for each in left
            ],
        }

    def volume(self, volume: lists.Group) -> dict[str, Any]:
        """One volume of a long list."""
        title = f"Signatories of the {self._register.current.charter.title}: {volume.title}"
        count = labels.organisation_count(len(volume.entries))
        about = f"{count} under this letter; the title volume counts them all."
        return self._document(title, about, volume.entries, volume.entries) | {
            "meanings": lists.meanings(self._register),
            "areas": [],  # an area is in every volume: the page of the letter tells who is where
        }

    def _document(
        self, title: str, about: str, entries: Sequence[Registered], named: Sequence[Registered]
    ) -> dict[str, Any]:
        """What every document has. It lists `entries`; `named` are all signatories whose names are in it."""
        register, site, can = self._register, self._site, self._printable
        return {
            "title": title,
            "about": about,
            "version": register.current.version,
            "day": day_in_words(register.day),
            "address": f"{site}{addresses.REGISTER_PRINT}" if site else "",
            "json": f"{site}{addresses.REGISTER_JSON}" if site else "",
            "digest": self._digest,
            "counts": [],
            "meanings": [],
            "volumes": [],
            "letters": [
                {"title": group.title, "rows": [self._row(each) for each in group.entries]}
                for group in lists.by_letter(entries)
            ],
            "areas": [
                {
                    "title": can.text(group.title),
                    "count": f"{len(group.entries):,}",
                    "names": [can.name(each.signatory) for each in group.entries],
                }
                for group in lists.by_area(entries)
            ],
            "withdrawn": [],
            "elsewhere": [
                {
                    "name": can.name(each.signatory),
                    "page": f"{site}{addresses.signatory_address(each.signatory.slug)}" if site else "",
                }
                for each in named
                if not can.is_whole(each.signatory)
            ],
        }

    def _row(self, entry: Registered) -> tuple[str, str, str, str]:
        who, can = entry.signatory, self._printable
        return (
            can.name(who),
            f"{can.text(who.kind)}, {can.text(who.area)}",
            lists.signed_label(entry),
            lists.STANDINGS[entry.standing],
        )

    def _lines(self, counted: lists.CountTable) -> list[tuple[str, str]]:
        return [(self._printable.text(name), f"{count:,}") for name, count in counted.lines]

    def _note(self, entry: Registered) -> str:
        withdrawn = entry.signatory.withdrawn
        return self._printable.text(withdrawn.note) if withdrawn and withdrawn.note else ""
