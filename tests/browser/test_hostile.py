"""A site made of what strangers may write, in the browser: no script but ours, no request elsewhere, no link
that runs; and the same with the policy switched off, for escaping alone has to do."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from pathlib import Path

import pytest
from lxml import etree, html
from pikepdf import Dictionary, Pdf
from playwright.sync_api import expect

from charterpress.views import addresses
from conftest import PREFIX, build_once
from hostile import everywhere
from site_server import serve

OPENED = (
    *("", "charter/", "charter/theme-0/", "charter/theme-0/p0/", "charter/theme-1/p9/", "versions/"),
    *("versions/1.0.0/", "versions/2.0.0/", "versions/2.0.0/changes/", "versions/compare/1.0.0..2.0.0/"),
    *("draft/", "signatories/", "signatories/print/", "sign/", "practice/", "practice/competencies/"),
    *("practice/self-assessment/", "practice/cafe/", "practice/reflect/", "practice/one-page/"),
)
ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "poster")
"""Attributes that lead somewhere."""
FAULTS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


WORDS = ("alert 1", "script", "onerror", "javascript", "evil example")
"""Words of payloads that stand in texts."""
FROM_THE_SEARCH = {"ul", "li", "a", "strong", "span", "mark"}
"""Elements that the results of the search are made of."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(at, marks=pytest.mark.long if at else ()) for at in range(everywhere.TURNS)],
)
def turn(request):
    """Which of the charters is looked at: the first in every run, as the others take minutes."""
    return request.param


@pytest.fixture(scope="module")
def folder(turn, shared_folder):
    def write():
        with contextlib.redirect_stdout(io.StringIO()):
            return everywhere.write(shared_folder / f"hostile-{turn}", turn)

    return build_once(shared_folder, f"site-hostile-{turn}", write)


@pytest.fixture(scope="module")
def hostile(folder):
    with serve(folder, PREFIX) as address:
        yield address


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("<p onclick=alert(1)>Quay</p>", "onclick"),
        ("<p style='background:url(//evil.example/x)'>Quay</p>", "style"),
        ("<a href='java\tscript:alert(1)'>Quay</a>", "javascript:"),
        ("<a href='data:text/html,x'>Quay</a>", "data:"),
        ("<script>alert(1)</script>", "a script"),
        ("<script src=//evil.example/x.js></script>", "elsewhere"),
        ("<img src=https://evil.example/x.png>", "elsewhere"),
        ("<svg><a xlink:href=javascript:alert(1)>Quay</a></svg>", "javascript:"),
        ("<template><p onclick=alert(1)>Quay</p></template>", "not ours"),
        ("<meta http-equiv=refresh content='0;url=//evil.example/'>", "elsewhere"),
        ("<base target=_top>", "not ours"),
        ("<x-quay>Quay</x-quay>", "not ours"),
    ],
)
def test_what_runs_is_seen(open_page, tmp_path, planted, said):
    (tmp_path / "index.html").write_text("<!doctype html><title>Quay</title><p>Quay", encoding="utf-8")
    good = "<!doctype html><p class=quay>Quay <a href=https://quay.example/>Club</a> <img src=/quay.png></p>"
    with serve(tmp_path, PREFIX) as address:
        page, _ = open_page(address)
        assert page.evaluate(FAULTS, [[(address, good)], ADDRESSES]) == []
        faults = page.evaluate(FAULTS, [[(address, good), (f"{address}bad/", good + planted)], ADDRESSES])
    assert {tuple(fault.split(": ")[:2]) for fault in faults} == {(f"{address}bad/", said)}


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_no_page_has_a_script_an_attribute_or_a_link_that_runs(open_page, folder, hostile, step):
    """Every page of the site, those of organisations in steps, as the browser's own parser reads it, fifty in
    one go."""
    pages = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.html"))
    assert len(pages) > 200
    of_one = re.compile(r"(?:\w\w/)?signatories/[^/]+/")
    own = [each for each in pages if of_one.match(each)]
    pages = sorted({*pages} - {*own} | {*own[::step]})
    page, _ = open_page(hostile)
    for start in range(0, len(pages), 50):
        some = pages[start : start + 50]
        read = [(hostile + each, (folder / each).read_text(encoding="utf-8")) for each in some]
        assert page.evaluate(FAULTS, [read, ADDRESSES]) == []


