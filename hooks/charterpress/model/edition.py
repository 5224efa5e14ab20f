"""Everything that was read, together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, TypeVar

from charterpress.model.charter import Charter
from charterpress.model.files import Document, Entry
from charterpress.model.register import SeenLink, Signatory
from charterpress.model.translations import FrozenTranslation, Translation
from charterpress.model.versions import ChangeNote, Erratum, Release, TimeStamp

T = TypeVar("T")


class MissingLetters(Protocol):
    """What knows the fonts."""

    def __call__(self, letters: frozenset[str], *, code: bool) -> frozenset[str]:
        """Return those of `letters`, set as code or as words, that no font has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """Everything that was read. `charter` holds as much as could be understood, or None where charter.yml
    itself could not; `root` is the charter's folder as shown to people."""

    root: str
    charter: Charter | None
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    retired: tuple[str, ...] = ()
    """Ids that a release or a change note has retired."""
    releases: tuple[Release, ...] = ()
    """Those that could be understood, oldest first."""
    notes: tuple[ChangeNote, ...] = ()
    """The change notes that no release has taken in yet."""
    errata: tuple[Erratum, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    """All that could be read, by slug. `checks.without_invalid` leaves out those whose file has an error."""
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the search looks for besides, by what readers type; from synonyms.yml."""
    links: tuple[SeenLink, ...] = ()
    """The links that were seen on pages of signatories, as links.json says, unchecked."""
    translations: tuple[Translation, ...] = ()
    """The working text in other languages, by their tags: every .po file that could be read."""
    frozen_translations: tuple[FrozenTranslation, ...] = ()
    """The published translations of releases."""
    time_stamps: tuple[TimeStamp, ...] = ()
    """The time-stamps of both, in the order of their renewals, unchecked: `proofs` checks them."""
    roots: dict[str, bytes] = field(default_factory=dict)
    """The root certificates kept beside them, as PEM, by the ids of the authorities, unchecked."""
    recorded: dict[str, str] | None = None
    """The SHA-256 digest of every file that git ever had in releases/, as first added, by its path in the
    charter's folder; None if not requested or unavailable."""
    listed: dict[str, str] | None = None
    """The ISO date of the commit with which every file in signatories/ came onto the branch, by its path in
    the charter's folder; None if not requested or unavailable."""
    agreed: dict[str, str] | None = None
    """The same for those files, and those in signatories/, in the branch that a change is proposed to."""
    touched: frozenset[str] = frozenset()
    """The paths, as shown, of the files that differ from that branch; empty if not requested."""
    maintained: bool = False
    """Whether the change is proposed by somebody who may push to the repository, as its host says."""
    today: str = ""
    """The latest date anywhere on Earth now; '' if not requested."""
    surroundings: tuple[Document, ...] = ()
    """The files around the charter's folder that say something of the charter too: the settings of its site,
    forms, and who must approve a change; empty if not requested."""
    missing_letters: MissingLetters | None = None
    """What finds the letters that cannot be printed, as words or as code; None if not requested."""
    cache: dict[Callable[[Edition], Any], Any] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """What `once_per_edition` has computed."""

    @property
    def current(self) -> Release | None:
        """The latest release that can be signed, or else the latest consultation draft."""
        signable = [release for release in self.releases if not release.consultation]
        return next(reversed(signable or self.releases), None)

    def document(self, path: str) -> Document | None:
        """The document at `path`, or None."""
        return next((document for document in self.documents if document.path == path), None)


def once_per_edition(compute: Callable[[Edition], T]) -> Callable[[Edition], T]:
    """Return `compute` with its result for each edition cached: rules share much."""

    @wraps(compute)
    def cached(edition: Edition) -> T:
        if compute not in edition.cache:
            edition.cache[compute] = compute(edition)
        result: T = edition.cache[compute]
        return result

    return cached
