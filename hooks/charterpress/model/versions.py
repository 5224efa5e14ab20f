"""Its versions: what changed, why, and what was released."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from charterpress.model.charter import Charter


class Class(StrEnum):
    """How far a change reaches, from the least to the most: the next version's number follows from it."""

    NONE = "none"
    EDITORIAL = "editorial"
    GUIDANCE = "guidance"
    COMMITMENT = "commitment"

    @property
    def rank(self) -> int:
        """Its place from the least, 0, to the most, 3."""
        return _RANKS[self]


_RANKS = {each: place for place, each in enumerate(Class)}


class Kind(StrEnum):
    """What happened to one piece of the text; the value is what a person reads of it."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    FIGURE = "a figure or deadline changed"
    LINK = "a link leads elsewhere"
    LINK_ADDED = "a link was added"
    LINK_REMOVED = "a link was taken out"
    LAYOUT = "emphasis or layout changed"
    PUNCTUATION = "punctuation, case or spacing changed"
    REORDERED = "put in another order"
    MOVED = "moved to another theme"
    RENAMED = "renamed"
    RETIRED = "retired"
    SPLIT = "split"
    MERGED = "merged"
    GAVE = "a part went to another principle"
    TOOK = "a part of another principle came"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change between two texts of a charter. `subject` is the id of a principle or theme, "preamble" or
    "charter"; `field` is a field of it, the id of a section, or '' for the whole of it; `before` and `after`
    are its words as Markdown, '' where there are none; `because` are the words that decided the class."""

    subject: str
    field: str
    kind: Kind
    class_: Class
    before: str = ""
    after: str = ""
    because: str = ""
    part: str = ""
    """Which item of a list: its letter or number, in the new text if it is there, else in the old."""
    others: tuple[str, ...] = ()
    """The titles of what took its place, covers it, or gave or took a part of it."""
    covered: bool = False
    """Whether what a note retired is covered by `others`, which were there before."""
    reason: str = ""
    """Why it went, where a note gives a reason for it alone: plain words without a full stop."""
    language: str = ""
    """The tag of the language whose text changed where that of the charter did not; '' for the charter's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeNote:
    """Why a change was made, by whoever proposed it. `path` is its file ('' in a release)."""

    id: str
    principles: tuple[str, ...]
    class_: Class
    reason: str
    approved_by: tuple[str, ...] = ()
    retires: tuple[tuple[str, str], ...] = ()
    """The ids that go, each with the id that takes its place, or ''."""
    covered: tuple[str, ...] = ()
    """Those of them that are not replaced: what another said before covers them."""
    gives: tuple[tuple[str, str], ...] = ()
    """The ids of living principles, each with the id of one that takes over a part of it."""
    reasons: tuple[tuple[str, str], ...] = ()
    """The ids that go for a reason of their own, each with it, as plain words."""
    path: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids that it is about, each once: those it names, and both ends of what it retires or gives."""
        ends = (id for pair in (*self.retires, *self.gives) for id in pair if id)
        return tuple(dict.fromkeys((*self.principles, *ends)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Retired:
    """A principle that is no longer part of the charter: its last title and theme, and the version without
    it. `replacements` are the ids that took its place: none, one, or those that it was split into."""

    id: str
    title: str
    theme: str
    version: str
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationReference:
    """A published translation of a release, named beyond doubt."""

    language: str
    revision: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A release, named beyond doubt. `translations` are the newest revisions of it in other languages when it
    was named."""

    version: str
    sha256: str
    translations: tuple[TranslationReference, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """One frozen version: its text, and its place among the others. `data` are the bytes of its file, and
    `sha256` is their digest."""

    version: str
    date: str
    class_: Class
    found: Class
    """The class of its changes before any note lowered it; the same as `class_` where none did."""
    previous: Reference | None
    notes: tuple[ChangeNote, ...]
    charter: Charter
    retired: tuple[Retired, ...] = ()
    data: bytes = b""
    sha256: str = ""
    path: str = ""

    @property
    def consultation(self) -> bool:
        """Whether it is a draft to talk about, below 1.0.0, which nobody can sign."""
        return self.version.startswith("0.")


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeStamp:
    """What an authority outside says of a frozen file (RFC 3161), unchecked: `stem` is the name of that file
    without its ending, `authority` the id of who says it, and `number` counts from 1: each further one renews
    those before it. `data` are the bytes of its file."""

    stem: str
    authority: str
    number: int
    data: bytes = b""
    path: str = ""

    @property
    def name(self) -> str:
        """The name of its file: 2.0.0.cy.1.digicert.1.tsr."""
        return f"{self.stem}.{self.authority}.{self.number}.tsr"


@dataclass(frozen=True, kw_only=True, slots=True)
class Erratum:
    """Known mistakes in a release: shown beside its text, never part of it. `text` is Markdown."""

    version: str
    text: str
    path: str = ""
