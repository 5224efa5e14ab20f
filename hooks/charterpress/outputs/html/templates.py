"""Template + values → text; of pages that differ in few places, from one page template for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from charterpress.model import Page
from charterpress.model.errors import CharterError
from charterpress.outputs.html.template_words import add_words
from charterpress.outputs.style.look import Look
from charterpress.text import interface
from charterpress.text.dates import day_in_words
from charterpress.text.languages import name_in
from charterpress.views import addresses, labels

_TITLE, _DESCRIPTION, _TEXT = "SlotOfTheTitle", "SlotOfTheDescription", "SlotOfTheText"
_STEP, _SOURCE = "slot-of-the-address", "slot-of-the-source"
_SLOT = re.compile(f"({_TITLE}|{_DESCRIPTION}|{_TEXT}|{_STEP}|{_SOURCE})")
_SCRIPT = re.compile(r"(<script type=\"application/[\w+]*json\">.*?</script>)", re.DOTALL)
_DATA = "AsData"
"""The ending of a slot's name where its words are JSON."""

FOLDER = Path(__file__).parent / "templates"
"""The package's templates: those of the page frame, and below `pages/` those of its contents."""
PAGES = "pages"
MISSING_PAGE = "404.html"
"""The page for addresses where nothing is, and its template."""
OWN_PREFIX = "charterpress"
"""A charter's template extends the package's one of the same name as `charterpress/<name>`."""
LISTED_KINDS = (
    *("page", "about-site", "sign", "commitments", "rules"),
    *("cafe", "easy-read", "reflect", "reflect-action-learning"),
)
"""The kinds of pages of text that get a list of their contents, if they are long."""
MIN_LISTED = 4
"""How many parts a page has at least whose contents are listed."""
_PART = re.compile(
    r'<h2[^>]*? id="([^"]+)"[^>]*>(.*?)(?:<a class="(?:permalink|headerlink)".*?)?</h2>', re.DOTALL
)


def page_contents(html: str) -> tuple[tuple[str, str], ...]:
    """Return the anchor and the heading of every part of a page, the HTML `html`; none if they are few."""
    parts = [(anchor, Markup(heading).striptags()) for anchor, heading in _PART.findall(html)]
    return tuple(parts) if len(parts) >= MIN_LISTED else ()


def join_html(parts: Sequence[str]) -> Markup:
    """Return `parts`, HTML or words to escape, as a list in a sentence."""
    return Markup(interface.join_list([escape(part) for part in parts]))


GLOBALS = {
    "at": addresses,
    "class_name": labels.class_name,
    "reporting_sentence": labels.reporting_sentence,
    "day": day_in_words,
    "direction": interface.direction,
    "language": interface.language,
    "join_html": join_html,
    "join_list": interface.join_list,
    "number": interface.number,
    "name_in": name_in,
    "licence_address": labels.licence_address,
    "organisations": labels.organisation_count,
    "page_contents": page_contents,
    "listed_kinds": LISTED_KINDS,
    "release_name": labels.release_name,
    "sides": labels.sides,
}
"""What every template may use."""


