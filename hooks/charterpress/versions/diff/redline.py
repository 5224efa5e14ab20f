"""Two Markdown texts → one HTML text with what was deleted and inserted.

The markup, for styles: every `<ins>` and `<del>` says in words what it is, in spans of the class
`visually-hidden` (visually hidden). `class="moved"` stands on both places of a block that was moved;
`class="break"` on a paragraph or line break and `class="space"` on a space that came or went, which have no
words of their own; `class="address"` on a link whose words stayed and whose address changed, with the address
as written in `data-address`, to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from charterpress.text import markdown
from charterpress.versions.diff.alignment import Step, Unit, pair
from charterpress.versions.diff.list_items import BREAK, Around, Leaf, leaves
from charterpress.versions.diff.word_diff import Piece, Token, pieces

HIDDEN = "visually-hidden"
"""The class of what is only for screen readers."""
_LABELS = {
    "insert": ("inserted: ", " end of insertion"),
    "delete": ("deleted: ", " end of deletion"),
    "old": ("moved away from here: ", " end of moved text"),
    "new": ("moved here: ", " end of moved text"),
    "edited": ("moved here and edited: ", " end of moved text"),
}
_TAGS = {"insert": "ins", "delete": "del", "new": "ins", "edited": "ins", "old": "del"}
_PARAGRAPH = ("paragraph break",)
"""The marks of the token for a break between two paragraphs."""

Linker = Callable[[str], str]


def _as_written(target: str) -> str:
    return target


def redline_html(before: str, after: str, *, link: Linker = _as_written) -> str:
    """Return both texts as one, safe whatever they say: as `markdown.to_html` is, with `<ins>` and `<del>`.

    Without its `<ins>` it has the words of `before`, without its `<del>` those of `after`, once what is only
    for screen readers is left out. `link` turns a target as written into the one to print.
    """
    old, new = leaves(before), leaves(after)
    steps = pair([_unit(leaf) for leaf in old], [_unit(leaf) for leaf in new])
    inside = _lists_that_stayed(steps, old, new)
    page = _Page()
    for step in steps:
        for leaf, content in _content(step, old, new, link):
            around = leaf.around if step.new and step.place != "old" else tuple(inside(leaf.around))
            page.put(around, _block(leaf, content))
    return page.closed()


def _unit(leaf: Leaf) -> Unit:
    return Unit((leaf.tag or "p", leaf.runs), leaf.text, leaf.shape)


def _content(
    step: Step, old: Sequence[Leaf], new: Sequence[Leaf], link: Linker
) -> Iterator[tuple[Leaf, str]]:
    """Yield the block or blocks that a step is shown as, each with its content."""
    if step.op == "same":
        leaf = new[step.new[0]]
        yield leaf, _marked([Piece("same", run.text, run.marks) for run in leaf.runs], link)
    elif step.op in ("inserted", "deleted"):
        op = "insert" if step.new else "delete"
        leaf = new[step.new[0]] if step.new else old[step.old[0]]
        yield leaf, _wrapped(op, _marked([Piece("same", run.text, run.marks) for run in leaf.runs], link))
    elif step.op == "moved":
        yield _moved(step, old[step.old[0]], new[step.new[0]], link)
    else:
        was, now = _joined(old[place] for place in step.old), _joined(new[place] for place in step.new)
        paragraphs = _changed(pieces(was, now), link)
        for place, content in enumerate(paragraphs):
            yield new[step.new[min(place, len(step.new) - 1)]], content


def _moved(step: Step, was: Leaf, now: Leaf, link: Linker) -> tuple[Leaf, str]:
    if step.place == "old":
        return was, _wrapped("old", _marked([Piece("same", run.text, run.marks) for run in was.runs], link))
    if was.runs == now.runs:
        return now, _wrapped("new", _marked([Piece("same", run.text, run.marks) for run in now.runs], link))
    return now, _wrapped("edited", "".join(_changed(pieces(was.tokens(), now.tokens()), link)))


def _joined(parts: Iterable[Leaf]) -> list[Token]:
    """Return the tokens of one paragraph, or of two with a break between them."""
    found: list[Token] = []
    for leaf in parts:
        if found:
            found[-1] = found[-1]._replace(space=" ", space_marks=())
            found.append(Token("¶", "", _PARAGRAPH))
        found += leaf.tokens()
    return found


# --- The content of a block --------------------------------------------------------------------------


def _changed(parts: Iterable[Piece], link: Linker) -> list[str]:
    """Return the HTML of each paragraph that pieces come to."""
    paragraphs = [""]
    for same, run in groupby(parts, key=lambda piece: piece.op == "same"):
        group = list(run)
        if same:
            paragraphs[-1] += _marked(group, link)
            continue
        deleted = [piece for piece in group if piece.op == "delete"]
        inserted = [piece for piece in group if piece.op == "insert"]
        if deleted and inserted and not _text(group).strip():
            paragraphs[-1] += _spaces(_text(deleted), _text(inserted))
            continue
        relinked = _text(deleted) == _text(inserted) and _targets(deleted) != _targets(inserted)
        for side in (deleted, inserted):
            for is_break, stretch in groupby(side, key=lambda piece: piece.marks == _PARAGRAPH):
                op = side[0].op
                if not is_break:
                    paragraphs[-1] += _stretch(op, list(stretch), link, relinked=relinked)
                    continue
                paragraphs[-1] += _break(op, "paragraph break")
                if op == "insert":
                    paragraphs.append("")
    return paragraphs


def _stretch(op: str, parts: list[Piece], link: Linker, *, relinked: bool) -> str:
    text = _text(parts)
    if text.strip():
        return _wrapped(op, _marked(parts, link, relinked=relinked))
    if BREAK in text:
        return _break(op, "line break", "<br>" if op == "insert" else " ")
    return _break(op, "space", escape(text), kind="space")


def _spaces(was: str, now: str) -> str:
    """Return white space that became other white space: only a line break can be seen."""
    if (BREAK in was) == (BREAK in now):
        return " " if BREAK not in now else "<br>\n"
    return _break("insert" if BREAK in now else "delete", "line break", "<br>" if BREAK in now else "") + " "


def _break(op: str, name: str, shown: str = "", *, kind: str = "break") -> str:
    tag = _TAGS[op]
    return f'<{tag} class="{kind}"><span class="{HIDDEN}">{name} {op}ed</span>{shown}</{tag}>'.replace(
        "deleteed", "deleted"
    )


def _wrapped(kind: str, content: str) -> str:
    """Return `content` as deleted, inserted or moved, with the words that say so."""
    tag, (start, end) = _TAGS[kind], _LABELS[kind]
    moved = "" if kind in ("insert", "delete") else ' class="moved"'
    opening, closing = (f'<span class="{HIDDEN}">{words}</span>' for words in (start, end))
    return f"<{tag}{moved}>{opening}{content}{closing}</{tag}>"


def _text(parts: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in parts)


def _targets(parts: Iterable[Piece]) -> list[str]:
    return [mark for piece in parts for mark in piece.marks if mark.startswith("a ")]


def _marked(parts: Iterable[Piece], link: Linker, *, relinked: bool = False) -> str:
    """Return words with their links and emphasis, everything escaped."""
    out: list[str] = []
    marks: tuple[str, ...] = ()
    closing: list[str] = []
    for piece in (*parts, Piece("same", "")):
        kept = 0
        while kept < min(len(marks), len(piece.marks)) and marks[kept] == piece.marks[kept]:
            kept += 1
        out += reversed(closing[kept:])
        del closing[kept:]
        for mark in piece.marks[kept:]:
            start, end = _tags(mark, link, relinked=relinked)
            out.append(start)
            closing.append(end)
        out.append(escape(piece.text).replace(BREAK, "<br>\n"))
        marks = piece.marks
    return "".join(out)


def _tags(mark: str, link: Linker, *, relinked: bool) -> tuple[str, str]:
    name, _, target = mark.partition(" ")
    if name != "a":
        return f"<{name}>", f"</{name}>"
    address = link(target)
    kept = markdown.is_safe_link(address)
    href = f' href="{escape(address)}"' if kept else ""
    if not relinked:
        return (f"<a{href}>", "</a>") if kept else ("", "")
    shown = f' class="address" data-address="{escape(target)}"'
    return f"<a{href}{shown}>", f'</a><span class="{HIDDEN}">, a link to {escape(target)}</span>'


# --- Lists and quotations ----------------------------------------------------------------------------


def _block(leaf: Leaf, content: str) -> str:
    if leaf.tag == "hr":
        return f"{content}<hr>" if content else "<hr>"
    if leaf.tag == "pre":
        return f"<pre><code>{content}</code></pre>"
    return f"<{leaf.tag}>{content}</{leaf.tag}>" if leaf.tag else content


def _lists_that_stayed(
    steps: Iterable[Step], old: Sequence[Leaf], new: Sequence[Leaf]
) -> Callable[[Sequence[Around]], Iterator[Around]]:
    """Return what turns the lists and quotations around a deleted block into those of the new text that they
    became, so that a deleted item is shown among the others."""
    became: dict[int, Around] = {}
    for step in steps:
        if step.op in ("same", "changed"):
            for was, now in zip(old[step.old[0]].around, new[step.new[0]].around, strict=False):
                became.setdefault(was.id, now)

    def inside(around: Sequence[Around]) -> Iterator[Around]:
        for each in around:
            yield became.get(each.id) or each._replace(id=-each.id)

    return inside


class _Page:
    """Blocks as they are put one after the other, with the lists around them opened and closed."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[Around] = []

    def put(self, around: Sequence[Around], block: str) -> None:
        kept = 0
        while kept < min(len(self._open), len(around)) and self._open[kept].id == around[kept].id:
            kept += 1
        self._close(kept)
        for each in around[kept:]:
            self._parts.append(f'<{each.tag} value="{each.start}">' if each.start else f"<{each.tag}>\n")
            self._open.append(each)
        self._parts.append(f"{block}\n")

    def closed(self) -> str:
        self._close(0)
        return "".join(self._parts)

    def _close(self, kept: int) -> None:
        while len(self._open) > kept:
            self._parts.append(f"</{self._open.pop().tag}>\n")
