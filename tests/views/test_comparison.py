"""What changed becomes pages: every change in its place, with reason and class, and what stayed folded."""

import re
from dataclasses import replace

import pytest
from lxml import html

from builders import make_charter, make_note, make_principle, make_release, make_section, make_theme
from charterpress.model import Change, Class, Edition, Finding, Kind, Retired, Severity
from charterpress.versions import number
from charterpress.views.comparison import Comparisons, Reason
from charterpress.views.history import History
from charterpress.views.principle_parts import Edit, UnchangedText
from rendering import make_pages

LONG = "It was a good promise while it lasted. " * 30


REST = "Why it matters; What people do: 1; Questions to reflect on: 1; Where it comes from: 1"


def _promises(*items):
    return make_section("promises", items=items)


STAY = make_principle(
    "stay", sections=(_promises("one thing.", "two boats.", "three ropes."), make_section())
)
GO = make_principle("go", sections=(_promises("go slowly."), make_section(text=LONG)))
KEEP = make_principle("keep")
OLD = make_charter(themes=(make_theme("moorings", (STAY, GO)), make_theme("tides", (KEEP,))))
STAY_2 = replace(
    STAY, sections=(_promises("one thing.", "two ships.", "a bell.", "three ropes."), make_section())
)
COME = make_principle("come")
NEW = replace(
    OLD,
    themes=(
        replace(OLD.themes[0], principles=(STAY_2,)),
        replace(OLD.themes[1], principles=(COME, replace(KEEP, id="hold", formerly=("keep",)))),
    ),
)
NEWEST = replace(
    NEW,
    themes=(
        replace(NEW.themes[0], principles=(replace(STAY_2, summary="How we stay, and why."),)),
        NEW.themes[1],
    ),
)
WHY_STAY = make_note("stay", principles=("stay",), reason="Boats have *grown*.", approved_by=("The chair",))
WHY_GO = make_note("go", principles=("go", "come"), reason="Nobody went.", retires=(("go", "come"),))
WHY_KEEP = make_note("keep", principles=("hold",), class_=Class.GUIDANCE, reason="A better name.")
LOWERED = make_note(
    "low", principles=("stay",), class_=Class.EDITORIAL, reason="A slip.", approved_by=("Ann", "Bo")
)
FIRST = make_release(charter=OLD)
SECOND = make_release(
    FIRST, NEW, version="2.0.0", class_=Class.COMMITMENT, found=Class.COMMITMENT, date="2025-03-05",
    notes=(WHY_STAY, WHY_GO, WHY_KEEP),
    retired=(Retired(id="go", title="Go", theme="moorings", version="2.0.0", replacements=("come",)),),
)  # fmt: skip
THIRD = make_release(
    SECOND, NEWEST, version="2.0.1", class_=Class.EDITORIAL, found=Class.GUIDANCE, date="2025-04-05",
    notes=(LOWERED,), retired=SECOND.retired,
)  # fmt: skip
WORKING = replace(
    NEWEST,
    themes=(
        NEWEST.themes[0],
        replace(
            NEWEST.themes[1],
            principles=(replace(COME, sections=(_promises("come every week."), make_section())),
                        *NEWEST.themes[1].principles[1:]),
        ),
    ),
)  # fmt: skip
EDITION = Edition(
    root="charter", charter=WORKING, documents=(), entries=(), releases=(FIRST, SECOND, THIRD),
    notes=(make_note("come", principles=("come",), reason="Daily was too much."),),
)  # fmt: skip
FAULT = Finding(
    path="charter/changes/note.md", line=3, column=1, severity=Severity.ERROR, rule="class-too-low",
    message="the class is too low", fix="write commitment",
)  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return {page.address: page for page in make_pages(EDITION, findings=[FAULT])}


def _tree(page):
    return html.fromstring(f"<main>{page.html}{page.unsearched}</main>")


def _words(element):
    """What can be read, with a space between one element and the next, and none before a mark."""
    return re.sub(r" ([.,:;])", r"\1", " ".join(" ".join(element.itertext()).split()))


def _group(page, id):
    return _tree(page).get_element_by_id(id)


def _with(principle):
    """A charter with nothing but this principle."""
    return make_charter(themes=(make_theme("t", (principle,)),))


def _compared(old, new, *notes):
    """The groups of a comparison of two charters, by what they are about."""
    history = History(Edition(root="c", charter=None, documents=(), entries=()))
    reasons = [Reason(note=note, version="") for note in notes]
    changes = number.changes(old, new, notes)
    return {group.anchor: group for group in Comparisons(history).compare(old, new, changes, reasons).groups}


