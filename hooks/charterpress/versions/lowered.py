"""Changes and the notes that lowered their class → from what, by whom and why, and every word of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from charterpress.model import Change, ChangeNote, Class
from charterpress.text import markdown
from charterpress.versions import diff, number


@dataclass(frozen=True, kw_only=True, slots=True)
class Lowering:
    """What one note lowered: to its class, `from_` the highest that was computed. `words` are a sentence
    about each change, with every word that came or went, as plain text."""

    note: ChangeNote
    from_: Class
    words: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """From what, to what, and by whom."""
        who = " and ".join(self.note.approved_by)
        return f"Lowered from {self.from_} to {self.note.class_} with the approval of {who}."

    @property
    def reason(self) -> str:
        """Why, in one line of plain text."""
        return " ".join(markdown.plain_text(self.note.reason).split())

    def values(self) -> dict[str, object]:
        """It as JSON values: from what, to what, by whom, why, and every word."""
        return {
            "from": self.from_,
            "to": self.note.class_,
            "approved_by": list(self.note.approved_by),
            "reason": self.reason,
            "words": list(self.words),
        }


def lowerings(
    changes: Iterable[Change], notes: Sequence[ChangeNote], names: Mapping[str, str]
) -> tuple[Lowering, ...]:
    """Return what each of `notes` lowered, in their order; `names` are those of the parts of the text."""
    lowered = [change for change in changes if number.lowered_class(change, notes) is not change.class_]
    found = []
    for note in notes:
        own = [
            c for c in lowered if c.subject in note.subjects and number.lowered_class(c, notes) is note.class_
        ]
        if own:
            words = tuple(
                f"{diff.change_sentence(each, names).removesuffix('.')} ({changed_words(each)})."
                for each in own
            )
            found.append(Lowering(note=note, from_=number.computed_class(own), words=words))
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
            gone, come = (text.strip() for text in texts.values())
            quoted.append(
                f"“{gone}” became “{come}”"
                if gone and come
                else (f"“{gone}” was taken out" if gone else f"“{come}” was put in")
            )
    if not quoted and old_places != new_places:
        pairs = zip(old_places, new_places, strict=False)
        quoted = [f"the link to {old} leads to {new}" for old, new in pairs if old != new]
        if len(old_places) != len(new_places):
            old_links, new_links = Counter(old_places), Counter(new_places)
            quoted = [f"the link to {place} was taken out" for place in sorted(old_links - new_links)]
            quoted += [f"a link to {place} was put in" for place in sorted(new_links - old_links)]
    return "; ".join(quoted) or "no word differs"
