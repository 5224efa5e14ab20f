"""A release ↔ time-stamps of others, and what can be checked against a copy that somebody kept."""
