"""Rules for what charter.yml decides about all the other files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.queries import (
    SLUG,
    charter_file,
    closest_matcher,
    documents_of,
    front_value,
    list_scalars,
    principles_by_id,
    quote,
    quote_list,
    suggest,
    violation_at,
)
from charterpress.checks.schema import REQUIRABLE
from charterpress.model import Document, Edition, Mapping, Role, Scalar, Sequence, Violation
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.languages import is_language_tag, likely_tag
from charterpress.text.slugs import slugify
from charterpress.versions.starting import marked_places

MAX_OWNER_LENGTH = 120
"""Characters: as many as an organisation's name may have."""
MAX_CONTACT_LENGTH = 300
"""Characters of a postal address, or of the name of whoever answers."""
EMAIL = re.compile(
    r"(?=.{3,254}\Z)[^\s@<>()\[\],;:\\\"]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}"
)
"""An e-mail address, as people have them: quoted names and numbers for a host are none."""
CONTACT = re.compile(r"\S*(?:@|://)\S*|\+?(?:\d[\s()/.-]{0,3}){7,}")
"""An e-mail address, a web address or a telephone number."""
STYLE_RULES = (
    "commitment-start",
    "commitment-repeats",
    "commitment-stop",
    "weak-promise",
    "long-promise",
    "easy-words",
    "stray-promise",
)
"""The rules of style, which a charter may choose from."""
_BRANCH_COUNTS = ("each", "once")
_RANGE = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?")


def theme_range(edition: Edition) -> tuple[int, int] | None:
    """The fewest and the most principles that charter.yml allows in a theme, or None where it does not
    say."""
    value = front_value(charter_file(edition), "principles_per_theme")
    match = _RANGE.fullmatch(value.value.strip()) if isinstance(value, Scalar) else None
    if match is None:
        return None
    fewest, most = int(match[1]), int(match[2] or match[1])
    return (fewest, most) if fewest <= most else None


def principles_per_theme(edition: Edition) -> Iterator[Violation]:
    """`principles_per_theme` is a number, or the fewest and the most with a hyphen between them: 3 or 3-4.

    It holds each theme to that many principles."""
    for document in documents_of(edition, Role.CHARTER):
        value = front_value(document, "principles_per_theme")
        if isinstance(value, Scalar) and value.value.strip() and theme_range(edition) is None:
            message = _("{value} is not a number of principles").format(value=quote(value.value))
            fix = _("write a number such as 3, or the fewest and the most, such as 3-4")
            yield violation_at(document, value, message, fix)


def required_key(edition: Edition) -> Iterator[Violation]:
    """`required` names keys that a principle may have.

    Those are plain, behaviours, questions and sources; title and summary are always needed."""
    for document, item in _listed(edition, "required"):
        if item.value not in REQUIRABLE:
            message = _("{value} is not a key that every principle could be asked to have").format(
                value=quote(item.value)
            )
            fix = suggest(
                item.value,
                REQUIRABLE,
                _("choose from {choices}, or take it out").format(choices=quote_list(REQUIRABLE)),
            )
            yield violation_at(document, item, message, fix)


def style_rules(edition: Edition) -> frozenset[str]:
    """The rules of style that charter.yml chooses under `style`: all, if it does not say."""
    document = charter_file(edition)
    if not isinstance(front_value(document, "style"), Sequence):
        return frozenset(STYLE_RULES)
    return frozenset(item.value for item in list_scalars(document, "style"))


def style_rule(edition: Edition) -> Iterator[Violation]:
    """`style` names rules of style: those that this charter holds to. Without the key it holds to all of
    them, and with “style: []” to none.

    They are commitment-start, commitment-repeats, commitment-stop, weak-promise, long-promise, easy-words and
    stray-promise. A charter whose commitments are whole sentences, say, leaves out commitment-start."""
    for document, item in _listed(edition, "style"):
        if item.value not in STYLE_RULES:
            fix = suggest(
                item.value,
                STYLE_RULES,
                _("choose from {choices}, or take it out").format(choices=quote_list(STYLE_RULES)),
            )
            yield violation_at(
                document, item, _("{value} is not a rule of style").format(value=quote(item.value)), fix
            )


