"""A charter × its text in other languages → its units, what is translated of them, and what changed since."""

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
    "in_step",
    "progress",
    "translated",
    "units",
]
