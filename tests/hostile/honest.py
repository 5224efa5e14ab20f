"""honest.yml → organisations of those names, their forms, and a charter that all of them signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

import sign_up_answers
from builders import make_charter, make_release, write_charter, write_release
from charterpress.cli import main
from charterpress.editing.sign_up.intake import FIELDS

HERE = Path(__file__).parent
KINDS = ("NHS trust", "éco-lieu", "boat club")
DAY = "2024-12-01"


@dataclass(frozen=True, kw_only=True, slots=True)
class Honest:
    """An organisation. `latin` is its name in Latin letters, '' where the name has no others."""

    writing: str
    name: str
    latin: str = ""


def names() -> tuple[Honest, ...]:
    groups = yaml.load((HERE / "honest.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        Honest(writing=writing, name=each)
        if isinstance(each, str)
        else Honest(writing=writing, name=each[0], latin=each[1])
        for writing, entries in groups.items()
        for each in entries
    )


NAMES = names()


def answers(at: int, each: Honest) -> dict[str, str]:
    return {
        "name": each.name,
        "name_latin": each.latin,
        "kind": KINDS[at % len(KINDS)],
        "area": each.name,
        "website": f"https://club-{at}.example/",
        "pledge": each.name,
        "version": "1.0.0",
        "date": DAY,
        "role": "Chair",
    }


def issue(said: dict[str, str]) -> str:
    return "\n\n".join(f"### {field.label}\n\n{said.get(field.key) or '_No response_'}" for field in FIELDS)


def letter(said: dict[str, str]) -> str:
    return "".join(f"{field.label}: {said[field.key]}\n" for field in FIELDS if said.get(field.key))


def table(rows: Iterable[dict[str, str]]) -> str:
    return sign_up_answers.table(*rows)


def write_unsigned(folder: Path) -> Path:
    """Writes a charter that nobody has signed into `folder`/charter; gives it."""
    charter = make_charter(signatory_kinds=KINDS)
    root = write_charter(folder, charter)
    write_release(root, make_release(charter=charter))
    return root


def write(folder: Path) -> Path:
    """Writes that charter with all the names on it, put there by `charter sign` from one table; gives it.
    Raises RuntimeError where one of them was refused."""
    root = write_unsigned(folder)
    form = folder / "form.csv"
    form.write_text(table(answers(at, each) for at, each in enumerate(NAMES)), encoding="utf-8")
    if code := main(["--source", str(root), "sign", "--from", str(form)]):
        raise RuntimeError(f"charter sign ended with {code}")
    return root
