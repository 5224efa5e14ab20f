"""`charter ci settings`: which settings of the repository at the forge are not as they have to be."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from charterpress.cli.ci.events import forge_here
from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, command, format_option, read_file
from charterpress.cli.describe import json_document
from charterpress.forges.protocol import Force, Setting
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze

RULESETS = Path(".github/rulesets")
CODEOWNERS = Path(".github/CODEOWNERS")
PLACEHOLDER = "@OWNER"
"""What stands in the file until somebody writes a name there."""
MAX_BYTES = 64 * 1024
SIGNS = {Force.MISSING: "✗", Force.UNSEEN: "?", Force.IN_FORCE: "✓"}


def _text(settings: Sequence[Setting]) -> str:
    """For a person: what is missing, then what cannot be seen, each with its page; and a count."""
    wrong = [each for force in (Force.MISSING, Force.UNSEEN) for each in settings if each.force is force]
    lines = [
        _("{sign} {name}\n    {state}: {words}\n    set it under: {page}\n").format(
            sign=SIGNS[each.force], name=each.name, state=_(each.force), words=each.found, page=each.page
        )
        for each in wrong
    ]
    counts = Counter(each.force for each in settings)
    told = ", ".join(f"{counts[force]} {_(force)}" for force in Force if counts[force])
    return "".join(lines) + ("" if wrong else _("All of these settings are in force.\n")) + f"{told}.\n"


def _json(settings: Sequence[Setting]) -> str:
    keys = ("name", "force", "found", "page")
    return json_document(
        "settings", {"settings": [{key: getattr(each, key) for key in keys} for each in settings]}
    )


FORMATS: dict[str, Callable[[Sequence[Setting]], str]] = {"text": _text, "json": _json}


@command(
    N_("say which rules and settings of the repository at the forge are not in force, and where to set them"),
    "charter ci settings",
    format_option(FORMATS, N_("text for people (the default), json for programs")),
)
def settings_command(options: argparse.Namespace, out: TextIO) -> int:
    """Compare the rulesets in `RULESETS`, and the other settings, with the forge's. Return 1 unless all are
    in force: what cannot be seen is not known to be."""
    files = sorted(RULESETS.glob("*.json"))
    if not files:
        raise UsageError(
            _("there is no ruleset in {rulesets}: go to the top of the repository").format(rulesets=RULESETS)
        )
    rulesets = [json.loads(read_file(str(path), MAX_BYTES)) for path in files]
    settings = [*forge_here(out).settings(rulesets, options.source), *_code_owners(options.source)]
    out.write(FORMATS[options.format](settings))
    return EXIT_OK if all(each.force is Force.IN_FORCE for each in settings) else EXIT_FINDINGS


def _code_owners(source: str) -> Iterator[Setting]:
    """Whether somebody owns releases, workflows and code: of the lines that fit, the last counts."""
    text = read_file(str(CODEOWNERS), MAX_BYTES).decode(errors="replace") if CODEOWNERS.is_file() else ""
    rows = [words for line in text.splitlines() if (words := line.partition("#")[0].split())]
    for folder in (f"{Path(source).as_posix()}/{freeze.FOLDER}", ".github", ".ci", "hooks"):
        fitting = [owners for pattern, *owners in rows if _fits(pattern, folder)]
        owners = fitting[-1] if fitting else []
        found = "" if owners else _("nobody owns it")
        if PLACEHOLDER in owners:
            found = _("write a name in place of {placeholder}").format(placeholder=PLACEHOLDER)
        force = Force.MISSING if found else Force.IN_FORCE
        name = _("{name}: an owner of /{folder}/").format(name=CODEOWNERS.name, folder=folder)
        yield Setting(
            name=name,
            force=force,
            found=found,
            page=_("the file {codeowners}, through a proposal").format(codeowners=CODEOWNERS),
        )


def _fits(pattern: str, folder: str) -> bool:
    """Whether a line of CODEOWNERS is about all of a folder."""
    return pattern in ("*", "**", "/") or f"{folder}/".startswith(f"{pattern.strip('/')}/")
