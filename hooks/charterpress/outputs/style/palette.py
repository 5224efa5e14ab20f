"""A few colours that somebody chose → all the colours of a site, in a light and a dark scheme.

This is the only place where the colours of pages, badges, pictures and documents are written down. Where
somebody chose none, a colour is derived so that it can be read on everything that it stands on: `contrast`
knows what that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from charterpress.outputs.style.colours import first_readable, lightness, moved, nearest, ratio, tint

THEMES = 6
"""How many colours there are for themes; the seventh theme has the first one again."""
ROLES = {
    "background": "paper",
    "panel": "raised",
    "text": "ink",
    "secondary": "soft",
    "accent": "link",
    "line": "line",
    "border": "edge",
    "header": "deep",
    "header_text": "on-deep",
    "highlight": "mark",
    "notice": "notice",
    "warning": "fault",
}
"""What mkdocs.yml may name, and what stylesheets call it."""
LIGHT, DARK = "light", "dark"
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    LIGHT: {
        "background": "#ffffff",
        "panel": "#ffffff",
        "text": "#1b1b1b",
        "secondary": "#454545",
        "accent": "#0b4a82",
        "line": "#d9d9d9",
        "border": "#707070",
        "header": "#1f2d3d",
        "header_text": "#ffffff",
        "highlight": "#ffe08a",
        "notice": "#fff4cf",
        "warning": "#fbe4df",
    },
    DARK: {
        "background": "#16191d",
        "panel": "#1f2329",
        "text": "#ececec",
        "secondary": "#c6c6c6",
        "accent": "#a6cdf2",
        "line": "#3d4249",
        "border": "#949494",
        "header": "#14202e",
        "header_text": "#ffffff",
        "highlight": "#5c4a12",
        "notice": "#3a3116",
        "warning": "#43211b",
    },
}
"""The colours of a site whose mkdocs.yml names none."""
CHANGES: Mapping[str, Mapping[str, str]] = {
    LIGHT: {
        "added": "#d6efd8",
        "removed": "#f9dcd6",
        "moved": "#e2e3fb",
        "added-block": "#eef7ee",
        "removed-block": "#fcf0ed",
        "added-line": "#1c5a2a",
        "removed-line": "#8a2617",
    },
    DARK: {
        "added": "#1b4226",
        "removed": "#57241e",
        "moved": "#33355f",
        "added-block": "#18251c",
        "removed-block": "#2b1d1b",
        "added-line": "#9ad8a6",
        "removed-line": "#f0a99c",
    },
}
"""The colours of a comparison, which mean the same on every site."""
WHITE = "#ffffff"
HEADER = {LIGHT: (0.33, 0.08), DARK: (0.25, 0.05)}
"""How light a header is that is derived from the accent, and its greatest chroma (in OKLCH)."""
LIGHTER = (0.84, 0.1)
"""The same of an accent for a dark scheme."""
BADGE_EDGE = 0.6128
"""A lightness that shows on white and on black."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The colours that somebody chose for one scheme: by role, and one for each theme."""

    roles: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme:
    """Every colour of one scheme as #rrggbb: by role, of the themes, and of comparisons."""

    roles: Mapping[str, str]
    themes: tuple[str, ...]
    changes: Mapping[str, str]

    def tokens(self) -> dict[str, str]:
        """The colours by the names of stylesheets."""
        named = {token: self.roles[role] for role, token in ROLES.items()}
        themes = {f"accent-{place}": colour for place, colour in enumerate(self.themes, 1)}
        return named | themes | dict(self.changes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """The colours of a site."""

    light: Scheme
    dark: Scheme
    kept_edge: str = field(default="", compare=False, repr=False)
    """The edge of a badge where it was worked out before, or ''."""

    @property
    def badge_edge(self) -> str:
        """The edge of a badge, which is seen on white and on black."""
        return self.kept_edge or moved(self.light.roles["border"], BADGE_EDGE, None)

    @property
    def badge_text(self) -> str:
        """What is written on the light side of a badge."""
        roles = self.light.roles
        return first_readable((roles["text"], roles["header"]), roles["header_text"])

    @property
    def badge_withdrawn(self) -> str:
        """The ground of the badge of a signature that was withdrawn."""
        roles = self.light.roles
        return first_readable((roles["secondary"], roles["text"], WHITE), roles["header_text"])


def palette(light: Chosen, dark: Chosen) -> Palette:
    """Return all colours of a site for which somebody chose some."""
    return Palette(light=_scheme(LIGHT, light, light), dark=_scheme(DARK, dark, light))


def stylesheet(colours: Palette) -> str:
    """The colours as properties of CSS, for browsers that know `light-dark()` and for others."""
    light, dark = colours.light.tokens(), colours.dark.tokens()
    # A theme that has the colour of links is black on paper, as they are.
    same = {name for name in light if name.startswith("accent-")}
    same = {name for name in same if (light[name], dark[name]) == (light["link"], dark["link"])}
    plain = "".join(
        f"  --{name}: {'var(--link)' if name in same else short(light[name])};\n" for name in light
    )
    both = "".join(
        f"    --{name}: light-dark({short(light[name])}, {short(dark[name])});\n"
        for name in light
        if light[name] != dark[name] and name not in same
    )
    return (
        f":root {{\n{plain}}}\n\n@supports (color: light-dark(#000, #fff)) {{\n  :root {{\n{both}  }}\n}}\n"
    )


def short(colour: str) -> str:
    """#rgb for an #rrggbb that can be written so."""
    return f"#{colour[1::2]}" if colour[1::2] == colour[2::2] else colour


# --- Deriving ----------------------------------------------------------------------------------------


def _scheme(name: str, chosen: Chosen, light: Chosen) -> Scheme:
    roles = {**DEFAULTS[name], **chosen.roles}
    grounds = _grounds(name, roles)
    if name == DARK and "panel" not in chosen.roles and "background" in chosen.roles:
        at = lightness(roles["background"])
        roles["panel"] = moved(roles["background"], min(1.0, at + 0.035), None)
        grounds = _grounds(name, roles)
    if "accent" not in chosen.roles and "accent" in light.roles:
        roles["accent"] = _readable(moved(light.roles["accent"], *LIGHTER), grounds)
    if "header" not in chosen.roles and {"accent", "header"} & {*chosen.roles, *light.roles}:
        source = light.roles.get("header", roles["accent"])
        roles["header"] = moved(source, *HEADER[name])
    if "header_text" not in chosen.roles:
        wanted = (
            light.roles.get("header_text", roles["header_text"]),
            WHITE,
            DEFAULTS[LIGHT]["text"],
            "#000000",
        )
        roles["header_text"] = first_readable(wanted, roles["header"])
    if "border" not in chosen.roles:
        roles["border"] = _readable(roles["border"], (roles["background"], roles["panel"]), 3)
    return Scheme(roles=roles, themes=_themes(name, chosen, light, roles, grounds), changes=CHANGES[name])


def _themes(
    name: str, chosen: Chosen, light: Chosen, roles: Mapping[str, str], grounds: tuple[str, ...]
) -> tuple[str, ...]:
    if chosen.themes:
        own = list(chosen.themes)
    elif light.themes:
        own = [_readable(moved(colour, *LIGHTER), grounds) for colour in light.themes]
    elif "accent" in {*chosen.roles, *light.roles}:
        at = lightness(roles["accent"])
        light_as = at if name == DARK else min(at, 0.42)
        turned = [moved(roles["accent"], light_as, None, 360 / THEMES * place) for place in range(1, THEMES)]
        own = [roles["accent"], *(_readable(colour, grounds) for colour in turned)]
    else:
        own = [roles["accent"]]
    return tuple(own[place % len(own)] for place in range(THEMES))


def _grounds(name: str, roles: Mapping[str, str]) -> tuple[str, ...]:
    """What links and the colours of themes are read on, but for tints of their own."""
    code = tint(roles["text"], roles["background"], 6)
    printed = (WHITE,) if name == LIGHT else ()
    return (roles["background"], roles["panel"], code, roles["notice"], roles["warning"], *printed)


def _readable(colour: str, grounds: tuple[str, ...], least: float = 4.5) -> str:
    """The colour itself, or the nearest that can be read on `grounds` and on tints of itself; where there is
    none, the colour: whoever chose the grounds is told so."""

    def accepts(each: str) -> bool:
        tints = [tint(each, ground, 10) for ground in grounds[:2]] if least > 3 else []
        return all(ratio(each, ground) >= least for ground in (*grounds, *tints))

    return colour if accepts(colour) else nearest(colour, accepts) or colour
