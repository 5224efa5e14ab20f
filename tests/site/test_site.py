"""The built site holds the whole charter: a host that ignored our hook would publish a site without it."""

from __future__ import annotations

import re

from words import plain, text_of


def words_of(principle):
    """The title of a principle, and its sections, item by item and paragraph by paragraph."""
    yield principle.title
    for section in principle.sections:
        yield from (plain(item) for item in section.items or section.text.split("\n\n"))


def test_every_principle_stands_on_its_own_page_word_for_word(built_site, charter):
    missing = []
    for theme, principle in charter.principles():
        page = built_site / "charter" / theme.id / principle.id / "index.html"
        shown = text_of(page.read_text(encoding="utf-8"))
        behaviours = [
            words for each in principle.behaviours for words in (each.behaviour, each.measure, each.support)
        ]
        wanted = [
            *words_of(principle),
            principle.summary,
            *behaviours,
            *principle.questions,
            *principle.sources,
        ]
        missing += [(principle.id, words) for words in wanted if plain(words) not in shown]
    assert missing == []


def test_the_whole_charter_stands_on_one_page(built_site, charter):
    shown = text_of((built_site / "charter" / "index.html").read_text(encoding="utf-8"))
    binding = {shape.id for shape in charter.sections if shape.binding}
    wanted = [plain(block) for block in charter.preamble.split("\n\n")]
    for theme in charter.themes:
        wanted.append(theme.title)
        for principle in theme.principles:
            wanted.append(principle.title)
            for section in principle.sections:
                if section.id in binding:
                    wanted += [plain(item) for item in section.items or section.text.split("\n\n")]
    assert [words for words in wanted if words not in shown] == []


def test_every_theme_has_a_page_that_leads_to_its_principles(built_site, charter):
    for theme in charter.themes:
        html = (built_site / "charter" / theme.id / "index.html").read_text(encoding="utf-8")
        shown = text_of(html)
        assert [plain(block) for block in theme.text.split("\n\n") if plain(block) not in shown] == []
        assert [each.id for each in theme.principles if f'href="{each.id}/"' not in html] == []


def test_no_void_element_ends_in_a_slash(built_site):
    void = re.compile(r"<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b[^>]*/>")
    pages = sorted(built_site.rglob("*.html"))
    found = {page: void.findall(page.read_text(encoding="utf-8")) for page in pages}
    assert [page.relative_to(built_site).as_posix() for page, tags in found.items() if tags] == []
