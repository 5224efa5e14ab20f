"""Files to be written → what the check will say of them, or why they cannot be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import PurePosixPath

from charterpress import read
from charterpress.checks import check
from charterpress.model import Edition, EntryKind, Finding, Node, Role, Sequence, Severity
from charterpress.model import Mapping as Block
from charterpress.model.errors import UsageError
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number

EXPECTED_RULES = frozenset({"placeholder", "change-unnoted"})
"""The rules that speak of what is still to be done to a new file: its words, and a note that says why."""
MAX_ANSWER_LENGTH = 2_000
"""Characters of an answer. The longest line of a charter that people write has a few hundred."""
_HIDDEN = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
MARGIN = " \u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARGIN = re.compile(f"^[{MARGIN}]+|[{MARGIN}]+$")
"""Kinds of character that end a line, or that cannot be seen."""
_SEMICOLON = re.compile(r"[;；؛]\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """Files to write and remove, by paths in the charter's folder; the charter then, and new findings."""

    writes: Mapping[str, bytes]
    edition: Edition
    findings: tuple[Finding, ...]
    removes: tuple[str, ...] = ()

    @property
    def to_fill_in(self) -> int:
        """How many places wait for words."""
        return sum(finding.rule == "placeholder" for finding in self.findings)


def draft_files(
    edition: Edition,
    new: Mapping[str, bytes],
    changed: Mapping[str, bytes] | None = None,
    gone: tuple[str, ...] = (),
) -> Draft:
    """The `new` and `changed` files, without those that are `gone`. Raises UsageError if a new one exists, or
    if the check would find a new error that is not in `EXPECTED_RULES`."""
    for inside in new:
        _refuse_existing(edition, inside)
    writes = {**new, **(changed or {})}
    after = read.with_files(edition, writes, gone)
    known = {_identity(finding) for finding in check(edition)}
    findings = tuple(finding for finding in check(after) if _identity(finding) not in known)
    wrong = [each for each in findings if each.severity is Severity.ERROR and each.rule not in EXPECTED_RULES]
    if wrong:
        raise UsageError(
            _("nothing was written, because the check would refuse it:"),
            details=tuple(f"{each.path}: {each.message}; {each.fix}" for each in wrong),
        )
    return Draft(writes=writes, edition=after, findings=findings, removes=gone)


def _identity(finding: Finding) -> tuple[str, str, str]:
    """What a finding says, wherever in its file it now stands."""
    return finding.path, finding.rule, finding.message


def _refuse_existing(edition: Edition, inside: str) -> None:
    kinds = {entry.path: entry.kind for entry in edition.entries}
    for folder in (each.as_posix() for each in PurePosixPath(inside).parents if each.name):
        path = f"{edition.root}/{folder}"
        if kinds.get(path, EntryKind.FOLDER) is not EntryKind.FOLDER:
            raise UsageError(
                _("nothing was written: this is not a folder, and a file has to go into it"), path=path
            )
    path = f"{edition.root}/{inside}"
    if path in kinds:
        raise UsageError(_("nothing was written: there is such a file already, and it stays"), path=path)


def first_free(name: str, is_taken: Callable[[str], bool]) -> str:
    """`name`, or the first of name-2, name-3 … that is not taken."""
    return next(each for each in chain([name], (f"{name}-{n}" for n in count(2))) if not is_taken(each))


def split_problem(sentence: str) -> tuple[str, str]:
    """What is wrong, and what to do ('' where that is not said), of a sentence with a semicolon between the
    two, in any script."""
    problem, *fix = _SEMICOLON.split(sentence, maxsplit=1)
    return problem, "".join(fix)


def trim_answer(value: str) -> str:
    """Return an answer without spaces around it, and without marks there that nobody sees: keyboards for
    Arabic put one before a line, and an entry has none."""
    return _MARGIN.sub("", value)


def answer_fault(value: str) -> str:
    """What is wrong with an answer whatever it is about, as `split_problem` takes it; '' for nothing."""
    if not value.strip():
        # Translators: what is wrong; what to do. Keep the semicolon between the two.
        return _("there is nothing in it; write it, or leave it out")
    if len(value) > MAX_ANSWER_LENGTH:
        # Translators: what is wrong; what to do. Keep the semicolon between the two.
        message = _("it has {count} characters; say it more briefly")
        return message.format(count=number(len(value)))
    hidden = next((each for each in value if unicodedata.category(each) in _HIDDEN), None)
    if hidden:
        # Translators: what is wrong; what to do. Keep the semicolon between the two.
        message = _("it has a character in it that ends a line or hides, U+{code:04X}; type it again")
        return message.format(code=ord(hidden))
    return ""


def value_fault(edition: Edition, inside: str, data: bytes, *keys: str | int) -> str:
    """What the check would say of the value under `keys`, as in `node_at`, of a file with `data`; '' for
    nothing."""
    kept = tuple(each for each in edition.documents if each.role is not Role.SIGNATORY)
    after = read.with_files(replace(edition, documents=kept), {inside: data})
    path = f"{edition.root}/{inside}"
    document = after.document(path)
    node = node_at(document.front if document else None, keys)
    if node is None:
        # Translators: what is wrong; what to do. Keep the semicolon between the two.
        return _("it cannot be written; type it again")
    for each in check(after):
        here = (each.path, each.line) == (path, node.line) and each.column >= node.column
        if here and each.severity is Severity.ERROR and each.rule not in ("missing-key", "change-unnoted"):
            return _("{problem}; {fix}").format(problem=each.message, fix=each.fix)
    return ""


def node_at(front: Block | None, keys: tuple[str | int, ...]) -> Node | None:
    """The node under `keys`, if any. A key of a list without a number is one of its last item."""
    node: Node | None = front
    for key in keys:
        if isinstance(key, int):
            node = node.items[key] if isinstance(node, Sequence) and key < len(node.items) else None
            continue
        node = node.items[-1] if isinstance(node, Sequence) and node.items else node
        node = node.get(key) if isinstance(node, Block) else None
    return node
