"""A change → what makes it look like a slip of the pen, which two people may count as less, or ''."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from spellchecker import SpellChecker

from charterpress.model import Change, Kind
from charterpress.versions import number

_VARIANTS = """
organis/organiz recognis/recogniz realis/realiz prioritis/prioritiz summaris/summariz apologis/apologiz
authoris/authoriz minimis/minimiz maximis/maximiz emphasis/emphasiz criticis/criticiz utilis/utiliz
specialis/specializ generalis/generaliz finalis/finaliz formalis/formaliz standardis/standardiz
characteris/characteriz categoris/categoriz harmonis/harmoniz mobilis/mobiliz normalis/normaliz
optimis/optimiz penalis/penaliz subsidis/subsidiz victimis/victimiz visualis/visualiz customis/customiz
analys/analyz paralys/paralyz catalys/catalyz
colour/color favour/favor honour/honor labour/labor neighbour/neighbor behaviour/behavior harbour/harbor
humour/humor rumour/rumor endeavour/endeavor flavour/flavor rigour/rigor vigour/vigor odour/odor
centre/center theatre/theater metre/meter litre/liter fibre/fiber calibre/caliber
travell/travel cancell/cancel counsell/counsel modell/model labell/label signall/signal levell/level
fulfill/fulfil enroll/enrol install/instal skillful/skilful willful/wilful
defence/defense offence/offense licence/license practise/practice pretence/pretense
catalogue/catalog dialogue/dialog analogue/analog programme/program grey/gray
judgement/judgment acknowledgement/acknowledgment ageing/aging likeable/likable mould/mold plough/plow
sceptic/skeptic cosy/cozy jewellery/jewelry enquir/inquir learnt/learned spelt/spelled
amongst/among towards/toward afterwards/afterward upwards/upward
adviser/advisor focuss/focus benefitt/benefit targett/target
artefact/artifact encyclopaedia/encyclopedia
paediatr/pediatr manoeuvr/maneuver aluminium/aluminum
"""
SPELLINGS = [(pair.partition("/")[0], pair.partition("/")[2]) for pair in _VARIANTS.split()]
"""Beginnings of words that are spelled in two ways."""
_TRAPS = """
resign recover reform recreate release represent resent reserve remark react apart away along around ahead
alike alone across already altogether anyway awhile into onto everyday sometime someday indeed maybe anyone
everyone notable therefore nowhere coop unionised overlook however online
"""
TRAPS = frozenset(_TRAPS.split())
"""Words that mean something else than their parts: “re-sign” is not “resign”."""
_ISE = re.compile(r"(?<=\w{4}i)z(?=(?:e|es|ed|er|ers|ing|able|ations?)$)")
"""“z” where British writing has “s” as well."""
_ONLY_S = re.compile(r"(?:v|m|pr|rc|ch|gu|sp|ad)i[sz](?:e|es|ed|er|ers|ing|able|ations?)$")
"""“Revise”, “promise”, “surprise”, “exercise”, “franchise”, “despise” have no “z”."""
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
            return "a link has another address, and no word differs"
        numbered = {any(map(str.isdigit, text)) for text in (change.before, change.after)}
        return (
            "a numeral leads a heading" if len(numbered) > 1 else "a quotation mark or dash has another shape"
        )
    if before.casefold() == after.casefold():
        return ""  # “March” and “march” are two words
    if before.replace(" ", "") == after.replace(" ", "") or _unhyphened(before) == _unhyphened(after):
        return "" if _has_trap(before, after) else "a word was split or joined"
    reasons = {_word_slip(*pair) for pair in _swapped(before, after)}
    return "" if "" in reasons else " and ".join(sorted(reasons))


def _lead_outside(change: Change) -> bool:
    """Whether the links that lead elsewhere led and lead out of the charter: from one principle to another is
    no slip."""
    (_, *old), (_, *new) = number.visible(change.before), number.visible(change.after)
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
    if _spelled(one) == _spelled(other) and one != other:
        return "a word is spelled in another of its ways"
    if _unhyphened(one) == _unhyphened(other) and one != other and not _has_trap(one, other):
        return "a word was split or joined"
    if one[0] == other[0] and " " not in one + other and not _known(one) and _known(other):
        return "a word that no dictionary has became one that it has"
    return ""


def _unhyphened(text: str) -> str:
    return text.replace("-", "").replace(" ", "").casefold()


def _has_trap(before: str, after: str) -> bool:
    old, new = (set(_WORD.findall(text.casefold())) for text in (before, after))
    return bool(TRAPS & (old ^ new))


def _spelled(word: str) -> str:
    """Return a word as it is spelled in one of its ways."""
    pairs = ((a, b) for a, b in SPELLINGS if word.startswith(b) and not word.startswith(a))
    listed = next((f"{a}{word[len(b) :]}" for a, b in pairs), word)
    return _ISE.sub("s", listed) if not _ONLY_S.search(listed) else listed


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


def _known(word: str) -> bool:
    """Whether a dictionary of English has a word, in either of its spellings."""
    bare = word.replace("’", "'").removesuffix("'s")
    ways = {bare, _spelled(bare)} | {f"{b}{bare[len(a) :]}" for a, b in SPELLINGS if bare.startswith(a)}
    return any(way in _dictionary() for way in ways)
