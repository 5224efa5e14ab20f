"""`charter stamp`, and what `verify` and `status` say afterwards: two authorities of our own on loopback."""

from __future__ import annotations

import builtins
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from jsonschema import Draft202012Validator

import loops
from builders import release_draft, reword, write_note
from charterpress.cli import main, verify
from charterpress.cli import proofs as cli_proofs
from charterpress.model import MAX_TIME_STAMP_BYTES
from charterpress.outputs.assets import schema_files
from charterpress.text.dates import day_in_words
from commands import edit_file, file_contents
from loopback import moved, served
from time_stamping import (
    END,
    NOON,
    Authority,
    Desk,
    known_authorities,
    open_desks,
    posted,
    stamping_world,
    write_stamps,
)

SCHEMA = Draft202012Validator(json.loads(dict(schema_files())["schemas/commands-1.schema.json"]))
TODAY = datetime.now(UTC).date().isoformat()
DAY = "1 December 2026"
NORTH, SOUTH = Authority("North"), Authority("South")
MEANING = (
    "A time-stamp shows that these words existed by its day. It shows neither who wrote them nor that there "
    "were no others.\n"
)


@pytest.fixture
def root(draft, tmp_path, monkeypatch):
    """A charter with version 1.0.0 of today, and two authorities that count."""
    known_authorities(monkeypatch, tmp_path / "authorities.toml", NORTH, SOUTH, packaged=True)
    release_draft(draft, TODAY, first=True)
    return draft


@pytest.fixture
def world(monkeypatch):
    """An internet on this computer, which the command asks."""
    with stamping_world(monkeypatch) as internet:
        yield internet


def ran(capsys, *arguments):
    """The exit code, and what was said; today is always the same day."""
    code = loops.in_thread(lambda: main(arguments))
    said, errors = capsys.readouterr()
    return code, said.replace(day_in_words(TODAY), DAY), errors


def stamps(root):
    return sorted(path.name for path in (root / "releases/proofs").glob("*"))


# --- Asked for ---------------------------------------------------------------------------------------


def test_two_authorities_are_asked_and_what_they_say_is_kept(root, world, tmp_path, capsys):
    servers = open_desks(world, tmp_path, NORTH, SOUTH)
    said = (
        "  wrote    charter/releases/proofs/1.0.0.north.1.tsr\n"
        "  wrote    charter/releases/proofs/1.0.0.south.1.tsr\n"
        "  wrote    charter/releases/proofs/north.pem\n"
        "  wrote    charter/releases/proofs/south.pem\n"
        f"1.0.0: these words existed on {DAY}, say North and South.\n{MEANING}"
        "Commit these files together: the site shows them beside each version.\n"
    )
    assert ran(capsys, "stamp") == (0, said, "")
    heads = [each.asked[0].partition("\r\n\r\n")[0].splitlines() for each in servers]
    assert heads[0] == [
        "POST /tsa HTTP/1.1",
        "Host: north.example",
        "User-Agent: charter-links/1.0",
        "Accept: application/timestamp-reply",
        "Accept-Encoding: gzip, deflate",
        "Connection: close",
        "Content-Type: application/timestamp-query",
        heads[0][-1],
    ]
    assert [each.met for each in servers] == [1, 1]
    assert (root / "releases/proofs/north.pem").read_bytes() == NORTH.pem


def test_only_the_digest_leaves_the_computer(root, world, tmp_path, capsys):
    desk = Desk(NORTH, tmp_path / "north")
    world.open("north.example", {"/tsa": desk}, port=80, tls=False)
    ran(capsys, "stamp")
    (query,) = desk.queries
    assert sha256((root / "releases/1.0.0.json").read_bytes()).digest() in query
    assert len(query) < 100


