"""Events at GitHub → the text of answers, and findings about proposed files."""

from charterpress.forges.github.changed_files import ChangedFile, check_changed_files
from charterpress.forges.github.comment import (
    MAX_COMMENT,
    CommentContent,
    comment_body,
    weekly_issue_body,
)
from charterpress.forges.github.events import (
    MARK,
    MAX_LIST_BYTES,
    EventError,
    Issue,
    Proposal,
    find_earlier,
    preview_url,
    read_issue_event,
    read_proposal,
)
from charterpress.forges.github.site_addresses import lost_addresses, require_public_url, site_addresses

__all__ = [
    "MARK",
    "MAX_COMMENT",
    "MAX_LIST_BYTES",
    "ChangedFile",
    "CommentContent",
    "EventError",
    "Issue",
    "Proposal",
    "check_changed_files",
    "comment_body",
    "find_earlier",
    "lost_addresses",
    "preview_url",
    "read_issue_event",
    "read_proposal",
    "require_public_url",
    "site_addresses",
    "weekly_issue_body",
]
