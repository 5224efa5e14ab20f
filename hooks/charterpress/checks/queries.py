"""The ways of walking an edition, and of putting things in words, that several rules share."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from charterpress.checks.schema import KeyBlock
from charterpress.model import ChangeNote, Edition, Violation
from charterpress.model.files import Block, Document, Fault, Link, Mapping, Node, Role, Scalar, Sequence
from charterpress.text.interface import gettext as _
from charterpress.text.interface import join_list, ngettext, number, pgettext

MAX_MATCHED = 50
"""Words of one file for which a rule looks up what they most likely mean."""
MAX_QUOTED = 30
"""Names that a message lists."""
EMPTY_VALUES = ("", "~")
"""What stands after a key that has no value."""
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def violation_at(
    document: Document | ChangeNote | KeyBlock,
    node: Node | Block | Link | Fault,
    message: str,
    fix: str,
    *about: str,
) -> Violation:
    """Return a violation at the line and column of `node`; `about` are the paths of other files involved."""
    return Violation(document.path, message, fix, node.line, node.column, about)


def violation_in_text(document: Document, block: Block, offset: int, message: str, fix: str) -> Violation:
    """Return a violation at character `offset` of the text of a heading or paragraph."""
    row = block.text.count("\n", 0, offset)
    start = block.text.rfind("\n", 0, offset) + 1
    end = block.text.find("\n", start)
    text = block.text[start : end if end >= 0 else None]
    line = block.line + row
    source = document.lines[line - 1] if line <= len(document.lines) else ""
    indent = len(text) - len(text.lstrip())
    column = max(source.rfind(text.strip()), 0) + 1 + offset - start - indent
    return Violation(document.path, message, fix, line, column)


def violation_at_end(document: Document, message: str, fix: str) -> Violation:
    """Return a violation in the last line of a file."""
    return Violation(document.path, message, fix, max(len(document.lines), 1))


def reader_violations(edition: Edition, rule: str) -> Iterator[Violation]:
    """What the reader could not take and leaves to `rule` to say."""
    for document in edition.documents:
        for fault in document.faults:
            if fault.rule == rule:
                yield violation_at(document, fault, fault.message, fault.fix)


def documents_of(edition: Edition, *roles: Role) -> list[Document]:
    """The documents that have one of `roles`."""
    return [document for document in edition.documents if document.role in roles]


def prose_documents(edition: Edition) -> list[Document]:
    """The documents whose body is published."""
    return documents_of(edition, Role.PREAMBLE, Role.THEME, Role.PRINCIPLE, Role.CHANGE, Role.ERRATUM)


def all_blocks(parent: Document | Block) -> Iterator[Block]:
    """Every block of a body or in another block, those within others too."""
    for block in parent.blocks if isinstance(parent, Document) else parent.children:
        yield block
        yield from all_blocks(block)


def scalars(node: Node | None, *, keys: bool = False) -> Iterator[Scalar]:
    """Every word and sentence in a node, in order; with `keys`, the keys too."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item, keys=keys)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if keys:
                yield key
            if isinstance(value, Scalar):  # most are
                yield value
            else:
                yield from scalars(value, keys=keys)


def value_place(document: Document, value: Scalar, words: str) -> Scalar:
    """`words` of a value, at their place in its line; where the value begins if they are written otherwise
    there."""
    source = document.lines[value.line - 1].find(words, value.column - 1)
    return Scalar(value=words, line=value.line, column=source + 1 if source >= 0 else value.column)


def front_value(document: Document | None, key: str) -> Node | None:
    """What stands after `key` in a document's front matter."""
    return document.front.get(key) if document and document.front else None


def list_scalars(document: Document | None, key: str) -> list[Scalar]:
    """The words in the list `key` of a document's front matter, empty ones left out."""
    node = front_value(document, key)
    items = node.items if isinstance(node, Sequence) else ()
    return [item for item in items if isinstance(item, Scalar) and item.value.strip()]


def charter_file(edition: Edition) -> Document | None:
    """charter.yml."""
    return next(iter(documents_of(edition, Role.CHARTER)), None)


