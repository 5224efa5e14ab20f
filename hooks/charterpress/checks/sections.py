"""Rules for the sections of a principle, and for the headings of any text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from charterpress.checks.queries import (
    all_blocks,
    closest_match,
    match_names,
    prose_documents,
    quote,
    quote_list,
    violation_at,
)
from charterpress.model import Document, Edition, Part, Role, SectionShape, Violation


def _shaped(edition: Edition) -> Iterator[tuple[Document, dict[str, SectionShape]]]:
    """Every principle whose body could be read, with the sections it should have by their headings."""
    shapes = {shape.heading: shape for shape in edition.charter.sections} if edition.charter else {}
    for document in edition.documents:
        if document.role is Role.PRINCIPLE and document.body_known and shapes:
            yield document, shapes


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
    will”, and the text under it.
    """
    for document, shapes in _shaped(edition):
        _, lost = _match_sections(document, shapes)
        last = max(len(document.lines), 1)
        if len(lost) == len(shapes) > 1:
            message = f"none of the sections {quote_list(shapes)} is here"
            yield Violation(
                path=document.path,
                line=last,
                message=message,
                fix=f"begin each with its heading: ## {lost[0]}",
            )
            continue
        order = {heading: place for place, heading in enumerate(shapes)}
        parts = [(part.name, part.heading) for part in document.parts if part.heading]
        parts = [(name, heading) for name, heading in parts if name in order]
        for heading in lost:
            after = (later for name, later in parts if order[name] > order[heading])
            stands = next(after, None)
            where = "before" if stands else "after"
            yield Violation(
                path=document.path,
                line=stands.line if stands else last,
                message=f"the section {quote(heading)} is missing",
                fix=f"write “## {heading}” {where} this line, and its text under it",
            )


def section_unknown(edition: Edition) -> Iterator[Violation]:
    """A principle has no other sections than those that charter.yml declares.

    Their headings are written letter for letter, so that a page, a redline and an export can tell which is
    which.
    """
    for document, shapes in _shaped(edition):
        unknown, _ = _match_sections(document, shapes)
        for part, meant in unknown:
            near = closest_match(part.name, shapes)
            if meant and near == meant:
                fix = f"write “## {meant}”"
            elif meant:
                fix = f"the section {quote(meant)} is missing: write “## {meant}” if this is it, or add it"
            else:
                fix = f"the sections are {quote_list(shapes)}; for a heading within one write ### before it"
            if part.heading:
                yield violation_at(
                    document, part.heading, f"{quote(part.name)} is not a section of this charter", fix
                )


def section_twice(edition: Edition) -> Iterator[Violation]:
    """A section stands once in a principle. Put the two texts under one heading."""
    for document, shapes in _shaped(edition):
        seen: dict[str, int] = {}
        for part in document.parts:
            if part.heading and part.name in shapes:
                if part.name in seen:
                    first = seen[part.name]
                    message = f"the section {quote(part.name)} appears twice; the first is on line {first}"
                    yield violation_at(document, part.heading, message, "put both texts under one heading")
                seen.setdefault(part.name, part.heading.line)


def section_order(edition: Edition) -> Iterator[Violation]:
    """The sections of a principle stand in the order of charter.yml.

    Readers find their way by it. Move the section, heading and text together.
    """
    for document, shapes in _shaped(edition):
        order = {heading: index for index, heading in enumerate(shapes)}
        known = {
            part.name: part.heading
            for part in reversed(document.parts)
            if part.heading and part.name in order
        }
        standing = sorted(
            ((heading.line, name, heading) for name, heading in known.items()), key=lambda item: item[0]
        )
        for (_, before, _), (_, name, heading) in pairwise(standing):
            if order[name] < order[before]:
                message = f"the section {quote(name)} stands after {quote(before)}"
                yield violation_at(
                    document, heading, message, f"move it up; the order is {quote_list(shapes)}"
                )
                break


def section_empty(edition: Edition) -> Iterator[Violation]:
    """A section has text under its heading."""
    for document, shapes in _shaped(edition):
        for part in document.parts:
            if part.heading and part.name in shapes and not part.blocks:
                yield violation_at(
                    document,
                    part.heading,
                    f"there is nothing under {quote(part.name)}",
                    "write the text of this section",
                )


def text_before_section(edition: Edition) -> Iterator[Violation]:
    """The text of a principle begins with the heading of its first section.

    What stands before it belongs to no section and would not be published. Move it under a heading.
    """
    for document, shapes in _shaped(edition):
        if not any(part.name in shapes for part in document.parts):
            continue
        for block in document.parts[0].blocks if document.parts[0].heading is None else ():
            if not (block.kind == "heading" and block.level == 1) and block.kind not in _REFUSED_ANYWHERE:
                yield violation_at(
                    document,
                    block,
                    "this text comes before the first section",
                    f"move it under “## {next(iter(shapes))}” or another section",
                )
                break


