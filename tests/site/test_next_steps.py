"""Where a page leads: the contents of a long one, and at the end of every one the next step."""

from urllib.parse import urljoin

import pytest
from lxml import html

from charterpress.outputs.html.templates import page_contents
from conftest import PREFIX
from words import said

ASSESSMENT = "practice/self-assessment/"


def pages(site):
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix().removesuffix("index.html")
        page = html.parse(file).getroot()
        if name != "404.html" and not page.xpath("//*[@data-moved]"):
            yield name, page


@pytest.mark.parametrize("fixture", ["built_site", "example_site", "draft_site"])
def test_every_page_ends_with_a_next_step_to_another_page(request, fixture):
    """The self-assessment, the wall sheet and what is signed lead to signing, once that is possible."""
    site = request.getfixturevalue(fixture)
    signing = "propose/" if fixture == "draft_site" else "sign/"
    steps = dict.fromkeys(
        ("self-assessment", "one-page", "easy-read", "commitments", "whole", "home"), signing
    )
    steps |= dict.fromkeys(("register", "signatory", "certificate"), signing)
    steps |= dict.fromkeys(("principle", "theme", "practice", "cafe", "recruiting"), ASSESSMENT)
    steps |= dict.fromkeys(("retired", "versions", "changes", "draft"), "charter/") | {"rules": "propose/"}
    seen = set()
    for name, page in pages(site):
        (link,) = page.xpath("//main//section[@class='next-step']//a/@href")
        target = urljoin(f"https://x.example/{name}", link).removeprefix("https://x.example/")
        assert target != name
        assert (site / target / "index.html").exists(), name
        kind = page.find("body").get("data-kind")
        assert target == steps.get(kind, target), name
        seen.add(kind)
    assert {"home", "self-assessment", "principle", "page"} < seen


def test_whoever_finds_no_page_is_shown_the_ways_on(built_site, example_site):
    ways = ["charter/", "charter/commitments/", "versions/", "signatories/", "practice/"]
    for site, more in ((built_site, []), (example_site, ["versions/compare/"])):
        page = html.parse(site / "404.html").getroot()
        links = page.xpath("//article//li/a/@href | //main//section[@class='next-step']//a/@href")
        found = [link.removeprefix(PREFIX).lstrip("./") for link in links]
        assert {*ways, *more, ""} <= set(found[:-1])
        assert found[-1] == "charter/"
        assert [each for each in found if not (site / each / "index.html").exists()] == []


def test_a_long_page_of_text_lists_its_contents_and_a_short_one_uses_the_width(built_site):
    found = dict(pages(built_site))
    about = ("about/", "privacy/", "accessibility/")
    for name in (*about, "sign/", "charter/commitments/", "practice/cafe/", "editors/rules/"):
        article, listed = (
            found[name].find(".//article"),
            found[name].xpath("//nav[@aria-label='On this page']//a"),
        )
        assert [each.get("href")[1:] for each in listed] == article.xpath(".//h2[@id]/@id")
        assert said(listed[-1]) in said(article.xpath(".//h2[@id]")[-1])
    for name in ("editors/numbering/", "editors/settings/"):
        assert found[name].xpath("//nav[@aria-label='On this page']") == []
        assert found[name].xpath("//div[@class='frame frame--wide']//article")


def test_the_contents_are_the_words_of_headings_alone():
    part = '<h2 id="{0}" class="x"><i>{0}</i> A &amp; <code>b</code> <a class="permalink" href="#">#</a></h2>'
    text = "".join(part.format(number) for number in range(4))
    assert page_contents(text) == tuple((str(number), f"{number} A & b") for number in range(4))
    assert page_contents(text[: text.rindex("<h2")]) == ()
