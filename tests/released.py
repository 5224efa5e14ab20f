"""A small charter with four releases and a draft, made by the commands themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import make_charter, make_principle, make_section, make_theme, write_charter, write_note
from charterpress.cli import main

LONG = "Slow boats leave room for slow people, and nobody was ever late for the sea. " * 15


def _principle(id, *promises, reasons="It does.", **changes):
    sections = (make_section("promises", items=promises), make_section(text=reasons))
    return make_principle(id, sections=sections, **changes)


STAY = _principle(
    "stay", "tie up well.", "wait two days for the wind.", "leave by three ropes.",
    reasons="A harbour is for staying. See [the book](https://harbour.example/book).",
)  # fmt: skip
GO = _principle("go", "go slowly.", reasons=LONG)
KEEP = _principle("keep", "keep the light on.", "answer every call.")
WATCH = _principle("watch", "watch the tide.")
STAY_2 = replace(
    STAY,
    sections=(
        make_section("promises", items=("tie up well.", "wait ten days for the wind.", "ring a bell.",
                                        "leave by three ropes.")),
        make_section(text="A harbour is for staying. See [the book](https://harbour.example/new-book)."),
    ),
)  # fmt: skip
COME = _principle("come", "come in by daylight.")


def _charter(*themes):
    moorings, tides = themes
    return make_charter(themes=(make_theme("moorings", moorings), make_theme("tides", tides)))


TEXTS = (
    _charter((STAY, GO), (KEEP, WATCH)),
    _charter((STAY_2, KEEP), (COME, WATCH)),
    _charter((replace(STAY_2, summary="How we stays."), KEEP), (COME, WATCH)),
    _charter((STAY_2, KEEP), (COME, replace(WATCH, title="Watch the tide"))),
    _charter((replace(STAY_2, summary="How long we stay."), KEEP), (COME, replace(WATCH, title="Watch it"))),
)
"""The text of each release, and last the draft."""
NOTES = (
    {},
    {"stay": {}, "keep": {}, "go": {"also": ["come"], "retires": {"go": "come"}}},
    {"stay": {"class_": "editorial", "approved_by": ["The harbour master", "The board"]}},
    {"stay": {"class_": "guidance"}, "watch": {}},
    {"stay": {"class_": "guidance"}, "watch": {}},
)


def write(folder: Path) -> Path:
    """Writes the charter with its releases and its draft into `folder`; gives the charter's own folder."""
    root = folder / "charter"
    for place, (text, notes) in enumerate(zip(TEXTS, NOTES, strict=True)):
        for old in root.glob("themes/*/*.md"):
            old.unlink()
        write_charter(folder, text)
        for id, front in notes.items():
            about = [id, *front.get("also", ())]
            rest = {key: value for key, value in front.items() if key != "also"}
            write_note(root, *about, id=f"note-{id}", **rest)
        if place < len(TEXTS) - 1:
            options = ["--date", f"202{place + 1}-05-01", *(["--first"] if not place else [])]
            if code := main(["--source", str(root), "release", *options]):
                raise RuntimeError(f"release {place + 1} ended with {code}")
    return root
