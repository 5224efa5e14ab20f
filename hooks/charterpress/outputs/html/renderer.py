"""Charters and templates → HTML, each part rendered once for all the pages that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

import jinja2
from markupsafe import Markup

from charterpress.model import ChangeNote, Charter, Foreign, MixedText, Principle
from charterpress.outputs.html.foreign import Marks, marks_of
from charterpress.text import markdown
from charterpress.versions import number
from charterpress.versions.named_notes import named_notes
from charterpress.views import addresses, labels
from charterpress.views.languages import SiteLanguage
from charterpress.views.principle_parts import principle_sections
from charterpress.views.repository import Repository
from charterpress.views.successors import Successor

NO_SUCCESSORS: Mapping[str, Successor] = {}
Variant: TypeAlias = tuple[dict[tuple[str, ...], str], Markup]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedDocument:
    """How many bytes and how many pages a document to print has."""

    size: int
    pages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CharterFacts:
    """What is the same of a charter on all pages: the addresses of its source files, the numbers and titles
    of its parts by id, and its size in words."""

    charter: Charter
    sources: Mapping[str, tuple[str, str]]
    numbers: Mapping[str, str]
    titles: dict[str, str]
    size: str


@dataclass(eq=False)
class Renderer:
    """Fills the templates of one build. A principle that is the same in many versions is rendered once for
    all of them. `site` is the address of the site in the language of its pages, which ends in a slash ('' if
    it is unknown), and `prefix` the part of it below the root of all languages ('' for the first); `pdfs` are
    the sizes in bytes of the PDFs by version, and `documents` the other documents to print by address;
    `signed` is the number of organisations whose signature stands under each version, None before there is
    one to sign; `repository` is where the site's source is kept, and `marks` marks words of
    other languages, None where there are none."""

    templates: jinja2.Environment
    site: str = ""
    prefix: str = ""
    shared: frozenset[str] = frozenset()
    """The addresses of documents that are at the root of all languages: their text is not translated."""
    pdfs: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, PrintedDocument] = field(default_factory=dict)
    signed: Mapping[str, int] | None = None
    repository: Repository = field(default_factory=Repository)
    marks: Marks | None = None
    prevails: str = ""
    """The language whose text binds where this one’s is a courtesy, as a sentence of the page calls it."""
    beside: Mapping[str, tuple[tuple[str, SiteLanguage], ...]] = field(default_factory=dict)
    """The languages that the text at an address is shown beside, each with the tag in that page's address."""
    rendered: dict[object, Markup] = field(default_factory=dict, init=False)
    """What was rendered, by what it was rendered from."""
    variants: dict[object, list[Variant]] = field(default_factory=lambda: defaultdict(list), init=False)
    """What was rendered, with the answers that it depends on."""
    _facts: dict[int, CharterFacts] = field(default_factory=dict, init=False)

    def page(
        self,
        template: str,
        charter: Charter,
        here: str,
        *,
        whole: bool = False,
        searched: bool = True,
        successors: Mapping[str, Successor] = NO_SUCCESSORS,
        **values: object,
    ) -> str:
        """Return `template` filled with `charter` and `values`, for the page at the address `here`. On a
        `whole` page a link in the text leads to a place on that page; a page that is not `searched` need not
        mark what the search leaves out. `successors` are those of a superseded text, by anchor."""
        facts = self.facts(charter)
        sources, numbers, place = facts.sources, facts.numbers, None if whole else here

        def md(text: str, source: str = "", anchor: str = "", shift: int = 0) -> Markup:
            if self.marks and isinstance(text, Foreign | MixedText):
                linker = addresses.linker(sources, source, place)
                mark = partial(self.marks.tokens, text)
                return Markup(
                    markdown.to_html(str(text), link=linker, heading_shift=shift, anchor=anchor, mark=mark)
                )
            if anchor and any(mark in text for mark in ("#", "\n=", "\n-")):  # it may have a heading
                linker = addresses.linker(sources, source, place)
                return Markup(markdown.to_html(text, link=linker, heading_shift=shift, anchor=anchor))
            if "]" in text:
                return Markup(markdown.to_html(text, link=addresses.linker(sources, source, place)))
            if text not in self.rendered:  # without a link it is the same on every page
                self.rendered[text] = Markup(markdown.to_html(text))
            return self.rendered[text]

        def reason(note: ChangeNote) -> Markup:
            """Return why a change was made. A link to something that is gone leads to the charter."""
            link = addresses.linker(sources, addresses.notes_path(charter), place)

            def linked(target: str) -> str:
                address = link(target)
                lost = address == target and not target.startswith(addresses.OUTWARD)
                return addresses.relative(addresses.CHARTER, here) if lost else address

            html = Markup(markdown.to_html(note.reason, link=linked))
            return self.marks.marked(html, self.marks.source, "div") if self.marks else html

        shared = {
            "charter": charter,
            "site": self.site,
            "pdfs": self.pdfs,
            "printed": self.documents,
            "repository": self.repository,
            "signed_by": self.signed,
            "reason": reason,
            "named_notes": named_notes,
            "numbers": numbers,
            "size": facts.size,
            "sections": partial(principle_sections, charter),
            "link": partial(self.link, here=here),
            "md": md,
            "searched": searched,
            "beside": self.beside.get(here, ()),
            "prevails": self.prevails,
            "in_source": lambda words: self.marks.marked(words, self.marks.source) if self.marks else words,
            "successors": successors,
            "body": lambda principle: self._body(
                charter,
                principle,
                numbers[principle.id],
                sources,
                md,
                searched=searched,
                successors={
                    anchor: each._replace(address=addresses.relative(each.address, here))
                    for anchor, each in successors.items()
                    if anchor.startswith(f"{principle.id}.")
                },
            ),
        }
        return self.templates.get_template(template).render(shared, **values)

    def link(self, target: str, here: str) -> str:
        """Return the relative link from the page at `here` to `target`, both below the root of the language
        of the page; what all languages share is at the root of the site."""
        if self.prefix and (addresses.is_shared(target) or target in self.shared):
            return addresses.relative(target, self.prefix + here)
        return addresses.relative(target, here)

    def facts(self, charter: Charter) -> CharterFacts:
        """Return what is the same of `charter` on all pages, kept by the object's identity: hashing a charter
        takes longer than gathering this."""
        if id(charter) not in self._facts:
            self._facts[id(charter)] = CharterFacts(
                charter=charter,  # as long as it is kept here, no other object has its id
                sources=addresses.source_addresses(charter),
                numbers=number.part_numbers(charter),
                titles=labels.part_titles(charter),
                size=labels.charter_size(charter),
            )
        return self._facts[id(charter)]

    def fragment(self, template: str, **values: object) -> Markup:
        """Return `template` filled with `values` alone."""
        return Markup(self.templates.get_template(template).render(values))

    def _body(
        self,
        charter: Charter,
        principle: Principle,
        name: str,
        sources: Mapping[str, tuple[str, str]],
        md: Callable[..., Markup],
        *,
        searched: bool,
        successors: Mapping[str, Successor],
    ) -> Markup:
        """Return a principle for a page that holds the whole text: it is the same on many."""
        linked = any("](" in part.text for part in principle.sections)
        links = tuple(sorted(sources.items())) if linked else ()
        text = replace(principle, since="", changed="")
        marks = marks_of((charter.sections, text)) if self.marks else ()
        key = (charter.sections, text, name, links, searched, tuple(successors.items()), marks)
        if key not in self.rendered:
            self.rendered[key] = self.fragment(
                "principle_body.html",
                sections=principle_sections(charter, principle),
                principle=principle,
                name=name,
                md=md,
                level=4,
                prefix=f"{principle.id}.",
                searched=searched,
                successors=successors,
            )
        return self.rendered[key]
