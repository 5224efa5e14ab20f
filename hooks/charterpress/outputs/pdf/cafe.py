"""A café on a charter → what is printed for it: the cards of the principles, and the kit for its host."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from typing import Any

from charterpress.outputs.pdf import layout_words, markup_tree
from charterpress.outputs.pdf.charter import is_long, section_values
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.words.cafe_words import cafe_guide, cafe_questions, cafe_timetable, card_question
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as in_figures
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.cafe import Cafe

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
    long = is_long(cafe.charter)  # the kit has a page for each theme alone
    cards, kit = partial(_cards, cafe, site), partial(_kit, cafe, site)
    yield addresses.CAFE_CARDS, cache.document("cards.typ", cards, date=date, printed=TWO_SIDED, long=long)
    yield addresses.CAFE_KIT, cache.document("kit.typ", kit, date=date, printed=ONE_SIDED)


def page_count(data: bytes, cache: DocumentCache) -> int:
    """Return the number of pages of a document, counted once."""

    def count() -> bytes:
        import pikepdf  # noqa: PLC0415 - long to import, and most builds find the number in the cache

        with pikepdf.open(io.BytesIO(data)) as pdf:
            return str(len(pdf.pages)).encode()

    return int(cache.cached(["pages", sha256(data).hexdigest()], count, ending="txt"))


def _shared(cafe: Cafe, site: str) -> dict[str, Any]:
    return {
        "charter": cafe.charter.title,
        "summary": cafe.charter.summary,
        "said": cafe.label,
        "address": f"{site}{addresses.CHARTER}" if site else "",
    }


def _cards(cafe: Cafe, site: str) -> dict[str, Any]:
    numbers = number.part_numbers(cafe.charter)
    cards = [
        {
            "accent": place,
            "theme": {"number": numbers[theme.id], "title": theme.title},
            "number": numbers[principle.id],
            "title": principle.title,
            "summary": principle.summary,
            "sections": [
                section
                for section in section_values(cafe.charter, principle, link=markup_tree.outside, above=2)
                if section["binding"]
            ],
            "question": next(iter(principle.questions), card_question()),
            "address": f"{site}{addresses.principle_address(theme, principle)}" if site else "",
        }
        for place, theme in enumerate(cafe.tables, start=1)
        for principle in theme.principles
    ]
    bound = next((shape.heading for shape in cafe.charter.sections if shape.binding), "")
    return _shared(cafe, site) | {"words": layout_words.cards_words(), "cards": cards, "promise": bound}


def _kit(cafe: Cafe, site: str) -> dict[str, Any]:
    numbers = number.part_numbers(cafe.charter)
    sheets, count = -(-cafe.people[1] // BADGES), len(cafe.tables)
    return _shared(cafe, site) | {
        "words": layout_words.kit_words(),
        "long": cafe.duration,
        "minutes": cafe.minutes,
        # Translators: how many people a café is for.
        "people": _("{fewest} to {most}").format(
            fewest=in_figures(cafe.people[0]), most=in_figures(cafe.people[1])
        ),
        "notes": f"{site}{addresses.CAFE_NOTES}" if site else "",
        "questions": cafe_questions(cafe),
        "steps": [asdict(step) for step in cafe_timetable(cafe)],
        "guide": [{"title": title, "lines": lines} for title, lines in cafe_guide().items()],
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
