"""The command `charter`: its exit codes, its words, and what a change is held to."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess

import pytest

from builders import write_charter
from charterpress.cli import COMMANDS, main, parser

FIRST, SECOND = "themes/tides/tides-first.md", "themes/tides/tides-second.md"


@pytest.fixture
def charter(tmp_path, monkeypatch):
    """A small charter in the working folder, in a git repository with one commit on `main`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    root = write_charter(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    commit()
    return root


def git(*arguments):
    """Runs git in the working folder, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True).stdout


def break_title(path):
    """Puts a colon into a title that is not in quotes."""
    path.write_text(path.read_text().replace("title: ", "title: One: ", 1))


def commit():
    """Commits everything there is."""
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")


def errors(capsys, *arguments):
    """The exit code, and the path and rule of every error."""
    code = main(["check", "--format", "json", *arguments])
    document = json.loads(capsys.readouterr().out)
    return code, [(f["path"], f["rule"]) for f in document["findings"] if f["severity"] == "error"]


def test_a_clean_charter_is_exit_0(charter, capsys):
    """And one sentence."""
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("The charter is in order: 4 principles in 2 themes.\n", "")


def test_an_error_is_exit_1(charter, capsys):
    """With the path as the folder was named."""
    break_title(charter / FIRST)
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert (out.split(": ")[0], err) == (f"charter/{FIRST}:2:11", "")


def test_warnings_alone_are_exit_0(charter, capsys):
    """They are advice."""
    (charter / FIRST).write_text((charter / FIRST).read_text().replace("It does.", "It will."))
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("1 warning in 1 file.\n")


def test_the_source_is_named_by_option_or_environment(charter, capsys, monkeypatch):
    """The option is stronger."""
    charter.rename(charter.with_name("other"))
    monkeypatch.setenv("CHARTER_SOURCE", "other")
    assert main(["check"]) == 0
    assert main(["--source", "nowhere", "check"]) == 2
    way = "go to the folder that it lies in, or name the charter's folder with --source DIR"
    assert capsys.readouterr().err == f"error: there is no folder “nowhere” here: {way}\n"


@pytest.mark.parametrize(
    "arguments", [[], ["chek"], ["check", "--format", "xml"], ["check", "--changed-since"]], ids=" ".join
)
def test_wrong_usage_is_exit_2(charter, arguments):
    """As argparse says it."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def every(commands, before=()):
    """Every command, and those below it, as it is typed: ("new", "change")."""
    for name, command in commands.items():
        yield (*before, name)
        yield from every(command.commands, (*before, name))


@pytest.mark.parametrize("words", list(every(COMMANDS)), ids=" ".join)
def test_every_command_has_help_with_an_example_that_is_understood(words, capsys):
    """`charter check --help` shows one line to copy, and nothing in it is refused."""
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    example = said.partition("example: charter ")[2]
    assert example.startswith(" ".join(words))
    assert parser({}).parse_args(shlex.split(example)).command == words[0]


def test_debug_shows_where_an_error_arose(charter):
    """The exception itself, for a programmer."""
    with pytest.raises(Exception, match="there is no folder"):
        main(["--debug", "--source", "nowhere", "check"])


# --- --changed-since ---------------------------------------------------------------------------------


def test_an_error_in_a_file_that_was_not_touched_is_a_warning(charter, capsys):
    """Somebody else's fault does not stop a change."""
    break_title(charter / FIRST)
    commit()
    git("checkout", "--quiet", "-b", "change")
    break_title(charter / SECOND)
    assert errors(capsys, "--changed-since", "main") == (
        1,
        [(f"charter/{SECOND}", "front-matter-unreadable")],
    )


@pytest.mark.parametrize("stage", ["untracked", "staged", "committed"])
def test_a_new_file_is_touched(charter, capsys, stage):
    """Whether git knows it yet or not."""
    git("checkout", "--quiet", "-b", "change")
    (charter / "changes").mkdir()
    (charter / "changes" / "a note.md").write_text("no front matter\n")
    if stage != "untracked":
        git("add", "--all")
    if stage == "committed":
        commit()
    assert errors(capsys, "--changed-since", "main") == (
        1,
        [("charter/changes/a note.md", "front-matter-missing")],
    )


def test_what_a_deletion_breaks_elsewhere_is_an_error(charter, capsys):
    """The theme's list was not touched, but the file that it names was."""
    (charter / FIRST).unlink()
    assert errors(capsys, "--changed-since", "main") == (
        1,
        [("charter/themes/tides/index.md", "principle-missing")],
    )


def test_what_changed_on_the_other_branch_is_not_touched(charter, capsys):
    """The change is counted from where the branches parted."""
    git("checkout", "--quiet", "-b", "change")
    git("checkout", "--quiet", "main")
    (charter / FIRST).write_text((charter / FIRST).read_text() + "\nMore.\n")
    commit()
    git("checkout", "--quiet", "change")
    break_title(charter / FIRST)
    commit()
    git("checkout", "--quiet", "-b", "later")
    assert errors(capsys, "--changed-since", "change") == (0, [])


def test_new_settings_touch_every_file(charter, capsys):
    """A section that has another heading from now on is unknown because of this change."""
    text = (charter / "charter.yml").read_text()
    (charter / "charter.yml").write_text(text.replace('"Why it matters"', '"Why"'))
    code, found = errors(capsys, "--changed-since", "main")
    assert (code, {rule for _, rule in found}, len(found)) == (1, {"section-unknown"}, 4)


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "-h", " ", "main..main"])
def test_a_ref_that_git_does_not_know_is_exit_2(charter, capsys, ref):
    """It can never be taken for an option."""
    assert main(["check", f"--changed-since={ref}"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith("error: "), f"“{ref}”" in err) == ("", True, True)


def test_without_a_repository_it_is_exit_2(tmp_path, monkeypatch, capsys):
    """In plain words."""
    root = write_charter(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["--source", str(root), "check", "--changed-since", "main"]) == 2
    assert capsys.readouterr().err.startswith("error: not a git repository")


def test_without_git_it_is_exit_2(charter, monkeypatch, capsys):
    """Only --changed-since needs it."""
    monkeypatch.setenv("PATH", "")
    assert main(["check"]) == 0
    assert main(["check", "--changed-since", "main"]) == 2
    assert capsys.readouterr().err == "error: git is not installed here, and this needs it\n"


# --- Exit codes, colour, completion ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (0, "check"),
        (0, "status"),
        (0, "verify"),
        (0, "new change"),
        (0, "completion bash"),
        (0, "init another"),
        (2, "init charter"),
        (2, "diff 1.0.0 draft"),
        (2, "new signatory Quay"),
        (2, "new principle"),
        (2, "new principle tides"),
        (2, "new principle nowhere Watch"),
        (2, "links"),
        (2, "release"),
    ],
)
def test_a_command_ends_with_its_exit_code(charter, capsys, monkeypatch, code, line):
    """0 all is well, 2 it cannot be done like this; errors are on stderr, and begin alike."""
    monkeypatch.delenv("SITE_URL", raising=False)
    assert main(line.split()) == code
    assert capsys.readouterr().err.startswith("error: ") == (code == 2)


