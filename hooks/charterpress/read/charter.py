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


def mappings(node: Node | None) -> tuple[Mapping, ...]:
    """The blocks of keys and values of a list; anything else in it is left out."""
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def text_fields(front: Mapping, *names: str) -> dict[str, str]:
    """The words or sentences at several keys."""
    return {name: text(front.get(name)) for name in names}


def shapes(front: Mapping | None) -> tuple[SectionShape, ...]:
    """The sections that charter.yml declares; one without an id or a heading is left out."""
    sections = (
        SectionShape(
            **text_fields(each, "id", "heading"),
            binding=text(each.get("binding")) == "true",
            list=text(each.get("list")) == "true",
        )
        for each in mappings(front.get("sections") if front else None)
    )
    return tuple(shape for shape in sections if shape.id and shape.heading)


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
    preamble = next(iter(by_role[Role.PREAMBLE]), None)
    listed = {document.id: document for document in by_role[Role.THEME]}
    principles = {(document.theme, document.id): document for document in by_role[Role.PRINCIPLE]}
    sections = shapes(front)
    themes = (
        _theme(listed[id], principles, sections) for id in _unique_texts(front.get("themes")) if id in listed
    )
    return Charter(
        **text_fields(front, "title", "summary", "licence"),
        preamble=body_text(preamble) if preamble else "",
        themes=tuple(theme for theme in themes if theme),
        sections=sections,
        questions=texts(front.get("questions")),
        repair=texts(front.get("repair")),
        signatory_kinds=texts(front.get("signatory_kinds")),
        path=settings.path,
        preamble_path=preamble.path if preamble else "",
    )


def _unique_texts(node: Node | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts(node)))


def body_text(document: Document) -> str:
    """The Markdown of a document without its front matter, in NFC without surrounding white space."""
    return unicodedata.normalize("NFC", document.body).strip()


def _theme(
    document: Document, principles: dict[tuple[str, str], Document], sections: tuple[SectionShape, ...]
) -> Theme | None:
    if document.front is None:
        return None
    ids = [(document.id, id) for id in _unique_texts(document.front.get("principles"))]
    read = (_principle(principles[id], sections) for id in ids if id in principles)
    return Theme(
        id=document.id,
        **text_fields(document.front, "title", "summary"),
        text=body_text(document),
        principles=tuple(principle for principle in read if principle),
        path=document.path,
    )


def _principle(document: Document, sections: tuple[SectionShape, ...]) -> Principle | None:
    front = document.front
    if front is None:
        return None
    parts = {part.name: part for part in reversed(document.parts)}
    return Principle(
        id=document.id,
        **text_fields(front, "title", "summary"),
        sections=tuple(
            _section(document, parts[shape.heading], shape) for shape in sections if shape.heading in parts
        ),
        behaviours=tuple(
            Behaviour(**text_fields(each, "behaviour", "measure", "support", "interview"))
            for each in mappings(front.get("behaviours"))
        ),
        plain=texts(front.get("plain")),
        questions=texts(front.get("questions")),
        sources=texts(front.get("sources")),
        formerly=texts(front.get("formerly")),
        path=document.path,
    )


def _section(document: Document, part: Part, shape: SectionShape) -> Section:
    lines = unicodedata.normalize("NFC", document.body).split("\n")
    words = ""
    if part.blocks:
        first, last = part.blocks[0].line, part.blocks[-1].end
        words = "\n".join(lines[first - document.body_line : last - document.body_line + 1]).strip("\n")
    items: tuple[str, ...] = ()
    if shape.list:
        children = (item for block in part.blocks if block.kind == "bullet_list" for item in block.children)
        items = tuple(unicodedata.normalize("NFC", item.text) for item in children)
        if [block.kind for block in part.blocks] == ["bullet_list"]:
            words = markdown.bullet_list(items)
    return Section(id=shape.id, text=words, items=items)
