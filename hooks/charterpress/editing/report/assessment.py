"""The bytes of a file that the self-assessment saved → what a team said in it, principle by principle.

The file is a stranger's: every value is read by its name and kind, and nothing else is taken over, as the
page itself reads it (outputs/html/scripts/assessment/file.js)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from charterpress.checks.queries import quote
from charterpress.model import Answer
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _

LEVELS: Mapping[str, Answer] = {
    "not-yet": Answer.NOT_YET,
    "in-places": Answer.IN_PART,
    "habit": Answer.KEPT,
    "others-learn": Answer.KEPT,
}
"""The answers of an assessment, from first to last, and the answer of a report that is nearest to each. It is
proposed, and never chosen for anybody."""
NOTES = ("shows", "helps", "hinders", "next", "whom", "when")
"""What a team may write about a principle: private, until it chooses otherwise."""
MAX_ASSESSMENT_BYTES = 5_000_000
MAX_ANSWERS = 2_000
MAX_NOTE_LENGTH = 4_000
"""Characters of a note; the page and the schema say so too."""
_MAX_NAME_LENGTH = 200
_FORMAT = re.compile(r"assessment-([0-9]{1,9})")
_VERSION = 1
_SAVE_AGAIN = N_("save it again with “Save as a file” on the self-assessment page")
_LINE_ENDS = frozenset("\t\n\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessed:
    """What a team said of one principle: the version and the fingerprint of the words that it was given to,
    one of `LEVELS` or '', and its notes by their keys."""

    principle: str
    version: str
    words: str
    level: str
    notes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """A whole file: the title of its charter, the day of the last answer, and the answers in their order."""

    charter: str
    saved: str
    answers: tuple[Assessed, ...]


def read_assessment(data: bytes, name: str) -> Assessment:
    """Return the assessment in `data`, the bytes of the file that messages call `name`. Raises UsageError
    that says what is wrong with it; nothing of such a file is used."""
    if len(data) > MAX_ASSESSMENT_BYTES:
        raise _fault(
            name,
            _("it has more than {count} megabytes").format(count=number(MAX_ASSESSMENT_BYTES // 1_000_000)),
        )
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        raise _fault(name, _("it is not in UTF-8")) from problem
    except (ValueError, RecursionError) as problem:
        raise _fault(name, _("it is damaged, or is not a self-assessment")) from problem
    try:
        return _assessment(value)
    except _InvalidError as problem:
        raise _fault(name, str(problem)) from problem


class _InvalidError(Exception):
    """What is wrong with a value."""


def _no_number(words: str) -> float:
    raise ValueError(words)  # NaN and Infinity are no JSON


def _fault(name: str, why: str) -> UsageError:
    return UsageError(
        _("nothing was written: {file} cannot be read: {why}; {fix}").format(
            file=quote(name), why=why, fix=_(_SAVE_AGAIN)
        )
    )


def _assessment(value: object) -> Assessment:
    if not isinstance(value, dict):
        raise _InvalidError(_("it is not a self-assessment"))
    found = _FORMAT.fullmatch(_words(value, "format", _MAX_NAME_LENGTH))
    if not found or int(found[1]) < _VERSION:
        raise _InvalidError(_("it is not a self-assessment"))
    if int(found[1]) > _VERSION:
        raise _InvalidError(_("it was made by a newer version of the page, which this program does not know"))
    charter, answers = _needed(value, "charter", MAX_NOTE_LENGTH), value.get("answers")
    if not isinstance(answers, list):
        raise _InvalidError(_("its answers are missing"))
    if len(answers) > MAX_ANSWERS:
        raise _InvalidError(_("it has more than {count} answers").format(count=number(MAX_ANSWERS)))
    for key in ("who", "about"):
        _words(value, key, MAX_NOTE_LENGTH)
    return Assessment(
        charter=charter,
        saved=_words(value, "saved", _MAX_NAME_LENGTH),
        answers=tuple(map(_assessed, answers)),
    )


def _assessed(value: object) -> Assessed:
    if not isinstance(value, dict):
        raise _InvalidError(_("one of its answers is not what it should be"))
    level = _words(value, "level", _MAX_NAME_LENGTH)
    if level and level not in LEVELS:
        raise _InvalidError(_("{level} is not one of the four answers").format(level=quote(level)))
    return Assessed(
        principle=_needed(value, "principle", _MAX_NAME_LENGTH),
        version=_needed(value, "version", _MAX_NAME_LENGTH),
        words=_words(value, "words", _MAX_NAME_LENGTH),
        level=level,
        notes={key: _words(value, key, MAX_NOTE_LENGTH) for key in NOTES},
    )


def _words(value: dict[str, Any], key: str, most: int) -> str:
    words = value.get(key, "")
    if not isinstance(words, str):
        raise _InvalidError(_("{key} is not text").format(key=quote(key)))
    if len(words) > most:
        raise _InvalidError(
            _("{key} is longer than {count} characters").format(key=quote(key), count=number(most))
        )
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in _LINE_ENDS for each in words):
        raise _InvalidError(_("{key} has a character in it that no text has").format(key=quote(key)))
    return words


def _needed(value: dict[str, Any], key: str, most: int) -> str:
    words = _words(value, key, most)
    if not words:
        raise _InvalidError(_("{key} is missing").format(key=quote(key)))
    return words
