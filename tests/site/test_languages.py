"""A site in three languages: each page is there in each, and says which words are in which."""

from __future__ import annotations

import json
import posixpath
import re
from urllib.parse import urljoin

import pytest
from lxml import etree, html

import three_languages
from checkouts import broken_links, build
from three_languages import ADDRESS, LANGUAGES, PREAMBLE, REASON, WORDS

NAMES = {"en-GB": "English", "cy": "Cymraeg", "ar": "العربية"}
MANY_WORDS = 20
UNTRANSLATED = "//p[@class='notice notice--untranslated']"
SHARED = ("assets/", "schemas/")
"""What stands once for all languages."""
MOST_MORE = 2_000
"""Bytes that a page may grow by through further languages."""
MORE_TO_SAY = (
    "sign/",  # in which language one signs
    "versions/2.0.0/",  # its translations
    "versions/2.0.0/check/",  # the files of these
    "versions/2.0.0/changes/",  # which languages it came in
    *(f"versions/compare/{each}..3.1.0/" for each in ("1.0.0", "1.0.1", "1.1.0")),  # the same
)
"""Pages whose own words are more in the example in several languages."""
TRANSLATION_ONLY = "cy/about/"


@pytest.fixture(scope="session")
def site(three_languages_site):
    """The built site."""
    return three_languages_site


@pytest.fixture(scope="session")
def pages(site):
    """The pages, parsed, by their addresses."""
    found = {}
    for path in site.rglob("*.html"):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = html.parse(path, html.HTMLParser(encoding="utf-8")).getroot()
    return found


def prefix_of(address):
    return next((each for each in ("cy/", "ar/") if address.startswith(each)), "")


def own_address(address):
    return address.removeprefix(prefix_of(address))


def switch(page):
    """The links of the switch at the head of a page: their languages and targets."""
    links = page.xpath("//nav[@class='languages']//a")
    return {each.get("hreflang"): (each.get("href"), each.text_content(), each.get("lang")) for each in links}


def test_every_page_of_one_language_is_there_in_each_other(pages):
    by_language = {prefix: set() for prefix in LANGUAGES}
    for address in pages:
        by_language[prefix_of(address)].add(own_address(address))
    assert by_language["cy/"] == by_language["ar/"] == by_language[""]


@pytest.mark.parametrize("address", ["ar/signatories/", "ar/signatories/print/", "ar/signatories/quay-club/"])
def test_a_kind_and_an_area_are_parted_as_the_language_does(pages, address):
    before = {each.getparent().text or "" for each in pages[address].xpath("//main//bdi")}
    assert any(text.endswith("نادي قوارب، ") for text in before), before


def test_the_names_of_principles_in_another_language_are_marked_in_what_happened_to_them(pages):
    page = pages["cy/versions/2.0.0/changes/"]  # version 1.0.0 has no Welsh words
    for each in page.xpath("//article[@class='edit']/h3 | //section[@class='summary']//li/a"):
        if "Ropes" in each.text_content():
            assert [name.text for name in each.xpath("span[@lang='en-GB']")] == ["1.2 Ropes"]
    assert page.xpath("//h3/span[@lang='en-GB'][.='1.2 Ropes']")
    assert "\ue000" not in page.text_content()


def test_every_file_of_the_first_language_is_there_in_each_other_or_shared(site):
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    first = {name for name in names if not prefix_of(name) and not name.startswith(SHARED)}
    alone = {own for own in first if f"cy/{own}" not in names}
    assert alone == {name for name in first if f"ar/{name}" not in names}
    assert {re.sub(r"/\d\.\d\.\d/", "/N/", name) for name in alone} == {
        *("_headers", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "boat.svg"),
        *("apple-touch-icon.png", "icon-192.png", "icon-512.png"),
        *("charter.json", "versions/N/charter.json", "versions.json", "versions/SHA256SUMS"),
        "versions/N/cy.1.json",
        *("signatories/signatories.json", "signatories/signatories.csv", "sign/given-names.txt"),
        *(f"charter/side-by-side/{tag}/side-by-side.pdf" for tag in ("cy", "ar")),
        "versions/N/side-by-side/cy/side-by-side.pdf",
        *("versions/N/charter.pdf", "versions/N/commitments.pdf"),  # of a version that is not translated
    }


