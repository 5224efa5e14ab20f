"""Findings as text, JSON and annotations, word for word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from builders import make_charter
from charterpress.checks import report
from charterpress.model import Finding, Severity
from charterpress.text.escape import escape_controls


def make_finding(**changes) -> Finding:
    """A finding about a title that is too long; `changes` are fields of Finding."""
    finding = Finding(
        path="charter/themes/tides/look-up.md",
        line=3,
        column=8,
        severity=Severity.ERROR,
        rule="title-length",
        message="the title is 93 characters; 79 is the most",
        fix="say one thing; the rest belongs in the summary",
        excerpt="title: Look up",
    )
    return replace(finding, **changes)


def shown(**changes) -> list[str]:
    return report.format_text([make_finding(**changes)]).split("\n")[1:3]


def test_a_finding_is_place_words_line_caret_and_fix():
    """As DESIGN, section 7, has it, and a summary at the end."""
    assert report.format_text([make_finding()]) == (
        "charter/themes/tides/look-up.md:3:8: error[title-length]: "
        "the title is 93 characters; 79 is the most\n"
        "  3 | title: Look up\n"
        "    |        ^\n"
        "  fix: say one thing; the rest belongs in the summary\n"
        "\n"
        "1 error in 1 file.\n"
    )


def test_a_finding_about_a_file_itself_shows_no_line():
    text = report.format_text(
        [make_finding(line=1, column=1, excerpt="", message="no", fix="yes", rule="symlink")]
    )
    assert text.split("\n")[:2] == ["charter/themes/tides/look-up.md:1:1: error[symlink]: no", "  fix: yes"]


@pytest.mark.parametrize(
    ("excerpt", "column", "expected"),
    [
        ("\tx", 2, ["  3 |     x", "    |     ^"]),
        ("日本x", 3, ["  3 | 日本x", "    |     ^"]),
        ("e\u0301x", 3, ["  3 | e\u0301x", "    |  ^"]),
        ("a\u202eb\0", 4, ["  3 | a<U+202E>b<U+0000>", "    |           ^"]),
        ("a", 9, ["  3 | a", "    |  ^"]),
        ("x" * 300, 1, ["  3 | " + "x" * 100 + "…", "    | ^"]),
        (
            "x" * 199 + "y" + "z" * 200,
            200,
            ["  3 | …" + "x" * 50 + "y" + "z" * 49 + "…", "    | " + " " * 51 + "^"],
        ),
        ("x" * 299 + "y", 300, ["  3 | …" + "x" * 99 + "y", "    | " + " " * 100 + "^"]),
    ],
    ids=["tab", "wide", "combining", "hidden", "behind", "cut behind", "cut on both sides", "cut before"],
)
def test_the_caret_stands_under_its_character(excerpt, column, expected):
    assert shown(excerpt=excerpt, column=column) == expected


@pytest.mark.parametrize("letter", ["x", "日", "\t", "\u202e", "e\u0301", "\u0301", "##["])
@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_of_a_long_line_only_what_is_shown_is_looked_at(letter, place):
    """Characters that take no room do not make the line endless, and the caret stands within what is
    shown."""
    excerpt = letter * 30_000
    source, caret = shown(excerpt=excerpt, column=1 + round(place * len(excerpt)))
    assert len(source) < 20 + 2 * report.MAX_WIDTH * report.MAX_DENSITY
    assert len(caret) <= len("  3 | …^") + report.MAX_WIDTH


def make_findings(count: int, **changes) -> list[Finding]:
    return [make_finding(line=line, **changes) for line in range(1, count + 1)]


def test_twenty_findings_of_one_rule_in_a_file_are_shown_and_the_others_are_counted():
    many = make_findings(1500)
    others = [
        *make_findings(20, rule="html"),
        *make_findings(21, path="charter/preamble.md", severity=Severity.WARNING),
    ]
    said = report.format_text([*many, *others]).split("\n\n")
    assert said[20] == "charter/themes/tides/look-up.md: error[title-length]: and 1,480 more"
    assert [each.partition(":")[0] for each in said[21:41]] == ["charter/themes/tides/look-up.md"] * 20
    assert said[61:] == [
        "charter/preamble.md: warning[title-length]: and 1 more",
        "1,520 errors and 21 warnings in 2 files.\n",
    ]


def test_findings_that_stand_among_others_are_counted_after_their_twentieth():
    """They are sorted by line, so that those of two rules stand in turns."""
    turns = [each for line in range(1, 31) for each in make_findings_on(line)]
    shown = report.limit_per_rule(turns)
    counted = [
        (at, each.rule, each.count) for at, each in enumerate(shown) if isinstance(each, report.Omitted)
    ]
    assert counted == [(39, "html", 10), (41, "title-length", 10)]


def make_findings_on(line: int) -> list[Finding]:
    return [make_finding(line=line, rule="html"), make_finding(line=line)]


def test_json_counts_what_it_leaves_out_by_rule_and_file():
    document = json.loads(report.format_json([*make_findings(25), *make_findings(20, rule="html")]))
    assert (document["errors"], len(document["findings"])) == (45, 40)
    assert document["left_out"] == [
        {"path": "charter/themes/tides/look-up.md", "rule": "title-length", "count": 5}
    ]


@pytest.mark.parametrize(
    ("column", "first"), [(1, 1), (251, 1), (252, 2), (5000, 4750), (9999, 9501), (10_500, 9501)]
)
def test_json_tells_a_long_line_in_part_and_from_which_column(column, first):
    """So that a program finds the place in it; behind the end there is no more to tell."""
    line = "".join(chr(0x4E00 + at) for at in range(10_000))
    (told,) = json.loads(report.format_json([make_finding(excerpt=line, column=column)]))["findings"]
    assert told["excerpt_column"] == first
    assert told["excerpt"] == line[first - 1 : first - 1 + report.MAX_EXCERPT]


def test_nothing_in_a_file_can_forge_a_line():
    text = report.format_text(
        [make_finding(path="a\n::error::b", message="“\x1b[31m\u2028”", fix="\ud800", excerpt="")]
    )
    assert text.split("\n\n")[0] == (
        "a<U+000A>::error::b:3:8: error[title-length]: “<U+001B>[31m<U+2028>”\n  fix: <U+D800>"
    )


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "The charter is in order: 4 principles in 2 themes."),
        ([make_finding(severity=Severity.WARNING)], "1 warning in 1 file."),
        (
            [*make_findings(2), make_finding(path="b"), make_finding(severity=Severity.WARNING)],
            "3 errors and 1 warning in 2 files.",
        ),
    ],
)
def test_the_summary_counts(findings, expected):
    assert report.summary(findings, make_charter()) == expected


def test_json_has_every_field():
    """In ASCII, so that even half a character can be told."""
    text = report.format_json([make_finding(excerpt="\ud800é"), make_finding(severity=Severity.WARNING)])
    assert text.isascii()
    document = json.loads(text)
    assert (document["errors"], document["warnings"]) == (1, 1)
    assert document["findings"][0] == {
        "path": "charter/themes/tides/look-up.md",
        "line": 3,
        "column": 8,
        "severity": "error",
        "rule": "title-length",
        "message": "the title is 93 characters; 79 is the most",
        "fix": "say one thing; the rest belongs in the summary",
        "excerpt": "\ud800é",
        "excerpt_column": 1,
    }
    assert document["left_out"] == []


def test_an_annotation_is_escaped_as_the_host_asks():
    finding = make_finding(path="a:b,c%.md", message="50%: a, b", fix="write\nit")
    assert report.format_annotations([finding]) == (
        "::error file=a%3Ab%2Cc%25.md,line=3,col=8,title=title-length::50%25: a, b%0Afix: write<U+000A>it\n"
        "1 error in 1 file.\n"
    )


ALL = "run “charter check” to see more"


def test_ten_annotations_of_a_kind_and_how_many_more():
    errors = [make_finding(line=line) for line in range(1, 13)]
    warnings = [make_finding(severity=Severity.WARNING, line=line) for line in range(1, 12)]
    touched = make_finding(severity=Severity.WARNING, path="touched.md")
    lines = report.format_annotations([*warnings, touched, *errors], touched={"touched.md"}).splitlines()
    assert [line.split(",")[0] for line in lines[:11]] == [
        *["::error file=charter/themes/tides/look-up.md"] * 10,
        "::warning file=touched.md",
    ]
    assert lines[20:] == [
        f"::notice title=charter check::2 more errors and 2 more warnings: {ALL}",
        "12 errors and 12 warnings in 2 files.",
    ]


def test_no_command_of_the_host_stands_in_a_log():
    """The old ones act wherever in a line they stand; a program that reads the JSON gets the same words."""
    words = "Quay ##[set-output name=x;]1 ##["
    found = make_finding(message=words, fix=words, excerpt=words)
    written = report.format_json([found])
    for said in (report.format_text([found]), report.format_annotations([found]), written):
        assert "##[" not in said
    assert escape_controls(words) == "Quay ##<U+005B>set-output name=x;]1 ##<U+005B>"
    assert json.loads(written)["findings"][0]["message"] == words
