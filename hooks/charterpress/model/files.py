"""The files that it is read from, with the place of everything in them."""

from __future__ import annotations

from collections.abc import KeysView
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

MAX_FILE_BYTES = 32 * 1024
"""The largest file written by people that is read: checking even a hostile one takes a second at most."""
MAX_SUMS_BYTES = 256 * 1024
"""The same for the list of digests, which has a line for every version."""
MAX_LINKS_BYTES = 4 * 1024 * 1024
"""The same for the links that were seen, which has a line for every organisation."""
MAX_TRANSLATION_BYTES = 2 * 1024 * 1024
"""The same for a translation, which holds the whole charter twice."""
MAX_RELEASE_BYTES = 10 * 1024 * 1024
"""The same for a release, which holds the whole charter."""

MAX_TIME_STAMP_BYTES = 64 * 1024
"""The same for a time-stamp, and for the root certificates of an authority."""


class Scalar(NamedTuple):
    """One YAML scalar, as written. Lines and columns count from 1, columns in characters. A tuple, which is
    made in half the time: a register of a thousand has some hundred thousand of them."""

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
    """A YAML mapping, its keys in the file's order; a repeated key is kept."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    _first: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the first entry of each name: a hundred rules ask for them."""
        first = {name.value: value for name, value in reversed(self.entries)}
        object.__setattr__(self, "_first", first)

    def names(self) -> KeysView[str]:
        """The names of all entries, each once."""
        return self._first.keys()

    def get(self, key: str) -> Node | None:
        """The value of the first entry named `key`, or None."""
        return self._first.get(key)


Node: TypeAlias = Scalar | Sequence | Mapping


class Role(StrEnum):
    """What a file is for, which decides the rules that hold for it."""

    CHARTER = "charter"
    PREAMBLE = "preamble"
    THEME = "theme"
    PRINCIPLE = "principle"
    CHANGE = "change"
    RELEASE = "release"
    TIME_STAMP = "time-stamp"
    ROOTS = "roots"
    SUMS = "sums"
    ERRATUM = "erratum"
    SIGNATORY = "signatory"
    SYNONYMS = "synonyms"
    LINKS = "links"
    TRANSLATION = "translation"
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
    """One part of a principle's body: a heading and the blocks below it."""

    name: str
    """The heading's words alone, to compare with a section's; '' for what comes before the first heading."""
    heading: Block | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something that could not be read as written; `rule` is the id of the rule that reports it."""

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
    """Whether the body could be read; rules skip one that could not."""
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    """The same blocks under the headings that divide a principle."""
    faults: tuple[Fault, ...] = ()


class EntryKind(StrEnum):
    """What a path is, whatever its name suggests."""

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
