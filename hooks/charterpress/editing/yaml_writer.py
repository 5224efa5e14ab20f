"""Keys and values → YAML as an editor would write it, which the reader takes for the same strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import yaml

Item: TypeAlias = "str | Mapping[str, Value]"
Value: TypeAlias = "Item | Sequence[Item]"
_STRING = "tag:yaml.org,2002:str"


class _PlainDumper(yaml.SafeDumper):
    """Quotes only what YAML would misread: 1.10, NO and 2026-12-01 are strings like any other."""

    yaml_implicit_resolvers: dict[str, list[object]] = {}  # noqa: RUF012 - PyYAML looks for it on the class

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their key."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write repeated values in full."""
        return True


def _dump(data: object, *, flow: bool) -> str:
    return yaml.dump(
        data, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=10**9
    )


def format_yaml(values: Mapping[str, Value | Mapping[str, Value]]) -> str:
    """Return `values` in their order in block style, no line broken: a value may have no line break in it."""
    return _dump(dict(values), flow=False)


def format_flow(value: Value | Mapping[str, Value]) -> str:
    """Return `value` on one line in flow style, as it may stand within brackets."""
    return _dump([value], flow=True).strip("\n")[1:-1]


def format_quoted(value: str, style: str | None, *, in_brackets: bool = False) -> str:
    """Return `value` in quotation marks of `style`, ' or " or None for none, if YAML reads it back unchanged;
    otherwise in those it needs."""
    pair = (yaml.ScalarNode(_STRING, "key"), yaml.ScalarNode(_STRING, value, style=style))
    node = yaml.MappingNode("tag:yaml.org,2002:map", [pair], flow_style=in_brackets)
    text = yaml.serialize(node, Dumper=_PlainDumper, allow_unicode=True, width=10**9).strip("\n")
    return text.removeprefix("{").removesuffix("}" if in_brackets else "").removeprefix("key: ")
