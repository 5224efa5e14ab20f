"""The rules of the check: each against its folder of cases, in a fictional charter and in the real one."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from charterpress.checks import RULES, check, report
from charterpress.checks.queries import all_blocks
from charterpress.checks.schema import SCHEMAS, Kind
from charterpress.cli import main
from charterpress.model import Severity
from charterpress.read import load
from charterpress.read.yaml_errors import KEYS, LISTS
from planted import BASE, CASES, GAP, PLANTED, ROOM, outside, plant

PRINT_FONTS = "name its file under print_fonts in mkdocs.yml"
UPDATE = bool(os.environ.get("UPDATE_CASES"))
"""With UPDATE_CASES=1 the expectations are written anew; then read what git says has changed."""


# --- Cases -------------------------------------------------------------------------------------------

EXAMPLE = Path(__file__).parents[1] / "example" / "brambleford"


def cases(start: str) -> list[str]:
    stored = {path.relative_to(CASES).as_posix() for path in CASES.glob(f"*/{start}*") if path.is_dir()}
    return sorted(stored | {name for name in PLANTED if name.split("/")[1].startswith(start)})


def lay(name: str, root: Path) -> None:
    folder = CASES / name
    if (folder / "charter").is_dir():
        shutil.copytree(folder / "charter", root, dirs_exist_ok=True)
    if (folder / "removed.txt").is_file():
        for path in (folder / "removed.txt").read_text(encoding="utf-8").splitlines():
            (root / path).unlink()
            if not any((root / path).parent.iterdir()):
                (root / path).parent.rmdir()
    if name in PLANTED:
        plant(root, PLANTED[name])
    if name.startswith("file-unreadable/fail-") and os.geteuid() == 0:
        pytest.skip("nothing is closed to the superuser")


@pytest.fixture
def harbour(tmp_path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "charter"))


def test_every_rule_has_cases_and_every_folder_a_rule():
    folders = {path.name for path in CASES.iterdir() if not path.name.startswith("_")}
    both = {name.split("/")[0] for name in cases("fail-")} & {name.split("/")[0] for name in cases("pass-")}
    assert folders == both == {rule.id for rule in RULES}


def test_ids_are_unique_and_docstrings_say_the_rule():
    """The page of rules shows both; the first sentence is the rule."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert [rule.id for rule in RULES if not rule.text.split("\n\n")[0].rstrip().endswith((".", ".”"))] == []


def test_rules_of_a_group_stand_together():
    """The page of rules has each group once."""
    groups = [rule.group for rule in RULES]
    assert [
        group for index, group in enumerate(groups) if group in groups[:index] and groups[index - 1] != group
    ] == []


def test_the_reader_knows_every_key():
    """It has to tell a key without its colon, and may not ask the format."""

    def within(fields):
        for name, key in fields.items():
            yield name, key
            yield from within(key.fields)

    keys = [pair for schema in SCHEMAS.values() for pair in within(schema)]
    assert {name for name, _ in keys} == KEYS
    assert {name for name, key in keys if key.kind in (Kind.TEXTS, Kind.BLOCKS)} == LISTS


@pytest.mark.parametrize("name", cases("fail-"))
def test_a_failing_case_gives_exactly_its_findings(name, harbour):
    """The whole report is compared: path, line, column, rule, message, source line and fix. One fault, one
    finding of its own rule: no cascade."""
    lay(name, harbour)
    edition = replace(load(harbour, shown="charter"), **outside(name, harbour))
    findings = check(edition)
    text = report.format_text(findings, edition.charter)
    expected = CASES / name / "expected.txt"
    if UPDATE:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert [finding.rule for finding in findings] == [name.split("/")[0]]


@pytest.mark.parametrize("name", cases("pass-"))
def test_a_passing_case_has_no_finding(name, harbour):
    lay(name, harbour)
    edition = replace(load(harbour, shown="charter"), **outside(name, harbour))
    assert report.format_text(check(edition), edition.charter).startswith("The charter is in order: ")


@pytest.mark.parametrize(
    ("letter", "fix"),
    [
        ("ب", 'type  python -m pip install "charterpress[arabic]"  for a font that has it'),
        ("ב", f"install a font for Hebrew, such as one of Debian’s fonts-noto-core, and {PRINT_FONTS}"),
        (
            "日",
            f"install a font for Chinese and Japanese, such as Debian’s fonts-noto-cjk, and {PRINT_FONTS}",
        ),
        ("ሀ", f"install a font for Ethiopic, such as Debian’s fonts-sil-abyssinica, and {PRINT_FONTS}"),
        ("অ", "install the package “fontpkg-hind-siliguri”, which has it"),
    ],
)
def test_the_font_that_is_missing_is_named(letter, fix, harbour):
    (harbour / "preamble.md").write_text(f"A harbour, {letter}.\n", encoding="utf-8")
    edition = replace(load(harbour, shown="charter"), missing_letters=lambda letters, code: letters)
    assert [(each.rule, each.line, each.column, each.fix) for each in check(edition)] == [
        ("missing-letter", 1, 12, fix)
    ]


