"""The command `charter`: its exit codes and output, and how it checks a change."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from charterpress.cli import COMMANDS, main, parser
from commands import init_repository

FIRST = "themes/tides/tides-first.md"


@pytest.fixture
def charter(draft):
    """A small charter in the working folder, in a git repository with one commit on `main`."""
    init_repository()
    return draft


def break_title(path):
    """Put a colon into an unquoted title."""
    path.write_text(path.read_text().replace("title: ", "title: One: ", 1))


def test_the_source_comes_from_an_option_or_the_environment(charter, capsys, monkeypatch):
    charter.rename(charter.with_name("other"))
    monkeypatch.setenv("CHARTER_SOURCE", "other")
    assert main(["check"]) == 0
    assert main(["--source", "nowhere", "check"]) == 2


def command_words(commands, before=()):
    """Every command and subcommand, as typed: ("new", "change")."""
    for name, command in commands.items():
        yield (*before, name)
        yield from command_words(command.commands, (*before, name))


@pytest.mark.parametrize("words", list(command_words(COMMANDS)), ids=" ".join)
def test_every_command_has_help_with_a_valid_example(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--help"])
    assert stopped.value.code == 0
    output = " ".join(capsys.readouterr().out.split())
    example = output.partition("example: charter ")[2]
    assert example.startswith(" ".join(words))
    assert parser({}).parse_args(shlex.split(example)).command == words[0]


def test_the_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    said = f"charterpress {project['project']['version']}\n"
    assert (stopped.value.code, capsys.readouterr().out) == (0, said)


def test_debug_raises_the_exception(charter):
    with pytest.raises(Exception, match="there is no folder"):
        main(["--debug", "--source", "nowhere", "check"])


def test_outside_a_repository_it_is_exit_2(draft, capsys):
    assert main(["check", "--changed-since", "main"]) == 2
    assert capsys.readouterr().err.startswith("error: not a git repository")


def test_a_repository_of_another_user_is_told_as_what_it_is(version, monkeypatch, capsys):
    init_repository()
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert main(["verify"]) == 1
    assert "it belongs to another user of this computer: allow it with git config" in capsys.readouterr().out
    assert main(["check", "--changed-since", "main"]) == 2
    assert "it belongs to another user of this computer" in capsys.readouterr().err


def test_without_git_it_is_exit_2(charter, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert main(["check"]) == 0
    assert main(["check", "--changed-since", "main"]) == 2
    assert capsys.readouterr().err == "error: git is not installed here, and this needs it\n"


# --- Exit codes, colour, completion ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line"),
    [
        *(
            (0, line)
            for line in ("check", "status", "verify", "new change", "completion bash", "init another")
        ),
        *(
            (2, line)
            for line in ("init charter", "diff 1.0.0 draft", "new signatory Quay", "links", "release")
        ),
        *((2, f"new principle{words}") for words in ("", " tides", " nowhere Watch")),
    ],
)
def test_exit_codes(charter, capsys, code, line):
    assert main(line.split()) == code
    assert capsys.readouterr().err.startswith("error: ") == (code == 2)


@pytest.mark.parametrize("line", ["check", "status", "release --first"])
def test_a_finding_is_exit_1(charter, line):
    break_title(charter / FIRST)
    assert main(line.split()) == 1


USAGE_ERRORS = """
chek | check --format xml | check --changed-since | new | new thing | new principle a b c | init | init a b
completion | completion ksh | diff | diff 1.0.0 | status --format github | release --first --consultation
sign --from x --as fax
"""


@pytest.mark.parametrize("line", ["", *filter(None, re.split(r" \| |\n", USAGE_ERRORS))])
def test_a_usage_error_is_exit_2_and_writes_nothing(charter, line):
    before = sorted(charter.parent.rglob("*"))
    with pytest.raises(SystemExit) as stopped:
        main(line.split())
    assert (stopped.value.code, sorted(charter.parent.rglob("*"))) == (2, before)


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
    """Errors in red and fixes in green; NO_COLOR takes precedence, and the text is the same without."""
    break_title(charter / FIRST)
    outputs = []
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
        outputs.append(stream.getvalue())
    assert ("\x1b[1;31merror[" in outputs[0], "\x1b[32mfix:\x1b[0m " in outputs[0]) == (coloured, coloured)
    assert re.sub(r"\x1b\[[0-9;]*m", "", outputs[0]) == outputs[1]
    assert "\x1b" not in outputs[1]


COMPLETIONS = [
    ("charter ne", "new"),
    ("charter new ", "change principle signatory"),
    ("charter new principle --a", "--after"),
    ("charter check --format ", "github json text"),
    ("charter completion z", "zsh"),
    ("charter rename tides", "tides-first tides-second"),
    ("charter move tides-first ", "moorings tides"),
    ("charter diff ", "1.0.0 draft"),
    ("charter withdraw ", "quay-club"),
]
"""What is typed before the Tab key, and what is offered."""


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.parametrize(("typed", "offered"), COMPLETIONS)
def test_bash_completes_commands_options_choices_and_names(version, tmp_path, capsys, typed, offered):
    (version / "signatories").mkdir()
    (version / "signatories/quay-club.yml").touch()
    assert main(["completion", "bash"]) == 0
    (tmp_path / "script").write_text(capsys.readouterr().out)
    script = (
        "source ./script; spec=$(complete -p charter); function=${spec#*-F }; "
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '${function%% *} charter "${@: -1}" "${@: -2:1}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    command = ["bash", "--norc", "-c", script, "bash", *typed.split(" ")]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    found = {each.strip() for each in result.stdout.split()} - {"-h", "--help"}
    assert found == set(offered.split())


@pytest.mark.skipif(not shutil.which("fish"), reason="there is no fish here")
@pytest.mark.parametrize(("typed", "offered"), COMPLETIONS)
def test_fish_completes_the_same(version, tmp_path, capsys, typed, offered):
    (version / "signatories").mkdir()
    (version / "signatories/quay-club.yml").touch()
    assert main(["completion", "fish"]) == 0
    (tmp_path / "script").write_text(capsys.readouterr().out)
    command = ["fish", "--no-config", "-c", f"source ./script; complete -C '{typed}'"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    found = {line.split("\t")[0] for line in result.stdout.splitlines()} - {"-h", "--help"}
    assert (found, result.stderr) == (set(offered.split()), "")


@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh here")
def test_zsh_reads_the_script(tmp_path, capsys):
    assert main(["completion", "zsh"]) == 0
    (tmp_path / "_charter").write_text(capsys.readouterr().out)
    load = 'autoload -Uz compinit; compinit -u -D; eval "$(<_charter)"; print -r -- $_comps[charter]'
    command = ["zsh", "-f", "-c", load]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("_shtab_charter\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_every_command_can_be_completed(capsys, shell):
    assert main(["completion", shell]) == 0
    output = capsys.readouterr().out
    assert [words[-1] for words in command_words(COMMANDS) if words[-1] not in output] == []
