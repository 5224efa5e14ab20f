"""Documents → the signatories, as far as they could be understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from charterpress.model import (
    Answer,
    Document,
    Mapping,
    PrincipleReport,
    Report,
    Role,
    Signatory,
    Signature,
    Withdrawal,
)
from charterpress.read.charter import mappings, text, text_fields, texts

_ANSWERS = {each.value: each for each in Answer}
_OTHERS = ("part_of", "succeeded_by")
_SIGNATORY_TEXTS = ("name", "kind", "area", "website", "name_latin", "registration", "pledge", *_OTHERS)


def signatories(
    documents: Iterable[Document], known: dict[str, Signatory] | None = None
) -> tuple[Signatory, ...]:
    """The signatories, by file name, unchecked. A file without readable keys is left out. `known` are those
    whose files have not changed, by path."""
    known = known or {}
    files = (document for document in documents if document.role is Role.SIGNATORY)
    read = (known.get(document.path) or _signatory(document) for document in files)
    by_slug = {each.slug: each for each in sorted(filter(None, read), key=lambda each: each.slug)}
    former = {was: each.slug for each in by_slug.values() for was in each.formerly if was not in by_slug}
    for slug, each in by_slug.items():
        if each.part_of in former or each.succeeded_by in former:
            now = {key: former.get(getattr(each, key), getattr(each, key)) for key in _OTHERS}
            by_slug[slug] = replace(each, **now)
    return tuple(_with_signatures(each, by_slug) for each in by_slug.values())


def _with_signatures(signatory: Signatory, others: dict[str, Signatory]) -> Signatory:
    """`signatory`; a branch without a signature of its own with those of the nearest organisation above it
    that has any."""
    above, seen = signatory, {signatory.slug}
    while not above.signed and above.part_of in others and above.part_of not in seen:
        above = others[above.part_of]
        seen.add(above.slug)
    if above is signatory or not above.signed:
        return signatory
    withdrawn = signatory.withdrawn or above.withdrawn
    branch = replace(signatory, signed=above.signed, withdrawn=withdrawn, signed_for=True)
    if above.reports and not branch.reports:
        return replace(branch, reports=above.reports, reported_for=True)
    return branch


def _signatory(document: Document) -> Signatory | None:
    front = document.front
    if front is None:
        return None
    withdrawn = front.get("withdrawn")
    return Signatory(
        slug=document.id,
        **text_fields(front, *_SIGNATORY_TEXTS),  # type: ignore[arg-type]  # all of these keys are texts
        signed=tuple(
            Signature(**text_fields(each, "version", "date", "role", "link", "language"))
            for each in mappings(front.get("signed"))
        ),
        withdrawn=Withdrawal(**text_fields(withdrawn, "date", "note"))
        if isinstance(withdrawn, Mapping)
        else None,
        reports=tuple(_report(each) for each in mappings(front.get("reports"))),
        formerly=texts(front.get("formerly")),
        distinct_from=texts(front.get("distinct_from")),
        accepted=texts(front.get("accepted")),
        path=document.path,
    )


def _report(block: Mapping) -> Report:
    return Report(
        start=text(block.get("from")),
        end=text(block.get("to")),
        **text_fields(block, "version", "published", "link"),
        principles=tuple(
            PrincipleReport(
                **text_fields(each, "principle", "words", "evidence"),
                answer=_ANSWERS[text(each.get("answer"))],
            )
            for each in mappings(block.get("principles"))
            if text(each.get("answer")) in _ANSWERS
        ),
    )
