"""Rules for what a translation says: that it has the form of its source, and says the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from charterpress.checks.equivalence import Difference, negation_difference, number_difference
from charterpress.checks.extensions import character_codes
from charterpress.checks.languages import source_language
from charterpress.checks.queries import quote, quote_whole
from charterpress.checks.wording import blank_markdown
from charterpress.model import (
    MAX_FILE_BYTES,
    Block,
    Edition,
    TranslationEntry,
    Unit,
    Violation,
    once_per_edition,
)
from charterpress.text import markdown
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.versions.translations import (
    former_names,
    same_links,
    units,
)

MAX_TIMES, MAX_MORE = 3, 100
"""How many times as long as its source a translation may be, and how many characters more."""
MAX_EQUAL_WORDS = 3
"""Words that may be the same in two languages: a name, or “Covid-19”."""
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}|\{\w*\}|%\(\w+\)[a-z]|%(?:\d\$)?[sdif]\b|\$\{\w+\}")
_NAMES = {
    "heading": N_("a heading"),
    "paragraph": N_("a paragraph"),
    "bullet_list": N_("a list"),
    "ordered_list": N_("a numbered list"),
    "quote": N_("a quotation"),
    "code": N_("a block of code"),
    "rule": N_("a line across the page"),
    "table": N_("a table"),
    "html": N_("HTML"),
}


class _Text(NamedTuple):
    """A translated passage: where it is, and its entry."""

    path: str
    language: str
    entry: TranslationEntry
    markdown: bool


@once_per_edition
def _texts(edition: Edition) -> tuple[_Text, ...]:
    """Every passage that has a translation, in a file that can be read. What is no longer in the text is left
    out, and so is what is so long that it is a fault of its own."""
    return tuple(text for text in _all_texts(edition) if len(text.entry.text) <= _most(text.entry))


def _most(entry: TranslationEntry) -> int:
    """The most characters that a translation may have."""
    return MAX_TIMES * min(len(entry.source), len(entry.made_from)) + MAX_MORE


@once_per_edition
def _all_texts(edition: Edition) -> tuple[_Text, ...]:
    found = units(edition.charter) if edition.charter else {}
    return tuple(
        _Text(translation.path, translation.language, entry, _is_markdown(entry, found))
        for translation in edition.translations
        for entry in translation.entries
        if entry.text and not entry.obsolete and len(entry.made_from) <= MAX_FILE_BYTES
    )


def _is_markdown(entry: TranslationEntry, found: Mapping[str, Unit]) -> bool:
    unit = found.get(entry.unit)
    return unit.markdown if unit else True


def _at(text: _Text, message: str, fix: str) -> Violation:
    return Violation(text.path, message, fix, max(text.entry.text_line, 1))


def translation_html(edition: Edition) -> Iterator[Violation]:
    """A translation has no HTML, no codes for characters and no pictures, as its source has none.

    HTML would be shown as it is written, and a code such as &nbsp; hides a character that nobody sees. Write
    the words, with * around those that stand out."""
    for text in _texts(edition):
        codes = character_codes(blank_markdown(text.entry.text)) if text.markdown else ()
        for match, character in codes:
            message = _("{words} is a code for a character, which the text may not have")
            fix = _("write {words}").format(words=quote(character))
            if unicodedata.category(character[:1])[0] in "CZ":
                fix = _("delete it, or write a space")
            yield _at(text, message.format(words=quote(match[0])), fix)
            break
        if found := _html(text):
            message = _("{words} is HTML").format(words=quote(found, 40))
            yield _at(text, message, _("write the words alone"))
        elif text.markdown and any(
            link.image for block in _all(markdown.parse_blocks(text.entry.text)) for link in block.links
        ):
            message = _("there is a picture in this translation")
            yield _at(text, message, _("write the words alone"))


def _html(text: _Text) -> str:
    """The first HTML in a translation; '' if there is none."""
    if text.markdown:
        blocks = _all(markdown.parse_blocks(text.entry.text))
        return next((block.text for block in blocks if block.kind == "html"), "")
    tag = _TAG.search(text.entry.text)
    return tag[0] if tag and tag[0] not in text.entry.source else ""


def _all(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.children)


def translation_link(edition: Edition) -> Iterator[Violation]:
    """A translation has the links of its source, and leads to the same places.

    Keep the address in round brackets after the words as it is, and translate the words in square brackets. A
    link that leads elsewhere could lead anywhere."""
    names = former_names(edition.charter) if edition.charter else {}
    for text in _texts(edition):
        if not text.markdown:
            continue
        wanted, there = (
            Counter(_targets(same_links(words, names))) for words in (_made_from(text.entry), text.entry.text)
        )
        lost, added = list((wanted - there).elements()), list((there - wanted).elements())
        if lost:
            message = _("the link to {target} is lost").format(target=quote(lost[0]))
            if added:
                message = _("the link leads to {other}, and that of the source to {target}").format(
                    other=quote(added[0]), target=quote(lost[0])
                )
            fix = _("write the link as the source has it, with its words translated: {words}")
            yield _at(text, message, fix.format(words=quote_whole(f"[…]({lost[0]})")))
        elif added:
            message = _("the source has no link to {target}").format(target=quote(added[0]))
            yield _at(text, message, _("write the words without the link"))


def _targets(words: str) -> list[str]:
    blocks = _all(markdown.parse_blocks(words))
    return [link.target for block in blocks for link in block.links if not link.image]


def translation_form(edition: Edition) -> Iterator[Violation]:
    """A translation has the form of its source: a paragraph stays one paragraph, an item of a list one item.

    A blank line, a number sign or a hyphen at the start of a line would make something else of it on the
    page. Nor does it have a character that cannot be seen."""
    for text in _texts(edition):
        words = text.entry.text
        strange = next((c for c in words if unicodedata.category(c) == "Cc" and c != "\n"), "")
        if strange:
            message = _("there is a control character written as a code here, {letter}").format(
                letter=f"U+{ord(strange):04X}"
            )
            yield _at(text, message, _("delete the backslash and the letter after it"))
            continue
        source = _made_from(text.entry)
        if not text.markdown:
            if "\n" in words.strip() and "\n" not in source:
                message = _("this is on several lines, and its source on one")
                yield _at(text, message, _("write it on one line"))
            continue
        if not _html(text) and _shape(source) != _shape(words):
            message = _("this is {there}, and its source {wanted}").format(
                there=_shape_name(words), wanted=_shape_name(source)
            )
            yield _at(text, message, _("write it in the form of its source, in as many paragraphs"))


def _made_from(entry: TranslationEntry) -> str:
    """The words that a translation was made from: those before, where it is out of date."""
    return entry.made_from if entry.fuzzy else entry.source


def _shape(words: str) -> tuple[object, ...]:
    """The kinds of the blocks of some Markdown, and of those within them."""

    def shape(blocks: tuple[Block, ...]) -> tuple[object, ...]:
        seen = (block for block in blocks if block.kind != "html")
        return tuple((block.kind, block.level, shape(block.children)) for block in seen)

    return shape(markdown.parse_blocks(words))


def _shape_name(words: str) -> str:
    """What some Markdown is, in words."""
    kinds = [block.kind for block in markdown.parse_blocks(words)]
    if not kinds:
        return _("nothing that can be seen")
    if len(kinds) > 1:
        return ngettext("{count} paragraph", "{count} paragraphs or lists", len(kinds)).format(
            count=len(kinds)
        )
    return _(_NAMES.get(kinds[0], "a paragraph"))


def translation_placeholder(edition: Edition) -> Iterator[Violation]:
    """A translation has what programs fill in, such as {name} or %s, only where its source has it.

    Keep it as it is, in the place where the language wants it."""
    for text in _texts(edition):
        source = _made_from(text.entry)
        wanted, there = (Counter(_PLACEHOLDER.findall(words)) for words in (source, text.entry.text))
        for name, found in (
            (_("{words} is not in the source"), there - wanted),
            (_("{words} of the source is missing"), wanted - there),
        ):
            if found:
                first = next(iter(found))
                fix = _("write it as the source has it")
                yield _at(text, name.format(words=quote(first)), fix)
                break


def translation_length(edition: Edition) -> Iterator[Violation]:
    """A translation is at most three times as long as its source, and 100 characters more.

    What is longer says something else besides."""
    for text in _all_texts(edition):
        most = _most(text.entry)
        if len(text.entry.text) > most:
            message = _("this is {count} characters long; {most} is the most for its source").format(
                count=len(text.entry.text), most=most
            )
            yield _at(text, message, _("say what the source says, and no more"))


def translation_same(edition: Edition) -> Iterator[Violation]:
    """A translation has other words than its source.

    The same words are most often a passage that was copied, to be translated later. Leave msgstr empty until
    then: the page shows the source, and says so. Names and sources may be the same."""
    source = primary_language(source_language(edition))
    for text in _texts(edition):
        if primary_language(text.language) == source:
            continue  # British and American words are the same, but for a few
        entry = text.entry
        same = entry.text.strip() == entry.source.strip() and ".sources." not in entry.unit
        if same and len(markdown.plain_text(entry.text).split()) > MAX_EQUAL_WORDS:
            yield _at(text, _("this has the words of its source"), _("translate it, or leave msgstr empty"))


def translation_number(edition: Edition) -> Iterator[Violation]:
    """A translation says the numbers of its source.

    A person decides: in words or in the digits of any script, a promise within five days is none within six.
    The finding shows both texts. What is not certain is passed over."""
    return _differences(
        edition,
        number_difference,
        both=N_("the source says {source}, the translation {translation}"),
        lost=N_("the source says {source}, the translation no such number"),
        added=N_("the translation says {translation}, the source no such number"),
    )


def translation_negation(edition: Edition) -> Iterator[Violation]:
    """A translation denies what its source denies, and nothing else.

    A person decides: a “not” is easily lost, and turns a promise round. The finding shows both texts. It is
    looked for in languages that the program has a list of words for, and only where neither text says it
    otherwise."""
    return _differences(
        edition,
        negation_difference,
        both=N_("the source has {source}, the translation {translation}"),
        lost=N_("the source has {source}, and the translation nothing that denies"),
        added=N_("the translation has {translation}, and the source nothing that denies"),
    )


def _differences(
    edition: Edition,
    compare: Callable[..., Difference | None],
    *,
    both: str,
    lost: str,
    added: str,
) -> Iterator[Violation]:
    source = source_language(edition)
    for text in _texts(edition):
        if primary_language(text.language) == primary_language(source):
            continue
        words = _made_from(text.entry)
        if (
            words in text.entry.text
            or _html(text)
            or (text.markdown and _shape(words) != _shape(text.entry.text))
        ):
            continue
        found = compare(words, text.entry.text, languages=(source, text.language))
        if found:
            message = both if found.source and found.translation else lost if found.source else added
            message = _(message).format(
                source=quote(found.source or "–"), translation=quote(found.translation or "–")
            )
            message += _(": {source} – {translation}").format(
                source=quote(words, 300), translation=quote(text.entry.text, 300)
            )
            fix = _("let somebody who speaks the language compare the two, and correct the translation")
            yield _at(text, message, fix)
