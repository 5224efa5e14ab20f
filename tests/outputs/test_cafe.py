"""A café on a charter: minutes that add up, cards that hold what they must, notes that become a proposal."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pdfua
import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as some
from lxml import html
from PIL import Image

import fork_server
from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import Edition
from charterpress.outputs.html.practice.practice_pages import practice_pages
from charterpress.outputs.html.renderer import PrintedDocument, Renderer
from charterpress.outputs.pdf import cafe as papers
from charterpress.outputs.pdf import engine
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders, typst_fonts
from charterpress.outputs.pdf.layout_words import document_language
from charterpress.outputs.pdf.print_look import PrintLook
from charterpress.outputs.words import word_lists
from charterpress.outputs.words.cafe_words import cafe_notes, cafe_timetable, card_question
from charterpress.read import load
from charterpress.text import markdown
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.cafe import Cafe, duration, plan_cafe
from charterpress.views.edition_view import CharterView
from charterpress.views.history import History
from rendering import TEMPLATES
from words import printed, said, sheets_of

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://harbour.example/under/a/path/"
SAID = "Version 2.0.0 of 1 January 2026 · 0123456789ab"
LONG = "Co-operative commissioning arrangements that somebody has to say out loud in one"[:79]
HOSTILE = (
    '<script>alert(1)</script> #read("/etc/passwd") $x^2$ @ref <label> */ // `a` *b* {title} {{ x }} | [c](d)'
)
EXTREMES = {
    "long words": ("W" * 79, "W" * 160, "w" * 400),
    "wide words": tuple(
        " ".join("W" * letters for letters in range(*ends)) for ends in ((6, 12), (5, 17), (5, 30))
    ),
    "many words": (LONG, f"{LONG} {LONG}", f"{LONG} " * 12),
    "addresses": ("a/" * 39, "https://harbour.example/" + "a" * 130, "x-" * 200),
    "arabic": ("جمعية الميناء " * 5, "نعد بأن نفسح المكان " * 8, "كتابةطويلةبلافراغ" * 12),
    "hebrew": ("עמותת הנמל " * 7, "אנו מבטיחים לפנות מקום " * 7, "מילהארוכהבליהפסקה" * 12),
    "devanagari": ("बंदरगाह समिति " * 5, "हम जगह देने का वचन देते हैं " * 5, "बंदरगाहसमिति" * 12),
    "tamil": ("தமிழ் துறைமுகம் " * 4, "நாங்கள் இடம் தருவோம் " * 7, "துறைமுகம்" * 20),
    "thai": ("สมาคมท่าเรือ" * 6, "เราสัญญาว่าจะเว้นที่ว่าง" * 6, "เราสัญญาว่าจะเว้นที่ว่าง" * 16),
}
"""Titles of 79 letters, summaries of 160 and sentences: the longest that the check allows, and longer."""


QUESTIONS = word_lists("cafe.md")["Questions"]
CURRENT = load(ROOT / "charter").current.version
"""The version that the site of the real charter shows."""


def kit(charter=None, label=SAID) -> Cafe:
    return plan_cafe(charter or make_charter(), label)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """made(charter) sets the cards and the kit of its café, with all the fonts there are."""
    kept = DocumentCache(tmp_path_factory.mktemp("shelf"), font_folders())

    def made_(charter=None, site=SITE) -> tuple[bytes, bytes]:
        found = dict(papers.cafe_documents(kit(charter), kept, date="2026-01-01", site=site))
        return found[addresses.CAFE_CARDS], found[addresses.CAFE_KIT]

    return made_


def packed(words: str) -> str:
    """Words without what divides them: a line may end anywhere."""
    return "".join(words.split())


def shown(cafe_, documents=True) -> html.HtmlElement:
    paths = (addresses.CAFE_CARDS, addresses.CAFE_KIT) if documents else ()
    printed = {path: PrintedDocument(size=131_499, pages=16) for path in paths}
    edition = Edition(root="charter", charter=cafe_.charter, documents=(), entries=())
    view = CharterView(charter=cafe_.charter, history=History(edition), label=cafe_.label)
    pages = practice_pages(view, Renderer(TEMPLATES, site=SITE, documents=printed))
    (page,) = [page for page in pages if page.kind == "cafe"]
    return html.fromstring(page.html + page.unsearched)


@given(questions=some.integers(0, 9), themes=some.integers(1, 12))
def test_the_minutes_add_up_whatever_the_charter(questions, themes):
    asked = tuple(f"What of {place}?" for place in range(questions))
    themed = tuple(make_theme(f"theme-{place}") for place in range(themes))
    held = kit(make_charter(questions=asked, themes=themed))
    end = 0
    for step in held.steps:
        assert (step.start, step.minutes > 0) == (end, True)
        end += step.minutes
    assert held.minutes == end
    assert [step.question for step in cafe_timetable(held) if step.question] == list(asked or QUESTIONS)
    assert [step.name for step in cafe_timetable(held)].count("Break") == 1


def test_a_cafe_of_four_tables_and_three_questions_takes_two_and_a_half_hours():
    themed = tuple(make_theme(f"theme-{place}") for place in range(4))
    held = kit(make_charter(questions=("One?", "Two?", "Three?"), themes=themed))
    assert [(step.clock, step.name, step.minutes) for step in cafe_timetable(held)] == [
        ("0:00", "Welcome", 10),
        ("0:10", "Read the cards", 10),
        ("0:20", "Round 1", 25),
        ("0:45", "Round 2", 25),
        ("1:10", "Break", 15),
        ("1:25", "Round 3", 25),
        ("1:50", "What the tables heard", 20),
        ("2:10", "Choose", 15),
        ("2:25", "Close", 5),
    ]
    assert held.duration == "2 hours 30 minutes"
    assert held.people == (16, 24)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (125, "2 hours 5 minutes"),
    ],
)
def test_a_time_is_said_in_words(minutes, words):
    assert duration(minutes) == words


def test_page_and_paper_tell_the_same_timetable(made):
    held = kit()
    rows = [[said(cell) for cell in row] for row in shown(held).iter("tr")][1:]
    minutes = [int(row[-1].removesuffix(" min")) for row in rows]
    assert sum(minutes[:-1]) == minutes[-1] == held.minutes
    assert rows[-1][2] == held.duration
    paper = sheets_of(made()[1])[0]
    for row, step in zip(rows, cafe_timetable(held), strict=False):
        assert row[:2] == [step.clock, step.name]
        assert packed(f"{step.clock}{step.name}{step.text}") in packed(paper)
    assert packed(f"Total {held.duration} {held.minutes}") in packed(paper)


def test_the_page_links_to_what_there_is_to_print_and_says_how_large_it_is():
    links = {a.get("href"): a for a in shown(kit()).iter("a")}
    assert {"cards.pdf", "kit.pdf", "../../charter/moorings/", "../../charter/tides/"} <= links.keys()
    assert "(PDF, 16 pages, 131 kB)" in said(links["cards.pdf"].getparent())
    assert [a for a in shown(kit(), documents=False).iter("a") if a.get("href").endswith(".pdf")] == []


def test_the_questions_are_the_charters_own_or_else_open_ones():
    own, none = shown(kit()), shown(kit(make_charter(questions=())))
    assert "What did you see from the quay?" in said(own)
    assert "The charter asks the same questions of every theme" in said(own)
    assert "The charter asks" not in said(none)
    for question in QUESTIONS:
        assert question in said(none)


def test_what_is_hostile_is_printed_and_not_run(made):
    principle = make_principle("one", title=HOSTILE, summary=HOSTILE, questions=(HOSTILE,))
    theme = make_theme("bad", principles=(principle,), title=HOSTILE, summary=HOSTILE)
    charter = make_charter(title=HOSTILE, questions=(HOSTILE,), themes=(theme,))
    cards, kit_ = (packed(printed(data)) for data in made(charter))
    assert cards.count(packed(HOSTILE)) >= 3
    assert packed(HOSTILE) in kit_
    assert HOSTILE in markdown.plain_text(cafe_notes(kit(charter)))
    assert "<script>" not in markdown.to_html(cafe_notes(kit(charter)))


def test_every_principle_has_a_card_with_what_it_says(made, charter):
    sheets = sheets_of(made(charter)[0])
    numbers = number.part_numbers(charter)
    listed = list(charter.principles())
    assert len(sheets) == 2 * ((len(listed) + 1) // 2)
    (binding,) = (shape for shape in charter.sections if shape.binding)
    for place, (theme, principle) in enumerate(listed):
        outside, inside = (packed(sheets[2 * (place // 2) + side]) for side in (0, 1))
        for words in (theme.title, numbers[principle.id] + principle.title, principle.summary):
            assert packed(words) in outside
        items = [item for each in principle.sections if each.id == binding.id for item in each.items]
        for words in (binding.heading, *map(markdown.plain_text, items), principle.questions[0]):
            assert packed(words) in inside


def test_every_part_of_every_card_says_its_version(made):
    cards, kit_ = (sheets_of(data) for data in made())
    assert {sheet.count(SAID) for sheet in cards} == {4}
    assert all(SAID in sheet for sheet in kit_)
    assert kit_[-1].count(SAID) == papers.BADGES


def test_the_title_of_a_principle_is_on_the_front_and_its_words_are_behind_it(made):
    front, back = (quarters(page) for page in pypdf.PdfReader(io.BytesIO(made()[0])).pages[:2])
    for row, name in enumerate(("first", "second")):
        assert f"Moorings{name}" in front["right", row]
        assert f"Howwemoorings{name}." in front["left", row]
        assert f"moorings{name}everyday." in back["left", row]
        assert "Whendidwelastdoit?" in back["right", row]


def quarters(page) -> dict[tuple[str, int], str]:
    """The words of a page without what divides them, by the half and the row in which they stand."""
    found = {(half, row): "" for half in ("left", "right") for row in (0, 1)}

    def see(text, cm, tm, *_):
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        found["right" if x > 595 / 2 else "left", 0 if y > 842 / 2 else 1] += packed(text)

    page.extract_text(visitor_text=see)
    return found


def test_the_place_that_is_left_is_for_the_principle_that_is_missing(made):
    odd = make_charter(themes=(make_theme("one", principles=(make_principle("only"),)),))
    outside, inside = sheets_of(made(odd)[0])
    assert "Which principle is missing?" in outside
    assert "Why it is needed" in inside
    assert "missing" not in printed(made()[0])
    cards, kit_ = map(printed, made(make_charter(themes=(make_theme("bare", principles=()),))))
    assert cards.count("Which principle is missing?") == 2
    assert "1 Bare" in kit_


def test_a_changed_principle_changes_its_card(made):
    first, *others = make_theme("moorings").principles
    sections = (make_section("promises", items=("make room by noon.",)), *first.sections[1:])
    changed = replace(
        first, title="Room for all", summary="We make room.", sections=sections, questions=("Who had none?",)
    )
    documents = made(make_charter(themes=(make_theme("moorings", principles=(changed, *others)),)))
    before, after = printed(made()[0]), printed(documents[0])
    for words in ("Room for all", "We make room.", "make room by noon.", "Who had none?"):
        assert (words in before, words in after) == (False, True)
    assert "Room for all" in printed(documents[1])


def test_a_card_that_cannot_hold_its_promises_says_so_and_has_the_summary(made):
    """One without a question asks a general one, for a talk to start with."""
    promises = tuple(f"{LONG} {LONG} {place}." for place in range(30))
    long = make_principle("long", questions=(), sections=(make_section("promises", items=promises),))
    theme = make_theme("one", principles=(long, make_principle("b")))
    inside = sheets_of(made(make_charter(themes=(theme,)))[0])[1]
    assert "We promise to” there’s more than will fit on a card" in inside
    assert ("How we long." in inside, LONG in inside) == (True, False)
    assert packed(card_question()) in packed(inside)
    assert inside.count("To talk about") == 2


PIXELS = 4
"""How many to a millimetre."""


class Drawn(NamedTuple):
    """Draws what a cache would set: typst puts every letter in the same place on a picture."""

    sheets: dict[str, list[Image.Image]]

    def document(self, template, values, *, date, printed, long=False):
        """Keep the pages of `template` as pictures; gives no bytes."""
        given, families = typst_fonts(font_folders())
        pictures = typst.compile(
            engine.TEMPLATES / template, root=engine.TEMPLATES, font_paths=given,
            sys_inputs={
                "data": json.dumps(values()),
                "language": json.dumps(document_language(values())),
                "families": json.dumps(families),
                "look": json.dumps(PrintLook().inputs()),
            },
            format="png", ppi=PIXELS * 25.4,
        )  # fmt: skip
        self.sheets[template] = [Image.open(io.BytesIO(each)).convert("L") for each in pictures]
        return b""


def drawn(charter) -> dict[str, list[Image.Image]]:
    """The pages of both documents, by the template."""
    on = Drawn({})
    list(papers.cafe_documents(kit(charter), on, date="2026-01-01", site=SITE))
    return on.sheets


def ink(sheet: Image.Image, *part: float) -> bool:
    """Whether anything is printed in a part of a sheet: left, top, right and bottom, in millimetres."""
    return sheet.crop(tuple(round(each * PIXELS) for each in part)).getextrema()[0] < 250


def rim(left, top, right, bottom, wide):
    """The four sides of a part, `wide` millimetres wide, and a hair within its edge, where the fold is."""
    left, top, right, bottom = left + 0.6, top + 0.6, right - 0.6, bottom - 0.6
    sides = ((left, top, right, top + wide), (left, bottom - wide, right, bottom))
    return (*sides, (left, top, left + wide, bottom), (right - wide, top, right, bottom))


def panels():
    """The four parts of a sheet of cards, as left, top, right and bottom."""
    corners = [(13 + 92 * column, 16.5 + 132 * row) for column in (0, 1) for row in (0, 1)]
    return [(left, top, left + 92, top + 132) for left, top in corners]


def extreme(title, summary, sentence):
    """A charter of which every part is as long as it may be, with an odd number of principles."""
    items = tuple(f"{sentence} [{place}](https://harbour.example/{'a' * 60})" for place in range(5))
    parts = (make_section("promises", items=items), make_section())
    principles = tuple(
        make_principle(f"p-{place}", title=title, summary=summary, sections=parts, questions=(sentence * 2,))
        for place in range(3)
    )
    theme = make_theme("theme", principles=principles, title=title, summary=summary)
    return make_charter(title=title, summary=summary, themes=(theme,), questions=(sentence,) * 4)


SHOWN = ("wide words", "tamil")
"""The extremes of `make test`; the others are in the long tier."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SHOWN else pytest.mark.long) for name in EXTREMES]
)
def test_nothing_runs_over_the_edge_of_a_card(name):
    """Nor from the words of a part into its foot, whatever somebody may write."""
    sheets = drawn(extreme(*EXTREMES[name]))
    for sheet in sheets["cards.typ"]:
        for left, top, right, bottom in panels():
            assert not any(ink(sheet, *side) for side in rim(left, top, right, bottom, 6))
            assert not ink(sheet, left + 8, bottom - 19.5, right - 8, bottom - 18.5)
    (tent,) = (sheet for sheet in sheets["kit.typ"] if ink(sheet, 0, 148, 10, 149))
    for top in (0, 148.5):
        assert not any(ink(tent, *side) for side in rim(0, top + 3, 210, top + 144.5, 8))
    badges = [sheet for sheet in sheets["kit.typ"] if ink(sheet, 14, 4, 16, 11)]
    assert badges
    corners = [(15 + 90 * column, 13.5 + 54 * row) for column in (0, 1) for row in range(5)]
    for sheet in badges:
        for left, top in corners:
            assert not any(ink(sheet, *side) for side in rim(left, top, left + 90, top + 54, 4))
    for sheet in (each for each in sheets["kit.typ"] if each is not tent):
        assert not any(ink(sheet, *side) for side in rim(0, 0, 210, 297, 3))


