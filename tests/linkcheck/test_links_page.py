"""links: which links of a page count, and where they lead. Nothing here uses a network."""

from __future__ import annotations

import time

import pytest
from ada_url import URL
from hypothesis import given
from hypothesis import strategies as st

from charterpress.linkcheck import Question, Verdict, charter_site, questions
from charterpress.linkcheck.page import MAX_DEPTH, Page, TooDeepError, visible_links
from charterpress.linkcheck.site_address import linked_version
from charterpress.linkcheck.verdict import judge_page
from charterpress.model import Signatory, Signature, Withdrawal
from charterpress.model.errors import UsageError

VERSIONS = ("0.1.0", "1.0.0", "1.1.0", "2.0.0")
SITE = charter_site("https://charter.example/", VERSIONS)
FOLDER = charter_site("https://host.example/our/charter", VERSIONS)
SIGNED = "https://charter.example/versions/1.0.0/"
QUESTION = Question(
    slug="harbour-trust",
    name="Harbour Trust",
    version="1.0.0",
    signed="2026-12-01",
    link="https://harbour.example/",
    last=True,
)


def page(html, address="https://harbour.example/about/", charset="utf-8"):
    body = html.encode() if isinstance(html, str) else html
    return Page(address=address, body=body, charset=charset)


def judged(html, **changes):
    return judge_page(QUESTION, page(html, **changes), SITE)


def link(address=SIGNED, words="the charter"):
    return f'<a href="{address}">{words}</a>'


# --- Where an address leads --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://charter.example/versions/1.0.0/", "1.0.0"),
        ("https://charter.example/versions/1.0.0", "1.0.0"),
        ("https://charter.example/versions/1.0.0/index.html", "1.0.0"),
        ("https://charter.example/versions/1.0.0/charter.pdf", "1.0.0"),
        ("https://charter.example/versions/1.0.0/#leave-room", "1.0.0"),
        ("https://charter.example/versions/1.0.0/?from=us", "1.0.0"),
        ("http://charter.example/versions/1.0.0/", "1.0.0"),
        ("https://CHARTER.example:443/versions/1.0.0/", "1.0.0"),
        ("http://charter.example:80/versions/1.0.0/", "1.0.0"),
        ("https://charter.example./versions/1.0.0/", "1.0.0"),
        ("https://charter.example/versions/x/../1.0.0/", "1.0.0"),
        ("https://charter.example/versions/x/%2E%2e/1.0.0/", "1.0.0"),
        ("https://charter.example/versions/%31.0.0/", "1.0.0"),
        ("https://charter.example\\versions\\1.0.0\\", "1.0.0"),
        (" https://charter.example/ver\nsions/1.0.0/ ", "1.0.0"),
        ("https://charter.example/versions/0.1.0/", "0.1.0"),
        ("https://charter.example/versions/2.0.0/", "2.0.0"),
        ("https://charter.example/versions/1.0.0/changes/", ""),
        ("https://charter.example/versions/latest/", ""),
        ("https://charter.example/versions/1/", ""),
        ("https://charter.example/versions/1.0/", ""),
        ("https://charter.example/versions/1.0.00/", ""),
        ("https://charter.example/versions/1.0.0x/", ""),
        ("https://charter.example/versions/9.9.9/", ""),
        ("https://charter.example/versions/compare/1.0.0..2.0.0/", ""),
        ("https://charter.example/versions%2F1.0.0/", ""),
        ("https://charter.example/versions//1.0.0/", ""),
        ("https://charter.example/Versions/1.0.0/", ""),
        ("https://charter.example/x/versions/1.0.0/", ""),
        ("https://charter.example/?versions/1.0.0/", ""),
        ("https://charter.example/#/versions/1.0.0/", ""),
        ("https://charter.example", ""),
        ("https://www.charter.example/versions/1.0.0/", "1.0.0"),
        ("https://www.www.charter.example/versions/1.0.0/", None),
        ("https://charter.example.evil.example/versions/1.0.0/", None),
        ("https://notcharter.example/versions/1.0.0/", None),
        ("https://charter.example@evil.example/versions/1.0.0/", None),
        ("https://charter.example:8443/versions/1.0.0/", None),
        ("ftp://charter.example/versions/1.0.0/", None),
        ("javascript:location='https://charter.example/versions/1.0.0/'", None),
    ],
)
def test_an_address_leads_to_a_version_to_the_site_or_off_it(address, leads):
    """Whole segments, hosts as browsers compare them; an alias that moves is no version."""
    assert linked_version(SITE, URL(address)) == leads


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://host.example/our/charter/versions/1.0.0/", "1.0.0"),
        ("https://host.example/our/%63harter/versions/1.0.0/", "1.0.0"),
        ("https://host.example/our/charter", ""),
        ("https://host.example/our/charters/versions/1.0.0/", None),
        ("https://host.example/our/charter/../versions/1.0.0/", None),
        ("https://host.example/versions/1.0.0/", None),
        ("https://host.example/", None),
    ],
)
def test_a_site_may_stand_in_a_folder_of_its_host(address, leads):
    assert linked_version(FOLDER, URL(address)) == leads


