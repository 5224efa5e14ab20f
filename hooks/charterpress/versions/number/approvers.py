"""Names of people and offices → whether they are as many different ones as have to approve a lower class.

Where two names may well be one person or office they are taken for one: whoever approves can write them so
that nobody asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from charterpress.text.folding import fold
from charterpress.versions.number.next_version import APPROVALS

TYPOGRAPHY = str.maketrans(
    dict.fromkeys("‘’‛ʼ´`′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑–—−", "-") | {"…": "..."}
)
"""One shape for each quotation mark and dash."""
_TITLES = """
the our my your his her their a an mr mrs ms miss mx dr prof professor rev revd reverend hon sir dame lord
lady madam jr sr phd ba ma obe mbe cbe acting interim
"""
TITLES = frozenset(_TITLES.split())
"""What tells nobody from anybody else."""
_PRONOUNS = """
i me my myself mine self we us our ourselves you your yourself he him his himself she her hers herself they
them themselves it itself same ditto idem another other else someone somebody anyone anybody everyone
everybody nobody noone none na tbc tbd tba unknown anonymous whoever both author editor yes agreed approved
name names person people approver approval office role one two first second third
"""
NO_NAMES = frozenset(_PRONOUNS.split())
"""What names no person or office that a reader could ask."""
OTHERS = frozenset({"vice", "deputy", "co", "assistant", "under", "sub", "former", "past", "of", "for"})
"""Words with which an office is another: the vice-chair is not the chair."""
_CHAIRS = {"chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "chairlady": "chair"}
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXIJSaeopcyxijsdhABEZHIKMNOPTYXo"
)
"""Cyrillic and Greek letters that look like Latin ones."""
_DIVIDERS = re.compile(r"[,;:(/)\[\]@&|]|\s-+\s|\s(?:and|und|et|y)\s", re.IGNORECASE)
SURE = 3
"""Letters by which a name that begins another is a short form of it: “Rob”, “Robert”."""


def same_approver(one: str, other: str) -> bool:
    """Whether two names are, or may well be, one person or office: “The Chair” and “chair”, “Ann Smith,
    chair” and “Ann Smith”, “A. Smith” and “Ann Smith”, “CEO” and “Chief Executive”."""
    first, second = _names(one), _names(other)
    if not first or not second:
        return True
    if any(_alike(first[0], each) for each in second) or any(_alike(second[0], each) for each in first):
        return True
    return not any(map(_DIVIDERS.search, (one, other))) and _is_part(first[0], second[0])


def is_approver(name: str) -> bool:
    """Whether `name` names a person or an office: “Me” does not, to whoever reads the version."""
    return bool(_names(name))


def are_approvers(names: Sequence[str]) -> bool:
    """Whether `names` are as many different people or offices as have to approve."""
    different: list[str] = []
    for name in filter(is_approver, names):
        if not any(same_approver(name, each) for each in different):
            different.append(name)
    return len(different) >= APPROVALS


def _names(text: str) -> list[tuple[str, ...]]:
    """The whole of a name, and the parts of it that can stand alone, each as its words in order."""
    seen = (each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    text = "".join(seen).translate(TYPOGRAPHY)
    if any(map(str.isascii, filter(str.isalpha, text))):
        text = text.translate(_LOOKALIKES)
    before_of, *_ = re.split(r"\s+(?:of|for|at|to)\s+", text)
    names = [_words_of_name(each) for each in (text, before_of, *_DIVIDERS.split(text))]
    return list(dict.fromkeys(filter(None, names))) if names[0] else []


def _words_of_name(text: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+\.?", fold(text))
    kept = [word for word in words if word.rstrip(".") not in TITLES or word == "a."] or words
    names = [_CHAIRS.get(word, word) for word in (each.rstrip(".") for each in kept)]
    nobody = NO_NAMES.issuperset(names) or all(len(each) == 1 and each.isascii() for each in names)
    return () if nobody else tuple(names)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are the same words in any order, but for initials, short forms and one letter."""
    if "".join(one) == "".join(other) or _is_acronym(one, other) or _is_acronym(other, one):
        return True
    pairs = list(zip(sorted(one), sorted(other), strict=False))
    return len(one) == len(other) and all(_same_word(a, b) for a, b in pairs)


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or (long.startswith(short) and (len(short) == 1 or len(short) >= SURE)):
        return True
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return len(short) >= SURE and len(long) == len(short) + 1 and short[at:] == long[at + 1 :]


def _is_acronym(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is made of the first letters of the other: “CEO”."""
    initials = "".join(word[0] for word in other)
    return len(one) == 1 and len(other) > 1 and one[0].isascii() and one[0][: len(initials)] == initials


def _is_part(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name has all the words of the other, and no word that makes another office of it."""
    short, long = sorted((one, other), key=len)
    more = [word for word in long if word not in short]
    return len(long) - len(short) == len(more) and len(long) <= SURE and not OTHERS.intersection(more)
