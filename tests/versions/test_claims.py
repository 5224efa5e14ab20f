"""What is said of a change is true: directions, figures, links and another order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from builders import make_charter, make_principle, make_theme
from charterpress.model import Kind
from charterpress.versions import number
from charterpress.versions.diff import change_sentence
from charterpress.versions.number.wording import classify, match_items, same_content

TABLE = Path(__file__).with_name("claims.txt")
FURTHER = "Further kinds"
KINDS = {
    "stronger": Kind.STRENGTHENED,
    "weaker": Kind.WEAKENED,
    "figure": Kind.FIGURE,
    "link": Kind.LINK,
    "new link": Kind.LINK_ADDED,
    "lost link": Kind.LINK_REMOVED,
    "order": Kind.REORDERED,
    "reworded": Kind.REWORDED,
}


def _pairs() -> list[tuple[str, str, str, str]]:
    """The half of the table that each pair is in, and the pair."""
    half, rows = "", []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            half = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            right, before, after = line.replace(r"\n", "\n").split(" | ")
            rows.append((half, right, before, after))
    return rows


def test_what_is_said_is_true_and_much_is_said(capsys):
    """Precision and recall over the two halves of the table, and for each."""
    told = [(half, KINDS[right], classify(*pair)[0]) for half, right, *pair in _pairs() if half != FURTHER]
    with capsys.disabled():
        for part in ("", *dict.fromkeys(half for half, *_ in told)):
            rows = [(right, kind) for half, right, kind in told if half.startswith(part)]
            claims = [right is kind for right, kind in rows if kind is not Kind.REWORDED]
            known = [right is kind for right, kind in rows if right is not Kind.REWORDED]
            precision, recall = sum(claims) / len(claims), sum(known) / len(known)
            sys.stdout.write(
                f"\n{part or 'All'}: {len(rows)} pairs, {len(rows) - len(known)} of them "
                f"traps; {len(claims)} claims, precision {precision:.3f}, recall {recall:.3f}"
            )
            assert precision >= 0.98
            assert recall >= 0.6
    assert len(told) >= 120
    assert sum(kind is not Kind.REWORDED for _, _, kind in told) >= 50


@pytest.mark.parametrize(
    ("right", "before", "after"), [row for half, *row in _pairs() if half == FURTHER], ids=repr
)
def test_further_kinds(right, before, after):
    assert classify(before, after)[0] is KINDS[right]


@pytest.mark.parametrize(
    ("before", "after", "kind", "because"),
    [
        ("हर दिन को देखें", "हर दीन को देखें", Kind.REWORDED, "“दिन” became “दीन”"),
        ("كَتَبَ العهد", "كُتِبَ العهد", Kind.REWORDED, "“كَتَبَ” became “كُتِبَ”"),
        ("ไปใกล้ ๆ", "ไปใกล ๆ", Kind.REWORDED, "“ใกล้” became “ใกล”"),
        ("ខ្ញុំ ទៅ", "ខ្ញំ ទៅ", Kind.REWORDED, "“ខ្ញុំ” became “ខ្ញំ”"),
        ("שָׁלוֹם לכל", "שלום לכל", Kind.REWORDED, "“שָׁלוֹם” became “שלום”"),
        ("می‌روم خانه", "میروم خانه", Kind.REWORDED, "“می‌روم” became “میروم”"),
        ("ọ̀nà kan", "ọ́nà kan", Kind.REWORDED, "“ọ̀nà” became “ọ́nà”"),
        ("हम सुनते हैं।", "हम सुनते हैं", Kind.PUNCTUATION, ""),
        ("हम, सुनते हैं", "हम सुनते हैं", Kind.PUNCTUATION, ""),
        ("نصغي، ثم نقرر", "نصغي ثم نقرر؟", Kind.PUNCTUATION, ""),
        ("Señor", "Sen\u0303or,", Kind.PUNCTUATION, ""),
        ("\U000f0000 a", "\U000f0001 a", Kind.REWORDED, "“\U000f0000” became “\U000f0001”"),
    ],
)
def test_marks_and_joiners_are_part_of_the_word(before, after, kind, because):
    assert classify(before, after) == (kind, because)


def test_words_that_went_in_one_place_and_came_in_another_were_moved():
    """Nobody reads that a word was put in which was there before."""
    because = classify(
        "Coordinate with the chair about names", "Jointly with the chair, coordinate about names"
    )[1]
    assert because == "“coordinate” was moved; “jointly” was put in"


def test_a_place_to_break_a_line_is_no_words():
    """Thai shows none of them, and nothing that was signed moved."""
    assert same_content("เราฟังทุกคน", "เราฟัง\u200bทุกคน")
    assert not same_content("we listen", "we\u200blisten")
    assert not same_content("เราฟัง ทุกคน", "เราฟัง\u200bทุกคน")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("เราฟังทุกคนก่อนตัดสินใจเสมอ", "เราฟังทุกคนหลังตัดสินใจเสมอ"),
        ("我们每天都听取邻居的意见", "我们每周都听取邻居的意见"),
    ],
)
def test_an_item_without_spaces_between_its_words_is_told_from_a_new_one(before, after):
    other = "ที่นี่เปิดถึงเที่ยงคืน" if "เ" in before else "图书馆晚上九点关门"
    assert match_items([other, before], [after]) == [(1, 0)]
    assert match_items([other], [after]) == []


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("ba", "moorings: its principles were put in another order."),
        ("cba", "moorings: the principles that stayed are in another order."),
        ("abc", ""),
    ],
)
def test_another_order_is_said_alone_only_where_nothing_came_or_went(after, sentence):
    def of(ids):
        return make_charter(themes=(make_theme("moorings", tuple(map(make_principle, ids))),))

    changes = [each for each in number.changes(of("ab"), of(after)) if each.field == "order"]
    assert [change_sentence(each, {}) for each in changes] == [sentence] * bool(sentence)
