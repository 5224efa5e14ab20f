"""Where a build keeps what it made, and what it does where it cannot."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from charterpress.hosts.caches import caches
from charterpress.hosts.settings import HostSettings
from charterpress.model.errors import CharterError


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The user's cache folder, which does not exist yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_folder_is_the_users_and_shared_by_all_sites(home, tmp_path):
    one, other = (caches(HostSettings(), tmp_path / name) for name in ("one", "other"))
    assert one == other
    assert (one.fonts, one.made, one.templates) == tuple(
        home / "charterpress" / kind for kind in ("fonts", "made", "templates")
    )


def test_mkdocs_yml_may_name_folders_of_its_own(home, tmp_path):
    kept = caches(HostSettings(made_cache="kept/made"), tmp_path)
    assert (kept.made, kept.fonts) == (tmp_path / "kept/made", home / "charterpress/fonts")


def test_a_folder_that_cannot_be_written_costs_time_and_is_named_once(home, tmp_path, caplog):
    """A file in its place lets not even the superuser write there."""
    home.write_text("a file")
    with caplog.at_level(logging.INFO, "mkdocs.hooks.charter"):
        kept = [caches(HostSettings(), tmp_path) for _ in range(2)]
    assert kept[0] == kept[1]
    assert kept[0].made.parent.is_dir()
    assert not kept[0].made.is_relative_to(tmp_path)
    (record,) = caplog.records
    assert record.getMessage() == (
        f"the cache folder {home}/charterpress cannot be written (Not a directory), so everything is made "
        "anew, which takes longer"
    )


def test_what_somebody_else_wrote_in_it_is_noticed(home, tmp_path):
    (home / "charterpress").mkdir(parents=True)
    (home / "charterpress/made").write_text("not a folder")
    assert not caches(HostSettings(), tmp_path).templates.is_relative_to(home)


def test_a_home_that_nobody_knows_is_not_made_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/charterpress"))
    assert caches(HostSettings(), tmp_path).made.is_absolute()
    assert list(tmp_path.iterdir()) == []


def test_without_a_temporary_folder_either_it_says_what_to_set(home, tmp_path, monkeypatch):
    home.write_text("a file")
    monkeypatch.setattr("tempfile.mkdtemp", lambda **_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CharterError, match="set XDG_CACHE_HOME to a folder that can be written"):
        caches(HostSettings(), tmp_path)
