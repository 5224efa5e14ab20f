"""What somebody reads who is asked to sign: what is signed, on a page and on paper, and how to sign it."""

import io
import re

import pdfua
import pytest
from lxml import html
from pypdf import PdfReader

from builders import make_charter, make_principle, make_release, make_section, make_theme
from charterpress.editing.sign_up.fields import IN_SEVERAL_LANGUAGES
from charterpress.editing.starter import Answers, Package, starter_files
from charterpress.model import Edition
from charterpress.outputs.html.sign_form import REQUESTS, STEPS
from charterpress.outputs.pdf.commitments import commitments_pdfs
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.read import load
from charterpress.text import markdown
from charterpress.views.history import History
from checkouts import ROOT
from rendering import make_pages
from words import printed, said

SITE = "https://good-partners.example/"


def bare(text: str) -> str:
    return "".join(markdown.plain_text(text).split())


def edition_of(charter, **values) -> Edition:
    return Edition(root="c", documents=(), entries=(), charter=charter, **values)


@pytest.fixture(params=["built_site", "example_site"])
def shown(request):
    """A site with versions, and the version that it shows."""
    site = request.getfixturevalue(request.param)
    charter = (
        ROOT / "charter" if request.param == "built_site" else request.getfixturevalue("example_charter")
    )
    return site, load(charter).current


def test_what_is_signed_is_the_preamble_and_every_commitment_and_nothing_else(shown):
    """On the page and in the document, on two sides of A4 at most, in type that can be read."""
    site, release = shown
    home = site / "versions" / release.version
    data = (home / "commitments.pdf").read_bytes()
    sides = [page.mediabox for page in PdfReader(io.BytesIO(data)).pages]
    assert len(sides) <= 2
    assert {round(side.width) for side in sides} == {595}
    article = html.parse(site / "charter/commitments/index.html").find(".//article")
    of_version = html.parse(home / "index.html").find(".//article")
    in_pdf, on_page, others = bare(printed(data)), bare(said(article)), 0
    for line in release.charter.preamble.split("\n\n"):
        assert (bare(line) in in_pdf, bare(line) in on_page) == (True, True)
    for _, principle in release.charter.principles():
        for section, shape in zip(principle.sections, release.charter.sections, strict=True):
            for text in section.items if shape.binding else section.text.split("\n\n"):
                assert (bare(text) in on_page) == (bare(text) in in_pdf) == shape.binding
                others += not shape.binding
    assert others
    each = ".//ol[contains(@class, 'commitments')]/li/@id"
    assert set(article.xpath(each)) == set(of_version.xpath(each))
    assert pdfua.validate(io.BytesIO(data)).findings == ()


def test_it_is_offered_at_home_on_each_version_and_where_one_signs(shown):
    site, release = shown
    pages = {"": "versions/", "sign/": "../versions/", f"versions/{release.version}/": None}
    for address, way in pages.items():
        links = html.parse(site / address / "index.html").xpath("//article//a/@href")
        assert (f"{way}{release.version}/commitments.pdf" if way else "commitments.pdf") in links
    for version in (site / "versions").glob("*.*.*/charter.json"):
        assert (version.parent / "commitments.pdf").exists()


def test_how_to_sign_begins_with_five_steps_a_button_and_a_sentence_to_copy(shown):
    site, release = shown
    page = html.parse(site / "sign/index.html")
    article, (here,) = page.find(".//article"), page.xpath("//link[@rel='canonical']/@href")
    heading, steps, button, *_ = article
    assert (said(heading.find("h1")), len(steps)) == ("How to sign", 5)
    assert button.find("a").get("href") == "#by-e-mail"  # a script leads to the form
    assert button.find("a").get("data-to-form") == f"#form?request=sign&version={release.version}"
    sentence, home = said(steps.find(".//blockquote")), here.removesuffix("sign/")
    signed = f"On [date] we signed version {release.version} of the {release.charter.title}: "
    assert sentence == f"{signed}{home}versions/{release.version}/"
    assert {"nothing,", "minutes"} < set(said(heading).split())
    assert len(steps.xpath(".//a[@href='#by-e-mail']") + article.xpath(".//h2[@id='by-e-mail']")) == 2


def test_before_the_first_version_nothing_can_be_signed():
    pages = {page.address: page.html for page in make_pages(edition_of(make_charter()))}
    assert "can’t be signed yet" in pages["sign/"]
    assert "<ol" not in pages["sign/"]
    assert "commitments.pdf" not in "".join(pages.values())


@pytest.mark.parametrize(
    ("owner", "words"), [("", "Nobody yet. It’s looking for"), ("Quay & Co", "Quay & Co.")]
)
def test_home_names_the_owner_or_says_that_the_charter_looks_for_one(owner, words):
    home, *_ = make_pages(edition_of(make_charter(owner=owner)))
    assert f"Who keeps it{words}" in said(html.fromstring(home.html).find(".//dl"))


def test_more_than_two_sides_hold_stays_readable_on_more(tmp_path):
    """And words that are longer than a line stay on the paper."""
    items = tuple(f"{'gangway' * 12} is kept clear on day {day}, for all who land." for day in range(40))
    long = make_principle(sections=(make_section("promises", markdown.bullet_list(items), items),))
    charter = make_charter(themes=(make_theme(principles=(long,)),) * 3)
    history = History(edition_of(charter, releases=(make_release(charter=charter),)))
    cache = DocumentCache(tmp_path, font_folders())
    (data,) = commitments_pdfs(history, cache, site=SITE).values()
    pages = PdfReader(io.BytesIO(data)).pages
    assert 2 < len(pages) < 12
    sizes, rights = set(), []

    def seen(text, cm, tm, font, size):
        if text.strip():
            sizes.add(round(size * abs(tm[0]) * abs(cm[0]), 1))
            rights.append(cm[4] + tm[4])

    for page in pages:
        page.extract_text(visitor_text=seen)
    assert min(sizes) > 8
    assert max(rights) < 595


@pytest.mark.parametrize("request_", REQUESTS)
def test_every_answer_has_a_field_in_the_form_of_a_forge(request_):
    """The form on the site fills the forge's form in by the keys of its questions."""
    files = starter_files(Answers(), Package(version="1.0.0"), reports=True)
    text = files[f".github/ISSUE_TEMPLATE/{REQUESTS[request_][2]}"].decode()
    fields = set(re.findall(r"(?m)^ +id: (\w+)$", text)) | {"request"}
    asked = {key for step in STEPS if request_ in step.requests for key in step.keys}
    assert asked - {IN_SEVERAL_LANGUAGES} <= fields
