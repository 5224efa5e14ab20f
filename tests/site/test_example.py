"""The fictional charter of tests/example: made by its script, it holds all that it is there to show."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from lxml import etree, html

import fork_server
from charterpress import checks, register
from charterpress.cli import main
from charterpress.model import Change, Charter, Class, Kind, Standing
from charterpress.read import load
from charterpress.text import markdown
from charterpress.versions import diff, number
from checkouts import checked_out, files

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "tests" / "example"
EDITION = load(EXAMPLE / "charter", shown="charter")
VERSIONS = ("1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.1")
TEXTS = {release.version: release.charter for release in EDITION.releases} | {"draft": EDITION.charter}
NOTES = {release.version: release.notes for release in EDITION.releases} | {"draft": EDITION.notes}


def between(old: str, new: str) -> tuple[Change, ...]:
    """What changed from one version to another, or to the draft."""
    passed = list(TEXTS)[list(TEXTS).index(old) + 1 : list(TEXTS).index(new) + 1]
    return number.changes(TEXTS[old], TEXTS[new], [note for each in passed for note in NOTES[each]])


# --- Made by its script ------------------------------------------------------------------------------

MAKE = "import sys; from pathlib import Path; from example.make import make; make(Path(sys.argv[1]))"


WORLDS = [
    pytest.param(
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, id="where the day begins"
    ),
    pytest.param(
        {
            "TZ": "Pacific/Pago_Pago",
            "LC_ALL": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "PYTHONUTF8": "1",
            "CHARTER_SOURCE": "x",
        },
        id="where it ends",
        marks=pytest.mark.long,
    ),
]


@pytest.mark.parametrize("environment", WORLDS)
def test_the_committed_charter_is_what_its_script_makes(tmp_path, environment):
    folder = tmp_path / "à côté of & it"
    folder.mkdir()
    python = {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT / "hooks")])}
    subprocess.run(
        [sys.executable, "-c", MAKE, folder], cwd=tmp_path, env=os.environ | python | environment, check=True
    )
    committed = {f"charter/{path}": data for path, data in files(EXAMPLE / "charter").items()}
    assert files(folder) == committed | {"CHANGELOG.md": (EXAMPLE / "CHANGELOG.md").read_bytes()}


def test_it_says_that_it_is_fictional():
    for text in TEXTS.values():
        assert text.title.endswith("(fictional)")
        assert "made-up" in text.summary
        assert "made up" in text.preamble


# --- What it is there to show ------------------------------------------------------------------------


def test_there_are_five_versions_with_every_class_and_a_draft():
    told = [(release.version, release.class_, release.found) for release in EDITION.releases]
    assert told == [
        ("1.0.0", Class.COMMITMENT, Class.COMMITMENT),
        ("1.0.1", Class.EDITORIAL, Class.EDITORIAL),
        ("1.1.0", Class.GUIDANCE, Class.GUIDANCE),
        ("2.0.0", Class.COMMITMENT, Class.COMMITMENT),
        ("2.0.1", Class.EDITORIAL, Class.COMMITMENT),
    ]
    assert [note.id for note in EDITION.notes] == ["earlier", "newcomers-ask"]


def test_a_class_was_lowered_with_two_approvals_and_a_reason():
    (note,) = NOTES["2.0.1"]
    assert (note.class_, len(note.approved_by), note.reason[:11]) == (Class.EDITORIAL, 2, "A misprint.")
    assert [(change.class_, change.because) for change in between("2.0.0", "2.0.1")] == [
        (Class.COMMITMENT, "“lick” became “like”")
    ]


def test_a_version_has_an_erratum():
    (erratum,) = EDITION.errata
    (quoted,) = re.findall(r"“(flowers [^”*]*)”", erratum.text)
    assert erratum.version == "2.0.0"
    assert [quoted in str(TEXTS[version]) for version in ("2.0.0", "2.0.1")] == [True, False]


C, G, E, N = Class.COMMITMENT, Class.GUIDANCE, Class.EDITORIAL, Class.NONE
KINDS = [
    ("1.0.0", "1.0.1", "feed-the-soil", "reasons", "", Kind.PUNCTUATION, E, ""),
    ("1.0.0", "1.0.1", "settle-quarrels", "reasons", "", Kind.LAYOUT, N, ""),
    ("1.0.1", "1.1.0", "share-the-surplus", "questions", "2", Kind.ADDED, G, ""),
    ("1.0.1", "1.1.0", "settle-quarrels", "reasons", "", Kind.REWORDED, G, "“somebody” became “a newcomer”"),
    ("1.1.0", "2.0.0", "open-ways", "", "", Kind.ADDED, C, ""),
    ("1.1.0", "2.0.0", "room-for-bees", "", "", Kind.ADDED, C, ""),
    ("1.1.0", "2.0.0", "wide-paths", "", "", Kind.MERGED, C,
     "merged into “Keep paths open and gates shut”"),
    ("1.1.0", "2.0.0", "shut-the-gate", "", "", Kind.MERGED, C,
     "merged into “Keep paths open and gates shut”"),
    ("1.1.0", "2.0.0", "share-the-water", "", "", Kind.SPLIT, C,
     "split into “Take turns at the tap” and “Catch the rain”"),
    ("1.1.0", "2.0.0", "one-bonfire", "", "", Kind.RETIRED, C, "retired, and nothing takes its place"),
    ("1.1.0", "2.0.0", "first-season", "id", "", Kind.RENAMED, G, ""),
    ("1.1.0", "2.0.0", "first-season", "title", "", Kind.REWORDED, C,
     "“greet” became “stand by”; “for a season” was put in"),
    ("1.1.0", "2.0.0", "share-the-surplus", "theme", "", Kind.MOVED, C, ""),
    ("1.1.0", "2.0.0", "feed-the-soil", "promises", "a", Kind.REWORDED, C, "“seedlings” became “plants”"),
    ("1.1.0", "2.0.0", "feed-the-soil", "promises", "c", Kind.ADDED, C, ""),
    ("1.1.0", "2.0.0", "warn-of-frost", "promises", "a", Kind.WEAKENED, C,
     "“every evening” became “on most evenings”"),
    ("1.1.0", "2.0.0", "warn-of-frost", "promises", "b", Kind.STRENGTHENED, C,
     "“anyone” became “everyone”; “should” became “must”"),
    ("1.1.0", "2.0.0", "first-season", "promises", "c", Kind.WEAKENED, C, "“must” became “should”"),
    ("1.1.0", "2.0.0", "settle-quarrels", "promises", "b", Kind.FIGURE, C, "“fourteen” became “seven”"),
    ("1.1.0", "2.0.0", "settle-quarrels", "promises", "", Kind.REORDERED, C, ""),
    ("2.0.1", "draft", "turns-at-the-tap", "promises", "b", Kind.FIGURE, C, "“three days” became “one day”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "subject", "field", "part", "kind", "class_", "because"),
    KINDS,
    ids=[f"{case[1]} {case[2]} {case[5].name.lower()}" for case in KINDS],
)
def test_every_kind_of_change_is_there(old, new, subject, field, part, kind, class_, because):
    found = [
        (change.kind, change.class_, change.because)
        for change in between(old, new)
        if (change.subject, change.field, change.part) == (subject, field, part)
    ]
    assert found == [(kind, class_, because)]


def test_no_kind_of_change_is_missing_from_the_list():
    shown = {case[5] for case in KINDS}
    assert set(Kind) - shown == {Kind.REMOVED, Kind.LINK}


def words(version: str, principle: str, section: str) -> tuple[str, tuple[str, ...]]:
    """The text and the items of a section in a version."""
    (found,) = [
        each
        for _, found in TEXTS[version].principles()
        if found.id == principle
        for each in found.sections
        if each.id == section
    ]
    return found.text, found.items


def test_the_hard_cases_of_a_redline_are_there():
    """One by one, so that nobody mends the story and loses one."""
    long, longer = (words(version, "feed-the-soil", "promises")[1] for version in ("1.1.0", "2.0.0"))
    assert len(long[0].split()) > 20, "one word changed in a long item"
    assert len(set(long[0].split()) ^ set(longer[0].split())) == 2
    assert (longer[1], longer[3:]) == (long[1], long[2:]), "an item put in the middle"

    before, after = (words(version, "settle-quarrels", "promises")[1] for version in ("1.1.0", "2.0.0"))
    assert (before[1], before[2]) == (after[0], after[2]), "two items swapped"
    assert before[0].replace("fourteen", "seven") == after[1], "and a deadline changed in one"

    before, after = (words(version, "share-the-surplus", "reasons")[0] for version in ("1.0.1", "1.1.0"))
    assert (before.count("\n\n"), after.count("\n\n")) == (0, 1), "a paragraph cut in two"
    links = [re.findall(r"\]\((.*?)\)", text) for text in (before, after)]
    assert (len(links[0]), links[0] == links[1]) == (1, False), "a link's address changed"

    before, after = (words(version, "settle-quarrels", "reasons")[0] for version in ("1.0.1", "1.1.0"))
    before, after = before.split("\n\n"), after.split("\n\n")
    assert (before[:2], before[2].replace("somebody asked", "a newcomer asked")) == (after[1:], after[0]), (
        "a paragraph moved and edited"
    )

    before, after = (words(version, "settle-quarrels", "reasons")[0] for version in ("1.0.0", "1.0.1"))
    assert before == after.replace("*both*", "both"), "emphasis added"


def test_its_words_are_hard_to_set():
    text = str(TEXTS["draft"])
    wanted = {
        "an accent": "Zoë Brânză",
        "an ampersand": "Water & weather",
        "less than": "< 3 °C",
        "Cyrillic": "ласкаво просимо",
        "right to left": "ברוכים הבאים",
        "a dash": " – ",
        "a link to another file": "](../ground/feed-the-soil.md)",
        "a link out": "](https://brambleford.example/kitchen/)",
    }
    assert [name for name, each in wanted.items() if each not in text] == []
    principles = [principle for _, principle in TEXTS["draft"].principles()]
    assert all(each.questions for each in principles)
    assert {bool(each.behaviours) for each in principles} == {bool(each.sources) for each in principles}
    assert {2, 3, 4} == {len(theme.principles) for text in TEXTS.values() for theme in text.themes}


# --- Who signed --------------------------------------------------------------------------------------

DAY = "2026-11-01"
"""A day after everything that happened at Brambleford."""
SIGNED = {
    each.signatory.slug: each for each in register.on_register(EDITION.signatories, EDITION.releases, DAY)
}


def test_sixty_signed_and_they_stand_in_every_way():
    since = {"2.0.1": Standing.CURRENT, "2.0.0": Standing.IN_FORCE}
    expected: dict[Standing, int] = dict.fromkeys(Standing, 0)
    again = []
    for path in (EXAMPLE / "charter" / "signatories").iterdir():
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


def test_every_kind_signed_in_several_areas_and_over_years():
    counts = register.count_register(SIGNED.values(), DAY)
    assert {kind for kind, _ in counts.kind} == set(EDITION.charter.signatory_kinds)
    assert sum(number_of > 1 for _, number_of in counts.area) >= 5
    assert {each.version for entry in SIGNED.values() for each in entry.signed} == set(VERSIONS)
    assert {month.month[:4] for month in counts.months if month.joined} >= {
        "2022",
        "2023",
        "2024",
        "2025",
        "2026",
    }
    rises = [after.total - before.total for before, after in pairwise(counts.months)]
    assert (min(rises) < 0, max(rises) > 4, counts.months[-1].total) == (True, True, counts.all)


def test_whoever_is_in_the_list_is_plainly_made_up():
    assert EDITION.charter.title.endswith("(fictional)")
    for path in (EXAMPLE / "charter" / "signatories").iterdir():
        assert path.read_text(encoding="utf-8").startswith("# Made up")
    addresses = [each.website for each in EDITION.signatories]
    addresses += [s.link for each in EDITION.signatories for s in each.signed if s.link]
    assert [
        each for each in addresses if not re.fullmatch(r"https://www\.[a-z0-9-]+\.example/\S*", each)
    ] == []


def test_the_hard_cases_of_a_register_are_there():
    who = {each.slug: each for each in EDITION.signatories}
    longest = who["the-amalgamated-society-of-allotment-holders-window-box"]
    assert (len(longest.name), len(longest.pledge)) == (120, 500)
    assert max(len(word) for each in who.values() for word in each.name.split()) == 38
    assert who["orchard-lane-allotment-society"].name == who["orchard-lane-allotment-society-2"].name
    assert who["feed-2"].name == "Feed"
    assert "feed" in register.RESERVED
    names = [each.name for each in who.values()]
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
    for field in ("pledge", "registration", "withdrawn"):
        assert {bool(getattr(each, field)) for each in who.values()} == {True, False}
    assert {bool(s.link) for each in who.values() for s in each.signed} == {True, False}
    assert {bool(each.withdrawn.note) for each in who.values() if each.withdrawn} == {True, False}
    assert any("{{" in each.pledge and "<b>" in each.pledge and "|" in each.pledge for each in who.values())
    late = SIGNED["late-starters-allotment-society"]
    assert (late.standing, late.since) == (Standing.ASKED, late.signature.date), "an earlier version, later"


def test_the_check_has_nothing_to_say_of_it():
    assert checks.check(replace(EDITION, today=DAY)) == ()


# --- Both texts can be read back ---------------------------------------------------------------------


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
    for theme in charter.themes:
        found |= {(theme.id, "title"): theme.title, (theme.id, "summary"): theme.summary}
        found[theme.id, "text"] = theme.text
    for theme, principle in charter.principles():
        found |= {(principle.id, section.id): section.text for section in principle.sections}
        for field in ("title", "summary", "behaviours", "questions", "sources"):
            found[principle.id, field] = getattr(principle, field)
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


# --- The commands ------------------------------------------------------------------------------------


@pytest.fixture
def example(tmp_path, monkeypatch) -> Path:
    """A copy of the charter in the working folder, with no repository around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return Path(shutil.copytree(EXAMPLE / "charter", tmp_path / "charter"))


