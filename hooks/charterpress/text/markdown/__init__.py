"""Markdown → blocks with their places, safe HTML, or the words alone. The format is CommonMark."""

from markdown_it.token import Token

from charterpress.text.markdown.blocks import parse_blocks
from charterpress.text.markdown.render import (
    SAFE_SCHEMES,
    bullet_list,
    is_safe_link,
    plain_text,
    render_tokens,
    safe_tokens,
    to_html,
)

__all__ = [
    "SAFE_SCHEMES",
    "Token",
    "bullet_list",
    "is_safe_link",
    "parse_blocks",
    "plain_text",
    "render_tokens",
    "safe_tokens",
    "to_html",
]
