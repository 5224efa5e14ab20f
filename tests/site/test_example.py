"""The fictional charter of tests/example: made by its script, it holds all that it is there to show."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from hashlib import sha256
from html import unescape
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from lxml import etree, html

import fork_server
from charterpress import checks, register
from charterpress.cli.status_formats import status_text
from charterpress.cli.working_status import working_status
from charterpress.model import Change, Charter, Class, Kind, Standing
from charterpress.outputs.pdf.changes import part_changes
from charterpress.read import load
from charterpress.text import markdown
from charterpress.versions import diff, number
from charterpress.versions.translations import State, progress
from checkouts import checked_out, files
from commands import git, init_repository, run_charter

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "tests" / "example"
CHARTER = EXAMPLE / "brambleford"
EDITION = load(CHARTER, shown="charter")
VERSIONS = ("1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.1", "3.0.0", "3.1.0")
TEXTS = {release.version: release.charter for release in EDITION.releases} | {"draft": EDITION.charter}
NOTES = {release.version: release.notes for release in EDITION.releases} | {"draft": EDITION.notes}


def between(old: str, new: str) -> tuple[Change, ...]:
    passed = list(TEXTS)[list(TEXTS).index(old) + 1 : list(TEXTS).index(new) + 1]
    return number.changes(TEXTS[old], TEXTS[new], [note for each in passed for note in NOTES[each]])


MAKE = "import sys; from pathlib import Path; from example.make import make; make(Path(sys.argv[1]))"
TURKISH = {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1", "CHARTER_SOURCE": "x"}


WORLDS = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    pytest.param({"TZ": "Pacific/Pago_Pago", **TURKISH}, marks=pytest.mark.long),
]


@pytest.mark.parametrize("environment", WORLDS, ids=["where the day begins", "where it ends"])
def test_the_committed_charter_is_what_its_script_makes(tmp_path, environment):
    folder = tmp_path / "à côté of & it"
    folder.mkdir()
    python = {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT / "hooks")])}
    command = [sys.executable, "-c", MAKE, folder]
    subprocess.run(command, cwd=tmp_path, env=os.environ | python | environment, check=True)
    committed = {f"charter/{path}": data for path, data in files(CHARTER).items()}
    assert files(folder) == committed | {"CHANGELOG.md": (EXAMPLE / "CHANGELOG.md").read_bytes()}


def test_it_says_that_it_is_fictional():
    """The charter in its title, summary and preamble, each signatory in its file's first line and by the name
    of its address."""
    for text in TEXTS.values():
        assert text.title.endswith("(fictional)")
        assert "made-up" in text.summary
        assert "made up" in text.preamble
    for path in (CHARTER / "signatories").iterdir():
        assert path.read_text(encoding="utf-8").startswith("# Made up")
    addresses = [each.website for each in EDITION.signatories]
    addresses += [s.link for each in EDITION.signatories for s in each.signed if s.link]
    made_up = re.compile(r"https://www\.[a-z0-9-]+\.example/\S*")
    assert [each for each in addresses if not made_up.fullmatch(each)] == []


def test_there_are_seven_versions_with_every_class_and_a_draft():
    told = [(release.version, release.class_, release.found) for release in EDITION.releases]
    assert told == [
        ("1.0.0", Class.COMMITMENT, Class.COMMITMENT),
        ("1.0.1", Class.EDITORIAL, Class.EDITORIAL),
        ("1.1.0", Class.GUIDANCE, Class.GUIDANCE),
        ("2.0.0", Class.COMMITMENT, Class.COMMITMENT),
        ("2.0.1", Class.EDITORIAL, Class.COMMITMENT),
        ("3.0.0", Class.COMMITMENT, Class.COMMITMENT),
        ("3.1.0", Class.GUIDANCE, Class.GUIDANCE),
    ]
    assert [note.id for note in EDITION.notes] == ["colon", "earlier", "newcomers-ask"]


def test_a_version_has_an_erratum():
    (erratum,) = EDITION.errata
    (quoted,) = re.findall(r"“(flowers [^”*]*)”", erratum.text)
    assert erratum.version == "2.0.0"
    assert [quoted in str(TEXTS[version]) for version in ("2.0.0", "2.0.1")] == [True, False]


def test_every_kind_of_change_is_there():
    """But for kinds that stand for a mistake, or that a reader of another kind of text meets."""
    told, kinds = "", set()
    for old, new in pairwise(TEXTS):
        told += f"{old} to {new}\n"
        for change in between(old, new):
            place = ".".join(filter(None, (change.subject, change.field, change.part)))
            told += f"  {place}: {change.kind.name.lower()}, {change.class_}: {change.because}".rstrip(": ")
            told += "\n"
            kinds.add(change.kind)
    assert told == (ROOT / "tests/golden/changes.txt").read_text(encoding="utf-8")
    assert set(Kind) - kinds == {
        *(Kind.REMOVED, Kind.STRENGTHENED, Kind.REORDERED, Kind.LINK, Kind.LINK_ADDED, Kind.LINK_REMOVED),
        *(Kind.GAVE, Kind.TOOK),
    }
    (note,) = (each for each in NOTES["2.0.1"] if each.approved_by)
    assert (note.class_, len(note.approved_by), note.reason[:11]) == (Class.EDITORIAL, 2, "A misprint.")


def words(version: str, principle: str, section: str) -> tuple[str, tuple[str, ...]]:
    (own,) = (each for _, each in TEXTS[version].principles() if each.id == principle)
    (found,) = (each for each in own.sections if each.id == section)
    return found.text, found.items


def reasons(principle: str, *versions: str) -> tuple[str, ...]:
    return tuple(words(version, principle, "reasons")[0] for version in versions)


def test_the_hard_cases_of_a_redline_are_there():
    """One by one, so that nobody mends the story and loses one."""
    long, longer = (words(version, "feed-the-soil", "promises")[1] for version in ("1.1.0", "2.0.0"))
    assert len(long[0].split()) > 20, "one word changed in a long item"
    assert len(set(long[0].split()) ^ set(longer[0].split())) == 2
    assert (longer[1], longer[3:]) == (long[1], long[2:]), "an item put in the middle"

    before, after = (words(version, "settle-quarrels", "promises")[1] for version in ("1.1.0", "2.0.0"))
    assert (before[1], before[2]) == (after[0], after[2]), "two items swapped"
    assert before[0].replace("fourteen", "seven") == after[1], "and a deadline changed in one"

    before, after = reasons("share-the-surplus", "1.0.1", "1.1.0")
    assert (before.count("\n\n"), after.count("\n\n")) == (0, 1), "a paragraph cut in two"
    links = [re.findall(r"\]\((.*?)\)", text) for text in (before, after)]
    assert (len(links[0]), links[0] == links[1]) == (1, False), "a link's address changed"

    first, before, after = reasons("settle-quarrels", "1.0.0", "1.0.1", "1.1.0")
    assert first == before.replace("*both*", "both"), "emphasis added"
    before, after = before.split("\n\n"), after.split("\n\n")
    moved = before[2].replace("somebody asked", "a newcomer asked")
    assert (before[:2], moved) == (after[1:], after[0]), "a paragraph moved and edited"


def test_its_words_are_hard_to_set():
    wanted = (
        *("Zoë Brânză", "Water & weather", "< 3 °C", "ласкаво просимо", "ברוכים הבאים", " – "),
        *("](../ground/feed-the-soil.md)", "](https://brambleford.example/kitchen/)"),
    )
    assert [each for each in wanted if each not in str(TEXTS["draft"])] == []
    principles = [principle for _, principle in TEXTS["draft"].principles()]
    assert all(each.questions for each in principles)
    assert {bool(each.behaviours) for each in principles} == {bool(each.sources) for each in principles}
    assert {2, 3, 4} == {len(theme.principles) for text in TEXTS.values() for theme in text.themes}


DAY = "2026-11-01"
"""A day after everything that happened at Brambleford."""
SIGNED = {
    each.signatory.slug: each for each in register.on_register(EDITION.signatories, EDITION.releases, DAY)
}


def test_sixty_signed_and_they_stand_in_every_way():
    """Counted from the files alone: which version each signed last, and whether it withdrew after that."""
    since = {"3.1.0": Standing.CURRENT, "3.0.0": Standing.IN_FORCE}
    expected: dict[Standing, int] = dict.fromkeys(Standing, 0)
    again = []
    for path in (CHARTER / "signatories").iterdir():
        text = path.read_text(encoding="utf-8")
        version, day = re.findall(r"version: (\S+)\n  date: (\S+)", text)[-1]
        left = re.search(r"(?m)^withdrawn:\n  date: (\S+)", text)
        withdrawn = left is not None and left[1] >= day
        again += [path.stem] * (left is not None and not withdrawn)
        expected[Standing.WITHDRAWN if withdrawn else since.get(version, Standing.ASKED)] += 1
    found = register.count_register(SIGNED.values(), DAY)
    assert (found.standing, len(SIGNED)) == (expected, 60)
    assert min(expected.values()) >= 5
    assert {SIGNED[each].standing for each in again} == {Standing.CURRENT, Standing.IN_FORCE}
    assert {each.rule for each in checks.check(replace(EDITION, today=DAY))} == {"binding-text-behind"}


def test_every_kind_signed_in_several_areas_and_over_years():
    counts = register.count_register(SIGNED.values(), DAY)
    assert {kind for kind, _ in counts.kind} == set(EDITION.charter.signatory_kinds)
    assert sum(number_of > 1 for _, number_of in counts.area) >= 5
    assert {each.version for entry in SIGNED.values() for each in entry.signed} == set(VERSIONS)
    years = {month.month[:4] for month in counts.months if month.joined}
    assert years >= {"2022", "2023", "2024", "2025", "2026"}
    rises = [after.total - before.total for before, after in pairwise(counts.months)]
    assert (min(rises) < 0, max(rises) > 4, counts.months[-1].total) == (True, True, counts.all)


def test_the_hard_cases_of_a_register_are_there():
    """One by one, as the README tells them: whoever takes one out is told."""
    who = {each.slug: each for each in EDITION.signatories}
    longest = who["the-amalgamated-society-of-allotment-holders-window-box"]
    assert (len(longest.name), len(longest.pledge)) == (120, 500)
    names = [each.name for each in who.values()]
    assert max(len(word) for name in names for word in name.split()) == 38
    assert who["orchard-lane-allotment-society"].name == who["orchard-lane-allotment-society-2"].name
    assert (who["feed-2"].name, "feed" in register.RESERVED) == ("Feed", True)
    signs = ("’", "&", "<", "É", "Ł", "ä", "+", "@", ":", ",")
    assert [sign for sign in signs if not any(sign in name for name in names)] == []
    assert {name[0] for name in names} >= {"1", "3", "+", "@"}
    assert sum(name.startswith("The ") for name in names) == 3
    letters = {register.initial(each) for each in who.values()}
    assert letters == {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", register.OTHER_INITIAL}
    scripts = {unicodedata.name(each.name[0]).split()[0] for each in who.values() if each.name_latin}
    assert scripts == {
        *("CYRILLIC", "GREEK", "HIRAGANA", "CJK", "HANGUL", "ARABIC", "HEBREW", "DEVANAGARI", "TAMIL"),
        "GEORGIAN",
    }
    links = [s.link for each in who.values() for s in each.signed]
    notes = [each.withdrawn.note for each in who.values() if each.withdrawn]
    fields = ([getattr(each, f) for each in who.values()] for f in ("pledge", "registration", "withdrawn"))
    assert all({bool(each) for each in values} == {True, False} for values in (links, notes, *fields))
    assert any(all(sign in each.pledge for sign in ("{{", "<b>", "|")) for each in who.values())
    late = SIGNED["late-starters-allotment-society"]
    assert (late.standing, late.since) == (Standing.ASKED, late.signature.date), "an earlier version, later"


def read(page: str, left_out: str) -> list[str]:
    """The words of some HTML without the elements `left_out`, and without what only screen readers say."""
    tree = html.fromstring(f"<div>{page}</div>")
    for element in tree.xpath(f"//{left_out} | //*[@class='visually-hidden']"):
        element.drop_tree()
    for element in tree.iter("p", "li", "br"):
        element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    return tree.text_content().split()


@pytest.mark.parametrize(("old", "new"), list(permutations(TEXTS, 2)), ids="-".join)
def test_a_reader_can_read_both_wordings_from_every_redline(old, new):
    for change in number.changes(TEXTS[old], TEXTS[new]):
        page = diff.redline_html(change.before, change.after)
        assert read(page, "ins") == read(markdown.to_html(change.before), "ins"), change
        assert read(page, "del") == read(markdown.to_html(change.after), "del"), change


def pieces(charter: Charter) -> dict[tuple[str, str], object]:
    """What can change in a charter, by what it is about and its field."""
    found: dict[tuple[str, str], object] = {("preamble", "text"): charter.preamble}
    found["charter", "languages"] = charter.languages
    found["charter", "reporting"] = charter.reporting
    for theme in charter.themes:
        found |= {(theme.id, field): getattr(theme, field) for field in ("title", "summary", "text")}
    for theme, principle in charter.principles():
        found |= {(principle.id, section.id): section.text for section in principle.sections}
        fields = ("title", "summary", "behaviours", "questions", "sources")
        found |= {(principle.id, field): getattr(principle, field) for field in fields}
        found[principle.id, "theme"] = theme.id
    return found


@pytest.mark.parametrize(("old", "new"), list(permutations(TEXTS, 2)), ids="-".join)
def test_all_that_differs_is_told_and_nothing_else(old, new):
    told = number.changes(TEXTS[old], TEXTS[new])
    before, after = pieces(TEXTS[old]), pieces(TEXTS[new])
    renamed = {change.after: change.before for change in told if change.kind is Kind.RENAMED}
    differing = {
        (subject, field)
        for (subject, field), value in after.items()
        if (former := (renamed.get(subject, subject), field)) in before and before[former] != value
    }
    about = {(change.subject, change.field) for change in told}
    assert {each for each in about if each[1] not in ("", "id", "order")} == differing


STATUS = (ROOT / "tests/golden/status.txt").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path, monkeypatch) -> Path:
    """A copy of the charter in the working folder, with no repository around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return Path(shutil.copytree(CHARTER, tmp_path / "charter"))


