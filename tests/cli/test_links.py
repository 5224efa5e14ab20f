"""`charter links`: whom it asks about, what it reports, and how it ends."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from datetime import datetime

import pytest

import builders
import loops
from charterpress.cli import links, main
from charterpress.linkcheck import fetch, survey
from charterpress.model import Entry, EntryKind, Signature, Withdrawal
from commands import file_contents
from loopback import SITE, Internet, served

SIGNED = '<a href="https://charter.example/versions/1.0.0/">signed</a>'
PAGE = {"/": served(SIGNED)}
HOSTILE = "[x](javascript:1) <img src=x onerror=1> | `_*\n# @all \x1b[31m"
DAY = "2027-05-03"


def make_signatory(slug, **changes):
    """An organisation that signed 1.0.0 and names a page on a host of its name; `changes` are fields."""
    link = f"https://{slug}.example/"
    first = Signature(version="1.0.0", date="2024-12-02", role="Chair", link=link)
    return builders.make_signatory(slug, **{"name": slug.title(), "signed": (first,)} | changes)


@pytest.fixture
def register(version, monkeypatch):
    """A charter with version 1.0.0 in the working folder; `register(*signatories)` says who signed it, of
    whom each has a file."""
    read = links.read_edition

    def holding(*signatories, files=()):
        paths = [*(each.path for each in signatories), *files]
        entries = tuple(Entry(path=path, kind=EntryKind.FILE) for path in paths)

        def with_them(options):
            edition = read(options)
            return replace(edition, signatories=signatories, entries=edition.entries + entries)

        monkeypatch.setattr(links, "read_edition", with_them)

    return holding


@pytest.fixture
def world(monkeypatch):
    """An internet on this computer, which the command asks."""
    with Internet() as internet:
        monkeypatch.setattr(fetch, "Client", lambda site: internet.client())
        yield internet


def ran(capsys, *arguments):
    """The exit code, and what was said; the day is always the same."""
    code = loops.in_thread(lambda: main(("links", *arguments)))
    said, errors = capsys.readouterr()
    return code, said.replace(datetime.now().astimezone().date().isoformat(), DAY), errors


# --- Whom it asks about ------------------------------------------------------------------------------


def test_alone_it_asks_about_everybody_and_named_about_some(register, world, capsys):
    register(make_signatory("ferry"), make_signatory("harbour"))
    servers = {name: world.open(f"{name}.example", PAGE) for name in ("ferry", "harbour")}
    assert ran(capsys, "--site", SITE)[0] == 0
    assert [len(server.paths) for server in servers.values()] == [1, 1]
    assert ran(capsys, "--site", SITE, "harbour", "harbour")[0] == 0
    assert [len(server.paths) for server in servers.values()] == [1, 2]


def test_a_slug_that_nobody_has_is_answered_with_the_nearest(register, world, capsys):
    register(make_signatory("ferry"))
    assert ran(capsys, "--site", SITE, "fery") == (
        2,
        "",
        "error: there is no organisation “fery” in charter/signatories; did you mean “ferry”?\n",
    )
    assert ran(capsys, "--site", SITE, "zzz")[2].endswith("“zzz” in charter/signatories\n")
    assert world.looked_up == []


def test_an_organisation_that_is_left_out_of_the_register_is_not_asked_about(register, world, capsys):
    silent = Signature(version="1.0.0", date="2024-12-02", role="Chair")
    register(
        make_signatory("gone", withdrawn=Withdrawal(date="2025-01-01")),
        make_signatory("mute", signed=(silent,)),
        files=["charter/signatories/bad.yml"],
    )
    reason = "its page is not asked for while its file has errors: see charter check"
    assert ran(capsys, "--site", SITE, "bad")[2] == f"error: charter/signatories/bad.yml: {reason}\n"
    assert ran(capsys, "--site", SITE) == (0, LEFT_OUT, "")


LEFT_OUT = """\
No organisation named a page to ask for.
1 organisation withdrew.
1 organisation named no page.
1 file left out of the register: see charter check.
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "where is the charter's site? Say --site https://charter.example/, or set SITE_URL"),
        (
            ("--site", "charter"),
            "“charter” is not the address of a site; write it as https://charter.example/",
        ),
    ],
)
def test_it_has_to_know_where_the_site_is(register, capsys, arguments, said):
    register()
    assert ran(capsys, *arguments) == (2, "", f"error: {said}\n")


