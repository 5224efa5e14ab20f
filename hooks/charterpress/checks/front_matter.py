"""Rules for the “key: value” lines at the top of a file, and for charter.yml."""

from __future__ import annotations

import re
import unicodedata
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
from charterpress.checks.schema import MAP_LINES, MEANINGS, REQUIRABLE, Key, KeyBlock, Kind, key_blocks
from charterpress.model import Document, Edition, Mapping, Node, Role, Scalar, Sequence, Violation
from charterpress.read.yaml_errors import quoted_line

MAX_TITLE_LENGTH = 79
MAX_SUMMARY_LENGTH = 160
_BULLET = re.compile(r"^(?:[-–—•·‣◦▪*]|\d{1,2}[.)])\s*")
_EACH_ITEM = "write “- ” before each item, and no other mark"
_FLOW = re.compile(r"[\[{]")
HOW_TO_SPLIT = "where a principle is split, list the new ids in brackets: “old-id: [new-id, other-id]”"


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
    for group, key, node, known in _known_entries(edition):
        strict = key.value in ("title", "summary")
        values = node.items if isinstance(node, Sequence) else (node,)
        for value in values if not known.fields else ():
            found = _comment_after(group.document, value) if isinstance(value, Scalar) else None
            if found and (strict or not found.value.startswith("# ")):
                message = f"{quote(found.value, 40)} is read as a comment, and would be lost"
                fix = "put the whole value in quotes if these are words, or the comment on a line of its own"
                line = group.document.lines[found.line - 1]
                if isinstance(value, Scalar) and found.line == value.line and not _FLOW.search(line):
                    fix = f"write {quoted_line(line)}, or put the comment on a line of its own"
                yield violation_at(group, found, message, fix)


def _comment_after(document: Document, value: Scalar) -> Scalar | None:
    """What YAML takes for a comment after the last word of a value without quotes."""
    left, column = value.value.strip(), value.column
    for number in range(value.line, len(document.lines) + 1) if left else ():
        line = document.lines[number - 1]
        rest = line[column - 1 :].rstrip()
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
        yield from _duplicates(group, group.mapping, "keep one of the two lines")
    for group, _, node, known in _known_entries(edition):
        if known.kind in (Kind.MAP, Kind.REASONS) and isinstance(node, Mapping):
            fix = HOW_TO_SPLIT if known.kind is Kind.MAP else "keep one of the two lines"
            yield from _duplicates(group, node, fix)


def _known_entries(edition: Edition) -> Iterator[tuple[KeyBlock, Scalar, Node, Key]]:
    """Every key that the format knows: its block, itself, its value, and what the format says of it."""
    for group in key_blocks(edition):
        for key, node in group.mapping.entries:
            if known := group.fields.get(key.value):
                yield group, key, node, known


def _duplicates(group: KeyBlock, mapping: Mapping, fix: str) -> Iterator[Violation]:
    first: dict[str, int] = {}
    for key, _ in mapping.entries:
        if key.value in first:
            message = f"{quote(key.value)} appears twice; the first is on line {first[key.value]}"
            yield violation_at(group, key, message, fix)
        first.setdefault(key.value, key.line)


def unknown_key(edition: Edition) -> Iterator[Violation]:
    """Every key is one that the format knows.

    A mistyped key would be left out in silence. The finding names the nearest known key, or all of them."""
    for group in key_blocks(edition):
        for key, _ in group.mapping.entries:
            if key.value not in group.fields:
                fix = suggest(key.value, group.fields, f"the keys here are {quote_list(group.fields)}")
                yield violation_at(group, key, f"{quote(key.value)} is not a key of this format", fix)


