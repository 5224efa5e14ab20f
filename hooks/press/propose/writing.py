"""Keys and values → the lines of YAML that an editor would write, which `load` reads as the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import yaml

Value: TypeAlias = "str | list[str] | list[dict[str, str]] | dict[str, str]"


class _Plain(yaml.SafeDumper):
    """Writes every word as it is, and in quotes only where YAML would read something else: here 1.10, NO and
    2026-12-01 are words like any other."""

    yaml_implicit_resolvers: dict[str, list[object]] = {}  # noqa: RUF012 - PyYAML looks for it on the class

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their key."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write out what is there twice."""
        return True


def front_matter(values: Mapping[str, Value]) -> str:
    """Return `values` in their order, one line each, and blocks below their keys. No line is broken: a value
    may have no line break in it."""
    return yaml.dump(
        dict(values),
        Dumper=_Plain,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
    )
