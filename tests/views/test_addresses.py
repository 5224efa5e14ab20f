"""The addresses of the site are written out in one module alone."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "hooks/charterpress"
WRITTEN = re.compile(
    r"""["'}|](?:\.\./)*(?:charter|signatories|versions|practice|draft|feeds|schemas|sign|propose)/(?!\S+\.(?:html|schema))"""
)
SOURCE_FOLDERS = ("checks/files.py", "cli/init.py", "read/folder.py")
"""Modules that name folders of a charter's source, some of which are called the same."""


@pytest.mark.parametrize("folder", ["hooks", "overrides"])
def test_no_other_file_writes_out_an_address_of_the_site(folder):
    """So that an address can be found, and changed, in one place."""
    kept = [PACKAGE / "views/addresses.py", *(PACKAGE / name for name in SOURCE_FOLDERS)]
    files = [each for ending in ("py", "html", "typ") for each in (ROOT / folder).rglob(f"*.{ending}")]
    found = [
        f"{file.relative_to(ROOT)}:{place}: {line.strip()}"
        for file in files
        if file not in kept
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if WRITTEN.search(line)
    ]
    assert found == []
