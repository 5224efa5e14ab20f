"""Template and values → PDF bytes, through typst: nothing else is read, and the same goes in as comes out."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from charterpress.model.errors import CharterError
from charterpress.outputs.pdf.copied_text import copy_letters_once, is_from_right, right_to_left_language
from charterpress.outputs.pdf.font_sources import FontSource, typst_fonts
from charterpress.outputs.pdf.layout_words import document_language, has_from_right, told
from charterpress.outputs.pdf.print_look import PrintLook
from charterpress.outputs.pdf.reading_order import put_in_reading_order
from charterpress.text.interface import direction, gettext

TEMPLATES = Path(__file__).resolve().parent
"""Typst cannot open a file outside this folder."""
STANDARD: Final = "ua-1"
AROUND = 30
"""How many characters are shown on either side of a letter that no font has."""

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How typst writes a mark that would sit on the quotation mark before it."""


class MissingLetterError(CharterError):
    """A text has letters that no font has. `letters` are all of them, each once."""

    def __init__(self, message: str, letters: Sequence[str]) -> None:
        super().__init__(message)
        self.letters = tuple(letters)


def document(
    template: str,
    values: Mapping[str, Any],
    *,
    date: str,
    fonts: Sequence[FontSource],
    look: PrintLook | None = None,
    notice: str = "",
    printed: Mapping[str, str] | None = None,
    long: bool = False,
) -> bytes:
    """Return the PDF/UA-1 document that `template`, a file beside this one, makes of `values`, in the
    language in use. The values reach it as JSON: whatever they say, they are words to print. `date` (ISO) is
    when the document says it was made. `fonts` serve for the letters that those of the template lack, and
    then the ones that typst brings; never the system's. A `notice` stands at the foot of every page. Without
    a `look` it has that of a site which sets none. `printed` are viewer preferences of PDF for printing it,
    such as /Duplex, each with the name it is to have. A `long` document takes so much memory that typst is
    told to forget it once it is made. Raises MissingLetterError naming the letters that none of them has, and
    CharterError for an invalid date or whatever else typst refuses: PDF/UA-1 wants headings that skip no
    level, and words for every picture."""
    try:
        made = datetime.fromisoformat(date).replace(tzinfo=UTC)
    except ValueError as error:
        raise CharterError(
            gettext("“{date}” is not a date: write it as 2026-12-01").format(date=date)
        ) from error
    data = _compiled(template, values, fonts, look, notice, pdf_standards=STANDARD, timestamp=made)
    if long:
        forget()
    mirrored = direction() == "rtl" or has_from_right(told(values))
    return _packed(data, printed or {}, from_right=is_from_right(_letters(values)), mirrored=mirrored)


def picture(
    template: str, values: Mapping[str, Any], *, fonts: Sequence[FontSource], look: PrintLook | None = None
) -> bytes:
    """Return the one page that `template` makes of `values` as a PNG, with a pixel for each point. Fonts and
    errors are those of `document`."""
    return _compiled(template, values, fonts, look, "", format="png", ppi=72.0)


def _compiled(
    template: str,
    values: Mapping[str, Any],
    fonts: Sequence[FontSource],
    look: PrintLook | None,
    notice: str,
    **output: Any,  # noqa: ANN401 - typst's own options
) -> bytes:
    import typst  # noqa: PLC0415 - long to import, and most builds find every PDF on the shelf

    letters = _letters(values)
    if unwritten := [letter for letter in letters if _is_unwritten(letter)]:
        raise _missing(unwritten, values)
    given, families = typst_fonts(fonts)
    try:
        return typst.compile(  # type: ignore[no-any-return]
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=given,
            sys_inputs={
                "data": json.dumps(told(values), ensure_ascii=False),
                "look": json.dumps((look or PrintLook()).inputs()),
                "families": json.dumps(families),
                "from-right": json.dumps(right_to_left_language(letters)),
                "language": json.dumps(document_language(values, notice)),
            },
            **output,
        )
    except typst.TypstError as error:
        named = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), error.diagnostic)
        if missing := list(dict.fromkeys(_MISSING.findall(named))):
            raise _missing(missing, values) from error
        raise CharterError(
            gettext("the PDF cannot be made: {problem}").format(problem=error.message)
        ) from error


def forget() -> None:
    """Let typst forget what it kept of earlier documents, in case they come again: a long list takes 100 MB.
    It drops what the last ten compilations had no use for, so these are ten of nothing, and cost 2 ms
    each."""
    import typst  # noqa: PLC0415 - for the same reason

    nothing = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    for _ in range(11):
        typst.compile(b"", font_paths=nothing)


def _packed(data: bytes, printed: Mapping[str, str], *, from_right: bool, mirrored: bool) -> bytes:
    """The same document, its objects packed, under a name made of its content, to be `printed` so. Letters
    `from_right` are copied once, and where whole texts are `mirrored`, in the order of their words."""
    import pikepdf  # noqa: PLC0415 - for the same reason

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for preference, name in printed.items():
            pdf.Root.ViewerPreferences[preference] = pikepdf.Name(name)
        if from_right and mirrored:
            put_in_reading_order(pdf)
        elif from_right:
            copy_letters_once(pdf)
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return packed.getvalue()


def _letters(values: Mapping[str, Any]) -> dict[str, None]:
    """Every letter in `values`, once, in the order of their appearance."""
    return dict.fromkeys(letter for _, text in _texts(values) for letter in dict.fromkeys(text))


# --- What typst refuses ------------------------------------------------------------------------------


def _is_unwritten(letter: str) -> bool:
    """Whether a character is not printable: a control, one of private meaning, half of
    one, or the mark for one that was lost. A font may have a box for it all the same."""
    return letter == "\ufffd" or (unicodedata.category(letter) in {"Cc", "Co", "Cs"} and letter not in "\n\t")


def _missing(letters: Sequence[str], values: Mapping[str, Any]) -> MissingLetterError:
    places = "; ".join(_letter_places(text, values) for text in letters)
    message = gettext(
        "no font has {letters}: write it in letters that the fonts have, or add a font that has it"
    )
    return MissingLetterError(message.format(letters=places), letters)


def _letter_places(letters: str, values: Mapping[str, Any]) -> str:
    """The letters with their code points, and the first place where they occur."""
    points = " ".join(f"U+{ord(letter):04X}" for letter in letters)
    name = points if any(_is_unwritten(letter) for letter in letters) else f"“{letters}” ({points})"
    for place, text in _texts(values):
        if (at := text.find(letters)) >= 0:
            near = "".join(
                "�" if _is_unwritten(letter) else letter
                for letter in text[max(at - AROUND, 0) : at + len(letters) + AROUND]
            )
            near = " ".join(near.split())
            message = gettext("{letters} at “{words}”")
            if place:
                message = gettext("{letters} in “{place}”, at “{words}”")
            return message.format(letters=name, place=place, words=near)
    return name


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in `value` with the title of the part that it is in."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        title = value.get("title")
        place = " ".join(filter(None, (value.get("number"), title))) if title else place
        for part in value.values():
            yield from _texts(part, place)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part, place)
