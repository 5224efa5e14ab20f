"""The bench of the reader's side tells what it measured; here figures are made up, and pages small."""

from __future__ import annotations

from dataclasses import replace

import pytest
import reader
from reader import Found, Register, Visited
from wire import Weight, serve

SEARCH = """\
<!doctype html><title>Search</title><link rel="icon" href="data:,"><input id="search-query">
<div data-search-results></div>
<script>
  const list = document.querySelector("[data-search-results]");
  document.querySelector("input").addEventListener("input", (event) => setTimeout(() => {
    list.innerHTML = `<li><a href="/">${event.target.value}</a></li>`;
  }, 80));
</script>
"""
"""A search that takes a little more than 80 ms for anything."""


def visited(first=90_000, searched=120_000):
    return Visited(first=Weight(requests=7, bytes=first), searched=Weight(requests=9, bytes=searched))


def register(**changes):
    return replace(Register(page=visited(), typed=(20, 30, 90), filtered=(10, 12, 14)), **changes)


FOUND = Found(
    pages={"home": visited(50_000, 150_000)},
    registers={60: register(), 10_000: register()},
    cold=(300, 100, 200),
    warm=(30, 10, 20),
    scores={},
)


def test_weights_and_medians_are_told():
    section = reader.section(FOUND)
    assert section.missed == ()
    lines = section.text.splitlines()
    assert "| home | 50.0 | 7 | 150.0 | 9 |" in lines
    assert "| the register of 10,000 | 90.0 | 7 | 120.0 | 9 |" in lines
    assert "| the first search, with all that it fetches | 200 | 100 to 300 | 3 |" in lines
    assert "| the register of 60: the beginning of a word | 30 | 20 to 90 | 3 |" in lines
    assert lines[-1] == "Lighthouse was not run."


def test_lighthouses_scores_stand_by_page():
    scores = {"home": {"performance": 98, "accessibility": 100, "best-practices": 96, "seo": 91}}
    lines = reader.section(replace(FOUND, scores=scores)).text.splitlines()
    assert lines[-3:] == [
        "| page | performance | accessibility | best-practices | seo |",
        "|---|---|---|---|---|",
        "| home | 98 | 100 | 96 | 91 |",
    ]


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({}, []),
        (
            {"pages": {"home": visited(90_000, 150_001)}},
            ["Home is 150 kB on a first visit with a search; the most is 150."],
        ),
        (
            {"registers": {60: register(page=visited(90_000, 151_000))}},
            ["The register of 60 is 151 kB on a first visit with a search; the most is 150."],
        ),
        (
            {"registers": {10_000: register(typed=(50, 51, 52))}},
            ["With 10,000 on the register the answer to a typed word takes 51 ms; the most is 50."],
        ),
        (
            {"registers": {10_000: register(filtered=(1, 60, 60))}},
            ["With 10,000 on the register the answer to a filter takes 60 ms; the most is 50."],
        ),
        ({"registers": {60: register(typed=(90, 90, 90))}}, []),
    ],
    ids=["nothing", "a page", "a register", "a typed word", "a filter", "another register's time"],
)
def test_what_is_too_heavy_or_too_slow_is_missed(changes, missed):
    assert reader.missed(replace(FOUND, **changes)) == missed


def test_a_search_is_timed_from_the_word_to_the_painted_result(tmp_path, browser):
    """By the page's clock, and again for another word: the old results are no answer to it."""
    (tmp_path / "index.html").write_text(SEARCH, encoding="utf-8")
    with serve(tmp_path) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.address)
        times = [reader.answer(page, word) for word in ("one", "two")]
    assert all(80 <= each < 5_000 for each in times)


def test_a_register_is_asked_by_words_and_by_filters(example_site, browser):
    """The answer stands on the page when it is counted as painted."""
    with serve(example_site) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{served.address}signatories/")
        everyone = page.locator(reader.SAID).inner_text()
        for field, value in (("words", "allot"), ("kind", "school garden")):
            assert 0 < reader.asked(page, field, value) < 5_000
            shown = page.locator("[data-part] li:visible").count()
            assert page.locator(reader.SAID).inner_text().startswith(f"{shown} of ")
            reader.asked(page, field, "")
            assert page.locator(reader.SAID).inner_text() == everyone


def test_one_page_of_each_kind_is_weighed(example_site):
    kinds = reader.kinds(example_site)
    assert kinds["a version"] == "versions/1.0.0/"
    assert all((example_site / path / "index.html").is_file() for path in kinds.values())
    assert len(set(kinds.values())) == len(kinds) == 9
