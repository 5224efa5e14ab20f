"""Releases become pages: each text for ever, what changed, the draft, and addresses that never die."""

from dataclasses import replace

import pytest
from lxml import html

from builders import make_charter, make_note, make_principle, make_release, make_section, make_theme
from charterpress.model import ChangeNote, Class, Edition, Erratum, Retired
from charterpress.views.history import History
from charterpress.views.successors import successors
from rendering import make_pages


def _release(version, date, charter, before=None, **changes):
    release = make_release(
        before, version=version, date=date, class_=Class.COMMITMENT, **{"notes": ()} | changes
    )
    return replace(release, charter=charter)


STAY = make_principle("stay", path="c/themes/moorings/stay.md")
GO = make_principle("go", title="Go slowly", path="c/themes/moorings/go.md")
COME = make_principle("come", title="Come in", path="c/themes/tides/come.md")
MOORINGS = make_theme("moorings", (STAY, GO), path="c/themes/moorings/index.md")
TIDES = make_theme("tides", (COME,), path="c/themes/tides/index.md")
OLD = make_charter(themes=(MOORINGS, TIDES), preamble_path="c/preamble.md")
MOVED = replace(STAY, path="c/themes/tides/stay.md", title="Stay <for> all")
NEW = replace(
    OLD,
    themes=(
        replace(MOORINGS, principles=(replace(COME, path="c/themes/moorings/come.md"),)),
        replace(TIDES, principles=(MOVED,)),
    ),
)
NOTE = ChangeNote(
    id="n",
    principles=("stay", "go"),
    class_=Class.COMMITMENT,
    reason="Nobody *went*.",
    retires=(("go", "stay"),),
)
FIRST = _release("1.0.0", "2026-12-01", OLD)
SECOND = _release(
    "2.0.0", "2027-03-05", NEW, FIRST, notes=(NOTE,),
    retired=(Retired(id="go", title="Go slowly", theme="moorings", version="2.0.0", replacements=("stay",)),),
)  # fmt: skip
WORKING = replace(NEW, summary="Another summary, not yet released.")
EDITION = Edition(
    root="c", charter=WORKING, documents=(), entries=(), releases=(FIRST, SECOND),
    errata=(Erratum(version="1.0.0", text="“Slowly” was *misspelt*."),),
)  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return {page.address: page for page in make_pages(EDITION, committed="2027-05-01")}


def _words(page):
    return " ".join(html.fromstring(f"<main>{page.html}{page.unsearched}</main>").text_content().split())


def test_the_charters_own_pages_show_the_current_release_and_not_the_working_text(made):
    """What is in main is nobody's charter until it is released."""
    assert WORKING.summary not in made[""].html + made["charter/"].html
    assert {made[at].footer for at in ("", "charter/", "charter/tides/stay/")} == {
        f"Version 2.0.0 of 5 March 2027 · {SECOND.sha256[:12]}"
    }
    assert made["charter/"].notice == ""


def test_draft_text_stands_on_the_draft_page_alone(made):
    assert [at for at, page in made.items() if "not yet released" in page.html + page.description] == [
        "draft/"
    ]
    assert (made["draft/"].indexed, made["draft/"].searched, made["draft/"].footer) == (
        False, False, "Draft of 1 May 2027",
    )  # fmt: skip
    assert "2.1.0" in _words(made["draft/"])


def test_a_version_has_its_own_words_for_ever_with_its_facts(made):
    words = _words(made["versions/1.0.0/"])
    assert "Go slowly" in words
    assert FIRST.sha256 in words
    assert "“Slowly” was misspelt." in words
    assert "misspelt" not in made["versions/2.0.0/"].html


def test_a_superseded_version_says_so_with_number_and_date(made):
    notice = " ".join(html.fromstring(made["versions/1.0.0/"].notice).text_content().split())
    assert notice.startswith(
        "Version 1.0.0 has been superseded. It was replaced by version 2.0.0 of 5 March 2027"
    )
    assert made["versions/2.0.0/"].notice == ""
    assert made["versions/1.0.0/"].footer == f"Version 1.0.0 of 1 December 2026 · {FIRST.sha256[:12]}"
    assert made["versions/1.0.0/"].header == "Superseded by version 2.0.0 of 5 March 2027"
    assert made["versions/2.0.0/"].header == ""


