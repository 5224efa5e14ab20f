"""`charter diff`: the changes from one text to another, as a redline."""

from __future__ import annotations

import argparse
import html
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from charterpress.checks import is_complete
from charterpress.checks.checksums import intact_releases
from charterpress.checks.queries import closest_match, quote
from charterpress.cli.command import EXIT_OK, Command, pluralise, read_edition, use_colour
from charterpress.cli.describe import (
    change_sentence,
    change_values,
    class_summary,
    group_by_subject,
    json_document,
    subject_names,
)
from charterpress.model import Change, ChangeNote, Charter, Edition, Kind
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.escape import escape_lines, escape_markdown, to_markdown
from charterpress.versions import diff, number
from charterpress.views.comparison import REMOVALS
from charterpress.views.principle_parts import text_parts

DRAFT = "draft"
"""What people call the working text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The changes from `old` to `new`, each a version or “draft”, and the notes in between; `names` are the
    names of their subjects."""

    old: str
    new: str
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...]
    names: Mapping[str, str]
    whole: Mapping[str, str] = field(default_factory=dict)
    """The texts of the principles and themes that came or went, as Markdown, by their ids."""
    colour: bool = False

    def sentence(self) -> str:
        """A summary of the changes."""
        if not self.changes:
            return f"{self.old} and {self.new} say the same."
        said = f"{pluralise(len(self.changes), 'change')} from {self.old} to {self.new}, of the class "
        return f"{said}{class_summary(self.changes, self.notes)}."

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
    changes = number.changes(before, after, notes)
    return Difference(
        old=old,
        new=new,
        changes=changes,
        notes=notes,
        names=subject_names(before, after),
        whole={
            change.subject: _text_of(change.subject, after if change.kind is Kind.ADDED else before)
            for change in changes
            if not change.field and change.kind in (Kind.ADDED, *REMOVALS)
        },
        colour=colour,
    )


def _text_of(id: str, charter: Charter) -> str:
    """The full text of a principle or theme as Markdown, each part under its heading."""
    blocks: list[str] = []
    for _, principle in charter.principles():
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
            raise CharterError("the working text cannot be read as a whole: run “charter check”")
        return edition.charter
    found = {release.version: release for release in edition.releases}
    if name not in found:
        near = closest_match(name, [*found, DRAFT])
        hint = f"do you mean {quote(near)}?" if near else f"there is {', '.join(map(quote, [*found, DRAFT]))}"
        raise UsageError(f"there is no version {quote(name)}: {hint}")
    if found[name].path not in intact_releases(edition):
        raise CharterError(f"the file of version {name} is not what was released: run “charter verify”")
    return found[name].charter


def _notes_between(edition: Edition, old: str, new: str) -> tuple[ChangeNote, ...]:
    """The notes from `old` to `new`; none in the other direction."""
    notes = {release.version: release.notes for release in edition.releases} | {DRAFT: edition.notes}
    versions = list(notes)
    passed = versions[versions.index(old) + 1 : versions.index(new) + 1]
    return tuple(note for version in passed for note in notes[version])


# --- Formats -----------------------------------------------------------------------------------------


def _text(found: Difference) -> str:
    lines = [found.sentence(), ""]
    for subject, changes in group_by_subject(found.changes).items():
        lines += [escape_lines(found.names.get(subject, subject)), ""]
        for change in changes:
            lines.append(f"  [{change.class_}] {escape_lines(change_sentence(change, found.names))}")
            if any(words := found.words(change)):
                shown = diff.redline_text(*map(escape_lines, words), colour=found.colour)
                lines += [f"    {line}".rstrip() for line in shown.split("\n")]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _markdown(found: Difference) -> str:
    """For a comment on a pull request."""
    return f"{escape_markdown(found.sentence())}\n\n{difference_markdown(found)}".rstrip() + "\n"


def difference_markdown(found: Difference) -> str:
    """Every change, grouped by subject, without an introduction."""
    lines = []
    for subject, changes in group_by_subject(found.changes).items():
        lines += [f"## {escape_markdown(found.names.get(subject, subject))}", ""]
        for change in changes:
            lines += [f"*{change.class_}*: {escape_markdown(change_sentence(change, found.names))}", ""]
            if any(words := found.words(change)):
                lines += [diff.redline_markdown(*words).strip("\n"), ""]
    return "\n".join(lines).rstrip() + "\n"


_STYLE = "<style>.visually-hidden { position: absolute; clip-path: inset(50%) }</style>"
"""Words that only a screen reader says stay out of sight."""


def _html(found: Difference) -> str:
    """A complete page."""
    title = html.escape(f"{found.old} to {found.new}")
    lines = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{_STYLE}</head><body>',
        f"<p>{html.escape(found.sentence())}</p>",
    ]
    for subject, changes in group_by_subject(found.changes).items():
        lines.append(f"<h2>{html.escape(found.names.get(subject, subject))}</h2>")
        for change in changes:
            said = html.escape(change_sentence(change, found.names))
            lines.append(f"<p><strong>{change.class_}</strong>: {said}</p>")
            if any(words := found.words(change)):
                lines.append(f"<div>{diff.redline_html(*words)}</div>")
    return "\n".join([*lines, "</body></html>"]) + "\n"


def _json(found: Difference) -> str:
    return json_document(
        {
            "from": found.old,
            "to": found.new,
            "class": number.approved_class(found.changes, found.notes),
            "changes": [
                change_values(change) | {"text": "" if change.field else found.whole.get(change.subject, "")}
                for change in found.changes
            ],
        }
    )


FORMATS: dict[str, Callable[[Difference], str]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
}


# --- The command -------------------------------------------------------------------------------------


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="A", help=f"a version, or “{DRAFT}” for the working text")
    parser.add_argument("new", metavar="B", help="the other one")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text for a terminal (the default; in colour unless NO_COLOR is set), markdown, html, or json",
    )


def _diff(options: argparse.Namespace, out: TextIO) -> int:
    """Show the changes from one text to another."""
    colour = use_colour(out, os.environ)
    found = compare_versions(read_edition(options), options.old, options.new, colour=colour)
    out.write(FORMATS[options.format](found))
    return EXIT_OK


DIFF = Command(
    about="show what changed between two versions, or between one and the working text",
    example="charter diff 1.0.0 draft",
    options=_options,
    run=_diff,
)
