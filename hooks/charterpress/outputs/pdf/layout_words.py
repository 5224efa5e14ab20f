"""The language in use → the words of each layout: messages of the catalogs, whose places a layout fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charterpress.model import Foreign
from charterpress.text.interface import SOURCE, direction, language, pgettext
from charterpress.text.interface import gettext as _
from charterpress.text.languages import name_in, primary_language

Words = dict[str, str | Sequence[str]]

LEFT_TO_RIGHT, END = "\u2066", "\u2069"
"""What keeps words apart that go from the left, whatever stands around them (UAX 9)."""
_REGION_LENGTH = 2


def language_values(tag: str = "") -> dict[str, Any]:
    """Return what layouts are told of the language of `tag`, or else of the one in use: typst knows a
    language by its code and the code of its region. English is that of Britain unless it says otherwise."""
    tag = tag or language()
    region = next((part for part in tag.split("-")[1:] if len(part) == _REGION_LENGTH), None)
    main = primary_language(tag)
    return {
        "lang": main,
        "region": region or ("GB" if main == SOURCE else None),
        "rtl": direction(tag) == "rtl",
    }


def document_language(values: Mapping[str, Any], notice: str = "") -> dict[str, Any]:
    """Return what every layout is told of the language in use, and its words for all documents, with a
    `notice` for every page. Of `values` it depends whether words in other languages are looked for."""
    # Translators: at the foot of every page of a PDF.
    words = {"page": _("page {page} of {count}"), "notice": notice}
    return {**language_values(), "words": words, "foreign": has_foreign(values)}


def courtesy_notice(tag: str, address: str) -> str:
    """Return what stands on every page of a document in a language whose text is a courtesy: that the one in
    the language `tag`, at `address` ('' if unknown), prevails."""
    message = (
        _(
            "This translation is here to help you read the charter. Where it differs from the text in "
            "{language}, that text prevails: {address}"
        )
        if address
        else _(
            "This translation is here to help you read the charter. Where it differs from the text in "
            "{language}, that text prevails."
        )
    )
    return message.format(language=name_in(tag, language()), address=from_left(address))


def from_left(words: str) -> str:
    """Return an address or a digest as it stands in a sentence: going from the left, in text from the right
    too."""
    return f"{LEFT_TO_RIGHT}{words}{END}" if direction() == "rtl" else words


def told(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return `values` as layouts take them: words in another language than the one in use come with it."""
    return _told(values) if has_foreign(values) else values


def has_foreign(value: object) -> bool:
    """Whether some words in `value` are in another language than the one in use, or their source says
    something else by now."""
    if isinstance(value, Mapping):
        return any(map(has_foreign, value.values()))
    if isinstance(value, list | tuple):
        return any(map(has_foreign, value))
    return isinstance(value, Foreign) and (
        bool(value.source) or primary_language(value.language) != primary_language(language())
    )


def has_from_right(value: object) -> bool:
    """Whether some words in `value`, as `told` gives them, are in a language from the right."""
    if isinstance(value, Mapping):
        return value.get("rtl") is True or any(map(has_from_right, value.values()))
    return isinstance(value, list | tuple) and any(map(has_from_right, value))