def test_anchors_of_a_version_are_the_ids_of_its_principles(made):
    tree = html.fromstring(f"<main>{made['versions/1.0.0/'].html}</main>")
    anchors = tree.xpath("//@id")
    assert {"preamble", "moorings", "tides", "stay", "go", "come"} <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_what_changed_is_told_with_the_reason_and_for_any_version_against_the_current_one(made):
    for at in ("versions/2.0.0/changes/", "versions/compare/1.0.0..2.0.0/"):
        words = _words(made[at])
        assert "Nobody went." in words
        tree = html.fromstring(f"<main>{made[at].html}</main>")
        assert {"stay", "go", "come"} <= set(tree.xpath("//section/@id"))
        assert tree.xpath("//ins")
        assert tree.xpath("//for") == []
    assert "versions/compare/2.0.0..2.0.0/" not in made


def test_a_principles_page_ends_with_its_wording_through_the_versions(made):
    words = _words(made["charter/tides/stay/"]).split("How its wording has changed")[1]
    assert words.index("Version 2.0.0") < words.index("Version 1.0.0")
    assert "Nobody went." in words


def test_every_address_that_a_release_published_still_answers(made):
    for release in EDITION.releases:
        for theme, principle in release.charter.principles():
            assert f"charter/{theme.id}/{principle.id}/" in made
    assert made["charter/moorings/stay/"].moved_to == "charter/tides/stay/"
    gone = _words(made["charter/moorings/go/"])
    assert "Version 2.0.0 of 5 March 2027 retired it." in gone
    assert "Nobody went." in gone
    aliases = {at: page.moved_to for at, page in made.items() if page.moved_to.startswith("versions/")}
    assert aliases == {
        "versions/latest/": "versions/2.0.0/",
        "versions/2/": "versions/2.0.0/",
        "versions/2.0/": "versions/2.0.0/",
        "versions/1/": "versions/1.0.0/",
        "versions/1.0/": "versions/1.0.0/",
    }


def test_no_two_pages_have_one_address():
    addresses = [page.address for page in make_pages(EDITION)]
    assert len(addresses) == len(set(addresses))


def test_without_a_release_there_is_the_working_text_marked_as_a_draft():
    made = {page.address: page for page in make_pages(replace(EDITION, releases=()))}
    assert "No version has been released yet" in made["charter/"].notice
    assert [at for at in made if at.startswith(("versions", "draft"))] == []


def test_links_in_reasons_and_errata_lead_to_the_parts_that_they_name():
    """On a version's page to its place there, elsewhere to its own page; from what is gone to the charter."""
    words = "[it](../themes/tides/tides-first.md) [gone](../themes/x/y.md) [out](https://example.org/)"
    release = make_release(notes=(make_note(reason=words),))
    erratum = Erratum(version="1.0.0", text=words, path="charter/errata/1.0.0.md")
    edition = Edition(
        root="charter", charter=None, documents=(), entries=(), releases=(release,), errata=(erratum,)
    )
    found = {page.address: html.fromstring(f"<main>{page.html}</main>") for page in make_pages(edition)}
    reason, own = (
        found[at].xpath("//td[contains(@class, 'why')]//@href | //blockquote//@href")
        for at in ("versions/", "versions/1.0.0/")
    )
    assert reason == ["../charter/tides/tides-first/", "../charter/", "https://example.org/"]
    assert own == ["#tides-first", "../../charter/", "https://example.org/"]
    assert found["versions/1.0.0/"].xpath("//*[@class='erratum']//p//@href")[0] == "#tides-first"


def test_a_class_that_was_lowered_is_shown_with_what_was_found_who_approved_and_why():
    note = make_note(
        class_=Class.EDITORIAL, approved_by=("The chair", "The clerk"), reason="No promise moved."
    )
    before = make_release()
    release = make_release(
        before, class_=Class.EDITORIAL, found=Class.COMMITMENT, version="1.0.1", notes=(note,)
    )
    edition = Edition(root="charter", charter=None, documents=(), entries=(), releases=(before, release))
    page = next(each for each in make_pages(edition) if each.address == "versions/1.0.1/")
    assert "Classeditorial, lowered from commitment" in _words(page)
    assert "No promise moved. Counted as “editorial” with the approval of The chair and The clerk." in _words(
        page
    )


# --- How many signed ---------------------------------------------------------------------------------

DRAFT = _release("0.9.0", "2026-10-01", OLD)


def signed(*releases, by):
    """What the home page, the list of versions and their pages say of who signed: text, and links."""
    edition = replace(EDITION, releases=releases, errata=())
    found = {}
    for page in make_pages(edition, signed=by):
        tree = html.fromstring(f"<main>{page.html}</main>")
        told = tree.xpath(
            "//*[@class='hero__signed'] | //dt[.='Signatories']/following-sibling::dd | "
            "//td[contains(@class, 'versions__signed')]"
        )
        if told:
            words = [" ".join(each.text_content().split()) for each in told]
            found[page.address] = (words, [link for each in told for link in each.xpath(".//@href")])
    return found


