"""The forge GitHub, through its command `gh` and git. The calls: docs.github.com, “REST API”."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from charterpress.checks.report import format_annotations
from charterpress.forges.github import events
from charterpress.forges.github.settings import OK, read_settings
from charterpress.forges.protocol import CHECK, MARK, Forge, Issue, Proposal, Setting, State
from charterpress.model import Finding
from charterpress.model.errors import CharterError
from charterpress.storage import git
from charterpress.storage.programs import run_program
from charterpress.text.interface import gettext as _

REPOSITORY, SUMMARY = "GITHUB_REPOSITORY", "GITHUB_STEP_SUMMARY"
"""Environment variables of a run: the repository, as owner/name, and the file that is shown with the run."""
MAX_WORDS = 140
"""The characters that a commit status takes."""
_CREDENTIALS = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
"""So that git asks `gh` for the token: none is kept in the checkout."""
_STATUS = re.compile(r"\(HTTP (\d{3})\)")
"""How `gh` names the status of what GitHub refused."""
_LISTED = '[.[] | {id, number, user, body: ((.body // "")[0:100])}] | tojson'
"""What is taken of each comment or issue: strangers' words are cut before they get here."""


class GitHub(Forge):
    """The repository on GitHub that `environment`, that of a run, names; `folder` is in a clone. The token is
    in GH_TOKEN, where `gh` looks for it."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._repository, self._folder = environment[REPOSITORY], folder
        self._summary = environment.get(SUMMARY, "")
        run = [environment.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "RUN_ID")]
        self._run_url = f"{run[0]}/{self._repository}/actions/runs/{run[1]}" if all(run) else ""

    # --- Events ----------------------------------------------------------------------------------------

    def read_proposal(self, event: bytes) -> Proposal | None:
        pulls = b"[]"
        if branch := events.checked_branch(event):
            pulls = self._get(f"pulls?state=open&per_page=100&head={quote(branch, safe='')}")
        return events.read_proposal(event, pulls)

    def fetch_proposal(self, number: int) -> None:
        self._fetch(f"refs/pull/{number}/head")

    def read_issue(self, event: bytes) -> Issue | None:
        return events.read_issue_event(event)

    def read_inputs(self, event: bytes) -> Mapping[str, str]:
        return events.read_inputs(event)

    # --- What is shown with the run ----------------------------------------------------------------------

    def annotations(self, findings: Sequence[Finding]) -> str:
        return format_annotations(findings)

    def summary_file(self) -> str:
        return self._summary

    # --- Proposals and issues ------------------------------------------------------------------------

    def set_status(self, commit: str, state: State, words: str) -> None:
        told = {"state": state, "context": CHECK, "description": words[:MAX_WORDS]}
        told |= {"target_url": self._run_url} if self._run_url else {}
        self._send("POST", f"statuses/{commit}", told)

    def preview_url(self, proposal: Proposal) -> str:
        listed = self._get(f"actions/artifacts?name={events.PREVIEW}&per_page=100")
        return events.preview_url(listed, proposal.repository, proposal.head)

    def comment(self, number: int, mark: str, body: str) -> None:
        earlier = self._find(f"issues/{number}/comments", mark)
        place = f"issues/comments/{earlier}" if earlier else f"issues/{number}/comments"
        self._send("PATCH" if earlier else "POST", place, {"body": MARK.format(mark) + "\n" + body})

    def keep_issue(self, mark: str, title: str, body: str) -> None:
        creator = quote(events.BOT, safe="")
        earlier = self._find(f"issues?state=open&creator={creator}", mark)
        told = {"body": MARK.format(mark) + "\n" + body}
        if earlier:
            self._send("PATCH", f"issues/{earlier}", told)
        else:
            self._send("POST", "issues", told | {"title": title})

    def add_label(self, number: int, label: str) -> None:
        self._send("POST", f"issues/{number}/labels", {"labels": [label]})

    def author(self) -> tuple[str, str]:
        return events.BOT, "41898282+github-actions[bot]@users.noreply.github.com"

    def fetch_branch(self, branch: str) -> str:
        self._fetch(f"refs/heads/{branch}")
        return git.resolve_commit(self._folder, "FETCH_HEAD")

    def own_branches(self, prefix: str) -> Mapping[str, int]:
        refs = json.loads(self._get(f"git/matching-refs/heads/{quote(prefix)}"))
        branches = [str(each["ref"]).removeprefix("refs/heads/") for each in refs]
        return {branch: self._open_number(branch) for branch in branches}

    def propose(self, branch: str, title: str, body: str) -> int:
        refspec = f"HEAD:refs/heads/{branch}"
        git.run_git(self._folder, *_CREDENTIALS, "push", "--quiet", "--force", "origin", refspec)
        if number := self._open_number(branch):
            self._send("PATCH", f"pulls/{number}", {"body": body})
            return number
        base = json.loads(self._get(""))["default_branch"]
        told = {"title": title, "head": branch, "base": base, "body": body}
        return int(json.loads(self._send("POST", "pulls", told))["number"])

    def end_approvals(self, number: int, why: str) -> int:
        place = f"pulls/{number}/reviews"
        approvals = [
            review["id"]
            for page in self._pages(place, "[.[] | {id, state}] | tojson")
            for review in json.loads(page)
            if review["state"] == "APPROVED"
        ]
        for each in approvals:
            self._send("PUT", f"{place}/{each}/dismissals", {"message": why, "event": "DISMISS"})
        return len(approvals)

    def withdraw(self, branch: str, number: int, why: str) -> None:
        if number:
            self._send("POST", f"issues/{number}/comments", {"body": why})
            self._send("PATCH", f"pulls/{number}", {"state": "closed"})
        self._send("DELETE", f"git/refs/heads/{branch}")

    def tag(self, version: str, commit: str) -> None:
        self._send("POST", "git/refs", {"ref": f"refs/tags/{version}", "sha": commit})

    def settings(self, rulesets: Sequence[Mapping[str, Any]], source: str) -> Sequence[Setting]:
        return tuple(read_settings(self._ask, rulesets, source))

    def _fetch(self, ref: str) -> None:
        git.run_git(self._folder, *_CREDENTIALS, "fetch", "--quiet", "--no-tags", "origin", ref)

    def _ask(self, place: str) -> tuple[int, Any]:
        """What the API has at a place, or its refusal, with the HTTP status; CharterError if none came."""
        try:
            return OK, json.loads(self._get(place))
        except CharterError as error:
            status = _STATUS.search(str(error))
            if not status:
                raise
            return int(status[1]), str(error).partition("gh: ")[2] or str(error)
        except ValueError as problem:
            raise CharterError(
                _("what answers in GitHub's place at {place} is no JSON").format(place=place or _("the API"))
            ) from problem

    def _open_number(self, branch: str) -> int:
        """The open pull request from a branch of this repository: a fork may have one of the same name."""
        head = quote(f"{self._repository.partition('/')[0]}:{branch}", safe="")
        return events.open_number(self._get(f"pulls?state=open&head={head}"), self._repository, branch)

    # --- The API -------------------------------------------------------------------------------------

    def _find(self, place: str, mark: str) -> int | None:
        """Our comment or issue with this mark: pages are asked for until it has come."""
        found = (events.find_earlier(page, mark) for page in self._pages(place, _LISTED))
        return next(filter(None, found), None)

    def _pages(self, place: str, query: str) -> Iterator[bytes]:
        """The pages of a list, each as JSON, and of each item what `query`, of jq, takes."""
        for number in count(1):
            separator = "&" if "?" in place else "?"
            page = self._get(f"{place}{separator}per_page=100&page={number}", "--jq", query)
            if page.strip() == b"[]":
                return
            yield page

    def _get(self, place: str, *options: str) -> bytes:
        return self._api([*options, f"repos/{self._repository}/{place}".rstrip("/")])

    def _send(self, method: str, place: str, told: Mapping[str, object] | None = None) -> bytes:
        stdin = json.dumps(told).encode() if told else b""
        body = ["--input", "-"] if told else []
        return self._api(["--method", method, *body, f"repos/{self._repository}/{place}"], stdin)

    def _api(self, options: Sequence[str], stdin: bytes = b"") -> bytes:
        done = run_program(["gh", "api", *options], stdin=stdin, folder=self._folder)
        if done.code:
            why = " ".join(done.err.split())
            message = _("GitHub could not be asked for {place}: {reason}")
            if _STATUS.search(why):
                message = _("GitHub refused {place}: {reason}")
            raise CharterError(message.format(place=options[-1], reason=why))
        return done.out
