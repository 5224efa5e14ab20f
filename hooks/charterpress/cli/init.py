"""`charter init`: a repository with a complete small charter to start from."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from charterpress import read
from charterpress.checks import check
from charterpress.cli.command import (
    EXIT_OK,
    command,
    command_line,
    disk_errors,
    missing_letters,
    only_errors,
    option,
)
from charterpress.cli.installed import installed_package
from charterpress.cli.new.file_commands import interactive_terminal
from charterpress.cli.prompts import Question, ask_questions
from charterpress.editing.starter import (
    Answers,
    Host,
    Package,
    are_unread,
    default_answers,
    has_first_words,
    starter_files,
)
from charterpress.editing.starter.answers import LISTS, OPTIONAL, value_problem
from charterpress.editing.starter.record import answers_from
from charterpress.editing.starter.repository import SOURCE
from charterpress.model import Edition
from charterpress.model.errors import UsageError
from charterpress.read.folder import LEFT_OUT
from charterpress.storage import atomic
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.languages import name_and_tag

FLAGS = {
    "language": N_("the code of its language, such as en-GB or cy"),
    "title": N_("what the charter is called"),
    "owner": N_("who keeps it, as its home page names them"),
    "contact": N_("the e-mail address that signatures are sent to"),
    "kinds": N_("who may sign it: kinds of organisations, with commas between"),
    "host": N_("where the repository will be kept, which decides its workflows and forms"),
    "summary": N_("what it is, in one sentence"),
    "licence": N_("the code of the licence of its words"),
    "site_url": N_("the address that the site will have"),
    "maintainers": N_(
        "at GitHub, accounts that must approve a change to workflows and releases, such as @name"
    ),
}
"""What each option is about; the first six are asked for at a terminal."""
_ASKED = {
    "language": (N_("In which language is it written?"), "cy"),
    "title": (N_("What is the charter called?"), "River Charter"),
    "owner": (N_("Who keeps it?"), "Quay Trust"),
    "contact": (N_("Which e-mail address are signatures sent to?"), "charter@example.org"),
    "kinds": (N_("Which kinds of organisations may sign it?"), "charity, school"),
    "host": (N_("Where will its repository be kept?"), Host.GITLAB.value),
}
BUILD = "charter build"
"""What builds the website, in the folder of the repository."""
_NOT_NAMED = N_(
    "requirements.txt does not name charterpress {version} itself, because it is not known where others can\n"
    "get it: its first lines say what to write there before anybody installs from it."
)
_UNREAD = N_(
    "A program wrote its words in {language}, and nobody who speaks it has read them yet, as the head of\n"
    "charter.yml says."
)
_NO_WORDS = N_(
    "There are no first words in {language}, so they are in English: write yours before you publish."
)
_STEPS = N_(
    "There is a repository for your charter in {folder} now. Its words are about a shared hall:\n"
    "make them yours, file by file. README.md there says more.\n"
    "\n"
    "cd {folder}\n"
    "{build}  builds its website into the folder site.\n"
    "{check}  says what is wrong after each change.\n"
    "{release}  makes version 1.0.0, once the words are yours."
)
"""What to do with a new repository."""


@command(
    N_("write the repository of a new charter, with a complete small one to start from"),
    'charter init my-charter --title "River Charter" --kinds "charity, school"',
    option("folder", metavar="DIR", help=N_("a new or empty folder")),
    *(option(f"--{key.replace('_', '-')}", metavar=key.upper(), help=about) for key, about in FLAGS.items()),
)
def init_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the repository. Raises UsageError if the folder is not empty or an answer is wrong, and
    CharterError if the disk refuses or the person stops; nothing is written then."""
    folder = Path(options.folder)
    with disk_errors(_("nothing was begun")):
        _require_empty(options.folder, folder)
        package, answers, missing = installed_package(), Answers(), ""
        if not atomic.finish_writing(folder):
            answers = _answers(options, out, package)
            files = starter_files(answers, package)
            if faults := _faults(files):
                raise UsageError(_("nothing was begun, because the check would refuse it:"), details=faults)
            atomic.write_files(folder, files)
            missing = _of_language(answers.language) + _missing_letters(folder)
    out.write(f"{escape_lines(_next_steps(folder, package) + missing)}\n")
    return EXIT_OK


