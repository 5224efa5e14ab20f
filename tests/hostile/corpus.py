"""The hostile corpus: payloads × fields → the files of a small charter with one payload in one field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from builders import release_draft
from charterpress import register
from charterpress.checks import check
from charterpress.model import Finding, Severity
from charterpress.read import load
from charterpress.text.folding import is_latin
from charterpress.text.slugs import name_slug
from yaml_strings import strings_of

HERE = Path(__file__).parent
ACCEPTED = "accepted"
FRONT, BODY, RELEASE = "front matter", "body", "release"
_UNWRITABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """What a stranger may write. `id` is its group and its name; `word` is a word of it to search for."""

    id: str
    text: str
    attacks: str
    seen: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A place where words can stand: `keys` lead to it in the front matter of the file at `path`, or in a
    release. `around` is what stands before and behind it."""

    id: str
    path: str
    kind: str = FRONT
    keys: tuple[str | int, ...] = ()
    around: tuple[str, str] = ("", "")


def payloads() -> tuple[Payload, ...]:
    groups = yaml.safe_load((HERE / "payloads.yml").read_text(encoding="utf-8"))
    return tuple(
        Payload(id=f"{group['group']}-{name}", text=text, attacks=group["attacks"], seen=group["seen"])
        for group in groups
        for name, text in group["payloads"].items()
    )


PAYLOADS = payloads()

# --- Fields ------------------------------------------------------------------------------------------

CHARTER, PREAMBLE, THEME = "charter.yml", "preamble.md", "themes/moorings/index.md"
PRINCIPLE, NOTE = "themes/moorings/leave-room.md", "changes/quay.md"
ERRATUM, SIGNATORY, FROZEN = "errata/1.0.0.md", "signatories/quay-club.yml", "releases/1.0.0.json"


def _read(name: str) -> dict[str, Any]:
    # Every value is text as it is written: 1.0.0, 2024-12-01 and true too.
    return strings_of(HERE / name)


_PLACES = _read("fields.yml")


def _fields(group: str, kind: str) -> tuple[Field, ...]:
    return tuple(
        Field(
            id=f"{each['name']}.{key}",
            path=each["file"],
            kind=BODY if "body" in each else kind,
            keys=() if "body" in each else tuple(map(_part, f"{each.get('under', '')}{key}".split("."))),
            around=tuple(each.get("around", ("", ""))),
        )
        for each in _PLACES[group]
        for key in each["keys"]
    )


def _part(part: str) -> str | int:
    return int(part) if part.isdigit() else part


DRAFT = _fields("draft", FRONT)
"""The fields of the words of a charter, before there is a release."""
SIGNED = _fields("signed", FRONT)
"""The fields of what stands beside a release."""
FORGED = _fields("forged", RELEASE)
"""The fields of a release that somebody wrote by hand, with its line in SHA256SUMS: no rule of words reads
it, so that what is made of it has to be harmless whatever it says."""
FIELDS = DRAFT + SIGNED + FORGED
RELEASED: dict[str, str] = _PLACES["released"]
"""By a field of the draft, that of a release whose verdict says whether a payload can stand there."""

# --- A small charter ---------------------------------------------------------------------------------


def base() -> dict[str, Any]:
    files = _read("charter.yml")
    return {path: tuple(value) if isinstance(value, list) else value for path, value in files.items()}


@cache
def _released() -> bytes:
    files = {path: text for path, text in base().items() if path not in {ERRATUM, SIGNATORY}}
    with TemporaryDirectory() as folder:
        root = write(Path(folder), {path: text_of(value).encode() for path, value in files.items()})
        return release_draft(root, first=True).data


def planted(field: Field, payload: Payload) -> dict[str, bytes]:
    """The files of the charter with `payload` in `field`, by path."""
    files, frozen = base(), json.loads(_released())
    if field in DRAFT:
        files = {path: value for path, value in files.items() if path not in (ERRATUM, SIGNATORY)}
    else:
        files.pop(NOTE)
    if field.kind == RELEASE:
        _put(frozen, field.keys, payload.text)
    elif field.kind == BODY:
        before, behind = field.around
        body = before + written(payload.text) + behind
        files[field.path] = (files[field.path][0], body) if isinstance(files[field.path], tuple) else body
    else:
        whole = files[field.path]
        words = payload.text.join(field.around)
        _put(whole[0] if isinstance(whole, tuple) else whole, field.keys, words)
    if field.id == "charter.sections.1.heading":  # stands in the body of a principle too
        front, body = files[PRINCIPLE]
        files[PRINCIPLE] = (front, body.replace("Why it matters", written(payload.text)))
    found = {path: text_of(value).encode() for path, value in files.items()}
    if field.path == SIGNATORY:
        found[path_of(field, payload)] = found.pop(SIGNATORY)
    if field not in DRAFT:
        found |= frozen_files(frozen)
    return found


def path_of(field: Field, payload: Payload) -> str:
    """The file that `payload` comes to stand in: an entry is called after the name of the organisation."""
    if field.id != "signatory.name" or not is_latin(payload.text):
        return field.path
    slug = name_slug(payload.text)
    slug = f"{slug}-2" if slug in register.RESERVED else slug
    return f"signatories/{slug}.yml" if slug else field.path


