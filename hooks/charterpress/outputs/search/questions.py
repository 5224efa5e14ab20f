"""The list of what people ask of any charter → the places of a site that answer it."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Mapping
from functools import cache

from charterpress.views.addresses import changes_address


@cache
def common_questions() -> Mapping[str, list[str]]:
    """Return what people ask, by the address below the site's of what answers it, such as
    `sign/#who-may-sign`; “{current}” is the current version, “{version}” any of them, and “{short}” its first
    two numbers. From questions.txt."""
    text = (pkgutil.get_data(__name__, "questions.txt") or b"").decode()
    questions: dict[str, list[str]] = {}
    address = ""
    for line in text.splitlines():
        if line.startswith("/"):
            address = line.removeprefix("/")
            questions[address] = []
        elif line and not line.startswith("#"):
            questions[address] += [asked.strip() for asked in line.split(",") if asked.strip()]
    return questions


def answered_questions(places: Collection[str], current: str) -> dict[str, list[str]]:
    """Return the questions that a site answers, by place: those of `places` that are pages, such as `sign/`,
    or parts of one, `sign/#who-may-sign`. Where the part is missing the page answers, and where the page is,
    nothing. `current` is the current version, or ''."""
    second = {place.split("/")[1] for place in places if "/" in place}
    versions = sorted(version for version in second if changes_address(version) in places)
    answered: dict[str, list[str]] = {}
    for address, questions in common_questions().items():
        for version in versions if "{version}" in address else [current]:
            place = address.replace("{current}", version).replace("{version}", version)
            place = place if place in places else place.partition("#")[0]
            if place in places:
                asked = (each.replace("{version}", version) for each in questions)
                answered.setdefault(place, []).extend(each.replace("{short}", version[:-2]) for each in asked)
    return answered
