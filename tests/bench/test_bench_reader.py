"""The bench of the reader's side tells what it measured; here figures are made up, and pages small."""

from __future__ import annotations

from pathlib import Path

import pytest
import reader
from figures import made_reader, made_register, visited
from wire import serve


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({}, []),
        ({"pages": {"home": visited(90_000, 150_001)}}, ["Home is 150 kB on a first visit with a search;"]),
        ({"registers": {60: made_register(page=visited(9, 151_000))}}, ["The register of 60 is 151 kB"]),
        (
            {"registers": {10_000: made_register(typed=(50, 51, 52))}},
            ["With 10,000 on the register the answer to a typed word takes 51 ms; the most is 50."],
        ),
        (
            {"registers": {10_000: made_register(filtered=(1, 60, 60))}},
            ["With 10,000 on the register the answer to a filter takes 60 ms; the most is 50."],
        ),
        ({"registers": {60: made_register(typed=(90, 90, 90))}}, []),
    ],
    ids=["nothing", "a page", "a register", "a typed word", "a filter", "another register's time"],
)
def test_what_is_too_heavy_or_too_slow_is_missed(changes, missed):
    told = reader.missed(made_reader(**changes))
    assert [said.startswith(start) for said, start in zip(told, missed, strict=True)] == [True] * len(missed)


def test_a_search_is_timed_from_the_word_to_the_painted_result(browser):
    """By the page's clock, and again for another word: the old results are no answer to it."""
    with serve(Path(__file__).with_name("search")) as served, browser.new_context() as context:
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
