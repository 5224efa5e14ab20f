"""Filled-in forms to sign → the files of those who signed, or what has to be mended first."""

from charterpress.editing.sign_up.fields import FIELDS, Answer, Field, Form, Reason, form_fields
from charterpress.editing.sign_up.read_forms import KINDS, MAX_UPLOAD_BYTES, Reading, read_forms
from charterpress.editing.sign_up.verdicts import Outcome, Verdict, judge_forms

__all__ = [
    "FIELDS",
    "KINDS",
    "MAX_UPLOAD_BYTES",
    "Answer",
    "Field",
    "Form",
    "Outcome",
    "Reading",
    "Reason",
    "Verdict",
    "form_fields",
    "judge_forms",
    "read_forms",
]
