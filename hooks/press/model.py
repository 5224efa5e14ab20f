"""What a charter is made of: the nouns that every other module speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from inspect import getdoc
from typing import TypeAlias

# --- The charter -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionShape:
    """One section that every principle of a charter has, as charter.yml declares it."""

    id: str
    heading: str
    binding: bool = False
    list: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The words of one principle under one heading: Markdown, NFC, LF."""

    id: str
    text: str
    items: tuple[str, ...] = ()
    """The Markdown of each list item, where the section's shape is a list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """Something a person does, how it is seen, and what helps them to do it. Plain text."""

    behaviour: str
    measure: str
    support: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Principle:
    """One principle. `path` is its source file ('' where the text came from a release)."""

    id: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    behaviours: tuple[Behaviour, ...] = ()
    questions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    path: str = ""
    since: str = ""
    """The version that it first stood in, and the one that last changed it; '' in the working text."""
    changed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """One theme with its principles in their order. `text` is its introduction, in Markdown."""

    id: str
    title: str
    summary: str
    text: str
    principles: tuple[Principle, ...]
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Charter:
    """A whole charter, the working text or a frozen release alike. `preamble` is Markdown."""

    title: str
    summary: str
    licence: str
    preamble: str
    themes: tuple[Theme, ...]
    sections: tuple[SectionShape, ...]
    questions: tuple[str, ...] = ()
    signatory_kinds: tuple[str, ...] = ()
    path: str = ""
    preamble_path: str = ""

    def principles(self) -> Iterator[tuple[Theme, Principle]]:
        """Every principle with its theme, in the charter's order."""
        return ((theme, principle) for theme in self.themes for principle in theme.principles)


# --- Its versions ------------------------------------------------------------------------------------


class Class(StrEnum):
    """How far a change reaches, from the least to the most: the next version's number follows from it."""

    NONE = "none"
    EDITORIAL = "editorial"
    GUIDANCE = "guidance"
    COMMITMENT = "commitment"

    @property
    def rank(self) -> int:
        """Its place from the least, 0, to the most, 3."""
        return list(Class).index(self)


