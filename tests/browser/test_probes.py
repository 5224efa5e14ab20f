"""The probes and the visit find the faults that they look for: each is planted in a tiny page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from browser.kinds import Kind
from browser.probes import focus_each, probe, violations, walk
from browser.visit import SEARCH_FILES, WIDTHS
from conftest import PREFIX
from site_server import serve

HEAD = "<!doctype html><html lang=en><title>A page</title><style>a:focus{outline:2px solid red}</style>"
BAD = Path(__file__).with_name("every_fault.html").read_text(encoding="utf-8").replace("WIDE", "long " * 300)
CHECKS = {
    *("keyboard at 320", "keyboard at 1280", "anchors", "motion", "weight", "print"),
    *("overflow at 320 pixels", "overflow at 200% zoom", "overflow at 1280 pixels"),
    *("lost at 320 pixels", "lost at 200% zoom", "lost without scripts"),
    *("axe at 1280, dark", "axe at 360, light", "foreign request", "complaint", "title", "open menus"),
    *(f"{probe} at {width}" for probe in ("overflow", "overlap", "broken") for width in WIDTHS),
    *("unmarked at 360", "contrast at 360, light", "contrast at 1280, dark"),
    *(f"indistinct at {look}" for look in ("360, light", "1280, dark", "1280, forced")),
}


@pytest.fixture(scope="module")
def tiny(browser):
    """tiny("<main>…") shows a body of HTML in a window of 320 pixels."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()

    def tiny_(body):
        page.goto("about:blank")
        page.set_content(HEAD + body)
        return page

    yield tiny_
    context.close()


def test_a_visit_finds_every_kind_of_fault(visitor, tmp_path):
    (tmp_path / "index.html").write_text(HEAD + BAD, encoding="utf-8")
    (tmp_path / "heavy.png").write_bytes(os.urandom(200_000))
    kind = Kind(site="bad", path="", anchors="h2[id]", footer="A footer", opening=("Opening",), never="Pale")
    with serve(tmp_path, PREFIX) as address:
        faults = visitor.visit(address, kind, tmp_path)
    assert {each.partition(": ")[0] for each in faults} == CHECKS
    told = "\n".join(faults)
    for fault in (
        'button "No focus" shows no focus',
        "http://elsewhere.example/ is not spelt out",
        'button "No focus" is printed',
        "print: sheet 1 says “",
        "print: the first sheet does not say “Opening”",
        "print: it says “Pale”",
        f"weight: a search fetches no {sorted(SEARCH_FILES)}",
        "axe at 1280, dark: image-alt: ",
        "axe at 360, light: color-contrast: ",
        "foreign request: http://localhost:1/foreign.png",
    ):
        assert fault in told
    assert "bytes: [" in told


def test_axe_finds_what_is_wrong_with_one_of_many(tiny):
    good = "<li>one <a href=#a>two</a></li>" * 5
    page = tiny(f"<main><h1>One</h1><ul>{good}<li>one <a href=#a></a></li></ul></main>")
    probe(page, "prune")
    assert page.locator("li").count() == 3
    assert "link-name" in " ".join(violations(page))
    paragraphs = "<p>one</p>" * 5
    page = tiny(f"<main><h1>One</h1>{paragraphs}<p style='color:#999'>two</p></main>")
    assert [each.partition(": ")[0] for each in violations(page)] == ["color-contrast"]
    assert page.locator("[data-alike]").count() == 0


@pytest.mark.parametrize("go", [walk, focus_each])
def test_a_walk_names_what_the_keyboard_cannot_reach_or_see(tiny, go):
    assert go(tiny("<a href=#a>one</a> <a href=#b>two</a>")) == []
    page = tiny(
        "<a href=#a>one</a> <a href=#b tabindex=-1>two</a>"
        "<input type=checkbox id=c style='display:none'><label for=c>three</label>"
        "<button style='outline:none'>four</button>"
        "<a href=#d style='position:fixed;left:-999px'>five</a>"
    )
    assert sorted(go(page)) == [
        'a "five" has the focus out of sight',
        'a "two" is not reached',
        'button "four" shows no focus',
        'input#c "" is not reached',
    ]


