"""Rules for the file of a translation: its headers, and whether its entries are those of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.languages import is_same_language, source_language
from charterpress.checks.queries import quote
from charterpress.model import Charter, Edition, Translation, Violation
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext
from charterpress.text.languages import plural_count_fits, plural_forms
from charterpress.versions.translations import in_step, match_entries, units
from charterpress.versions.translations.changes import binding_languages

_CHARSET = re.compile(r"charset=([\w:.-]+)", re.IGNORECASE)


def translation_header(edition: Edition) -> Iterator[Violation]:
    """The first entry of a translation says its language, UTF-8, and how its language counts.

    Poedit and Weblate go by it. “charter translate” writes it so; a program for translators may say it in its
    own way."""
    source = source_language(edition)
    for each in edition.translations:
        document = edition.document(each.path)
        lines = document.lines if document and not is_same_language(each.language, source) else ()
        headers = {name.casefold(): value for name, value in each.headers}
        for name, value, meant in _wrong_headers(each, headers) if lines else ():
            words = f'"{name}: {meant}\\n"'
            if value:
                message = _("the header {name} says {value}").format(name=quote(name), value=quote(value))
                fix = _("write {words}").format(words=words)
            else:
                message = _("the header {name} is missing").format(name=quote(name))
                fix = _("write {words} in the first entry").format(words=words)
            yield Violation(each.path, message, fix, _header_line(lines, f"{name}:" if value else "msgid"))


def _header_line(lines: tuple[str, ...], name: str) -> int:
    """The number of the first line that begins with a header's name, or with a keyword."""
    return next((at for at, line in enumerate(lines, 1) if line.strip().lstrip('"').startswith(name)), 1)


def _wrong_headers(each: Translation, headers: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """The name, the value and the right value of each header that is wrong."""
    language = headers.get("language", "")
    if language.replace("_", "-").casefold() != each.language.casefold():
        yield "Language", language, each.language.replace("-", "_")
    content = headers.get("content-type", "")
    charset = _CHARSET.search(content)
    if charset is None or charset[1].casefold().replace("_", "-") not in ("utf-8", "utf8"):
        yield "Content-Type", content, "text/plain; charset=UTF-8"
    plural = headers.get("plural-forms", "")
    if plural and not plural_count_fits(plural, each.language):
        yield "Plural-Forms", plural, plural_forms(each.language)


def translation_twice(edition: Edition) -> Iterator[Violation]:
    """A passage has one entry in a translation.

    Of two only one could be published, and nobody could say which. Delete the entry that is wrong, from its
    first line to its msgstr."""
    for each in edition.translations:
        first: dict[str, int] = {}
        for entry in each.entries:
            if entry.obsolete or not entry.unit:
                continue
            if entry.unit in first:
                message = _("{unit} has two entries; the first is on line {line}").format(
                    unit=quote(entry.unit), line=first[entry.unit]
                )
                yield Violation(each.path, message, _("delete the entry that is wrong"), max(entry.line, 1))
            first.setdefault(entry.unit, entry.line)


def translation_unit(edition: Edition) -> Iterator[Violation]:
    """Each entry of a translation is of a passage of the charter.

    An entry is known by its msgctxt, such as “leave-room.title”. One that belongs to no passage is published
    nowhere; “charter translate” keeps it at the end of the file."""
    if edition.charter is None:
        return
    found = units(edition.charter)
    for each in edition.translations:
        used = set(match_entries(edition.charter, found, each.entries).values())
        for place, entry in enumerate(each.entries):
            lost = (entry.text and entry.unit not in found) or not entry.unit
            if entry.obsolete or place in used or not lost:
                continue
            message = _("{unit} is not a passage of this charter").format(unit=quote(entry.unit))
            fix = _("type: charter translate {language}").format(language=each.language)
            if not entry.unit:
                message = _("this entry has no msgctxt, so nobody can tell which passage it is of")
                fix = _("write a line msgctxt before its msgid, or delete the entry")
            yield Violation(each.path, message, fix, max(entry.line, 1))


def translation_step(edition: Edition) -> Iterator[Violation]:
    """A translation is in step with the text: it has an entry for each passage, with the words of today.

    Otherwise translators translate words that are no longer there. “charter translate” brings it in step, and
    loses nothing. A file in which nobody has translated anything yet can wait."""
    if edition.charter is None:
        return
    bound = binding_languages(edition.charter)
    for each in edition.translations:
        if each.language in bound:
            continue  # of which another rule says what is missing, one by one
        if not any(entry.text for entry in each.entries):
            continue  # nobody has begun: no translator has old words before them
        behind = _behind(edition.charter, each)
        if behind:
            message = ngettext(
                "{count} passage of the text is new or has changed since this file was brought in step",
                "{count} passages of the text are new or have changed since this file was brought in step",
                behind,
            ).format(count=behind)
            fix = _("type: charter translate {language}").format(language=each.language)
            yield Violation(each.path, message, fix)


def _behind(charter: Charter, translation: Translation) -> int:
    """How many passages have no entry with the words of today, in an entry of their own."""
    there: dict[str, str] = {}
    for each in translation.entries:
        if not each.obsolete:
            there.setdefault(each.unit, each.source)
    return sum(
        there.get(each.unit) != each.source
        for each in in_step(charter, translation).entries
        if not each.obsolete
    )
