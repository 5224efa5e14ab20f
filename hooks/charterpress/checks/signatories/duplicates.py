"""Rules for an organisation that stands in the register twice.

Entries are compared by keys, never each with each. None of these rules is an error: both stay until a person
decides. That two are not one is said by different numbers in one public register or, where they have one
name, by the -2 in the name of a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from charterpress.checks.queries import say
from charterpress.checks.signatories.addresses import host, path, site
from charterpress.checks.signatories.legal_forms import BY_LANGUAGE
from charterpress.checks.signatories.queries import at, files, text, word
from charterpress.checks.signatories.registrations import parts
from charterpress.checks.signatories.shared_hosts import SHARED
from charterpress.model import Document, Edition, Found, Scalar

_SECOND = re.compile(r"-(?:[2-9]|[1-9]\d+)$")
_SIGN = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One file with the value that it is compared by, and the public register that it has a number in."""

    document: Document
    value: Scalar
    scheme: str


def twin_registration(edition: Edition) -> Iterator[Found]:
    """No two signatories have the same number in a public register.

    It is one organisation, which signs again by adding a line to its own file. Keep the older entry, with all
    the signatures of both.
    """
    for entry, other in _pairs(edition, "registration", _registered):
        yield _twin(entry, other, f"{say(text(entry.value))} is the registration of {_named(other)} too")


def twin_website(edition: Edition) -> Iterator[Found]:
    """No two signatories have the same website.

    The name of the site counts, whatever page of it is given; where many organisations have a page each, as
    on facebook.com, the page counts. A branch of a larger organisation is told from it by its own number in
    the public register.
    """
    for entry, other in _pairs(edition, "website", _website):
        yield _twin(entry, other, f"{say(text(entry.value))} is the website of {_named(other)} too")


def twin_name(edition: Edition) -> Iterator[Found]:
    """No two signatories have the same name, whatever its capital letters, its signs and its legal form (Ltd,
    CIO, Trust …).

    Where they are two, the -2 in the name of the second file says so, or their numbers in one public
    register.
    """
    for entry, other in _pairs(edition, "name", _name):
        if not _is_second(entry, other):
            yield _twin(entry, other, f"{say(text(entry.value))} is the name of {_named(other)} too")


def twin_lookalike(edition: Edition) -> Iterator[Found]:
    """No two signatories have names that look the same, letter by letter.

    A Cyrillic а passes for a Latin a, a capital I for a small l. One may be there to pass for the other.
    """
    for entry, other in _pairs(edition, "name", _skeleton):
        name, like = text(entry.value), text(other.value)
        if _name(name) != _name(like) and not _is_second(entry, other):
            yield _twin(entry, other, f"{say(name)} looks like the name of {_named(other)}, {say(like)}")


# --- Finding them ------------------------------------------------------------------------------------


def _pairs(
    edition: Edition, key: str, compared: Callable[[str], Iterable[str]]
) -> Iterator[tuple[_Entry, _Entry]]:
    """Every entry that has one of the keys of an earlier one, with the earliest that may be the same
    organisation. Those that a proposal leaves as they are come first, so that its own are told."""
    found = [(document, front, value) for document, front in files(edition) if (value := word(front, key))]
    found.sort(key=lambda each: each[0].path in edition.touched)
    firsts: dict[str, dict[str, _Entry]] = {}
    for document, front, value in found:
        scheme, _ = parts(text(word(front, "registration")))
        entry = _Entry(document=document, value=value, scheme=scheme)
        for like in compared(text(value)):
            alike = firsts.setdefault(like, {})
            # Two with a number each in one register are two, or the rule about numbers says they are one.
            others = [alike[each] for each in alike if not each or each != scheme or key == "registration"]
            alike.setdefault(scheme, entry)
            if others:
                yield entry, others[0]
                break


def _is_second(entry: _Entry, other: _Entry) -> bool:
    """Whether the name of one's file says that it is a second of the other's name."""
    ids = (entry.document.id, other.document.id)
    return len({_SECOND.sub("", id) for id in ids}) == 1


