"""What signatories are asked to report stands wherever it is said what is signed, and nowhere without it."""

from __future__ import annotations

import io

import pypdf
import pytest

from builders import YEARLY, make_charter, make_release
from charterpress.model import Edition, Interval, Reporting
from charterpress.outputs.data.releases import release_markdown
from charterpress.outputs.pdf.charter import cached_pdfs, pdf_requests
from charterpress.outputs.pdf.commitments import commitments_pdfs
from charterpress.text.interface import use_language
from charterpress.views.history import History
from charterpress.views.labels import reporting_sentence
from rendering import make_pages

SENTENCE = (
    "Signatories report every 12 months on how they have kept their promise, within 3 months of the end of "
    "each period."
)
WELSH = (
    "Mae llofnodwyr yn adrodd bob 12 mis ar sut y maent wedi cadw eu haddewid, o fewn 3 mis i ddiwedd pob "
    "cyfnod."
)


def edition_of(reporting):
    charter = make_charter(reporting=reporting)
    return Edition(
        root="c", charter=charter, documents=(), entries=(), releases=(make_release(charter=charter),)
    )


@pytest.mark.parametrize(
    ("language", "reporting", "words"),
    [
        ("en-GB", YEARLY, SENTENCE),
        (
            "en-GB",
            Reporting(every=Interval(days=90)),
            "Signatories report every 90 days on how they have kept their promise.",
        ),
        (
            "cy",
            YEARLY,
            WELSH,
        ),
        ("en-GB", None, ""),
    ],
)
def test_the_sentence(language, reporting, words):
    with use_language(language):
        assert reporting_sentence(make_charter(reporting=reporting)) == words


def test_pages_of_what_is_signed_say_it():
    """The board's page, the whole charter, and the page of the version."""
    pages = {each.address: each.html + each.unsearched for each in make_pages(edition_of(YEARLY))}
    told = {address for address, html in pages.items() if SENTENCE in html}
    assert {"charter/", "charter/commitments/", "versions/1.0.0/"} <= told
    assert "Signatories report" not in "".join(each.html for each in make_pages(edition_of(None)))


def test_the_version_in_markdown_says_it():
    (release,) = edition_of(YEARLY).releases
    assert f"A harbour is shared.\n\n{SENTENCE}\n" in release_markdown(release, "https://x.example/")


def test_documents_say_it(without_scripts):
    """What a board is given to approve, and the version to print."""
    history = History(edition_of(YEARLY))
    site = "https://x.example/"
    made = {
        **commitments_pdfs(history, without_scripts, site=site),
        **cached_pdfs(pdf_requests(history, site), without_scripts),
    }
    assert len(made) == 2
    for data in made.values():
        words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
        assert "within 3 months" in " ".join(words.split())
