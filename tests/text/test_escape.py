"""What anybody wrote does nothing where it is shown: terminals, logs, comments, CSV and XML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from charterpress.text import escape
from charterpress.text.markdown import plain_text, to_html

ACTIVE = [
    *("- item", "+ item", "1. item", "2) item", "# heading", "> quote", "=====", "***", "~~~", "| a | b |"),
    *("*em*", "_em_", "~~gone~~", "`code`", "$x$", "[a](https://x.example)", "![a](b.png)", "<b>", "&amp;"),
    *("https://x.example", "WWW.x.example", "a@x.example", ":tada:", "\\*", "12:30", "a\n\n# b", "\u202eabc"),
]


@pytest.mark.parametrize("text", ACTIVE)
def test_markdown_shows_the_text_alone(text):
    shown = to_html(escape.escape_markdown(text))
    assert shown.count("<") == 2  # the paragraph alone
    assert plain_text(escape.escape_markdown(text)).replace("\u200b", "") == escape.escape_controls(
        " ".join(text.split())
    )


@given(st.text())
def test_any_text_is_shown_as_it_is(text):
    line = " ".join(text.split())
    assert plain_text(escape.escape_markdown(text)).replace("\u200b", "") == " ".join(
        escape.escape_controls(line).replace("\u200b", "").split()
    )
    assert plain_text(escape.to_markdown(line)) == line.replace("\0", "\ufffd")


@pytest.mark.parametrize("text", ["@quay", "#12", "GH-12", "quay/club#12", "deadbeef1", "gh-12"])
def test_nothing_refers_to_people_issues_and_commits(text):
    for escaped in (escape.escape_markdown(text), escape.escape_markdown_fragment(text)):
        assert "\u200b" in escaped
        assert escaped.replace("\u200b", "").replace("\\", "") == text


def test_an_autolink_holds_one_address():
    assert escape.markdown_autolink("https://x.example/a b>*_c") == "<https://x.example/a%20b%3E*_c>"
    assert "<" not in to_html(escape.markdown_autolink("javascript:alert(1)"))[3:-5]


@given(st.text(st.sampled_from("a:%\n\r,#[ ")))
def test_nothing_is_a_command_of_a_log(text):
    assert "##[" not in escape.escape_lines(text)
    assert not any(line.lstrip().startswith("::") for line in escape.escape_lines(text).split("\n"))
    assert not set(escape.escape_annotation_property(text)) & set("\r\n:,")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_xml_can_hold_what_is_left(text):
    element = etree.Element("a")
    element.text = escape.replace_invalid_xml(text)
    assert element.text == escape.replace_invalid_xml(element.text)