def test_status_tells_an_editor_what_the_draft_comes_to(example, capsys):
    """The Welsh binds, so nothing is released while it's behind."""
    now = working_status(replace(load(example, shown="charter"), today=DAY))
    assert status_text(now) == STATUS
    code, said, error = run_charter(capsys, "status")
    assert (code, without_due(said), error) == (1, without_due(STATUS), "")


def without_due(status: str) -> str:
    """The status without who is due, which depends on the day."""
    return re.sub(r"(?m)^Reports: .*\n(?:  .*\n)*\n", "", status)


@pytest.mark.parametrize(("old", "new"), list(pairwise(TEXTS)), ids="-".join)
def test_diff_tells_of_every_change_in_every_format(example, capsys, old, new):
    said = {}
    for name in ("text", "markdown", "html", "json"):
        code, said[name], _ = run_charter(capsys, "diff", old, new, "--format", name)
        assert code == 0
    told, page = between(old, new), html.fromstring(said["html"])
    assert len(re.findall(r"(?m)^  \[\w+\] ", said["text"])) == len(told)
    assert len(re.findall(r"(?m)^\*\w+\*: ", said["markdown"])) == len(told)
    assert len(page.xpath("//p/strong")) == len(told)
    because = [each["because"] for each in json.loads(said["json"])["changes"]]
    assert because == [change.because for change in told]
    shown = [change for change in told if change.before or change.after]
    for change, found in zip(shown, page.xpath("//body/div"), strict=True):
        words = read(html.tostring(found, encoding="unicode"), "ins")
        title = read(markdown.to_html(change.before), "ins")
        assert words[: len(title)] == title
        assert (len(words) > 5 * len(title)) == bool(title and not change.field)  # what went is told whole