def test_cards_have_marks_to_cut_along_and_lines_to_fold_along(charter):
    for sheet in drawn(charter)["cards.typ"]:
        for down in (16.5, 148.5, 280.5):
            for way in ((5.5, 10.5), (199.5, 204.5)):
                assert ink(sheet, way[0], down - 0.4, way[1], down + 0.4)
        for way in (13, 197):
            for down in ((9, 14), (283, 288)):
                assert ink(sheet, way - 0.4, down[0], way + 0.4, down[1])
        for down in range(17, 280, 10):
            assert ink(sheet, 104.5, down, 105.5, down + 3)


def test_the_documents_are_accessible_and_the_same_every_time(made, tmp_path):
    again = DocumentCache(tmp_path, font_folders())
    fresh = dict(papers.cafe_documents(kit(), again, date="2026-01-01", site=SITE))
    assert list(made()) == [fresh[addresses.CAFE_CARDS], fresh[addresses.CAFE_KIT]]
    for data, sides in zip(made(), ("/DuplexFlipLongEdge", "/Simplex"), strict=True):
        assert pdfua.validate(io.BytesIO(data)).findings == ()
        reader = pypdf.PdfReader(io.BytesIO(data))
        assert "Harbour Charter" in reader.metadata.title
        told = reader.trailer["/Root"]["/ViewerPreferences"]
        assert (told["/Duplex"], told["/PrintScaling"], told["/DisplayDocTitle"]) == (sides, "/None", True)


