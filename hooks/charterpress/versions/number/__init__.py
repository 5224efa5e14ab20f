"""Charters → the numbers that their parts are cited by, what changed between two, and the next version."""

from charterpress.versions.number.changes import asked, changes, said
from charterpress.versions.number.citation import ANCHOR_WORDS, anchors, letter, numbers
from charterpress.versions.number.fingerprint import fingerprint
from charterpress.versions.number.next_version import (
    APPROVALS,
    aliases,
    class_of,
    dated,
    decided,
    is_approved,
    next_version,
    sort_key,
)

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
    "fingerprint",
    "is_approved",
    "letter",
    "next_version",
    "numbers",
    "said",
    "sort_key",
]
