"""The rule that every letter can be printed, and where to get the font for one that cannot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from confusable_homoglyphs import categories

from charterpress.checks.characters import NEUTRAL, decoded_documents, letter_name
from charterpress.checks.queries import quote, scalars
from charterpress.model import Document, Edition, Role, Scalar, Violation
from charterpress.text import markdown
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

MAX_NAMED = 5
"""Letters of one line that a message names."""
_PRINTED = (Role.CHARTER, Role.PREAMBLE, Role.THEME, Role.PRINCIPLE, Role.CHANGE)
_NOT_PRINTED = ("owner", "signatory_kinds")
"""Keys of charter.yml: pages show the first two, and the printed list says something else for a kind that it
cannot print."""
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_UNCOMMON = re.compile(r"[^\n\t -~\u00a0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d]")
"""A letter that a font may lack: those of the templates have all others."""
_LETTER_CODE = re.compile(r"&#?\w+;|\\[xuU]")
_NAMED = N_("install a font that has it, and name its file under print_fonts in mkdocs.yml")
_EXTRA = N_('type  python -m pip install "charterpress[{extra}]"  for a font that has it')
_FONTS = {
    **dict.fromkeys(
        ("HAN", "HIRAGANA", "KATAKANA"),
        N_(
            "install a font for Chinese and Japanese, such as Debian’s fonts-noto-cjk, "
            "and name its file under print_fonts in mkdocs.yml"
        ),
    ),
    "HANGUL": N_(
        "install a font for Korean, such as Debian’s fonts-noto-cjk, "
        "and name its file under print_fonts in mkdocs.yml"
    ),
    "BOPOMOFO": N_(
        "install a font for Chinese, such as Debian’s fonts-noto-cjk, "
        "and name its file under print_fonts in mkdocs.yml"
    ),
    **dict.fromkeys(("ARABIC", "DEVANAGARI", "KHMER", "TAMIL", "TELUGU", "THAI"), _EXTRA),
    "BENGALI": N_("install the package “fontpkg-hind-siliguri”, which has it"),
    "ETHIOPIC": N_(
        "install a font for Ethiopic, such as Debian’s fonts-sil-abyssinica, "
        "and name its file under print_fonts in mkdocs.yml"
    ),
}
"""Where to get a font, by script; for any other, Debian’s fonts-noto-core has most."""


def missing_letter(edition: Edition) -> Iterator[Violation]:
    """Every letter can be printed.

    Each version is a PDF too, and its words never change: one with a letter that no font has is not released.
    Write a word or a letter that the fonts have, or install a font that has it: a package whose name begins
    with “fontpkg-”, or a file that mkdocs.yml names under `print_fonts`."""
    if edition.missing_letters is None:
        return
    documents = [each for each in decoded_documents(edition) if each.role in _PRINTED]
    printed = [(each, *_uncommon_letters(each)) for each in (*documents, *_releases(edition))]
    plain = edition.missing_letters(frozenset[str]().union(*(each for _, each, _ in printed)), code=False)
    code = edition.missing_letters(frozenset[str]().union(*(each for _, _, each in printed)), code=True)
    for document, in_text, in_code in printed:
        yield from _missing_letters(document, plain & in_text, code & in_code)


def _releases(edition: Edition) -> Iterator[Document]:
    """The releases that have uncommon letters, line by line."""
    for release in edition.releases:
        if _UNCOMMON.search(text := release.data.decode()):
            yield Document(path=release.path, role=Role.RELEASE, lines=tuple(text.split("\n")))


def _uncommon_letters(document: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The letters of a document's words that a font may lack, and those of the code in its body."""
    if document.role is Role.RELEASE:
        lines = [line for line in document.lines if not line.isascii()]
        code = "".join(match[0] for line in lines for match in _CODE.finditer(line))
        return _uncommon("".join(_CODE.sub(" ", line) for line in lines)), _uncommon(code)
    words = "".join(value.value for value in _printed_values(document))
    code = ""
    if _UNCOMMON.search(document.body) or "&" in document.body:
        code = "".join(match[0] for match in _CODE.finditer(document.body))
        words += markdown.plain_text(_CODE.sub(" ", document.body))
    return _uncommon(words), _uncommon(code)


def _printed_values(document: Document) -> Iterable[Scalar]:
    """The words of a document's front matter that a version prints."""
    for key, node in document.front.entries if document.front else ():
        if document.role is not Role.CHARTER or key.value not in _NOT_PRINTED:
            yield from scalars(node)


def _uncommon(text: str) -> frozenset[str]:
    letters = set(_UNCOMMON.findall(text))
    return frozenset(each for each in letters if unicodedata.category(each) not in ("Cc", "Cf", "Cs"))


def _missing_letters(document: Document, plain: frozenset[str], code: frozenset[str]) -> Iterator[Violation]:
    """Yield a violation for each line with letters that cannot be printed, and for those written as codes."""
    left = plain | code
    release = document.role is Role.RELEASE
    for number, line in enumerate(document.lines if left else (), 1):
        if line.isascii() or (not release and number < document.body_line and line.lstrip().startswith("#")):
            continue
        within = {at for match in _CODE.finditer(line) for at in range(*match.span())}
        wrong = [at for at, letter in enumerate(line) if letter in (code if at in within else plain)]
        if wrong:
            letters = list(dict.fromkeys(line[at] for at in wrong))
            left -= set(letters)
            named = ", ".join(f"{quote(each)} (U+{ord(each):04X})" for each in letters[:MAX_NAMED])
            if release:
                message = _("no font has {letters}: it cannot be printed").format(letters=named)
            else:
                message = _("no font has {letters}: no version could be printed").format(letters=named)
            yield Violation(document.path, message, _fix(letters[0], released=release), number, wrong[0] + 1)
            if release:  # its words never change, and one font mends them all
                return
    if left:
        code_lines = (at for at, line in enumerate(document.lines, 1) if _LETTER_CODE.search(line))
        message = _("no font has {name}, written as a code: no version could be printed").format(
            name=letter_name(min(left))
        )
        yield Violation(document.path, message, _fix(min(left), released=release), next(code_lines, 1))


def _fix(letter: str, *, released: bool) -> str:
    script = categories.alias(letter)
    if script in _FONTS:
        return _(_FONTS[script]).format(extra=script.lower())
    if script in NEUTRAL and not released:
        return _("write a word instead, or a sign that the fonts have")
    if script in NEUTRAL:  # nobody can write anything else in a release
        return _(_NAMED)
    return _(
        "install a font for {script}, such as one of Debian’s fonts-noto-core, "
        "and name its file under print_fonts in mkdocs.yml"
    ).format(script=script.title())
