"""The messages of pages in Markdown, and such pages in another language."""

from __future__ import annotations

import markdown
import pytest

from charterpress.outputs.generic_pages import generic_files, page_sources, page_text, translated_pages
from charterpress.text.interface import PSEUDO, pseudo
from charterpress.text.markdown_messages import markdown_messages, translate_markdown
from charterpress.views.repository import Repository

PAGE = """\
---
title: How to sign
forms:
  Sign it: sign.yml
---

# Who may *sign*

Somebody who speaks for the whole
organisation.{% if editors %} [Rules](rules.md).{% endif %}

1. Read it.

       $ charter check
2. Say so:
   - aloud, or
   - on paper

| address | what |
|---|---|
| `sign.yml` | a \\| b |

<!-- said: once -->
```
No words of a page
```

## Who may sign { #who }
## Who may sign
"""
MESSAGES = [
    (2, "How to sign"),
    (4, "Sign it"),
    (7, "Who may *sign*"),
    (9, "Somebody who speaks for the whole organisation."),
    (10, "[Rules](rules.md)."),
    (12, "Read it."),
    (15, "Say so:"),
    (16, "aloud, or"),
    (17, "on paper"),
    (19, "address"),
    (19, "what"),
    (21, "a \\| b"),
    (28, "Who may sign"),
    (29, "Who may sign"),
]


def marked(message):
    return f"<{message}> | x"


def test_every_block_of_words_is_a_message_and_code_is_none():
    assert list(markdown_messages(PAGE)) == MESSAGES


def test_a_page_is_translated_in_place():
    shown = translate_markdown(PAGE, marked)
    assert '"<How to sign> | x"\n' in shown
    assert '  "<Sign it> | x": sign.yml\n' in shown
    assert "\n<Somebody who speaks for the whole organisation.> | x{% if" in shown
    assert "   - <aloud, or> | x\n   - <on paper> | x\n" in shown
    assert "| `sign.yml` | <a \\| b> \\| x |" in shown
    assert "       $ charter check\n2. <Say so:> | x\n" in shown
    assert "<!-- said: once -->\n```\nNo words" in shown


def test_headings_keep_the_anchors_that_their_source_has():
    def anchors(page):
        parser = markdown.Markdown(extensions=["toc", "attr_list"])
        parser.convert(page.partition("---\n\n")[2])
        return [each["id"] for each in parser.toc_tokens] + [
            each["id"] for top in parser.toc_tokens for each in top["children"]
        ]

    english = PAGE.replace(" { #who }", "")
    assert anchors(translate_markdown(english, pseudo)) == anchors(english)


def test_a_page_of_which_a_message_has_no_translation_is_not_translated():
    assert translate_markdown(PAGE, lambda message: None if message == "Read it." else message) is None


@pytest.mark.parametrize("name", [name for name in page_sources(editors=True) if name.endswith(".md")])
def test_every_page_of_the_package_is_the_same_in_pieces(name):
    page = page_sources(editors=True)[name].read_text(encoding="utf-8")
    assert translate_markdown(page, lambda message: message) == page
    assert not any("{%" in words or "```" in words for _, words in markdown_messages(page))


def test_pages_stand_in_english_where_the_language_has_no_catalog_of_them():
    options = {"repository": Repository(), "editors": False, "reports": True}
    assert dict(generic_files("de", **options)) == dict(generic_files("en-GB", **options))
    assert not dict(translated_pages("de", **options))
    assert set(dict(translated_pages(PSEUDO, **options))) == {"sign.md", "propose.md", "report.md"}


def test_a_page_is_a_template_in_every_language():
    source = page_sources(editors=True)["propose.md"]
    shown = page_text(source, PSEUDO, repository=Repository(), editors=True)
    assert "{%" not in shown
    assert pseudo("[These are its rules](editors/rules.md).") in shown
