"""A proposal → the merge that it would make, and what is wrong with it and changed by it.

No file of a proposal is run: git merges without a checkout, and what is read lies in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from charterpress.checks import SURROUNDING_RULES, check
from charterpress.cli.check import downgrade_untouched, protected_files
from charterpress.cli.command import SETTINGS, latest_date, missing_letters
from charterpress.cli.counts import count_organisations
from charterpress.cli.describe import (
    class_summary,
    deciding_reasons,
    name_list,
    sign_again_sentence,
    subject_names,
)
from charterpress.cli.diff import Difference, difference_markdown
from charterpress.cli.proofs import faulty_findings
from charterpress.cli.working_status import working_status
from charterpress.editing.new import offers
from charterpress.forges import ChangedFile, CommentContent, Proposal, check_changed_files
from charterpress.model import Class, Edition, Finding, Release, Severity
from charterpress.model.errors import CharterError
from charterpress.read import load, read_surroundings
from charterpress.storage import git
from charterpress.storage.merges import files_of_commit, merge_commits
from charterpress.text.escape import escape_markdown
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.versions import freeze, number
from charterpress.versions.translations.changes import all_changes
from charterpress.versions.translations.working import working_texts
from charterpress.views.history import History

MAX_PATHS = 10
"""Paths that a sentence names."""
_CONFLICT = N_("another change to the same lines was taken in meanwhile, so that this cannot be merged")
_MEND_CONFLICT = N_("bring this branch up to date, and choose between the two")


def judge_merge(repository: Path, source: str, proposal: Proposal) -> CommentContent:
    """Return what is wrong with, and changed by, the merge of a proposal; `source` is the charter's folder.
    Raises CharterError if git cannot merge it."""
    base, head = proposal.base, proposal.head
    merged, conflicts = merge_commits(repository, base, head)
    touched = [
        ChangedFile(path=each.path, mode=each.mode, before=each.before, size=each.size, start=each.start)
        for each in git.differences(repository, base, merged or head)
    ]
    folder = Path(source).as_posix()
    findings = check_changed_files(touched, folder, git.paths_in_commit(repository, merged or head))
    warned = [f"**{each}**" for each in _alerts(touched, findings, folder)]
    if conflicts:
        findings = (*map(_conflict, conflicts), *findings)
        words = [_("It cannot be merged, so its words were not compared.")]
        return CommentContent(outcome=[*warned, *words], changes="", findings=findings)
    try:
        with files_of_commit(repository, base) as before, files_of_commit(repository, merged) as after:
            content = _compare(before, after, source, proposal)
    except CharterError:
        if not any(each.severity is Severity.ERROR for each in findings):
            raise
        words = [_("Its files cannot be laid out to be read, so its words were not compared.")]
        return CommentContent(outcome=[*warned, *words], changes="", findings=findings)
    return replace(content, outcome=[*warned, *content.outcome], findings=(*findings, *content.findings))


def _conflict(path: str) -> Finding:
    return _error(path, rule="merge-conflict", message=_(_CONFLICT), fix=_(_MEND_CONFLICT))


def _no_charter(source: str) -> Finding:
    """Whatever is proposed, nothing can be judged where the charter is not."""
    return _error(
        source,
        rule="charter-missing",
        message=_(
            "this would leave no folder of this name in the repository, and the charter is read from it"
        ),
        fix=_("bring the folder back, or set CHARTER_SOURCE to the folder that the charter is in"),
    )


def _error(path: str, *, rule: str, message: str, fix: str) -> Finding:
    """What is wrong with a file or folder as a whole."""
    return Finding(path=path, line=1, column=1, severity=Severity.ERROR, rule=rule, message=message, fix=fix)


def _alerts(touched: Sequence[ChangedFile], findings: Sequence[Finding], folder: str) -> list[str]:
    """What a person must not overlook: published versions that change, and software."""
    machine = [each.path for each in findings if each.rule.startswith("machine")]
    published = [
        each.path
        for each in touched
        if each.path.startswith(f"{folder}/{freeze.FOLDER}/")
        and not each.path.endswith(freeze.SUMS)
        and int(each.before, 8)
    ]
    alerts = (
        (published, _("This changes what was published, which nobody may: {paths}.")),
        (machine, _("This changes the software or the workflows, of which the check ran nothing: {paths}.")),
    )
    return [words.format(paths=_paths(paths)) for paths, words in alerts if paths]


def _paths(paths: Sequence[str]) -> str:
    more = len(paths) - MAX_PATHS
    rest = [ngettext("and {count} more", "and {count} more", more).format(count=more)] if more > 0 else []
    return join_items([*(escape_markdown(path, 200) for path in paths[:MAX_PATHS]), *rest])


def _compare(unchanged: Path, merged: Path, source: str, proposal: Proposal) -> CommentContent:
    """Findings, classes and changes to the register, if the charter's files are safe to read."""
    folder = merged / source
    if not folder.is_dir() or folder.resolve() != merged.resolve() / source:
        words = [_("It would leave no charter, so its words were not compared.")]
        return CommentContent(outcome=words, changes="", findings=[_no_charter(source)])
    before = load(unchanged / source, shown=source)
    after = load(folder, shown=source)
    after = replace(
        after,
        recorded=git.first_added(folder, freeze.FOLDER),
        today=latest_date(),
        agreed=protected_files(folder, proposal.base),
        touched=frozenset(f"{after.root}/{name}" for name in git.changed_since(folder, proposal.base)),
        maintained=proposal.maintained,
        missing_letters=partial(missing_letters, unchanged / source),
    )
    checked = _downgrade_known(after, replace(before, recorded=after.recorded, today=after.today))
    shown = [each for each in checked if each.path in after.touched or each.severity is Severity.ERROR]
    shown += faulty_findings(after)
    shown += _drifted(
        replace(before, surroundings=read_surroundings(unchanged / source, source)), after, folder
    )
    outcome, changes = _outcome(before, after)
    return CommentContent(
        outcome=[*outcome, *map(escape_markdown, _register(before, after))],
        changes=changes,
        findings=tuple(shown),
    )


