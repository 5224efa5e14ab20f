"""Letters for a test: who is written to, and what they were sent."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from commands import run_charter

EXAMPLE = Path(__file__).parent / "example" / "brambleford"
SITE = "https://charter.test/"
SENDER = "The secretary <office@charter.example>"
ASKED = 21
"""How many of the example's signatories are asked to sign again."""


def write_contacts(*slugs: str, name="private.csv", language="") -> None:
    rows = [f"{slug},office@{slug}.example,,{language}" for slug in slugs]
    Path(name).write_text("\n".join(["slug,email,name,language", *rows]), encoding="utf-8")


def asked(capsys) -> list[str]:
    """The slugs of those who are asked."""
    _, said, _ = run_charter(capsys, "--source", str(EXAMPLE), "status", "--asked", "--format", "json")
    return [each["slug"] for each in json.loads(said)["asked"]]


def messages(folder: str = "out"):
    found = {
        path.stem: message_from_bytes(path.read_bytes(), policy=default) for path in Path(folder).iterdir()
    }
    assert not [each for found_ in found.values() for part in found_.walk() for each in part.defects]
    return found


def body_text(message) -> str:
    """The plain text, its lines joined again."""
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    return text.replace(" \n", " ")