def repair_id(edition: Edition) -> Iterator[Violation]:
    """`repair` names principles of this charter, each once.

    The guide for partnerships that are not working is made of them, in this order. Write their ids: the names
    of their files without “.md”."""
    known = principles_by_id(edition)
    seen, closest = set[str](), closest_matcher(known)
    for document, item in _listed(edition, "repair"):
        if item.value not in known:
            near = closest(item.value)
            message = _("{value} is not a principle of this charter").format(value=quote(item.value))
            fix = (
                _("write {words}").format(words=quote(near))
                if near
                else _("write the id of a principle, or take it out")
            )
            yield violation_at(document, item, message, fix)
        elif item.value in seen:
            message = _("{value} is in this list twice").format(value=quote(item.value))
            yield violation_at(document, item, message, _("delete one of them"))
        seen.add(item.value)


def start_word(edition: Edition) -> Iterator[Violation]:
    """Each of `start_words` stands in a sentence that binds.

    The sheet “Before you start” is made of the sentences that have one of them, so whoever rewords one keeps
    it on the sheet, or hears that it’s gone."""
    for document, item in _listed(edition, "start_words"):
        if edition.charter and not any(marked_places(edition.charter, [item.value])):
            message = _("no sentence that binds has the words {words}").format(words=quote(item.value))
            fix = _("write words that such a sentence has, or take them out")
            yield violation_at(document, item, message, fix)


def owner_name(edition: Edition) -> Iterator[Violation]:
    """`owner` is the name of whoever keeps the charter, at most 120 characters long, without contact details.

    The home page shows it. An e-mail address or a telephone number there would soon be wrong: a page of docs/
    can say how to get in touch."""
    for document in documents_of(edition, Role.CHARTER):
        value = front_value(document, "owner")
        if not isinstance(value, Scalar):
            continue
        name = " ".join(value.value.split())
        if len(name) > MAX_OWNER_LENGTH:
            message = _("the owner’s name is {count} characters long; {most} is the most").format(
                count=len(name), most=MAX_OWNER_LENGTH
            )
            yield violation_at(document, value, message, _("write the name alone"))
        elif contact := CONTACT.search(name):
            message = _("{contact} is not part of a name").format(contact=quote(contact[0].strip()))
            yield violation_at(document, value, message, _("write the name alone"))


def language_tag(edition: Edition) -> Iterator[Violation]:
    """`language` is the code of the language that the charter is written in, such as en-GB, cy or pt-BR.

    The code is that of BCP 47: two or three small letters, and where it matters a script, such as zh-Hant, or
    a country in capital letters."""
    for document in documents_of(edition, Role.CHARTER):
        value = front_value(document, "language")
        if isinstance(value, Scalar) and value.value.strip() and not is_language_tag(value.value.strip()):
            message = _("{value} is not the code of a language").format(value=quote(value.value))
            likely = likely_tag(value.value)
            fix = (
                _("write {words}").format(words=quote(likely))
                if likely
                else _("write a code such as en-GB, cy or pt-BR")
            )
            yield violation_at(document, value, message, fix)


def contact_details(edition: Edition) -> Iterator[Violation]:
    """`contact` says where signatures go: `email` is an e-mail address, `name` whoever answers and `post` a
    postal address, each on one line of at most 300 characters.

    The forms to sign and the pages around them name it, for organisations without an account."""
    for document in documents_of(edition, Role.CHARTER):
        contact = front_value(document, "contact")
        for key, value in contact.entries if isinstance(contact, Mapping) else ():
            if not isinstance(value, Scalar) or not (written := value.value.strip()):
                continue
            if key.value == "email" and not EMAIL.fullmatch(written):
                fix = _("write it as charter@example.org, without a name or brackets around it")
                yield violation_at(
                    document,
                    value,
                    _("{words} is not an e-mail address").format(words=quote(written)),
                    fix,
                )
            elif key.value in ("name", "post") and (len(written) > MAX_CONTACT_LENGTH or "\n" in written):
                message = _("this is {count} characters long; one line of {most} is the most").format(
                    count=len(written), most=MAX_CONTACT_LENGTH
                )
                yield violation_at(
                    document, value, message, _("write what belongs on an envelope, on one line")
                )