def test_every_link_of_the_switch_leads_to_the_same_page(pages):
    for address, page in pages.items():
        prefix, links = prefix_of(address), switch(page)
        assert links.keys() == set(LANGUAGES.values()) - {LANGUAGES[prefix]}, address
        for other, tag in LANGUAGES.items():
            if tag in links:
                target, name, lang = links[tag]
                assert urljoin(ADDRESS + address, target) == ADDRESS + other + own_address(address)
                assert (name, lang) == (NAMES[tag], tag)


def test_no_link_of_any_language_leads_nowhere(site):
    assert broken_links(site, ADDRESS) == []


def test_alternates_name_every_language_and_one_another(pages):
    for address, page in pages.items():
        found = {each.get("hreflang"): each.get("href") for each in page.xpath("//link[@hreflang]")}
        if page.xpath("//meta[@name='robots' and contains(@content, 'noindex')]"):
            assert found == {}, address
            continue
        own = own_address(address)
        wanted = {tag: f"{ADDRESS}{prefix}{own}" for prefix, tag in LANGUAGES.items()}
        assert found == wanted | {"x-default": f"{ADDRESS}{own}"}, address
        assert page.xpath("string(//link[@rel='canonical']/@href)") == ADDRESS + address


def test_the_sitemap_names_each_page_with_its_alternates(site, pages):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {}
    for entry in etree.parse(site / "sitemap.xml").getroot():
        alternates = {each.get("hreflang"): each.get("href") for each in entry.findall("x:link", space)}
        found[entry.findtext("s:loc", namespaces=space).removeprefix(ADDRESS)] = alternates
    indexed = {address for address, page in pages.items() if page.xpath("//link[@hreflang]")}
    assert {each for each in found if "/quay-club/certificate" not in each} <= indexed
    assert indexed - found.keys() == set()
    for address, alternates in found.items():
        links = pages[address].xpath("//link[@hreflang]")
        assert alternates == {each.get("hreflang"): each.get("href") for each in links}


def test_pages_say_their_language_to_machines(pages):
    for prefix, tag in LANGUAGES.items():
        page = pages[f"{prefix}charter/moorings/"]
        data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"][0]
        assert data["inLanguage"] == tag
        others = data.get("workTranslation") or [data["translationOfWork"]]
        assert [each["inLanguage"] for each in others] == (["en-GB"] if prefix else ["cy", "ar"])
        assert [each["url"] for each in others] == [
            f"{ADDRESS}{other}charter/moorings/" for other in (("",) if prefix else ("cy/", "ar/"))
        ]
        locale = page.xpath("string(//meta[@property='og:locale']/@content)")
        alternates = page.xpath("//meta[@property='og:locale:alternate']/@content")
        assert sorted([locale, *alternates]) == ["ar_EG", "cy_GB", "en_GB"]
        assert locale.partition("_")[0] == tag.partition("-")[0]


def test_what_all_languages_share_stands_once(pages, site):
    for prefix in ("cy/", "ar/"):
        page = pages[f"{prefix}charter/"]
        targets = [
            urljoin(f"{ADDRESS}{prefix}charter/", each) for each in page.xpath("//link/@href | //@src")
        ]
        assets = [each.removeprefix(ADDRESS) for each in targets if "/assets/" in each]
        assert assets
        assert [each for each in assets if not each.startswith("assets/")] == []
        assert not (site / prefix / "assets").exists()


def language_of(element):
    """The language in force for the words of an element."""
    return next(each.get("lang") for each in (element, *element.iterancestors()) if each.get("lang"))


def blocks(page):
    """The paragraphs of a page whose words are all in one language, with the language in force."""
    for element in page.xpath("//main//p | //main//li | //main//dd"):
        if element.xpath(".//*[@lang] | .//p | .//li | .//pre") or element.xpath("ancestor::pre"):
            continue
        words = " ".join(element.text_content().split())
        if len(words.split()) > MANY_WORDS:
            yield words, language_of(element)


@pytest.mark.long
def test_the_language_in_force_is_that_of_the_words(pages):
    """As a language detector has it, for every text of more than twenty words."""
    import py3langid  # noqa: PLC0415 - slow to import

    py3langid.set_languages([tag.partition("-")[0] for tag in LANGUAGES.values()])
    texts = {(words, tag) for page in pages.values() for words, tag in blocks(page)}
    assert {tag.partition("-")[0] for _, tag in texts} == {"en", "cy", "ar"}
    assert [each for each in texts if py3langid.classify(each[0])[0] != each[1].partition("-")[0]] == []


