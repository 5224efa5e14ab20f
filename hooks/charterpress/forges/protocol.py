"""What the commands for workflows need of the place where a charter is kept, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from charterpress.model import Finding
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_

MARK = "<!-- charter: {} -->"
"""The line by which a comment or an issue of ours is found again; nobody sees it."""
CHECK = "check the words"
"""The name of the commit status that a proposal needs to be merged."""
MAX_BODY = 65_536
"""The most characters of an issue that are read."""


class EventError(UsageError):
    """An unsuitable payload. `name` says which rule it breaks."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


class State(StrEnum):
    """How the check of a proposal stands, as GitHub's commit statuses call it."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILURE = "failure"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A pull request: its number, the repository that it is made to (as owner/name), and the commits that it
    leads from and to. The number is 0 where only the commits are known. `maintained` says that it comes from
    a branch of that repository itself, so from somebody who may push there, and from no fork."""

    number: int
    repository: str
    base: str
    head: str
    maintained: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue: its number, its repository, the words that somebody wrote, and its labels."""

    number: int
    repository: str
    body: str
    labels: tuple[str, ...]


class Force(StrEnum):
    """Whether a setting at the forge is as it has to be."""

    IN_FORCE = N_("in force")
    MISSING = N_("not in force")
    UNSEEN = N_("not visible")


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A setting of the repository: in the words of the forge's pages, what was found in its place ('' where
    it is in force), and the page on which it is set."""

    name: str
    force: Force
    found: str
    page: str


class Forge(Protocol):
    """Where a charter is kept. What it reads are the bytes of an event; whatever it is told, it says there.
    Every method raises EventError for an event that it does not answer, and CharterError where the forge
    refuses."""

    def read_proposal(self, event: bytes) -> Proposal | None:
        """The proposal to the default branch that an event is about; None if it is about none, or no longer
        about one."""

    def fetch_proposal(self, number: int) -> None:
        """Fetch the commits of a proposal, of any size: strangers choose it."""

    def read_issue(self, event: bytes) -> Issue | None:
        """The open issue that an event is about; None if it has been closed."""

    def read_inputs(self, event: bytes) -> Mapping[str, str]:
        """What somebody chose who started a workflow by hand; nothing for another event."""

    def annotations(self, findings: Sequence[Finding]) -> str:
        """The findings, as the log of the forge shows them."""

    def summary_file(self) -> str:
        """The file whose Markdown is shown with the run; '' for none."""

    def set_status(self, commit: str, state: State, words: str) -> None:
        """Say how the check of `commit` stands. What is `CHECK` there is required to merge it."""

    def preview_url(self, proposal: Proposal) -> str:
        """The address of the site that was built of a proposal, or ''."""

    def comment(self, number: int, mark: str, body: str) -> None:
        """Write the comment of ours with this mark on an issue or proposal, or bring it up to date."""

    def keep_issue(self, mark: str, title: str, body: str) -> None:
        """Write the issue of ours with this mark, or bring it up to date."""

    def add_label(self, number: int, label: str) -> None:
        """Give an issue a label, which is made where there is none of this name."""

    def author(self) -> tuple[str, str]:
        """The name and e-mail address under which commits are made for it."""

    def fetch_branch(self, branch: str) -> str:
        """Fetch a branch of this repository, and return the commit that it stands at."""

    def own_branches(self, prefix: str) -> Mapping[str, int]:
        """The branches of this repository whose names begin with `prefix`, and the number of the open
        proposal that each is for, 0 for none. A fork's branch of the same name is another branch."""

    def propose(self, branch: str, title: str, body: str) -> int:
        """Push the commit that stands here to `branch`, and return the number of its open proposal, which is
        made or brought up to date."""

    def end_approvals(self, number: int, why: str) -> int:
        """End all approvals of a proposal, and return how many there were."""

    def withdraw(self, branch: str, number: int, why: str) -> None:
        """Close proposal `number`, if it is not 0, with a comment, and delete its branch."""

    def tag(self, version: str, commit: str) -> None:
        """Give `commit` the tag `version`."""

    def settings(self, rulesets: Sequence[Mapping[str, Any]], source: str) -> Sequence[Setting]:
        """How the rules in `rulesets`, and the other settings that the workflows need, stand; `source` is the
        charter's folder."""
