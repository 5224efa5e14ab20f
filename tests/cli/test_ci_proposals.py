"""`charter ci check` and `comment`: what is said of proposals, honest ones and hostile ones,
from recorded payloads and commits."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from markdown_it import MarkdownIt

from builders import (
    FIRST,
    make_charter,
    make_signatory,
    release_draft,
    write_charter,
    write_note,
    write_signatory,
)
from charterpress.cli import main
from charterpress.cli.ci.judge import judge_merge
from charterpress.forges import Proposal
from charterpress.model import Severity
from commands import commit_all, git, init_repository, run_charter
from fake_github import BOT
from recorded import changed
from tiers import every_fourth

PULL, RUN = "pull_request.opened", "workflow_run.completed"


class Proposed:
    """A repository with a released charter and two signatories, and a proposal in a folder beside it."""

    def __init__(self, released, folder, capsys, github):
        self.repo, self.folder, self.capsys = folder / "repo", folder / "proposal", capsys
        self.github, self.summary, self.shown = github, folder / "summary.md", ""
        shutil.copytree(released, self.repo)
        git("init", "--quiet", "--bare", str(folder / "origin"))
        git("remote", "add", "origin", str(folder / "origin"), folder=self.repo)
        self.base = git("rev-parse", "HEAD", folder=self.repo)
        git("worktree", "add", "--quiet", "--detach", str(self.folder), folder=self.repo)

    def commit(self, change):
        """Makes the proposal of what `change`, a shell line or a function, does to its folder or index."""
        if isinstance(change, str):
            subprocess.run(["sh", "-c", change], cwd=self.folder, check=True)
        if isinstance(change, str) or change(self.folder) is None:
            git("add", "--all", folder=self.folder)
        git("commit", "--quiet", "--allow-empty", "--message", "y", folder=self.folder)
        return git("rev-parse", "HEAD", folder=self.folder)

    def ran(self, *arguments):
        """The exit code and output of a command, which reports no error of its own."""
        code, out, err = run_charter(self.capsys, *arguments)
        assert err == ""
        return code, out

    def event(self, name=PULL, **values):
        """The file with the payload about it, whose commit the host has."""
        head = git("rev-parse", "HEAD", folder=self.folder)
        git("push", "--quiet", "--force", "origin", f"{head}:refs/pull/12/head", folder=self.folder)
        sides = {"pull_request__base__sha": self.base, "pull_request__head__sha": head}
        file = self.repo.parent / f"{name}.json"
        file.write_bytes(changed(name, **((sides if name == PULL else {}) | values)))
        return str(file)

    def answer(self, event=None):
        """The exit code of `charter ci comment`, and the comment."""
        code, out = self.ran("ci", "comment", "--event", event or self.event())
        assert out == ""
        mark, _, body = self.github.body("POST issues/12/comments")["body"].partition("\n")
        assert mark == "<!-- charter: what this changes -->"
        self.github.holds()
        return code, body

    def judged(self, event=None):
        """The exit code and output of `charter ci check`, and the states of the status that it set; `shown`
        is what the host shows with the run."""
        self.summary.write_text("")
        code, out = self.ran("ci", "check", "--event", event or self.event())
        self.shown = self.summary.read_text()
        head = git("rev-parse", "HEAD", folder=self.folder)
        assert {place for place, _ in self.github.told} == {f"POST statuses/{head}"}
        states = [body["state"] for _, body in self.github.told if body["context"] == "check the words"]
        self.github.holds()
        return code, out, states


@pytest.fixture
def proposed(released, tmp_path, monkeypatch, capsys, github):
    """A proposal that is made by commits, in the folder that a workflow works in."""
    made = Proposed(released, tmp_path, capsys, github)
    monkeypatch.chdir(made.repo)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(made.summary))
    return made


def indexed(*paths, mode="100644", words="x\n", before=lambda folder: None):
    """A change that puts files into the commit alone: no folder here could hold them."""

    def change(folder):
        before(folder)
        git("add", "--all", folder=folder)
        name = "1" * 40
        if mode != "160000":
            command = ["git", "-C", str(folder), "hash-object", "-w", "--stdin"]
            done = subprocess.run(command, input=words.encode(), capture_output=True, check=True)
            name = done.stdout.decode().strip()
        entries = [part for path in paths for part in ("--cacheinfo", f"{mode},{name},{path}")]
        git("-c", "core.protectNTFS=false", "update-index", "--add", *entries, folder=folder)
        return "indexed"

    return change


def edit(old, new, path=f"charter/{FIRST}"):
    """A change of the bytes of a file."""

    def change(folder):
        data = (folder / path).read_bytes()
        assert old in data
        (folder / path).write_bytes(data.replace(old, new))

    return change


def strengthen(folder):
    """An honest change: another promise, and why."""
    edit(b"every day.", b"every hour.")(folder)
    write_note(folder / "charter", "moorings-first", class_="commitment")


def test_an_honest_proposal_is_answered(proposed):
    proposed.commit(strengthen)
    code, said = proposed.answer()
    assert code == 0
    assert said.startswith("## What this changes\n")
    assert "of the class commitment" in said
    assert "the next version is 2.0.0" in said
    assert "It asks 2 organisations to sign again: Mole club; Quay \\@\u200bclub \\#\u200b1." in said
    assert "~~day~~**hour**" in said
    assert "As soon as the site with this change is built, a link to it appears here." in said
    assert "To mend first" not in said
    assert proposed.judged() == (0, "The charter is in order.\n", ["pending", "success"])


def test_more_than_twenty_are_counted_and_not_named(proposed):
    def many(folder):
        for place in range(25):
            write_signatory(folder / "charter", make_signatory(f"club-{place:02}"))
        strengthen(folder)

    proposed.commit(many)
    said = proposed.answer()[1]
    assert "It asks 27 organisations to sign again." in said
    assert "25 organisations would join the register." in said


def test_a_proposal_with_a_new_name_says_who_it_was(proposed):
    def renamed(folder):
        (folder / "charter/signatories/mole-club.yml").unlink()
        now = make_signatory("pier-club", website="https://mole-club.example/", formerly=("mole-club",))
        write_signatory(folder / "charter", now)

    proposed.commit(renamed)
    said = proposed.answer()[1]
    assert "\n1 organisation would get a new address: Pier club (was Mole club).\n" in said
    assert "would join the register" not in said
    assert "signatory-renamed" in proposed.ran("--source", str(proposed.folder / "charter"), "check",
                                               "--changed-since", "main")[1]  # fmt: skip


def test_a_proposal_for_the_register_or_of_a_version_says_so(proposed):
    write_signatory(proposed.folder / "charter", make_signatory("pier-club"))
    proposed.commit("git status --short")
    said = proposed.answer()[1]
    assert "No word of the charter changes.\n\n1 organisation would join the register: Pier club.\n" in said

    def released(folder):
        strengthen(folder)
        release_draft(folder / "charter", date="2025-03-01")

    proposed.commit(released)
    assert "It makes version 2.0.0, of the class commitment.\n" in proposed.answer()[1]


def test_the_built_site_is_linked_once_there_is_one(proposed):
    """When the preview has run, whose payload does not say for which pull request."""
    head = proposed.commit(strengthen)
    pulls = json.loads(changed("pulls", **{"1__0__head__sha": head, "1__0__base__sha": proposed.base}))
    artifacts = json.loads(changed("artifacts", artifacts__0__workflow_run__head_sha=head))
    event = proposed.event(RUN, workflow_run__head_sha=head)
    proposed.github.holds(pulls=pulls[1], actions__artifacts=artifacts)
    code, said = proposed.answer(event)
    link = "https://github.com/harbour-partners/charter/actions/runs/9100000123/artifacts/3300000456"
    assert (code, f"[The site with this change]({link})" in said) == (0, True)
    code, said = proposed.ran("ci", "comment", "--event", event)  # it was closed meanwhile
    assert (code, said.startswith("No open proposal"), proposed.github.told) == (0, True, [])


def test_a_proposal_that_cannot_be_fetched_has_a_status(proposed):
    """Without one, a check of the same name that the proposal brings along would stand alone."""
    head = proposed.commit(strengthen)
    event = proposed.event()
    git(
        "update-ref",
        "-d",
        "refs/pull/12/head",
        folder=git("remote", "get-url", "origin", folder=proposed.folder),
    )
    code, _, err = run_charter(proposed.capsys, "ci", "check", "--event", event)
    assert (code, "refs/pull/12/head" in err) == (2, True)
    assert [(place, body["state"]) for place, body in proposed.github.told] == [
        (f"POST statuses/{head}", "pending"),
        (f"POST statuses/{head}", "error"),
    ]


def test_a_proposal_to_another_branch_is_left_alone(proposed):
    proposed.commit(strengthen)
    event = proposed.event(pull_request__base__ref="elsewhere")
    code, said = proposed.ran("ci", "check", "--event", event)
    assert (code, said.startswith("No open proposal"), proposed.github.told) == (0, True, [])


@pytest.mark.parametrize("changes", [{"title": {"from": "x"}}, {"base": {"ref": {"from": "elsewhere"}}}])
def test_an_edited_proposal_is_judged(proposed, changes):
    """A new title as well: its run takes the place of one that waits, perhaps for commits just pushed."""
    proposed.commit(strengthen)
    assert proposed.judged(proposed.event(action="edited", changes=changes))[0] == 0


def with_workflow(folder):
    """A file of the machine beside an honest change."""
    strengthen(folder)
    (folder / ".github/workflows").mkdir(parents=True)
    (folder / ".github/workflows/check.yml").write_text("x\n")


UTF_16 = "*.md working-tree-encoding=UTF-16\n"
FILES = {
    "a workflow beside words": (with_workflow, "machine-and-words"),
    "what git does to files of the charter": (
        indexed("charter/.gitattributes", words=UTF_16, before=strengthen),
        "machine-and-words",
    ),
    "a repository of its own": (indexed("charter/themes/sub", mode="160000"), "submodule"),
    "the folder as a link": ("mv charter elsewhere && ln -s elsewhere charter", "symlink"),
    "a link out of the repository": ("ln -sf /etc/passwd charter/preamble.md", "symlink"),
    "a backslash": (indexed("charter\\..\\x.md"), "name-reserved"),
    "a twin in capital letters": (indexed("charter/Preamble.md"), "name-case"),
    "a name that breaks the line": (indexed("docs/x\n::error::y.md"), "name-hidden"),
    "a huge file": (f"head -c 2000000 /dev/zero | tr '\\0' x > charter/{FIRST}", "file-large"),
    "a huge page": (indexed("docs/x.md", words="x" * 2_000_000), "file-large"),
    "a binary": (f"printf '\\0\\1\\2' > charter/{FIRST}", "file-binary"),
    "a file kept elsewhere": (
        f"echo version https://git-lfs.github.com/spec/v1 > charter/{FIRST}",
        "lfs-pointer",
    ),
    "301 files": (indexed(*(f"docs/{place}.md" for place in range(301))), "files-many"),
}
"""One proposal for each way that a file goes into a commit; tests/forges has every rule and name."""


@pytest.mark.parametrize("case", every_fourth(FILES))
def test_a_hostile_file_is_refused_by_name(proposed, case):
    """From the commit, before anything of it is laid out; in the comment as in the check."""
    change, rule = FILES[case]
    proposed.commit(change)
    code, said, states = proposed.judged()
    assert (code, states) == (1, ["pending", "failure"])
    assert re.search(rf"^::error file=[^\n]*,title={rule}::", said, re.MULTILINE)
    assert all(
        re.match(r"::error file=|::warning file=|::notice title=|\d+ (error|warning)", line)
        for line in said.splitlines()
    )
    assert f"({rule})" in proposed.shown


RELEASE, PROOFS = "charter/releases/1.0.0.json", "charter/releases/proofs"
WORDS = {
    "an edited release": (edit(b"every day.", b"now and then.", RELEASE), "release-digest"),
    "a release with other ends of lines": (edit(b"\n", b"\r\n", RELEASE), "release-form"),
    "a deleted charter": ("git rm -r -q charter", "charter-missing"),
    "a charter that is a file": ("git rm -r -q charter && echo x > charter", "charter-missing"),
    "a deleted release": (f"rm {RELEASE}", "release-missing"),
    "a renamed release": (f"mv {RELEASE} charter/releases/1.0.1.json", "release-name"),
    "entries of two others": (
        "for file in charter/signatories/*.yml; do echo 'pledge: Ours.' >> $file; done",
        "signatory-others",
    ),
    "a deleted entry": ("rm charter/signatories/mole-club.yml", "signatory-removed"),
    "a time-stamp of nothing": (
        f"mkdir {PROOFS} && printf '\\0' > {PROOFS}/1.0.0.digicert.1.tsr",
        "stamp-faulty",
    ),
    "a time-stamp of no release": (
        f"mkdir {PROOFS} && printf '\\0' > {PROOFS}/9.0.0.digicert.1.tsr",
        "stamp-release",
    ),
    "half an accent": (edit(b"Moorings first", b"Moorings \xff"), "not-utf8"),
    "a line that hides the next": (edit(b"every day.", b"never.\revery day."), "lone-cr"),
    "letters that hide": (edit(b"every day.", "every\u200b day\u202e.".encode()), "zero-width"),
    "a program in the text": (edit(b"every day.", b"<script>x</script>"), "html"),
    "a link that runs": (edit(b"every day.", b"[x](javascript:x)"), "link-address"),
    "a file of no kind": (indexed("charter/themes/moorings/x.exe"), "file-unexpected"),
}


@pytest.mark.parametrize("case", every_fourth(WORDS))
def test_a_hostile_word_is_refused_by_name(proposed, case):
    change, rule = WORDS[case]
    proposed.commit(change)
    code, said, states = proposed.judged()
    assert (code, f"title={rule}::" in said, states) == (1, True, ["pending", "failure"])
    assert f"({rule})" in proposed.shown
    assert "root:" not in said + proposed.shown


@pytest.mark.parametrize("source", ["nowhere", "../charter", "docs/about.md", "charter/.."])
def test_nothing_is_green_where_the_charter_is_not(proposed, source):
    """A variable with a slip in it, or one that leads out of the repository, would judge nothing."""
    proposed.commit(strengthen)
    code, said = proposed.ran("--source", source, "ci", "check", "--event", proposed.event())
    assert (code, [body["state"] for _, body in proposed.github.told]) == (1, ["pending", "failure"])
    assert "title=charter-missing::" in said


ACTING = (
    "@everyone closes #1 and GH-1 ![x](https://evil.example/x.png) [y](https://evil.example) "
    "www.evil.example <!-- charter: what this changes --> https://evil.example a@evil.example "
    "0123456789abcdef0123456789abcdef01234567"
)


def test_no_word_of_a_proposal_acts_in_the_comment(proposed):
    def loud(folder):
        root = folder / "charter"
        file = root / FIRST
        text = file.read_text().replace("every day.", f"every hour {ACTING}.")
        file.write_text(re.sub(r"(?m)^(title|summary): .*", rf"\1: '{ACTING[:60]}'", text))
        note = write_note(root, file.stem, class_="commitment")
        note.write_text(note.read_text() + f"\n{ACTING}\n")
        write_signatory(root, make_signatory("loud", name=ACTING, pledge=ACTING))
        (root / "themes" / "@everyone #1 ![x](y).md").write_text(ACTING)

    proposed.commit(loud)
    code, said = proposed.answer()
    assert code == 1
    assert said.count("everyone") >= 3
    assert re.findall(r".?://|\bwww.", said) == re.findall(r"\\://|\bwww\\", said)
    html = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(said)
    assert re.findall(r"<a |<img|<script|<!--", html) == []
    shown = re.sub(r"<[^>]*>", "", html)
    assert not re.search(r"@\w|#\d|GH-\d|\b[0-9a-f]{7,64}\b", shown)


def test_only_what_a_proposal_touches_fails_it(proposed):
    (proposed.repo / "charter" / "signatories" / "odd.yml").write_text("name: [\n")
    commit_all(proposed.repo)
    proposed.base = git("rev-parse", "HEAD", folder=proposed.repo)
    git("checkout", "--quiet", "--detach", "main", folder=proposed.folder)
    proposed.commit(strengthen)
    code, said = proposed.answer()
    assert (code, "odd.yml" in said) == (0, False)


def test_what_was_asked_about_is_what_is_judged(proposed):
    """A commit that the host does not have is no proposal."""
    proposed.commit(strengthen)
    event = proposed.event(pull_request__head__sha="a" * 40)
    assert main(["ci", "check", "--event", event]) == 2
    assert "git does not know" in proposed.capsys.readouterr().err
    assert [body["state"] for _, body in proposed.github.told] == ["pending", "error"]


def test_the_merge_is_judged_and_not_the_head(proposed):
    """What another proposal changed meanwhile; both are in order by themselves."""
    proposed.commit(strengthen)
    assert proposed.judged()[0] == 0
    edit(b"every day.", b"every week.")(proposed.repo)
    commit_all(proposed.repo)
    code, said, states = proposed.judged()
    assert (code, states) == (1, ["pending", "failure"])
    assert f"::error file=charter/{FIRST},line=1,col=1,title=merge-conflict::" in said
    assert "It cannot be merged, so its words were not compared." in proposed.answer()[1]


def test_a_version_is_judged_with_what_was_taken_in_meanwhile(proposed):
    """Both touch other files, and git merges them; what comes of it is in order for neither."""

    def released(folder):
        strengthen(folder)
        release_draft(folder / "charter", date="2025-03-01")

    proposed.commit(released)
    assert proposed.judged()[0] == 0
    strengthen(proposed.repo)
    release_draft(proposed.repo / "charter", date="2025-04-01")
    commit_all(proposed.repo)
    assert proposed.judged()[2] == ["pending", "failure"]


def test_an_error_that_two_changes_make_together_is_one(proposed):
    """A version takes a note with it, and meanwhile its principle was changed once more: the error is in a
    file that the proposal of the version does not touch."""
    strengthen(proposed.repo)
    commit_all(proposed.repo)
    git("checkout", "--quiet", "--detach", "main", folder=proposed.folder)
    release_draft(proposed.folder / "charter", date="2025-03-01")
    proposed.commit("true")
    assert proposed.judged()[2] == ["pending", "success"]
    edit(b"every hour.", b"every minute.")(proposed.repo)
    commit_all(proposed.repo)
    code, said, states = proposed.judged()
    assert (code, states) == (1, ["pending", "failure"])
    assert f"::error file=charter/{FIRST}" in said


def test_no_file_of_a_proposal_is_run(proposed):
    """Hooks, filters, settings and programs that would leave a trace; and the check of the proposal itself,
    which says that all is well."""
    trace = proposed.repo.parent / "trace"

    def trapped(folder):
        edit(b"every day.", b"now and then.", RELEASE)(folder)
        (folder / ".gitattributes").write_text("* filter=trap merge=trap diff=trap\n")
        (folder / "hooks/charterpress").mkdir(parents=True)
        for name in (
            "hooks/charterpress/__init__.py",
            "hooks/events.py",
            "sitecustomize.py",
            "charterpress.py",
        ):
            (folder / name).write_text(f"open({str(trace)!r}, 'w')\n")
        (folder / "mkdocs.yml").write_text("hooks: [hooks/events.py]\n")
        (folder / "Makefile").write_text(f"$(shell touch {trace})\n")
        (folder / "requirements.txt").write_text("./hooks\n")
        (folder / "post-checkout").write_text(f"#!/bin/sh\ntouch {trace}\n")
        (folder / "post-checkout").chmod(0o755)
        (folder / ".github/workflows").mkdir(parents=True)
        (folder / ".github/workflows/check.yml").write_text("jobs: {judge: {steps: [{run: echo fine}]}}\n")

    proposed.commit(trapped)
    git("config", "core.hooksPath", ".", folder=proposed.repo)
    code, _, states = proposed.judged()
    assert (code, states, trace.exists()) == (1, ["pending", "failure"], False)
    said = proposed.shown
    assert "**This changes what was published, which nobody may: charter/releases/1.0.0.json.**" in said
    assert re.search(r"\*\*This changes the software or the workflows, .*check\\?\.yml", said)


def test_what_cannot_be_judged_is_not_to_be_merged(proposed):
    """A history of its own has nothing in common with the charter's."""
    git("checkout", "--quiet", "--orphan", "other", folder=proposed.folder)
    proposed.commit("true")
    event = proposed.event()
    assert main(["ci", "check", "--event", event]) == 2
    assert [body["state"] for _, body in proposed.github.told] == ["pending", "error"]