def _drifted(before: Edition, after: Edition, folder: Path) -> list[Finding]:
    """What no longer fits around the charter in `folder`, and did before: a warning, because forms and
    settings are changed in a proposal of their own."""
    around = replace(after, surroundings=read_surroundings(folder, after.root))
    known = {(each.rule, each.path, each.message) for each in check(before, SURROUNDING_RULES)}
    found = check(around, SURROUNDING_RULES)
    new = [each for each in found if (each.rule, each.path, each.message) not in known]
    return [replace(each, severity=Severity.WARNING) for each in new]


def _downgrade_known(after: Edition, before: Edition) -> tuple[Finding, ...]:
    """The findings in `after`, as warnings where no touched file causes them and `before` has them too: what
    comes of two changes together is an error, whichever file it shows in."""
    found = check(after)
    lowered = downgrade_untouched(found, after.touched, f"{after.root}/{SETTINGS}")
    if lowered == found:
        return found
    known = {(each.rule, each.path, each.message) for each in check(before)}
    return tuple(
        new if (new.rule, new.path, new.message) in known else old
        for old, new in zip(found, lowered, strict=True)
    )


def _outcome(before: Edition, after: Edition) -> tuple[list[str], str]:
    """The class, the next version, who would have to sign again and what may be lowered, and then the
    changes, as Markdown."""
    if before.charter is None or after.charter is None:
        return [_("What this changes cannot be worked out until the errors below are mended.")], ""
    known = {release.version for release in before.releases}
    new = [release for release in after.releases if release.version not in known]
    sentences = [_new_version(after, each) for each in new]
    texts = working_texts(before), working_texts(after)
    changes = all_changes(before.charter, after.charter, after.notes, texts)
    status = working_status(after)
    notes = number.sound_notes(changes, after.notes, after.charter)
    names, redline = subject_names(before.charter, after.charter), ""
    blocks: list[str] = []
    if changes:
        reasons, class_ = "; ".join(deciding_reasons(changes, names, notes)), class_summary(changes, notes)
        message = ngettext(
            "{count} change, of the class {class_}: {reasons}.",
            "{count} changes, of the class {class_}: {reasons}.",
            len(changes),
        )
        sentences.append(message.format(count=len(changes), class_=class_, reasons=reasons))
        redline = difference_markdown(
            Difference(old="now", new="proposed", changes=changes, notes=notes, names=names)
        )
        blocks = offers.offer_markdown(offers.find_offers(after, changes, notes), names)
    else:
        sentences.append(_("No word of the charter changes."))
    if status.version and status.class_ is not Class.NONE:
        message = _("With all that waits in the working text, the next version is {version}.")
        sentences.append(message.format(version=status.version))
        asked = [each.name for each in status.sign_again]
        sentences.append(sign_again_sentence(asked) or _("It asks nobody to sign again."))
    return [*map(escape_markdown, sentences), *blocks], redline


def _new_version(edition: Edition, release: Release) -> str:
    """What a release that a proposal adds is, and what its notes lowered."""
    lowered = History(edition).lowerings(release)
    words = [f"{each.sentence} {each.reason} {' '.join(each.words)}" for each in lowered]
    first = _("It makes version {version}, of the class {class_}.")
    return " ".join([first.format(version=release.version, class_=release.class_), *words])


def _register(before: Edition, after: Edition) -> list[str]:
    """Who joins the register, signs again, withdraws or is corrected, and whose address changes."""
    known = {each.slug: each for each in before.signatories}
    joining, moving, signing, leaving, corrected = [], [], [], [], []
    for each in after.signatories:
        former = next((known[slug] for slug in (each.slug, *each.formerly) if slug in known), None)
        if former is None:
            joining.append(each.name)
            continue
        if former.slug != each.slug:
            moving.append(_("{name} (was {former})").format(name=each.name, former=former.name))
        if each.left and not former.left:
            leaving.append(each.name)
        elif len(each.signed) > len(former.signed):
            signing.append(each.name)
        elif former.slug == each.slug and replace(each, path="") != replace(former, path=""):
            corrected.append(each.name)
    groups = (
        (joining, _("{organisations} would join the register{names}.")),
        (signing, _("{organisations} would sign again{names}.")),
        (leaving, _("{organisations} would withdraw{names}.")),
        (corrected, _("{organisations} would be corrected{names}.")),
        (moving, _("{organisations} would get a new address{names}.")),
    )
    return [
        message.format(organisations=count_organisations(len(names)), names=name_list(names))
        for names, message in groups
        if names
    ]