_REFUSED_ANYWHERE = ("html", "table")
_BLOCK_NAMES = {
    "paragraph": "a paragraph",
    "ordered_list": "a numbered list",
    "bullet_list": "a second list",
    "quote": "a quotation",
    "code": "a block of code, which is text set in by four spaces or more,",
    "rule": "a line across the page",
    "heading": "a heading",
}


def list_section(edition: Edition) -> Iterator[Violation]:
    """A section that charter.yml declares as a list is one list and nothing else.

    Each item is one paragraph, written after “- ”; the build gives it its letter, so that people can point at
    it. Put anything more under another section.
    """
    for document, shapes in _shaped(edition):
        for part in document.parts:
            if part.heading and part.name in shapes and shapes[part.name].list:
                yield from _list_faults(document, part)


def _list_faults(document: Document, part: Part) -> Iterator[Violation]:
    name = quote(part.name)
    lists = [block for block in part.blocks if block.kind == "bullet_list"]
    for before, block in zip((None, *part.blocks), part.blocks, strict=False):
        reported = block.kind in _REFUSED_ANYWHERE or (block.kind == "heading" and block.level != 3)
        # What another rule refuses, such as a comment, may have cut the one list in two.
        cut = block.kind == "bullet_list" and before is not None and before.kind in _REFUSED_ANYWHERE
        if not (reported or cut or (lists and block is lists[0])):
            fix = "write each item on a line of its own, with “- ” before it"
            if block.kind == "bullet_list":
                fix = "write “- ” before every item, and nothing between them"
            message = f"{_BLOCK_NAMES[block.kind]} stands in {name}, which is one list and nothing else"
            yield violation_at(document, block, message, fix)
            break
    for item in (item for found in lists for item in found.children):
        inside = [block for block in item.children if block.kind not in _REFUSED_ANYWHERE]
        if not item.children:
            yield violation_at(document, item, f"an item of {name} is empty", "write it, or delete the line")
        elif len(inside) > 1 or (inside and inside[0].kind != "paragraph"):
            more = inside[1] if len(inside) > 1 else inside[0]
            message = f"an item of {name} holds more than one paragraph"
            yield violation_at(document, more, message, "make it one paragraph, or several items")


def heading_top(edition: Edition) -> Iterator[Violation]:
    """No heading in the text is written with a single number sign.

    The title of the page is its only heading at that level. Sections are written with two: “## We will”.
    """
    for document in prose_documents(edition):
        if document.role in (Role.PRINCIPLE, Role.CHANGE):
            for block in all_blocks(document):
                if block.kind == "heading" and block.level == 1:
                    words = block.text.split("\n")[0].strip()
                    fix = (
                        f"write “## {words}” if it is a section; the page's title comes from the front matter"
                    )
                    yield violation_at(
                        document,
                        block,
                        f"{quote(words)} is a top-level heading, and only the page's title may be one",
                        fix,
                    )


def heading_level(edition: Edition) -> Iterator[Violation]:
    """A section's heading has two number signs, and no heading is more than one level below the one before
    it.

    People who listen to a page find their way by its levels.
    """
    for document, shapes in _shaped(edition):
        names = {part.heading: part.name for part in document.parts if part.heading and part.name in shapes}
        before = 1
        for block in all_blocks(document):
            if block.kind != "heading" or block.level == 1:
                continue
            words = block.text.split("\n")[0].strip()
            if block in names and block.level != 2:
                yield violation_at(
                    document,
                    block,
                    f"the section {quote(words)} has {block.level} number signs; it has two",
                    f"write “## {words}”",
                )
                before = 2
                continue
            if block.level > before + 1:
                level = before + 1
                yield violation_at(
                    document,
                    block,
                    f"{quote(words)} skips a level: {block.level} number signs after {before}",
                    f"write “{'#' * level} {words}”",
                )
                before = level
                continue
            before = block.level


def intro_heading(edition: Edition) -> Iterator[Violation]:
    """The preamble and the introduction of a theme have no headings.

    They stand under a heading of their own on every page that shows them. Write paragraphs.
    """
    for document in prose_documents(edition):
        if document.role in (Role.PREAMBLE, Role.THEME):
            for block in all_blocks(document):
                if block.kind == "heading":
                    words = block.text.split("\n")[-1].strip()
                    yield violation_at(
                        document,
                        block,
                        f"{quote(words)} is a heading, which this text may not have",
                        "write it as a paragraph, or delete it",
                    )


def intro_empty(edition: Edition) -> Iterator[Violation]:
    """The preamble has text, and so has every theme below its front matter."""
    for document in prose_documents(edition):
        if document.role in (Role.PREAMBLE, Role.THEME) and document.body_known and not document.body.strip():
            what = (
                "the preamble has no text"
                if document.role is Role.PREAMBLE
                else "this theme has no introduction"
            )
            yield Violation(
                path=document.path,
                line=max(len(document.lines), 1),
                message=what,
                fix="write a paragraph or two",
            )
