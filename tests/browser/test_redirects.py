"""Pages that have moved lead on to where they are now."""

from __future__ import annotations

MOVED, NEW = (f"charter/neighbours/{name}/" for name in ("greet-newcomers", "first-season"))


def test_a_page_that_has_moved_leads_on_and_keeps_the_anchor(open_page, example_server):
    page, _ = open_page(f"{example_server}{MOVED}#history")
    page.wait_for_url(f"{example_server}{NEW}#history")
    page, _ = open_page(example_server + MOVED, java_script_enabled=False)
    page.wait_for_url(example_server + NEW)


def test_a_moving_address_of_a_version_keeps_the_anchor(open_page, example_server):
    page, _ = open_page("about:blank")
    for alias in ("latest", "3", "3.1"):
        page.goto(f"{example_server}versions/{alias}/#warn-of-frost")
        page.wait_for_url(f"{example_server}versions/3.1.0/#warn-of-frost")


def test_axe_finds_nothing_on_a_page_that_has_moved(open_page, example_server, inaccessible):
    page, _ = open_page("about:blank")
    page.route("**/early.js", lambda route: route.abort())
    page.goto(example_server + MOVED)
    page.get_by_role("link", name="the page you asked for").wait_for()
    assert inaccessible(page) == []
