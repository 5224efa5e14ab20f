"""What machines read: the very bytes, their digests, the list of versions, and one Markdown document."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import html
from markdown_it import MarkdownIt

from builders import make_charter, make_note, make_principle, make_release, make_section, make_theme
from charterpress.model import Behaviour, Class, Edition
from charterpress.outputs.assets import schema_files
from charterpress.outputs.data import releases as export
from charterpress.text import markdown
from charterpress.views.history import History
from words import said

SITE = "https://harbour.example/"
FIRST = make_release(date="2026-12-01")
SECOND = make_release(FIRST, date="2027-03-05")
THIRD = make_release(SECOND, version="2.0.0", date="2027-03-05")


def files(*releases):
    edition = Edition(root="charter", charter=None, documents=(), entries=(), releases=releases)
    return export.release_files(History(edition))


def test_the_very_bytes_are_published_and_the_digests_of_all():
    found = files(FIRST, SECOND)
    assert found["charter.json"] == SECOND.data
    assert found["versions/SHA256SUMS"].decode() == (
        f"{FIRST.sha256}  1.0.0/charter.json\n{SECOND.sha256}  1.1.0/charter.json\n"
    )


def test_nothing_is_published_before_a_release():
    assert files() == {}


def listed(*releases):
    return json.loads(files(*releases)["versions.json"])


def test_the_list_of_versions_has_the_shape_that_materials_selector_reads():
    """Those of mike: `version`, `title`, `aliases`, and everything else in `properties`; newest first."""
    names = {THIRD: ["latest", "2", "2.0"], SECOND: ["1", "1.1"], FIRST: ["1.0"]}
    assert listed(FIRST, SECOND, THIRD) == [
        {"version": each.version, "title": each.version, "aliases": aliases}
        | {"properties": {"date": each.date, "class": each.class_, "sha256": each.sha256}}
        for each, aliases in names.items()
    ]
    before, after = listed(FIRST, SECOND), listed(FIRST, SECOND, THIRD)
    assert [each["properties"] for each in before] == [each["properties"] for each in after[1:]]


def test_the_list_says_what_was_lowered_and_holds_to_its_schema():
    """From what, to what, by whom, why, and every word."""
    words = {"approved_by": ["The chair", "The clerk"], "reason": "A misprint."}
    note = make_note(principles=("leave-room",), class_=Class.EDITORIAL, reason="A *misprint*.")
    note = replace(note, approved_by=("The chair", "The clerk"))
    stay = make_principle("leave-room", title="Leave rooom")
    first = make_release(charter=make_charter(themes=(make_theme("moorings", (stay,)),)))
    second = make_release(
        first,
        charter=make_charter(themes=(make_theme("moorings", (replace(stay, title="Leave room"),)),)),
        version="1.0.1",
        class_=Class.EDITORIAL,
        found=Class.COMMITMENT,
        notes=(note,),
    )
    properties = listed(first, second)[0]["properties"]
    assert properties["lowered"] == [
        {"from": "commitment", "to": "editorial", **words}
        | {"words": ["Leave room: the title was reworded (“rooom” became “room”)."]}
    ]
    schema = json.loads(schema_files()["schemas/versions-1.schema.json"])
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    validator.validate(listed(first, second))
    assert not validator.is_valid([{"version": "1.0.0"}])


def test_a_draft_for_consultation_is_the_latest_only_until_there_is_a_version():
    draft = make_release(version="0.1.0")
    assert [each["aliases"] for each in listed(draft)] == [["latest"]]
    assert [each["aliases"] for each in listed(draft, FIRST)] == [["latest", "1", "1.0"], []]


def test_a_version_as_one_document_is_this(root):
    charter = make_charter(themes=(make_theme("moorings", (make_principle("leave-room"),)),))
    release = make_release(charter=charter, date="2026-12-01")
    golden = (root / "tests/golden/release.md").read_text(encoding="utf-8")
    assert export.release_markdown(release, SITE).replace(release.sha256, "DIGEST") == golden


def document(text="It does.", site=SITE, **principle):
    """The document of a charter in which the reason for the first principle is `text`."""
    sections = (make_section("promises", items=("we do.",)), make_section(text=text))
    first = make_principle("leave-room", **{"sections": sections} | principle)
    other = make_principle("go-slowly", sections=sections[:1])
    return export.release_markdown(
        make_release(charter=make_charter(themes=(make_theme("moorings", (first, other)),))), site
    )


HOME = "https://harbour.example/versions/1.0.0/"


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "a principle": ("[it](go-slowly.md)", f"[it]({HOME}#go-slowly)"),
        "a section": ("[it](go-slowly.md#reasons)", f"[it]({HOME}#go-slowly.reasons)"),
        "its own section": ("[it](#reasons)", f"[it]({HOME}#leave-room.reasons)"),
        "a theme": ("[it](../moorings/index.md)", f"[it]({HOME}#moorings)"),
        "the preamble": ("[it](../../preamble.md)", f"[it]({HOME}#preamble)"),
        "in angle brackets": ("[it](<go-slowly.md>)", f"[it]({HOME}#go-slowly)"),
        "with a title": ('[it](go-slowly.md "Go (slowly)")', f'[it]({HOME}#go-slowly "Go (slowly)")'),
        "by reference": ("[it][1]\n\n[1]: go-slowly.md", f"[it]({HOME}#go-slowly)"),
        "with escapes": ("[it](go\\-slowly.md)", f"[it]({HOME}#go-slowly)"),
        "in percents": ("[it](go%2Dslowly.md)", f"[it]({HOME}#go-slowly)"),
        "outward": ("[it](https://example.org/a.md#b)", "[it](https://example.org/a.md#b)"),
        "in code": ("`[it](go-slowly.md)`", "`[it](go-slowly.md)`"),
        "no link": ("\\[it](go-slowly.md)", "\\[it\\](go-slowly.md)"),
        "to what is not there": ("[it](../tides/x.md)", f"[it]({HOME})"),
        "of another kind": ("[it](javascript:alert)", "it"),
    }.values(),
)
def test_links_from_file_to_file_lead_to_the_permanent_address(text, expected):
    assert f"#### Why it matters\n\n{expected}\n" in document(text)


@pytest.mark.parametrize("text", ["```\ncode", "~~~\ncode", "    code"])
def test_code_stays_code_and_headings_stand_below_those_of_their_section(text):
    assert "#### Why it matters\n\n```\ncode\n```\n" in document(text)
    assert "\n##### Within\n\nWords.\n" in document("### Within\n\nWords.")


@pytest.mark.parametrize(
    "text", ["```\ncode", "~~~\ncode", "<!-- open", "<div>", "- a\n\n  ```\n  b", "> ```\n> b"]
)
def test_a_text_cannot_end_the_part_that_it_stands_in(text):
    found = [
        [said(each) for each in rendered(document(words)).xpath("//h3 | //h4")]
        for words in (text, "It does.")
    ]
    assert found[0] == found[1] != []


HOSTILE = (
    "# Title", "Title #", "1. first", "- item", "+ item", "* item", "> quoted", "=", "---", "***", "```",
    "~~~",
    "<script>alert(1)</script>", "<!-- x", "&lt;b&gt; &amp;", "*a* _b_ **c**", "a*b*c", "[x](y)", "![x](y)",
    "[x]: y", "`code`", "back\\slash", "trailing\\", "| a | b |", "<https://x.example>", "a  b", "tab\tb",
    "![", "http://x.example", "1) one", "**", "{{ x }}", "C# and F#",
)  # fmt: skip


def rendered(text):
    """What a browser shows of Markdown, which may hold HTML."""
    return html.fromstring(f"<div>{MarkdownIt('commonmark').render(text)}</div>")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_are_no_markdown_are_shown_as_they_stand(words):
    behaviour = Behaviour(behaviour=words, measure=words, support=words, interview=words)
    fields = {"plain": (words,), "behaviours": (behaviour,), "questions": (words,), "sources": (words,)}
    tree = rendered(document(title=words, summary=words, **fields))
    plain = " ".join(words.split())
    assert f"1.1 {plain}" in [said(each) for each in tree.xpath("//h3")]
    assert said(tree).count(plain) >= 9
    assert tree.xpath("//script | //img | //table | //comment()") == []
    assert [each for each in tree.xpath("//a/@href") if not each.startswith("https://")] == []


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30))
def test_any_title_is_shown_as_it_stands(words):
    heading = next(line for line in document(title=f"a{words}").split("\n") if line.startswith("### 1.1"))
    assert markdown.plain_text(heading) == " ".join(f"1.1 a{words}".split())


PIECES = [*HOSTILE, "\n", "\n\n", "  ", "> ", "    ", "word", "[it](go-slowly.md)"]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_text_shows_the_same_words_in_the_document_as_on_the_page(text):
    part = document(text).split("#### Why it matters\n\n", 1)[1].split("#### What people do")[0]
    page = html.fromstring(f"<div>{markdown.to_html(text)}</div>")
    assert said(rendered(part)) == said(page)


def test_it_ends_with_one_newline_and_has_no_white_space_at_the_end_of_a_line():
    text = document("It does.  \nSo.\n\n\n")
    assert text.endswith("4\n")
    assert re.findall(r"[ \t]+$", text, re.MULTILINE) == []


def test_a_text_that_did_not_change_is_the_same_in_every_version():
    texts = [export.release_markdown(release, SITE) for release in (FIRST, replace(FIRST, version="1.0.1"))]
    assert texts[0].replace("1.0.0", "1.0.1") == texts[1]
