"""Two versions → what a letter says of the changes: those that ask for a new signature, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterpress.model import Change, Charter, Class, Kind, Release
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language
from charterpress.text.languages import name_in
from charterpress.text.words import count_words
from charterpress.versions import diff, number
from charterpress.views import addresses
from charterpress.views.comparison import Comparisons, Reason
from charterpress.views.history import History
from charterpress.views.principle_parts import principle_sections

MAX_CHANGES = 20
"""Changes that a letter shows; the redline shows all."""
MAX_WORDS = 150
"""Words before or after a change that a letter shows; a longer text is left to the redline."""
_TOLD_IN_FULL = (Kind.RENAMED, Kind.MOVED, Kind.REORDERED)
"""Kinds of changes that their sentence describes in full."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownChange:
    """One change: a sentence about it, and its words before and after as Markdown, '' for none. `language` is
    the tag of the language of those words, '' for that of the letter."""

    sentence: str
    before: str = ""
    after: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownReason:
    """Why something changed, as Markdown, and what it is about, by name. `language` is the tag of the
    language of the reason, '' for that of the letter."""

    text: str
    about: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterChanges:
    """What changed from one version to a later one. `shown` are the changes for which a new signature is
    asked, the first `MAX_CHANGES` of them, and `further` counts the others; `minor` counts the changes that
    ask for none; `reasons` are the notes on these two; `lowered` are sentences about what was counted
    as less than it was computed to be; `redline` is the address that shows every word, below the site;
    `notice` says in which language the words are if that is another than the letter's."""

    shown: tuple[ShownChange, ...]
    further: int
    minor: int
    reasons: tuple[ShownReason, ...]
    lowered: tuple[str, ...]
    redline: str
    notice: str = ""


def letter_changes(
    old: Release, new: Release, history: History, comparisons: Comparisons, source: str = ""
) -> LetterChanges:
    """Return what a letter says of the changes from `old` to `new`, by the same comparison as the page that
    shows them. `source` is the tag of the language that the charter is written in, if the letter is in
    another."""
    steps = history.between(old, new)
    before, after, foreign = history.texts(old, new)
    found = comparisons.compare(before, after, history.changes(old, new), comparisons.reasons(steps))
    shown, reasons, minor = [], dict[Reason, list[str]](), 0
    for group in found.groups:
        notes = [each.note for each in group.reasons]
        binding = [
            edit.change
            for edit in group.edits
            if number.lowered_class(edit.change, notes) is Class.COMMITMENT
        ]
        minor += len(group.edits) - len(binding)
        shown += [
            _shown(change, found.names, after, history.language_of(change) or foreign) for change in binding
        ]
        for reason in _deciding(group.reasons) if binding else ():
            reasons.setdefault(reason, []).append(group.title)
    return LetterChanges(
        shown=tuple(shown[:MAX_CHANGES]),
        further=max(len(shown) - MAX_CHANGES, 0),
        minor=minor,
        reasons=tuple(
            ShownReason(text=key.note.reason, about=tuple(names), language=source)
            for key, names in reasons.items()
        ),
        lowered=tuple(
            # Translators: a version, and what is said of it.
            _("{version}: {sentence}").format(version=each.release.version, sentence=sentence)
            for each in (_Step(step, history) for step in steps)
            for sentence in each.sentences()
        ),
        redline=addresses.compare_address(old.version, new.version),
        notice=_notice(history.unpublished(new, old), foreign),
    )


def _notice(unpublished: Sequence[Release], tag: str) -> str:
    if not (unpublished and tag):
        return ""
    # Translators: in a letter, above the words of a charter in another language than the letter's.
    message = _("Version {version} isn’t published in this language, so the words below are in {language}.")
    return message.format(version=unpublished[0].version, language=name_in(tag, language()))


@dataclass(frozen=True, slots=True)
class _Step:
    """A release, and what its notes lowered."""

    release: Release
    history: History

    def sentences(self) -> list[str]:
        return [
            " ".join((each.sentence, *each.words, each.reason))
            for each in self.history.lowerings(self.release)
        ]


def _deciding(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """Those for changes to what is promised; all of them if no note is of that class. A reason for clearer
    words is none for another promise."""
    return [each for each in reasons if each.note.class_ is Class.COMMITMENT] or reasons


def _shown(change: Change, names: Mapping[str, str], new: Charter, tag: str) -> ShownChange:
    sentence = diff.change_sentence(change, names)
    before, after = change.before, change.after
    if not change.field:
        before, after = "", _added_words(change, new)
    if change.kind in _TOLD_IN_FULL or change.field == "order" or _is_long(before) or _is_long(after):
        before = after = ""
    return ShownChange(sentence=sentence, before=before, after=after, language=tag)


def _is_long(words: str) -> bool:
    return count_words(markdown.plain_text(words)) > MAX_WORDS


def _added_words(change: Change, new: Charter) -> str:
    """What a principle that was added promises, as Markdown; '' for anything else."""
    if change.kind is not Kind.ADDED:
        return ""
    return "\n\n".join(
        part.section.text
        for _theme, principle in new.principles()
        if principle.id == change.subject
        for part in principle_sections(new, principle)
        if part.shape.binding
    )
