"""What two approvals may lower, and who two are: a slip of the pen, never a promise."""

from __future__ import annotations

import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import ChangeNote, Class, Kind
from charterpress.versions import lowered as lowered_words
from charterpress.versions import number

WORDS = "we answer the calls of our neighbours and are present at the weekly meeting, as it is agreed."
REASONS = "A neighbour who waits for an answer is a neighbour who goes to the town and does not come back."


def charter(words: str = WORDS, *more: str, **changes):
    sections = (make_section("promises", items=(words, *more)), make_section(text=REASONS))
    stay = make_principle("stay", sections=sections, **changes)
    return make_charter(themes=(make_theme("moorings", (stay, make_principle("go"))),))


def note(*approved_by: str, about=("stay", "go"), class_=Class.EDITORIAL, retires=()) -> ChangeNote:
    approved = approved_by or ("The chair", "The clerk")
    return ChangeNote(
        id="n", principles=about, class_=class_, reason="A comma.", approved_by=approved, retires=retires
    )


def lowered(old, new, *notes: ChangeNote) -> bool:
    """Whether the notes, that of `note()` if there is none, lower all that changed to editorial."""
    changes, given = number.changes(old, new, notes), notes or (note(),)
    approved = number.approved_class(changes, number.sound_notes(changes, given, new))
    assert number.computed_class(changes) in (Class.COMMITMENT, Class.GUIDANCE)
    return approved.rank <= Class.EDITORIAL.rank


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("neighbours", "neighbors", True),
        ("agreed.", "agreed", True),
        ("meeting", "meet-ing", True),
        ("our neighbours", "ourneighbours", True),
        ("neighbours and", "neighbours' and", True),
        ("as it is agreed", "as its agreed", False),
        ("answer the calls", "answer [the calls](https://x.example/2)", True),
        ("and are", "adn are", True),
        ("the calls", "the “calls”", True),
        ("meeting", "gathering", False),
        ("meeting", "meetings at once", False),
        ("are present", "are not present", False),
        ("are present", "are no present", False),
        ("are present", "aren’t present", False),
        ("and are", "or are", False),
        ("calls of", "calls, if of", False),
        ("present", "unpresent", False),
        ("weekly", "weakly", False),
        ("weekly", "daily", False),
        ("the weekly", "a weekly", True),
        ("the weekly", "3 weekly", False),
        ("we answer", "we may answer", False),
        ("we answer", "we must answer", False),
        ("answer the calls", "answer all calls", False),
        ("calls", "£ calls", False),
        ("weekly", "½ weekly", False),
        ("neighbours", "соседи", False),
        ("neighbours", "neibhours", True),
        ("the calls", "the the calls", True),
        ("the weekly", "an weekly", True),
        ("calls", "call’s", True),
        ("we answer", "we MAY answer", False),
        ("is agreed", "IS agreed", True),
        ("are present", "are absent", False),
        ("answer the", "answer our", False),
        ("of our neighbours", "of neighbours", False),
        ("as it is agreed.", "as it is agreed?", False),
        ("meeting, as", "meeting. as", True),
        ("weekly meeting", "9 am meeting", False),
        ("and are", "w/o are", False),
        ("calls", "cells", True),
    ],
)
def test_a_slip_in_a_promise_may_be_lowered_and_what_it_promises_may_not(old, new, may):
    """In whichever direction it is mended."""
    other = WORDS.replace(old, new)
    assert lowered(charter(WORDS), charter(other)) is may
    assert lowered(charter(other), charter(WORDS)) is may


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("include", "exclude"), ("admit", "omit"), ("increase", "decrease"), ("give", "live"),
        ("hire", "fire"), ("ensure", "insure"), ("pay", "pray"), ("MAY tell", "may tell"), ("I–V", "I–X"),
        ("are able to", "are unable to"), ("do tell", "don’t tell"), ("each", "a"),
        ("20%", "20"), ("£20", "$20"), ("only, if", "only if"),
        ("tell not, of", "tell, not of"),
    ],
)  # fmt: skip
def test_a_word_that_became_another_is_no_slip(old, new):
    """In whichever direction."""
    one, other = (charter(f"we {word} the neighbours of our quay, as it is agreed.") for word in (old, new))
    assert not lowered(one, other)
    assert not lowered(other, one)


