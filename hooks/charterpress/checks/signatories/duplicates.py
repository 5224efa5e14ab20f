"""Rules for an organisation that stands in the register twice, or that may do.

Entries are compared by keys, never each with each. None of these rules is an error: both stay until a
person decides. A later entry is another organisation if it has a number of its own in a public register, a
page of its own on a website that several share, `part_of` the other one, or a person's word for it:
`distinct_from`, or the -2 in the name of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from charterpress.checks.data import legal_forms, word_list
from charterpress.checks.queries import list_scalars, quote, violation_at
from charterpress.checks.signatories.addresses import path_of, written_host
from charterpress.checks.signatories.queries import (
    clean_text,
    scalar_value,
    signatory_files,
    signature_blocks,
)
from charterpress.checks.signatories.registrations import split_registration
from charterpress.model import Document, Edition, Mapping, Scalar, Violation, once_per_edition
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_SECOND = re.compile(r"-(?:[2-9]|[1-9]\d+)$")
_SIGN = re.compile(r"[\W_]+")
_SAME = {
    "registration": N_("{value} is the registration of {slug}.yml too"),
    "name": N_("{value} is the name of {slug}.yml too"),
    "website": N_("{value} is the website of {slug}.yml too"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One file with what it is compared by, each '' where it has none: the register and the number in it, and
    the `page`, a host with its path. `family` is the slug of the organisation that it is a part of, or its
    own; `others` are the slugs that it is not, by a person's word."""

    document: Document
    front: Mapping
    scheme: str
    registration: str
    page: str
    family: str
    others: frozenset[str]

    def scalar(self, key: str) -> Scalar | None:
        return scalar_value(self.front, key)

    @property
    def name(self) -> str:
        """What it is called, or ''."""
        return clean_text(self.scalar("name"))


def twin_registration(edition: Edition) -> Iterator[Violation]:
    """No two signatories have the same number in a public register.

    It is one organisation, which signs again by adding a line to its own file. Keep the older entry, with all
    the signatures of both."""
    firsts: dict[str, _Entry] = {}
    for entry in _entries(edition):
        if entry.registration:
            other = firsts.setdefault(entry.registration, entry)
            if other is not entry:
                yield _same(entry, other, "registration")


def twin_name(edition: Edition) -> Iterator[Violation]:
    """No two signatories have the same name and the same website, whatever the name's capital letters, its
    signs and its legal form (Ltd, CIO, GmbH …).

    Words such as Foundation, Trust or UK are part of a name. Where they are two, the number of the later one
    in a public register says so, or a line `distinct_from` with the other's slug, which a person adds who
    looked at both."""
    for entry, other in _namesakes(edition):
        if _is_same(entry, other):
            yield _same(entry, other, "name")


def twin_namesake(edition: Edition) -> Iterator[Violation]:
    """Two signatories that have one name, and different websites or numbers, are looked at by a person.

    They may be namesakes, or branches, or one organisation twice. Where they are two, write `distinct_from`
    with the other's slug into the later file."""
    for entry, other in _namesakes(edition):
        if not _is_same(entry, other):
            yield _same(entry, other, "name")


def twin_website(edition: Edition) -> Iterator[Violation]:
    """Two signatories with different names and one website are looked at by a person.

    Organisations that share a website name a page each: another path or subdomain. One that has a number of
    its own in a public register is another organisation, and so is a branch that says `part_of`. Where
    nothing tells them apart, a person looks at both, and writes `distinct_from` with the other's slug into
    the later file."""
    pages: dict[str, dict[str, _Entry]] = {}
    for entry in _entries(edition):
        families = pages.setdefault(entry.page, {}) if entry.page else {}
        if not entry.registration:
            other = next((each for each in families.values() if not _is_declared(entry, each)), None)
            if other and _name_keys(entry.name) != _name_keys(other.name):
                yield _same(entry, other, "website")
        families.setdefault(entry.family, entry)


def twin_lookalike(edition: Edition) -> Iterator[Violation]:
    """No two signatories have names that look the same, letter by letter.

    A Cyrillic а passes for a Latin a, a capital I for a small l. One may be there to pass for the other."""
    for entry, other in _alike(edition, _skeleton_keys):
        if _name_keys(entry.name) != _name_keys(other.name):
            message = _("{name} looks like the name of {slug}.yml, {other}").format(
                name=quote(entry.name), slug=other.document.id, other=quote(other.name)
            )
            yield _duplicate(entry, other, "name", message)


