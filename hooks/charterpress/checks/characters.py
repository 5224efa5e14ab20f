"""Rules for single characters that do harm: they hide, turn the text round, or pass for others.

The script of a letter (Latin, Greek, Cyrillic …) is not in the standard library; it comes from the tables of
confusable-homoglyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import zip_longest

from confusable_homoglyphs import categories

from charterpress.checks.queries import quote, reader_violations, scalars, violation_at
from charterpress.model import Document, Edition, Role, Scalar, Violation, once_per_edition
from charterpress.text.interface import N_, join_list
from charterpress.text.interface import gettext as _
from charterpress.text.words import MARKS, UNSPACED, compiled

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SEPARATOR = re.compile("[\x85\u2028\u2029]")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINERS = "\u200c\u200d"
JOINING_SCRIPTS = frozenset(
    {"ARABIC", "SYRIAC", "NKO", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"}
    | {"TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "TIBETAN", "MYANMAR", "KHMER"}
)
"""Scripts in which a joiner between two letters changes how they are written (Unicode, UAX 31, A1 and A2)."""
UNSPACED_SCRIPTS = frozenset({"THAI", "LAO", "MYANMAR", "KHMER"})
"""Scripts without a space between words, in which one of no width says where a line may end (Unicode, UAX 14,
SA): keyboards for them have a key for it."""
_TAG_BASE = "\U0001f3f4"
"""The flag that tag characters make the flag of England, Scotland or Wales."""
_TOGETHER = ({"HAN", "HIRAGANA", "KATAKANA"}, {"HAN", "HANGUL"}, {"HAN", "BOPOMOFO"})
"""Scripts that are one way of writing (Unicode, UTS 39)."""
NEUTRAL = frozenset({"COMMON", "INHERITED", "Unknown", "UNKNOWN"})
"""What stands for the script of a letter that belongs to none, or to many."""
_AROUND_OTHERS = rf"{UNSPACED}\u1100-\u11ff\u3100-\u31bf\ua960-\ua97f\uac00-\ud7ff\uff66-\uffdc"
"""Letters of scripts beside which a word of another stands without a space, or with an ending: “Webサイト”,
“GitHub에서”."""
_LETTER = rf"(?![{_AROUND_OTHERS}])[^\W\d_]"
_WORD = rf"[{_AROUND_OTHERS}][{_AROUND_OTHERS}{MARKS}]*|{_LETTER}(?:{_LETTER}|[{MARKS}])*"
"""A word, or as much of it as goes together."""


_TEXT_ROLES = (Role.PREAMBLE, Role.THEME, Role.PRINCIPLE)
_CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_STRAIGHT = re.compile(r"[^\W\d_]+'[^\W\d_]+(?:'[^\W\d_]+)*")
_NO_WORDS = re.compile(r"`[^`]*`|\]\([^()]*\)|<[^<>\s]*>|\w+://\S+")

MESSAGES = {
    "control-character": (
        N_("there is a control character here, {letter}"),
        N_("there is a control character written as a code here, {letter}"),
    ),
    "line-separator": (
        N_("there is a hidden line break here, {letter}"),
        N_("there is a hidden line break written as a code here, {letter}"),
    ),
    "bidi-control": (
        N_("there is a character that changes the direction of text here, {letter}"),
        N_("there is a character that changes the direction of text written as a code here, {letter}"),
    ),
    "zero-width": (
        N_("there is an invisible character here, {letter}"),
        N_("there is an invisible character written as a code here, {letter}"),
    ),
    "lone-surrogate": (
        N_("there is half a character here, {letter}"),
        N_("there is half a character written as a code here, {letter}"),
    ),
}
"""What the rules for hidden characters say, by their ids: of one as it stands, and of one that is a code."""


def not_utf8(edition: Edition) -> Iterator[Violation]:
    """Every file is text in UTF-8.

    In any other encoding letters such as é or ’ come out as nonsense. Save the file with the encoding UTF-8.
    """
    return reader_violations(edition, "not-utf8")


def lone_cr(edition: Edition) -> Iterator[Violation]:
    """Lines end in LF or CRLF, never in a carriage return alone.

    Some programs see a new line there and others do not, so that they disagree about every line after it."""
    yield from reader_violations(edition, "lone-cr")
    for document in decoded_documents(edition):
        for number, line in enumerate(document.lines, 1):
            if "\r" in line:
                message, fix = _("there is a carriage return here"), _("delete it, or begin a new line there")
                yield Violation(document.path, message, fix, number, line.index("\r") + 1)
                break


def control_character(edition: Edition) -> Iterator[Violation]:
    r"""The text has no control characters, written as they are or as a code such as “\x07”.

    They cannot be seen, and do different things in different programs. Delete them."""
    return _violations(edition, "control-character", _CONTROL, _("delete it"))


def line_separator(edition: Edition) -> Iterator[Violation]:
    """The text has no Unicode line or paragraph separators (U+0085, U+2028, U+2029).

    They come with text copied from elsewhere; some programs begin a new line there and others do not."""
    return _violations(edition, "line-separator", _SEPARATOR, _("delete it, or begin a new line there"))


def bidi_control(edition: Edition) -> Iterator[Violation]:
    """The text has no characters that turn the direction of writing round.

    With them a sentence can read differently from what it says. Right-to-left scripts do not need them."""
    return _violations(edition, "bidi-control", BIDI, _("delete it"))


def zero_width(edition: Edition) -> Iterator[Violation]:
    """The text has no invisible characters, such as zero-width spaces and soft hyphens.

    Two words that look the same would differ, and a search would miss one. Joiners are fine between letters
    of scripts that need them, such as Persian or Hindi, and within emoji; so is a zero-width space between
    letters of scripts that show none between words, such as Thai or Khmer."""
    return _violations(edition, "zero-width", INVISIBLE, _("delete it"), _is_needed)


def lone_surrogate(edition: Edition) -> Iterator[Violation]:
    r"""No value has half a character in it, such as “\ud83d”.

    It cannot be written to any file. Write the character itself."""
    return _violations(edition, "lone-surrogate", _SURROGATE, _("write the character itself"))


def mixed_scripts(edition: Edition) -> Iterator[Violation]:
    """The letters of a word come from one script.

    A Cyrillic а looks like a Latin a, but no search finds the word, and a name could pass for another. Type
    the word again. Japanese has three scripts in one word, and a Latin word may stand in Japanese, Chinese,
    Korean or Thai without a space."""
    for document in decoded_documents(edition):
        # The rules about signatories' names say more.
        lines = enumerate(document.lines if document.role is not Role.SIGNATORY else (), 1)
        words = ((number, match) for number, line in lines for match in _foreign_words(line))
        for number, match in words:
            if (odd := _odd_letter(match[0])) is not None:
                letter, scripts = match[0][odd], join_list(sorted(_scripts(match[0])))
                message = _("{words} mixes letters of {scripts}: {letter} is {name}").format(
                    words=quote(match[0]),
                    scripts=scripts,
                    letter=quote(letter),
                    name=letter_name(letter),
                )
                fix = _("type the word again on one keyboard")
                yield Violation(document.path, message, fix, number, match.start() + odd + 1)


def _foreign_words(line: str) -> Iterator[re.Match[str]]:
    """The words of a line that have letters beyond ASCII."""
    found = compiled(_WORD).finditer("" if line.isascii() else line)
    return (match for match in found if not match[0].isascii())


def _scripts(word: str) -> set[str]:
    return {script.title() for script in map(categories.alias, word) if script not in NEUTRAL}


def _odd_letter(word: str) -> int | None:
    """Where the first letter of the rarer script stands, or None where all the letters go together."""
    scripts = [(place, categories.alias(letter)) for place, letter in enumerate(word)]
    known = [script for _, script in scripts if script not in NEUTRAL]
    if len(set(known)) < 2 or any(set(known) <= together for together in _TOGETHER):
        return None
    commonest = max(dict.fromkeys(known), key=known.count)
    return next(place for place, script in scripts if script not in NEUTRAL | {commonest})


def straight_apostrophe(edition: Edition) -> Iterator[Violation]:
    """A text with curly apostrophes has no straight one in a word.

    The two look alike, and yet a word that has the other one differs from what was released, which would ask
    everybody to sign again. Write ’ as the rest of the text does. A text with straight ones alone is fine,
    and a word that was released with one stays as it is."""
    texts = [each for each in decoded_documents(edition) if each.role in _TEXT_ROLES]
    lines = [(each, number, line) for each in texts for number, line in enumerate(each.lines, 1)]
    curly = sum(len(_CURLY.findall(line)) for _, _, line in lines)
    straight = [(each, number, word) for each, number, line in lines for word in _straight_words(line)]
    if not curly or curly < len(straight):
        return
    data = edition.current.data.decode() if edition.current else ""
    released = set(_STRAIGHT.findall(data.replace(r"\n", " ")))
    for document, number, word in straight:
        if word[0] in released:
            continue
        message = _("{word} has a straight apostrophe, and the text has curly ones").format(
            word=quote(word[0])
        )
        fix = _("write {words}").format(words=quote(word[0].replace(chr(39), "’")))
        place = word.start() + word[0].index("'") + 1
        yield Violation(document.path, message, fix, number, place)


def curl_apostrophes(text: str) -> str:
    """Return `text` with a curly apostrophe for each straight one in a word."""
    return _STRAIGHT.sub(lambda word: word[0].replace("'", "’"), text)


def _straight_words(line: str) -> Iterator[re.Match[str]]:
    """The words of a line with a straight apostrophe within, but for those in code and addresses."""
    quiet = _NO_WORDS.sub(lambda found: " " * len(found[0]), line) if "'" in line else ""
    return _STRAIGHT.finditer(quiet)


# --- Finding a character, as it stands or as a code ---------------------------------------------------


def decoded_documents(edition: Edition) -> Iterator[Document]:
    """The documents that are UTF-8; in the others every character would be wrong."""
    for document in edition.documents:
        if not any(fault.rule == "not-utf8" for fault in document.faults):
            yield document


@once_per_edition
def _not_plain(edition: Edition) -> tuple[Document, ...]:
    """The documents of more than the printable letters of ASCII, or with what may be a code of others."""
    return tuple(
        document
        for document in decoded_documents(edition)
        if any("\\" in line or not (line.isascii() and line.isprintable()) for line in document.lines)
    )


def _violations(
    edition: Edition,
    rule: str,
    pattern: re.Pattern[str],
    fix: str,
    needed: Callable[[str, int], bool] | None = None,
) -> Iterator[Violation]:
    """The first character of `pattern` in each line, and in each value that holds one as a code; not one that
    is
    `needed` where it stands."""

    def first(text: str, raw: str = "") -> re.Match[str] | None:
        matches = (match for match in pattern.finditer(text) if match[0] not in raw)
        return next((match for match in matches if not (needed and needed(text, match.start()))), None)

    here, as_code = MESSAGES[rule]
    for document in _not_plain(edition):
        for number, line in enumerate(document.lines, 1):
            if not (line.isascii() and line.isprintable()) and (match := first(line)):
                message = _(here).format(letter=letter_name(match[0]))
                yield Violation(document.path, message, fix, number, match.start() + 1)
        escaped = any("\\" in line for line in document.lines)
        values = list(scalars(document.front, keys=True)) if escaped else []
        for value, after in zip_longest(values, values[1:]):
            if match := first(value.value, _source(document, value, after)):
                message = _(as_code).format(letter=letter_name(match[0]))
                yield violation_at(document, value, message, fix)


def _source(document: Document, value: Scalar, after: Scalar | None) -> str:
    """The lines that a value stands in, as they are in the file."""
    last = max(after.line - 1, value.line) if after else max(document.body_line - 1, value.line)
    return "\n".join(document.lines[value.line - 1 : last])


def _is_needed(text: str, index: int) -> bool:
    """Whether an invisible character does its work where it stands: joining letters, or making an emoji."""
    character = text[index]
    before, after = text[:index], text[index + 1 : index + 2]
    if character in _JOINERS and before and after:
        scripts = {categories.alias(before[-1]), categories.alias(after)}
        if scripts <= JOINING_SCRIPTS | {"INHERITED"} and scripts & JOINING_SCRIPTS:
            return True
        return character == "\u200d" and _is_emoji(before[-1]) and _is_emoji(after)
    if character == "\u200b" and before and after:
        return {categories.alias(before[-1]), categories.alias(after)} <= UNSPACED_SCRIPTS
    if "\U000e0020" <= character <= "\U000e007f":
        return before.rstrip("".join(map(chr, range(0xE0020, 0xE0080)))).endswith(_TAG_BASE)
    mongolian_selector = character in "\u180b\u180c\u180d\u180e"
    return mongolian_selector and bool(before) and categories.alias(before[-1]) == "MONGOLIAN"


def _is_emoji(character: str) -> bool:
    """Whether a character can stand on either side of a joiner in an emoji: a picture, a skin tone, or
    U+FE0F."""
    return character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk")


def character_name(character: str) -> str:
    """Return what Unicode calls a character, in small letters; '' where it has no name."""
    return unicodedata.name(character, "").lower()


def letter_name(character: str) -> str:
    """Return “U+00E9 (latin small letter e with acute)”, or the number alone where there is no name."""
    name = character_name(character)
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
