"""No forge: what would be said there is printed. It serves a laptop, and hosts of no API that we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from charterpress.checks.report import format_text
from charterpress.forges.github.host import REPOSITORY
from charterpress.forges.protocol import CHECK, Forge, Issue, Proposal, Setting, State
from charterpress.model import Finding
from charterpress.model.errors import UsageError
from charterpress.storage import git
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number


class Terminal(Forge):
    """Prints to `out`. It knows no events: what they would say is said in options."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def read_proposal(self, event: bytes) -> Proposal | None:
        _no_events(event, _("name what is proposed with --head REF"))

    def fetch_proposal(self, number: int) -> None:
        """What is proposed is here."""

    def read_issue(self, event: bytes) -> Issue | None:
        _no_events(event, _("to read a form, run charter sign --from FILE"))

    def read_inputs(self, event: bytes) -> Mapping[str, str]:
        _no_events(event, _("to make a version, run charter release"))

    def annotations(self, findings: Sequence[Finding]) -> str:
        return format_text(findings)

    def summary_file(self) -> str:
        return ""

    def set_status(self, commit: str, state: State, words: str) -> None:
        if state is not State.PENDING:
            self._out.write(f"{CHECK}, {commit[:12]}: {state}: {words}\n")

    def preview_url(self, proposal: Proposal) -> str:
        return ""

    def comment(self, number: int, mark: str, body: str) -> None:
        self._out.write(body)

    def keep_issue(self, mark: str, title: str, body: str) -> None:
        self._out.write(f"# {title}\n\n{body}")

    def add_label(self, number: int, label: str) -> None:
        """There are no issues."""

    def author(self) -> tuple[str, str]:
        return "charter", "charter@localhost"

    def fetch_branch(self, branch: str) -> str:
        return git.resolve_commit(Path(), branch)

    def own_branches(self, prefix: str) -> Mapping[str, int]:
        return {}

    def propose(self, branch: str, title: str, body: str) -> int:
        self._out.write(
            _("{title}: push what is committed here to {branch}, and propose it.\n\n{body}").format(
                title=title, branch=branch, body=body
            )
        )
        return 0

    def end_approvals(self, number: int, why: str) -> int:
        return 0

    def withdraw(self, branch: str, number: int, why: str) -> None:
        """Nothing was pushed."""

    def tag(self, version: str, commit: str) -> None:
        self._out.write(
            _("  Run: git tag {version} {commit} && git push origin {version}\n").format(
                version=version, commit=commit
            )
        )

    def settings(self, rulesets: Sequence[Mapping[str, Any]], source: str) -> Sequence[Setting]:
        raise UsageError(
            _("whose settings? Set {repository} to the repository, as owner/name").format(
                repository=REPOSITORY
            )
        )


def _no_events(event: bytes, advice: str) -> NoReturn:
    raise UsageError(
        _("no forge is known here that could have written these {count} bytes: {advice}").format(
            count=format_number(len(event)), advice=advice
        )
    )
