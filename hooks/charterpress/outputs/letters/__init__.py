"""What letters to signatories say → messages to send, and a table for a word processor's mail merge."""
