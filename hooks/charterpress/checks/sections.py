"""Rules for the sections of a principle, and for the headings of any text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from charterpress.checks.queries import (
    all_blocks,
    closest_match,
    documents_of,
    front_value,
    match_names,
    quote,
    quote_list,
    quote_whole,
    reader_violations,
    violation_at,
    violation_at_end,
)
from charterpress.model import Block, Document, Edition, Part, Role, Scalar, SectionShape, Violation
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


def _shaped(edition: Edition) -> Iterator[tuple[Document, dict[str, SectionShape]]]:
    """Every principle whose body could be read, with the sections it should have by their headings."""
    shapes = {shape.heading: shape for shape in edition.charter.sections} if edition.charter else {}
    for document in documents_of(edition, Role.PRINCIPLE) if shapes else ():
        if document.body_known:
            yield document, shapes


def _known_sections(
    document: Document, shapes: dict[str, SectionShape]
) -> Iterator[tuple[Part, Block, SectionShape]]:
    """The sections of a principle that it should have, with their headings and what they should be."""
    for part in document.parts:
        if part.heading and part.name in shapes:
            yield part, part.heading, shapes[part.name]


def _match_sections(
    document: Document, shapes: dict[str, SectionShape]
) -> tuple[list[tuple[Part, str]], list[str]]:
    """Return the unknown sections, each with the missing one it most likely means ('' for none), and those
    that are missing altogether."""
    names = {part.name for part in document.parts}
    missing = [heading for heading in shapes if heading not in names]
    unknown = [part for part in document.parts if part.heading and part.name not in shapes]
    matches = match_names([part.name for part in unknown], missing)
    matched = {*matches}
    return list(zip(unknown, matches, strict=True)), [each for each in missing if each not in matched]


def section_missing(edition: Edition) -> Iterator[Violation]:
    """Every principle has every section that charter.yml declares.

    Readers compare principles and the exports rely on it. Write the heading with two number signs, “## We
    will”, and the text under it."""
    for document, shapes in _shaped(edition):
        _ignored, lost = _match_sections(document, shapes)
        if len(lost) == len(shapes) > 1:
            message = _("none of the sections {sections} is here").format(sections=quote_list(shapes))
            yield violation_at_end(
                document, message, _("begin each with its heading: ## {lost}").format(lost=lost[0])
            )
            continue
        order = {heading: place for place, heading in enumerate(shapes)}
        parts = [(part.name, heading.line) for part, heading, _ in _known_sections(document, shapes)]
        before = {after: name for name, after in pairwise(shapes)}
        headless = {
            part.name: _after_list(part) for part, _, shape in _known_sections(document, shapes) if shape.list
        }
        for name in lost:
            if text := headless.get(before.get(name, "")):
                message, fix = (
                    _("the section {name} has no heading").format(name=quote(name)),
                    _("write “## {name}” before this line").format(name=name),
                )
                yield violation_at(document, text, message, fix)
                continue
            after = next((line for other, line in parts if order[other] > order[name]), None)
            if after:
                fix = _("write “## {name}” before this line, and its text under it").format(name=name)
            else:
                fix = _("write “## {name}” after this line, and its text under it").format(name=name)
            missing = violation_at_end(
                document, _("the section {name} is missing").format(name=quote(name)), fix
            )
            yield replace(missing, line=after or missing.line)


def section_unknown(edition: Edition) -> Iterator[Violation]:
    """A principle has no other sections than those that charter.yml declares.

    Their headings are written letter for letter, so that a page, a redline and an export can tell which is
    which."""
    for document, shapes in _shaped(edition):
        unknown, _ignored = _match_sections(document, shapes)
        for part, meant in unknown:
            near = closest_match(part.name, shapes)
            if meant and near == meant:
                fix = _("write “## {meant}”").format(meant=meant)
            elif meant:
                fix = _(
                    "the section {meant} is missing: write “## {meant_2}” if this is it, or add it"
                ).format(meant=quote(meant), meant_2=meant)
            else:
                fix = _("the sections are {sections}; for a heading within one write ### before it").format(
                    sections=quote_list(shapes)
                )
            if part.heading:
                message = _("{name} is not a section of this charter").format(name=quote(part.name))
                yield violation_at(document, part.heading, message, fix)


def section_twice(edition: Edition) -> Iterator[Violation]:
    """A section stands once in a principle. Put the two texts under one heading."""
    for document, shapes in _shaped(edition):
        first: dict[str, int] = {}
        for part, heading, _ignored in _known_sections(document, shapes):
            line = first.setdefault(part.name, heading.line)
            if line != heading.line:
                message = _("the section {name} appears twice; the first is on line {line}").format(
                    name=quote(part.name), line=line
                )
                yield violation_at(document, heading, message, _("put both texts under one heading"))


def section_order(edition: Edition) -> Iterator[Violation]:
    """The sections of a principle stand in the order of charter.yml.

    Readers find their way by it. Move the section, heading and text together."""
    for document, shapes in _shaped(edition):
        order = {heading: index for index, heading in enumerate(shapes)}
        first = {part.name: heading for part, heading, _ in reversed([*_known_sections(document, shapes)])}
        in_file = sorted(first.items(), key=lambda item: item[1].line)
        for (before, _ignored), (name, heading) in pairwise(in_file):
            if order[name] < order[before]:
                message = _("the section {name} stands after {before}").format(
                    name=quote(name), before=quote(before)
                )
                fix = _("move it up; the order is {sections}").format(sections=quote_list(shapes))
                yield violation_at(document, heading, message, fix)
                break


def section_empty(edition: Edition) -> Iterator[Violation]:
    """A section has text under its heading."""
    for document, shapes in _shaped(edition):
        for part, heading, _ignored in _known_sections(document, shapes):
            if not part.blocks:
                message = _("there is nothing under {name}").format(name=quote(part.name))
                yield violation_at(document, heading, message, _("write the text of this section"))


def text_before_section(edition: Edition) -> Iterator[Violation]:
    """The text of a principle begins with the heading of its first section.

    What stands before it belongs to no section and would not be published. Move it under a heading."""
    for document, shapes in _shaped(edition):
        if not any(part.name in shapes for part in document.parts):
            continue
        before = document.parts[0].blocks if document.parts[0].heading is None else ()
        stray = (block for block in before if not _is_title(block) and block.kind not in _REFUSED_ANYWHERE)
        if block := next(stray, None):
            fix = _("move it under “## {heading}” or another section").format(heading=next(iter(shapes)))
            yield violation_at(document, block, _("this text comes before the first section"), fix)


def _is_title(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1


def _headings(edition: Edition, *roles: Role) -> Iterator[tuple[Document, Block]]:
    """Every heading in the documents that have one of `roles`."""
    for document in documents_of(edition, *roles):
        yield from ((document, block) for block in all_blocks(document) if block.kind == "heading")


_REFUSED_ANYWHERE = ("html", "table")
_BESIDE_LIST = {
    "paragraph": N_("a paragraph stands in {name}, which is one list and nothing else"),
    "ordered_list": N_("a numbered list stands in {name}, which is one list and nothing else"),
    "bullet_list": N_("a second list stands in {name}, which is one list and nothing else"),
    "quote": N_("a quotation stands in {name}, which is one list and nothing else"),
    "code": N_(
        "a block of code, which is text set in by four spaces or more, stands in {name}, which is one list "
        "and nothing else"
    ),
    "rule": N_("a line across the page stands in {name}, which is one list and nothing else"),
    "heading": N_("a heading stands in {name}, which is one list and nothing else"),
}


def list_section(edition: Edition) -> Iterator[Violation]:
    """A section that charter.yml declares as a list is one list and nothing else.

    Each item is one paragraph, written after “- ”; the build gives it its letter, so that people can point at
    it. Put anything more under another section."""
    for document, shapes in _shaped(edition):
        _ignored, lost = _match_sections(document, shapes)
        followed_by = dict(pairwise(shapes))
        for part, _heading, shape in _known_sections(document, shapes):
            if shape.list:
                headless = _after_list(part) if followed_by.get(part.name) in lost else None
                yield from (
                    each
                    for each in _list_faults(document, part)
                    if not headless or each.line != headless.line
                )


def _after_list(part: Part) -> Block | None:
    """The paragraph after a list. Where the next section has lost its heading, this is likely that section's
    text, which must not become items that bind: section-missing tells of it."""
    blocks = part.blocks[1:] if part.blocks and part.blocks[0].kind == "bullet_list" else ()
    return blocks[0] if blocks and blocks[0].kind == "paragraph" else None


def _list_faults(document: Document, part: Part) -> Iterator[Violation]:
    name = quote(part.name)
    lists = [block for block in part.blocks if block.kind == "bullet_list"]
    for before, block in zip((None, *part.blocks), part.blocks, strict=False):
        reported = block.kind in _REFUSED_ANYWHERE or (block.kind == "heading" and block.level != 3)
        # What another rule refuses, such as a comment, may have cut the one list in two.
        cut = block.kind == "bullet_list" and before and before.kind in _REFUSED_ANYWHERE
        if not (reported or cut or (lists and block is lists[0])):
            fix = _("write each item on a line of its own, with “- ” before it")
            if block.kind == "bullet_list":
                fix = _("write “- ” before every item, and nothing between them")
            message = _(_BESIDE_LIST[block.kind]).format(name=name)
            yield violation_at(document, block, message, fix)
            break
    for item in (item for block in lists for item in block.children):
        inside = [block for block in item.children if block.kind not in _REFUSED_ANYWHERE]
        if len(inside) > 1 or (inside and inside[0].kind != "paragraph"):
            more = inside[1] if len(inside) > 1 else inside[0]
            message = _("an item of {name} holds more than one paragraph").format(name=name)
            yield violation_at(document, more, message, _("make it one paragraph, or several items"))


def heading_top(edition: Edition) -> Iterator[Violation]:
    """No heading in the text is written with a single number sign.

    The title of the page is its only heading at that level. Sections are written with two: “## We will”."""
    headings = {shape.heading for shape in edition.charter.sections} if edition.charter else set()
    for document, block in _headings(edition, Role.PRINCIPLE, Role.CHANGE):
        if block.level == 1:
            words = block.text.split("\n")[0].strip()
            message = _("{words} is a top-level heading, and only the page's title may be one").format(
                words=quote(words)
            )
            titles = front_value(document, "title")
            fix = _("write {words}").format(words=quote_whole(f"## {words}"))
            if isinstance(titles, Scalar) and titles.value.strip() == words:
                fix = _("delete the line")  # the title of the page comes from the front matter
            elif document.role is Role.PRINCIPLE and words not in headings:
                fix = _("write {words}").format(words=quote_whole(f"### {words}"))
            if block.end > block.line:
                fix = _("{fix}, without the signs below it").format(fix=fix)
            yield violation_at(document, block, message, fix)