def test_an_organisation_is_called_what_it_says(folder, turn):
    payloads = {each.text for each in everywhere.PAYLOADS}
    listed = json.loads((folder / "signatories/signatories.json").read_text(encoding="utf-8"))["signatories"]
    names = {each["slug"]: each["name"] for each in listed if each["name"] in payloads}
    assert set(names.values()) == {each.name for each in everywhere.signatories(turn)} & payloads
    assert len(names) > 40
    for slug, name in names.items():
        home = folder / "signatories" / slug
        for file in (home / "index.html", *home.glob("certificate/index.html")):
            page = html.parse(file, html.HTMLParser(encoding="utf-8")).getroot()
            assert "".join(page.cssselect("h1 bdi")[0].itertext()) == name


@pytest.fixture
def watched(open_page, hostile):
    """watched(bypass_csp=True) opens the site, of which nothing runs or asks another host."""
    ran, witnesses = [], []

    def watched_(**options):
        page, witness = open_page(hostile, **options)
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        witnesses.append(witness)
        return page

    yield watched_
    for witness in witnesses:
        assert (ran, witness.foreign(hostile), witness.complaints) == ([], [], [])


@pytest.mark.parametrize(
    "bypass_csp",
    [pytest.param(False, id="policy", marks=pytest.mark.long), pytest.param(True, id="no policy")],
)
def test_nothing_runs_and_nothing_is_asked_of_another_host(watched, folder, hostile, bypass_csp):
    """One page of each kind, and those of every sixth organisation with a certificate, with scripts on; with
    the policy, of every third."""
    page = watched(bypass_csp=bypass_csp)
    papers = sorted(each.parent.parent for each in folder.glob("signatories/*/certificate/*.html"))
    signed = [f"signatories/{each.name}/" for each in papers[:: 6 if bypass_csp else 3]]
    for address in (*OPENED, *signed, *(f"{each}certificate/" for each in signed)):
        page.goto(hostile + address, wait_until="load")


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
def test_the_search_shows_words_and_no_more(watched, folder, search, every):
    """Hostile titles, every third or all, are found and shown as they are; the policy is off, so that what
    would run runs."""
    page = watched(bypass_csp=True)
    pages = json.loads((folder / addresses.SEARCH_INDEX).read_text(encoding="utf-8"))["pages"]
    titles = {each["title"] for each in pages} & {each.text for each in everywhere.PAYLOADS}
    wordless = {each for each in titles if not any(letter.isalnum() for letter in each)}
    assert len(titles - wordless) > 5
    within = page.locator("[data-search-results] *")
    for phrase in sorted(wordless)[
        ::every
    ]:  # it looks for words: there is nothing to look for, and nothing is found
        assert search(page, WORDS[0])
        page.get_by_label("Search", exact=True).fill(phrase)
        expect(page.get_by_role("search").get_by_role("status")).to_have_text("Type to start searching")
        assert within.count() == 0
    for phrase in (*sorted(titles - wordless)[::every], *WORDS):
        assert search(page, phrase)
        shown = page.locator("[data-search-results] .search__title").all_text_contents()
        assert phrase in (*shown, *WORDS)
        tags = within.evaluate_all("nodes => nodes.map(node => node.localName)")
        assert set(tags) <= FROM_THE_SEARCH
        names = within.evaluate_all("nodes => nodes.flatMap(node => node.getAttributeNames())")
        assert set(names) <= {"href", "class"}


def test_feeds_and_drawings_are_plain_xml(folder):
    ours = {"http://www.w3.org/2005/Atom", "http://www.w3.org/2000/svg"}
    files = [*folder.rglob("*.atom"), *folder.rglob("*.svg")]
    assert len(files) > 10
    for file in files:
        tree = etree.parse(file, etree.XMLParser(resolve_entities=False))
        assert tree.docinfo.internalDTD is None
        for node in tree.iter():
            assert node.tag not in {etree.Entity, etree.ProcessingInstruction}
            if node.tag is not etree.Comment:
                assert etree.QName(node).namespace in ours
                assert etree.QName(node).localname not in {"script", "foreignObject"}


def test_tables_and_data_are_what_they_say(folder):
    for file in folder.rglob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert all(json.loads(file.read_text(encoding="utf-8")) for file in folder.rglob("*.json"))


def test_documents_hold_no_program_and_lead_nowhere_else(folder):
    files = list(folder.rglob("*.pdf"))
    papers = {"versions/1.0.0/charter.pdf", "versions/2.0.0/charter.pdf", "signatories/signatories.pdf"}
    assert papers <= {file.relative_to(folder).as_posix() for file in files}
    for file in files:
        with Pdf.open(file) as document:
            assert list(document.attachments) == []
            for found in (each for each in document.objects if isinstance(each, Dictionary)):
                kind, address = (str(found.get(key, "")) for key in ("/S", "/URI"))
                assert kind not in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
                assert not address or address.startswith(("http://", "https://", "mailto:"))
