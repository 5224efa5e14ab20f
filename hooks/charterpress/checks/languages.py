"""Rules for the languages that charter.yml lists, and the files that have the text in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from charterpress.checks.queries import (
    documents_of,
    front_value,
    quote,
    relative_path,
    suggest,
    violation_at,
)
from charterpress.model import (
    DEFAULT_LANGUAGE,
    Document,
    Edition,
    LanguageStanding,
    Mapping,
    Node,
    Role,
    Scalar,
    Violation,
)
from charterpress.read.translations import read_translation
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.languages import is_language_tag, likely_tag, primary_language

FOLDER = "translations"
"""The folder of the .po files, in the charter's."""
STANDINGS = tuple(each.value for each in LanguageStanding)
_WHICH = N_("write “binding” if both texts are of equal standing, or “courtesy” if the original prevails")


def _listed(edition: Edition) -> Iterator[tuple[Document, Scalar, Node]]:
    """The languages that charter.yml lists under `languages`, with what stands after each."""
    for document in documents_of(edition, Role.CHARTER):
        node = front_value(document, "languages")
        for tag, value in node.entries if isinstance(node, Mapping) else ():
            yield document, tag, value


def source_language(edition: Edition) -> str:
    """The code of the language that the charter is written in."""
    written = edition.charter.language if edition.charter else ""
    return written or DEFAULT_LANGUAGE


def is_same_language(tag: str, other: str) -> bool:
    """Whether two codes are of one language, as en and en-GB are. en-GB and en-US are two."""
    short, long = sorted((tag.casefold(), other.casefold()), key=len)
    return short == long or (short == primary_language(long) and "-" not in short)


def languages_tag(edition: Edition) -> Iterator[Violation]:
    """Each of the `languages` is the code of one, such as cy, ar or pt-BR.

    The code is that of BCP 47: two or three small letters, and where it matters a script, such as zh-Hant, or
    a country in capital letters. It is also the name of the file of the translation, and part of
    addresses."""
    for document, tag, _ignored in _listed(edition):
        if not is_language_tag(tag.value):
            likely = likely_tag(tag.value)
            fix = (
                _("write {words}").format(words=quote(likely))
                if likely
                else _("write a code such as cy, ar or pt-BR")
            )
            yield violation_at(
                document, tag, _("{value} is not the code of a language").format(value=quote(tag.value)), fix
            )


def languages_standing(edition: Edition) -> Iterator[Violation]:
    """Each of the `languages` is “binding” or “courtesy”.

    A text that is binding is of equal standing with the one that the charter is written in, and no version is
    released without all of it. A courtesy translation helps to understand the charter, and its pages say
    which text prevails."""
    for document, tag, value in _listed(edition):
        written = value.value.strip() if isinstance(value, Scalar) else ""
        if written in STANDINGS:
            continue
        if not isinstance(value, Scalar):
            message = _("{value} holds more than one word").format(value=quote(tag.value))
        elif not written:
            message = _("it does not say what the text in {value} counts for").format(value=quote(tag.value))
        else:
            message = _("{value} is not what a text in another language can be").format(
                value=quote(value.value)
            )
        fix = suggest(written, STANDINGS, _(_WHICH)) if written else _(_WHICH)
        yield violation_at(document, value, message, fix)


def languages_source(edition: Edition) -> Iterator[Violation]:
    """`languages` are further languages: not the one that the charter is written in, and none of them twice.

    The text in themes/ is in the language that `language` says, or English."""
    source = source_language(edition)
    first: dict[str, int] = {}
    for document, tag, _ignored in _listed(edition):
        if not is_language_tag(tag.value):
            continue
        if is_same_language(tag.value, source):
            message = _("{value} is the language that the charter is written in").format(
                value=quote(tag.value)
            )
            yield violation_at(document, tag, message, _("take it out"))
        elif tag.value in first:
            message = _("{value} appears twice; the first is on line {first}").format(
                value=quote(tag.value), first=first[tag.value]
            )
            yield violation_at(document, tag, message, _("keep one of the two"))
        first.setdefault(tag.value, tag.line)


def translation_missing(edition: Edition) -> Iterator[Violation]:
    """Each of the `languages` has a file translations/<language>.po with the text in it.

    “charter translate” and the code of the language makes it, with every sentence to be translated."""
    there = {relative_path(edition, entry.path).casefold() for entry in edition.entries}
    source = source_language(edition)
    for document, tag, _ignored in _listed(edition):
        inside = f"{FOLDER}/{tag.value}.po"
        likely = is_language_tag(tag.value) and not is_same_language(tag.value, source)
        if likely and inside.casefold() not in there:
            message = _("there is no file {inside}").format(inside=quote(inside))
            fix = _("type: charter translate {value}").format(value=tag.value)
            yield violation_at(document, tag, message, fix, f"{edition.root}/{inside}")


def translation_name(edition: Edition) -> Iterator[Violation]:
    """The file of a translation is named after its language: cy.po, or pt-BR.po.

    The code is that of BCP 47, as charter.yml lists it, and not the one that the charter is written in."""
    source = source_language(edition)
    for document in documents_of(edition, Role.TRANSLATION):
        name = PurePosixPath(document.path).name
        if not is_language_tag(document.id):
            likely = likely_tag(document.id)
            fix = (
                _("call it {value}").format(value=quote(f"{likely}.po"))
                if likely
                else _("call it after the code, such as cy.po")
            )
            yield Violation(
                document.path,
                _("{name} is not named after the code of a language").format(name=quote(name)),
                fix,
            )
        elif is_same_language(document.id, source):
            message = _("{id} is the language that the charter is written in").format(id=quote(document.id))
            yield Violation(
                document.path, message, _("delete it, or call it after the language that it is in")
            )


def translation_unreadable(edition: Edition) -> Iterator[Violation]:
    """A translation is a .po file, as GNU gettext, Poedit and Weblate read and write it.

    An entry has msgctxt, msgid and msgstr, each followed by a text in double quotes; a quotation mark within
    a text has a backslash before it. Programs for translators write it so of themselves."""
    for document in documents_of(edition, Role.TRANSLATION):
        for fault in read_translation(document)[1]:
            yield Violation(document.path, fault.message, fault.fix, fault.line, fault.column)
