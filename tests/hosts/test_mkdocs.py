"""Sites built by MkDocs: what readers, editors and machines find in them."""

import functools
import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import jinja2
import pytest
import yaml
from lxml import html

from builders import (
    FIRST,
    make_charter,
    make_principle,
    make_section,
    make_signatory,
    make_theme,
    release_draft,
    write_charter,
    write_signatory,
)
from charterpress.model import SectionShape
from charterpress.outputs.html import templates
from charterpress.views import addresses
from checkouts import broken_links, build, built, checked_out, files, got, previewed, wait_for
from commands import edit_file
from conftest import PREFIX

ROOT = Path(__file__).parents[2]
ADDRESS = f"https://charter.example{PREFIX}"
REPOSITORY = "https://code.good-partners.example/charter"
MAX_HEADER = 2000
"""The longest line of `_headers` that Cloudflare Pages takes (developers.cloudflare.com, “Headers”)."""
TITLE = 'R&D < "Rowing" > Club'


@functools.cache
def _pages(site):
    return {
        path.relative_to(site).as_posix(): html.parse(path).getroot() for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Another charter: three themes, other sections, nothing that is optional, and awkward titles."""
    shapes = (
        SectionShape(id="vows", heading="We promise to", binding=True, list=True),
        SectionShape(id="reasons", heading="Because"),
    )
    none = {"behaviours": (), "questions": (), "sources": ()}
    themes = []
    for theme in ("oars", "water", "shore"):
        vows = make_section("vows", items=(f"look after {theme} every day.",))
        sections = (vows, make_section("reasons", f"Rowing needs {theme}."))
        title = f"Care & share {theme} < 5"
        themes.append(
            make_theme(theme, (make_principle(f"{theme}-one", title=title, sections=sections, **none),))
        )
    summary = "What those who row together promise."
    charter = make_charter(title=TITLE, summary=summary, themes=tuple(themes), sections=shapes, questions=())
    source = write_charter(tmp_path_factory.mktemp("elsewhere"), charter)
    return built(checked_out(tmp_path_factory.mktemp("other")), CHARTER_SOURCE=str(source))


def test_a_strict_build_of_the_real_charter_has_no_warning(built_site):
    log = built_site.with_name("site.log").read_text(encoding="utf-8")
    assert "Documentation built" in log
    assert [line for line in log.splitlines() if line.startswith("WARNING")] == []
    assert broken_links(built_site, ADDRESS) == []


def test_every_page_has_metadata_for_search_engines_and_other_sites(built_site):
    indexed = []
    for name, page in _pages(built_site).items():
        if name == "404.html":
            continue
        address = urljoin(ADDRESS, name.removesuffix("index.html"))
        title = page.xpath("string(//title)")
        (description,) = page.xpath("//meta[@name='description']/@content")
        assert page.xpath("//link[@rel='canonical']/@href") == [address], name
        assert page.xpath("//meta[@property='og:url']/@content") == [address], name
        assert page.xpath("//meta[@property='og:description']/@content") == [description], name
        assert 20 <= len(description) <= 160, f"{name}: {description}"
        assert title.endswith("Good Partners Charter"), name
        graph = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"]
        assert (graph[0]["url"], graph[0]["description"]) == (address, description), name
        assert graph[1]["itemListElement"][0]["item"] == ADDRESS, name
        indexed += [] if page.xpath("//meta[@name='robots']") else [(title, description)]
    for values in zip(*indexed, strict=True):
        assert len(set(values)) == len(values)


def test_previous_and_next_lead_through_the_whole_site(built_site):
    pages = _pages(built_site)

    def beside(name, rel):
        links = pages[name].xpath(f"//nav[@aria-label='Previous and next page']/a[@rel='{rel}']/@href")
        return urljoin(f"/{name}", links[0]).lstrip("/") + "index.html" if links else ""

    visited = ["index.html"]
    while after := beside(visited[-1], "next"):
        assert beside(after, "prev") == visited[-1], after
        visited.append(after)
    apart = ("versions/", "draft/", "signatories/", "practice/", "report/", "privacy/", "accessibility/")
    alone = {name for name in pages if name.startswith(apart)}
    alone -= {"versions/index.html", "signatories/index.html", "practice/index.html"}
    assert sorted(visited) == sorted(set(pages) - alone - {"404.html"})


@pytest.mark.parametrize(
    ("fixture", "source", "expected"),
    [
        ("built_site", "charter/", r"(about/)?index.html|charter/.*"),
        pytest.param(
            "languages_site",
            "tests/example/brambleford/",
            r"signatories/(?!print/)[\w-]+/index.html",
            marks=pytest.mark.long,
        ),
    ],
)
def test_every_page_links_to_its_source_and_to_the_discussion(request, fixture, source, expected):
    with_source = set()
    pages = _pages(request.getfixturevalue(fixture))
    pages = {name: page for name, page in pages.items() if not name.startswith(("cy/", "ar/"))}
    for name, page in pages.items():
        suggested, discussed = page.xpath("//p[@class='pager__edit']/a")
        assert discussed.get("href") == f"{REPOSITORY}/issues", name
        path = suggested.get("href").removeprefix(f"{REPOSITORY}/edit/main/")
        if suggested.text_content() == "Suggest a change to this page":
            with_source.add(name)
            assert (ROOT / path).is_file(), suggested.get("href")
            assert path.startswith((source, "docs/")), name
        else:
            assert urljoin(f"https://x.example/{name}", path).endswith("/propose/"), name
    assert {name for name in pages if re.fullmatch(expected, name)} <= with_source
    assert not {name for name in with_source if re.match("versions/.+/", name)}


def test_a_page_links_to_its_forms(built_site):
    folder = ROOT / ".github/ISSUE_TEMPLATE"
    there = []
    for name, page in _pages(built_site).items():
        for link in page.xpath("//ul[@class='pager__forms']//a"):
            file = link.get("href").partition(f"{REPOSITORY}/issues/new?template=")[2]
            assert yaml.safe_load((folder / file).read_text())["name"] == link.text_content()
            there.append((name.partition("/")[0], file))
    sign = [("sign", "correct.yml"), ("sign", "sign.yml")]
    assert sorted(there) == [("propose", "propose.yml"), ("report", "report.yml"), *sign]


@pytest.fixture(scope="module")
def kept_elsewhere(tmp_path_factory):
    """A checkout of a small charter with a version to sign, to be built for one forge after another."""
    charter = write_charter(tmp_path_factory.mktemp("words"))
    release_draft(charter, first=True)
    return checked_out(tmp_path_factory.mktemp("elsewhere"), charter)


@pytest.mark.parametrize(
    ("repository", "forge", "sign", "form", "issues", "edit", "used"),
    [
        (
            "https://gitlab.com/words/charter",
            "",
            "/-/issues/new?issuable_template=sign",
            "/-/issues/new?issuable_template=correct",
            "/-/issues",
            "/-/edit/main/docs/index.md",
            {"", "/-/issues", "/-/edit"},
        ),
        (
            "https://code.charity.org/words/charter",
            "forgejo",
            "/issues/new?template=.github%2FISSUE_TEMPLATE%2Fsign.yml",
            "/issues/new?template=.github%2FISSUE_TEMPLATE%2Fcorrect.yml",
            "/issues",
            "/_edit/main/docs/index.md",
            {"", "/issues", "/issues/new", "/_edit/main"},
        ),
        ("https://code.charity.org/words/charter", "none", "", "", "", "", {""}),
    ],
    ids=("gitlab", "forgejo", "none"),
)
def test_every_link_to_the_forge_is_one_that_it_has(
    kept_elsewhere, repository, forge, sign, form, issues, edit, used
):
    """And where there is no forge, to what can be done without."""
    site = built(kept_elsewhere, REPO_URL=repository, FORGE=forge)
    page = html.parse(site / "sign/index.html").getroot()
    taken_in = json.loads(page.xpath("//script[@data-sign-issues]/text()")[0])
    assert taken_in.get("sign", {"address": ""})["address"] == (repository + sign if sign else "")
    forms = page.xpath("//ul[@class='pager__forms']//a/@href")
    assert forms[-1:] == ([repository + form] if form else [])
    for name, edited in (("", repository + edit), ("sign/", "../propose/")):  # nobody edits the package there
        links = html.parse(site / name / "index.html").xpath("//p[@class='pager__edit']/a/@href")
        proposed = f"{'../' if name else ''}propose/"
        assert links == ([edited, repository + issues] if edit else [proposed])
    whole = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    at_forge = set(re.findall(re.escape(repository) + r"(/[\w-]+(?:/[\w-]+)?)?", whole))
    assert at_forge == used


def test_a_forge_that_its_name_does_not_tell_is_asked_for(kept_elsewhere):
    done = build(kept_elsewhere, REPO_URL="https://code.charity.org/words/charter")
    assert done.returncode == 1
    assert "https://code.charity.org/words/charter does not say what kind of forge it is" in done.stderr


def test_the_released_version_can_be_checked_where_it_is_published(built_site):
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    subprocess.run(command, cwd=built_site / "versions", check=True)
    assert b'"version": "1.0.0"' in (built_site / "versions" / "1.0.0" / "charter.json").read_bytes()


def test_every_published_file_is_used(built_site):
    published = files(built_site)
    readers = (".html", ".css", ".js", ".webmanifest")
    linking = b"".join(content for name, content in published.items() if name.endswith(readers))
    unlinked = [
        name
        for name in published
        if not name.endswith((".html", "-licence.txt")) and Path(name).name.encode() not in linking
    ]
    assert set(unlinked) <= {"_headers", "robots.txt", "sitemap.xml", "sitemap.xml.gz"}
    sources = [name for name, content in published.items() if b"{{" in content]
    assert [name for name in sources if name.endswith((".css", ".txt"))] == []


def test_the_policy_is_the_same_in_pages_and_headers(built_site):
    headers = (built_site / "_headers").read_text()
    assert headers.splitlines().count("  Referrer-Policy: no-referrer") == 1
    assert max(map(len, headers.splitlines())) <= MAX_HEADER
    for name, page in _pages(built_site).items():
        (meta,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']")
        policy = meta.get("content")
        assert page.xpath("//meta[@name='referrer']/@content") == ["no-referrer"], name
        assert f"Content-Security-Policy: {policy}; frame-ancestors 'none'\n" in headers, name
        assert ("unsafe" in policy, "script-src" in policy) == (False, True), name
        assert meta.xpath("preceding::script") == [], name
        assert page.xpath("//script[not(@src)][not(contains(@type, 'json'))] | //@style | //*/@onclick") == []


def test_the_fonts_weigh_at_most_60_kilobytes_and_bring_their_licences(built_site):
    fonts = list((built_site / "assets/fonts").glob("*.woff2"))
    assert 0 < sum(font.stat().st_size for font in fonts) <= 60 * 1024
    licences = [path.read_text() for path in (built_site / "assets/fonts").glob("*-licence.txt")]
    assert len(licences) == 2
    assert all("SIL OPEN FONT LICENSE" in licence.upper() for licence in licences)


def test_another_charter_builds_a_whole_site_of_its_own(other):
    whole = _pages(other)["charter/index.html"]
    for theme in ("oars", "water", "shore"):
        page = _pages(other)[f"charter/{theme}/{theme}-one/index.html"]
        promise, why = f"look after {theme} every day.", f"Rowing needs {theme}."
        for part in (f"Care & share {theme} < 5", "We promise to", promise, why):
            assert part in page.text_content()
            assert part in whole.text_content()
        assert page.xpath("//p[@class='pager__edit']/a/@href")[0] == "../../../propose/"
    assert "What people do" not in whole.text_content()


def test_another_charters_pages_have_its_title_say_that_it_is_a_draft_and_none_of_our_words(other):
    ours = ("good partner", "strategic partnership", "reflective practice", "we will", "four themes", "clore")
    for name, page in _pages(other).items():
        assert page.xpath("string(//a[@class='brand'])").strip() == TITLE, name
        assert TITLE in page.xpath("string(//title)"), name
        if name == "index.html" or name.startswith("charter/"):
            words = page.text_content().casefold()
            assert [word for word in ours if word in words] == [], name
            (notice,) = page.find_class("notice--draft")
            assert notice.text_content().split()[0].startswith("Draft")
            assert json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert not (other / "about").exists()
    (foot,) = (other / "assets/stylesheets/foot").iterdir()
    for words in ("Draft", r"R&D < \22 Rowing\22  > Club"):
        assert words in foot.read_text()


@pytest.fixture
def small(tmp_path):
    """A checkout of a small charter with a version and three organisations, and the file of a principle."""
    charter = write_charter(tmp_path / "words")
    release_draft(charter, first=True)
    for slug in ("quay-club", "pier-club", "mole-club"):
        write_signatory(charter, make_signatory(slug))
    folder = checked_out(tmp_path / "checkout", charter)
    return folder, folder / "charter" / FIRST


HEADING, WRONG = "\n## We promise to\n", "\n## We promis to\n"


def test_all_errors_are_reported_and_the_old_site_stays(small):
    folder, file = small
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("the old site")
    other = next(each for each in file.parent.glob("[!i]*.md") if each != file)
    for each in (file, other):
        edit_file(each, HEADING, WRONG)
    done = build(folder)
    assert done.returncode == 1
    for each in (file, other):
        assert f"{each.relative_to(folder).as_posix()}:" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(folder / "site") == {"index.html": b"the old site"}


def test_a_bad_entry_is_left_out_and_fails_only_a_strict_build(small):
    folder, _ = small
    (folder / "charter/signatories/pier-club.yml").write_text("name: [")
    plain = build(folder, "--no-strict")
    assert plain.returncode == 0, plain.stderr
    assert "left out of the register until it is mended: charter/signatories/pier-club.yml" in plain.stderr
    made = json.loads((folder / "site/signatories/signatories.json").read_text())
    assert len(made["signatories"]) == 2
    strict = build(folder)
    assert (strict.returncode, "Aborted with 2 errors in strict mode!" in strict.stdout) == (1, True)


def test_advice_does_not_fail_a_strict_build(small):
    folder, file = small
    shutil.rmtree(folder / "charter/releases")  # beside one, a change without a note is an error
    shutil.rmtree(folder / "charter/signatories")
    edit_file(file, f"{HEADING}\n- ", f"{HEADING}\n- try to ")
    done = build(folder)
    assert (done.returncode, "[weak-promise]" in done.stderr) == (0, True), done.stderr


def test_the_preview_shows_findings_on_their_pages_until_they_are_fixed(small):
    folder, file = small
    path, own = file.relative_to(folder).as_posix(), f"charter/{file.parent.name}/{file.stem}/"
    with previewed(folder) as address:
        wait_for(address, lambda page: "The check found" not in page)
        known = {page["address"] for page in json.loads(got(f"{address}{addresses.SEARCH_INDEX}"))["pages"]}
        assert own in known  # the search works in a preview too
        edit_file(file, HEADING, WRONG)
        assert f"<strong>{path}, line" in wait_for(address, lambda page: "The check found" in page)
        page = got(f"{address}{own}")
        assert ("to mend</h2>" in page, f"<strong>{path}, line" in page) == (True, True)
        page = got(f"{address}privacy/")
        assert "The check found nothing to mend here" in page
        assert f'It found something in <a href="../{own}#findings">{path}</a>.' in page
        edit_file(file, WRONG, HEADING)
        wait_for(address, lambda page: "The check found" not in page)
    said = (folder / "log").read_text()
    assert (f"{path}:" in said, "Traceback" in said) == (True, False)


def test_the_preview_shows_warnings_about_an_entry_on_its_page(small):
    """Thousands of such pages share one rendered page template."""
    folder, _ = small
    mine = folder / "charter/signatories/quay-club.yml"
    edit_file(mine, "https://quay-club.example/", "https://pier-club.example/")
    with previewed(folder) as address:
        page = got(f"{address}signatories/quay-club/")
        assert f"<strong>{mine.relative_to(folder).as_posix()}, line" in page
        assert "<code>twin-website</code>" in page
        page = got(f"{address}signatories/mole-club/")
        assert "The check found nothing to mend here" in page
        assert "<code>twin-website</code>" not in page


def test_templates_are_compiled_once_and_again_when_they_change(tmp_path):
    """A cached template never outlives its source."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "quay.html").write_text("{{ where }} quay")
    kept = jinja2.FileSystemBytecodeCache(str(tmp_path))

    def made(compile_=None):
        environment = templates.environment(folder, kept)
        if compile_:
            environment._compile = compile_  # noqa: SLF001 - there is no other way to see that it is not asked
        return environment.get_template("quay.html").render(where="<old>")

    def refused(*_):
        raise AssertionError("compiled again")

    assert made() == made(refused) == "&lt;old&gt; quay"
    (folder / "quay.html").write_text("{{ where }} pier")
    with pytest.raises(AssertionError, match="compiled again"):
        made(refused)
    assert made() == made(refused) == "&lt;old&gt; pier"
