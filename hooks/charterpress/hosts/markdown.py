"""The pages of docs/ → HTML, where Python-Markdown would write XHTML."""

from __future__ import annotations

from markdown import Extension, Markdown


class HtmlOutput(Extension):
    """An extension of Python-Markdown that ends no tag in a slash, such as `<img />`: in HTML it means
    nothing. MkDocs has no setting for this."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register, so that `reset` is called."""
        self._markdown = md
        md.registerExtension(self)

    def reset(self) -> None:
        """Choose HTML. Called after the options have been read, and before each page."""
        self._markdown.set_output_format("html")
