"""What changed between two versions that bind in several languages."""

from __future__ import annotations

from dataclasses import replace

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import Charter, Class, Kind
from charterpress.versions import number
from charterpress.versions.translations.changes import all_changes, language_changes, unit_pairs
from charterpress.versions.translations.units import units

BOTH = (("cy", "binding"),)


def welsh(charter: Charter, **words: str) -> dict[str, str]:
    """Words of another language for every unit of `charter`, which follow its own; `words` are others."""
    made = {id: f"Cymraeg {unit.words}" for id, unit in units(charter).items()}
    return made | {id.replace("__", ".").replace("_", "-"): text for id, text in words.items()}


def charter(*promises: str, **changes) -> Charter:
    """A charter of one principle with these promises, which binds in Welsh too."""
    promises = promises or ("keep the quay clear;", "tell the others about the tide.")
    sections = (make_section("promises", items=promises), make_section())
    principle = replace(make_principle("keep-clear", sections=sections), **changes)
    return make_charter(themes=(make_theme("moorings", (principle,)),), languages=BOTH)


def changed(old, new, before, after):
    """The subject, field, part, class and language of each change."""
    found = all_changes(old, new, (), ({"cy": before}, {"cy": after}))
    return [(each.subject, each.field, each.part, str(each.class_), each.language) for each in found]


def test_a_promise_that_changed_in_one_language_is_a_commitment():
    """A changed Welsh promise is one even where the English stands."""
    text = charter()
    after = welsh(text, keep_clear__promises__2="dweud wrth eraill am y llanw yn brydlon.")
    expected = [("keep-clear", "promises", "b", "commitment", "cy")]
    assert changed(text, text, welsh(text), after) == expected


def test_a_comma_in_a_text_that_does_not_bind_is_editorial_in_any_language():
    text = charter()
    after = welsh(text, keep_clear__summary=welsh(text)["keep-clear.summary"].replace(" ", ", ", 1))
    assert changed(text, text, welsh(text), after) == [("keep-clear", "summary", "", "editorial", "cy")]


def test_a_translation_that_follows_its_source_is_part_of_the_same_change():
    """The English promise was reworded, and so was the Welsh one: it is told once."""
    old, new = charter(), charter("keep the quay clear;", "tell the others about the tide at once.")
    after = welsh(new, keep_clear__promises__2="rhywbeth arall.")
    assert changed(old, new, welsh(old), after) == [("keep-clear", "promises", "b", "commitment", "")]


def test_a_translation_that_reaches_further_than_its_source_counts_by_itself():
    """A comma in English does not hide another reason in Welsh."""
    old, new = charter(summary="Keep it clear and dry."), charter(summary="Keep it clear, and dry.")
    after = welsh(new, keep_clear__summary="Peidiwch â chadw dim byd.")
    found = changed(old, new, welsh(old), after)
    assert found == [
        ("keep-clear", "summary", "", "editorial", ""),
        ("keep-clear", "summary", "", "guidance", "cy"),
    ]
    follows = welsh(new, keep_clear__summary="Cymraeg Keep it clear; and dry.")
    assert changed(old, new, welsh(old), follows) == found[:1]


def test_a_promise_that_was_put_in_or_moved_is_told_once():
    old = charter("keep the quay clear;", "tell the others about the tide.")
    new = charter("lend a rope;", "tell the others about the tide;", "keep the quay clear.")
    assert not [each for each in changed(old, new, welsh(old), welsh(new)) if each[-1]]


def test_promises_whose_translations_changed_places_are_a_commitment():
    text = charter()
    words = welsh(text)
    first, second = words["keep-clear.promises.1"], words["keep-clear.promises.2"]
    after = words | {"keep-clear.promises.1": second, "keep-clear.promises.2": first}
    (change,) = all_changes(text, text, (), ({"cy": words}, {"cy": after}))
    assert (change.kind, change.class_, change.language) == (Kind.REORDERED, Class.COMMITMENT, "cy")


def test_a_unit_that_is_not_translated_is_as_it_was():
    text = charter()
    after = welsh(text)
    del after["keep-clear.promises.2"]
    assert changed(text, text, welsh(text), after) == []


def test_units_are_followed_through_another_name_and_place():
    old = charter("keep the quay clear;", "tell the others about the tide.")
    new = charter(
        "tell the others about the tide;", "keep the quay clear.", id="clear-quay", formerly=("keep-clear",)
    )
    pairs = unit_pairs(old, new)
    assert pairs["clear-quay.promises.1"] == "keep-clear.promises.2"
    assert pairs["clear-quay.title"] == "keep-clear.title"
    assert pairs["clear-quay.behaviours.1.measure"] == "keep-clear.behaviours.1.measure"


def test_no_direction_is_told_of_words_in_another_language():
    """“must” may be a word of it that means something else."""
    old = charter("we should do this.")
    (change,) = language_changes(
        old, old, {"keep-clear.promises.1": "We should go."}, {"keep-clear.promises.1": "We must go."}, "cy"
    )
    assert change.kind is Kind.REWORDED
    note_language = number.lowering_refusals([change], (), old)
    assert note_language == {}


def test_a_language_that_comes_or_goes_is_a_change():
    """Which texts bind is part of what is signed; a courtesy translation is not."""

    def class_of(before, after):
        old, new = make_charter(languages=before), make_charter(languages=after)
        return number.computed_class(number.changes(old, new))

    none, courtesy, binding = (), (("cy", "courtesy"),), BOTH
    assert class_of(none, courtesy) is class_of(courtesy, none) is Class.GUIDANCE
    assert class_of(none, binding) is class_of(binding, courtesy) is Class.COMMITMENT
    assert class_of(courtesy, binding) is class_of(binding, none) is Class.COMMITMENT
    assert class_of(binding, binding) is Class.NONE