def test_a_walk_names_what_is_out_of_order_and_what_holds_the_focus(tiny):
    disordered = "<a href=#a>one</a> <a href=#c tabindex=1>two</a>"
    assert walk(tiny(disordered)) == ['a "one" comes after a "two"']
    assert focus_each(tiny(disordered)) == ['a "two" is out of order']
    page = tiny(
        "<a href=#a>one</a> <a href=#b>two</a>"
        "<script>onkeydown = (event) => { event.preventDefault(); document.links[0].focus(); }</script>"
    )
    assert walk(page)[-1] == "the focus never leaves the page"


def test_the_words_of_a_page_are_those_of_its_text(tiny, open_page):
    """A drawing that screen readers pass by adds none, and stays; nor do scripts that are off."""
    page = tiny(
        "<main>one <svg aria-hidden=true><text y=20>two</text></svg><svg><text>three</text></svg></main>"
    )
    assert probe(page, "words", "main") == ["one", "three"]
    assert page.locator("svg").first.is_visible()
    page, _ = open_page("about:blank", java_script_enabled=False)
    page.set_content(HEAD + "<main>one <b>two</b><script>document.write('three')</script></main>")
    assert probe(page, "words", "main") == ["one", "two"]


def test_what_is_right_is_no_fault(tiny):
    wide = f"<p style='width:900px'>{'long ' * 60}</p>"
    assert probe(tiny(f"<div style='overflow-x:auto'>{wide}</div>"), "overflow") == []
    page = tiny("<p id=a style='transition:color .2s'>a</p><p style='transition:color 0s'>b</p>")
    assert probe(page, "motion") == ['p#a "a"']
    page = tiny(
        "<h2 id=a>one <a href=#a aria-label='link to this'>#</a></h2>"
        "<h2 id=c>three <a href=#c aria-label='link' style='opacity:0'>#</a></h2>"
    )
    assert probe(page, "unlinked", "h2[id]") == ['h2#c "three #": its link cannot be seen']


BOX = "position:absolute;left:0;top:0;margin:0"
LONG = "Org" + "anisations" * 2
DRAWN = (
    ("contrast", "<p style='color:#777'>one</p>", "contrast of 4.48"),
    ("contrast", "<p style='color:#767676'>one</p>", None),
    ("contrast", "<p style='color:#888;font-size:24px'>one</p>", None),
    ("contrast", "<div style='background:#000'><p style='color:#333'>one</p></div>", "contrast of 1.66"),
    ("contrast", "<div style='background:#fff8'><p style='color:#eee'>one</p></div>", "contrast of 1.1"),
    ("contrast", "<p style='background:linear-gradient(red, blue)'>one</p>", "can't be told"),
    ("contrast", "<svg><text y=20 fill=white>one</text></svg>", "contrast of 1.00"),
    ("contrast", "<input placeholder=one style='color:#fff;background:#fff'>", "contrast of 1.00"),
    (
        "contrast",
        "<style>p::before{content:'to ';color:#ccc}</style><p>one</p>",
        "::before has a contrast of 1.6",
    ),
    (
        "contrast",
        "<style>p::after{content:' x';background:#111}</style><p>one</p>",
        "::after has a contrast of",
    ),
    ("contrast", "<style>p::after{content:' x';background:#111;color:#fff}</style><p>one</p>", None),
    ("contrast", "<style>p::after{content:'';color:#fff}</style><p>one</p>", None),
    ("overlap", f"<p style='{BOX}'>one</p><a href=#a style='{BOX}'>two</a>", "overlap by"),
    ("overlap", f"<button style='{BOX}'>one</button><button style='{BOX}'>two</button>", "overlap by"),
    ("overlap", f"<p style='{BOX}'>one</p><p style='{BOX};visibility:hidden'>two</p>", None),
    (
        "overlap",
        "<p style='line-height:1'>one</p><p style='line-height:1;margin:0'>two <b>three</b></p>",
        None,
    ),
    (
        "overlap",
        "<input style='width:9em;padding-right:3em'><button style='margin-left:-2em'>x</button>",
        None,
    ),
    ("broken", f"<p style='width:4em;overflow-wrap:anywhere'>{LONG}</p>", LONG),
    ("broken", "<p style='width:4em;word-break:break-all'>one organisation</p>", "organisation"),
    ("broken", "<p style='width:4em;overflow-wrap:anywhere'>well-meant a.b/c_organisation.json</p>", None),
    ("broken", f"<p style='width:4em;overflow-wrap:anywhere'>{LONG * 2}</p>", None),
    (
        "indistinct",
        "<ul><li><a href=#a>one</a><li><a href=#b aria-current=page>two</a></ul>",
        "like the others",
    ),
    ("indistinct", "<ul><li><a href=#a>one</a><li><b aria-current=page>two</b></ul>", None),
    ("indistinct", "<ol><li><a href=#a>one</a><li aria-current=page>two</ol>", None),
    ("unmarked", "<blockquote>one</blockquote>", "one"),
    ("unmarked", "<blockquote style='border-left:3px solid'>one</blockquote>", None),
    ("unmarked", "<ol><li>one<ol style='list-style:lower-alpha'><li>two</ol></ol>", "two"),
    ("unmarked", "<ol><li>one<ol><li>two</ol></ol>", None),
)


