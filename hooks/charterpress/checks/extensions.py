"""Rules for what GitHub's Markdown knows and CommonMark does not: here it would be shown as the signs it is
written with, or lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from charterpress.checks.queries import (
    all_blocks,
    prose_documents,
    quote,
    quote_whole,
    scalars,
    value_place,
    violation_at,
    violation_in_text,
)
from charterpress.checks.wording import blank_markdown
from charterpress.model import Block, Document, Edition, Role, Violation
from charterpress.text.interface import gettext as _
from charterpress.text.markdown import plain_text

_CODE = re.compile(r"`[^`]*`")
_FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\]\[\s^][^\]\[]{0,99}\]")
_STRUCK = re.compile(r"(?<![\\~])(~{1,2})(?![\s~])[^~]*[^\s~]\1(?!~)")
_BOX = re.compile(r"\s*(\[[ xX]?\])(?=\s|$)")
_ALERT = re.compile(r"\s*(\[![A-Za-z]+\])")
_EMOJI = re.compile(r"(?<![\w:\\]):[a-z+][a-z0-9_+-]*:(?![\w:])")
_FORMULA = re.compile(r"(?<![\\$\w])(?:(\$\$?)(?![\s$])[^$]*[^\s$]\1(?![\w$])|\$\$[^$]+\$\$)")
_CODE_FORMULA = re.compile(r"(?<![\\$\w])\$`[^`\n]+`\$")
_HIGHLIGHT = re.compile(r"(?<![\\=\w])==(?![\s=])[^=\n]*[^\s=]==(?![=\w])")
_RAISED = re.compile(r"(?<![\\^\[])\^(?![\s^])[^\s^\[\]]*\^(?!\^)")
_INSERTED = re.compile(r"(?<![\\+\w])\+\+(?![\s+])[^+\n]*[^\s+]\+\+(?![+\w])")
_COMMENT = re.compile(r"(?<![\\%\w])%%(?!%)[^%\n]+%%(?![%\w])")
_WIKI_LINK = re.compile(r"(?<!\\)\[\[[^\]\[\n]+\]\](?![(\[])")
_BOX_START = re.compile(
    r"(?:^|\n)((?:!!!|\?\?\?\+?|:::)[ \t]*[a-z][^\n]*|\[TOC\](?=\n|$)|\*\[[^\]\n]+\]:[^\n]*)"
)
_DEFINITION = re.compile(r"\n(:[ \t]+\S[^\n]*)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*([A-Za-z]+)")
_DIAGRAMS = ("mermaid", "geojson", "topojson", "stl")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENCODED = ("<", ">", "&", "*", "_", "[", "]", "`", "#", "|", "\\")
"""Characters that mean something else in Markdown."""
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_@./<+-])(?:(?:https?://|www\.)(?=\w)[^\s<>]+|[A-Za-z0-9_.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_AFTER_ADDRESS = ".,:;!?*_~'\"”’。，"


def footnote(edition: Edition) -> Iterator[Violation]:
    """The text has no footnotes: no [^1], and no line that begins with [^1]:.

    A charter is read aloud, printed in parts and compared, and a note at the foot of a page gets lost. Put it
    in brackets, in a sentence of its own, or make a link of it: `[words](address)`."""
    fix = _("say it in the sentence, or link to it: [words](https://…); delete both parts of the footnote")
    for document in _documents(edition):
        labels = set[str]()
        code = {
            line
            for block in all_blocks(document)
            if block.kind == "code"
            for line in range(block.line, block.end + 1)
        }
        for number, line in enumerate(document.body.split("\n"), document.body_line):
            for match in _FOOTNOTE.finditer(_CODE.sub(_blank, line)) if "[^" in line else ():
                if number not in code and match[0] not in labels:
                    labels.add(match[0])
                    message = _("{words} is a footnote, which this text may not have").format(
                        words=quote(match[0])
                    )
                    yield Violation(document.path, message, fix, number, match.start() + 1)
        for value in scalars(document.front):
            if found := _FOOTNOTE.search(value.value):
                message = _("{words} is a footnote, which no value may have").format(words=quote(found[0]))
                yield violation_at(document, value_place(document, value, found[0]), message, fix)


def strikethrough(edition: Edition) -> Iterator[Violation]:
    """The text has no words struck through, ~~like these~~.

    What no longer holds is deleted: the page of a version shows what was taken out."""
    return _signs(
        edition, "~", _STRUCK, _("{words} is struck through"), _("delete it, or only the signs ~ around it")
    )


def emoji_code(edition: Edition) -> Iterator[Violation]:
    """The text has no codes for pictures, such as :tada:.

    They would be shown as written. Say it in words."""
    message = _("{words} is a code for a picture, which is shown as written")
    return _signs(edition, ":", _EMOJI, message, _("delete it"))


def formula(edition: Edition) -> Iterator[Violation]:
    r"""The text has no formulas between dollar signs.

    They would be shown as written, dollar signs and all. Write the words; before a sum of money, \\$."""
    message = _("{words} is a formula, which is shown as written")
    yield from _signs(edition, "$", _FORMULA, message, _("write it in words"))
    for document, block, _ignored in _texts(edition, "$`"):
        for match in _CODE_FORMULA.finditer(block.text):
            message = _("{words} is a formula, which is shown as written").format(words=quote(match[0]))
            yield violation_in_text(document, block, match.start(), message, _("write it in words"))
    for document, block in _fences(edition, "math"):
        message = _("this is a formula, which is shown as written")
        yield violation_at(document, block, message, _("write it in words"))


def other_mark(edition: Edition) -> Iterator[Violation]:
    """The text has no marks that only other programs know: ==highlighted==, raised^2^, ++inserted++, a
    %%comment%%, a [[link of a wiki]], [TOC], *[an abbreviation]:, a diagram, or a box that begins with !!! or
    :::.

    They would be shown as written. Delete the signs; for emphasis, put one * before the words and one behind
    them."""
    keep = _("delete the signs around it, or write *words* for emphasis")
    highlight = _("{words} is marked for a highlight, and is shown as written")
    raised = _("{words} is marked to be raised, and is shown as written")
    inserted = _("{words} is marked as inserted, and is shown as written")
    link = _("{words} is a link of a wiki, and is shown as written")
    comment = _("{words} is marked as a comment, and is shown as written")
    stays_out = _("delete it: what is not meant for readers stays out")
    for sign, pattern, message, fix in (
        ("==", _HIGHLIGHT, highlight, keep),
        ("^", _RAISED, raised, _("delete the signs ^, or write it in words")),
        ("++", _INSERTED, inserted, keep),
        ("[[", _WIKI_LINK, link, _("write its words alone")),  # in values
        ("%%", _COMMENT, comment, stays_out),
    ):
        yield from _signs(edition, sign, pattern, message, fix)
    for document, block in _fences(edition, *_DIAGRAMS):
        message = _("this is drawn by other programs only, and is shown as written")
        yield violation_at(document, block, message, _("say it in sentences"))
    for document, block, _ignored in _texts(edition, "!!!", "???", ":::", "[TOC]", "*[", "[["):
        words = _CODE.sub(_blank, block.text)
        for match in _WIKI_LINK.finditer(words):
            message = _("{words} is a link of a wiki, and is shown as written").format(words=quote(match[0]))
            yield violation_in_text(document, block, match.start(), message, _("write [words](file.md)"))
        for match in _BOX_START.finditer(words) if block.kind == "paragraph" else ():
            message = _("{words} is shown as written: only other programs know what it means").format(
                words=quote(match[1])
            )
            fix = _("say it in a sentence, or delete it")
            yield violation_in_text(document, block, match.start(1), message, fix)


def definition_list(edition: Edition) -> Iterator[Violation]:
    """No line of the text begins with a colon, as a definition does in other kinds of Markdown.

    It would run on from the line above. Write a list, or a sentence."""
    for document, block, _ignored in _texts(edition, ":"):
        for match in _DEFINITION.finditer(block.text) if block.kind == "paragraph" else ():
            message = _("{words} is a definition, which this text may not have").format(words=quote(match[1]))
            fix = _("make a sentence of both lines, or a list with “- ” before each item")
            yield violation_in_text(document, block, match.start(1), message, fix)


def entity(edition: Edition) -> Iterator[Violation]:
    """No value of front matter has codes of HTML for characters, such as &amp; or &#8212;, and no text has
    those for spaces, dashes and quotation marks, such as &nbsp;.

    A value is no Markdown: it is shown as written. In the text a code hides what is compared and searched.
    Write the character itself; &lt; for a < sign is fine in the text."""
    for document, block, words in _texts(edition, "&"):
        for match, character in character_codes(words):
            if plain_text(block.text).strip():
                message = _("{words} is a code for a character, which the text may not have").format(
                    words=quote(match[0])
                )
                seen = _seen(character)
                yield violation_in_text(
                    document, block, match.start(), message, _("write {words}").format(words=seen)
                )
    for document in _documents(edition):
        for value in scalars(document.front):
            found = _ENTITY.search(value.value)
            character = html.unescape(found[0]) if found else ""
            if found and character != found[0]:
                message = _("{words} is a code for a character, which no value may have").format(
                    words=quote(found[0])
                )
                yield violation_at(
                    document,
                    value_place(document, value, found[0]),
                    message,
                    _("write {words}").format(words=_seen(character)),
                )


def character_codes(words: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each code of HTML in the Markdown `words` that stands for a character other than a letter or one
    that means something in Markdown, with that character."""
    for match in _ENTITY.finditer(words):
        character = html.unescape(match[0])
        is_letter = match[0].startswith("&#") and character.isalpha()
        if character not in (match[0], *_ENCODED) and not is_letter:
            yield match, character


