"""Words of an organisation → a person's name, a way to reach somebody, or an address that sells, in them.

What is found here is not certain: a person looks at it, and accepts it or has it mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from charterpress.checks.data import word_list
from charterpress.checks.queries import list_scalars, quote, violation_at
from charterpress.checks.signatories.contacts import find_telephone
from charterpress.checks.signatories.queries import (
    clean_text,
    principle_blocks,
    report_addresses,
    report_blocks,
    scalar_value,
    signatory_files,
    signature_blocks,
    withdrawal_block,
)
from charterpress.model import Document, Edition, Scalar, Violation
from charterpress.text.folding import fold
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

HELD_RULES = frozenset({"role-name", "pledge-asked"})
"""The rules whose findings hold a form back, and fail a proposal, until a person has accepted the words."""

PARTS = re.compile(r"\s*(?:[,;/|:–—(&+_]|\s-\s)\s*")
TOKEN = re.compile(r"[^\W\d_](?:[\w’'.-]*[\w.])?")
JOINED = re.compile(r"(?<=[a-z])\.(?=[A-Z])")
INITIALS = re.compile(r"[^\W\d_]|(?:[^\W\d_]\.)+-?(?:[^\W\d_]\.?)?")
CAPITALISED = re.compile(r"[^\W\d_][\w’'.-]*")
PARTICLES = frozenset({"van", "von", "der", "den", "de", "da", "dos", "di", "del", "della", "la", "le"})
PARTICLES |= {"bin", "ibn", "al", "el", "ap", "ab", "ferch", "ni", "nic", "mac", "mc", "o", "y", "e"}
SAINTS = frozenset({"st", "ste", "saint", "sainte", "san", "santa", "sankt", "sint", "sao"})
OF_PLACES = frozenset({"of", "for", "at", "in"})
OFFICES_AND_NAMES = frozenset({"dean", "bishop", "king", "prince", "earl", "duke", "major", "pastor"})
"""Words of offices that are given names too."""
SIGN_OFF = re.compile(
    r"(?:(?:^|[.!?]\s+|\s)[–—-]\s*|\b(?:signed(?: by)?|yours(?: \w+)?|regards|wishes|cheers|sincerely"
    r"|from)[:,]?\s+)([^\W\d_][^.!?–—]{2,80})[.!]?$",
    re.IGNORECASE,
)
TELEPHONE = re.compile(r"(?<![\w+./-])\(?0(?:[ ()-]{0,2}\d){9,10}(?![\w-])")
SPELLED_EMAIL = re.compile(
    r"(?<![\w.-])[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+|\.[\w-]+)*\s+dot\s+[a-z]{2,}\b", re.IGNORECASE
)
LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'\"”’]", re.IGNORECASE)
HOST = re.compile(r"(?:https?://|www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w@])", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Words in a file that a person has to look at: where they are, and what they look like."""

    value: Scalar
    words: str
    looks: str
    fix: str


def role_name(edition: Edition) -> Iterator[Violation]:
    """A role is an office, such as Chief Executive or Chair of trustees, and not a person's name.

    The office signs, whoever holds it. A person's name would stand here for good, long after they have left.
    Where the words are no person's name, somebody who looked adds them under `accepted`."""
    return _violations(edition, roles_asked)


def pledge_asked(edition: Edition) -> Iterator[Violation]:
    """A pledge, the note of a withdrawal, or what a report says, ends without a person's signature, and has
    no telephone number, no e-mail address in words, and no address of a shop or of a service that shortens
    addresses. Nor is one of these the page of a report, and what a report says of a
    principle has no web address in it: that belongs under `evidence`.

    It is what the organisation says, in its own words, and stays for good. Where the words are something
    else, somebody who looked adds them under `accepted`."""
    return _violations(edition, pledge_questions)


def _violations(edition: Edition, find: Callable[[Document], Iterator[Question]]) -> Iterator[Violation]:
    for document, _front in signatory_files(edition):
        for each in find(document):
            message = _(each.looks).format(words=quote(each.words))
            yield violation_at(document, each.value, message, each.fix)


def accepted_words(document: Document) -> frozenset[str]:
    """What somebody has accepted in a file, folded."""
    return frozenset(fold(clean_text(each)) for each in list_scalars(document, "accepted"))


