"""Rules for what an organisation is called, where its file lies, and what it says of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, count

from confusable_homoglyphs import categories

from charterpress import register
from charterpress.checks.queries import SLUG, documents_of, quote, quote_list, suggest, violation_at
from charterpress.checks.signatories.queries import (
    clean_text,
    free_texts,
    scalar_value,
    signatory_files,
    web_addresses,
)
from charterpress.model import Document, Edition, Role, Violation
from charterpress.text.folding import is_latin
from charterpress.text.interface import N_, join_list
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import name_slugs

MAX_LENGTHS = dict.fromkeys(("name", "name_latin"), 200) | dict.fromkeys(("area", "role"), 120)
MAX_LENGTHS |= dict.fromkeys(("pledge", "note", "website", "link", "evidence"), 500) | {"words": 300}
"""Characters, by key."""
MAX_MARKS = 4
"""Accents and other marks on one letter. Vietnamese has two, Hebrew with its points and accents four."""

_SECOND = re.compile(r"(.+)-([2-9]|[1-9]\d+)")
ALIKE = frozenset(
    {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU", "DESERET", "OSAGE"}
)
"""Alphabets with letters that pass for one another's. A word of a Japanese or Thai name may well have Latin
letters in it; a word of Latin and Cyrillic ones is made to deceive, or a slip (Unicode, UTS 39, 5.2)."""
SHARED_LETTERS = frozenset("θ")
"""Greek letters that Latin alphabets write too, as Halkomelem does in xʷməθkʷəy̓əm. It passes for no Latin
one."""
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
MARKS = re.compile(
    rf"[^\W_][\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{MAX_MARKS + 1},}}"
)
STYLED = re.compile("[\U0001d400-\U0001d7ff\U0001f110-\U0001f189\u2460-\u24ff]")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

UNKNOWN_KIND = N_("{value} is not a kind that charter.yml lists")
"""What the rule `signatory-kind` says."""


def signatory_name(edition: Edition) -> Iterator[Violation]:
    """An organisation's name has a letter or a digit in it.

    It is listed by it, searched for by it, and printed on a certificate. Write the name by which the public
    knows the organisation."""
    for document, front in signatory_files(edition):
        for key in ("name", "name_latin"):
            value = scalar_value(front, key)
            if value and not any(each.isalnum() for each in value.value):
                message = _("{value} is not a name").format(value=quote(value.value))
                yield violation_at(document, value, message, _("write the organisation's name"))


def signatory_length(edition: Edition) -> Iterator[Violation]:
    """A name has at most 200 characters, an area and a role 120; a pledge and a note of withdrawal 500; the
    words of a report on a principle 300; a web address 500.

    They stand in lists, on cards and on certificates, beside those of many others."""
    for document, key, value in (*free_texts(edition), *web_addresses(edition)):
        most = MAX_LENGTHS.get(key, 0)
        if not most or (len(value.value) <= most and value.value.isascii()):
            continue
        if (length := len(clean_text(value))) > most:
            message = _("{key} has {length} characters; {most} is the most").format(
                key=quote(key), length=length, most=most
            )
            yield violation_at(document, value, message, _("say it more briefly"))


def signatory_characters(edition: Edition) -> Iterator[Violation]:
    """The words of an organisation are made of letters that everybody sees as what they are.

    No word mixes letters of alphabets that look alike, such as Latin and Cyrillic: the name could pass for
    another's, and no search finds it. No letter carries a heap of accents; none is from the alphabets made
    for mathematics, which screen readers spell out or skip; and none is one that only a font of one's own
    has."""
    for document, key, value in free_texts(edition):
        if not value.value.isascii() and (wrong := _deceptive_letters(value.value)):
            message, fix, words = wrong
            yield violation_at(document, value, message.format(key=quote(key), **words), fix.format(**words))


def _deceptive_letters(words: str) -> tuple[str, str, dict[str, str]] | None:
    """What is wrong with the letters of `free_texts` of a {key}, what to do, and the words to put in."""
    for each in WORD.findall(words):
        if not each.isascii() and len(scripts := _lookalike_scripts(each)) > 1:
            mixed = join_list(sorted(script.title() for script in scripts))
            message = _("{key} has letters of {scripts} in one word, {word}")
            return message, _("type the word again on one keyboard"), {"scripts": mixed, "word": quote(each)}
    if MARKS.search(unicodedata.normalize("NFD", words)):
        message = _("{key} has more than {most} marks on one letter")
        return message, _("delete the extra marks"), {"most": str(MAX_MARKS)}
    if styled := STYLED.search(words):
        plain = quote(unicodedata.normalize("NFKC", words))
        message = _("{key} has mathematical letters, such as {letter}")
        return message, _("write ordinary letters: {plain}"), {"letter": quote(styled[0]), "plain": plain}
    if private := PRIVATE_USE.search(words):
        message = _("{key} has a private-use character, {code}")
        fix = _("write it in characters that every font has")
        return message, fix, {"code": f"U+{ord(private[0]):04X}"}
    return None


def _lookalike_scripts(word: str) -> set[str]:
    """The alphabets of a word that have letters which pass for one another's."""
    return {categories.alias(each) for each in word if each not in SHARED_LETTERS} & ALIKE