def _answers(options: argparse.Namespace, out: TextIO, package: Package) -> Answers:
    """The answers: those of options, of the person at a terminal, and defaults for the rest."""
    questions, person = [], interactive_terminal(out)
    for key in FLAGS:
        asks, example = _ASKED.get(key, ("", ""))
        questions.append(
            Question(
                key=key,
                flag=f"--{key.replace('_', '-')}",
                asks=_(asks) if asks else "",
                example=example,
                default_from=partial(_offered, key, vars(options)["language"] or ""),
                choices=tuple((each.value, "") for each in Host) if key == "host" else (),
                optional=key in OPTIONAL,
                wrong=partial(_problem, key, package if person else None),
            )
        )
    given = vars(options)
    asked = len(_ASKED) if person else 0
    values = ask_questions(questions[asked:], given, None)  # before any question, so that no answer is lost
    values |= ask_questions(questions[:asked], given, person)
    if given["summary"] is None:
        values["summary"] = default_answers(values["language"]).summary
    return answers_from(values)


def _offered(key: str, named: str, answers: Mapping[str, str]) -> str:
    """What is offered as the answer `key`, in the language that an option `named` or that was answered."""
    value = getattr(default_answers(answers.get("language", named)), key)
    return ", ".join(value) if key in LISTS else str(value)


def _problem(key: str, package: Package | None, _ignored: Mapping[str, str], value: str) -> str:
    """What is wrong with an answer. With the `package` that the repository is for, that is also what the
    check would say of it: where a person gives one after another, no other is to be lost by it."""
    if (problem := value_problem(key, value)) or not package:
        return problem
    return "\n  ".join(_faults(starter_files(answers_from({key: value}), package)))


def _faults(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What the check would find in the charter among `files`: a word in an answer that no charter may
    have."""
    inside = {
        path.removeprefix(f"{SOURCE}/"): data for path, data in files.items() if path.startswith(f"{SOURCE}/")
    }
    settings = {"charter.yml": inside.pop("charter.yml")}
    edition = Edition(root=SOURCE, charter=None, documents=(), entries=())
    findings = only_errors(check(read.with_files(read.with_files(edition, settings), inside)))
    return tuple(f"{each.excerpt.partition(':')[0]}: {each.message}; {each.fix}" for each in findings)


def _of_language(tag: str) -> str:
    """What to know of the first words in the language of a charter; '' for nothing."""
    words = _UNREAD if are_unread(tag) else "" if has_first_words(tag) else _NO_WORDS
    return f"\n\n{_(words).format(language=name_and_tag(tag))}" if words else ""


def _missing_letters(folder: Path) -> str:
    """What to do first, where an answer has letters that no font here has; '' where there are none. It's no
    reason to write nothing: some need a font that mkdocs.yml names."""
    source = folder / SOURCE
    edition = replace(read.load(source, shown=SOURCE), missing_letters=partial(missing_letters, source))
    findings = only_errors(check(edition))
    lines = (f"{each.path}:{each.line}: {each.message}\n  {each.fix}" for each in findings)
    return "".join(f"\n\n{each}" for each in lines)


def _next_steps(folder: Path, package: Package) -> str:
    """What to do now, each command on a line of its own."""
    named = shlex.quote(folder.as_posix())
    named = f"./{named}" if named.startswith("-") else named
    here = argparse.Namespace(source=SOURCE)
    steps = _(_STEPS).format(
        folder=named,
        build=BUILD,
        check=command_line(here, "check"),
        release=command_line(here, "release --first"),
    )
    return steps if package.digests else f"{steps}\n\n{_(_NOT_NAMED).format(version=package.version)}"


def _require_empty(named: str, folder: Path) -> None:
    """Raises UsageError if the folder is not empty; remains of an interrupted attempt do not count."""
    if not named.strip():
        raise UsageError(_("which folder? Say the name of a new one, such as charter init my-charter"))
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("“{named}” is a file: say the name of a new folder").format(named=named))
    names = {each.name for each in folder.iterdir()} - LEFT_OUT if folder.is_dir() else set()
    if names - {atomic.STAGED} and atomic.UNFINISHED not in names:
        first = min(names)
        raise UsageError(
            _("the folder “{named}” is not empty: “{first}” lies in it. Say the name of a new one").format(
                named=named, first=first
            )
        )
