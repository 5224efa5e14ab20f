"""The links that were seen on pages of signatories, from the register's file to its page and its data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from builders import make_charter, make_release, make_signatory
from charterpress.linkcheck import record, record_bytes
from charterpress.linkcheck.verdict import Answer, Question, Verdict
from charterpress.model import Class, Edition, SeenLink, Signature, Withdrawal
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.organisation_pages import organisation_pages
from charterpress.outputs.html.signatories.register_search import search_files
from charterpress.read import read_links
from charterpress.views.signatories import register_view, signed_label
from rendering import TEMPLATES

PAGE = "https://quay.example/us"
SEEN = SeenLink(slug="quay-club", version="1.0.0", link=PAGE, seen="2025-03-03", looked="2025-03-10")
SIGNATURE = Signature(version="1.0.0", date="2024-12-01", role="Chair", link=PAGE)
LINKING = make_signatory(signed=(SIGNATURE,))
DAY = "2025-04-01"
ONE = make_release()
TWO = make_release(ONE, version="2.0.0", date="2025-06-01", class_=Class.COMMITMENT)


def edition(*signatories, links=()) -> Edition:
    return Edition(
        root="charter",
        charter=make_charter(),
        documents=(),
        entries=(),
        releases=(ONE, TWO),
        signatories=signatories,
        links=links,
    )


def data(*signatories, links=(SEEN,), dated="2025-12-01"):
    """signatories.json, and the rows of signatories.csv."""
    view = register_view(edition(*signatories, links=links), dated)
    files = register_files(view.current, view.entries, view.day, view.seen)
    table = io.StringIO(files["signatories/signatories.csv"].decode("utf-8-sig"), newline="")
    return json.loads(files["signatories/signatories.json"]), list(csv.DictReader(table))


def shown(*signatories, links=(SEEN,)):
    view = register_view(edition(*signatories, links=links), "2025-12-01")
    pages = organisation_pages(view, Renderer(TEMPLATES), certificates=False)
    return {page.address: page.html for page in pages}


def answer(verdict, signatory=LINKING, signature=SIGNATURE):
    fields = {"slug": signatory.slug, "name": signatory.name, "version": signature.version}
    question = Question(**fields, signed=signature.date, link=signature.link, last=True)
    return Answer(question=question, verdict=verdict)


# --- What the register says --------------------------------------------------------------------------


def test_the_page_of_an_organisation_says_what_was_seen_and_when():
    html = shown(LINKING)["signatories/quay-club/"]
    assert "Its page was seen to link to version 1.0.0 on 3 March 2025." in html


UNTOLD = {
    "no link seen": (LINKING, ()),
    "another page": (LINKING, (replace(SEEN, link="https://quay.example/old"),)),
    "another version": (LINKING, (replace(SEEN, version="2.0.0"),)),
    "another organisation": (LINKING, (replace(SEEN, slug="ferry"),)),
    "withdrawn": (replace(LINKING, withdrawn=Withdrawal(date="2025-05-01")), (SEEN,)),
    "signed for": (replace(LINKING, signed_for=True), (SEEN,)),
}


@pytest.mark.parametrize(("who", "links"), UNTOLD.values(), ids=UNTOLD)
def test_nothing_is_said_of_what_was_not_seen(who, links):
    assert "was seen to link" not in shown(who, links=links)["signatories/quay-club/"]
    listed, rows = data(who, links=links)
    assert listed["signatories"][0]["link_seen"] is None
    assert rows[0]["link_seen"] == ""


def test_the_data_say_it_too():
    listed, rows = data(LINKING)
    assert listed["signatories"][0]["link_seen"] == {"version": "1.0.0", "date": "2025-03-03"}
    assert rows[0]["link_seen"] == "2025-03-03"


def test_the_register_is_of_no_earlier_day_than_what_it_says():
    late = replace(SEEN, seen="2025-08-02", looked="2025-09-09")
    assert data(LINKING, links=(late,), dated="2025-07-01")[0]["as_of"] == "2025-08-02"


def test_the_lists_mark_it_in_words_beside_the_version_that_was_seen():
    later = Signature(version="2.0.0", date="2025-07-01", role="Chair")
    for who, marked in ((LINKING, True), (replace(LINKING, signed=(SIGNATURE, later)), False)):
        view = register_view(edition(who, links=(SEEN,)), "2025-12-01")
        assert view.seen == {"quay-club": SEEN}
        [entry] = view.entries
        assert signed_label(entry, view.seen).endswith(", link seen") is marked
        lines = dict(search_files(view.active, {}, view.seen))
        shown = next(data.decode() for address, data in lines.items() if "/lines/" in address)
        assert (", link seen" in shown) is marked


# --- What is kept ------------------------------------------------------------------------------------


def test_what_was_seen_is_kept_and_what_was_not_is_no_entry():
    everybody = edition(LINKING)
    new = replace(SEEN, seen=DAY, looked=DAY)
    assert record((), [answer(Verdict.SIGNED)], everybody, DAY) == (new,)
    assert record((SEEN,), [answer(Verdict.SIGNED)], everybody, DAY) == (new,)
    for verdict in {*Verdict} - {Verdict.SIGNED}:
        assert record((), [answer(verdict)], everybody, DAY) == ()


def test_a_page_that_fails_today_keeps_the_day_on_which_it_was_seen():
    looked = (replace(SEEN, looked=DAY),)
    for verdict in (Verdict.OTHER, Verdict.NONE, Verdict.CHARTER, Verdict.UNREACHABLE):
        assert record((SEEN,), [answer(verdict)], edition(LINKING), DAY) == looked
    assert record((SEEN,), [answer(Verdict.REFUSED)], edition(LINKING), DAY) == (SEEN,)


def test_an_entry_goes_with_its_organisation_or_when_that_names_another_page():
    newer = Signature(version="2.0.0", date="2025-07-01", role="Chair", link=PAGE)
    assert record((SEEN,), (), edition(), DAY) == ()
    assert record((SEEN,), (), edition(replace(LINKING, signed=(SIGNATURE, newer))), DAY) == ()
    assert record((SEEN,), (), edition(replace(LINKING, signed=(replace(SIGNATURE, link=""),))), DAY) == ()
    silent = replace(newer, link="")
    assert record((SEEN,), (), edition(replace(LINKING, signed=(SIGNATURE, silent))), DAY) == (SEEN,)


def test_the_page_of_an_earlier_signature_makes_no_entry():
    newer = Signature(version="2.0.0", date="2025-07-01", role="Chair", link="https://quay.example/two")
    again = replace(LINKING, signed=(SIGNATURE, newer))
    assert record((), [answer(Verdict.SIGNED, again)], edition(again), DAY) == ()


def test_the_file_is_sorted_and_read_as_it_is_written():
    ferry = replace(SEEN, slug="ferry", link="https://fähre.example/%22slug%22:")
    signatories = (LINKING, make_signatory("ferry", signed=(replace(SIGNATURE, link=ferry.link),)))
    data = record_bytes(record((SEEN, ferry), (), edition(*signatories), DAY))
    lines = data.decode().splitlines()
    links, faults = read_links(lines)
    assert faults == ()
    assert links == (replace(ferry, line=4), replace(SEEN, line=5))
    assert read_links(record_bytes(()).decode().splitlines()) == ((), ())


HOSTILE = (
    "[" * 100_000,
    '{"pages": ' + "9" * 5000 + "}",
    '{"format": "charter-links-1", "pages": [{"slug": "\\ud800"}, {"\\u001b": 1}, null, 7]}',
    '{"pages": [' + "[],[]," * 200_000 + "[]]}",
    '{"pages": 1, "pages": 2}',
    "NaN",
    "",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_the_file_holds_is_a_fault_and_no_error(text):
    links, faults = read_links(text.splitlines() or [""])
    assert links == ()
    assert faults
    assert all(fault.message.encode() for fault in faults)
