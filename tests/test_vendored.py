"""What we carry along of other people's work is what they published, with its licence."""

import hashlib
import re
from pathlib import Path

import pytest
from rjsmin import jsmin

ROOT = Path(__file__).parents[1]
VENDORED = ROOT / "hooks/charterpress/outputs/html/scripts/vendor"
SUMS = dict(line.split()[::-1] for line in (VENDORED / "SHA256SUMS").read_text().splitlines())


def test_every_file_has_its_digest_on_record():
    """None is there that nobody wrote down."""
    assert {path.name for path in VENDORED.iterdir()} == {*SUMS, "SHA256SUMS"}


@pytest.mark.parametrize("name", SUMS)
def test_every_file_is_as_it_was_published(name):
    """A byte changed by hand, or by an editor that mends ends of lines, is seen."""
    assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == SUMS[name]


@pytest.mark.parametrize(
    ("name", "licence", "decision", "told"),
    [
        ("diff", "BSD 3-Clause License", "0014-jsdiff-in-the-browser", "jsdiff 9.0.0 (BSD-3-Clause;"),
        ("minisearch", "Copyright 2022 Luca Ongaro", "0030-search", "MiniSearch 7.2.0 (MIT;"),
        ("stemmer", "2014 Titus Wormer", "0030-search", "stemmer 2.0.1 (MIT;"),
    ],
)
def test_where_it_comes_from_is_written_in_a_decision(name, licence, decision, told):
    """With version, package and licence."""
    text = " ".join((ROOT / f"docs/developers/decisions/{decision}.md").read_text(encoding="utf-8").split())
    assert f"{told} npm package `{name}`" in text
    assert licence in (VENDORED / f"{name}-licence.txt").read_text(encoding="utf-8")


def test_what_is_published_of_it_is_what_a_browser_reads_of_it_and_its_licence(example_site):
    """MiniSearch comes with comments, which are taken out; its template literals, where rjsmin would take
    spaces if one stood within another, are as they were. Jsdiff was packed by its makers."""
    published = example_site / "assets" / "javascripts" / "vendor"
    written, shortened = ((folder / "minisearch.js").read_text() for folder in (VENDORED, published))
    assert shortened == jsmin(written)
    literals = re.findall("`[^`]*`", shortened)
    assert literals
    assert [each for each in literals if each not in written] == []
    for name in ("diff.min.js", "minisearch-licence.txt"):
        assert (published / name).read_bytes() == (VENDORED / name).read_bytes()
