"""The only writer: all or nothing."""

from pathlib import Path

import pytest

from press import publish


def test_a_file_is_written_with_the_folders_it_needs(tmp_path):
    publish.write(tmp_path / "a" / "b.txt", b"words")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"words"


def test_a_file_that_is_there_is_replaced_whole(tmp_path):
    path = tmp_path / "b.txt"
    path.write_bytes(b"a much longer text than the new one")
    publish.write(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    """The disk is full at the last step, when the new file is to take the old one's place."""
    path = tmp_path / "b.txt"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        publish.write(path, b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"b.txt": b"old"}
