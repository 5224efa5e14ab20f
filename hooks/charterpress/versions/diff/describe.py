"""A change → words for a terminal, for a comment on a pull request, and one sentence for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from charterpress.model import Change, Class, Kind, LanguageStanding
from charterpress.text.escape import escape_markdown_fragment
from charterpress.text.interface import N_, join_list
from charterpress.text.interface import gettext as _
from charterpress.text.languages import own_name
from charterpress.versions.diff.word_diff import word_segments

RED, GREEN, PLAIN = "\x1b[31;9m", "\x1b[32;4m", "\x1b[0m"
"""Struck through and underlined as well as coloured: colour alone tells some people nothing."""

SPACE = "␣"
"""What a space is shown as that came or went between two words that stayed."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# Translators: what follows is put into sentences such as “{part} was reworded.”
_FIELDS = {
    "title": N_("the title"),
    "summary": N_("the summary"),
    "text": N_("the text"),
    "licence": N_("the licence"),
    "sections": N_("the sections"),
    "id": N_("the name in its address"),
}
_ITEMS = {
    "plain": N_("sentence in easy words {part}"),
    "questions": N_("question {part}"),
    "sources": N_("source {part}"),
    "behaviours": N_("behaviour {part}"),
    "interview": N_("interview question {part}"),
    "repair": N_("principle for mending a partnership {part}"),
    "signatory_kinds": N_("kind of signatory {part}"),
}
"""One item of each list of front matter; {part} is its number."""
_FORMER_ITEMS = {
    "plain": N_("the former sentence in easy words {part}"),
    "questions": N_("the former question {part}"),
    "sources": N_("the former source {part}"),
    "behaviours": N_("the former behaviour {part}"),
    "interview": N_("the former interview question {part}"),
    "repair": N_("the former principle for mending a partnership {part}"),
    "signatory_kinds": N_("the former kind of signatory {part}"),
}
_LISTS = {
    "plain": N_("the sentences in easy words"),
    "questions": N_("the questions"),
    "sources": N_("the sources"),
    "behaviours": N_("the behaviours"),
    "interview": N_("the interview questions"),
    "repair": N_("the principles for mending a partnership"),
    "signatory_kinds": N_("the kinds of signatory"),
}
_WHOLE = {
    Kind.ADDED: (N_("{name} was added."), N_("It was added.")),
    Kind.REMOVED: (N_("{name} was taken out."), N_("It was taken out.")),
    Kind.REWORDED: (N_("{name} was reworded."), N_("It was reworded.")),
    Kind.STRENGTHENED: (N_("{name} was strengthened."), N_("It was strengthened.")),
    Kind.WEAKENED: (N_("{name} was weakened."), N_("It was weakened.")),
    Kind.FIGURE: (N_("{name} has another figure or deadline."), N_("It has another figure or deadline.")),
    Kind.LINK: (N_("{name} has a link that leads elsewhere."), N_("It has a link that leads elsewhere.")),
    Kind.LINK_ADDED: (N_("{name} has a new link."), N_("It has a new link.")),
    Kind.LINK_REMOVED: (N_("{name} has lost a link."), N_("It has lost a link.")),
    Kind.LAYOUT: (N_("{name} has another emphasis or layout."), N_("It has another emphasis or layout.")),
    Kind.PUNCTUATION: (
        N_("{name} changed in punctuation, case or spacing alone."),
        N_("It changed in punctuation, case or spacing alone."),
    ),
    Kind.REORDERED: (N_("{name} was put in another order."), N_("It was put in another order.")),
    Kind.RENAMED: (
        N_("{name} was renamed: its address was “{before}” and is “{after}”."),
        N_("It was renamed: its address was “{before}” and is “{after}”."),
    ),
    Kind.MOVED: (
        N_("{name} was moved from the theme “{before}” to “{after}”."),
        N_("It was moved from the theme “{before}” to “{after}”."),
    ),
    # Translators: {others} are titles in quotation marks, and {reason} is “ (why)” or nothing.
    Kind.RETIRED: (
        N_("{name} was retired, and nothing takes its place{reason}."),
        N_("It was retired, and nothing takes its place{reason}."),
    ),
    Kind.SPLIT: (N_("{name} was split into {others}{reason}."), N_("It was split into {others}{reason}.")),
    Kind.MERGED: (N_("{name} was merged into {others}{reason}."), N_("It was merged into {others}{reason}.")),
}
"""What happened to the whole of a part of the charter, with its name and without."""
_REPLACED = (
    N_("{name} was retired, and {others} takes its place{reason}."),
    N_("It was retired, and {others} takes its place{reason}."),
)
_COVERED = (
    (
        N_("{name} was retired: {others} covers it{reason}."),
        N_("It was retired: {others} covers it{reason}."),
    ),
    (N_("{name} was retired: {others} cover it{reason}."), N_("It was retired: {others} cover it{reason}.")),
)
"""What one title covers, and what several cover."""
_TAKES_OVER = (
    N_("{name} was added: it takes over a part of {others}."),
    N_("It was added: it takes over a part of {others}."),
)
# Translators: {part} is one of “the title”, “question 2”, “commitment b” and the like.
_PART = {
    Kind.ADDED: N_("{part} was added."),
    Kind.REMOVED: N_("{part} was taken out."),
    Kind.REWORDED: N_("{part} was reworded."),
    Kind.STRENGTHENED: N_("{part} was strengthened."),
    Kind.WEAKENED: N_("{part} was weakened."),
    Kind.FIGURE: N_("{part} has another figure or deadline."),
    Kind.LINK: N_("{part} has a link that leads elsewhere."),
    Kind.LINK_ADDED: N_("{part} has a new link."),
    Kind.LINK_REMOVED: N_("{part} has lost a link."),
    Kind.LAYOUT: N_("{part} has another emphasis or layout."),
    Kind.PUNCTUATION: N_("{part} changed in punctuation, case or spacing alone."),
    Kind.REORDERED: N_("{part} was put in another order."),
}
# Translators: {list} is “the questions”, “the sources” and the like.
_LIST = {
    Kind.ADDED: N_("{list} were added."),
    Kind.REMOVED: N_("{list} were taken out."),
    Kind.REORDERED: N_("{list} were put in another order."),
    Kind.REWORDED: N_("{list} were reworded."),
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
    for place, (op, text, _beside) in enumerate(segments):
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
    """Return what happened, for a person, in the language in use: “2.3 Make time: commitment b was reworded.”

    `names` says what each principle and theme is called, by id, and "preamble" and "charter"; it may say
    the heading of a section as "sections.<id>". An id without a name is shown as it is.
    """
    name = subject_name(change, names)
    if is_whole(change):
        return _whole(change, name)
    # Translators: {name} is what changed, such as “2.3 Make time”, and {sentence} says what happened to it.
    return _("{name}: {sentence}").format(name=name, sentence=_clause(change, names))


def change_clause(change: Change, names: Mapping[str, str]) -> str:
    """Return what happened as `change_sentence` does, to stand below the name of what changed: “commitment b
    was reworded.”, “It was added.”"""
    sentence = _whole(change, "") if is_whole(change) else _clause(change, names)
    if not change.language:
        return sentence
    # Translators: {language} is the name of the language of the words that changed.
    return _("{language}: {sentence}").format(language=own_name(change.language), sentence=sentence)


def subject_name(change: Change, names: Mapping[str, str]) -> str:
    """Return what is called that a change is about, with the language of the words that changed, where those
    of the charter itself did not: “Make time (Cymraeg)”."""
    name = names.get(change.subject, change.subject)
    if not change.language:
        return name
    # Translators: the name of a part of the charter, and the language of the words that changed in it.
    return _("{name} ({language})").format(name=name, language=own_name(change.language))


def is_whole(change: Change) -> bool:
    """Whether a change is about the whole of its subject."""
    own = not change.field or (change.subject == "preamble" and change.field == "text")
    return own or change.kind in (Kind.RENAMED, Kind.MOVED)


def _whole(change: Change, name: str) -> str:
    """Return what happened to the whole of what is called `name`; without a name if that is ''."""
    if change.field or change.kind not in (Kind.RETIRED, Kind.SPLIT, Kind.MERGED, Kind.ADDED):
        messages = _WHOLE[change.kind]
    elif change.kind is Kind.RETIRED and change.others:
        messages = _COVERED[len(change.others) > 1] if change.covered else _REPLACED
    else:
        messages = _TAKES_OVER if change.kind is Kind.ADDED and change.others else _WHOLE[change.kind]
    return _(messages[0 if name else 1]).format(
        name=name,
        before=change.before,
        after=change.after,
        others=_quoted(change.others),
        # Translators: why a principle went, at the end of a sentence.
        reason=_(" ({reason})").format(reason=change.reason) if change.reason else "",
    )


def _clause(change: Change, names: Mapping[str, str]) -> str:
    """Return what happened to a part of a subject, as the rest of a sentence about it."""
    if change.kind is Kind.GAVE:
        return _("a part of it went to {others}.").format(others=_quoted(change.others))
    if change.kind is Kind.TOOK:
        return _("a part of {others} came to it.").format(others=_quoted(change.others))
    if change.field == "order":
        themes, alone = change.subject == "charter", change.kind is Kind.REORDERED
        if themes:
            return (
                _("its themes were put in another order.")
                if alone
                else _("the themes that stayed are in another order.")
            )
        return (
            _("its principles were put in another order.")
            if alone
            else _("the principles that stayed are in another order.")
        )
    if change.field == "languages":
        return _language_clause(change)
    if change.field == "reporting":
        return _(_REPORTING[change.kind]).format(before=change.before, after=change.after)
    if change.field in _LISTS and not change.part:
        return _(_LIST.get(change.kind, _LIST[Kind.REWORDED])).format(list=_(_LISTS[change.field]))
    return _(_PART[change.kind]).format(part=_part(change, names))


_LANGUAGES = {
    (Kind.ADDED, True): N_("a text in {language} that binds was added."),
    (Kind.ADDED, False): N_("a courtesy translation into {language} was added."),
    (Kind.REMOVED, True): N_("the text in {language}, which bound, was taken out."),
    (Kind.REMOVED, False): N_("the courtesy translation into {language} was taken out."),
    (Kind.REWORDED, True): N_("the text in {language} binds from now on."),
    (Kind.REWORDED, False): N_("the text in {language} no longer binds: it is a courtesy translation."),
}
"""What became of a language, by whether its text binds now, or did."""

# Translators: {before} and {after} are “every 12 months, within 3 months” or “every 90 days”.
_REPORTING = {
    Kind.ADDED: N_("those who sign it now report {after}."),
    Kind.REMOVED: N_("those who sign it are no longer asked to report ({before})."),
    Kind.REWORDED: N_("those who sign it now report {after} (before: {before})."),
}


def _language_clause(change: Change) -> str:
    """Return what became of a further language. Its words are those of number.changes: “cy (binding)”."""
    tag, _space, standing = (change.after or change.before).partition(" ")
    binds = standing.strip("()") == LanguageStanding.BINDING
    return _(_LANGUAGES[change.kind, binds]).format(language=own_name(tag))


def _part(change: Change, names: Mapping[str, str]) -> str:
    """Return what part of its subject a change is about."""
    heading = names.get(f"sections.{change.field}", change.field)
    if not change.part:
        field = _FIELDS.get(change.field)
        return _(field) if field else _("the section “{heading}”").format(heading=heading)
    former = change.kind is Kind.REMOVED
    if change.field in _ITEMS:
        return _((_FORMER_ITEMS if former else _ITEMS)[change.field]).format(part=change.part)
    if change.class_ is Class.COMMITMENT:
        message = _("the former commitment {part}") if former else _("commitment {part}")
    else:
        message = _("the former item {part} of “{heading}”") if former else _("item {part} of “{heading}”")
    return message.format(part=change.part, heading=heading)


def _quoted(titles: Sequence[str]) -> str:
    """Return the titles of principles as a list, each in quotation marks."""
    return join_list([_("“{title}”").format(title=title) for title in titles])
