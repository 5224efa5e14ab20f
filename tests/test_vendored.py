"""What we carry along of other people's work is what they published, with its licence."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from rjsmin import jsmin

ROOT = Path(__file__).parents[1]
VENDORED = ROOT / "hooks/charterpress/outputs/html/scripts/vendor"
ENGINE = ROOT / "tests/forges/engine/vendor"


@pytest.mark.parametrize("folder", [VENDORED, ENGINE], ids=["scripts", "engine"])
def test_every_file_is_as_it_was_published(folder):
    """None is there that nobody wrote down, and a byte changed by hand, or by an editor that mends ends of
    lines, is seen. Only the engine's package.json is ours."""
    sums = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    ours = {"SHA256SUMS", "package.json"}
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert {name: digest for name, digest in digests.items() if name not in ours} == sums


@pytest.mark.parametrize(
    ("name", "licence", "decision", "package", "told"),
    [
        ("diff", "BSD 3-Clause License", "0014-jsdiff-in-the-browser", "diff", "jsdiff 9.0.0 (BSD-3-Clause;"),
        ("minisearch", "Copyright 2022 Luca Ongaro", "0030-search", "minisearch", "MiniSearch 7.2.0 (MIT;"),
        ("stemmer", "2014 Titus Wormer", "0030-search", "stemmer", "stemmer 2.0.1 (MIT;"),
        (
            *("stemmers", "Apache License, Version 2.0", "0084-search-in-other-languages"),
            *("@orama/stemmers", "Snowball’s stemmers 3.1.18 (Apache-2.0;"),
        ),
    ],
)
def test_where_it_comes_from_is_written_in_a_decision(name, licence, decision, package, told):
    """With version, package and licence."""
    text = " ".join((ROOT / f"docs/developers/decisions/{decision}.md").read_text(encoding="utf-8").split())
    assert f"{told} npm package `{package}`" in text
    assert licence in (VENDORED / f"{name}-licence.txt").read_text(encoding="utf-8")


def test_where_the_engine_comes_from_is_written_in_a_decision():
    text = (ROOT / "docs/developers/decisions/0043-workflows-that-were-run.md").read_text(encoding="utf-8")
    pinned = json.loads((ROOT / "tests/audit/package.json").read_text())["devDependencies"][
        "@actions/expressions"
    ]
    assert f"`@actions/expressions` {pinned} (MIT)" in " ".join(text.split())
    assert "Copyright GitHub" in (ENGINE / "LICENSE").read_text(encoding="utf-8")


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
