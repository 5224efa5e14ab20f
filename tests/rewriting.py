"""A charter's past, rewritten without a seam by whoever keeps it; and what somebody else kept of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from charterpress.proofs.digests import sha256, swhid
from charterpress.read import load
from charterpress.read.releases import read_release
from charterpress.versions.translations import units, words_digest
from commands import git, init_repository

WORDS = re.compile(r"[a-z]{5,}")


def history(folder: Path) -> list[Path]:
    """The frozen files of the charter in `folder`, each before all that name its digest."""
    edition = load(folder, shown="charter")
    frozen = (*edition.releases, *edition.frozen_translations)
    names = {each.path.rpartition("/")[2]: each for each in frozen}
    order = {each.version: place for place, each in enumerate(edition.releases)}
    key = {name: (order[each.version], name.count("."), name) for name, each in names.items()}
    return [folder / "releases" / name for name in sorted(names, key=key.__getitem__)]


def leaves(value: object, path: str = "") -> list[tuple[str, str]]:
    """Every text in JSON with the names of the members that it lies in."""
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in leaves(each, f"{path}.{key}")]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each, path)]
    return [(path, value)] if isinstance(value, str) else []


def of_words(path: str) -> bool:
    """Whether a text there is words, and no name by which the program knows something."""
    return path.endswith((".summary", ".text", ".reason", ".preamble", ".plain", ".measure", ".support"))


def rewrite(folder: Path, random: Random) -> dict[str, bytes]:
    """Change some words of a release, a reason, a date or a translation, everywhere where they stand, and all
    digests that follow from it; give the history one commit and the tags of old. Returns the bytes that the
    files had which are others now, by name."""
    files = history(folder)
    before = {path: path.read_bytes() for path in files}
    old, new = _change(before, random)
    known: dict[str, str] = {}
    for path in files:
        data = before[path]
        if b'"translation-1"' in data[:60]:
            for one, other in _sources(folder, path, before).items():
                data = data.replace(one.encode(), other.encode())
        data = data.replace(old, new)
        for one, other in known.items():
            data = data.replace(one.encode(), other.encode())
        path.write_bytes(data)
        known[sha256(before[path])] = sha256(data)
    sums = folder / "releases/SHA256SUMS"
    text = sums.read_text(encoding="utf-8")
    for one, other in known.items():
        text = text.replace(one, other)
    sums.write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(folder.parent / ".git", ignore_errors=True)
    init_repository(folder.parent)
    for path in files:
        if path.name.count(".") == 3:
            git("tag", path.stem, folder=folder)
    return {path.name: data for path, data in before.items() if data != path.read_bytes()}


def _change(before: dict[Path, bytes], random: Random) -> tuple[bytes, bytes]:
    """Some words as they stand in the files, and others."""
    path = random.choice(list(before))
    texts = [
        text for place, text in leaves(json.loads(before[path])) if of_words(place) and WORDS.search(text)
    ]
    text = random.choice(texts)
    words = WORDS.findall(text)
    word = random.choice(words)
    other = "".join(
        random.choice("bcdfgklmnprst") + random.choice("aeiou") for _ in range(random.randint(2, 5))
    )
    changed = text.replace(word, other, 1)
    return tuple(json.dumps(each, ensure_ascii=False).encode() for each in (text, changed))


def _sources(folder: Path, path: Path, before: dict[Path, bytes]) -> dict[str, str]:
    """The digests of what a translation was made from that are others now, and what they are now."""
    version = ".".join(path.name.split(".")[:3])
    file = folder / "releases" / f"{version}.json"
    was, now = (
        read_release(data, path=file.name, root="charter")[0] for data in (before[file], file.read_bytes())
    )
    old, new = units(was.charter), units(now.charter)
    return {
        words_digest(old[id].words): words_digest(new[id].words)
        for id in old
        if old[id].words != new[id].words
    }


# --- What somebody kept ------------------------------------------------------------------------------


def _file(folder: Path, name: str, data: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return str(folder / name)


def published_name(name: str) -> str:
    """Where a site has a frozen file, below versions/."""
    first, second, third, *rest = name.removesuffix(".json").split(".")
    return f"{first}.{second}.{third}/{'.'.join(rest) or 'charter'}.json"


def groups(data: bytes) -> list[str]:
    digest = sha256(data)
    return [digest[at : at + 8] for at in range(0, 64, 8)]


def site_copy(folder: Path, files: dict[str, bytes]) -> str:
    """A folder as a browser or a crawler saves a site."""
    sums = "".join(f"{sha256(data)}  {published_name(name)}\n" for name, data in files.items())
    for name, data in files.items():
        path = folder / "versions" / published_name(name)
        _file(path.parent, path.name, data)
    _file(folder / "versions", "SHA256SUMS", sums.encode())
    return str(folder)


WITNESSES: dict[str, Callable[[Path, str, bytes], str]] = {
    "copy": _file,
    "renamed": lambda folder, _, data: _file(folder, "what I signed.json", data),
    "sums": lambda folder, name, data: _file(folder, "SHA256SUMS", f"{sha256(data)}  {name}\n".encode()),
    "digest": lambda _, __, data: sha256(data).upper(),
    "certificate": lambda _, __, data: " ".join(groups(data)),
    "swhid": lambda _, __, data: swhid(data),
    "page": lambda folder, _, data: _file(
        folder, "certificate.html", "<wbr>".join(f"<span>{each}</span>" for each in groups(data)).encode()
    ),
    "letter": lambda folder, _, data: _file(
        folder, "welcome.eml", f"Subject: Welcome\nContent-Type: text/plain\n\nKeep {sha256(data)}\n".encode()
    ),
    "site": lambda folder, name, data: site_copy(folder / "site", {name: data}),
}
"""What somebody can have kept of one file, by kind: what to give to --against."""
