"""The register → the lists that are printed: by letter, by area, and in volumes where it is long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from charterpress.model import Registered, Standing
from charterpress.register import OTHER_INITIAL, initial
from charterpress.text.dates import day_in_words
from charterpress.views import addresses
from charterpress.views.signatories.register_view import RegisterView

MAX_PER_DOCUMENT = 2000
"""How many organisations one document lists; a longer list comes in volumes, one for each letter."""
STANDINGS = {
    Standing.CURRENT: "current",
    Standing.IN_FORCE: "in force",
    Standing.ASKED: "asked to sign again",
    Standing.WITHDRAWN: "withdrawn",
}
"""What a list calls each standing."""
MEANINGS = {
    Standing.CURRENT: "It signed the current version.",
    Standing.IN_FORCE: (
        "It signed an earlier version, and no promise has changed since: its signature stands."
    ),
    Standing.ASKED: (
        "It signed an earlier version, and promises have changed since. It is listed under the version that "
        "it signed until it signs again."
    ),
}
"""What the words mean."""
ANYWHERE = "Other letters and numbers"
"""What a list calls the names that begin with no letter from A to Z."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Signatories under one heading, by name."""

    title: str
    entries: tuple[Registered, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """A part of a long list: everyone under one letter, or some of them if there are more than
    MAX_PER_DOCUMENT. `name` is what its addresses call it: “a”, “other”, “s-2”."""

    name: str
    title: str
    entries: tuple[Registered, ...]

    @property
    def pdf(self) -> str:
        """Its address as a document."""
        return addresses.volume_pdf_address(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountTable:
    """A table of counts: what its lines are, “Version”, and how many organisations there are in each."""

    title: str
    lines: tuple[tuple[str, int], ...]


def by_letter(entries: Iterable[Registered]) -> tuple[Group, ...]:
    """Return `entries` under the letters that their names begin with, A to Z and then the others."""
    groups = _grouped((initial(each.signatory), each) for each in entries)
    ordered = sorted(groups, key=lambda initial: (initial == OTHER_INITIAL, initial))
    return tuple(
        Group(title=ANYWHERE if initial == OTHER_INITIAL else initial, entries=tuple(groups[initial]))
        for initial in ordered
    )


def by_area(entries: Iterable[Registered]) -> tuple[Group, ...]:
    """Return `entries` under the areas they name, in the order of the alphabet."""
    groups = _grouped((each.signatory.area, each) for each in entries)
    ordered = sorted(groups, key=lambda area: (area.casefold(), area))
    return tuple(Group(title=area, entries=tuple(groups[area])) for area in ordered)


def letters(entries: Sequence[Registered]) -> tuple[Volume, ...]:
    """Return one volume for every letter of a list of more than MAX_PER_DOCUMENT; none for one that is one
    document."""
    if len(entries) <= MAX_PER_DOCUMENT:
        return ()
    return tuple(
        Volume(
            name="other" if group.title == ANYWHERE else group.title.lower(),
            title=group.title,
            entries=group.entries,
        )
        for group in by_letter(entries)
    )


def volumes(entries: Sequence[Registered]) -> tuple[Volume, ...]:
    """Return the volumes of a list of more than MAX_PER_DOCUMENT, none of which has more."""
    return tuple(part for volume in letters(entries) for part in _parts(volume))


def _parts(volume: Volume) -> Iterator[Volume]:
    count = -(-len(volume.entries) // MAX_PER_DOCUMENT)
    if count == 1:
        yield volume
        return
    for place in range(count):
        yield Volume(
            name=f"{volume.name}-{place + 1}",
            title=f"{volume.title}, part {place + 1} of {count}",
            entries=volume.entries[place * MAX_PER_DOCUMENT : (place + 1) * MAX_PER_DOCUMENT],
        )


def _grouped(pairs: Iterable[tuple[str, Registered]]) -> dict[str, list[Registered]]:
    groups: dict[str, list[Registered]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return groups


# --- In words ----------------------------------------------------------------------------------------


def signed_label(entry: Registered) -> str:
    """Return what a signatory signed, and when: “1.0.0 on 3 May 2027”."""
    return f"{entry.signature.version} on {day_in_words(entry.signature.date)}"


def meanings(register: RegisterView) -> tuple[tuple[str, str], ...]:
    """Return the names of the standings in a list, each with what it means."""
    used = {each.standing for each in register.entries}
    return tuple((STANDINGS[each].capitalize(), said) for each, said in MEANINGS.items() if each in used)


def count_tables(register: RegisterView) -> tuple[CountTable, ...]:
    """Return the number of organisations by version, kind and standing."""
    counts = register.counts
    return (
        CountTable(title="Version", lines=counts.version),
        CountTable(title="Kind", lines=counts.kind),
        CountTable(
            title="Standing",
            lines=tuple(
                (STANDINGS[each].capitalize(), counts.standing[each])
                for each in Standing
                if counts.standing[each]
            ),
        ),
    )