def _seen(character: str) -> str:
    """A character as an editor types it."""
    return "“ ”" if character.isspace() else quote(character)


def task_list(edition: Edition) -> Iterator[Violation]:
    """No item of a list begins with a box to tick, [ ] or [x].

    Nobody can tick it, and it would be shown as brackets. Write “- ” and the words."""
    return _starts(edition, "list_item", _BOX, _("{words} is a box to tick, which this text may not have"))


def alert(edition: Edition) -> Iterator[Violation]:
    """No quotation begins with a mark such as [!NOTE] or [!WARNING].

    It would be shown as written. Write a paragraph, or a quotation without the mark."""
    return _starts(edition, "quote", _ALERT, _("{words} marks a box, which this text may not have"))


def _starts(edition: Edition, kind: str, mark: re.Pattern[str], message: str) -> Iterator[Violation]:
    """Report each block of this kind that begins with `mark`, whose first group is to be deleted."""
    for document in _documents(edition):
        for block in all_blocks(document):
            if block.kind == kind and (match := mark.match(block.text)):
                place = block.children[0] if block.children else block
                words = quote(match[1])
                fix = _("delete {words}").format(words=words)
                yield violation_at(document, place, message.format(words=words), fix)


def bare_address(edition: Edition) -> Iterator[Violation]:
    """An address in the text is a link: `[words](address)`, or the address between < and >.

    Without them it would be shown as words that nobody can follow."""
    for document, block, words in _texts(edition, "//", "@", "www.", "WWW."):
        for match in _ADDRESS.finditer(words):
            whole = re.compile(r"[^\s<>]+").match(block.text, match.start())
            address = _without_end(whole[0] if whole and "@" not in match[0] else match[0])
            if any(_without_end(match[0]) in blank_markdown(link.text) for link in block.links):
                continue
            target = address if "://" in address or "@" in address else f"https://{address}"
            fix = _("write {value}, or give it words: [words](address)").format(
                value=quote_whole(f"<{target}>")
            )
            message = _("{address} is an address that nobody can follow: it is not a link").format(
                address=quote(address)
            )
            yield violation_in_text(document, block, match.start(), message, fix)