def test_a_change_stands_among_the_items_that_did_not_change():
    pieces = _compared(OLD, NEW)["stay"].sequence
    assert [
        piece.summary if isinstance(piece, UnchangedText) else (piece.change.part, piece.change.kind)
        for piece in pieces
    ] == [
        "Summary; We promise to: a",
        ("b", Kind.REWORDED),
        ("c", Kind.ADDED),
        f"We promise to: d; {REST}",
    ]


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        (("a one.", "b two.", "c three."), ("a one.", "c three."), ["a", "-b two.", "b"]),
        (("a one.", "b two."), ("b two.",), ["-a one.", "a"]),
        (("a one.", "b two."), ("a one.",), ["a", "-b two."]),
        (("a one.", "a one."), ("a one.",), ["a", "-a one."]),
    ],
)
def test_an_item_that_went_stands_where_it_stood(old, new, order):
    was, now = (
        make_charter(
            themes=(make_theme("t", (replace(STAY, sections=(_promises(*items), make_section())),)),)
        )
        for items in (old, new)
    )
    found = []
    for piece in _compared(was, now)["stay"].sequence:
        if isinstance(piece, Edit):
            found.append(f"-{piece.change.before}")
        else:
            found += [
                name for part in piece.parts if part.heading == "We promise to" for name, _ in part.items
            ]
    assert found == order


def test_every_change_is_shown_once_whatever_the_field():
    beside = make_section("promises", items=("one thing.",))
    before, after = (replace(beside, text=f"{word}\n\n{beside.text}") for word in ("So:", "And so:"))
    one = replace(
        STAY,
        sections=(before, STAY.sections[1]),
        questions=("Is *this* it?", "And [that]?"),
        sources=("A", "B"),
    )
    two = replace(
        one, questions=("Is *this* really it?", "And [that]?"), sources=("B", "A"), sections=(after,),
        title="Stay put", behaviours=(),
    )  # fmt: skip
    old, new = _with(one), _with(two)
    wanted = number.changes(old, new)
    shown = [piece.change for piece in _compared(old, new)["stay"].sequence if isinstance(piece, Edit)]
    assert sorted(shown, key=repr) == sorted((c for c in wanted if c.subject == "stay"), key=repr)


def test_changes_on_the_page_are_numbered_and_linked_in_its_order(made):
    tree = _tree(made["versions/2.0.0/changes/"])
    listed = [link.get("href") for link in tree.cssselect(".summary li a")]
    headings = [f"#{heading.get('id')}" for heading in tree.cssselect(".edit h3")]
    assert listed == headings
    assert len(listed) == len(set(listed)) == 5
    onward = [
        [link.get("href") for link in paragraph.iter("a")] for paragraph in tree.cssselect(".edit__pager")
    ]
    around = zip([None, *headings[:-1]], [*headings[1:], None], strict=True)
    assert onward == [[each for each in pair if each] for pair in around]


def test_no_anchor_stands_twice_and_every_link_within_a_page_has_one(made):
    for page in made.values():
        tree = _tree(page)
        anchors = tree.xpath("//@id")
        assert len(anchors) == len(set(anchors)), page.address
        links = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
        assert links <= set(anchors), page.address


def test_a_principle_that_came_is_shown_whole_with_what_it_replaces(made):
    group = _group(made["versions/2.0.0/changes/"], "come")
    (whole,) = group.cssselect("ins.whole")
    assert _words(whole).startswith("All of this is new, inserted: Summary How we come.")
    assert _words(whole).endswith("end of insertion")
    assert "It replaces Go (was 1.2)." in _words(group)


def test_a_principle_that_went_is_folded_where_it_is_long_and_linked_to_its_page(made):
    group = _group(made["versions/2.0.0/changes/"], "go")
    (fold,) = group.cssselect("details:not([open])")
    assert LONG.strip() in _words(fold.cssselect("del.whole")[0])
    assert [(link.text, link.get("href")) for link in group.cssselect(".edit > p:not(.edit__pager) a")] == [
        ("2.1 Come", "../../../versions/2.0.0/#come"),
        ("“Go” on its own page", "../../../charter/moorings/go/"),
    ]
    assert "charter/moorings/go/" in made


def test_a_short_one_is_not_folded():
    group = _compared(OLD, replace(OLD, themes=OLD.themes[:1]))["keep"]
    assert group.whole is not None
    assert not group.whole.folded


