"""Parts and versions of a charter → the addresses that they have on the site, and how pages link to them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from charterpress.model import Charter, Principle, Theme
from charterpress.text import markup

OUTWARD = tuple(f"{scheme}:" for scheme in markup.KEPT_SCHEMES)
"""How a link begins that leads out of the charter."""
HOME = ""
WHOLE = "charter/"
VERSIONS = "versions/"
COMPARE = "versions/compare/"
DRAFT = "draft/"
"""The addresses of the home page, the whole charter, the list of versions, the page that compares any two of
them, and the working text."""


def theme_address(theme: Theme) -> str:
    """Return the address of a theme's page."""
    return f"{WHOLE}{theme.id}/"


def principle_address(theme: Theme, principle: Principle) -> str:
    """Return the address of a principle's page."""
    return f"{WHOLE}{theme.id}/{principle.id}/"


def version_address(version: str) -> str:
    """Return the permanent address of a version."""
    return f"{VERSIONS}{version}/"


def pdf_address(version: str) -> str:
    """Return the address of a version as a document to print."""
    return f"{VERSIONS}{version}/charter.pdf"


def changes_address(version: str) -> str:
    """Return the address of what a version changed."""
    return f"{VERSIONS}{version}/changes/"


def compare_address(old: str, new: str) -> str:
    """Return the address of what changed from one version to another."""
    return f"{COMPARE}{old}..{new}/"


@lru_cache(maxsize=8192)  # every page of a version has the same links as all the others
def relative(target: str, address: str) -> str:
    """Return how the page at `address` links to `target`, both relative to the site's root."""
    path, mark, anchor = target.partition("#")
    if path == address and mark:
        return f"#{anchor}"
    *there, name = path.split("/")
    here = address.split("/")[:-1]
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    way = "../" * (len(here) - shared) + "".join(f"{step}/" for step in there[shared:]) + name
    return f"{way or './'}{mark}{anchor}"


def files(charter: Charter) -> Mapping[str, tuple[str, str]]:
    """Return, for every source file of `charter`, the address of its page and its anchor on a whole one."""
    found = {charter.preamble_path: (WHOLE, "preamble")}
    for theme in charter.themes:
        found[theme.path] = (theme_address(theme), theme.id)
    for theme, principle in charter.principles():
        found[principle.path] = (principle_address(theme, principle), principle.id)
    return found


def notes_path(charter: Charter) -> str:
    """Return the path of a change note of `charter`: where the links in it start from."""
    return posixpath.join(posixpath.dirname(charter.path), "changes", "note.md")


def linker(places: Mapping[str, tuple[str, str]], source: str, address: str | None) -> Callable[[str], str]:
    """Return what turns a link in the file `source` into one on the page at `address`; on a page that holds
    the whole text, for which `address` is None, into one to a place on that page."""

    def link(target: str) -> str:
        path, mark, anchor = target.partition("#")
        path = unquote(path)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
        if file not in places:
            return target
        page, place = places[file]
        if address is None:
            return f"#{place}.{anchor}" if anchor else f"#{place}"
        return relative(page + mark + anchor, address)

    return link


def permanent(charter: Charter, source: str, home: str) -> Callable[[str], str]:
    """Return what turns a link in the file `source` into the whole address of what it leads to in the version
    of `charter` whose own address is `home`: of the version itself, where it does not have it any more."""
    link = linker(files(charter), source, None)

    def whole(target: str) -> str:
        if target.startswith(OUTWARD) or not markup.is_kept(target):
            return target
        found = link(target)
        return home + found if found.startswith("#") else home

    return whole