def ran(capsys, *arguments: str) -> tuple[int, str]:
    """The exit code, and what was said; errors too."""
    code = main(arguments)
    return code, "".join(capsys.readouterr())


def test_status_tells_an_editor_what_the_draft_comes_to(example, capsys):
    assert ran(capsys, "status") == (
        0,
        """\
Brambleford Allotments Charter (fictional): the current version is 2.0.1 of 2024-04-08. 4 changes since then:

2.2 Take turns at the tap
  [commitment] commitment b has another figure or deadline.
  [commitment] commitment c has another figure or deadline.

3.1 Stand by newcomers for a season
  [guidance] the section “Why” was reworded.
  [guidance] question 2 was added.

Their class is commitment: a signature stays with the version that was signed. It was decided by:
  2.2 Take turns at the tap: “three days” became “one day”
  2.2 Take turns at the tap: “nine” became “eight”; “six” became “seven”

It asks 44 organisations to sign again.
The next version is 3.0.0, and nothing is in its way: charter release
""",
    )


@pytest.mark.parametrize(("old", "new"), list(pairwise(TEXTS)), ids="-".join)
def test_diff_tells_of_every_change_in_every_format(example, capsys, old, new):
    said = {
        format_: ran(capsys, "diff", old, new, "--format", format_)
        for format_ in ("text", "markdown", "html", "json")
    }
    assert {code for code, _ in said.values()} == {0}
    told = between(old, new)
    assert len(re.findall(r"(?m)^  \[\w+\] ", said["text"][1])) == len(told)
    assert len(re.findall(r"(?m)^\*\w+\*: ", said["markdown"][1])) == len(told)
    assert len(html.fromstring(said["html"][1]).xpath("//p/strong")) == len(told)
    changes = json.loads(said["json"][1])["changes"]
    assert [each["because"] for each in changes] == [change.because for change in told]
    page = html.fromstring(said["html"][1])
    shown = [change for change in told if change.before or change.after]
    for change, found in zip(shown, page.xpath("//body/div"), strict=True):
        source = html.tostring(found, encoding="unicode")
        words, title = read(source, "ins"), read(markdown.to_html(change.before), "ins")
        assert words[: len(title)] == title
        assert (len(words) > 5 * len(title)) == bool(title and not change.field)  # what went is told whole


