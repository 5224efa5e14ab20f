"""The plain words of Markdown and of HTML, for tests that compare what was written with what is shown."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt

HIDDEN = {"script", "style", "template", "title", "svg"}
BLOCKS = {
    "p",
    "li",
    "div",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "dt",
    "dd",
    "br",
    "article",
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
