"""One text file's bytes → a Document: its front matter, its body, and what could not be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from charterpress.model import MAX_FILE_BYTES, Block, Document, Fault, Mapping, Part, Role, Scalar
from charterpress.read.decoding import decode_text
from charterpress.read.string_yaml import read_yaml
from charterpress.read.yaml_errors import explain_key
from charterpress.text import markdown
from charterpress.text.interface import N_, language
from charterpress.text.interface import gettext as _

FENCE = "---"
_ALL_BODY = (Role.PREAMBLE, Role.ERRATUM)
_LINES_ONLY = (Role.SUMS, Role.LINKS, Role.TRANSLATION, Role.OTHER)
_ALL_FRONT = (Role.CHARTER, Role.SIGNATORY, Role.SYNONYMS)
_JOINED = re.compile(r" {0,3}(#{1,6})(?![#\s])(.+?)\s*$")
_BOLD = re.compile(r" {0,3}(\*\*|__)(.+?):?\1:?\s*")
_FENCE_LIKE = re.compile(r"\s*(?:\.{3}|…|[-‐‑‒–—―−_*=~]{2,}|[–—―]|[-_*](?: [-_*]){2,})\s*")
"""What is written where three hyphens belong, or what a word processor makes of them."""
_KEY_LINE = re.compile(r"[a-z_]+:(?:\s|$)")
_CODE_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*[\w.-]*\s*")
_MARKDOWN_FENCE = re.compile(r"(`{3,}|~{3,})\s*(?:markdown|md)\s*")


def read_document(data: bytes, *, path: str, inside: str, role: Role, headings: frozenset[str]) -> Document:
    """The document at `path` (`inside` under the charter's folder). `headings` are those of the charter's
    sections, which divide a principle at whatever level they are written. What was read before is kept: a
    preview reads all files again after each change, and a proposal those that it leaves alone."""
    read = _read_again if len(data) <= MAX_FILE_BYTES else _read
    return read(data, path, inside, role, headings, language())


def _read(
    data: bytes,
    path: str,
    inside: str,
    role: Role,
    headings: frozenset[str],
    _language: str,  # faults are in it
) -> Document:
    theme, named = names(inside, role)
    text = decode_text(data)
    front: Mapping | None = None
    body, body_line, known, faults = "", 1, False, text.faults
    if text.readable and role not in _LINES_ONLY:
        lines = text.clean()
        if role in _ALL_FRONT:
            front, more = _front(lines, 1, _OF_FILE)
        elif role in _ALL_BODY:
            more = tuple(_code_fence(lines, 1, _MARKDOWN_FENCE)) if role is Role.PREAMBLE else ()
            known = not more
        else:
            front, body_line, known, more = _split(lines)
        faults = (*faults, *more)
        if role not in _ALL_FRONT and known:
            body = "\n".join(lines[body_line - 1 :])
    blocks = markdown.parse_blocks(body, body_line) if body else ()
    likely = headings if role is Role.PRINCIPLE else frozenset()
    written = body.split("\n")
    joined = _joined_headings(blocks, written, body_line, headings) if "#" in body else []
    if joined := [*joined, *_markless_headings(blocks, written, body_line, likely)]:
        # Read as they were meant, or sections would seem to be missing, and their text to stand elsewhere.
        lines = body.split("\n")
        for number, signs, words, meant in joined:
            if not signs:
                faults = (*faults, _markless(number, words, meant))
            elif role not in (Role.PREAMBLE, Role.THEME):  # where no heading may stand
                faults = (*faults, _joined(number, signs, words, meant, inside=role is Role.PRINCIPLE))
            if meant or role is not Role.PRINCIPLE:
                lines[number - body_line] = f"## {meant}" if meant else f"{signs} {words}"
        blocks = markdown.parse_blocks("\n".join(lines), body_line)
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


_read_again = lru_cache(maxsize=256)(_read)


def _joined_headings(
    blocks: Sequence[Block], lines: list[str], body_line: int, headings: frozenset[str]
) -> list[tuple[int, str, str, str]]:
    """The lines of paragraphs that begin with number signs and no space after them: headings to whoever wrote
    them, and not to Markdown. Each with its signs, its words, and the section's heading that it means."""
    known = {heading.casefold(): heading for heading in headings}
    joined = []
    for block in blocks:
        joined += _joined_headings(block.children, lines, body_line, headings)
        for number in range(block.line, block.end + 1) if block.kind == "paragraph" else ():
            if match := _JOINED.match(lines[number - body_line]):
                meant = known.get(heading_words(match[2]).casefold(), "")
                if meant or len(match[1]) > 1:
                    joined.append((number, match[1], match[2], meant))
    return joined


def _markless_headings(
    blocks: Sequence[Block], lines: list[str], body_line: int, headings: frozenset[str]
) -> Iterator[tuple[int, str, str, str]]:
    """The lines that are nothing but the heading of a section that has none: in bold, or as a paragraph
    begins. Each with no signs, what is written, and the heading."""
    there = {heading_words(block.text) for block in blocks if block.kind == "heading"}
    known = {heading.casefold(): heading for heading in headings - there}
    for number, line in enumerate(lines if known else (), body_line):
        bold = _BOLD.fullmatch(line)
        words = bold[2] if bold else line
        meant = known.get(words.strip().rstrip(":").casefold(), "")
        if meant and (bold or _begins_paragraph(blocks, number)):
            yield number, "", line.strip(), meant


def _begins_paragraph(blocks: Sequence[Block], number: int) -> bool:
    return any(block.kind == "paragraph" and block.line == number for block in blocks)


def _markless(number: int, source: str, meant: str) -> Fault:
    message = _("“{source}” is not a heading: there are no number signs before it").format(source=source[:60])
    return Fault(
        rule="heading-mark",
        line=number,
        column=1,
        message=message,
        fix=_("write “## {meant}”").format(meant=meant),
    )


def _joined(number: int, signs: str, words: str, meant: str, *, inside: bool) -> Fault:
    """The fault that such a line is; `meant` is the section's heading that it means, if it means one, and
    `inside` whether any other stands within a section."""
    message = _("“{signs}{words}” is not a heading: there is no space after the number signs").format(
        signs=signs, words=words[:60]
    )
    heading = f"## {meant}" if meant else f"{'###' if inside else signs} {words}"
    fix = _("write “{words}”").format(words=heading)
    return Fault(rule="heading-space", line=number, column=len(signs) + 1, message=message, fix=fix)


def names(inside: str, role: Role) -> tuple[str, str]:
    """The id of the theme that a file lies in ('' for none), and the id that its own name gives it."""
    parts = inside.split("/")
    theme = parts[1] if role in (Role.THEME, Role.PRINCIPLE) else ""
    return theme, theme if role is Role.THEME else parts[-1].rpartition(".")[0]


def _split(lines: list[str]) -> tuple[Mapping | None, int, bool, tuple[Fault, ...]]:
    """The front matter, the line the body begins at, whether that is known, and the faults."""
    if fenced := tuple(_code_fence(lines, 1)):
        return None, 1, False, fenced
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is not None and (meant := _meant_front(lines, first)):
        return meant
    if first is None or lines[first].strip() != FENCE:
        message = (
            _("this file is empty") if first is None else _("this file does not begin with front matter")
        )
        return None, 1, first is not None, (_fault("missing", (first or 0) + 1, message, _(_WRITE_FRONT)),)
    faults = []
    if lines[first].rstrip() != FENCE or first > 0:
        message = _("the front matter does not begin at the very start of the file")
        fix = _("delete the blank lines and spaces before the first ---")
        faults.append(_fault("start", first + 1, message, fix))
    rest = enumerate(lines[first + 1 :], first + 1)
    last = next((at for at, line in rest if line.rstrip() == FENCE or line.startswith("## ")), None)
    if last is None or lines[last].startswith("## "):  # a section's heading comes first
        message = _("the front matter that starts here is not closed")
        faults.append(_fault("unclosed", first + 1, message, _("write a line --- after its last line")))
        return None, 1, False, tuple(faults)
    front, more = _front(lines[first + 1 : last], first + 2)
    return front, last + 2, True, (*faults, *more)


def _meant_front(lines: list[str], first: int) -> tuple[Mapping | None, int, bool, tuple[Fault, ...]] | None:
    """The same of a file whose front matter lies between other signs than three hyphens, or has none before
    it; None for any other file."""
    is_opened, is_key = lines[first].strip() == FENCE, bool(_KEY_LINE.match(lines[first]))
    after = next((line for line in lines[first + 1 :] if line.strip()), "")
    if not (is_opened or is_key or (_FENCE_LIKE.fullmatch(lines[first]) and _KEY_LINE.match(after))):
        return None
    end = next((at for at, line in enumerate(lines) if line.startswith("## ")), len(lines))
    others = [at for at in range(first + 1, end) if _FENCE_LIKE.fullmatch(lines[at])]
    exact = [at for at in others if lines[at].rstrip() == FENCE]
    if not others or (is_opened and exact):
        return None
    last = (exact or others)[0]
    source = lines[last if is_opened else first].strip()
    if is_opened:
        message, fix = (
            _("“{source}” does not end the front matter: three hyphens do").format(source=source),
            _("write “---” in this line"),
        )
        fault = _fault("unclosed", last + 1, message, fix)
    elif is_key:
        message = _("this file does not begin with a line of three hyphens")
        fix = _("write “---” in a line before this one")
        if not exact:
            fix = _("write “---” in a line before this one, and in line {line}").format(line=last + 1)
        fault = _fault("missing", first + 1, message, fix)
    else:
        message = _("“{source}” does not begin front matter: three hyphens do").format(source=source)
        fix = _("write “---” in this line")
        if not exact:
            fix = _("write “---” in this line, and in line {line}").format(line=last + 1)
        fault = _fault("missing", first + 1, message, fix)
    start = first if is_key else first + 1
    front, more = _front(lines[start:last], start + 1)
    return front, last + 2, True, (fault, *more)


_WRITE_FRONT = N_(
    "begin it with a line ---, then “key: value” lines such as title and summary, then another line ---"
)


def _fault(what: str, line: int, message: str, fix: str, column: int = 1) -> Fault:
    return Fault(rule=f"front-matter-{what}", line=line, column=column, message=message, fix=fix)


def _code_fence(lines: list[str], first_line: int, opening: re.Pattern[str] = _CODE_FENCE) -> Iterator[Fault]:
    """The line that makes a block of code of a whole file or front matter, as programs show it to be
    copied."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines and (fence := opening.fullmatch(lines[first])):
        last = next((at for at in range(len(lines) - 1, first, -1) if lines[at].strip() == fence[1]), None)
        message = _("“{lines}” makes this a block of code").format(lines=lines[first].strip())
        fix = _("delete this line")
        if last:
            fix = _("delete this line, and line {line}, which ends it").format(line=first_line + last)
        yield Fault(rule="code-fence", line=first_line + first, column=1, message=message, fix=fix)


_OF_FILE = N_("this file is empty"), N_("this file is not made of “key: value” lines")
_OF_FRONT = N_("this front matter is empty"), N_("this front matter is not made of “key: value” lines")
"""What to say of an empty block of keys, and of one that has none."""


def _front(
    lines: list[str], first_line: int, messages: tuple[str, str] = _OF_FRONT
) -> tuple[Mapping | None, tuple[Fault, ...]]:
    if fenced := tuple(_code_fence(lines, first_line)):
        return None, fenced
    node, faults = read_yaml(lines, first_line)
    if node and not isinstance(node, Mapping) and (slip := explain_key(lines, first_line)):
        return None, (slip,)
    if isinstance(node, Mapping):
        return node, faults
    if any(fault.rule == "front-matter-unreadable" for fault in faults):
        return None, faults
    is_empty = node is None or (isinstance(node, Scalar) and not node.value)
    line, column = (1, 1) if node is None or is_empty else (node.line, node.column)
    message = _(messages[0] if is_empty else messages[1])
    fix = _("write “key: value” lines, such as title: and summary:")
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
