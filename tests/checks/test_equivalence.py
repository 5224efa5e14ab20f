"""Numbers and negations in a translation: what is found, and that nothing else is, over labelled pairs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from charterpress.checks.equivalence import negation_difference, number_difference

PAIRS = [
    tuple(row)
    for name in ("translation_pairs.yml", "translation_pairs_held.yml")
    for row in yaml.load(Path(__file__).with_name(name).read_text(encoding="utf-8"), yaml.CSafeLoader)
]
RULES = {"number": number_difference, "negation": negation_difference}


@pytest.mark.parametrize("rule", RULES)
def test_labelled_pairs_are_told_apart(rule):
    """No false finding in any; all that are labelled are found."""
    found = [
        (*row[:3], rule if RULES[rule](row[1], row[2], languages=("en-GB", row[0])) else "") for row in PAIRS
    ]
    assert [row[:3] for row in found if row[3]] == [row[:3] for row in PAIRS if row[3] == rule]


def test_links_and_code_are_no_numbers():
    source, text = "See [the guide](../2024/3.md).", "Gweler [y canllaw](../2025/4.md)."
    assert number_difference(source, text, languages=("en", "cy")) is None


def test_both_texts_may_be_in_any_language():
    """The charter may be written in Welsh, and its translation be English."""
    found = number_difference("ateb o fewn pum diwrnod.", "answer within six days.", languages=("cy", "en"))
    assert found is not None
    assert (found.source, found.translation) == ("pum", "six")


def test_a_figure_of_ten_thousand_digits_counts_nothing():
    assert number_difference("Within 28 days.", "9" * 10_000, languages=("en", "pl")) is None
