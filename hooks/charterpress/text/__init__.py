"""Words: Markdown, letters, names and the escaping that each destination needs."""
