"""Changes of the text → the words that findings say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from charterpress.checks.queries import quote
from charterpress.model import Change, Edition, Kind
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.languages import own_name
from charterpress.text.lists import join_clauses
from charterpress.versions import number


def describe_changes(edition: Edition, changes: Iterable[Change], most: int = 3) -> str:
    """The changes of the highest class in a row, with the words that decide it: what an editor looks for."""
    top = number.computed_class(tuple(changes))
    shapes = edition.charter.sections if edition.charter else ()
    headings = {shape.id: quote(shape.heading) for shape in shapes}
    deciding = [_describe_change(change, headings) for change in changes if change.class_ is top]
    shown, more = join_clauses(deciding[:most]), len(deciding) - most
    if more <= 0:
        return shown
    # Translators: {changes} are changes in a row, one after another.
    message = ngettext("{changes} and {count} more", "{changes} and {count} more", more)
    return message.format(changes=shown, count=more)


_KINDS = {
    # Translators: what happened to a part of the text, after a colon: summary in speak-plainly: reworded
    Kind.ADDED: N_("added"),
    Kind.REMOVED: N_("removed"),
    Kind.REWORDED: N_("reworded"),
    Kind.STRENGTHENED: N_("strengthened"),
    Kind.WEAKENED: N_("weakened"),
    Kind.FIGURE: N_("a figure or deadline changed"),
    Kind.LINK: N_("a link leads elsewhere"),
    Kind.LINK_ADDED: N_("a link was added"),
    Kind.LINK_REMOVED: N_("a link was taken out"),
    Kind.LAYOUT: N_("emphasis or layout changed"),
    Kind.PUNCTUATION: N_("punctuation, case or spacing changed"),
    Kind.REORDERED: N_("put in another order"),
    Kind.MOVED: N_("moved to another theme"),
    Kind.RENAMED: N_("renamed"),
    Kind.RETIRED: N_("retired"),
    Kind.SPLIT: N_("split"),
    Kind.MERGED: N_("merged"),
    Kind.GAVE: N_("a part went to another principle"),
    Kind.TOOK: N_("a part of another principle came"),
}


def _describe_change(change: Change, headings: Mapping[str, str]) -> str:
    words = _describe_part(change, headings)
    if not change.language:
        return words
    # Translators: a change, and in brackets the name of the language that it is in.
    return _("{change} ({language})").format(change=words, language=own_name(change.language))


def _describe_part(change: Change, headings: Mapping[str, str]) -> str:
    kind = _(_KINDS[change.kind])
    if not change.field:
        return _("{subject}: {change}").format(subject=change.subject, change=change.because or kind)
    if change.kind in (Kind.MOVED, Kind.RENAMED, Kind.GAVE, Kind.TOOK):
        return _("{subject}: {change}").format(subject=change.subject, change=kind)
    if change.because:
        # Translators: a kind of change, and the words that decide it: reworded, “ten” became “five”
        kind = _("{change}, {words}").format(change=kind, words=change.because)
    if change.part:
        message = _("item {number} of {part} in {subject}: {change}")
    else:
        message = _("{part} in {subject}: {change}")
    part = headings.get(change.field, change.field)
    return message.format(number=change.part, part=part, subject=change.subject, change=kind)
