"""Filled-in forms to sign → the files of those who signed, or what has to be mended first."""

from press.propose.forms.reading import KINDS, MOST_BYTES, Reading, read
from press.propose.forms.said import Answer, Form, Reason
from press.propose.forms.table import FIELDS, OF_SIGNATURE, Field, fields
from press.propose.forms.verdicts import Outcome, Verdict, verdicts

__all__ = [
    "FIELDS",
    "KINDS",
    "MOST_BYTES",
    "OF_SIGNATURE",
    "Answer",
    "Field",
    "Form",
    "Outcome",
    "Reading",
    "Reason",
    "Verdict",
    "fields",
    "read",
    "verdicts",
]
