"""What is said of a change is true: directions, figures, links and another order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from charterpress.model import Kind
from charterpress.versions.number.wording import classify

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
