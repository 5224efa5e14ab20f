"""A badge and where it leads → what somebody copies to show it on a page of their own."""

from __future__ import annotations

from html import escape

from charterpress.text.escape import to_markdown

HEIGHT = 32
"""How high a badge is shown, in pixels of CSS."""


def codes(page: str, badge: str, alt: str) -> tuple[tuple[str, str], ...]:
    """Return the badge as a link to `page` in each language that pages are written in, by its name: HTML and
    Markdown. Both addresses are whole; `alt` is its alternative text."""
    picture = f'<img src="{badge}" alt="{escape(alt)}" height="{HEIGHT}">'
    return (
        ("HTML", f'<a href="{page}">{picture}</a>'),
        ("Markdown", f"[![{to_markdown(alt)}]({badge})]({page})"),
    )
