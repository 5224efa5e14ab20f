"""A café → the Markdown file that turns its notes into proposals."""

from __future__ import annotations

import re

from charterpress.outputs.words.word_lists import FOLDER
from charterpress.versions import number
from charterpress.views.cafe import Cafe

_MARKUP = re.compile(r"[\\`*_\[\]<>&#|~]")


def cafe_notes(cafe: Cafe) -> str:
    """Return the file in which the notes of `cafe` become proposals."""
    numbers = number.part_numbers(cafe.charter)
    principles = [
        f"- {numbers[each.id]} {_escaped(each.title)}: `{each.id}`" for _, each in cafe.charter.principles()
    ]
    return (
        (FOLDER / "cafe-notes.md")
        .read_text(encoding="utf-8")
        .format(
            title=_escaped(cafe.charter.title),
            said=cafe.label,
            command=change_command(),
            listed="\n".join(principles),
        )
    )


def change_command(id: str = "ID", why: str = "WHY") -> str:
    """Return the command that begins the note of a proposal about the principle `id`."""
    return f'charter new change {id} --name from-our-cafe --why "{why}"'


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(words.split()))
