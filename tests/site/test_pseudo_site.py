"""What stands around the content of every page of a site: each word is a message, or the charter's own."""

from __future__ import annotations

import json
import re
from html import escape

import pytest
from lxml import html

from charterpress.read import load
from marked import own_words, unmarked_words

pytestmark = pytest.mark.long

EXAMPLE = "tests/example/brambleford"
CONTENT = "//article | //*[@data-search-results]"
META = "//meta[@name='description' or @property='og:title' or @property='og:description']/@content"


@pytest.fixture(scope="module")
def without_names(root):
    """What takes the charter's own words out of a text, and those of its signatories."""
    names = own_words(load(root / EXAMPLE))
    pattern = "|".join(
        re.escape(each) for name in names for each in dict.fromkeys((name, escape(name, quote=False)))
    )
    return lambda text: re.sub(pattern, " ", text)


def test_the_frame_of_every_page_is_in_the_language_of_the_site(pseudo_site, without_names):
    left = {}
    for path in sorted(pseudo_site.rglob("*.html")):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        said = [page.findtext("head/title"), *page.xpath(META), *page.xpath("//link/@title")]
        for block in page.xpath("//script[@type='application/ld+json']"):
            said += map(json.loads, re.findall(r'"(?:name|description)": ("(?:[^"\\]|\\.)*")', block.text))
        for part in page.xpath(CONTENT):
            part.drop_tree()
        said.append(html.tostring(page.find("body"), encoding="unicode"))
        words = set().union(*(unmarked_words(without_names(each)) for each in said))
        if words:
            left[path.relative_to(pseudo_site).as_posix()] = words
    assert left == {}
