"""A built site → its words as plain Markdown, for whoever builds the same without us."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path


class Plain(HTMLParser):
    """Turns a page of HTML into plain Markdown of the same words: headings, paragraphs, list items."""

    BLOCKS = {f"h{level}": "#" * level + " " for level in range(1, 7)} | {
        **dict.fromkeys(
            ("p", "div", "section", "dt", "dd", "td", "th", "blockquote", "article", "figure"), ""
        ),
        "li": "- ",
    }
    SKIPPED = frozenset({"script", "style", "svg", "nav", "template", "button", "label"})

    def __init__(self):
        super().__init__()
        self.lines: list[str] = []
        self.mark = ""
        self.words: list[str] = []
        self.inside = 0
        self.skipped = 0

    def flush(self) -> None:
        words = " ".join("".join(self.words).split())
        if words:
            self.lines.append(self.mark + "".join(f"\\{c}" if c in "\\`*_{}[]<>#+|" else c for c in words))
            self.mark = ""
        self.words = []

    def handle_starttag(self, tag, attrs):
        self.inside += tag == "main"
        self.skipped += tag in self.SKIPPED
        if tag in self.BLOCKS:
            self.flush()
            self.mark = self.BLOCKS[tag] or self.mark

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.flush()
            self.mark = ""
        self.skipped -= tag in self.SKIPPED
        self.inside -= tag == "main"

    def handle_data(self, data):
        if self.inside and not self.skipped:
            self.words.append(data)


def docs(built: Path, folder: Path, below: str = "") -> tuple[int, int]:
    """Write the words of a built site, or of what lies `below` an address of it, into `folder` as Markdown
    files, one for each page; return how many there are, and how many words they have."""
    pages = words = 0
    for page in sorted((built / below).rglob("*.html")):
        path = page.relative_to(built / below)
        reader = Plain()
        reader.feed(page.read_text(encoding="utf-8"))
        reader.flush()
        if not reader.lines or path.name == "404.html":
            continue
        source = folder / (path.with_suffix(".md") if path.parent == Path() else f"{path.parent}.md")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("\n\n".join(reader.lines) + "\n", encoding="utf-8")
        pages += 1
        words += sum(any(map(str.isalnum, word)) for line in reader.lines for word in line.split())
    return pages, words
