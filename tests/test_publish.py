"""The only writer: all or nothing."""

import itertools
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from press import publish
from press.errors import PressError


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


def test_the_rights_of_a_file_stay_and_a_new_one_is_for_everybody(tmp_path):
    """A temporary file is its writer's alone; what is published is not."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o600)
    for path in (old, new):
        publish.write(path, b"words")
    assert [path.stat().st_mode & 0o777 for path in (old, new)] == [0o600, 0o644]


# --- Several files at once ---------------------------------------------------------------------------

OLD = {"LOG.md": b"old", "releases/SHA256SUMS": b"one\n", "releases/1.json": b"1", "changes/note.md": b"why"}
NEW = {
    "LOG.md": b"new",
    "releases/SHA256SUMS": b"one\ntwo\n",
    "releases/1.json": b"1",
    "releases/2.json": b"2",
}
WRITES = {path: content for path, content in NEW.items() if OLD.get(path) != content}
REMOVES = ["changes/note.md"]

KILLED = """
import os, sys
from pathlib import Path
from press import publish
left = int(sys.argv[2])
def hook(event, arguments):
    global left
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(hook)
if sys.argv[3] == "write":
    publish.write_all(Path(sys.argv[1]), {writes}, {removes}, beside="releases")
else:
    publish.finish(Path(sys.argv[1]), beside="releases")
"""
"""Does one or the other, and is killed when it is about to touch the disk for the n-th time."""


@pytest.fixture
def folder(tmp_path):
    """The old state."""
    for path, content in OLD.items():
        publish.write(tmp_path / path, content)
    return tmp_path


def state(folder):
    """Every file there is, with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def killed(folder, after, what):
    """Whether the process was killed before it was done."""
    code = KILLED.replace("{writes}", repr(WRITES)).replace("{removes}", repr(REMOVES))
    environment = {"PYTHONPATH": str(Path(publish.__file__).parents[1])}
    command = [sys.executable, "-S", "-B", "-c", code, str(folder), str(after), what]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


def test_several_files_are_written_and_others_removed(folder):
    """Nothing else is left behind."""
    publish.write_all(folder, WRITES, REMOVES, beside="releases")
    assert state(folder) == NEW
    assert sorted(path.name for path in (folder / "releases").iterdir()) == ["1.json", "2.json", "SHA256SUMS"]


def test_killed_at_any_step_it_leaves_the_old_state_or_the_new_one(folder):
    """Before the moment of decision nothing has changed, and after it `finish` goes on. Both are seen."""
    ends = []
    for after in itertools.count():
        root = Path(shutil.copytree(folder, folder.parent / f"copy-{after}"))
        if not killed(root, after, "write"):
            break
        written = publish.finish(root, beside="releases")
        assert publish.finish(root, beside="releases") == ()
        assert state(root) == (NEW if written else OLD) or (not written and state(root) == NEW)
        assert not {path.name for path in root.rglob("*")} & {publish.STAGED, publish.UNFINISHED}
        ends.append(state(root) == NEW)
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


def test_going_on_may_be_killed_at_any_step_too(folder):
    """Once it is decided, every end is the new state."""
    at = next(n for n in itertools.count() if decided(folder, n))
    for after in itertools.count():
        root = folder.parent / f"decided-{at}"
        again = Path(shutil.copytree(root, folder.parent / f"again-{after}"))
        if not killed(again, after, "finish"):
            break
        publish.finish(again, beside="releases")
        assert state(again) == NEW


def decided(folder, after):
    """Whether a process that is killed so late has decided; its folder stays as decided-<after>."""
    root = Path(shutil.copytree(folder, folder.parent / f"decided-{after}"))
    assert killed(root, after, "write")
    return (root / "releases" / publish.UNFINISHED).exists()


def test_nothing_is_begun_while_something_is_unfinished(folder):
    """What was decided is not thrown away."""
    (folder / "releases" / publish.UNFINISHED).mkdir()
    with pytest.raises(PressError, match="has to be finished first"):
        publish.write_all(folder, WRITES, beside="releases")
    assert state(folder) == OLD


def test_a_disk_that_is_full_changes_nothing(folder, monkeypatch):
    """Not one of the files is written where one of them cannot be."""

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space left"):
            publish.write_all(folder, WRITES, REMOVES, beside="releases")
    assert publish.finish(folder, beside="releases") == ()
    assert state(folder) == OLD


# --- What is made once -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda _: b"another file", lambda kept: kept[:-1], lambda kept: kept + b"!"],
    ids=["emptied", "overwritten", "cut", "longer"],
)
def test_what_was_made_is_kept_and_made_again_where_it_is_not_whole(tmp_path, damage):
    """A full disk or a careless hand costs the time to make it again."""
    made = []

    def make():
        made.append(1)
        return b"\x00bytes\n"

    path = tmp_path / "folder" / "kept"
    assert [publish.once(path, make) for _ in range(3)] == [b"\x00bytes\n"] * 3
    assert len(made) == 1
    path.write_bytes(damage(path.read_bytes()))
    assert [publish.once(path, make) for _ in range(2)] == [b"\x00bytes\n"] * 2
    assert len(made) == 2


@pytest.mark.parametrize("path", ["a-file/kept", "a-folder"], ids=["no place to keep it", "a folder there"])
def test_what_cannot_be_kept_is_made_every_time(tmp_path, path):
    """A build needs what is made, not that it is kept."""
    (tmp_path / "a-file").touch()
    (tmp_path / "a-folder" / "inside").mkdir(parents=True)
    made = iter([b"1", b"2"])
    assert [publish.once(tmp_path / path, lambda: next(made)) for _ in range(2)] == [b"1", b"2"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a-file", "a-folder"]


def test_what_could_not_be_made_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        publish.once(tmp_path / "kept", lambda: bytes(1 // 0))
    assert list(tmp_path.iterdir()) == []


# --- A folder that nobody reads yet ------------------------------------------------------------------


def test_a_folder_is_filled_with_files_as_they_come(tmp_path):
    """Each is on the disk before the next is asked for, so that none has to be kept."""
    seen = []

    def files():
        for name in ("a/index.html", "a/b/c.svg", "d.txt"):
            seen.append(sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.*")))
            yield name, name.encode()

    publish.fill(tmp_path, files())
    assert seen == [[], ["a/index.html"], ["a/b/c.svg", "a/index.html"]]
    assert (tmp_path / "a/b/c.svg").read_bytes() == b"a/b/c.svg"


@pytest.mark.parametrize("address", ["../a", "a/../../b", "/etc/a", "a//b", "a/", "", ".", "a/./b"])
def test_no_file_is_put_outside_of_the_folder(tmp_path, address):
    folder = tmp_path / "site"
    folder.mkdir()
    with pytest.raises(PressError, match="is no address of a file"):
        publish.fill(folder, [(address, b"words")])
    assert list(tmp_path.rglob("*")) == [folder]