def test_the_home_page_and_every_version_say_how_many_stand_by_it():
    assert signed(DRAFT, FIRST, SECOND, by={"1.0.0": 1, "2.0.0": 1204}) == {
        "": (["1,205 organisations stand by it."], ["signatories/"]),
        "versions/": (
            ["1,204 signatories", "1 signatory", "0 signatories"],
            ["../signatories/?version=2.0.0#list", "../signatories/?version=1.0.0#list"],
        ),
        "versions/0.9.0/": (["none: a draft can’t be signed"], []),
        "versions/1.0.0/": (["1 organisation stands by it"], ["../../signatories/?version=1.0.0#list"]),
        "versions/2.0.0/": (["1,204 organisations stand by it"], ["../../signatories/?version=2.0.0#list"]),
    }


def test_one_organisation_is_told_of_as_one():
    assert signed(FIRST, by={"1.0.0": 1})[""][0] == ["1 organisation stands by it."]


def test_where_nobody_signed_everybody_is_invited():
    assert signed(FIRST, SECOND, by={}) == {
        "": (["Nobody yet: yours could be the first."], ["sign/"]),
        "versions/1.0.0/": (["none at present"], []),
        "versions/2.0.0/": (["none at present: how to sign"], ["../../sign/"]),
    }


def test_nothing_is_said_before_there_is_a_version_to_sign():
    assert signed(DRAFT, by=None) == {"versions/0.9.0/": (["none: a draft can’t be signed"], [])}
    assert signed(by=None) == {}


LEADS = {
    "about": ("About version 2.0.0", "2.0.0/#about"),
    "errata": ("What has changed by version 2.0.0", "compare/1.0.0..2.0.0/"),
    "overview": ("The contents of version 2.0.0", "2.0.0/#overview"),
    "preamble": ("The preamble in version 2.0.0", "2.0.0/#preamble"),
    "moorings": ("This theme in version 2.0.0", "2.0.0/#moorings"),
    "tides": ("This theme in version 2.0.0", "2.0.0/#tides"),
    "stay": ("This principle in version 2.0.0", "2.0.0/#stay"),
    "go": ("What became of this principle by version 2.0.0", "compare/1.0.0..2.0.0/#go"),
    "come": ("This principle in version 2.0.0", "2.0.0/#come"),
}


def test_each_part_of_a_superseded_version_leads_to_what_took_its_place(made):
    """A deep link shows none of the top of the page."""
    tree = html.fromstring(f"<main>{made['versions/1.0.0/'].html}</main>")
    lines = tree.xpath("//p[@class='successor']")
    leads = {
        line.xpath("string(ancestor::*[@id][1]/@id | following-sibling::h2[@id][1]/@id)"): (
            line.findtext(".//a"),
            line.find(".//a").get("href"),
        )
        for line in lines
    }
    assert leads == {anchor: (words, f"../{address}") for anchor, (words, address) in LEADS.items()}
    assert {line.findtext(".//strong") for line in lines} == {"Version 1.0.0 has been superseded."}
    assert "successor" not in made["versions/2.0.0/"].html + made["charter/"].html


def test_a_commitment_leads_to_the_one_that_the_redline_matches_it_with():
    """By words and not by place; one without a match leads to what changed."""
    was = ("We tie up on time.", "We leave room for others.", "We pay our dues.")
    now = ("We leave room for all others.", "We tie up on time.")
    texts = [
        make_charter(themes=(make_theme("moorings", (principle,)),))
        for principle in (
            make_principle("stay", sections=(make_section("promises", items=was),)),
            make_principle("rest", sections=(make_section("promises", items=now),), formerly=("stay",)),
        )
    ]
    first = _release("1.0.0", "2026-12-01", texts[0])
    second = _release("2.0.0", "2027-03-05", texts[1], first)
    history = History(replace(EDITION, releases=(first, second)))
    leads = {anchor: (*each,) for anchor, each in successors(first, history).items() if "stay" in anchor}
    assert leads.pop("stay.promises") == ("“We promise to” in version 2.0.0", "versions/2.0.0/#rest.promises")
    assert [lead for lead in leads.values() if not lead[0].startswith("“")] == [
        ("This principle in version 2.0.0", "versions/2.0.0/#rest"),
        ("This commitment in version 2.0.0", "versions/2.0.0/#rest.we-tie-up-on-time"),
        ("This commitment in version 2.0.0", "versions/2.0.0/#rest.we-leave-room-for-all-others"),
        ("What became of this commitment by version 2.0.0", "versions/compare/1.0.0..2.0.0/#rest"),
    ]
    assert successors(second, history) == {}
