"""What has changed about an organisation that signed → its file with just that changed."""

from charterpress.editing.amend.changes import (
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
from charterpress.editing.amend.find_entry import entry_of
from charterpress.editing.amend.yaml_editor import Edit, Keys

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
