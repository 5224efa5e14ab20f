"""Markdown as blocks with their places, as safe HTML, and as words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterpress.text.markdown import is_safe_link, parse_blocks, plain_text, to_html

TEXT = """\
## We will

- keep *one* [promise](other.md#why)
- keep

  another

> Said <b>they</b>.
> And ![a picture](x.png)
"""


OUTLINE = """\
heading2 10-10:4 'We will'
bullet_list 12-15:1 '- keep *one* [promise](other.md#why)\\n- keep\\n\\n  another'
  list_item 12-12:1 'keep *one* [promise](other.md#why)'
    paragraph 12-12:3 'keep *one* [promise](other.md#why)' -> 'promise' other.md#why 12:14
  list_item 13-15:1 'keep\\n\\nanother'
    paragraph 13-13:3 'keep'
    paragraph 15-15:3 'another'
quote 17-18:1 'Said <b>they</b>.\\nAnd ![a picture](x.png)'
  paragraph 17-18:3 'Said <b>they</b>.\\nAnd ![a picture](x.png)' -> 'a picture' x.png 18:7 image
    html 17-17:8 '<b>'
    html 17-17:15 '</b>'
"""


def outline(blocks, indent="") -> str:
    lines = []
    for each in blocks:
        links = [
            f" -> {link.text!r} {link.target} {link.line}:{link.column}{' image' * link.image}"
            for link in each.links
        ]
        kind = f"{each.kind}{each.level or ''}"
        lines.append(f"{indent}{kind} {each.line}-{each.end}:{each.column} {each.text!r}{''.join(links)}\n")
        lines.append(outline(each.children, f"{indent}  "))
    return "".join(lines)


def test_blocks_know_their_lines_columns_and_links():
    """Lines count from the first line given, columns from 1; a list item has its text without the bullet."""
    assert outline(parse_blocks(TEXT, first_line=10)) == OUTLINE


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<div>\n\ntext\n", ["html", "paragraph"]),
        ("<!-- a comment -->\n", ["html"]),
        ("| a |\n|---|\n| b |\n", ["table"]),
        ("```\ncode\n```\n\n    more code\n", ["code", "code"]),
        ("1. one\n\n---\n\n[ref]: x.md\n", ["ordered_list", "rule"]),
        ("Title\n=====\n", ["heading"]),
    ],
)
def test_every_kind_of_block_is_told(text, kinds):
    assert [block.kind for block in parse_blocks(text)] == kinds


def test_a_link_keeps_its_target_as_written():
    """Even one that no page would show: a rule has to see it."""
    (block,) = parse_blocks(
        "[a](javascript:alert(1)) <https://b.example> [c][d] [e](<f g.md>)\n\n[d]: ../x.md\n"
    )
    assert [(link.text, link.target, link.column) for link in block.links] == [
        ("a", "javascript:alert(1)", 1),
        ("https://b.example", "https://b.example", 26),
        ("c", "../x.md", 46),
        ("e", "f g.md", 53),
    ]


def test_html_shows_markup_and_rewrites_links():
    text = '# A\n\nSee [*b*](c.md "t").\n\n###### D\n'
    assert to_html(text, link=lambda target: target.replace(".md", "/"), heading_shift=2) == (
        '<h3>A</h3>\n<p>See <a href="c/" title="t"><em>b</em></a>.</p>\n<h6>D</h6>\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<!-- x -->", "<p>&lt;!-- x --&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>a</p>\n"),
        ("[a](JaVaScript&colon;alert)", "<p>a</p>\n"),
        ("[a](data:text/html,x)", "<p>a</p>\n"),
        ("[a](//evil.example)", "<p>a</p>\n"),
        ("[a](</\\evil.example>)", "<p>a</p>\n"),
        ("<vbscript:x>", "<p>vbscript:x</p>\n"),
        ('[a](x "\\"><b>")', '<p><a href="x" title="&quot;&gt;&lt;b&gt;">a</a></p>\n'),
        ("![a *b*](x.png)", "<p>a b</p>\n"),
        ('```"><script>\nx\n```', '<pre><code class="language-&quot;&gt;&lt;script&gt;">x\n</code></pre>\n'),
    ],
)
def test_html_is_safe_whatever_the_text(text, expected):
    assert to_html(text) == expected


def test_a_rewritten_target_is_judged_too():
    assert to_html("[a](b)", link=lambda _: "javascript:x") == "<p>a</p>\n"


@given(st.text(alphabet="<>&\"'[]()!*_`\\/:jJavscript data#x \n\t", max_size=60))
def test_no_text_makes_a_tag_or_target_of_its_own(text):
    page = to_html(text)
    tags = "p|a|em|strong|code|pre|h[1-6]|ul|ol|li|blockquote|hr|br"
    allowed = rf"</?(?:{tags})(?: (?:href|title|class|start)=\"[^\"<>]*\")* ?/?>"
    assert re.sub(allowed, "", page).count("<") == 0
    assert [target for target in re.findall(r'href="([^"]*)"', page) if not is_safe_link(target)] == []


def test_plain_gives_the_words_alone():
    assert (
        plain_text("# A *b*\n\nc\nd [e](f) `g` ![h](i)\n\n- j\n- k &amp; l\n") == "A b\nc d e g h\nj\nk & l"
    )


@pytest.mark.serial
@pytest.mark.parametrize(
    "text",
    [
        *("> " * 30_000, "[" * 9_000, "*a **b " * 5_000, "- " * 30_000, "![" * 4_500),
        *("![[](){a: b\n<a>" * 2_000, "> # a\nb\n" * 4_000, "(a: b\n>[a]: b\n|a|b|\n|-|-|\n" * 1_400),
    ],
    ids=len,
)
def test_text_meant_to_be_slow_is_not(text):
    start = time.process_time()
    parse_blocks(text)
    to_html(text)
    assert time.process_time() - start < 5


def test_what_is_made_at_the_first_link_is_there_before_any_thread_asks_for_it():
    """A library makes tables as they are read: another thread found them half made, and a build failed."""
    code = (
        "import charterpress.text.markdown\n"
        "from mdurl import _decode, _encode\n"
        "encode, decode = len(_encode.encode_cache), len(_decode.decode_cache)\n"
        "charterpress.text.markdown.to_html('[a](/b%20c) <https://x.example/ü> [d](mailto:e@f.example)')\n"
        "assert 0 < encode == len(_encode.encode_cache)\n"
        "assert 0 < decode == len(_decode.decode_cache)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
