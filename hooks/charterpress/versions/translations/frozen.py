"""A release × its text in another language → the published translation, its bytes, and the text it makes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from charterpress.model import DEFAULT_LANGUAGE, Charter, Edition, FrozenTranslation, Release
from charterpress.versions.translations.units import apply, units

FORMAT = "translation-1"
"""What a translation's file says its form is, and the name of the schema that describes it."""


def translation_name(translation: FrozenTranslation) -> str:
    """Return the name of the file of a translation: 2.0.0.cy.1.json."""
    return f"{translation.version}.{translation.language}.{translation.revision}.json"


def words_digest(words: str) -> str:
    """Return the SHA-256 digest of the words of a unit, in UTF-8."""
    return hashlib.sha256(words.encode()).hexdigest()


def translation_bytes(translation: FrozenTranslation) -> bytes:
    """Return the bytes of a translation's file: UTF-8, LF, two spaces, units in the order of the text, a
    newline at the end. The same translation gives the same bytes for ever."""
    sources = dict(translation.sources)
    previous = {"revision": translation.revision - 1, "sha256": translation.previous}
    document = {
        "format": FORMAT,
        "release": {"version": translation.version, "sha256": translation.release_sha256},
        "language": translation.language,
        "revision": translation.revision,
        "standing": translation.standing,
        "date": translation.date,
        "previous": previous if translation.previous else None,
        **({"reason": translation.reason} if translation.reason else {}),
        "units": [{"id": id, "source": sources.get(id, ""), "text": text} for id, text in translation.texts],
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def freeze_translation(
    release: Release,
    language: str,
    standing: str,
    texts: Mapping[str, str],
    *,
    date: str,
    root: str,
    previous: FrozenTranslation | None = None,
    reason: str = "",
) -> FrozenTranslation:
    """Return the translation of `release`, with its bytes and digest: revision 1, or the one after
    `previous`, for which there is a `reason`. `texts` are the words of its units by their ids; `root` is the
    charter's folder."""
    source = units(release.charter)
    translation = FrozenTranslation(
        version=release.version,
        release_sha256=release.sha256,
        language=language,
        revision=previous.revision + 1 if previous else 1,
        standing=standing,
        date=date,
        previous=previous.sha256 if previous else "",
        reason=reason,
        texts=tuple((id, str(texts[id])) for id in source if id in texts),
        sources=tuple((id, words_digest(unit.words)) for id, unit in source.items() if id in texts),
    )
    data = translation_bytes(translation)
    path = f"{root}/releases/{translation_name(translation)}"
    return replace(translation, data=data, sha256=hashlib.sha256(data).hexdigest(), path=path)


@lru_cache(maxsize=64)
def _applied(charter: Charter, texts: tuple[tuple[str, str], ...], language: str) -> Charter:
    return replace(apply(charter, dict(texts)), language=language)


def translated_charter(release: Release, translation: FrozenTranslation) -> Charter:
    """Return the text of `release` in the words of a published translation of it."""
    return _applied(release.charter, translation.texts, translation.language)


def published_languages(edition: Edition, release: Release) -> dict[str, str]:
    """Return the tags of the languages that a release was published in, the charter's own first, each with
    the day on which it was."""
    working = edition.charter.language if edition.charter else ""
    days = {release.charter.language or working or DEFAULT_LANGUAGE: release.date}
    for each in edition.frozen_translations:
        if each.version == release.version and each.revision == 1:
            days.setdefault(each.language, each.date)
    return days


def newest_revisions(translations: Iterable[FrozenTranslation], version: str) -> dict[str, FrozenTranslation]:
    """Return the newest revision of each translation of a version, by language."""
    own = sorted((each for each in translations if each.version == version), key=lambda each: each.revision)
    return {each.language: each for each in own}
