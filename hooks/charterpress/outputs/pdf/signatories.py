"""The register → the list of signatories to print, in one document or in volumes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from charterpress.model import Registered
from charterpress.outputs.pdf.cache import Shelf
from charterpress.outputs.pdf.printable import Printable
from charterpress.views import addresses, labels
from charterpress.views.signatories import lists
from charterpress.views.signatories.register import Register

GROUP = 8
"""How many characters of a digest stand together."""
LONG = 200
"""From how many organisations on a document takes so much memory that typst is told to forget it."""
MEANS = (
    "A signature is the organisation’s own statement. Nobody has examined whether it keeps its word. How "
    "each of them stands today, and what it says of its signature, is on its page in the register."
)


def documents(
    of: Register, printable: Printable, shelf: Shelf, *, site: str, digest: str
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the list of signatories: one document, or for more than `lists.MOST` a title
    volume and one or more for each letter, each made when it is asked for. None for a register in which
    nobody ever was. `site` is where the site stands, ending in a slash, or ''; `digest` is that of
    signatories.json. Raises what `engine.document` raises."""
    if not of.entries:
        return
    stand, told = lists.standing(of), _Told(of, printable, site, digest)
    volumes = lists.volumes(stand)
    yield addresses.REGISTER_PDF, _made(told.whole(() if volumes else stand, volumes), shelf, of)
    for volume in volumes:
        yield volume.pdf, _made(told.volume(volume), shelf, of)


def _made(values: dict[str, Any], shelf: Shelf, of: Register) -> bytes:
    long = sum(len(letter["rows"]) for letter in values["letters"]) > LONG
    return shelf.document("signatories.typ", values, date=of.day, long=long)


class _Told:
    """What the documents of one register say."""

    def __init__(self, of: Register, printable: Printable, site: str, digest: str) -> None:
        self._of, self._printable, self._site = of, printable, site
        self._digest = [digest[at : at + GROUP] for at in range(0, len(digest), GROUP)]

    def whole(self, entries: Sequence[Registered], volumes: Sequence[lists.Volume]) -> dict[str, Any]:
        """The list as one document, or, without `entries`, the title volume of `volumes`."""
        of = self._of
        count = len(lists.standing(of))
        stand = f"{labels.organisations(count)} {'stands' if count == 1 else 'stand'} by this charter."
        about = stand if count else "Nobody stands by this charter now."
        left = lists.withdrawn(of)
        return self._document(
            f"Signatories of the {of.current.charter.title}", about, entries, [*entries, *left]
        ) | {
            "counts": [{"title": each.title, "lines": self._lines(each)} for each in lists.counted(of)]
            if count
            else [],
            "meanings": lists.meanings(of),
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
                    "date": labels.day(each.since),
                    "note": self._note(each),
                }
                for each in left
            ],
        }

    def volume(self, volume: lists.Volume) -> dict[str, Any]:
        """One volume of a long list."""
        title = f"Signatories of the {self._of.current.charter.title}: {volume.title}"
        count = labels.organisations(len(volume.entries))
        about = f"{count} under this letter; the title volume counts them all."
        return self._document(title, about, volume.entries, volume.entries) | {
            "meanings": lists.meanings(self._of),
            "areas": [],  # an area is in every volume: the page of the letter tells who is where
        }

    def _document(
        self, title: str, about: str, entries: Sequence[Registered], named: Sequence[Registered]
    ) -> dict[str, Any]:
        """What every document has. It lists `entries`; `named` are all whose names stand in it."""
        of, site, can = self._of, self._site, self._printable
        return {
            "title": title,
            "about": about,
            "version": of.current.version,
            "day": labels.day(of.day),
            "address": f"{site}{addresses.REGISTER_PRINT}" if site else "",
            "json": f"{site}{addresses.REGISTER_JSON}" if site else "",
            "digest": self._digest,
            "counts": [],
            "meanings": [],
            "means": MEANS,
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
            lists.signed(entry),
            lists.STANDINGS[entry.standing],
        )

    def _lines(self, counted: lists.Counted) -> list[tuple[str, str]]:
        return [(self._printable.text(name), f"{count:,}") for name, count in counted.lines]

    def _note(self, entry: Registered) -> str:
        withdrawn = entry.signatory.withdrawn
        return self._printable.text(withdrawn.note) if withdrawn and withdrawn.note else ""
