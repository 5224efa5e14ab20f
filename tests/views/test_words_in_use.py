"""What the views say, in the pseudo-language: no word but those of the charter stands outside a message."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace

import pytest

from builders import make_charter, make_note, make_principle, make_release, make_signatory, make_theme
from charterpress.model import (
    BEHAVIOUR_LISTS,
    TEXT_LISTS,
    Behaviour,
    Change,
    Class,
    Edition,
    Kind,
    SeenLink,
    Standing,
)
from charterpress.outputs.data.releases import release_files, release_markdown
from charterpress.text.interface import PSEUDO, language, use_language
from charterpress.versions import diff, lowered, number
from charterpress.views import cafe, comparison, labels, signatories
from charterpress.views.edition_view import edition_view
from charterpress.views.history import History
from charterpress.views.letter_changes import letter_changes
from charterpress.views.successors import successors
from marked import is_marked, unmarked

BEHAVIOUR = Behaviour(behaviour="Asks", measure="One asks", support="Time", interview="Did you?")
OLD = make_release(
    charter=make_charter(
        themes=(make_theme("moorings", (make_principle("leave-room", behaviours=(BEHAVIOUR,)),)),)
    )
)
NEW = make_release(
    OLD,
    make_charter(
        themes=(
            make_theme(
                "moorings",
                (
                    make_principle(
                        "leave-room", title="Leave rooms", behaviours=(replace(BEHAVIOUR, support="Tea"),)
                    ),
                    make_principle("go-slowly"),
                ),
            ),
        )
    ),
    version="2.0.0",
    date="2025-06-01",
    class_=Class.COMMITMENT,
    notes=(make_note(principles=("leave-room", "go-slowly"), reason="It was short."),),
)
EDITION = Edition(
    root="charter", charter=None, documents=(), entries=(), releases=(OLD, NEW),
    signatories=(make_signatory("quay-club"), make_signatory("mole-club", ("2.0.0", "2025-07-01"))),
)  # fmt: skip


@pytest.fixture
def _in_pseudo():
    with use_language(PSEUDO):
        yield


def every_change():
    """Changes of every kind, to every part that each can be about."""
    fields = ("title", "text", "sections", "id", "promises", *TEXT_LISTS, *BEHAVIOUR_LISTS, "repair")
    for kind in Kind:
        about = {"subject": "leave-room", "kind": kind, "class_": Class.GUIDANCE, "because": "x"}
        for others in ((), ("A",), ("A", "B", "C")):
            whole = Change(field="", others=others, before="A", after="B", reason="It fits", **about)
            if kind not in (Kind.GAVE, Kind.TOOK):  # these are about a part
                yield from (whole, replace(whole, covered=True, reason=""))
            if kind in (Kind.RETIRED, Kind.SPLIT, Kind.MERGED, Kind.RENAMED, Kind.MOVED):
                continue
            yield from (Change(field=field, others=others, **about) for field in (*fields, "order"))
            yield from (Change(field=field, part="2", others=others, **about) for field in fields)
            yield replace(whole, field="promises", part="b", class_=Class.COMMITMENT)
            yield Change(**{**about, "subject": "charter"}, field="order")


@pytest.mark.usefixtures("_in_pseudo")
def test_every_change_is_told_in_the_language_in_use():
    names = {"leave-room": "2.1 Leave room", "sections.promises": "We will"}
    for change in every_change():
        for said in (diff.change_sentence(change, names), diff.change_clause(change, names)):
            assert is_marked(said), said
        assert not {"{", "}"} & {*diff.change_sentence(change, names)}, change


@pytest.mark.usefixtures("_in_pseudo")
def test_words_that_changed_are_told_in_it():
    pairs = (("a b", "a c"), ("a b", "a"), ("a", "a b"), ("[a](b)", "[a](c)"), ("[a](b)", "a"), ("a", "a"))
    for before, after in pairs:
        change = Change(
            subject="x", field="text", kind=Kind.REWORDED, class_=Class.NONE, before=before, after=after
        )
        assert is_marked(lowered.changed_words(change))
        low = lowered.Lowering(note=make_note(), from_=Class.GUIDANCE, changes=(change,), names={})
        assert is_marked(low.sentence)
        assert all(map(is_marked, low.words))
        (english,) = low.values()["words"]
        assert unmarked(english) == english  # data is in English


@pytest.mark.usefixtures("_in_pseudo")
def test_labels_are_in_it():
    draft = replace(NEW, version="0.1.0")
    said = [labels.draft_label(""), labels.draft_label("2026-12-01"), labels.charter_size(NEW.charter)]
    said += [labels.draft_in_sentence(""), labels.draft_in_sentence("2026-12-01")]
    for release in (NEW, draft):
        said += [
            labels.release_name(release),
            labels.release_in_sentence(release),
            labels.dated_release_name(release),
            labels.dated_release_in_sentence(release),
        ]
    said += [labels.superseded_label(OLD, NEW), labels.reading_time("a"), labels.reading_time("a " * 999)]
    said += [labels.sides(count, "A4") for count in range(8)] + list(map(labels.organisation_count, (1, 2)))
    said += map(labels.class_name, Class)
    said += [labels.list_heading(name) for name in (*TEXT_LISTS, *BEHAVIOUR_LISTS)]
    said += [cafe.duration(minutes) for minutes in (1, 60, 90)]
    said += [*map(signatories.standing_name, Standing), *map(signatories.standing_title, Standing)]
    assert [each for each in said if not is_marked(each)] == []


@pytest.mark.usefixtures("_in_pseudo")
def test_a_register_is_in_it():
    view = edition_view(EDITION, "2026-12-01")
    register = view.register
    seen = SeenLink(
        slug="quay-club", version="1.0.0", link="https://x.example/", seen="2026-01-01", looked=""
    )
    said = [signatories.seen_label(seen), view.shown.name, view.draft_label, view.shown.reading_time]
    said += [signatories.signed_label(each, {"quay-club": seen}) for each in register.entries]
    said += [words for pair in signatories.meanings(register) for words in pair]
    said += [*signatories.count_tables(register)]
    assert [each for each in said if not is_marked(each)] == []


@pytest.mark.usefixtures("_in_pseudo")
def test_a_comparison_is_in_it():
    view = edition_view(EDITION, "2026-12-01")
    history = view.history
    for found in successors(OLD, history).values():
        assert is_marked(found.label)
    found = letter_changes(OLD, NEW, history, view.comparisons)
    assert found.shown
    assert all(is_marked(each.sentence) for each in found.shown)
    pair = comparison.pair_names(OLD.charter, NEW.charter)
    assert is_marked(pair["preamble"])
    changed = next(each for each in history.steps["2.0.0"] if each.field == "behaviours")
    assert is_marked(changed.after)
    redline = diff.redline_html("a b\n\nc", "b a d c")
    assert "inserted" not in redline
    assert "deleted" not in redline


@pytest.mark.usefixtures("_in_pseudo")
def test_a_document_is_in_it_and_data_are_not():
    words = unmarked(release_markdown(NEW, "https://x.example/"))
    english = [each for each in ("Preamble", "Date", "Licence", "What helps", "Version") if each in words]
    assert english == []
    marked = release_files(History(EDITION))
    with use_language("en"):
        assert marked == release_files(History(EDITION))


def test_english_after_another_language_is_english():
    """Nothing keeps words for longer than their language is in use, in this thread or another."""
    view = edition_view(EDITION, "2026-12-01")
    change = number.changes(OLD.charter, NEW.charter)[0]

    def said():
        made = edition_view(EDITION, "2026-12-01")
        return (
            labels.dated_release_name(NEW),
            diff.change_sentence(change, {}),
            view.history.steps,
            view.history.principle_steps("leave-room"),
            letter_changes(OLD, NEW, made.history, made.comparisons),
            release_markdown(NEW, "https://x.example/"),
        )

    english = said()
    with use_language(PSEUDO), ThreadPoolExecutor(1) as pool:
        pseudo = said()
        assert all(one != other for one, other in zip(english, pseudo, strict=True))
        assert pool.submit(copy_context().run, said).result() == pseudo
        assert pool.submit(said).result() == english  # a thread begins without a language
    assert (language(), said()) == ("en", english)
