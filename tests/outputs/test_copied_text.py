"""The words of a PDF, as whoever copies them gets them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata

import pdfua
import pikepdf
import pypdf
import pytest

from charterpress.outputs.pdf import engine
from charterpress.outputs.pdf.copied_text import is_from_right, right_to_left_language
from charterpress.outputs.pdf.font_sources import font_folders

ARABIC = "نحن نعمل كشركاء صالحين ونحترم بعضنا البعض، ثم نكتب تقريرا. لا إله إلا الله والسلام عليكم"
PERSIAN = "ما به شریکان خود خبر دادیم و چگونه پژوهش هر سال گزارش شد"
HEBREW = "אנחנו נפגשים עם השותפים שלנו כל שנה (פעמיים) ומקשיבים."
POINTED = "חُرِّيَّة الرَّأي"
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def document(*texts) -> bytes:
    return engine.document("letters.typ", {"texts": texts}, date="2026-12-01", fonts=font_folders())


def letters(data) -> str:
    """What every glyph of a document stands for, in the order in which they are drawn."""
    out = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            tables = {}
            for name, font in page.resources.Font.items():
                pairs = re.findall(r"<(\w{4})>\s*<(\w*)>", font.ToUnicode.read_bytes().decode("latin-1"))
                tables[name] = {
                    int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs
                }
            spans, table = [], {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    told = operands[1] if len(operands) > 1 and "/ActualText" in operands[1] else None
                    spans.append(str(told.ActualText) if told is not None else None)
                    out += [spans[-1] or ""]
                elif str(operator) == "EMC":
                    spans.pop()
                elif str(operator) == "Tf":
                    table = tables[str(operands[0])]
                elif str(operator) in ("Tj", "TJ") and not any(each is not None for each in spans):
                    strings = operands[0] if str(operator) == "TJ" else operands
                    codes = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
                    out += [
                        table.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2)
                    ]
    return "".join(out)


@pytest.mark.parametrize("text", [ARABIC, PERSIAN, HEBREW, POINTED])
def test_every_letter_is_copied_once(text):
    """letters.typ sets a text three times: as it is, in bold and as a heading."""
    copied = letters(document(text))
    for letter in set(text) - set(" .،()"):
        assert copied.count(letter) == 3 * text.count(letter), letter


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext of poppler is not installed")
@pytest.mark.parametrize("text", [ARABIC, PERSIAN, HEBREW, "हम हर साल अपने साथियों की बात सुनेंगे"])
def test_words_are_extracted_whole_and_in_order(text, tmp_path):
    (tmp_path / "words.pdf").write_bytes(document(text))
    said = subprocess.run(
        ["pdftotext", tmp_path / "words.pdf", "-"], capture_output=True, check=True, text=True
    )
    words = " ".join(unicodedata.normalize("NFC", _MARKS.sub("", said.stdout)).split())
    assert re.sub(r"\W", "", words).count(re.sub(r"\W", "", text)) == 3


def test_a_document_from_the_right_is_accessible_and_the_same_every_time():
    data = document(ARABIC, "A harbour.")
    assert pdfua.validate(io.BytesIO(data)).findings == ()
    assert data == document(ARABIC, "A harbour.")
    assert b"/Lang (ar)" in pypdf_text(data)


def pypdf_text(data) -> bytes:
    """All objects of a document, unpacked."""
    reader, writer = pypdf.PdfReader(io.BytesIO(data)), io.BytesIO()
    pypdf.PdfWriter(clone_from=reader).write(writer)
    return writer.getvalue()


@pytest.mark.parametrize(
    ("text", "language"),
    [("A harbour.", ""), (ARABIC, "ar"), (PERSIAN, "fa"), ("یہ ہے", "ur"), (HEBREW, "ar"), ("港 हम", "")],
)
def test_the_language_of_arabic_letters_is_told_by_its_own(text, language):
    assert right_to_left_language(set(text)) == language
    assert is_from_right(text) == bool(language)