def heading_level(edition: Edition) -> Iterator[Violation]:
    """A section's heading has two number signs, and no heading is more than one level below the one before
    it.

    People who listen to a page find their way by its levels."""
    for document, shapes in _shaped(edition):
        sections = {heading for _, heading, _ in _known_sections(document, shapes)}
        before = 1
        for block in all_blocks(document):
            if block.kind != "heading" or block.level == 1:
                continue
            words, level, message = block.text.split("\n")[0].strip(), block.level, ""
            if block in sections and level != 2:
                message = _("the section {words} has {level} number signs; it has two").format(
                    words=quote(words), level=level
                )
                level = 2
            elif level > before + 1:
                message = _("{words} skips a level: {level} number signs after {before}").format(
                    words=quote(words), level=level, before=before
                )
                level = before + 1
            if message:
                yield violation_at(
                    document,
                    block,
                    message,
                    _("write “{level} {words}”").format(level="#" * level, words=words),
                )
            before = level


def heading_space(edition: Edition) -> Iterator[Violation]:
    """A space follows the number signs of a heading: “## Why it matters”, not “##Why it matters”.

    Without it Markdown reads a paragraph, and the text below belongs to the section before."""
    return reader_violations(edition, "heading-space")


def heading_mark(edition: Edition) -> Iterator[Violation]:
    """The heading of a section has number signs before it: “## Why it matters”, not “**Why it matters**”.

    A line in bold is a paragraph, and the text below it belongs to the section before."""
    return reader_violations(edition, "heading-mark")


def intro_heading(edition: Edition) -> Iterator[Violation]:
    """The preamble and the introduction of a theme have no headings.

    They stand under a heading of their own on every page that shows them. Write paragraphs."""
    for document, block in _headings(edition, Role.PREAMBLE, Role.THEME):
        words = block.text.split("\n")[-1].strip()
        message = _("{words} is a heading, which this text may not have").format(words=quote(words))
        yield violation_at(document, block, message, _("write it as a paragraph, or delete it"))


def intro_empty(edition: Edition) -> Iterator[Violation]:
    """The preamble has text, and so has every theme below its front matter."""
    messages = {Role.PREAMBLE: _("the preamble has no text"), Role.THEME: _("this theme has no introduction")}
    for document in documents_of(edition, *messages):
        if document.body_known and not document.body.strip():
            yield violation_at_end(document, messages[document.role], _("write a paragraph or two"))
