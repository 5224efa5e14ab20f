"""A charter with a few releases that any number of organisations signed."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path

import histories

RELEASES = 4
FIRST = (
    "Ash", "Bridge", "Cedar", "Dale", "Elm", "Ferry", "Green", "Harbour", "Ivy", "Jubilee", "Kirk", "Linden",
    "Mill", "North", "Orchard", "Park", "Quay", "River", "Station", "Trinity", "Union", "Vale", "West", "Yew",
)  # fmt: skip
SECOND = (
    "Lane", "Road", "Hill", "Street", "Cross", "Field", "Gate", "House", "Side", "Wood", "Élan", "Ståhl",
)  # fmt: skip
THIRD = ("Trust", "Project", "Housing", "Community Centre", "Advice", "Partnership", "Kitchen", "Network")
AREAS = tuple(f"{one}{two}" for one in FIRST[:20] for two in ("ton", "ford", "ham", "bury", "by"))


def write(folder: Path, counts: Collection[int]) -> dict[int, Path]:
    """Write a charter that so many organisations signed below `folder`, once for each of `counts`; return
    the charters' folders. They are one register at several sizes."""
    root = histories.write(folder / "history", [RELEASES])[RELEASES]
    found = {}
    for count in counts:
        found[count] = shutil.copytree(root.parent, folder / f"{count}-signatories") / "charter"
        signatories = found[count] / "signatories"
        signatories.mkdir()
        for slug, text in _files(count, _signed(root)):
            (signatories / f"{slug}.yml").write_text(text, encoding="utf-8")
    return found


def _signed(root: Path) -> list[tuple[str, date]]:
    """The versions, and the days on which they came."""
    versions = sorted(
        (path.stem for path in (root / "releases").glob("*.json")),
        key=lambda version: tuple(map(int, version.split("."))),
    )
    return [(each, histories.START + timedelta(days=20 * at)) for at, each in enumerate(versions)]


def _files(count: int, versions: list[tuple[str, date]]) -> Iterator[tuple[str, str]]:
    """Slug and text of each file: one in two has a pledge and a page, one in three a registration, and one in
    fifty withdrew."""
    for at in range(count):
        words = (FIRST[at % 24], SECOND[at // 24 % 12], THIRD[at // 288 % 8])
        name = f"{' '.join(words)} {at}"
        slug = name.lower().replace(" ", "-").replace("é", "e").replace("å", "a")
        version, day = versions[at % len(versions)]
        signed = day + timedelta(days=at % 19)
        lines = [
            f"name: {name}",
            f"kind: {histories.KINDS[at % 4]}",
            f"area: {AREAS[at * 7 % len(AREAS)]}",
            f"website: https://www.{slug}.example/",
            *([f"registration: GB-CHC-{1_000_000 + at}"] if at % 3 == 0 else []),
            *(["pledge: We make room for others, and say so to everyone who asks."] if at % 2 else []),
            f"signed:\n  - version: {version}\n    date: {signed}\n    role: Chief Executive",
            *([f"    link: https://www.{slug}.example/charter"] if at % 2 else []),
            *(
                [f"withdrawn:\n  date: {signed + timedelta(days=90)}\n  note: Closed."]
                if at % 50 == 9
                else []
            ),
        ]
        yield slug, "\n".join(lines) + "\n"
