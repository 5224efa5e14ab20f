"""Findings in the language in use: what each rule says is wholly from the catalogs."""

import re
import shutil
from dataclasses import replace

import pytest

from charterpress.checks import RULES, check, report
from charterpress.read import load
from charterpress.text.interface import MARKS, use_language
from planted import BASE, CASES, PLANTED, outside, plant
from tiers import every_fourth

TERMS = frozenset(
    {
        "address",
        "apply",
        "became",
        "changes",
        "cyrillic",
        "each",
        "github",
        "hafenmeister",
        "kept",
        "measure",
        "once",
        "translations",
        "charter",
        "class",
        "coh",
        "commitment",
        "does",
        "editorial",
        "email",
        "file",
        "guidance",
        "licence",
        "links",
        "mailto",
        "note",
        "plain",
        "record",
        "role",
        "sections",
        "sources",
        "town",
        "utf",
        "yet",
    }
)
"""Words of fixes that no file of the case has."""
PLAIN = re.compile(r"(?<!\w)[A-Za-z]{3,}(?!\w)")
CHANGED = re.compile("[acegilnorsuyz]", re.IGNORECASE)
"""Letters that the pseudo-language changes."""
ONE_CASE = {name.split("/")[0]: name for name in sorted(PLANTED, reverse=True) if "/fail-" in name}
ONE_CASE |= {
    path.parent.name: path.relative_to(CASES).as_posix()
    for path in sorted(CASES.glob("*/fail-*/charter"), reverse=True)
    for path in [path.parent]
}


@pytest.fixture
def harbour(tmp_path):
    return shutil.copytree(BASE, tmp_path / "charter")


@pytest.mark.parametrize("name", every_fourth(sorted(ONE_CASE.values())))
def test_a_finding_is_in_the_language_in_use(name, harbour):
    """All of it, but for words of the file in quotation marks."""
    if name.startswith("file-unreadable/"):
        pytest.skip("nothing is closed to the superuser")
    if (CASES / name / "charter").is_dir():
        shutil.copytree(CASES / name / "charter", harbour, dirs_exist_ok=True)
    if name in PLANTED:
        plant(harbour, PLANTED[name])
    with use_language("en-XA"):
        edition = replace(load(harbour, shown="charter"), **outside(name, harbour))
        findings = check(edition)
        text = report.format_text(findings, edition.charter)
    assert findings
    files = (*edition.documents, *edition.surroundings)
    lines = [*(line for each in files for line in each.lines), *(each.path for each in edition.entries)]
    known = {word.casefold() for line in lines for word in PLAIN.findall(line)} | TERMS
    known |= {word for rule in RULES for word in rule.id.split("-")}
    for words in (each for finding in findings for each in (finding.message, finding.fix)):
        assert words.startswith(MARKS[0])
        assert words.endswith(MARKS[1])
        without = re.sub(r"U\+\w+ \([^)]*\)|https?://\S+", "", words)  # names of letters are Unicode's
        assert {each for each in PLAIN.findall(without) if CHANGED.search(each)} <= {
            each for each in PLAIN.findall(without) if each.casefold() in known
        }
    assert text.splitlines()[-1].startswith(MARKS[0])
