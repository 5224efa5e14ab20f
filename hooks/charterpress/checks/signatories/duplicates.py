"""Rules for an organisation that stands in the register twice.

Entries are compared by keys, never each with each. None of these rules is an error: both stay until a person
decides. That two are not one is said by different numbers in one public register or, where they have one
name, by the -2 in the name of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from charterpress.checks.data import legal_forms, word_list
from charterpress.checks.queries import quote, violation_at
from charterpress.checks.signatories.addresses import host_of, path_of, registered_domain
from charterpress.checks.signatories.queries import clean_text, scalar_value, signatory_files
from charterpress.checks.signatories.registrations import split_registration
from charterpress.model import Document, Edition, Scalar, Violation

_SECOND = re.compile(r"-(?:[2-9]|[1-9]\d+)$")
_SIGN = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One file with the value that it is compared by."""

    document: Document
    value: Scalar


def twin_registration(edition: Edition) -> Iterator[Violation]:
    """No two signatories have the same number in a public register.

    It is one organisation, which signs again by adding a line to its own file. Keep the older entry, with all
    the signatures of both."""
    for entry, other in _pairs(edition, "registration", _registration_keys):
        yield _same(entry, other, "registration")


def twin_website(edition: Edition) -> Iterator[Violation]:
    """No two signatories have the same website.

    The name of the site counts, whatever page of it is given; where many organisations have a page each, as
    on facebook.com, the page counts. A branch of a larger organisation is told from it by its own number in
    the public register."""
    for entry, other in _pairs(edition, "website", _website_keys):
        yield _same(entry, other, "website")


def twin_name(edition: Edition) -> Iterator[Violation]:
    """No two signatories have the same name, whatever its capital letters, its signs and its legal form (Ltd,
    CIO, Trust …).

    Where they are two, the -2 in the name of the second file says so, or their numbers in one public
    register."""
    for entry, other in _pairs(edition, "name", _name_keys):
        if not _is_second(entry, other):
            yield _same(entry, other, "name")


def twin_lookalike(edition: Edition) -> Iterator[Violation]:
    """No two signatories have names that look the same, letter by letter.

    A Cyrillic а passes for a Latin a, a capital I for a small l. One may be there to pass for the other."""
    for entry, other in _pairs(edition, "name", _skeleton_keys):
        name, like = clean_text(entry.value), clean_text(other.value)
        if _name_keys(name) != _name_keys(like) and not _is_second(entry, other):
            message = f"{quote(name)} looks like the name of {other.document.id}.yml, {quote(like)}"
            yield _duplicate(entry, other, message)


# --- Finding them ------------------------------------------------------------------------------------


def _pairs(
    edition: Edition, key: str, compared: Callable[[str], Iterable[str]]
) -> Iterator[tuple[_Entry, _Entry]]:
    """Every entry that has one of the keys of an earlier one, with the earliest that may be the same
    organisation. Those that a proposal leaves as they are come first, so that its own are told."""
    files = sorted(signatory_files(edition), key=lambda each: each[0].path in edition.touched)
    firsts: dict[str, dict[str, _Entry]] = {}
    for document, front in files:
        scheme, _ = split_registration(clean_text(scalar_value(front, "registration")))
        value = scalar_value(front, key)
        if value is None:
            continue
        entry = _Entry(document=document, value=value)
        for like in compared(clean_text(value)):
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


def _same(entry: _Entry, other: _Entry, what: str) -> Violation:
    message = f"{quote(clean_text(entry.value))} is the {what} of {other.document.id}.yml too"
    return _duplicate(entry, other, message)


def _duplicate(entry: _Entry, other: _Entry, message: str) -> Violation:
    fix = "keep one, with the signatures of both; if they are two organisations, see the rule for what to do"
    return violation_at(entry.document, entry.value, message, fix, other.document.path)


# --- What they are compared by -----------------------------------------------------------------------


def _registration_keys(registration: str) -> Iterable[str]:
    scheme, number = split_registration(registration.upper())
    return [f"{scheme}-{_SIGN.sub('', number)}"] if scheme else []


def _website_keys(address: str) -> Iterable[str]:
    name = host_of(address)
    if not name:
        return []
    owner = registered_domain(name)
    if word_list("shared_hosts") & {owner, owner.removeprefix("www."), name.removeprefix("www.")}:
        return [f"{name.removeprefix('www.').removeprefix('m.')}{path_of(address).casefold()}"]
    return [owner]


@lru_cache(maxsize=200_000)
def _name_keys(name: str) -> tuple[str, ...]:
    """Return the words of a name without its legal form, signs and capitals; () if it has none."""
    words = _folded_words(name)
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    while (kept := _without_form(words)) and kept != words:
        words = kept
    return (" ".join(words),) if words else ()


def _folded_words(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return _SIGN.sub(" ", folded.replace("’", "").replace("'", "")).split()


def _without_form(words: list[str]) -> list[str]:
    """Return `words` without the longest legal form at their end or, if it can stand there, their start."""
    longest, at_end, at_start = _forms()
    for count in range(min(longest, len(words) - 1), 0, -1):
        if " ".join(words[-count:]) in at_end:
            return words[:-count]
        if " ".join(words[:count]) in at_start:
            return words[count:]
    return _unjoined(words)


def _unjoined(words: list[str]) -> list[str]:
    """Return `words` without a legal form written together with the name, as in Japanese and Chinese."""
    if len(words) != 1 or words[0].isascii():
        return words
    for each in legal_forms():
        kept = words[0].removeprefix(each.form).removesuffix(each.form) if each.joined else ""
        if kept and kept != words[0]:
            return [kept]
    return words


@cache
def _forms() -> tuple[int, frozenset[str], frozenset[str]]:
    """Return the most words that a legal form has, those at the end of a name, and those at its start."""
    folded = [(" ".join(_folded_words(each.form)), each.at_start) for each in legal_forms()]
    longest = max(form.count(" ") + 1 for form, _ in folded)
    return longest, frozenset(form for form, _ in folded), frozenset(form for form, first in folded if first)


@lru_cache(maxsize=200_000)
def _skeleton_keys(name: str) -> tuple[str, ...]:
    """What a name looks like, as it stands and in capitals, whatever alphabet its letters are from."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    folded = ("".join(map(_prototype, each)).casefold() for each in (plain, plain.upper()))
    like = (_SIGN.sub("", each) for each in folded)
    return tuple(dict.fromkeys(f"{case}{each}" for case, each in zip("aA", like, strict=True) if each))


@cache
def _prototype(letter: str) -> str:
    """The letter that stands for all that look like one."""
    # Its data take as long to read as a whole charter: only where there are names to compare.
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415

    alike: list[str] = [each["c"] for each in confusables_data.get(letter, ())]
    if len(alike) != 1:
        return letter
    back = [each["c"] for each in confusables_data.get(alike[0], ())]
    return min(letter, alike[0]) if back == [letter] else alike[0]
