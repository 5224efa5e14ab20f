"""A charter × its text in other languages → its units, what is translated of them, and what changed since."""

from charterpress.versions.translations.units import apply, units

__all__ = ["apply", "units"]