def questions_in(document: Document) -> tuple[Question, ...]:
    """All in a file that a person has to look at."""
    return (*roles_asked(document), *pledge_questions(document))


def roles_asked(document: Document) -> Iterator[Question]:
    """Roles in a file that look like a person's name, and are not accepted."""
    accepted = accepted_words(document)
    for block in signature_blocks(document.front) if document.front else ():
        value = scalar_value(block, "role")
        person = person_in_role(clean_text(value))
        if value and person and not {fold(person), fold(clean_text(value))} & accepted:
            fix = _(
                "write the role alone, such as “Chief Executive”, or if it is no person's name, add "
                "“accepted: [{words}]”"
            ).format(words=_yaml(person))
            looks = N_("{words} looks like a person's name")
            yield Question(value=value, words=person, looks=looks, fix=fix)


def pledge_questions(document: Document) -> Iterator[Question]:
    """What in a pledge, the note of a withdrawal, or a report, a person has to look at, and has not
    accepted."""
    front = document.front
    if front is None:
        return
    accepted = accepted_words(document)
    values = [scalar_value(front, "pledge")]
    if withdrawal := withdrawal_block(front):
        values.append(scalar_value(withdrawal, "note"))
    said = chain.from_iterable(map(principle_blocks, report_blocks(front)))
    reported = [scalar_value(each, "words") for each in said]
    values += reported
    found = [(value, _pledge_findings(clean_text(value))) for value in filter(None, values)]
    found += [(value, _links(clean_text(value))) for value in filter(None, reported)]
    found += [(value, _asked_hosts(clean_text(value))) for _key, value in report_addresses(front)]
    for value, findings in found:
        # of which another rule speaks
        is_certain = bool(findings and find_telephone(value.value, document))
        for words, looks in findings:
            if is_certain and TELEPHONE.fullmatch(words):
                continue
            if fold(words) not in accepted:
                fix = _("leave it out, or if it is something else, add “accepted: [{words}]”").format(
                    words=_yaml(words)
                )
                yield Question(value=value, words=words, looks=looks, fix=fix)


@lru_cache(maxsize=1 << 16)
def _pledge_findings(pledge: str) -> tuple[tuple[str, str], ...]:
    found = [
        (each[0].strip(), N_("{words} looks like a telephone number")) for each in TELEPHONE.finditer(pledge)
    ]
    found += [
        (each[0], N_("{words} looks like an e-mail address")) for each in SPELLED_EMAIL.finditer(pledge)
    ]
    found += _asked_hosts(pledge)
    signed = SIGN_OFF.search(pledge)
    # “We signed what it said” ends in a given name, Said, that is none there.
    verb = signed is not None and signed[0].strip().casefold().startswith(("signed", "from"))
    if signed and (person := _given_name_in(signed[1].strip(), capital=verb)):
        found.append((person, N_("{words} looks like a person's signature")))
    return tuple(found)


def _links(words: str) -> tuple[tuple[str, str], ...]:
    """The addresses in what a report says, which are no links there."""
    looks = N_("{words} is a web address, which belongs under “evidence”")
    if "://" not in words and "www." not in words.lower():  # as most are, and that is quick to see
        return ()
    asked = {words for words, _looks in _asked_hosts(words)}
    return tuple((each, looks) for each in LINK.findall(words) if not any(host in each for host in asked))


def _asked_hosts(words: str) -> tuple[tuple[str, str], ...]:
    """The addresses in `words` that an organisation hardly has as its own, with what they look like."""
    looks = N_("{words} is the address of a shop, or of a service that shortens addresses")
    return tuple((each[0], looks) for each in HOST.finditer(words) if _is_asked(each[1]))


@lru_cache(maxsize=1 << 16)  # an organisation's addresses have one host
def _is_asked(written: str) -> bool:
    host = written.casefold().removeprefix("www.")
    ends = {host, ".".join(host.split(".")[-2:]), host.rpartition(".")[2], host.split(".")[0] + ".*"}
    return not ends.isdisjoint(word_list("asked_hosts"))


