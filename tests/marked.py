"""Text in the pseudo-language → what of it no catalog has."""

import re

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