def test_the_texts_stand_in_the_language_that_they_are_in(pages):
    for place, tag in enumerate(("cy", "ar")):
        page = pages[f"{tag}/charter/"]
        (preamble,) = page.xpath(f"//p[normalize-space()={WORDS[PREAMBLE][place]!r}]") or page.xpath(
            f"//p[contains(., '{WORDS[PREAMBLE][place][:30]}')]"
        )
        assert language_of(preamble) == tag
        (older,) = pages[f"{tag}/versions/1.0.0/"].xpath(f"//p[contains(., '{PREAMBLE[:30]}')]")
        assert language_of(older).startswith("en")


def test_what_is_not_translated_stands_in_its_source_s_words(pages):
    lead = pages["ar/charter/moorings/ropes/"].xpath("//p[@class='lead']")[0]
    assert lead.text_content() == "How we ropes."


def test_an_outdated_promise_has_its_source_beside_it(pages):
    """A comma would show nothing."""
    page = pages["ar/charter/moorings/ropes/"]
    (beside,) = page.xpath("//div[@class='source-words']")
    assert "tie up with three ropes." in beside.text_content()
    assert WORDS["tie up with three ropes."][1] in beside.getparent().text_content()
    assert pages["cy/charter/moorings/ropes/"].xpath("//div[@class='source-words']") == []


def test_a_courtesy_translation_says_which_text_prevails(pages):
    notice = "//p[@class='notice notice--courtesy']//a/@href"
    for address, page in pages.items():
        prevailing = page.xpath(notice)
        if prefix_of(address) != "ar/":
            assert prevailing == []
        elif not page.xpath(UNTRANSLATED):
            assert [urljoin(ADDRESS + address, each) for each in prevailing] == [
                ADDRESS + own_address(address)
            ], address


def test_a_text_that_is_not_published_says_so(pages):
    notice = "//p[@class='notice notice--unpublished']"
    for prefix in LANGUAGES:  # the Arabic lacks a summary, so it could not be published with its version
        assert len(pages[f"{prefix}charter/"].xpath(notice)) == (prefix == "ar/")
        assert len(pages[f"{prefix}versions/2.0.0/"].xpath(notice)) == (prefix == "ar/")
        assert len(pages[f"{prefix}versions/1.0.0/"].xpath(notice)) == bool(prefix)


def test_a_page_of_docs_stands_in_its_own_words_or_marked(pages):
    assert REASON[:40] in pages["about/"].text_content()
    assert WORDS[REASON][0][:40] in pages["cy/about/"].text_content()
    assert pages["cy/about/"].xpath("string(//title)").startswith("Am yr harbwr")
    assert pages["cy/about/"].xpath(UNTRANSLATED) == []
    for prefix in ("cy/", "ar/"):
        page = pages[f"{prefix}history/"]
        assert page.xpath("string(//title)").startswith("The harbour's history")
        assert page.xpath(UNTRANSLATED)
        (picture,) = page.xpath("//article//img/@src")
        assert posixpath.normpath(f"{prefix}history/{picture}") == "boat.svg"


