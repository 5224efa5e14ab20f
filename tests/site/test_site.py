"""The built site holds the whole charter: a host that ignored our hook would publish a site without it."""

from __future__ import annotations

import re

from words import plain, text_of


def shown(site, address):
    return text_of((site / address / "index.html").read_text(encoding="utf-8"))


def blocks(section):
    return section.items or section.text.split("\n\n")


def test_every_theme_and_principle_stands_on_its_own_page_word_for_word(built_site, charter):
    missing = []
    for theme in charter.themes:
        page = shown(built_site, f"charter/{theme.id}")
        missing += [block for block in theme.text.split("\n\n") if plain(block) not in page]
    for theme, principle in charter.principles():
        words = [principle.title, principle.summary, *principle.questions, *principle.sources]
        words += [block for section in principle.sections for block in blocks(section)]
        words += [text for b in principle.behaviours for text in (b.behaviour, b.measure, b.support)]
        page = shown(built_site, f"charter/{theme.id}/{principle.id}")
        missing += [(principle.id, each) for each in words if plain(each) not in page]
    assert missing == []


def test_the_whole_charter_stands_on_one_page(built_site, charter):
    binding = {shape.id for shape in charter.sections if shape.binding}
    wanted = [*charter.preamble.split("\n\n"), *(theme.title for theme in charter.themes)]
    for _, principle in charter.principles():
        promises = (section for section in principle.sections if section.id in binding)
        wanted += [principle.title, *(block for section in promises for block in blocks(section))]
    page = shown(built_site, "charter")
    assert [words for words in wanted if plain(words) not in page] == []


def test_no_void_element_ends_in_a_slash(built_site):
    void = re.compile(r"<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b[^>]*/>")
    pages = sorted(built_site.rglob("*.html"))
    found = {page: void.findall(page.read_text(encoding="utf-8")) for page in pages}
    assert [page.relative_to(built_site).as_posix() for page, tags in found.items() if tags] == []
