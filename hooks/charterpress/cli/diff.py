"""`charter diff`: the changes from one text to another, as a redline."""

from __future__ import annotations

import argparse
import html
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO, TypeAlias

from charterpress.checks import compare, is_complete
from charterpress.checks.checksums import intact_releases
from charterpress.checks.queries import quote, suggestion
from charterpress.cli import describe
from charterpress.cli.command import (
    EXIT_OK,
    command,
    format_option,
    note_missing_dictionaries,
    option,
    read_edition,
    use_colour,
)
from charterpress.editing.new import offers
from charterpress.model import Change, ChangeNote, Charter, Edition, Kind
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.escape import escape_lines, escape_markdown, to_markdown
from charterpress.text.interface import N_, direction, language, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions import diff, number
from charterpress.versions.translations.working import changes_between
from charterpress.views.comparison import REMOVALS
from charterpress.views.principle_parts import text_parts

DRAFT = "draft"
"""What people call the working text."""
_STYLE = "<style>.visually-hidden { position: absolute; clip-path: inset(50%) }</style>"
"""Words that only a screen reader says stay out of sight."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The changes from `old` to `new`, versions or “draft”, the notes in between, and subjects' names."""

    old: str
    new: str
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...]
    names: Mapping[str, str]
    whole: Mapping[str, str] = field(default_factory=dict)
    """The texts of the principles and themes that came or went, as Markdown, by their ids."""
    colour: bool = False
    commitments: number.CommitmentCounts | None = None
    offered: tuple[offers.Offer, ...] = ()
    """What two people may count as less, of the changes of the working text."""

    def sentence(self) -> str:
        """A summary of the changes."""
        if not self.changes:
            return _("{old} and {new} say the same.").format(old=self.old, new=self.new)
        class_ = describe.class_summary(self.changes, self.notes)
        summary = ngettext(
            "{count} change from {old} to {new}, of the class {class_}.",
            "{count} changes from {old} to {new}, of the class {class_}.",
            len(self.changes),
        ).format(count=len(self.changes), old=self.old, new=self.new, class_=class_)
        return f"{summary} {describe.commitment_sentence(self.commitments)}".rstrip()

    def words(self, change: Change) -> tuple[str, str]:
        """The words before and after a change, as Markdown: all of them for what came or went as a whole."""
        if change.field or change.subject not in self.whole:
            return change.before, change.after
        text = self.whole[change.subject]
        return ("", text) if change.kind is Kind.ADDED else (text, "")


def compare_versions(edition: Edition, old: str, new: str, *, colour: bool = False) -> Difference:
    """The changes from `old` to `new`. Raises UsageError if there is no such version, CharterError if one was
    altered or the working text is needed and unreadable."""
    before, after = _charter(edition, old), _charter(edition, new)
    notes = _notes_between(edition, old, new)
    releases = {release.version: release for release in edition.releases}
    changes = changes_between(edition, releases.get(old), releases.get(new), notes)
    if new == DRAFT:
        notes = (*notes[: -len(edition.notes) or None], *_sound_notes(edition))
    names = describe.subject_names(before, after)
    whole = {
        change.subject: _text_of(change.subject, after if change.kind is Kind.ADDED else before)
        for change in changes
        if not change.field and change.kind in (Kind.ADDED, *REMOVALS)
    }
    current = edition.current.version if edition.current else None
    return Difference(
        old=old,
        new=new,
        changes=changes,
        notes=notes,
        names=names,
        whole=whole,
        colour=colour,
        commitments=number.count_commitments(before, after, changes),
        offered=offers.find_offers(edition, changes, notes) if (old, new) == (current, DRAFT) else (),
    )


def _text_of(id: str, charter: Charter) -> str:
    """The full text of a principle or theme as Markdown, each part under its heading."""
    blocks: list[str] = []
    for _ignored, principle in charter.principles():
        if principle.id == id:
            blocks.append(to_markdown(principle.title))
            for part in text_parts(principle, charter):
                plain = to_markdown if part.plain else str
                items = [f"{place}) {plain(each)}" for place, each in part.items]
                blocks += [f"{to_markdown(part.heading)}:", plain(part.text), *items]
    for theme in charter.themes:
        if theme.id == id:
            blocks += [to_markdown(theme.title), to_markdown(theme.summary), theme.text]
    return "\n\n".join(filter(None, blocks))


