"""Which binding sentences are marked as what partners write down at the start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import SHAPES, make_charter, make_principle, make_section, make_theme
from charterpress.model import SectionShape
from charterpress.versions.starting import Place, marked_places


def _charter(*items, shapes=SHAPES, section=None):
    sections = (section or make_section("promises", items=items), make_section(text="On the first page."))
    principle = make_principle("leave-room", sections=sections)
    return make_charter(themes=(make_theme("moorings", (principle,)),), sections=shapes)


@pytest.mark.parametrize(
    ("item", "phrase"),
    [
        ("say on the first page who sails.", "first page"),
        ("say on the **first\npage** who sails.", "First  Page"),
        ("auf der ersten Seite STRASSE nennen.", "straße"),
        ("在第一页上写明谁会航行。", "第一页"),
    ],
)
def test_capitals_emphasis_and_line_breaks_make_no_difference(item, phrase):
    found = list(marked_places(_charter("moor at the end.", item), [phrase]))
    assert found == [Place("leave-room", "promises", 1)]


@pytest.mark.parametrize("phrases", [(), ("",), (" ",), ("last page",), ("end. say",)])
def test_nothing_else_is_marked(phrases):
    assert list(marked_places(_charter("moor at the end.", "say on the first page."), phrases)) == []


def test_a_section_that_is_no_list_is_marked_as_a_whole():
    prose = (SectionShape(id="promises", heading="In full", binding=True), SHAPES[1])
    charter = _charter(shapes=prose, section=make_section("promises", text="First.\n\nOn the first page."))
    assert list(marked_places(charter, ["first page"])) == [Place("leave-room", "promises", None)]


def test_a_translation_is_marked_where_the_words_it_was_made_from_are():
    section = replace(
        make_section("promises", items=("angori.", "ar y dudalen gyntaf.")),
        source_items=("moor.", "on the first page."),
    )
    found = list(marked_places(_charter(section=section), ["first page"]))
    assert found == [Place("leave-room", "promises", 1)]
