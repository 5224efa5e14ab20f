"""Units: the pieces of a charter's text that are translated one by one, and put in one another's place."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import Charter, Foreign, MixedText
from charterpress.read import load
from charterpress.text import markdown
from charterpress.versions.translations import apply, units

ROOT = Path(__file__).parents[2]
TEXT = """\
# Head

A line
broken by hand, and [a link](x.md).

- one
- two
  and a half

  - within

1. first
2. second

> said by
> somebody

Two  \nlines.

***

    code
"""


def charters() -> list[Charter]:
    found = [load(ROOT / path).charter for path in ("charter", "tests/example/brambleford")]
    return [make_charter(), *(each for each in found if each)]


def test_ids_say_where_a_unit_is():
    principle = make_principle("leave-room", plain=("Make way.",))
    charter = make_charter(themes=(make_theme("moorings", principles=(principle,)),))
    ids = """
        charter.title charter.summary preamble.1 sections.promises.heading sections.reasons.heading
        questions.1 kinds.1 kinds.2 moorings.title moorings.summary moorings.text.1 leave-room.title
        leave-room.summary leave-room.promises.1 leave-room.reasons.1 leave-room.plain.1
        leave-room.questions.1 leave-room.sources.1 leave-room.behaviours.1.behaviour
        leave-room.behaviours.1.measure leave-room.behaviours.1.support
    """
    assert list(units(charter)) == ids.split()
    assert {id for id, unit in units(charter).items() if unit.binding} == {
        "charter.title", "preamble.1", "sections.promises.heading", "sections.reasons.heading",
        "moorings.title", "leave-room.title", "leave-room.promises.1",
    }  # fmt: skip


def test_a_text_is_divided_into_blocks_and_items():
    found = units(make_charter(preamble=TEXT))
    assert [unit.words for id, unit in found.items() if id.startswith("preamble.")] == [
        "Head",
        "A line broken by hand, and [a link](x.md).",
        "one",
        "two\nand a half\n\n- within",
        "first",
        "second",
        "said by somebody",
        "Two  \nlines.",
        "    code",
    ]


def test_a_section_called_as_a_list_is_no_other_unit():
    section = make_section("questions", "Whom?")
    charter = make_charter(themes=(make_theme(principles=(make_principle(sections=(section,)),)),))
    charter = replace(charter, sections=(replace(charter.sections[1], id="questions"),))
    found = units(charter)
    assert found["leave-room.sections.questions.1"].words == "Whom?"
    assert found["leave-room.questions.1"].words == "When did we last do it?"


@pytest.mark.parametrize("charter", charters(), ids=lambda charter: charter.title)
def test_every_unit_is_put_in_its_own_place(charter):
    found = units(charter)
    assert apply(charter, {}) == charter
    assert units(apply(charter, {id: unit.words for id, unit in found.items()})) == found
    numbered = {id: f"{unit.words} {place}" for place, (id, unit) in enumerate(found.items())}
    other = units(apply(charter, numbered))
    assert {id: unit.words for id, unit in other.items()} == numbered


def test_the_items_of_a_section_are_those_of_its_text():
    section = make_section("promises", items=("one", "two\n\nand more"))
    charter = make_charter(themes=(make_theme(principles=(make_principle(sections=(section,)),)),))
    texts = {"leave-room.promises.2": "dau\n\na mwy", "leave-room.promises.1": "un"}
    made = next(apply(charter, texts).principles())[1].sections[0]
    assert made.items == ("un", "dau\n\na mwy")
    assert made.text == markdown.bullet_list(made.items)


def test_words_of_another_language_keep_it():
    """A title says so itself, a text of several blocks says which of its lines are."""
    source = Foreign("A harbour is shared.", language="en")
    stale = Foreign("Mae’n cael ei rannu.", language="cy", source="It is shared by all.")
    charter = make_charter(preamble="One.\n\nTwo.\n\n- three\n- four")
    made = apply(charter, {"charter.title": source, "preamble.2": stale, "preamble.4": source})
    assert isinstance(made.title, Foreign)
    assert isinstance(made.preamble, MixedText)
    assert [(each.first, each.last, each.words) for each in made.preamble.passages] == [
        (3, 3, stale),
        (6, 6, source),
    ]
    assert made.preamble == "One.\n\nMae’n cael ei rannu.\n\n- three\n- A harbour is shared."
    alone = apply(make_charter(preamble="Shared."), {"preamble.1": source}).preamble
    assert (type(alone), alone) == (Foreign, source)


def through_a_process(words):
    return pickle.loads(pickle.dumps(words))  # noqa: S301 - made in the same line


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, through_a_process])
def test_copies_keep_their_language(duplicate):
    words = Foreign("shared", language="en", source="x")
    mixed = apply(make_charter(preamble="One.\n\nTwo."), {"preamble.2": words}).preamble
    assert duplicate(words).language == "en"
    assert duplicate(words).source == "x"
    assert isinstance(mixed, MixedText)
    assert duplicate(mixed).passages[0].words.language == "en"
