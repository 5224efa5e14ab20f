"""The templates of the charter's pages, compiled once for all tests of a process."""

from __future__ import annotations

from pathlib import Path

from charterpress.outputs.html import templates

TEMPLATES = templates.environment(Path(__file__).parents[1] / "overrides" / "pages")
