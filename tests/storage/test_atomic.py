"""The only writer: all or nothing."""

import errno
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from charterpress.model.errors import CharterError
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from charterpress.storage.cache import cached_bytes
from commands import file_contents


def test_a_file_is_written_with_the_folders_it_needs_and_replaced_whole(tmp_path):
    for words in (b"a much longer text than the new one", b"new"):
        atomic.write_file(tmp_path / "a" / "b.txt", words)
        assert state(tmp_path) == {"a/b.txt": words}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    """The disk is full at the last step, when the new file is to take the old one's place."""
    path = tmp_path / "b.txt"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        atomic.write_file(path, b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"b.txt": b"old"}


def test_the_rights_of_a_file_stay_and_a_new_one_is_for_everybody(tmp_path):
    """A temporary file is its writer's alone; what is published is not."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o600)
    for path in (old, new):
        atomic.write_file(path, b"words")
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
from charterpress.storage import atomic
left = int(sys.argv[1])
def hook(event, arguments):
    global left
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "ctypes.dlsym"):
        left -= 1
        if left < 0:
            os._exit(9)
"""
"""The start of a program that is killed when it is about to touch the disk for the n-th time."""
WRITE = f'atomic.write_files(Path("FOLDER"), {WRITES}, {REMOVES}, beside="releases")'
HOOKED = "sys.addaudithook(hook)\n"
FINISH = 'atomic.finish_writing(Path("FOLDER"), beside="releases")'


@pytest.fixture
def folder(tmp_path):
    """The old state."""
    for path, content in OLD.items():
        atomic.write_file(tmp_path / path, content)
    return tmp_path


def state(folder):
    """Every file there is, with what it holds."""
    return {path: data for path, data in file_contents(folder).items() if data is not None}


