"""Rules for what becomes of a principle: gone, renamed without saying so, or copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from charterpress.checks.body import TEMPLATE_SENTENCES
from charterpress.checks.current_version import compare, unexplained_removals
from charterpress.checks.queries import SLUG, documents_of, quote, relative_path, words_of
from charterpress.model import Document, Edition, Principle, Release, Role, Violation
from charterpress.text.interface import gettext as _
from charterpress.versions.diff import likeness

SAME_WORDS = 0.8
"""The share of its words that a principle has to have in common with another to be taken for it."""
_LETTERS_PER_WORD = 20
"""A text with fewer spaces is in a script that has none, and is compared by pairs of letters."""


def principle_gone(edition: Edition) -> Iterator[Violation]:
    """No principle of the current version is gone without a word: it is retired by a note, or goes on under
    another name.

    Organisations have signed it. Bring the file back; or write “retires: {its-id: ~}” in a change note, with
    the id that takes its place instead of ~ where there is one; or write its old id under “formerly” in the
    file that has taken its name."""
    compared = compare(edition)
    if compared is None:
        return
    renamed = likely_renames(edition, compared.current)
    for id, path in unexplained_removals(edition, compared.current).items():
        if id in renamed:
            continue
        message = _("{id} stands in version {version} and is gone").format(
            id=quote(id), version=compared.current.version
        )
        fix = _(
            "bring it back, write “retires: {{{id}: ~}}” in a change note, or “formerly: [{id}]” in the file "
            "that has its new name"
        ).format(id=id)
        yield Violation(path, message, fix)


def principle_renamed(edition: Edition) -> Iterator[Violation]:
    """A principle that is gone, while another has come with nearly the same words, goes on under the new
    name, until somebody says that it does not.

    Old links and old versions lead to it for ever: “formerly” in its file says what it was called before. If
    it is another principle all the same, a change note names it as what takes the old one's place."""
    compared = compare(edition)
    if compared is None:
        return
    for old, new in likely_renames(edition, compared.current).items():
        message = _("{old} of version {version} is gone, and this has its words").format(
            old=quote(old), version=compared.current.version
        )
        if old in edition.retired:
            fix = _(
                "write “formerly: [{old}]” into its first lines, and take “{old}” out of “retires”; or write "
                "“retires: {{{old}: {new}}}” in a change note if it is another principle"
            )
        else:
            fix = _(
                "write “formerly: [{old}]” into its first lines; or write “retires: {{{old}: {new}}}” in a "
                "change note if it is another principle"
            )
        yield Violation(new.path, message, fix.format(old=old, new=new.id))


def principle_copied(edition: Edition) -> Iterator[Violation]:
    """No two principles have the same words.

    A promise that stands twice is soon kept in one of its places only, and a principle cannot be in two
    themes. To put one into another theme, move it."""
    first: dict[str, Document] = {}
    for document in documents_of(edition, Role.PRINCIPLE):
        if not SLUG.fullmatch(document.id):
            continue
        words = words_of(document)
        other = first.setdefault(words, document)
        unwritten = any(sentence.casefold() in words for sentence in TEMPLATE_SENTENCES.values())
        if other is document or not document.body_known or (unwritten and other.id != document.id):
            continue
        message = _("this says word for word what {file} says").format(
            file=relative_path(edition, other.path)
        )
        fix = _(
            "delete one of them, or let each say a thing of its own; “charter move {id} THEME” puts one into "
            "another theme"
        ).format(id=other.id)
        yield Violation(document.path, message, fix, about=(other.path,))


def likely_renames(edition: Edition, current: Release) -> dict[str, Principle]:
    """The principles of the current version that are gone, each with the new one that has nearly its words;
    those that a note replaces are left out."""
    if edition.charter is None:
        return {}
    before = {each.id: each for _, each in current.charter.principles()}
    after = [each for _, each in edition.charter.principles()]
    here = {id for each in after for id in (each.id, *each.formerly)}
    said = {old for note in edition.notes for old, heir in note.retires if heir}
    come = {each.id: (each, _words(each)) for each in after if not before.keys() & {each.id, *each.formerly}}
    renames: dict[str, Principle] = {}
    for old, principle in before.items():
        if old in here or old in said or not SLUG.fullmatch(old) or not come:
            continue
        words = _words(principle)
        score, id = max((likeness(words, other), id) for id, (_, other) in come.items())
        if score > SAME_WORDS:
            renames[old] = come.pop(id)[0]
    return renames


def _text(principle: Principle) -> str:
    """What a principle says, without its title."""
    parts = (principle.summary, *(section.text for section in principle.sections))
    return " ".join(" ".join(parts).split()).casefold()


def _words(principle: Principle) -> Counter[str]:
    text = _text(principle)
    if text.count(" ") * _LETTERS_PER_WORD < len(text):
        return Counter(text[at : at + 2] for at in range(len(text) - 1))
    return Counter(text.split())
