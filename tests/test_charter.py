"""The real charter keeps what its editors promised of its text; what holds for any charter is the check's."""

import re
from pathlib import Path

import pytest

from charterpress.checks import check
from charterpress.read import load
from charterpress.text import markdown
from charterpress.text.interface import is_unread
from charterpress.versions.translations import units

ROOT = Path(__file__).parents[1]
SERIES = range(1, 7)
"""The parts of the series that the charter is drawn from."""
MAP = (ROOT / "docs/sources.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def principles(working_text):
    return {principle.id: principle for _, principle in working_text.principles()}


def test_it_is_in_order():
    """No error, and no advice left unheeded."""
    assert check(load(ROOT / "charter")) == ()


def test_it_has_four_themes_and_fourteen_to_sixteen_principles(working_text, principles):
    assert [len(theme.principles) in (3, 4) for theme in working_text.themes] == [True] * 4
    assert 14 <= len(principles) <= 16


def test_every_principle_is_whole(principles):
    """Two to five commitments and behaviours, two to four questions, and the parts that it comes from."""
    for name, principle in principles.items():
        commitments = principle.sections[0].items
        assert [section.id for section in principle.sections] == ["commitments", "why", "practice"], name
        assert (2 <= len(commitments) <= 5, 2 <= len(principle.behaviours) <= 5) == (True, True), name
        assert 2 <= len(principle.questions) <= 4, name
        assert principle.sources, name
        assert [source for source in principle.sources if not re.match(r"Part [1-6]: ", source)] == [], name


def test_commitments_are_short_enough_to_say_aloud(principles):
    said = [markdown.plain_text(item) for each in principles.values() for item in each.sections[0].items]
    sentences = [part for item in said for part in re.split(r"[.;:]\s+", item) if part]
    words = sum(len(item.split()) for item in said)
    assert words / len(sentences) <= 20


def test_its_titles_are_unlike(principles):
    """No two principles promise the same thing in the same words."""
    titles = [principle.title for principle in principles.values()]
    commitments = [item for each in principles.values() for item in each.sections[0].items]
    assert (len(set(titles)), len(set(commitments))) == (len(titles), len(commitments))


@pytest.mark.parametrize("part", SERIES)
def test_the_map_of_ideas_and_the_principles_sources_say_the_same(part, principles):
    """Whatever the map says stands in a principle, that principle names the part as a source, and back."""
    table = MAP.split(f"## Part {part}:")[1].split("\n## ")[0]
    mapped = set(re.findall(r"\]\(charter/[a-z-]+/([a-z-]+)\.md\)", table))
    naming = {
        name
        for name, principle in principles.items()
        if any(source.startswith(f"Part {part}: ") for source in principle.sources)
    }
    assert mapped == naming


def test_the_map_has_every_skill_and_attribute_of_the_list():
    """The eleven of part 5, in the order in which the series has them."""
    table = MAP.split("## Part 5:")[1].split("\n## ")[0]
    rows = [line.split("|")[1].casefold() for line in table.splitlines() if line.startswith("|")]
    skills = (
        "articulate own role", "critical friend", "objectives of others", "offer", "realistic", "turning up",
        "reflective", "knowledge of key partners", "respectful", "step back", "soft skills",
    )  # fmt: skip
    places = [next((n for n, row in enumerate(rows) if skill in row), None) for skill in skills]
    assert None not in places
    assert places == sorted(places)


def test_nobody_is_named_in_the_text(working_text):
    """What a person or an organisation did not say is not put into their mouths: the text names neither."""
    words = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "charter").rglob("*.md"))
    names = ("McAllister", "La Toyah", "Clore", "Collaborate ", "Adebowale", "Turning Point", "Homeless Link")
    assert [name for name in names if name in words] == []


def test_no_machine_s_welsh_is_published_in_its_name(working_text):
    """The language is listed only once a speaker has taken the mark from the head of the interface's
    catalog."""
    assert [tag for tag, _ in working_text.languages if is_unread(tag)] == []


def test_the_welsh_file_waits_for_speakers(working_text):
    """It is in step with the text, and the page that invites them counts truly."""
    edition = load(ROOT / "charter")
    welsh = next(each for each in edition.translations if each.language == "cy")
    found = units(working_text)
    assert [entry.unit for entry in welsh.entries if not entry.obsolete] == list(found)
    page = (ROOT / "docs/welsh.md").read_text(encoding="utf-8")
    binding = [unit for unit in found.values() if unit.binding]
    words, bound = (sum(len(unit.words.split()) for unit in these) for these in (found.values(), binding))
    counted = [
        int(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*", page.partition("## How")[0])
    ]
    assert counted == [round(words, -3), len(found), len(binding), round(bound, -2)]
