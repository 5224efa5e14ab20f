"""The lines of links.json → the links that were seen on pages of signatories, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from charterpress.model import Fault, SeenLink
from charterpress.read.frozen_json import DATE, ID
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number
from charterpress.versions.number.next_version import VERSION

LINKS_FILE = "links.json"
"""The file, in the charter's folder."""
FORMAT = "charter-links-1"
"""What the file says its form is."""
KEYS = ("slug", "version", "link", "seen", "looked")
"""The keys of an entry, all of which are needed."""
MAX_VALUES = 500_000
"""Commas and opening brackets, of which an entry has some six: what has more would take much memory."""
MAX_FAULTS = 100
"""How many faults are looked for: a file with more is of another kind."""
MAX_LINK = 500
"""The characters of an address."""
_SLUG = re.compile(r'"slug"\s*:')
_FIX = N_("restore the file from git, or delete it and run “charter links --record”")
_INVALID = {
    "slug": N_("a “slug” is not the name of a signatory's file, without .yml"),
    "version": N_("a “version” is not the number of a version, such as 1.0.0"),
    "link": N_("a “link” is not a web address of at most {most} characters"),
    "seen": N_("a “seen” is not a day, such as 2026-12-01"),
    "looked": N_("a “looked” is not a day, such as 2026-12-01"),
}


class _Pairs(dict[str, Any]):
    """A JSON object; `repeated` is a key that it has twice, or ''."""

    repeated = ""


def read_links(lines: Sequence[str]) -> tuple[tuple[SeenLink, ...], tuple[Fault, ...]]:
    """The entries that can be understood, in the file's order, and a fault for everything else. Never
    raises; no lines are no file."""
    text = "\n".join(lines)
    if not lines:
        return (), ()
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        return (), (_fault(1, _("it has more than {most} values").format(most=format_number(MAX_VALUES))),)
    try:
        content = json.loads(text, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        return (), (_fault(error.lineno, _("it is not whole, or not JSON"), error.colno),)
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets within brackets
        return (), (_fault(1, _("its values lie too deep within one another, or are too long")),)
    pages = content.get("pages") if isinstance(content, _Pairs) else None
    if not isinstance(content, _Pairs) or not isinstance(pages, list):
        return (), (_fault(1, _("it has no list “pages”")),)
    faults = [_fault(1, why) for why in _wrong_head(content)]
    places = [number for number, line in enumerate(lines, 1) for _ in _SLUG.finditer(line)]
    links: dict[str, SeenLink] = {}
    for place, page in enumerate(pages):
        if len(faults) >= MAX_FAULTS:
            break
        line = places[place] if len(places) == len(pages) else 1
        if why := _wrong_page(page):
            faults.append(_fault(line, why))
        elif page["slug"] in links:
            faults.append(_fault(line, _("“{slug}” has two entries").format(slug=page["slug"])))
        else:
            links[page["slug"]] = SeenLink(**page, line=line)
    return tuple(links.values()), tuple(faults)


def _pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    content = _Pairs(pairs)
    if len(content) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        content.repeated = next(name for name in counts if counts[name] > 1)
    return content


def _wrong_head(content: _Pairs) -> Iterator[str]:
    if content.get("format") != FORMAT:
        yield _("its “format” is not “{format}”").format(format=FORMAT)
    if content.repeated:
        yield _("{quoted} appears twice").format(quoted=_quoted(content.repeated))
    yield from (
        _("{quoted} is not a key of it").format(quoted=_quoted(key))
        for key in content
        if key not in ("format", "pages")
    )


def _wrong_page(page: object) -> str:
    """Why one of the pages cannot be understood, or ''."""
    if not isinstance(page, _Pairs):
        return _("one of its pages is not an object in braces")
    if page.repeated:
        return _("{quoted} appears twice in one of its pages").format(quoted=_quoted(page.repeated))
    for key in page:
        if key not in KEYS:
            return _("{quoted} is not a key of a page; the keys are {keys}").format(
                quoted=_quoted(key), keys=", ".join(KEYS)
            )
    for key in KEYS:
        if key not in page:
            return _("one of its pages has no “{key}”").format(key=key)
        if not _is_valid(key, page[key]):
            return _(_INVALID[key]).format(most=MAX_LINK)
    return _("a page was seen after it was last looked at") if page["seen"] > page["looked"] else ""


def _is_valid(key: str, value: object) -> bool:
    if not isinstance(value, str) or len(value) > MAX_LINK:
        return False
    if key == "link":
        return value.isprintable() and bool(re.match(r"(?i)https?://", value))
    if key in ("seen", "looked"):
        return bool(DATE.fullmatch(value)) and _is_day(value)
    return bool((ID if key == "slug" else VERSION).fullmatch(value))


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _quoted(name: str) -> str:
    return f"“{name[:40]}”" if name.isprintable() else _("a key that cannot be printed")


def _fault(line: int, why: str, column: int = 1) -> Fault:
    message = _("the links that were seen cannot be read: {why}").format(why=why)
    return Fault(rule="links-unreadable", line=line, column=column, message=message, fix=_(_FIX))