def test_diff_says_that_a_class_was_lowered(example, capsys):
    code, said = ran(capsys, "diff", "2.0.0", "2.0.1")
    lowered = "editorial, lowered from commitment by a note with two approvals"
    assert (code, said.partition("\n")[0]) == (0, f"1 change from 2.0.0 to 2.0.1, of the class {lowered}.")


def test_verify_says_what_it_could_not_compare(example, capsys):
    code, said = ran(capsys, "verify")
    first, second, _ = said.split("\n")
    assert (code, first[:48]) == (0, "5 versions, from 1.0.0 of 2022-03-21 to 2.0.1 of")
    assert second.startswith("git could not be asked how each version was first recorded: ")


def git(*arguments: str, cwd: Path = ROOT) -> str:
    """What git says, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_its_releases_are_what_this_repository_recorded(capsys, monkeypatch):
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is not a repository")
    if git("rev-parse", "--is-shallow-repository") == "true":
        pytest.skip("this repository has not all of its history")
    monkeypatch.chdir(ROOT)
    code, said = ran(capsys, "--source", "tests/example/charter", "verify")
    assert (code, said.split("\n")[1]) == (
        0,
        "Each was held against what git recorded when it was first added.",
    )


# --- One byte ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forgery:
    """One byte changed in a release: which, and how far into its file."""

    version: str
    place: float

    def plant(self, charter: Path, *, mend: bool) -> None:
        """Changes the byte; `mend` also gives every later release and SHA256SUMS the digest that follows."""
        folder = charter / "releases"
        path = folder / f"{self.version}.json"
        data = bytearray(path.read_bytes())
        data[int(self.place * (len(data) - 1))] ^= 1
        path.write_bytes(data)
        if not mend:
            return
        lines = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
        mended: dict[bytes, bytes] = {}
        for digest, name in lines:
            data = (folder / name).read_bytes()
            for old, new in mended.items():
                data = data.replace(old, new)
            (folder / name).write_bytes(data)
            mended[digest.encode()] = sha256(data).hexdigest().encode()
        sums = "".join(f"{mended[digest.encode()].decode()}  {name}\n" for digest, name in lines)
        (folder / "SHA256SUMS").write_text(sums)


PLACES = (0, 0.23, 0.5, 0.81, 1)


def forgeries(places=PLACES):
    """Every version with every place, plain or mended in turn; both ways in the long tier."""
    return [
        pytest.param(
            Forgery(version, place),
            mend,
            id=f"{version} at {place}, {'mended' if mend else 'plain'}",
            marks=pytest.mark.long if (row + column + mend) % 2 else (),
        )
        for row, version in enumerate(VERSIONS)
        for column, place in enumerate(places)
        for mend in (False, True)
    ]


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    """The charter in a repository of its own, where `main` has it."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(EXAMPLE / "charter", folder / "charter")
    git("init", "--quiet", "--initial-branch", "main", cwd=folder)
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message", "x", cwd=folder)
    git("checkout", "--quiet", "-b", "change", cwd=folder)
    return folder


