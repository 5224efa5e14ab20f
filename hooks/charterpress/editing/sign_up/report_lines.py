"""What a form says of each principle, one line each ↔ the answers of a report.

A line is “id = answer”, then, after a semicolon, words of the organisation's own, and last the address of a
page that shows it: “open-ways = in part; Two of three gates are wide enough. https://quay.org.uk/gates”."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from charterpress.checks.queries import closest_match, quote, quote_list
from charterpress.checks.signatories.names import MAX_LENGTHS
from charterpress.checks.signatories.reports import MEANT_ANSWERS
from charterpress.editing.new.drafts import answer_fault, split_problem, trim_answer
from charterpress.model import Answer, PrincipleReport
from charterpress.text.interface import catalog_languages, language, use_language
from charterpress.text.interface import gettext as _
from charterpress.views.reports import ANSWERS

MAX_WORDS = MAX_LENGTHS["words"]
"""Characters of what an organisation says of one principle."""
MAX_LINES = 500
"""Principles that one form can speak of."""
_START = re.compile(
    r"\s*(?:[-*•·]\s|[0-9]{1,3}[.)]\s|[-*•·])?\s*[*_`]{0,3}([A-Za-z0-9][A-Za-z0-9-]{0,119})[*_`]{0,3}\s*([=＝:：])\s*"
)
_ADDRESS = re.compile(
    r"(?:^|\s)[<(]?(https?://(?:[^\s<>()]|\([^\s<>()]*\)|\((?![^\s<>()]*\))|\)){1,2000}?)[>).,;:!?]{0,9}$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"https?://[^\s<>()]+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[;；؛]\s*")
_SPACE = re.compile(r"[ \t\n\u00a0]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class LineFault:
    """What is wrong with a line, and what to write instead."""

    message: str
    fix: str


def answer_choices() -> tuple[tuple[Answer, str], ...]:
    """Return every answer with its name in the language in use."""
    return tuple((answer, _(name)) for answer, name in ANSWERS.items())


def read_answer(words: str) -> Answer | None:
    """Return the answer that `words` mean, in any language that there is a catalog of; None for none."""
    folded = _folded(words)
    for tag in (language(), *catalog_languages()):
        with use_language(tag):
            for answer, name in ANSWERS.items():
                if folded in (_folded(name), _folded(_(name))):
                    return answer
    return None


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    return " ".join(plain.split()).strip(" .*_`")


def read_lines(
    text: str, known: Collection[str]
) -> tuple[tuple[PrincipleReport, ...], tuple[LineFault, ...]]:
    """Return the answers in `text`, and what is wrong with it; `known` are the ids of principles. What does
    not begin a line goes on the one before: a mail program may have broken it. A line without an answer is
    one that was left empty."""
    found: list[PrincipleReport] = []
    faults: list[LineFault] = []
    for place, (id, rest) in enumerate(_joined(text, known)):
        if place >= MAX_LINES:
            faults.append(
                LineFault(
                    message=_("there are more lines than principles"),
                    fix=_("write one line for each principle"),
                )
            )
            break
        made = _read_line(id, rest, known)
        if isinstance(made, LineFault):
            faults.append(made)
        elif made and any(each.principle == made.principle for each in found):
            faults.append(
                LineFault(message=_("{id} is here twice").format(id=quote(id)), fix=_("keep one of the two"))
            )
        elif made:
            found.append(made)
    return tuple(found), tuple(faults)


def _joined(text: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each id with all that follows it; '' for words before the first."""
    id, parts = "", list[str]()
    for line in text.split("\n"):
        start = _START.match(line)
        if start and _begins(start, line[start.end() :], known, first=not parts):
            if parts or id:
                yield id, " ".join(parts).strip()
            id, parts = start[1].lower(), [line[start.end() :]]
        elif line.strip():
            parts.append(line.strip())
    if id or parts:
        yield id, " ".join(parts).strip()


def _begins(start: re.Match[str], rest: str, known: Collection[str], *, first: bool) -> bool:
    """Whether what looks like the start of a line is one: a principle, or a sign of equality before an answer
    or nothing."""
    if start[1].lower() in known or start[2] in ":：":
        return start[1].lower() in known
    words = _SEPARATORS.split(rest, maxsplit=1)[0]
    return first or not words.strip() or read_answer(words) is not None


def _read_line(id: str, rest: str, known: Collection[str]) -> PrincipleReport | LineFault | None:
    rest = trim_answer(unicodedata.normalize("NFC", _SPACE.sub(" ", rest)))
    if not id:
        return LineFault(
            message=_("{words} does not begin with a principle").format(words=quote(rest)),
            fix=_("begin each line with the principle and “=”, such as {line}").format(
                line=quote(f"{next(iter(known), 'principle')} = {_(ANSWERS[Answer.KEPT])}")
            ),
        )
    if not rest:
        return None
    if id not in known:
        near = closest_match(id, known)
        fix = (
            _("do you mean {name}?").format(name=quote(near))
            if near
            else _("write one of {choices}").format(choices=quote_list(known))
        )
        return LineFault(
            message=_("there is no principle {id} in this version").format(id=quote(id)), fix=fix
        )
    first, *more = _SEPARATORS.split(rest, maxsplit=1)
    words = more[0] if more else ""
    evidence = _ADDRESS.search(words if more else first)
    if evidence and more:
        words = words[: evidence.start()].rstrip()
    elif evidence:
        first = first[: evidence.start()].rstrip()
    answer = read_answer(first)
    if answer is None:
        names = [name for _answer, name in answer_choices()]
        message = _("{words} is not an answer about {id}").format(words=quote(first), id=quote(id))
        if meant := MEANT_ANSWERS.get(_folded(first)):
            return LineFault(
                message=message, fix=_("do you mean {name}?").format(name=quote(_(ANSWERS[meant])))
            )
        return LineFault(
            message=message,
            fix=_("write one of {choices}, and words of your own after a semicolon").format(
                choices=quote_list(names)
            ),
        )
    if words and (problem := answer_fault(words)):
        message, fix = split_problem(problem)
        return LineFault(message=f"{quote(id)}: {message}", fix=fix)
    if among := _ELSEWHERE.search(words):
        return LineFault(
            message=_("{address} is among the words about {id}").format(
                address=quote(among[0]), id=quote(id)
            ),
            fix=_("write one address, after all your words"),
        )
    words = trim_answer(words)
    return PrincipleReport(principle=id, answer=answer, words=words, evidence=evidence[1] if evidence else "")


def blank_lines(ids: Iterable[str]) -> str:
    """Return a line to fill in for each principle."""
    return "".join(f"{id} =\n" for id in ids)