def test_the_site_may_be_named_by_the_environment(register, world, monkeypatch, capsys):
    register(make_signatory("ferry"))
    world.open("ferry.example", PAGE)
    monkeypatch.setenv("SITE_URL", "https://elsewhere.example/")
    assert ran(capsys)[0] == 1
    assert ran(capsys, "--site", SITE)[0] == 0
    monkeypatch.setenv("SITE_URL", SITE)
    assert ran(capsys)[0] == 0


# --- What it reports ---------------------------------------------------------------------------------


@pytest.fixture
def mixed(register, world):
    """Three organisations: one links as it should, one does not and has a hostile name, one is nowhere."""
    register(
        make_signatory("ferry"), make_signatory("harbour", name=HOSTILE), make_signatory("quay", area="")
    )
    world.open("ferry.example", PAGE)
    world.open("harbour.example", {"/": served("<p>Welcome")})


def test_the_report_for_people(mixed, capsys):
    name = "[x](javascript:1) <img src=x onerror=1> | `_*<U+000A># @all <U+001B>[31m"
    assert ran(capsys, "--site", SITE) == (
        1,
        f"""\
links to the version it signed: 1
  Ferry (ferry), version 1.0.0 of 2024-12-02
    https://ferry.example/
    on {DAY} this page linked to version 1.0.0

no link: 1
  {name} (harbour), version 1.0.0 of 2024-12-02
    https://harbour.example/
    on {DAY} no link to the charter was seen on this page

unreachable: 1
  Quay (quay), version 1.0.0 of 2024-12-02
    https://quay.example/
    on {DAY} this page could not be read: its host has no address (asked for its robots.txt)

3 pages asked for on {DAY}. links to the version it signed: 1; no link: 1; unreachable: 1.
A link says that it stood on that page on that day, and no more.
""",
        "",
    )


def opening(title, host):
    """How the line of a page starts in Markdown."""
    return f"- **{title}, version 1.0.0 of 2024-12-02** <https://{host}.example/>:"


def test_the_report_as_markdown(mixed, capsys):
    code, said, _ = ran(capsys, "--site", SITE, "--format", "markdown")
    assert code == 1
    name = r"\[x\](javascript\:1) \<img src=x onerror=1\> \| \`\_\* \# \@{} \<U+001B\>\[31m".format(
        "\u200ball"
    )
    ferry, harbour = ("Ferry (ferry)", "ferry"), (f"{name} (harbour)", "harbour")
    lines = said.splitlines()
    assert lines[:7] == [
        "## Links to the version it signed",
        "",
        f"{opening(*ferry)} on {DAY} this page linked to version 1.0.0",
        "",
        "## No link",
        "",
        f"{opening(*harbour)} on {DAY} no link to the charter was seen on this page",
    ]
    assert lines[-1] == "A link says that it stood on that page on that day, and no more."


def test_the_report_as_json(mixed, capsys):
    code, said, _ = ran(capsys, "--site", "https://CHARTER.example:443", "--format", "json")
    assert code == 1
    found = json.loads(said)
    assert found["pages"][0] == {
        "slug": "ferry",
        "name": "Ferry",
        "version": "1.0.0",
        "signed": "2024-12-02",
        "link": "https://ferry.example/",
        "last": True,
        "verdict": "signed",
        "linked": ["1.0.0"],
        "reason": "",
        "address": "https://ferry.example/",
        "said": f"on {DAY} this page linked to version 1.0.0",
    }
    assert [page["verdict"] for page in found.pop("pages")] == ["signed", "none", "unreachable"]
    assert found == {
        "format": "charter-links-1",
        "charter": "Harbour Charter",
        "site": SITE,
        "date": DAY,
        "counts": {"signed": 1, "other": 0, "charter": 0, "none": 1, "unreachable": 1, "refused": 0},
        "left_out": [],
    }


def test_the_exit_code_speaks_of_the_last_page_that_each_named(register, world, capsys):
    """A page that moved on to what was signed later is no fault."""
    first, second = (
        Signature(version=version, date=date, role="Chair", link="https://ferry.example/")
        for version, date in (("0.9.0", "2024-12-01"), ("1.0.0", "2025-12-02"))
    )
    world.open("ferry.example", PAGE)
    register(make_signatory("ferry", signed=(first, second)))
    code, said, _ = ran(capsys, "--site", SITE)
    assert code == 0
    assert "links to the version it signed: 1; links to another version: 1." in said
    register(make_signatory("ferry", signed=(second, first)))
    assert ran(capsys, "--site", SITE)[0] == 1


