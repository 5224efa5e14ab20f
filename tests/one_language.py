"""The example's charter as it would be if it were in English alone, for tests that need one language."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

EXAMPLE = Path(__file__).resolve().parent / "example" / "brambleford"
OTHERS = ("translations", "*.cy.*.json", "*.ar.*.json")


def write_one_language(folder: Path) -> Path:
    """Writes the example without its translations and what names them into the new `folder`, and returns it.
    Its releases have digests of their own from 2.0.0 on."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(*OTHERS))
    _without(folder / "charter.yml", r"languages?: ")
    for path in (folder / "signatories").iterdir():
        _without(path, " *language: ")
    digests: dict[str, str] = {}
    for path in sorted((folder / "releases").glob("*.json")):
        release = json.loads(path.read_bytes())
        if release.pop("languages", None):
            del release["language"]
            release["notes"] = [each for each in release["notes"] if each["id"] != "languages"]
        if release["previous"]:
            release["previous"] = {
                "version": release["previous"]["version"],
                "sha256": digests[f"{release['previous']['version']}.json"],
            }
        data = (json.dumps(release, indent=2, ensure_ascii=False) + "\n").encode()
        path.write_bytes(data)
        digests[path.name] = sha256(data).hexdigest()
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    (folder / "releases" / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    return folder


@cache
def digest(version: str) -> str:
    """The digest of a version of the example in one language."""
    with TemporaryDirectory() as folder:
        copy = write_one_language(Path(folder) / "charter")
        return sha256((copy / "releases" / f"{version}.json").read_bytes()).hexdigest()


def _without(path: Path, key: str) -> None:
    """Take out the lines of a file that begin with a key."""
    text = re.sub(rf"(?m)^{key}.*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8", newline="\n")
