"""Rules that keep people out of the register: it names organisations and offices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from charterpress.checks.queries import documents_of, quote, scalars, violation_at
from charterpress.checks.signatories.addresses import OWN_PAGE, host_of
from charterpress.checks.signatories.queries import (
    clean_text,
    free_texts,
    scalar_value,
    signatory_files,
    web_addresses,
)
from charterpress.model import Document, Edition, Mapping, Role, Scalar, Violation
from charterpress.text.interface import gettext as _

AT = re.compile(r"[@＠﹫]|%40|[\[({<]\s*at\s*[\])}>]", re.IGNORECASE)
_AT_SIGNS = "@＠﹫%[({<"
"""What each match of it begins with: most files have none of these."""
EMAIL = re.compile(
    r"(?<![\w.+@/-])[\w.+-]+(?:@|%40|\s*[\[({<]\s*at\s*[\])}>]\s*)"
    r"[\w-]+(?:(?:\.|\s*[\[({<]\s*dot\s*[\])}>]\s*)[\w-]+)+",
    re.IGNORECASE,
)
AUTHORITY = re.compile(r"://[^/?#\s]*")
"""The host of a web address: a user name before it is for another rule to say."""
_SEVEN_DIGITS = re.compile(r"\d[^\w\n]{0,3}(?:\d[^\w\n]{0,3}){6}")  # a digit first: that is quick to find
_DIALLED = re.compile(r"(?:\+|%2b|//wa\.me/|phone=|tel:)\+?\d{7,}", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)#(.*)")
_DEFAULT_COUNTRIES = ("GB", "US")
"""The countries that a number is read for where nothing says which it is of."""
_COUNTRIES = {"uk": "GB", "scot": "GB", "wales": "GB", "cymru": "GB"}


def contact_email(edition: Edition) -> Iterator[Violation]:
    """There is no e-mail address in a signatory's file, a person's or an office's, not even in a comment.

    Whatever stands in it is public for good, and is collected by those who send advertisements. Whoever wants
    to write to an organisation finds its address on its website, where it can change it."""
    fix = _("leave it out: the organisation's website says how to write to it")
    for document in documents_of(edition, Role.SIGNATORY):
        seen: set[str] = set()
        text = "\n".join(document.lines)
        has_sign = any(sign in text for sign in _AT_SIGNS)
        for number, line in enumerate(document.lines if has_sign else (), 1):
            if email := _find_email(line):
                seen.add(email)
                column = max(line.find(email), 0) + 1
                needed = _(OWN_PAGE) if re.match(r"\W*website\W", line) else fix
                yield Violation(
                    document.path,
                    _("{email} is an e-mail address").format(email=quote(email)),
                    needed,
                    number,
                    column,
                )
        # A letter of it may be written as a code.
        escaped = any("\\" in line for line in document.lines)
        for value in scalars(document.front) if escaped else ():
            if (email := _find_email(value.value)) and email not in seen:
                yield violation_at(
                    document, value, _("{email} is an e-mail address").format(email=quote(email)), fix
                )


def _find_email(words: str) -> str:
    """Return the first e-mail address in `words`, or ''."""
    if not AT.search(words):
        return ""
    plain = words if words.isascii() else unicodedata.normalize("NFKC", words)
    match = EMAIL.search(AUTHORITY.sub("://", plain))
    return match[0] if match else ""


def contact_telephone(edition: Edition) -> Iterator[Violation]:
    """There is no telephone number in a signatory's file, not even in a comment.

    It is public for good, and may become somebody's own. The organisation's website says how to reach it."""
    texts = [(document, value) for document, _, value in free_texts(edition)]
    texts += [(document, each) for document, _ in signatory_files(edition) for each in _comments(document)]
    numbers = [(document, value, find_telephone(value.value, document)) for document, value in texts]
    for document, _key, value in web_addresses(edition):
        dialled = _DIALLED.search(value.value)
        numbers.append((document, value, dialled[0] if dialled else ""))
    fix = _("leave it out: the organisation's website says how to reach it")
    for document, value, number in numbers:
        if number:
            yield violation_at(
                document, value, _("{number} is a telephone number").format(number=quote(number)), fix
            )


def _comments(document: Document) -> list[Scalar]:
    """What stands behind a # in each line."""
    matches = (
        (number, _COMMENT.search(line)) for number, line in enumerate(document.lines, 1) if "#" in line
    )
    return [Scalar(value=each[1], line=number, column=each.start(1) + 1) for number, each in matches if each]


def find_telephone(words: str, document: Document) -> str:
    """Return the first telephone number in `words`, or ''. A number without a country code is read as one of
    the country of the registration or the website."""
    if not _SEVEN_DIGITS.search(words):
        return ""
    # Long to import, and few words have as many digits.
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415

    countries = (document.front and _own_countries(document.front)) or _DEFAULT_COUNTRIES
    matches = (PhoneNumberMatcher(words, country, leniency=Leniency.VALID) for country in countries)
    return next((match.raw_string for match in chain.from_iterable(matches)), "")


def _own_countries(front: Mapping) -> list[str]:
    registration = clean_text(scalar_value(front, "registration"))[:3]
    last = host_of(clean_text(scalar_value(front, "website"))).rpartition(".")[2]
    of_website = _COUNTRIES.get(last, last.upper() if len(last) == 2 else "")
    of_registration = registration[:2] if registration.endswith("-") else ""
    return list(filter(None, dict.fromkeys((of_website, of_registration))))
