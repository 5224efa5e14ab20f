"""A change → what makes it look like a slip of the pen, which two people may count as less, or ''."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from charterpress.checks.queries import join_all
from charterpress.model import Change, Kind
from charterpress.text.interface import gettext as _
from charterpress.text.spelling import TRAPS, are_variants, is_word
from charterpress.versions import number

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def slip(change: Change) -> str:
    """Return why a change looks like a slip, as part of a sentence; '' if it does not."""
    before, after = number.comparable(change)
    if not (change.before and change.after) or number.letters_changed(change) > number.MAX_LETTERS:
        return ""
    if change.kind in (Kind.LINK_ADDED, Kind.LINK_REMOVED):
        return ""
    if before == after:
        if not _lead_outside(change):
            return ""
        if number.visible(change.before)[0] == number.visible(change.after)[0]:
            return _("a link has another address, and no word differs")
        numbered = {any(map(str.isdigit, text)) for text in (change.before, change.after)}
        return (
            _("a numeral leads a heading")
            if len(numbered) > 1
            else _("a quotation mark or dash has another shape")
        )
    if before.casefold() == after.casefold():
        return ""  # “March” and “march” are two words
    if before.replace(" ", "") == after.replace(" ", "") or _unhyphened(before) == _unhyphened(after):
        return "" if _has_trap(before, after) else _("a word was split or joined")
    reasons = {_word_slip(*pair) for pair in _swapped(before, after)}
    return "" if "" in reasons else join_all(sorted(reasons))


def _lead_outside(change: Change) -> bool:
    """Whether the links that lead elsewhere led and lead out of the charter: from one principle to another is
    no slip."""
    (_ignored, *old), (_ignored, *new) = number.visible(change.before), number.visible(change.after)
    moved = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
    return len(old) == len(new) and all("://" in each for pair in moved for each in pair)


def _swapped(before: str, after: str) -> list[tuple[str, str]]:
    """Return the pairs of words that took one another's place; with '' for one that has no other."""
    old, new = before.split(), after.split()
    pairs: list[tuple[str, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            gone, come = old[a:b], new[c:d]
            same = len(gone) == len(come)
            pairs += zip(gone, come, strict=True) if same else [(" ".join(gone), " ".join(come))]
    return pairs


def _word_slip(old: str, new: str) -> str:
    one, other = (" ".join(_WORD.findall(each)).casefold() for each in (old, new))
    if not one or not other or _WORD.sub("", old) != _WORD.sub("", new):
        return ""  # a comma may decide as much as a word
    if are_variants(one, other):
        return _("a word is spelled in another of its ways")
    if _unhyphened(one) == _unhyphened(other) and one != other and not _has_trap(one, other):
        return _("a word was split or joined")
    if one[0] == other[0] and " " not in one + other and not is_word(one) and is_word(other):
        return _("a word that no dictionary has became one that it has")
    return ""


def _unhyphened(text: str) -> str:
    return text.replace("-", "").replace(" ", "").casefold()


def _has_trap(before: str, after: str) -> bool:
    old, new = (set(_WORD.findall(text.casefold())) for text in (before, after))
    return bool(TRAPS & (old ^ new))
