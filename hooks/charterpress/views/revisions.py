"""The published translations of a version → each revision, with what it corrected in the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from charterpress.model import FrozenTranslation, Release
from charterpress.text.escape import to_markdown
from charterpress.versions.translations import units
from charterpress.views.addresses import translation_address


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One published revision: where its file is, and for a correction the words of each unit that it changed,
    before and after, as Markdown."""

    translation: FrozenTranslation
    address: str
    corrected: tuple[tuple[str, str], ...] = ()


def revisions(release: Release, translations: Iterable[FrozenTranslation]) -> tuple[Revision, ...]:
    """Return every revision of every translation of a release: by language, the newest first."""
    own = sorted(
        (each for each in translations if each.version == release.version),
        key=lambda each: (each.language, -each.revision),
    )
    source = units(release.charter) if own else {}

    def words(id: str, text: str) -> str:
        return text if id in source and source[id].markdown else to_markdown(text)

    known = {(each.language, each.revision): dict(each.texts) for each in own}
    found = []
    for each in own:
        before = known.get((each.language, each.revision - 1), {})
        corrected = tuple(
            (words(id, before[id]), words(id, text))
            for id, text in each.texts
            if before.get(id, text) != text
        )
        address = translation_address(each.version, each.language, each.revision)
        found.append(Revision(translation=each, address=address, corrected=corrected))
    return tuple(found)