def test_what_is_there_is_not_asked_for_again(root, world, tmp_path, capsys):
    servers = open_desks(world, tmp_path, NORTH, SOUTH)
    ran(capsys, "stamp")
    before = file_contents(root)
    code, out, _ = ran(capsys, "stamp")
    assert (code, out) == (0, f"1.0.0: these words existed on {DAY}, say North and South.\n{MEANING}")
    assert ([each.met for each in servers], file_contents(root)) == ([1, 1], before)


def test_an_authority_is_left_the_pause_that_it_wants(root, world, tmp_path, capsys):
    reword(root, "It does.", "It does so.")
    write_note(root, "moorings-first", class_="guidance")
    release_draft(root, TODAY)
    open_desks(world, tmp_path, NORTH, SOUTH)
    assert ran(capsys, "stamp")[0] == 0
    assert (len(stamps(root)), world.waited) == (6, [15, 15])


def test_before_one_ends_it_is_renewed_and_the_old_one_stays(root, world, tmp_path, capsys):
    soon = datetime.now(UTC) + timedelta(days=100)
    old = NORTH.renewed(NOON - timedelta(days=400), soon)
    first = old.stamp((root / "releases/1.0.0.json").read_bytes(), datetime.now(UTC))
    write_stamps(root, old, first)
    open_desks(world, tmp_path, NORTH, SOUTH)
    assert ran(capsys, "stamp")[0] == 0
    assert stamps(root)[:2] == ["1.0.0.north.1.tsr", "1.0.0.north.2.tsr"]
    assert (root / "releases/proofs/1.0.0.north.1.tsr").read_bytes() == first
    assert ran(capsys, "verify")[0] == 0


# --- Not given ---------------------------------------------------------------------------------------

SAYS = {
    "nothing": ({}, "the answer was 404"),
    "a page": ({"/tsa": served("<html>")}, "it is not a time-stamp, but a refusal or something else"),
    "elsewhere": ({"/tsa": moved("http://south.example/tsa")}, "the answer was 302"),
    "too much": ({"/tsa": served(b"0" * (MAX_TIME_STAMP_BYTES + 1))}, "it is larger than 0.065536 MB"),
    "half": ({"/tsa": served(b"0" * 100)[:-50]}, "the answer is not HTTP as it should be"),
    "a stamp of others": (
        {"/tsa": served(NORTH.stamp(b"others"))},
        "it is of another file",
    ),
}


@pytest.mark.parametrize("case", SAYS)
def test_an_answer_that_is_none_is_not_kept_and_the_other_authority_is(root, world, tmp_path, capsys, case):
    says, why = SAYS[case]
    world.open("north.example", says, port=80, tls=False)
    open_desks(world, tmp_path, SOUTH)
    code, out, err = ran(capsys, "stamp")
    assert (code, err) == (1, "")
    assert f"North gave no time-stamp of 1.0.0: {why}.\n" in out
    assert f"1.0.0: these words existed on {DAY}, says South.\n" in out
    assert stamps(root) == ["1.0.0.south.1.tsr", "south.pem"]


