"""Python-Markdown's trees of a page → HTML that a narrow window can show."""

from __future__ import annotations

from functools import partial
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

MAX_UNBROKEN = 20
"""Characters of code without a space that a column of a table has room for."""


class HtmlOutput(Extension):
    """An extension of Python-Markdown that ends no tag in a slash, such as `<img />`: in HTML it means
    nothing. MkDocs has no setting for this. It also prepares tables for narrow windows."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Choose HTML before each page, when the options have been read."""
        self.reset = partial(md.set_output_format, "html")
        md.registerExtension(self)
        md.treeprocessors.register(NarrowTables(md), "narrow-tables", 0)


class NarrowTables(Treeprocessor):
    """Names each cell of a table after its column, as a narrow window shows it before the cell, and marks
    code too long for a column, such as an address: that may break anywhere, and the rest between words."""

    def run(self, root: Element) -> None:
        """Name the cells of each row after the header's, and mark long code."""
        for table in root.iter("table"):
            names = ["".join(each.itertext()).strip() for each in table.iter("th")]
            for row in table.iter("tr"):
                for name, cell in zip(names, row.findall("td"), strict=False):
                    cell.set("data-name", name)
            for code in table.iter("code"):
                if any(len(word) > MAX_UNBROKEN for word in "".join(code.itertext()).split()):
                    code.set("class", "long")
