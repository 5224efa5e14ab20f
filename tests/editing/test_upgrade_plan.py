"""What an upgrade does with a file: by what was written, what is there, and what would be written now."""

from __future__ import annotations

import hashlib

import pytest

from charterpress.editing.upgrade.plan import (
    Action,
    FileChange,
    Found,
    Repository,
    digests_after,
    plan_upgrade,
)
from charterpress.model.errors import CharterError
from charterpress.storage.merges import merge_texts

OLD, NEW, OWN, BOTH = b"a\nb\nc\nd\ne\n", b"A\nb\nc\nd\ne\n", b"a\nb\nc\nd\nE\n", b"A\nb\nc\nd\nE\n"
CLASH = b"alpha\nb\nc\nd\ne\n"


def sha(data):
    return hashlib.sha256(data).hexdigest()


def plan(written=None, new=None, there=None, *, known=True, blocked="", path="ci.yml"):
    """The change of one file that was `written`, would be `new`, and is `there`; `known` if git still has
    what was written."""
    repository = Repository(
        found=lambda _: Found(data=there, blocked=blocked),
        original=lambda _, digest: written if known and written and digest == sha(written) else None,
        merge=merge_texts,
    )
    before = {path: sha(written)} if written is not None else {}
    changes = plan_upgrade(before, {path: new} if new is not None else {}, repository)
    return changes[0] if changes else None


@pytest.mark.parametrize(
    ("written", "new", "there", "action", "after"),
    [
        (OLD, NEW, OLD, Action.UPDATE, NEW),
        (OLD, NEW, OWN, Action.MERGE, BOTH),
        (OLD, NEW, CLASH, Action.LEAVE, None),
        (None, NEW, None, Action.ADD, NEW),
        (None, NEW, OWN, Action.LEAVE, None),
        (OLD, None, OLD, Action.REMOVE, None),
        (OLD, None, OWN, Action.LEAVE, None),
        (OLD, NEW, b"", Action.LEAVE, None),
        (b"", NEW, b"", Action.UPDATE, NEW),
    ],
    ids=["unchanged", "merged", "conflict", "new", "new name is taken", "given up", "given up and changed",
         "emptied", "empty before"],
)  # fmt: skip
def test_each_case_has_its_action(written, new, there, action, after):
    change = plan(written, new, there)
    assert (change.action, change.after) == (action, after)


@pytest.mark.parametrize(
    ("written", "new", "there"),
    [
        (OLD, OLD, OLD),
        (OLD, OLD, OWN),
        (OLD, OLD, None),
        (OLD, NEW, NEW),
        (OLD, NEW, None),
        (OLD, None, None),
        (None, NEW, NEW),
        (OLD, NEW, NEW.replace(b"\n", b"\r\n")),
        (OLD, NEW, BOTH),
    ],
    ids=["nothing new", "changed by somebody", "deleted", "done already", "deleted, and new",
         "gone from both", "there already", "done in a check-out with CRLF", "merged already"],
)  # fmt: skip
def test_where_there_is_nothing_to_do_there_is_no_change(written, new, there):
    assert plan(written, new, there) is None


def test_without_the_original_a_changed_file_is_left_and_the_difference_to_it_shown():
    change = plan(OLD, NEW, OWN, known=False)
    assert change == FileChange(
        path="ci.yml", action=Action.LEAVE, why="you have changed it", shown=(OWN, NEW)
    )


def test_a_check_out_with_crlf_is_unchanged_and_stays_so():
    crlf = [each.replace(b"\n", b"\r\n") for each in (OLD, NEW, OWN, BOTH)]
    assert plan(OLD, NEW, crlf[0]) == FileChange(
        path="ci.yml", action=Action.UPDATE, after=crlf[1], shown=(OLD, NEW)
    )
    assert plan(OLD, NEW, crlf[2]).after == crlf[3]
    assert plan(OLD, None, crlf[0]).action is Action.REMOVE


def test_bytes_that_are_no_text_are_compared_as_they_are():
    assert plan(b"\0a\r\n", b"\0b\r\n", b"\0a\r\n").after == b"\0b\r\n"
    assert plan(b"\0a\n", b"\0b\n", b"\0a\r\n").action is Action.LEAVE


def test_what_is_no_plain_file_is_left():
    assert plan(OLD, NEW, blocked="it is a link").action is Action.LEAVE


@pytest.mark.parametrize("path", ["charter/charter.yml", "charter/releases/1.0.0.json", "docs/index.md"])
def test_the_words_of_a_charter_are_never_touched(path):
    for written, new, there in ((OLD, NEW, OLD), (None, NEW, None), (OLD, None, OLD)):
        assert plan(written, new, there, path=path) is None


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", "a//b", "", ".", "a/.", ".git/hooks/pre-commit", ".GIT/config", "C:/x",
     "a\\b", "a\nb", "a\0b", "x" * 300],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_is_refused(path):
    with pytest.raises(CharterError, match="is not a file of a repository"):
        plan(OLD, None, OLD, path=path)


def test_the_record_has_what_would_be_written_and_keeps_what_is_left():
    written = {"a": sha(OLD), "requirements.txt": sha(OLD), "charter/charter.yml": sha(OLD), "gone": sha(OLD)}
    new = {"a": NEW, "requirements.txt": NEW, "charter/charter.yml": NEW, "b": NEW}
    assert digests_after(written, new, ["requirements.txt"]) == {
        "a": sha(NEW),
        "b": sha(NEW),
        "requirements.txt": sha(OLD),
        "charter/charter.yml": sha(OLD),
    }