def test_a_split_one_names_its_heirs_in_the_charters_order():
    halves = (make_principle("half-b"), make_principle("half-a"))
    new = replace(OLD, themes=(replace(OLD.themes[0], principles=(STAY,)),
                               replace(OLD.themes[1], principles=(*halves, KEEP))))  # fmt: skip
    note = make_note(principles=("go",), retires=(("go", "half-a"), ("go", "half-b")))
    group = _compared(OLD, new, note)["go"]
    assert (group.edits[0].change.kind, group.heirs) == (Kind.SPLIT, ("half-b", "half-a"))


def test_a_moved_principle_says_from_where_to_where_and_shows_no_words():
    new = replace(OLD, themes=(replace(OLD.themes[0], principles=(GO,)),
                               replace(OLD.themes[1], principles=(KEEP, STAY))))  # fmt: skip
    second = make_release(FIRST, new, version="2.0.0")
    edition = replace(EDITION, releases=(FIRST, second), charter=new, notes=())
    page = next(p for p in make_pages(edition) if p.address == "versions/2.0.0/changes/")
    group = _group(page, "stay")
    assert "2.2 Stay was moved from the theme “Moorings” to “Tides”." in _words(group)
    assert group.cssselect(".redline") == []


def test_the_reason_and_who_approved_stand_with_what_they_are_about(made):
    page = made["versions/2.0.0/changes/"]
    assert [_words(each) for each in _group(page, "stay").cssselect(".reason")] == [
        "Why Boats have grown. Approved by The chair"
    ]
    assert [_words(each) for each in _group(page, "go").cssselect(".reason")] == ["Why Nobody went."]


def test_a_lowered_class_shows_what_was_computed_what_was_decided_and_by_whom(made):
    page = made["versions/2.0.1/changes/"]
    group = _group(page, "stay")
    assert [_words(each) for each in group.cssselect(".approved-class div")] == [
        "Computed class guidance",
        "Decided class editorial",
        "Approved by Ann and Bo",
    ]
    assert "A slip." in _words(group)
    facts = _words(_tree(page).cssselect("dl.facts")[0])
    assert facts.startswith("Computed class guidance Decided class editorial")


def test_over_several_versions_each_reason_says_which_it_belongs_to(made):
    group = _group(made["versions/compare/1.0.0..2.0.1/"], "stay")
    assert [_words(each.cssselect("p")[0]) for each in group.cssselect(".reason")] == [
        "Why, in version 2.0.0",
        "Why, in version 2.0.1",
    ]


def test_much_that_did_not_change_is_named_and_led_to_in_the_newer_version(made):
    """A few words between changes stay on the page, folded; a whole section more would be carried along on
    every page that tells of a change beside it."""
    long = replace(STAY, sections=(STAY.sections[0], make_section(text=LONG)))
    new = replace(long, sections=(STAY_2.sections[0], long.sections[1]))
    second = make_release(make_release(charter=_with(long)), _with(new), version="2.0.0")
    releases = (make_release(charter=_with(long)), second)
    edition = replace(EDITION, releases=releases, charter=_with(new), notes=())
    page = next(p for p in make_pages(edition) if p.address == "versions/2.0.0/changes/")
    group = _group(page, "stay")
    (line,) = group.cssselect(".unchanged-link")
    assert _words(line) == f"Not changed: We promise to: d; {REST} Read it in the whole text: 1.1 Stay"
    assert [link.get("href") for link in line.cssselect("a")] == ["../../../versions/2.0.0/#stay"]
    assert LONG.strip() not in _words(group)
    assert [_words(fold) for fold in group.cssselect("details")] == [
        "Not changed: Summary; We promise to: a Summary How we stay. We promise to a one thing."
    ]


def test_what_did_not_change_at_all_stands_in_one_line(made):
    (line,) = _tree(made["versions/2.0.1/changes/"]).cssselect(".unchanged")
    assert _words(line) == "Not changed: 1 Moorings; 2 Tides; 2.1 Come; 2.2 Keep."


def test_side_by_side_the_old_words_stand_left_and_the_new_ones_right(made):
    group = _group(made["versions/2.0.0/changes/"], "stay")
    (beside,) = group.cssselect(".beside")
    left, right = beside.cssselect(".redline")
    for column, name, mark, other in ((left, "Old", "boats", "ins"), (right, "New", "ships", "del")):
        assert _words(column).startswith(f"{name} words two ")
        assert mark in _words(column)
        assert column.cssselect(other) == []


