"""A host that keeps a repository and runs commands, such as GitLab or Forgejo: git tells it all it needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from charterpress.forges.github import events
from charterpress.forges.terminal import Terminal
from charterpress.storage import git


class GitHost(Terminal):
    """Prints to `out`, where the host shows it with the run, and pushes tags. It uses no host's API: how a
    proposal stands is the exit code of the command, and what is proposed is said in options."""

    def read_inputs(self, event: bytes) -> Mapping[str, str]:
        """Forgejo's events have GitHub's form (forgejo.org, “Forgejo Actions reference”)."""
        return events.read_inputs(event)

    def tag(self, version: str, commit: str) -> None:
        """Push the tag. Raises CharterError, in git's words, if the host refuses."""
        git.run_git(Path(), "push", "--quiet", "origin", f"{commit}:refs/tags/{version}")
