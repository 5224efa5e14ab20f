"""Dates, releases and counts → what pages, papers and feeds call them."""

from __future__ import annotations

from charterpress.model import Charter, Class, Release
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, gettext
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


def class_name(class_: Class) -> str:
    """Return what readers see as the class of a change."""
    return gettext(CLASSES[class_])


def licence_address(licence: str) -> str:
    """Return where a licence, named by its SPDX identifier, can be read: at its makers', or at SPDX."""
    return LICENCES.get(licence) or f"https://spdx.org/licenses/{licence}.html"


def draft_label(date: str) -> str:
    """Return what pages call the working text of the ISO `date`, or of an unknown one, ''."""
    return f"Draft of {day_in_words(date)}" if date else "Draft"


def release_name(release: Release) -> str:
    """Return what a release is called: “Version 2.0.0”, or “Consultation draft 0.1.0”."""
    return f"{'Consultation draft' if release.consultation else 'Version'} {release.version}"


def dated_release_name(release: Release) -> str:
    """Return what a release is called, and its date: “Version 2.0.0 of 5 February 2024”."""
    return f"{release_name(release)} of {day_in_words(release.date)}"


def release_footer(release: Release) -> str:
    """Return what the footer of its pages calls a release: version, date, and the digest's start."""
    return f"{dated_release_name(release)} · {release.sha256[:DIGEST_LENGTH]}"


def superseded_label(release: Release, current: Release | None) -> str:
    """Return what the sheets of an older version say of the current one; '' for that itself."""
    if current is None or release is current:
        return ""
    return f"Superseded by version {current.version} of {day_in_words(current.date)}"


def sides(count: int, paper: str) -> str:
    """Return “one side of A4”, “two sides of Letter”, “12 sides of A4”."""
    words = ("no", "one", "two", "three", "four", "five")
    return f"{words[count] if count < len(words) else count} side{'s' * (count != 1)} of {paper}"


def reading_time(text: str) -> str:
    """Return how long `text` takes to read: “a minute”, “9 minutes”."""
    minutes = -(-count_words(text) // WORDS_PER_MINUTE)
    return f"{minutes} minutes" if minutes > 1 else "a minute"


def digest_groups(digest: str) -> list[str]:
    """Return a digest as it is printed, in groups of eight characters."""
    return [digest[at : at + 8] for at in range(0, len(digest), 8)]


def organisation_count(count: int) -> str:
    """Return “1 organisation”, “1,204 organisations”."""
    return f"{count:,} organisation{'' if count == 1 else 's'}"


def part_titles(charter: Charter) -> dict[str, str]:
    """Return the titles of a charter's themes and principles, by id."""
    found = {theme.id: theme.title for theme in charter.themes}
    return found | {principle.id: principle.title for _, principle in charter.principles()}


def charter_size(charter: Charter) -> str:
    """Return the size of a charter: “4 themes, 15 principles”."""
    themes, principles = len(charter.themes), sum(1 for _ in charter.principles())
    return f"{themes} theme{'s' * (themes != 1)}, {principles} principle{'s' * (principles != 1)}"
