"""Whatever the bytes of what is said to be a self-assessment: it is taken, or refused in plain words."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from conftest import ROOT
from fuzz import inputs
from site_server import serve

KNOWN = {
    "charter": "Harbour Charter",
    "version": "2.0.0",
    "titles": ["Harbour Charter", "Quay Charter"],
    "levels": {"habit": "A habit", "not-yet": "Not yet"},
    "renamed": {"make-room": "leave-room"},
    "longest": 5000,
}
ANSWER = {
    "principle": "leave-room",
    "version": "1.0.0",
    "words": "1.10",
    "level": "habit",
    "shows": "NO",
    "when": "~",
}
FILE = {"format": "assessment-1", "charter": "Harbour Charter", "version": "2.0.0", "who": "We"}
ANSWERS = ([ANSWER], [ANSWER, ANSWER | {"principle": "make-room"}], [])
SEEDS = tuple(json.dumps(FILE | {"answers": each}, indent=2).encode() for each in ANSWERS)
READ = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def made(count: int, *, again: bool) -> list[bytes]:
    """So many files, or a few more: the same ones `again`, or others every time."""
    found: list[bytes] = []

    @settings(
        max_examples=count,
        derandomize=again,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(some.one_of(inputs.of(SEEDS), inputs.nearly(SEEDS)))
    def gather(data: bytes) -> None:
        found.append(data)

    gather()
    return found


@pytest.fixture
def held(open_page, tmp_path):
    """held(files) reads them all in one page, by the very module that the site uses; returns how many were
    taken. None may take longer than `most` milliseconds, if given."""
    folder = tmp_path / "assessment"
    folder.mkdir()
    for name in ("assessment/file.js", "interface.js"):
        script = (ROOT / "hooks/charterpress/outputs/html/scripts" / name).read_bytes()
        (folder / name.rpartition("/")[2]).write_bytes(script)
    (folder / "index.html").write_text("<!doctype html><title>Files</title>", encoding="utf-8")

    def held_(files: list[bytes], *, most: int | None = None) -> int:
        with serve(folder, "/") as address:
            page, witness = open_page(address)
            coded = [base64.b64encode(each).decode() for each in files]
            answer = page.evaluate(READ, {"files": coded, "known": KNOWN, "most": most})
            assert witness.foreign(address) == []
        assert "wrong" not in answer, (answer["wrong"], base64.b64decode(answer["file"]))
        return answer["taken"]

    return held_


def test_any_bytes_of_an_assessment_are_an_answer(held):
    """Some are taken, so that more is read than the first brace; none changes what all objects share."""
    files = made(400, again=True)
    assert 0 < held([*SEEDS, *files]) < len(files)


@pytest.mark.long
def test_many_more_bytes_of_an_assessment_are_an_answer(held):
    held(made(20_000, again=False), most=1000)