def test_it_changes_no_file(mixed, tmp_path, capsys):
    before = file_contents(tmp_path)
    ran(capsys, "--site", SITE)
    assert file_contents(tmp_path) == before


# --- How far it is -----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """What stands for a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize("plain", [False, True], ids=["in colour", "NO_COLOR"])
def test_a_terminal_is_shown_how_far_it_is(mixed, monkeypatch, capsys, plain):
    """On its error stream, so that a report can be kept; without colour where nobody wants it."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    loops.in_thread(lambda: main(("links", "--site", SITE, "--format", "json")))
    assert len(json.loads(capsys.readouterr().out)["pages"]) == 3
    shown = sys.stderr.getvalue()
    assert "Reading pages" in shown
    assert "3/3" in shown
    assert bool(re.search(r"\x1b\[[\d;]*3[1-8]", shown)) is not plain


def test_a_file_is_shown_nothing(mixed, monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ran(capsys, "--site", SITE)[2] == ""


def test_stopped_it_reports_nothing(register, monkeypatch, capsys):
    register(make_signatory("ferry"))

    def stop(site):
        raise KeyboardInterrupt

    monkeypatch.setattr(fetch, "Client", stop)
    reason = "stopped before any page was asked for; there is no report"
    assert ran(capsys, "--site", SITE) == (2, "", f"error: {reason}\n")


def test_stopped_it_reports_what_it_has(mixed, monkeypatch, capsys):
    plain = survey.survey

    async def stop_after_two(questions, client, site, done):
        await plain(list(questions)[:2], client, site, done)
        raise KeyboardInterrupt

    monkeypatch.setattr(survey, "survey", stop_after_two)
    code, out, _ = ran(capsys, "--site", SITE)
    assert code == 1
    assert "2 pages asked for on" in out
    assert re.search(r"Stopped: [0-9]+ pages? not asked for\.", out)


# --- What is kept ------------------------------------------------------------------------------------


@pytest.fixture
def kept(mixed, tmp_path):
    return tmp_path / "charter" / "links.json"


def test_what_was_seen_is_recorded_and_nothing_else(mixed, kept, tmp_path, capsys):
    before = file_contents(tmp_path)
    code, out, errors = ran(capsys, "--site", SITE, "--record", "--format", "json")
    assert (code, len(json.loads(out)["pages"])) == (1, 3)
    assert errors == "charter/links.json: 1 page seen to link to what was signed.\n"
    [page] = json.loads(kept.read_text())["pages"]
    assert (page["version"], page["seen"], page["looked"]) == ("1.0.0", *[today()] * 2)
    after = file_contents(tmp_path)
    assert {path: data for path, data in after.items() if not path.endswith("links.json")} == before


def today():
    return datetime.now().astimezone().date().isoformat()


def test_a_record_that_cannot_be_read_stays_as_it_is_and_no_page_is_asked_for(mixed, world, kept, capsys):
    kept.write_text('{"format": "charter-links-1",\n')
    code, out, errors = ran(capsys, "--site", SITE, "--record")
    assert (code, out) == (2, "")
    assert errors.startswith("error: charter/links.json:")
    assert "restore the file from git, or delete it" in errors
    assert kept.read_text() == '{"format": "charter-links-1",\n'
    assert world.looked_up == []


def test_stopped_it_records_what_it_has(mixed, kept, monkeypatch, capsys):
    plain = survey.survey

    async def stop_after_all(questions, client, site, done):
        await plain(questions, client, site, lambda number, answer: number == 2 or done(number, answer))
        raise KeyboardInterrupt

    monkeypatch.setattr(survey, "survey", stop_after_all)
    code, out, _ = ran(capsys, "--site", SITE, "--record")
    assert code == 1
    assert "Stopped: 1 page not asked for." in out
    assert len(json.loads(kept.read_text())["pages"]) <= 1


def test_a_folder_that_is_no_charter_keeps_no_record(world, tmp_path, monkeypatch, capsys):
    (tmp_path / "notes").mkdir()
    code, _, errors = ran(capsys, "--source", str(tmp_path / "notes"), "--site", SITE, "--record")
    assert code == 2
    assert "is not the folder of a charter" in errors
    assert list((tmp_path / "notes").iterdir()) == []