def signatory_latin(edition: Edition) -> Iterator[Violation]:
    """A name in a script other than Latin has a `name_latin` beside it: how the organisation writes itself in
    Latin letters.

    Its address is made of it, it gives the place in a list from A to Z, and the printed list shows it where
    no font has the letters of the name. The name itself stands first wherever it can."""
    for document, front in signatory_files(edition):
        name, latin = scalar_value(front, "name"), scalar_value(front, "name_latin")
        if any(value and _deceptive_letters(value.value) for value in (name, latin)):
            continue
        if latin and not is_latin(latin.value):
            message = _("{value} has letters that are not Latin").format(value=quote(latin.value))
            fix = _("write the name in Latin letters, as on the organisation's website")
            yield violation_at(document, latin, message, fix)
        elif name and not latin and not is_latin(name.value):
            message = _("{value} is not in Latin letters, and there is no “name_latin”").format(
                value=quote(name.value)
            )
            fix = _("add a line “name_latin: ”, with the name as the organisation writes it in Latin letters")
            yield violation_at(document, name, message, fix)


# --- The name of the file ----------------------------------------------------------------------------


def signatory_slug(edition: Edition) -> Iterator[Violation]:
    """The name of a signatory's file is the organisation's name in lower-case letters a to z, digits and
    single hyphens, without accents: harbour-trust.yml.

    It is the address of its page. A name in another script gives it by its `name_latin`. “&” is “and”; a long
    name may end after a whole word. A second organisation of the same name has -2, and a third -3; so has one
    whose name another had before."""
    ids = {document.id for document in documents_of(edition, Role.SIGNATORY)}
    ids |= {slug for each in edition.signatories for slug in each.formerly}
    for document, front in signatory_files(edition):
        name, latin = (clean_text(scalar_value(front, key)) for key in ("name", "name_latin"))
        wanted = _slugs(name, latin)
        second = _SECOND.fullmatch(document.id)
        if not SLUG.fullmatch(document.id):
            message = _("{file} has characters that an address may not have").format(
                file=quote(document.id + ".yml")
            )
            yield _rename_violation(document, message, _free_slug(wanted[0] if wanted else "new-name", ids))
        elif wanted and document.id not in wanted and not (second and second[1] in wanted):
            message = _("{file} is not what the name {name} gives").format(
                file=quote(document.id + ".yml"), name=quote(name)
            )
            yield _rename_violation(document, message, _free_slug(wanted[0], ids))
        elif wanted and second and document.id not in wanted and second[1] not in ids | register.RESERVED:
            message = _("{file} is for a second of that name, but there is no first").format(
                file=quote(document.id + ".yml")
            )
            yield _rename_violation(document, message, second[1])


def signatory_reserved(edition: Edition) -> Iterator[Violation]:
    """The name of a signatory's file is none that the register keeps for itself, such as index, print or a
    single letter.

    Its page would stand in the place of one of the register's own. Add -2 to it."""
    for document in documents_of(edition, Role.SIGNATORY):
        if document.id in register.RESERVED:
            message = _("{slug} is the address of one of the register's own pages").format(
                slug=quote(document.id)
            )
            yield _rename_violation(document, message, f"{document.id}-2")


def _slugs(name: str, latin: str) -> tuple[str, ...]:
    """The slugs that are right; none where nothing says how the name is written in Latin letters."""
    names = [each for each in (name, latin) if each and is_latin(each)]
    return tuple(slug for each in names for slug in name_slugs(each) if slug)


def _free_slug(slug: str, taken: set[str]) -> str:
    """`slug`, or the first of slug-2, slug-3 … that nobody has."""
    candidates = chain([slug], (f"{slug}-{place}" for place in count(2)))
    return next(each for each in candidates if each not in taken | register.RESERVED)


def _rename_violation(document: Document, message: str, slug: str) -> Violation:
    return Violation(document.path, message, _("call the file {file}").format(file=quote(slug + ".yml")))


# --- What it is --------------------------------------------------------------------------------------


def signatory_kind(edition: Edition) -> Iterator[Violation]:
    """The kind of an organisation is one of those that charter.yml lists under `signatory_kinds`.

    The register is counted and filtered by it."""
    kinds = edition.charter.signatory_kinds if edition.charter else ()
    for document, front in signatory_files(edition):
        value = scalar_value(front, "kind")
        if kinds and value and clean_text(value) not in kinds:
            message = _(UNKNOWN_KIND).format(value=quote(value.value))
            fix = suggest(value.value, kinds, _("choose from {kinds}").format(kinds=quote_list(kinds)))
            yield violation_at(document, value, message, fix)