def branches_count(edition: Edition) -> Iterator[Violation]:
    """`branches` has one line, “count: each” or “count: once”.

    A federation may sign for its branches. The register counts each of them beside it, or all of them and it
    once."""
    for document in documents_of(edition, Role.CHARTER):
        node = front_value(document, "branches")
        value = node.get("count") if isinstance(node, Mapping) else None
        if isinstance(value, Scalar) and value.value.strip() not in ("", *_BRANCH_COUNTS):
            message = _("{value} is not a way to count branches").format(value=quote(value.value))
            fix = suggest(
                value.value,
                _BRANCH_COUNTS,
                _("choose from {choices}").format(choices=quote_list(_BRANCH_COUNTS)),
            )
            yield violation_at(document, value, message, fix)


def synonym_form(edition: Edition) -> Iterator[Violation]:
    """Each line of synonyms.yml is what people type into the search, a colon, and what it looks for besides.

    That is a word or a phrase that the site has, or a list of them. Anything else would find nothing."""
    for document in documents_of(edition, Role.SYNONYMS):
        for key, node in document.front.entries if document.front else ():
            words = node.items if isinstance(node, Sequence) else (node,)
            if not words or not all(isinstance(each, Scalar) and each.value.strip() for each in words):
                message = _("there is nothing to look for besides {value}").format(value=quote(key.value))
                fix = _(
                    "write “{value}: ” and a word that the site has, or a list such as [one, another]"
                ).format(value=key.value)
                yield violation_at(document, key, message, fix)


def section_id(edition: Edition) -> Iterator[Violation]:
    """The id of a section is made of lower-case letters a to z, digits and single hyphens.

    It becomes part of an address that people link to."""
    for document, id in _section_values(edition, "id"):
        if not SLUG.fullmatch(id.value.strip()):
            fix = _("write {words}").format(words=quote(slugify(id.value) or "why"))
            yield violation_at(
                document, id, _("{value} cannot be the id of a section").format(value=quote(id.value)), fix
            )


_SAME_SECTIONS = {
    "id": (
        N_("two sections have the id {words}; the first is on line {line}"),
        N_("give one of them another id"),
    ),
    "heading": (
        N_("two sections have the heading {words}; the first is on line {line}"),
        N_("give one of them another heading"),
    ),
}


def section_same(edition: Edition) -> Iterator[Violation]:
    """No two sections have the same id or the same heading.

    The id is what links point at, and the heading is how a section is known in the file of a principle."""
    for key in ("id", "heading"):
        seen: dict[str, int] = {}
        for document, value in _section_values(edition, key):
            word = " ".join(value.value.split())
            if word in seen:
                message, fix = _SAME_SECTIONS[key]
                message = _(message).format(words=quote(word), line=seen[word])
                yield violation_at(document, value, message, _(fix))
            seen.setdefault(word, value.line)


def _listed(edition: Edition, key: str) -> Iterator[tuple[Document, Scalar]]:
    """The words in the list `key` of charter.yml, with the document."""
    for document in documents_of(edition, Role.CHARTER):
        yield from ((document, item) for item in list_scalars(document, key))


def _section_values(edition: Edition, key: str) -> Iterator[tuple[Document, Scalar]]:
    """The values of `key` in the sections that charter.yml declares, with the document."""
    for document in documents_of(edition, Role.CHARTER):
        node = front_value(document, "sections")
        for item in node.items if isinstance(node, Sequence) else ():
            value = item.get(key) if isinstance(item, Mapping) else None
            if isinstance(value, Scalar) and value.value.strip():
                yield document, value
