"""Two Markdown texts → one HTML text with what was deleted and inserted.

The markup, for styles: every `<ins>` and `<del>` says in words what it is, in spans of the class
`visually-hidden`. `class="moved"` marks both places of a block that was moved; `class="break"` a paragraph or
line break and `class="space"` a space that was inserted or deleted, which have no words of their own;
`class="address"` a link whose words stayed and whose address changed, with the address in `data-address`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby, takewhile

from charterpress.text import markdown
from charterpress.text.interface import N_, gettext
from charterpress.versions.diff.alignment import Step, align
from charterpress.versions.diff.blocks import BREAK, Container, Run, TextBlock, text_blocks
from charterpress.versions.diff.word_diff import Segment, Token, token_segments

HIDDEN = "visually-hidden"
"""The class of what is only for screen readers."""
_MARKUP = {
    "insert": ("<ins>", N_("inserted:"), N_("end of insertion")),
    "delete": ("<del>", N_("deleted:"), N_("end of deletion")),
    "old": ('<del class="moved">', N_("moved away from here:"), N_("end of moved text")),
    "new": ('<ins class="moved">', N_("moved here:"), N_("end of moved text")),
    "edited": ('<ins class="moved">', N_("moved here and edited:"), N_("end of moved text")),
}
"""The tag of each mark, and what a screen reader says before and after its words."""
_BREAKS = {
    ("insert", "paragraph"): N_("paragraph break inserted"),
    ("delete", "paragraph"): N_("paragraph break deleted"),
    ("insert", "line"): N_("line break inserted"),
    ("delete", "line"): N_("line break deleted"),
    ("insert", "space"): N_("space inserted"),
    ("delete", "space"): N_("space deleted"),
}
"""What a screen reader says of white space that came or went."""
_PARAGRAPH = ("paragraph break",)
"""The marks of the token for a break between two paragraphs."""
_TAG = re.compile(r"(</?(?:ins|del)\b[^>]*>)")
_EMPTY = re.compile(r'<(li|p|ul|ol|blockquote|pre|code|h[1-6])(?: value="[^"]*")?>\s*</\1>\n?')
_CUT = re.compile(r'<ins class="break">(?:(?!</ins>).)*</ins></p>\s*<p>')
"""Where a new paragraph begins that was none: in the old text it goes on."""

Linker = Callable[[str], str]


def redline_html(before: str, after: str, *, link: Linker = str) -> str:
    """Return both texts as one, safe whatever they say: as `markdown.to_html` is, with `<ins>` and `<del>`.

    Without its `<ins>` it has the words of `before`, without its `<del>` those of `after`, once what is only
    for screen readers is left out. `link` turns a target as written into the one to print.
    """
    old, new = text_blocks(before), text_blocks(after)
    steps = list(align(old, new))
    successors = _container_successors(steps, old, new)
    blocks: list[tuple[Sequence[Container], str]] = []
    for step in steps:
        for block, content in _content(step, old, new, link):
            containers = block.containers
            if not step.new or step.place == "old":
                containers = tuple(successors.get(each.id, each._replace(id=-each.id)) for each in containers)
            blocks.append((containers, _block(block, content)))
    return "".join(_nested(blocks))


def _content(
    step: Step, old: Sequence[TextBlock], new: Sequence[TextBlock], link: Linker
) -> Iterator[tuple[TextBlock, str]]:
    """Yield the block or blocks that a step is shown as, each with its content."""
    if step.op == "changed":
        was, now = _joined(old[place] for place in step.old), _joined(new[place] for place in step.new)
        for place, content in enumerate(_changed(token_segments(was, now), link)):
            yield new[step.new[min(place, len(step.new) - 1)]], content
        return
    is_old = not step.new or step.place == "old"
    block = old[step.old[0]] if is_old else new[step.new[0]]
    if step.op == "same":
        yield block, _marked(block.runs, link)
    elif step.op != "moved":
        yield block, _wrapped("delete" if is_old else "insert", _marked(block.runs, link))
    elif is_old or old[step.old[0]].runs == block.runs:
        yield block, _wrapped(step.place, _marked(block.runs, link))
    else:
        segments = token_segments(old[step.old[0]].tokens(), block.tokens())
        yield block, _wrapped("edited", "".join(_changed(segments, link)))


def _joined(blocks: Iterable[TextBlock]) -> list[Token]:
    """Return the tokens of one paragraph, or of two with a break between them."""
    result: list[Token] = []
    for block in blocks:
        if result:
            result[-1] = result[-1]._replace(space=" ", space_marks=())
            result.append(Token("¶", "", _PARAGRAPH))
        result += block.tokens()
    return result


@lru_cache(maxsize=4096)
def split_redline(redline: str) -> tuple[str, str]:
    """Return what `redline_html` made of two texts as the old one, in which the words that went are marked,
    and the new one, in which those that came are."""
    return _without("ins", _CUT.sub(" ", redline)), _without("del", redline)


def _without(tag: str, redline: str) -> str:
    """Return `redline` without every element `tag`, and without the items and paragraphs it alone filled."""
    kept: list[str] = []
    depth = 0
    for part in _TAG.split(redline):
        if part.startswith((f"<{tag}>", f"<{tag} ")):
            depth += 1
        elif part == f"</{tag}>":
            depth -= 1
        elif not depth:
            kept.append(part)
    html, emptied = "".join(kept), 1
    while emptied:
        html, emptied = _EMPTY.subn("", html)
    return html


def _changed(segments: Iterable[Segment], link: Linker) -> list[str]:
    """Return the HTML of each paragraph that segments make."""
    paragraphs = [""]
    for same, run in groupby(segments, key=lambda segment: segment.op == "same"):
        group = list(run)
        if same:
            paragraphs[-1] += _marked(group, link)
            continue
        deleted = [segment for segment in group if segment.op == "delete"]
        inserted = [segment for segment in group if segment.op == "insert"]
        if deleted and inserted and not _text(group).strip():
            paragraphs[-1] += _changed_space(_text(deleted), _text(inserted))
            continue
        relinked = _text(deleted) == _text(inserted) and _targets(deleted) != _targets(inserted)
        for side in (deleted, inserted):
            for is_break, stretch in groupby(side, key=lambda segment: segment.marks == _PARAGRAPH):
                op = side[0].op
                if not is_break:
                    paragraphs[-1] += _stretch(op, list(stretch), link, relinked=relinked)
                    continue
                paragraphs[-1] += _break(op, "paragraph")
                if op == "insert":
                    paragraphs.append("")
    return paragraphs


def _stretch(op: str, segments: list[Segment], link: Linker, *, relinked: bool) -> str:
    text = _text(segments)
    if text.strip():
        return _wrapped(op, _marked(segments, link, relinked=relinked))
    if BREAK in text:
        return _break(op, "line", "<br>" if op == "insert" else " ")
    return _break(op, "space", escape(text), class_="space")


def _changed_space(was: str, now: str) -> str:
    """Return white space that became other white space: only a line break can be seen."""
    if (BREAK in was) == (BREAK in now):
        return " " if BREAK not in now else "<br>\n"
    return _break("insert" if BREAK in now else "delete", "line", "<br>" if BREAK in now else "") + " "


def _break(op: str, name: str, shown: str = "", *, class_: str = "break") -> str:
    tag, words = "ins" if op == "insert" else "del", gettext(_BREAKS[op, name])
    return f'<{tag} class="{class_}"><span class="{HIDDEN}">{words}</span>{shown}</{tag}>'


def _wrapped(mark: str, content: str) -> str:
    """Return `content` as deleted, inserted or moved, with the words that say so."""
    tag, *labels = _MARKUP[mark]
    before, after = map(gettext, labels)
    start, end = f'<span class="{HIDDEN}">{before} </span>', f'<span class="{HIDDEN}"> {after}</span>'
    return f"{tag}{start}{content}{end}</{tag[1:4]}>"


def _text(segments: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def _targets(segments: Iterable[Segment]) -> list[str]:
    return [mark for segment in segments for mark in segment.marks if mark.startswith("a ")]


def _marked(parts: Iterable[Run | Segment], link: Linker, *, relinked: bool = False) -> str:
    """Return words with their links and emphasis, everything escaped."""
    out: list[str] = []
    marks: tuple[str, ...] = ()
    closing: list[str] = []
    for part in (*parts, Run("")):
        kept = _common_prefix(marks, part.marks)
        out += reversed(closing[kept:])
        del closing[kept:]
        for mark in part.marks[kept:]:
            start, end = _tags(mark, link, relinked=relinked)
            out.append(start)
            closing.append(end)
        out.append(escape(part.text).replace(BREAK, "<br>\n"))
        marks = part.marks
    return "".join(out)


def _common_prefix(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many items two sequences begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


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
    words = gettext(", a link to {address}").format(address=escape(target))
    return f"<a{href}{shown}>", f'</a><span class="{HIDDEN}">{words}</span>'


def _block(block: TextBlock, content: str) -> str:
    if block.tag == "hr":
        return f"{content}<hr>"
    if block.tag == "pre":
        return f"<pre><code>{content}</code></pre>"
    return f"<{block.tag}>{content}</{block.tag}>" if block.tag else content


def _container_successors(
    steps: Iterable[Step], old: Sequence[TextBlock], new: Sequence[TextBlock]
) -> dict[int, Container]:
    """Return the lists and quotations of the new text that those of the old one became, by the ids of the
    old ones, so that a deleted item is shown among the others."""
    successors: dict[int, Container] = {}
    for step in steps:
        if step.op in ("same", "changed"):
            for was, now in zip(old[step.old[0]].containers, new[step.new[0]].containers, strict=False):
                successors.setdefault(was.id, now)
    return successors


def _nested(blocks: Iterable[tuple[Sequence[Container], str]]) -> Iterator[str]:
    """Yield blocks one after the other, with the lists around them opened and closed."""
    opened: list[Container] = []
    for containers, block in blocks:
        kept = _common_prefix([each.id for each in opened], [each.id for each in containers])
        yield from _closed(opened[kept:])
        opened[kept:] = containers[kept:]
        for each in opened[kept:]:
            yield f'<{each.tag} value="{each.number}">' if each.number else f"<{each.tag}>\n"
        yield f"{block}\n"
    yield from _closed(opened)


def _closed(containers: Sequence[Container]) -> Iterator[str]:
    return (f"</{each.tag}>\n" for each in reversed(containers))
