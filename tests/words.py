"""The plain words of Markdown, HTML and PDFs, for tests that compare what was written with what is shown."""

from __future__ import annotations

import io
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from pypdf import PdfReader

HIDDEN = {"script", "style", "template", "title", "svg"}
BLOCKS = {
    *("p", "li", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("td", "th", "dt", "dd", "br"),
}


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in HIDDEN
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def text_of(html: str) -> str:
    """The words of some HTML, one space between them; scripts, styles and drawings are left out."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())


def plain(markdown: str) -> str:
    """The words of some Markdown without its marks."""
    return text_of(MarkdownIt("commonmark").render(markdown))


def said(element) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text_content().split())


def sheets_of(data: bytes) -> list[str]:
    """The words of each page of a PDF, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def printed(data: bytes) -> str:
    """The words of a PDF, with single spaces."""
    return " ".join(sheets_of(data))
