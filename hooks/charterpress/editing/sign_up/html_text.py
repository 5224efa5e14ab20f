"""A message that is a web page → its words, line by line, as a person sees them."""

from __future__ import annotations

import re

from lxml import etree, html

MAX_BYTES = 2_000_000
"""Bytes of a page that are read."""
_BLOCK_NAMES = (
    "address article aside blockquote body br dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN_NAMES = "script style head title template noscript object iframe svg math select button"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_KEPT_LINES = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})


def html_text(data: bytes, charset: str = "") -> str:
    """The words of the page `data`, which is in `charset` or what it says itself. What is quoted begins with
    “> ”, and a row of a table that has two cells is one line with a colon. Raises ValueError for no page."""
    parser = html.HTMLParser(encoding=charset or None, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data[:MAX_BYTES], parser=parser)
    except (etree.LxmlError, AssertionError, LookupError) as problem:
        raise ValueError("no page") from problem
    page = _Page()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        page.start(element) if event == "start" else page.end(element)
    page.new_line()
    return "\n".join(page.lines)


class _Page:
    """The lines of a page, as its elements come by."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words = ""
        self._quoted = 0
        self._kept_lines = 0
        self._unseen: etree._Element | None = None

    def start(self, element: etree._Element) -> None:
        """Begin an element: its own words, or nothing where it is not seen."""
        if self._unseen is not None or not isinstance(element.tag, str):
            return
        if element.tag in _UNSEEN or "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""):
            self._unseen = element
            return
        if element.tag in _CELLS and self._words.strip() and not self._words.rstrip().endswith(":"):
            self._words = f"{self._words.rstrip()}{': ' if _is_pair(element) else ' '}"
        if element.tag in _BLOCKS and not _is_in_cell(element):
            self.new_line()
        self._quoted += element.tag == "blockquote"
        self._kept_lines += _keeps_lines(element)
        self._add(element.text)

    def end(self, element: etree._Element) -> None:
        """End an element, and add the words that follow it."""
        if self._unseen is None or self._unseen is element:
            self._kept_lines -= self._unseen is None and _keeps_lines(element)
            if self._unseen is None and element.tag in _BLOCKS:
                self.new_line() if not _is_in_cell(element) else self._add(" ")
                self._quoted -= element.tag == "blockquote"
            self._unseen = None
            self._add(element.tail)

    def new_line(self) -> None:
        """End the line, if there is anything on it."""
        if line := self._words.strip():
            self.lines.append(f"{'> ' * bool(self._quoted)}{line}")
        self._words = ""

    def _add(self, words: str | None) -> None:
        for number, line in enumerate((words or "").split("\n") if self._kept_lines else [words or ""]):
            if number:
                self.new_line()
            added = _SPACE.sub(" ", line)
            self._words += added.lstrip() if self._words.endswith(" ") or not self._words else added


def _keeps_lines(element: etree._Element) -> bool:
    """Whether the ends of lines in an element are seen."""
    return element.tag == "pre" or bool(_KEPT_LINES.search(element.get("style") or ""))


def _is_pair(cell: etree._Element) -> bool:
    row = cell.getparent()
    return row is not None and sum(each.tag in _CELLS for each in row) == 2


def _is_in_cell(element: etree._Element) -> bool:
    """Whether an element is in the first of two cells of a row that has no further table in it."""
    for above in element.iterancestors():
        if above.tag == "table":
            return False
        if above.tag in _CELLS:
            return _is_pair(above) and above.getnext() is not None
    return False
