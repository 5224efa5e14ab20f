"""What looks like a slip of the pen is said, with the note that counts it as one; people decide."""

from __future__ import annotations

import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.editing.new import slips
from charterpress.versions import number

WORDS = "we answer the mail of our community, as it is agreed, and keep the {} of the quay."


def offered(old: str, new: str, old_title="Stay", new_title="Stay") -> str:
    """Why what changed looks like a slip, or ''."""

    def charter(words, title):
        sections = (make_section("promises", items=(WORDS.format(words),)), make_section())
        stay = make_principle("stay", title=title, sections=sections)
        return make_charter(themes=(make_theme("moorings", (stay, make_principle("go"))),))

    before, after = charter(old, old_title), charter(new, new_title)
    return slips.slips(number.changes(before, after), after).get("stay", "")


LINK = "a link has another address, and no word differs"
SHAPE = "a quotation mark or dash has another shape"
SPLIT, WAYS = "a word was split or joined", "a word is spelled in another of its ways"
TYPO = "a word that no dictionary has became one that it has"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[light](https://a.example)", "[light](https://b.example/x)", LINK),
        ("partnership's light", "partnership’s light", SHAPE),
        ("\"light\"", "“light”", SHAPE),
        ("light - buoy", "light – buoy", SHAPE),
        ("e-mail", "email", SPLIT),
        ("email", "e-mail", SPLIT),
        ("ourcommunity", "our community", SPLIT),
        ("well being", "wellbeing", SPLIT),
        ("organisation", "organization", WAYS),
        ("colours", "colors", WAYS),
        ("judgement", "judgment", WAYS),
        ("fulfillment", "fulfilment", WAYS),
        ("cancelled", "canceled", WAYS),
        ("enviroment", "environment", TYPO),
        ("recieved", "received", TYPO),
        ("comunity’s", "community’s", TYPO),
        # What is none:
        ("now", "not", ""),
        ("not", "now", ""),
        ("environment", "enviroment", ""),
        ("hat", "cat", ""),
        ("light", "lights", ""),
        ("light", "light,", ""),
        ("re-sign", "resign", ""),
        ("re-form", "reform", ""),
        ("can not", "cannot", ""),
        ("every day", "everyday", ""),
        ("nowhere", "now here", ""),
        ("unhoused", "housed", ""),
        ("alwyas", "always", ""),
        ("behaviour", "behavioural", ""),
        ("light", "", ""),
        ("light", "whole light and buoy", ""),
        ("organisation recieved enviroment", "organization received environment", ""),
    ],
)  # fmt: skip
def test_a_slip_is_recognised_and_what_may_mean_something_else_is_not(old, new, why):
    assert offered(old, new) == why


def test_a_numeral_before_a_title_is_a_slip():
    assert offered("light", "light", new_title="1. Stay") == "a numeral leads a heading"
    assert offered("light", "light", new_title="Stays") == ""


def test_slips_beside_something_else_in_one_principle_are_not_offered():
    assert offered("colour", "color", new_title="Remain") == ""
