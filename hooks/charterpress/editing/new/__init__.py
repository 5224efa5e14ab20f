"""What somebody wants to begin → new files of the charter that say so, as they will be written."""

from charterpress.editing.new.drafts import Draft, answer_fault, draft_files, value_fault

__all__ = ["Draft", "answer_fault", "draft_files", "value_fault"]
