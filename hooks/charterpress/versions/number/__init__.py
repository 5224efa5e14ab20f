"""Charters → the numbers that their parts are cited by, what changed between two, and the next version."""

from charterpress.versions.number.approvers import are_approvers, is_approver, same_approver
from charterpress.versions.number.changes import (
    changes,
    front_matter_lists,
    match_principles,
    words_class,
)
from charterpress.versions.number.citation import (
    ANCHOR_WORDS,
    commitment_anchors,
    fingerprint,
    item_letter,
    part_numbers,
)
from charterpress.versions.number.commitment_counts import CommitmentCounts, count_commitments
from charterpress.versions.number.followed import follow_links
from charterpress.versions.number.lowering import (
    MAX_LETTERS,
    comparable,
    letters_changed,
    lowering_refusals,
    sound_notes,
)
from charterpress.versions.number.next_version import (
    APPROVALS,
    aliases,
    approved_class,
    computed_class,
    is_approved,
    lowered_class,
    next_version,
    version_key,
    with_version_dates,
)
from charterpress.versions.number.part_words import PartWords, part_words
from charterpress.versions.number.wording import content as visible
from charterpress.versions.number.wording import match_items

__all__ = [
    "ANCHOR_WORDS",
    "APPROVALS",
    "MAX_LETTERS",
    "CommitmentCounts",
    "PartWords",
    "aliases",
    "approved_class",
    "are_approvers",
    "changes",
    "commitment_anchors",
    "comparable",
    "computed_class",
    "count_commitments",
    "fingerprint",
    "follow_links",
    "front_matter_lists",
    "is_approved",
    "is_approver",
    "item_letter",
    "letters_changed",
    "lowered_class",
    "lowering_refusals",
    "match_items",
    "match_principles",
    "next_version",
    "part_numbers",
    "part_words",
    "same_approver",
    "sound_notes",
    "version_key",
    "visible",
    "with_version_dates",
    "words_class",
]
