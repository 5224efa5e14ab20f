"""Rules for what an organisation signed, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from charterpress.checks.checksums import existing, path_of
from charterpress.checks.queries import nearest, say
from charterpress.checks.signatories.queries import at, files, signatures, text, withdrawal, word
from charterpress.model import Edition, Found, Mapping, Scalar

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ORDER = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")


def signed_version(edition: Edition) -> Iterator[Found]:
    """What an organisation signs is a version that was released to be signed, such as 1.0.0.

    The working text still changes, and so does a consultation draft, whose number is below 1.0.0: nobody can
    stand by words that are not there yet.
    """
    releases = {release.version: release for release in edition.releases}
    signable = [release.version for release in edition.releases if not release.consultation]
    unread = existing(edition)
    for document, front in files(edition):
        for value in filter(None, (word(each, "version") for each in signatures(front))):
            version = text(value)
            if version in signable or path_of(edition, f"{version}.json") in unread - _paths(edition):
                continue
            near = nearest(version, signable) or next(reversed(signable), None)
            message = f"{say(version)} is not a version that was released"
            if version in releases:
                message = f"{version} is a draft for consultation, which nobody can sign"
            fix = f"write {say(near)}" if near else "wait for the first version: nothing can be signed yet"
            yield at(document, value, message, fix)


def _paths(edition: Edition) -> set[str]:
    """The files of the releases that could be read: a rule of its own speaks of the others."""
    return {release.path for release in edition.releases}


def signed_date(edition: Edition) -> Iterator[Found]:
    """A date is a day of the calendar, written as year, month and day: 2026-12-01.

    Written otherwise, it is another day to a reader from another country.
    """
    for document, front in files(edition):
        for value in _dates(front):
            if not _day(value):
                yield at(document, value, f"{say(value.value)} is not a date", _meant(text(value)))


def _meant(words: str) -> str:
    """What to write for a date in another order, where it can only be one day."""
    found = _ORDER.fullmatch(words)
    if found and int(found[1]) > 12 >= int(found[2]):
        return f"write “{found[3]}-{int(found[2]):02}-{int(found[1]):02}”"
    return "write year, month and day, such as 2026-12-01"


def signed_future(edition: Edition) -> Iterator[Found]:
    """Nothing is dated after today.

    An organisation has signed or withdrawn once it has done so. Write the day on which it did.
    """
    for document, front in files(edition):
        for value in _dates(front):
            if edition.today and _day(value) > edition.today:
                fix = "write the day on which it was done, if this computer’s clock is right"
                yield at(document, value, f"{text(value)} has not come yet", fix)


def signed_early(edition: Edition) -> Iterator[Found]:
    """A signature is not older than the version that it is under.

    Nobody can have signed words that were not there yet. Write the day on which it was signed, or the version
    that was there then.
    """
    released = {release.version: release.date for release in edition.releases}
    for document, front in files(edition):
        for each in signatures(front):
            version, value = text(word(each, "version")), word(each, "date")
            came = released.get(version, "")
            if value and (day := _day(value)) and day < came:
                message = f"{day} is before {came}, the day on which {version} was released"
                yield at(document, value, message, "write the day on which it was signed")


def signed_order(edition: Edition) -> Iterator[Found]:
    """Signatures stand in the order of their dates, the newest last, and a withdrawal is not older than the
    first of them.

    The last one is the one that counts. Signing again adds a line at the end.
    """
    for document, front in files(edition):
        days = [value for each in signatures(front) if (value := word(each, "date")) and _day(value)]
        for before, value in pairwise(days):
            if _day(value) < _day(before):
                message = f"{text(value)} is before {text(before)}, the date of the signature above it"
                yield at(document, value, message, "put the signatures in the order of their dates")
        left = word(block, "date") if (block := withdrawal(front)) else None
        if left and days and (day := _day(left)) and day < min(map(_day, days)):
            message = f"{day} is before the first signature, of {min(map(_day, days))}"
            yield at(document, left, message, "write the day on which it withdrew")


def _dates(front: Mapping) -> Iterator[Scalar]:
    blocks = [*signatures(front), *filter(None, [withdrawal(front)])]
    yield from filter(None, (word(block, "date") for block in blocks))


def _day(value: Scalar) -> str:
    """The day that a value means, as 2026-12-01; '' where it is none."""
    words = text(value)
    if not _DATE.fullmatch(words):
        return ""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return ""