def test_a_name_in_any_script_is_the_same_site():
    here = charter_site("https://bücher.example:8443/", VERSIONS)
    assert here.url == "https://xn--bcher-kva.example:8443/"
    assert linked_version(here, URL("https://BÜCHER.example:8443/versions/1.0.0/")) == "1.0.0"
    assert linked_version(here, URL("https://xn--bcher-kva.example/versions/1.0.0/")) is None


NO_SITES = ["charter.example", "ftp://a.example/", "https://me@a.example/", "", "x:y"]


@pytest.mark.parametrize("address", NO_SITES)
def test_what_is_no_address_of_a_site_is_refused(address):
    with pytest.raises(UsageError, match=r"https://charter\.example/"):
        charter_site(address, VERSIONS)


# --- Which links count -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        link(),
        f"<p>We signed <b>{link()}</b>, gladly",
        f"<A HREF='{SIGNED}'>x</A>",
        f"<a href={SIGNED}>x",
        f'<a href="{SIGNED}"><img src="badge.svg" alt=""></a>',
        f'<a href="{SIGNED}"><svg><title>badge</title></svg></a>',
        f'<svg><a xlink:href="{SIGNED}"><text>x</text></a></svg>',
        f'<map><area href="{SIGNED}"></map>',
        f"<details><summary>more</summary>{link()}</details>",
        f"<dialog open>{link()}</dialog>",
        f'<div style="display:none;display:block">{link()}</div>',
        f'<div aria-hidden="false">{link()}</div>',
        f"<!-- <p> -->{link()}<!-- </p> -->",
        f"<!-->{link()}<!-- -->",
        f"<script>'</scrip>'</script>{link()}",
        f"<p hidden>old<div>{link()}</div>",
        f"<input hidden>{link()}",
        '<base href="https://charter.example/versions/"><a href="1.0.0/">x</a>',
        '<a href="1.0.0/">x</a><base href="https://charter.example/versions/"><base href="/">',
        '<a href="//charter.example/versions/1.0.0/">x</a>',
        '<a href="https:&#x2F;&#x2F;charter.example/versions/1&period;0.0/">x</a>',
    ],
)
def test_a_link_that_can_be_seen_counts(html):
    assert judged(html).verdict is Verdict.SIGNED