def test_no_mark_of_a_language_stands_within_an_attribute(site):
    marked = re.compile(r'="[^"<>]*<(?:span|div) lang|<title>[^<]*<span')
    found = [path for path in site.rglob("*.html") if marked.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_search_of_each_language_knows_the_title_of_every_page(site):
    found = {}
    for prefix in LANGUAGES:
        index = json.loads((site / prefix / "search/index.json").read_text(encoding="utf-8"))
        entries = {each["address"]: each["title"] for each in index["pages"]}
        assert not [address for address, title in entries.items() if not title or title == "None"], prefix
        found[prefix] = entries
    assert found["cy/"].keys() == found["ar/"].keys() == found[""].keys()
    assert found["cy/"]["practice/cafe/"] == "Cynnal caffi"


def test_the_search_of_each_language_finds_its_own_words(site):
    for prefix, title in (("", "Moorings"), ("cy/", "Angorfeydd"), ("ar/", "المراسي")):
        index = json.loads((site / prefix / "search/index.json").read_text(encoding="utf-8"))
        assert any(title in json.dumps(page, ensure_ascii=False) for page in index["pages"])


def test_feeds_of_each_language_are_apart(site):
    space = {"a": "http://www.w3.org/2005/Atom"}
    feeds = {prefix: etree.parse(site / prefix / "feeds/versions.atom").getroot() for prefix in LANGUAGES}
    ids = [each.text for feed in feeds.values() for each in feed.iterfind(".//a:id", space)]
    assert len(set(ids)) == len(ids)
    for prefix, feed in feeds.items():
        links = [each.get("href") for each in feed.iterfind("a:entry/a:link", space)]
        others = {
            each.get("hreflang"): each.get("href") for each in feed.iterfind("a:link[@hreflang]", space)
        }
        assert others == {
            tag: f"{ADDRESS}{other}feeds/versions.atom" for other, tag in LANGUAGES.items() if other != prefix
        }
        assert links == [f"{ADDRESS}{prefix}versions/{version}/" for version in ("2.0.0", "1.0.0")]


def test_a_page_says_how_far_each_translation_is(pages):
    """A stale promise is there with its words of now and of then; the Welsh text has nothing to show."""
    page = pages["translations/"]
    sections = {each.xpath("string(h2)"): each for each in page.xpath("//section[h2/span]")}
    assert list(sections) == ["Cymraeg", "العربية"]
    assert not sections["Cymraeg"].xpath(".//dl")
    (passage,) = sections["العربية"].xpath(".//dl")
    assert [each.text_content() for each in passage.xpath("dd")][:2] == [
        "tie up with three ropes.",
        "tie up with two ropes.",
    ]
    assert [each.get("lang") for each in passage.xpath("dd")] == ["en-GB", "en-GB", "ar"]
    for address in ("", "cy/", "ar/charter/"):
        links = pages[address].xpath("//footer//a/@href")
        assert any(link.endswith("translations/") for link in links)


def test_right_to_left_is_said_where_words_of_that_direction_are(pages):
    for address, page in pages.items():
        arabic = prefix_of(address) == "ar/"
        assert page.get("dir", "ltr") == ("rtl" if arabic else "ltr"), address
        assert page.get("lang") == LANGUAGES[prefix_of(address)]
        main = page.xpath("//main//*[@lang]")
        assert {each.get("dir") for each in main if each.get("lang").startswith("en")} <= {"ltr"}
    assert pages["ar/versions/1.0.0/"].xpath("//main//*[@lang='en-GB']")


def test_the_menu_is_in_the_language_of_its_page(pages):
    menus = {prefix: pages[prefix].xpath("//nav[@class='menu']//a/text()") for prefix in LANGUAGES}
    assert menus[""][-1] == "About"
    for prefix in ("cy/", "ar/"):
        assert len(menus[prefix]) == len(menus[""])
        assert set(menus[prefix]).isdisjoint(menus[""])


def badge_of(page):
    """The badge on an organisation's page: its words, their language, and what to copy to show it."""
    (picture,) = page.xpath("//img[@class='badge']")
    codes = [each.text_content() for each in page.xpath("//code[@class='badge__code']")]
    return picture.get("alt"), picture.get("lang"), codes


def test_a_badge_is_in_the_language_that_was_signed_on_every_site(site, pages):
    for slug, title, words, tag in (
        ("pier-club", WORDS["Harbour Charter"][0], "llofnododd 2.0.0", "cy"),
        ("quay-club", "Harbour Charter", "signed 1.0.0", "en-GB"),
    ):
        home = f"signatories/{slug}/"
        drawn = {(site / f"{prefix}{home}badge.svg").read_bytes() for prefix in LANGUAGES}
        assert len(drawn) == 1
        image = etree.fromstring(drawn.pop())
        said = image.findtext("{http://www.w3.org/2000/svg}title")
        assert (image.get("lang"), title in said, words in said) == (tag, True, True)
        found = {prefix: badge_of(pages[f"{prefix}{home}"]) for prefix in LANGUAGES}
        assert {alt for alt, _, _ in found.values()} == {found[""][0]}
        assert title in found[""][0]
        assert {prefix for prefix, (_, lang, _) in found.items() if lang != tag} == {
            prefix for prefix, shown in LANGUAGES.items() if shown == tag
        }
        (code, markdown) = found[""][2]
        assert [code, markdown] == found["cy/"][2] == found["ar/"][2]
        own = f"{ADDRESS}{'cy/' if tag == 'cy' else ''}{home}"
        assert code.startswith(f'<a href="{own}" hreflang="{tag}"><img src="{ADDRESS}{home}badge.svg"')
        assert f'lang="{tag}" height' in code
        assert markdown.endswith(f"({ADDRESS}{home}badge.svg)]({own})")


def test_the_form_to_sign_begins_with_the_language_of_its_page_where_that_can_be_signed(pages):
    found = {}
    for prefix in LANGUAGES:
        (form,) = pages[f"{prefix}sign/"].xpath("//*[@data-sign-form]")
        (choices,) = form.xpath(".//section[@data-step='signature']//*[@data-field='language']//select")
        offered = choices.xpath("option/text()")
        found[prefix] = form.get("data-language")
        assert found[prefix] in (None, *offered)
    assert found == {"": "English (en-GB)", "cy/": "Cymraeg (cy)", "ar/": None}


def test_two_languages_of_one_text_stand_side_by_side(site, pages):
    for prefix in ("", "cy/", "ar/"):
        links = pages[f"{prefix}charter/"].xpath("//p[@class='beside-link']/a")
        assert len(links) == 2
        for link in links:
            address = urljoin(f"{prefix}charter/", link.get("href"))
            page = pages[address]
            rows = page.xpath("//div[@class='parallel']/div")
            assert all(len(row.findall("div")) == 2 for row in rows[1:])
            left, right = (cell.get("lang") for cell in rows[1].findall("div"))
            assert left == page.get("lang")
            assert right == link.find("bdi").get("lang")
            documents = page.xpath("//main//a[@type='application/pdf']/@href")
            assert len(documents) == ("en-GB" in (left, right))
            assert all((site / urljoin(address, each)).is_file() for each in documents)


def test_a_pair_of_languages_says_which_text_prevails(pages):
    both_bind = pages["charter/side-by-side/cy/"]
    assert not both_bind.xpath("//article/p[@class='lead']")
    (said,) = pages["charter/side-by-side/ar/"].xpath("//article/p[@class='lead']")
    assert said.text_content() == "Where the texts differ, the one in English prevails."


def test_versions_are_compared_in_words_that_every_version_has(pages):
    """Those of the charter's own language: not every version is published in each."""
    for prefix in LANGUAGES:
        address = f"{prefix}versions/compare/"
        known = json.loads(pages[address].xpath("string(//script[@data-pair-known])"))
        assert known.get("language", "") == ("en-GB" if prefix else "")
        assert urljoin(ADDRESS + address, known.get("texts", "../")) == f"{ADDRESS}versions/"


@pytest.mark.long
def test_a_page_that_a_language_s_own_would_hide_is_refused(tmp_path):
    project = three_languages.write_project(tmp_path)
    (project / "docs/cy/versions").mkdir()
    (project / "docs/cy/versions/latest.md").write_text("# Y diweddaraf\n", encoding="utf-8")
    done = build(project)
    assert done.returncode != 0
    assert "docs/cy/versions/latest.md: the charter’s own page" in done.stdout + done.stderr


def test_words_of_docs_go_on_with_a_page_of_the_charter_marked(pages):
    for prefix in ("cy/", "ar/"):
        main = pages[prefix].xpath("//main")[0]
        assert main.xpath(".//h1")
        assert "<" not in main.text_content()
        (heading,) = main.xpath(".//*[@lang='en-GB']//h2 | .//h2[@lang='en-GB']")
        assert heading.text_content().startswith("The harbour is open")


@pytest.mark.long
def test_no_page_grows_by_more_than_two_kilobytes_through_further_languages(example_site, languages_site):
    """What stands around the words of a page: the switch, the links between languages, and data. Only pages
    that have more to say grow by their own words too."""
    grown = {}
    for path in example_site.rglob("*.html"):
        address = path.relative_to(example_site).as_posix().removesuffix("index.html")
        sizes = []
        for page in (path.read_bytes(), (languages_site / path.relative_to(example_site)).read_bytes()):
            words = re.search(rb"<main.*</main>", page, re.DOTALL) if address in MORE_TO_SAY else None
            sizes.append(len(page) - (len(words[0]) if words else 0))
        grown[address] = sizes[1] - sizes[0]
    assert {address: more for address, more in grown.items() if more > MOST_MORE} == {}
    assert min(grown.values()) > 0  # both sites are what they should be


def test_what_is_signed_says_which_words_bind(pages):
    leads = {
        prefix: pages[f"{prefix}charter/commitments/"].xpath("string(//header/p[@class='lead'])")
        for prefix in LANGUAGES
    }
    assert "these words bind" in leads[""]
    assert "rhwymo" in leads["cy/"]
    assert "الإنجليزية" in leads["ar/"]


@pytest.mark.parametrize(("prefix", "page_number"), [("", "Page "), ("cy/", "Tudalen "), ("ar/", "صفحة ")])
def test_the_foot_of_a_printed_page_counts_in_its_language(site, pages, prefix, page_number):
    place = next(link for link in pages[f"{prefix}charter/"].xpath("//link/@href") if "/foot/" in link)
    style = (site / urljoin(f"{prefix}charter/", place)).read_text(encoding="utf-8")
    assert f'content: "{page_number}" counter(page)' in style
