"""What was asked for with a release → why there can be none of that kind, or on that day."""

from __future__ import annotations

from datetime import date as calendar

from charterpress.model import Release
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_NO_VERSION = N_(
    "there is no version yet: say --first to make 1.0.0, or --consultation for a draft that nobody can sign"
)
_DRAFT = N_(
    "{version} is a draft for consultation: say --first to make 1.0.0, or --consultation for a draft that "
    "nobody can sign"
)


def refuse_flags(current: Release | None, *, first: bool, consultation: bool) -> None:
    """Raise UsageError where the next release cannot be of this kind."""
    message = ""
    if first and consultation:
        message = _("--first makes 1.0.0 and --consultation a draft before it: say one of them")
    elif current is None or current.consultation:
        if not first and not consultation:
            message = _(_NO_VERSION if current is None else _DRAFT)
    elif first:
        message = _("--first makes 1.0.0, and {version} is there already: leave it out")
    elif consultation:
        message = _("a consultation draft comes before 1.0.0, and {version} is there already")
    if message:
        raise UsageError(message.format(version=current.version if current else ""))


def refuse_date(date: str, current: Release | None, today: str) -> None:
    """Raise UsageError where `date` is none, runs backwards or is in the future."""
    try:
        valid = calendar.fromisoformat(date).isoformat() == date
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(_("“{date}” is not a date: write it as 2026-12-01").format(date=date))
    if current and date < current.date:
        message = _("{date} is before {current_date}, the date of version {version}")
        raise UsageError(message.format(date=date, current_date=current.date, version=current.version))
    if today and date > today:
        message = _("{date} is in the future: a version bears the day on which it was released")
        raise UsageError(message.format(date=date))
