"""What git says, and what is said where git cannot."""

import hashlib
import subprocess

import pytest

from charterpress.model.errors import CharterError, UsageError
from charterpress.storage.git import added_on, changed_since, commit_date, files_at, first_added, run_git
from commands import commit_all, git


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit, made on the evening of 3 May 2027 west of the date line."""
    run = ["git", "-C", tmp_path, "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*run, "init", "--quiet"], check=True)
    when = "2027-05-03T23:30:00-11:00"
    env = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when, "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run([*run, "commit", "--quiet", "--allow-empty", "-m", "first"], check=True, env=env)
    return tmp_path


def test_the_date_of_a_commit_is_the_day_its_writer_saw(repository, monkeypatch):
    """The time zone of whoever builds makes no difference."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert commit_date(repository) == "2027-05-03"


def test_where_there_is_no_repository_there_is_no_date(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_date(tmp_path) == ""


def test_a_refusal_is_told_in_gits_own_words(repository):
    with pytest.raises(CharterError, match="Needed a single revision"):
        run_git(repository, "rev-parse", "--verify", "nosuchref^{commit}", "--")


def test_an_argument_never_reaches_a_shell(repository):
    with pytest.raises(CharterError):
        run_git(repository, "show", "HEAD; touch broken")
    assert not (repository / "broken").exists()


def test_a_missing_git_is_said_in_plain_words(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CharterError, match="git is not installed here"):
        run_git(repository, "status")


# --- What changed, and what stood in a file ----------------------------------------------------------


@pytest.fixture
def charter(repository):
    """A charter's folder within the repository, with one release, committed on `main`."""
    git("checkout", "--quiet", "-B", "main", folder=repository)
    put(repository, "charter/releases/1.0.0.json", "one")
    put(repository, "other/releases/9.9.9.json", "not ours")
    commit_all(repository)
    return repository / "charter"


def put(folder, path, text):
    """Writes a file."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def digest(text):
    """What `sha256sum` says of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def test_changed_files_are_named_from_the_folder(charter):
    for name in ("a", "b", "c"):
        put(charter, f"{name}.md", name)
    commit_all(charter)
    git("checkout", "--quiet", "-b", "change", folder=charter)
    put(charter, "a.md", "committed")
    commit_all(charter)
    put(charter, "b.md", "not committed")
    put(charter, "d.md", "new")
    put(charter, "../other/e.md", "elsewhere")
    (charter / "c.md").unlink()
    assert changed_since(charter, "main") == {"a.md", "b.md", "c.md", "d.md"}


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "", "main..main"])
def test_a_ref_that_git_does_not_know_is_said(charter, ref):
    with pytest.raises(UsageError, match=f"“{ref}”"):
        changed_since(charter, ref)


def test_files_are_as_they_stood_where_the_branches_parted(charter):
    git("checkout", "--quiet", "-b", "change", folder=charter)
    put(charter, "releases/1.0.0.json", "forged")
    commit_all(charter)
    git("checkout", "--quiet", "main", folder=charter)
    put(charter, "releases/1.1.0.json", "two")
    commit_all(charter)
    git("checkout", "--quiet", "change", folder=charter)
    assert files_at(charter, "main", "releases") == {"releases/1.0.0.json": digest("one")}
    assert files_at(charter, "main", "nowhere") == {}


def test_a_branch_says_on_which_day_it_took_in_each_file(charter, monkeypatch):
    """With the merge, not with the commit of a branch; anew for one that was deleted and came again."""

    def commit_on(day, path, text):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+00:00")
        if text:
            put(charter, path, text)
        else:
            (charter / path).unlink()
        commit_all(charter)

    commit_on("2027-06-01", "signatories/a.yml", "a")
    commit_on("2027-06-02", "signatories/b.yml", "b")
    commit_on("2027-06-03", "signatories/b.yml", "")
    git("checkout", "--quiet", "-b", "proposal", folder=charter)
    commit_on("2027-06-04", "signatories/ŵ c.yml", "c")
    git("checkout", "--quiet", "main", folder=charter)
    commit_on("2027-06-05", "signatories/b.yml", "b again")
    commit_on("2027-06-06", "signatories/a.yml", "a, corrected")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2027-06-07T12:00:00+00:00")
    git("merge", "--quiet", "--no-ff", "-m", "x", "proposal", folder=charter)
    assert added_on(charter, "signatories") == {
        "signatories/a.yml": "2027-06-01",
        "signatories/b.yml": "2027-06-05",
        "signatories/ŵ c.yml": "2027-06-07",
    }
    git("clone", "--quiet", "--depth", "1", f"file://{charter.parent}", "shallow", folder=charter.parent)
    assert added_on(charter.parent / "shallow/charter", "signatories") is None


def test_a_file_is_remembered_as_it_was_first_added(charter):
    put(charter, "releases/1.1.0.json", "two\n\0\n")
    commit_all(charter)
    put(charter, "releases/1.0.0.json", "forged")
    commit_all(charter)
    git("mv", "releases/1.1.0.json", "releases/1.2.0.json", folder=charter)
    commit_all(charter)
    (charter / "releases/1.2.0.json").unlink()
    commit_all(charter)
    put(charter, "releases/1.1.0.json", "forged too")
    commit_all(charter)
    assert first_added(charter, "releases") == {
        "releases/1.0.0.json": digest("one"),
        "releases/1.1.0.json": digest("two\n\0\n"),
        "releases/1.2.0.json": digest("two\n\0\n"),
    }


def test_a_file_that_came_with_a_merge_is_remembered_from_its_branch(charter):
    """And so is one that only the merge itself added."""
    git("checkout", "--quiet", "-b", "change", folder=charter)
    put(charter, "releases/1.1.0.json", "two")
    commit_all(charter)
    git("checkout", "--quiet", "main", folder=charter)
    put(charter, "preamble.md", "words")
    commit_all(charter)
    git("merge", "--quiet", "--no-commit", "change", folder=charter)
    put(charter, "releases/1.1.0.json", "forged while merging")
    put(charter, "releases/1.2.0.json", "three")
    commit_all(charter)
    assert first_added(charter, "releases") == {
        "releases/1.0.0.json": digest("one"),
        "releases/1.1.0.json": digest("two"),
        "releases/1.2.0.json": digest("three"),
    }


def test_without_the_whole_history_nothing_is_told(charter, tmp_path, monkeypatch):
    shallow, empty, nothing = (tmp_path / name for name in ("shallow", "empty", "nothing"))
    commit_more = tmp_path / "charter" / "more.md"
    commit_more.write_text("more")
    commit_all(charter)
    git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", str(shallow), folder=tmp_path)
    git("init", "--quiet", str(empty), folder=tmp_path)
    nothing.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert [first_added(folder, "releases") for folder in (shallow, empty, nothing)] == [None] * 3
    monkeypatch.setenv("PATH", "")
    assert first_added(charter, "releases") is None
