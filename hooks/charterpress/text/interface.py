"""Words of the program → the same words in the language of whoever reads them, from gettext's catalogs.

English is the source: a message is its own key. Which language is in use belongs to the context, as in other
frameworks: `use_language("cy")` holds for everything that is made within it, and nothing made outside.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pkgutil import get_data
from typing import NamedTuple

SOURCE = "en"
"""The language that the program is written in."""
PSEUDO = "en-XA"
"""The language in which every message is marked and longer by two fifths, to find what no catalog has (the
tag is CLDR's for a pseudo-locale with accents)."""
DOMAINS = ("public", "editors")
"""The catalogs of a language: what readers and signatories see, and what only editors see."""
UNREAD = "Not yet read by a speaker"
"""What a comment at the head of a catalog says that no speaker of its language has read."""
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from the right."""
_FIRST_LETTER = re.compile(r"(?:<[^<>]*>|\W)*(\w?).*", re.DOTALL)
"""What an item of a list is read from: no tag, and no quotation mark."""
_VOWELS = frozenset("aeiouwyâêîôûŵŷáéíóúàèìòùäëïöüAEIOUWYÂÊÎÔÛŴŶÁÉÍÓÚÀÈÌÒÙÄËÏÖÜ")


class _Missing(NullTranslations):
    """The last of a language's catalogs: it keeps what none before it has, and gives the English words."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: set[str] = set()

    def gettext(self, message: str) -> str:
        self.messages.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.messages.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's own signature
        self.messages.add(message)
        return message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        self.messages.add(msgid1)
        return super().npgettext(context, msgid1, msgid2, n)


class _Pseudo(NullTranslations):
    """The catalog of PSEUDO."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(super().ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's own signature
        return pseudo(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(super().npgettext(context, msgid1, msgid2, n))


@dataclass(frozen=True, slots=True)
class Interface:
    """The language that words are shown in. `tag` is its BCP 47 tag; `catalog` is None for the source."""

    tag: str = SOURCE
    catalog: NullTranslations | None = None
    unread: bool = False
    """Whether no speaker of the language has read its catalog."""
    _missing: _Missing = field(default_factory=_Missing)

    @property
    def missing(self) -> frozenset[str]:
        """The messages that were asked for so far, and that no catalog has."""
        return frozenset(self._missing.messages)


_ENGLISH = Interface()
_current: ContextVar[Interface] = ContextVar("interface", default=_ENGLISH)

# --- Words -------------------------------------------------------------------------------------------


def gettext(message: str) -> str:
    """Return `message` in the language in use, or as it is where no catalog has it."""
    catalog = _current.get().catalog
    return message if catalog is None else catalog.gettext(message)


def translation(message: str) -> str | None:
    """Return `message` in the language in use; None where no catalog has it."""
    missing = _current.get()._missing.messages  # noqa: SLF001 - of this module
    before = message in missing
    missing.discard(message)
    words = gettext(message)
    absent = message in missing
    if before:
        missing.add(message)  # another context of it is missing, maybe
    return None if absent else words


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message for `count`: English has two, a catalog as many as its language."""
    catalog = _current.get().catalog
    if catalog is None:
        return one if count == 1 else many
    return catalog.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return `message` as `gettext` does, where one English word has several meanings: `context` tells a
    translator which."""
    catalog = _current.get().catalog
    return message if catalog is None else catalog.pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """Return the form of a message for `count`, with a context."""
    catalog = _current.get().catalog
    if catalog is None:
        return one if count == 1 else many
    return catalog.npgettext(context, one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that every gettext tool looks for
    """Return `message` as it is, and mark it for the catalogs: it is translated where it is shown."""
    return message


def number(value: int) -> str:
    """Return a whole number with the marks that its language puts between thousands: “1,234”."""
    if _current.get().catalog is None:
        return f"{value:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - slow to import, and English needs none

    return str(format_decimal(value, locale=_babel_tag()))


def join_list(items: Sequence[str]) -> str:
    """Return `items` as a list in a sentence: “a”, “a and b”, “a, b and c”; '' for none."""
    if len(items) < 2:
        return "".join(items)
    *first, before, last = items
    # Translators: a list in a sentence; {start} may be a list itself.
    start = before
    for each in reversed(first):
        start = pgettext("list", "{start}, {end}").format(start=each, end=start)
    if _FIRST_LETTER.sub(r"\1", last) in _VOWELS:
        # Translators: for languages whose “and” is another before a vowel, as “a” and “ac” in Welsh.
        pattern = pgettext("end of a list, before a vowel", "{start} and {end}")
    else:
        pattern = pgettext("end of a list", "{start} and {end}")
    return pattern.format(start=start, end=last)


# --- The language in use -----------------------------------------------------------------------------


@contextmanager
def use_language(tag: str) -> Iterator[Interface]:
    """Show words in the language of `tag`, or in the source's where there is no catalog of it, until the end
    of the block. Yields what is in use."""
    interface = interface_of(tag)
    token = _current.set(interface)
    try:
        yield interface
    finally:
        _current.reset(token)


def language() -> str:
    """Return the BCP 47 tag of the language in use."""
    return _current.get().tag


def direction(tag: str = "") -> str:
    """Return "rtl" if the language of `tag`, or else the one in use, is written from the right, or "ltr"."""
    return _direction(tag or language())


@cache
def _direction(tag: str) -> str:
    return "rtl" if tag.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@cache
def interface_of(tag: str) -> Interface:
    """Return the interface in the language of a BCP 47 `tag`, such as “cy” or “ar-EG”: in English where no
    catalog is there, for the language either. A catalog is read once in a process."""
    main = tag.partition("-")[0].lower()
    if tag.lower() == PSEUDO.lower():
        return Interface(PSEUDO, _Pseudo())
    if main in ("", SOURCE):
        return Interface(tag or SOURCE)
    missing = _Missing()
    for name in dict.fromkeys((tag, main)):
        catalogs = [each for domain in DOMAINS if (each := _read(name, domain))]
        if catalogs:
            for before, after in zip(catalogs, [*catalogs[1:], missing], strict=True):
                before.add_fallback(after)
            return Interface(tag, catalogs[0], _says_unread(name), missing)
    return Interface(SOURCE)


@cache
def catalog_languages() -> tuple[str, ...]:
    """Return the tags of the languages that there are catalogs of, without the source: as `make catalogs`
    found them."""
    return tuple((catalog_bytes("languages.txt") or b"").decode().split())


def has_catalog(tag: str) -> bool:
    """Return whether words can be shown in the language of `tag`."""
    return tag.partition("-")[0].lower() == SOURCE or interface_of(tag).catalog is not None


def is_unread(tag: str) -> bool:
    """Return whether no speaker has read the catalog of a language, as its head says."""
    return interface_of(tag).unread


def catalog_bytes(name: str) -> bytes | None:
    """Return the file `name` of the folder of catalogs, such as “public.pot” or “cy/public.po”, or None."""
    try:
        return get_data(__package__ or "", f"catalogs/{name}")
    except FileNotFoundError:
        return None


def _read(tag: str, domain: str) -> GNUTranslations | None:
    data = catalog_bytes(f"{tag}/{domain}.po")
    if data is None:
        return None
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - slow to import, and English needs none
    from babel.messages.pofile import read_po  # noqa: PLC0415 - the same

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(data), locale=tag.replace("-", "_"), domain=domain))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _says_unread(tag: str) -> bool:
    """Whether the catalog for readers says at its head that no speaker has read it."""
    head, _, _ = (catalog_bytes(f"{tag}/public.po") or b"").partition(b"msgid")
    return UNREAD.encode() in head


def _babel_tag() -> str:
    return language().replace("-", "_") if language() != PSEUDO else "en_GB"


# --- The pseudo-language -----------------------------------------------------------------------------

_ACCENTED = str.maketrans(
    "ACEGILNORSUYZacegilnorsuyz",
    "\u00c5\u00c7\u00c9\u011c\u00ce\u0139\u00d1\u00d6\u0154\u0160\u00db\u00dd\u017d"
    "\u00e5\u00e7\u00e9\u011d\u00ee\u013a\u00f1\u00f6\u0155\u0161\u00fb\u00fd\u017e",
)
MARKS = "\u27e6", "\u27e7"
"""What stands around every message of the pseudo-language."""


def pseudo(message: str) -> str:
    """Return `message` marked, accented and two fifths longer; placeholders and tags stay as they are."""
    words = "".join(
        part if place % 2 else part.translate(_ACCENTED) for place, part in enumerate(_split(message))
    )
    shown = sum(len(part) for part in _split(message)[::2])
    before, after = MARKS
    longer = textwrap.fill("~" * (shown * 2 // 5 + 1), 8).replace("\n", " ")  # breaks as words do
    return f"{before}{words} {longer}{after}" if message.strip() else message


@cache
def _split(message: str) -> tuple[str, ...]:
    """The words of a message, and between them what a program puts in or reads."""
    pattern = r"(%\(\w+\)[sd]|\{[^{}]*\}|<[^<>]*>|&\w+;|%%|\]\([^)]*\)|`[^`]*`|https?://\S+)"
    return tuple(re.split(pattern, unicodedata.normalize("NFC", message)))


# --- Every message -----------------------------------------------------------------------------------


class Message(NamedTuple):
    """A message of the program: its English words, those for several ('' where there is no plural), and its
    context ('' for none)."""

    id: str
    plural: str = ""
    context: str = ""


def messages(place: str = "") -> Iterator[Message]:
    """Yield the messages for readers and signatories, or those in the files whose paths begin with `place`,
    as the catalogs' template names them: charterpress/outputs/…"""
    for locations, message in _template():
        if any(location.startswith(place) for location in locations):
            yield message


@cache
def _template() -> tuple[tuple[tuple[str, ...], Message], ...]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - slow to import, and English needs none

    found = []
    for each in read_po(BytesIO(catalog_bytes("public.pot") or b"")):
        if each.id:
            one, many = each.id if isinstance(each.id, tuple) else (each.id, "")
            locations = tuple(file for file, _ in each.locations)
            found.append((locations, Message(str(one), str(many), each.context or "")))
    return tuple(found)


_MAX_EXAMPLE = 200
"""No language of CLDR has a category of plurals whose first whole number is higher, but those for millions,
which no page counts."""


def plural_examples() -> dict[str, int]:
    """Return CLDR's categories of plurals in the language in use, each with the lowest number of it."""
    from babel import Locale  # noqa: PLC0415 - slow to import, and English needs none

    rule = Locale.parse(_babel_tag()).plural_form
    found: dict[str, int] = {}
    for count in range(_MAX_EXAMPLE):
        found.setdefault(rule(count), count)
    return found
