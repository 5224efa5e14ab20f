"""links: the pages of all organisations, asked one after another and at the same time."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

import loops
from charterpress.linkcheck import Question, Verdict, charter_site
from charterpress.linkcheck.fetch import Limits
from charterpress.linkcheck.survey import MAX_TIMEOUTS, survey
from loopback import (
    HARBOUR,
    HASTY,
    QUICK,
    SIGNED,
    SITE,
    SLACK,
    drip,
    moved,
    served,
)


def question(slug, link=None, version="1.0.0"):
    link = link or f"https://{slug}.example/"
    return Question(slug=slug, name=slug, version=version, signed="2026-12-01", link=link, last=True)


def surveyed(world, *questions, limits=QUICK, done=lambda _number, _answer: None):
    """The answers to the questions."""
    place = charter_site(SITE, ("1.0.0", "2.0.0"))

    async def all_of_them():
        return await survey(questions, world.client(limits), place, done)

    return loops.run(all_of_them())


def test_every_verdict_comes_from_a_server(world):
    """One page of each kind, in the order asked; nothing that one does keeps the others from theirs."""
    kinds = {
        "signed": served(SIGNED),
        "other": served(SIGNED.replace("1.0.0", "2.0.0")),
        "only": served(SIGNED.replace("1.0.0", "latest")),
        "none": served(f"<!-- {SIGNED} -->"),
        "gone": served(status="410 Gone"),
        "deep": served("<div>" * 600 + SIGNED),
        "moved": moved("http://10.0.0.1/"),
    }
    for name, says in kinds.items():
        world.open(f"{name}.example", {"/": says})
    told = []
    strange = question("strange", "mailto:chair@strange.example")
    answers = surveyed(world, *map(question, kinds), strange, done=lambda number, _: told.append(number))
    assert [(each.question.slug, each.verdict, each.versions) for each in answers] == [
        ("signed", Verdict.SIGNED, ("1.0.0",)),
        ("other", Verdict.OTHER, ("2.0.0",)),
        ("only", Verdict.CHARTER, ()),
        ("none", Verdict.NONE, ()),
        ("gone", Verdict.UNREACHABLE, ()),
        ("deep", Verdict.UNREACHABLE, ()),
        ("moved", Verdict.REFUSED, ()),
        ("strange", Verdict.REFUSED, ()),
    ]
    assert len(told) == len(answers)
    private = "its host has an address that is not public (asked for its robots.txt)"
    assert [each.sentence("2027-05-03") for each in answers[4:]] == [
        "on 2027-05-03 this page could not be read: the answer was 410",
        "on 2027-05-03 this page could not be read: its elements lie too deep within one another",
        f"on 2027-05-03 this page was not asked for: {private}",
        "on 2027-05-03 this page was not asked for: its address is not one of the web",
    ]


def test_a_page_that_two_signatures_name_is_read_once(world):
    server = world.open("harbour.example", {"/": served(SIGNED)})
    answers = surveyed(
        world,
        question("harbour", version="2.0.0"),
        question("ferry", f"{HARBOUR}#us"),
        question("ferry", "https://HARBOUR.example:443"),
    )
    assert [each.verdict for each in answers] == [Verdict.OTHER, Verdict.SIGNED, Verdict.SIGNED]
    assert server.paths == ["/"]


def test_a_host_is_asked_one_thing_at_a_time_and_hosts_at_the_same_time(world):
    meeting = threading.Barrier(2)
    turn = threading.Lock()
    alone = []

    def slowly(connection, server):
        mine = turn.acquire(blocking=False)
        alone.append(mine)
        server.closing.wait(0.1)
        if mine:
            turn.release()
        connection.sendall(served(SIGNED))

    def together(connection, server):
        meeting.wait(SLACK)
        connection.sendall(moved("https://busy.example/moved"))

    paths = [f"/{number}" for number in range(6)]
    world.open("busy.example", {**dict.fromkeys(paths, slowly), "/moved": slowly})
    for name in ("one", "two"):
        world.open(f"{name}.example", {"/": together})
    pages = [question("busy", f"https://busy.example{path}") for path in paths]
    answers = surveyed(world, *pages, question("one"), question("two"))
    assert {each.verdict for each in answers} == {Verdict.SIGNED}
    assert len(alone) > len(paths)
    assert all(alone)


@pytest.mark.serial
def test_waiting_for_ones_turn_takes_nothing_of_a_pages_time(world):
    def slowly(connection, server):
        server.closing.wait(1)
        connection.sendall(served(SIGNED))

    paths = [f"/{number}" for number in range(4)]
    world.open("busy.example", {**dict.fromkeys(paths, slowly)})
    elsewhere = {f"/{number}": moved(f"https://busy.example/{number}") for number in range(4)}
    names = ["one", "two", "three", "four"]
    for name in names:
        world.open(f"{name}.example", elsewhere)
    asked = [question(name, f"https://{name}.example/{number}") for number, name in enumerate(names)]
    answers = surveyed(world, *asked, limits=replace(QUICK, seconds=2))
    assert {each.verdict for each in answers} == {Verdict.SIGNED}


@pytest.mark.serial
def test_a_host_that_is_always_late_is_given_up(world):
    paths = [f"/{number}" for number in range(6)]
    server = world.open("tar.example", dict.fromkeys(paths, drip(b"", b"", every=9)))
    asked = [question("tar", f"https://tar.example{path}") for path in paths]
    answers = surveyed(world, *asked, limits=HASTY)
    assert {each.verdict for each in answers} == {Verdict.UNREACHABLE}
    assert [each.reason for each in answers[MAX_TIMEOUTS:]] == ["its host is too slow"] * (
        len(paths) - MAX_TIMEOUTS
    )
    assert len(server.paths) == MAX_TIMEOUTS


def test_the_limits_are_those_that_were_promised():
    limits = Limits()
    assert (limits.seconds, limits.redirects, limits.page) == (10, 5, 2_000_000)
