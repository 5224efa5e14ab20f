"""The lines of a .po file ↔ its headers and entries, in the format of GNU gettext.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from charterpress.model import Translation, TranslationEntry
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _

if TYPE_CHECKING:
    import polib

MAX_CONTINUED = 1_000
"""The most lines that one text or comment of a .po file is broken into: a unit has one or two dozen."""
MAX_ENTRIES = 10_000
"""The most entries of a file: a charter of five hundred principles has as many."""
WIDTH = 79
"""Columns that lines are broken at, as gettext's own programs break them."""
FUZZY = "fuzzy"
_LINE = re.compile(r"\(line (\d+)\)")
_STRING = r'"(?:[^"\\]|\\.)*"'
_READABLE = re.compile(
    rf"(?:#(?![~|]).*|#~?\|?\s*(?:(?:msgctxt|msgid|msgstr)\s+)?{_STRING}|(?:(?:msgctxt|msgid|msgstr)\s+)?{_STRING})?\s*"
)
_PLURAL = re.compile(r"(?:#~?\|?\s*)?(?:msgid_plural|msgstr\[)")
_KEYWORD = re.compile(r"(?:#~?\|?\s*)?(?:msgctxt|msgid|msgstr)\b\s*(.*?)\s*")
_TEXT = re.compile(r'(?:#~\s*)?msgstr\s*"')
_ID = re.compile(r'(?:#~\s*)?(?:msgctxt|msgid)\s*"')
_OBSOLETE_PREVIOUS = re.compile(r"\s*#~\|")
_MESSAGE = re.compile(r"\s*(?:#~\s*)?msgid\b")
_QUOTED = re.compile(r'\s*(?:#[~|]+\s*)?"')
_MARKS = N_('put " before the text and after it')
_ORDER = N_(
    "restore the file from git, or undo the last change: an entry is msgctxt, msgid and msgstr, in this order"
)