def test_links_lead_to_the_newer_version_or_where_it_has_no_such_place_to_the_older(made):
    def linked(principle, text):
        return replace(principle, sections=(principle.sections[0], make_section(text=text)))

    old = replace(OLD, themes=(make_theme("moorings", (linked(STAY, "See [it](go.md)."), GO)),
                               OLD.themes[1]))  # fmt: skip
    new = replace(old, themes=(make_theme("moorings", (linked(STAY, "Do see [it](go.md)."),)), OLD.themes[1]))
    first = make_release(charter=old)
    second = make_release(
        first, new, version="2.0.0", notes=(make_note(principles=("stay", "go"), retires=(("go", ""),)),),
        retired=(Retired(id="go", title="Go", theme="moorings", version="2.0.0"),),
    )  # fmt: skip
    edition = replace(EDITION, releases=(first, second), charter=new, notes=())
    found = {p.address: p for p in make_pages(edition)}
    links = _group(found["versions/2.0.0/changes/"], "stay").xpath(
        ".//div[@class='redline redline--one']//a/@href"
    )
    assert links == ["../../../versions/1.0.0/#go"]
    history = _tree(found["charter/moorings/stay/"]).xpath("//details//a[text()='it']/@href")
    assert set(history) <= {"../../../versions/1.0.0/#go", ""}


def test_nothing_in_a_change_runs(made):
    hostile = "<img src=x onerror=alert(1)> {{ 7 * 7 }} </script><!--next-->"
    new = replace(OLD, themes=(replace(OLD.themes[0], principles=(
        replace(STAY, title=hostile, sources=(hostile,), sections=(_promises(hostile), make_section())), GO)),
        OLD.themes[1]))  # fmt: skip
    note = make_note(principles=("stay",), reason=hostile, approved_by=(hostile, "Bo"))
    second = make_release(FIRST, new, version="2.0.0", notes=(note,))
    edition = replace(EDITION, releases=(FIRST, second), charter=new, notes=(note,))
    for page in make_pages(edition):
        tree = _tree(page)
        assert tree.cssselect("img") == []
        assert [each for each in tree.iter("script") if not each.get("src") and not each.get("type")] == []
        assert [each for each in tree.iter() if each.tag is html.etree.Comment] == []


def test_the_draft_says_the_next_number_what_decided_it_and_what_is_in_the_way(made):
    words = _words(_tree(made["draft/"]))
    assert "If it were released today, it would be version 3.0.0." in words
    assert "This is the one that decided it: 2.1 Come: commitment a has another figure or deadline." in words
    assert "charter/changes/note.md, line 3: the class is too low. To mend it: write commitment." in words
    assert "class-too-low" in words
    clean = {page.address: page for page in make_pages(EDITION)}["draft/"]
    assert "Nothing: it could be released today." in _words(_tree(clean))


def test_a_principles_history_goes_back_through_its_names_newest_open(made):
    tree = _tree(made["charter/tides/hold/"])
    steps = tree.cssselect("details.step")
    assert [(_words(each.cssselect(".step__name")[0]), each.get("open") is not None) for each in steps] == [
        ("Version 2.0.0", True),
        ("Version 1.0.0", False),
    ]
    assert steps[1].xpath(".//a/@href") == ["../../../versions/1.0.0/#keep"]


def test_addresses_of_what_was_renamed_lead_to_what_it_is_now(made):
    assert made["charter/tides/keep/"].moved_to == "charter/tides/hold/"


def test_the_page_for_any_pair_lists_every_comparison_that_is_there(made):
    tree = _tree(made["versions/compare/"])
    links = tree.xpath("//table//td/a/@href")
    assert links == ["../2.0.1/changes/", "../2.0.0/changes/", "2.0.0..2.0.1/", "1.0.0..2.0.1/"]
    assert [each.get("value") for each in tree.xpath("//select[@name='from']/option")] == [
        "1.0.0", "2.0.0", "2.0.1",
    ]  # fmt: skip


def test_what_is_kept_for_other_pages_is_the_same_as_made_anew():
    together = {page.address: page for page in make_pages(EDITION)}
    alone = replace(EDITION, releases=EDITION.releases[:2], charter=NEW)
    found = {page.address: page for page in make_pages(alone)}
    texts = [
        each["versions/1.0.0/"].html.partition('<section class="overview"')[2] for each in (together, found)
    ]
    assert texts[0] == texts[1] != ""
    at = "versions/2.0.0/changes/"
    body = [_words(_group(each[at], "stay")) for each in (together, found)]
    assert body[0] == body[1]


def test_a_change_knows_its_own_kind():
    kinds = {
        (group.anchor, edit.change.kind)
        for group in _compared(OLD, NEW, WHY_GO).values()
        for edit in group.edits
    }
    assert kinds == {
        ("stay", Kind.REWORDED), ("stay", Kind.ADDED), ("go", Kind.RETIRED), ("come", Kind.ADDED),
        ("hold", Kind.RENAMED),
    }  # fmt: skip
    assert isinstance(_compared(OLD, NEW)["stay"].edits[0].change, Change)
