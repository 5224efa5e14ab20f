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


def in_line(value: Value) -> str:
    """`value` within one line, blocks and lists in brackets, as it may stand among others in brackets."""
    said = yaml.dump(
        [value], Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10**9
    )
    return said.strip("\n")[1:-1]


def quoted_like(value: str, style: str | None, *, in_brackets: bool = False) -> str:
    """`value` in quotation marks of `style`, ' or " or None for none, as far as YAML then reads just that."""
    key = yaml.ScalarNode(_TEXT, "key")
    pair = (key, yaml.ScalarNode(_TEXT, value, style=style))
    node = yaml.MappingNode("tag:yaml.org,2002:map", [pair], flow_style=in_brackets)
    said = yaml.serialize(node, Dumper=_Plain, allow_unicode=True, width=10**9).strip("\n")
    return said.removeprefix("{").removesuffix("}" if in_brackets else "").removeprefix("key: ")


_TEXT = "tag:yaml.org,2002:str"
