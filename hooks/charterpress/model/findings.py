"""Findings, and the rules that make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from inspect import getdoc

from charterpress.model.edition import Edition


class Severity(StrEnum):
    """Whether a finding stops a build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that a rule found: where, what is wrong, and what to write instead."""

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    fix: str
    excerpt: str = ""
    """The line of the file that the finding speaks of; '' where it is about the file itself."""
    about: tuple[str, ...] = ()
    """The other files that it comes from: one listed here and missing there, a link's target."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All files that it concerns."""
        return (self.path, *self.about)


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule says of one place. Line 0 is the file itself. `about` is as in Finding."""

    path: str
    message: str
    fix: str
    line: int = 0
    column: int = 1
    about: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of the check: its id for ever, its group, and the function that finds violations."""

    id: str
    group: str
    find: Callable[[Edition], Iterator[Violation]]
    severity: Severity = Severity.ERROR

    @property
    def text(self) -> str:
        """The rule in plain English: first the rule, then why and what to write. It is the docstring of
        `find`."""
        return getdoc(self.find) or ""
