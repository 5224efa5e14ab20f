"""Two texts → what was deleted, inserted and moved, marked for readers of every kind."""

from charterpress.versions.diff.blocks import Paired, pair_blocks, pair_items
from charterpress.versions.diff.describe import change_sentence, redline_markdown, redline_text
from charterpress.versions.diff.redline import redline_html
from charterpress.versions.diff.side_by_side import split_redline
from charterpress.versions.diff.word_diff import Segment, word_segments

__all__ = [
    "Paired",
    "Segment",
    "change_sentence",
    "pair_blocks",
    "pair_items",
    "redline_html",
    "redline_markdown",
    "redline_text",
    "split_redline",
    "word_segments",
]
