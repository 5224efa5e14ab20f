"""The search finds a principle by the words of its commitments, and says which theme it belongs to."""

from __future__ import annotations

from words import plain


def test_a_phrase_of_a_commitment_finds_its_principle(open_page, addresses, charter, search):
    """For one principle of every theme: one of the first three results leads to it and names its theme."""
    page, _ = open_page(addresses["home"])
    for theme in charter.themes:
        principle = theme.principles[-1]
        binding = {shape.id for shape in charter.sections if shape.binding}
        item = next(item for part in principle.sections if part.id in binding for item in part.items)
        phrase = plain(item).rstrip(".;")
        results = search(page, phrase)
        found = [text for href, text in results[:3] if f"/{theme.id}/{principle.id}/" in href]
        assert found, f"{phrase!r} finds {[href for href, _ in results]}"
        assert theme.title.casefold() in found[0].casefold()


def test_the_search_says_when_there_is_nothing(open_page, addresses, search):
    """Words that stand nowhere give no result."""
    page, _ = open_page(addresses["home"])
    assert search(page, "xylophonequartz") == []
