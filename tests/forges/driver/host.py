"""A repository at GitHub, on this disk: branches, pull requests, reviews, and the rules of its rulesets."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import git
from recorded import payload

REPOSITORY = "harbour-partners/charter"
MAIN = "main"
ACTIONS = 15368
"""The number of the app “GitHub Actions”, which sets what a job sets."""
EMPTY = ("pulls", "issues", "comments", "reviews", "statuses", "checks")
HOOK = """#!/bin/sh
[ -z "$FAKE_GITHUB" ] && exit 0
while read -r old new ref; do
  case $ref in
    refs/heads/main | refs/tags/*) echo "GH013: Repository rule violations found for $ref" >&2; exit 1 ;;
  esac
done
[ -n "$GH_TOKEN" ] && [ "$FAKE_CONTENTS" = write ] && exit 0
echo "Permission to push denied to github-actions[bot]." >&2
exit 1
"""
"""What the host asks of a push: rules for the default branch and tags, and a job's token that may write."""


class RefusedError(Exception):
    """Why the host does not merge a pull request."""


class Host:
    """A repository in `folder`, made from the bare repository `template`."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder / "github"
        self.origin = self.folder / "origin.git"
        shutil.copytree(template, self.origin)
        hook = self.origin / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(HOOK)
        hook.chmod(0o755)
        self.work = folder / "work"
        git("clone", "--quiet", "--no-checkout", str(self.origin), str(self.work))
        self._save({name: {} for name in EMPTY} | {
            "repository": REPOSITORY, "default_branch": MAIN, "next": 40, "artifacts": [], "permissions": {},
        })  # fmt: skip

    # --- State -----------------------------------------------------------------------------------------

    @property
    def state(self) -> dict:
        return json.loads((self.folder / "state.json").read_text(encoding="utf-8"))

    def _save(self, state: dict) -> None:
        words = json.dumps(state, ensure_ascii=False)
        (self.folder / "state.json").write_text(words, encoding="utf-8")

    @contextmanager
    def changing(self) -> Iterator[dict]:
        """The state, to change."""
        state = self.state
        yield state
        self._save(state)

    @property
    def asked(self) -> list:
        """All that `gh` was asked: method, place, body."""
        file = self.folder / "asked.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    # --- Commits ---------------------------------------------------------------------------------------

    def head(self, ref: str = MAIN) -> str:
        """The commit of a branch, a tag or any other name."""
        return git("rev-parse", ref, folder=self.origin)

    def refs(self, prefix: str) -> list[str]:
        """The names of refs below `prefix`, without it."""
        names = git("for-each-ref", "--format=%(refname)", prefix, folder=self.origin).splitlines()
        return [name.removeprefix(f"{prefix}/") for name in names]

    def text(self, ref: str, path: str) -> str:
        """A file as it stands at a commit."""
        return git("show", f"{ref}:{path}", folder=self.origin)

    def commit(self, change: Callable[[Path], object], parent: str = MAIN) -> str:
        """Return a commit with what `change` does to a checkout of `parent`."""
        git("fetch", "--quiet", "origin", parent, folder=self.work)
        git("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD", folder=self.work)
        git("clean", "--quiet", "-dfx", folder=self.work)
        change(self.work)
        git("add", "--all", folder=self.work)
        git("commit", "--quiet", "--allow-empty", "--message", "x", folder=self.work)
        made = git("rev-parse", "HEAD", folder=self.work)
        git("push", "--quiet", "origin", f"HEAD:refs/kept/{made}", folder=self.work)
        return made

    def set_main(self, commit: str) -> None:
        """Put the default branch at a commit, as an owner may who switched the rules off."""
        git("update-ref", f"refs/heads/{MAIN}", commit, folder=self.origin)

    # --- Pull requests ---------------------------------------------------------------------------------

    def open_pull(self, head: str, *, owner: str = "a-neighbour", branch: str = "an-hour", **fields) -> int:
        """Open a pull request from a branch of `owner`, a stranger with a fork; gives its number."""
        pull = payload("pull_request.opened")["pull_request"]
        with self.changing() as state:
            state["next"] += 1
            number = state["next"]
            repository = {"full_name": f"{owner}/charter"}
            pull |= {"number": number, "state": "open", **fields}
            pull["head"] |= {"ref": branch, "label": f"{owner}:{branch}"}
            pull["head"]["repo"] |= repository
            state["pulls"][str(number)] = pull
        self.push(number, head)
        return number

    def push(self, number: int, head: str) -> None:
        """Put the branch of a pull request at another commit."""
        git("update-ref", f"refs/pull/{number}/head", head, folder=self.origin)
        if self._ours(number):
            git("update-ref", f"refs/heads/{self._pull(number)['head']['ref']}", head, folder=self.origin)

    def _pull(self, number: int) -> dict:
        return self.state["pulls"][str(number)]

    def _ours(self, number: int) -> bool:
        return self._pull(number)["head"]["repo"]["full_name"] == REPOSITORY

    def pull_head(self, number: int) -> str:
        """The commit that a pull request proposes."""
        ours = self._ours(number)
        return self.head(
            f"refs/heads/{self._pull(number)['head']['ref']}" if ours else f"refs/pull/{number}/head"
        )

    def pull_from(self, branch: str) -> int:
        """The number of the open pull request from a branch of this repository."""
        (number,) = [
            each["number"]
            for each in self.state["pulls"].values()
            if each["state"] == "open" and each["head"]["label"] == f"harbour-partners:{branch}"
        ]
        return number

    def test_merge(self, number: int) -> str:
        """The commit that the host makes to try a merge, '' if there are conflicts."""
        commits = self.head(), self.pull_head(number)
        command = ["git", "-C", self.origin, "merge-tree", "--write-tree", *commits]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return ""
        parents = [part for commit in commits for part in ("-p", commit)]
        made = git("commit-tree", *parents, "-m", "merge", done.stdout.split()[0], folder=self.origin)
        git("update-ref", f"refs/pull/{number}/merge", made, folder=self.origin)
        return made

    def update_branch(self, number: int) -> None:
        """Press “Update branch”."""
        merged = self.test_merge(number)
        assert merged, "there are conflicts"
        self.push(number, merged)

    def approve(self, number: int, by: str = "secretary") -> None:
        with self.changing() as state:
            state["next"] += 1
            review = {"id": state["next"], "state": "APPROVED", "user": {"login": by}}
            review["commit_id"] = self.pull_head(number)
            state["reviews"].setdefault(str(number), []).append(review)

    def reviews(self, number: int) -> list[str]:
        """The states of the reviews of a pull request."""
        return [each["state"] for each in self.state["reviews"].get(str(number), [])]

    def status(self, commit: str, context: str = "check the words") -> str:
        """The newest status of a commit, '' for none."""
        states = [
            each["state"] for each in self.state["statuses"].get(commit, []) if each["context"] == context
        ]
        return states[-1] if states else ""

    def comments(self, number: int) -> list[str]:
        """What our robot wrote to an issue or pull request."""
        listed = self.state["comments"].get(str(number), [])
        return [each["body"] for each in listed if each["user"]["login"] == "github-actions[bot]"]

    # --- Merging ---------------------------------------------------------------------------------------

    def hindrances(self, number: int, **settings: object) -> list[str]:
        """What forbids merging, by the ruleset that the default branch holds; `settings` replace its
        parameters, as an administrator might."""
        rules = json.loads(self.text(MAIN, ".github/rulesets/default-branch.json"))["rules"]
        rule = {each["type"]: {**each.get("parameters", {}), **settings} for each in rules}
        head, found = self.pull_head(number), []
        checks = rule["required_status_checks"]
        for required in checks["required_status_checks"]:
            found += self._missing(head, required)
        behind = self.head() not in git("rev-list", head, folder=self.origin).splitlines()
        if checks["strict_required_status_checks_policy"] and behind:
            found.append("the branch is out of date")
        reviews = [each for each in self.state["reviews"].get(str(number), []) if each["state"] == "APPROVED"]
        if rule["pull_request"]["dismiss_stale_reviews_on_push"]:
            reviews = [each for each in reviews if each["commit_id"] == head]
        if len(reviews) < rule["pull_request"]["required_approving_review_count"]:
            found.append("an approval is missing")
        if not self.test_merge(number):
            found.append("there are conflicts")
        return found

    def _missing(self, commit: str, required: dict) -> list[str]:
        """A status and a check run of one name count both, and only those of the app that is named."""
        name = required["context"]
        statuses = [each for each in self.state["statuses"].get(commit, []) if each["context"] == name]
        runs = [each for each in self.state["checks"].get(commit, []) if each["context"] == name]
        said = [each for each in (*statuses[-1:], *runs[-1:]) if each["app"] == required["integration_id"]]
        if not said:
            return [f"{name} is expected"]
        return [f"{name}: {each['state']}" for each in said if each["state"] != "success"]

    def merge(self, number: int, **settings: object) -> str:
        """Merge a pull request, and return the commit. Raises RefusedError if a rule forbids it."""
        if found := self.hindrances(number, **settings):
            raise RefusedError("; ".join(found))
        merged = self.test_merge(number)
        self.set_main(merged)
        with self.changing() as state:
            state["pulls"][str(number)]["state"] = "closed"
        return merged
