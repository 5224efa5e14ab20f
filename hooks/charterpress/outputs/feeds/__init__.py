"""Releases and the register → Atom feeds (RFC 4287): all versions, those of each principle, and who signs."""