@pytest.fixture
def recorded(example, repository) -> Path:
    """The charter in the working folder, in such a repository."""
    shutil.copytree(repository, example.parent, dirs_exist_ok=True)
    return example


@pytest.mark.parametrize(("forgery", "mend"), forgeries())
def test_one_byte_changed_in_a_release_is_found_by_name(recorded, capsys, forgery, mend):
    forgery.plant(recorded, mend=mend)
    for command in (["verify"], ["check", "--changed-since", "main"]):
        code, said = ran(capsys, *command)
        assert code == 1
        assert re.search(rf"(?m)^charter/releases/{forgery.version}\.json:\d+:\d+: error\[", said), said


def test_mending_every_digest_leaves_git_alone_to_tell(recorded, capsys):
    Forgery("1.1.0", 0.5).plant(recorded, mend=True)
    shutil.rmtree(recorded.parent / ".git")
    assert ran(capsys, "verify")[0] == 0


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """What a build needs, in a folder of its own."""
    return checked_out(tmp_path_factory.mktemp("checkout"))


@pytest.mark.parametrize(("forgery", "mend"), forgeries([0.5]))
def test_one_byte_changed_in_a_release_fails_the_build_by_name(recorded, checkout, forgery, mend):
    """Nothing is published of a charter whose versions cannot be trusted."""
    forgery.plant(recorded, mend=mend)
    site = recorded.parent / "site"
    env = os.environ | {"CHARTER_SOURCE": str(recorded), "NO_COLOR": "1"}
    done = fork_server.run("mkdocs", "build", "--site-dir", site, cwd=checkout, env=env)
    assert done.returncode == 1
    assert re.search(rf"charter/releases/{forgery.version}\.json:\d+:\d+: error\[", done.stderr)
    assert not site.exists()


