"""Whatever the bytes of what is said to be a self-assessment: it is taken, or refused in plain words."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from conftest import ROOT
from fuzz import inputs
from site_server import serve

BATCH, MANY = 400, 20_000
"""Files that one page is given, in the suite and in the long run."""
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
FILE = {
    "format": "assessment-1",
    "charter": "Harbour Charter",
    "version": "2.0.0",
    "who": "We",
    "answers": [ANSWER],
}
SEEDS = tuple(
    json.dumps(each, indent=2).encode()
    for each in (
        FILE,
        FILE | {"answers": [ANSWER, ANSWER | {"principle": "make-room"}]},
        FILE | {"answers": []},
    )
)
READ = """async ({files, known, most}) => {
    const { Fault, opened, read, write } = await import("/file.js");
    const plain = (each) => JSON.stringify([each.who, each.about, each.saved, [...each.answers]]);
    const before = Reflect.ownKeys(Object.prototype).length;
    const found = [];
    for (const file of files) {
        const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
        const began = performance.now();
        let said = "";
        try {
            const state = await opened(new Blob([bytes]), known);
            const again = read(write(state, known), known);
            if (plain(state) !== plain(again)) said = "what is written is not what was read";
            const values = [...state.answers.values()].flatMap((each) => Object.values(each));
            if (values.some((value) => typeof value !== "string")) said = "a value is no text";
            found.push("taken");
        } catch (error) {
            if (!(error instanceof Fault)) said = `${error}`;
            else if (!/^This file .+\\.$/s.test(error.message)) said = `not in plain words: ${error.message}`;
            found.push("refused");
        }
        if (most && performance.now() - began > most) said = `it took more than ${most} ms`;
        if (Reflect.ownKeys(Object.prototype).length !== before) said = "what all objects share has changed";
        if (said) return { wrong: said, file };
    }
    return { taken: found.filter((each) => each === "taken").length };
}"""


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
    script = (ROOT / "hooks/charterpress/outputs/html/scripts/assessment/file.js").read_bytes()
    (folder / "file.js").write_bytes(script)
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
    files = made(BATCH, again=True)
    assert 0 < held([*SEEDS, *files]) < len(files)


@pytest.mark.long
def test_many_more_bytes_of_an_assessment_are_an_answer(held):
    held(made(MANY, again=False), most=1000)
