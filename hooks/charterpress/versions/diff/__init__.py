"""Two texts → what was deleted, inserted and moved, marked for readers of every kind."""

from charterpress.versions.diff.blocks import Paired, blocks, pairs
from charterpress.versions.diff.describe import markdown, sentence, text
from charterpress.versions.diff.redline import html
from charterpress.versions.diff.side_by_side import sides
from charterpress.versions.diff.word_diff import Segment, segments

__all__ = [
    "Paired",
    "Segment",
    "blocks",
    "html",
    "markdown",
    "pairs",
    "segments",
    "sentence",
    "sides",
    "text",
]
