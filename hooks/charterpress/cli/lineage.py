"""`charter rename`, `move`, `retire`, `split` and `merge`: every file that one of them changes, or none."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from charterpress.checks.queries import principles_by_id, quote
from charterpress.cli.command import Command, command, command_line, option
from charterpress.cli.new.file_commands import (
    CHECKING,
    print_next_steps,
    print_warnings,
    with_lock,
    write_draft,
)
from charterpress.cli.progress import progress_message
from charterpress.editing.lineage import Lineage
from charterpress.editing.new.principle import find_theme
from charterpress.model import Edition
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_WHY = option(
    "--why", metavar="WORDS", default="", help=N_("the reason (default: to be written into the note)")
)
_ID_HELP = N_("the principle: the name of its file, without “.md”")


def _lineage_command(
    about: str, example: str, *options: Callable[..., object]
) -> Callable[[Callable[[argparse.Namespace, Lineage], None]], Command]:
    """Make the function below, which takes the steps, into a command that writes their result."""

    def decorate(take_steps: Callable[[argparse.Namespace, Lineage], None]) -> Command:
        def make(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
            source = Path(options.source)
            lineage = Lineage(edition, lambda inside: (source / inside).read_bytes())
            with progress_message(CHECKING):
                take_steps(options, lineage)
                draft = lineage.draft(options.why)
            write_draft(options, draft, out)
            print_warnings(draft, out)
            status, check = command_line(options, "status"), command_line(options, "check")
            steps = [_("{command}  says what it comes to.").format(command=status)]
            if draft.to_fill_in:
                first = _("{command}  names the places that wait for words.")
                steps.insert(0, first.format(command=check))
            return print_next_steps(out, steps)

        return command(about, example, *options, _WHY)(with_lock(make))

    return decorate


@_lineage_command(
    N_("give a principle another id, and lead its links and lists there"),
    "charter rename keep-the-key hold-the-key",
    option("id", metavar="ID", names_of="principles", help=_ID_HELP),
    option("new", metavar="NEW", help=N_("what its file is called from now on")),
    option("--title", metavar="TITLE", help=N_("its new title, which binds (default: it keeps its own)")),
)
def rename_command(options: argparse.Namespace, lineage: Lineage) -> None:
    """Rename a principle."""
    lineage.rename(options.id, options.new, options.title)


@_lineage_command(
    N_("put a principle into another theme"),
    "charter move keep-the-key sharing --after say-sorry",
    option("id", metavar="ID", names_of="principles", help=_ID_HELP),
    option("theme", metavar="THEME", names_of="themes", help=N_("the theme: its id, title or number")),
    option(
        "--after", metavar="ID", default="", help=N_("put it behind this principle (default: at the end)")
    ),
)
def move_command(options: argparse.Namespace, lineage: Lineage) -> None:
    """Move a principle."""
    lineage.move(options.id, find_theme(lineage.now, options.theme), options.after)


@_lineage_command(
    N_("take a principle out, and say what takes its place"),
    "charter retire keep-the-key --replaced-by look-back",
    option("id", metavar="ID", names_of="principles", help=_ID_HELP),
    option(
        "--replaced-by",
        metavar="ID",
        action="append",
        default=[],
        help=N_("the principle that takes its place"),
    ),
    option(
        "--covered-by", metavar="ID", action="append", default=[], help=N_("one that said as much all along")
    ),
)
def retire_command(options: argparse.Namespace, lineage: Lineage) -> None:
    """Retire a principle."""
    if options.replaced_by and options.covered_by:
        raise UsageError(
            _("--replaced-by is for what takes its place, --covered-by for what said it: use one")
        )
    heirs = [lineage.principle(id).id for id in (*options.replaced_by, *options.covered_by)]
    lineage.retire(options.id, heirs, covered=bool(options.covered_by))


@_lineage_command(
    N_("part a principle into several: the first new one begins with its words"),
    'charter split keep-the-key "Keep the key safe" "Hand the key on"',
    option("id", metavar="ID", names_of="principles", help=_ID_HELP),
    option(
        "into",
        metavar="PART",
        nargs="+",
        help=N_("the title of a new principle, or the id of one that is there; its own id where it stays"),
    ),
)
def split_command(options: argparse.Namespace, lineage: Lineage) -> None:
    """Split a principle."""
    if len(set(options.into)) < 2:
        raise UsageError(_("a principle is split into two or more: name each, or use “charter rename”"))
    alive, beside, heirs = principles_by_id(lineage.now), options.id, []
    lineage.principle(options.id)
    new = [part for part in options.into if part not in alive]
    for part in dict.fromkeys(options.into):
        if part in alive:
            heirs.append(part)
            continue
        words = part == new[0] and options.id not in options.into
        beside = lineage.begin(part, options.id if words else beside, words=words)
        heirs.append(beside)
    if options.id in heirs:
        lineage.give(options.id, heirs)
    else:
        lineage.retire(options.id, heirs)


@_lineage_command(
    N_("join principles into one, which may be one of them, another or new"),
    "charter merge keep-the-key hold-the-key --into hold-the-key",
    option("ids", metavar="ID", nargs="+", names_of="principles", help=_ID_HELP),
    option(
        "--into", metavar="NEW", required=True, help=N_("the id of a principle, or the title of a new one")
    ),
)
def merge_command(options: argparse.Namespace, lineage: Lineage) -> None:
    """Merge principles."""
    ids = dict.fromkeys(options.ids)
    for id in ids:
        lineage.principle(id)
    into = options.into
    if into not in principles_by_id(lineage.now):
        into = lineage.begin(into, options.ids[0], words=True)
    gone = [id for id in ids if id != into]
    if not gone or (len(ids) == 1 and options.into != into):
        raise UsageError(
            _("{ids} alone is not a merger: “charter rename” gives it another name").format(
                ids=quote(options.ids[0])
            )
        )
    for id in gone:
        lineage.retire(id, [into])


LINEAGE: dict[str, Command] = {
    "rename": rename_command,
    "move": move_command,
    "retire": retire_command,
    "split": split_command,
    "merge": merge_command,
}
