"""`charter ci release`: the next version, as a proposal."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from textwrap import indent
from typing import TextIO

from charterpress.cli.ci.events import event_data, event_option, forge_here
from charterpress.cli.ci.proposals import commit_files, propose_and_check
from charterpress.cli.command import EXIT_OK, command, read_edition
from charterpress.cli.release import release_command
from charterpress.cli.verify import verify_command
from charterpress.model.errors import UsageError
from charterpress.storage import git
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze

KINDS = ("next", "first", "consultation")
"""What can be chosen when the workflow is started."""
RUNS = tuple(each.run for each in (release_command, verify_command) if each.run)


@command(
    N_("make the next version as somebody chose it at the forge, and propose it there"),
    "charter ci release --event event.json",
    event_option,
)
def ci_release_command(options: argparse.Namespace, out: TextIO) -> int:
    """Run `charter release` and `charter verify`, and propose what they wrote. Return 1 if one finds
    something, and then propose nothing."""
    forge = forge_here(out)
    inputs = forge.read_inputs(event_data(options))
    kind, source, text = inputs.get("kind", KINDS[0]), options.source, io.StringIO()
    if kind not in KINDS:
        raise UsageError(_("a release is {kinds}, and nothing else").format(kinds=", ".join(KINDS)))
    base = git.resolve_commit(Path(), "HEAD")
    chosen = {name: kind == name for name in KINDS[1:]}
    settings = {"source": source, "date": inputs.get("date") or None, "format": "text", "against": None}
    asked = argparse.Namespace(**settings, **chosen)
    code = next(filter(None, (each(asked, text) for each in RUNS)), EXIT_OK)
    out.write(text.getvalue())
    if code:
        return code
    version = read_edition(options).releases[-1].version
    log = Path(source).parent / freeze.CHANGELOG
    commit_files(
        forge,
        [source, *([str(log)] if log.is_file() else [])],
        _("Release version {version}").format(version=version),
    )
    branch = f"release/{version}"
    body = _("This version was made by charter release:\n\n{kind}").format(
        kind=indent(text.getvalue(), "    ")
    )
    if number := forge.own_branches(branch).get(branch, 0):
        forge.end_approvals(
            number, _("This version was made again after this approval: please read it again.")
        )
    propose_and_check(
        forge, (branch, _("Release version {version}").format(version=version), body), base, source
    )
    return EXIT_OK
