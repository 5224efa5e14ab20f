"""Answers → what is kept of them: the pages that were seen to link to what their organisation signed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from charterpress.linkcheck.verdict import Answer, Verdict
from charterpress.model import Edition, Role, SeenLink, Signatory
from charterpress.read.seen_links import FORMAT, KEYS


def record(
    kept: Iterable[SeenLink], answers: Iterable[Answer], edition: Edition, day: str
) -> tuple[SeenLink, ...]:
    """The links that were seen, by slug: what was `kept` before, with what was found on `day` (ISO).

    A page that no longer links, or could not be read, keeps the day on which it was last seen to. An entry
    whose organisation went, withdrew or names another page or version is left out, unless its file cannot be
    read just now; pages that were never seen to link have none."""
    signatories = {each.slug: each for each in edition.signatories}
    unreadable = {each.id for each in edition.documents if each.role is Role.SIGNATORY} - {*signatories}
    links = {each.slug: each for each in kept if _holds(each, signatories, unreadable)}
    for answer in answers:
        asked = answer.question
        link = SeenLink(slug=asked.slug, version=asked.version, link=asked.link, seen=day, looked=day)
        if asked.slug not in signatories or not link.is_of(signatories[asked.slug]):
            continue  # an earlier signature's page, or that of the organisation that signed for it
        before = links.get(asked.slug, link)
        if answer.verdict is Verdict.SIGNED:
            links[asked.slug] = replace(link, seen=max(before.seen, day), looked=max(before.looked, day))
        elif answer.verdict is not Verdict.REFUSED and asked.slug in links:
            links[asked.slug] = replace(before, looked=max(before.looked, day))
    return tuple(links[slug] for slug in sorted(links))


def _holds(link: SeenLink, signatories: dict[str, Signatory], unreadable: set[str]) -> bool:
    return link.is_of(signatories[link.slug]) if link.slug in signatories else link.slug in unreadable


def record_bytes(links: Iterable[SeenLink]) -> bytes:
    """links.json, with a line for each page."""
    rows = (json.dumps({key: getattr(each, key) for key in KEYS}, ensure_ascii=False) for each in links)
    pages = ",\n".join(f"    {row}" for row in rows)
    array = f"[\n{pages}\n  ]" if pages else "[]"
    return f'{{\n  "format": "{FORMAT}",\n  "pages": {array}\n}}\n'.encode()
