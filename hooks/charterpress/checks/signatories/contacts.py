"""Rules that keep people out of the register: it names organisations and offices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from charterpress.checks.queries import say, scalars
from charterpress.checks.signatories.addresses import host
from charterpress.checks.signatories.job_titles import OFFICES, TITLES
from charterpress.checks.signatories.queries import addresses, at, files, signatures, text, word, words
from charterpress.model import Document, Edition, Found, Mapping, Role, Scalar

_AT = re.compile(r"[@＠﹫]|%40|[\[({<]\s*at\s*[\])}>]", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+@/-])[\w.+-]+(?:@|%40|\s*[\[({<]\s*at\s*[\])}>]\s*)"
    r"[\w-]+(?:(?:\.|\s*[\[({<]\s*dot\s*[\])}>]\s*)[\w-]+)+",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"://[^/?#\s]*")
"""The host of a web address: a user name before it is for another rule to say."""
_SEVEN_DIGITS = re.compile(r"(?:\d[^\w\n]{0,3}){7}")
_DIALLED = re.compile(r"(?:\+|%2b|//wa\.me/|phone=|tel:)\+?\d{7,}", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)#(.*)")
_USUAL = ("GB", "US")
"""The countries that a number is read for where nothing says which it is of."""
_COUNTRIES = {"uk": "GB", "scot": "GB", "wales": "GB", "cymru": "GB"}
_PARTS = re.compile(r"\s*(?:[,;/|:–—(]|\s-\s)\s*")
_NAME = re.compile(r"[^\W\d_][\w’'.-]*")


def contact_email(edition: Edition) -> Iterator[Found]:
    """There is no e-mail address in a signatory's file, a person's or an office's, not even in a comment.

    Whatever stands in it is public for good, and is collected by those who send advertisements. Whoever wants
    to write to an organisation finds its address on its website, where it can change it.
    """
    for document in edition.documents:
        if document.role is not Role.SIGNATORY:
            continue
        seen: set[str] = set()
        for number, line in enumerate(document.lines, 1):
            if found := _email(line):
                seen.add(found)
                column = max(line.find(found), 0) + 1
                yield _no_mail(document, number, column, found)
        if any("\\" in line for line in document.lines):  # a letter of it may be written as a code
            for value in scalars(document.front):
                if (found := _email(value.value)) and found not in seen:
                    yield _no_mail(document, value.line, value.column, found)


def _no_mail(document: Document, line: int, column: int, found: str) -> Found:
    return Found(
        path=document.path,
        line=line,
        column=column,
        message=f"{say(found)} is an e-mail address",
        fix="leave it out: the organisation's website says how to write to it",
    )


def _email(words: str) -> str:
    """The first e-mail address in `words`, or ''."""
    if not _AT.search(words):
        return ""
    plain = words if words.isascii() else unicodedata.normalize("NFKC", words)
    found = _EMAIL.search(_AUTHORITY.sub("://", plain))
    return found[0] if found else ""


def contact_telephone(edition: Edition) -> Iterator[Found]:
    """There is no telephone number in a signatory's file, not even in a comment.

    It is public for good, and may become somebody's own. The organisation's website says how to reach it.
    """
    for document, front in files(edition):
        for value in _comments(document):
            if number := _telephone(value.value, front):
                yield _no_number(document, value, number)
    for document, _, value in words(edition):
        if document.front and (number := _telephone(value.value, document.front)):
            yield _no_number(document, value, number)
    for document, _, value in addresses(edition):
        if dialled := _DIALLED.search(value.value):
            yield _no_number(document, value, dialled[0])


def _no_number(document: Document, value: Scalar, number: str) -> Found:
    fix = "leave it out: the organisation's website says how to reach it"
    return at(document, value, f"{say(number)} is a telephone number", fix)


def _comments(document: Document) -> list[Scalar]:
    """What stands behind a # in each line."""
    found = ((number, _COMMENT.search(line)) for number, line in enumerate(document.lines, 1) if "#" in line)
    return [Scalar(value=each[1], line=number, column=each.start(1) + 1) for number, each in found if each]


def _telephone(words: str, front: Mapping) -> str:
    """The first telephone number in `words`, or ''. Numbers without a country's code are those of the country
    that the registration or the website says."""
    if not _SEVEN_DIGITS.search(words):
        return ""
    # Long to import, and few words have as many digits.
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415

    countries = _own_countries(front) or _USUAL
    found = (
        match.raw_string
        for country in countries
        for match in PhoneNumberMatcher(words, country, leniency=Leniency.VALID)
    )
    return next(found, "")


def _own_countries(front: Mapping) -> tuple[str, ...]:
    registration = text(word(front, "registration"))[:3]
    last = host(text(word(front, "website"))).rpartition(".")[2]
    own = [_COUNTRIES.get(last, last.upper() if len(last) == 2 else "")]
    own.append(registration[:2] if registration.endswith("-") else "")
    return tuple(dict.fromkeys(each for each in own if each))


def role_name(edition: Edition) -> Iterator[Found]:
    """A role is an office, such as Chief Executive or Chair of trustees, and not a person's name.

    The office signs, whoever holds it. A person's name would stand here for good, long after they have left.
    """
    for document, front in files(edition):
        for value in filter(None, (word(each, "role") for each in signatures(front))):
            if person := _person(text(value)):
                message = f"{say(person)} looks like a person's name"
                yield at(document, value, message, "write the office alone, such as “Chief Executive”")


def _person(role: str) -> str:
    """The part of a role that looks like a person's name, or ''."""
    pieces: list[str] = _PARTS.split(role.rstrip(")"))
    for part in filter(None, pieces):
        names = part.split()
        if len(names) > 1 and names[0].rstrip(".").casefold() in TITLES:
            return part
        known = any(each.casefold().strip(".’'") in OFFICES for name in names for each in name.split("-"))
        if 2 <= len(names) <= 4 and not known and all(map(_is_name, names)):
            return part
    return ""


def _is_name(word: str) -> bool:
    """Whether a word is written as a name is: a capital letter, then small ones, or an initial."""
    return bool(_NAME.fullmatch(word)) and word[0].isupper() and (len(word) < 3 or not word.isupper())
