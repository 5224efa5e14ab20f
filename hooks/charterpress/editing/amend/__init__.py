"""What has changed about an organisation that signed → its file with just that changed."""

from charterpress.editing.amend.changes import (
    CORRECTABLE,
    WITHDRAWAL,
    WITHDRAWN,
    Entry,
    current_signature,
    draft_amendment,
    edit_fault,
    is_required,
    key_path,
    new_slug,
    older_version_fault,
    rename_edits,
    signature_choices,
    signature_date_fault,
    signature_edits,
    value_at,
    withdrawal_date_fault,
    withdrawal_edits,
)
from charterpress.editing.amend.find_entry import find_entry
from charterpress.editing.yaml_editor import Edit, Keys

__all__ = [
    "CORRECTABLE",
    "WITHDRAWAL",
    "WITHDRAWN",
    "Edit",
    "Entry",
    "Keys",
    "current_signature",
    "draft_amendment",
    "edit_fault",
    "find_entry",
    "is_required",
    "key_path",
    "new_slug",
    "older_version_fault",
    "rename_edits",
    "signature_choices",
    "signature_date_fault",
    "signature_edits",
    "value_at",
    "withdrawal_date_fault",
    "withdrawal_edits",
]
