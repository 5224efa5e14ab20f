"""A charter's text → the HTML in which pages show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import jinja2
from markupsafe import Markup

from charterpress.model import ChangeNote, Charter, Principle, Release, Section, SectionShape
from charterpress.text import markup
from charterpress.versions import number
from charterpress.views import addresses

DIGEST = 12
"""How many characters of a release's digest name it at the foot of a page."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


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


def licence_address(licence: str) -> str:
    """Return where a licence, named by its SPDX identifier, can be read: at its makers', or at SPDX."""
    return LICENCES.get(licence) or f"https://spdx.org/licenses/{licence}.html"


def day(date: str) -> str:
    """Return an ISO date as it is written in British English: "2026-12-01" gives "1 December 2026"."""
    year, month, number_of_day = date.split("-")
    return f"{int(number_of_day)} {MONTHS[int(month) - 1]} {year}"


def month(date: str) -> str:
    """Return a month as it is written in British English: "2026-12" gives "December 2026"."""
    return day(f"{date}-01").removeprefix("1 ")


def draft(date: str) -> str:
    """Return how the working text is called on its pages, with the ISO date that it has, if any."""
    return f"Draft of {day(date)}" if date else "Draft"


def called(release: Release) -> str:
    """Return how a release is called: "Version 2.0.0", or "Consultation draft 0.1.0"."""
    return f"{'Consultation draft' if release.consultation else 'Version'} {release.version}"


def released(release: Release) -> str:
    """Return how a release is called at the foot of its pages: version, date, and the digest's start."""
    return f"{called(release)} of {day(release.date)} · {release.sha256[:DIGEST]}"


def organisations(count: int) -> str:
    """Return how many: “1 organisation”, “1,204 organisations”."""
    return f"{count:,} organisation{'' if count == 1 else 's'}"


def titles(charter: Charter) -> dict[str, str]:
    """Return the titles of a charter's themes and principles, by id."""
    found = {theme.id: theme.title for theme in charter.themes}
    return found | {principle.id: principle.title for _, principle in charter.principles()}


def size(charter: Charter) -> str:
    """Return how large a charter is, as "4 themes, 15 principles"."""
    themes, principles = len(charter.themes), sum(1 for _ in charter.principles())
    return f"{themes} theme{'s' * (themes != 1)}, {principles} principle{'s' * (principles != 1)}"


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A document to print: how many bytes and how many pages it has."""

    size: int
    pages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is the same of a charter on all pages: where its files are shown, the numbers and titles of its
    parts by id, its size."""

    charter: Charter
    places: Mapping[str, tuple[str, str]]
    numbers: Mapping[str, str]
    titles: dict[str, str]
    size: str


class Text:
    """What the templates of one build show of charters. What was made once is kept: a principle that did not
    change from version to version is rendered once for all of them."""

    def __init__(
        self,
        templates: jinja2.Environment,
        *,
        site: str = "",
        pdfs: Mapping[str, int] | None = None,
        papers: Mapping[str, Paper] | None = None,
        signed: Mapping[str, int] | None = None,
    ) -> None:
        """Take the templates: whole.html, theme.html, principle.html and what they import; the address of the
        site, which ends in a slash, or '' where it is not known; the size of each version's PDF in bytes, for
        those that have one; the other documents to print, by address; and how many organisations stand by
        each version, or None before there is one to sign."""
        self._templates = templates
        self._site = site
        self._pdfs = pdfs or {}
        self.papers = papers or {}
        self._signed = signed
        self._facts: dict[int, Facts] = {}
        self._kept: dict[object, Markup] = {}
        self._shelves: dict[object, dict[str, str]] = {}
        self._variants: dict[object, list[tuple[dict[tuple[str, ...], str], Markup]]] = {}

    def show(
        self,
        template: str,
        charter: Charter,
        here: str,
        *,
        whole: bool = False,
        searched: bool = True,
        **values: object,
    ) -> str:
        """Return `template` filled with `charter` and `values`, for the page at the address `here`. On a
        `whole` page a link in the text leads to a place on that page. One that is not `searched` does not say
        what the search is to leave out."""
        facts = self.facts(charter)
        places, numbers = facts.places, facts.numbers

        def md(text: str, source: str = "") -> Markup:
            if "]" not in text:  # without a link it is the same on every page
                return self._plain(text)
            return Markup(markup.html(text, link=addresses.linker(places, source, None if whole else here)))

        def reason(note: ChangeNote) -> Markup:
            """Return why a change was made. A link to what is gone leads to the charter."""
            link = addresses.linker(places, addresses.notes_path(charter), None if whole else here)

            def found(target: str) -> str:
                at = link(target)
                lost = at == target and not target.startswith(addresses.OUTWARD)
                return addresses.relative(addresses.CHARTER, here) if lost else at

            return Markup(markup.html(note.reason, link=found))

        shared = {
            "charter": charter,
            "at": addresses,
            "site": self._site,
            "pdfs": self._pdfs,
            "signed_by": self._signed,
            "organisations": organisations,
            "reason": reason,
            "called": called,
            "numbers": numbers,
            "size": facts.size,
            "parts": partial(parts, charter),
            "day": day,
            "link": lambda target: addresses.relative(target, here),
            "md": md,
            "searched": searched,
            "body": lambda principle: self._body(
                charter, principle, numbers[principle.id], places, md, searched=searched
            ),
        }
        return self._templates.get_template(template).render(shared, **values)

    def facts(self, charter: Charter) -> Facts:
        """Return what is the same of `charter` on all pages. It is kept by the object: to hash a charter
        takes longer than to gather this."""
        if id(charter) not in self._facts:
            self._facts[id(charter)] = Facts(
                charter=charter,  # as long as it is kept here, no other object has its id
                places=addresses.source_addresses(charter),
                numbers=number.numbers(charter),
                titles=titles(charter),
                size=size(charter),
            )
        return self._facts[id(charter)]

    def part(self, template: str, **values: object) -> str:
        """Return `template` filled with `values` alone."""
        return self._templates.get_template(template).render(values)

    def template(self, name: str) -> jinja2.Template:
        """Return a template for a page of which there are thousands, to be filled with its own values
        alone."""
        return self._templates.get_template(name)

    def kept(self, key: object) -> dict[str, str]:
        """Return the dictionary in which what was made for `key` is kept."""
        return self._shelves.setdefault(key, {})

    def variants(self, key: object) -> list[tuple[dict[tuple[str, ...], str], Markup]]:
        """Return the list in which what was made for `key` is kept, each with the answers it depends on."""
        return self._variants.setdefault(key, [])

    def _plain(self, text: str) -> Markup:
        if text not in self._kept:
            self._kept[text] = Markup(markup.html(text))
        return self._kept[text]

    def _body(
        self,
        charter: Charter,
        principle: Principle,
        name: str,
        places: Mapping[str, tuple[str, str]],
        md: Callable[[str, str], Markup],
        *,
        searched: bool,
    ) -> Markup:
        """Return a principle for a page that holds the whole text: it is the same on many."""
        links = tuple(sorted(places.items())) if any("](" in part.text for part in principle.sections) else ()
        key = (charter.sections, replace(principle, since="", changed=""), name, links, searched)
        if key not in self._kept:
            html = self.part(
                "body.html",
                parts=parts(charter, principle),
                principle=principle,
                name=name,
                md=md,
                level=4,
                prefix=f"{principle.id}.",
                searched=searched,
            )
            self._kept[key] = Markup(html)
        return self._kept[key]
