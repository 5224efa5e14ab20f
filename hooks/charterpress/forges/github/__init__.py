"""Events at GitHub → the text of answers, and findings about proposed files."""

from charterpress.forges.github.changed_files import ChangedFile as ChangedFile
from charterpress.forges.github.changed_files import check_changed_files as check_changed_files
from charterpress.forges.github.comment import MAX_COMMENT as MAX_COMMENT
from charterpress.forges.github.comment import CommentContent as CommentContent
from charterpress.forges.github.comment import comment_body as comment_body
from charterpress.forges.github.comment import weekly_issue_body as weekly_issue_body
from charterpress.forges.github.events import MARK as MARK
from charterpress.forges.github.events import MAX_LIST_BYTES as MAX_LIST_BYTES
from charterpress.forges.github.events import EventError as EventError
from charterpress.forges.github.events import Issue as Issue
from charterpress.forges.github.events import Proposal as Proposal
from charterpress.forges.github.events import find_earlier as find_earlier
from charterpress.forges.github.events import preview_url as preview_url
from charterpress.forges.github.events import read_issue_event as read_issue_event
from charterpress.forges.github.events import read_proposal as read_proposal
from charterpress.forges.github.site_addresses import lost_addresses as lost_addresses
from charterpress.forges.github.site_addresses import require_public_url as require_public_url
from charterpress.forges.github.site_addresses import site_addresses as site_addresses