def _without_end(address: str) -> str:
    """An address without the marks that end a sentence, and the bracket that closes one opened before it."""
    address = address.rstrip(_AFTER_ADDRESS)
    for opening, closing in ("()", "[]"):
        if address.endswith(closing) and address.count(closing) > address.count(opening):
            return _without_end(address[:-1])
    return address


def _fences(edition: Edition, *languages: str) -> Iterator[tuple[Document, Block]]:
    """Every block of code in one of `languages`."""
    for document in _documents(edition):
        for block in all_blocks(document):
            words = _FENCE.match(block.text) if block.kind == "code" else None
            if words and words[1].lower() in languages:
                yield document, block


# --- What they share ---------------------------------------------------------------------------------


def _documents(edition: Edition) -> list[Document]:
    """The documents whose words are published, charter.yml too."""
    settings = [document for document in edition.documents if document.role is Role.CHARTER]
    return [*settings, *prose_documents(edition)]


def _texts(edition: Edition, *signs: str) -> Iterator[tuple[Document, Block, str]]:
    """Every heading and paragraph with one of `signs`, and its text with link targets and code blanked."""
    for document in _documents(edition):
        for block in all_blocks(document) if any(sign in document.body for sign in signs) else ():
            if block.kind in ("heading", "paragraph") and any(sign in block.text for sign in signs):
                yield document, block, blank_markdown(block.text)


def _signs(
    edition: Edition, sign: str, pattern: re.Pattern[str], message: str, fix: str
) -> Iterator[Violation]:
    """Every match of `pattern`, which has `sign` in it, in the text, and the first in each value of front
    matter. `message` is about its {words}."""
    for document, block, text in _texts(edition, sign):
        for match in pattern.finditer(text):
            if not block.text[: match.start()].endswith("\\"):
                source = " ".join(block.text[match.start() : match.end()].split())
                words = message.format(words=quote(source))
                yield violation_in_text(document, block, match.start(), words, fix)
    for document in _documents(edition):
        for value in scalars(document.front):
            if found := pattern.search(value.value):
                place = value_place(document, value, found[0])
                yield violation_at(document, place, message.format(words=quote(found[0])), fix)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
