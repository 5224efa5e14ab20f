"""One text file's bytes → a Document: its front matter, its body, and what could not be taken."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from charterpress.model import Block, Document, Fault, Mapping, Part, Role, Scalar
from charterpress.read.decoding import decode_text
from charterpress.read.string_yaml import read_yaml
from charterpress.text import markdown

FENCE = "---"
_ALL_BODY = (Role.PREAMBLE, Role.ERRATUM)
_LINES_ONLY = (Role.SUMS, Role.OTHER)
_ALL_FRONT = (Role.CHARTER, Role.SIGNATORY, Role.SYNONYMS)


def read_document(data: bytes, *, path: str, inside: str, role: Role, headings: frozenset[str]) -> Document:
    """The document at `path` (`inside` under the charter's folder). `headings` are those of the charter's
    sections, which divide a principle at whatever level they are written."""
    theme, named = names(inside, role)
    text = decode_text(data)
    front: Mapping | None = None
    body, body_line, known, faults = "", 1, False, text.faults
    if text.readable and role not in _LINES_ONLY:
        lines = text.clean()
        if role in _ALL_FRONT:
            front, more = _front(lines, 1, "file")
        elif role in _ALL_BODY:
            known, more = True, ()
        else:
            front, body_line, known, more = _split(lines)
        faults = (*faults, *more)
        if role not in _ALL_FRONT and known:
            body = "\n".join(lines[body_line - 1 :])
    blocks = markdown.parse_blocks(body, body_line) if body else ()
    return Document(
        path=path,
        role=role,
        theme=theme,
        id=named,
        lines=text.lines,
        front=front,
        body=body,
        body_line=body_line,
        body_known=known,
        blocks=blocks,
        parts=_parts(blocks, headings) if role is Role.PRINCIPLE else (),
        faults=faults,
    )


def names(inside: str, role: Role) -> tuple[str, str]:
    """The id of the theme that a file lies in ('' for none), and the id that its own name gives it."""
    parts = inside.split("/")
    theme = parts[1] if role in (Role.THEME, Role.PRINCIPLE) else ""
    return theme, theme if role is Role.THEME else parts[-1].rpartition(".")[0]


def _split(lines: list[str]) -> tuple[Mapping | None, int, bool, tuple[Fault, ...]]:
    """The front matter, the line the body begins at, whether that is known, and the faults."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].strip() != FENCE:
        message = "this file is empty" if first is None else "this file does not begin with front matter"
        return None, 1, first is not None, (_fault("missing", (first or 0) + 1, message, _WRITE_FRONT),)
    faults = []
    if lines[first].rstrip() != FENCE or first > 0:
        message = "the front matter does not begin at the very start of the file"
        fix = "delete the blank lines and spaces before the first ---"
        faults.append(_fault("start", first + 1, message, fix))
    rest = enumerate(lines[first + 1 :], first + 1)
    last = next((at for at, line in rest if line.rstrip() == FENCE or line.startswith("## ")), None)
    if last is None or lines[last].startswith("## "):  # a section's heading comes first
        message = "the front matter that starts here is not closed"
        faults.append(_fault("unclosed", first + 1, message, "write a line --- after its last line"))
        return None, 1, False, tuple(faults)
    front, more = _front(lines[first + 1 : last], first + 2, "front matter")
    return front, last + 2, True, (*faults, *more)


_WRITE_FRONT = (
    "begin it with a line ---, then “key: value” lines such as title and summary, then another line ---"
)


def _fault(what: str, line: int, message: str, fix: str, column: int = 1) -> Fault:
    return Fault(rule=f"front-matter-{what}", line=line, column=column, message=message, fix=fix)


def _front(lines: list[str], first_line: int, what: str) -> tuple[Mapping | None, tuple[Fault, ...]]:
    node, faults = read_yaml(lines, first_line)
    if isinstance(node, Mapping):
        return node, faults
    if any(fault.rule == "front-matter-unreadable" for fault in faults):
        return None, faults
    is_empty = node is None or (isinstance(node, Scalar) and not node.value)
    line, column = (1, 1) if node is None or is_empty else (node.line, node.column)
    message = f"this {what} is empty" if is_empty else f"this {what} is not made of “key: value” lines"
    fix = "write “key: value” lines, such as title: and summary:"
    return None, (*faults, _fault("form", line, message, fix, column))


def _parts(blocks: Sequence[Block], headings: frozenset[str]) -> tuple[Part, ...]:
    """The body divided at its level-2 headings, and at any other that has the words of a section's
    heading."""
    parts: list[Part] = []
    for block in blocks:
        words = heading_words(block.text) if block.kind == "heading" else ""
        if block.kind == "heading" and (block.level == 2 or words in headings):
            parts.append(Part(name=words, heading=block))
        elif parts:
            parts[-1] = replace(parts[-1], blocks=(*parts[-1].blocks, block))
        else:
            parts.append(Part(name="", blocks=(block,)))
    return tuple(parts)


def heading_words(text: str) -> str:
    """A heading's words alone, in NFC, without the invisible characters that a rule of their own reports."""
    words = unicodedata.normalize("NFC", markdown.plain_text(f"# {text}"))
    seen = (c for c in words if c != "\ufffd" and (c.isascii() or unicodedata.category(c) != "Cf"))
    return " ".join("".join(seen).split())