@pytest.mark.parametrize(("name", "body", "fault"), DRAWN)
def test_what_is_drawn_wrongly_is_found(tiny, name, body, fault):
    page = tiny(f"<meta name=color-scheme content=light><main>{body}</main>")
    found = probe(page, name)
    assert fault in found[0] if fault else found == []


def test_spaces_that_hang_over_the_end_of_a_line_are_not_cut_off(tiny):
    page = tiny(f"<pre style='white-space:pre-wrap'>one{' ' * 99}two {'three ' * 40}</pre>")
    assert probe(page, "overflow") == []


@pytest.mark.parametrize("ink", ["", "<style>:root{color:#555}</style>"])
def test_the_ground_of_a_page_without_one_is_that_of_its_scheme(tiny, ink):
    page = tiny(f"<meta name=color-scheme content='light dark'>{ink}<p>one</p>")
    found = []
    for scheme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found.append(len(probe(page, "contrast")))
    assert found == ([0, 1, 0] if ink else [0, 0, 0])


def test_a_current_item_is_told_apart_in_forced_colours(tiny):
    item = "<li><a href=#a style='text-decoration:none;border-bottom:3px solid {}'{}>one</a>"
    page = tiny(f"<main><ul>{item.format('#fff', '')}{item.format('#000', ' aria-current=page')}</ul></main>")
    assert probe(page, "indistinct") == []
    page.emulate_media(forced_colors="active")
    found = probe(page, "indistinct")
    page.emulate_media(forced_colors="none")
    assert found == ['a "one" looks like the others']


NEVER = "() => { fetch('never').catch(() => 0) }"
AT_ONCE = """() => {
    const stop = new AbortController();
    fetch("never", { signal: stop.signal }).catch(() => 0);
    setTimeout(() => stop.abort());
}"""


def test_a_request_broken_off_is_a_complaint_unless_its_page_was_left(open_page, example_server):
    page, witness = open_page(example_server)
    page.route("**/never", lambda _: None)
    with page.expect_request("**/never"):
        page.evaluate(NEVER)
    page.goto(f"{example_server}charter/")
    assert witness.complaints == []
    with page.expect_event("requestfailed"):
        page.evaluate(AT_ONCE)
    assert witness.complaints == [f"{example_server}charter/never: net::ERR_ABORTED"]
