"""A number and what is counted → both in words, for sentences of commands."""

from __future__ import annotations

from charterpress.text.interface import ngettext


def count_organisations(count: int) -> str:
    """Return “1 organisation” or “2 organisations”."""
    return ngettext("{count} organisation", "{count} organisations", count).format(count=count)


def count_errors(count: int) -> str:
    """Return “1 error” or “2 errors”."""
    return ngettext("{count} error", "{count} errors", count).format(count=count)
