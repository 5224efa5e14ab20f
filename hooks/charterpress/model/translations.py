"""Its text in other languages: what is translated, by whom it counts, and words of another language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

DEFAULT_LANGUAGE = "en"
"""The language of a charter that does not say which it is written in."""


class LanguageStanding(StrEnum):
    """What the text in a further language counts for. The values are those of charter.yml."""

    BINDING = "binding"
    """It binds as the text that the charter is written in does."""
    COURTESY = "courtesy"
    """It helps to understand that text, which prevails."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """One piece of a charter that is translated as a whole: a title, a summary, a paragraph, an item of a
    list. `words` are Markdown, or plain text where `markdown` is false; `path` is the file that has them (''
    in a release)."""

    id: str
    words: str
    label: str
    """What it is, for a translator: “The summary of a theme”."""
    markdown: bool = False
    binding: bool = False
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationEntry:
    """One entry of a .po file. `source` are the words that it translates (msgid), `text` the translation (''
    for none); `previous` are the words that the translation was made from, where they are others."""

    unit: str
    source: str
    text: str = ""
    previous: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    flags: tuple[str, ...] = ()
    """Its flags besides “fuzzy”."""
    comment: str = ""
    """What translators wrote beside it, and what the program did."""
    note: str = ""
    places: tuple[str, ...] = ()
    line: int = 0
    """The line of its msgctxt, or of its msgid if it has none; 0 for one that was read from no file."""
    text_line: int = 0
    """The line of its msgstr."""

    @property
    def made_from(self) -> str:
        """The words of the source that its translation was made from."""
        return self.previous or self.source


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """One .po file: the working text in a further language. `headers` are those of its first entry, in their
    order; `comment` is what is written above it."""

    language: str
    entries: tuple[TranslationEntry, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    comment: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FrozenTranslation:
    """A published translation of a release, which never changes: a corrected one is a new `revision`, counted
    from 1. `texts` are its words by the id of their unit; `standing` is what it counted for when it was
    published; `data` are the bytes of its file, and `sha256` is their digest."""

    version: str
    release_sha256: str = ""
    """The digest of the release that it translates."""
    language: str
    revision: int
    standing: str
    date: str
    previous: str = ""
    """The digest of the revision before it; '' for the first."""
    reason: str = ""
    """Why that was corrected, in plain words; '' for the first."""
    texts: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...] = ()
    """The digests of the words that each text was made from, by the id of their unit."""
    data: bytes = b""
    sha256: str = ""
    path: str = ""


class Foreign(str):
    """Words in another language than the text around them. It equals the same words in any language.

    `language` is the tag of theirs. A translation of words that have changed since has these as `source`.
    """

    __slots__ = ("language", "source")
    language: str
    source: str

    def __new__(cls, words: str, *, language: str, source: str = "") -> Self:
        """Return `words` as words of `language`."""
        made = super().__new__(cls, words)
        made.language, made.source = language, source
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """What copies and other processes make it from."""
        return (str(self),), {"language": self.language, "source": self.source}


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of a Markdown text that are in another language: the first and the last of them, from 1."""

    first: int
    last: int
    words: Foreign


class MixedText(str):
    """Markdown of several blocks, some of which are in another language: `passages` says which."""

    __slots__ = ("passages",)
    passages: tuple[Passage, ...]

    def __new__(cls, words: str, *, passages: tuple[Passage, ...]) -> Self:
        """Return `words` with the places of those of other languages."""
        made = super().__new__(cls, words)
        made.passages = passages
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """What copies and other processes make it from."""
        return (str(self),), {"passages": self.passages}
