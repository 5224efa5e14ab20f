"""What is pinned → whether a flaw is known in one of the packages, as pip-audit says; exit code 1 if so.

pip-audit asks over the network, which may not let it. Then this says so, and that nothing is known; it never
takes silence for a good answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = ("requirements.txt", "requirements-tests.txt")
PIP_AUDIT = "pip-audit==2.10.1"


def judged(answer: str) -> tuple[int, str]:
    """Return the exit code, and what is to be said, for what pip-audit printed as JSON."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    asked = [each for each in packages if "vulns" in each]
    flawed = [each for each in asked if each["vulns"]]
    unknown = len(packages) - len(asked)
    if flawed:
        known = [(each, flaw) for each in flawed for flaw in each["vulns"]]
        lines = [
            f"  {each['name']} {each['version']}: {flaw['id']}; mended in: {', '.join(flaw['fix_versions'])}"
            for each, flaw in known
        ]
        return 1, "\n".join(["audit: flaws are known in these packages:", *lines])
    if not asked:
        return 0, "audit: not done: nobody could be asked here about known flaws, so none is ruled out"
    if unknown:
        rest = f"{unknown} could not be asked about"
        return 0, f"audit: done in part: no flaw is known in {len(asked)} packages; {rest}"
    return 0, f"audit: no flaw is known in any of the {len(asked)} packages"


def asked(program: list[str], requirements: Iterable[Path]) -> str:
    """Return what pip-audit prints about the packages of `requirements`; nothing where it cannot be run."""
    options = [
        *(word for path in requirements for word in ("-r", str(path))),
        "--disable-pip",
        "--require-hashes",
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run([*program, *options], capture_output=True, text=True, check=False, timeout=600)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def main() -> int:
    """Install pip-audit apart from what is audited, ask, and say what came of it."""
    with tempfile.TemporaryDirectory() as apart:
        pip = [f"{apart}/bin/pip", "install", "-qq", "--disable-pip-version-check", PIP_AUDIT]
        made = subprocess.run([sys.executable, "-m", "venv", apart], capture_output=True, check=False)
        if made.returncode == 0:
            subprocess.run(pip, capture_output=True, check=False)
        code, words = judged(asked([f"{apart}/bin/pip-audit"], [ROOT / name for name in PINNED]))
    sys.stdout.write(words + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
