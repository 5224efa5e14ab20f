"""The probes find the faults that they look for: each is planted in a tiny page."""

from __future__ import annotations

import pytest

HEAD = "<!doctype html><html lang=en><title>A page</title><style>a:focus{outline:2px solid red}</style>"


@pytest.fixture
def tiny(open_page):
    """Shows a body of HTML in a window of 320 pixels."""

    def tiny_(body, **options):
        page, _ = open_page("about:blank", width=320, **options)
        page.set_content(HEAD + body)
        return page

    return tiny_


def test_a_page_wider_than_its_window_is_found(tiny, ask):
    """Too wide an element is named, and so is the page that has to scroll for it."""
    page = tiny("<main><p>short</p><p style='width:900px'>" + "long " * 60 + "</p></main>")
    faults = ask(page, "overflow")
    assert faults[0].startswith("the page is 9")
    assert [fault.split(" reaches ")[0][:8] for fault in faults[1:]] == ['p "long ']


def test_a_table_that_scrolls_by_itself_is_no_fault(tiny, ask):
    """Text within something that scrolls is within reach."""
    page = tiny("<div style='overflow-x:auto'><p style='width:900px'>" + "long " * 60 + "</p></div>")
    assert ask(page, "overflow") == []


def test_motion_is_found_and_its_absence_too(tiny, ask):
    """A transition of 0.2 s is named; one of 0 s is not."""
    assert ask(tiny("<p id=a style='transition:color .2s'>a</p><p>b</p>"), "motion") == ['p#a "a"']
    assert ask(tiny("<p style='transition:color 0s'>a</p>"), "motion") == []


def test_a_walk_of_a_sound_page_finds_nothing(tiny, walk):
    """Links with an outline, in order, all reached."""
    assert walk(tiny("<a href=#a>one</a> <a href=#b>two</a>")) == []


def test_a_walk_names_what_the_keyboard_cannot_reach(tiny, walk):
    """A link taken out of the order, and a label whose box cannot take the focus."""
    page = tiny(
        "<a href=#a>one</a> <a href=#b tabindex=-1>two</a>"
        "<input type=checkbox id=c style='display:none'><label for=c>three</label>"
    )
    assert walk(page) == ['a "two" is not reached', 'input#c "" is not reached']


def test_a_walk_names_what_shows_no_focus_and_what_is_out_of_order(tiny, walk):
    """A button without an outline, and a link that comes before its place."""
    page = tiny(
        "<a href=#a>one</a> <button style='outline:none'>two</button> <a href=#c tabindex=1>three</a>"
    )
    assert walk(page) == ['button "two" shows no focus', 'a "one" comes after a "three"']


def test_an_anchor_without_a_link_is_named(tiny, ask):
    """A heading with a link to itself passes; one without, and one whose link is unseen, do not."""
    page = tiny(
        "<h2 id=a>one <a href=#a aria-label='link to this'>#</a></h2><h2 id=b>two</h2>"
        "<h2 id=c>three <a href=#c aria-label='link' style='opacity:0'>#</a></h2>"
    )
    assert ask(page, "unlinked", "h2[id]") == [
        'h2#b "two" has no link to itself',
        'h2#c "three #": its link cannot be seen',
    ]


def test_text_can_be_read_with_scripts_off(tiny, ask):
    """The probes work where the page's own scripts do not."""
    page = tiny(
        "<main>one <b>two</b><script>document.write('three')</script></main>", java_script_enabled=False
    )
    assert ask(page, "words", "main") == ["one", "two"]


def test_a_drawing_adds_no_words(tiny, ask):
    """Where screen readers are told to pass it by, its words stand beside it; and it is there afterwards."""
    page = tiny(
        "<main>one <svg aria-hidden=true><text y=20>two</text></svg><svg><text>three</text></svg></main>"
    )
    assert ask(page, "words", "main") == ["one", "three"]
    assert page.locator("svg").first.is_visible()


NEVER = "() => { fetch('never').catch(() => 0) }"
AT_ONCE = """() => {
    const stop = new AbortController();
    fetch("never", { signal: stop.signal }).catch(() => 0);
    setTimeout(() => stop.abort());
}"""


def test_a_request_broken_off_is_a_complaint_unless_its_page_was_left(open_page, example_server):
    """A page that breaks one off itself is told of; one that was still asking when the next was opened is
    not."""
    page, witness = open_page(example_server)
    page.route("**/never", lambda _: None)
    with page.expect_request("**/never"):
        page.evaluate(NEVER)
    page.goto(f"{example_server}charter/")
    assert witness.complaints == []
    with page.expect_event("requestfailed"):
        page.evaluate(AT_ONCE)
    assert witness.complaints == [f"{example_server}charter/never: net::ERR_ABORTED"]
