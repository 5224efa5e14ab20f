"""What happened where the charter is kept → the words to answer with, and verdicts on what was proposed."""

from charterpress.forges.github.changed_files import Touched, judge
from charterpress.forges.github.comment import MOST, Told, answer
from charterpress.forges.github.events import Issue, Proposal, issue, proposal
from charterpress.forges.github.github_lists import MARK, earlier, preview
from charterpress.forges.github.payload import MOST_LISTED, EventError
from charterpress.forges.github.site_addresses import lost, publishable, site_addresses
from charterpress.forges.github.weekly_issue import weekly

__all__ = [
    "MARK",
    "MOST",
    "MOST_LISTED",
    "EventError",
    "Issue",
    "Proposal",
    "Told",
    "Touched",
    "answer",
    "earlier",
    "issue",
    "judge",
    "lost",
    "preview",
    "proposal",
    "publishable",
    "site_addresses",
    "weekly",
]
