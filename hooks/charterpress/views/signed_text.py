"""A charter in several languages → the words in which a signature is told: those that were signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from charterpress.model import Edition
from charterpress.text.interface import has_catalog
from charterpress.views.languages import site_languages

TITLE = "charter.title"
"""The unit that has the charter's title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedText:
    """A text that was signed. `tag` is the language that it is in, '' in a charter of one language; `page` is
    that of the program's words beside it; `title` is the charter's title in it; `prefix` is the address of
    the root of its pages."""

    tag: str
    page: str
    title: str
    prefix: str = ""


def signed_texts(edition: Edition) -> Mapping[str, SignedText]:
    """Return the texts of `edition`, which is in the language that the charter is written in, by their
    languages; '' stands for that one. None of a charter in one language. A title is the one that was
    published last in its language. A language that the program does not speak is left out."""
    languages = site_languages(edition.charter)
    if edition.current is None or (len(languages) == 1 and not edition.frozen_translations):
        return {}
    prefixes = {each.tag: each.prefix for each in languages}
    source = languages[0]
    first = SignedText(tag=source.tag, page=source.page, title=edition.current.charter.title)
    further = {
        tag: SignedText(tag=tag, page=tag, title=title, prefix=prefixes.get(tag, ""))
        for tag, title in published_titles(edition).items()
        if title and tag != source.tag and has_catalog(tag)
    }
    return {"": first, source.tag: first, **further}


def published_titles(edition: Edition) -> Mapping[str, str]:
    """Return the charter's title in each language that a version says it is published in: the last that was
    published."""
    titles: dict[str, str] = {}
    for release in edition.releases:
        if release.consultation:
            continue
        if release.charter.language:
            titles[release.charter.language] = release.charter.title
        own = (each for each in edition.frozen_translations if each.version == release.version)
        for each in sorted(own, key=lambda each: each.revision):
            titles[each.language] = dict(each.texts).get(TITLE) or titles.get(each.language, "")
    return titles
