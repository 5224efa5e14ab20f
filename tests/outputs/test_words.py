"""The words of the practice pages come from Markdown files that editors change."""

import pytest

from builders import make_charter
from charterpress.outputs.words import FOLDER, titled, word_lists
from charterpress.outputs.words.cafe_words import cafe_guide, cafe_notes, cafe_timetable
from charterpress.views.cafe import plan_cafe


@pytest.mark.parametrize(
    "name", sorted(path.name for path in FOLDER.glob("*.md") if path.stem != "cafe-notes")
)
def test_every_list_of_words_has_items(name):
    """And none is empty, which a slip in the Markdown would make it."""
    lists = word_lists(name)
    assert lists
    assert [heading for heading, items in lists.items() if not all(items) or not items] == []


def test_an_item_goes_on_in_indented_lines_and_its_title_ends_at_the_first_colon():
    (invite, *_) = word_lists("cafe.md")["A week before"]
    assert invite.startswith("Invite {fewest} to {most} people")
    assert invite.endswith("some of the people the work is for.")
    assert titled("Arrive (2): One reads: aloud.") == ("Arrive (2)", "One reads: aloud.")


def test_no_name_in_braces_is_left_unfilled():
    cafe = plan_cafe(make_charter(), "Version 1.0.0")
    lines = [line for lines in cafe_guide().values() for line in lines]
    words = [*lines, *(f"{step.name} {step.text}" for step in cafe_timetable(cafe)), cafe_notes(cafe)]
    assert [line for line in words if "{" in line] == []
