"""The register → how it stands on the day of the pages, and its lists: by letter, by area, in volumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from charterpress.checks import SIGNATORIES
from charterpress.model import Edition, Registered, Release, ReportStanding, SeenLink, Signature, Standing
from charterpress.register import (
    OTHER_INITIAL,
    Counts,
    count_register,
    initial,
    initial_id,
    initials,
    on_register,
    register_date,
    without_branches,
)
from charterpress.text.collation import sort_key
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, language, number
from charterpress.text.interface import gettext as _
from charterpress.text.languages import own_name
from charterpress.views import addresses
from charterpress.views.reports import (
    ReportsView,
    report_counts,
    report_meanings,
    reports_view,
    standing_words,
)
from charterpress.views.signed_text import SignedText, signed_texts

MAX_PER_DOCUMENT = 2000
"""How many organisations one document lists; a longer list comes in volumes, one for each letter."""
STANDINGS = {
    Standing.CURRENT: N_("current"),
    Standing.IN_FORCE: N_("in force"),
    Standing.ASKED: N_("asked to sign again"),
    Standing.WITHDRAWN: N_("withdrawn"),
}
"""What a list calls each standing; `standing_name` gives it in the language in use."""
_TITLES = {
    Standing.CURRENT: N_("Current"),
    Standing.IN_FORCE: N_("In force"),
    Standing.ASKED: N_("Asked to sign again"),
    Standing.WITHDRAWN: N_("Withdrawn"),
}
MEANINGS = {
    Standing.CURRENT: N_("It signed the current version."),
    Standing.IN_FORCE: N_(
        "It signed an earlier version, and no promise has changed since, so its signature stands."
    ),
    Standing.ASKED: N_(
        "It signed an earlier version, and promises have changed since. Until it signs again, it is listed "
        "under the version it signed."
    ),
}
"""What the words mean; `standing_meaning` gives it in the language in use."""
ANYWHERE = N_("Other letters and numbers")
"""What a list calls the names that begin with no letter of the alphabet."""


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept
class RegisterView:
    """Who has signed: `entries` by name, with their standing on `day` (ISO); `current` is the version that
    can be signed now, `releases` are all versions by number; `count_branches` says whether a branch counts
    beside the organisation that it is part of."""

    current: Release
    day: str
    entries: tuple[Registered, ...]
    releases: Mapping[str, Release]
    count_branches: bool = True
    seen: Mapping[str, SeenLink] = field(default_factory=dict)
    """The links that were seen on the pages that organisations name, by slug."""
    texts: Mapping[str, SignedText] = field(default_factory=dict)
    """The texts that can have been signed, as `signed_texts` gives them."""
    listed: Mapping[str, str] = field(default_factory=dict)
    """The ISO date of the commit with which each entry came onto the list, by slug; empty if not known."""

    standing_words: Mapping[ReportStanding, str] = field(default_factory=lambda: standing_words(None))
    """What is said of how far a report is due."""

    @cached_property
    def reports(self) -> ReportsView | None:
        """What they report; None where no version asks for it."""
        return reports_view(self.entries, tuple(self.releases.values()), self.day, self.standing_words)

    @property
    def own_text(self) -> SignedText:
        """The text that is shown here, whatever anybody signed, in the language in use."""
        return SignedText(tag="", page=language(), title=self.current.charter.title)

    def signed_text(self, entry: Registered) -> SignedText:
        """Return the words in which the signature of `entry` is told wherever it is shown: those of the
        language that was signed, and where it names none, or one that the program does not speak, those of
        the language that the charter is written in."""
        if not self.texts:
            return self.own_text
        return self.texts.get(entry.signature.language) or self.texts[""]

    @cached_property
    def counts(self) -> Counts:
        """How many there are, by version, kind, standing and month; where branches do not count, without
        those whose organisation is listed itself."""
        counted = self.entries if self.count_branches else without_branches(self.entries)
        return count_register(counted, self.day)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of all organisations, by their slugs, present and former."""
        now = {each.signatory.slug: each.signatory.name for each in self.entries}
        return {was: each.signatory.name for each in self.entries for was in each.signatory.formerly} | now

    @cached_property
    def branches(self) -> Mapping[str, Sequence[Registered]]:
        """The branches of each organisation that has any, by its slug and by name."""
        return _grouped((each.signatory.part_of, each) for each in self.active if each.signatory.part_of)

    @cached_property
    def active(self) -> tuple[Registered, ...]:
        """Those whose signature stands, by name."""
        return tuple(each for each in self.entries if each.standing is not Standing.WITHDRAWN)

    @cached_property
    def withdrawn(self) -> tuple[Registered, ...]:
        """Those who withdrew, by name."""
        return tuple(each for each in self.entries if each.standing is Standing.WITHDRAWN)


