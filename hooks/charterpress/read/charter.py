"""Documents → the charter, its change notes and errata, as far as they could be understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from charterpress.model import (
    DEFAULT_LANGUAGE,
    NO_CONTACT,
    TEXT_LISTS,
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Contact,
    Document,
    Erratum,
    Interval,
    LanguageStanding,
    Mapping,
    Node,
    Part,
    Principle,
    Reporting,
    Role,
    Scalar,
    Section,
    SectionShape,
    Sequence,
    Theme,
)
from charterpress.read.intervals import parse_interval
from charterpress.text import markdown
from charterpress.text.languages import is_language_tag

NONE = ("", "~")
"""The values of “retires” for a principle that nothing replaces."""
_STANDINGS = frozenset(LanguageStanding)
_CLASSES = {each.value: each for each in Class if each is not Class.NONE}


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
    branches = front.get("branches")
    preamble = next(iter(by_role[Role.PREAMBLE]), None)
    listed = {document.id: document for document in by_role[Role.THEME]}
    principles = {(document.theme, document.id): document for document in by_role[Role.PRINCIPLE]}
    sections = shapes(front)
    themes = (
        _theme(listed[id], principles, sections) for id in _unique_texts(front.get("themes")) if id in listed
    )
    return Charter(
        **text_fields(front, "title", "summary", "licence", "owner"),
        contact=_contact(front.get("contact")),
        preamble=body_text(preamble) if preamble else "",
        themes=tuple(theme for theme in themes if theme),
        sections=sections,
        questions=texts(front.get("questions")),
        repair=texts(front.get("repair")),
        start_words=texts(front.get("start_words")),
        signatory_kinds=texts(front.get("signatory_kinds")),
        reporting=_reporting(front.get("reporting")),
        standing_words=_standing_words(front.get("reporting")),
        count_branches=not isinstance(branches, Mapping) or text(branches.get("count")) != "once",
        language=text(front.get("language")),
        languages=_languages(front),
        path=settings.path,
        preamble_path=preamble.path if preamble else "",
    )


def _contact(node: Node | None) -> Contact:
    return Contact(**text_fields(node, "email", "name", "post")) if isinstance(node, Mapping) else NO_CONTACT


def _reporting(node: Node | None) -> Reporting | None:
    """What `reporting` asks for; None where it does not say how often, in words that can be understood."""
    every = parse_interval(text(node.get("every"))) if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or every is None:
        return None
    return Reporting(every=every, grace=parse_interval(text(node.get("grace"))) or Interval())


def _standing_words(node: Node | None) -> tuple[tuple[str, str], ...]:
    words = node.get("words") if isinstance(node, Mapping) else None
    found = words.entries if isinstance(words, Mapping) else ()
    return tuple((key.value, text(value)) for key, value in found if text(value))


def _languages(front: Mapping) -> tuple[tuple[str, str], ...]:
    """The tags of the further languages in charter.yml's `front`, each once, with its standing; what has no
    standing, or is no language or that of the text itself, is left out."""
    node = front.get("languages")
    source = text(front.get("language")) or DEFAULT_LANGUAGE
    found: dict[str, str] = {}
    for tag, standing in node.entries if isinstance(node, Mapping) else ():
        if is_language_tag(tag.value) and tag.value != source and text(standing) in _STANDINGS:
            found.setdefault(tag.value, text(standing))
    return tuple(found.items())


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
    fields: dict[str, Any] = {name: texts(front.get(name)) for name in TEXT_LISTS}
    fields |= text_fields(front, "title", "summary")
    return Principle(
        id=document.id,
        **fields,
        sections=tuple(
            _section(document, parts[shape.heading], shape) for shape in sections if shape.heading in parts
        ),
        behaviours=tuple(
            Behaviour(**text_fields(each, "behaviour", "measure", "support", "interview"))
            for each in mappings(front.get("behaviours"))
        ),
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


def notes(documents: Iterable[Document]) -> tuple[ChangeNote, ...]:
    """The change notes, by the names of their files; one without a class of change is left out."""
    read = (_note(document) for document in documents if document.role is Role.CHANGE)
    return tuple(note for note in read if note)


def errata(documents: Iterable[Document]) -> tuple[Erratum, ...]:
    """The errata, by the names of their files."""
    return tuple(
        Erratum(version=document.id, text=body_text(document), path=document.path)
        for document in documents
        if document.role is Role.ERRATUM
    )


def retires(document: Document) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of “retires” and “covered_by” in a change note: the id of a principle that goes, and what
    replaces or covers it."""
    return (*entries(document, "retires"), *entries(document, "covered_by"))


def entries(document: Document, key: str) -> tuple[tuple[Scalar, Node], ...]:
    """The lines of a block of ids, each with what stands after it."""
    node = document.front.get(key) if document.front else None
    return node.entries if isinstance(node, Mapping) else ()


def _heirs(node: Node) -> tuple[str, ...]:
    """What takes the place of a principle: one id or several, or '' for nothing."""
    if isinstance(node, Sequence):
        return texts(node) or ("",)
    return ("" if text(node) in NONE else text(node),)


def _note(document: Document) -> ChangeNote | None:
    front = document.front
    class_ = _CLASSES.get(text(front.get("class"))) if front else None
    if front is None or class_ is None:
        return None
    pairs = ((text(old), heir) for old, new in retires(document) for heir in _heirs(new))
    return ChangeNote(
        id=document.id,
        principles=tuple(dict.fromkeys(texts(front.get("principles")))),
        class_=class_,
        reason=body_text(document),
        approved_by=texts(front.get("approved_by")),
        retires=tuple(dict.fromkeys(pairs)),
        covered=tuple(dict.fromkeys(text(old) for old, _ in entries(document, "covered_by"))),
        gives=tuple(
            dict.fromkeys(
                (text(id), heir) for id, to in entries(document, "gives") for heir in _heirs(to) if heir
            )
        ),
        reasons=tuple({text(id): text(why) for id, why in entries(document, "reasons") if text(why)}.items()),
        path=document.path,
    )


def synonyms(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """What to look for besides, by what readers type; a line with neither a word nor a list is left out."""
    fronts = [each.front for each in documents if each.role is Role.SYNONYMS and each.front]
    found = {
        text(key): texts(node) or tuple(filter(None, [text(node)]))
        for each in fronts
        for key, node in each.entries
    }
    return {typed: others for typed, others in found.items() if typed and others}