def _named(other: _Entry) -> str:
    return f"{other.document.id}.yml"


def _twin(entry: _Entry, other: _Entry, message: str) -> Found:
    fix = "keep one of the two, with the signatures of both; where they are two, the rule says how to tell"
    return at(entry.document, entry.value, message, fix, other.document.path)


# --- What they are compared by -----------------------------------------------------------------------


def _registered(registration: str) -> Iterable[str]:
    scheme, number = parts(registration.upper())
    return [f"{scheme}-{_SIGN.sub('', number)}"] if scheme else []


def _website(address: str) -> Iterable[str]:
    name = host(address)
    if not name:
        return []
    owner = site(name)
    if owner in SHARED or owner.removeprefix("www.") in SHARED or name.removeprefix("www.") in SHARED:
        return [f"{name.removeprefix('www.').removeprefix('m.')}{path(address).casefold()}"]
    return [owner]


@lru_cache(maxsize=200_000)
def _name(name: str) -> tuple[str, ...]:
    """The words of a name without its legal form, signs and capitals; none where it has no word."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = _SIGN.sub(" ", folded.replace("’", "").replace("'", "")).split()
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    while (kept := _without_form(words)) and kept != words:
        words = kept
    return (" ".join(words),) if words else ()


def _without_form(words: list[str]) -> list[str]:
    """`words` without the longest legal form at their end or, where it stands there in that language, their
    beginning."""
    for count in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if " ".join(words[-count:]) in _FORMS:
            return words[:-count]
        if " ".join(words[:count]) in _LEADING:
            return words[count:]
    return _unjoined(words)


def _unjoined(words: list[str]) -> list[str]:
    """`words` without a legal form that is written together with the name, as in Japanese and Chinese."""
    if len(words) != 1 or words[0].isascii():
        return words
    for form in _JOINED:
        if len(words[0]) > len(form) and (words[0].startswith(form) or words[0].endswith(form)):
            return [words[0].removeprefix(form).removesuffix(form) or words[0]]
    return words


_FORMS = frozenset(_SIGN.sub(" ", form).strip() for forms in BY_LANGUAGE.values() for form in forms)
_LEADING = frozenset(
    _SIGN.sub(" ", form).strip()
    for language in (
        "de",
        "fr",
        "nl",
        "es",
        "ca",
        "pt",
        "it",
        "sv",
        "no",
        "pl",
        "cs",
        "sk",
        "ro",
        "hr",
        "lt",
        "lv",
    )
    for form in BY_LANGUAGE[language]
    if len(form) > 5
) | {
    form
    for language in ("ru", "uk", "bg", "id", "ms", "th", "ar", "lv", "lt")
    for form in BY_LANGUAGE[language]
}
_JOINED = tuple(form for language in ("ja", "zh", "ko", "th") for form in BY_LANGUAGE[language])
_LONGEST_FORM = max(form.count(" ") + 1 for form in _FORMS)


@lru_cache(maxsize=200_000)
def _skeleton(name: str) -> tuple[str, ...]:
    """What a name looks like, as it stands and in capitals, whatever alphabet its letters are from."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    like = (_SIGN.sub("", each.translate(_PROTOTYPES).casefold()) for each in (plain, plain.upper()))
    return tuple(dict.fromkeys(f"{case}{each}" for case, each in zip("aA", like, strict=True) if each))


class _Prototypes(dict[int, str]):
    """The letter that stands for all that look like one, by its number."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _prototype(chr(code))
        return found


def _prototype(letter: str) -> str:
    # Its data take as long to read as a whole charter: only where there are names to compare.
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415

    alike: list[str] = [each["c"] for each in confusables_data.get(letter, ())]
    if len(alike) != 1:
        return letter
    back = [each["c"] for each in confusables_data.get(alike[0], ())]
    return min(letter, alike[0]) if back == [letter] else alike[0]


_PROTOTYPES = _Prototypes()
