"""English words → whether a dictionary has them, and which are two spellings of one."""

from __future__ import annotations

import re
from functools import lru_cache

from spellchecker import SpellChecker

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


def are_variants(one: str, other: str) -> bool:
    """Return whether two words in small letters are different spellings of one: “colour” and “color”."""
    return one != other and _spelled(one) == _spelled(other)


def is_word(word: str) -> bool:
    """Return whether a dictionary of English has a word in small letters, in either of its spellings."""
    bare = word.replace("’", "'").removesuffix("'s")
    ways = {bare, _spelled(bare)} | {f"{b}{bare[len(a) :]}" for a, b in SPELLINGS if bare.startswith(a)}
    return any(way in _dictionary() for way in ways)


def _spelled(word: str) -> str:
    """Return a word as it is spelled in one of its ways."""
    pairs = ((a, b) for a, b in SPELLINGS if word.startswith(b) and not word.startswith(a))
    listed = next((f"{a}{word[len(b) :]}" for a, b in pairs), word)
    return _ISE.sub("s", listed) if not _ONLY_S.search(listed) else listed


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")
