"""Translations in step with their charter: a history of changes, and what is marked after each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import (
    Behaviour,
    Charter,
    Class,
    Foreign,
    Principle,
    Translation,
    TranslationEntry,
)
from charterpress.text.po import read_po, write_po
from charterpress.versions.translations import State, change_class, in_step, progress, translated, units

ROPES = (
    "mend a worn rope within **two** days.",
    "tell the next boat when a rope is worn.",
    "keep spare ropes where everybody finds them.",
)
NONE, EDITORIAL, GUIDANCE, COMMITMENT = Class.NONE, Class.EDITORIAL, Class.GUIDANCE, Class.COMMITMENT
NEW = "new"


def rope(**changes) -> Principle:
    principle = make_principle(
        "mend-the-rope",
        summary="Ropes are mended, not hidden.",
        sections=(
            make_section("promises", items=ROPES),
            make_section("reasons", "A worn rope holds for a while.\n\nThen it breaks, and a boat is lost."),
        ),
        behaviours=(
            Behaviour(behaviour="Looks at ropes.", measure="Marks are seen.", support="A course."),
            Behaviour(behaviour="Buys ropes.", measure="Bills are filed.", support="A budget."),
        ),
        questions=("Which rope would you not trust?", "Who taught you the knot?"),
    )
    return replace(principle, **changes)


def harbour() -> Charter:
    room = make_principle(
        "leave-room",
        sections=(
            make_section("promises", items=("leave room for one more boat.",)),
            make_section("reasons", "See [the ropes](mend-the-rope.md), which need it."),
        ),
    )
    return make_charter(
        preamble="A harbour is shared.\n\nNobody owns the water.",
        themes=(
            make_theme("moorings", (room, rope())),
            make_theme("tides", (make_principle("read-the-tables"),)),
        ),
    )


def change(charter: Charter, id: str, edit: Callable[[Principle], Principle]) -> Charter:
    """`charter` with one principle changed."""
    themes = (
        replace(theme, principles=tuple(edit(each) if each.id == id else each for each in theme.principles))
        for theme in charter.themes
    )
    return replace(charter, themes=tuple(themes))


def promises(*items: str) -> Callable[[Principle], Principle]:
    def edit(principle: Principle) -> Principle:
        return replace(principle, sections=(make_section("promises", items=items), *principle.sections[1:]))

    return edit


def reasons(text: str) -> Callable[[Principle], Principle]:
    return lambda each: replace(each, sections=(each.sections[0], make_section("reasons", text)))


def place(charter: Charter, *themes: Sequence[Principle]) -> Charter:
    """`charter` with other principles in its themes."""
    pairs = zip(charter.themes, themes, strict=True)
    return replace(charter, themes=tuple(replace(theme, principles=tuple(each)) for theme, each in pairs))


def by_id(charter: Charter) -> dict[str, Principle]:
    return {each.id: each for _, each in charter.principles()}


# --- The history -------------------------------------------------------------------------------------


def comma(charter):
    """A comma in a reason."""
    text = "A worn rope holds, for a while.\n\nThen it breaks, and a boat is lost."
    return change(charter, "mend-the-rope", reasons(text))


def reason(charter):
    """Other words in a reason."""
    text = "A worn rope holds, for a while.\n\nThen it breaks, and nobody finds the boat."
    return change(charter, "mend-the-rope", reasons(text))


def figure(charter):
    """A figure in a promise."""
    items = (ROPES[0].replace("two", "five"), *ROPES[1:])
    return change(charter, "mend-the-rope", promises(*items))


def emphasis(charter):
    """Emphasis taken out of a promise: no word changed."""
    items = (ROPES[0].replace("**two**", "five"), *ROPES[1:])
    return change(charter, "mend-the-rope", promises(*items))


ASK = "ask before you borrow a rope."


def insertion(charter):
    """A promise put in the middle of a list."""
    items = by_id(charter)["mend-the-rope"].sections[0].items
    return change(charter, "mend-the-rope", promises(items[0], ASK, *items[1:]))


def order(charter):
    """The same promises in another order."""
    items = by_id(charter)["mend-the-rope"].sections[0].items
    return change(charter, "mend-the-rope", promises(*reversed(items)))


def promise(charter):
    """A promise made weaker, and a comma in another."""
    items = by_id(charter)["mend-the-rope"].sections[0].items
    edited = [
        item.replace("tell the", "try to tell the").replace("ask before", "ask, before") for item in items
    ]
    return change(charter, "mend-the-rope", promises(*edited))


def move(charter):
    """A principle moved to another theme: a link to it is written otherwise."""
    found = by_id(charter)
    charter = place(charter, [found["leave-room"]], [found["read-the-tables"], found["mend-the-rope"]])
    return change(
        charter, "leave-room", reasons("See [the ropes](../tides/mend-the-rope.md), which need it.")
    )


def rename(charter):
    """A principle renamed, with its title."""
    charter = change(
        charter,
        "mend-the-rope",
        lambda each: replace(each, id="mend-ropes", title="Mend ropes", formerly=("mend-the-rope",)),
    )
    return change(charter, "leave-room", reasons("See [the ropes](../tides/mend-ropes.md), which need it."))


def split(charter):
    """Two promises and a question go to a new principle."""
    items = by_id(charter)["mend-ropes"].sections[0].items
    spare = make_principle(
        "keep-spares",
        title="Keep spares",
        summary="There is always one more.",
        sections=(
            make_section("promises", items=items[:2]),
            make_section("reasons", "Ropes break at night."),
        ),
        behaviours=(),
        questions=("Who taught you the knot?",),
        sources=(),
    )
    charter = change(charter, "mend-ropes", promises(*items[2:]))
    charter = change(charter, "mend-ropes", lambda each: replace(each, questions=each.questions[:1]))
    found = by_id(charter)
    return place(charter, [found["leave-room"]], [found["read-the-tables"], found["mend-ropes"], spare])


def retire(charter):
    """A principle goes."""
    found = by_id(charter)
    return place(charter, [found["leave-room"]], [found["mend-ropes"], found["keep-spares"]])


def come_back(charter):
    """It comes back, with a comma."""
    found = by_id(charter)
    tables = make_principle("read-the-tables", summary="How we read, the tables.")
    return place(charter, [found["leave-room"]], [tables, found["mend-ropes"], found["keep-spares"]])


def merge(charter):
    """What was split is one again; one of the promises is reworded on its way."""
    found = by_id(charter)
    kept, *others = found["keep-spares"].sections[0].items
    items = (
        *found["mend-ropes"].sections[0].items,
        kept.replace("everybody finds", "anybody finds"),
        *others,
    )
    charter = place(charter, [found["leave-room"]], [found["read-the-tables"], found["mend-ropes"]])
    charter = change(charter, "mend-ropes", promises(*items))
    return change(
        charter,
        "mend-ropes",
        lambda each: replace(each, questions=(*each.questions, "Who taught you the knot?")),
    )


def behaviour(charter):
    """A behaviour taken out, and one changed."""
    return change(
        charter,
        "mend-ropes",
        lambda each: replace(
            each, behaviours=(replace(each.behaviours[1], measure="Bills are filed in a folder."),)
        ),
    )


def words_around(charter):
    """A kind of signatory put first, another heading, a block of the preamble put before the others."""
    shapes = (replace(charter.sections[0], heading="We swear to"), *charter.sections[1:])
    preamble = f"This is for all.\n\n{charter.preamble}"
    kinds = ("rowing club", *charter.signatory_kinds)
    return replace(charter, sections=shapes, preamble=preamble, signatory_kinds=kinds)


def reflow(charter):
    """Lines broken elsewhere: no unit changes."""
    return replace(charter, preamble=charter.preamble.replace("is shared", "is\nshared"))


R = "mend-the-rope"
HISTORY: list[tuple[Callable[[Charter], Charter], dict[str, Class | str]]] = [
    (comma, {f"{R}.reasons.1": EDITORIAL}),
    (reason, {f"{R}.reasons.2": GUIDANCE}),
    (figure, {f"{R}.promises.1": COMMITMENT}),
    (emphasis, {f"{R}.promises.1": NONE}),
    (insertion, {f"{R}.promises.2": NEW}),
    (order, {}),
    (promise, {f"{R}.promises.2": COMMITMENT, f"{R}.promises.3": COMMITMENT}),
    (move, {}),
    (rename, {"mend-ropes.title": COMMITMENT}),
    (
        split,
        {
            "keep-spares.title": NEW,
            "keep-spares.summary": NEW,
            "keep-spares.reasons.1": NEW,
        },
    ),
    (retire, {}),
    (come_back, {"read-the-tables.summary": EDITORIAL}),
    (merge, {"mend-ropes.promises.3": COMMITMENT}),
    (behaviour, {"mend-ropes.behaviours.1.measure": GUIDANCE}),
    (
        words_around,
        {"preamble.1": NEW, "sections.promises.heading": COMMITMENT, "kinds.1": NEW},
    ),
    (reflow, {}),
]


def without_links(text: str) -> str:
    return re.sub(r"\([^()]*[.]md\)", "", text)


def blank() -> Translation:
    return Translation(language="cy", headers=(("Language", "cy"),), comment="Welsh.")


def finish(translation: Translation) -> Translation:
    """What a translator does in Poedit: everything is translated, nothing is fuzzy."""
    made = (
        each
        if each.obsolete or (each.text and not each.fuzzy)
        else replace(each, text=f"cy: {each.source}", fuzzy=False, previous="")
        for each in translation.entries
    )
    return replace(translation, entries=tuple(made))


def through_a_file(translation: Translation) -> Translation:
    return read_po(write_po(translation).splitlines(), language=translation.language, path=translation.path)


def marked(charter: Charter, translation: Translation) -> dict[str, Class | str]:
    states = progress(charter, translation).units
    return {
        each.unit.id: NEW if each.state is State.MISSING else each.class_
        for each in states
        if each.state is not State.CURRENT
    }


def test_exactly_what_changed_is_marked_with_its_class_step_by_step():
    """The translator finishes after each step; the next starts from the file."""
    charter = harbour()
    translation = finish(in_step(charter, blank()))
    assert len(HISTORY) == 16
    for step, expected in HISTORY:
        charter = step(charter)
        written = through_a_file(in_step(charter, translation))
        assert (step.__doc__, marked(charter, written)) == (step.__doc__, expected)
        assert marked(charter, translation) == expected  # whether or not the file was brought in step
        assert write_po(in_step(charter, written)) == write_po(written), step.__doc__
        assert [each.unit for each in written.entries if not each.obsolete] == list(units(charter))
        translation = finish(written)
        assert marked(charter, translation) == {}


def test_nobody_translates_for_sixteen_steps():
    """Every translation stays, with the words that it was made from and the class of all that changed
    since."""
    charter = harbour()
    translation = finish(in_step(charter, blank()))
    texts = {without_links(each.text) for each in translation.entries}
    for step, _ in HISTORY:
        charter = step(charter)
        translation = through_a_file(in_step(charter, translation))
        kept = [each for each in translation.entries if each.text]
        assert {without_links(each.text) for each in kept} == texts, step.__doc__
        assert [each.unit for each in kept if each.text != f"cy: {each.made_from}"] == [], step.__doc__
    assert marked(charter, translation) == {
        "preamble.1": NEW,
        "sections.promises.heading": COMMITMENT,
        "kinds.1": NEW,
        "read-the-tables.summary": EDITORIAL,
        "mend-ropes.title": COMMITMENT,
        "mend-ropes.promises.1": NEW,
        "mend-ropes.promises.2": COMMITMENT,
        "mend-ropes.promises.3": COMMITMENT,
        "mend-ropes.promises.4": COMMITMENT,
        "mend-ropes.reasons.1": EDITORIAL,
        "mend-ropes.reasons.2": GUIDANCE,
        "mend-ropes.behaviours.1.measure": GUIDANCE,
    }


# --- Matching ----------------------------------------------------------------------------------------


def after(charter: Charter, *edits: Callable[[Charter], Charter]) -> Translation:
    """The Welsh of `charter`, in step with it after each of `edits`."""
    translation = finish(in_step(charter, blank()))
    for edit in edits:
        charter = edit(charter)
        translation = through_a_file(in_step(charter, translation))
    return translation


def entry(translation: Translation, unit: str) -> TranslationEntry:
    (found,) = [each for each in translation.entries if each.unit == unit and not each.obsolete]
    return found


def title(words: str) -> Callable[[Charter], Charter]:
    return lambda charter: replace(charter, title=words)


def test_words_that_change_twice_keep_those_they_were_made_from():
    found = entry(after(harbour(), title("Port Charter"), title("Haven Charter")), "charter.title")
    assert (found.source, found.previous, found.fuzzy) == ("Haven Charter", "Harbour Charter", True)


def test_words_that_change_back_are_current_again():
    found = entry(after(harbour(), title("Port Charter"), title("Harbour Charter")), "charter.title")
    assert (found.text, found.previous, found.fuzzy) == ("cy: Harbour Charter", "", False)


def test_what_a_translator_is_not_sure_of_stays_so():
    """Poedit's “needs work” is a flag without other words."""
    charter = harbour()
    done = finish(in_step(charter, blank()))
    entries = (replace(done.entries[0], fuzzy=True, comment="ask Mair"), *done.entries[1:])
    again = through_a_file(in_step(charter, replace(done, entries=entries)))
    assert (again.entries[0].fuzzy, again.entries[0].comment) == (True, "ask Mair")
    assert [each.state for each in progress(charter, again).units][:2] == [State.UNSURE, State.CURRENT]


