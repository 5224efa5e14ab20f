"""Rows of contacts, and whom they are for."""

from __future__ import annotations

import pytest

from builders import make_signatory
from charterpress.read.contacts import ContactRow
from charterpress.register.contacts import match_contacts

QUAY = make_signatory(
    "quay-club", name="The Quay Club", website="https://www.quay.example/", formerly=("quay",)
)
MOLE = make_signatory("mole-club", name="Mole Club", website="https://mole.example/")
NAMESAKE = make_signatory("mole-club-north", name="Mole Club", website="https://north.example/")
ALL = (QUAY, MOLE, NAMESAKE)


def matched(**values):
    return match_contacts([ContactRow(number=2, emails=("a@b.example",), **values)], ALL)


@pytest.mark.parametrize(
    "values",
    [
        {"slug": "quay-club"},
        {"slug": "Quay-Club.yml"},
        {"slug": "quay"},
        {"organisation": "the quay club"},
        {"organisation": "The  QUAY-Club."},
        {"page": "https://charter.example/signatories/quay-club/"},
        {"page": "https://charter.example/old/signatories/quay/certificate/"},
        {"page": "http://quay.example"},
        {"slug": "nothing", "organisation": "The Quay Club"},
    ],
)
def test_an_organisation_is_found_by_slug_page_website_or_name(values):
    assert list(matched(**values).contacts) == ["quay-club"]


def test_a_slug_tells_namesakes_apart():
    assert list(matched(slug="mole-club", organisation="Mole Club").contacts) == ["mole-club"]


@pytest.mark.parametrize(
    ("values", "message", "fix"),
    [
        (
            {"organisation": "Mole Club"},
            "it may be for several organisations: mole-club, mole-club-north",
            "write the slug of the one you mean",
        ),
        (
            {"slug": "quay-club", "organisation": "Mole Club"},
            "it names different organisations: mole-club, mole-club-north, quay-club",
            "write the slug of the one you mean",
        ),
        (
            {"slug": "quay-clubb"},
            "no organisation on the register is called that",
            "did you mean quay-club? Otherwise correct it, or take the row out",
        ),
        (
            {"organisation": "Zebra"},
            "no organisation on the register is called that",
            "correct it, or take the row out",
        ),
    ],
)
def test_a_row_for_nobody_or_for_several_is_for_a_person_to_decide(values, message, fix):
    found = matched(**values)
    assert found.contacts == {}
    assert [(each.message, each.fix) for each in found.faults] == [(message, fix)]


def test_two_rows_for_one_organisation_are_one_contact_with_all_addresses():
    rows = [
        ContactRow(number=2, slug="quay", emails=("a@b.example",)),
        ContactRow(
            number=5, slug="quay-club", emails=("c@d.example", "a@b.example"), name="Zoë", language="cy"
        ),
    ]
    found = match_contacts(rows, ALL)
    assert found.joined == {"quay-club": (2, 5)}
    assert found.contacts["quay-club"] == ContactRow(
        number=2, slug="quay", emails=("a@b.example", "c@d.example"), name="Zoë", language="cy"
    )
