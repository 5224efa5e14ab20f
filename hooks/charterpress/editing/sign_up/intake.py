"""What reads filled-in forms to sign and judges them, for those who use it."""

from charterpress.editing.sign_up.fields import FIELDS, Form, Reason, Request
from charterpress.editing.sign_up.read_forms import (
    KINDS,
    MAX_MAILBOX_BYTES,
    MAX_UPLOAD_BYTES,
    SUFFIXES,
    Options,
    Reading,
    is_issue_form,
    issue_language,
    read_folder,
    read_forms,
)
from charterpress.editing.sign_up.verdicts import WRITTEN, Outcome, Verdict, judge_forms

__all__ = [
    "FIELDS",
    "KINDS",
    "MAX_MAILBOX_BYTES",
    "MAX_UPLOAD_BYTES",
    "SUFFIXES",
    "WRITTEN",
    "Form",
    "Options",
    "Outcome",
    "Reading",
    "Reason",
    "Request",
    "Verdict",
    "is_issue_form",
    "issue_language",
    "judge_forms",
    "read_folder",
    "read_forms",
]