def missing_key(edition: Edition) -> Iterator[Violation]:
    """Every key that has to be there is there.

    A theme needs a title, a summary and its list of principles; a principle a title and a summary, and
    whatever charter.yml asks for under `required`; a behaviour a behaviour, a measure and a support. A
    signatory needs a name, a kind, an area, a website or registration, and what it signed or is `part_of`; a
    signature a version, a date and a role."""
    required = {item.value for item in list_scalars(charter_file(edition), "required")} & {*REQUIRABLE}
    for group in key_blocks(edition):
        present = {key.value for key, _ in group.mapping.entries}
        wanted = {name for name, key in group.fields.items() if key.needed and key.unless not in present}
        if group.document.role is Role.PRINCIPLE and not group.name:
            wanted |= required
        # A mistyped key is one fault, not two: its finding names the key it was meant to be.
        meant = {closest_match(name, group.fields) for name in present if name not in group.fields}
        for name in group.fields:
            if name in wanted - present - meant:
                message = f"the key {quote(name)}{group.place} is missing"
                what = MEANINGS[name] if (kind := group.fields[name].kind) is Kind.TEXT else kind
                instead = f", or a line “{other}: ”" if (other := group.fields[name].unless) else ""
                fix = f"add a line “{name}: ”, with {what}{instead}"
                yield violation_at(group, group.mapping, message, fix)


def wrong_type(edition: Edition) -> Iterator[Violation]:
    """A key holds what the format says: a sentence, a list, a list of blocks, or true or false.

    Where a sentence in a list has a colon and a space in it, it reads like a key of its own: put it in
    quotes."""
    for group, key, node, known in _known_entries(edition):
        if not _is_empty_scalar(node):
            yield from _mistyped(group, key, node, known)


def _mistyped(group: KeyBlock, key: Scalar, node: Node, known: Key) -> Iterator[Violation]:
    message = f"{quote(key.value)} holds {_describe(node)}; it must be {known.kind}"
    match known.kind:
        case Kind.TEXT if not isinstance(node, Scalar):
            yield violation_at(group, node, message, _as_text(key.value, node))
        case Kind.FLAG if not (isinstance(node, Scalar) and node.value in ("true", "false")):
            fix = f"write “{key.value}: true” or “{key.value}: false”"
            yield violation_at(group, node, message, fix)
        case Kind.MAP | Kind.REASONS | Kind.LANGUAGES | Kind.BLOCK if not isinstance(node, Mapping):
            line = MAP_LINES.get(known.kind, "")
            inside = ", ".join(f"{field}: …" for field in known.fields) or line
            yield violation_at(group, node, message, f"write it like “{key.value}: {{{inside}}}”")
        case Kind.MAP if isinstance(node, Mapping):
            for old, new in node.entries:
                items = new.items if isinstance(new, Sequence) else (new,)
                if not items or any(not isinstance(item, Scalar) for item in items):
                    message = f"{quote(old.value)} holds {_describe(new)}; it must be {Kind.TEXT}"
                    yield violation_at(group, new, message, f"write one id, or ~ for none; {HOW_TO_SPLIT}")
        case Kind.TEXTS | Kind.BLOCKS if not isinstance(node, Sequence):
            value = node.value if isinstance(node, Scalar) else "…"
            short = known.kind is Kind.TEXTS and len(value) < 60
            if known.may_be_empty and value in ("none", "no", "false", "off"):
                value = ""
            fix = f"write “{key.value}: [{value}]”" if short else _EACH_ITEM
            if isinstance(node, Scalar) and node.line > key.line and known.kind is Kind.TEXTS:
                alone = group.document.lines[node.line - 1].strip() == value
                fix = f"write {quoted_line('- ' + _BULLET.sub('', value))}" if alone else _EACH_ITEM
            yield violation_at(group, node, message, fix)
        case Kind.TEXTS | Kind.BLOCKS if isinstance(node, Sequence):
            wanted = Scalar if known.kind is Kind.TEXTS else Mapping
            for item in node.items:
                if not isinstance(item, wanted) and not _is_empty_scalar(item):
                    yield violation_at(group, item, *_wrong_item(quote(key.value), item, known))


