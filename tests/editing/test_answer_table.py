"""The table by which a browser judges answers: its verdicts are those of the check, word for word."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from charterpress.editing.sign_up.answer_table import PATTERNS, answer_table, given_names
from charterpress.editing.sign_up.fields import ALL_FIELDS, Answer, Form
from charterpress.editing.sign_up.intake import judge_forms
from charterpress.model import Edition, Role
from charterpress.read import load
from charterpress.text.script_patterns import script_pattern
from hostile import corpus
from node import NODE

HERE = Path(__file__).parent
TODAY = "2026-11-30"
FIELDS = {each.key: each for each in ALL_FIELDS}
BASE = {
    "kind": "allotment society",
    "area": "The plots",
    "version": "1.0.0",
    "date": "2024-12-02",
    "role": "Chair",
}
NOT_HERE = re.compile("twin-|address-example|contact-telephone|file-name-reserved")
"""The rules that need the register, a library of half a megabyte, or the names of files: they speak once the
form is in."""


def answers() -> list[tuple[str, str]]:
    """The answers of answers.txt."""
    lines = (HERE / "answers.txt").read_text(encoding="utf-8").splitlines()
    written = (line.partition("\t") for line in lines if not line.startswith("#"))
    return [
        (key, re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), words.replace(r"\n", "\n")))
        for key, _, words in written
    ]


@pytest.fixture(scope="module")
def edition(root) -> Edition:
    """The example's charter without those who signed."""
    whole = load(root / "tests/example/brambleford")
    documents = tuple(each for each in whole.documents if each.role is not Role.SIGNATORY)
    return replace(whole, documents=documents, signatories=(), today=TODAY)


def checked(edition: Edition, asked: list[tuple[str, str]]) -> list[set[tuple[str, str]]]:
    """What the check says of each answer, in a form that is in order but for it."""
    forms = []
    for at, (key, words) in enumerate(asked):
        said = BASE | {"name": f"Plot {at}", "website": f"https://plot-{at}.org.uk/"} | {key: words}
        rows = (
            Answer(field=FIELDS[each], label=FIELDS[each].label, value=value) for each, value in said.items()
        )
        forms.append(Form(answers=tuple(rows), row=at + 1))
    found = []
    for (key, _), each in zip(asked, judge_forms(edition, forms), strict=True):
        here = [said for said in (*each.reasons, *each.asked, *each.notes) if said.label == FIELDS[key].label]
        asked_beside = (
            "signatory-latin" if key == "name" else ""
        )  # the form asks for it in a field of its own
        told = (
            said for said in here if not NOT_HERE.match(said.rule) and said.rule != (asked_beside or None)
        )
        found.append({(said.message, said.fix) for said in told})
    return found


def browsed(edition: Edition, asked: list[tuple[str, str]]) -> list[set[tuple[str, str]]]:
    """What the browser says of each."""
    told = json.dumps(
        {"table": answer_table(edition), "givenNames": given_names(), "asked": asked, "today": TODAY}
    ).encode()
    done = subprocess.run(
        [NODE, HERE / "verdicts.mjs"], input=told, capture_output=True, check=True, timeout=120
    )
    return [set(map(tuple, each)) for each in json.loads(done.stdout)]


def test_the_browser_says_of_an_answer_what_the_check_says(edition):
    asked = answers()
    assert len(asked) > 300
    pairs = list(zip(asked, checked(edition, asked), browsed(edition, asked), strict=True))
    assert [(words, ours, theirs) for words, ours, theirs in pairs if ours != theirs] == []
    faulty = sum(bool(ours) for _, ours, _ in pairs)
    assert 100 < faulty < 250  # both kinds of answer are there


@pytest.mark.long
def test_the_browser_says_of_a_hostile_answer_what_the_check_says(edition):
    keys = ("name", "area", "pledge", "role", "website", "registration", "link")
    asked = [(keys[at % len(keys)], corpus.written(each.text)) for at, each in enumerate(corpus.PAYLOADS)]
    pairs = zip(asked, checked(edition, asked), browsed(edition, asked), strict=True)
    assert [(words, ours, theirs) for words, ours, theirs in pairs if ours != theirs] == []


DAYS = ("2026-11-30", "2026-12-01", "2025-02-29", "2024-02-29", "2024-13-01", "2024-00-10", "2023-01-01")


def test_a_day_is_judged_alike(edition):
    asked = [("date", day) for day in DAYS]
    assert checked(edition, asked) == browsed(edition, asked)


SAMPLES = (
    "",
    "Quay",
    "quay@harbour.org",
    "a [at] b [dot] c",
    "https://quay.org:80/x?y#z",
    "=SUM(A1)",
    "v1.0.0",
)


def test_patterns_find_the_same_in_both():
    texts = [words for _, words in answers() if not re.search("[\ud800-\udfff]", words)] + list(SAMPLES)
    patterns = {name: script_pattern(each) for name, each in PATTERNS.items()}
    program = (
        "const {patterns, texts} = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const found = ([source, flags]) =>"
        "texts.map((text) => text.match(new RegExp(source, flags + 'g')) ?? []);"
        "const all = Object.entries(patterns).map(([name, pattern]) => [name, found(pattern)]);"
        "console.log(JSON.stringify(Object.fromEntries(all)));"
    )
    told = json.dumps({"patterns": patterns, "texts": texts}).encode()
    done = subprocess.run([NODE, "-e", program], input=told, capture_output=True, check=True, timeout=120)
    found = json.loads(done.stdout)
    for name, pattern in PATTERNS.items():
        ours = [[match[0] for match in pattern.finditer(text)] for text in texts]
        assert found[name] == ours, name


@pytest.mark.parametrize("pattern", [r"[^\W\s]", r"quay\Z", r"(?x) a b"])
def test_what_a_browser_would_read_otherwise_is_refused(pattern):
    with pytest.raises(ValueError, match="not know"):
        script_pattern(re.compile(pattern))
