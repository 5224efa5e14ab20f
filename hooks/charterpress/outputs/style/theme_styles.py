"""A theme's styles → the rules of them that the text of a page can match."""

from __future__ import annotations

from collections.abc import Iterator

import tinycss2
from pygments.token import STANDARD_TYPES
from tinycss2 import ast

CLASSES = frozenset({"md-typeset", "highlight", "headerlink", *filter(None, STANDARD_TYPES.values())})
"""The classes of what Markdown becomes: the text, its anchors, and code in Pygments' classes."""
_NAMES = (
    "html body main nav section article header footer div span h1 h2 h3 h4 h5 h6 p blockquote pre hr img svg "
    "dl dt dd ol ul li table caption thead tbody tfoot tr th td a abbr b bdi code del em i ins kbd mark "
    "small strong sub sup figure figcaption details summary dialog form fieldset legend label button input "
    "select textarea"
)
ELEMENTS = frozenset(_NAMES.split())
"""The elements of a text and of our frame."""
CONDITIONS = frozenset({"media", "supports"})
"""The at-rules that hold rules for some readers only."""
UNREAD = ("data-", "dir", "id", "role")
"""How attributes begin that the theme's own templates and scripts set."""


def filter_styles(sheet: str) -> str:
    """Return the rules of `sheet` whose selectors name no class, id or element but those above, and no
    attribute that the theme's own templates and scripts set. What it defines for all pages at once
    (tokens, fonts, animations) is left out: our own styles define the tokens that the rest reads."""
    return "".join(_kept(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def style_layer(name: str, sheet: str) -> str:
    """Return what `filter_styles` leaves of `sheet` as a cascade layer: whatever a style outside it says of
    an element holds, however the layer names that element."""
    return f"@layer {name} {{\n{filter_styles(sheet)}}}\n"


def _kept(rules: list[ast.Node]) -> Iterator[str]:
    """Yield the rules that are kept, and those within conditions, as text."""
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            selectors = [each for each in _selectors(rule.prelude) if _matches(each)]
            if selectors:
                named = ",".join(tinycss2.serialize(each).strip() for each in selectors)
                yield f"{named}{{{tinycss2.serialize(rule.content).strip()}}}\n"
        elif isinstance(rule, ast.AtRule) and rule.lower_at_keyword in CONDITIONS:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if within := "".join(_kept(inner)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{within}}}\n"


def _selectors(prelude: list[ast.Node]) -> Iterator[list[ast.Node]]:
    selector: list[ast.Node] = []
    for node in prelude:
        if node == ",":
            yield selector
            selector = []
        else:
            selector.append(node)
    yield selector


def _matches(selector: list[ast.Node]) -> bool:
    """Whether an element of a page of ours can match `selector`."""
    before = [node.value if isinstance(node, ast.LiteralToken) else "" for node in selector]
    return all(map(_can_be, selector, ["", *before]))


def _can_be(node: ast.Node, before: str) -> bool:
    """Whether an element of ours can be what one token of a selector says; `before` stands before it."""
    if isinstance(node, ast.IdentToken):
        if before == ".":
            return node.value in CLASSES
        return node.value != "root" if before == ":" else node.value.lower() in ELEMENTS
    if isinstance(node, ast.SquareBracketsBlock):
        return not tinycss2.serialize(node.content).startswith(UNREAD)
    if isinstance(node, ast.FunctionBlock) and node.lower_name in {"is", "where"}:
        return any(map(_matches, _selectors(node.arguments)))
    return not isinstance(node, ast.HashToken)
