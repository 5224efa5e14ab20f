"""The language of commands: which one the environment asks for, and that all of a command is in it."""

import re

import pytest

from charterpress.cli import COMMANDS, main
from charterpress.text.interface import MARKS
from charterpress.text.user_language import user_language
from commands import run_charter


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_XA.UTF-8"}, "en-XA"),
        ({"LANG": "qx_QX.UTF-8"}, "en"),  # there are no words in it
        ({"LC_ALL": "C", "LANG": "en_XA"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "en_XA"}, "en"),
        ({"LC_MESSAGES": "en_XA@euro", "LANG": "en_GB"}, "en-XA"),
        ({"LC_ALL": "en_GB", "LC_MESSAGES": "en_XA"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "qx:en_XA:en"}, "en-XA"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "en:en_XA"}, "en"),
        ({"LANG": "../../etc/passwd"}, "en"),
    ],
)
def test_the_environment_names_the_language(environment, language):
    assert user_language(environment) == language


def paths(commands, start=()):
    """The words that call each command, those below others too."""
    for name, each in commands.items():
        yield (*start, name)
        yield from paths(each.commands, (*start, name))


def help_lines(capsys, *words):
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    return capsys.readouterr().out.splitlines()


def test_every_word_of_help_is_in_the_language_of_the_environment(monkeypatch, capsys):
    """The name of the program, its options and examples stay."""
    monkeypatch.setenv("COLUMNS", "1000")  # a line for each sentence
    called = [(), *paths(COMMANDS)]
    english = {line for words in called for line in help_lines(capsys, *words)}
    monkeypatch.setenv("LC_ALL", "en_XA.UTF-8")
    texts = [help_lines(capsys, *words) for words in called]
    assert {text[0][:1] for text in texts} == {MARKS[0]}
    same = english & {line for text in texts for line in text}
    assert [line for line in same if re.search("[a-z]{3} [a-z]{3,} [a-z]{3}", line)] == []


@pytest.mark.parametrize("arguments", [["chekc"], ["check", "--nothing"], ["diff"]])
def test_a_refusal_is_in_the_language_of_the_environment(arguments, working_folder, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_XA.UTF-8")
    with pytest.raises(SystemExit):
        main(arguments)
    assert capsys.readouterr().err.startswith(MARKS[0])


def test_a_report_is_in_the_language_of_the_environment_and_its_keys_are_not(draft, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_XA.UTF-8")
    _, text, _ = run_charter(capsys, "check")
    assert text.startswith(MARKS[0])
    _, text, _ = run_charter(capsys, "check", "--format", "json")
    assert '"findings"' in text
