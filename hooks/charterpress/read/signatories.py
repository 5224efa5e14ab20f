"""Documents → the signatories, as much of each as could be understood."""

from __future__ import annotations

from collections.abc import Iterable

from charterpress.model import Document, Mapping, Node, Role, Sequence, Signatory, Signature, Withdrawal
from charterpress.read.charter import text, texts


def signatories(documents: Iterable[Document]) -> tuple[Signatory, ...]:
    """The signatories, by file name, unchecked. A file without readable keys is left out."""
    read = (_signatory(document) for document in documents if document.role is Role.SIGNATORY)
    return tuple(sorted(filter(None, read), key=lambda each: each.slug))


def _signatory(document: Document) -> Signatory | None:
    front = document.front
    if front is None:
        return None
    return Signatory(
        slug=document.id,
        name=text(front.get("name")),
        kind=text(front.get("kind")),
        area=text(front.get("area")),
        website=text(front.get("website")),
        signed=_signed(front.get("signed")),
        name_latin=text(front.get("name_latin")),
        registration=text(front.get("registration")),
        pledge=text(front.get("pledge")),
        withdrawn=_withdrawn(front.get("withdrawn")),
        formerly=texts(front.get("formerly")),
        path=document.path,
    )


def _signed(node: Node | None) -> tuple[Signature, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(
        Signature(
            version=text(item.get("version")),
            date=text(item.get("date")),
            role=text(item.get("role")),
            link=text(item.get("link")),
        )
        for item in items
        if isinstance(item, Mapping)
    )


def _withdrawn(node: Node | None) -> Withdrawal | None:
    if not isinstance(node, Mapping):
        return None
    return Withdrawal(date=text(node.get("date")), note=text(node.get("note")))
