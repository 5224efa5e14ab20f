"""Rules for what an organisation signed, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from charterpress.checks.checksums import existing_paths, release_path
from charterpress.checks.queries import closest_match, quote, quote_list, violation_at
from charterpress.checks.signatories.queries import (
    DATE,
    calendar_day,
    clean_text,
    report_blocks,
    scalar_value,
    signatory_files,
    signature_blocks,
    withdrawal_block,
)
from charterpress.model import Edition, Mapping, Scalar, Violation
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.versions.translations import published_languages

_ORDER = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")


def signed_version(edition: Edition) -> Iterator[Violation]:
    """What an organisation signs is a version that was released to be signed, such as 1.0.0.

    The working text still changes, and so does a consultation draft, whose number is below 1.0.0: nobody can
    stand by words that are not there yet."""
    drafts = {release.version for release in edition.releases if release.consultation}
    signable = [release.version for release in edition.releases if not release.consultation]
    # A rule of its own speaks of the releases that could not be read.
    unreadable = existing_paths(edition) - {release.path for release in edition.releases}
    for document, front in signatory_files(edition):
        for value in filter(None, (scalar_value(each, "version") for each in signature_blocks(front))):
            version = clean_text(value)
            if version in signable or release_path(edition, f"{version}.json") in unreadable:
                continue
            near = closest_match(version, signable) or next(reversed(signable), None)
            message = _("{version} is not a version that was released").format(version=quote(version))
            if version in drafts:
                message = _("{version} is a draft for consultation, which cannot be signed").format(
                    version=version
                )
            fix = (
                _("write {words}").format(words=quote(near))
                if near
                else _("wait for the first version: nothing can be signed yet")
            )
            yield violation_at(document, value, message, fix)


def signed_language(edition: Edition) -> Iterator[Violation]:
    """The language of a signature is one that the version was published in by then.

    It says in which words the organisation signed. It may be left out: then it says nothing of that."""
    releases = {release.version: release for release in edition.releases}
    for document, front in signatory_files(edition):
        for each in signature_blocks(front):
            release = releases.get(clean_text(scalar_value(each, "version")))
            value, day = scalar_value(each, "language"), clean_text(scalar_value(each, "date"))
            if value is None or release is None:
                continue
            known = published_languages(edition, release)
            if (since := known.get(clean_text(value))) is None:
                near = _closest_tag(clean_text(value), known)
                message = _("{version} was not published in {language}").format(
                    version=release.version, language=quote(value.value)
                )
                several = _("write one of {known}, or take the line out")
                fix = several if len(known) > 1 else _("write {known}, or take the line out")
                fix = _("write {language}") if near else fix
                fix = fix.format(language=quote(near or ""), known=quote_list(known))
                yield violation_at(document, value, message, fix)
            elif DATE.fullmatch(day) and release.date <= day < since:
                message = _("{version} was published in {language} only on {date}").format(
                    version=release.version, language=quote(clean_text(value)), date=since
                )
                yield violation_at(document, value, message, _("take the line out, or correct the date"))


def _closest_tag(written: str, known: Iterable[str]) -> str | None:
    """The tag of `known` that `written` is another way of writing: cy-GB, CY or en_gb."""
    folded = written.casefold().replace("_", "-")
    same = [tag for tag in known if tag.casefold() == folded]
    same += [tag for tag in known if primary_language(tag) == primary_language(folded)]
    return same[0] if same else None


def signed_date(edition: Edition) -> Iterator[Violation]:
    """A date is a day of the calendar, written as year, month and day: 2026-12-01.

    Written otherwise, it is another day to a reader from another country."""
    for document, front in signatory_files(edition):
        for value in _dates(front, ("from", "to", "published")):
            if not calendar_day(value):
                fix = _iso_date(clean_text(value))
                yield violation_at(
                    document, value, _("{value} is not a date").format(value=quote(value.value)), fix
                )


def _iso_date(words: str) -> str:
    """What to write for a date in another order, where it can only be one day."""
    match = _ORDER.fullmatch(words)
    if match and int(match[1]) > 12 >= int(match[2]):
        day = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        return _("write “{words}”").format(words=day)
    return _("write year, month and day, such as 2026-12-01")


def signed_future(edition: Edition) -> Iterator[Violation]:
    """Nothing is dated after today.

    An organisation has signed, reported or withdrawn once it has done so. Write the day on which it did."""
    for document, front in signatory_files(edition):
        for value in _dates(front, ("published",)):
            if edition.today and calendar_day(value) > edition.today:
                fix = _("write the day on which it was done, if this computer’s clock is right")
                yield violation_at(
                    document,
                    value,
                    _("{date} is in the future").format(date=clean_text(value)),
                    fix,
                )


def signed_early(edition: Edition) -> Iterator[Violation]:
    """A signature is not older than the version that it is under.

    Nobody can have signed words that were not there yet. Write the day on which it was signed, or the version
    that was there then."""
    released = {release.version: release.date for release in edition.releases}
    for document, front in signatory_files(edition):
        for each in signature_blocks(front):
            version, value = clean_text(scalar_value(each, "version")), scalar_value(each, "date")
            came = released.get(version, "")
            if value and (day := calendar_day(value)) and day < came:
                message = _("{day} is before {release_day}, the day on which {version} was released").format(
                    day=day, release_day=came, version=version
                )
                yield violation_at(document, value, message, _("write the day on which it was signed"))


def signed_order(edition: Edition) -> Iterator[Violation]:
    """Signatures stand in the order of their dates, the newest last, and a withdrawal is not older than the
    first of them.

    The last one is the one that counts. Signing again adds a line at the end."""
    for document, front in signatory_files(edition):
        values = (scalar_value(each, "date") for each in signature_blocks(front))
        dates = [(calendar_day(value), value) for value in values if value and calendar_day(value)]
        for (before, _before), (day, value) in pairwise(dates):
            if day < before:
                message = _("{day} is before {before}, the date of the signature above it").format(
                    day=day, before=before
                )
                yield violation_at(
                    document, value, message, _("put the signatures in the order of their dates")
                )
        left = scalar_value(block, "date") if (block := withdrawal_block(front)) else None
        first = min((day for day, _ in dates), default="")
        if left and first and (day := calendar_day(left)) and day < first:
            message = _("{day} is before the first signature, of {first}").format(day=day, first=first)
            yield violation_at(document, left, message, _("write the day on which it withdrew"))


def _dates(front: Mapping, of_reports: tuple[str, ...]) -> Iterator[Scalar]:
    """Every date of a file; of its reports those that have one of these keys."""
    blocks = [*signature_blocks(front), *filter(None, [withdrawal_block(front)])]
    yield from filter(None, (scalar_value(block, "date") for block in blocks))
    reports = report_blocks(front)
    yield from filter(None, (scalar_value(block, key) for block in reports for key in of_reports))
