"""Signatories × releases × a day: who stands how, since when, how many, and what their names come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_release, make_signatory, write_charter, write_release, write_signatory
from charterpress import register
from charterpress.model import Class, Signature, Standing, Withdrawal
from charterpress.read import load
from charterpress.register import Month, without_branches
from charterpress.views.signatories import RegisterView, by_letter, register_view

ONE = make_release()
PATCH = make_release(ONE, version="1.0.1", date="2025-03-01", class_=Class.EDITORIAL)
MINOR = make_release(ONE, version="1.1.0", date="2025-06-01")
MAJOR = make_release(MINOR, version="2.0.0", date="2026-02-01", class_=Class.COMMITMENT)
AFTER = make_release(MAJOR, version="2.1.0", date="2026-05-01")
DRAFT = make_release(version="0.1.0", date="2024-06-01")
RELEASES = (DRAFT, ONE, PATCH, MINOR, MAJOR, AFTER)

CURRENT, IN_FORCE, ASKED, WITHDRAWN = Standing


def stands(signatory, today="", releases=RELEASES):
    """How and since when a signatory stands; None where it is not on the register."""
    found = register.on_register([signatory], releases, today)
    return (found[0].standing, found[0].since) if found else None


# --- Standing ----------------------------------------------------------------------------------------


JANUARY = (("1.0.0", "2025-01-07"),)
SIGNED_AGAIN = (*JANUARY, ("2.1.0", "2026-05-03"))
CAME_BACK = (*JANUARY, ("2.1.0", "2026-06-01"))


@pytest.mark.parametrize(
    ("signed", "withdrawn", "today", "expected"),
    [
        # A signature carries over until a commitment release; the day on which each release came is told.
        (JANUARY, "", "2025-01-06", None),
        (JANUARY, "", "2025-01-07", (CURRENT, "2025-01-07")),
        (JANUARY, "", "2025-02-28", (CURRENT, "2025-01-07")),
        (JANUARY, "", "2025-03-01", (IN_FORCE, "2025-03-01")),
        (JANUARY, "", "2025-12-31", (IN_FORCE, "2025-03-01")),
        (JANUARY, "", "2026-02-01", (ASKED, "2026-02-01")),
        (JANUARY, "", "2026-08-01", (ASKED, "2026-02-01")),
        (JANUARY, "", "", (ASKED, "2026-02-01")),
        # The last signature counts, and the earlier ones are its history.
        (SIGNED_AGAIN, "", "2026-05-02", (ASKED, "2026-02-01")),
        (SIGNED_AGAIN, "", "2026-05-03", (CURRENT, "2026-05-03")),
        # An earlier version that is signed late stands so since that day, and not since an earlier one.
        ((("1.0.0", "2026-04-01"),), "", "", (ASKED, "2026-04-01")),
        ((("2.0.0", "2026-06-01"),), "", "", (IN_FORCE, "2026-06-01")),
        # Who withdrew may sign again; the same day counts as after.
        (JANUARY, "2025-09-01", "2025-08-31", (IN_FORCE, "2025-03-01")),
        (JANUARY, "2025-09-01", "2025-09-01", (WITHDRAWN, "2025-09-01")),
        (JANUARY, "2025-09-01", "", (WITHDRAWN, "2025-09-01")),
        (JANUARY, "2025-01-07", "", (WITHDRAWN, "2025-01-07")),
        (CAME_BACK, "2025-09-01", "2026-05-31", (WITHDRAWN, "2025-09-01")),
        (CAME_BACK, "2025-09-01", "", (CURRENT, "2026-06-01")),
    ],
)
def test_a_signatory_stands_so_since_a_day(signed, withdrawn, today, expected):
    gone = Withdrawal(date=withdrawn) if withdrawn else None
    assert stands(make_signatory("quay-club", *signed, withdrawn=gone), today) == expected


@pytest.mark.parametrize("version", ["0.1.0", "3.0.0", "draft", ""])
def test_nobody_signs_what_cannot_be_signed(version):
    """A consultation draft, or a version that was never released, puts nobody on the register."""
    assert stands(make_signatory("a", (version, "2026-06-01"))) is None


def test_without_a_release_nobody_is_on_the_register():
    assert register.on_register([make_signatory()], (), "") == ()


def test_versions_are_in_the_order_of_numbers():
    nine = make_release(ONE, version="1.9.0", date="2025-01-01")
    ten = make_release(nine, version="1.10.0", date="2025-02-01")
    signed = make_signatory("a", ("1.9.0", "2025-01-05"))
    assert stands(signed, releases=(ten, ONE, nine)) == (IN_FORCE, "2025-02-01")
    assert stands(make_signatory("a", ("1.10.0", "2025-03-05")), releases=(ten, ONE, nine))[0] is CURRENT


DAYS = st.dates(date(2024, 11, 1), date(2027, 3, 1)).map(str)
VERSIONS = st.sampled_from([release.version for release in RELEASES] + ["9.9.9"])


@st.composite
def signatories(draw):
    """A signatory whose dates are in order: no signature before its version, or before the one before."""
    versions, days = (
        draw(st.lists(VERSIONS, min_size=1, max_size=4)),
        draw(st.lists(DAYS, min_size=4, max_size=4)),
    )
    known = {release.version: release.date for release in RELEASES}
    earliest = [max(day, known.get(version, day)) for version, day in zip(versions, days, strict=False)]
    signed = list(zip(versions, accumulate(earliest, max), strict=True))
    withdrawn = draw(st.none() | DAYS.map(lambda date: Withdrawal(date=date)))
    slug = draw(st.sampled_from(["a", "b", "c"]))
    kind = draw(st.sampled_from(["ferry", "club"]))
    return make_signatory(slug, *signed, withdrawn=withdrawn, kind=kind)


@given(signatories(), DAYS)
def test_a_day_knows_nothing_of_later_days(signatory, today):
    signed = tuple(each for each in signatory.signed if each.date <= today)
    withdrawn = signatory.withdrawn if signatory.withdrawn and signatory.withdrawn.date <= today else None
    known = replace(signatory, signed=signed, withdrawn=withdrawn)
    past = [release for release in RELEASES if release.date <= today]
    assert stands(signatory, today) == stands(known, "", past)


@given(signatories(), DAYS)
def test_a_standing_begins_neither_before_a_signature_nor_after_today(signatory, today):
    found = stands(signatory, today)
    if found:
        standing, since = found
        assert min(each.date for each in signatory.signed) <= since <= today
        assert stands(signatory, since)[0] is standing


@given(signatories(), st.sampled_from([Class.EDITORIAL, Class.GUIDANCE]))
def test_only_a_commitment_release_asks_anybody_to_sign_again(signatory, class_):
    before = stands(signatory)
    more = make_release(AFTER, version="2.2.0", date="9999-12-31", class_=class_)
    after = stands(signatory, releases=(*RELEASES, more))
    assert (before and before[0] in (CURRENT, IN_FORCE)) == (after and after[0] in (CURRENT, IN_FORCE))
    assert register.due_to_sign_again([signatory], RELEASES, class_, "") == ()


@given(st.lists(signatories(), max_size=6))
def test_those_named_beforehand_are_those_whom_the_release_asks(several):
    """`sign_again` says before a commitment release who stands otherwise after it."""
    several = [replace(each, slug=f"{each.slug}-{place}") for place, each in enumerate(several)]
    major = make_release(AFTER, version="3.0.0", date="9999-12-31", class_=Class.COMMITMENT)
    before = {e.signatory.slug: e.standing for e in register.on_register(several, RELEASES, "")}
    after = {e.signatory.slug: e.standing for e in register.on_register(several, (*RELEASES, major), "")}
    named = {each.slug for each in register.due_to_sign_again(several, RELEASES, Class.COMMITMENT, "")}
    assert {slug for slug in after if after[slug] is ASKED and before[slug] is not ASKED} == named
    assert CURRENT not in after.values()


# --- Counts ------------------------------------------------------------------------------------------


def test_counts_are_of_those_who_stand_by_a_signature():
    several = [
        make_signatory("a", ("1.0.0", "2025-01-07")),
        make_signatory("b", ("1.0.0", "2025-01-08"), ("2.1.0", "2026-05-03"), kind="ferry"),
        make_signatory("c", ("2.1.0", "2026-05-04"), area="Inland"),
        make_signatory("d", ("1.0.0", "2025-01-07"), withdrawn=Withdrawal(date="2025-03-31")),
    ]
    found = register.count_register(register.on_register(several, RELEASES, ""), "2025-04-01")
    assert (found.all, found.version) == (3, (("2.1.0", 2), ("1.0.0", 1)))
    assert found.kind == (("boat club", 2), ("ferry", 1))
    assert found.area == (("The harbour", 2), ("Inland", 1))
    assert found.standing == {CURRENT: 2, IN_FORCE: 0, ASKED: 1, WITHDRAWN: 1}


def test_months_go_on_without_a_gap():
    several = [
        make_signatory("a", ("1.0.0", "2024-12-07"), ("1.1.0", "2025-06-07")),
        make_signatory("b", ("1.0.0", "2025-01-07"), withdrawn=Withdrawal(date="2025-01-31")),
        make_signatory(
            "c", ("1.0.0", "2024-12-31"), ("1.0.0", "2025-03-01"), withdrawn=Withdrawal(date="2025-01-02")
        ),
    ]
    found = register.count_register(register.on_register(several, RELEASES, "2025-04-30"), "2025-04-30")
    assert found.months == (
        Month(month="2024-12", joined=2, left=0, total=2),
        Month(month="2025-01", joined=1, left=2, total=1),
        Month(month="2025-02", joined=0, left=0, total=1),
        Month(month="2025-03", joined=1, left=0, total=2),
        Month(month="2025-04", joined=0, left=0, total=2),
    )


def test_an_empty_register_has_no_months():
    found = register.count_register((), "2026-01-01")
    assert (found.all, found.months, found.version) == (0, (), ())


@given(st.lists(signatories(), max_size=8))
def test_counts_agree_with_one_another(several):
    found = register.count_register(register.on_register(several, RELEASES, ""), "")
    sums = {sum(number for _, number in each) for each in (found.version, found.kind, found.area)}
    assert sums == {found.all}
    assert found.all == sum(found.standing.values()) - found.standing[WITHDRAWN]
    totals = list(accumulate(month.joined - month.left for month in found.months))
    assert totals == [month.total for month in found.months]
    assert totals[-1:] in ([found.all], [])
    assert min(totals, default=0) >= 0


# --- Names -------------------------------------------------------------------------------------------


def test_names_stand_in_the_order_that_people_look_for():
    in_letters = ("The Quay", "Åland", "zebra", "Ассоциация", "'Quick'", "42nd Street")
    names = dict(zip("abcdef", in_letters, strict=True))
    several = [
        make_signatory(slug, name=name, name_latin="Assotsiatsiya" if slug == "d" else "")
        for slug, name in names.items()
    ]
    in_order = sorted(several, key=register.name_key)
    assert [(each.slug, register.initial(each)) for each in in_order] == [
        *[("f", "#"), ("b", "A"), ("d", "A"), ("a", "Q"), ("e", "Q"), ("c", "Z")]
    ]


# --- From files --------------------------------------------------------------------------------------


def test_what_was_written_is_what_is_read(tmp_path):
    full = make_signatory(
        "kazoku",
        name="家族の会",
        name_latin="Kazoku no Kai",
        registration="GB-CHC-1234567",
        pledge="We will.",
        signed=(Signature(version="1.10", date="2024-12-01", role="NO", link="https://a.example/x"),),
        withdrawn=Withdrawal(date="2025-01-01", note="We merged."),
    )
    root = write_charter(tmp_path)
    for each in (make_signatory(), full):
        write_signatory(root, each)
    assert load(root, shown="charter").signatories == (full, make_signatory())


# --- Federations -------------------------------------------------------------------------------------


def federation(root, count: str) -> RegisterView:
    """A union, a branch that it signed for, one below that, and one with a signature of its own."""
    charter = write_charter(root, make_charter(signatory_kinds=("boat club",)))
    write_release(charter, make_release())
    settings = charter / "charter.yml"
    settings.write_text(f"{settings.read_text()}branches: {{count: {count}}}\n")
    write_signatory(charter, make_signatory("quay-union", formerly=("pier-union",)))
    for slug, above in (("quay-north", "pier-union"), ("quay-far-north", "quay-north")):
        write_signatory(charter, make_signatory(slug, part_of=above, signed_for=True))
    write_signatory(charter, make_signatory("quay-south", ("1.0.0", "2024-12-24"), part_of="quay-union"))
    register = register_view(load(charter), "2025-01-01")
    assert register
    return register


@pytest.mark.parametrize(("count", "expected"), [("each", 4), ("once", 1)])
def test_a_federation_signs_for_its_branches_which_count_as_the_charter_says(tmp_path, count, expected):
    register = federation(tmp_path, count)
    assert register.counts.all == expected
    assert sum(number for _, number in register.counts.kind) == expected
    signed = {
        each.signatory.slug: (each.signature.date, each.signatory.signed_for) for each in register.entries
    }
    assert signed == {
        "quay-union": ("2024-12-01", False),
        "quay-north": ("2024-12-01", True),
        "quay-far-north": ("2024-12-01", True),
        "quay-south": ("2024-12-24", False),
    }
    assert [each.signatory.slug for each in register.branches["quay-union"]] == ["quay-north", "quay-south"]


def test_branches_count_by_themselves_once_their_federation_withdrew(tmp_path):
    entries = federation(tmp_path, "once").entries
    left = [
        replace(each, standing=Standing.WITHDRAWN) if not each.signatory.part_of else each for each in entries
    ]
    assert len(without_branches(left)) == 3


def test_names_come_in_the_order_of_the_language_in_use(monkeypatch):
    names = ("Llan Growers", "Lôn Las", "Chwarae", "Cyngor", "The Élan", "جمعية", "Zoo")
    several = [make_signatory(f"s{at}", name=name) for at, name in enumerate(names)]

    def listed():
        ordered = sorted(several, key=register.name_key)
        return [(each.name, register.initial(each)) for each in ordered]

    english = listed()
    assert [letter for _, letter in english] == ["C", "C", "E", "L", "L", "Z", "#"]
    monkeypatch.setattr("charterpress.register.names.language", lambda: "cy")
    assert listed() == [
        ("Cyngor", "C"), ("Chwarae", "Ch"), ("The Élan", "E"), ("Lôn Las", "L"), ("Llan Growers", "Ll"),
        ("Zoo", "Z"), ("جمعية", "#"),
    ]  # fmt: skip
    groups = by_letter(register.on_register(several, [ONE], ""))
    assert [(each.name, each.title) for each in groups][:2] == [("c", "C"), ("ch", "Ch")]
    monkeypatch.setattr("charterpress.register.names.language", lambda: "ar")
    assert listed()[0] == ("جمعية", "ج")
    two = make_signatory("x", name="جمعية", name_latin="Jamiya")
    assert register.listed_names(two) == ("جمعية", "Jamiya")
    assert register.initial(replace(two, name="黑莓渡口")) == "J"
    monkeypatch.undo()
    assert listed() == english
    assert register.listed_names(two) == ("Jamiya", "جمعية")
    assert register.listed_names(several[0]) == ("Llan Growers", "")


def test_a_letter_is_called_by_ascii_in_addresses():
    ids = {"A": "a", "Ll": "ll", "Å": "xe5", "ج": "x62c", "Dž": "x64x17e"}
    assert {each: register.initial_id(each) for each in ids} == ids
