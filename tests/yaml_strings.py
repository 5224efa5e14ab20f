"""YAML as its strings, lists and mappings: nothing is taken for a number, a date or a switch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def strings_of(source: str | Path) -> Any:
    """What the YAML of `source` holds, a text or a file; every value is a string."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it builds strings, lists and mappings alone