def test_a_letter_of_a_release_that_no_font_has_asks_for_a_font(harbour):
    """Its words never change, and no site can be built without its PDF."""
    (harbour / "preamble.md").write_text("A harbour, 日 and `日`, owned ✓.\n", encoding="utf-8")
    plant(harbour, ["one"])
    (harbour / "preamble.md").write_text("A harbour.\n", encoding="utf-8")
    edition = replace(load(harbour, shown="charter"), missing_letters=lambda letters, code: letters)
    (found,) = [each for each in check(edition) if each.rule == "missing-letter"]
    assert (found.path, found.column) == ("charter/releases/1.0.0.json", 27)
    assert found.message == "no font has “日” (U+65E5), “✓” (U+2713): it cannot be printed"
    assert found.fix.endswith(PRINT_FONTS)


def test_a_letter_that_no_version_prints_needs_no_font(harbour):
    with (harbour / "charter.yml").open("a", encoding="utf-8") as file:
        file.write("owner: 港の会\n")
    edition = replace(load(harbour, shown="charter"), missing_letters=lambda letters, code: letters)
    assert [each.rule for each in check(edition)] == []


@pytest.mark.parametrize(
    ("verb", "said"), [("check", "preamble.md:1:4: error"), ("status", "1 error in the way")]
)
def test_a_letter_without_a_font_is_in_the_way(verb, said, harbour, capsys):
    (harbour / "preamble.md").write_text("We ✓ it.\n", encoding="utf-8")
    assert main(["--source", str(harbour), verb]) == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("touched", "rules"), [((), ["html"]), (("preamble.md",), ["html", "change-unnoted"])]
)
def test_a_note_is_asked_for_once_all_else_is_mended(harbour, touched, rules):
    """In a proposal, once all is mended in its own files: it does not pass for what is wrong in others."""
    steps = ["one", ["replace", ROOM, GAP, "<b>Nobody</b> is helped."]]
    plant(
        harbour, [*steps, ["replace", "preamble.md", "A harbour", "A small harbour"], ["note", "leave-room"]]
    )
    names = frozenset(f"charter/{name}" for name in touched)
    findings = check(replace(load(harbour, shown="charter"), touched=names))
    assert list(dict.fromkeys(finding.rule for finding in findings)) == rules


def for_the_command() -> list:
    """The failing cases that need nothing but files: one of each group of rules and each severity, and the
    others in the long tier. Without the one in Japanese: no font for print has its letters, and the command
    finds that too."""
    names = [name for name in cases("fail-") if not {*outside(name)} - {"today"}]
    names.remove("mixed-scripts/fail-in-japanese")
    kinds = {rule.id: (rule.group, rule.severity) for rule in RULES}
    first = {kinds[name.split("/")[0]]: name for name in reversed(names)}.values()
    return [pytest.param(name, marks=() if name in first else pytest.mark.long) for name in names]


@pytest.mark.parametrize("name", for_the_command())
def test_the_command_ends_as_the_severity_says(name, harbour, capsys):
    """Exit 1 for an error, 0 for a warning; never a traceback."""
    lay(name, harbour)
    severity = {rule.id: rule.severity for rule in RULES}[name.split("/")[0]]
    code = main(["--source", str(harbour), "check", "--format", "github"])
    assert (code, capsys.readouterr().err) == (1 if severity is Severity.ERROR else 0, "")


# --- The real charter --------------------------------------------------------------------------------

REAL = Path(__file__).parents[2] / "charter"


SLOW = [
    "![[]()",
    "(a: b\n>[a]: b\n|a|b|\n|-|-|\n",
    "![[](){a: b\n<a>",
    "- 1. a\n",
    "- a\n>",
    "# a\n",
    "1. ",
    "must ",
    "a-" * 4_900 + "a\n\n",
    "中",
    "a.b@",
    "1-1 ",
]


