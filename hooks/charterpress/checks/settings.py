"""Rules for what charter.yml decides about all the other files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.queries import SLUG, listed, living, nearest, say, say_list, settings, slug_of
from charterpress.checks.schema import REQUIRABLE
from charterpress.model import Edition, Found, Mapping, Scalar, Sequence

_RANGE = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?")


def theme_range(edition: Edition) -> tuple[int, int] | None:
    """The fewest and the most principles that charter.yml allows in a theme, or None where it does not
    say."""
    document = settings(edition)
    value = document.front.get("principles_per_theme") if document and document.front else None
    match = _RANGE.fullmatch(value.value.strip()) if isinstance(value, Scalar) else None
    if match is None:
        return None
    fewest, most = int(match[1]), int(match[2] or match[1])
    return (fewest, most) if fewest <= most else None


def principles_per_theme(edition: Edition) -> Iterator[Found]:
    """`principles_per_theme` is a number, or the fewest and the most with a hyphen between them: 3 or 3-4.

    It holds each theme to that many principles.
    """
    document = settings(edition)
    value = document.front.get("principles_per_theme") if document and document.front else None
    if document and isinstance(value, Scalar) and value.value.strip() and theme_range(edition) is None:
        yield Found(
            path=document.path,
            line=value.line,
            column=value.column,
            message=f"{say(value.value)} is not a number of principles",
            fix="write a number such as 3, or the fewest and the most, such as 3-4",
        )


def required_key(edition: Edition) -> Iterator[Found]:
    """`required` names keys that a principle may have.

    Those are plain, behaviours, questions and sources; title and summary are always needed.
    """
    document = settings(edition)
    for item in listed(document, "required"):
        if document and item.value not in REQUIRABLE:
            near = nearest(item.value, REQUIRABLE)
            yield Found(
                path=document.path,
                line=item.line,
                column=item.column,
                message=f"{say(item.value)} is not a key that every principle could be asked to have",
                fix=f"write {say(near)}" if near else f"choose from {say_list(REQUIRABLE)}, or take it out",
            )


def repair_id(edition: Edition) -> Iterator[Found]:
    """`repair` names principles of this charter, each once.

    The guide for partnerships that are not working is made of them, in this order. Write their ids: the names
    of their files without “.md”.
    """
    document, known = settings(edition), living(edition)
    seen: set[str] = set()
    for item in listed(document, "repair"):
        near = nearest(item.value, known)
        if item.value not in known:
            message = f"{say(item.value)} is not a principle of this charter"
            fix = f"write {say(near)}" if near else "write the id of a principle, or take it out"
        elif item.value in seen:
            message, fix = f"{say(item.value)} stands in this list twice", "delete one of them"
        else:
            seen.add(item.value)
            continue
        if document:
            yield Found(path=document.path, line=item.line, column=item.column, message=message, fix=fix)


def section_id(edition: Edition) -> Iterator[Found]:
    """The id of a section is made of lower-case letters a to z, digits and single hyphens.

    It becomes part of an address that people link to.
    """
    for id, _ in _sections(edition, "id"):
        if not SLUG.fullmatch(id.value.strip()):
            slug = slug_of(id.value)
            yield _found(
                edition, id, f"{say(id.value)} cannot be the id of a section", f"write {say(slug or 'why')}"
            )


def section_same(edition: Edition) -> Iterator[Found]:
    """No two sections have the same id or the same heading.

    The id is what links point at, and the heading is how a section is known in the file of a principle.
    """
    for key in ("id", "heading"):
        seen: dict[str, int] = {}
        for value, _ in _sections(edition, key):
            word = " ".join(value.value.split())
            if word in seen:
                message = f"two sections have the {key} {say(word)}; the first is on line {seen[word]}"
                yield _found(edition, value, message, f"give one of them another {key}")
            seen.setdefault(word, value.line)


def _sections(edition: Edition, key: str) -> Iterator[tuple[Scalar, Mapping]]:
    document = settings(edition)
    node = document.front.get("sections") if document and document.front else None
    for item in node.items if isinstance(node, Sequence) else ():
        value = item.get(key) if isinstance(item, Mapping) else None
        if isinstance(item, Mapping) and isinstance(value, Scalar) and value.value.strip():
            yield value, item


def _found(edition: Edition, node: Scalar, message: str, fix: str) -> Found:
    document = settings(edition)
    path = document.path if document else edition.root
    return Found(path=path, line=node.line, column=node.column, message=message, fix=fix)
