"""A charter and a language → its .po file, begun or brought in step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from charterpress.checks.languages import FOLDER, is_same_language, source_language
from charterpress.model import Charter, Document, Edition, Finding, Severity, Translation
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.interface import gettext as _
from charterpress.text.languages import english_name, is_language_tag, likely_tag, plural_forms
from charterpress.text.po import write_po
from charterpress.versions.translations import Progress, in_step, match_entries, progress, units

_READING = ("Front matter", "Charter settings", "Identity", "Shape of the body", "Characters", "Files")
"""The groups of rules that say whether the text was read as it is meant."""
FORM_RULES = frozenset(
    {
        *("translation-unreadable", "translation-name", "translation-twice"),
        *("not-utf8", "lone-cr", "merge-conflict", "long-line", "file-size", "file-unreadable", "symlink"),
    }
)
"""The rules for a .po file that a program cannot write anew without losing something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """What bringing a translation in step comes to. `before` is what there was, None where it is begun;
    `data` are the bytes to write, the same as now where nothing changes; `inside` is its path in the
    charter's folder. `added` are the ids of the units that it did not have under any name; `removed` those
    of the translations that belong to no unit any more, and are kept at its end."""

    inside: str
    before: Translation | None
    after: Translation
    progress: Progress
    data: bytes
    changed: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]


def require_language(edition: Edition, tag: str) -> str:
    """Return the code of a language that `edition` can be translated into. Raises UsageError for any
    other."""
    if not is_language_tag(tag):
        likely = likely_tag(tag)
        fix = (
            _("did you mean “{words}”?").format(words=likely)
            if likely
            else _("write a code such as cy, ar or pt-BR")
        )
        raise UsageError(_("“{tag}” is not the code of a language: {fix}").format(tag=tag, fix=fix))
    if is_same_language(tag, source_language(edition)):
        raise UsageError(
            _("“{tag}” is the language that the charter is written in: name another").format(tag=tag)
        )
    return tag


def known_languages(edition: Edition) -> tuple[str, ...]:
    """Return the languages that charter.yml lists, and those that there is a file of besides."""
    listed = [tag for tag, _ in edition.charter.languages] if edition.charter else []
    files = sorted(_files(edition))
    return tuple(dict.fromkeys((*listed, *files)))


def _files(edition: Edition) -> Iterator[str]:
    folder = f"{edition.root}/{FOLDER}/"
    for entry in edition.entries:
        name = entry.path.removeprefix(folder)
        if name != entry.path and name.endswith(".po") and "/" not in name:
            yield name.removesuffix(".po")


def hindrances(
    edition: Edition, findings: tuple[Finding, ...], groups: dict[str, str], tag: str
) -> tuple[Finding, ...]:
    """Return those of `findings` that have to be mended before the .po file of a language is written: of the
    charter's text, where it could not be read as it is meant, and of the form of that file. `groups` are
    those of the rules, by their ids."""
    themes, own = f"{edition.root}/themes/", f"{edition.root}/{FOLDER}/{tag}.po"
    tops = (f"{edition.root}/charter.yml", f"{edition.root}/preamble.md")
    return tuple(
        each
        for each in findings
        if each.severity is Severity.ERROR
        and (
            (each.path == own and each.rule in FORM_RULES)
            or (groups[each.rule] in _READING and (each.path in tops or each.path.startswith(themes)))
        )
    )


def update(edition: Edition, tag: str) -> Update:
    """Return what makes the .po file of the language `tag` or brings it in step with the text. Raises
    CharterError if charter.yml or that file cannot be read."""
    inside = f"{FOLDER}/{tag}.po"
    if edition.charter is None:
        raise CharterError(_("this cannot be read: run “charter check”"), path=f"{edition.root}/charter.yml")
    before = next((each for each in edition.translations if each.language == tag), None)
    document: Document | None = edition.document(f"{edition.root}/{inside}")
    if before is None and document is not None and document.lines:
        raise CharterError(_("this cannot be read: run “charter check”"), path=document.path)
    after = in_step(edition.charter, before or new_translation(edition.charter, tag))
    if not after.headers:
        after = replace(after, headers=new_translation(edition.charter, tag).headers)
    text = write_po(after)
    old = before.entries if before else ()
    found = units(edition.charter)
    matched = match_entries(edition.charter, found, old)
    used = set(matched.values())
    gone = (each for at, each in enumerate(old) if at not in used and each.text and not each.obsolete)
    return Update(
        inside=inside,
        before=before,
        after=after,
        progress=progress(edition.charter, after),
        data=text.encode(),
        changed=before is None or text != write_po(before),
        added=tuple(id for id in found if id not in matched),
        removed=tuple(each.unit for each in gone),
    )


def new_translation(charter: Charter, tag: str) -> Translation:
    """Return a translation into the language `tag` without entries: what its file says of itself."""
    name = english_name(tag)
    source = (charter.language or "en").replace("-", "_")
    return Translation(
        language=tag,
        comment=f"{charter.title}: {name}\nThe licence is that of the charter, {charter.licence}.\n",
        headers=(
            ("Project-Id-Version", charter.title),
            ("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),
            ("Last-Translator", "FULL NAME <EMAIL@ADDRESS>"),
            ("Language-Team", name),
            ("Language", tag.replace("-", "_")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", plural_forms(tag)),
            ("X-Source-Language", source),
        ),
    )
