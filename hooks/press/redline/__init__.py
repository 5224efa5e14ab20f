"""Two texts → what was deleted, inserted and moved, marked for readers of every kind."""

from press.redline.blocks import Paired, blocks, pairs
from press.redline.page import html
from press.redline.say import markdown, quiet, sentence, text, unlinked
from press.redline.sides import sides
from press.redline.words import Segment, segments

__all__ = [
    "Paired",
    "Segment",
    "blocks",
    "html",
    "markdown",
    "pairs",
    "quiet",
    "segments",
    "sentence",
    "sides",
    "text",
    "unlinked",
]
