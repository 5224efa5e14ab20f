"""The contents beside a page: partials/contents.html."""

import jinja2
import pytest
from lxml import html

from builders import make_charter, make_principle, make_theme
from charterpress.outputs.html import templates
from charterpress.versions import number


def contents(tmp_path, charter):
    """The links of the contents as they stand beside the first theme's page, by where they lead."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(templates.FOLDER), autoescape=True)
    templates.configure(env, jinja2.FileSystemBytecodeCache(str(tmp_path)))
    env.filters["url"] = str
    page = type("CharterPage", (), {"address": "charter/first/"})
    shown = env.get_template("partials/contents.html").render(
        charter=charter, numbers=number.part_numbers(charter), charter_page=page
    )
    return {link.get("href"): link.text_content() for link in html.fromstring(shown).iter("a")}


def charter_of(count):
    """One theme with a principle, and one with as many more as make so many parts."""
    many = tuple(make_principle(id=f"p-{at}", title=f"Title {at}") for at in range(count - 3))
    return make_charter(
        themes=(
            make_theme(id="first", title="First", principles=(make_principle(id="one", title="One"),)),
            make_theme(id="second", title="Second", principles=many),
        )
    )


@pytest.mark.parametrize(("parts", "listed"), [(5, 5), (100, 100), (101, 2)])
def test_up_to_a_hundred_parts_are_listed_and_of_more_the_themes(tmp_path, parts, listed):
    """A list of hundreds on each of hundreds of pages would be most of the site: decision 32."""
    found = contents(tmp_path, charter_of(parts))
    assert len(found) == listed
    assert {"charter/first/": "1 First", "charter/second/": "2 Second"}.items() <= found.items()
    assert ("charter/first/one/" in found) == (listed > 2)
