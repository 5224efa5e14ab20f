"""A charter in two languages, unit beside unit."""

from __future__ import annotations

from dataclasses import replace

from charterpress import read
from charterpress.model import Charter, Foreign
from charterpress.versions.translations import apply, units
from charterpress.views.labels import reporting_sentence
from charterpress.views.side_by_side import PART, PRINCIPLE, Side, pairs
from conftest import ROOT

SOURCE = "en-GB"


def charter() -> Charter:
    edition = read.load(ROOT / "tests" / "example" / "brambleford", shown="charter")
    assert edition.charter
    return edition.charter


def shouted(text: Charter) -> dict[str, str]:
    return {id: unit.words.upper() for id, unit in units(text).items()}


def test_every_unit_of_the_whole_text_stands_beside_its_own() -> None:
    text = charter()
    rows = list(pairs(text, Side(tag=SOURCE), Side(tag="fr", texts=shouted(text))))
    told = [row for row in rows if not row.right.missing]
    assert all(row.right.words == row.left.words.upper() for row in told)
    # What pages of the whole text leave out: where it comes from, and what charter.yml asks of all themes.
    left_out = ("questions.", "kinds.", "sections.")
    wanted = {
        unit.words
        for id, unit in units(text).items()
        if not id.startswith(left_out) and ".sources." not in id and not id.endswith(".summary")
    }
    assert wanted <= {row.left.words for row in rows}


def test_headings_of_the_program_come_from_both_catalogs() -> None:
    rows = pairs(charter(), Side(tag=SOURCE), Side(tag="en-XA", texts={}))
    preamble = next(row for row in rows if row.left.words == "Preamble")
    assert preamble.right.words.startswith("⟦")


def test_what_is_asked_of_signatories_stands_below_the_preamble_in_both() -> None:
    rows = list(pairs(charter(), Side(tag=SOURCE), Side(tag="en-XA", texts={})))
    asked = next(row for row in rows if row.left.words == reporting_sentence(charter()))
    assert asked.right.words.startswith("⟦")
    assert rows[rows.index(asked) + 1].anchor == charter().themes[0].id


def test_what_is_missing_or_stale_says_so() -> None:
    text = charter()
    first = next(id for id in units(text) if id.endswith(".title") and not id.startswith("charter"))
    texts = shouted(text)
    texts[first] = Foreign("HEN EIRIAU", language="fr", source="New words")
    texts["charter.title"] = Foreign(text.title, language=SOURCE)
    del texts["preamble.1"]
    rows = list(pairs(text, Side(tag=SOURCE), Side(tag="fr", texts=texts)))
    assert rows[0].right.missing
    assert next(row for row in rows if row.right.words == "HEN EIRIAU").right.stale
    assert rows[3].right.missing
    assert sum(row.right.stale for row in rows) == 1


def test_translation_can_stand_first() -> None:
    text = charter()
    other = Side(tag="fr", texts=shouted(text))
    rows = list(pairs(text, other, Side(tag=SOURCE)))
    assert rows[0].left.words == text.title.upper()
    assert rows[0].right.words == text.title


def test_principles_have_their_numbers_and_commitments_their_letters() -> None:
    rows = list(pairs(charter(), Side(tag=SOURCE), Side(tag="fr", texts={})))
    first = next(at for at, row in enumerate(rows) if row.level == PRINCIPLE)
    assert rows[first].number == "1.1"
    part = next(at for at, row in enumerate(rows) if row.level == PART)
    assert [row.number for row in rows[part + 1 : part + 3]] == ["a", "b"]


def test_charter_without_optional_parts() -> None:
    text = replace(charter(), summary="", preamble="")
    rows = list(pairs(text, Side(tag=SOURCE), Side(tag="fr", texts=shouted(text))))
    assert rows[0].left.words == text.title
    assert apply(text, {}) == text