# --- Its site ----------------------------------------------------------------------------------------


def test_pages_of_our_charter_alone_are_left_out(example_site):
    own = [
        path.stem
        for path in (ROOT / "docs").glob("*.md")
        if re.search(r"(?m)^only_for: ", path.read_text(encoding="utf-8"))
    ]
    assert own
    assert [name for name in own if (example_site / name).exists()] == []
    assert (example_site / "versions/1.0.0/index.html").exists()


def test_the_bytes_of_every_release_are_published(example_site):
    """The very same, so that anybody can check a version."""
    for release in EDITION.releases:
        published = example_site / "versions" / release.version / "charter.json"
        assert published.read_bytes() == release.data


def test_the_map_of_the_site_names_every_page_that_search_engines_may_show(example_site):
    listed = etree.parse(example_site / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    site = min(listed, key=len)  # the home page
    hidden, shown = set(), set()
    for path in example_site.rglob("index.html"):
        address = path.parent.relative_to(example_site).as_posix().removeprefix(".")
        hides = html.parse(path).xpath(
            "//meta[@name='robots'][@content='noindex'] | //meta[@http-equiv='refresh']"
        )
        (hidden if hides else shown).add(f"{site}{address}/" if address else site)
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
    drafted = ("stopped asking ourselves", "most of them by")
    for words in drafted:
        assert words in str(TEXTS["draft"])
        assert not any(words in str(release.charter) for release in EDITION.releases)
    published = [
        path for path in example_site.rglob("*") if path.suffix in (".html", ".json", ".md", ".txt", ".xml")
    ]
    found = [
        (path.relative_to(example_site).as_posix(), words)
        for path in sorted(published)
        for words in drafted
        if re.search(rf"(?<!\w){words}(?!\w)", path.read_text(encoding="utf-8"))
    ]
    assert {name for name, _ in found if name.startswith("draft/")} == {"draft/index.html"}
    assert [each for each in found if not each[0].startswith("draft/")] == []
