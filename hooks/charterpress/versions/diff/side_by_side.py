"""A redline → the old text and the new one beside it, each with its own marks."""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"(</?(?:ins|del)\b[^>]*>)")
_EMPTY = re.compile(r'<(li|p|ul|ol|blockquote|pre|code|h[1-6])(?: value="[^"]*")?>\s*</\1>\n?')
_CUT = re.compile(r'<ins class="break">(?:(?!</ins>).)*</ins></p>\s*<p>')
"""Where a new paragraph begins that was none: in the old text it goes on."""


@lru_cache(maxsize=4096)
def split_redline(redline: str) -> tuple[str, str]:
    """Return what `redline_html` made of two texts as the old one, in which the words
    that went are marked, and the new one, in which those that came are."""
    return _without("ins", _CUT.sub(" ", redline)), _without("del", redline)


def _without(tag: str, redline: str) -> str:
    """Return `redline` without every element `tag`, and without the items and paragraphs it alone filled."""
    kept: list[str] = []
    inside = 0
    for part in _TAG.split(redline):
        if part.startswith((f"<{tag}>", f"<{tag} ")):
            inside += 1
        elif part == f"</{tag}>":
            inside -= 1
        elif not inside:
            kept.append(part)
    html, emptied = "".join(kept), 1
    while emptied:
        html, emptied = _EMPTY.subn("", html)
    return html
