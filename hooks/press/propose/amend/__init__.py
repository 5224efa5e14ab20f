"""What has changed about an organisation that signed → its file with just that changed."""

from press.propose.amend.changing import (
    CORRECTABLE,
    WITHDRAWAL,
    WITHDRAWN,
    Entry,
    backwards,
    counts_from,
    draft,
    ends,
    needed,
    new_slug,
    of_which,
    place,
    renaming,
    signing,
    standing_under,
    there,
    withdrawing,
    wrong,
)
from press.propose.amend.editing import Edit, Keys
from press.propose.amend.finding import entry_of

__all__ = [
    "CORRECTABLE",
    "WITHDRAWAL",
    "WITHDRAWN",
    "Edit",
    "Entry",
    "Keys",
    "backwards",
    "counts_from",
    "draft",
    "ends",
    "entry_of",
    "needed",
    "new_slug",
    "of_which",
    "place",
    "renaming",
    "signing",
    "standing_under",
    "there",
    "withdrawing",
    "wrong",
]
