"""Rules for what may not stand in any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from charterpress.checks.queries import (
    all_blocks,
    documents_of,
    prose_documents,
    quote,
    reader_violations,
    scalars,
    value_place,
    violation_at,
)
from charterpress.model import Block, Document, Edition, Role, Scalar, Violation
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.markdown import plain_text

TEMPLATE_SENTENCES = {
    "summary": "Say in one sentence what this principle asks for.",
    "commitment": "say one thing that you will do, so that anyone could tell whether you did it.",
    "why": "Say why this matters, and to whom.",
    "practice": "Say what this looks like on an ordinary working day.",
    "behaviour": "Say what somebody does.",
    "measure": "Say how it is seen or measured.",
    "support": "Say what helps people to do it.",
    "question": "Ask a question for reflection.",
    "source": "Say where this comes from.",
    "reason": "Say why, in a sentence or two that signatories will read.",
}
"""What `charter new` writes where an editor's words belong, and the check refuses."""

MAX_NESTING = 5
"""Lists and quotations within one another. A reader of Markdown has a depth from which on it drops text."""
_NESTING = ("bullet_list", "ordered_list", "quote")

_TWO_NOTES = N_(
    "keep both notes, each in a file of its own if they name different principles; "
    "delete the lines <<<<<<<, ======= and >>>>>>>"
)
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBC|TBD|FIXME|XXX)\b|\blorem ipsum\b|"
    + "|".join(map(re.escape, TEMPLATE_SENTENCES.values())),
    re.IGNORECASE,
)
_LOUD = re.compile(r"TODO|TBC|TBD|FIXME|XXX", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}|\{[#.][A-Za-z][^{}%\n]*\}")
_TEMPLATE = re.compile(r"\{\{|\{%|\{#(?=\s)")
_NOTE_MARK = re.compile(r"<(?:/?su[bp]>|a\s+(?:name|id)=)", re.IGNORECASE)
_TAG = re.compile(r"<(?:[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|/[A-Za-z][\w-]*\s*>|!--|![A-Za-z][^<>]*>|\?)")


def html(edition: Edition) -> Iterator[Violation]:
    r"""The text has no HTML in it: no tags, comments or scripts, in the front matter neither.

    The same words go to web pages, to print and to other people's programs, and have to be safe in all of
    them. Write Markdown; to show a < sign, write \<. A value of the front matter or of charter.yml is plain
    text: delete the tags."""
    for document in prose_documents(edition):
        for block in _html_blocks(document.blocks):
            yield violation_at(document, block, *_html_fault(block.text))
    for document in _own_texts(edition):
        for value in scalars(document.front):
            if tag := _TAG.search(value.value):
                message, fix = _html_fault(tag[0], _("delete the tags: a value is shown as it is written"))
                yield violation_at(document, value_place(document, value, tag[0]), message, fix)


def _html_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The HTML in blocks; of a tag that is opened and closed in one paragraph only the opening."""
    opened: set[str] = set()
    for block in blocks:
        if block.kind == "html":
            name = re.match(r"<(/?)([A-Za-z][\w-]*)", block.text)
            if not (name and name[1] and name[2] in opened):
                yield block
            opened |= {name[2]} if name else set()
        yield from _html_blocks(block.children)


def _html_fault(source: str, fix: str = "") -> tuple[str, str]:
    """What is wrong with a piece of HTML, and what to write: Markdown, or what `fix` says."""
    first = source.strip().split("\n")[0]
    if first.startswith("<!--"):
        message = _("{first} is a comment, which would be published or lost").format(first=quote(first, 40))
        return message, _("delete it; say it in the pull request")
    message = _("{first} is HTML, which is not allowed here").format(first=quote(first, 40))
    if _NOTE_MARK.match(first):
        return message, _("delete it; what a footnote says stands in a sentence of its own, or behind a link")
    return message, fix or _("write Markdown: *emphasis*, **strong**, [words](address)")


def image(edition: Edition) -> Iterator[Violation]:
    """The text has no images.

    A release is words, which can be printed, read aloud, translated and compared."""
    for document in prose_documents(edition):
        for block in all_blocks(document):
            for link in block.links:
                if link.image:
                    message = _("{target} is an image, which this text may not have").format(
                        target=quote(link.target)
                    )
                    yield violation_at(document, link, message, _("say it in words, or link to it"))


def table(edition: Edition) -> Iterator[Violation]:
    """The text has no tables.

    They cannot be read on a phone or aloud. Write a list or sentences."""
    for document in prose_documents(edition):
        for block in all_blocks(document):
            if block.kind == "table":
                message = _("this is a table, which this text may not have")
                yield violation_at(document, block, message, _("write it as a list or in sentences"))


def empty_item(edition: Edition) -> Iterator[Violation]:
    """No item of a list is empty.

    It would be shown as a bullet with nothing beside it, and frozen as one. Write it, or delete its line."""
    for document in prose_documents(edition):
        for block in all_blocks(document):
            if block.kind == "list_item" and _is_blank(block):
                yield violation_at(
                    document, block, _("an item of a list is empty"), _("write it, or delete the line")
                )


def _is_blank(item: Block) -> bool:
    """Whether nothing in an item can be seen: spaces and characters of no width can't."""
    blocks = list(all_blocks(item))
    visible = "".join(plain_text(block.text) for block in blocks if block.kind == "paragraph")
    return {block.kind for block in blocks} <= {"paragraph", "quote", "rule"} and all(
        unicodedata.category(each)[0] in "ZC" for each in visible
    )


def nesting(edition: Edition) -> Iterator[Violation]:
    """Lists and quotations stand at most five deep within one another.

    Nobody could follow them aloud or on a phone, and what stands deeper still would not be read at all. Write
    a simple list, or sentences."""
    message = _("lists or quotations are nested more than {most} deep").format(most=MAX_NESTING)
    fix = _("write a simple list, one item to a line, or sentences")
    for document in prose_documents(edition):
        for block in _below(document.blocks, MAX_NESTING):
            yield violation_at(document, block, message, fix)


def _below(blocks: Iterable[Block], left: int) -> Iterator[Block]:
    """The lists and quotations that lie `left` deep in others of them, but none within these."""
    for block in blocks:
        nests = block.kind in _NESTING
        if nests and not left:
            yield block
        else:
            yield from _below(block.children, left - nests)


def attribute_list(edition: Edition) -> Iterator[Violation]:
    """The text has no attribute lists such as {: .note } or {#my-anchor}.

    Anchors and styles come from the build, so that they stay the same in every version."""
    for document, place in _matches(_own_texts(edition), _ATTRIBUTES.search):
        message = _("{value} is an attribute list, which is not allowed here").format(
            value=quote(place.value)
        )
        yield violation_at(document, place, message, _("delete it"))


def template_expression(edition: Edition) -> Iterator[Violation]:
    """The text has no template marks: {{ }}, {% %} or {# #}.

    What stands in a charter are its own words, never something a program fills in."""
    for document, place in _matches(_own_texts(edition), _TEMPLATE.search):
        message = _("{value} starts a template expression, which is not allowed here").format(
            value=quote(place.value)
        )
        yield violation_at(document, place, message, _("write the words themselves"))


def placeholder(edition: Edition) -> Iterator[Violation]:
    """Nothing is left to be filled in: no TODO, TBC, FIXME or lorem ipsum, and none of the template's own
    sentences. In a signatory's file such a word is only one where nothing stands beside it: it may be part of
    a name."""
    in_register = _matches(documents_of(edition, Role.SIGNATORY), _PLACEHOLDER.fullmatch)
    for document, place in (*_matches(_own_texts(edition), _PLACEHOLDER.search), *in_register):
        if not _LOUD.fullmatch(place.value) or place.value.isupper():
            message = _("{value} is a placeholder").format(value=quote(place.value))
            yield violation_at(document, place, message, _("write the text that belongs here"))


def merge_conflict(edition: Edition) -> Iterator[Violation]:
    """No merge conflict is left in a file.

    Two people changed the same lines, and git asks which is right. Keep the right wording and delete the
    marks. Of two notes, or of two items of a list, both may be right."""
    for found in reader_violations(edition, "merge-conflict"):
        document = edition.document(found.path)
        is_note = document and document.role is Role.CHANGE
        yield replace(found, fix=_(_TWO_NOTES)) if is_note else found


def _own_texts(edition: Edition) -> list[Document]:
    """The files of the charter's own words. What an organisation calls itself is shown as it is written,
    whatever it would mean in a page."""
    return [document for document in edition.documents if document.role is not Role.SIGNATORY]


def _matches(
    documents: Iterable[Document], find: Callable[[str], re.Match[str] | None]
) -> Iterator[tuple[Document, Scalar]]:
    """What `find` finds in each line of text and each value of front matter, with its place."""
    for document in documents:
        for value in scalars(document.front):
            if match := find(value.value):
                yield document, value_place(document, value, match[0])
        for number, line in enumerate(document.body.split("\n"), document.body_line):
            if match := find(line):
                yield document, Scalar(value=match[0], line=number, column=match.start() + 1)
