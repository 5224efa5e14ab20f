"""Rules for the “key: value” lines at the top of a file, and for charter.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.queries import (
    EMPTY_VALUES,
    charter_file,
    closest_match,
    list_scalars,
    quote,
    quote_list,
    reader_violations,
    suggest,
    violation_at,
)
from charterpress.checks.schema import MEANINGS, REQUIRABLE, Key, KeyBlock, Kind, key_blocks
from charterpress.model import (
    Document,
    Edition,
    Mapping,
    Node,
    Role,
    Scalar,
    Sequence,
    Violation,
    once_per_edition,
)
from charterpress.read.yaml_errors import quoted_line
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_FLOW = re.compile(r"[\[{]")
HOW_TO_SPLIT = N_("where a principle is split, list the new ids in brackets: “old-id: [new-id, other-id]”")


def front_matter_missing(edition: Edition) -> Iterator[Violation]:
    """Every theme, principle and change note begins with front matter.

    The front matter is a block of “key: value” lines between two lines of three dashes. It holds what pages,
    lists and searches show of the file. Begin the file with ---, then title: and the other keys, then ---."""
    return reader_violations(edition, "front-matter-missing")


def front_matter_unclosed(edition: Edition) -> Iterator[Violation]:
    """Front matter ends with a line of three dashes.

    Without it nobody can tell where the keys end and the text begins. Write a line --- after the last key."""
    return reader_violations(edition, "front-matter-unclosed")


def front_matter_start(edition: Edition) -> Iterator[Violation]:
    """The three dashes that open the front matter are the very first thing in the file.

    Other tools take front matter that stands lower down for text, and publish it. Delete what stands before
    it."""
    return reader_violations(edition, "front-matter-start")


def code_fence(edition: Edition) -> Iterator[Violation]:
    """Neither a file nor its front matter is a block of code, between two lines of three backticks.

    Chat programs and web pages show files like that, to be copied. Delete both lines."""
    return reader_violations(edition, "code-fence")


def front_matter_unreadable(edition: Edition) -> Iterator[Violation]:
    """The “key: value” lines can be read.

    The commonest slip is a colon and a space within a title or a sentence, which reads like another key: put
    the whole value in double quotes. Quotation marks and brackets are closed, lines are set in with spaces
    and not with tabs, and a value that begins with one of * & ! % @ ` { [ > | stands in quotes."""
    return reader_violations(edition, "front-matter-unreadable")


def front_matter_form(edition: Edition) -> Iterator[Violation]:
    """Front matter, and charter.yml, is made of “key: value” lines.

    A plain sentence or a bare list there belongs to no key, and so would be lost."""
    return reader_violations(edition, "front-matter-form")


def yaml_anchor(edition: Edition) -> Iterator[Violation]:
    """A value stands where it is used: no anchors (&name), references (*name) or merged keys (<<).

    They make a reader jump about the file to know what it says. Write the words out; if they are words that
    begin with & or *, put them in quotes."""
    return reader_violations(edition, "yaml-anchor")


def yaml_tag(edition: Edition) -> Iterator[Violation]:
    """A value has no YAML tag (!name): everything is read as the words it is written in.

    If the words begin with an exclamation mark, put them in quotes."""
    return reader_violations(edition, "yaml-tag")


def trailing_comment(edition: Edition) -> Iterator[Violation]:
    """No words of a value follow a number sign: they would be lost.

    YAML takes “#1 always” in “title: Be partner #1 always” for a comment. Put the whole value in double
    quotes; a comment has a line of its own, or a space after its number sign. In a title or summary, which
    most often means it, there is none at all."""
    signed = {id(each) for each in edition.documents if any("#" in line for line in each.lines)}
    for group, key, node, known in known_entries(edition) if signed else ():
        if id(group.document) not in signed:
            continue
        strict = key.value in ("title", "summary")
        values = node.items if isinstance(node, Sequence) else (node,)
        for value in values if not known.fields else ():
            found = _comment_after(group.document, value) if isinstance(value, Scalar) else None
            if found and (strict or not found.value.startswith("# ")):
                message = _("{value} is read as a comment, and would be lost").format(
                    value=quote(found.value, 40)
                )
                fix = _(
                    "put the whole value in quotes if these are words, or the comment on a line of its own"
                )
                line = group.document.lines[found.line - 1]
                if isinstance(value, Scalar) and found.line == value.line and not _FLOW.search(line):
                    fix = _("write {line}, or put the comment on a line of its own").format(
                        line=quoted_line(line)
                    )
                yield violation_at(group, found, message, fix)


def _comment_after(document: Document, value: Scalar) -> Scalar | None:
    """What YAML takes for a comment after the last word of a value without quotes."""
    left, column = value.value.strip(), value.column
    for number in range(value.line, len(document.lines) + 1) if left else ():
        line = document.lines[number - 1]
        rest = line[column - 1 :].rstrip()
        if rest == left:  # most are
            return None
        if rest.startswith(left):
            match = re.match(r"\s+(#.*)", rest[len(left) :])
            at = len(line[: column - 1]) + len(left) + (match.start(1) if match else 0)
            return Scalar(value=match[1], line=number, column=at + 1) if match else None
        if not rest or not left.startswith(f"{rest} "):
            return None
        left = left[len(rest) :].lstrip()
        after = document.lines[number] if number < len(document.lines) else ""
        column = len(after) - len(after.lstrip()) + 1
    return None


def second_document(edition: Edition) -> Iterator[Violation]:
    """A file holds one block of keys.

    What follows a second line of three dashes would not be read. Keep all the keys in the first block."""
    return reader_violations(edition, "second-document")


def duplicate_key(edition: Edition) -> Iterator[Violation]:
    """A key stands once in its block, and an id once under “retires”.

    Of two values only one could be published, and nobody could say which. Delete one of the lines. A
    principle that is split lists its parts in one line: “old-id: [new-id, other-id]”."""
    for group in key_blocks(edition):
        if len(group.mapping.names()) < len(group.mapping.entries):
            yield from _duplicates(group, group.mapping, _("keep one of the two lines"))
    for group, _ignored, node, known in special_entries(edition):
        if known.kind in (Kind.MAP, Kind.REASONS) and isinstance(node, Mapping):
            fix = _(HOW_TO_SPLIT) if known.kind is Kind.MAP else _("keep one of the two lines")
            yield from _duplicates(group, node, fix)


@once_per_edition
def known_entries(edition: Edition) -> tuple[tuple[KeyBlock, Scalar, Node, Key], ...]:
    """Every key that the format knows: its block, itself, its value, and what the format says of it."""
    return tuple(
        (group, key, node, known)
        for group in key_blocks(edition)
        for key, node in group.mapping.entries
        if (known := group.fields.get(key.value))
    )


@once_per_edition
def special_entries(edition: Edition) -> tuple[tuple[KeyBlock, Scalar, Node, Key], ...]:
    """The same without words that are there, where they belong, with single spaces between them: most are
    such, and nothing is wrong with them."""
    return tuple(
        (group, key, node, known)
        for group in key_blocks(edition)
        for key, node in group.mapping.entries
        if (known := group.fields.get(key.value))
        if not (isinstance(node, Scalar) and known.kind is Kind.TEXT and _is_plain(node.value))
    )


def _is_plain(value: str) -> bool:
    # No other space than U+0020 is printable.
    spaced = value[:1] == " " or value[-1:] == " " or "  " in value
    return value not in EMPTY_VALUES and value.isprintable() and not spaced


def _duplicates(group: KeyBlock, mapping: Mapping, fix: str) -> Iterator[Violation]:
    first: dict[str, int] = {}
    for key, _ignored in mapping.entries:
        if key.value in first:
            message = _("{value} appears twice; the first is on line {first}").format(
                value=quote(key.value), first=first[key.value]
            )
            yield violation_at(group, key, message, fix)
        first.setdefault(key.value, key.line)


def unknown_key(edition: Edition) -> Iterator[Violation]:
    """Every key is one that the format knows.

    A mistyped key would be left out in silence. The finding names the nearest known key, or all of them."""
    for group in key_blocks(edition):
        unknown = group.mapping.names() - group.fields.keys()
        for key, _ignored in group.mapping.entries if unknown else ():
            if key.value in unknown:
                fix = suggest(
                    key.value,
                    group.fields,
                    _("the keys here are {keys}").format(keys=quote_list(group.fields)),
                )
                yield violation_at(
                    group, key, _("{value} is not a key of this format").format(value=quote(key.value)), fix
                )


def missing_key(edition: Edition) -> Iterator[Violation]:
    """Every key that has to be there is there.

    A theme needs a title, a summary and its list of principles; a principle a title and a summary, and
    whatever charter.yml asks for under `required`; a behaviour a behaviour, a measure and a support. A
    signatory needs a name, a kind, an area, a website or registration, and what it signed or is `part_of`; a
    signature a version, a date and a role."""
    required = {item.value for item in list_scalars(charter_file(edition), "required")} & {*REQUIRABLE}
    for group in key_blocks(edition):
        present = group.mapping.names()
        wanted = {name for name, key in group.fields.items() if key.needed and key.unless not in present}
        if group.document.role is Role.PRINCIPLE and not group.name:
            wanted |= required
        if wanted <= present:
            continue
        # A mistyped key is one fault, not two: its finding names the key it was meant to be.
        meant = {closest_match(name, group.fields) for name in present if name not in group.fields}
        for name in group.fields:
            if name in wanted - present - meant:
                what = MEANINGS[name] if (kind := group.fields[name].kind) is Kind.TEXT else kind
                if other := group.fields[name].unless:
                    fix = _("add a line “{key}: ”, with {what}, or a line “{other}: ”")
                else:
                    fix = _("add a line “{key}: ”, with {what}")
                fix = fix.format(key=name, what=_(what), other=other)
                yield violation_at(group, group.mapping, _missing(group, name), fix)


def _missing(group: KeyBlock, key: str) -> str:
    if not group.name:
        message = _("the key {key} is missing")
    elif group.item:
        message = _("the key {key} of this item of “{block}” is missing")
    else:
        message = _("the key {key} of “{block}” is missing")
    return message.format(key=quote(key), block=group.name)
