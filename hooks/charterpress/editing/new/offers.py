"""What changed → the slips among it, each with its reason, and the notes that would count them as less.

Nothing is lowered by this: it is offered to an editor, and two people or roles decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from charterpress.checks.queries import join_all
from charterpress.editing.new.change_note import note_markdown, unique_note_name
from charterpress.editing.new.slips import slip
from charterpress.model import Change, ChangeNote, Class, Edition, Kind
from charterpress.text.escape import escape_lines, escape_markdown, to_markdown
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import diff, lowered, number

APPROVERS = ("NAME", "NAME")
"""What stands in a note that is offered where two names have to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """A change that looks like a slip put right, and why."""

    change: Change
    reason: str

    @property
    def words(self) -> str:
        """Every word that came or went, as plain text; '' where none did."""
        return "" if self.change.kind is Kind.LINK else lowered.changed_words(self.change)

    def sentence(self, names: Mapping[str, str]) -> str:
        """What changed, where, and why it looks like a slip; `names` are those of the parts of the text."""
        words = f" ({self.words})" if self.words else ""
        return f"{diff.change_sentence(self.change, names).removesuffix('.')}{words}: {self.reason}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """The slips that one note may count as `class_`: the `text` of that note, but for who approves, and the
    `path` of its file. `noted` are the ids that another note names, each with the path of that note."""

    class_: Class
    slips: tuple[Slip, ...]
    path: str
    text: str
    noted: tuple[tuple[str, str], ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids of what the slips are in."""
        return tuple(dict.fromkeys(each.change.subject for each in self.slips))


def find_offers(
    edition: Edition, changes: Sequence[Change], notes: Sequence[ChangeNote] = ()
) -> tuple[Offer, ...]:
    """Return the slips among `changes` of the working text of `edition`, one offer for each class that they
    may be lowered to: that of whatever else changed beside them, editorial if nothing did. `notes` are those
    there are, and what they lower is not offered again; nor is anything where all of it may not be lowered
    together."""
    charter = edition.charter
    if charter is None:
        return ()
    replaced = {id for note in notes for pair in note.retires for id in pair}
    are_lowered = {each for each in changes if number.lowered_class(each, notes) is not each.class_}
    found: dict[Class, list[Slip]] = {}
    for id in dict.fromkeys(each.subject for each in changes if each.subject not in replaced):
        own = [each for each in changes if each.subject == id]
        class_, slips = _slips(own)
        if slips and not are_lowered.intersection(own):
            found.setdefault(class_, []).extend(slips)
    note = [_approved(class_, slips) for class_, slips in found.items()]
    if number.lowering_refusals(changes, note, charter):
        return ()
    return tuple(_offer(edition, class_, tuple(slips), notes) for class_, slips in found.items())


def _slips(changes: Sequence[Change]) -> tuple[Class, list[Slip]]:
    """Return the slips among the changes of one subject, and the class that the others leave them."""
    reasons = [(change, slip(change)) for change in changes]
    others = number.computed_class([change for change, reason in reasons if not reason])
    class_ = max(others, Class.EDITORIAL, key=lambda each: each.rank)
    slips = [Slip(change=change, reason=reason) for change, reason in reasons if reason]
    return class_, [each for each in slips if each.change.class_.rank > class_.rank]


def _approved(class_: Class, slips: Iterable[Slip]) -> ChangeNote:
    subjects = tuple(each.change.subject for each in slips)
    return ChangeNote(id="", principles=subjects, class_=class_, reason="?", approved_by=("1", "2"))


def _offer(edition: Edition, class_: Class, slips: tuple[Slip, ...], notes: Sequence[ChangeNote]) -> Offer:
    subjects = list(dict.fromkeys(each.change.subject for each in slips))
    name = unique_note_name(edition, subjects[0], [each.change for each in slips])
    reasons = dict.fromkeys(f"{each.words}: {each.reason}" if each.words else each.reason for each in slips)
    why = "\n".join(f"{to_markdown(each[:1].upper() + each[1:])}." for each in reasons)
    ((path, data),) = note_markdown(name, subjects, class_, why, approved_by=APPROVERS).items()
    noted = tuple((id, note.path) for id in subjects for note in notes if id in note.principles)
    return Offer(class_=class_, slips=slips, path=f"{edition.root}/{path}", text=data.decode(), noted=noted)


INTRODUCTION = N_("This looks like slips put right:")


def _advice(offer: Offer) -> str:
    """What counts the slips of an offer as less, in sentences."""
    command = f"charter new change {' '.join(offer.subjects)} --class {offer.class_}"
    approved = " ".join(f"--approved-by {name}" for name in APPROVERS)
    noted: dict[str, list[str]] = {}
    for id, path in offer.noted:
        noted.setdefault(path, []).append(f"“{id}”")
    sentences = [_("If two people or roles agree, it counts as {class_}.").format(class_=offer.class_)]
    sentences += (
        _(
            "Take {ids} out of “principles” in {path} first, or delete that note if it names nothing else."
        ).format(ids=join_all(ids), path=path)
        for path, ids in noted.items()
    )
    last = _("“{command}” begins the note; or put this into {path}:")
    return " ".join([*sentences, last.format(command=f"{command} {approved}", path=offer.path)])


def offer_lines(offers: Iterable[Offer], names: Mapping[str, str]) -> list[str]:
    """Return what is offered, for a terminal: each slip in a line, and the ready note."""
    lines: list[str] = []
    for offer in offers:
        rows = [f"  {each.sentence(names)}" for each in offer.slips]
        lines += [
            _(INTRODUCTION),
            *rows,
            _advice(offer),
            *(f"    {line}" for line in offer.text.splitlines()),
        ]
    return [escape_lines(line) for line in lines]


def offer_markdown(offers: Iterable[Offer], names: Mapping[str, str]) -> list[str]:
    """Return the same as the blocks of a comment in Markdown, in which no word of the text acts."""
    blocks: list[str] = []
    for offer in offers:
        rows = [f"- {escape_markdown(each.sentence(names))}" for each in offer.slips]
        note = [f"    {escape_lines(line)}" for line in offer.text.splitlines()]
        blocks += [_(INTRODUCTION), "\n".join(rows), escape_markdown(_advice(offer)), "\n".join(note)]
    return blocks


def offer_values(offers: Iterable[Offer]) -> list[dict[str, object]]:
    """Return the same as JSON values."""
    return [
        {
            "class": offer.class_,
            "slips": [
                {
                    "principle": each.change.subject,
                    "field": each.change.field,
                    "part": each.change.part,
                    "words": each.words,
                    "reason": each.reason,
                }
                for each in offer.slips
            ],
            "note": {"path": offer.path, "text": offer.text},
            "noted": [{"principle": id, "path": path} for id, path in offer.noted],
        }
        for offer in offers
    ]
