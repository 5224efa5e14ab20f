"""Changes and the notes about them → which may count as less than was computed, and what forbids it.

A note with two approvals may lower the class of a slip that was put right, never that of a promise that came,
went, or reaches further or less far. This is asked of the working text alone: a release keeps the class it
was released with.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from charterpress.model import Change, ChangeNote, Charter, Class, Kind
from charterpress.text.interface import gettext as _
from charterpress.text.spelling import TRAPS
from charterpress.text.words import WORD, compiled
from charterpress.versions.number import wording
from charterpress.versions.number.approvers import TYPOGRAPHY, are_approvers
from charterpress.versions.number.duty import DUTY
from charterpress.versions.number.language import has_word_lists
from charterpress.versions.number.next_version import is_approved, lowered_class

MAX_LETTERS = 3
"""How many visible characters may differ in all that a release lowers."""
_GUARDED = """
must shall will would should ought need needs needed require requires required requirement mandatory
compulsory obligatory obliged optional recommended recommend permitted permit allowed allow forbidden
prohibited banned may might can could cannot able always ever never every everyone everybody everything
everywhere all any anyone anybody anything anywhere each both either only solely exclusively most least more
less fewer maximum minimum some someone somebody something often sometimes seldom rarely usually normally
generally mostly possible try tries tried aim aims seek seeks hope hopes strive strives endeavour endeavours
consider considers not no nor none nobody nothing nowhere neither non without lack lacks except excluding
unless until refuse refuses stop stops dont wont cant isnt doesnt didnt arent wasnt werent hasnt havent
shouldnt mustnt zero one once two twice three thrice four five six seven eight nine ten eleven twelve
thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
ninety hundred hundreds thousand thousands million billion dozen pair double half third thirds quarter
quarters first second seconds fourth fifth sixth seventh eighth ninth tenth percent single several few many
day days daily week weeks weekly fortnight fortnightly month months monthly quarterly year years yearly
annual annually decade decades hour hours hourly minute minutes moment today tomorrow yesterday now then
before after until till within during while since by soon immediately promptly at late later latest early
earlier earliest already yet still ago morning noon afternoon evening night midnight spring summer autumn
winter am pm monday tuesday wednesday thursday friday saturday sunday january february march april june
july august september october november december deadline working up over under above below between
"""
GUARDED = frozenset(_GUARDED.split()) | DUTY
"""English words of duty, negation, number and time, with what says how far a promise reaches."""
_JOINING = frozenset({"and", "or", "but", "if"})
"""Words that decide where they take one another’s place, or come and go alone."""
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_SPELLED = rf"{WORD}(?:[.,:/]\d+)*(?:['’]{WORD})*|[%‰]"
_ADDRESS = re.compile(r"(?:\w+://|www\.)[^\s<>()]+|[^\s<>()@]+@[^\s<>()@]+\.\w+", re.ASCII)
_NUMERAL = r"\(?(?:\d+(?:\\?\.\d+)*|[IVXL]+)\\?[.):]\)?(?=\s)\s+"
_TWICE = re.compile(r"\b(\w+)\s+\1\b", re.IGNORECASE)
"""A word that stands twice."""
_HEADING_NUMERAL = re.compile(rf"^(#{{1,6}}\s+){_NUMERAL}", re.MULTILINE)
_TITLE_NUMERAL = re.compile(rf"(^|\), ){_NUMERAL}")
_WITHIN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
"""A hyphen within a word, which comes and goes without another word coming of it."""
_DIVIDED = re.compile(r"([,;:]\s*)?\b(not|no|never|nor|only|except|unless|without|if)\b(\s*[,;:])?")
"""Words that reach no further than the comma beside them."""
_ARTICLES = frozenset({"a", "an", "the"})
CAPITALS = " in capitals"
SHORT = 3
"""Letters of a word up to which another letter soon makes another word of it: “pay”, “pray”."""


def lowering_refusals(
    changes: Iterable[Change], notes: Sequence[ChangeNote], charter: Charter
) -> dict[Change, str]:
    """Return, of the changes of a proposal that its notes would lower, those that must not be, each with the
    reason, as the end of a sentence. `charter` is the working text."""
    lowered = [change for change in changes if lowered_class(change, notes) is not change.class_]
    refused = {change: reason for change in lowered if (reason := obstacle(change, charter))}
    letters = {change: letters_changed(change) for change in lowered if change not in refused}
    if sum(letters.values()) > MAX_LETTERS:
        reason = _("more than three characters differ in all that would be lowered")
        refused |= {change: reason for change, count in letters.items() if count}
    return refused


def sound_notes(
    changes: Sequence[Change], notes: Sequence[ChangeNote], charter: Charter
) -> tuple[ChangeNote, ...]:
    """Return the notes of a proposal, those that lower what must not be lowered, or that one person alone
    approved, without their approvals: they lower nothing."""
    refused = {change.subject for change in lowering_refusals(changes, notes, charter)}

    def sound(note: ChangeNote) -> bool:
        approved = is_approved(note) and are_approvers(note.approved_by)
        return approved and not refused.intersection(note.subjects)

    return tuple(note if sound(note) else replace(note, approved_by=()) for note in notes)


def obstacle(change: Change, charter: Charter) -> str:
    """Return why the class of one change must not be lowered, whoever approves; '' if it may be."""
    if change.class_ is Class.COMMITMENT:
        if not change.field or change.kind in (Kind.ADDED, Kind.REMOVED):
            return _("what binds has come or gone")
        if change.kind is Kind.MOVED or change.field == "licence":
            return _("where a principle belongs, and the licence, are never slips of the pen")
        if change.field == "reporting":
            return _("how often those who sign report is never a slip of the pen")
        if not has_word_lists(change, charter):
            return _("which words say how far a promise reaches is known of English alone")
        word = _deciding_word(*comparable(change))
        if word and (word in GUARDED or letters_changed(change) <= MAX_LETTERS):
            message = _("“{word}” may say how far a promise reaches")
            return message.format(word=word.removesuffix(CAPITALS))
    return _("more than three characters differ") if letters_changed(change) > MAX_LETTERS else ""


def _deciding_word(before: str, after: str) -> str:
    """Return a word that came or went and may say how far a promise reaches, or ''."""
    if traps := TRAPS & (set(_words(before)) ^ set(_words(after))):
        return min(traps)
    if _words(_WITHIN.sub("", before)) == _words(_WITHIN.sub("", after)):
        moved = [_DIVIDED.findall(text.casefold()) for text in (before, after)]
        return next((pair[0][1] for pair in zip(*moved, strict=False) if pair[0] != pair[1]), "")
    old, new = _words(before), _words(after)
    gone, come = old - new, new - old
    for word in sorted([*come, *gone]):
        if word in GUARDED or word.endswith("n't") or not word.replace("'", "").isalpha():
            return word
    for one, other in ((gone, come), (come, gone)):
        if (joining := _JOINING & set(one)) and set(other) <= _JOINING:
            return min(joining)
    opposites = (word for one in gone for other in come for word in (one, other) if _opposed(one, other))
    if word := next(opposites, ""):
        return word
    if "".join(before.split()).casefold() == "".join(after.split()).casefold():
        return ""
    twice = _words(_TWICE.sub(r"\1", before)) == _words(_TWICE.sub(r"\1", after))
    alone = (word for word in sorted([*gone, *come]) if not _is_respelled(word, gone, come))
    return "" if twice else next(alone, "")


def _is_respelled(word: str, gone: Iterable[str], come: Iterable[str]) -> bool:
    """Whether a word that came or went may be another writing of one that went or came: it begins with the
    same letter, and is so long that one more letter seldom makes another word of it, or has its letters."""
    others = come if word in gone else gone

    def letters(of: str) -> list[str]:
        return sorted(of.replace("'", ""))

    def is_writing(other: str) -> bool:
        long = min(len(word), len(other)) > SHORT
        return word[0] == other[0] and (long or letters(word) == letters(other))

    return word in _ARTICLES or any(map(is_writing, others))


def _opposed(one: str, other: str) -> bool:
    """Whether one of two words turns the meaning of the other round: “safe” and “unsafe”."""
    short, long = sorted((one, other), key=len)
    return any(long == f"{start}{short}" for start in _NEGATING) or (
        {one[-4:], other[-4:]} & {"less"} != set() and short.removesuffix("ful") == long.removesuffix("less")
    )


# --- Letters and words -------------------------------------------------------------------------------


def letters_changed(change: Change) -> int:
    """Return how many visible characters a change puts in, takes out or replaces; of more than MAX_LETTERS,
    one more than that. Spaces are not visible, one shape of a quotation mark or dash is as good as another,
    and a link's address and a numeral that leads a heading count as nothing."""
    if change.kind is Kind.RENAMED:
        return 0
    before, after = ("".join(text.split()) for text in comparable(change))
    return _distance(before, after, MAX_LETTERS)


