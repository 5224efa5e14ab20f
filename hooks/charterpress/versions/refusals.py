"""What was asked for with a release → why there can be none of that kind, or on that day."""

from __future__ import annotations

from datetime import date as calendar

from charterpress.model import Release
from charterpress.model.errors import UsageError


def refuse_flags(current: Release | None, *, first: bool, consultation: bool) -> None:
    """Raise UsageError where the next release cannot be of this kind."""
    message = ""
    if first and consultation:
        message = "--first makes 1.0.0 and --consultation a draft before it: say one of them"
    elif current is None or current.consultation:
        if not first and not consultation:
            there = f"{current.version} is a draft for consultation" if current else "there is no version yet"
            message = (
                f"{there}: say --first to make 1.0.0, or --consultation for a draft that nobody can sign"
            )
    elif first:
        message = f"--first makes 1.0.0, and {current.version} is there already: leave it out"
    elif consultation:
        message = f"a consultation draft comes before 1.0.0, and {current.version} is there already"
    if message:
        raise UsageError(message)


def refuse_date(date: str, current: Release | None, today: str) -> None:
    """Raise UsageError where `date` is none, runs backwards or is in the future."""
    try:
        valid = calendar.fromisoformat(date).isoformat() == date
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"“{date}” is not a date: write it as 2026-12-01")
    if current and date < current.date:
        raise UsageError(f"{date} is before {current.date}, the date of version {current.version}")
    if today and date > today:
        raise UsageError(f"{date} is in the future: a version bears the day on which it was released")