@pytest.mark.serial
@pytest.mark.parametrize("sign", SLOW)
@pytest.mark.parametrize("place", ["preamble", "promise", "front matter", "settings", "entry"])
def test_the_command_answers_within_a_second_whatever_32_kib_are_filled_with(tmp_path, capsys, place, sign):
    """Beside five releases, and with a page of findings at most. The limit is two seconds of processor time,
    so that a machine of half the speed passes as well."""
    shutil.copytree(EXAMPLE, tmp_path / "charter")
    name = {"preamble": "preamble.md", "settings": "charter.yml", "entry": "signatories/x.yml"}
    path = tmp_path / "charter" / name.get(place, "themes/ground/feed-the-soil.md")
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    at = text.index({"promise": "\n- ", "front matter": "\n"}[place]) + 1 if place not in name else len(text)
    filling = (sign * 32_768)[: 32_768 - len(text.encode())]
    path.write_text(text[:at] + filling + text[at:], encoding="utf-8")
    start = time.process_time()
    main(("--source", str(tmp_path / "charter"), "check"))
    assert time.process_time() - start < 2
    assert len(capsys.readouterr().out) < 30_000


@pytest.fixture
def real(tmp_path) -> Path:
    """A copy of the real charter's working text: beside a release, every fault would be a change as well."""
    return Path(
        shutil.copytree(REAL, tmp_path / "charter", ignore=shutil.ignore_patterns("releases", "changes"))
    )


def test_the_real_charter_has_no_finding():
    edition = load(REAL, shown="charter")
    assert report.format_text(check(edition), edition.charter).startswith("The charter is in order: ")


REPLACED = {
    "front-matter-start": (r"\A", "\n"),
    "front-matter-unreadable": ("^title: ", "title: One: "),
    "duplicate-key": ("^summary: ", "title: Again\nsummary: "),
    "unknown-key": ("^title: ", "titel: "),
    "title-length": ("^title: .*", "title: " + "long " * 16 + "."),
    "stray-space": ("^title: .", r"\g<0>  "),
    "section-unknown": ("^## .*", r"\g<0>s"),
    "commitment-start": ("^- .", lambda match: match[0].upper()),
    "commitment-stop": (r"^(- .*)\.$", r"\1"),
    "weak-promise": ("^- ", "- try to "),
}
"""What a fault is found by in a principle, and what stands there instead."""
PUT_IN = {
    "html": "One <span>word</span>.",
    "image": "![picture](https://example.org/a.png)",
    "placeholder": "TODO",
    "template-expression": "{{ page.title }}",
    "heading-level": "#### Deep",
    "stray-promise": "Partners must agree.",
    "link-target": "[Nowhere](nowhere-at-all.md).",
    "link-form": "[Home](/).",
    "link-address": "[Run](javascript:alert).",
    "bidi-control": "Left\u202eright.",
    "mixed-scripts": "P\u0430rtner.",
    "merge-conflict": "<<<<<<< ours",
}
"""A paragraph below the second heading."""


def plant_real(rule: str, path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    if rule in REPLACED:
        pattern, new = REPLACED[rule]
        at = re.search(pattern, text, re.MULTILINE).start()
        path.write_text(re.sub(pattern, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")
        return text[:at].count("\n") + 1 + (rule == "front-matter-start")
    at = [match.end() for match in re.finditer(r"(?m)^## .*\n", text)][1]
    path.write_text(f"{text[:at]}\n{PUT_IN[rule]}\n{text[at:]}", encoding="utf-8")
    return text[:at].count("\n") + 2


@pytest.mark.parametrize("rule", [*REPLACED, *PUT_IN])
def test_a_fault_planted_in_the_real_charter_gives_exactly_its_finding(rule, real):
    edition = load(real)
    _, principle = next(edition.charter.principles())
    line = plant_real(rule, Path(principle.path))
    assert [(f.path, f.rule, f.line) for f in check(load(real))] == [(principle.path, rule, line)]


def test_a_principle_taken_away_from_the_real_charter_is_missed_once(real):
    """Where it is listed; a theme that is then too small is the same fault."""
    theme = load(real).charter.themes[0]
    kept = next(principle for principle in theme.principles if principle.id not in linked_ids(real))
    Path(kept.path).unlink()
    assert [(f.path, f.rule) for f in check(load(real))] == [(theme.path, "principle-missing")]


def linked_ids(root: Path) -> set[str]:
    links = [
        link for document in load(root).documents for block in all_blocks(document) for link in block.links
    ]
    return {Path(link.target.partition("#")[0]).stem for link in links}


@pytest.mark.parametrize(
    ("count", "words"), [(3, "text in preamble: reworded, “"), (4, "text in preamble: reworded)")]
)
def test_where_many_parts_have_no_note_each_is_told_in_a_few_words(harbour, count, words):
    """One finding for each still, so that the others can be seen."""
    plant(harbour, ["one"])
    for path in [harbour / "preamble.md", *sorted(harbour.glob("themes/*/*.md"))][:count]:
        text = path.read_text(encoding="utf-8").rstrip()
        path.write_text(f"{text} And more of it.\n", encoding="utf-8")
    found = [each.message for each in check(load(harbour, shown="charter")) if each.rule == "change-unnoted"]
    assert len(found) == count
    assert words in found[0]
