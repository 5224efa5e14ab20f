"""A change is told in whole words of every script, and classed alike with dictionaries and without them."""

import sys
from pathlib import Path

import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import Class, Kind
from charterpress.text.words import count_words, split_letters, split_words, word_breaker
from charterpress.versions import number
from charterpress.versions.diff.word_diff import word_segments
from charterpress.versions.number import wording

TABLE = Path(__file__).with_name("scripts.txt")
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
IDS = [f"{language} {number}" for number, (language, *_) in enumerate(ROWS, 1)]


@pytest.fixture
def no_dictionaries(monkeypatch):
    """As where the extra “segmentation” is not installed."""
    monkeypatch.setitem(sys.modules, "icu4py.breakers", None)
    word_breaker.cache_clear()
    yield
    word_breaker.cache_clear()


def _charter(binding, other):
    sections = (make_section("promises", items=(binding,)), make_section(text=other))
    return make_charter(themes=(make_theme("t", (make_principle("p", sections=sections),)),))


@pytest.mark.parametrize(("language", "before", "after", "class_", "because"), ROWS, ids=IDS)
def test_a_change_is_told_in_whole_words(language, before, after, class_, because):
    """What binds is a commitment whatever changed; other text is editorial by marks and spaces alone."""
    told = number.changes(_charter(before, before), _charter(after, after))
    assert [(change.class_, change.because) for change in told] == [
        (Class.COMMITMENT, because),
        (Class[class_.upper()], because),
    ]
    kind = Kind.PUNCTUATION if class_ == "editorial" else Kind.REWORDED
    assert {change.kind for change in told} <= {kind, Kind.FIGURE}


@pytest.mark.parametrize(("language", "before", "after", "class_", "because"), ROWS, ids=IDS)
def test_a_redline_marks_the_words_that_are_quoted(language, before, after, class_, because):
    segments = word_segments(before, after)
    assert "".join(each.text for each in segments if each.op != "insert") == before
    assert "".join(each.text for each in segments if each.op != "delete") == after
    marked = [each.text.strip("。 ").casefold() for each in segments if each.op != "same"]
    if "became" in because and " " not in because.replace(" became ", ""):
        assert marked == because.strip("“”").split("” became “")


def test_a_class_depends_on_no_dictionary(no_dictionaries):
    assert word_breaker() is None
    for _, before, after, class_, _ in ROWS:
        kind, because = wording.classify_in.__wrapped__(before, after, "en")
        assert (kind is Kind.PUNCTUATION) == (class_ == "editorial"), before
        assert bool(because) == (class_ == "guidance")


def test_without_dictionaries_a_clause_is_quoted_and_ideographs_are_compared(no_dictionaries):
    before, after = "かつ、権利について平等である。", "かつ、義務について平等である。"
    because = "“権利について平等である” became “義務について平等である”"
    assert wording.classify_in.__wrapped__(before, after, "en") == (Kind.REWORDED, because)
    assert split_words("権利について") == ["権利について"]
    assert split_letters("NPO権利") == ["NPO", "権", "利"]
    assert [each for each in word_segments(before, after) if each.op != "same"] == [
        ("delete", "権利", ()),
        ("insert", "義務", ()),
    ]


COUNTS = {
    "": 0,
    "We look out – for each other.": 7,
    "हम हर दिन सुनते हैं।": 5,
    "尊厳と権利とについて、平等である。": 8,
    "เราต้องฟังทุกคน": 5,
    "NPOの10年計画": 5,
}


def test_words_are_counted():
    assert {text: count_words(text) for text in COUNTS} == COUNTS


def test_without_dictionaries_words_are_estimated(no_dictionaries):
    """Of two letters each, on average."""
    estimates = {text: count_words(text) for text in COUNTS}
    assert list(estimates.values()) == [0, 7, 5, 8, 6, 3]
