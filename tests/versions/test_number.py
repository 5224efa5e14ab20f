"""Numbers and anchors: what the parts of a charter are cited by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_principle, make_theme
from charterpress.versions import number


def test_themes_and_principles_are_numbered_by_their_place():
    charter = make_charter(
        themes=(
            make_theme("zebra", (make_principle("b"), make_principle("a"))),
            make_theme("ant", (make_principle("c"),)),
        )
    )
    assert number.part_numbers(charter) == {"zebra": "1", "b": "1.1", "a": "1.2", "ant": "2", "c": "2.1"}


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (701, "zz"), (702, "aaa")]
)
def test_letters_go_on_after_z(index, letter):
    assert number.item_letter(index) == letter


def test_an_anchor_is_made_of_the_commitments_own_first_words():
    assert number.commitment_anchors("make-time", ("give each team’s people *two* sessions a year.",)) == (
        "make-time.give-each-teams-people-two-sessions",
    )


def test_an_anchor_stays_when_others_come_before_it_or_change_places():
    first, second, new = "ask two others.", "say why.", "begin."
    before = dict(zip((first, second), number.commitment_anchors("p", (first, second)), strict=True))
    after = dict(zip((new, second, first), number.commitment_anchors("p", (new, second, first)), strict=True))
    assert {text: after[text] for text in before} == before


def test_commitments_that_begin_alike_are_told_apart():
    assert number.commitment_anchors("p", ("say why.", "say why!", "say why 2")) == (
        "p.say-why",
        "p.say-why-2",
        "p.say-why-2-2",
    )


def test_words_in_another_script_make_an_anchor_too():
    assert number.commitment_anchors("p", ("повідомляти партнерів.",)) == ("p.повідомляти-партнерів",)


@given(st.lists(st.text(alphabet="ab -.", max_size=12), max_size=8))
def test_no_two_anchors_of_a_principle_are_the_same(commitments):
    found = number.commitment_anchors("p", commitments)
    assert len(set(found)) == len(commitments)
