"""`charter upgrade`: the files that `charter init` wrote, brought up to date with a newer version."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TextIO

from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    SETTINGS,
    command,
    command_line,
    disk_errors,
    either,
    option,
    read_file,
)
from charterpress.cli.installed import installed_package
from charterpress.cli.new.file_commands import interactive_terminal
from charterpress.cli.prompts import Terminal
from charterpress.editing.starter import Package, starter_files
from charterpress.editing.starter.record import RECORD, Record, read_record, record_bytes
from charterpress.editing.starter.repository import PINNED, REPORT_FORM, WHEELS
from charterpress.editing.upgrade.changelog import (
    CHANGELOG,
    DO,
    SEE,
    entries_between,
    read_changelog,
    version_key,
)
from charterpress.editing.upgrade.plan import (
    Action,
    FileChange,
    Found,
    Repository,
    digests_after,
    plan_upgrade,
)
from charterpress.model import MAX_FILE_BYTES
from charterpress.model.errors import CharterError, UsageError
from charterpress.storage import atomic, git, merges
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _

MAX_DIFF = 40
"""Lines that are shown of what changes in a file; of more, only the number is told."""

_REPORTING = re.compile(rb"^reporting[ \t]*:", re.MULTILINE)
_NOT_PINNED = N_("it is not known where others can get charterpress {version}: pin it there yourself")


@command(
    N_(
        "show what a newer version changes in the files that “charter init” wrote, and apply it if you say so"
    ),
    "charter upgrade --check",
    either(
        option("--check", action="store_true", help=N_("only show it, and exit with 1 if there is anything")),
        option("--yes", action="store_true", help=N_("apply it without asking")),
    ),
)
def upgrade_command(options: argparse.Namespace, out: TextIO) -> int:
    """Bring the repository of the charter up to date. The charter itself and the pages in docs/ are never
    touched. Raises UsageError if the repository is of a newer version, and CharterError if its record is
    missing or broken, if files are not committed, or if the disk refuses."""
    folder, person = _repository(options), None if options.check else interactive_terminal(out)
    with disk_errors(_("run “charter upgrade” again once that is fixed")), atomic.exclusive_lock(folder):
        if not options.check and atomic.finish_writing(folder):
            out.write(_("An upgrade that was interrupted is complete now.\n"))
        record, package = read_record(folder), installed_package()
        _require_newer(record, package)
        files = _files(options, record, package)
        changes = _plan(folder, record, package, files)
        if not changes and record.version == package.version:
            out.write(
                _("Nothing to do: the files are those of version {version}, or yours.\n").format(
                    version=package.version
                )
            )
            return EXIT_OK
        if options.yes or person:
            _require_committed(folder)
        out.writelines(f"{escape_lines(line)}\n" for line in _report(record, package, changes))
        if not _may_apply(options, person, out):
            return EXIT_FINDINGS
        if _plan(folder, record, package, files) != changes:
            raise CharterError(
                _("a file changed meanwhile, so nothing was written: run “charter upgrade” again")
            )
        _apply(folder, changes, _record(record, package, files))
        return _told(options, changes, out)


def _repository(options: argparse.Namespace) -> Path:
    """The folder that holds the charter's, or the nearest above it with a record, in the same repository."""
    start = Path(options.source).absolute().parent
    for folder in (start, *start.parents):
        if (folder / RECORD).is_file():
            return folder
        if (folder / ".git").exists():
            break
    return start


def _require_newer(record: Record, package: Package) -> None:
    if version_key(record.version) > version_key(package.version):
        raise UsageError(
            _(
                "the files here are those of version {version}, and charterpress {package_version} "
                "is older: install what {pinned} names"
            ).format(version=record.version, package_version=package.version, pinned=PINNED)
        )


def _files(options: argparse.Namespace, record: Record, package: Package) -> dict[str, bytes]:
    """The files that this version would write, without the record. Where the digest of the package is not
    known, what is pinned is left as it is; the form to report is written once charter.yml asks for
    reports."""
    reports = any(PurePosixPath(path).stem == REPORT_FORM for path in record.digests)
    files = starter_files(record.answers, package, reports=reports or _asks_reports(options))
    return {path: data for path, data in files.items() if path != RECORD and not _is_left(path, package)}


def _asks_reports(options: argparse.Namespace) -> bool:
    settings = Path(options.source) / SETTINGS
    return settings.is_file() and bool(_REPORTING.search(read_file(str(settings), MAX_FILE_BYTES)))


def _is_left(path: str, package: Package) -> bool:
    return not package.digests and (path == PINNED or path.startswith(f"{WHEELS}/"))


def _record(record: Record, package: Package, files: Mapping[str, bytes]) -> bytes:
    left = [path for path in record.digests if _is_left(path, package)]
    return record_bytes(package.version, record.answers, digests_after(record.digests, files, left))


