"""Words → their place in the alphabet of the language in use, and the letter that they are listed under.

The orders are those of CLDR as far as they make one letter come after another: words that differ by accents,
case or punctuation alone have the same key. ICU, which has all of it, cannot be installed everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from string import ascii_lowercase

from charterpress.text.folding import fold
from charterpress.text.interface import SOURCE, language

_LATIN = " ".join(ascii_lowercase)
_SOUTH_SLAVIC = "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž"
_IBERIAN = "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z"
_ALPHABETS = {
    "az": "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v y z w",
    "bs": _SOUTH_SLAVIC,
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "cy": "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z",
    "da": f"{_LATIN} æ=ä ø=ö å=aa",
    "es": _IBERIAN,
    "et": "a b c d e f g h i j k l m n o p q r s š z ž t u v w õ ä ö ü x y",
    "eu": _IBERIAN,
    "fi": f"{_LATIN} å ä=æ ö=ø",
    "gl": _IBERIAN,
    "hr": _SOUTH_SLAVIC,
    "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö=ő p q r s sz t ty u ü=ű v w x y z zs",
    "is": "a á b c d ð e é f g h i í j k l m n o ó p q r s t u ú v w x y ý z þ æ=ä ö=ø å",
    "lt": "a b c č d e f g h i=y j k l m n o p q r s š t u v w x z ž",
    "lv": "a b c č d e f g ģ h i=y j k ķ l ļ m n ņ o p q r ŗ s š t u v w x z ž",
    "mt": "a b ċ c d e f ġ g għ h ħ i j k l m n o p q r s t u v w x y ż z",
    "nb": f"{_LATIN} æ=ä ø=ö å=aa",
    "nn": f"{_LATIN} æ=ä ø=ö å=aa",
    "no": f"{_LATIN} æ=ä ø=ö å=aa",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș=ş t ț=ţ u v w x y z",
    "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r ř s š t u v w x y z ž",
    "sl": "a b c č ć d đ e f g h i j k l m n o p q r s š t u v w x y z ž",
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v w x xh y z zh",
    "sr-latn": _SOUTH_SLAVIC,
    "sv": f"{_LATIN} å ä=æ ö=ø",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "vi": "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
    # Alphabets of other scripts: Latin letters come after their own.
    "ar": "ء ا=ٱ ب ت=ة ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي=ى",
    "be": "а б в г д е ё ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "el": "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ=ς τ υ φ χ ψ ω",
    "fa": "آ ا=ٱ ء ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک=ك گ ل م ن و ه=ة ی=ي=ى",
    "he": "א ב ג ד ה ו ז ח ט י כ=ך ל מ=ם נ=ן ס ע פ=ף צ=ץ ק ר ש ת",
    "mk": "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
    "ru": "а б в г д е=ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sr": "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
}
"""The letters of languages whose order is not that of English, in theirs; `=` joins letters in one place.
Other letters are sorted as what they are made of: “é” as “e”."""
_ARTICLES = {SOURCE: ("the",), "cy": ("the", "y", "yr")}
"""The articles that a name is sorted without; Wales has names in both languages."""
_DOTLESS = ("az", "tr")
_DIGITS, _LETTERS, _OTHERS = 0x10, 0x40, 0x300
"""Where in a key the figures begin, the letters of an alphabet, and everything else."""


class Collation:
    """The alphabet of a language."""

    def __init__(self, tag: str) -> None:
        """Take a BCP 47 tag, such as “cy” or “sr-Latn”; a language that is not known has the letters A–Z."""
        full, main = tag.lower(), tag.partition("-")[0].lower()
        written = _ALPHABETS.get(full) or _ALPHABETS.get(main, _LATIN)
        places = [each.split("=") for each in written.split()]
        self.is_latin = places[0][0] in ascii_lowercase
        places += [] if self.is_latin else [[each] for each in ascii_lowercase]
        self._dotless = main in _DOTLESS
        self.letters = tuple(self._title(letters[0]) for letters in places)
        """The letters, as a list names them: A, B, C, Ch."""
        self._places = {letter: chr(_LETTERS + at) for at, same in enumerate(places) for letter in same}
        own = sorted((each for each in self._places if not each.isascii() or len(each) > 1), key=len)
        self._split = re.compile("|".join([*map(re.escape, reversed(own)), "."]), re.DOTALL)
        self._articles = {self._key(each) for each in _ARTICLES.get(main, ())}
        self._known: dict[str, str] = {}

    def key(self, text: str) -> str:
        """Return what sorts `text`: without its punctuation, and without an article at its beginning."""
        key = self._key(text)
        start, _, rest = key.partition(" ")
        return rest if rest and start in self._articles else key

    def letter(self, text: str) -> str:
        """Return which of `letters` `text` begins with where it is sorted, or ''."""
        place = ord(self.key(text)[:1] or " ") - _LETTERS
        return self.letters[place] if 0 <= place < len(self.letters) else ""

    def _title(self, letter: str) -> str:
        return "İ" if self._dotless and letter == "i" else letter[0].upper() + letter[1:]

    def _key(self, text: str) -> str:
        if self._dotless:
            text = text.replace("I", "ı").replace("İ", "i")
        lower = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
        return " ".join("".join(map(self._place, self._split.findall(lower))).split())

    def _place(self, letter: str) -> str:
        if letter in self._places:
            return self._places[letter]
        if letter not in self._known:
            self._known[letter] = "".join(self._folded(letter))
        return self._known[letter]

    def _folded(self, letter: str) -> Iterator[str]:
        for each in fold(letter):
            if each in self._places:
                yield self._places[each]
            elif each.isascii() and each.isdigit():
                yield chr(_DIGITS + int(each))
            elif each.isalnum() or unicodedata.category(each)[0] == "M":
                yield chr(min(_OTHERS + ord(each), 0x10FFFF))
            else:
                yield " "


@cache
def collation_of(tag: str) -> Collation:
    """Return the alphabet of the language of a BCP 47 tag."""
    return Collation(tag)


def sort_key(text: str) -> tuple[str, str, str]:
    """Return what sorts words in the language in use; in English, by their letters as they are."""
    return _sort_key(text, language())


@lru_cache(maxsize=1 << 16)
def _sort_key(text: str, tag: str) -> tuple[str, str, str]:
    key = "" if tag.partition("-")[0] == SOURCE else collation_of(tag).key(text)
    return key, text.casefold(), text
