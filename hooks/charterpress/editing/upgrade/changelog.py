"""The changelog for those who publish a charter → what each version of the generator changes for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _

CHANGELOG = Path(__file__).with_name("changes.md")
SEE, DO = "What you will see", "What you have to do"
"""The two headings of every entry."""
_ENTRY = re.compile(r"(?m)^## +(.*?)[ \t]*$")
_HEADING = re.compile(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)", re.ASCII)
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What one version changes: what people will `see`, and what they have to `do`, as Markdown."""

    version: str
    date: str
    see: str
    do: str


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are sorted by. Raises CharterError if `version` is not one such as 1.4.0."""
    if not (match := _VERSION.fullmatch(version)):
        raise CharterError(
            _("“{version}” is not a version of the generator, such as 1.4.0").format(version=version)
        )
    return tuple(map(int, match.groups()))


def read_changelog(text: str) -> tuple[Entry, ...]:
    """Return the entries of the changelog `text`, the newest first. Raises CharterError, with a sentence for
    each mistake: a heading that is not “## 1.4.0 - 2027-01-31”, versions out of order, or an entry without
    its two parts."""
    _ignored, *parts = _ENTRY.split(text)
    entries: list[Entry] = []
    mistakes: list[str] = []
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        match = _HEADING.fullmatch(heading)
        if match is None:
            mistakes.append(
                _("“## {heading}” has to be a version and its day, such as “## 1.4.0 - 2027-01-31”").format(
                    heading=heading
                )
            )
            continue
        version, date = match.groups()
        found = {
            name.strip(): words.strip()
            for name, words in re.findall(r"(?ms)^### (.*?)\n(.*?)(?=^### |\Z)", body)
        }
        if list(found) != [SEE, DO] or not all(found.values()):
            mistakes.append(
                _(
                    "the entry {version} has to have “### {see}” and “### {do}”, each with words below it"
                ).format(version=version, see=SEE, do=DO)
            )
        elif entries and version_key(version) >= version_key(entries[-1].version):
            mistakes.append(
                _("the entry {version} stands below {entries_version}: the newest comes first").format(
                    version=version, entries_version=entries[-1].version
                )
            )
        else:
            entries.append(Entry(version=version, date=date, see=found[SEE], do=found[DO]))
    if mistakes:
        raise CharterError(_("the changelog cannot be read:"), details=tuple(mistakes))
    return tuple(entries)


def entries_between(entries: Iterable[Entry], old: str, new: str) -> tuple[Entry, ...]:
    """Return the entries after the version `old`, up to and with the version `new`. Raises CharterError if
    either is no version."""
    first, last = version_key(old), version_key(new)
    return tuple(each for each in entries if first < version_key(each.version) <= last)