def _plan(
    folder: Path, record: Record, package: Package, files: Mapping[str, bytes]
) -> tuple[FileChange, ...]:
    written = {path: each for path, each in record.digests.items() if not _is_left(path, package)}
    repository = Repository(
        found=partial(_found, folder),
        original=partial(git.version_with_digest, folder),
        merge=merges.merge_texts,
    )
    changes = plan_upgrade(written, files, repository)
    if record.version != package.version and not package.digests:
        why = _(_NOT_PINNED).format(version=package.version)
        changes += (FileChange(path=PINNED, action=Action.LEAVE, why=why),)
    return changes


def _found(folder: Path, path: str) -> Found:
    """What is at `path`. No link is followed, so nothing outside the repository is read or written."""
    file = folder / path
    parents = [each for each in file.parents if each.is_relative_to(folder) and each != folder]
    if file.is_symlink() or any(each.is_symlink() for each in parents):
        return Found(blocked=_("it is a link, or lies behind one"))
    if any(each.exists() and not each.is_dir() for each in parents) or file.is_dir():
        return Found(blocked=_("a folder and a file have the same name"))
    return Found(data=file.read_bytes() if file.exists() else None)


# --- What is said ------------------------------------------------------------------------------------------


def _report(record: Record, package: Package, changes: Iterable[FileChange]) -> Iterator[str]:
    """The lines that say what would change, and why."""
    if record.version != package.version:
        yield _("From version {old} to {new}").format(old=record.version, new=package.version)
        entries = read_changelog(CHANGELOG.read_text(encoding="utf-8"))
        for entry in entries_between(entries, record.version, package.version):
            yield from ("", _("{version} of {date}").format(version=entry.version, date=entry.date))
            for heading, words in ((SEE, entry.see), (DO, entry.do)):
                yield from (f"  {heading}:", *(f"  {line}".rstrip() for line in words.splitlines()))
        yield ""
    for change in changes:
        yield f"{change.action:7} {change.path}" + (f" ({change.why})" if change.why else "")
    if not changes:
        yield _("No file changes but the record of the version.")
    for change in changes:
        yield from _difference(change)


def _difference(change: FileChange) -> Iterator[str]:
    """The lines of a change, as a unified diff: also of what is new for a file that is left."""
    old, new = change.shown
    if old == new or b"\0" in old + new:
        return
    before, after = (each.decode(errors="replace").splitlines() for each in (old, new))
    lines = list(difflib.unified_diff(before, after, change.path, change.path, n=2, lineterm=""))
    yield from ("", *lines[:MAX_DIFF])
    if len(lines) > MAX_DIFF:
        more = len(lines) - MAX_DIFF
        yield ngettext("… and {count} more line", "… and {count} more lines", more).format(count=more)


def _may_apply(options: argparse.Namespace, person: Terminal | None, out: TextIO) -> bool:
    """Whether to write: if the option says so, or the person at the terminal does."""
    if options.yes:
        return True
    if person is None:
        message = _("\nNothing was written. {command}  applies it.\n")
        out.write(message.format(command=command_line(options, "upgrade --yes")))
        return False
    try:
        answer = person.read(_("\nApply this? [y/N] "))
    except (EOFError, KeyboardInterrupt):
        answer = ""
    if answer.strip().lower() in {"y", "yes"}:
        return True
    out.write(_("Nothing was written.\n"))
    return False


def _told(options: argparse.Namespace, changes: Iterable[FileChange], out: TextIO) -> int:
    """Say what is left to do; return 1 if something is."""
    left = [change.path for change in changes if change.action is Action.LEAVE]
    out.write(_("\nThis is done. Look at it with git diff, try it, and commit it.\n"))
    message = _("{command}  says whether all is in order.\n")
    out.write(message.format(command=command_line(options, "check")))
    if left:
        out.write(_("Left for you to decide, as shown above:\n") + "".join(f"  {path}\n" for path in left))
    return EXIT_FINDINGS if left else EXIT_OK


# --- What is done ------------------------------------------------------------------------------------------


def _require_committed(folder: Path) -> None:
    """Raises CharterError if git has uncommitted changes in `folder`: what an upgrade changes could not be
    told from them, nor taken back alone."""
    if changed := git.uncommitted(folder):
        raise CharterError(
            _(
                "nothing was written, because there are changes that are not committed. Commit them "
                "first, so that you can take the upgrade back; “charter upgrade --check” shows what "
                "it would change:"
            ),
            details=changed[:10],
        )


def _apply(folder: Path, changes: Iterable[FileChange], record: bytes) -> None:
    """Write all or nothing, the record included."""
    writes = {change.path: change.after for change in changes if change.after is not None}
    removes = [change.path for change in changes if change.action is Action.REMOVE]
    atomic.write_files(folder, writes | {RECORD: record}, removes)
