"""What organisations report is shown on pages, in tables and data, in feeds, on badges and on paper."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest
from lxml import etree, html

import registers
import reported
from builders import make_principle, make_release, make_report, make_section, make_signatory, make_theme
from charterpress.model import Answer, Class, Foreign, ReportStanding
from charterpress.outputs.assets import schema_files
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.feeds import feed_files
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories import report_parts
from charterpress.outputs.html.signatories.organisation_pages import organisation_pages
from charterpress.outputs.html.signatories.print_pages import certificate_pages, print_list_pages
from charterpress.outputs.html.signatories.register_pages import register_pages
from charterpress.outputs.html.signatories.report_pages import report_pages
from charterpress.outputs.html.templates import environment
from charterpress.outputs.images.badge import badge_text
from charterpress.text.interface import use_language
from charterpress.views.addresses import LEARNED, REGISTER_CSV, REGISTER_JSON, REGISTER_REPORTS
from charterpress.views.history import History
from charterpress.views.learned import earlier_words, learned
from charterpress.views.reports import counts_in_words, standing_words

KEPT, PART, NOT_YET, NONE = Answer


@pytest.fixture(scope="module")
def register():
    branch = make_signatory("branch-of-it", ("2.0.0", "2024-09-01"), part_of="harbour-federation")
    federation = next(each for each in reported.everybody() if each.slug == "harbour-federation")
    branch = replace(branch, signed_for=True, reported_for=True, reports=federation.reports)
    others = (each for each in reported.everybody() if each.slug != "branch-of-it")
    return reported.make_register(*others, branch)


@pytest.fixture(scope="module")
def other_register():
    """Two years missed, a report on a year under way, and one on an earlier year that came last."""
    late = reported.report("2025-05-31", NOT_YET, published="2026-10-30")
    return reported.make_register(
        reported.signed("long-silent-club", "2024-10-01"),
        reported.signed("early-club", "2025-07-01", reported.report("2026-09-30", KEPT)),
        reported.signed("slow-club", "2024-06-01", late, reported.report("2026-05-31", PART, KEPT)),
    )


@pytest.fixture(scope="module")
def renderer():
    return Renderer(environment(), site=registers.SITE)


@pytest.fixture(scope="module")
def history():
    return History(reported.edition())


def pages_of(register, renderer, history, *, editors=True):
    found = report_pages(register, history, renderer, editors=editors)
    return {page.address: page for page in found}


def text(page):
    return " ".join(html.fromstring(page.html).text_content().split())


def organisation(register, renderer, slug):
    found = organisation_pages(register, renderer, certificates=False)
    return {page.address: page for page in found}[f"signatories/{slug}/"]


# --- An organisation ---------------------------------------------------------------------------------


def test_an_organisation_has_its_reports_newest_first_beside_what_it_signed(register, renderer):
    page = organisation(register, renderer, "steady-club")
    shown = text(page)
    newest = shown.index("1 October 2025 to 30 September 2026")
    assert newest < shown.index("1 October 2024 to 30 September 2025")
    assert "All of it, but for the tide." in shown
    links = {each.get("href"): each.get("rel") for each in html.fromstring(page.html).iter("a")}
    assert "ugc" in links[reported.EVIDENCE]
    assert "../../versions/2.0.0/#moorings-first" in links, "the words that it reported on"


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("not-asked-club", "Version 1.0.0, which it signed, doesn’t ask for reports."),
        ("new-club", "not due yet"),
        ("due-club", "To be published1 October 2026 to 1 January 2027"),
        ("late-club", "10 June 2025 to 9 June 2026 There’s no report on this period."),
        ("silent-club", "no report yet"),
        ("long-silent-club", "Next report on 1 October 2025 to 30 September 2026"),
        ("early-club", "or its last report reaches into the one under way"),
        ("branch-of-it", "Harbour federation reports for it, and nobody has examined what is said."),
    ],
)
def test_a_page_says_in_plain_words_how_far_a_report_is_due(register, other_register, renderer, slug, says):
    other = slug in {each.signatory.slug for each in other_register.entries}
    page = organisation(other_register if other else register, renderer, slug)
    assert says.replace(" ", "") in text(page).replace(" ", "")


def test_of_one_that_withdrew_neither_words_nor_links_are_shown(register, renderer, history):
    page = organisation(register, renderer, "gone-club")
    assert "10 June 2024 to 9 June 2025" in text(page)
    assert "Words of one that left" not in page.html
    assert "quay-club.example/report" not in page.html
    everywhere = "".join(each.html for each in pages_of(register, renderer, history).values())
    files = register_files(register.current, register.entries, register.day, register.seen, register.reports)
    assert "Words of one that left" not in everywhere + b"".join(files.values()).decode()


def test_reports_that_a_page_has_no_room_for_are_on_pages_of_their_own(renderer):
    """None of them is heavier than a page may be, whatever signs the words are made of."""
    reports = [
        reported.report(f"{year}-06-30", *Answer, words='"' * 300, evidence=f"https://a.example/{'&' * 900}")
        for year in range(2007, 2027)
    ]
    own = reported.signed("wordy-club", "2024-06-10", *reports, formerly=("old-club",))
    pages = {
        page.address: page
        for page in organisation_pages(reported.make_register(own), renderer, certificates=False)
    }
    assert list(pages)[:3] == [
        "signatories/wordy-club/",
        "signatories/wordy-club/reports/",
        "signatories/wordy-club/reports/2/",
    ]
    assert pages["signatories/old-club/reports/"].moved_to == "signatories/wordy-club/reports/"
    assert max(len(page.html.encode()) for page in pages.values()) < report_parts.MOST + 10_000
    shown = "".join(page.html for page in pages.values())
    assert all(f"1 July {year} to 30 June {year + 1}" in shown for year in range(2006, 2026))
    link = html.fromstring(pages["signatories/wordy-club/reports/2/"].html).xpath("//li//a/@href")[0]
    assert link.startswith("../../../../versions/2.0.0/#")


# --- A principle -------------------------------------------------------------------------------------


def test_a_principle_counts_the_last_answer_of_each_and_shows_all(register, renderer, history):
    answers = register.reports.answers_on({"moorings-second"})
    assert answers.counts == {KEPT: 1, PART: 1, NOT_YET: 1, NONE: 0}
    assert counts_in_words(answers.counts) == "1 kept, 1 in part, 1 not yet"
    assert [each.entry.signatory.slug for each in answers.statements] == [
        *("steady-club", "steady-club", "harbour-federation", "late-club")
    ], "newest first, and a federation speaks once for its branches"
    page = pages_of(register, renderer, history)["charter/moorings/moorings-second/reports/"]
    assert text(page).index("All of it, but for the tide.") < text(page).index(reported.HARD)


def test_the_answer_on_the_latest_days_counts_whatever_came_last(other_register):
    """Whoever answers for a year past after all says nothing new of this one."""
    answers = other_register.reports.answers_on({"moorings-first"})
    assert answers.counts == {KEPT: 1, PART: 1, NOT_YET: 0, NONE: 0}
    assert [each.said.answer for each in answers.statements] == [KEPT, PART, NOT_YET]


def test_a_count_says_which_answers_are_on_other_words():
    """A change of what is promised is one; where it stands, or that it was retired, is none."""
    first, second = reported.releases()
    sections = make_section("promises", items=("Moor nobody else’s boat.",)), make_section()
    moorings = make_principle("moorings-first", sections=sections), make_principle("moorings-second")
    tides = make_theme("tides", (make_principle("tides-second"),))
    reworded = replace(second.charter, themes=(make_theme("moorings", moorings), tides))
    third = make_release(second, reworded, version="3.0.0", date="2026-06-01", class_=Class.COMMITMENT)
    history = History(replace(reported.edition(), releases=(first, second, third)))
    answers = reported.make_register(*reported.everybody()).reports.answers_on({"moorings-first"})
    assert [earlier_words(answers, history, id) for id in ("moorings-second", "tides-first")] == ["", ""]
    assert earlier_words(answers, history, "moorings-first") == (
        "3 of these answers are on words that version 3.0.0 has changed since."
    )


def test_a_list_of_answers_is_split_into_pages_of_bytes(renderer, history):
    words = "<b>&'\"" * 50
    many = (
        reported.signed(f"club-{at}", "2025-07-01", reported.report("2026-06-30", KEPT, words=words))
        for at in range(120)
    )
    pages = pages_of(reported.make_register(*many), renderer, history)
    parts = [address for address in pages if "moorings-first/reports/" in address]
    assert parts == [
        "charter/moorings/moorings-first/reports/",
        *(f"charter/moorings/moorings-first/reports/{at}/" for at in range(2, len(parts) + 1)),
    ]
    assert len(parts) > 2
    assert max(len(pages[each].html.encode()) for each in parts) < report_parts.MOST + 10_000
    trees = [html.fromstring(pages[each].html) for each in parts]
    names = {name for tree in trees for name in tree.xpath("//li/p/a/bdi/text()")}
    assert len(names) == 120
    for each, tree in zip(parts, trees, strict=True):
        up = "../" * each.count("/")
        links = tree.xpath("//li/p/a/@href")
        assert all(link.startswith(f"{up}signatories/club-") for link in links)


def test_what_was_learned_begins_with_what_was_kept_least(register, renderer, history):
    found = learned(register.reports, history, register.current)
    assert (found.reports, found.organisations) == (4, 3)
    assert [each.principle.id for each in found.principles] == [
        *("tides-first", "moorings-second", "moorings-first", "tides-second")
    ]
    page = pages_of(register, renderer, history)[LEARNED]
    says = (
        "Since version 2.0.0 of 1 June 2024, of those whose signatures stand: 4 reports from 3 organisations."
    )
    assert says in text(page)
    assert LEARNED not in pages_of(register, renderer, history, editors=False)


# --- The register ------------------------------------------------------------------------------------


def test_each_standing_has_its_list_without_a_script(register, renderer, history):
    pages = pages_of(register, renderer, history)
    listed = {
        standing: html.fromstring(pages[f"signatories/standing/{standing}/"].html).xpath(
            "//ul[@class='entries']//a/bdi/text()"
        )
        for standing in ReportStanding
    }
    assert listed == {
        ReportStanding.NOT_ASKED: ["Not asked club"],
        ReportStanding.NOT_DUE: ["New club"],
        ReportStanding.DUE: ["Branch of it", "Due club", "Harbour federation"],
        ReportStanding.REPORTED: ["Steady club"],
        ReportStanding.OVERDUE: ["Late club"],
        ReportStanding.NEVER: ["Silent club"],
    }
    page = next(iter(register_pages(register, renderer, documents=False)))
    shown = html.fromstring(page.html)
    assert shown.xpath("//section[h2/@id='reporting']//th/a/@href") == [
        f"standing/{standing}/" for standing in ReportStanding
    ]
    assert shown.xpath("//select[@name='report']/option/@value") == ["", *ReportStanding]
    assert shown.xpath("//li[@data-report='overdue']/a/bdi/text()") == ["Late club"]


def test_a_charter_may_have_words_of_its_own(register):
    charter = replace(reported.charters()[1], language="cy", standing_words=(("overdue", "heb glywed eto"),))
    words = standing_words(charter)
    assert isinstance(words[ReportStanding.OVERDUE], Foreign)
    assert words[ReportStanding.DUE] == "due"
    label = report_parts.standing_label(ReportStanding.OVERDUE, words)
    assert label == 'report: <span lang="cy" dir="ltr">heb glywed eto</span>'
    assert report_parts.standing_title(words[ReportStanding.OVERDUE]) == label.replace("report", "Report", 1)
    with use_language("cy"):
        assert not isinstance(standing_words(charter)[ReportStanding.OVERDUE], Foreign)


# --- Data --------------------------------------------------------------------------------------------


def files_of(register):
    return register_files(register.current, register.entries, register.day, {}, register.reports)


def test_the_data_is_as_its_schema_says(register):
    document = json.loads(files_of(register)[REGISTER_JSON])
    schema = json.loads(dict(schema_files())["schemas/signatories-1.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["reporting"] == {"every": "12 months", "grace": "3 months"}
    steady = next(each for each in document["signatories"] if each["slug"] == "steady-club")
    assert steady["report"]["standing"] == "reported"
    assert [each["to"] for each in steady["reports"]] == ["2026-09-30", "2025-09-30"]
    assert steady["reports"][0]["principles"][2] == {
        "principle": "tides-first",
        "answer": "in part",
        "words": "All of it, but for the tide.",
        "evidence": reported.EVIDENCE,
    }


def test_the_tables_have_a_row_for_each_organisation_and_for_each_answer(register):
    files = files_of(register)
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(files[REGISTER_CSV].decode("utf-8-sig")))}
    assert rows["late-club"]["report"] == "overdue"
    assert rows["steady-club"]["reported_to"] == "2026-09-30"
    assert rows["not-asked-club"]["report"] == "not-asked"
    answers = list(csv.DictReader(io.StringIO(files[REGISTER_REPORTS].decode("utf-8-sig"))))
    assert len(answers) == sum(
        len(report.principles)
        for each in register.entries
        for report in each.signatory.reports
        if not each.signatory.reported_for
    )


def test_a_formula_in_words_is_none_in_a_table():
    own = reported.signed("sum-club", "2025-07-01", reported.report("2026-06-30", KEPT, words="=1+1"))
    assert b'"\'=1+1"' in files_of(reported.make_register(own))[REGISTER_REPORTS]


# --- Feed --------------------------------------------------------------------------------------------


def test_the_feed_has_an_entry_for_each_report(register, history):
    """A federation that reports for its branches has one. Words and links go when an organisation withdraws:
    readers of feeds keep what they were given, so that none is in it."""
    files = feed_files(history, registers.SITE, environment(), register)
    feed = etree.fromstring(files["feeds/reports.atom"])
    atom = {"a": "http://www.w3.org/2005/Atom"}
    titles = feed.xpath("//a:entry/a:title/text()", namespaces=atom)
    assert titles == [
        "Steady club reported on 1 October 2025 to 30 September 2026",
        "Steady club reported on 1 October 2024 to 30 September 2025",
        "Harbour federation reported on 1 September 2024 to 31 August 2025",
        "Gone club reported on 10 June 2024 to 9 June 2025",
        "Late club reported on 10 June 2024 to 9 June 2025",
    ]
    assert len(set(feed.xpath("//a:entry/a:id/text()", namespaces=atom))) == len(titles)
    assert reported.HARD.encode() not in files["feeds/reports.atom"]
    assert "report" not in files["feeds/signatories.atom"].decode()


# --- Badge and paper ---------------------------------------------------------------------------------


def test_a_badge_and_a_certificate_say_the_last_report(register, renderer):
    entries = {each.signatory.slug: each for each in register.entries}
    assert badge_text(entries["steady-club"], register.reports) == "signed 2.0.0, reported 2026"
    assert badge_text(entries["late-club"], register.reports) == "signed 2.0.0, reported 2025"
    assert badge_text(entries["silent-club"], register.reports) == "signed 2.0.0"
    pages = {page.address: page for page in certificate_pages(register, renderer, pdfs=False)}
    shown = text(pages["signatories/steady-club/certificate/"])
    assert "Last reported on1 October 2025 to 30 September 2026, published on 15 October 2026" in shown
    assert "Last reported on" not in text(pages["signatories/silent-club/certificate/"])


def test_the_printed_list_has_the_standing_of_each_report(register, renderer):
    page = next(print_list_pages(register, renderer, digest="0" * 64, pdfs=False))
    assert "current, report: overdue" in text(page)
    assert "By report" in text(page)


# --- Nothing -----------------------------------------------------------------------------------------


def test_without_asking_nothing_of_it_is_shown(renderer):
    """Neither with a report that nobody asked for."""
    own = registers.current("quay-club", reports=(make_report(),))
    register = registers.make_register(own)
    assert register.reports is None
    page = next(iter(register_pages(register, renderer, documents=False)))
    shown = page.html + organisation(register, renderer, "quay-club").html
    assert "report" not in shown.lower().replace("reported mistakes", "")
    files = register_files(register.current, register.entries, register.day, {}, register.reports)
    assert list(files) == [REGISTER_JSON, REGISTER_CSV]
    assert b"report" not in b"".join(files.values())
