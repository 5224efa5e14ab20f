"""Fixtures for tests of commands."""

from __future__ import annotations

import pytest

from builders import release_draft, write_charter


@pytest.fixture
def working_folder(tmp_path, monkeypatch):
    """An empty working folder in no repository, with none of the command's variables set."""
    monkeypatch.chdir(tmp_path)
    for name in ("CHARTER_SOURCE", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture
def draft(working_folder):
    """A small charter in the working folder, without a version."""
    return write_charter(working_folder)


@pytest.fixture
def version(draft):
    """A small charter in the working folder, with version 1.0.0."""
    release_draft(draft, first=True)
    return draft
