"""Changes and the notes that lowered their class → from what, by whom and why, and every word of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from charterpress.model import Change, ChangeNote, Class
from charterpress.text import markdown
from charterpress.text.interface import SOURCE, join_list, use_language
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_clauses
from charterpress.versions import diff, number


@dataclass(frozen=True, kw_only=True, slots=True)
class Lowering:
    """What one note lowered: the `changes`, to its class, `from_` the highest that was computed. `names` are
    those of the parts of the text."""

    note: ChangeNote
    from_: Class
    changes: tuple[Change, ...]
    names: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """A sentence about each change, with every word that came or went, as plain text."""
        return tuple(map(self._told, self.changes))

    def _told(self, change: Change) -> str:
        sentence = diff.change_sentence(change, self.names).removesuffix(".")
        # Translators: a sentence without its full stop, and every word that came or went.
        return _("{sentence} ({words}).").format(sentence=sentence, words=changed_words(change))

    @property
    def sentence(self) -> str:
        """From what, to what, and by whom."""
        # Translators: {before} and {after} are classes, such as “commitment” and “editorial”.
        return _("Lowered from {before} to {after} with the approval of {names}.").format(
            before=_(self.from_), after=_(self.note.class_), names=join_list(self.note.approved_by)
        )

    @property
    def reason(self) -> str:
        """Why, in one line of plain text."""
        return " ".join(markdown.plain_text(self.note.reason).split())

    def values(self) -> dict[str, object]:
        """It as JSON values, in English: from what, to what, by whom, why, and every word."""
        with use_language(SOURCE):
            words = list(self.words)
        return {
            "from": self.from_,
            "to": self.note.class_,
            "approved_by": list(self.note.approved_by),
            "reason": self.reason,
            "words": words,
        }


def lowerings(
    changes: Iterable[Change], notes: Sequence[ChangeNote], names: Mapping[str, str]
) -> tuple[Lowering, ...]:
    """Return what each of `notes` lowered, in their order; `names` are those of the parts of the text."""
    lowered = [change for change in changes if number.lowered_class(change, notes) is not change.class_]
    found = []
    for note in notes:
        own = tuple(
            c for c in lowered if c.subject in note.subjects and number.lowered_class(c, notes) is note.class_
        )
        if own:
            from_ = number.computed_class(own)
            found.append(Lowering(note=note, from_=from_, changes=own, names=names))
    return tuple(found)


def changed_words(change: Change) -> str:
    """Return every word that a change took out or put in: “teh” became “the”; “,” was put in."""
    (before, *old_places), (after, *new_places) = number.visible(change.before), number.visible(change.after)
    quoted = []
    for same, group in groupby(diff.word_segments(before, after), key=lambda each: each.op == "same"):
        if not same:
            texts = {"delete": "", "insert": ""}
            for segment in group:
                texts[segment.op] += segment.text
            quoted.append(_replaced(*(text.strip() for text in texts.values())))
    if not quoted and old_places != new_places:
        pairs = zip(old_places, new_places, strict=False)
        leads = _("the link to {before} leads to {after}")
        quoted = [leads.format(before=old, after=new) for old, new in pairs if old != new]
        if len(old_places) != len(new_places):
            old_links, new_links = Counter(old_places), Counter(new_places)
            gone, come = _("the link to {address} was taken out"), _("a link to {address} was put in")
            quoted = [gone.format(address=place) for place in sorted(old_links - new_links)]
            quoted += [come.format(address=place) for place in sorted(new_links - old_links)]
    return join_clauses(quoted) or _("no word differs")


def _replaced(gone: str, come: str) -> str:
    """Return that some words took the place of others, or were taken out or put in."""
    if gone and come:
        return _("“{before}” became “{after}”").format(before=gone, after=come)
    if gone:
        return _("“{words}” was taken out").format(words=gone)
    return _("“{words}” was put in").format(words=come)
