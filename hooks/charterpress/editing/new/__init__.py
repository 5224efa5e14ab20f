"""What somebody wants to begin → new files of the charter that say so, as they will be written."""

from charterpress.editing.new.drafts import Draft, fault, strange, tried

__all__ = ["Draft", "fault", "strange", "tried"]