@pytest.mark.parametrize(
    ("pair", "may"),
    [
        *((pair, False) for pair in (
            "accept/except", "affect/effect", "lead/led", "re-sign/resign", "re-form/reform",
        )),
        *((pair, True) for pair in (
            "like/lick", "form/from", "trial/trail", "public/pubic", "personal/personnel",
            "principal/principle", "loose/lose", "whether/weather", "formally/formerly",
            "color/colour", "organise/organize", "member/members", "party/parties", "process/processes",
            "member's/members'", "its/it's", "recieve/receive", "comittee/committee",
            "acommodate/accommodate",
            "wich/which", "thier/their", "practise/practice", "wellbeing/well-being", "ourboard/our board",
            "e-mail/email", "Mr Smyth/Mr Smythe",
        )),
    ],
)  # fmt: skip
def test_a_misprint_may_be_a_word_as_well(pair, may):
    """In whichever direction: two people decide, for no dictionary could."""
    frame = "we help the neighbours with the {} of our quay, as it is agreed."
    one, other = (charter(frame.format(word)) for word in pair.split("/"))
    assert lowered(one, other) is may
    assert lowered(other, one) is may


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("Stay", "1. Stay", True),
        ("1. Stay", "2.3. Stay", True),
        ("(1) Stay", "Stay", True),
        ("IV) Stay", "Stay", True),
        ("Stay", "3 Stay", False),
        ("3 days of grace", "5 days of grace", False),
        ("Stay", "Stays", True),
        ("Stay", "Go away", False),
    ],
)
def test_a_numeral_that_leads_a_title_counts_as_nothing(old, new, may):
    assert lowered(charter(title=old), charter(title=new)) is may


def test_a_numeral_that_leads_a_heading_counts_as_nothing():
    old, new = "### Who\n\nWe are.\n\n### How\n\nSo.", "### 1. Who\n\nWe are.\n\n### 2. How\n\nSo."
    one, other = (make_charter(preamble=f"{REASONS}\n\n{text}") for text in (old, new))
    assert lowered(one, other, note(about=("preamble",)))


def test_what_binds_neither_comes_nor_goes_nor_moves():
    longer = charter(WORDS, "we ring.")
    assert not lowered(longer, charter())
    assert not lowered(charter(), longer)
    assert not lowered(
        make_charter(licence="CC-BY"), make_charter(licence="CC-BY-ND"), note(about=("charter",))
    )
    alone = make_charter(themes=(make_theme("moorings", (make_principle("go"),)),))
    gone = note(retires=(("stay", "go"),))
    assert not lowered(charter(), alone, gone)
    assert not lowered(alone, charter())


def test_letters_are_counted_in_all_that_is_lowered():
    """Two notes of two letters each are four letters."""
    other = (make_principle("stay"), make_principle("go", summary="How we ga."))
    two = (make_principle("stay", summary="Haw we stai."), make_principle("go", summary="How we ga."))
    old, one, both = (
        make_charter(themes=(make_theme("moorings", each),))
        for each in ((make_principle("stay"), make_principle("go")), other, two)
    )
    assert lowered(old, one)
    assert lowered(old, both)
    three = make_charter(
        themes=(make_theme("moorings", (two[0], make_principle("go", summary="Ho ve ga."))),)
    )
    assert not lowered(old, three, note(about=("stay",)), note(about=("go",)))


