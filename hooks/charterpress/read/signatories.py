"""Documents → the signatories, as much of each as could be understood."""

from __future__ import annotations

from collections.abc import Iterable

from charterpress.model import Document, Mapping, Role, Signatory, Signature, Withdrawal
from charterpress.read.charter import mappings, text_fields, texts


def signatories(documents: Iterable[Document]) -> tuple[Signatory, ...]:
    """The signatories, by file name, unchecked. A file without readable keys is left out."""
    read = (_signatory(document) for document in documents if document.role is Role.SIGNATORY)
    return tuple(sorted(filter(None, read), key=lambda each: each.slug))


def _signatory(document: Document) -> Signatory | None:
    front = document.front
    if front is None:
        return None
    withdrawn = front.get("withdrawn")
    return Signatory(
        slug=document.id,
        **text_fields(front, "name", "kind", "area", "website", "name_latin", "registration", "pledge"),
        signed=tuple(
            Signature(**text_fields(each, "version", "date", "role", "link"))
            for each in mappings(front.get("signed"))
        ),
        withdrawn=Withdrawal(**text_fields(withdrawn, "date", "note"))
        if isinstance(withdrawn, Mapping)
        else None,
        formerly=texts(front.get("formerly")),
        path=document.path,
    )
