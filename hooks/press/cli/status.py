"""`charter status`: what the working text changes, the version it leads to, and what is in its way."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from press import number, register
from press.check import check, compare, in_order
from press.cli.command import CLEAN, FOUND, Command, blocking, count, read
from press.cli.describing import (
    as_json,
    as_values,
    by_subject,
    coming_to,
    deciding,
    escaped,
    named,
    telling,
    titles,
    visible,
)
from press.model import Change, Class, Edition, Finding, Signatory


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where the working text stands: what it changes, and what the changes come to. `version` is the next
    one, None where there is none; `readable` says whether it could be compared at all."""

    edition: Edition
    blocking: tuple[Finding, ...]
    names: dict[str, str]
    changes: tuple[Change, ...] = ()
    class_: Class = Class.NONE
    version: str | None = None
    readable: bool = True
    sign_again: tuple[Signatory, ...] = ()
    """Those whom the next version would ask to sign again, by name."""


def standing(edition: Edition) -> Standing:
    """Where the working text of `edition` stands."""
    current, compared = edition.current, compare(edition)
    found = check(edition)
    in_the_way = blocking(found, edition)
    charters = (current.charter if current else None, edition.charter)
    names = titles(*(charter for charter in charters if charter))
    if current is None:
        return Standing(
            edition=edition, blocking=in_the_way, names=names, class_=Class.COMMITMENT, version="1.0.0"
        )
    if compared is None:
        return Standing(edition=edition, blocking=in_the_way, names=names, readable=False)
    class_ = number.decided(compared.changes, edition.notes)
    return Standing(
        edition=edition,
        blocking=in_the_way,
        names=names,
        changes=compared.changes,
        class_=class_,
        version=number.next_version(current.version, class_, consultation=current.consultation),
        sign_again=register.sign_again(
            in_order(edition, found).signatories, edition.releases, class_, edition.today
        ),
    )


# --- In words ----------------------------------------------------------------------------------------


def _opening(now: Standing) -> str:
    """Where the charter stands, in a sentence."""
    charter, current = now.edition.charter, now.edition.current
    title = charter.title if charter else now.edition.root
    if current is None:
        return f"{title}: no version has been released yet."
    kind = "draft for consultation" if current.consultation else "version"
    said = f"{title}: the current {kind} is {current.version} of {current.date}"
    if not now.readable:
        return f"{said}. What has changed since then cannot be told until what stands below is mended."
    if not now.changes:
        return f"{said}, and the working text says the same."
    return f"{said}. {count(len(now.changes), 'change')} since then:"


def _class(now: Standing) -> str:
    """What the changes come to; the words that decided it follow."""
    if now.class_ is Class.NONE:
        return "They change no word, so there is no other version. They are:"
    return f"Their class is {coming_to(now.changes, now.edition.notes)}. It was decided by:"


def _asked(now: Standing) -> str:
    """Who will be asked to sign again; '' where nobody is."""
    if not now.sign_again:
        return ""
    who = count(len(now.sign_again), "organisation")
    names = [each.name for each in now.sign_again]
    return f"It asks {who} to sign again{named(names)}."


def _outcome(now: Standing) -> str:
    """The next version, and what is in its way."""
    current = now.edition.current
    first = current is None or current.consultation
    if now.blocking:
        next_is = f"The next version will be {now.version}. " if now.version else ""
        return f"{next_is}{count(len(now.blocking), 'error')} in the way of a release:"
    if now.version and not first:
        return f"The next version is {now.version}, and nothing is in its way: charter release"
    if first:
        return (
            "Nothing is in the way of a release: “charter release --first” makes 1.0.0, and “charter release "
            "--consultation” a draft that nobody can sign."
        )
    return "There is nothing to release."


# --- Formats -----------------------------------------------------------------------------------------


def _text(now: Standing) -> str:
    """For a terminal."""
    lines = [_opening(now), ""]
    for subject, changes in by_subject(now.changes).items():
        lines.append(now.names.get(subject, subject))
        lines += [f"  [{change.class_}] {telling(change, now.names)}" for change in changes]
        lines.append("")
    if now.changes:
        lines += [_class(now), *(f"  {said}" for said in deciding(now.changes, now.names)), ""]
    lines += filter(None, [_asked(now), _outcome(now)])
    for finding in now.blocking:
        lines += [f"  {finding.path}:{finding.line}: {finding.message}", f"    fix: {finding.fix}"]
    return visible("\n".join(lines)) + "\n"


def _markdown(now: Standing) -> str:
    """For a comment on a pull request: no word of the charter can be taken for a mark."""
    lines = [escaped(_opening(now)), ""]
    for subject, changes in by_subject(now.changes).items():
        lines += [f"### {escaped(now.names.get(subject, subject))}", ""]
        lines += [f"- *{each.class_}*: {escaped(telling(each, now.names))}" for each in changes]
        lines.append("")
    if now.changes:
        decided = deciding(now.changes, now.names)
        lines += [escaped(_class(now)), "", *(f"- {escaped(said)}" for said in decided), ""]
    if asked := _asked(now):
        lines += [escaped(asked), ""]
    lines += [f"**{escaped(_outcome(now))}**", ""]
    for finding in now.blocking:
        place = f"{escaped(finding.path)}, line {finding.line}"
        lines.append(f"- {place}: {escaped(finding.message)}. Fix: {escaped(finding.fix)}")
    return "\n".join(lines).rstrip() + "\n"


def _json(now: Standing) -> str:
    """For a program. `sign_again` are the organisations that a release would ask to sign again."""
    keys = ("path", "line", "column", "rule", "message", "fix")
    return as_json(
        {
            "current": now.edition.current.version if now.edition.current else None,
            "next": now.version,
            "class": now.class_,
            "changes": [as_values(change) for change in now.changes],
            "blocking": [{key: getattr(finding, key) for key in keys} for finding in now.blocking],
            "sign_again": [each.slug for each in now.sign_again],
        }
    )


FORMATS: dict[str, Callable[[Standing], str]] = {"text": _text, "markdown": _markdown, "json": _json}


# --- The command -------------------------------------------------------------------------------------


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text for people (the default), markdown for a comment on a pull request, json for programs",
    )


def _status(options: argparse.Namespace, out: TextIO) -> int:
    """Compare the working text with the current version. 0 where nothing is in the way, else 1."""
    now = standing(read(options))
    out.write(FORMATS[options.format](now))
    return FOUND if now.blocking else CLEAN


STATUS = Command(
    about="say what changed since the current version, its class, the next version and what is in its way",
    example="charter status --format markdown",
    options=_options,
    run=_status,
)