def test_what_has_no_translation_and_goes_leaves_nothing():
    charter = harbour()
    retired = place(charter, [by_id(charter)["leave-room"]], [by_id(charter)["read-the-tables"]])
    assert [each for each in in_step(retired, in_step(charter, blank())).entries if each.obsolete] == []


def test_two_translations_of_the_same_words_that_went_are_both_kept():
    """A file has an entry once."""
    charter, without = harbour(), replace(harbour(), questions=())
    first = finish(in_step(charter, blank()))
    entries = tuple(
        replace(each, text="Beth welsoch chi?") if each.unit == "questions.1" else each
        for each in first.entries
    )
    gone = [each for each in in_step(without, first).entries if each.obsolete]
    both = in_step(without, replace(first, entries=(*entries, *gone)))
    expected = [
        ("questions.1", "Beth welsoch chi?"),
        ("questions.1+2", "cy: What did you see from the quay?"),
    ]
    assert [(each.unit, each.text) for each in both.entries if each.obsolete] == expected
    again = in_step(without, through_a_file(both))
    assert [(each.unit, each.text) for each in again.entries if each.obsolete] == expected


@pytest.mark.parametrize(
    ("unit", "before", "class_"),
    [
        ("charter.title", "Harbour charter", COMMITMENT),
        ("charter.summary", "What those who share a harbour, promise one another.", EDITORIAL),
        ("preamble.1", "A harbour is *shared*.", NONE),
        ("preamble.1", "A harbour is shared", COMMITMENT),
        ("kinds.1", "boating club", GUIDANCE),
        ("moorings.text.1", "Moorings to begin with.", EDITORIAL),
        ("leave-room.promises.1", "leave room for two more boats.", COMMITMENT),
        ("leave-room.reasons.1", "See [the cords](mend-the-rope.md), which need it.", GUIDANCE),
        ("leave-room.reasons.1", "See [the ropes](read-the-tables.md), which need it.", GUIDANCE),
        ("sections.reasons.heading", "Why it matters so", COMMITMENT),
    ],
)
def test_the_class_is_that_of_a_release(unit, before, class_):
    charter = harbour()
    assert change_class(charter, units(charter)[unit], before) is class_


