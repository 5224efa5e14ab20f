"""Rules for what stands after a key: its kind, its length and the space in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from charterpress.checks.front_matter import special_entries
from charterpress.checks.queries import (
    EMPTY_VALUES,
    quote,
    violation_at,
)
from charterpress.checks.schema import MAP_LINES, Key, KeyBlock, Kind, key_blocks
from charterpress.model import Edition, Mapping, Node, Scalar, Sequence, Violation
from charterpress.read.yaml_errors import quoted_line
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

MAX_TITLE_LENGTH = 79
MAX_SUMMARY_LENGTH = 160
_BULLET = re.compile(r"^(?:[-–—•·‣◦▪*]|\d{1,2}[.)])\s*")
_ONE_ID = N_(
    "write one id, or ~ for none; where a principle is split, list the new ids in brackets: "
    "“old-id: [new-id, other-id]”"
)
_EACH_ITEM = N_("write “- ” before each item, and no other mark")


def wrong_type(edition: Edition) -> Iterator[Violation]:
    """A key holds what the format says: a sentence, a list, a list of blocks, or true or false.

    Where a sentence in a list has a colon and a space in it, it reads like a key of its own: put it in
    quotes."""
    for group, key, node, known in special_entries(edition):
        if not _is_empty_scalar(node):
            yield from _mistyped(group, key, node, known)


def _mistyped(group: KeyBlock, key: Scalar, node: Node, known: Key) -> Iterator[Violation]:
    message = _("{value} holds {described}; it must be {kind}").format(
        value=quote(key.value), described=_describe(node), kind=_(known.kind)
    )
    match known.kind:
        case Kind.TEXT if not isinstance(node, Scalar):
            yield violation_at(group, node, message, _as_text(key.value, node))
        case Kind.FLAG if not (isinstance(node, Scalar) and node.value in ("true", "false")):
            fix = _("write “{value}: true” or “{value}: false”").format(value=key.value)
            yield violation_at(group, node, message, fix)
        case Kind.MAP | Kind.REASONS | Kind.LANGUAGES | Kind.BLOCK if not isinstance(node, Mapping):
            line = _(MAP_LINES[known.kind]) if known.kind in MAP_LINES else ""
            inside = ", ".join(f"{field}: …" for field in known.fields) or line
            fix = _("write it like “{key}: {{{inside}}}”").format(key=key.value, inside=inside)
            yield violation_at(group, node, message, fix)
        case Kind.MAP if isinstance(node, Mapping):
            for old, new in node.entries:
                items = new.items if isinstance(new, Sequence) else (new,)
                if not items or any(not isinstance(item, Scalar) for item in items):
                    message = _("{value} holds {described}; it must be {kind}").format(
                        value=quote(old.value), described=_describe(new), kind=_(Kind.TEXT)
                    )
                    yield violation_at(group, new, message, _(_ONE_ID))
        case Kind.TEXTS | Kind.BLOCKS if not isinstance(node, Sequence):
            value = node.value if isinstance(node, Scalar) else "…"
            short = known.kind is Kind.TEXTS and len(value) < 60
            if known.may_be_empty and value in ("none", "no", "false", "off"):
                value = ""
            fix = _("write “{key}: [{words}]”").format(key=key.value, words=value) if short else _(_EACH_ITEM)
            if isinstance(node, Scalar) and node.line > key.line and known.kind is Kind.TEXTS:
                alone = group.document.lines[node.line - 1].strip() == value
                fix = (
                    _("write {words}").format(words=quoted_line("- " + _BULLET.sub("", value)))
                    if alone
                    else _(_EACH_ITEM)
                )
            yield violation_at(group, node, message, fix)
        case Kind.TEXTS | Kind.BLOCKS if isinstance(node, Sequence):
            wanted = Scalar if known.kind is Kind.TEXTS else Mapping
            for item in node.items:
                if not isinstance(item, wanted) and not _is_empty_scalar(item):
                    yield violation_at(group, item, *_wrong_item(quote(key.value), item, known))


def _wrong_item(name: str, item: Node, known: Key) -> tuple[str, str]:
    """What is wrong with an item of a list, and what to write."""
    if known.kind is Kind.TEXTS:
        return _("an item of {name} is {described}; it must be {kind}").format(
            name=name, described=_describe(item), kind=_(Kind.TEXT)
        ), _as_text("-", item)
    message = _("an item of {name} is {described}; it must be a block of “key: value” lines").format(
        name=name, described=_describe(item)
    )
    return message, _("write “- {heading}: …”, and its other keys below").format(
        heading=next(iter(known.fields))
    )


def _describe(node: Node) -> str:
    if isinstance(node, Scalar):
        return _("the text {value}").format(value=quote(node.value, 30))
    return _("a list") if isinstance(node, Sequence) else _("a block of “key: value” lines")


def _as_text(key: str, node: Node) -> str:
    """What to write where words were meant: most often they have a colon in them and lack quotes."""
    lead = key if key == "-" else f"{key}:"
    name, value = node.entries[0] if isinstance(node, Mapping) and len(node.entries) == 1 else (None, None)
    if name and isinstance(value, Scalar):
        words = f"{name.value}: {value.value}".strip()
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        return _('if these are words with a colon in them, put them in quotes: {lead} "{quoted}"').format(
            lead=lead, quoted=quoted
        )
    if isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
        return _("write “{lead} {value}”").format(lead=lead, value=node.items[0].value)
    return _(
        "write the words after “{lead} ”, in quotes if they begin with a bracket or have a colon in them"
    ).format(lead=lead)


def empty_value(edition: Edition) -> Iterator[Violation]:
    """A key has a value, and a list has items.

    An empty one would be published as a gap. Write it, or, where the key may be left out, delete the line."""
    delete = _("write it, or delete the line")
    for group, key, node, known in special_entries(edition):
        if _is_empty(node) and not (known.may_be_empty and isinstance(node, Sequence)):
            fix = _("write it") if known.needed else delete
            if words := _commented(group, key):
                fix = _('put it in quotes: {value}: "{words}"').format(value=key.value, words=words)
            yield violation_at(
                group, key, _("there is nothing after {value}").format(value=quote(key.value)), fix
            )
        for item in node.items if isinstance(node, Sequence) else ():
            if _is_empty(item):
                yield violation_at(
                    group, item, _("an item of {value} is empty").format(value=quote(key.value)), delete
                )


def _commented(group: KeyBlock, key: Scalar) -> str:
    """What follows a key in its line, and YAML takes for a comment."""
    rest = group.document.lines[key.line - 1][key.column - 1 + len(key.value) :]
    match = re.fullmatch(r":\s+(#[^\"\\]*?)\s*", rest)
    return match[1] if match else ""


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return _is_empty_scalar(node)
    return not (node.items if isinstance(node, Sequence) else node.entries)


def _is_empty_scalar(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value.strip() in EMPTY_VALUES


def stray_space(edition: Edition) -> Iterator[Violation]:
    """A value has no space at its ends, no two spaces in a row, no tab and no line break within it.

    Such a space shows up in some places and not in others, and makes two texts differ that look the same."""
    fix = _("write it on one line, with single spaces between words")
    for group, key, node, known in special_entries(edition):
        for value in node.items if isinstance(node, Sequence) else (node,):
            if not known.fields and isinstance(value, Scalar) and (what := _stray_space(value.value)):
                yield violation_at(group, value, what.format(key=quote(key.value)), fix)


def _stray_space(value: str) -> str:
    if value.strip() in EMPTY_VALUES:
        return ""
    if value != value.lstrip():
        return _("{key} has a space before its first word")
    if value != value.rstrip():
        return _("{key} has a space after its last word")
    if "\n" in value or "\r" in value:
        return _("{key} has a line break in it")
    if "\t" in value:
        return _("{key} has a tab in it")
    return _("{key} has two spaces in a row") if "  " in value else ""


def title_length(edition: Edition) -> Iterator[Violation]:
    """A title has at most 79 characters.

    It has to fit a heading, a menu, a search result and a certificate. Say one thing; the rest belongs in the
    summary."""
    return _too_long(edition, "title", MAX_TITLE_LENGTH, _("say one thing; the rest belongs in the summary"))


def summary_length(edition: Edition) -> Iterator[Violation]:
    """A summary has at most 160 characters.

    Search engines and cards cut what is longer. Say it in one sentence; the rest belongs in the text."""
    fix = _("say it in one sentence; the rest belongs in the text")
    return _too_long(edition, "summary", MAX_SUMMARY_LENGTH, fix)


_TOO_LONG = {
    "title": N_("the title is {count} characters; {most} is the most"),
    "summary": N_("the summary is {count} characters; {most} is the most"),
}


def _too_long(edition: Edition, name: str, most: int, fix: str) -> Iterator[Violation]:
    for group in key_blocks(edition):
        value = group.mapping.get(name)
        length = len(unicodedata.normalize("NFC", value.value.strip())) if isinstance(value, Scalar) else 0
        if name in group.fields and value and length > most:
            message = _(_TOO_LONG[name]).format(count=length, most=most)
            yield violation_at(group, value, message, fix)