def register_view(
    edition: Edition,
    committed: str,
    kinds: Mapping[str, str] = MappingProxyType({}),
    original: Edition | None = None,
) -> RegisterView | None:
    """Return the register of `edition`, or None before there is a version to sign. `committed` is the ISO
    date of the commit that it was read from, or ''; `kinds` says what kinds of organisation are called, where
    that is not what their entries say; `original` is the edition that this one is a translation of."""
    if edition.current is None or edition.current.consultation:
        return None
    pages = {each.slug: each for each in edition.links}
    seen = {
        each.slug: link for each in edition.signatories if (link := pages.get(each.slug)) and link.is_of(each)
    }
    known = max([committed, *(link.seen for link in seen.values())])
    day = register_date(edition.signatories, edition.releases, known)
    return RegisterView(
        current=edition.current,
        day=day,
        entries=tuple(
            replace(each, signatory=replace(each.signatory, kind=kinds[each.signatory.kind]))
            if each.signatory.kind in kinds
            else each
            for each in on_register(edition.signatories, edition.releases, day)
        ),
        releases={release.version: release for release in edition.releases},
        count_branches=edition.charter.count_branches if edition.charter else True,
        seen=seen,
        texts=signed_texts(original or edition),
        listed=_listed(edition),
        standing_words=standing_words((original or edition).charter),
    )