def test_its_releases_are_what_this_repository_recorded(capsys, monkeypatch):
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is not a repository")
    if git("rev-parse", "--is-shallow-repository", folder=ROOT) == "true":
        pytest.skip("this repository has not all of its history")
    monkeypatch.chdir(ROOT)
    code, said, _ = run_charter(capsys, "--source", "tests/example/brambleford", "verify")
    assert (code, said.split("\n")[2]) == (
        0, "Each was held against what git recorded when it was first added.",
    )  # fmt: skip


def forge(charter: Path, version: str, place: float, *, mend: bool) -> None:
    """Changes one byte of a release, so far into its file; `mend` updates every digest that follows."""
    sums = charter / "releases/SHA256SUMS"
    path = sums.with_name(f"{version}.json")
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    path.write_bytes(data)
    for line in sums.read_text().splitlines() if mend else ():
        old, name = line.split("  ")
        new = sha256(sums.with_name(name).read_bytes()).hexdigest()
        for each in sums.parent.iterdir():
            each.write_bytes(each.read_bytes().replace(old.encode(), new.encode()))


def forgeries(places):
    """Every version with every place, plain and mended: of the first and the last one of both in turn is
    tried each time, all others in the long tier."""
    return [
        pytest.param(
            version, place, mend, marks=pytest.mark.long if row % 6 or (row + column + mend) % 2 else ()
        )
        for row, version in enumerate(VERSIONS)
        for column, place in enumerate(places)
        for mend in (False, True)
    ]


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    """The charter in a repository of its own, where `main` has it."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(CHARTER, folder / "charter")
    init_repository(folder)
    git("checkout", "--quiet", "-b", "change", folder=folder)
    return folder


@pytest.fixture
def recorded(example, repository) -> Path:
    shutil.copytree(repository, example.parent, dirs_exist_ok=True)
    return example


@pytest.mark.parametrize(("version", "place", "mend"), forgeries((0, 0.23, 0.5, 0.81, 1)))
def test_one_byte_changed_in_a_release_is_found_by_name(recorded, capsys, version, place, mend):
    """By verify, and by the check of a proposal, whatever the byte is and however well it was hidden."""
    forge(recorded, version, place, mend=mend)
    for command in (["verify"], ["check", "--changed-since", "main"]):
        code, *said = run_charter(capsys, *command)
        assert code == 1
        found = rf"(?m)^charter/releases/{re.escape(version)}\.json:\d+:\d+: error\["
        assert re.search(found, "".join(said)), said


def test_updating_every_digest_leaves_git_alone_to_tell(recorded, capsys):
    """So the test above does change what it says it changes."""
    forge(recorded, "1.1.0", 0.5, mend=True)
    shutil.rmtree(recorded.parent / ".git")
    assert run_charter(capsys, "verify")[0] == 0


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    return checked_out(tmp_path_factory.mktemp("checkout"))


@pytest.mark.parametrize(("version", "place", "mend"), forgeries([0.5]))
def test_one_byte_changed_in_a_release_fails_the_build_by_name(recorded, checkout, version, place, mend):
    """Nothing is published of a charter whose versions cannot be trusted."""
    forge(recorded, version, place, mend=mend)
    site = recorded.parent / "site"
    env = os.environ | {"CHARTER_SOURCE": str(recorded), "NO_COLOR": "1"}
    done = fork_server.run("mkdocs", "build", "--site-dir", site, cwd=checkout, env=env)
    assert done.returncode == 1
    assert re.search(rf"charter/releases/{re.escape(version)}\.json:\d+:\d+: error\[", done.stderr)
    assert not site.exists()


def test_pages_of_our_charter_alone_are_left_out_and_every_release_is_published(
    example_site, example_charter
):
    """Releases are the very same bytes, so that anybody can check a version."""
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    own = [name for name, text in pages.items() if re.search(r"(?m)^only_for: ", text)]
    assert own
    assert [name for name in own if (example_site / name).exists()] == []
    releases = example_charter / "releases"
    for release in EDITION.releases:
        published = example_site / "versions" / release.version
        assert (published / "charter.json").read_bytes() == (
            releases / f"{release.version}.json"
        ).read_bytes()
        assert (published / "index.html").exists()


def behind(language: str) -> list[tuple[str, Class]]:
    """The units of the current version that the working translation into a language says otherwise, or not at
    all, with the class of what changed."""
    (file,) = (each for each in EDITION.translations if each.language == language)
    told = progress(TEXTS["3.1.0"], file)
    return [(each.unit.id, each.class_) for each in told.units if each.state is not State.CURRENT]


def test_its_translations_are_behind_by_a_promise_and_by_a_comma_and_one_was_corrected():
    published = [(each.version, each.language, each.revision) for each in EDITION.frozen_translations]
    assert sorted(published) == [
        *(("2.0.0", "ar", 1), ("2.0.0", "ar", 2), ("2.0.0", "cy", 1), ("2.0.1", "cy", 1)),
        *(("3.0.0", "cy", 1), ("3.1.0", "cy", 1)),
    ]
    first, second = (dict(each.texts) for each in EDITION.frozen_translations if each.language == "ar")
    assert [id for id, words in first.items() if second[id] != words] == ["open-ways.promises.2"]
    expected = [("room-for-bees.promises.1", Class.COMMITMENT), ("catch-the-rain.reasons.1", Class.EDITORIAL)]
    assert behind("ar") == expected
    (file,) = (each for each in EDITION.translations if each.language == "cy")
    units = progress(TEXTS["draft"], file).units
    left = [(each.unit.id, each.class_) for each in units if each.state is not State.CURRENT]
    assert left == [("open-ways.reasons.2", Class.EDITORIAL)]


@pytest.mark.long
def test_the_site_shows_the_promise_with_its_source_beside_it_and_the_comma_alone(languages_site):
    beside = {}
    for path in sorted(languages_site.glob("*/charter/*/*/index.html")):
        for part in html.parse(path).getroot().find_class("source-words"):
            beside[path.relative_to(languages_site).parent.as_posix()] = part.text_content()
    assert list(beside) == ["ar/charter/ground/room-for-bees"]
    assert "leave one bed in ten to flowers that bees like." in beside["ar/charter/ground/room-for-bees"]


@pytest.mark.long
def test_no_page_of_a_language_shows_its_markup(languages_site):
    """Those for editors and translators show some as examples."""
    markup = re.compile(r"&lt;(?:h\d|p|div|ul|section)[ &]")
    pages = [path for path in languages_site.rglob("*.html") if "editors" not in path.parts]
    assert [path for path in pages if markup.search(path.read_text(encoding="utf-8"))] == []


def test_the_map_of_the_site_names_every_page_that_search_engines_may_show(example_site):
    listed = etree.parse(example_site / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    site = min(listed, key=len)  # the home page
    hiding = "//meta[@name='robots'][@content='noindex'] | //meta[@http-equiv='refresh']"
    hidden, shown = set(), set()
    for path in example_site.rglob("index.html"):
        address = path.relative_to(example_site).as_posix().removesuffix("index.html")
        (hidden if html.parse(path).xpath(hiding) else shown).add(site + address)
    assert (set(listed), len(listed)) == (shown, len(shown))
    pages = {slug: f"{site}signatories/{slug}/" for slug in SIGNED}
    left = {pages[slug] for slug, each in SIGNED.items() if each.standing is Standing.WITHDRAWN}
    assert (hidden & set(pages.values()), shown & set(pages.values())) == (left, set(pages.values()) - left)


def test_the_feed_of_who_signs_is_true(example_site):
    feed = etree.parse(example_site / "feeds" / "signatories.atom").getroot()
    dates = [s.date for each in EDITION.signatories for s in each.signed]
    dates += [each.withdrawn.date for each in EDITION.signatories if each.withdrawn]
    found = [each[:10] for each in feed.xpath("//*[local-name()='entry']/*[local-name()='updated']/text()")]
    assert found == sorted(dates, reverse=True)[:100]
    for link in feed.xpath("//*[local-name()='entry']/*[local-name()='link']/@href"):
        assert (example_site / "signatories" / link.split("/")[-2] / "index.html").is_file()


def test_no_word_of_the_draft_stands_on_another_page(example_site):
    """The public reads what was released. What the draft puts in stands in its redline, and there alone."""
    drafted = ("stopped asking ourselves", "most of them by")
    for words in drafted:
        assert words in str(TEXTS["draft"])
        assert not any(words in str(release.charter) for release in EDITION.releases)
    sought = re.compile(rf"(?<!\w)(?:{'|'.join(drafted)})(?!\w)")
    published = (
        path for path in example_site.rglob("*") if path.suffix in (".html", ".json", ".md", ".txt", ".xml")
    )
    found = [path for path in published if sought.search(path.read_text(encoding="utf-8"))]
    assert found == [example_site / "draft/index.html"]


def test_wherever_a_lowered_release_is_shown_it_says_from_what_by_whom_why_and_each_word(example_site):
    """The list of versions, its page, the feeds, and its changelog; the PDF says it part by part."""
    who = "Secretary of the Hill Society and Chair of the beekeepers’ club"
    sentence = f"Lowered from commitment to editorial with the approval of {who}."
    word, why = "(“lick” became “like”).", "A misprint. All three societies voted on “like”"
    shown = [example_site / "versions" / name for name in ("index.html", "2.0.1/index.html")]
    shown += [*(example_site / "feeds").glob("versions.*"), EXAMPLE / "CHANGELOG.md"]
    assert len(shown) == 4
    for path in shown:
        text = unescape(unescape(path.read_text(encoding="utf-8")))
        assert all(each in text for each in (sentence, word, why)), path
    changes = number.changes(TEXTS["2.0.0"], TEXTS["2.0.1"], NOTES["2.0.1"])
    part, _comma = part_changes(changes, NOTES["2.0.1"], {})
    assert part.sentences == (
        "Commitment a was reworded: “lick” became “like”. It was lowered from commitment.",
    )
    plain = (example_site / "versions/2.0.1/charter.md").read_text(encoding="utf-8")
    assert "Version: 2.0.1 (editorial, lowered from commitment)" in plain