@pytest.mark.parametrize(
    "html",
    [
        SIGNED,
        f"<!-- {link()} -->",
        f"<!-- > {link()} --!>",
        f"<script>{link()}</script>",
        f"<script><!-- <script>{link()}</script>{link()}</script>",
        f"<style>{link()}</style>",
        f"<template>{link()}</template>",
        f"<template><template></template>{link()}</template>",
        f"<noscript>{link()}</noscript>",
        f"<textarea>{link()}</textarea>",
        f"<title>{link()}</title>",
        f"<iframe>{link()}</iframe>",
        f"<object>{link()}</object>",
        f"<video>{link()}</video>",
        f"<plaintext>{link()}",
        f"<![CDATA[{link()}]]>"[:-3],
        f"<div hidden>{link()}</div>",
        f"<div HIDDEN=until-found><p>{link()}</p></div>",
        f'<div aria-hidden=" TRUE ">{link()}</div>',
        f'<div style="color: red; Display : none !important">{link()}</div>',
        f'<div style="display:/* */none">{link()}</div>',
        f'<div style="visibility:hidden"><span>{link()}</span></div>',
        f"<dialog>{link()}</dialog>",
        f'<a hidden href="{SIGNED}">x</a>',
        f'<a href="{SIGNED}"></a>',
        f'<a href="{SIGNED}"> \N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE}</a>',
        f'<a href="{SIGNED}"><span hidden>x</span></a>',
        f'<a href="{SIGNED}"><img hidden src=x></a>',
        f'<a href="{SIGNED}"><input type=hidden></a>after',
        f'<link rel="license" href="{SIGNED}">',
        f'<img src="{SIGNED}">',
        f'<a data-href="{SIGNED}">x</a>',
        f'<a title="{SIGNED}" href="/">x</a>',
        f'<meta http-equiv="refresh" content="0;url={SIGNED}">',
        '<a href="javascript:void 0">x</a><a href="https://[">x</a><a href>x</a>',
        "",
        " \n",
        "\0",
    ],
)
def test_a_link_that_nobody_sees_does_not_count(html):
    assert judged(html).verdict is Verdict.NONE


def test_the_best_link_decides_and_all_versions_are_told():
    both = judged(link("https://charter.example/versions/2.0.0/") + link())
    assert (both.verdict, both.versions) == (Verdict.SIGNED, ("2.0.0", "1.0.0"))
    others = judged(
        link("https://charter.example/versions/2.0.0/") + link("https://charter.example/versions/0.1.0/")
    )
    assert (others.verdict, others.versions) == (Verdict.OTHER, ("2.0.0", "0.1.0"))
    assert judged(link("https://charter.example/") + link("https://a.example/")).verdict is Verdict.CHARTER
    assert judged(link("https://a.example/")).verdict is Verdict.NONE


def test_a_page_of_the_charters_own_site_links_to_itself_and_says_nothing():
    """Naming the version's own page as one's page is no link to it."""
    answer = judged(link(), address=SIGNED)
    assert (answer.verdict, answer.reason) == (Verdict.NONE, "it is a page of the charter’s own site")


def test_the_words_say_what_was_seen_on_a_day_and_no_more():
    two = link("https://charter.example/versions/2.0.0/") + link("https://charter.example/versions/1.1.0/")
    pages = [link(), two, link("https://charter.example/sign/"), ""]
    assert [judged(html).sentence("2027-05-03") for html in pages] == [
        "on 2027-05-03 this page linked to version 1.0.0",
        "on 2027-05-03 this page linked to version 2.0.0 and version 1.1.0",
        "on 2027-05-03 this page linked to the charter’s site, but to no version of it",
        "on 2027-05-03 no link to the charter was seen on this page",
    ]
    assert judged(link()).sentence("2027-05-03").isprintable()


# --- Encodings, depth, size --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (f"\ufeff{link()}".encode(), ""),
        (link(words="ä").encode("latin-1"), "iso-8859-1"),
        (link(words="ä").encode("latin-1"), "utf-8"),
        (link(words="字").encode("shift_jis"), "Shift_JIS"),
        (link().encode("utf-16"), "utf-16"),
        (link().encode("utf-16"), ""),
        (link().encode(), "no-such-encoding"),
        (link().encode(), "zip"),
        (link().encode(), "rot13"),
        (b'<meta charset="no-such-encoding">' + link().encode(), ""),
        (b"\xff\xfe\xfd<p>\0" + link().encode(), "utf-8"),
    ],
)
def test_an_encoding_that_is_wrong_or_unknown_hides_no_link(body, charset):
    """As in browsers: an address is in ASCII in all of them."""
    assert judged(body, charset=charset).verdict is Verdict.SIGNED


