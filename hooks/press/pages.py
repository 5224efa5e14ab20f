"""Charter → the pages that show it: address, words and source file of each."""

from __future__ import annotations

import posixpath
from calendar import month_name
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

import jinja2
from markupsafe import Markup

from press import markup, number
from press.model import Charter, Crumb, Page, Principle, Rule, Section, SectionShape, Theme

HOME = ""
WHOLE = "charter/"
"""The addresses of the home page, and of the whole charter on one page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Commitment:
    """One item of a list section, as a page shows it: its letter, its anchor, its Markdown."""

    letter: str
    anchor: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A section of a principle with its shape; `commitments` where the shape is a list."""

    shape: SectionShape
    section: Section
    commitments: tuple[Commitment, ...]


LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def licence_address(licence: str) -> str:
    """Return where a licence, named by its SPDX identifier, can be read: at its makers', or at SPDX."""
    return LICENCES.get(licence) or f"https://spdx.org/licenses/{licence}.html"


def day(date: str) -> str:
    """Return an ISO date as it is written in British English: "2026-12-01" gives "1 December 2026"."""
    year, month, number_of_day = date.split("-")
    return f"{int(number_of_day)} {month_name[int(month)]} {year}"


def draft(date: str) -> str:
    """Return how the working text is called on its pages, with the ISO date that it has, if any."""
    return f"Draft of {day(date)}" if date else "Draft"


def size(charter: Charter) -> str:
    """Return how large a charter is, as "4 themes, 15 principles"."""
    themes, principles = len(charter.themes), sum(1 for _ in charter.principles())
    return f"{themes} theme{'s' * (themes != 1)}, {principles} principle{'s' * (principles != 1)}"


def theme_address(theme: Theme) -> str:
    """Return the address of a theme's page."""
    return f"{WHOLE}{theme.id}/"


def principle_address(theme: Theme, principle: Principle) -> str:
    """Return the address of a principle's page."""
    return f"{WHOLE}{theme.id}/{principle.id}/"


def relative(target: str, address: str) -> str:
    """Return how the page at `address` links to `target`, both relative to the site's root."""
    path, mark, anchor = target.partition("#")
    if path == address and mark:
        return f"#{anchor}"
    way = posixpath.relpath(path or ".", address or ".")
    return f"{way}/{mark}{anchor}" if way != "." else f"./{mark}{anchor}"


def parts(charter: Charter, principle: Principle) -> tuple[Part, ...]:
    """Return the sections that `principle` has, each with its shape, in the order of `charter`."""
    written = {section.id: section for section in principle.sections}
    found = []
    for shape in charter.sections:
        if section := written.get(shape.id):
            anchors = number.anchors(principle.id, section.items)
            commitments = tuple(
                Commitment(letter=number.letter(index), anchor=anchor, text=text)
                for index, (text, anchor) in enumerate(zip(section.items, anchors, strict=True))
            )
            found.append(Part(shape=shape, section=section, commitments=commitments))
    return tuple(found)


def files(charter: Charter) -> Mapping[str, tuple[str, str]]:
    """Return, for every source file of `charter`, the address of its page and its anchor on the whole one."""
    found = {charter.preamble_path: (WHOLE, "preamble")}
    for theme in charter.themes:
        found[theme.path] = (theme_address(theme), theme.id)
    for theme, principle in charter.principles():
        found[principle.path] = (principle_address(theme, principle), principle.id)
    return found


def pages(charter: Charter, templates: jinja2.Environment) -> tuple[Page, ...]:
    """Return every page of `charter` in reading order: home, the whole, then each theme with its principles.

    `templates` has home.html, whole.html, theme.html and principle.html. A link in the charter's text names
    a file of the charter; on a page it leads to that file's page, or, on the whole page, to its place there.
    """
    return tuple(_pages(charter, templates))


def rules(table: Iterable[Rule], templates: jinja2.Environment) -> Page:
    """Return the page of all rules of the check, made from `table` by the template rules.html."""
    groups: dict[str, list[Rule]] = {}
    for rule in table:
        groups.setdefault(rule.group, []).append(rule)
    return Page(
        address="editors/rules/",
        title="What the check looks for",
        description="Every rule that a proposed change is read by, with the way to put things right.",
        html=templates.get_template("rules.html").render(
            groups=groups, slug=number.slug, md=lambda text: Markup(markup.html(text))
        ),
        kind="rules",
    )


def _pages(charter: Charter, templates: jinja2.Environment) -> Iterator[Page]:
    numbers = number.numbers(charter)
    places = files(charter)
    shared = {"charter": charter, "numbers": numbers, "parts": partial(parts, charter), "size": size(charter)}

    def show(name: str, address: str, **values: object) -> str:
        values["link"] = lambda target: relative(target, address)
        values["md"] = lambda text, source="": _html(text, _linker(places, source, address))
        return templates.get_template(name).render(shared, **values)

    yield Page(
        address=HOME,
        title=charter.title,
        description=charter.summary,
        html=show("home.html", HOME),
        kind="home",
    )
    yield Page(
        address=WHOLE,
        title="The whole charter",
        description=f"{charter.title}: the whole text on one page, {size(charter)}.",
        html=show("whole.html", WHOLE),
        source=charter.preamble_path,
        kind="whole",
    )
    whole = Crumb(title="The charter", address=WHOLE)
    for place, theme in enumerate(charter.themes, start=1):
        address = theme_address(theme)
        name = f"{numbers[theme.id]} {theme.title}"
        yield Page(
            address=address,
            title=theme.title,
            description=theme.summary,
            html=show("theme.html", address, theme=theme),
            source=theme.path,
            kind="theme",
            trail=(whole,),
            accent=place,
            label=name,
        )
        above = (whole, Crumb(title=name, address=address))
        for principle in theme.principles:
            address = principle_address(theme, principle)
            yield Page(
                address=address,
                title=principle.title,
                description=principle.summary,
                html=show("principle.html", address, theme=theme, principle=principle),
                source=principle.path,
                kind="principle",
                trail=above,
                accent=place,
                label=name,
            )


def _html(text: str, link: Callable[[str], str]) -> Markup:
    """Return Markdown as HTML that a template takes as it is: `markup` escapes what is not its own."""
    return Markup(markup.html(text, link=link))


def _linker(places: Mapping[str, tuple[str, str]], source: str, address: str) -> Callable[[str], str]:
    """Return what turns a link in the file `source` into one on the page at `address`."""

    def link(target: str) -> str:
        path, mark, anchor = target.partition("#")
        path = unquote(path)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
        if file not in places:
            return target
        page, place = places[file]
        if address == WHOLE:
            return f"#{place}.{anchor}" if anchor else f"#{place}"
        return relative(page + mark + anchor, address)

    return link
