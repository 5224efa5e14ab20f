"""Rules for the files of those who signed: one organisation each."""

FOLDER = "signatories"
"""Where these files lie in a charter's folder."""
