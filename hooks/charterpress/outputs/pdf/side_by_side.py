"""A charter in two languages → both in two columns, unit beside unit, to print."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from charterpress.outputs.pdf import markup_tree
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.layout_words import language_values
from charterpress.text.interface import gettext as _
from charterpress.views.languages import SiteLanguage
from charterpress.views.side_by_side import THEME, Cell, Pair


def side_by_side_pdf(
    rows: Iterable[Pair],
    languages: tuple[SiteLanguage, SiteLanguage],
    cache: DocumentCache,
    *,
    title: str,
    foot: str,
    date: str,
    note: str = "",
) -> bytes:
    """Return the document of `rows`, from `cache` where it is there. `title` is what stands at the head of
    each page and `foot` at its foot; `note` says at the end which text prevails; `date` is that of the text.
    Raises what `engine.document` raises."""
    values = partial(_values, tuple(rows), languages, title, foot, note)
    return cache.document("side_by_side.typ", values, date=date)


def _values(
    rows: tuple[Pair, ...], languages: tuple[SiteLanguage, SiteLanguage], title: str, foot: str, note: str
) -> dict[str, Any]:
    return {
        "title": title,
        "foot": foot,
        "note": note,
        "languages": [{**language_values(each.tag), "name": each.name} for each in languages],
        "words": {
            "missing": _("Not translated yet."),
            "stale": _("What this promises has changed since it was translated."),
        },
        "pairs": [
            {
                "level": pair.level,
                "number": pair.number,
                "lead": pair.lead,
                "left": _cell(pair, pair.left),
                "right": _cell(pair, pair.right),
            }
            for pair in rows
        ],
    }


def _cell(pair: Pair, cell: Cell) -> dict[str, Any]:
    is_text = pair.markdown and not pair.level
    words = markup_tree.blocks(cell.words, link=markup_tree.outside, above=THEME) if is_text else cell.words
    return {"words": words, "missing": cell.missing, "stale": cell.stale}
