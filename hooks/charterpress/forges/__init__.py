"""Events at a forge → the answers to them. What is a forge's own stands behind one protocol."""

from charterpress.forges.changed_files import ChangedFile as ChangedFile
from charterpress.forges.changed_files import check_changed_files as check_changed_files
from charterpress.forges.comment import MAX_COMMENT as MAX_COMMENT
from charterpress.forges.comment import CommentContent as CommentContent
from charterpress.forges.comment import comment_body as comment_body
from charterpress.forges.comment import weekly_issue_body as weekly_issue_body
from charterpress.forges.protocol import MARK as MARK
from charterpress.forges.protocol import EventError as EventError
from charterpress.forges.protocol import Forge as Forge
from charterpress.forges.protocol import Issue as Issue
from charterpress.forges.protocol import Proposal as Proposal
from charterpress.forges.protocol import State as State
from charterpress.forges.site_addresses import lost_addresses as lost_addresses
from charterpress.forges.site_addresses import require_public_url as require_public_url
from charterpress.forges.site_addresses import site_addresses as site_addresses
