"""Everything that was read, together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from charterpress.model.charter import Charter
from charterpress.model.files import Document, Entry
from charterpress.model.register import Signatory
from charterpress.model.versions import ChangeNote, Erratum, Release

T = TypeVar("T")


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
    recorded: dict[str, str] | None = None
    """The SHA-256 digest of every file that git ever had in releases/, as first added, by its path in the
    charter's folder; None if not requested or unavailable."""
    agreed: dict[str, str] | None = None
    """The same for those files, and those in signatories/, in the branch that a change is proposed to."""
    touched: frozenset[str] = frozenset()
    """The paths, as shown, of the files that differ from that branch; empty if not requested."""
    today: str = ""
    """The latest date anywhere on Earth now; '' if not requested."""
    _made: dict[Callable[..., Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def once(self, make: Callable[[Edition], T]) -> T:
        """Return `make(self)`, computed on the first call: rules share much."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @property
    def current(self) -> Release | None:
        """The latest release that can be signed, or else the latest consultation draft."""
        signable = [release for release in self.releases if not release.consultation]
        return next(reversed(signable or self.releases), None)

    def document(self, path: str) -> Document | None:
        """The document at `path`, or None."""
        return next((document for document in self.documents if document.path == path), None)
