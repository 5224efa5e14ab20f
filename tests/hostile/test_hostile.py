"""What strangers may write: each payload of tests/hostile in each field gets its recorded answer, in its
place; and what honest organisations are called is never refused, and shown as it is."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable
from time import process_time

import pytest
from confusable_homoglyphs import categories
from lxml import etree, html

from charterpress.checks import report
from charterpress.cli import main
from charterpress.editing.sign_up.intake import judge_forms, read_forms
from charterpress.model import Severity
from charterpress.read import load
from charterpress.text.escape import escape_controls
from charterpress.text.slugs import name_slug
from conftest import build_once
from hostile import corpus, honest
from hostile.corpus import FIELDS, PAYLOADS, Field, Payload
from hostile.files import FILES, OUTSIDE, lay
from hostile.honest import NAMES

UPDATE = bool(os.environ.get("UPDATE_CASES"))
"""With UPDATE_CASES=1 the long tests write the verdicts anew; then read what git says has changed."""
ALL = [(payload, field) for payload in PAYLOADS for field in FIELDS]
ONCE = [(payload, FIELDS[at % len(FIELDS)]) for at, payload in enumerate(PAYLOADS)]
"""Each payload in one field: no field is left out, for there are more payloads."""


# --- What the check says -----------------------------------------------------------------------------


def verdicts(folder, pairs: Iterable[tuple[Payload, Field]]) -> tuple[dict[tuple[str, str], str], list[str]]:
    """What the check says of each pair, and what is wrong with how it says it: a refusal names the file and
    the line that the payload stands in, and nothing that is said acts in a terminal or a log."""
    said, faults = {}, []
    for payload, field in pairs:
        root = folder / "charter"
        findings = corpus.judged(root, field, payload)
        shutil.rmtree(root)
        said[payload.id, field.id] = corpus.verdict(findings)
        place = f"{payload.id} in {field.id}"
        errors = [each for each in findings if each.severity is Severity.ERROR]
        told = {(each.path.removeprefix("charter/"), max(each.line, 1)) for each in errors}
        if errors and not told & corpus.places(field, payload):
            faults.append(f"{place}: {[(each.path, each.line, each.rule) for each in findings]}")
        for style in (report.format_text, report.format_annotations, report.format_json):
            faults += [f"{place}: {line!r}" for line in acting(style(findings))]
    return said, faults


def acting(output: str) -> list[str]:
    """The lines of what a command said in which a letter is that a terminal obeys or nobody sees, or a
    command for the host of the repository that is not ours."""
    ours = ("::error file=", "::warning file=", "::notice title=charter check::")
    found = []
    for line in output.split("\n"):
        hidden = escape_controls(line) != line
        if hidden or "##[" in line or (line.lstrip().startswith("::") and not line.startswith(ours)):
            found.append(line)
    return found


def test_there_are_more_payloads_than_fields():
    """Or the short test would leave a field out; and each of both has one name."""
    assert len(PAYLOADS) >= len(FIELDS)
    assert len({each.id for each in PAYLOADS}) == len(PAYLOADS)
    assert len({each.text for each in PAYLOADS}) == len(PAYLOADS)
    assert len({each.id for each in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("pairs", [ONCE, pytest.param(ALL, marks=pytest.mark.long)], ids=["once", "all"])
def test_every_payload_gets_its_recorded_verdict(tmp_path, pairs):
    """In some field; and in the long test in every one, which the record is made of."""
    said, faults = verdicts(tmp_path, pairs)
    if UPDATE and pairs is ALL:
        corpus.record(said)
    recorded = corpus.answers()
    assert said == {pair: recorded[pair] for pair in said}
    assert faults == []


# --- Honest names ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory):
    return load(honest.write_unsigned(tmp_path_factory.mktemp("unsigned")), shown="charter")


def test_the_honest_names_are_many():
    scripts = {categories.alias(letter) for each in NAMES for letter in each.name if letter.isalpha()}
    assert len(NAMES) >= 200
    assert len(scripts - {"COMMON", "INHERITED"}) >= 30
    assert len({each.name for each in NAMES}) == len(NAMES)


def outcome(edition, text, kind) -> list[tuple[str, str, list[str]]]:
    """What becomes of each form: its outcome, the name that is written, and the rules that speak of it."""
    reading = read_forms(text.encode(), kind=kind)
    assert reading.reasons == ()
    return [
        (each.outcome.value, each.values["name"], [note.rule for note in (*each.reasons, *each.notes)])
        for each in judge_forms(edition, reading.forms)
    ]


def test_no_honest_name_is_refused_in_a_table(unsigned):
    rows = [honest.answers(at, each) for at, each in enumerate(NAMES)]
    assert outcome(unsigned, honest.table(rows), "csv") == [("new", each.name, []) for each in NAMES]


@pytest.mark.parametrize(("kind", "form"), [("issue", honest.issue), ("mail", honest.letter)])
def test_no_honest_name_is_refused_in_an_issue_or_a_letter(unsigned, kind, form):
    forms = [form(honest.answers(at, each)) for at, each in enumerate(NAMES)]
    assert [outcome(unsigned, text, kind)[0] for text in forms] == [("new", each.name, []) for each in NAMES]


def test_a_name_in_other_letters_is_only_asked_for_its_latin_ones(unsigned):
    """One with some letter from a to z is taken without, and a person reads the advice. One with none has
    nothing that its page could be called by: it is asked the one question that mends that."""
    others = [each for each in NAMES if each.latin]
    rows = [honest.answers(at, each) | {"name_latin": ""} for at, each in enumerate(others)]
    found = judge_forms(unsigned, read_forms(honest.table(rows).encode(), kind="csv").forms)
    assert len(found) == len(others)
    for each, judged in zip(others, found, strict=True):
        said = [(note.rule, note.label) for note in (*judged.reasons, *judged.notes)]
        if name_slug(each.name):
            assert (judged.outcome.value, [rule for rule, _ in said]) == ("new", ["signatory-latin"])
        else:
            assert (judged.outcome.value, said) == ("refused", [("", "The name in Latin letters")])


@pytest.fixture(scope="session")
def honest_site(shared_folder):
    """The site of a charter that all of them signed, through the form."""
    folder = shared_folder / "honest"

    def write():
        folder.mkdir()
        return honest.write(folder)

    return build_once(shared_folder, "site-honest", write)


def words_of(node) -> str:
    return "".join(node.itertext())


def listed(site) -> dict[str, dict]:
    """signatories.json, by the address of each organisation's page."""
    found = json.loads((site / "signatories/signatories.json").read_text(encoding="utf-8"))
    return {each["slug"]: each for each in found["signatories"]}