def _charter(edition: Edition, name: str) -> Charter:
    if name == DRAFT:
        if edition.charter is None or not is_complete(edition):
            raise CharterError(_("the working text cannot be read as a whole: run “charter check”"))
        return edition.charter
    releases = {release.version: release for release in edition.releases}
    if name not in releases:
        known = [*releases, DRAFT]
        hint = suggestion(name, known, _("there is {known}").format(known=", ".join(map(quote, known))))
        raise UsageError(_("there is no version {name}: {hint}").format(name=quote(name), hint=hint))
    if releases[name].path not in intact_releases(edition):
        raise CharterError(
            _("the file of version {name} is not what was released: run “charter verify”").format(name=name)
        )
    return releases[name].charter


def _notes_between(edition: Edition, old: str, new: str) -> tuple[ChangeNote, ...]:
    """The notes from `old` to `new`; none in the other direction."""
    notes = {release.version: release.notes for release in edition.releases} | {DRAFT: edition.notes}
    versions = list(notes)
    passed = versions[versions.index(old) + 1 : versions.index(new) + 1]
    return tuple(note for version in passed for note in notes[version])


def _sound_notes(edition: Edition) -> tuple[ChangeNote, ...]:
    """The notes of the working text, without approvals of what must not be lowered."""
    compared = compare(edition)
    return compared.notes if compared else edition.notes


def _text(difference: Difference) -> str:
    lines = [difference.sentence(), ""]
    for name, rows in describe.changes_by_subject(difference.changes, difference.names):
        lines += [escape_lines(name), ""]
        for change, sentence in rows:
            lines.append(f"  [{change.class_}] {escape_lines(sentence)}")
            if any(words := difference.words(change)):
                redline = diff.redline_text(*map(escape_lines, words), colour=difference.colour)
                lines += [f"    {line}".rstrip() for line in redline.split("\n")]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _markdown(difference: Difference) -> str:
    """For a comment on a pull request."""
    return f"{escape_markdown(difference.sentence())}\n\n{difference_markdown(difference)}".rstrip() + "\n"


def difference_markdown(difference: Difference) -> str:
    """Every change, grouped by subject, without an introduction."""
    lines = []
    for name, rows in describe.changes_by_subject(difference.changes, difference.names):
        lines += [f"## {escape_markdown(name)}", ""]
        for change, sentence in rows:
            lines += [f"*{change.class_}*: {escape_markdown(sentence)}", ""]
            if any(words := difference.words(change)):
                lines += [diff.redline_markdown(*words).strip("\n"), ""]
    return "\n".join(lines).rstrip() + "\n"


def _html(difference: Difference) -> str:
    """A complete page."""
    title = html.escape(_("{old} to {new}").format(old=difference.old, new=difference.new))
    head = f'<html lang="{language()}" dir="{direction()}"><head><meta charset="utf-8">'
    if language() == "en":
        head = '<html lang="en"><head><meta charset="utf-8">'
    lines = [
        "<!doctype html>",
        f"{head}<title>{title}</title>{_STYLE}</head><body>",
        f"<p>{html.escape(difference.sentence())}</p>",
    ]
    for name, rows in describe.changes_by_subject(difference.changes, difference.names):
        lines.append(f"<h2>{html.escape(name)}</h2>")
        for change, sentence in rows:
            lines.append(f"<p><strong>{change.class_}</strong>: {html.escape(sentence)}</p>")
            if any(words := difference.words(change)):
                lines.append(f"<div>{diff.redline_html(*words)}</div>")
    return "\n".join([*lines, "</body></html>"]) + "\n"


def _json(difference: Difference) -> str:
    return describe.json_document(
        "diff",
        {
            "from": difference.old,
            "to": difference.new,
            "class": number.approved_class(difference.changes, difference.notes),
            "changes": [
                describe.change_values(change)
                | {"text": "" if change.field else difference.whole.get(change.subject, "")}
                for change in difference.changes
            ],
            "lowered": describe.lowered_values(difference.changes, difference.notes, difference.names),
            "offers": offers.offer_values(difference.offered),
        },
    )


Format: TypeAlias = Callable[[Difference], str]
FORMATS: dict[str, Format] = {"text": _text, "markdown": _markdown, "html": _html, "json": _json}


@command(
    N_("show what changed between two versions, or between one and the working text"),
    "charter diff 1.0.0 draft",
    option("old", metavar="A", names_of="versions", help=N_("a version, or “draft” for the working text")),
    option("new", metavar="B", names_of="versions", help=N_("the other one")),
    format_option(
        FORMATS,
        N_("text for a terminal (the default; in colour unless NO_COLOR is set), markdown, html, or json"),
    ),
)
def diff_command(options: argparse.Namespace, out: TextIO) -> int:
    """Show the changes from one text to another."""
    colour = use_colour(out, os.environ)
    edition = read_edition(options)
    note_missing_dictionaries(edition)
    difference = compare_versions(edition, options.old, options.new, colour=colour)
    out.write(FORMATS[options.format](difference))
    return EXIT_OK