def frozen_files(frozen: Mapping[str, Any]) -> dict[str, bytes]:
    """A release and the list of digests that goes with it, whatever it says."""
    data = (json.dumps(frozen, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")
    data = re.sub(rb"\xed[\xa0-\xbf][\x80-\xbf]", lambda half: _escaped(half[0]), data)
    sums = f"{sha256(data).hexdigest()}  {Path(FROZEN).name}\n"
    return {FROZEN: data, "releases/SHA256SUMS": sums.encode()}


def _escaped(half: bytes) -> bytes:
    return f"\\u{ord(half.decode('utf-8', 'surrogatepass')):04x}".encode()


def _put(node: Any, keys: tuple[str | int, ...], value: str) -> None:
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = value


def text_of(value: Any) -> str:
    """A file's text. Each key of front matter has one line, its value as JSON, which is YAML too."""
    if isinstance(value, str):
        return value
    front, body = value if isinstance(value, tuple) else (value, None)
    lines = "".join(f"{key}: {quoted(said)}\n" for key, said in front.items())
    return lines if body is None else f"---\n{lines}---\n\n{body}"


def quoted(value: Any) -> str:
    """A value as JSON; half a character, which no file can hold, as a code."""
    return written(json.dumps(value, ensure_ascii=False))


def written(words: str) -> str:
    """`words` with half a character, which no file can hold, as a code."""
    return _UNWRITABLE.sub(lambda half: f"\\u{ord(half[0]):04x}", words)


def write(root: Path, files: Mapping[str, bytes]) -> Path:
    """Writes `files` into the charter's folder `root`; gives it."""
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


# --- What the check says -----------------------------------------------------------------------------


def judged(root: Path, field: Field, payload: Payload) -> tuple[Finding, ...]:
    """What the check says of the charter with `payload` in `field`, written into the empty folder `root`."""
    write(root, planted(field, payload))
    findings = check(load(root, shown="charter"))
    # That a forged release is not what the files say is another matter.
    return tuple(each for each in findings if field not in FORGED or "/releases/" in each.path)


def verdict(findings: Iterable[Finding]) -> str:
    """The rules that were broken, in order; a ? follows one that only warns; “accepted” where none was."""
    rules = {f"{each.rule}{'' if each.severity is Severity.ERROR else '?'}" for each in findings}
    return " ".join(sorted(rules)) or ACCEPTED


def is_accepted(said: str) -> bool:
    """Whether a verdict lets the words pass: nothing in it is an error."""
    return said == ACCEPTED or all(rule.endswith("?") for rule in said.split())


def places(field: Field, payload: Payload) -> set[tuple[str, int]]:
    """The files and lines in which a finding about `payload` may stand."""
    files, path = planted(field, payload), path_of(field, payload)
    lines = files[path].decode().split("\n")
    found = {(path, line) for line in range(1, len(lines) + 1)}
    if field.kind == BODY:
        first = files[path].decode().index(field.around[0]) + len(field.around[0])
        start = files[path].decode()[:first].count("\n") + 1
        found = {(path, line) for line in range(start, len(lines) + 1)}
    elif field.kind == FRONT:
        found = {(path, at) for at, line in enumerate(lines, 1) if line.startswith(f"{field.keys[0]}:")}
    if field.id == "charter.sections.1.heading":
        body = files[PRINCIPLE].decode().split("\n")
        found |= {(PRINCIPLE, line) for line in range(body.index("---", 1) + 1, len(body) + 1)}
    return found


def answers() -> dict[tuple[str, str], str]:
    """The recorded verdict for each payload and field, by their ids. In verdicts.yml each payload has its
    verdicts, and each of them the fields that it is for; “principle.*” are all of a kind. A field that is not
    named accepts the payload."""
    recorded = yaml.load((HERE / "verdicts.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    found = {(payload.id, field.id): ACCEPTED for payload in PAYLOADS for field in FIELDS}
    for payload, by_verdict in recorded.items():
        for said, named in by_verdict.items():
            fields = [one for each in named for one in _KINDS.get(each, (each,))]
            found |= {(payload, field): said for field in fields}
    return found


def record(answers: Mapping[tuple[str, str], str]) -> None:
    out = ["# What `charter check` answers. UPDATE_CASES=1 writes this anew; then read what has changed.\n"]
    for payload in PAYLOADS:
        by_verdict: dict[str, list[str]] = {}
        for field in FIELDS:
            by_verdict.setdefault(answers[payload.id, field.id], []).append(field.id)
        out.append(f"{payload.id}:{'' if set(by_verdict) - {ACCEPTED} else ' {}'}\n")
        for said, fields in sorted(by_verdict.items()):
            if said != ACCEPTED:
                whole = [name for name, all_ in _KINDS.items() if set(all_) <= set(fields)]
                rest = [name for name in fields if f"{name.partition('.')[0]}.*" not in whole]
                out.append(f"  {json.dumps(said)}: {_row([*whole, *rest])}\n")
    (HERE / "verdicts.yml").write_text("".join(out), encoding="utf-8")


def _row(names: list[str]) -> str:
    return f"[{', '.join(json.dumps(name) if '*' in name else name for name in names)}]"


_KINDS = {
    f"{kind}.*": tuple(field.id for field in FIELDS if field.id.startswith(f"{kind}."))
    for kind in dict.fromkeys(field.id.partition(".")[0] for field in FIELDS)
}