def _told(value: Any) -> Any:  # noqa: ANN401 - values that JSON can hold
    if isinstance(value, Mapping):
        return {key: _told(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    if isinstance(value, Foreign) and has_foreign(value):
        words = f"{value} ({from_left(value.source)})" if value.source else str(value)
        return {"words": words, "language": language_values(value.language)}
    return value


def charter_words() -> Words:
    """Return the words of the document of a version."""
    return {
        "title": _("{title}, version {version}"),
        "superseded": _("Superseded by version {version} on {date}"),
        "unchanged": _(
            "The words printed here are those of version {version}. They haven’t changed since it was "
            "released, but they’re no longer the current ones."
        ),
        "draft": _("A consultation draft."),
        "unsigned": _("It’s for discussion, and can’t be signed."),
        "version": _("Version"),
        "date": _("Date"),
        "address": _("Permanent address"),
        "digest": _("Digest (SHA-256) of this version’s charter.json, at the same address"),
        "check": _(
            "To check it, download that file: “sha256sum charter.json”, or any other SHA-256 program, will "
            "then show this digest."
        ),
        "cite": _("Cite as"),
        "licence": _("Licence"),
        "qr": _("QR code of the permanent address {address}"),
        "contents": _("Contents"),
        "plain": _("In easy words"),
        "behaviours": _("What people do"),
        "measure": _("How you can tell"),
        "support": _("What helps"),
        "interview": _("To ask at interview"),
        "questions": _("Questions to reflect on"),
        "sources": _("Where it comes from"),
    }


def commitments_words() -> Words:
    """Return the words of the document of what is signed."""
    return {
        "title": _("{title}, version {version}: what is signed"),
        "foot": _("{title}, version {version} of {date} · SHA-256 {digest}…"),
        "about": _("What is signed in version {version} of {date}: the preamble and every commitment."),
        "preamble": _("Preamble"),
    }


def cards_words() -> Words:
    """Return the words of the cards of a café."""
    how = {
        # Translators: {paper} is the size of the paper, A4 or Letter.
        "outside": _(
            "Outside. Print on both sides of {paper} at actual size, flipped on the long edge. Cut at the "
            "marks and fold along the dashes."
        ),
        "inside": _(
            "Inside. Print on both sides of {paper} at actual size, flipped on the long edge. Cut at the "
            "marks and fold along the dashes."
        ),
    }
    return {
        **how,
        "title": _("Principle cards: {charter}"),
        # Translators: {said} names the version, or says that it is not released yet.
        "about": _("A card to fold for each principle of the {charter}. {said}."),
        "read": _("Read it in full:"),
        # Translators: {headings} are the headings of parts of a principle.
        "more": _("Under “{headings}” there’s more than will fit on a card."),
        "talk": _("To talk about"),
        "missing": _("Which principle is missing?"),
        "says": _("What it says"),
        "why": _("Why it is needed"),
    }


def kit_words() -> Words:
    """Return the words of the kit for the host of a café."""
    return {
        "title": _("A café on the {charter}"),
        "about": _("A guide for the host, table cards, note and proposal sheets, and name cards. {said}."),
        "cafe": _("A café"),
        "what": _(
            "People sit at small tables, each with its own theme, and talk about one question at a time. "
            "After each round they move on, taking what they heard to the next table."
        ),
        "long": _("How long"),
        "tables": _("Tables"),
        "people": _("People"),
        "charter": _("The charter"),
        "timetable": _("The timetable"),
        # Translators: the heads of a timetable's columns: when a step starts, what it is, how it is done.
        "columns": [_("Starts at"), pgettext("a step of a timetable", "What"), _("How"), _("Minutes")],
        "total": _("Total"),
        "notes-file": _("The notes file: {file}"),
        "fold": _("Fold here with the words on the outside, and stand it up like a tent."),
        "notes": _("Notes"),
        "write": _(
            "What was said, and the number and letter it’s about, such as 1.1 a. What you didn’t agree on, "
            "too. No names."
        ),
        "proposals": _("Proposals"),
        "on-table": _("On the table: {principles}"),
        "change": _("A change that would help"),
        "which": _("Which words: number and letter, such as 1.1 a"),
        "should": _("What they should say"),
        "why": _("Why, in one or two sentences for signatories to read"),
        "against": _("Arguments against it, and what we didn’t agree on"),
        "name": _("Name"),
        "organisation": _("Organisation"),
        "begin": _("Start at table {number}: {title}"),
        "badges": _("Name cards"),
    }


def certificate_words() -> Words:
    """Return the words of a certificate."""
    return {
        "title": _("Certificate of signature: {name}"),
        "certificate": _("Certificate of signature"),
        # Translators: on a certificate, after an organisation's name, and before a charter's title.
        "signed": _("signed version {version} of the"),
        # Translators: the end of the sentence on a certificate that says who signed which version.
        "on": _("on {date}."),
        "version": _("Version"),
        "released": _("{version}, released on {date}"),
        "role": _("In the role of"),
        "reported": _("Last reported on"),
        "digest": _("Digest (SHA-256) of this version"),
        "check": _("How to check it"),
        "register": _("In the register"),
        "qr": _("QR code of the address {address}"),
        "meaning": _("What this means"),
        "meant": _(
            "A signature is the organisation’s own statement that it stands by this version of the charter. "
            "It is not an award, and nobody has examined whether the organisation keeps its word. The words "
            "it signed never change, and the digest proves it. To see how the organisation stands today, "
            "look at its page in the register."
        ),
    }


def signatories_words(*, online: bool) -> Words:
    """Return the words of the list of signatories; `online` says whether the site has an address."""
    check = (
        _(
            "To check it, download that file from {address}: “sha256sum signatories.json”, or any other "
            "SHA-256 program, will then show this digest."
        )
        if online
        else _(
            "To check it, download that file: “sha256sum signatories.json”, or any other SHA-256 program, "
            "will then show this digest."
        )
    )
    return {
        "as-of": _("as of {date}"),
        # Translators: at the foot of the list of signatories, with the beginning of the register's digest.
        "foot": _("Register, SHA-256 {digest}…"),
        # Translators: over a column of numbers of organisations.
        "number": _("Number"),
        "version": _("Current version"),
        "day": _("As of"),
        "site": _("On the site"),
        "digest": _("Digest (SHA-256) of signatories.json of that day"),
        "check": check,
        "meaning": _(
            "A signature is the organisation’s own statement. Nobody has examined whether it keeps its word. "
            "Each one’s page in the register shows how it stands today, and what it says about its signature."
        ),
        "volumes": _("The volumes"),
        "long": _("The list is long, so it comes in volumes, one for each letter."),
        "volume-columns": [_("Letter"), _("Organisations"), _("Document")],
        "by-letter": _("By letter"),
        "list-columns": [_("Organisation"), _("Kind, area"), _("Signed"), _("Standing")],
        "by-area": _("By area"),
        "withdrawn": _("Withdrawn"),
        "have-withdrawn": _("These organisations signed, and have since withdrawn."),
        "withdrew": _("{name}, on {date}"),
        "withdrew-because": _("{name}, on {date}: {reason}"),
        "scripts": _("Names in other scripts"),
        "no-letters": _(
            "This document’s fonts don’t have the letters for these names. They’re listed as the "
            "organisations write them in Latin letters, or under their address; their own pages show them "
            "in full."
        ),
    }