def _listed(edition: Edition) -> dict[str, str]:
    """When each entry came onto the list, under whatever name, as git recorded it."""
    recorded = edition.listed or {}
    paths = {each.slug: (each.slug, *each.formerly) for each in edition.signatories}
    days = {
        slug: [day for name in names if (day := recorded.get(f"{SIGNATORIES}/{name}.yml"))]
        for slug, names in paths.items()
    }
    return {slug: min(found) for slug, found in days.items() if found}


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Signatories under one heading, by name. `name` is what an address or anchor calls the group: “a”,
    “other”, “s-2”."""

    name: str
    title: str
    entries: Sequence[Registered]

    @property
    def pdf(self) -> str:
        """Its address as a document, for a volume."""
        return addresses.volume_pdf_address(self.name)


def by_letter(entries: Iterable[Registered]) -> tuple[Group, ...]:
    """Return `entries` under the letters that their names begin with, in the
    order of the alphabet, and then the others."""
    groups = _grouped((initial(each.signatory), each) for each in entries)
    others = groups.pop(OTHER_INITIAL, None)
    letters = [
        Group(name=initial_id(title), title=title, entries=groups[title])
        for title in initials()
        if title in groups
    ]
    return (*letters, *([Group(name="other", title=_(ANYWHERE), entries=others)] if others else ()))


def by_area(entries: Iterable[Registered]) -> tuple[Group, ...]:
    """Return `entries` under the areas they name, in the order of the alphabet."""
    groups = _grouped((each.signatory.area, each) for each in entries)
    ordered = sorted(groups, key=sort_key)
    return tuple(Group(name=area, title=area, entries=groups[area]) for area in ordered)


def letters(entries: Sequence[Registered]) -> tuple[Group, ...]:
    """Return one volume for every letter of a list of more than MAX_PER_DOCUMENT; none for one that is one
    document."""
    return by_letter(entries) if len(entries) > MAX_PER_DOCUMENT else ()


def volumes(entries: Sequence[Registered]) -> tuple[Group, ...]:
    """Return the volumes of a list of more than MAX_PER_DOCUMENT, none of which has more."""
    return tuple(part for volume in letters(entries) for part in _parts(volume))


def _parts(volume: Group) -> Iterator[Group]:
    slices = list(batches(volume.entries, MAX_PER_DOCUMENT))
    if len(slices) == 1:
        yield volume
        return
    for place, entries in enumerate(slices, start=1):
        # Translators: a volume of a long list, and which part of it that is.
        message = _("{title}, part {place} of {count}")
        title = message.format(title=volume.title, place=number(place), count=number(len(slices)))
        yield Group(name=f"{volume.name}-{place}", title=title, entries=entries)


def batches(entries: Sequence[Registered], size: int) -> Iterator[Sequence[Registered]]:
    """Yield `entries` in order, `size` at a time."""
    for start in range(0, len(entries), size):
        yield entries[start : start + size]


def _grouped(pairs: Iterable[tuple[str, Registered]]) -> dict[str, list[Registered]]:
    groups: dict[str, list[Registered]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return groups


# --- In words ----------------------------------------------------------------------------------------


def standing_name(standing: Standing) -> str:
    """Return what a list calls a standing: “in force”."""
    return _(STANDINGS[standing])


def standing_title(standing: Standing) -> str:
    """Return the same at the head of a line: “In force”."""
    return _(_TITLES[standing])


def standing_meaning(standing: Standing) -> str:
    """Return what a standing means, in a sentence; '' for a withdrawal."""
    return _(MEANINGS[standing]) if standing in MEANINGS else ""


def signed_label(entry: Registered, seen: Mapping[str, SeenLink] | None = None) -> str:
    """Return what a signatory signed, and when: “1.0.0 on 3 May 2027”; with “, link seen” where its page was
    `seen` to link to that version, by slug."""
    signature, link = entry.signature, (seen or {}).get(entry.signatory.slug)
    # Translators: a version that was signed, and the day.
    label = _("{version} on {date}")
    if link and link.version == signature.version:
        label = _("{version} on {date}, link seen")
    return label.format(version=signature.version, date=day_in_words(signature.date))


def signed_day(signature: Signature) -> str:
    """Return the day of a signature, and the language of the text, if it says so: “1 May 2027, in
    Cymraeg”."""
    day = day_in_words(signature.date)
    if not signature.language:
        return day
    # Translators: the day on which a text was signed, and the name of the language it was signed in.
    return _("{date}, in {language}").format(date=day, language=own_name(signature.language))


def seen_label(link: SeenLink) -> str:
    """Return what was seen of an organisation's page, in a sentence."""
    message = _("Its page was seen to link to version {version} on {date}.")
    return message.format(version=link.version, date=day_in_words(link.seen))


def meanings(register: RegisterView) -> tuple[tuple[str, str], ...]:
    """Return the names of the standings in a list, each with what it means."""
    used = {each.standing for each in register.entries}
    own = tuple((standing_title(each), _(meaning)) for each, meaning in MEANINGS.items() if each in used)
    return (*own, *report_meanings(register.reports)) if register.reports else own


def count_tables(register: RegisterView) -> dict[str, Sequence[tuple[str, int]]]:
    """Return the number of organisations by version, kind and standing, under the title of each table."""
    counts = register.counts
    standings = [(standing_title(each), counts.standing[each]) for each in Standing]
    return {
        _("Version"): counts.version,
        _("Kind"): counts.kind,
        _("Standing"): [(name, count) for name, count in standings if count],
        **({_("Report"): report_counts(register.reports)} if register.reports else {}),
    }
