"""A change → words for a terminal, for a comment on a pull request, and one sentence for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from charterpress.model import (
    BEHAVIOUR_LISTS,
    TEXT_LISTS,
    Change,
    Class,
    Kind,
)
from charterpress.text.escape import escape_markdown_fragment
from charterpress.versions.diff.word_diff import word_segments

RED, GREEN, PLAIN = "\x1b[31;9m", "\x1b[32;4m", "\x1b[0m"
"""Struck through and underlined as well as coloured: colour alone tells some people nothing."""

SPACE = "␣"
"""What a space is shown as that came or went between two words that stayed."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_FIELDS = {
    "title": "the title",
    "summary": "the summary",
    "text": "the text",
    "licence": "the licence",
    "sections": "the sections",
    "id": "the name in its address",
}
_ITEMS = {
    **{name: (field.item, field.items) for name, field in (TEXT_LISTS | BEHAVIOUR_LISTS).items()},
    "repair": ("principle for mending a partnership", "principles for mending a partnership"),
    "signatory_kinds": ("kind of signatory", "kinds of signatory"),
}
_VERBS = {
    Kind.ADDED: "was added",
    Kind.REMOVED: "was taken out",
    Kind.REWORDED: "was reworded",
    Kind.STRENGTHENED: "was strengthened",
    Kind.WEAKENED: "was weakened",
    Kind.FIGURE: "has another figure or deadline",
    Kind.LINK: "has a link that leads elsewhere",
    Kind.LINK_ADDED: "has a new link",
    Kind.LINK_REMOVED: "has lost a link",
    Kind.LAYOUT: "has another emphasis or layout",
    Kind.PUNCTUATION: "changed in punctuation, case or spacing alone",
    Kind.REORDERED: "was put in another order",
    Kind.MOVED: "was moved to another theme",
    Kind.RENAMED: "was renamed",
    Kind.RETIRED: "was retired",
    Kind.SPLIT: "was split",
    Kind.MERGED: "was merged",
    Kind.GAVE: "gave a part away",
    Kind.TOOK: "took over a part of another",
}


def redline_text(before: str, after: str, *, colour: bool) -> str:
    """Return both texts as one line or more for a terminal: [-deleted-] and {+inserted+}, with `colour` as
    marks that a terminal shows instead. Control characters in the texts come out as spaces."""
    marks = {"delete": (RED, PLAIN), "insert": (GREEN, PLAIN)}
    if not colour:
        marks = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
    return _marked(_CONTROL.sub(" ", before), _CONTROL.sub(" ", after), marks, str)


def redline_markdown(before: str, after: str) -> str:
    """Return both texts as one for a comment on GitHub: ~~deleted~~ and **inserted**. Nothing in the texts
    acts: no mark, link, mention or number of an issue."""
    return _marked(before, after, {"delete": ("~~", "~~"), "insert": ("**", "**")}, escape_markdown_fragment)


def _marked(before: str, after: str, marks: Mapping[str, tuple[str, str]], show: Callable[[str], str]) -> str:
    """Return the segments with `marks` around the words of each line, and the white space outside them. A
    space that came or went alone is shown as one that can be seen."""
    out = []
    segments = word_segments(before, after)
    for place, (op, text, _) in enumerate(segments):
        start, end = marks.get(op, ("", ""))
        beside = (*segments[max(place - 1, 0) : place], *segments[place + 1 : place + 2])
        alone = all(each.op == "same" for each in beside)
        if start and alone and not text.strip() and "\n" not in text:
            out.append(f"{start}{SPACE * len(text)}{end}")
            continue
        for line in re.split(r"(\n+)", text):
            words = line.strip()
            if words and start:
                lead, _, trail = line.partition(words)
                out.append(f"{lead}{start}{show(words)}{end}{trail}")
            else:
                out.append(show(line))
    return "".join(out)


def change_sentence(change: Change, names: Mapping[str, str]) -> str:
    """Return what happened, for a person: “2.3 Make time: commitment b was reworded.”

    `names` says what each principle and theme is called, by id, and "preamble" and "charter"; it may say
    the heading of a section as "sections.<id>". An id without a name is shown as it is.
    """
    name, verb = names.get(change.subject, change.subject), _VERBS[change.kind]
    if change.kind is Kind.RENAMED:
        return f"{name} was renamed: its address was “{change.before}” and is “{change.after}”."
    if change.kind is Kind.MOVED:
        return f"{name} was moved from the theme “{change.before}” to “{change.after}”."
    if change.because and not change.field:
        return f"{name} was {change.because}."
    if change.kind in (Kind.GAVE, Kind.TOOK):
        return f"{name}: {change.because}."
    if not change.field or (change.subject == "preamble" and change.field == "text"):
        return f"{name} {verb}."
    if change.field == "order":
        what = "themes" if change.subject == "charter" else "principles"
        if change.kind is Kind.REORDERED:
            return f"{name}: its {what} were put in another order."
        return f"{name}: the {what} that stayed are in another order."
    if change.field in _ITEMS and not change.part:
        verb = verb.replace("was", "were", 1)
    return f"{name}: {_part(change, names)} {verb}."


def _part(change: Change, names: Mapping[str, str]) -> str:
    """Return what part of its subject a change is about."""
    heading = names.get(f"sections.{change.field}", change.field)
    singular, plural = _ITEMS.get(change.field, ("", ""))
    if not change.part:
        return f"the {plural}" if plural else _FIELDS.get(change.field) or f"the section “{heading}”"
    former = "the former " if change.kind is Kind.REMOVED else ""
    if singular or change.class_ is Class.COMMITMENT:
        return f"{former}{singular or 'commitment'} {change.part}"
    return f"{former}item {change.part} of “{heading}”"
