"""What to say where the packages of an optional extra are not installed."""

from __future__ import annotations

from charterpress.text.interface import gettext as _


def missing_extra(extra: str, purpose: str) -> str:
    """Return what to type where the packages of `extra` are missing: `purpose` is what they are needed for,
    in the language in use, such as “to read workbooks”."""
    # Translators: {purpose} is such as “to read a workbook”.
    message = _(
        "some packages are not installed that are needed {purpose}: type  {command}  and then this command "
        "again"
    )
    return message.format(purpose=purpose, command=f'python -m pip install "charterpress[{extra}]"')