class PoError(Exception):
    """A file that is no .po file: `line` is the first that cannot be read, from 1; `problem` says why, and
    `fix` what to write instead."""

    def __init__(self, line: int, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.fix = fix


def read_po(lines: Sequence[str], *, language: str, path: str = "") -> Translation:
    """Return the translation into `language` that the lines of a .po file hold. Entries keep their order;
    plural forms, which no unit has, are left out. Raises PoError for a file that cannot be read."""
    import polib  # noqa: PLC0415 - most charters are in one language

    _refuse_unreadable(lines)
    _refuse_large(lines)
    # The library leaves out what an obsolete entry was made from, unless it is written as of a living one,
    # and takes the path of a file for its name: no path begins so.
    text = "\n".join(_OBSOLETE_PREVIOUS.sub("#|", line) for line in lines)
    try:
        file = polib.pofile(f"\n{text}\n", encoding="utf-8")
    except OSError as error:
        found = _LINE.search(str(error))
        line = max(int(found[1]) - 1, 1) if found else 1
        raise PoError(line, _("this line does not belong here"), _(_ORDER)) from error
    entries = [_entry(each, lines) for each in file]
    if entries and (trailing := "\n".join(_trailing_comment(lines))):  # which the library leaves out
        comment = f"{entries[-1].comment}\n{trailing}".strip("\n")
        entries[-1] = replace(entries[-1], comment=comment)
    return Translation(
        language=language,
        entries=tuple(entries),
        headers=tuple(file.metadata.items()),
        comment=file.header,
        path=path,
    )


def _trailing_comment(lines: Sequence[str]) -> list[str]:
    """Return the words of the comment after the last entry of a file, a line each."""
    found: list[str] = []
    for line in reversed(lines):
        written = line.strip()
        if written and not re.match(r"#(?:\s|$)", written):
            break
        if written:
            found.insert(0, written[1:].strip())
    return found


def _refuse_unreadable(lines: Iterable[str]) -> None:
    """Raise PoError for the first line that is neither a comment nor a keyword and a text in quotation
    marks."""
    for at, line in enumerate(lines, 1):
        if _READABLE.fullmatch(line.strip()):
            continue
        if _PLURAL.match(line.strip()):
            raise PoError(
                at, _("a text of a charter has no plural forms"), _("write one msgid and one msgstr")
            )
        if (keyword := _KEYWORD.fullmatch(line.strip())) or line.strip().startswith('"'):
            value = keyword[1] if keyword else line.strip()
            closed = len(value) > 1 and value[0] == value[-1] == '"'
            if closed:
                fix = _('write \\" for a quotation mark within a text, and \\\\ for a backslash')
                raise PoError(at, _("there is a quotation mark or a backslash within this text"), fix)
            raise PoError(at, _("the text in this line is not between quotation marks"), _(_MARKS))
        raise PoError(at, _("this is neither a comment, a keyword nor a text in quotation marks"), _(_ORDER))


def _refuse_large(lines: Sequence[str]) -> None:
    """Raise PoError for a text or comment of so many lines, or so many entries, that reading would take
    long."""
    at = 1
    for kind, run in groupby(lines, key=_kind_of_line):
        count = len(list(run))
        if kind and count > MAX_CONTINUED:
            problem = _("one text goes on for {count} lines; {most} is the most")
            problem = problem.format(count=number(count), most=number(MAX_CONTINUED))
            raise PoError(at, problem, _("write the text in fewer lines"))
        at += count
    entries = [at for at, line in enumerate(lines, 1) if _MESSAGE.match(line)]
    if len(entries) > MAX_ENTRIES:
        problem = _("this file has {count} entries; {most} is the most")
        problem = problem.format(count=number(len(entries)), most=number(MAX_ENTRIES))
        fix = _("remove what is not a translation of the charter")
        raise PoError(entries[MAX_ENTRIES], problem, fix)


def _kind_of_line(line: str) -> str:
    """What a line goes on with: a text, a comment, or '' for anything else."""
    if _QUOTED.match(line):
        return "text"
    return "comment" if line.lstrip().startswith("#") and not line.lstrip().startswith("#~") else ""


def _entry(entry: polib.POEntry, lines: Sequence[str]) -> TranslationEntry:
    start = max((entry.linenum or 1) - 2, 0)
    line = _find(_ID, lines, start)
    return TranslationEntry(
        unit=entry.msgctxt or "",
        source=entry.msgid,
        text=entry.msgstr,
        previous=entry.previous_msgid or "",
        fuzzy=FUZZY in entry.flags,
        obsolete=bool(entry.obsolete),
        flags=tuple(dict.fromkeys(flag for flag in entry.flags if flag != FUZZY)),
        comment=entry.tcomment,
        note=entry.comment,
        places=tuple(f"{path}:{at}" if at else path for path, at in entry.occurrences),
        line=line,
        text_line=_find(_TEXT, lines, line),
    )


def _find(pattern: re.Pattern[str], lines: Sequence[str], start: int) -> int:
    """Return the number of the first line from the place `start` on that `pattern` matches, from 1."""
    places = range(start, len(lines))
    return next((at for at in places if pattern.match(lines[at].lstrip())), start) + 1


def write_po(translation: Translation) -> str:
    """Return the text of the .po file of `translation`: the same for the same entries, headers and comment,
    obsolete entries at the end, LF at the end of each line."""
    import polib  # noqa: PLC0415 - most charters are in one language

    file = polib.POFile(wrapwidth=WIDTH)
    file.header = translation.comment
    file.metadata = dict(translation.headers)
    file += [_written(each) for each in translation.entries]
    return str(file)


def _written(entry: TranslationEntry) -> polib.POEntry:
    import polib  # noqa: PLC0415 - most charters are in one language

    return polib.POEntry(
        msgctxt=entry.unit or None,
        msgid=entry.source,
        msgstr=entry.text,
        previous_msgid=entry.previous or None,
        flags=[FUZZY] * entry.fuzzy + list(entry.flags),
        obsolete=entry.obsolete,
        tcomment=entry.comment,
        comment=entry.note,
        occurrences=[(place, "") for place in entry.places],
    )
