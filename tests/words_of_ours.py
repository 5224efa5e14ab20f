"""What only our own charter says: no repository and no site of another charter has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pypdf

from charterpress.read import load

_CHARTER = load(Path(__file__).resolve().parents[1] / "charter").charter
_NAMES = (
    *("good partners", "good-partners", "goodpartners", "homeless", "brambleford"),
    *(_CHARTER.title, _CHARTER.summary, *filter(None, [_CHARTER.owner])),
    *(principle.title for _, principle in _CHARTER.principles()),
    *(theme.title for theme in _CHARTER.themes),
    *_CHARTER.questions,
    ", ".join(_CHARTER.signatory_kinds),
)
WORDS = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in _NAMES), re.IGNORECASE)
"""Its name, its people, its titles and questions, and its list of kinds; and the place of our example."""


_TEXTS = {".html", ".json", ".xml", ".txt", ".md", ".svg", ".csv", ".css", ".js", ".webmanifest", ".ics", ""}


def words_of(pdf: Path) -> str:
    """The words of a PDF without spaces, which break lines anywhere."""
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


def site_texts(site: Path) -> dict[str, str]:
    """The text of each file of a site, by its path; of a PDF, as its lines break it."""
    texts = {}
    for path in (each for each in site.rglob("*") if each.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix in _TEXTS:
            texts[name] = path.read_text(encoding="utf-8")
        elif path.suffix == ".pdf":
            texts[name] = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return texts


def words_of_ours(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name of each text that has one of our words, with the first such word."""
    found = ((name, WORDS.search(" ".join(text.split()))) for name, text in texts.items())
    return [(name, match[0]) for name, match in found if match]
