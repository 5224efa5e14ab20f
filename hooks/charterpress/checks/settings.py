"""Rules for what charter.yml decides about all the other files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.queries import (
    SLUG,
    charter_file,
    closest_match,
    closest_matcher,
    list_scalars,
    principles_by_id,
    quote,
    quote_list,
    violation_at,
)
from charterpress.checks.schema import REQUIRABLE
from charterpress.model import Document, Edition, Mapping, Scalar, Sequence, Violation
from charterpress.text.slugs import slugify

_RANGE = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?")


def theme_range(edition: Edition) -> tuple[int, int] | None:
    """The fewest and the most principles that charter.yml allows in a theme, or None where it does not
    say."""
    document = charter_file(edition)
    value = document.front.get("principles_per_theme") if document and document.front else None
    match = _RANGE.fullmatch(value.value.strip()) if isinstance(value, Scalar) else None
    if match is None:
        return None
    fewest, most = int(match[1]), int(match[2] or match[1])
    return (fewest, most) if fewest <= most else None


def principles_per_theme(edition: Edition) -> Iterator[Violation]:
    """`principles_per_theme` is a number, or the fewest and the most with a hyphen between them: 3 or 3-4.

    It holds each theme to that many principles.
    """
    document = charter_file(edition)
    value = document.front.get("principles_per_theme") if document and document.front else None
    if document and isinstance(value, Scalar) and value.value.strip() and theme_range(edition) is None:
        yield violation_at(
            document,
            value,
            f"{quote(value.value)} is not a number of principles",
            "write a number such as 3, or the fewest and the most, such as 3-4",
        )


def required_key(edition: Edition) -> Iterator[Violation]:
    """`required` names keys that a principle may have.

    Those are plain, behaviours, questions and sources; title and summary are always needed.
    """
    document = charter_file(edition)
    for item in list_scalars(document, "required"):
        if document and item.value not in REQUIRABLE:
            near = closest_match(item.value, REQUIRABLE)
            yield violation_at(
                document,
                item,
                f"{quote(item.value)} is not a key that every principle could be asked to have",
                f"write {quote(near)}" if near else f"choose from {quote_list(REQUIRABLE)}, or take it out",
            )


def repair_id(edition: Edition) -> Iterator[Violation]:
    """`repair` names principles of this charter, each once.

    The guide for partnerships that are not working is made of them, in this order. Write their ids: the names
    of their files without “.md”.
    """
    document, known = charter_file(edition), principles_by_id(edition)
    seen, closest = set[str](), closest_matcher(known)
    for item in list_scalars(document, "repair"):
        if item.value not in known:
            near = closest(item.value)
            message = f"{quote(item.value)} is not a principle of this charter"
            fix = f"write {quote(near)}" if near else "write the id of a principle, or take it out"
        elif item.value in seen:
            message, fix = f"{quote(item.value)} is in this list twice", "delete one of them"
        else:
            seen.add(item.value)
            continue
        if document:
            yield violation_at(document, item, message, fix)


def section_id(edition: Edition) -> Iterator[Violation]:
    """The id of a section is made of lower-case letters a to z, digits and single hyphens.

    It becomes part of an address that people link to.
    """
    for document, id in _section_values(edition, "id"):
        if not SLUG.fullmatch(id.value.strip()):
            slug = slugify(id.value)
            yield violation_at(
                document,
                id,
                f"{quote(id.value)} cannot be the id of a section",
                f"write {quote(slug or 'why')}",
            )


def section_same(edition: Edition) -> Iterator[Violation]:
    """No two sections have the same id or the same heading.

    The id is what links point at, and the heading is how a section is known in the file of a principle.
    """
    for key in ("id", "heading"):
        seen: dict[str, int] = {}
        for document, value in _section_values(edition, key):
            word = " ".join(value.value.split())
            if word in seen:
                message = f"two sections have the {key} {quote(word)}; the first is on line {seen[word]}"
                yield violation_at(document, value, message, f"give one of them another {key}")
            seen.setdefault(word, value.line)


def _section_values(edition: Edition, key: str) -> Iterator[tuple[Document, Scalar]]:
    """The values of `key` in the sections that charter.yml declares, with the document."""
    document = charter_file(edition)
    node = document.front.get("sections") if document and document.front else None
    for item in node.items if isinstance(node, Sequence) else ():
        value = item.get(key) if isinstance(item, Mapping) else None
        if document and isinstance(value, Scalar) and value.value.strip():
            yield document, value
