"""What the commands for workflows have in common: the event, the forge, and what is shown with the run."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import option, read_file
from charterpress.forges import Forge
from charterpress.forges.git_host import GitHost
from charterpress.forges.github import GitHub
from charterpress.forges.github.host import REPOSITORY
from charterpress.forges.terminal import Terminal
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

EVENT = "GITHUB_EVENT_PATH"
"""The environment variable that names the file with the event where --event does not."""
GIT_HOSTS = ("GITLAB_CI", "FORGEJO_ACTIONS", "GITEA_ACTIONS")
"""The environment variables by which GitLab’s, Forgejo’s and Gitea’s runners are known."""
LABEL = "sign-up"
"""The label of an issue with a filled-in form."""
MAX_EVENT_BYTES = 16 * 1024 * 1024

event_option = option(
    "--event", metavar="FILE", help=N_("the payload of the event (default: $GITHUB_EVENT_PATH)")
)
head_option = option(
    "--head", metavar="REF", help=N_("what is proposed to the commit that stands here, in place of an event")
)


def forge_here(out: TextIO) -> Forge:
    """The forge that the environment names; a terminal, `out`, where it names none. Forgejo and Gitea set
    GitHub's variables too, and one of their own."""
    if any(os.environ.get(name) for name in GIT_HOSTS):
        return GitHost(out)
    return GitHub(os.environ, Path()) if os.environ.get(REPOSITORY) else Terminal(out)


def event_data(options: argparse.Namespace) -> bytes:
    """The bytes of the event. Raises UsageError if none is named, or its file cannot be read."""
    path = options.event or os.environ.get(EVENT)
    if not path:
        raise UsageError(
            _("what happened? Name the file of the event with --event, or set {event}").format(event=EVENT)
        )
    return read_file(path, MAX_EVENT_BYTES)


def show_with_run(forge: Forge, markdown: str) -> None:
    """Add `markdown` to what the forge shows with the run, if it shows anything."""
    if path := forge.summary_file():
        with Path(path).open("a", encoding="utf-8", errors="replace") as file:
            file.write(markdown)
