"""A change → words for a terminal, for a comment on a pull request, and one sentence for a person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from press.model import Change, Class, Kind
from press.redline.words import segments

RED, GREEN, PLAIN = "\x1b[31;9m", "\x1b[32;4m", "\x1b[0m"
"""Struck through and underlined as well as coloured: colour alone tells some people nothing."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ACTS = re.compile(r"[!-/:-@\[-`{-~]")

_FIELDS = {
    "title": "the title",
    "summary": "the summary",
    "text": "the text",
    "licence": "the licence",
    "sections": "the sections",
    "id": "the name in its address",
}
_ITEMS = {
    "plain": "sentence in easy words",
    "behaviours": "behaviour",
    "questions": "question",
    "sources": "source",
    "repair": "principle for mending a partnership",
    "signatory_kinds": "kind of signatory",
}
_VERBS = {
    Kind.ADDED: "was added",
    Kind.REMOVED: "was taken out",
    Kind.REWORDED: "was reworded",
    Kind.STRENGTHENED: "was strengthened",
    Kind.WEAKENED: "was weakened",
    Kind.FIGURE: "has another figure or deadline",
    Kind.LINK: "has a link that leads elsewhere",
    Kind.LAYOUT: "has another emphasis or layout",
    Kind.PUNCTUATION: "changed in punctuation, case or spacing alone",
    Kind.REORDERED: "was put in another place",
    Kind.MOVED: "was moved to another theme",
    Kind.RENAMED: "was renamed",
    Kind.RETIRED: "was retired",
    Kind.SPLIT: "was split",
    Kind.MERGED: "was merged",
}


def text(before: str, after: str, *, colour: bool) -> str:
    """Return both texts as one line or more for a terminal: [-deleted-] and {+inserted+}, with `colour` as
    marks that a terminal shows instead. Control characters in the texts come out as spaces."""
    marks = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
    if colour:
        marks = {"delete": (RED, PLAIN), "insert": (GREEN, PLAIN)}
    return _marked(_CONTROL.sub(" ", before), _CONTROL.sub(" ", after), marks)


def markdown(before: str, after: str) -> str:
    """Return both texts as one for a comment on GitHub: ~~deleted~~ and **inserted**. Nothing in the texts
    acts: no mark, link, mention or number of an issue."""
    return _marked(before, after, {"delete": ("~~", "~~"), "insert": ("**", "**")}, quiet=True)


def _marked(before: str, after: str, marks: Mapping[str, tuple[str, str]], *, quiet: bool = False) -> str:
    """Return the segments with `marks` around the words of each line, and the white space outside them."""
    out = []
    for segment in segments(before, after):
        start, end = marks.get(segment.op, ("", ""))
        for line in re.split(r"(\n+)", segment.text):
            words = line.strip()
            if not words or not start:
                out.append(_quiet(line) if quiet else line)
                continue
            lead, trail = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
            out.append(f"{lead}{start}{_quiet(words) if quiet else words}{end}{trail}")
    return "".join(out)


def _quiet(words: str) -> str:
    """Return `words` as Markdown that shows just them. A mention is broken by a space of no width."""
    escaped = _ACTS.sub(lambda found: f"\\{found[0]}", words)
    return re.sub(r"(\\@|\\#)(?=\w)", "\\1\u200b", escaped)


def sentence(change: Change, names: Mapping[str, str]) -> str:
    """Return what happened, for a person: “2.3 Make time: commitment b was reworded.”

    `names` says what each principle and theme is called, by id, and "preamble" and "charter"; it may say
    the heading of a section as "sections.<id>". An id without a name stands for itself.
    """
    name, verb = names.get(change.subject, change.subject), _VERBS[change.kind]
    if change.kind is Kind.RENAMED:
        return f"{name} was renamed: its address was “{change.before}” and is “{change.after}”."
    if change.kind is Kind.MOVED:
        return f"{name} was moved from the theme “{change.before}” to “{change.after}”."
    if not change.field or (change.subject == "preamble" and change.field == "text"):
        return f"{name} {verb}."
    if change.field == "order":
        what = "its themes were" if change.subject == "charter" else "its principles were"
        return f"{name}: {what} put in another order."
    return f"{name}: {_what(change, names)} {verb}."


def _what(change: Change, names: Mapping[str, str]) -> str:
    """Return what part of its subject a change is about."""
    heading = names.get(f"sections.{change.field}", change.field)
    if not change.part:
        return _FIELDS.get(change.field) or f"the section “{heading}”"
    gone = "the former " if change.kind is Kind.REMOVED else ""
    if change.field in _ITEMS:
        return f"{gone}{_ITEMS[change.field]} {change.part}"
    if change.class_ is Class.COMMITMENT:
        return f"{gone}commitment {change.part}"
    return f"{gone}item {change.part} of “{heading}”"
