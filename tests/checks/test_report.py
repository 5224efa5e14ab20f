"""Findings as text, JSON and annotations, word for word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from builders import make_charter
from charterpress.checks import report
from charterpress.model import Finding, Severity


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
    """The source line and the caret of a finding."""
    return report.text([make_finding(**changes)]).split("\n")[1:3]


def test_a_finding_is_place_words_line_caret_and_fix():
    """As DESIGN, section 7, has it, and a summary at the end."""
    assert report.text([make_finding()]) == (
        "charter/themes/tides/look-up.md:3:8: error[title-length]: "
        "the title is 93 characters; 79 is the most\n"
        "  3 | title: Look up\n"
        "    |        ^\n"
        "  fix: say one thing; the rest belongs in the summary\n"
        "\n"
        "1 error in 1 file.\n"
    )


def test_a_finding_about_a_file_itself_shows_no_line():
    """There is none to show."""
    text = report.text([make_finding(line=1, column=1, excerpt="", message="no", fix="yes", rule="symlink")])
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
    ids=[
        "tab",
        "wide",
        "combining",
        "hidden",
        "behind the end",
        "cut behind",
        "cut on both sides",
        "cut before",
    ],
)
def test_the_caret_stands_under_its_character(excerpt, column, expected):
    """Whatever the width of what comes before it; a long line is cut around it."""
    assert shown(excerpt=excerpt, column=column) == expected


def test_nothing_in_a_file_can_forge_a_line():
    """Line breaks and control characters of paths and values come out as their codes."""
    text = report.text(
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
            [
                make_finding(),
                make_finding(line=4),
                make_finding(path="b"),
                make_finding(severity=Severity.WARNING),
            ],
            "3 errors and 1 warning in 2 files.",
        ),
    ],
)
def test_the_summary_counts(findings, expected):
    """By severity, and the files."""
    assert report.summary(findings, make_charter()) == expected


def test_json_has_every_field():
    """In ASCII, so that even half a character can be told."""
    text = report.as_json([make_finding(excerpt="\ud800é"), make_finding(severity=Severity.WARNING)])
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
    }


def test_an_annotation_is_escaped_as_the_host_asks():
    """% and line breaks in words; : and , in properties too."""
    finding = make_finding(path="a:b,c%.md", message="50%: a, b", fix="write\nit")
    assert report.github([finding]) == (
        "::error file=a%3Ab%2Cc%25.md,line=3,col=8,title=title-length::50%25: a, b%0Afix: write<U+000A>it\n"
        "1 error in 1 file.\n"
    )


ALL = "run “charter check” to see them all"


def test_ten_annotations_of_a_kind_and_how_many_more():
    """Errors first; within a severity the files that the change touches first."""
    errors = [make_finding(line=line) for line in range(1, 13)]
    warnings = [make_finding(severity=Severity.WARNING, line=line) for line in range(1, 12)]
    touched = make_finding(severity=Severity.WARNING, path="touched.md")
    lines = report.github([*warnings, touched, *errors], touched={"touched.md"}).splitlines()
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
    found = Finding(
        path="a.md",
        line=1,
        column=1,
        severity=Severity.ERROR,
        rule="html",
        message=words,
        fix=words,
        excerpt=words,
    )
    written = report.as_json([found])
    for said in (report.text([found]), report.github([found]), written):
        assert "##[" not in said
    assert report.visible(words) == "Quay ##<U+005B>set-output name=x;]1 ##<U+005B>"
    assert json.loads(written)["findings"][0]["message"] == words
