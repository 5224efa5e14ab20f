"""How pages and commands begin to tell what changed: the commitments counted, what binds first."""

import re
from dataclasses import replace

import pytest
from lxml import html

from builders import make_charter, make_note, make_principle, make_release, make_section, make_theme
from charterpress.model import Class, Edition, SectionShape
from charterpress.versions import number
from rendering import make_pages


def _promising(*items, id="room", **changes):
    return make_principle(id, sections=(make_section("promises", items=items), make_section()), **changes)


def _charter(*principles, **changes):
    return make_charter(themes=(make_theme("moorings", principles),), **changes)


def _counts(old, new):
    counts = number.count_commitments(old, new, number.changes(old, new))
    return counts and (
        counts.before,
        counts.after,
        counts.unchanged,
        counts.changed,
        counts.added,
        counts.removed,
    )


ONE, TWO, THREE = "answer within ten days.", "say what went wrong.", "leave a space for others."
TIDE = _promising("go with the tide.", "come back.", id="tide")


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ([ONE, TWO], [ONE, TWO, THREE], (2, 3, 2, 0, 1, 0)),
        ([ONE, TWO, THREE], [THREE], (3, 1, 1, 0, 0, 2)),
        ([ONE, TWO], ["answer within five days.", TWO], (2, 2, 1, 1, 0, 0)),
        ([ONE, TWO], [TWO, ONE], None),
        ([ONE, TWO], [ONE, TWO], None),
    ],
)
def test_what_became_of_the_items_of_a_principle_is_counted(old, new, counts):
    assert _counts(_charter(_promising(*old), TIDE), _charter(_promising(*new), TIDE)) == (
        counts and (counts[0] + 2, counts[1] + 2, counts[2] + 2, *counts[3:])
    )


def test_a_principle_counts_with_all_its_items_and_one_that_was_renamed_as_before():
    room = _promising(ONE, TWO)
    assert _counts(_charter(room, TIDE), _charter(room)) == (4, 2, 2, 0, 0, 2)
    assert _counts(_charter(room), _charter(room, TIDE)) == (2, 4, 2, 0, 2, 0)
    moved = _promising(ONE, THREE, id="space", formerly=("room",))
    assert _counts(_charter(room, TIDE), _charter(TIDE, moved)) == (4, 4, 3, 0, 1, 1)


def test_nothing_is_counted_where_another_section_binds_now():
    old = _charter(_promising(ONE, TWO))
    shapes = tuple(replace(each, binding=False) for each in old.sections)
    new = replace(old, sections=(*shapes, SectionShape(id="more", heading="More", binding=True)))
    new = replace(new, themes=(replace(new.themes[0], principles=(_promising(ONE, THREE),)), *new.themes[1:]))
    assert _counts(old, new) is None


def _list(old, new):
    """The list of changes on the page of version 2.0.0, as a tree."""
    first = make_release(charter=old)
    note = make_note("all", principles=("room", "tide"), reason="So.")
    second = make_release(
        first, new, version="2.0.0", class_=Class.COMMITMENT, found=Class.COMMITMENT, notes=(note,)
    )
    edition = Edition(root="charter", charter=new, documents=(), entries=(), releases=(first, second))
    page = next(each for each in make_pages(edition) if each.address == "versions/2.0.0/changes/")
    (section,) = html.fromstring(f"<main>{page.html}</main>").find_class("summary")
    return section


def _words(element):
    return " ".join(re.sub(r"\s+", " ", " ".join(element.itertext())).split())


def test_of_many_changes_those_that_bind_come_first_by_theme_and_principle():
    """Each change has one link, whether it is in the list or in the fold."""
    old = _charter(_promising(ONE, TWO, THREE, questions=("Why?",)), TIDE, preamble="A harbour.")
    room = _promising(ONE, summary="Other.", questions=tuple(f"Which {each}?" for each in "abcdefghijk"))
    new = _charter(room, replace(TIDE, plain=("We come.",)), preamble="A quay.")
    section = _list(old, new)
    counts, first = section.findall("p")
    assert _words(counts) == "3 commitments, 5 before: 3 unchanged, 0 changed, 0 added, 2 taken out."
    assert _words(first) == "3 changes are in the words that bind, and come first."
    assert [_words(each) for each in section.findall("h3")] == ["1 Moorings"]
    preamble, moorings = section.findall("ul")
    assert _words(preamble) == "Preamble was reworded."
    assert _words(moorings) == (
        "1.1 Room The former commitment b was taken out. The former commitment c was taken out."
    )
    (fold,) = section.findall("details")
    links = [
        each.get("href")
        for each in section.iter("a")
        if "." in each.get("href") and each.getparent().tag == "li"
    ]
    count = int(_words(section.find("h2")).split()[0])
    assert count == len(links) == len(set(links))
    assert _words(fold.find("summary")) == f"{count - 3} changes in words that don’t bind"
    assert len(fold.findall(".//a")) == count - 3


def test_a_few_changes_are_listed_as_they_come():
    section = _list(_charter(_promising(ONE, TWO), TIDE), _charter(_promising(ONE, summary="Other."), TIDE))
    assert [_words(each) for each in section.findall("ul/li")] == [
        "1.1 Room: the summary was reworded.",
        "1.1 Room: the former commitment b was taken out.",
    ]
    assert (
        _words(section.find("p")) == "3 commitments, 4 before: 3 unchanged, 0 changed, 0 added, 1 taken out."
    )
    assert section.find("details") is None
