"""Text in the pseudo-language → what of it no catalog has."""

import re
from dataclasses import fields, is_dataclass, replace

from lxml import html

from charterpress.model import Class
from charterpress.text.interface import MARKS

START, END = MARKS


def is_marked(text: str) -> bool:
    """Whether all of `text` is one message, or several with only signs between them."""
    return not re.search(r"\w", unmarked(text))


def unmarked(text: str) -> str:
    """What of `text` stands outside every message."""
    kept, depth = [], 0
    for letter in text:
        depth += (letter == START) - (letter == END)
        if not depth and letter != END:
            kept.append(letter)
    assert depth == 0, text
    return "".join(kept)


# --- Pages, and the words of a charter on them ---------------------------------------------------------

OWN = "\ua66e"
"""What stands before each word of the charter and its signatories: a letter, so that it is part of it."""
WORDS_OF_THEIRS = (
    *("title", "summary", "text", "items", "heading", "preamble", "questions", "owner", "name", "name_latin"),
    *("behaviour", "measure", "support", "interview", "plain", "sources", "signatory_kinds", "reason", "why"),
    *("words",),
    *("kind", "area", "role", "pledge", "note", "approved_by", "because", "reasons", "post", "registration"),
)
"""The fields of the model whose words somebody wrote for this charter."""
WRITTEN = ("charter", "releases", "notes", "errata", "signatories")
"""The parts of an edition that have such fields."""
ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "label", "data-name")
UNREAD = ("code", "kbd", "pre", "script", "style", "template")
NAMES = {"HTML", "Linux", "Markdown", "macOS"}
"""Names that are the same in every language."""
_PART = re.compile(r"(\]\([^)]*\)|<[^>]*>|`[^`]*`|https?://\S+)")
_NAMED = re.compile(
    rf"{OWN}[\w’'-]+|[\w.+-]+@[\w.-]+|https?://[^\s{''.join(MARKS)}]+|\b[0-9a-f]{{8,}}\b"
    r"|[\w-]+\.(?:json|csv|atom|md|yml|pdf|svg|com|org|example)\b"
)
"""Names and addresses, digests and files."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def sign(words: str) -> str:
    """`words` with the sign before each of them, but not in addresses and code."""
    return "".join(
        part if place % 2 else re.sub(r"[^\W\d_][\w’'-]*", lambda word: OWN + word[0], part)
        for place, part in enumerate(_PART.split(words))
    )


def _signed(value, *, own=False):
    """A part of the model in which every word that somebody wrote for this charter has the sign."""
    if isinstance(value, str) and not isinstance(value, Class):
        return sign(value) if own else value
    if isinstance(value, tuple):
        return tuple(_signed(each, own=own) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _signed(getattr(value, field.name), own=own or field.name in WORDS_OF_THEIRS)
            for field in fields(value)
            if field.init and not field.name.startswith("_")
        }
        return replace(value, **changed)
    return value


def unmarked_words(page: str) -> set[str]:
    """The words of some HTML that are neither messages nor the charter's own."""
    found: set[str] = set()

    def look(text: str | None, depth: int) -> int:
        for part in re.split(f"([{START}{END}])", _NAMED.sub("", text or "")):
            depth += (part == START) - (part == END)
            if not depth:
                found.update(_WORD.findall(part))
        return depth

    def walk(element, depth: int) -> int:
        for name in ATTRIBUTES:
            look(element.get(name), 0)
        if element.tag not in UNREAD and isinstance(element.tag, str):
            depth = look(element.text, depth)
            for child in element:
                depth = look(child.tail, walk(child, depth))
        return depth

    assert walk(html.fromstring(f"<main>{page}</main>"), 0) == 0
    return found - NAMES


def marked_edition(edition):
    """An edition in which every word that somebody wrote has the sign."""
    return replace(edition, **{name: _signed(getattr(edition, name)) for name in WRITTEN})


def own_words(edition) -> list[str]:
    """Every text that somebody wrote for a charter, the longest first."""
    found: set[str] = set()

    def gather(value, *, own: bool) -> None:
        if isinstance(value, str):
            found.update({value} if own and not isinstance(value, Class) else ())
        elif isinstance(value, tuple):
            for each in value:
                gather(each, own=own)
        elif is_dataclass(value):
            for field in fields(value):
                gather(getattr(value, field.name), own=own or field.name in WORDS_OF_THEIRS)

    for name in WRITTEN:
        gather(getattr(edition, name), own=False)
    return sorted(found - {""}, key=len, reverse=True)
