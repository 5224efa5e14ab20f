"""New principles, notes and entries → drafts of their files."""

from charterpress.editing.new.drafts import Draft, answer_fault, draft_files, value_fault

__all__ = ["Draft", "answer_fault", "draft_files", "value_fault"]
