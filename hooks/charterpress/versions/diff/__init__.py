"""Two texts → what was deleted, inserted and moved, marked for readers of every kind."""

from charterpress.versions.diff.alignment import likeness
from charterpress.versions.diff.describe import (
    change_clause,
    change_sentence,
    is_whole,
    redline_markdown,
    redline_text,
    subject_name,
)
from charterpress.versions.diff.redline import redline_html, split_redline
from charterpress.versions.diff.word_diff import word_segments

__all__ = [
    "change_clause",
    "change_sentence",
    "is_whole",
    "likeness",
    "redline_html",
    "redline_markdown",
    "redline_text",
    "split_redline",
    "subject_name",
    "word_segments",
]
