"""A language's tag → its own name, and the place that is usual for it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*", re.ASCII
)
"""The code of a language by BCP 47, in the case that it recommends: language, script, region, variants."""
MAX_TAG_LENGTH = 35
"""Characters, which RFC 5646 asks every program to have room for."""
_SCRIPT_LENGTH, _REGION_LENGTH = 4, 2


def primary_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without its script and place: "en" of "en-GB"."""
    return tag.partition("-")[0].lower()


def is_language_tag(written: str) -> bool:
    """Return whether `written` has the form of a language's code."""
    return len(written) <= MAX_TAG_LENGTH and bool(LANGUAGE_TAG.fullmatch(written))


def likely_tag(written: str) -> str:
    """Return the code that `written` is a slip for or an English name of, such as en-GB for en_gb and cy for
    Welsh; '' if it is none."""
    from babel import Locale  # noqa: PLC0415 - as below

    names = {name.casefold(): tag for tag, name in Locale("en").languages.items() if is_language_tag(tag)}
    if named := names.get(" ".join(written.split()).casefold()):
        return str(named)
    parts = written.strip().lower().replace("_", "-").split("-")
    cases = [parts[0], *(part.title() if len(part) == _SCRIPT_LENGTH else part.upper() for part in parts[1:])]
    likely = "-".join(cases)
    return likely if is_language_tag(likely) else ""


def _locale(tag: str) -> Locale | None:
    """What CLDR knows of a language; None for nothing. What it does not know of a tag is left out."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - takes as long to read as a whole charter

    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None


@lru_cache
def own_name(tag: str, *, whole: bool = False) -> str:
    """Return what the language `tag` calls itself, such as “Cymraeg”; the tag where CLDR has no name for it.
    With `whole`, its script and its place are named too."""
    locale = _locale(tag)
    if locale is None:
        return tag
    name = (locale.get_display_name() if whole else locale.get_language_name()) or tag
    return name[:1].upper() + name[1:]


def name_and_tag(tag: str) -> str:
    """Return a language as a form offers it, by its own name and its tag: “Cymraeg (cy)”."""
    return f"{own_name(tag)} ({tag})"


@lru_cache
def name_in(tag: str, language: str) -> str:
    """Return what `language` calls the language `tag`: “Saesneg” for en in cy; the tag if unknown."""
    locale, shown = _locale(tag), _locale(language)
    return (locale.get_language_name(shown) if locale and shown else None) or tag


@lru_cache
def graph_locale(tag: str) -> str:
    """Return the language `tag` with a place, as the Open Graph protocol asks for it: "en_GB". Where the tag
    names none, it is the place where most people speak the language; ours for English, Britain."""
    language, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == _REGION_LENGTH), "")
    if not region and language == "en":
        region = "GB"
    if not region:
        from babel.core import get_global  # noqa: PLC0415 - as above

        likely = get_global("likely_subtags")
        script = next((part for part in rest if len(part) == _SCRIPT_LENGTH), "")
        whole = likely.get(f"{language}_{script}") or likely.get(language) or ""
        region = whole.rpartition("_")[2]
    return f"{language}_{region}" if region else language


@lru_cache
def script_of(tag: str) -> str:
    """Return the script (ISO 15924) that the language `tag` is written in, as it says itself or else usually;
    "" where CLDR doesn't know."""
    from babel.core import get_global  # noqa: PLC0415 - as above

    language, *rest = tag.split("-")
    if named := next((part for part in rest if len(part) == _SCRIPT_LENGTH and part.isalpha()), ""):
        return named
    likely = get_global("likely_subtags")
    region = next((part for part in rest if len(part) == _REGION_LENGTH), "")
    whole = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return next((part for part in whole.split("_") if len(part) == _SCRIPT_LENGTH), "")


def english_name(tag: str) -> str:
    """Return what English calls the language `tag`, such as “Welsh”; the tag where CLDR has no name for
    it."""
    locale = _locale(tag)
    return (locale.get_display_name("en") if locale else None) or tag


def plural_forms(tag: str) -> str:
    """Return gettext's header that says how a language counts: from gettext's own table, or from CLDR for a
    language that is not in there."""
    from babel.messages.plurals import PLURALS, get_plural  # noqa: PLC0415 - as above

    locale = _locale(tag)
    if locale is None:
        return "nplurals=2; plural=(n != 1);"
    if str(locale) in PLURALS or locale.language in PLURALS:
        return str(get_plural(locale).plural_forms)
    return cldr_plural_forms(locale)


def cldr_plural_forms(locale: Locale) -> str:
    """Return gettext's header that says how a language counts by CLDR. The exponent `e` of its rules, as of
    “1M”, is 0 in every whole number, and no reader of gettext's knows it."""
    from babel.plural import to_gettext  # noqa: PLC0415 - slow to import, and English needs none

    count, plural, rule = to_gettext(locale.plural_form).partition("plural=")
    return f"{count}{plural}{rule.rstrip(';').replace('e', '0')};"


_PLURAL_FORMS = r"\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=([n\d\s%<>=!&|?:()+*/-]{1,1000});?\s*"
"""Compiled when it is needed: only translations have such a header."""
MAX_COUNTED = 300
"""Whole numbers that are tried: all rules of gettext repeat after a hundred."""
_OTHER_COUNTS = {"cy": 4}
"""How many forms programs count where neither gettext's table nor CLDR does: Poedit, in Welsh."""


def plural_count_fits(header: str, tag: str) -> bool:
    """Return whether gettext's `header` is one that says how the language `tag` counts: with as many forms as
    gettext, CLDR or Poedit have, each of which it numbers."""
    from gettext import c2py  # noqa: PLC0415 - as gettext itself reads it

    found = re.fullmatch(_PLURAL_FORMS, header)
    if not found:
        return False
    count, locale = int(found[1]), _locale(tag)
    known = [plural_forms(tag)] + ([cldr_plural_forms(locale)] if locale else [])
    counts = {int(each.partition("=")[2].partition(";")[0]) for each in known}
    if count not in counts | {_OTHER_COUNTS.get(primary_language(tag))} and locale is not None:
        return False
    try:
        rule = c2py(found[2].strip())
        return all(0 <= int(rule(number)) < count for number in range(MAX_COUNTED))
    except (ValueError, RecursionError, ZeroDivisionError, OverflowError):
        return False
