"""What somebody wants to begin → new files of the charter that say so, as they will be written."""

from press.propose.new.trial import Draft, fault, strange, tried

__all__ = ["Draft", "fault", "strange", "tried"]
