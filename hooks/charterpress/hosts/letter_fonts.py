"""A site's mkdocs.yml → the fonts of badges and certificates, and where a build keeps what it made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charterpress.hosts.caches import Caches, caches
from charterpress.hosts.configuration import SiteConfiguration, read_configuration, setting
from charterpress.hosts.print_fonts import print_fonts
from charterpress.hosts.settings import read_settings
from charterpress.outputs.images.badge import BadgeFonts
from charterpress.outputs.pdf.font_sources import FontSource

_KEYS = ("fonts", "print_fonts", "font_cache", "made_cache")


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterFonts:
    """The fonts, and the folders of a build's caches."""

    badge: BadgeFonts
    print_fonts: Sequence[FontSource]
    caches: Caches


def letter_fonts(configuration: SiteConfiguration) -> LetterFonts:
    """Return the same fonts and folders as a build of that site has. Raises CharterError for a font that is
    not there."""
    values = read_configuration(configuration.file) if configuration.file else {}
    own = {key: value for key in _KEYS if (value := setting(values, key)) is not None}
    settings = read_settings(own, place="extra", foreign=True)
    files = {font.name: font.file for font in settings.fonts}
    return LetterFonts(
        badge=BadgeFonts(title=files["text-bold"], words=files["text"]),
        print_fonts=print_fonts(settings.print_fonts, configuration.root),
        caches=caches(settings, configuration.root),
    )
