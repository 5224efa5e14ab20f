"""A release → what is signed of it, for a board to approve, on two sides of A4 if it fits."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from charterpress.model import Release
from charterpress.outputs.pdf import layout_words, markup_tree
from charterpress.outputs.pdf.charter import is_long, section_values
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.text.dates import day_in_words
from charterpress.versions import number
from charterpress.views import addresses, labels
from charterpress.views.history import History

SIZES = (12, 11, 10.5, 10, 9.5, 9)
"""The sizes of type, in points, of which the largest that fits is taken: all can be read on paper."""
SIDES = (2, 3)
"""How many sides are tried; what needs more is set in the smallest type."""


def commitments_pdfs(
    history: History, cache: DocumentCache, *, site: str, without: Collection[str] = ()
) -> dict[str, bytes]:
    """Return the document of every release that can be signed, by address, from `cache` where it is there.
    `site` is the address of the site, which ends in a slash, or ''; `without` are versions to leave out.
    Raises what `engine.document` raises."""
    releases = [
        release for release in history.releases if not release.consultation and release.version not in without
    ]

    def make(release: Release) -> bytes:
        long = is_long(release.charter)
        return cache.document(
            "commitments.typ",
            partial(_values, release, site, long=long),
            date=release.date,
            long=long,
            content=[release.sha256, site],
        )

    made = cache.in_parallel(releases, make)
    return {addresses.commitments_pdf_address(release.version): pdf for release, pdf in made}


def _values(release: Release, site: str, *, long: bool) -> dict[str, Any]:
    charter, numbers = release.charter, number.part_numbers(release.charter)
    sections = partial(section_values, charter, link=markup_tree.outside, above=2)
    return {
        "words": layout_words.commitments_words(),
        "title": charter.title,
        "summary": charter.summary,
        "version": release.version,
        "date": day_in_words(release.date),
        "digest": release.sha256[: labels.DIGEST_LENGTH],
        "address": f"{site}{addresses.version_address(release.version)}",
        "sizes": SIZES,
        "sides": () if long else SIDES,  # to measure so many would take minutes
        "preamble": markup_tree.blocks(charter.preamble, link=markup_tree.outside, above=1),
        "reporting": labels.reporting_sentence(charter),
        "themes": [
            {
                "number": numbers[theme.id],
                "title": theme.title,
                "principles": [
                    {
                        "number": numbers[principle.id],
                        "title": principle.title,
                        "sections": [each for each in sections(principle) if each["binding"]],
                    }
                    for principle in theme.principles
                ],
            }
            for theme in charter.themes
        ],
    }
