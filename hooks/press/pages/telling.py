"""Changes → the sentences and the HTML that tell of them, each made once for all the pages that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from press import markup, number, redline
from press.model import Change, Charter, Class, Kind
from press.pages import address
from press.pages.pieces import Words
from press.pages.words import Text

CLASSES = {
    Class.NONE: "layout alone",
    Class.EDITORIAL: "editorial",
    Class.GUIDANCE: "guidance",
    Class.COMMITMENT: "commitment",
}
"""What the class of a change is called where people read it."""
UNLINKED = "//"
"""A target that no page links to: its words are shown alone."""
_WORDLESS = (Kind.RENAMED, Kind.MOVED)
"""What is told in its sentence, and has no words to show."""


class Telling:
    """What a template needs to show the changes between two texts on one page."""

    def __init__(
        self, text: Text, names: Mapping[str, str], here: str, versions: Sequence[tuple[str, Charter]]
    ) -> None:
        """Take what keeps what was made, what every part is called, the page's address, and the texts that
        links of the charter lead to, each with its version's permanent address."""
        self._text, self._names, self._here = text, names, here
        self._places = [(at, address.files(charter)) for at, charter in versions]
        self._titles = {id: title for _, charter in reversed(versions) for id, title in _titles(charter)}

    def sentence(self, change: Change) -> str:
        """Return what happened, in a sentence."""
        return redline.sentence(change, self._names)

    def name(self, id: str) -> str:
        """Return what a part of the charter is called."""
        return self._names.get(id, id)

    def class_(self, class_: Class) -> str:
        """Return what a class is called on a page."""
        return CLASSES[class_]

    def shown(self, change: Change) -> bool:
        """Whether a change has words to show beside its sentence."""
        if change.kind in _WORDLESS or not change.field:
            return False
        return bool(change.before or change.after)

    def redline(self, change: Change, source: str) -> Markup:
        """Return the words that went and came, in one column."""
        before, after = self._words(change)
        return self._once(
            "redline", (before, after), source, lambda link: redline.html(before, after, link=link)
        )

    def sides(self, change: Change, source: str) -> tuple[Markup, Markup] | None:
        """Return the old words and the new ones, to stand beside each other; None where one has none."""
        if not (change.before and change.after):
            return None
        old, new = redline.sides(str(self.redline(change, source)))
        return Markup(old), Markup(new)

    def words(self, text: str, source: str) -> Markup:
        """Return Markdown that did not change."""
        return self._once("words", (text,), source, lambda link: markup.html(text, link=link))

    def parts(self, parts: tuple[Words, ...], source: str) -> Markup:
        """Return parts of a text as they stand, by the template words.html."""

        def show(_: Callable[[str], str]) -> str:
            return self._text.part("words.html", parts=parts, md=lambda text: self.words(text, source))

        return self._once("parts", parts, source, show)

    def _words(self, change: Change) -> tuple[str, str]:
        if change.field != "order":
            return change.before, change.after
        before, after = (
            "\n".join(f"- {number.escaped(self._titles.get(id, id))}" for id in side.split(", "))
            for side in (change.before, change.after)
        )
        return before, after

    def _once(
        self, kind: str, words: tuple[object, ...], source: str, make: Callable[[Callable[[str], str]], str]
    ) -> Markup:
        """Return what `make` makes of `words`; only where they have links does it depend on the page."""
        linked = any("]" in str(each) for each in words)
        where = (self._here, source, tuple(at for at, _ in self._places)) if linked else None
        return self._text.once((kind, words, where), lambda: make(lambda target: self._link(target, source)))

    def _link(self, target: str, source: str) -> str:
        """Return where a link in the file `source` leads: to a place in a version, or out of the site."""
        for at, places in self._places:
            way = address.linker(places, source, None)(target)
            if way != target or (target.startswith("#") and source in places):
                return address.relative(at + way, self._here)
        return target if target.startswith(("https://", "http://", "mailto:")) else UNLINKED


def _titles(charter: Charter) -> list[tuple[str, str]]:
    principles = [(each.id, each.title) for _, each in charter.principles()]
    return [(theme.id, theme.title) for theme in charter.themes] + principles
