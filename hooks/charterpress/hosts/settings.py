"""What mkdocs.yml says of the charter's site → typed settings, or a sentence for each mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from charterpress.hosts.font_settings import DEFAULT_FONTS, NamedFont, print_font, site_fonts
from charterpress.hosts.look import LookSettings, look_settings
from charterpress.hosts.navigation import FOR_EDITORS
from charterpress.hosts.values import (
    Mistake,
    Mistakes,
    alternatives,
    count,
    each,
    folder,
    line,
    shown,
    suggestion,
    switch,
    text,
)
from charterpress.model.errors import CharterError
from charterpress.site import Font
from charterpress.text.interface import gettext as _
from charterpress.views.repository import ForgeKind

MIN_SIMILARITY = 0.75
"""How like one of our keys another must be, from 0 to 1, to count as a misspelling of it."""
FROM_ENVIRONMENT = ("charter_source", "discuss_url", "forge")
"""What mkdocs.yml takes from variables of the environment, which may be empty."""
DEFAULT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class HostSettings:
    """What an editor may set in mkdocs.yml, under `extra` for the hook or as options of the plugin. Folders
    are relative to that of mkdocs.yml."""

    charter_source: str = "charter"
    """The folder of the charter."""
    discuss_url: str = ""
    """Where people discuss the text; without it, the issues of the repository."""
    forge: ForgeKind | None = None
    """Whose addresses `repo_url` has; without it, the name of its host says."""
    fonts: tuple[Font, ...] = field(default_factory=lambda: site_fonts(DEFAULT_FONTS))
    print_fonts: tuple[NamedFont, ...] = ()
    """Fonts for the letters of PDFs that those of packages lack."""
    font_cache: str = ""
    """Where fonts are kept that were cut to the letters needed; without it, in the user's cache folder."""
    made_cache: str = ""
    """The same for documents, made again only when their content changes."""
    template_cache: str = ""
    """The same for compiled templates."""
    pdf_certificates: int = 200
    """How many organisations at most have a certificate as a PDF: 200 take four seconds."""
    editors: bool = False
    """Whether the site has the pages for editors: how to write, check, release, publish."""
    below: tuple[str, ...] = (FOR_EDITORS,)
    """The entries of the navigation that belong in the footer."""
    content_security_policy: str = DEFAULT_POLICY
    look: LookSettings = field(default_factory=LookSettings)
    """Colours, mark, fonts and paper."""


def read_settings(values: Mapping[str, Any], *, place: str, foreign: bool) -> HostSettings:
    """The settings among `values`, which stand at `place` in mkdocs.yml; defaults for those that are missing,
    or that an empty variable of the environment leaves empty.
    With `foreign`, keys unlike any of ours may be somebody else's. Raises CharterError with a sentence for
    every unknown key, wrong type, negative number, or font that is not there."""
    mistakes: list[str] = []
    known: dict[str, Any] = {}
    for key, value in values.items():
        try:
            if _is_setting(str(key), foreign=foreign) and not (value is None and key in FROM_ENVIRONMENT):
                known[key] = PARSERS[key](value)
        except Mistake as mistake:
            mistakes.append(mistake.sentence(str(key)))
        except Mistakes as several:
            mistakes += [f"{key}: {sentence}" for sentence in several.sentences]
    if mistakes:
        raise CharterError("\n".join(f"mkdocs.yml: {place}: {mistake}" for mistake in mistakes))
    return HostSettings(**known)


def _is_setting(key: str, *, foreign: bool) -> bool:
    if key in PARSERS:
        return True
    near = suggestion(key, PARSERS, MIN_SIMILARITY)
    if near or not foreign:
        settings = _("; the settings are {settings}").format(settings=", ".join(PARSERS))
        raise Mistake(_("{key} is not a setting{hint}"), hint=near or settings)
    return False


def _forge(value: object) -> ForgeKind | None:
    kinds = [kind.value for kind in ForgeKind]
    if (name := line(value)) and name not in kinds:
        raise Mistake(
            _("{key} must be {choices}, not {value}"), choices=alternatives(kinds), value=shown(value)
        )
    return ForgeKind(name) if name else None


PARSERS: Mapping[str, Callable[[object], object]] = {
    "charter_source": folder,
    "discuss_url": line,
    "forge": _forge,
    "fonts": site_fonts,
    "print_fonts": lambda value: tuple(each(value, print_font, _("font files"))),
    "font_cache": folder,
    "made_cache": folder,
    "template_cache": folder,
    "pdf_certificates": count,
    "editors": switch,
    "below": lambda value: tuple(each(value, text, _("titles"))),
    "content_security_policy": line,
    "look": look_settings,
}
"""How the value of each key is checked."""
