"""GitHub's expression engine, as the driver asks it."""

import pytest

from forges.engine import ExpressionError, evaluate, holds

CONTEXTS = {"github": {"event": {"action": "opened"}, "ref": "refs/heads/main", "nothing": None}, "vars": {}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a ${{ github.ref }} b", "a refs/heads/main b"),
        ("${{ vars.NONE }}${{ github.nothing }}", ""),
        ("${{ vars.SOURCE || 'charter' }}", "charter"),
        ("${{ github.event.number || format('{0}:{1}', 'a', github.event.action) }}", "a:opened"),
        ("${{ format('}}{0}}}', 1) }}", "}1}"),
    ],
)
def test_an_expression_has_the_value_that_it_has_at_the_host(text, value):
    assert evaluate(text, CONTEXTS) == value


@pytest.mark.parametrize(
    ("condition", "after_success", "after_failure"),
    [
        ("", True, False),
        ("github.event.action == 'OPENED'", True, False),
        ("${{ github.event.action == 'edited' }}", False, False),
        ("always() && github.ref", True, True),
        ("'always()' == 'x' || true", True, False),
        ("failure()", False, True),
    ],
)
def test_a_condition_holds_after_what_it_says(condition, after_success, after_failure):
    """Without a status function it means success() as well; letters are compared whatever their case."""
    answers = [holds(condition, CONTEXTS, status) for status in ("success", "failure")]
    assert answers == [after_success, after_failure]


def test_what_is_no_expression_is_refused():
    for text in ("${{ githb.ref }}", "${{ github.ref = 1 }}", "${{ nothing() }}"):
        with pytest.raises(ExpressionError):
            evaluate(text, CONTEXTS)
