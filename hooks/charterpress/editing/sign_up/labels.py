"""A label of a form → what is wrong with it, if it is a slip, or stands for a question a second time."""

from __future__ import annotations

from enum import StrEnum

from charterpress.checks.queries import quote
from charterpress.editing.sign_up.fields import MAX_LABEL_LENGTH, Reason, field_for_label, similar_field
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


class Bearer(StrEnum):
    """What bears a label."""

    QUESTION = "question"
    COLUMN = "column"


_UNKNOWN_LABEL = {
    Bearer.QUESTION: N_("there is no question {label}"),
    Bearer.COLUMN: N_("there is no column {label}"),
}
_SECOND_LABEL = {
    Bearer.QUESTION: N_("the question “{label}” is here twice"),
    Bearer.COLUMN: N_("the column “{label}” is here twice"),
}


def label_fault(label: str, seen: set[str], bearer: Bearer, *, row: int = 0, line: int = 0) -> Reason | None:
    """What is wrong with a label: it is a slip for a question, or stands for one whose key is in `seen`; None
    for a new one, whose key is added there, and for one of something else. `bearer` is what bears the
    label."""
    field = field_for_label(label)
    if field is None:
        near = similar_field(label)
        if near is None:
            return None
        fix = _("did you mean “{label}”? If not, take it out").format(label=_(near.label))
        message = _(_UNKNOWN_LABEL[bearer]).format(label=quote(label))
        return Reason(label=label[:MAX_LABEL_LENGTH], message=message, fix=fix, row=row, line=line)
    if field.key in seen:
        message = _(_SECOND_LABEL[bearer]).format(label=_(field.label))
        return Reason(label=label, message=message, fix=_("keep one of the two"), row=row, line=line)
    seen.add(field.key)
    return None
