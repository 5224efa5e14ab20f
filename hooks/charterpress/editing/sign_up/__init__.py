"""Filled-in forms to sign → the files of those who signed, or what has to be mended first."""

from charterpress.editing.sign_up.fields import FIELDS, OF_SIGNATURE, Field, fields
from charterpress.editing.sign_up.form_answers import Answer, Form, Reason
from charterpress.editing.sign_up.read_forms import KINDS, MOST_BYTES, Reading, read
from charterpress.editing.sign_up.verdicts import Outcome, Verdict, verdicts

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