# --- Finding them ------------------------------------------------------------------------------------


@once_per_edition
def _entries(edition: Edition) -> tuple[_Entry, ...]:
    """The entries, older signatures first. Those that a proposal leaves as they are come before all of its
    own, so that its own are told."""
    entries = [_entry(*each) for each in signatory_files(edition)]
    parents = {each.document.id: each.family for each in entries}
    touched = edition.touched
    ordered = sorted(entries, key=lambda each: (each.document.path in touched, _first_date(each.front)))
    return tuple(_with_root(each, parents) for each in ordered)


def _entry(document: Document, front: Mapping) -> _Entry:
    scheme, number = split_registration(clean_text(scalar_value(front, "registration")).upper())
    return _Entry(
        document=document,
        front=front,
        scheme=scheme,
        registration=f"{scheme}-{_SIGN.sub('', number)}" if scheme else "",
        page=_page(clean_text(scalar_value(front, "website"))),
        family=clean_text(scalar_value(front, "part_of")) or document.id,
        others=frozenset(clean_text(each) for each in list_scalars(document, "distinct_from")),
    )


def _with_root(entry: _Entry, parents: dict[str, str]) -> _Entry:
    """`entry` with the head of its federation as its family."""
    family, seen = entry.family, {entry.document.id}
    while family not in seen and parents.get(family, family) != family:
        seen.add(family)
        family = parents[family]
    return entry if family == entry.family else replace(entry, family=family)


def _first_date(front: Mapping) -> str:
    return min((clean_text(scalar_value(each, "date")) for each in signature_blocks(front)), default="")


def _namesakes(edition: Edition) -> Iterator[tuple[_Entry, _Entry]]:
    """Every entry with the earliest that has its name and may be the same organisation."""
    return _alike(edition, _name_keys)


def _alike(edition: Edition, compared: Callable[[str], Iterable[str]]) -> Iterator[tuple[_Entry, _Entry]]:
    """Every entry whose name has a key of an earlier one, with the earliest that may be the same one."""
    firsts: dict[str, dict[str, dict[str, _Entry]]] = {}
    for entry in _entries(edition):
        pair = None
        for key in compared(entry.name):
            schemes = firsts.setdefault(key, {})
            for scheme, families in schemes.items():
                if scheme and scheme == entry.scheme:
                    continue  # two numbers in one register; or one, of which another rule speaks
                other = next((each for each in families.values() if not _is_told_apart(entry, each)), None)
                pair = pair or (other and (entry, other))
            schemes.setdefault(entry.scheme, {}).setdefault(entry.family, entry)
        if pair:
            yield pair


def _is_declared(entry: _Entry, other: _Entry) -> bool:
    """Whether the files say themselves that they are two."""
    if entry.family == other.family:
        return True
    return other.document.id in entry.others or entry.document.id in other.others


def _is_told_apart(entry: _Entry, other: _Entry) -> bool:
    """Whether two of one name are two: by what the files say, or how one is called."""
    ids = (entry.document.id, other.document.id)
    return _is_declared(entry, other) or len({_SECOND.sub("", id) for id in ids}) == 1


def _is_same(entry: _Entry, other: _Entry) -> bool:
    """Whether two of one name are one organisation, as far as that can be known."""
    return bool(entry.page) and entry.page == other.page and not entry.registration


def _same(entry: _Entry, other: _Entry, what: str) -> Violation:
    message = _(_SAME[what]).format(value=quote(clean_text(entry.scalar(what))), slug=other.document.id)
    return _duplicate(entry, other, what, message)


def _duplicate(entry: _Entry, other: _Entry, key: str, message: str) -> Violation:
    fix = _(
        "if they are one, keep one, with the signatures of both; if they are two, add a line {line}"
    ).format(line=quote(f"distinct_from: [{other.document.id}]"))
    return violation_at(entry.document, entry.scalar(key) or entry.front, message, fix, other.document.path)


# --- What they are compared by -----------------------------------------------------------------------


@lru_cache(maxsize=200_000)
def _page(address: str) -> str:
    """The host of a website and, where it leads to more than the front page or what every site has, its path;
    '' of no address."""
    host = written_host(address)
    if not host:
        return ""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in word_list("front_pages"):
        labels.pop(0)
    words = _SIGN.sub(" ", path_of(address).casefold()).split()
    is_front = all(each in word_list("front_pages") for each in words)
    return ".".join(labels) + ("" if is_front else path_of(address).casefold())


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
