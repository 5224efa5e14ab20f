"""Charters in several languages: files of translations, and what they are released with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from charterpress.model import Translation, TranslationEntry
from charterpress.read import load
from charterpress.storage import atomic
from charterpress.text.po import write_po
from charterpress.versions import freeze
from charterpress.versions.translations.units import units


def welsh_of(words: str) -> str:
    """What stands for a translation of `words`."""
    return f"Cymraeg: {words}"


def add_languages(root: Path, **standings: str) -> None:
    """Lets charter.yml in the charter's folder `root` say which further languages there are: cy="binding"."""
    path = root / "charter.yml"
    listed = ", ".join(f"{tag}: {standing}" for tag, standing in standings.items())
    lines = [
        each
        for each in path.read_text(encoding="utf-8").splitlines()
        if not each.startswith(("language:", "languages:"))
    ]
    lines += ["language: en-GB"] + [f"languages: {{{listed}}}"] * bool(listed)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_translation(
    root: Path,
    language: str = "cy",
    words: Mapping[str, str] | None = None,
    *,
    say: Callable[[str], str] = welsh_of,
) -> Path:
    """Writes the .po file of `language` for the working text in `root`, in step with it; `words` are those
    of some units, by their ids, '' for none. Gives its path."""
    charter, words = load(root).charter, words or {}
    entries = tuple(
        TranslationEntry(unit=id, source=unit.words, text=words.get(id, say(unit.words)))
        for id, unit in units(charter).items()
    )
    headers = (
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )
    path = root / "translations" / f"{language}.po"
    path.parent.mkdir(exist_ok=True)
    text = write_po(Translation(language=language, entries=entries, headers=headers))
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def release_again(root: Path, date: str, **options) -> freeze.Plan:
    """Releases what lies in `root`, as `charter release` does; gives what was done."""
    plan = freeze.plan_release(load(root, shown="charter"), date=date, **options)
    atomic.write_files(root, plan.writes, plan.removes, beside="releases")
    return plan