def environment(own: Path | None = None, compiled: jinja2.BytecodeCache | None = None) -> jinja2.Environment:
    """Return the templates of pages: every value is escaped, a missing one is an error. A template in the
    folder `own` replaces the package's one of that name. Compiled templates are kept in `compiled`."""
    templates = jinja2.Environment(
        bytecode_cache=compiled,
        loader=_with_package(FOLDER / PAGES, *([jinja2.FileSystemLoader(own)] if own else [])),
        autoescape=True,
        auto_reload=False,  # each build makes an environment of its own
        cache_size=-1,  # a few templates, asked for many times
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {**GLOBALS, "look": Look()}
    add_words(templates)
    return templates


def configure(environment: jinja2.Environment, compiled: jinja2.BytecodeCache) -> None:
    """Make MkDocs' templates escape every value too, know `once`, and extend the package's. Compiled
    templates are kept in `compiled`."""
    environment.loader = _with_package(FOLDER, *([environment.loader] if environment.loader else []))
    environment.autoescape, environment.auto_reload = True, False
    environment.add_extension(Once)
    environment.globals |= {**GLOBALS, "look": Look()}
    add_words(environment)
    environment.bytecode_cache = compiled


def _with_package(package: Path, *loaders: jinja2.BaseLoader) -> jinja2.BaseLoader:
    """What `loaders` find, else the package's template; the latter also by the prefix."""
    folder = jinja2.FileSystemLoader(package)
    return jinja2.ChoiceLoader([*loaders, folder, jinja2.PrefixLoader({OWN_PREFIX: folder})])


class Once(Extension):
    """`{% once a, b %}…{% endonce %}` in a template: the content is rendered once for all pages on which
    `a` and `b`, and the language of the page, are the same. Nothing else in it may differ from page to page:
    not MkDocs' filter `url` on the address of a page either, which takes the shortest way from each."""

    tags = {"once"}  # noqa: RUF012 - Jinja declares it so

    def __init__(self, environment: jinja2.Environment) -> None:
        """Keep what is made for as long as `environment` is there."""
        super().__init__(environment)
        self._kept: dict[tuple[object, ...], str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """Return what Jinja makes of the tag: a call of `_once`, which knows where in which file it is."""
        line = next(parser.stream).lineno
        place = [nodes.Const(parser.name), nodes.Const(line), nodes.Name("site_language", "load")]
        asked = parser.parse_tuple()
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        call = self.call_method("_once", [nodes.Tuple([*place, asked], "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _once(self, key: tuple[object, ...], caller: Callable[[], str]) -> str:
        key = (*key, interface.language())
        if key not in self._kept:
            self._kept[key] = caller()
        return self._kept[key]


# --- Thousands of pages ------------------------------------------------------------------------------


class PageTemplates:
    """Renders thousands of pages by few calls of the host's templates. Pages are of one kind if they differ
    only in the second step of their addresses, such as “quay” in “signatories/quay/”, their titles,
    descriptions, texts and source files. `render` makes one page of each kind with slots in these places;
    filling the slots gives all the others. Addresses consist of letters, digits, hyphens and slashes."""

    def __init__(self, render: Callable[[Page], str]) -> None:
        """Take what renders one page completely, however slowly."""
        self._render = render
        self._forms: dict[Page, str] = {}

    def fill(self, page: Page) -> str:
        """Return `page`, rendered. Raises CharterError if anything else on the page depends on its address
        or its words: the first page of each kind is rendered both ways and compared."""
        first, step, rest = page.address.split("/", 2)
        at = f"{first}/{_STEP}/{rest}"
        source = _SOURCE if page.source else ""
        kind = replace(page, address=at, title=_TITLE, description=_DESCRIPTION, html=_TEXT, source=source)
        values = {
            _TEXT: page.html,
            _STEP: step,
            _SOURCE: escape(page.source),
            _TITLE: escape(page.title),
            _DESCRIPTION: escape(page.description),
            f"{_TITLE}{_DATA}": htmlsafe_json_dumps(page.title)[1:-1],
            f"{_DESCRIPTION}{_DATA}": htmlsafe_json_dumps(page.description)[1:-1],
        }
        if kind not in self._forms:
            self._forms[kind] = self._form(kind)
            if self._forms[kind] % values != self._render(page):
                raise CharterError(
                    interface.gettext("pages like {address} have no page template in common").format(
                        address=page.address
                    )
                )
        return self._forms[kind] % values

    def _form(self, kind: Page) -> str:
        """The page template: what “%” fills, with the names of slots in it."""
        parts = _SCRIPT.split(self._render(kind).replace("%", "%%"))
        return "".join(_named(part, _DATA if place % 2 else "") for place, part in enumerate(parts))


def _named(part: str, written: str) -> str:
    """A part of a page template with a name for each slot; `written` marks a title or description as JSON."""
    return _SLOT.sub(
        lambda slot: f"%({slot[0]}{written if slot[0] in (_TITLE, _DESCRIPTION) else ''})s", part
    )
