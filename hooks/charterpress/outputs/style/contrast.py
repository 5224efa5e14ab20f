"""A palette → the pairs of its colours that are too alike to be read (WCAG 2.2, 1.4.3 and 1.4.11, level AA),
and for a colour that somebody chose the nearest one that can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from charterpress.outputs.style.colours import nearest, ratio, tint
from charterpress.outputs.style.palette import DARK, LIGHT, WHITE, Chosen, Palette, Scheme, palette
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

TEXT, OTHER = 4.5, 3.0
"""The least contrast of text, and of what else must be seen: edges of fields, lines beside a text."""
TINTS = (6, 10)
"""How much of a colour, in percent, is in the grounds that stylesheets mix of it."""
# Translators: colours that are too alike: “text” on “words added” has a contrast of 3.2 to 1.
_CHANGES = {
    "added": N_("words added"),
    "removed": N_("words removed"),
    "moved": N_("words moved"),
    "added-block": N_("parts added"),
    "removed-block": N_("parts removed"),
}
ORDER = (
    *("background", "panel", "text", "secondary", "accent", "line", "border"),
    *("header", "header_text", "highlight", "notice", "warning"),
)
"""In which order the colours that somebody chose are taken up: each has to suit those before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two colours of a scheme that meet: what they are called, their values, and what contrast they need."""

    what: str
    on: str
    colour: str
    ground: str
    needed: float

    @property
    def ratio(self) -> float:
        """Their contrast."""
        return ratio(self.colour, self.ground)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A chosen colour that cannot be used: its scheme and key (“accent”, or “themes” and a place from 1), the
    worst pair, and the nearest colour that can be used; None where it is better left out."""

    scheme: str
    key: str
    place: int
    colour: str
    worst: Pair
    nearest: str | None


def pairs(name: str, scheme: Scheme) -> Iterator[Pair]:
    """Yield every pair of colours that meet on pages, badges or documents."""
    roles = scheme.roles
    printed = {_("white paper"): WHITE} if name == LIGHT else {}
    plain = {_("the background"): roles["background"], _("panels"): roles["panel"], **printed}
    code = {_("code"): tint(roles["text"], roles["background"], 6)}
    notices = {_("notices"): roles["notice"], _("warnings"): roles["warning"]}
    changed = {_(name): scheme.changes[kind] for kind, name in _CHANGES.items()}
    chosen = {_("accent"): roles["accent"]} | {
        _("colour of theme {place}").format(place=place): colour
        for place, colour in enumerate(scheme.themes, 1)
    }
    for what in ("text", "secondary"):
        grounds = {**plain, **code, **notices, **changed}
        for owner, colour in chosen.items():
            name = _("the tint of the {colour}").format(colour=owner)
            grounds |= {name: tint(colour, roles["background"], max(TINTS))}
        grounds |= {_("what is pointed at"): tint(roles["accent"], roles["panel"], 9)}
        yield from _pairs(_("text") if what == "text" else _("secondary text"), roles[what], grounds, TEXT)
    yield from _pairs(_("text"), roles["text"], {_("highlights"): roles["highlight"]}, TEXT)
    for owner, colour in chosen.items():
        tints = {
            _("a tint of itself on {ground}").format(ground=on): tint(colour, ground, 10)
            for on, ground in plain.items()
        }
        yield from _pairs(owner, colour, {**plain, **code, **notices, **tints}, TEXT)
    yield from _pairs(_("border"), roles["border"], plain, OTHER)
    yield from _pairs(_("header_text"), roles["header_text"], {_("the header"): roles["header"]}, TEXT)


def refusals(light: Chosen, dark: Chosen) -> tuple[Palette, list[Refusal]]:
    """Return the palette of what somebody chose, and what in it cannot be used. In the palette the nearest
    colour stands in place of each that is refused, so all that are offered suit each other."""
    taken = {LIGHT: Chosen(), DARK: Chosen()}
    refused = []
    for scheme, key, place, colour in _steps(light, dark):
        use = partial(_with, taken, scheme, key)

        def suits(each: str, use: Callable[[str], dict[str, Chosen]] = use) -> bool:
            return _worst(use(each)) is None

        if worst := _worst(use(colour)):
            near = nearest(colour, suits)
            refused.append(
                Refusal(scheme=scheme, key=key, place=place, colour=colour, worst=worst, nearest=near)
            )
            if near is None:
                continue
            colour = near  # noqa: PLW2901 - what is refused is not taken up
        taken = use(colour)
    return palette(taken[LIGHT], taken[DARK]), refused


def _steps(light: Chosen, dark: Chosen) -> Iterator[tuple[str, str, int, str]]:
    for scheme, chosen in ((LIGHT, light), (DARK, dark)):
        for key in ORDER:
            if key in chosen.roles:
                yield scheme, key, 0, chosen.roles[key]
        for place, colour in enumerate(chosen.themes, 1):
            yield scheme, "themes", place, colour


def _with(taken: dict[str, Chosen], scheme: str, key: str, colour: str) -> dict[str, Chosen]:
    old = taken[scheme]
    if key == "themes":
        new = replace(old, themes=(*old.themes, colour))
    else:
        new = replace(old, roles={**old.roles, key: colour})
    return {**taken, scheme: new}


def _worst(taken: dict[str, Chosen]) -> Pair | None:
    """The pair that lacks most of the contrast it needs."""
    made = palette(taken[LIGHT], taken[DARK])
    found = (*pairs(LIGHT, made.light), *pairs(DARK, made.dark))
    weak = [pair for pair in found if pair.ratio < pair.needed]
    return min(weak, key=lambda pair: pair.ratio / pair.needed, default=None)


def _pairs(what: str, colour: str, grounds: dict[str, str], needed: float) -> Iterator[Pair]:
    for on, ground in grounds.items():
        yield Pair(what=what, on=on, colour=colour, ground=ground, needed=needed)
