"""What was read of a file → plain values, to hold what it said before against what it says now."""

from __future__ import annotations

from typing import TypeAlias

from charterpress.model import Mapping, Node, Scalar

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(node: Node) -> Plain:
    """`node` without its places; of a key that stands twice, the last value."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return keyed(node)
    return [plain(item) for item in node.items]


def keyed(front: Mapping) -> dict[str, Plain]:
    """The same of a whole file or block."""
    return {key.value: plain(value) for key, value in front.entries}