@pytest.mark.parametrize(
    ("promise", "other"),
    [
        ("wir kommen an jedem Tag zum Treffen.", "wir kommen an jedem Tag zu Treffen."),
        ("atebwn bob galwad a dod i bob cyfarfod.", "atebwn bob galwad a dod i bob cyfarfodd."),
        ("हर दिन को देखें और उत्तर दें।", "हर दीन को देखें और उत्तर दें।"),
    ],
)  # fmt: skip
def test_nothing_is_lowered_and_no_direction_said_in_a_language_without_lists(promise, other):
    def of(words):
        sections = (make_section("promises", items=(words,)), make_section(text=f"{promise} " * 3))
        return make_charter(themes=(make_theme("moorings", (make_principle("stay", sections=sections),)),))

    assert not lowered(of(promise), of(other))
    (change,) = number.changes(of(promise), of(f"will all {promise}"))
    assert change.kind is Kind.REWORDED


@pytest.mark.parametrize(
    ("names", "two"),
    [
        *(((one, other), False) for one, other in (
            ("The Chair", "chair"), ("Me", "Myself"), ("I", "Me"), ("Me", "The clerk"), ("chair", "Chair."),
            ("Chair", "Chair of trustees"), ("Ann Smith", "A. Smith"), ("Smith, Ann", "Ann Smith"),
            ("Ann Smith (chair)", "The chair"), ("Chairman", "Chairperson"), ("Ann", "ANN "), ("Ann", ""),
            ("Zoë", "Zoe"), ("Dr Lee", "Lee"), ("n/a", "tbc"), ("The same", "Bo"), ("Сhair", "Chair"),
            ("Ann Smith", "Ann Q. Smith"), ("Ann Smith", "Anne Smith"), ("Rob Smith", "Robert Smith"),
            ("Ann Smith", "ann.smith@example.org"), ("@asmith", "A Smith"), ("CEO", "Chief Executive"),
            ("Secretary", "Secretary General"), ("Ann\u00adSmith", "AnnSmith"),
            ("Revd Ann Lee OBE", "Ann Lee"),
            ("Acting chair", "Chair"), ("Chair 1", "Chair 2"), ("Chairs", "Chair"),
            ("Our chair", "Their chair"),
            ("Ann Lee and the clerk", "Ann Lee"), ("Ann", "Ann Lee"), ("NAME", "NAME"), ("AL", "Ann Lee"),
            ("One", "Two"), ("x", "y"), ("Person 1", "Person 2"), ("First approver", "Second approver"),
            ("Jack O'Neil", "Jack O Neil"), ("王小明", "王 小明"),
        )),
        *(((one, other), True) for one, other in (
            ("The chair", "The clerk"), ("Ann", "Bo"), ("The board", "The chair of the board"),
            ("Secretary of the Hill Society", "Chair of the beekeepers’ club"), ("Chair", "Vice-chair"),
            ("Ann Smith, trustee", "Bo Lee, trustee"), ("主席", "秘书"),
            ("Ann Smith", "Bo Smith"), ("Chair", "Co-chair"), ("Иван Петров", "Ольга Петрова"),
            ("Ed", "Edna May Poe"),
        )),
        (("Chair", "The chair", "Clerk"), True),
    ],
)  # fmt: skip
def test_two_approvals_are_two_people_or_offices_that_a_reader_can_ask(names, two):
    assert number.are_approvers(names) is two
    assert lowered(charter(), charter(WORDS.replace("calls", "call")), note(*names)) is two


def test_a_release_keeps_the_class_that_it_was_lowered_to():
    """Before there were limits, notes lowered what they do not now."""
    changes = number.changes(charter(), charter(WORDS, "we ring."))
    assert number.approved_class(changes, [note("a", "the other a")]) is Class.EDITORIAL


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("See [this](a.md).", "See this.", "the link to a.md was taken out"),
        ("See this.", "See [this](a.md).", "a link to a.md was put in"),
        ("See [this](a.md).", "See [this](b.md).", "the link to a.md leads to b.md"),
    ],
)
def test_a_link_that_was_lowered_is_told_in_words(before, after, words):
    (change,) = number.changes(make_charter(preamble=before), make_charter(preamble=after))
    assert lowered_words.changed_words(change) == words
