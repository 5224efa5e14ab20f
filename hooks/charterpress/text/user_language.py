"""The environment → the language that commands speak, as gettext's own programs choose it."""

from __future__ import annotations

from collections.abc import Mapping

from charterpress.text.interface import PSEUDO, SOURCE, catalog_bytes

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name a locale, the strongest first (POSIX, 8.2)."""
LIST = "LANGUAGE"
"""GNU's list of languages, the most wanted first. It counts wherever a locale is set that is not C."""


def user_language(environment: Mapping[str, str]) -> str:
    """Return the tag of the first language that the environment asks for and that has words for editors, such
    as “cy” for LANG=cy_GB.UTF-8; English where there is none."""
    locale = next((value for name in VARIABLES if (value := environment.get(name, ""))), "")
    if _tag(locale) in ("", "C", "POSIX"):
        return SOURCE
    wanted = [each for each in environment.get(LIST, "").split(":") if each]
    for tag in map(_tag, wanted or [locale]):
        main = tag.partition("-")[0].lower()
        if main == SOURCE and tag.lower() != PSEUDO.lower():
            return SOURCE
        if tag.lower() == PSEUDO.lower() or any(_has_words(each) for each in (tag, main)):
            return tag
    return SOURCE


def _tag(locale: str) -> str:
    """A locale without its encoding and variant, as a tag: cy_GB.UTF-8@euro gives cy-GB."""
    return locale.partition(".")[0].partition("@")[0].replace("_", "-")


def _has_words(tag: str) -> bool:
    return tag.replace("-", "").isalnum() and catalog_bytes(f"{tag}/editors.po") is not None
