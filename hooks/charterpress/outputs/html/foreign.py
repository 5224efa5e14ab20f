"""Words in another language than the page → HTML that says which they are in, where there may be HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from charterpress.model import Foreign, MixedText
from charterpress.text import markdown
from charterpress.text.interface import direction, gettext
from charterpress.text.languages import name_in, primary_language

_MARK = re.compile(r"<(/?)([a-zA-Z][\w-]*)|>")
"""Where a tag begins, and where it ends."""
_WORDS_ONLY = frozenset(("title", "script", "style", "textarea", "option", "text", "tspan", "desc"))
"""Elements that hold words and no other element."""
_TEXT, _TAG = "text", "tag"


@dataclass(frozen=True, slots=True)
class Marks:
    """How words of other languages are marked on pages in the language `page`; `source` is the tag of the
    language that the charter is written in."""

    page: str
    source: str

    def marked(self, html: str | Markup, language: str, element: str = "span") -> Markup:
        """Return `html`, escaped unless it is Markup, in an element that says which `language` it is in;
        alone if that is the page's."""
        if primary_language(language) == primary_language(self.page):
            return escape(html)
        pattern = Markup('<{element} lang="{language}" dir="{direction}">{html}</{element}>')
        return pattern.format(
            element=element, language=language, direction=direction(language), html=escape(html)
        )

    def show(self, value: object) -> object:
        """Return what a template shows for `value`: words of another language are marked, and a translation
        whose source says something else by now has that beside it."""
        if not isinstance(value, Foreign):
            return value
        shown = self.marked(str(value), value.language)
        if not value.source:
            return shown
        return Markup('{} <span class="source-words">({})</span>').format(
            shown, self.marked(value.source, self.source)
        )

    def tokens(self, text: str, found: Iterable[markdown.Token]) -> Iterator[markdown.Token]:
        """Yield the tokens of a Markdown `text`, with the language of every block that is in another than the
        page, and with what its source says by now after a translation of other words."""
        opened: tuple[int, str] | None = None
        for token in found:
            words = _words_at(text, token) if opened is None else None
            if words is not None:
                if primary_language(words.language) != primary_language(self.page):
                    marks = {"lang": words.language, "dir": direction(words.language)}
                    token.attrs = {**token.attrs, **marks}
                opened = (token.level, words.source)
            closing = opened is not None and token.nesting < 1 and token.level == opened[0]
            beside = self._source_block(opened[1]) if opened and closing else ()
            if token.type == "list_item_close":  # nothing may stand between items
                yield from beside
                yield token
            else:
                yield token
                yield from beside
            if closing:
                opened = None

    def _source_block(self, source: str) -> tuple[markdown.Token, ...]:
        if not source:
            return ()
        html = self.marked(Markup(markdown.to_html(source)), self.source, "div")
        # Translators: before the words of the text that is translated, where the translation is outdated.
        lead = gettext("In {language} it now says:").format(language=name_in(self.source, self.page))
        block = Markup('<div class="source-words"><p>{}</p>{}</div>\n').format(lead, html)
        return (markdown.Token("html_block", "", 0, content=str(block)),)


def marks_of(value: object) -> tuple[object, ...]:
    """Return what tells apart parts of a charter with the same words in different languages."""
    if isinstance(value, Foreign):
        return (value.language, value.source)
    if isinstance(value, MixedText):
        return tuple((each.first, each.last, *marks_of(each.words)) for each in value.passages)
    if isinstance(value, tuple):
        return tuple(map(marks_of, value))
    if is_dataclass(value):
        return tuple(marks_of(getattr(value, each.name)) for each in fields(value))
    return ()


def _words_at(text: str, token: markdown.Token) -> Foreign | None:
    """The words of another language that a block of `text` consists of, or None."""
    if token.nesting < 0 or not token.map or token.type == "inline":
        return None
    if isinstance(text, Foreign):
        return text
    passages = text.passages if isinstance(text, MixedText) else ()
    first, last = token.map[0] + 1, token.map[1]
    return next((each.words for each in passages if each.first <= first and last <= each.last), None)


def plain(value: object) -> object:
    """A filter of templates: `value` without what `Marks.show` adds."""
    return str(value) if isinstance(value, Foreign) else value


class PlainInTags(Extension):
    """Puts the filter `plain` after every expression within a tag of HTML, or within an element that holds
    words alone, where no other element may stand."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the tokens of a template with the filter where it is needed."""
        place, element, translated, before = _TEXT, "", False, ""
        wrapped = False
        for token in stream:
            if token.type == "data":
                place, element = _place(token.value, place, element)
            elif token.type == "name" and before == "block_begin" and token.value in ("trans", "endtrans"):
                translated = token.value == "trans"
            before = token.type
            if token.type == "variable_end" and wrapped:
                wrapped = False
                yield from _filtered(token.lineno)
            yield token
            if token.type == "variable_begin" and not translated:
                wrapped = place == _TAG or element in _WORDS_ONLY
                if wrapped:
                    yield Token(token.lineno, "lparen", "(")


def _filtered(line: int) -> Iterator[Token]:
    yield Token(line, "rparen", ")")
    yield Token(line, "pipe", "|")
    yield Token(line, "name", "plain")


def _place(html: str, place: str, element: str) -> tuple[str, str]:
    """Return whether one is within a tag after `html`, and the element that was opened last."""
    for found in _MARK.finditer(html):
        if found[0] == ">":
            place = _TEXT
        elif place == _TEXT:
            place, element = _TAG, "" if found[1] else found[2].lower()
    return place, element


def marking(
    environment: jinja2.Environment, marks: Marks, compiled: jinja2.BytecodeCache
) -> jinja2.Environment:
    """Return the templates of `environment` for pages that have words of several languages, which `marks`
    marks. Compiled ones are kept in `compiled`, apart from those of `environment`."""
    made = environment.overlay()
    made.filters = dict(environment.filters)
    mark(made, marks, compiled)
    return made


def mark(environment: jinja2.Environment, marks: Marks, compiled: jinja2.BytecodeCache) -> None:
    """Make the templates of `environment` do what `marking` says, before the first is used."""
    environment.add_extension(PlainInTags)
    environment.finalize, environment.bytecode_cache = marks.show, compiled
    environment.filters["plain"] = plain