def test_a_translated_charter_says_what_is_not_translated():
    charter = harbour()
    stale = figure(comma(title("Port Charter")(charter)))
    done = after(charter, lambda _: stale)
    entries = (
        replace(each, text="" if each.unit == "charter.summary" else each.text) for each in done.entries
    )
    made = translated(replace(stale, language="en-GB"), replace(done, entries=tuple(entries)))
    title_ = made.title
    assert (title_, title_.language, title_.source) == ("cy: Harbour Charter", "cy", "Port Charter")
    assert (type(made.summary), made.summary.language) == (Foreign, "en-GB")
    rope_ = by_id(made)["mend-the-rope"]
    assert type(rope_.title) is str
    assert type(rope_.sections[1].text) is str  # a comma
    assert rope_.sections[0].items[0].source == "mend a worn rope within **five** days."
    assert [type(each) for each in rope_.sections[0].items] == [Foreign, str, str]


# --- Whatever happens --------------------------------------------------------------------------------


def changed_at_random(charter: Charter, chance: random.Random) -> Charter:
    """`charter` with one principle changed in one way, and its principles divided otherwise among the
    themes."""
    principles = [principle for _, principle in charter.principles()]
    at = chance.randrange(len(principles))
    principle = principles[at]
    items = list(principle.sections[0].items)
    places = range(len(items) + 1)
    words = ["be kind.", '**go** [on](mend-the-rope.md) \\ "q".', "two\n\nparagraphs"]
    name = f"r{chance.randrange(4)}"
    edits: list[Callable[[], Principle]] = [
        lambda: promises(*chance.sample(items, len(items)))(principle),
        lambda: promises(*items[: (i := chance.choice(places))], chance.choice(words), *items[i:])(principle),
        lambda: promises(*items[1:] or items)(principle),
        lambda: promises(*(f"{item}," for item in items))(principle),
        lambda: replace(principle, id=name, formerly=(*principle.formerly, principle.id)),
        lambda: replace(principle, questions=tuple(chance.sample(("A?", "B?", "A?"), 2))),
        lambda: replace(principle, behaviours=principle.behaviours[1:] or rope().behaviours),
        lambda: reasons(chance.choice(("One.\n\nTwo.", "# H\n\n- a\n- b\n\n> q", "One, two.")))(principle),
    ]
    edited = chance.choice(edits)()
    if edited.id == principle.id or all(edited.id != each.id for each in principles):
        principles[at] = edited
    cut = chance.randrange(len(principles) + 1)
    return place(charter, principles[:cut], principles[cut:])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_no_change_loses_a_translation_and_a_second_run_changes_nothing(seed):
    chance = random.Random(seed)  # noqa: S311 - a seed, and no secret
    charter = harbour()
    translation = finish(in_step(charter, blank()))
    for _ in range(12):
        charter = changed_at_random(charter, chance)
        before = {without_links(each.text) for each in translation.entries if each.text}
        written = through_a_file(in_step(charter, translation))
        assert {without_links(each.text) for each in written.entries if each.text} == before
        assert write_po(in_step(charter, written)) == write_po(written)
        assert marked(charter, translation) == marked(charter, written)
        translation = finish(written) if chance.random() < 0.4 else written
