"""Rows of contacts × signatories → whom each row is for, and the rows that are for nobody or for several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from urllib.parse import urlsplit

from charterpress.model import Signatory
from charterpress.read.contacts import ContactRow, RowFault
from charterpress.text.folding import fold
from charterpress.text.interface import gettext as _

MAX_SUGGESTED = 50
"""Unknown names for which the closest known one is looked for."""
_PAGES = "signatories"


@dataclass(frozen=True, kw_only=True, slots=True)
class Matches:
    """The contact of each organisation, by its slug; the rows that were joined into one, by slug; the faults
    of the others."""

    contacts: Mapping[str, ContactRow]
    joined: Mapping[str, tuple[int, ...]]
    faults: tuple[RowFault, ...]


def match_contacts(rows: Iterable[ContactRow], signatories: Iterable[Signatory]) -> Matches:
    """Return whom each row is for: by the slug, present or former, the address of the page or the website, or
    the name, whatever its case, accents and signs. Several rows for one organisation become one, with all
    addresses; what the first says of name and language stands."""
    directory = _Directory(signatories)
    found: dict[str, list[ContactRow]] = defaultdict(list)
    faults = []
    for row in rows:
        slugs, fault = directory.find(row)
        if fault:
            faults.append(fault)
        elif row.emails:
            found[slugs[0]].append(row)
    return Matches(
        contacts={slug: _joined(same) for slug, same in found.items()},
        joined={slug: tuple(row.number for row in same) for slug, same in found.items() if len(same) > 1},
        faults=tuple(faults),
    )


def _joined(rows: list[ContactRow]) -> ContactRow:
    return replace(
        rows[0],
        emails=tuple(dict.fromkeys(email for row in rows for email in row.emails)),
        name=next(filter(None, (row.name for row in rows)), ""),
        language=next(filter(None, (row.language for row in rows)), ""),
    )


def name_words(name: str) -> str:
    """Return a name as it is compared: folded, without signs and spaces."""
    return "".join(each for each in fold(name) if each.isalnum()) or name


class _Directory:
    """Finds organisations by what a row says of them."""

    def __init__(self, signatories: Iterable[Signatory]) -> None:
        self._slugs: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._sites: dict[str, set[str]] = defaultdict(set)
        for each in signatories:
            for slug in (each.slug, *each.formerly):
                self._slugs[slug].add(each.slug)
            for name in filter(None, (each.name, each.name_latin)):
                self._names[name_words(name)].add(each.slug)
            self._sites[_site(each.website)].add(each.slug)
        self._sites.pop("", None)
        self._suggested = 0

    def find(self, row: ContactRow) -> tuple[tuple[str, ...], RowFault | None]:
        """Return the organisation of a row, or what is wrong with the row."""
        candidates = [
            (shown, self._by(key, shown))
            for key, shown in (("slug", row.slug), ("page", row.page), ("name", row.organisation))
            if shown
        ]
        known = [slugs for _, slugs in candidates if slugs]
        if not known:
            return (), self._unknown(row.number, candidates[0][0])
        common = set.intersection(*known)
        if len(common) == 1:
            return tuple(common), None
        listed = ", ".join(sorted(set().union(*known))[:5])
        message = (
            _("it may be for several organisations: {slugs}")
            if common
            else _("it names different organisations: {slugs}")
        )
        fix = _("write the slug of the one you mean")
        return (), RowFault(row=row.number, message=message.format(slugs=listed), fix=fix)

    def _by(self, key: str, shown: str) -> set[str]:
        if key == "slug":
            return self._slugs.get(shown.casefold().removesuffix(".yml").strip("/"), set())
        if key == "name":
            return self._names.get(name_words(shown), set())
        steps = [each for each in urlsplit(shown.casefold()).path.split("/") if each]
        after = steps[steps.index(_PAGES) + 1 :][:1] if _PAGES in steps else []
        slugs = self._slugs.get(after[0].removesuffix(".yml"), set()) if after else set()
        return slugs or self._sites.get(_site(shown), set())

    def _unknown(self, row: int, shown: str) -> RowFault:
        fix = _("correct it, or take the row out")
        self._suggested += 1
        if self._suggested <= MAX_SUGGESTED:
            near = get_close_matches(shown.casefold(), self._slugs, n=1, cutoff=0.75)
            by_name = get_close_matches(name_words(shown), self._names, n=1, cutoff=0.75)
            slugs = near or [min(self._names[name]) for name in by_name]
            if slugs:
                fix = _("did you mean {slug}? Otherwise correct it, or take the row out")
                fix = fix.format(slug=slugs[0])
        return RowFault(row=row, message=_("no organisation on the register is called that"), fix=fix)


def _site(address: str) -> str:
    """What tells one website from another: host and path, without www. and the last slash."""
    text = address.strip().casefold()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    host = (parts.netloc or "").rpartition("@")[2].removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if "." in host else ""
