"""Many forms at once → those that are of one making: a wave of spam, or a campaign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from charterpress.checks.data import word_list
from charterpress.text.folding import fold
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext, number

MIN_WAVE = 10
"""Forms with one pledge that make a wave. Three branches of a club may well write the same."""
_MIN_PLEDGE = 15
"""Characters: shorter pledges, such as “We agree.”, are alike by chance."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~¡¿«»“”„‘’‚…–—•·]+")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wave:
    """Forms of one making, by their places. `spam` says that it looks like spam: names that differ only in
    figures, or words that advertisements are made of. Else it may be a campaign of many organisations."""

    places: tuple[int, ...]
    spam: bool

    @property
    def message(self) -> str:
        """What they have in common."""
        if self.spam:
            message = ngettext(
                "{count} form looks like one sender's advertisement",
                "{count} forms look like one sender's advertisement",
                len(self.places),
            )
        else:
            message = ngettext(
                "{count} organisation sent the same pledge, word for word",
                "{count} organisations sent the same pledge, word for word",
                len(self.places),
            )
        return message.format(count=number(len(self.places)))

    @property
    def fix(self) -> str:
        """What to do about them."""
        if self.spam:
            return _(
                "save one of them in a file of its own, and refuse all with “--refuse-like” and that file"
            )
        return _("if it is a campaign that you know, take them in with “--accept”")


def pattern(words: str) -> str:
    """`words` folded, without punctuation, and with one sign for every figure: what forms of one making have
    in common."""
    return _FIGURES.sub("#", " ".join(_PUNCTUATION.sub(" ", fold(words)).split()))


def find_waves(forms: Sequence[Mapping[str, str]]) -> tuple[Wave, ...]:
    """The waves among the values of `forms`, each form in one at most."""
    by_pledge: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for place, values in enumerate(forms):
        pledge, name = pattern(values.get("pledge", "")), pattern(values.get("name", ""))
        if len(pledge) >= _MIN_PLEDGE:
            by_pledge.setdefault(pledge, []).append(place)
        elif _is_spam([name]):
            by_name.setdefault(name, []).append(place)
    waves = [places for places in (*by_pledge.values(), *by_name.values()) if len(places) >= MIN_WAVE]
    return tuple(Wave(places=tuple(places), spam=_looks_like_spam(forms, places)) for places in waves)


def _looks_like_spam(forms: Sequence[Mapping[str, str]], places: Sequence[int]) -> bool:
    names = [pattern(forms[place].get("name", "")) for place in places]
    few = len(set(names)) <= len(names) // 4
    return few or _is_spam([*names, pattern(forms[places[0]].get("pledge", ""))])


def _is_spam(texts: Iterable[str]) -> bool:
    """Whether most of `texts` have a word of advertisements in them."""
    found = [bool(word_list("spam_words") & set(re.findall(r"\w+", each))) for each in texts]
    return sum(found) * 2 > len(found)


def is_like(values: Mapping[str, str], example: Mapping[str, str]) -> bool:
    """Whether a form has the pledge of `example`, or its name but for figures."""
    pledge = pattern(example.get("pledge", ""))
    if len(pledge) >= _MIN_PLEDGE and pattern(values.get("pledge", "")) == pledge:
        return True
    name = pattern(example.get("name", ""))
    return "#" in name and pattern(values.get("name", "")) == name
