"""Changes → the sentences and the HTML that describe them, rendered once for all pages that show them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypeAlias

from markupsafe import Markup, escape

from charterpress.model import Change, Class, Foreign, Kind, Release
from charterpress.outputs.html.renderer import Renderer
from charterpress.text import markdown
from charterpress.text.escape import to_markdown
from charterpress.text.interface import gettext, join_list, language
from charterpress.versions import diff
from charterpress.views import addresses
from charterpress.views.comparison import Comparison, Group
from charterpress.views.labels import class_name
from charterpress.views.principle_parts import TextPart

UNLINKED = "//"
"""A link target that is shown as its words alone."""
PREVIOUS, NEXT = Markup("<!--previous-->"), Markup("<!--next-->")
"""Placeholders for the links that lead out of a group, since groups are the same on many pages."""
_WITHOUT_WORDS = (Kind.RENAMED, Kind.MOVED)
"""Kinds of changes that their sentence describes in full."""


Question: TypeAlias = tuple[str, ...]


class ChangeRenderer:
    """What a template calls to show the changes between two texts on one page. What it renders is kept for
    every other page. Some of it depends on the page: where a link leads, and what a part is called. These
    questions are kept with what was rendered, and a page on which all answers are the same takes it as it
    is."""

    def __init__(
        self,
        renderer: Renderer,
        names: Mapping[str, str],
        here: str,
        releases: Sequence[Release],
        *,
        language_of: Callable[[Change | None], str] = lambda _: "",
    ) -> None:
        """Take the name of every part, the page's address, and the releases: a link leads to the first of
        them that has what it names. `language_of` gives the tag of the language of a change's words, or of
        those around it for None: '' for that of the page."""
        self._language_of = language_of
        self._renderer, self._names = renderer, names
        self._here = "-/" * here.count("/")  # so that all pages of one depth have the same links
        known = [(addresses.version_address(each.version), renderer.facts(each.charter)) for each in releases]
        self._sources = [(at, facts.sources) for at, facts in known]
        self._ids = [(at, facts.titles.keys()) for at, facts in known]
        self._titles = ChainMap(*(facts.titles for _, facts in known))
        self._answers: dict[Question, str] = {}
        self._tags: dict[str, Markup] = {}
        self._marked_names = names
        if renderer.marks:
            self._marked_names = {id: self._between_marks(name) for id, name in names.items()}

    def _between_marks(self, name: str) -> str:
        """A name; between characters that no text has and that stand for tags, if it is marked."""
        if not (isinstance(name, Foreign) and self._renderer.marks):
            return name
        start, end = self._renderer.marks.marked("\ue000", name.language).split("\ue000")
        self._tags |= {"\ue000": start, "\ue001": end}
        return f"\ue000{name}\ue001" if start else name

    def sentence(self, change: Change) -> Markup:
        """Return what happened, in a sentence where names in another language are marked."""
        return self._with_tags(diff.change_sentence(change, self._marked_names))

    def clause(self, change: Change) -> Markup:
        """Return the same, to be read below the name of what changed: “Commitment b was reworded.”"""
        clause = diff.change_clause(change, self._marked_names)
        return self._with_tags(clause[0].upper() + clause[1:])

    def _with_tags(self, sentence: str) -> Markup:
        html = escape(sentence)
        for mark, tag in self._tags.items():
            html = html.replace(mark, tag)
        return html

    def class_(self, class_: Class) -> str:
        """Return the name of a class on a page."""
        return class_name(class_)

    def has_words(self, change: Change) -> bool:
        """Whether a change has words to show beside its sentence."""
        told = change.kind in _WITHOUT_WORDS or not change.field
        return not told and bool(change.before or change.after)

    def redline(self, change: Change, source: str) -> Markup:
        """Return the words that went and came, in one column."""
        return self._marked(self._redline(change, source), self._language_of(change))

    def _redline(self, change: Change, source: str) -> Markup:
        before, after = self._words(change)
        key = ("redline", before, after, source)
        return self._render_once(key, lambda: diff.redline_html(before, after, link=self._linker(source)))

    def _marked(self, html: Markup, language: str) -> Markup:
        marks = self._renderer.marks
        return marks.marked(html, language, "div") if marks and language else html

    def sides(self, change: Change, source: str) -> tuple[Markup, Markup] | None:
        """Return the old and the new words, to show side by side; None if either is missing."""
        if not (change.before and change.after):
            return None
        old, new = diff.split_redline(str(self._redline(change, source)))
        language = self._language_of(change)
        return self._marked(Markup(old), language), self._marked(Markup(new), language)

    def words(self, text: str, source: str) -> Markup:
        """Return Markdown that did not change; the reason for a change, which has no source."""
        key = ("words", text, source)
        html = self._render_once(key, lambda: markdown.to_html(text, link=self._linker(source)))
        marks = self._renderer.marks
        return html if source or not marks else self._marked(html, marks.source)

    def parts(self, parts: tuple[TextPart, ...], source: str) -> Markup:
        """Return unchanged parts of a text, by the template text_parts.html."""
        render, md = self._renderer.fragment, partial(self.words, source=source)
        html = self._render_once(
            ("parts", parts, source), lambda: render("text_parts.html", parts=parts, md=md)
        )
        return self._marked(html, self._language_of(None))

    def groups(self, comparison: Comparison) -> Iterator[Markup]:
        """Yield what happened to each part, by the template change.html, with links from the first change of
        each to the last of the one before it, and from the last to the first of the next."""
        around = (None, *comparison.groups, None)
        for before, group, after in zip(around, comparison.groups, around[2:], strict=False):
            shown = str(self._render_once(("group", group), partial(self._group, group)))
            shown = shown.replace(PREVIOUS, _pager_link(before, -1, language()) if before else "")
            yield Markup(shown.replace(NEXT, _pager_link(after, 0, language()) if after else ""))

    def _group(self, group: Group) -> str:
        return self._renderer.fragment("change.html", group=group, changes=self, previous=PREVIOUS, next=NEXT)

    def change_list(self, group: Group, only: str = "") -> Markup:
        """Return the changes of a group in a list, by the template change_list.html: all of them, or those of
        what is `binding`, or of what is `other`, below the group's name where there are several."""
        edits = {"binding": group.binding, "other": group.other}.get(only, group.edits)
        render = partial(
            self._renderer.fragment,
            "change_list.html",
            group=group,
            edits=edits,
            nested=only and len(edits) > 1,
            changes=self,
        )
        return self._render_once(("change_list", group, only), render)

    def steps(self, releases: Sequence[Release]) -> Markup:
        """Return the ways to what each of these versions changed, by the template version_changes.html. Every
        version but the last has such a list, and all end alike."""
        return Markup("\n").join([self._step(each) for each in releases])

    def _step(self, release: Release) -> Markup:
        rendered, key = self._renderer.rendered, ("step", self._here, release.version)
        if key not in rendered:
            address = addresses.relative(addresses.changes_address(release.version), self._here)
            rendered[key] = self._renderer.fragment("version_changes.html", release=release, address=address)
        return rendered[key]

    def _words(self, change: Change) -> tuple[str, str]:
        if change.field != "order":
            return change.before, change.after
        before, after = (
            "\n".join(f"- {to_markdown(self._titles.get(id, id))}" for id in side.split(", "))
            for side in (change.before, change.after)
        )
        return before, after

    # --- What depends on the page

    def name(self, id: str) -> str:
        """Return the name of a part of the charter."""
        return self._ask(("name", id))

    def place(self, id: str) -> str:
        """Return the link to a principle or theme in the first version that has it, or ''."""
        return self._ask(("place", id))

    def list_parts(self, ids: Sequence[str], *, linked: bool = False) -> Markup:
        """Return the names of parts of the charter as a list in a sentence, each `linked` to where it is."""
        names = [escape(self.name(id)) for id in ids]
        if linked:
            places = [self.place(id) for id in ids]
            link = Markup('<a href="{}">{}</a>').format
            names = [link(place, name) if place else name for place, name in zip(places, names, strict=True)]
        return Markup(join_list(names))

    def page(self, theme: str, principle: str) -> str:
        """Return where the page of a principle of that theme is, or was."""
        return self._ask(("page", theme, principle))

    def _linker(self, source: str) -> Callable[[str], str]:
        return lambda target: self._ask(("link", target, source))

    def _render_once(self, key: object, make: Callable[[], str]) -> Markup:
        """Return what `make` makes, or what it made where every question had the same answer."""
        made = self._renderer.variants[key]
        for answers, html in made:
            if all(self._answer(question) == answer for question, answer in answers.items()):
                self._answers |= answers
                return html
        outer, self._answers = self._answers, {}
        html = Markup(make())
        made.append((self._answers, html))
        self._answers = outer | self._answers
        return html

    def _ask(self, question: Question) -> str:
        self._answers[question] = answer = self._answer(question)
        return answer

    def _answer(self, question: Question) -> str:
        match question:
            case "name", id:
                return self._names.get(id, id)
            case "place", id:
                at = next((at for at, ids in self._ids if id in ids), "")
                return addresses.relative(f"{at}#{id}", self._here) if at else ""
            case "page", theme, principle:
                return addresses.relative(addresses.principle_address_of(theme, principle), self._here)
            case "link", target, source:
                return self._link(target, source)
            case _:
                raise ValueError(f"unknown question {question}")

    def _link(self, target: str, source: str) -> str:
        for at, places in self._sources:
            way = addresses.linker(places, source, None)(target)
            if way != target or (target.startswith("#") and source in places):
                return addresses.relative(at + way, self._here)
        return target if target.startswith(("https://", "http://", "mailto:")) else UNLINKED


@lru_cache(maxsize=4096)
def _pager_link(group: Group, place: int, language: str) -> str:  # noqa: ARG001 - part of the key
    edit = group.edits[place]
    there, title = escape(f"{group.anchor}.{edit.place}"), escape(group.title)
    if place:
        words = gettext('Previous change<span class="visually-hidden">: %(title)s, %(place)s</span>')
    else:
        words = gettext('Next change<span class="visually-hidden">: %(title)s, %(place)s</span>')
    return f'<a href="#{there}">{words % {"title": title, "place": edit.place}}</a>'
