"""What happened where the charter is kept → the words to answer with, and verdicts on what was proposed."""

from press.forge.addresses import addresses, lost, publishable
from press.forge.comment import MARK, MOST, Told, answer, earlier
from press.forge.event import EventError, Issue, Proposal, issue, proposal
from press.forge.files import Touched, judge
from press.forge.weekly import weekly

__all__ = [
    "MARK",
    "MOST",
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
    "proposal",
    "publishable",
    "weekly",
]
