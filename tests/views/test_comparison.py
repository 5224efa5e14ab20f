"""What changed becomes pages: every change in its place, with reason and class, and what stayed folded."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from builders import make_charter, make_note, make_principle, make_release, make_section, make_theme
from charterpress.model import Class, Edition, Finding, Kind, Retired, Severity
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
KEEP = make_principle("keep")
COME = make_principle("come")
GO = make_principle("go", sections=(_promises("go slowly."), make_section(text=LONG)))


def _charter_of(moorings, tides=(KEEP,)):
    return make_charter(themes=(make_theme("moorings", moorings), make_theme("tides", tides)))


OLD = _charter_of((STAY, GO))
STAY_2 = replace(
    STAY, sections=(_promises("one thing.", "two ships.", "a bell.", "three ropes."), make_section())
)

HOLD = replace(KEEP, id="hold", formerly=("keep",))
NEW = _charter_of((STAY_2,), (COME, HOLD))
WHY_STAYING = replace(STAY_2, summary="How we stay, and why.")
NEWEST = _charter_of((WHY_STAYING,), (COME, HOLD))
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
COME_OFTEN = replace(COME, sections=(_promises("come every week."), make_section()))
WORKING = _charter_of((WHY_STAYING,), (COME_OFTEN, HOLD))
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


def _released(new, *, old=FIRST, notes=(), **second):
    later = make_release(old, new, version="2.0.0", notes=notes, **second)
    edition = replace(EDITION, releases=(old, later), charter=new, notes=())
    return {page.address: page for page in make_pages(edition)}


def _group(page, id):
    return _tree(page).get_element_by_id(id)


def _with(principle):
    return make_charter(themes=(make_theme("t", (principle,)),))


def _compared(old, new, *notes):
    history = History(Edition(root="c", charter=None, documents=(), entries=()))
    reasons = [Reason(note=note, version="") for note in notes]
    changes = number.changes(old, new, notes)
    return {group.anchor: group for group in Comparisons(history).compare(old, new, changes, reasons).groups}


def test_a_change_stands_among_the_items_that_did_not_change():
    assert [
        piece.summary if isinstance(piece, UnchangedText) else (piece.change.part, piece.change.kind)
        for piece in _compared(OLD, NEW)["stay"].sequence
    ] == ["Summary; We promise to: a", ("b", Kind.REWORDED), ("c", Kind.ADDED), f"We promise to: d; {REST}"]


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
    was, now = (_with(replace(STAY, sections=(_promises(*items), make_section()))) for items in (old, new))
    found = []
    for piece in _compared(was, now)["stay"].sequence:
        if isinstance(piece, Edit):
            found.append(f"-{piece.change.before}")
        else:
            promises = (part for part in piece.parts if part.heading == "We promise to")
            found += [name for part in promises for name, _ in part.items]
    assert found == order


def test_every_change_is_shown_once_whatever_the_field():
    beside = make_section("promises", items=("one thing.",))
    before, after = (replace(beside, text=f"{word}\n\n{beside.text}") for word in ("So:", "And so:"))
    questions = ("Is *this* it?", "And [that]?")
    one = replace(STAY, sections=(before, STAY.sections[1]), questions=questions, sources=("A", "B"))
    two = replace(
        one, questions=("Is *this* really it?", "And [that]?"), sources=("B", "A"), sections=(after,),
        title="Stay put", behaviours=(),
    )  # fmt: skip
    wanted = number.changes(_with(one), _with(two))
    pieces = _compared(_with(one), _with(two))["stay"].sequence
    shown = [piece.change for piece in pieces if isinstance(piece, Edit)]
    assert sorted(shown, key=repr) == sorted((c for c in wanted if c.subject == "stay"), key=repr)


def test_changes_on_the_page_are_numbered_and_linked_in_its_order(made):
    tree = _tree(made["versions/2.0.0/changes/"])
    headings = [f"#{heading.get('id')}" for heading in tree.cssselect(".edit h3")]
    assert [link.get("href") for link in tree.cssselect(".summary li a")] == headings
    assert len(set(headings)) == len(headings) == 5
    onward = [paragraph.xpath(".//a/@href") for paragraph in tree.cssselect(".edit__pager")]
    around = zip([None, *headings[:-1]], [*headings[1:], None], strict=True)
    assert onward == [[each for each in pair if each] for pair in around]


def test_no_anchor_stands_twice_and_every_link_within_a_page_has_one(made):
    for page in made.values():
        anchors = _tree(page).xpath("//@id")
        assert len(anchors) == len(set(anchors)), page.address
        links = {href[1:] for href in _tree(page).xpath("//a/@href") if href.startswith("#")}
        assert links <= set(anchors), page.address


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
    assert not _compared(OLD, replace(OLD, themes=OLD.themes[:1]))["keep"].whole.folded


def test_a_split_one_names_its_heirs_in_the_charters_order():
    new = _charter_of((STAY,), (make_principle("half-b"), make_principle("half-a"), KEEP))
    note = make_note(principles=("go",), retires=(("go", "half-a"), ("go", "half-b")))
    group = _compared(OLD, new, note)["go"]
    assert (group.edits[0].change.kind, group.heirs) == (Kind.SPLIT, ("half-b", "half-a"))


def test_a_moved_principle_says_from_where_to_where_and_shows_no_words():
    group = _group(_released(_charter_of((GO,), (KEEP, STAY)))["versions/2.0.0/changes/"], "stay")
    assert "2.2 Stay was moved from the theme “Moorings” to “Tides”." in _words(group)
    assert group.cssselect(".redline") == []


def test_much_that_did_not_change_is_named_and_led_to_in_the_newer_version():
    """A whole section more would be carried along on every page that tells of a change beside it."""
    long = replace(STAY, sections=(STAY.sections[0], make_section(text=LONG)))
    new = _with(replace(long, sections=(STAY_2.sections[0], long.sections[1])))
    group = _group(_released(new, old=make_release(charter=_with(long)))["versions/2.0.0/changes/"], "stay")
    (line,) = group.cssselect(".unchanged-link")
    assert _words(line) == f"Not changed: We promise to: d; {REST} Read it in the whole text: 1.1 Stay"
    assert line.xpath(".//a/@href") == ["../../../versions/2.0.0/#stay"]
    assert LONG.strip() not in _words(group)
    assert [_words(fold) for fold in group.cssselect("details")] == [
        "Not changed: Summary; We promise to: a Summary How we stay. We promise to a one thing."
    ]


def test_links_lead_to_the_newer_version_or_where_it_has_no_such_place_to_the_older():
    """One page's answer is not another's: the same words have other links on pages elsewhere."""
    one, two = (
        replace(STAY, sections=(STAY.sections[0], make_section(text=text)))
        for text in ("See [it](go.md).", "Do see [it](go.md).")
    )
    found = _released(
        _charter_of((two,)), old=make_release(charter=_charter_of((one, GO))),
        notes=(make_note(principles=("stay", "go"), retires=(("go", ""),)),),
        retired=(Retired(id="go", title="Go", theme="moorings", version="2.0.0"),),
    )  # fmt: skip
    redline = _group(found["versions/2.0.0/changes/"], "stay").cssselect("div.redline--one")[0]
    assert redline.xpath(".//a/@href") == ["../../../versions/1.0.0/#go"]
    history = _tree(found["charter/moorings/stay/"]).xpath("//details//a[text()='it']/@href")
    assert set(history) <= {"../../../versions/1.0.0/#go", ""}


def test_nothing_in_a_change_runs():
    hostile = "<img src=x onerror=alert(1)> {{ 7 * 7 }} </script><!--next-->"
    sections = (_promises(hostile), make_section())
    changed = replace(STAY, title=hostile, sources=(hostile,), sections=sections)
    note = make_note(principles=("stay",), reason=hostile, approved_by=(hostile, "Bo"))
    for page in _released(_charter_of((changed, GO)), notes=(note,)).values():
        tree = _tree(page)
        assert tree.xpath("//img | //comment() | //script[not(@src)][not(@type)]") == []


@pytest.mark.parametrize(
    "address",
    ["versions/2.0.0/changes/", "versions/2.0.1/changes/", "versions/compare/1.0.0..2.0.1/", "draft/"],
)
def test_a_page_says_what_changed_why_of_what_class_and_who_approved(made, address):
    """A class that was lowered, too; over several versions, to which a reason belongs; of a draft, the next
    number, what decided it and what is in the way."""
    golden = Path(__file__).parents[1] / "golden" / f"{address.strip('/').replace('/', '-')}.txt"
    assert "\n".join(map(_words, _tree(made[address]))) + "\n" == golden.read_text(encoding="utf-8")


def test_a_draft_with_nothing_in_its_way_says_so():
    (draft,) = (page for page in make_pages(EDITION) if page.address == "draft/")
    assert "Nothing: it could be released today." in _words(_tree(draft))


def test_a_principles_history_goes_back_through_its_names_newest_open(made):
    steps = _tree(made["charter/tides/hold/"]).cssselect("details.step")
    names = [_words(each.cssselect(".step__name")[0]) for each in steps]
    assert names == ["Version 2.0.0", "Version 1.0.0"]
    assert [each.get("open") is not None for each in steps] == [True, False]
    assert steps[1].xpath(".//a/@href") == ["../../../versions/1.0.0/#keep"]
    assert made["charter/tides/keep/"].moved_to == "charter/tides/hold/"


def test_the_page_for_any_pair_lists_every_comparison_that_is_there(made):
    tree = _tree(made["versions/compare/"])
    links = tree.xpath("//table//td/a/@href")
    assert links == ["../2.0.1/changes/", "../2.0.0/changes/", "2.0.0..2.0.1/", "1.0.0..2.0.1/"]
    assert tree.xpath("//select[@name='from']/option/@value") == ["1.0.0", "2.0.0", "2.0.1"]


def test_what_is_kept_for_other_pages_is_the_same_as_made_anew(made):
    """Pages made together are those made one release at a time: nothing leaks from page to page."""
    alone = replace(EDITION, releases=EDITION.releases[:2], charter=NEW)
    both = (made, {page.address: page for page in make_pages(alone)})
    pages = [re.sub(r"2\.0\.[01]", "the current one", each["versions/1.0.0/"].html) for each in both]
    one, other = (html.partition('<section class="overview"')[2] for html in pages)
    assert one == other != ""
    one, other = (_words(_group(each["versions/2.0.0/changes/"], "stay")) for each in both)
    assert one == other
