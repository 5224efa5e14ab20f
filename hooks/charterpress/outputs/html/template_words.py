"""Messages in a template → the words of the language in use, filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

from charterpress.text import interface

_TAG, _PLACE = re.compile(r"<[^<>]*>"), re.compile(r"%\((\w+)\)")
_APART, _PHRASE_APART, _TOGETHER = "\u2068", "\u2067", "\u2069"
"""What keeps a value apart from words around it that go from the right, whatever way its letters go; and a
phrase that has such a value in it, which goes from the right too."""


def add_words(environment: jinja2.Environment) -> None:
    """Give templates the words of the language in use: `{% trans %}`, `_()` and their like. A message's line
    breaks and indents mean nothing, and values in it are escaped."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        interface.gettext, interface.ngettext, newstyle=True
    )
    environment.extend(**{_METHOD.format(name): function for name, function in _FUNCTIONS.items()})
    environment.code_generator_class = _WordsAtOnce


class _WordsAtOnce(CodeGenerator):
    """Calls the functions of gettext as what they are. Jinja's own calls look first for what a function may
    want to be told of the page, which takes longer than finding the words, a hundred times on each page."""

    def visit_Call(  # noqa: N802 - Jinja's own name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - Jinja's own signature
    ) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in _FUNCTIONS:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(f"environment.{_METHOD.format(name)}(context")  # `signature` begins with a comma
        self.signature(node, frame)
        self.write(")")


def _gettext(_: Context, message: str, /, **values: object) -> Markup:
    words = interface.gettext(message)
    return _filled(words, values) if values else _plain(words)


def _ngettext(_: Context, one: str, many: str, count: int, /, **values: object) -> Markup:
    return _filled(interface.ngettext(one, many, count), {"num": count, **values})


def _pgettext(_: Context, context: str, message: str, /, **values: object) -> Markup:
    words = interface.pgettext(context, message)
    return _filled(words, values) if values else _plain(words)


def _npgettext(_: Context, context: str, one: str, many: str, count: int, /, **values: object) -> Markup:
    return _filled(interface.npgettext(context, one, many, count), {"num": count, **values})


_METHOD = "charter_{}"
"""What one of them is called in the environment."""
_FUNCTIONS = {
    "_": _gettext,
    "gettext": _gettext,
    "ngettext": _ngettext,
    "pgettext": _pgettext,
    "npgettext": _npgettext,
}
"""What templates call → what does it."""


def _filled(words: str, values: Mapping[str, object]) -> Markup:
    shown = {name: escape(value) for name, value in values.items()}
    if interface.direction() == "rtl":
        within_tags = _names_within_tags(words)
        shown |= {
            name: Markup("{}{}{}").format(
                _PHRASE_APART if _APART in value else _APART, shown[name], _TOGETHER
            )
            for name, value in values.items()
            if isinstance(value, str) and name not in within_tags
        }
    return Markup(words % shown)


@cache
def _names_within_tags(words: str) -> frozenset[str]:
    """The placeholders of a message whose values are part of a tag, as an address is."""
    return frozenset(name for tag in _TAG.findall(words) for name in _PLACE.findall(tag))


@cache
def _plain(words: str) -> Markup:
    return Markup(words.replace("%%", "%"))
