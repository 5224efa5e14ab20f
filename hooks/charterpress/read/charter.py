"""Documents → the Charter, as much of it as could be understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from charterpress.model import (
    Behaviour,
    Charter,
    Document,
    Mapping,
    Node,
    Part,
    Principle,
    Role,
    Scalar,
    Section,
    SectionShape,
    Sequence,
    Theme,
)
from charterpress.text import markdown


def text(node: Node | None) -> str:
    """A word or sentence, in NFC without surrounding white space; '' if there is none."""
    return unicodedata.normalize("NFC", node.value).strip() if isinstance(node, Scalar) else ""


def texts(node: Node | None) -> tuple[str, ...]:
    """The words and sentences of a list; anything else in it is left out."""
    if not isinstance(node, Sequence):
        return ()
    return tuple(text(item) for item in node.items if isinstance(item, Scalar) and item.value.strip())


def shapes(front: Mapping | None) -> tuple[SectionShape, ...]:
    """The sections that charter.yml declares; one without an id or a heading is left out."""
    node = front.get("sections") if front else None
    items = node.items if isinstance(node, Sequence) else ()
    read = (
        SectionShape(
            id=text(item.get("id")),
            heading=text(item.get("heading")),
            binding=text(item.get("binding")) == "true",
            list=text(item.get("list")) == "true",
        )
        for item in items
        if isinstance(item, Mapping)
    )
    return tuple(shape for shape in read if shape.id and shape.heading)


def build(documents: Iterable[Document]) -> Charter | None:
    """The charter in `documents`; None if charter.yml could not be understood. Themes and principles that are
    not listed, or whose front matter could not be understood, are left out."""
    by_role: dict[Role, list[Document]] = {role: [] for role in Role}
    for document in documents:
        by_role[document.role].append(document)
    settings = next(iter(by_role[Role.CHARTER]), None)
    if settings is None or settings.front is None:
        return None
    front = settings.front
    sections = shapes(front)
    preamble = next(iter(by_role[Role.PREAMBLE]), None)
    themes = {document.id: document for document in by_role[Role.THEME]}
    principles = {(document.theme, document.id): document for document in by_role[Role.PRINCIPLE]}
    return Charter(
        title=text(front.get("title")),
        summary=text(front.get("summary")),
        licence=text(front.get("licence")),
        preamble=_body(preamble),
        themes=tuple(
            theme
            for id in _once(texts(front.get("themes")))
            if id in themes and (theme := _theme(themes[id], principles, sections)) is not None
        ),
        sections=sections,
        questions=texts(front.get("questions")),
        repair=texts(front.get("repair")),
        signatory_kinds=texts(front.get("signatory_kinds")),
        path=settings.path,
        preamble_path=preamble.path if preamble else "",
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _body(document: Document | None) -> str:
    return unicodedata.normalize("NFC", document.body).strip() if document else ""


def _theme(
    document: Document, principles: dict[tuple[str, str], Document], sections: tuple[SectionShape, ...]
) -> Theme | None:
    if document.front is None:
        return None
    listed = [principles.get((document.id, id)) for id in _once(texts(document.front.get("principles")))]
    read = (_principle(principle, sections) for principle in listed if principle is not None)
    return Theme(
        id=document.id,
        title=text(document.front.get("title")),
        summary=text(document.front.get("summary")),
        text=_body(document),
        principles=tuple(principle for principle in read if principle is not None),
        path=document.path,
    )


def _principle(document: Document, sections: tuple[SectionShape, ...]) -> Principle | None:
    front = document.front
    if front is None:
        return None
    parts = {part.name: part for part in reversed(document.parts)}
    return Principle(
        id=document.id,
        title=text(front.get("title")),
        summary=text(front.get("summary")),
        sections=tuple(
            _section(document, parts[shape.heading], shape) for shape in sections if shape.heading in parts
        ),
        plain=texts(front.get("plain")),
        behaviours=_behaviours(front.get("behaviours")),
        questions=texts(front.get("questions")),
        sources=texts(front.get("sources")),
        formerly=texts(front.get("formerly")),
        path=document.path,
    )


def _behaviours(node: Node | None) -> tuple[Behaviour, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(
        Behaviour(
            behaviour=text(item.get("behaviour")),
            measure=text(item.get("measure")),
            support=text(item.get("support")),
            interview=text(item.get("interview")),
        )
        for item in items
        if isinstance(item, Mapping)
    )


def _section(document: Document, part: Part, shape: SectionShape) -> Section:
    lines = unicodedata.normalize("NFC", document.body).split("\n")
    words = ""
    if part.blocks:
        first, last = part.blocks[0].line, part.blocks[-1].end
        words = "\n".join(lines[first - document.body_line : last - document.body_line + 1]).strip("\n")
    items: tuple[str, ...] = ()
    if shape.list:
        found = (item for block in part.blocks if block.kind == "bullet_list" for item in block.children)
        items = tuple(unicodedata.normalize("NFC", item.text) for item in found)
        if [block.kind for block in part.blocks] == ["bullet_list"]:
            words = markdown.bullet_list(items)
    return Section(id=shape.id, text=words, items=items)
