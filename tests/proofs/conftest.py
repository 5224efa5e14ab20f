"""Authorities whose time-stamps count in these tests, and releases to be stamped."""

from __future__ import annotations

import pytest

from time_stamping import Authority, known_authorities


@pytest.fixture(scope="session")
def north():
    return Authority("North")


@pytest.fixture(scope="session")
def south():
    return Authority("South")


@pytest.fixture
def known(north, south, tmp_path, monkeypatch):
    """Two authorities that count."""
    return known_authorities(monkeypatch, tmp_path / "authorities.toml", north, south)
