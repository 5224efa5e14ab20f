"""What a repository was made with: its answers, the generator's version, and the digest of each file.

`charter upgrade` knows by it which files its people have changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from charterpress.checks.queries import quote
from charterpress.editing.starter.answers import LISTS, OPTIONAL, Answers, Host, split_list, value_problem
from charterpress.model import Mapping as Block
from charterpress.model import Node, Scalar
from charterpress.model.errors import CharterError
from charterpress.read.string_yaml import read_yaml
from charterpress.text.interface import gettext as _

RECORD = ".charterpress.yml"
FORMAT = "charterpress-repository/1"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HEAD = (
    "# What “charter init” wrote, with the SHA-256 digest of each file. “charter upgrade” knows by it\n"
    "# which files you have changed: leave this one as it is.\n"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What `charter init` wrote: the generator's `version`, the `answers`, and the SHA-256 digest of each
    file by its path in the repository."""

    version: str
    answers: Answers
    digests: Mapping[str, str]


def record_bytes(version: str, answers: Answers, digests: Mapping[str, str]) -> bytes:
    """Return the record of files, whose `digests` are given by their paths in the repository, made by
    `version` from `answers`."""
    lines = [f"format: {FORMAT}", f"version: {version}", "answers:"]
    for key, value in asdict(answers).items():
        typed = ", ".join(value) if key in LISTS else str(value)
        lines.append(f"  {key}: {json.dumps(typed, ensure_ascii=False)}")
    lines.append("files:")
    lines += [f"  {json.dumps(path)}: {digests[path]}" for path in sorted(digests)]
    return (_HEAD + "\n".join(lines) + "\n").encode()


def read_record(folder: Path) -> Record:
    """Return the record in the repository `folder`. Raises CharterError, which says what to do, if it is
    missing or somebody has broken it, and OSError if it cannot be read."""
    path = folder / RECORD
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = _("“charter init” made no repository here: there is no such file")
        raise CharterError(message, path=str(path)) from error
    except UnicodeDecodeError as error:
        raise _broken(path, _("it is not text")) from error
    root, faults = read_yaml(text.splitlines())
    if faults:
        raise _broken(
            path, _("line {line}: {message}").format(line=faults[0].line, message=faults[0].message)
        )
    values = root.get if isinstance(root, Block) else lambda _ignored: None
    if (form := _scalar(values("format"))) != FORMAT:
        raise _broken(
            path,
            _("its format is {form}, and this version reads {format}").format(
                form=quote(form), format=quote(FORMAT)
            ),
        )
    digests = {path: _scalar(node) for path, node in _entries(values("files"))}
    if not digests or not all(map(_DIGEST.fullmatch, digests.values())):
        raise _broken(path, _("below “files” there has to be a digest for each file"))
    answers = {key: _scalar(node) for key, node in _entries(values("answers"))}
    return Record(version=_scalar(values("version")), answers=_answers(path, answers), digests=digests)


def _answers(path: Path, values: Mapping[str, str]) -> Answers:
    """The answers, as they stand in the record; what a later version asks besides has its default."""
    known = [each.name for each in fields(Answers) if each.name in values]
    for key in known:
        if (values[key] or key not in OPTIONAL) and (problem := value_problem(key, values[key])):
            raise _broken(path, f"{key}: {problem}")
    return answers_from({key: values[key] for key in known})


def answers_from(values: Mapping[str, str]) -> Answers:
    """Return the answers with `values`, as typed and already checked by `value_problem`, by their names."""
    converted: dict[str, Any] = dict(values)
    for key in LISTS:
        if key in values:
            converted[key] = split_list(values[key])
    if "host" in values:
        converted["host"] = Host(values["host"])
    return Answers(**converted)


def _scalar(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) else ""


def _entries(node: Node | None) -> list[tuple[str, Node]]:
    return [(key.value, value) for key, value in node.entries] if isinstance(node, Block) else []


def _broken(path: Path, why: str) -> CharterError:
    return CharterError(
        _("somebody has changed this: {why}. Take back the change to it").format(why=why), path=str(path)
    )
