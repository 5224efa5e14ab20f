"""Markdown → a tree of plain values for a template: the words stay data and are never read as source."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from charterpress.model import Foreign, MixedText, Passage
from charterpress.outputs.pdf.layout_words import language_values
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language
from charterpress.text.languages import name_in

DEEPEST = 6
"""The lowest level of a heading that PDF 1.7 knows."""

Node = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where a link leads: to a `place` in the document, or to an `address` outside, or nowhere."""

    place: str = ""
    address: str = ""


Link = Callable[[str], Target]


def blocks(text: str, *, link: Link, above: int) -> list[Node]:
    """Return the blocks of `text`: objects whose `kind` is paragraph, heading, bullets, numbers, quote, code,
    rule, or foreign for blocks in another language than the others. `above` is the level of the heading over
    the text; headings within it start one below and skip none, however they were written. `link` says
    where the target of a link leads; one that leads nowhere, and every image, comes as its words alone. Raw
    HTML comes as the characters it is made of."""
    passages = text.passages if isinstance(text, MixedText) else ()
    tree = _blocks(SyntaxTreeNode(markdown.safe_tokens(text)), link, _levels(above), passages)
    return [_foreign(text.language, tree), *_source_blocks(text)] if isinstance(text, Foreign) else tree


def _foreign(tag: str, tree: list[Node]) -> Node:
    return {"kind": "foreign", "language": language_values(tag), "blocks": tree}


def _source_blocks(words: Foreign) -> list[Node]:
    """What stands after a translation whose source says something else by now: the words of that."""
    if not isinstance(words.source, Foreign):
        return []
    lead = _("In {language} it now says:").format(language=name_in(words.source.language, language()))
    now = blocks(words.source, link=outside, above=DEEPEST)
    return [{"kind": "paragraph", "text": [{"kind": "text", "text": lead}]}, *now]


def _levels(above: int) -> Callable[[int], int]:
    """Return what gives the level for each heading in turn from the level as which it is written."""
    open_levels: list[int] = []

    def level(written: int) -> int:
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        return min(above + len(open_levels), DEEPEST)

    return level


def _blocks(
    node: SyntaxTreeNode, link: Link, levels: Callable[[int], int], passages: Sequence[Passage]
) -> list[Node]:
    """The blocks within `node`, without the headings that have no words."""
    made = []
    for child in node.children:
        if child.type == "heading" and not any(_words(_line(child, link))):
            continue
        words = _passage(child, passages)
        block = _block(child, link, levels, passages if words is None else ())
        made += [block] if words is None else [_foreign(words.language, [block]), *_source_blocks(words)]
    return made


def _passage(node: SyntaxTreeNode, passages: Sequence[Passage]) -> Foreign | None:
    """The words of the passage that `node` is in; None where it is in none."""
    first, last = node.map or (0, 0)
    inside = (each for each in passages if each.first <= first + 1 and last <= each.last)
    return next((each.words for each in inside), None)


def _block(
    node: SyntaxTreeNode, link: Link, levels: Callable[[int], int], passages: Sequence[Passage]
) -> Node:
    match node.type:
        case "heading":
            return {"kind": "heading", "level": levels(int(node.tag[1])), "text": _line(node, link)}
        case "paragraph":
            return {"kind": "paragraph", "text": _line(node, link)}
        case "bullet_list" | "ordered_list":
            items = [_blocks(item, link, levels, passages) for item in node.children]
            kind = "bullets" if node.type == "bullet_list" else "numbers"
            return {"kind": kind, "start": int(node.attrs.get("start", 1)), "items": items}
        case "blockquote":
            return {"kind": "quote", "blocks": _blocks(node, link, levels, passages)}
        case "hr":
            return {"kind": "rule"}
        case _:
            return {"kind": "code", "text": node.content.rstrip("\n")}


def _line(node: SyntaxTreeNode, link: Link) -> list[Node]:
    return list(_spans(node.children[0].children, link)) if node.children else []


def _spans(nodes: Sequence[SyntaxTreeNode], link: Link) -> Iterator[Node]:
    for node in nodes:
        match node.type:
            case "em" | "strong":
                yield {"kind": node.type, "spans": list(_spans(node.children, link))}
            case "link":
                yield from _link(node, link)
            case "image":
                yield from _spans(node.children, link)
            case "softbreak":
                yield {"kind": "text", "text": " "}
            case "hardbreak":
                yield {"kind": "break"}
            case "code_inline":
                yield {"kind": "code", "text": node.content}
            case _:
                yield {"kind": "text", "text": node.content}


def _link(node: SyntaxTreeNode, link: Link) -> Iterator[Node]:
    """A link; one to an address shows it too, unless its words already do."""
    spans = list(_spans(node.children, link))
    target = link(str(node.attrs.get("href", "")))
    words = "".join(_words(spans))
    if not target.place and not target.address:
        yield from spans
        return
    if not words.strip():
        spans = [{"kind": "text", "text": target.address or target.place}]
    plain = target.address.removeprefix("mailto:")
    shown = "" if plain in {"", words.strip()} or not words.strip() else plain
    yield {"kind": "link", "place": target.place, "address": target.address, "shown": shown, "spans": spans}


def _words(spans: Sequence[Node]) -> Iterator[str]:
    for span in spans:
        yield span.get("text", "")
        yield from _words(span.get("spans", ()))


def outside(target: str) -> Target:
    """Return where a link leads out of the charter: to a page or mailbox that it names by itself, as http,
    https and mailto addresses do, or nowhere."""
    whole = ":" in target and not target.startswith(("/", "#", ".")) and markdown.is_safe_link(target)
    return Target(address=target if whole else "")


def join(file: str, target: str) -> str:
    """Return the path that `target`, written in `file`, leads to; '' as target is the file itself."""
    target = unquote(target)
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), target)) if target else file
