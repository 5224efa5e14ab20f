"""What changed between two texts of a charter, its class, and the version that follows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_principle, make_release, make_section, make_theme
from charterpress.model import ChangeNote, Charter, Class, Kind, SectionShape
from charterpress.text.interface import MARKS, PSEUDO, use_language
from charterpress.versions import number

SAY_SO = make_section("promises", items=("say so.",))
ROOM = make_principle("room", title="Leave room", sections=(SAY_SO, make_section()))
TIDE = make_principle("tide")


def _charter(*principles, **changes) -> Charter:
    themes = (make_theme("moorings", principles or (ROOM, TIDE)), make_theme("tides"))
    return make_charter(themes=themes, **changes)


def _with(**changes) -> Charter:
    """The charter with other words in one principle."""
    return _charter(replace(ROOM, **changes), TIDE)


def _promising(*items) -> Charter:
    return _with(sections=(make_section("promises", items=items), make_section()))


def _told(old, new, notes=()):
    return [(c.subject, c.field, c.part, c.kind, c.class_) for c in number.changes(old, new, notes)]


C, G, E = Class.COMMITMENT, Class.GUIDANCE, Class.EDITORIAL
OLD = _promising("answer within ten days.", "we may help.")


BASE = _charter()
CHANGES = [
    (BASE, _with(title="Leave more room"), [("room", "title", "", Kind.REWORDED, C)]),
    (BASE, _with(summary="Other words."), [("room", "summary", "", Kind.REWORDED, G)]),
    (BASE, _with(summary="how we room!"), [("room", "summary", "", Kind.PUNCTUATION, E)]),
    (BASE, _with(title="Leave Room"), [("room", "title", "", Kind.PUNCTUATION, C)]),
    (BASE, _charter(preamble="A harbour is ours."), [("preamble", "text", "", Kind.REWORDED, C)]),
    (BASE, _charter(licence="CC0-1.0"), [("charter", "licence", "", Kind.REWORDED, C)]),
    (BASE, _charter(ROOM), [("tide", "", "", Kind.REMOVED, C)]),
    (_charter(ROOM), BASE, [("tide", "", "", Kind.ADDED, C)]),
    (BASE, _charter(TIDE, ROOM), [("moorings", "order", "", Kind.REORDERED, G)]),
    (OLD, _promising("answer within five days.", "we must help."),
     [("room", "promises", "a", Kind.FIGURE, C), ("room", "promises", "b", Kind.STRENGTHENED, C)]),
    (OLD, _promising("answer within ten days.", "write it down at once.", "we may help."),
     [("room", "promises", "b", Kind.ADDED, C)]),
    (OLD, _promising("we may help.", "answer within ten days."),
     [("room", "promises", "", Kind.REORDERED, C)]),
    (OLD, _promising("we may help.", "answer within six days."),
     [("room", "promises", "b", Kind.FIGURE, C), ("room", "promises", "", Kind.REWORDED, C)]),
    (BASE, _with(questions=("When did we do it?",)), [("room", "questions", "1", Kind.REWORDED, G)]),
    (BASE, replace(BASE, repair=("room",)), [("charter", "repair", "", Kind.ADDED, G)]),
    (BASE, _with(plain=("We leave room.",)), [("room", "plain", "", Kind.ADDED, G)]),
    (BASE, _with(behaviours=(replace(ROOM.behaviours[0], interview="When did you do it?"),)),
     [("room", "interview", "", Kind.ADDED, G)]),
    (BASE, _charter(replace(ROOM, id="space", formerly=("room",)), TIDE),
     [("space", "id", "", Kind.RENAMED, G)]),
    (make_charter(themes=(make_theme("moorings", (ROOM, TIDE)), make_theme("tides", ()))),
     make_charter(themes=(make_theme("moorings", (TIDE,)), make_theme("tides", (ROOM,)))),
     [("room", "theme", "", Kind.MOVED, C)]),
    (BASE, _with(sections=(replace(SAY_SO, text=f"{SAY_SO.text}\n\nUnless we are busy."), make_section())),
     [("room", "promises", "", Kind.ADDED, C)]),
    # Of two principles that claim one, the first goes on from it and the other is new.
    (BASE, _charter(*(replace(ROOM, id=id, formerly=("room",)) for id in ("one", "two")), TIDE),
     [("one", "id", "", Kind.RENAMED, G), ("two", "", "", Kind.ADDED, C)]),
    *((BASE, _charter(replace(ROOM, id="both", formerly=formerly)),
       [("both", "id", "", Kind.RENAMED, G), ("tide", "", "", Kind.REMOVED, C)])
      for formerly in (("room", "tide"), ("tide", "room"))),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), CHANGES)
def test_every_change_is_told_with_its_place_and_class(old, new, told):
    assert _told(old, new) == told


@pytest.mark.parametrize(
    ("retires", "kind", "because"),
    [
        ([("room", "")], Kind.RETIRED, "retired, and nothing takes its place"),
        ([("room", "space")], Kind.RETIRED, "retired, and “Leave space” takes its place"),
        ([("room", "tide")], Kind.MERGED, "merged into “Tide”"),
        ([("room", "tide"), ("other", "tide")], Kind.MERGED, "merged into “Tide”"),
        ([("room", "tide"), ("room", "space")], Kind.SPLIT, "split into “Tide” and “Leave space”"),
    ],
)
def test_what_took_the_place_of_a_principle_is_named(retires, kind, because):
    notes = [ChangeNote(id="n", principles=(), class_=C, reason="So.", retires=(each,)) for each in retires]
    space = replace(TIDE, id="space", title="Leave space")
    told = number.changes(_charter(ROOM, TIDE), _charter(TIDE, space), notes)
    assert [(each.kind, each.because) for each in told if each.subject == "room"] == [(kind, because)]


def test_what_covers_a_principle_and_why_it_goes_are_named():
    words = {"principles": (), "class_": C, "reason": "So.", "retires": (("room", "tide"),)}
    note = ChangeNote(id="n", covered=("room",), reasons=(("room", "It was said twice."),), **words)
    (change,) = number.changes(_charter(ROOM, TIDE), _charter(TIDE), [note])
    assert (change.kind, change.because) == (Kind.RETIRED, "retired: “Tide” covers it (It was said twice)")


def test_a_principle_that_lives_on_gives_a_part_away():
    """To a new one, and to one that was there; where no word of a principle changed nothing is said of it."""
    space, less = replace(TIDE, id="space", title="Leave space"), replace(ROOM, sections=(SAY_SO,))
    gives = (("room", "space"), ("room", "tide"), ("tide", "space"))
    note = ChangeNote(id="n", principles=("room",), class_=C, reason="So.", gives=gives)
    told = number.changes(_charter(ROOM, TIDE), _charter(less, TIDE, space), [note])
    assert [(each.subject, each.field, each.kind, each.because) for each in told] == [
        ("room", "gives", Kind.GAVE, "a part of it went to “Leave space” and “Tide”"),
        ("room", "reasons", Kind.REMOVED, ""),
        ("space", "", Kind.ADDED, "added: it takes over a part of “Leave room” and “Tide”"),
    ]
    more = replace(TIDE, summary="How tides come.")
    told = number.changes(_charter(ROOM, TIDE), _charter(less, more), [replace(note, gives=gives[1:2])])
    assert ("tide", "takes", "", Kind.TOOK, G) in [
        (c.subject, c.field, c.part, c.kind, c.class_) for c in told
    ]
    assert number.changes(_charter(ROOM, TIDE), _charter(ROOM, TIDE), [note]) == ()


@pytest.mark.parametrize("after", ["Cafe\u0301 *two*.", "Café _two_.", "Café\n*two*.", "Café *two*.\n"])
def test_other_ways_to_write_the_same_are_no_change(after):
    old, new = (_with(sections=(SAY_SO, make_section(text=text))) for text in ("Café *two*.", after))
    assert number.changes(old, new) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Pay £5 then.", "Pay $5 then.", Kind.REWORDED),
        ("Give 10% more.", "Give 10 more.", Kind.REWORDED),
        ("You & we.", "You, we.", Kind.REWORDED),
        ("At -5 degrees.", "At 5 degrees.", Kind.REWORDED),
        ("See [it](a.md), now.", "See [it](b.md) now.", Kind.LINK),
        ("See [a](a.md) or [b](b.md).", "See [a](b.md) or [b](a.md).", Kind.LINK),
    ],
)
def test_signs_that_are_read_and_links_are_more_than_punctuation(before, after, kind):
    old, new = (_with(sections=(SAY_SO, make_section(text=text))) for text in (before, after))
    assert _told(old, new) == [("room", "reasons", "", kind, G)]


@pytest.mark.parametrize(("before", "after"), [("1. Quay", "2. Quay"), ("# Quay", "Quay"), ("A *b*", "A b")])
def test_a_title_is_no_markdown(before, after):
    changes = number.changes(_charter(title=before), _charter(title=after))
    assert number.computed_class(changes) is C


@pytest.mark.parametrize(
    ("before", "after", "because"),
    [
        ("Ask in ten days, then tell all.", "Ask in six days, then tell some.",
         "“ten” became “six”; “all” became “some”"),
        ("Ask first. Then " + " ".join(["wait"] * 9) + ". So be it.", "Ask us first. So be it.",
         "“us” was put in; “then wait wait wait wait wait wait wait …” was taken out"),
        ("a b c d e f g h i j", "a x c x e x g x i x",
         "“b” became “x”; “d” became “x”; “f” became “x”; “h” became “x”; and 1 more"),
    ],
)  # fmt: skip
def test_each_place_that_changed_is_quoted_by_itself_and_long_passages_are_cut(before, after, because):
    (change,) = number.changes(_with(summary=before), _with(summary=after))
    assert change.because == because


def test_what_decided_a_class_is_told_in_the_language_in_use_each_time():
    """What is kept of a comparison in one language is not shown in another."""
    old, new = (_with(summary=words) for words in ("Ask in ten days.", "Ask in five days."))
    told = {}
    for tag in ("en", PSEUDO, "en"):
        with use_language(tag):
            told[tag] = [change.because for change in number.changes(old, new)]
    assert told["en"] == ["“ten” became “five”"]
    assert [each[0] for each in told[PSEUDO]] == [MARKS[0]]


LETTER = "A letter of ten lines is hard to take back, and easy to write."
TEA = "Tea takes one hour. After an hour of tea somebody laughs at last."


@pytest.mark.parametrize(
    ("before", "after", "kind", "because"),
    [
        ([LETTER, TEA], [TEA, LETTER], Kind.REORDERED, ""),
        ([LETTER, TEA], [TEA.replace("somebody", "everybody"), LETTER], Kind.REWORDED,
         "“somebody” became “everybody”"),
        ([LETTER, TEA], [LETTER, *TEA.replace("laughs", "smiles").split(". ")], Kind.REWORDED,
         "“laughs” became “smiles”"),
        ([LETTER, TEA], [LETTER.replace("ten", "five"), TEA], Kind.FIGURE, "“ten” became “five”"),
        ([LETTER, TEA], [LETTER.replace("A letter", "No letter"), TEA], Kind.REWORDED, "“a” became “no”"),
    ],
    ids=["moved", "moved and edited", "cut in two", "a figure", "no is not a figure"],
)  # fmt: skip
def test_paragraphs_are_compared_with_the_ones_they_were(before, after, kind, because):
    old, new = (_with(sections=(make_section(text="\n\n".join(text)),)) for text in (before, after))
    (change,) = number.changes(old, new)
    assert (change.kind, change.because, change.class_) == (kind, because, G)


@pytest.mark.parametrize(
    ("binding", "kind"), [(True, Kind.WEAKENED), (False, Kind.REWORDED)], ids=["binds", "does not bind"]
)
def test_only_what_binds_is_strengthened_or_weakened(binding, kind):
    shapes = (SectionShape(id="reasons", heading="Why it matters", binding=binding),)
    texts = ("A boat must wait.", "A boat should wait.")
    rooms = (replace(ROOM, sections=(make_section(text=text),)) for text in texts)
    (change,) = number.changes(*(_charter(room, TIDE, sections=shapes) for room in rooms))
    assert change.kind is kind


def test_a_link_that_follows_a_principle_to_another_theme_leads_where_it_led():
    old, new, other = (
        _promising(f"ask [them](../{path}).")
        for path in ("moorings/tide.md#promises", "tides/tide.md#promises", "tides/tied.md#promises")
    )
    assert number.changes(old, new) == ()
    assert [change.kind for change in number.changes(new, other)] == [Kind.LINK]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("see [it](tide.md#promises).", "see [it](../tides/ebb.md#promises).", []),
        ("see [it](<tide.md> 'Tide').", "see [it](<../tides/ebb.md> 'Tide').", []),
        ("see [it](index.md).", "see [it](index.md).", []),
        ("see [it](tide.md).", "see [it](../tides/tied.md).", [Kind.LINK]),
        ("see [it](tide.md).", "see [it](https://tides.example/ebb.md).", [Kind.LINK]),
    ],
)
def test_a_link_that_follows_a_rename_is_the_same_link(before, after, kinds):
    """In the preamble, the text of a theme, and a promise."""

    def made(text, preamble, here, there):
        room = replace(ROOM, sections=(make_section("promises", items=(text,)), make_section()))
        themes = (make_theme("moorings", (room, *here), text=text), make_theme("tides", there))
        return make_charter(themes=themes, preamble=f"See [it](themes/{preamble}).")

    ebb = replace(TIDE, id="ebb", formerly=("tide",))
    old, new = made(before, "moorings/tide.md", (TIDE,), ()), made(after, "tides/ebb.md", (), (ebb,))
    told = {(each.subject, each.kind) for each in number.changes(old, new) if each.subject != "ebb"}
    assert told == {(subject, kind) for subject in ("room", "moorings") for kind in kinds}


def test_the_links_within_a_principle_that_moves_are_the_same_links():
    text = "See [the theme]({}index.md) and [room]({}room.md)."
    before, after = (
        replace(TIDE, sections=(make_section(text=text.format(up, up)),)) for up in ("", "../moorings/")
    )
    old, new = (
        make_charter(themes=(make_theme("moorings", (ROOM, *here)), make_theme("tides", there)))
        for here, there in (((before,), ()), ((), (after,)))
    )
    assert [each.kind for each in number.changes(old, new)] == [Kind.MOVED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://a.example/x/tide.md", "https://a.example/y/tide.md"),
        ("../moorings/index.md", "../tides/index.md"),
        ("/x/tide.md", "/y/tide.md"),
        ("//x/tide.md", "//y/tide.md"),
        ("x:y/tide.md", "z:y/tide.md"),
    ],
)
def test_only_the_files_of_principles_are_known_by_their_names(before, after):
    old, new = (_with(sections=(make_section(text=f"See [it]({to})."),)) for to in (before, after))
    assert [change.kind for change in number.changes(old, new)] == [Kind.LINK]


@pytest.mark.parametrize("after", ["One two.\n\nThree.", "One *two*. Three.", "- One two. Three."])
def test_emphasis_and_layout_are_told_and_count_for_nothing(after):
    """The rendered words are the same, so there is no other version; yet nothing moves unseen."""
    old, new = (_with(sections=(make_section(text=text),)) for text in ("One two. Three.", after))
    told = number.changes(old, new)
    assert [(each.kind, each.class_) for each in told] == [(Kind.LAYOUT, Class.NONE)]
    assert number.computed_class(told) is Class.NONE
    assert number.next_version("1.0.0", number.computed_class(told)) is None
    release = make_release(charter=number.with_version_dates(old, None, (), "1.0.0"))
    dated = number.with_version_dates(new, release, told, "1.0.1")
    assert {principle.changed for _, principle in dated.principles()} == {"1.0.0"}


def test_whether_a_section_binds_stands_in_the_words_of_its_change():
    shapes = (replace(BASE.sections[0], binding=False), BASE.sections[1])
    (change,) = changes = number.changes(BASE, replace(BASE, sections=shapes))
    assert (change.before, change.after) == (
        "We promise to (binds, a list), Why it matters (does not bind)",
        "We promise to (does not bind, a list), Why it matters (does not bind)",
    )
    assert number.computed_class(changes) is C


WORDS = st.sampled_from(
    ["Leave room", "leave room.", "Leave more room", "We must go", "We may go", "Within ten days"]
)


@st.composite
def charters(draw):
    def principle(id):
        promises = make_section("promises", items=draw(st.lists(WORDS, min_size=1, max_size=3)))
        sections = (promises, make_section(text=draw(WORDS)))
        return make_principle(id, title=draw(WORDS), summary=draw(WORDS), sections=sections)

    ids = draw(st.lists(st.sampled_from("abcde"), unique=True, min_size=1))
    cut = draw(st.integers(0, len(ids)))
    themes = [make_theme("one", map(principle, ids[:cut])), make_theme("two", map(principle, ids[cut:]))]
    return make_charter(preamble=draw(WORDS), themes=tuple(themes))


@given(charters(), charters())
def test_a_change_and_its_reversal_have_one_class(old, new):
    assert number.computed_class(number.changes(old, new)) is number.computed_class(number.changes(new, old))
    assert number.changes(old, old) == ()


def _items(charter):
    return [item for _, each in charter.principles() for item in each.sections[0].items]


@given(charters(), charters())
def test_what_became_of_the_commitments_adds_up(old, new):
    counts = number.count_commitments(old, new, number.changes(old, new))
    if counts is None:
        assert len(_items(old)) == len(_items(new))
    else:
        assert len(_items(old)) == counts.before == counts.unchanged + counts.changed + counts.removed
        assert len(_items(new)) == counts.after == counts.unchanged + counts.changed + counts.added


@given(charters(), charters(), WORDS)
def test_the_class_never_falls_when_a_change_is_added(old, new, words):
    before = number.computed_class(number.changes(old, new))
    more = replace(new, preamble=f"{words} and something that was never said")
    assert number.computed_class(number.changes(old, more)).rank >= before.rank


@pytest.mark.parametrize(
    ("current", "class_", "consultation", "following"),
    [
        *((None, C, False, "1.0.0"), (None, C, True, "0.1.0"), ("0.1.0", E, True, "0.1.1")),
        *(("0.9.0", G, True, "0.10.0"), ("0.3.1", C, False, "1.0.0"), ("1.2.3", E, False, "1.2.4")),
        *(("1.2.3", G, False, "1.3.0"), ("1.9.3", C, False, "2.0.0"), ("1.2.3", Class.NONE, False, None)),
    ],
)
def test_the_next_version_follows_from_the_class(current, class_, consultation, following):
    assert number.next_version(current, class_, consultation=consultation) == following


def test_there_is_no_consultation_after_a_version_to_sign():
    with pytest.raises(ValueError, match=r"1\.2\.0 can be signed"):
        number.next_version("1.2.0", G, consultation=True)


def test_versions_are_sorted_as_numbers():
    versions = ["1.2.10", "1.9.0", "1.10.0", "10.0.0"]
    assert sorted(sorted(versions), key=number.version_key) == versions


@pytest.mark.parametrize("version", ["1.0", "1.0.0.0", "01.0.0", "1.0.x", "", "1.0.-1", "²"])
def test_what_is_no_version_is_refused(version):
    with pytest.raises(ValueError, match="is not a version"):
        number.version_key(version)


@pytest.mark.parametrize(
    ("approved", "reason", "class_"),
    [
        *((("a", "b"), "Why.", G), (("a",), "Why.", C), (("a", "b"), " ", C)),
        *((("a", "a"), "Why.", C), (("a", "A "), "Why.", C), (("a", ""), "Why.", C)),
    ],
)
def test_a_class_is_lowered_by_two_approvals_and_a_reason_alone(approved, reason, class_):
    changes = number.changes(BASE, _with(title="Leave more room"))
    note = ChangeNote(id="n", principles=("room",), class_=G, reason=reason, approved_by=approved)
    assert number.approved_class(changes, [note]) is class_


@pytest.mark.parametrize(
    ("other", "class_"),
    [
        ({"class_": C, "approved_by": ()}, C),
        ({"class_": G, "approved_by": ()}, C),
        ({"class_": G, "principles": ("tide",), "approved_by": ()}, G),
        ({"class_": C, "principles": (), "retires": (("room", ""),), "approved_by": ()}, C),
    ],
)
def test_of_several_notes_the_highest_class_counts_and_each_is_approved(other, class_):
    changes = number.changes(_charter(), _with(title="Leave more room"))
    note = ChangeNote(id="n", principles=("room",), class_=G, reason="Why.", approved_by=("a", "b"))
    notes = [note, replace(note, **other)]
    assert [number.approved_class(changes, order) for order in (notes, notes[::-1])] == [class_, class_]
