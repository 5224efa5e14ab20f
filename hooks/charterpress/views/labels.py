"""Dates, releases and counts → what pages, papers and feeds call them."""

from __future__ import annotations

from charterpress.model import Charter, Class, Release
from charterpress.text.dates import day_in_words, length_in_words
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _
from charterpress.text.words import count_words

DIGEST_LENGTH = 12
"""How many characters of a release's digest name it at the foot of a page."""
WORDS_PER_MINUTE = 200
"""How fast people read whose board will ask them about it."""
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}

CLASSES = {
    Class.NONE: N_("layout only"),
    Class.EDITORIAL: N_("editorial"),
    Class.GUIDANCE: N_("guidance"),
    Class.COMMITMENT: N_("commitment"),
}
"""What readers see as the class of a change, in English."""
LIST_HEADINGS = {
    "plain": N_("In easy words"),
    "questions": N_("Questions to reflect on"),
    "sources": N_("Where it comes from"),
    "behaviours": N_("What people do"),
    "interview": N_("To ask at interview"),
}
"""The headings of the lists in a principle's front matter, by their keys."""


def licence_address(licence: str) -> str:
    """Return where a licence, named by its SPDX identifier, can be read: at its makers', or at SPDX."""
    return LICENCES.get(licence) or f"https://spdx.org/licenses/{licence}.html"


def class_name(class_: Class) -> str:
    """Return what readers see as the class of a change."""
    return _(CLASSES[class_])


def list_heading(name: str) -> str:
    """Return the heading of a list in a principle's front matter, by its key."""
    return _(LIST_HEADINGS[name])


def draft_label(date: str) -> str:
    """Return what pages call the working text of the ISO `date`, or of an unknown one, ''."""
    return _("Draft of {date}").format(date=day_in_words(date)) if date else _("Draft")


def draft_in_sentence(date: str) -> str:
    """Return the same as `draft_label` within a sentence."""
    return _("draft of {date}").format(date=day_in_words(date)) if date else _("draft")


def release_name(release: Release) -> str:
    """Return what a release is called: “Version 2.0.0”, or “Consultation draft 0.1.0”."""
    message = _("Consultation draft {version}") if release.consultation else _("Version {version}")
    return message.format(version=release.version)


def release_in_sentence(release: Release) -> str:
    """Return what a release is called within a sentence: “version 2.0.0”."""
    message = _("consultation draft {version}") if release.consultation else _("version {version}")
    return message.format(version=release.version)


def dated_release_name(release: Release) -> str:
    """Return what a release is called, and its date: “Version 2.0.0 of 5 February 2024”."""
    if release.consultation:
        message = _("Consultation draft {version} of {date}")
    else:
        message = _("Version {version} of {date}")
    return message.format(version=release.version, date=day_in_words(release.date))


def dated_release_in_sentence(release: Release) -> str:
    """Return the same as `dated_release_name` within a sentence: “version 2.0.0 of 5 February 2024”."""
    if release.consultation:
        message = _("consultation draft {version} of {date}")
    else:
        message = _("version {version} of {date}")
    return message.format(version=release.version, date=day_in_words(release.date))


def release_footer(release: Release) -> str:
    """Return what the footer of its pages calls a release: version, date, and the digest's start."""
    return f"{dated_release_name(release)} · {release.sha256[:DIGEST_LENGTH]}"


def superseded_label(release: Release, current: Release | None) -> str:
    """Return what the sheets of an older version say of the current one; '' for that itself."""
    if current is None or release is current:
        return ""
    message = _("Superseded by version {version} of {date}")
    return message.format(version=current.version, date=day_in_words(current.date))


def reporting_sentence(charter: Charter) -> str:
    """Return what those who sign a charter are asked to report, and when, in a sentence; '' for nothing."""
    reporting = charter.reporting
    if reporting is None:
        return ""
    message = _("Signatories report every {every} on how they have kept their promise.")
    if reporting.grace:
        # Translators: {every} and {grace} are lengths of time, such as “12 months” and “3 months”.
        message = _(
            "Signatories report every {every} on how they have kept their promise, within {grace} of the end "
            "of each period."
        )
    return message.format(every=length_in_words(reporting.every), grace=length_in_words(reporting.grace))


def sides(count: int, paper: str) -> str:
    """Return “one side of A4”, “two sides of Letter”, “12 sides of A4”."""
    spelled = {
        0: _("no sides of {paper}"),
        1: _("one side of {paper}"),
        2: _("two sides of {paper}"),
        3: _("three sides of {paper}"),
        4: _("four sides of {paper}"),
        5: _("five sides of {paper}"),
    }
    message = spelled.get(count) or ngettext("{count} side of {paper}", "{count} sides of {paper}", count)
    return message.format(count=number(count), paper=paper)


def reading_time(text: str) -> str:
    """Return how long `text` takes to read: “a minute”, “9 minutes”."""
    minutes = max(-(-count_words(text) // WORDS_PER_MINUTE), 1)
    return ngettext("a minute", "{count} minutes", minutes).format(count=number(minutes))


def digest_groups(digest: str) -> list[str]:
    """Return a digest as it is printed, in groups of eight characters."""
    return [digest[at : at + 8] for at in range(0, len(digest), 8)]


def organisation_count(count: int) -> str:
    """Return “1 organisation”, “1,204 organisations”."""
    return ngettext("{count} organisation", "{count} organisations", count).format(count=number(count))


def part_titles(charter: Charter) -> dict[str, str]:
    """Return the titles of a charter's themes and principles, by id."""
    found = {theme.id: theme.title for theme in charter.themes}
    return found | {principle.id: principle.title for _theme, principle in charter.principles()}


def charter_size(charter: Charter) -> str:
    """Return the size of a charter: “4 themes, 15 principles”."""
    themes, principles = len(charter.themes), sum(1 for _each in charter.principles())
    # Translators: the size of a charter, “4 themes” and “15 principles”.
    return _("{themes}, {principles}").format(
        themes=ngettext("{count} theme", "{count} themes", themes).format(count=number(themes)),
        principles=ngettext("{count} principle", "{count} principles", principles).format(
            count=number(principles)
        ),
    )