def test_without_an_address_of_the_site_none_is_printed(made):
    """A link that leads nowhere would be worse than none."""
    for data in made(site=""):
        assert "http" not in printed(data)


def test_there_is_a_name_card_for_everyone_and_every_table_has_its_sheets(made):
    """People who come together are sent to different tables."""
    sheets = sheets_of(made()[1])
    numbers = [each for sheet in sheets for each in re.findall(r"Start at table (\d)", sheet)]
    assert len(numbers) >= kit().people[1]
    assert numbers.count("1") == numbers.count("2")
    for name in ("1 Moorings", "2 Tides"):
        (notes,) = (sheet for sheet in sheets if f"Notes: {name}" in sheet)
        assert "1. What did you see from the quay?" in notes
        assert len([sheet for sheet in sheets if f"Proposals: {name}" in sheet]) == 1


def test_the_file_for_the_notes_names_every_principle_and_the_version():
    told = cafe_notes(kit())
    assert SAID in told
    for _, principle in make_charter().principles():
        assert f"{principle.title}: `{principle.id}`" in told


def test_the_command_in_the_file_makes_a_note_that_passes_the_check(tmp_path):
    source = tmp_path / "charter"
    shutil.copytree(ROOT / "tests/example/brambleford", source)
    held = plan_cafe(load(source).current.charter, SAID)
    (line,) = re.findall(r"^ +(charter new change .*)$", cafe_notes(held), re.MULTILINE)
    assert line == said(shown(held).cssselect("pre code")[0])
    file = source / "themes/water/catch-the-rain.md"
    text = file.read_text(encoding="utf-8")
    assert "from every roof on the site" in text
    file.write_text(text.replace("every roof on the site", "every roof we own"), encoding="utf-8")
    for words, code in (
        (line.replace("ID", "catch-the-rain").replace("WHY", "Two sheds are not ours."), 0),
        ("charter check", 0),
        (line.replace("ID", "nobody-knows"), 2),
    ):
        command = ("charter", "--source", source, *shlex.split(words)[1:])
        done = fork_server.run(*command, cwd=tmp_path)
        assert done.returncode == code, done.stdout + done.stderr
    note = (source / "changes/from-our-cafe.md").read_text(encoding="utf-8")
    assert "principles:\n  - catch-the-rain\n" in note
    assert note.endswith("Two sheds are not ours.\n")