def comparable(change: Change) -> tuple[str, str]:
    """Return what a reader sees before and after a change, without what counts as nothing."""
    return _visible(change.before, change.field), _visible(change.after, change.field)


def _visible(text: str, field: str) -> str:
    """Return what a reader sees of the words of `field`, without numerals that lead a heading; an address is
    the same as any other."""
    numeral = _TITLE_NUMERAL if field in ("title", "sections") else _HEADING_NUMERAL
    visible = wording.words(numeral.sub(r"\1", text)).translate(TYPOGRAPHY)
    return _ADDRESS.sub("<address>", visible)


def _distance(before: str, after: str, most: int) -> int:
    """Return the Levenshtein distance of two texts; `most` + 1 if it is more than `most`."""
    if abs(len(before) - len(after)) > most:
        return most + 1
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if start is None:
        return abs(len(before) - len(after))
    before, after = before[start:], after[start:]
    row = {j: j for j in range(min(most, len(after)) + 1)}
    for i, letter in enumerate(before, start=1):
        above, row = row, {}
        for j in range(max(i - most, 0), min(i + most, len(after)) + 1):
            options = [above.get(j, most) + 1]
            if j:
                options += [row.get(j - 1, most) + 1, above.get(j - 1, most + 1) + (letter != after[j - 1])]
            row[j] = min(options)
        if min(row.values()) > most:
            return most + 1
    return min(row.get(len(after), most + 1), most + 1)


def _words(text: str) -> Counter[str]:
    """Return the words of a text in small letters, with its figures, the signs of sums and questions, and the
    words of duty that are in capitals, as in RFC 2119."""
    signs = (sign for sign in text if sign == "?" or unicodedata.category(sign) == "Sc")
    spell = compiled(_SPELLED).findall
    spelled = ((word, word.casefold()) for word in spell(text))
    capital = (word for word, small in spelled if small in GUARDED and len(word) > 1 and word.isupper())
    return Counter([*spell(text.casefold()), *(f"{word}{CAPITALS}" for word in capital), *signs])
