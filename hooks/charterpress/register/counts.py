"""Who is on the register → how many, by version, kind, area and standing, and month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charterpress.model import Registered, Standing
from charterpress.text.collation import sort_key
from charterpress.versions.number import version_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """What happened in one month, as 2026-12: how many organisations `joined` (for the first time or again),
    how many `left`, and how many were on the register at its end."""

    month: str
    joined: int
    left: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many organisations have not withdrawn: `all` of them, and by the `version` each signed last (newest
    first), by `kind` and by `area` (most first), each adding up to the same.

    `standing` has those who withdrew too. `months` go without a gap from the first signature to the last
    event, or to the day asked about."""

    all: int
    version: tuple[tuple[str, int], ...]
    kind: tuple[tuple[str, int], ...]
    area: tuple[tuple[str, int], ...]
    standing: dict[Standing, int]
    months: tuple[Month, ...]


def count_register(entries: Iterable[Registered], today: str) -> Counts:
    """The counts of `entries`, which are `on_register` on the day `today` ('' for all that is known)."""
    entries = tuple(entries)
    standing = Counter(each.standing for each in entries)
    present = [each for each in entries if each.standing is not Standing.WITHDRAWN]
    versions = Counter(each.signature.version for each in present)
    return Counts(
        all=len(present),
        version=tuple(sorted(versions.items(), key=lambda pair: version_key(pair[0]), reverse=True)),
        kind=_most_first(each.signatory.kind for each in present),
        area=_most_first(each.signatory.area for each in present),
        standing={each: standing[each] for each in Standing},
        months=tuple(_months(entries, today)),
    )


def without_branches(entries: Iterable[Registered]) -> tuple[Registered, ...]:
    """`entries` without the branches of an organisation that is among them and has not withdrawn."""
    entries = tuple(entries)
    active = {each.signatory.slug for each in entries if each.standing is not Standing.WITHDRAWN}
    return tuple(each for each in entries if each.signatory.part_of not in active)


def _most_first(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], sort_key(pair[0]))))


def _months(entries: Iterable[Registered], today: str) -> Iterator[Month]:
    joined: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for each in entries:
        for month, leaves in _events(each):
            (left if leaves else joined)[month] += 1
    if not joined:
        return
    total, month = 0, min(joined)
    end = max([*joined, *left, today[:7]])
    while month <= end:
        total += joined[month] - left[month]
        yield Month(month=month, joined=joined[month], left=left[month], total=total)
        month = _next(month)


def _events(entry: Registered) -> Iterator[tuple[str, bool]]:
    """The months in which an organisation joined, left (True) and joined again, as far as its entry counts
    them."""
    signed = entry.signed
    yield signed[0].date[:7], False
    withdrawn = entry.signatory.withdrawn
    if entry.standing is Standing.WITHDRAWN:
        yield entry.since[:7], True
    elif withdrawn and signed[0].date <= withdrawn.date < signed[-1].date:
        again = next(each.date for each in signed if each.date > withdrawn.date)
        yield withdrawn.date[:7], True
        yield again[:7], False


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + 1:04}-01" if number == 12 else f"{year:04}-{number + 1:02}"