def _given_name_in(words: str, *, capital: bool) -> str:
    """The part of a signature that has a given name, or a courtesy title, in it, with a `capital` letter or
    in any; '' for none."""
    part = person_in_role(words)
    tokens = [fold(each) for each in TOKEN.findall(part) if each[0].isupper() or not capital]
    known = word_list("given_names") | {fold(each) for each in word_list("courtesy_titles")}
    return part if any(each.rstrip(".") in known for each in tokens) else ""


def _yaml(words: str) -> str:
    return f'"{words}"' if re.search(r"[,:#\[\]{}&*!|>%@`\"']", words) else words


# --- A name in a role --------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def person_in_role(role: str) -> str:
    """The part of a role that looks like a person's name, or ''."""
    parts = [part for part in PARTS.split(JOINED.sub(" ", role).rstrip(")")) if part.strip()]
    known = [_kinds(part) for part in parts]
    for part, tokens in zip(parts, known, strict=True):
        if tokens and _is_person(tokens, alone=len(parts) == 1):
            return part.strip()
    # A surname, and the initials behind the comma.
    if len(parts) == 2 and all(len(tokens) == 1 for tokens in known):
        (first, kind), (_ignored, other) = known[0][0], known[1][0]
        if kind == "O" and other == "I" and first[0].isupper():
            return role
    return ""


def _kinds(part: str) -> list[tuple[str, str]]:
    """The words of a part, each with what it is: T a word of an office, C a courtesy title, G a given name, P
    one that is a place too, I initials, S a saint's name, F a particle of a surname, O any other."""
    kinds: list[tuple[str, str]] = []
    for word in TOKEN.findall(part):
        kinds.append((word, "S" if kinds and fold(kinds[-1][0]).rstrip(".") in SAINTS else _kind(word)))
    return kinds


@lru_cache(maxsize=1 << 16)
def _kind(word: str) -> str:
    plain = fold(re.sub(r"[’']s$", "", word)).rstrip(".")
    pieces = plain.split("-")
    if INITIALS.fullmatch(word) and (word.isupper() or "." in word) and len(word) < 6:
        return "I"
    if plain in _courtesy() and word.rstrip(".") not in ("M", "m"):
        return "C"
    if any(each in _office_words() for each in pieces):
        return "T"
    if plain in SAINTS:
        return "T"
    if plain in word_list("place_names"):
        return "P"
    if plain in word_list("given_names") or (len(pieces) > 1 and pieces[0] in word_list("given_names")):
        return "G"
    return "F" if plain in PARTICLES else "O"


@lru_cache(maxsize=1)
def _office_words() -> frozenset[str]:
    return frozenset(map(fold, word_list("job_titles") | word_list("occupations")))


@lru_cache(maxsize=1)
def _courtesy() -> frozenset[str]:
    return frozenset(map(fold, word_list("courtesy_titles")))


def _is_person(tokens: list[tuple[str, str]], *, alone: bool) -> bool:
    """Whether the words of a part are, or have in them, a person's name. `alone` says that there is no other
    part."""
    kinds = "".join(kind for _, kind in tokens)
    words = [fold(word).rstrip(".") for word, _ in tokens]
    if kinds == "P":
        return alone
    for at, kind in enumerate(kinds):
        after = kinds[at + 1 : at + 2]
        if kind == "C" and after and after != "T":
            return True
        if kind == "G" and not (at and words[at - 1] in OF_PLACES and after in ("", "T")):
            return True
        if kind == "G" and words[max(at - 2, 0) : at] == ["behalf", "of"]:
            return True
        if kind == "I" and after in ("O", "P") and tokens[at + 1][0][0].isupper():
            return True
    named = [word for word, kind in tokens if kind != "F"]
    if not set(kinds) & set("TCS") and 2 <= len(named) <= 4 and all(map(_is_name, named)):
        return True
    # Dean Martin, Art Garfunkel: a name that is a word of an office too, and a surname.
    return kinds in ("TO", "TP") and words[0] in OFFICES_AND_NAMES and tokens[1][0][0].isupper()


def _is_name(word: str) -> bool:
    """Whether a word is written as a name is: a capital letter, then small ones, or an initial."""
    return bool(CAPITALISED.fullmatch(word)) and word[0].isupper() and (len(word) < 3 or not word.isupper())
