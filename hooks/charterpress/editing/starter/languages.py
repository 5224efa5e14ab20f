"""The language of a new charter → its first words, and what is offered where nothing is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from charterpress.editing.starter.answers import Answers, split_list
from charterpress.model import Mapping as Block
from charterpress.model import Scalar
from charterpress.read.string_yaml import read_yaml
from charterpress.text.interface import SOURCE, UNREAD
from charterpress.text.languages import primary_language

TEMPLATES = Path(__file__).with_name("files")
LANGUAGES = TEMPLATES / "in"
"""A folder for each language besides English: the files of charter/ and docs/, and answers.yml."""


def has_first_words(tag: str) -> bool:
    """Return whether there are first words of a charter in the language of `tag`."""
    return primary_language(tag) == SOURCE or words_folder(tag) is not None


def words_folder(tag: str) -> Path | None:
    """Return the folder of the first words in the language of `tag`; None for English, or without any."""
    folder = LANGUAGES / primary_language(tag)
    return folder if primary_language(tag).isalpha() and folder.is_dir() else None


def are_unread(tag: str) -> bool:
    """Return whether no speaker has read the first words, as the head of their charter.yml says."""
    folder = words_folder(tag)
    return bool(folder and UNREAD in (folder / "charter" / "charter.yml").read_text(encoding="utf-8"))


def default_answers(tag: str) -> Answers:
    """Return the answers that are offered for a charter in the language of `tag`."""
    words, usual = short_words(tag), Answers()
    return replace(
        usual,
        language=tag or usual.language,
        title=words.get("title", usual.title),
        summary=words.get("summary", usual.summary),
        kinds=split_list(words["kinds"]) if "kinds" in words else usual.kinds,
    )


def short_words(tag: str) -> Mapping[str, str]:
    """Return what stands in answers.yml for the language of `tag`; nothing for English."""
    folder = words_folder(tag)
    return _read(folder / "answers.yml") if folder else {}


@cache
def _read(path: Path) -> Mapping[str, str]:
    root, _faults = read_yaml(path.read_text(encoding="utf-8").splitlines())
    entries = root.entries if isinstance(root, Block) else ()
    return {key.value: value.value for key, value in entries if isinstance(value, Scalar)}
