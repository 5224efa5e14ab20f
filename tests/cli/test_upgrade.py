"""`charter upgrade`: what `charter init` wrote follows the generator, and nobody's changes are lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from charterpress.cli import init, upgrade
from charterpress.cli.new import file_commands
from charterpress.cli.prompts import Terminal
from charterpress.editing.starter import Package, read_record, starter_files
from charterpress.storage import atomic
from commands import commit_all, edit_file, file_contents, git, init_repository, run_charter

CHECK, PROPOSE = ".github/workflows/check.yml", ".github/ISSUE_TEMPLATE/propose.yml"
CHANGES = """\
# Changes

## 1.1.0 - 2027-03-01

### What you will see

- The check is quicker.

### What you have to do

- Nothing.

## 1.0.0 - 2027-01-01

### What you will see

- The first version.

### What you have to do

- Nothing at all.
"""


class Adopter:
    """A repository that version 1.0.0 wrote and committed, and the newer version that runs now."""

    def __init__(self, folder, monkeypatch, capsys):
        self.folder, self.capsys, self.patch = folder / "ours", capsys, monkeypatch
        self.install("1.0.0")
        assert self.run("init", str(self.folder), "--host", "github")[0] == 0
        init_repository(self.folder)
        monkeypatch.chdir(self.folder)

    def install(self, version, **edits):
        """Have `version` run. `edits` are functions from the bytes that a template gave (b'' for none) to
        what it gives now (None for no file), by path."""
        package = Package(version=version, digests=(version[2] * 64,))
        changed = partial(self._starter_files, edits=edits)
        for module in (init, upgrade):
            self.patch.setattr(module, "installed_package", lambda: package)
            self.patch.setattr(module, "starter_files", changed)

    @staticmethod
    def _starter_files(answers, package, *, edits, reports=False):
        files = starter_files(answers, package, reports=reports)
        made = {path: edit(files.get(path, b"")) for path, edit in edits.items()}
        return {path: data for path, data in (files | made).items() if data is not None}

    def run(self, *words):
        code, out, err = run_charter(self.capsys, *words)
        return code, out + err

    def upgrade(self, *options):
        """The exit code of `charter upgrade`, and what it says."""
        return self.run("upgrade", *options)

    def read(self, path):
        return (self.folder / path).read_bytes()


@pytest.fixture
def adopter(working_folder, monkeypatch, capsys):
    changes = working_folder / "changes.md"
    changes.write_text(CHANGES, encoding="utf-8")
    monkeypatch.setattr(upgrade, "CHANGELOG", changes)
    return Adopter(working_folder, monkeypatch, capsys)


def prepend(line):
    return lambda data: line + data


def changed_files(folder):
    return sorted(line.split()[-1] for line in git("status", "--porcelain", folder=folder).splitlines())


def test_where_nothing_is_new_there_is_nothing_to_do(adopter):
    assert adopter.upgrade() == (0, "Nothing to do: the files are those of version 1.0.0, or yours.\n")


def test_the_form_to_report_comes_with_the_reports(adopter):
    """Once charter.yml asks for them, in the same version too; and it stays when charter.yml is broken."""
    form = ".github/ISSUE_TEMPLATE/report.yml"
    settings = adopter.folder / "charter/charter.yml"
    with settings.open("a", encoding="utf-8") as file:
        file.write("reporting:\n  every: 12 months\n")
    commit_all(adopter.folder)
    assert adopter.upgrade("--yes")[0] == 0
    assert changed_files(adopter.folder) == [".charterpress.yml", form]
    assert b"First day of the period" in adopter.read(form)
    commit_all(adopter.folder)
    settings.write_text("{", encoding="utf-8")
    commit_all(adopter.folder)
    assert adopter.upgrade("--yes")[1].startswith("Nothing to do")
    assert (adopter.folder / form).exists()


def test_it_shows_what_is_new_and_writes_nothing_without_a_yes(adopter):
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n"), "new.txt": prepend(b"new\n")})
    before = file_contents(adopter.folder)
    for options in ((), ("--check",)):
        code, said = adopter.upgrade(*options)
        assert code == 1
        assert said.startswith("From version 1.0.0 to 1.1.0\n\n1.1.0 of 2027-03-01\n  What you will see:\n")
        assert "  - The check is quicker.\n" in said
        assert "The first version" not in said
        assert "\nadd     new.txt\nupdate  requirements.txt\n" in said
        assert f"update  {CHECK}\n" in said
        assert f"--- {CHECK}\n+++ {CHECK}\n@@ -1,2 +1,3 @@\n+# quicker\n" in said
        assert "Nothing was written. charter upgrade --yes  applies it.\n" in said
        assert file_contents(adopter.folder) == before


def test_applied_it_is_done_and_a_second_run_has_nothing_to_do(adopter):
    adopter.install(
        "1.1.0", **{CHECK: prepend(b"# quicker\n"), "new.txt": prepend(b"new\n"), PROPOSE: lambda _: None}
    )
    assert adopter.upgrade("--yes")[0] == 0
    assert changed_files(adopter.folder) == sorted(
        [".charterpress.yml", CHECK, PROPOSE, "new.txt", "requirements.txt"]
    )
    assert adopter.read(CHECK).startswith(b"# quicker\n")
    assert not (adopter.folder / PROPOSE).exists()
    assert b"charterpress==1.1.0" in adopter.read("requirements.txt")
    record = read_record(adopter.folder)
    assert (record.version, PROPOSE in record.digests, "new.txt" in record.digests) == ("1.1.0", False, True)
    assert adopter.upgrade("--yes") == (
        0,
        "Nothing to do: the files are those of version 1.1.0, or yours.\n",
    )


def test_what_somebody_changed_is_merged_or_left(adopter):
    """A change elsewhere in the file is kept with the new one; one of the same line is shown and left."""
    edit_file(adopter.folder / CHECK, "name: check", "name: our check")
    edit_file(adopter.folder / "mkdocs.yml", "site_name: ", "site_name: Our ")
    commit_all(adopter.folder)
    own = adopter.read("mkdocs.yml")
    adopter.install(
        "1.1.0",
        **{
            CHECK: lambda data: data + b"# the end\n",
            "mkdocs.yml": lambda data: data.replace(b"site_name: ", b"site_name: The "),
        },
    )
    code, said = adopter.upgrade("--yes")
    assert code == 1
    assert f"merge   {CHECK} (your changes stay)\n" in said
    assert "leave   mkdocs.yml (you have changed the same lines)\n" in said
    assert "+site_name: The " in said
    assert said.endswith("Left for you to decide, as shown above:\n  mkdocs.yml\n")
    assert b"name: our check" in adopter.read(CHECK)
    assert adopter.read(CHECK).endswith(b"# the end\n")
    assert adopter.read("mkdocs.yml") == own
    commit_all(adopter.folder)
    assert adopter.upgrade()[0] == 0


def test_what_somebody_deleted_stays_away(adopter):
    (adopter.folder / PROPOSE).unlink()
    commit_all(adopter.folder)
    adopter.install("1.1.0", **{PROPOSE: prepend(b"# new\n")})
    assert adopter.upgrade("--yes")[0] == 0
    assert not (adopter.folder / PROPOSE).exists()
    adopter.install("1.2.0", **{PROPOSE: prepend(b"# newer\n")})
    commit_all(adopter.folder)
    assert PROPOSE not in adopter.upgrade("--yes")[1]


def test_the_charter_and_its_pages_are_never_touched(adopter):
    names = ("charter/preamble.md", "docs/index.md", "docs/new.md", "charter/new.md")
    adopter.install("1.1.0", **{name: prepend(b"Ours.\n") for name in names})
    words = {
        path: data
        for path, data in file_contents(adopter.folder).items()
        if path.startswith(("charter", "docs"))
    }
    code, said = adopter.upgrade("--yes")
    assert code == 0
    assert [name for name in names if name in said] == []
    after = file_contents(adopter.folder)
    assert {path: data for path, data in after.items() if path.startswith(("charter", "docs"))} == words
    assert adopter.upgrade()[0] == 0


def test_a_version_that_changes_no_file_is_recorded(adopter):
    requirements = adopter.read("requirements.txt")
    adopter.install("1.1.0", **{"requirements.txt": lambda _: requirements})
    code, said = adopter.upgrade("--yes")
    assert code == 0
    assert "No file changes but the record of the version.\n" in said
    assert changed_files(adopter.folder) == [".charterpress.yml"]


def test_an_older_version_is_refused(adopter):
    adopter.install("1.1.0")
    assert adopter.upgrade("--yes")[0] == 0
    adopter.install("1.0.9")
    code, said = adopter.upgrade("--yes")
    assert code == 2
    assert said == (
        "error: the files here are those of version 1.1.0, and charterpress 1.0.9 is older: install what "
        "requirements.txt names\n"
    )


def test_changes_that_are_not_committed_are_told_before_anything_is_written(adopter):
    edit_file(adopter.folder / "README.md", "The words", "Our words")
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n")})
    before = file_contents(adopter.folder)
    code, said = adopter.upgrade("--yes")
    assert code == 2
    assert "changes that are not committed" in said
    assert said.endswith("  README.md\n")
    assert "From version" not in said
    assert file_contents(adopter.folder) == before
    assert adopter.upgrade("--check")[0] == 1


def test_without_git_unchanged_files_are_updated_and_changed_ones_left(adopter):
    (adopter.folder / ".git").rename(adopter.folder.parent / "git")
    edit_file(adopter.folder / CHECK, "name: check", "name: our check")
    adopter.install("1.1.0", **{CHECK: lambda data: data + b"# the end\n", PROPOSE: prepend(b"# new\n")})
    code, said = adopter.upgrade("--yes")
    assert code == 1
    assert f"leave   {CHECK} (you have changed it)\n" in said
    assert f"update  {PROPOSE}\n" in said


def test_links_are_neither_followed_nor_replaced(adopter, tmp_path):
    outside = tmp_path / "outside"
    (adopter.folder / ".github").rename(outside)
    (adopter.folder / ".github").symlink_to(outside)
    commit_all(adopter.folder)
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n")})
    before = file_contents(outside)
    code, said = adopter.upgrade("--yes")
    assert code == 1
    assert f"leave   {CHECK} (it is a link, or lies behind one)\n" in said
    assert file_contents(outside) == before


def test_a_person_at_a_terminal_is_asked(adopter, monkeypatch):
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n")})
    answers = iter(["", "no", "Yes"])

    def terminal(out):
        return Terminal(read=lambda _: next(answers), out=out)

    assert upgrade.interactive_terminal is file_commands.interactive_terminal
    monkeypatch.setattr(upgrade, "interactive_terminal", terminal)
    for _ in range(2):
        code, said = adopter.upgrade()
        assert (code, said.endswith("Nothing was written.\n")) == (1, True)
    assert adopter.upgrade()[0] == 0
    assert adopter.read(CHECK).startswith(b"# quicker\n")


def test_a_package_whose_digest_is_not_known_leaves_the_pins(adopter):
    """An unknown digest never takes the place of a known one."""
    before = adopter.read("requirements.txt")
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n")})
    adopter.patch.setattr(upgrade, "installed_package", lambda: Package(version="1.1.0"))
    code, said = adopter.upgrade("--yes")
    assert "leave   requirements.txt (it is not known where others can get charterpress 1.1.0" in said
    assert adopter.read("requirements.txt") == before
    assert code == 1
    commit_all(adopter.folder)
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n")})
    assert "update  requirements.txt\n" in adopter.upgrade("--yes")[1]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("version: 1.0.0", "version: newest", "“newest” is not a version of the generator"),
        ('  ".gitignore"', '  "../../x"', "“../../x” is not a file of a repository"),
        ("format: charterpress-repository/1", "format: x", "its format is “x”"),
        ("files:\n", "files: []\nother:\n", "digest for each file"),
    ],
    ids=["no version", "a path outside", "another format", "no files"],
)
def test_a_record_that_somebody_changed_is_refused(adopter, old, new, sentence):
    edit_file(adopter.folder / ".charterpress.yml", old, new)
    commit_all(adopter.folder)
    adopter.install("1.1.0")
    before = file_contents(adopter.folder)
    code, said = adopter.upgrade("--yes")
    assert (code, sentence in said) == (2, True), said
    assert file_contents(adopter.folder) == before


def test_it_finds_the_repository_from_a_folder_below(adopter, monkeypatch):
    monkeypatch.chdir("docs")
    assert adopter.upgrade()[0] == 0


def test_without_a_record_it_says_so(working_folder, capsys):
    code, out, err = run_charter(capsys, "upgrade")
    assert (code, out) == (2, "")
    assert "“charter init” made no repository here" in err


def test_an_upgrade_that_was_killed_is_completed(adopter, monkeypatch):
    """Killed after it was committed to the disk, and before the files were in their places."""
    adopter.install("1.1.0", **{CHECK: prepend(b"# quicker\n")})

    rename = Path.replace

    def killed_at_last(path, target):
        if path.name.endswith(atomic.UNFINISHED):
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed_at_last)
        with pytest.raises(KeyboardInterrupt):
            adopter.upgrade("--yes")
    adopter.capsys.readouterr()
    assert not adopter.read(CHECK).startswith(b"# quicker\n")
    code, said = adopter.upgrade()
    assert (code, said.splitlines()[0]) == (0, "An upgrade that was interrupted is complete now.")
    assert adopter.read(CHECK).startswith(b"# quicker\n")
