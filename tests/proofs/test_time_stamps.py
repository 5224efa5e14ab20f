"""What the time-stamps of a release prove at a moment: renewals, clocks, and files that are missing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from builders import release_draft, write_charter
from charterpress.model import TimeStamp
from charterpress.outputs.data.releases import proof_files
from charterpress.proofs.authorities import authorities
from charterpress.proofs.time_stamps import RENEWAL, covered, due_requests, prove
from charterpress.read import load
from time_stamping import END, NOON, START, Authority, known_authorities, write_stamps
from translated import add_languages, release_again, write_translation

NOW = NOON + timedelta(days=1)


@pytest.fixture
def root(tmp_path, known):
    """A charter with version 1.0.0, of the day before NOON."""
    made = write_charter(tmp_path)
    release_draft(made, "2026-11-29", first=True)
    return made


def words(root):
    return (root / "releases/1.0.0.json").read_bytes()


def proof(root, now=NOW):
    (found,) = prove(load(root, shown="charter"), now)
    return found


def statement(root, now=NOW):
    """What the one authority says."""
    (found,) = proof(root, now).statements
    return found


def day(root, now):
    """The day that is proven, or None."""
    time = statement(root, now).time
    return time and time.date().isoformat()


def fault(root, now=NOW):
    found = statement(root, now)
    assert (found.time, found.ends, bool(found.fault)) == (None, None, True)
    return found.fault


# --- One and two -------------------------------------------------------------------------------------


def test_a_release_without_time_stamps_is_proven_nothing_of(root):
    found = proof(root)
    assert (found.stem, found.statements, found.proven, found.delay) == ("1.0.0", (), (), 0)


def test_each_authority_says_when_it_existed(root, north, south):
    write_stamps(root, north, north.stamp(words(root)))
    write_stamps(root, south, south.stamp(words(root), NOON + timedelta(hours=20)))
    found = [(each.name, each.time, each.ends, each.fault) for each in proof(root).proven]
    assert found == [("North", NOON, END, ""), ("South", NOON + timedelta(hours=20), END, "")]
    assert proof(root).delay == 1


def test_one_is_of_its_own_file_alone(root, north, south):
    """The words of another release, a byte more, and a stamp under the name of another authority."""
    write_stamps(root, north, north.stamp(words(root) + b"\n"))
    assert fault(root) == "it is of another file"
    (root / "releases/proofs/1.0.0.north.1.tsr").rename(root / "releases/proofs/1.0.0.south.1.tsr")
    assert fault(root) == "it is of another file"
    write_stamps(root, south, north.stamp(words(root)))
    assert fault(root) == "its signature does not lead to the authority’s root certificate"


def test_an_authority_that_nobody_named_counts_for_nothing(root):
    """Whatever root certificate lies beside what it says."""
    stranger = Authority("Stranger")
    write_stamps(root, stranger, stranger.stamp(words(root)))
    assert fault(root) == "its authority is not one whose time-stamps count"


def test_a_root_certificate_that_is_not_pinned_counts_for_nothing(root, north, south):
    """A forger writes another beside the time-stamp, of the same name: its fingerprint is another."""
    forger = Authority("North")
    write_stamps(root, forger, forger.stamp(words(root)))
    assert fault(root) == "the authority’s root certificate is missing"
    (root / "releases/proofs/north.pem").write_bytes(north.pem + south.pem + forger.pem)
    assert fault(root) == "its signature does not lead to the authority’s root certificate"


@pytest.mark.parametrize(
    "kept", [b"", b"\0" * 100, b"-----BEGIN CERTIFICATE-----\nA=A\n-----END CERTIFICATE-----\n"]
)
def test_without_the_root_certificate_nothing_is_proven(root, north, kept):
    write_stamps(root, north, north.stamp(words(root)))
    (root / "releases/proofs/north.pem").write_bytes(kept)
    assert fault(root) == "the authority’s root certificate is missing"


def test_a_published_translation_is_stamped_like_a_release(tmp_path, north, known):
    folder = write_charter(tmp_path)
    add_languages(folder, cy="binding")
    write_translation(folder)
    release_again(folder, "2026-11-29", first=True)
    data = (folder / "releases/1.0.0.cy.1.json").read_bytes()
    write_stamps(folder, north, north.stamp(data), stem="1.0.0.cy.1")
    source, welsh = prove(load(folder, shown="charter"), NOW)
    assert (source.stem, source.proven, welsh.stem, welsh.proven[0].time) == ("1.0.0", (), "1.0.0.cy.1", NOON)
    assert asked(folder) == ["1.0.0.north.1.tsr", "1.0.0.south.1.tsr", "1.0.0.cy.1.south.1.tsr"]
    assert list(dict(proof_files(load(folder, shown="charter")))) == [
        "versions/1.0.0/proof/1.0.0.cy.1.north.1.tsr",
        "versions/1.0.0/proof/north.pem",
    ]


# --- Renewals ----------------------------------------------------------------------------------------

SECOND = datetime(2035, 8, 1, tzinfo=UTC)
LATER = datetime(2044, 1, 1, tzinfo=UTC)


@pytest.fixture
def renewed(root, north):
    """Stamps of 2026 and of 2035, when the first still held, and what the next would be of."""
    first = north.stamp(words(root))
    another = north.renewed(datetime(2030, 1, 1, tzinfo=UTC), LATER)
    second = another.stamp(words(root) + first, SECOND)
    write_stamps(root, north, first, second)
    return root


@pytest.mark.parametrize(
    ("now", "proven"),
    [
        (NOW, "2026-11-30"),
        (END - timedelta(seconds=1), "2026-11-30"),
        (END, None),
        (END + timedelta(days=400), None),
    ],
)
def test_before_it_is_renewed_one_proves_something_until_its_certificates_end(root, north, now, proven):
    write_stamps(root, north, north.stamp(words(root)))
    assert day(root, now) == proven
    assert statement(root, now).ends == END


@pytest.mark.parametrize(
    ("now", "proven"),
    [
        (SECOND, "2026-11-30"),
        (END + timedelta(days=400), "2026-11-30"),
        (LATER, None),
    ],
)
def test_once_renewed_it_proves_its_own_day_as_long_as_the_renewal_holds(renewed, now, proven):
    assert day(renewed, now) == proven
    assert statement(renewed, now).ends == LATER


def test_one_that_was_renewed_too_late_proves_the_day_of_the_renewal(root, north):
    """Between the two anybody who got hold of an old key could have made the first."""
    first = north.stamp(words(root))
    late = END + timedelta(days=1)
    another = north.renewed(END, LATER)
    write_stamps(root, north, first, another.stamp(words(root) + first, late))
    assert day(root, late + timedelta(days=1)) == "2036-01-02"


def test_a_third_carries_both_of_those_before_it(renewed, north):
    earlier = load(renewed, shown="charter").time_stamps
    last = north.renewed(datetime(2040, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC))
    third = last.stamp(covered(words(renewed), earlier), datetime(2043, 1, 1, tzinfo=UTC))
    write_stamps(renewed, north, *(each.data for each in earlier), third)
    assert day(renewed, datetime(2050, 1, 1, tzinfo=UTC)) == "2026-11-30"


def test_a_renewal_proves_nothing_without_what_it_renews(renewed):
    """Nor where that was changed, or is the same made again."""
    first = renewed / "releases/proofs/1.0.0.north.1.tsr"
    kept = first.read_bytes()
    first.unlink()
    assert fault(renewed, SECOND) == "the one that it renews is missing"
    first.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert fault(renewed, SECOND) == "its signature does not lead to the authority’s root certificate"


def test_another_first_one_is_not_what_was_renewed(renewed, north):
    """An earlier day, made up with a key that has leaked since, under a renewal that is true."""
    forged = north.stamp(words(renewed), START)
    (renewed / "releases/proofs/1.0.0.north.1.tsr").write_bytes(forged)
    found = statement(renewed, SECOND)
    assert (found.time, found.fault) == (None, "it is of another file")
    assert found.path.endswith("1.0.0.north.2.tsr")


def test_openssl_alone_holds_the_newest_against_the_release(renewed, north):
    """As the page tells people to: one file after the other, and the root certificate."""
    folder = renewed / "releases"
    both = words(renewed) + (folder / "proofs/1.0.0.north.1.tsr").read_bytes()
    (renewed / "both").write_bytes(both)
    for data, number, time in (("both", 2, SECOND), ("releases/1.0.0.json", 1, NOON)):
        ran = subprocess.run(
            [
                *(
                    "openssl",
                    "ts",
                    "-verify",
                    "-data",
                    data,
                    "-in",
                    f"releases/proofs/1.0.0.north.{number}.tsr",
                ),
                *("-CAfile", "releases/proofs/north.pem", "-attime", str(int(time.timestamp()))),
            ],
            cwd=renewed,
            capture_output=True,
            check=False,
        )
        assert b"Verification: OK" in ran.stdout + ran.stderr


# --- Clocks ------------------------------------------------------------------------------------------


def test_a_time_that_has_not_come_yet_proves_nothing(root, north):
    write_stamps(root, north, north.stamp(words(root)))
    assert day(root, NOON - timedelta(hours=23)) == "2026-11-30"
    assert "has not come yet" in fault(root, NOON - timedelta(hours=25))


def test_a_renewal_is_not_older_than_what_it_renews(root, north):
    first = north.stamp(words(root))
    write_stamps(root, north, first, north.stamp(words(root) + first, NOON - timedelta(seconds=1)))
    assert fault(root) == "it is older than the one that it renews"


@pytest.mark.parametrize("days", [-2, 0, 1, 8, 9, 400])
def test_the_days_from_the_date_of_the_release_are_counted(root, north, days):
    write_stamps(root, north, north.stamp(words(root), NOON + timedelta(days=days - 1)))
    assert proof(root, NOW + timedelta(days=500)).delay == days


# --- What to ask for ---------------------------------------------------------------------------------


def asked(root, now=NOW):
    return [
        each.stamp.name
        for each in due_requests(prove(load(root, shown="charter"), now), authorities().values(), now)
    ]


def test_what_is_missing_is_asked_for(root, north):
    assert asked(root) == ["1.0.0.north.1.tsr", "1.0.0.south.1.tsr"]
    write_stamps(root, north, north.stamp(words(root)))
    assert asked(root) == ["1.0.0.south.1.tsr"]


@pytest.mark.parametrize(
    ("now", "names"),
    [
        (END - RENEWAL - timedelta(seconds=1), ["1.0.0.south.1.tsr"]),
        (END - RENEWAL, ["1.0.0.north.2.tsr", "1.0.0.south.1.tsr"]),
        (END + timedelta(days=1), ["1.0.0.north.2.tsr", "1.0.0.south.1.tsr"]),
    ],
)
def test_half_a_year_before_it_ends_one_is_asked_for_again(root, north, now, names):
    write_stamps(root, north, north.stamp(words(root)))
    assert asked(root, now) == names


def test_a_faulty_one_is_left_to_people(root, north):
    write_stamps(root, north, b"none")
    assert asked(root) == ["1.0.0.south.1.tsr"]


def test_an_authority_that_has_ended_is_not_asked_and_still_counts(root, north, tmp_path, monkeypatch):
    write_stamps(root, north, north.stamp(words(root)))
    (known,) = known_authorities(monkeypatch, tmp_path / "one.toml", north)
    text = (tmp_path / "one.toml").read_text()
    (tmp_path / "one.toml").write_text("\n".join(line for line in text.splitlines() if "url" not in line))
    assert (day(root, NOW), asked(root, END)) == ("2026-11-30", [])
    assert known is north


def test_a_name_says_of_what_a_time_stamp_is(tmp_path):
    stamp = TimeStamp(stem="2.0.0.cy.1", authority="north", number=3)
    assert stamp.name == "2.0.0.cy.1.north.3.tsr"
    assert replace(stamp, stem="2.0.0").name == "2.0.0.north.3.tsr"
