"""A site made of what strangers may write, in the browser: no script but ours, no request elsewhere, no link
that runs; and the same with the policy switched off, for escaping alone has to do."""

from __future__ import annotations

import contextlib
import csv
import io
import json

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
SOME = 3
"""Of so many organisations with a certificate one is opened; the pages of all are read."""
ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "poster")
"""Attributes that lead somewhere."""
FAULTS = r"""([pages, leading]) => {
    const found = [];
    const strange = ["iframe", "object", "embed", "base", "style", "template", "foreignobject"];
    const within = address => address.origin === location.origin;
    for (const [address, text] of pages) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const base = new URL(address, location.href);
        const say = (node, what) => found.push(`${address}: ${what}: ${node.outerHTML.slice(0, 200)}`);
        for (const node of page.querySelectorAll("*")) {
            for (const { name, value } of node.attributes) {
                if (name.startsWith("on") || name === "srcdoc" || name === "style") say(node, name);
                if (!leading.includes(name)) continue;
                const to = new URL(value, base);
                if (!["http:", "https:", "mailto:"].includes(to.protocol)) say(node, to.protocol);
                if (!node.matches("a, link[rel=canonical]") && !within(to)) say(node, "elsewhere");
            }
            const kind = node.localName.toLowerCase();
            if (strange.includes(kind) || kind.includes("-")) say(node, "not ours");
            const [, onto] = node.httpEquiv === "refresh" ? node.content.split(/url\s*=/i) : [];
            if (onto && !within(new URL(onto, base))) say(node, "elsewhere");
            if (kind === "script" && !node.src && !/json$/.test(node.type)) say(node, "a script");
        }
    }
    return found;
}"""
"""Reads pages, (address, text) each, with the browser's own parser, and runs nothing of them; gives what does
not belong there."""
AT_ONCE = 50
"""So many pages are read in one go."""


TURNS = [pytest.param(turn, marks=pytest.mark.long if turn else ()) for turn in range(everywhere.TURNS)]
"""The first turn is built in every run; the others take minutes."""
WORDS = ("alert 1", "script", "onerror", "javascript", "evil example")
"""Words of payloads that stand in texts."""
FROM_THE_SEARCH = {"ul", "li", "a", "strong", "span", "mark"}
"""Elements that the results of the search are made of."""


@pytest.fixture(scope="module", params=TURNS)
def turn(request):
    """Which of the charters is looked at."""
    return request.param


@pytest.fixture(scope="module")
def folder(turn, shared_folder):
    """The site of the charter of a turn."""

    def write():
        with contextlib.redirect_stdout(io.StringIO()):
            return everywhere.write(shared_folder / f"hostile-{turn}", turn)

    return build_once(shared_folder, f"site-hostile-{turn}", write)


@pytest.fixture(scope="module")
def hostile(folder):
    """Its address; it ends in /."""
    with serve(folder, PREFIX) as address:
        yield address


def named(folder) -> dict[str, str]:
    """The name of each organisation, by the address of its page."""
    found = json.loads((folder / "signatories/signatories.json").read_text(encoding="utf-8"))
    return {f"signatories/{each['slug']}/": each["name"] for each in found["signatories"]}


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


def test_no_page_has_a_script_an_attribute_or_a_link_that_runs(open_page, folder, hostile):
    pages = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.html"))
    assert len(pages) > len(everywhere.PAYLOADS)
    page, _ = open_page(hostile)
    for start in range(0, len(pages), AT_ONCE):
        some = pages[start : start + AT_ONCE]
        read = [(hostile + each, (folder / each).read_text(encoding="utf-8")) for each in some]
        assert page.evaluate(FAULTS, [read, ADDRESSES]) == []


def test_an_organisation_is_called_what_it_says(folder, turn):
    payloads = {each.text for each in everywhere.PAYLOADS}
    names = {address: name for address, name in named(folder).items() if name in payloads}
    assert set(names.values()) == {each.name for each in everywhere.signatories(turn)} & payloads
    assert len(names) > 40
    for address, name in names.items():
        page = html.parse(folder / address / "index.html", html.HTMLParser(encoding="utf-8")).getroot()
        assert "".join(page.cssselect("h1 bdi")[0].itertext()) == name
        paper = folder / address / "certificate/index.html"
        if paper.exists():
            page = html.parse(paper, html.HTMLParser(encoding="utf-8")).getroot()
            assert "".join(page.cssselect("h1 bdi")[0].itertext()) == name


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "no policy"])
def test_nothing_runs_and_nothing_is_asked_of_another_host(open_page, folder, hostile, bypass_csp):
    page, witness = open_page(hostile, bypass_csp=bypass_csp)
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    papers = sorted(
        each.parent.relative_to(folder) for each in folder.glob("signatories/*/certificate/*.html")
    )
    signed = [f"{each.as_posix()}/" for each in papers[::SOME]]
    for address in (*OPENED, *signed, *(each.removesuffix("certificate/") for each in signed)):
        page.goto(hostile + address, wait_until="load")
    assert ran == []
    assert witness.foreign(hostile) == []
    assert witness.complaints == []


def test_the_search_shows_words_and_no_more(open_page, folder, hostile, search):
    """Hostile titles are found by what they are, and shown so; the policy is off, so that what would run
    runs."""
    page, witness = open_page(hostile, bypass_csp=True)
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    pages = json.loads((folder / addresses.SEARCH_INDEX).read_text(encoding="utf-8"))["pages"]
    payloads = {each.text for each in everywhere.PAYLOADS}
    titles = {each["title"] for each in pages} & payloads
    wordless = {each for each in titles if not any(letter.isalnum() for letter in each)}
    assert len(titles - wordless) > 5
    for phrase in sorted(wordless):  # it looks for words: there is nothing to look for, and nothing is found
        assert search(page, WORDS[0])
        page.get_by_label("Search", exact=True).fill(phrase)
        expect(page.get_by_role("search").get_by_role("status")).to_have_text("Type to start searching")
        assert page.locator("[data-search-results] *").count() == 0
    for phrase in (*sorted(titles - wordless), *WORDS):
        assert search(page, phrase)
        shown = page.locator("[data-search-results] .search__title").all_text_contents()
        assert phrase in (*shown, *WORDS)
        within = page.locator("[data-search-results] *")
        tags = within.evaluate_all("nodes => nodes.map(node => node.localName)")
        assert set(tags) <= FROM_THE_SEARCH
        names = within.evaluate_all("nodes => nodes.flatMap(node => node.getAttributeNames())")
        assert set(names) <= {"href", "class"}
    assert ran == []
    assert witness.foreign(hostile) == []
    assert witness.complaints == []


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
    assert {"versions/1.0.0/charter.pdf", "versions/2.0.0/charter.pdf", "signatories/signatories.pdf"} <= {
        file.relative_to(folder).as_posix() for file in files
    }
    for file in files:
        with Pdf.open(file) as document:
            assert list(document.attachments) == []
            for found in document.objects:
                if isinstance(found, Dictionary):
                    kind = str(found.get("/S", ""))
                    assert kind not in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
                    address = str(found.get("/URI", ""))
                    assert not address or address.startswith(("http://", "https://", "mailto:"))
