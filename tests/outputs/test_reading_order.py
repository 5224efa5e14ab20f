"""A document from the right gives its words in the order in which they are read, to whoever asks."""

from __future__ import annotations

import io
import re
from gettext import NullTranslations

import pdfua
import pikepdf
import pypdf
import pytest

from charterpress.outputs.pdf import engine, structure_order
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.text import interface

TEXTS = (
    "نحن نعمل كشركاء صالحين ونحترم بعضنا البعض، ثم نكتب تقريرا في 12 مارس 2026.",
    "وقّعت منظمة Riverside Trust (UK) الإصدار 1.2.0 من الميثاق.",
    "لا إله إلا الله والسلام عليكم",
    "حُرِّيَّة الرَّأي",
    "ما به شریکان خود خبر دادیم و چگونه پژوهش هر سال گزارش شد",
    "We met Riverside Trust, and وقّعت with them.",
)


@pytest.fixture(scope="module")
def document() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interface, "interface_of", lambda tag: interface.Interface(tag, NullTranslations()))
        with interface.use_language("ar"):
            return made()


def made() -> bytes:
    return engine.document("letters.typ", {"texts": TEXTS}, date="2026-12-01", fonts=font_folders())


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_extracted_in_the_order_in_which_it_is_written(document, text):
    """letters.typ sets a text three times: as it is, in bold and as a heading."""
    assert words(document).count(text) == 3


def test_the_structure_names_the_parts_of_a_line_in_that_order(document):
    """Screen readers follow the structure, and not the page."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        order: dict[object, list[int]] = {}
        for page in pdf.pages:
            marks = map(int, re.findall(rb"/MCID (\d+)", page.Contents.read_bytes()))
            order[page.obj.objgen] = list(marks)
        paragraphs: dict[object, list[int]] = {}
        for element, page, mark in structure_order.marked_parts(pdf.Root.StructTreeRoot, None):
            paragraphs.setdefault((element.objgen, page), []).append(mark)
        assert len(paragraphs) >= 3 * len(TEXTS)
        for (_, page), marks in paragraphs.items():
            assert marks == sorted(marks, key=order[page].index)


def test_no_glyph_stands_for_other_letters_than_it_draws(document):
    """No ActualText is needed, which many programs don't read; and a dot stands for nothing."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        tables = [font.ToUnicode.read_bytes() for page in pdf.pages for font in page.resources.Font.values()]
    assert b"/ActualText" not in content
    assert not any(re.search(rb"<\w{4}>\s*<>", table) for table in tables)


def test_it_is_accessible_and_the_same_every_time(document, monkeypatch):
    monkeypatch.setattr(interface, "interface_of", lambda tag: interface.Interface(tag, NullTranslations()))
    assert pdfua.validate(io.BytesIO(document)).findings == ()
    with interface.use_language("ar"):
        assert made() == document


def test_a_document_from_the_left_stays_as_typst_and_the_copying_of_letters_leave_it(monkeypatch):
    monkeypatch.setattr(engine, "put_in_reading_order", lambda _: pytest.fail("it is from the left"))
    assert "We met Riverside Trust" in words(made())


def test_a_column_from_the_right_in_a_document_from_the_left_is_put_in_order_too():
    column = {"lang": "ar", "region": None, "rtl": True}
    values = {"texts": [TEXTS[0]], "languages": [column]}
    data = engine.document("letters.typ", values, date="2026-12-01", fonts=font_folders())
    assert words(data).count(TEXTS[0]) == 3
