"""The disk and git: files written all at once or not at all, and questions to git."""
