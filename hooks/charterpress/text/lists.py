"""Several names or clauses → one line of them, with what its language puts between two."""

from __future__ import annotations

from collections.abc import Sequence

from charterpress.text.interface import pgettext


def join_items(items: Sequence[str]) -> str:
    """Return items that no “and” joins: “a, b, c”."""
    # Translators: what stands between two items of an enumeration without “and”.
    return pgettext("between items", ", ").join(items)


def join_clauses(clauses: Sequence[str]) -> str:
    """Return clauses one after another: “a; b; c”."""
    # Translators: what stands between two clauses of a sentence.
    return pgettext("between clauses", "; ").join(clauses)
