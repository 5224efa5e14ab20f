"""The charters whose sites the browser is shown, and what makes those that are made up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import registers
import released
import reported
from builders import make_charter, make_principle, make_section, make_theme, write_charter, write_signatory
from charterpress.cli import main
from charterpress.model import Behaviour, Signatory
from conftest import ROOT
from one_language import write_one_language


def _signed(folder: Path, signatories: Iterable[Signatory]) -> Path:
    """The example's charter with these signatories in place of its own."""
    write_one_language(folder)
    shutil.rmtree(folder / "signatories")
    for each in signatories:
        write_signatory(folder, each)
    return folder


def _next(folder: Path) -> Path:
    """The example's charter in its next version, signed by more organisations than one page lists."""
    root = _signed(folder, registers.plots(640))
    if code := main(["--source", str(root), "release", "--date", "2026-11-05"]):
        raise RuntimeError(f"the release ended with {code}")
    return root


def _wordy(folder: Path) -> Path:
    """A charter with easy words, interview questions and principles to turn to, and with as many principles
    as one sheet of paper holds."""
    talk = Behaviour(
        behaviour="Says what the tide does",
        measure="The board on the quay is never a day old",
        support="A tide table in the hut",
        interview="Tell us about a day when you told somebody about the tide. What did you say?",
    )
    fields = {
        "summary": "Whoever ties up here leaves room for those who come in later, at night and in a "
        "storm, and lends them a hand.",
        "plain": ("We leave room for you.", "We lend you a hand."),
        "behaviours": (talk, replace(talk, behaviour="Lends a hand")),
    }
    themes = []
    for theme in ("north", "east", "south", "west", "old", "new"):
        title = f"Rule {{}} of the {theme} quay, which says a little more than most"
        rules = (make_principle(f"quay-{theme}-rule-{n}", title=title.format(n), **fields) for n in range(5))
        themes.append(make_theme(f"quay-{theme}", tuple(rules)))
    repair = ("quay-old-rule-1", "quay-new-rule-4")
    return write_charter(
        folder, make_charter(themes=tuple(themes), repair=repair, start_words=("quay old rule",))
    )


LONG_WORD = "Bundesausbildungsförderungsgesetz"
LONGEST_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesausführungsbestim"
NESTED = f"""{LONGEST_WORD} and {LONG_WORD}.

1. One
2. Two
    1. Within two, {LONGEST_WORD}
    2. And again

> {LONGEST_WORD} said so.
"""
STRUCTURED = f"### {LONG_WORD} again\n\n{NESTED}\n### Another heading\n\n#### Under it\n\nThere.\n"


def _compound(folder: Path) -> Path:
    """A charter with words that no phone shows on one line, and with headings, lists and quotations."""
    both = f"{LONG_WORD} {LONGEST_WORD}"
    fields = {
        "title": f"By {LONG_WORD}",
        "summary": f"Of {both}",
        "plain": (f"We say {both}.",),
        "questions": (f"What is {both}?",),
        "sources": (both,),
        "behaviours": (Behaviour(behaviour=both, measure=both, support=both, interview=both),),
        "sections": (
            make_section("promises", items=(f"do {both}.", f"say {both}.")),
            make_section(text=STRUCTURED),
        ),
    }
    rules = [make_principle(name, **fields | {"summary": f"{name} {both}"}) for name in ("long", "longer")]
    theme = make_theme("words", rules, title=LONG_WORD, summary=both, text=NESTED)
    charter = make_charter(themes=(theme,), questions=(f"What is {both}?",), preamble=NESTED)
    return write_charter(folder, charter)


CHARTERS: dict[str, Callable[[Path], Path]] = {
    "own": lambda _: ROOT / "charter",
    "example": write_one_language,
    "released": released.write,
    "crowded": lambda folder: _signed(folder, registers.crowd()),
    "long": _next,
    "wordy": _wordy,
    "compound": _compound,
    "reported": lambda folder: reported.write(folder, (*reported.everybody(), *reported.hostile())),
}
"""What writes each charter into a folder that is not there yet, and returns it: the repository's own; the
example; one with four releases and a draft; the example signed by organisations with improbable names; its
next version with a long register; one with many words; one with long words; and one that
asks for reports."""