def killed(after, code):
    """Whether a program was killed before it was done."""
    environment = {"PYTHONPATH": str(Path(atomic.__file__).parents[2])}
    command = [sys.executable, "-S", "-B", "-c", KILLED + code, str(after)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


def test_several_files_are_written_and_others_removed(folder):
    atomic.write_files(folder, WRITES, REMOVES, beside="releases")
    assert state(folder) == NEW
    assert sorted(path.name for path in (folder / "releases").iterdir()) == ["1.json", "2.json", "SHA256SUMS"]


def test_killed_at_any_step_it_leaves_the_old_state_or_the_new_one(folder):
    """Before the moment of decision nothing has changed, and after it `finish` goes on. Both are seen."""
    ends = []
    for after in itertools.count():
        root = Path(shutil.copytree(folder, folder.parent / f"copy-{after}"))
        if not killed(after, HOOKED + WRITE.replace("FOLDER", str(root))):
            break
        written = atomic.finish_writing(root, beside="releases")
        assert atomic.finish_writing(root, beside="releases") == ()
        assert state(root) == (NEW if written else OLD) or (not written and state(root) == NEW)
        assert not {path.name for path in root.rglob("*")} & {atomic.STAGED, atomic.UNFINISHED}
        ends.append(state(root) == NEW)
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


@pytest.mark.long
def test_going_on_may_be_killed_at_any_step_too(folder):
    at = next(n for n in itertools.count() if decided(folder, n))
    for after in itertools.count():
        root = folder.parent / f"decided-{at}"
        again = Path(shutil.copytree(root, folder.parent / f"again-{after}"))
        if not killed(after, HOOKED + FINISH.replace("FOLDER", str(again))):
            break
        atomic.finish_writing(again, beside="releases")
        assert state(again) == NEW


def decided(folder, after):
    """Whether a process that is killed so late has decided; its folder stays as decided-<after>."""
    root = Path(shutil.copytree(folder, folder.parent / f"decided-{after}"))
    assert killed(after, HOOKED + WRITE.replace("FOLDER", str(root)))
    return (root / "releases" / atomic.UNFINISHED).exists()


def test_nothing_is_begun_while_something_is_unfinished(folder):
    (folder / "releases" / atomic.UNFINISHED).mkdir()
    with pytest.raises(CharterError, match="has to be completed first"):
        atomic.write_files(folder, WRITES, beside="releases")
    assert state(folder) == OLD


def test_a_disk_that_is_full_changes_nothing(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space left"):
            atomic.write_files(folder, WRITES, REMOVES, beside="releases")
    assert atomic.finish_writing(folder, beside="releases") == ()
    assert state(folder) == OLD


# --- What is made once -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda _: b"another file", lambda kept: kept[:-1], lambda kept: kept + b"!"],
    ids=["emptied", "overwritten", "cut", "longer"],
)
def test_what_was_made_is_kept_and_made_again_where_it_is_not_whole(tmp_path, damage):
    made = []

    def make():
        made.append(1)
        return b"\x00bytes\n"

    path = tmp_path / "folder" / "kept"
    assert [cached_bytes(path, make) for _ in range(3)] == [b"\x00bytes\n"] * 3
    assert len(made) == 1
    path.write_bytes(damage(path.read_bytes()))
    assert [cached_bytes(path, make) for _ in range(2)] == [b"\x00bytes\n"] * 2
    assert len(made) == 2


@pytest.mark.parametrize("path", ["a-file/kept", "a-folder"], ids=["no place to keep it", "a folder there"])
def test_what_cannot_be_kept_is_made_every_time(tmp_path, path):
    (tmp_path / "a-file").touch()
    (tmp_path / "a-folder" / "inside").mkdir(parents=True)
    made = iter([b"1", b"2"])
    assert [cached_bytes(tmp_path / path, lambda: next(made)) for _ in range(2)] == [b"1", b"2"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a-file", "a-folder"]


def test_what_could_not_be_made_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        cached_bytes(tmp_path / "kept", lambda: bytes(1 // 0))
    assert list(tmp_path.iterdir()) == []


# --- A folder that nobody reads yet ------------------------------------------------------------------


def test_a_folder_is_filled_with_files_as_they_come(tmp_path):
    """Each is on the disk before the next is asked for, so that none has to be kept."""
    seen = []

    def files():
        for name in ("a/index.html", "a/b/c.svg", "d.txt"):
            seen.append(sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.*")))
            yield name, name.encode()

    atomic.write_new_files(tmp_path, files())
    assert seen == [[], ["a/index.html"], ["a/b/c.svg", "a/index.html"]]
    assert (tmp_path / "a/b/c.svg").read_bytes() == b"a/b/c.svg"


@pytest.mark.parametrize("address", ["../a", "a/../../b", "/etc/a", "a//b", "a/", "", ".", "a/./b"])
def test_no_file_is_put_outside_of_the_folder(tmp_path, address):
    folder = tmp_path / "site"
    folder.mkdir()
    with pytest.raises(CharterError, match="is not a valid address"):
        atomic.write_new_files(folder, [(address, b"words")])
    assert list(tmp_path.rglob("*")) == [folder]


# --- A whole folder in one step ----------------------------------------------------------------------


@pytest.fixture
def site(tmp_path):
    """An old site, in a folder of its own."""
    site = tmp_path / "public" / "site"
    atomic.write_file(site / "index.html", b"old")
    return site


def beside(site):
    """What lies beside the site."""
    return sorted(each.name for each in site.parent.iterdir() if each != site)


@pytest.fixture(params=["one step", "two steps"])
def steps(request, monkeypatch):
    """With and without a system that can exchange two folders."""
    if request.param == "two steps":
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    return request.param


def test_a_folder_takes_the_place_of_another(site, steps):
    stage = atomic.stage_folder(site)
    atomic.write_new_files(stage.new, [("a/index.html", b"new")])
    assert state(site) == {"index.html": b"old"}
    atomic.replace_folder(stage)
    assert (state(site), beside(site)) == ({"a/index.html": b"new"}, [])


def test_where_there_was_none_it_is_the_first(tmp_path):
    stage = atomic.stage_folder(tmp_path / "not" / "there" / "site")
    atomic.write_new_files(stage.new, [("index.html", b"new")])
    atomic.replace_folder(stage)
    assert state(tmp_path) == {"not/there/site/index.html": b"new"}


def test_a_folder_that_is_dropped_leaves_the_old_one(site):
    stage = atomic.stage_folder(site)
    atomic.write_new_files(stage.new, [("index.html", b"half")])
    atomic.discard(stage)
    assert (state(site), beside(site)) == ({"index.html": b"old"}, [])


def test_there_is_no_moment_without_a_site(site):
    """A reader that looks all the time, while many new ones take the place of each other, always finds
    one."""
    if not atomic._exchange(site, Path(shutil.copytree(site, site.with_name("other")))):  # noqa: SLF001
        pytest.skip("this system has no step that exchanges two folders")
    code = (
        "import os, sys\n"
        "while os.path.exists(sys.argv[2]):\n"
        "    if not os.path.isdir(sys.argv[1]): sys.exit(1)\n"
    )
    (go := site.parent / "go").touch()
    with subprocess.Popen([sys.executable, "-S", "-c", code, site, go]) as reader:
        for _ in range(30):
            stage = atomic.stage_folder(site)
            atomic.write_new_files(stage.new, [("index.html", b"new")])
            atomic.replace_folder(stage)
        go.unlink()
        assert reader.wait(timeout=30) == 0


def test_what_is_hidden_in_the_old_folder_is_kept(site, steps):
    """As MkDocs does: the folder may be a branch of git that is published."""
    atomic.write_file(site / ".git" / "config", b"mine")
    atomic.write_file(site / ".nojekyll", b"")
    (site / ".linked").symlink_to("nowhere")
    stage = atomic.stage_folder(site)
    atomic.write_new_files(stage.new, [("index.html", b"new")])
    atomic.replace_folder(stage)
    assert state(site) == {".git/config": b"mine", ".nojekyll": b"", "index.html": b"new"}
    assert (site / ".linked").is_symlink()


def test_a_folder_behind_a_link_is_replaced_where_it_lies(site):
    link = site.parent / "link"
    link.symlink_to(site)
    stage = atomic.stage_folder(link)
    atomic.write_new_files(stage.new, [("index.html", b"new")])
    atomic.replace_folder(stage)
    assert link.is_symlink()
    assert state(site) == {"index.html": b"new"}


def test_the_rights_of_the_folder_stay(site, steps):
    site.chmod(0o711)
    other = site.with_name("other")
    umask = os.umask(0o022)
    try:
        for each in (site, other):
            atomic.replace_folder(atomic.stage_folder(each))
    finally:
        os.umask(umask)
    assert [each.stat().st_mode & 0o777 for each in (site, other)] == [0o711, 0o755]


def test_two_may_fill_one_each_and_the_last_stays(site, steps):
    """Neither takes what the other is filling for a leftover."""
    one, two = atomic.stage_folder(site), atomic.stage_folder(site)
    for stage, words in ((one, b"one"), (two, b"two")):
        atomic.write_new_files(stage.new, [("index.html", words)])
        assert state(site) != {"index.html": words}
        atomic.replace_folder(stage)
        assert state(site) == {"index.html": words}
    assert beside(site) == []


def test_a_refusal_at_the_last_step_leaves_the_old_folder(site, monkeypatch):
    stage = atomic.stage_folder(site)
    rename = Path.rename

    def refusing(self, target):
        if self == stage.new:
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(OSError, match="No space left"):
        atomic.replace_folder(stage)
    atomic.discard(stage)
    assert (state(site), beside(site)) == ({"index.html": b"old"}, [])


TWO_STEPS = "atomic._exchange = lambda *_: False\n"
REPLACE = """
stage = atomic.stage_folder(Path("FOLDER"))
sys.addaudithook(hook)
atomic.write_new_files(stage.new, [("index.html", b"new")])
atomic.replace_folder(stage)
"""


@pytest.mark.parametrize("how", ["one step", "two steps"])
def test_killed_at_any_step_there_is_the_old_site_or_the_new_one(site, how):
    """With two steps the next build puts back what was about to be replaced. Nothing is left then."""
    ends, missing = [], 0
    for after in itertools.count():
        root = Path(shutil.copytree(site.parent, site.parent.with_name(f"copy-{after}"))) / "site"
        if not killed(after, TWO_STEPS * (how == "two steps") + REPLACE.replace("FOLDER", str(root))):
            break
        missing += not root.exists()
        assert root.exists() or how == "two steps"
        atomic.discard(atomic.stage_folder(root))
        ends.append(state(root)["index.html"])
        assert beside(root) == []
    assert ends == sorted(ends, reverse=True)
    assert set(ends) == {b"old", b"new"}
    assert missing == (how == "two steps")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "site").write_bytes(b"a file")
    with pytest.raises(NotADirectoryError) as refused:
        atomic.stage_folder(tmp_path / "site")
    assert refused.value.filename == str(tmp_path / "site")
    assert beside(tmp_path / "site") == []


# --- One at a time -----------------------------------------------------------------------------------


def test_one_command_at_a_time_writes_in_a_folder(tmp_path):
    told = pytest.raises(CharterError, match="another command is writing in")
    with exclusive_lock(tmp_path), told, exclusive_lock(tmp_path):
        pass
    with exclusive_lock(tmp_path), exclusive_lock(tmp_path / "not there"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_refusal_says_which_file_it_is_about(tmp_path):
    (tmp_path / "a.txt").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as refused:
        atomic.write_new_files(tmp_path, [("a.txt", b"words")])
    assert refused.value.filename == f"{tmp_path}/a.txt"
