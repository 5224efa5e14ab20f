"""What we carry along of other people's work is what they published, with its licence."""

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VENDORED = ROOT / "overrides" / "assets" / "javascripts" / "vendor"
SUMS = dict(line.split()[::-1] for line in (VENDORED / "SHA256SUMS").read_text().splitlines())


def test_every_file_has_its_digest_on_record():
    """None is there that nobody wrote down."""
    assert {path.name for path in VENDORED.iterdir()} == {*SUMS, "SHA256SUMS"}


@pytest.mark.parametrize("name", SUMS)
def test_every_file_is_as_it_was_published(name):
    """A byte changed by hand, or by an editor that mends ends of lines, is seen."""
    assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == SUMS[name]


def test_where_it_comes_from_is_written_in_a_decision():
    """With version, package and licence."""
    text = (ROOT / "docs/developers/decisions/0014-jsdiff-in-the-browser.md").read_text(encoding="utf-8")
    assert "jsdiff 9.0.0 (BSD-3-Clause; npm package `diff`" in text
    assert "BSD 3-Clause License" in (VENDORED / "diff-licence.txt").read_text(encoding="utf-8")
