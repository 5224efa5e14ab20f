"""The kinds of letters: whom each goes to, and what its own placeholders stand for."""

from __future__ import annotations

from charterpress.model import Registered, Standing
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, number
from charterpress.views import addresses
from charterpress.views.letter_reports import REPORT_PLACEHOLDERS, calendar_link, is_report_due, report_values
from charterpress.views.letters import LetterContext, LetterKind, LetterValues
from charterpress.views.sign_links import known_answers, sign_again_address

_CHANGES = {
    "changes": "the changes that ask for a new signature, each with its words before and now",
    "further_changes": "how many more there are of them, if they are too many for a letter",
    "minor_changes": "how many other changes there are, for which no new signature is asked",
    "reasons": "why, from the change notes",
    "lowered": "what was counted as a smaller change than the program computed, by whom and why",
    "redline": "the address of the page that shows every word that went or came",
    "sign_again": "the address of the form to sign again, filled in",
    "answers": "the lines to complete and send back, filled in with what is known",
}


def _asked(entry: Registered, context: LetterContext) -> LetterValues:
    current, language_signed = context.register.current, context.signed_language()
    changes = context.changes_since(context.register.releases[entry.signature.version])
    return LetterValues(
        words={
            "further_changes": number(changes.further) if changes.further else "",
            "minor_changes": number(changes.minor) if changes.minor else "",
            "redline": f"{context.site}{changes.redline}",
            "sign_again": sign_again_address(entry.signatory, current, context.site),
        },
        changes=changes,
        answers={
            **known_answers(entry.signatory, current),
            **({"language": language_signed} if language_signed else {}),
        },
    )


def _link(entry: Registered, context: LetterContext) -> LetterValues:
    seen = context.links[entry.signatory.slug]
    return LetterValues(words={"link": seen.link, "link_seen": seen.sentence_in_use()})


def _withdrawn(entry: Registered, _context: LetterContext) -> LetterValues:
    withdrawn = entry.signatory.withdrawn
    note = withdrawn.note if withdrawn else ""
    return LetterValues(words={"withdrawn_on": day_in_words(entry.since), "withdrawal_note": note})


def _welcome(entry: Registered, context: LetterContext) -> LetterValues:
    slug = entry.signatory.slug
    link = entry.signature.link
    return LetterValues(
        words={
            "certificate": f"{context.site}{addresses.certificate_address(slug)}",
            "badge": f"{context.root}{addresses.badge_address(slug)}",
            "digest": context.register.releases[entry.signature.version].sha256,
            "check": f"{context.site}{addresses.check_address(entry.signature.version)}",
            "calendar": calendar_link(entry, context),
            "link": link,
            "without_link": ""
            if link
            else f"{context.site}{addresses.version_address(entry.signature.version)}",
        }
    )


def _received(entry: Registered, _context: LetterContext) -> LetterValues:
    who = entry.signatory
    words = {"kind": who.kind, "area": who.area, "website": who.website, "pledge": who.pledge}
    return LetterValues(words={**words, "registration": who.registration, "link": entry.signature.link})


_PRESENT = (Standing.CURRENT, Standing.IN_FORCE, Standing.ASKED)
KINDS = {
    "asked": LetterKind(
        about=N_("those who are asked to sign again"),
        standings=(Standing.ASKED,),
        own=_CHANGES,
        say=_asked,
    ),
    "links": LetterKind(
        about=N_("those on whose page no link to what they signed was seen"),
        standings=_PRESENT,
        own={
            "link": "the page of its website that it named",
            "link_seen": "what was seen there, and on which day",
        },
        say=_link,
        checks_links=True,
    ),
    "received": LetterKind(
        about=N_("those in whose name a sign-up has come in"),
        standings=_PRESENT,
        event=lambda entry: entry.signature.date,
        own={
            "kind": "the kind of organisation",
            "area": "where it works",
            "website": "its website",
            "registration": "its number in a public register",
            "pledge": "its own words",
            "link": "its page about the charter",
        },
        say=_received,
    ),
    "report-due": LetterKind(
        about=N_("those whose report is due or overdue"),
        standings=_PRESENT,
        own=REPORT_PLACEHOLDERS,
        say=report_values,
        includes=is_report_due,
    ),
    "welcome": LetterKind(
        about=N_("those who have come onto the list, with badge and certificate"),
        standings=_PRESENT,
        event=lambda entry: entry.signed[0].date,
        own={
            "certificate": "the address of its certificate",
            "badge": "the address of its badge",
            "digest": "the SHA-256 digest of the version that it signed last",
            "check": "the address of the page on how to check that version",
            "calendar": "the address of the calendar of its reports, if it is asked for some",
            "link": "its page about the charter, if it named one",
            "without_link": "the permanent address of what it signed, if it named no page",
        },
        say=_welcome,
        attached=True,
    ),
    "withdrawn": LetterKind(
        about=N_("those who withdrew, to confirm it"),
        standings=(Standing.WITHDRAWN,),
        event=lambda entry: entry.since,
        own={
            "withdrawn_on": "the date of the withdrawal",
            "withdrawal_note": "the reason that it gave",
        },
        say=_withdrawn,
    ),
}
"""The kinds of letters, by what `charter letters --to` calls them. Each has a template of its name."""