@pytest.mark.parametrize(
    ("site", "version", "theme"),
    [("built_site", CURRENT, "skills-and-attributes"), ("example_site", "3.1.0", "water")],
)
def test_every_theme_leads_to_the_cafe_which_links_to_what_is_there(request, site, version, theme):
    root = request.getfixturevalue(site)
    asked = html.parse(root / "charter" / theme / "index.html").getroot()
    assert said(asked.cssselect(".questions a[href$='practice/cafe/']")[0]) == "Hold a café"
    folder = root / "practice/cafe"
    (text,) = html.parse(folder / "index.html").getroot().cssselect("article")
    assert f"version {version} of" in said(text)
    for name in ("cards.pdf", "kit.pdf"):
        (link,) = (a for a in text.iter("a") if a.get("href") == name)
        data = (folder / name).read_bytes()
        assert f"{len(sheets_of(data))} pages, {round(len(data) / 1000)} kB" in said(link.getparent())
        assert all(f"Version {version} of" in sheet for sheet in sheets_of(data))
    assert f"Version {version} of" in (folder / "notes.md").read_text(encoding="utf-8")


def test_a_charter_before_its_first_version_has_a_cafe_on_its_draft(draft_site):
    folder = draft_site / "practice/cafe"
    page = said(html.parse(folder / "index.html").getroot())
    assert QUESTIONS[0] in page
    papers = [(folder / name).read_bytes() for name in ("cards.pdf", "kit.pdf")]
    for sheet in (page, *(sheet for data in papers for sheet in sheets_of(data))):
        assert "Draft" in sheet
        assert "Version" not in sheet
