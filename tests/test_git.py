"""What git says, and what is said where git cannot."""

import subprocess

import pytest

from press import git
from press.errors import PressError


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
    assert git.commit_date(repository) == "2027-05-03"


def test_where_there_is_no_repository_there_is_no_date(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git.commit_date(tmp_path) == ""


def test_a_refusal_is_told_in_gits_own_words(repository):
    with pytest.raises(PressError, match="Needed a single revision"):
        git.run(repository, "rev-parse", "--verify", "nosuchref^{commit}", "--")


def test_an_argument_never_reaches_a_shell(repository):
    with pytest.raises(PressError):
        git.run(repository, "show", "HEAD; touch broken")
    assert not (repository / "broken").exists()


def test_a_missing_git_is_said_in_plain_words(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PressError, match="git is not installed here"):
        git.run(repository, "status")