@pytest.mark.parametrize("line", ["check", "status", "release --first"])
def test_what_was_found_is_exit_1(charter, line):
    """By whatever command finds it."""
    break_title(charter / FIRST)
    assert main(line.split()) == 1


@pytest.mark.parametrize(
    "line",
    ["new", "new thing", "init", "init a b", "completion", "completion fish", "new principle a b c"],
)
def test_wrong_usage_of_what_writes_is_exit_2_and_writes_nothing(charter, line):
    """As argparse says it."""
    before = sorted(charter.parent.rglob("*"))
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert (ended.value.code, sorted(charter.parent.rglob("*"))) == (2, before)


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_findings_are_in_colour_on_a_terminal(charter, monkeypatch, terminal, environment, coloured):
    """Errors red, what to do green; the words are the same without, and NO_COLOR is stronger."""
    break_title(charter / FIRST)
    said = []
    for wanted in (True, False):
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm")
        for name, value in (environment if wanted else {"NO_COLOR": "1"}).items():
            monkeypatch.setenv(name, value)
        stream = io.StringIO()
        stream.isatty = lambda: terminal
        monkeypatch.setattr("sys.stdout", stream)
        assert main(["check"]) == 1
        said.append(stream.getvalue())
    assert ("\x1b[1;31merror[" in said[0], "\x1b[32mfix:\x1b[0m " in said[0]) == (coloured, coloured)
    assert re.sub(r"\x1b\[[0-9;]*m", "", said[0]) == said[1]
    assert "\x1b" not in said[1]


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("charter ne", "new"),
        ("charter new ", "change principle signatory"),
        ("charter new principle --a", "--after"),
        ("charter check --format ", "github json text"),
        ("charter completion z", "zsh"),
    ],
)
def test_bash_completes_commands_options_and_choices(tmp_path, capsys, typed, offered):
    """As bash itself reads the script."""
    assert main(["completion", "bash"]) == 0
    (tmp_path / "script").write_text(capsys.readouterr().out)
    words = typed.split(" ")
    asks = (
        "source ./script; spec=$(complete -p charter); function=${spec#*-F }; "
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '${function%% *} charter "${@: -1}" "${@: -2:1}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", asks, "bash", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {each.strip() for each in done.stdout.split()} - {"-h", "--help"}
    assert found == set(offered.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_every_command_is_in_what_a_shell_completes(capsys, shell):
    """Those below others too, except where the shell knows one level only."""
    assert main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert [words[-1] for words in every(COMMANDS) if words[-1] not in said] == []
