"""Charters of other people: no word of ours is in their repositories, and each is whole as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from charterpress.checks import check
from charterpress.cli import main
from charterpress.editing.starter import Answers, Host, Package, starter_files
from charterpress.editing.starter.repository import MAX_FILES
from charterpress.read import load
from charterpress.versions import number
from words_of_ours import words_of_ours

ROOT = Path(__file__).resolve().parents[1]
THIRD = ROOT / "tests/adopters/debian-social-contract"
"""A text of the Debian Project, in two parts of prose, with a history that is older than the generator, made
by hand from what `charter init` writes."""


def test_a_repository_made_by_hand_is_small_and_whole(capsys):
    files = [path for path in THIRD.rglob("*") if path.is_file()]
    assert len(files) <= MAX_FILES
    edition = load(THIRD / "charter", shown="charter")
    assert check(edition) == ()
    assert [(each.version, str(each.date)) for each in edition.releases] == [
        *(("1.0.0", "1997-07-05"), ("2.0.0", "2004-04-26"), ("3.0.0", "2022-10-01")),
    ]
    assert number.changes(edition.releases[-1].charter, edition.charter, []) == ()
    assert main(["verify", "--source", str(THIRD / "charter")]) == 0
    assert "3 versions, from 1.0.0" in capsys.readouterr().out


def test_it_gives_credit_to_those_whose_words_they_are():
    """“Please give credit to the Debian project if you do”, and what the licence of the text asks for."""
    for name in ("LICENSE", "README.md", "docs/index.md"):
        text = " ".join((THIRD / name).read_text(encoding="utf-8").split())
        assert "https://www.debian.org/social_contract" in text, name
        assert re.search(r"has nothing to do with this|does not endorse it", text), name


def test_no_word_of_ours_is_in_a_repository_made_by_hand():
    texts = {
        path.relative_to(THIRD).as_posix(): path.read_text(encoding="utf-8")
        for path in THIRD.rglob("*")
        if path.is_file()
    }
    assert words_of_ours(texts) == []


@pytest.mark.parametrize("host", Host)
def test_no_word_of_ours_is_in_what_init_writes(host):
    answers = Answers(title="River Charter", owner="The River Trust", contact="a@river.example", host=host)
    files = starter_files(answers, Package(version="1.0.0"))
    assert words_of_ours({path: data.decode() for path, data in files.items()}) == []