def _wrong_item(name: str, item: Node, known: Key) -> tuple[str, str]:
    """What is wrong with an item of a list, and what to write."""
    if known.kind is Kind.TEXTS:
        return f"an item of {name} is {_describe(item)}; it must be {Kind.TEXT}", _as_text("-", item)
    message = f"an item of {name} is {_describe(item)}; it must be a block of “key: value” lines"
    return message, f"write “- {next(iter(known.fields))}: …”, and its other keys below"


def _describe(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"the text {quote(node.value, 30)}"
    return "a list" if isinstance(node, Sequence) else "a block of “key: value” lines"


def _as_text(key: str, node: Node) -> str:
    """What to write where words were meant: most often they have a colon in them and lack quotes."""
    lead = key if key == "-" else f"{key}:"
    name, value = node.entries[0] if isinstance(node, Mapping) and len(node.entries) == 1 else (None, None)
    if name and isinstance(value, Scalar):
        words = f"{name.value}: {value.value}".strip()
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        return f'if these are words with a colon in them, put them in quotes: {lead} "{quoted}"'
    if isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
        return f"write “{lead} {node.items[0].value}”"
    return f"write the words after “{lead} ”, in quotes if they begin with a bracket or have a colon in them"


def empty_value(edition: Edition) -> Iterator[Violation]:
    """A key has a value, and a list has items.

    An empty one would be published as a gap. Write it, or, where the key may be left out, delete the line."""
    for group, key, node, known in _known_entries(edition):
        delete = "write it, or delete the line"
        if _is_empty(node) and not (known.may_be_empty and isinstance(node, Sequence)):
            fix = "write it" if known.needed else delete
            if words := _commented(group, key):
                fix = f'put it in quotes: {key.value}: "{words}"'
            yield violation_at(group, key, f"there is nothing after {quote(key.value)}", fix)
        for item in node.items if isinstance(node, Sequence) else ():
            if _is_empty(item):
                yield violation_at(group, item, f"an item of {quote(key.value)} is empty", delete)


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
    fix = "write it on one line, with single spaces between words"
    for group, key, node, known in _known_entries(edition):
        for value in node.items if isinstance(node, Sequence) else (node,):
            if not known.fields and isinstance(value, Scalar) and (what := _stray_space(value.value)):
                yield violation_at(group, value, f"{quote(key.value)} has {what}", fix)


def _stray_space(value: str) -> str:
    if value.strip() in EMPTY_VALUES:
        return ""
    line_break = "a line break in it"
    signs = {"\n": line_break, "\r": line_break, "\t": "a tab in it", "  ": "two spaces in a row"}
    if value != value.strip():
        return "a space before its first word" if value != value.lstrip() else "a space after its last word"
    return next((what for sign, what in signs.items() if sign in value), "")


def title_length(edition: Edition) -> Iterator[Violation]:
    """A title has at most 79 characters.

    It has to fit a heading, a menu, a search result and a certificate. Say one thing; the rest belongs in the
    summary."""
    return _too_long(edition, "title", MAX_TITLE_LENGTH, "say one thing; the rest belongs in the summary")


def summary_length(edition: Edition) -> Iterator[Violation]:
    """A summary has at most 160 characters.

    Search engines and cards cut what is longer. Say it in one sentence; the rest belongs in the text."""
    fix = "say it in one sentence; the rest belongs in the text"
    return _too_long(edition, "summary", MAX_SUMMARY_LENGTH, fix)


def _too_long(edition: Edition, name: str, most: int, fix: str) -> Iterator[Violation]:
    for group in key_blocks(edition):
        value = group.mapping.get(name)
        length = len(unicodedata.normalize("NFC", value.value.strip())) if isinstance(value, Scalar) else 0
        if name in group.fields and value and length > most:
            yield violation_at(group, value, f"the {name} is {length} characters; {most} is the most", fix)
