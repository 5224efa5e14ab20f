"""A charter × its text in other languages → its units, what is translated of them, what changed since, and
what of them is published."""

from charterpress.versions.translations.frozen import (
    freeze_translation,
    newest_revisions,
    published_languages,
    translated_charter,
    translation_name,
    words_digest,
)
from charterpress.versions.translations.matching import former_names, match_entries, same_links
from charterpress.versions.translations.progress import (
    Progress,
    State,
    UnitState,
    change_class,
    progress,
    translated,
)
from charterpress.versions.translations.step import in_step
from charterpress.versions.translations.units import apply, units

__all__ = [
    "Progress",
    "State",
    "UnitState",
    "apply",
    "change_class",
    "former_names",
    "freeze_translation",
    "in_step",
    "match_entries",
    "newest_revisions",
    "progress",
    "published_languages",
    "same_links",
    "translated",
    "translated_charter",
    "translation_name",
    "units",
    "words_digest",
]
