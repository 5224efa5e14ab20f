"""`charter ci settings`: which settings of the repository at the forge are not as they have to be."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TextIO

from charterpress.cli.ci.events import forge_here
from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, command, read_file
from charterpress.model.errors import UsageError

RULESETS = Path(".github/rulesets")
CODEOWNERS = Path(".github/CODEOWNERS")
MAX_RULESET_BYTES = 64 * 1024


@command(
    "say which rules and settings of the repository at the forge are not in force",
    "charter ci settings",
)
def settings_command(options: argparse.Namespace, out: TextIO) -> int:  # noqa: ARG001 - as every command
    """Compare the rulesets in `RULESETS` with the forge's. Return 1 if anything is missing."""
    files = sorted(RULESETS.glob("*.json"))
    if not files:
        raise UsageError(f"there is no ruleset in {RULESETS}: go to the top of the repository")
    faults = forge_here(out).setting_faults(
        [json.loads(read_file(str(path), MAX_RULESET_BYTES)) for path in files]
    )
    if not CODEOWNERS.is_file():
        faults = [*faults, f"there is no {CODEOWNERS}: name in it who reviews releases, workflows and code"]
    out.write("".join(f"{each}\n" for each in faults) or "All of these settings are in force.\n")
    return EXIT_FINDINGS if faults else EXIT_OK