def principles_by_id(edition: Edition) -> dict[str, Document]:
    """The principles there are, by id; of two with one id the first."""
    principles: dict[str, Document] = {}
    for document in documents_of(edition, Role.PRINCIPLE):
        principles.setdefault(document.id, document)
    return principles


def words_of(principle: Document) -> str:
    """What a principle says, without its title: its summary and its body."""
    summary = front_value(principle, "summary")
    words = f"{summary.value if isinstance(summary, Scalar) else ''} {principle.body}"
    return " ".join(words.split()).casefold()


def relative_path(edition: Edition, path: str) -> str:
    """Return `path` relative to the charter's folder."""
    return path[len(edition.root) + 1 :]


def match_names(names: Iterable[str], candidates: Iterable[str]) -> list[str]:
    """Return for each of `names` the candidate that it most likely means: the closest, or the next one left;
    '' when there is none left. Each candidate is taken once. The closest is looked for only for the first
    `MAX_MATCHED` of them."""
    names, left = list(names), list(candidates)
    matches = [""] * len(names)
    for place, name in enumerate(names[:MAX_MATCHED]):
        if (match := closest_match(name, left)) is not None:
            matches[place] = match
            left.remove(match)
    return [match or (left.pop(0) if left else "") for match in matches]


def closest_match(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of `known` that `word` is most likely a slip for: at least so alike, from 0 to 1."""
    return _closest_match(word, tuple(known), cutoff)


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """“do you mean “x”?” for the closest match, or `otherwise` if there is none."""
    near = closest_match(word, known)
    return _("do you mean {name}?").format(name=quote(near)) if near else otherwise


@lru_cache(maxsize=4096)
def _closest_match(word: str, known: tuple[str, ...], cutoff: float) -> str | None:
    by_folded = {name.casefold(): name for name in known}
    match = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[match[0]] if match else None


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the fix for a mistyped `word`: the closest of `known`, or `otherwise` if none is close."""
    near = closest_match(word, known)
    return _("write {words}").format(words=quote(near)) if near else otherwise


def closest_matcher(known: Iterable[str], cutoff: float = 0.6) -> Callable[[str], str | None]:
    """Return a function that does the same for one word after another, but only for the first `MAX_MATCHED`
    words: no report shows more of them."""
    names, found = tuple(known), dict[str, str | None]()

    def closest(word: str) -> str | None:
        if word not in found and len(found) < MAX_MATCHED:
            found[word] = closest_match(word, names, cutoff)
        return found.get(word)

    return closest


def quote(value: str, most: int = 60) -> str:
    """`value` in quotation marks for a message, cut where it is long."""
    value = " ".join(value.split(" "))
    # Translators: the marks of a quotation in your language.
    return _("“{words}”").format(words=value if len(value) <= most else value[: most - 1] + "…")


def quote_whole(value: str) -> str:
    """The same for a fix, which an editor copies: uncut."""
    return quote(value, len(value))


def join_choices(items: list[str]) -> str:
    """Return `items` as alternatives: “a or b or c”; '' for none."""
    joined = "".join(items[:1])
    for item in items[1:]:
        joined = pgettext("alternatives", "{start} or {end}").format(start=joined, end=item)
    return joined


def join_all(items: list[str]) -> str:
    """Return `items` with “and” between every two: “1 and 2 and 3”; '' for none."""
    joined = "".join(items[:1])
    for item in items[1:]:
        joined = pgettext("all of several", "{start} and {end}").format(start=joined, end=item)
    return joined


def quote_list(names: Iterable[str]) -> str:
    """Names in a row: “a”, “b” and “c”; of very many the first ones, and how many more there are."""
    quoted = [quote(name) for name in names]
    if len(quoted) > MAX_QUOTED:
        more = len(quoted) - MAX_QUOTED
        # Translators: the end of a list that is too long to show: “a”, “b” and 7 more
        quoted[MAX_QUOTED:] = [ngettext("{count} more", "{count} more", more).format(count=number(more))]
    return join_list(quoted)
