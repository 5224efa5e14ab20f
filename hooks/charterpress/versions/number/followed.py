"""A text and the one after it → the first with its links to where what they lead to lives in the second."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from charterpress.model import Charter, Principle, Section, Theme

_TARGET = re.compile(r"(\]\(<?|\]:[ \t]*<?)([^\s()<>#?:]+\.md)(?=[)#>\s]|$)")
"""The path of a file in a link, and what stands before it."""


def follow_links(old: Charter, new: Charter, homes: Mapping[str, tuple[Theme, Principle]]) -> Charter:
    """Return `old` with every link to a principle that was renamed or moved as `new` has to write it, and the
    links within such a principle as they are written in its new place: they are the same links. `homes` are
    what each principle of `new` was in `old`, by its new id."""
    places = {
        _path(*homes[each.id]): _path(theme, each) for theme, each in new.principles() if each.id in homes
    }
    if all(before == after for before, after in places.items()):
        return old
    return replace(
        old,
        preamble=_follow(old.preamble, "", "", places),
        themes=tuple(_theme(theme, places) for theme in old.themes),
    )


def _path(theme: Theme, principle: Principle) -> str:
    return f"themes/{theme.id}/{principle.id}.md"


def _theme(theme: Theme, places: Mapping[str, str]) -> Theme:
    folder = f"themes/{theme.id}"
    principles = (_principle(theme, each, places) for each in theme.principles)
    return replace(theme, text=_follow(theme.text, folder, folder, places), principles=tuple(principles))


def _principle(theme: Theme, principle: Principle, places: Mapping[str, str]) -> Principle:
    path = _path(theme, principle)
    folder, now = posixpath.dirname(path), posixpath.dirname(places.get(path, path))
    sections = tuple(_section(section, folder, now, places) for section in principle.sections)
    return principle if sections == principle.sections else replace(principle, sections=sections)


def _section(section: Section, folder: str, now: str, places: Mapping[str, str]) -> Section:
    text = _follow(section.text, folder, now, places)
    if text == section.text:
        return section
    items = tuple(_follow(item, folder, now, places) for item in section.items)
    return replace(section, text=text, items=items)


def _follow(text: str, folder: str, now: str, places: Mapping[str, str]) -> str:
    """Return Markdown of a file in `folder` with its links as one in the folder `now` has to write them."""
    if ".md" not in text:
        return text
    return _TARGET.sub(partial(_target, folder=folder, now=now, places=places), text)


def _target(found: re.Match[str], folder: str, now: str, places: Mapping[str, str]) -> str:
    path = posixpath.normpath(posixpath.join(folder, unquote(found[2])))
    there = places.get(path, path)
    if (folder == now and there == path) or path.startswith(".."):
        return found[0]
    return found[1] + posixpath.relpath(there, now or ".")
