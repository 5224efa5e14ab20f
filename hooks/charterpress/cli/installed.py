"""The generator that is installed here → its version, and the digests by which others get the same."""

from __future__ import annotations

import hashlib
import json
import sys
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from charterpress.cli.command_line import PROGRAM
from charterpress.cli.progress import progress_message
from charterpress.editing.starter import Package
from charterpress.storage.programs import run_program
from charterpress.text.interface import gettext as _

_ORIGIN = "direct_url.json"
"""Where an installer notes what it installed, if it was no index that it came from (PEP 610)."""


def installed_package() -> Package:
    """Return the package that runs now. One that was installed from a file has that file and its digest; one
    from an index has the digest of what pip gets from there. One that runs from a copy of its source, and one
    that can be got from nowhere, has none."""
    distribution = metadata.distribution(PROGRAM)
    origin = json.loads(distribution.read_text(_ORIGIN) or "null")
    if origin is None:
        return _from_index(distribution.version)
    return _from_archive(distribution.version, origin)


def _from_archive(version: str, origin: dict[str, Any]) -> Package:
    """The package that an installer took from the address in `origin`."""
    archive, address = origin.get("archive_info"), urlsplit(str(origin.get("url", "")))
    if archive is None:  # a folder, or a commit
        return Package(version=version)
    file = Path(url2pathname(address.path))
    if address.scheme == "file" and file.is_file():
        data = file.read_bytes()
        return Package(version=version, digests=(_digest(data),), file=unquote(file.name), data=data)
    noted = archive.get("hashes", {}).get("sha256") or archive.get("hash", "").removeprefix("sha256=")
    return Package(version=version, digests=(noted,) if noted else ())


def _from_index(version: str) -> Package:
    """The package that pip gets from where this installation gets its packages."""
    quick = ("--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1", "--timeout", "10")
    with TemporaryDirectory() as folder, progress_message(_("Asking for the digest of this version")):
        command = [sys.executable, "-m", "pip", "download", *quick, "--no-deps", "--dest", folder]
        run_program([*command, f"{PROGRAM}=={version}"])
        return Package(
            version=version, digests=tuple(_digest(path.read_bytes()) for path in Path(folder).iterdir())
        )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