CHARSETS = ("", "utf-8", "utf-16", "utf-16le", "utf-32", "ascii", "iso-2022-jp", "gb18030", "x", "utf-7")


@given(st.one_of(st.binary(max_size=300), st.text("<>/a bhref='\"!-=\0é;&#x ", max_size=300).map(str.encode)))
def test_whatever_the_bytes_are_there_is_a_verdict(body):
    for charset in CHARSETS:
        assert judged(body, charset=charset).verdict in Verdict


@given(st.text(max_size=80))
def test_whatever_an_address_is_it_leads_somewhere_or_nowhere(address):
    escaped = address.replace("&", "&amp;").replace('"', "&quot;")
    assert judged(f'<a href="{escaped}">x</a>').verdict in Verdict


def test_a_page_nested_too_deep_ends_in_a_verdict():
    inside = MAX_DEPTH - 3  # html, body and the link itself
    assert judged("<div>" * inside + link()).verdict is Verdict.SIGNED
    with pytest.raises(TooDeepError):
        visible_links(page("<div>" * (inside + 1) + link()))
    answer = judged("<div>" * 400_000)
    assert answer.verdict is Verdict.UNREACHABLE
    assert answer.reason == "its elements lie too deep within one another"


@pytest.mark.serial
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 500 + "</x>" * 400_000,
        "".join(f"<b id={number}>" for number in range(500)) + "<p>" * 500_000,
        "<a " + " ".join(f"a{number}" for number in range(250_000)) + ">",
        "<" * 2_000_000,
        "<!--" * 500_000,
        "<a href=/>x" * 180_000,
        '<a href="' + "../" * 600_000 + '">x</a>',
        "<p style='" + "/*" * 900_000 + "'>",
        "<p style='" + "display:none;" * 150_000 + "'>",
        "".join(f"<a href=//charter.example/versions/{number}/>x" for number in range(43_000)),
    ],
    ids=range(10),
)
def test_no_page_within_the_limit_takes_long(html):
    """Two million bytes of the worst: a few seconds on a slow computer, not minutes."""
    start = time.monotonic()
    assert judged(html[:2_000_000]).verdict in Verdict
    assert time.monotonic() - start < 20


# --- Whom to ask about -------------------------------------------------------------------------------


def signatory(slug, *signed, **changes):
    return Signatory(
        slug=slug, name=slug.title(), kind="ferry", area="", website="", signed=signed, **changes
    )


def test_every_signature_that_names_a_page_is_asked_about():
    """The last that names one is the one that counts; who withdrew is left alone until signing again."""
    first = Signature(version="1.0.0", date="2026-12-01", role="Chair", link="https://a.example/1")
    second = Signature(version="2.0.0", date="2027-12-01", role="Chair", link="https://a.example/2")
    third = Signature(version="2.1.0", date="2028-12-01", role="Chair")
    asked = questions(
        [
            signatory("ann", first, second, third),
            signatory("ben", third),
            signatory("cid", first, withdrawn=Withdrawal(date="2027-01-01")),
            signatory("dot", first, second, withdrawn=Withdrawal(date="2027-01-01")),
        ]
    )
    assert [(each.slug, each.name, each.version, each.signed, each.link, each.last) for each in asked] == [
        ("ann", "Ann", "1.0.0", "2026-12-01", "https://a.example/1", False),
        ("ann", "Ann", "2.0.0", "2027-12-01", "https://a.example/2", True),
        ("dot", "Dot", "1.0.0", "2026-12-01", "https://a.example/1", False),
        ("dot", "Dot", "2.0.0", "2027-12-01", "https://a.example/2", True),
    ]