def test_an_answer_to_another_request_is_not_kept(root, world, tmp_path, capsys):
    """Somebody on the way plays an old answer again."""
    desk, old = Desk(NORTH, tmp_path / "north"), []

    def replay(connection, server):
        old.append(desk.reply(posted(server)))
        connection.sendall(served(old[0]))

    world.open("north.example", {"/tsa": replay}, port=80, tls=False)
    ran(capsys, "stamp")
    (root / "releases/proofs/1.0.0.north.1.tsr").unlink()
    assert (
        "North gave no time-stamp of 1.0.0: it is the answer to another request.\n" in ran(capsys, "stamp")[1]
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254"])
def test_a_host_inside_is_never_asked(root, world, capsys, address):
    world.names |= {"north.example": [address], "south.example": [address]}
    code, out, _ = ran(capsys, "stamp")
    assert (code, out.count("its host has an address that is not public")) == (1, 2)
    assert not (root / "releases/proofs").exists()


def test_nobody_is_asked_about_a_release_that_is_not_what_was_released(root, world, tmp_path, capsys):
    servers = open_desks(world, tmp_path, NORTH, SOUTH)
    edit_file(root / "releases/1.0.0.json", "It does.", "It may.")
    code, out, _ = ran(capsys, "stamp")
    assert (code, [each.met for each in servers]) == (1, [0, 0])
    assert out.endswith("Nothing was asked for. Fix the errors above, then run “charter stamp” again.\n")


# --- Verified ----------------------------------------------------------------------------------------


@pytest.fixture
def stamped(root):
    """The same release of a given day, stamped by both at NOON."""
    for each in (root / "releases").glob("*"):
        each.unlink()
    release_draft(root, "2026-11-29", first=True)
    data = (root / "releases/1.0.0.json").read_bytes()
    for each in (NORTH, SOUTH):
        write_stamps(root, each, each.stamp(data))
    return root


def set_clock(monkeypatch, now):
    monkeypatch.setattr(cli_proofs, "utc_now", lambda: now)
    monkeypatch.setattr(verify, "utc_now", lambda: now)


def last_lines(capsys, *arguments, code=0):
    found, out, err = ran(capsys, *arguments)
    assert (found, err) == (code, "")
    return out.splitlines()[2:]


def test_verify_says_in_one_line_what_is_proven(stamped, monkeypatch, capsys):
    set_clock(monkeypatch, NOON + timedelta(days=30))
    said = "1.0.0: these words existed on 30 November 2026, say North and South."
    assert last_lines(capsys, "verify") == [said, MEANING.strip()]


def test_verify_names_each_day_where_they_differ(stamped, monkeypatch, capsys):
    data = (stamped / "releases/1.0.0.json").read_bytes()
    write_stamps(stamped, SOUTH, SOUTH.stamp(data, NOON + timedelta(days=1)))
    set_clock(monkeypatch, NOON + timedelta(days=30))
    said = "1.0.0: these words existed on 30 November 2026, says North; on 1 December 2026, says South."
    assert last_lines(capsys, "verify") == [said, MEANING.strip()]


@pytest.mark.parametrize(
    ("days", "odd"),
    [
        (8, "dated 29 November 2026, 8 days before anybody outside saw it."),
        (7, ""),
        (-1, ""),
        (-2, "dated 29 November 2026, 2 days after somebody outside saw it."),
    ],
)
def test_verify_flags_a_stamp_that_does_not_fit_the_date_of_a_release(
    stamped, monkeypatch, capsys, days, odd
):
    """More than a week is what an owner would need who rewrote everything: it is proven by its day only."""
    data = (stamped / "releases/1.0.0.json").read_bytes()
    for each in (NORTH, SOUTH):
        write_stamps(stamped, each, each.stamp(data, NOON + timedelta(days=days - 1)))
    set_clock(monkeypatch, NOON + timedelta(days=30))
    lines = last_lines(capsys, "verify")
    assert lines[1:-1] == ([f"1.0.0: beware, it is {odd}"] if odd else [])


def test_verify_calls_a_faulty_one_by_its_file_and_fails(stamped, monkeypatch, capsys):
    (stamped / "releases/proofs/1.0.0.north.1.tsr").write_bytes(b"none")
    set_clock(monkeypatch, NOON + timedelta(days=30))
    path, why = (
        "charter/releases/proofs/1.0.0.north.1.tsr",
        "it is not a time-stamp, but a refusal or something else",
    )
    assert last_lines(capsys, "verify", code=1) == [
        "1.0.0: these words existed on 30 November 2026, says South.",
        f"{path}: this time-stamp proves nothing: {why}.",
        MEANING.strip(),
    ]


def test_what_has_ended_proves_nothing_and_the_release_is_as_valid_as_before(stamped, monkeypatch, capsys):
    set_clock(monkeypatch, END + timedelta(days=1))
    assert last_lines(capsys, "verify") == [
        f"1.0.0: what {name} said held until 1 January 2036: “charter stamp” asks again."
        for name in ("North", "South")
    ]


def test_verify_says_which_have_none(root, capsys):
    assert last_lines(capsys, "verify") == ["Without a time-stamp: 1.0.0."]


def test_verify_says_it_to_programs_too(stamped, monkeypatch, capsys):
    set_clock(monkeypatch, NOON + timedelta(days=30))
    code, out, _ = ran(capsys, "verify", "--format", "json")
    told = json.loads(out)
    SCHEMA.validate(told)
    own = {
        "time": "2026-11-30T12:00:00+00:00",
        "ends": "2036-01-01T00:00:00+00:00",
        "fault": "",
    }
    authorities = [
        {"id": each.id, "name": each.words, "files": [f"1.0.0.{each.id}.1.tsr"], **own}
        for each in (NORTH, SOUTH)
    ]
    expected = {"file": "1.0.0.json", "date": "2026-11-29", "delay": 1, "authorities": authorities}
    assert (code, told["time_stamps"]) == (0, [expected])


# --- Status ------------------------------------------------------------------------------------------


def status_lines(capsys, monkeypatch, now):
    set_clock(monkeypatch, now)
    return [line for line in ran(capsys, "status")[1].splitlines() if "ime-stamp" in line]


def test_status_says_when_to_renew(stamped, monkeypatch, capsys):
    first = NOON + timedelta(days=30)
    assert status_lines(capsys, monkeypatch, first) == ["Time-stamps are to be renewed from 5 July 2035 on."]
    names = "1.0.0.north.2.tsr, 1.0.0.south.2.tsr"
    asked = f"Time-stamps to ask for with “charter stamp”: {names}."
    assert status_lines(capsys, monkeypatch, END - timedelta(days=30)) == [asked]
    told = json.loads(ran(capsys, "status", "--format", "json")[1])
    SCHEMA.validate(told)
    assert told["time_stamps"] == {"due": names.split(", "), "renewal": "2035-07-05T00:00:00+00:00"}


def test_status_says_nothing_of_time_stamps_to_a_charter_that_has_none(root, monkeypatch, capsys):
    assert status_lines(capsys, monkeypatch, NOON) == []


def test_status_points_to_what_is_faulty(stamped, monkeypatch, capsys):
    (stamped / "releases/proofs/1.0.0.north.1.tsr").write_bytes(b"none")
    now = NOON + timedelta(days=30)
    assert "A time-stamp proves nothing: “charter verify” says why." in status_lines(capsys, monkeypatch, now)


# --- Whom to ask -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("named", "asked"), [("", 2), ("south", 1), ("south north", 2), ("none", 0)])
def test_the_environment_says_whom_to_ask(root, world, monkeypatch, capsys, named, asked):
    monkeypatch.setenv("CHARTER_AUTHORITIES", named)
    code, out, _ = ran(capsys, "stamp")
    assert (code, out.count("gave no time-stamp")) == (int(bool(asked)), asked)


def test_an_authority_that_there_is_not_is_a_usage_error(root, monkeypatch, capsys):
    monkeypatch.setenv("CHARTER_AUTHORITIES", "nort")
    why = "CHARTER_AUTHORITIES names “nort”, which is none of these authorities: north, south\n"
    assert ran(capsys, "stamp") == (2, "", f"error: {why}")


def test_what_is_not_installed_is_named(stamped, monkeypatch, capsys):
    """A release without the library is still verified; what its time-stamps prove is not."""
    find = builtins.__import__

    def find_others(name, *rest, **more):
        if name == "charterpress.proofs.tokens":
            raise ImportError(name)
        return find(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", find_others)
    code, out, _ = ran(capsys, "verify")
    assert (code, out.count('python -m pip install "charterpress[proofs]"')) == (1, 2)
    assert out.startswith("Version 1.0.0 of 2026-11-29 is whole")
