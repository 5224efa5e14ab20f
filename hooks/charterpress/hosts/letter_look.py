"""A site's mkdocs.yml → the look of badges and certificates, and where a build keeps what it made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from charterpress.hosts.caches import caches
from charterpress.hosts.configuration import SiteConfiguration, read_configuration, setting
from charterpress.hosts.look import document_cache, site_fonts, site_look
from charterpress.hosts.print_fonts import print_fonts
from charterpress.hosts.settings import read_settings
from charterpress.outputs.images.badge import BadgeFonts
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.style.look import Look

_KEYS = ("look", "fonts", "print_fonts", "font_cache", "made_cache")


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterLook:
    """The fonts and the look of badges, the cache of documents, and the folder that badges are kept in."""

    badge_fonts: BadgeFonts
    look: Look
    documents: DocumentCache
    badge_cache: Path


def letter_look(configuration: SiteConfiguration) -> LetterLook:
    """Return what a build of that site has. Raises CharterError for a setting that cannot be used."""
    values = read_configuration(configuration.file) if configuration.file else {}
    own = {key: value for key in _KEYS if (value := setting(values, key)) is not None}
    settings = read_settings(own, place="extra", foreign=True)
    kept, look = caches(settings, configuration.root), site_look(settings.look, configuration.root)
    fonts = print_fonts(settings.print_fonts, configuration.root)
    files = {font.name: font.file for font in site_fonts(settings.look, settings.fonts)}
    return LetterLook(
        badge_fonts=BadgeFonts(title=files["text-bold"], words=files["text"]),
        look=look,
        documents=document_cache(kept.made, fonts, settings.look, look, kept.fonts),
        badge_cache=kept.fonts,
    )
