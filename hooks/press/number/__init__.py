"""Charters → the numbers that their parts are cited by, what changed between two, and the next version."""

from press.number.changes import asked, changes, said
from press.number.cite import ANCHOR_WORDS, anchors, letter, numbers, slug
from press.number.fingerprint import fingerprint
from press.number.versions import (
    APPROVALS,
    aliases,
    class_of,
    dated,
    decided,
    is_approved,
    next_version,
    sort_key,
)
from press.number.wording import escaped

__all__ = [
    "ANCHOR_WORDS",
    "APPROVALS",
    "aliases",
    "anchors",
    "asked",
    "changes",
    "class_of",
    "dated",
    "decided",
    "escaped",
    "fingerprint",
    "is_approved",
    "letter",
    "next_version",
    "numbers",
    "said",
    "slug",
    "sort_key",
]