def test_honest_names_stand_in_the_files_for_programs_as_they_are(honest_site):
    wanted = sorted(each.name for each in NAMES)
    entries = listed(honest_site)
    assert sorted(each["name"] for each in entries.values()) == wanted
    assert sorted(each["pledge"] for each in entries.values()) == wanted
    with (honest_site / "signatories/signatories.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(plain_cell(row["name"]) for row in rows) == wanted
    assert sorted(plain_cell(row["area"]) for row in rows) == wanted
    feed = etree.parse(honest_site / "feeds/signatories.atom").getroot()
    said = [words_of(each) for each in feed.iter("{*}title")]
    assert len(said) > 100
    assert [each for each in said[1:] if not any(name in each for name in wanted)] == []


def plain_cell(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from working it out."""
    return cell[1:] if cell[:2] in {"'=", "'+", "'-", "'@"} else cell


def parsed(site, address):
    return html.parse(site / address / "index.html", html.HTMLParser(encoding="utf-8")).getroot()


def test_honest_names_stand_on_their_pages_as_they_are(honest_site):
    """The page of each organisation, with its area, its words and its kind; and its certificate."""
    for slug, each in listed(honest_site).items():
        page = parsed(honest_site, f"signatories/{slug}")
        shown = [words_of(page.cssselect(f"{place} bdi")[0]) for place in ("h1", ".lead", "blockquote")]
        assert shown == [each["name"], each["area"], each["pledge"]]
        kind = words_of(page.cssselect(".lead")[0]).removesuffix(f", {each['area']}")
        assert kind == each["kind"][0].upper() + each["kind"][1:]
        assert each["name"] in page.cssselect("img.badge")[0].get("alt")
        assert words_of(page.cssselect("title")[0]).startswith(each["name"])
        paper = parsed(honest_site, f"signatories/{slug}/certificate")
        assert words_of(paper.cssselect("h1 bdi")[0]) == each["name"]


def test_honest_names_stand_in_the_lists_as_they_are(honest_site):
    wanted = sorted(each.name for each in NAMES)
    for address in ("signatories", "signatories/print"):
        there = {words_of(each) for each in parsed(honest_site, address).cssselect("main bdi")}
        assert [name for name in wanted if name not in there] == []


# --- Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_an_answer_and_no_more(case, tmp_path, capsys):
    """By the rule that is for it; nothing that lies outside is read, nothing is written, and what is said can
    be shown anywhere."""
    plant, rule = FILES[case]
    root = lay(tmp_path, plant)
    before = everything(tmp_path)
    code = main(["--source", str(root), "check", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert rule in {each["rule"] for each in found}
    assert code == 1
    for style in ("text", "github"):
        main(["--source", str(root), "check", "--format", style])
        out = capsys.readouterr().out
        assert OUTSIDE not in out
        assert [line for line in acting(out) if line] == []
        out.encode()
    assert everything(tmp_path) == before


@pytest.mark.serial
@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_answered_within_a_second(case, tmp_path, capsys):
    root = lay(tmp_path, FILES[case][0])
    start = process_time()
    assert main(["--source", str(root), "check", "--format", "json"]) == 1
    assert process_time() - start < 1


def everything(folder) -> list[str]:
    """Every path below `folder`, with its size; links are not followed."""
    return sorted(f"{os.fsencode(path)!r} {path.lstat().st_size}" for path in folder.rglob("*"))
