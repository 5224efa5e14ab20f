"""An older version says so wherever its page is opened, and leads to what took the place of each part."""

from __future__ import annotations

import pytest

PAGES = ("versions/1.0.0/", "versions/2.0.0/", "versions/2.0.0/changes/")
UNSAID = """() => {
    const inSight = (element) => {
        const box = element.getBoundingClientRect();
        return box.height > 0 && box.top > -1 && box.bottom < innerHeight + 1;
    };
    const said = () => [...document.querySelectorAll("main .successor, .notice--superseded")].filter(inSight);
    const named = /^(Version|Consultation draft) \\S+ has been superseded/;
    const faults = [];
    for (const element of document.querySelectorAll("main [id]")) {
        location.hash = "";
        location.hash = element.id;
        const lines = said();
        if (!lines.some((each) => named.test(each.innerText)))
            faults.push(`#${element.id} is shown without a word of it`);
        const box = (element.querySelector("h2, h3, h4") ?? element).getBoundingClientRect();
        const line = lines.find((each) => !each.matches(".successor--part"))?.getBoundingClientRect();
        if (line && box.top < line.bottom - 1 && box.bottom > line.top + 1)
            faults.push(`#${element.id} lies under the line`);
        const end = document.querySelector("main article").getBoundingClientRect().bottom + scrollY;
        scrollTo(0, Math.min(scrollY + innerHeight / 2, end - innerHeight / 2));
        if (!said().length) faults.push(`half a window below #${element.id} it is not said`);
    }
    return faults;
}"""
DEAD = """async () => {
    const faults = [];
    for (const link of document.querySelectorAll(".successor a")) {
        const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
        const anchor = decodeURIComponent(link.hash.slice(1));
        if (anchor ? !page.getElementById(anchor) : !page.querySelector("main")) faults.push(link.href);
    }
    return faults;
}"""


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=pytest.mark.long if at == 0 else ()) for at, path in enumerate(PAGES)]
)
def test_every_place_of_an_older_version_says_that_it_is_superseded(open_page, example_server, path):
    page, _ = open_page(example_server + path, width=360)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(UNSAID) == []
    assert page.evaluate(DEAD) == []


def test_a_part_that_the_address_names_leads_to_the_same_part(open_page, example_server):
    """Its principle's line leads to the principle."""
    part = "warn-of-frost.reasons"
    page, _ = open_page(f"{example_server}versions/2.0.0/#{part}")
    shown = page.locator(".successor--part >> visible=true")
    assert shown.inner_text() == "“Why” in version 3.1.0"
    assert shown.locator("a").get_attribute("href") == f"../3.1.0/#{part}"
