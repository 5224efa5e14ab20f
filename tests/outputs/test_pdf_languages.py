"""A document is in the language in use; words of another one in it are set in theirs."""

from __future__ import annotations

import io
from dataclasses import replace
from gettext import NullTranslations

import pdfua
import pypdf
import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import Class, Edition, Foreign, MixedText, Passage, Release
from charterpress.outputs.pdf import engine, markup_tree
from charterpress.outputs.pdf.charter import PdfRequest, cached_pdfs, charter_pdf, pdf_requests
from charterpress.outputs.pdf.commitments import commitments_pdfs
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.outputs.pdf.layout_words import courtesy_notice, told
from charterpress.text import interface
from charterpress.versions import freeze
from charterpress.views.history import History

FONTS = font_folders()
PROMISE = "نلتزم بأن نشرح أسباب كل قرار"


@pytest.fixture
def arabic(monkeypatch):
    """Arabic in use, with a catalog that gives every message as it is."""
    monkeypatch.setattr(interface, "interface_of", lambda tag: interface.Interface(tag, NullTranslations()))
    with interface.use_language("ar"):
        yield


def release_of(charter) -> Release:
    made = Release(
        version="1.0.0",
        date="2026-12-01",
        class_=Class.COMMITMENT,
        found=Class.COMMITMENT,
        previous=None,
        notes=(),
        charter=charter,
    )
    return freeze.with_digest(made)


def pdf_of(charter) -> bytes:
    return charter_pdf(PdfRequest(release=release_of(charter), address="https://harbour.example/v/"), FONTS)


def languages(data: bytes) -> list[str]:
    """The languages that a document and its parts say they are in, without repetitions."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    found = [str(reader.trailer["/Root"]["/Lang"])]

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/Lang" in node:
                found.append(str(node["/Lang"]))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"].get("/K", []))
    return list(dict.fromkeys(found))


def test_a_document_says_which_language_it_is_in(arabic):
    data = pdf_of(make_charter(title="ميثاق المرفأ"))
    assert languages(data)[0] == "ar"
    assert pdfua.validate(io.BytesIO(data)).findings == ()


def test_words_of_another_language_are_marked_with_theirs():
    charter = make_charter(
        title=Foreign("ميثاق المرفأ", language="ar"),
        preamble=MixedText(
            f"We tie up together.\n\n{PROMISE}", passages=(Passage(3, 3, Foreign(PROMISE, language="ar")),)
        ),
    )
    assert languages(pdf_of(charter)) == ["en-GB", "ar"]
    assert languages(pdf_of(make_charter())) == ["en-GB"]


def test_every_kind_of_words_may_be_in_another_language(arabic):
    def foreign(words):
        return Foreign(words, language="en-GB")

    section = make_section()
    section = replace(section, text=foreign(section.text), items=tuple(map(foreign, section.items)))
    principle = make_principle(
        title=foreign("Moorings"),
        summary=foreign("Where we tie up."),
        sections=(section,),
        questions=(foreign("Who ties up here?"),),
        plain=(foreign("We tie up."),),
    )
    theme = make_theme(title=foreign("Quay"), summary=foreign("Along it."), principles=(principle,))
    charter = make_charter(title=foreign("Harbour"), summary=foreign("For boats."), themes=(theme,))
    data = pdf_of(charter)
    assert languages(data) == ["ar", "en-GB"]
    assert pdfua.validate(io.BytesIO(data)).findings == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("one\n\ntwo", ["paragraph", "paragraph"]),
        (
            MixedText("one\n\ntwo", passages=(Passage(3, 3, Foreign("two", language="cy")),)),
            ["paragraph", "foreign"],
        ),
        (Foreign("one\n\ntwo", language="cy"), ["foreign"]),
    ],
)
def test_blocks_of_another_language_are_within_it(text, kinds):
    tree = markup_tree.blocks(text, link=markup_tree.outside, above=1)
    assert [node["kind"] for node in tree] == kinds
    assert all(node["language"]["lang"] == "cy" for node in tree if node["kind"] == "foreign")


def test_an_item_of_a_list_may_be_in_another_language():
    text = MixedText("- one\n- two", passages=(Passage(2, 2, Foreign("two", language="ar")),))
    ((one, two),) = [node["items"] for node in markup_tree.blocks(text, link=markup_tree.outside, above=1)]
    assert [each[0]["kind"] for each in (one, two)] == ["paragraph", "foreign"]
    assert two[0]["language"] == {"lang": "ar", "region": None, "rtl": True}


def test_an_outdated_promise_has_the_words_of_its_source_after_it(arabic):
    stale = Foreign("في شهر", language="ar", source=Foreign("in *two* months", language="en-GB"))
    for text in (stale, MixedText("في شهر", passages=(Passage(1, 1, stale),))):
        tree = markup_tree.blocks(text, link=markup_tree.outside, above=1)
        assert [node["kind"] for node in tree] == ["foreign", "paragraph", "foreign"]
        assert tree[2]["language"]["lang"] == "en"
    title = told({"title": stale})["title"]
    assert "in *two* months" in title["words"]


def test_a_document_is_kept_for_its_language(tmp_path, arabic, monkeypatch):
    cache, made = DocumentCache(tmp_path, FONTS), []
    monkeypatch.setattr(
        engine, "document", lambda *_args, **_options: made.append(interface.language()) or b"%PDF"
    )
    for tag in ("ar", "en", "ar"):
        with interface.use_language(tag):
            cache.document("letters.typ", lambda: {"texts": ["a"]}, date="2026-12-01")
            cache.document("letters.typ", lambda: {"texts": ["b"]}, date="2026-12-01", content="c")
    assert made == ["ar", "ar", "en", "en"]


def test_workers_make_what_they_make_in_the_language_in_use(arabic):
    made = DocumentCache.in_parallel(range(3), lambda _: interface.language().encode())
    assert [data for _, data in made] == [b"ar"] * 3


def test_every_page_of_a_courtesy_says_which_text_prevails(tmp_path, arabic):
    site = "https://harbour.example/"
    notice = courtesy_notice("en-GB", site)
    assert notice == (
        "This translation is here to help you read the charter. Where it differs from the text in "
        "الإنجليزية, that text prevails: \u2066https://harbour.example/\u2069"
    )
    cache = DocumentCache(tmp_path, FONTS).for_translation(["text"], "Another text prevails.")
    releases = (release_of(make_charter()),)
    history = History(Edition(root="c", charter=None, documents=(), entries=(), releases=releases))
    (data,) = cached_pdfs(pdf_requests(history, site), cache).values()
    (board,) = commitments_pdfs(history, cache, site=site).values()
    for pdf in (data, board):
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        assert all("Another text prevails." in page for page in pages)


def test_another_text_of_a_translation_gives_another_document(tmp_path):
    """Though its version, and the digest of that, are the same."""
    cache, made = DocumentCache(tmp_path, FONTS), []
    for texts in (["one"], ["other"], ["one"]):
        own = cache.for_translation(texts, "")
        own.cached("of the version", lambda: made.append("anew") or b"%PDF", ending="pdf")
    assert made == ["anew", "anew"]