class Kind(StrEnum):
    """What happened to one piece of the text; the value is what a person reads of it."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    FIGURE = "a figure or deadline changed"
    LINK = "a link leads elsewhere"
    LAYOUT = "emphasis or layout changed"
    PUNCTUATION = "punctuation, case or spacing changed"
    REORDERED = "put in another order"
    MOVED = "moved to another theme"
    RENAMED = "renamed"
    RETIRED = "retired"
    SPLIT = "split"
    MERGED = "merged"


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
    """Which item of a list: its letter or number, in the new text where it stands there, else in the old."""


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
    path: str = ""


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
class Reference:
    """A release, named beyond doubt."""

    version: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """One frozen version: its text, and where it stands among the others. `data` are the very bytes of its
    file, and `sha256` is theirs."""

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
class Erratum:
    """Known mistakes in a release: shown beside its text, never part of it. `text` is Markdown."""

    version: str
    text: str
    path: str = ""


# --- The files it is read from, with the place of everything in them ---------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Scalar:
    """One YAML scalar as it stands in the file. Lines and columns count from 1, columns in characters."""

    value: str
    line: int
    column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """A YAML mapping, its keys in the file's order; a key that stands twice is kept twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of the first entry named `key`, or None."""
        return next((value for name, value in self.entries if name.value == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


class Role(StrEnum):
    """What a file is for, which decides the rules that hold for it."""

    CHARTER = "charter"
    PREAMBLE = "preamble"
    THEME = "theme"
    PRINCIPLE = "principle"
    CHANGE = "change"
    RELEASE = "release"
    SUMS = "sums"
    ERRATUM = "erratum"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link or an image in a Markdown body."""

    text: str
    target: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of a Markdown body. `kind` is heading, paragraph, bullet_list, ordered_list, list_item,
    quote, code, html, rule or table; `level` is a heading's; `text` is the block's own Markdown source,
    without its mark (a heading without its #, an item without its bullet)."""

    kind: str
    line: int
    end: int
    """The last line of the block, inclusive."""
    column: int = 1
    level: int = 0
    text: str = ""
    children: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    """The links in the block's own text; those of its children are theirs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One stretch of a principle's body: a heading and what stands under it."""

    name: str
    """The heading's words alone, to compare with a section's; '' for what stands before the first heading."""
    heading: Block | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something the reader could not take as it stands; `rule` is the id of the rule that reports it."""

    rule: str
    line: int
    column: int
    message: str
    fix: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One text file of a charter, read. `path` is as shown to people: relative, with forward slashes."""

    path: str
    role: Role
    theme: str = ""
    """The id of the theme folder it lies in, for themes and principles."""
    id: str = ""
    """The id that its name gives it: of a principle, a theme or a note."""
    lines: tuple[str, ...] = ()
    front: Mapping | None = None
    """Front matter, or the whole of a YAML file."""
    body: str = ""
    body_line: int = 1
    body_known: bool = True
    """Whether the body could be read: nothing is said about one that could not."""
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    """The same blocks under the headings that divide a principle."""
    faults: tuple[Fault, ...] = ()


class EntryKind(StrEnum):
    """What stands at a path, whatever its name says."""

    FILE = "file"
    FOLDER = "folder"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One path under the charter's folder. `size` is in bytes."""

    path: str
    kind: EntryKind
    size: int = 0
    executable: bool = False


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
    recorded: dict[str, str] | None = None
    """What git remembers: the SHA-256 digest of every file that was ever in releases/, as it was first added,
    by its path in the charter's folder; None where nobody asked, or git cannot tell."""
    agreed: dict[str, str] | None = None
    """The same for those files as they stand in the branch that a change is proposed to."""
    today: str = ""
    """The last day that anybody's calendar may show now; '' where nobody asked the clock."""

    @property
    def current(self) -> Release | None:
        """The latest release that can be signed, or the latest consultation draft where there is none."""
        signable = [release for release in self.releases if not release.consultation]
        return next(reversed(signable or self.releases), None)

    def document(self, path: str) -> Document | None:
        """The document at `path`, or None."""
        return next((document for document in self.documents if document.path == path), None)


# --- What is said about them -------------------------------------------------------------------------


class Severity(StrEnum):
    """Whether a finding stops a build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that a rule found: where, what is wrong, and what to write instead."""

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    fix: str
    excerpt: str = ""
    """The line of the file that the finding speaks of; '' where it is about the file itself."""
    about: tuple[str, ...] = ()
    """The other files that it comes from: one listed here and missing there, a link's target."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a rule says of one place. Line 0 is the file itself. `about` is as in Finding."""

    path: str
    message: str
    fix: str
    line: int = 0
    column: int = 1
    about: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of the check: its id for ever, the heading it stands under, and what finds it broken."""

    id: str
    group: str
    find: Callable[[Edition], Iterator[Found]]
    severity: Severity = Severity.ERROR

    @property
    def text(self) -> str:
        """The rule in plain English: first the rule, then why and what to write. It is the docstring of
        `find`."""
        return getdoc(self.find) or ""


# --- What is made of them ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Crumb:
    """One step of the way from the home page to a page. `address` is relative to the site's root."""

    title: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of the site before it is put into its frame. Addresses are relative to the site's root and end
    in a slash; `html` is the body; `source` is the file that an editor changes ('' where there is none)."""

    address: str
    title: str
    description: str
    html: str
    source: str = ""
    kind: str = "page"
    trail: tuple[Crumb, ...] = ()
    accent: int = 0
    """Which of the site's accents the page wears: the theme's place in the charter from 1, or 0 for none."""
    label: str = ""
    """What a search result says of where the page belongs."""
    foot: str = ""
    """What stands at the foot of each printed page beside the charter's title: which text this is."""
    notice: str = ""
    """HTML that stands above the page: that it is a draft, that it is superseded. '' for none."""
    searched: bool = True
    """Whether the site's own search finds it; and whether search engines may."""
    indexed: bool = True
    moved_to: str = ""
    """The address that has taken this one's place; '' for a page of its own."""