def test_without_a_forge_a_branch_is_judged_all_the_same(proposed, monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY")
    head = proposed.commit(strengthen)
    code, said = proposed.ran("ci", "check", "--head", head)
    assert (code, said.splitlines()[0]) == (
        0,
        f"check the words, {head[:12]}: success: Nothing is to be mended.",
    )
    code, said = proposed.ran("ci", "comment", "--head", head)
    assert (code, said.startswith("## What this changes\n")) == (0, True)


def test_our_comment_is_found_behind_those_of_strangers(proposed):
    """They come in pages, and their words are not fetched; only ours is brought up to date."""
    proposed.commit(strengthen)
    mark = "<!-- charter: what this changes -->"
    event = proposed.event()
    theirs = [{"id": at, "user": {"login": "eve", "type": "User"}, "body": mark} for at in range(1, 251)]
    ours = {"id": 999, "user": BOT, "body": f"{mark}\nearlier"}
    later = [{"id": at, "user": None, "body": ""} for at in range(2000, 2100)]
    proposed.github.holds(issues__12__comments=[*theirs, ours, *later])
    assert proposed.ran("ci", "comment", "--event", event)[0] == 0
    assert [place for place, _ in proposed.github.told] == ["PATCH issues/comments/999"]
    pages = [place for _, place, _ in proposed.github.asked if place.startswith("issues/12/comments")]
    assert [page.rpartition("=")[2] for page in pages] == ["1", "2", "3"]


def test_a_proposal_that_the_form_to_sign_does_not_fit_any_more_says_so(tmp_path):
    """As a warning: forms are part of the machine, and changed by another proposal."""
    charter = make_charter(signatory_kinds=("club",))
    write_charter(tmp_path, charter)
    form = tmp_path / ".github/ISSUE_TEMPLATE/sign.yml"
    form.parent.mkdir(parents=True)
    form.write_text(
        f'description: "Sign: {charter.title}"\nbody:\n  - id: kind\n    attributes: {{options: [club]}}\n'
    )
    (tmp_path / "mkdocs.yml").write_text("site_name: Another\n")
    init_repository(tmp_path)
    git("switch", "--quiet", "--create", "more", folder=tmp_path)
    edit(b'["club"]', b'["club", "school"]', "charter/charter.yml")(tmp_path)
    commit_all(tmp_path)
    found = judge_merge(
        tmp_path, "charter", Proposal(number=0, repository="", base="main", head="more")
    ).findings
    assert [(each.rule, each.path, each.severity) for each in found] == [
        ("form-kinds", ".github/ISSUE_TEMPLATE/sign.yml", Severity.WARNING)
    ]


@pytest.mark.parametrize("maintained", [True, False])
def test_many_changed_entries_are_for_those_who_may_push(tmp_path, maintained):
    """Whoever has a fork changes one; the comment says what becomes of each."""
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    for name in ("quay-club", "mole-club", "pier-club"):
        write_signatory(root, make_signatory(name, name=name.replace("-", " ").title()))
    init_repository(tmp_path)
    git("switch", "--quiet", "--create", "more", folder=tmp_path)
    for name, more in (("quay", "withdrawn: {date: 2025-01-01}\n"), ("mole", "pledge: We row.\n")):
        with (root / f"signatories/{name}-club.yml").open("a") as file:
            file.write(more)
    commit_all(tmp_path)
    more = Proposal(number=1, repository="", base="main", head="more", maintained=maintained)
    content = judge_merge(tmp_path, "charter", more)
    rules = {each.rule for each in content.findings if each.severity is Severity.ERROR}
    assert rules == (set() if maintained else {"signatory-others"})
    said = "\n".join(content.outcome)
    assert "1 organisation would withdraw: Quay Club." in said
    assert "1 organisation would be corrected: Mole Club." in said
