"""The package's letters in Markdown → their messages for the catalogs, and a letter in another language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from charterpress.outputs.letters.template import SUBJECT
from charterpress.text import interface
from charterpress.text.markdown_messages import markdown_messages, translate_markdown

FOLDER = Path(__file__).parent / "templates"
"""Where the letters are, each in a file that is called as its kind, in British English."""
LANGUAGE = "en-GB"


def letter_messages(text: str) -> Iterator[str]:
    """Yield the messages of a letter: its subject, and each paragraph, heading and item."""
    subject, _, body = text.partition("\n")
    yield subject.removeprefix(SUBJECT).strip()
    yield from (words for _, words in markdown_messages(body))


def translate_letter(text: str, tag: str) -> str | None:
    """Return a letter in the language of the BCP 47 `tag`; None if it is the package's own, or if no catalog
    has all of the letter: half of one is worse than one that somebody has to translate."""
    first, _, body = text.partition("\n")
    with interface.use_language(tag) as used:
        if used.catalog is None:
            return None
        subject = interface.translation(first.removeprefix(SUBJECT).strip())
        translated = translate_markdown(body, interface.translation, anchors=False)
    return None if subject is None or translated is None else f"{SUBJECT} {subject}\n{translated}"
