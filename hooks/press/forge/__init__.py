"""What happened where the charter is kept → the words to answer with, and verdicts on what was proposed."""

from press.forge.addresses import addresses, lost, publishable
from press.forge.comment import MOST, Told, answer
from press.forge.event import Issue, Proposal, issue, proposal
from press.forge.files import Touched, judge
from press.forge.listed import MARK, earlier, preview
from press.forge.payload import MOST_LISTED, EventError
from press.forge.weekly import weekly

__all__ = [
    "MARK",
    "MOST",
    "MOST_LISTED",
    "EventError",
    "Issue",
    "Proposal",
    "Told",
    "Touched",
    "addresses",
    "answer",
    "earlier",
    "issue",
    "judge",
    "lost",
    "preview",
    "proposal",
    "publishable",
    "weekly",
]
