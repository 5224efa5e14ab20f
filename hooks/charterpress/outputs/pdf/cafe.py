"""A café on a charter → what is printed for it: the cards of the principles, and the kit for its host."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from charterpress.model import Principle
from charterpress.outputs.pdf import markup_tree
from charterpress.outputs.pdf.charter import is_long
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.words.cafe_words import cafe_guide, cafe_questions, cafe_timetable, card_question
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.cafe import Cafe
from charterpress.views.principle_parts import principle_sections

TWO_SIDED = {"/PrintScaling": "/None", "/Duplex": "/DuplexFlipLongEdge"}
"""What a program that prints should offer: nothing made smaller, for then the folds are no longer in the
middle; and what is on the back of a card to be on its back."""
ONE_SIDED = {"/PrintScaling": "/None", "/Duplex": "/Simplex"}
BADGES = 10
"""How many name cards there are on a sheet."""


def cafe_documents(cafe: Cafe, cache: DocumentCache, *, date: str, site: str) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the two documents, from the cache where they are there. `date` (ISO) is that
    of the text; `site` is the address of the site, which ends in a slash, or ''. Raises what
    `engine.document` raises."""
    for at, template, values, printed in (
        (addresses.CAFE_CARDS, "cards.typ", _cards(cafe, site), TWO_SIDED),
        (addresses.CAFE_KIT, "kit.typ", _kit(cafe, site), ONE_SIDED),
    ):
        shown = _shared(cafe, site) | values
        long = at == addresses.CAFE_CARDS and is_long(
            cafe.charter
        )  # the other has a page for each theme alone
        yield at, cache.document(template, shown, date=date, printed=printed, long=long)


def page_count(data: bytes, cache: DocumentCache) -> int:
    """Return the number of pages of a document, counted once."""
    counted = cache.cached(["pages", sha256(data).hexdigest()], lambda: _counted(data), ending="txt")
    return int(counted)


def _counted(data: bytes) -> bytes:
    import pikepdf  # noqa: PLC0415 - long to import, and most builds find the number on the cache

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(len(pdf.pages)).encode()


def _shared(cafe: Cafe, site: str) -> dict[str, Any]:
    return {
        "charter": cafe.charter.title,
        "summary": cafe.charter.summary,
        "said": cafe.label,
        "address": f"{site}{addresses.CHARTER}" if site else "",
    }


# --- The cards ---------------------------------------------------------------------------------------


def _cards(cafe: Cafe, site: str) -> dict[str, Any]:
    numbers = number.part_numbers(cafe.charter)
    listed = [
        {
            "accent": place,
            "theme": {"number": numbers[theme.id], "title": theme.title},
            "number": numbers[principle.id],
            "title": principle.title,
            "summary": principle.summary,
            "sections": _binding(cafe, principle),
            "question": next(iter(principle.questions), card_question()),
            "address": f"{site}{addresses.principle_address(theme, principle)}" if site else "",
        }
        for place, theme in enumerate(cafe.tables, start=1)
        for principle in theme.principles
    ]
    bound = next((shape.heading for shape in cafe.charter.sections if shape.binding), "")
    return {"cards": listed, "promise": bound}


def _binding(cafe: Cafe, principle: Principle) -> list[dict[str, Any]]:
    """The sections of a principle that bind."""
    return [
        {
            "heading": section.shape.heading,
            "commitments": [
                {"letter": item.letter, "text": markup_tree.blocks(item.text, link=_out, above=2)}
                for item in section.commitments
            ],
            "text": []
            if section.commitments
            else markup_tree.blocks(section.section.text, link=_out, above=2),
        }
        for section in principle_sections(cafe.charter, principle)
        if section.shape.binding
    ]


def _out(target: str) -> markup_tree.Target:
    """Where a link leads from paper: out of the charter, or nowhere."""
    return markup_tree.Target(address=target if markup_tree.is_address(target) else "")


# --- The kit -----------------------------------------------------------------------------------------


def _kit(cafe: Cafe, site: str) -> dict[str, Any]:
    numbers = number.part_numbers(cafe.charter)
    fewest, most = cafe.people
    sheets = -(-most // BADGES)
    count = len(cafe.tables)
    return {
        "long": cafe.duration,
        "minutes": cafe.minutes,
        "people": [fewest, most],
        "notes": f"{site}{addresses.CAFE_NOTES}" if site else "",
        "questions": list(cafe_questions(cafe)),
        "steps": [
            {
                "what": step.name,
                "tell": step.text,
                "clock": step.clock,
                "minutes": step.minutes,
                "question": step.question,
            }
            for step in cafe_timetable(cafe)
        ],
        "guide": [{"title": title, "lines": list(lines)} for title, lines in cafe_guide().items()],
        "tables": [
            {
                "accent": place,
                "number": numbers[theme.id],
                "title": theme.title,
                "summary": theme.summary,
                "principles": [
                    {"number": numbers[each.id], "title": each.title} for each in theme.principles
                ],
            }
            for place, theme in enumerate(cafe.tables, start=1)
        ],
        "badges": [place % count for place in range(sheets * BADGES)] if count else [],
    }
