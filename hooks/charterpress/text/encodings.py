"""The bytes of a text that somebody sent → its characters, where there is evidence for their encoding."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charterpress.text.interface import gettext as _

CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|us-ascii|ascii|iso-?8859-\d{1,2}|latin-?[19]|(?:windows|cp)-?\d{3,4}"
    r"|mac-?roman|macintosh|koi8-[rut]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)
"""The encodings that text comes in. Python knows others, which take minutes over a text made for it."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßðþšž")
_RARE = frozenset("šžŠŽœŒ")
"""Letters of Western Europe that a text from an old Mac shows in the place of others."""
_SIGNS = frozenset("“”‘’„‚–—…·•€£§°«»¿¡©®™\u00a0ªº´")
_SCRIPTS = (("cp1253", "GREEK"), ("cp1251", "CYRILLIC"), ("koi8-r", "CYRILLIC"))
_GREEK_WORD = re.compile(r"[^ς]+(?<!σ)|[^ς]*ς")
_SAMPLE = 200_000
"""Characters that are looked at for evidence."""
_WORD = re.compile(r"[^\W\d_]+")
MAX_EXAMPLES = 4
"""Words that show a person how a text was read."""


class UnreadableTextError(Exception):
    """Bytes that are not in the encoding that was named, or, where `untold`, in none for which there is
    evidence; and what to do."""

    def __init__(self, message: str, fix: str, *, untold: bool = False) -> None:
        super().__init__(message)
        self.fix, self.untold = fix, untold


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What bytes say, with line feeds. `guessed` is the encoding that they were read in by evidence alone, ''
    where it was certain, and `examples` are words by which a person can tell whether it was the right one."""

    words: str
    guessed: str = ""
    examples: tuple[str, ...] = ()


def decode(data: bytes, encoding: str = "") -> Text:
    """The characters of `data`, in `encoding` or, where that is '', the one that its bytes give evidence for.
    Raises UnreadableTextError if there is none, or it is not in that encoding."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Text(words=_lines(_strict(data, codec).removeprefix("\ufeff")))
    if encoding:
        return Text(words=_lines(_strict(data, encoding)))
    if codec := _wide(data):
        return Text(words=_lines(_strict(data, codec)))
    try:
        return Text(words=_lines(data.decode()))
    except UnicodeDecodeError as problem:
        at = problem.start
    found = [codec for codec in ("cp1252", "mac-roman") if _is_western(_sample(data, codec))]
    if found == ["cp1252", "mac-roman"] and not _RARE & set(_sample(data, "cp1252")):
        found = ["cp1252"]
    found = found or [codec for codec, script in _SCRIPTS if _is_script(_sample(data, codec), script)][:1]
    if len(found) != 1:
        line = data[:at].count(b"\n") + 1
        raise UnreadableTextError(
            _(
                "this is not in UTF-8: byte 0x{byte:02X} in line {line}, and its encoding cannot be told"
            ).format(byte=data[at], line=line),
            _("save it as “CSV UTF-8” or with the encoding “UTF-8”"),
            untold=True,
        )
    words = _strict(data, found[0])
    shown = [each for each in dict.fromkeys(_WORD.findall(words)) if not each.isascii()][:MAX_EXAMPLES]
    name = {"cp1252": "Windows-1252", "mac-roman": "Mac Roman"}.get(found[0], found[0])
    return Text(words=_lines(words), guessed=name, examples=tuple(shown))


def _lines(words: str) -> str:
    return re.sub(r"\r\n?", "\n", words)


def _strict(data: bytes, codec: str) -> str:
    if codec != "utf-32" and not CHARSETS.fullmatch(codec):
        raise UnreadableTextError(
            _("“{encoding}” is an encoding that is not read here").format(encoding=codec),
            _("save it in UTF-8"),
        )
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError) as problem:
        raise UnreadableTextError(
            _("this is not in {encoding}").format(encoding=codec), _("save it with the encoding “UTF-8”")
        ) from problem


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is empty."""
    start = data[:2_000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(start) < 4 or max(even, odd) * 4 < len(start) or min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _sample(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeError:
        return "\0"


def _is_western(text: str) -> bool:
    """Whether every letter that is not in ASCII stands as one of Western Europe does."""
    return "\0" not in text and all(_stands_well(text, each.start()) for each in _foreign(text))


def _foreign(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[^\x00-\x7f]", text[:_SAMPLE]))


def _stands_well(text: str, at: int) -> bool:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _SIGNS:
        return sign != "£" or not after.isalpha()  # before a letter it is an Ł from Poland
    if sign.casefold() not in _WESTERN and sign.lower() not in _WESTERN:
        return False
    run = re.compile(r"[^\W\d_a-zA-Z]{3}").match(text, max(0, at - 2))
    if run and run.start() <= at < run.end():
        return False
    if sign.isupper():
        return not before.islower() and (not before.isalpha() or before.isupper())
    return not (before.isupper() and after.isupper())


def _is_script(text: str, script: str) -> bool:
    """Whether the letters that are not in ASCII are of one script, with capitals where words begin."""
    words = [each for each in _WORD.findall(text[:_SAMPLE]) if not each.isascii()]
    letters = "".join(words)
    signs = set(re.findall(r"[^\x00-\x7f]", text[:_SAMPLE])) - set(letters)
    right = all(unicodedata.name(each, "").startswith(script) for each in letters)
    cased = all(each.islower() or each.isupper() or each.istitle() for each in words)
    lower = sum(each.islower() for each in letters)
    if script == "GREEK" and not all(_GREEK_WORD.fullmatch(each) for each in words):
        return False
    if script == "GREEK" and not set("άέήίόύώ") & set(letters):
        return False
    return bool(words) and right and cased and signs <= _SIGNS | {"№"} and lower * 2 > len(letters)
