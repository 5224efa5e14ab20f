"""What changed between two texts of a charter, its class, and the version that follows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_principle, make_release, make_section, make_theme
from charterpress.model import ChangeNote, Charter, Class, Kind, SectionShape
from charterpress.versions import number

ROOM = make_principle(
    "room", title="Leave room", sections=(make_section("promises", items=("say so.",)), make_section())
)
TIDE = make_principle("tide")


def _charter(*principles, **changes) -> Charter:
    return make_charter(
        themes=(make_theme("moorings", principles or (ROOM, TIDE)), make_theme("tides")), **changes
    )


def _with(**changes) -> Charter:
    """The charter with other words in one principle."""
    return _charter(replace(ROOM, **changes), TIDE)


def _promises(*items):
    return (make_section("promises", items=items), make_section())


def _told(old, new, notes=()):
    return [(c.subject, c.field, c.part, c.kind, c.class_) for c in number.changes(old, new, notes)]


C, G, E = Class.COMMITMENT, Class.GUIDANCE, Class.EDITORIAL
OLD = _with(sections=_promises("answer within ten days.", "we may help."))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (_charter(), _with(title="Leave more room"), [("room", "title", "", Kind.REWORDED, C)]),
        (_charter(), _with(summary="Other words."), [("room", "summary", "", Kind.REWORDED, G)]),
        (_charter(), _with(summary="how we room!"), [("room", "summary", "", Kind.PUNCTUATION, E)]),
        (_charter(), _with(title="Leave Room"), [("room", "title", "", Kind.PUNCTUATION, C)]),
        (_charter(), _charter(preamble="A harbour is ours."), [("preamble", "text", "", Kind.REWORDED, C)]),
        (_charter(), _charter(licence="CC0-1.0"), [("charter", "licence", "", Kind.FIGURE, C)]),
        (_charter(), _charter(ROOM), [("tide", "", "", Kind.REMOVED, C)]),
        (_charter(ROOM), _charter(), [("tide", "", "", Kind.ADDED, C)]),
        (_charter(), _charter(TIDE, ROOM), [("moorings", "order", "", Kind.REORDERED, G)]),
        (
            OLD,
            _with(sections=_promises("answer within five days.", "we must help.")),
            [("room", "promises", "a", Kind.FIGURE, C), ("room", "promises", "b", Kind.STRENGTHENED, C)],
        ),
        (
            OLD,
            _with(sections=_promises("answer within ten days.", "write it down at once.", "we may help.")),
            [("room", "promises", "b", Kind.ADDED, C)],
        ),
        (
            OLD,
            _with(sections=_promises("we may help.", "answer within ten days.")),
            [("room", "promises", "", Kind.REORDERED, C)],
        ),
        (
            _charter(),
            _with(questions=("When did we last do it well?",)),
            [("room", "questions", "1", Kind.REWORDED, G)],
        ),
        (_charter(), replace(_charter(), repair=("room",)), [("charter", "repair", "", Kind.ADDED, G)]),
        (_charter(), _with(plain=("We leave room.",)), [("room", "plain", "", Kind.ADDED, G)]),
        (
            _charter(),
            _with(behaviours=(replace(ROOM.behaviours[0], interview="When did you do it?"),)),
            [("room", "interview", "", Kind.ADDED, G)],
        ),
        (
            _charter(),
            _charter(replace(ROOM, id="space", formerly=("room",)), TIDE),
            [("space", "id", "", Kind.RENAMED, G)],
        ),
    ],
)  # fmt: skip
def test_every_change_is_told_with_its_place_and_class(old, new, told):
    assert _told(old, new) == told


def test_a_principle_is_known_by_its_id_wherever_it_goes():
    moved = make_charter(themes=(make_theme("moorings", (TIDE,)), make_theme("tides", (ROOM,))))
    still = make_charter(themes=(make_theme("moorings", (ROOM, TIDE)), make_theme("tides", ())))
    assert _told(still, moved) == [("room", "theme", "", Kind.MOVED, C)]


@pytest.mark.parametrize(
    ("retires", "kinds"),
    [
        ((("room", ""),), {"room": Kind.RETIRED}),
        ((("room", "new"), ("room", "newer")), {"room": Kind.SPLIT}),
        ((("room", "new"), ("tide", "new")), {"room": Kind.MERGED, "tide": Kind.MERGED}),
    ],
)
def test_a_note_says_whether_what_is_gone_was_retired_split_or_merged(retires, kinds):
    gone = [each for each in (ROOM, TIDE) if each.id not in kinds]
    new = make_charter(themes=(make_theme("moorings", gone), make_theme("tides")))
    note = ChangeNote(id="n", principles=(), class_=C, reason="So.", retires=retires)
    assert {c.subject: c.kind for c in number.changes(_charter(), new, [note])} == kinds


@pytest.mark.parametrize(
    ("retires", "because"),
    [
        ({"room": ""}, "retired, and nothing takes its place"),
        ({"room": "tide"}, "retired, and “Tide” takes its place"),
        ({"room": "tide", "other": "tide"}, "merged into “Tide”"),
        ({"room": "tide", "room ": "space"}, "split into “Tide” and “Leave space”"),
    ],
)
def test_what_took_the_place_of_a_principle_is_named(retires, because):
    notes = [
        ChangeNote(id="n", principles=(), class_=C, reason="So.", retires=((old.strip(), new),))
        for old, new in retires.items()
    ]
    space = replace(TIDE, id="space", title="Leave space")
    told = number.changes(_charter(ROOM, TIDE), _charter(TIDE, space), notes)
    assert [change.because for change in told if change.subject == "room"] == [because]


def test_the_words_that_decided_are_named():
    (change, *_) = number.changes(OLD, _with(sections=_promises("answer within five days.", "we may help.")))
    assert change.because == "“ten” became “five”"


def test_other_spacing_and_forms_of_letters_are_no_change():
    old = _with(
        summary="Café by the quay.",
        sections=(make_section("promises", items=("say so.",)), make_section(text="One two.")),
    )
    new = _with(
        summary="Cafe\u0301 by the quay.",
        sections=(make_section("promises", items=("say so.",)), make_section(text="One\ntwo.")),
    )
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
    old, new = (
        _with(sections=(make_section("promises", items=("say so.",)), make_section(text=text)))
        for text in (before, after)
    )
    assert _told(old, new) == [("room", "reasons", "", kind, G)]


@pytest.mark.parametrize(("before", "after"), [("1. Quay", "2. Quay"), ("# Quay", "Quay"), ("A *b*", "A b")])
def test_a_title_is_no_markdown(before, after):
    changes = number.changes(_charter(title=before), _charter(title=after))
    assert number.computed_class(changes) is C


def test_what_stands_beside_a_list_that_binds_is_a_commitment():
    listed = make_section("promises", items=("say so.",))
    beside = replace(listed, text=f"{listed.text}\n\nUnless we are busy.")
    old, new = (_with(sections=(section, make_section())) for section in (listed, beside))
    assert _told(old, new) == [("room", "promises", "", Kind.ADDED, C)]


@pytest.mark.parametrize("formerly", [("room", "tide"), ("tide", "room")])
def test_the_order_of_former_ids_does_not_matter(formerly):
    new = _charter(replace(ROOM, id="both", formerly=formerly))
    assert _told(_charter(), new) == [("both", "id", "", Kind.RENAMED, G), ("tide", "", "", Kind.REMOVED, C)]


def test_an_old_text_goes_on_once():
    new = _charter(
        replace(ROOM, id="one", formerly=("room",)), replace(ROOM, id="two", formerly=("room",)), TIDE
    )
    assert _told(_charter(), new) == [("one", "id", "", Kind.RENAMED, G), ("two", "", "", Kind.ADDED, C)]


def test_each_place_that_changed_is_quoted_by_itself():
    old, new = (
        _with(summary=words)
        for words in ("Ask in ten days, then tell all.", "Ask in six days, then tell some.")
    )
    (change,) = number.changes(old, new)
    assert change.because == "“ten” became “six”; “all” became “some”"


def test_what_was_put_in_or_taken_out_is_quoted_and_long_passages_are_cut():
    before = "Ask first. Then " + " ".join(["wait"] * 9) + ". So be it."
    (change,) = number.changes(_with(summary=before), _with(summary="Ask us first. So be it."))
    assert change.because == "“us” was put in; “then wait wait wait wait wait wait wait …” was taken out"
    (change,) = number.changes(_with(summary="a b c d e f g h i j"), _with(summary="a x c x e x g x i x"))
    assert change.because == "“b” became “x”; “d” became “x”; “f” became “x”; “h” became “x”; and 1 more"


LETTER = "A letter of ten lines is hard to take back, and easy to write."
TEA = "Tea takes one hour. After an hour of tea somebody laughs at last."


@pytest.mark.parametrize(
    ("before", "after", "kind", "because"),
    [
        ([LETTER, TEA], [TEA, LETTER], Kind.REORDERED, ""),
        (
            [LETTER, TEA],
            [TEA.replace("somebody", "everybody"), LETTER],
            Kind.REWORDED,
            "“somebody” became “everybody”",
        ),
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
    old, new = (
        _charter(replace(ROOM, sections=(make_section(text=text),)), TIDE, sections=shapes)
        for text in ("We take no fee.", "We take some fee.")
    )
    (change,) = number.changes(old, new)
    assert change.kind is kind


def test_a_link_that_follows_a_principle_to_another_theme_leads_where_it_led():
    old, new, other = (
        _with(sections=(make_section("promises", items=(f"ask [them](../{path}).",)), make_section()))
        for path in ("moorings/tide.md#promises", "tides/tide.md#promises", "tides/tied.md#promises")
    )
    assert number.changes(old, new) == ()
    assert [change.kind for change in number.changes(new, other)] == [Kind.LINK]


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


@pytest.mark.parametrize("after", ["One _two_.", "One\n*two*.", "One *two*.\n"])
def test_other_ways_to_write_the_same_are_no_change(after):
    old, new = (_with(sections=(make_section(text=text),)) for text in ("One *two*.", after))
    assert number.changes(old, new) == ()


def test_whether_a_section_binds_stands_in_the_words_of_its_change():
    old = _charter()
    shapes = (replace(old.sections[0], binding=False), old.sections[1])
    (change,) = number.changes(old, replace(old, sections=shapes))
    assert (change.before, change.after) == (
        "We promise to (binds, a list), Why it matters (does not bind)",
        "We promise to (does not bind, a list), Why it matters (does not bind)",
    )


def test_a_section_that_comes_to_bind_is_a_commitment():
    shapes = (
        SectionShape(id="promises", heading="We promise to", binding=True, list=True),
        SectionShape(id="reasons", heading="Why it matters", binding=True),
    )
    assert number.computed_class(number.changes(_charter(), _charter(sections=shapes))) is C


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
    return make_charter(
        preamble=draw(WORDS),
        themes=(
            make_theme("one", [principle(i) for i in ids[:cut]]),
            make_theme("two", [principle(i) for i in ids[cut:]]),
        ),
    )


@given(charters())
def test_a_charter_against_itself_has_not_changed(charter):
    assert number.changes(charter, charter) == ()


@given(charters(), charters())
def test_a_change_and_its_reversal_have_one_class(old, new):
    assert number.computed_class(number.changes(old, new)) is number.computed_class(number.changes(new, old))


@given(charters(), charters(), WORDS)
def test_the_class_never_falls_when_a_change_is_added(old, new, words):
    before = number.computed_class(number.changes(old, new))
    more = replace(new, preamble=f"{words} and something that was never said")
    assert number.computed_class(number.changes(old, more)).rank >= before.rank


@pytest.mark.parametrize(
    ("current", "class_", "consultation", "following"),
    [
        (None, C, False, "1.0.0"),
        (None, C, True, "0.1.0"),
        ("0.1.0", E, True, "0.1.1"),
        ("0.9.0", G, True, "0.10.0"),
        ("0.3.1", C, False, "1.0.0"),
        ("1.2.3", E, False, "1.2.4"),
        ("1.2.3", G, False, "1.3.0"),
        ("1.9.3", C, False, "2.0.0"),
        ("1.2.3", Class.NONE, False, None),
    ],
)
def test_the_next_version_follows_from_the_class(current, class_, consultation, following):
    assert number.next_version(current, class_, consultation=consultation) == following


def test_there_is_no_consultation_after_a_version_to_sign():
    with pytest.raises(ValueError, match=r"1\.2\.0 can be signed"):
        number.next_version("1.2.0", G, consultation=True)


def test_versions_are_sorted_as_numbers():
    assert sorted(["1.10.0", "1.9.0", "1.2.10", "10.0.0"], key=number.version_key) == [
        "1.2.10",
        "1.9.0",
        "1.10.0",
        "10.0.0",
    ]


@pytest.mark.parametrize("version", ["1.0", "1.0.0.0", "01.0.0", "1.0.x", "", "1.0.-1", "²"])
def test_what_is_no_version_is_refused(version):
    with pytest.raises(ValueError, match="is not a version"):
        number.version_key(version)


@pytest.mark.parametrize(
    ("approved", "reason", "class_"),
    [
        (("a", "b"), "Why.", G),
        (("a",), "Why.", C),
        (("a", "b"), " ", C),
        (("a", "a"), "Why.", C),
        (("a", "A "), "Why.", C),
        (("a", ""), "Why.", C),
    ],
)
def test_a_class_is_lowered_by_two_approvals_and_a_reason_alone(approved, reason, class_):
    changes = number.changes(_charter(), _with(title="Leave more room"))
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
