"""`charter ci release`: the next version, as a proposal."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from textwrap import indent
from typing import TextIO

from charterpress.cli.ci.events import event_data, event_option, forge_here
from charterpress.cli.ci.proposals import commit_files, propose_and_check
from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, Command, command, read_edition
from charterpress.cli.release import release_command
from charterpress.cli.stamp import stamp_command
from charterpress.cli.verify import verify_command
from charterpress.model.errors import CharterError, UsageError
from charterpress.storage import git
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze

STAMP = "stamp"
KINDS = ("next", "first", "consultation", STAMP)
"""What can be chosen when the workflow is started; the last makes no version."""


@command(
    N_("make the next version as somebody chose it at the forge, and propose it there"),
    "charter ci release --event event.json",
    event_option,
)
def ci_release_command(options: argparse.Namespace, out: TextIO) -> int:
    """Run `charter release`, `stamp` and `verify`, and propose what they wrote. Return 1 if one finds
    something, and then propose nothing; but a version goes on without a time-stamp that did not come."""
    forge = forge_here(out)
    inputs = forge.read_inputs(event_data(options))
    kind, source, text = inputs.get("kind", KINDS[0]), options.source, io.StringIO()
    if kind not in KINDS:
        raise UsageError(_("a release is {kinds}, and nothing else").format(kinds=", ".join(KINDS)))
    base = git.resolve_commit(Path(), "HEAD")
    settings = {"source": source, "date": inputs.get("date") or None, "format": "text", "against": None}
    asked = argparse.Namespace(**settings, **{name: kind == name for name in KINDS[1:]})
    code = EXIT_OK if kind == STAMP else _run(release_command, asked, text)
    stamped = code or _try_stamp(asked, text)
    code = code or _run(verify_command, asked, text)
    out.write(text.getvalue())
    if code:
        return code
    if kind == STAMP and not git.run_git(Path(), "status", "--porcelain", "--", source).strip():
        return stamped
    branch, title, body, again = _words_of(kind, read_edition(options).releases[-1].version)
    log = Path(source).parent / freeze.CHANGELOG
    commit_files(forge, [source, *([str(log)] if log.is_file() else [])], title)
    if number := forge.own_branches(branch).get(branch, 0):
        forge.end_approvals(number, again)
    proposed = (branch, title, body.format(kind=indent(text.getvalue(), "    ")))
    propose_and_check(forge, proposed, base, source)
    return stamped if kind == STAMP else EXIT_OK


def _run(what: Command, asked: argparse.Namespace, out: TextIO) -> int:
    return what.run(asked, out) if what.run else EXIT_OK


def _try_stamp(asked: argparse.Namespace, out: TextIO) -> int:
    """Run `charter stamp`; what stops it is told, and stops nothing else."""
    try:
        return _run(stamp_command, asked, out)
    except CharterError as problem:
        out.write(f"{problem}\n")
        return EXIT_FINDINGS


def _words_of(kind: str, version: str) -> tuple[str, str, str, str]:
    """The branch of a proposal, its title and text, and what is said to those who approved it before."""
    if kind == STAMP:
        again = _("The time-stamps were asked for again after this approval: please look again.")
        return "time-stamps", _("Add time-stamps"), _("These came from charter stamp:\n\n{kind}"), again
    title = _("Release version {version}").format(version=version)
    body = _("This version was made by charter release:\n\n{kind}")
    again = _("This version was made again after this approval: please read it again.")
    return f"release/{version}", title, body, again
