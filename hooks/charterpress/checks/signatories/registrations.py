"""Rules for an organisation's number in a public register, written as org-id.guide does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.queries import nearest, say
from charterpress.checks.signatories.public_registers import FORMS, MEANT, SCHEMES
from charterpress.checks.signatories.queries import at, files, text, word
from charterpress.model import Edition, Found

_LISTED = re.compile(r"([A-Z]{2}(?:_[A-Z]{2})?-[A-Z0-9_]+(?:-CR)?)-(.+)")
_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/ -]{0,58}[A-Za-z0-9])?")
_ELEVEN = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
"""The weights of the digits of an Australian Business Number."""


def registration_form(edition: Edition) -> Iterator[Found]:
    """A registration is the code of a public register, a hyphen, and the number there: GB-CHC-1234567.

    The codes are those of org-id.guide: GB-CHC for charities in England and Wales, GB-SC in Scotland (with a
    number such as SC012345), GB-NIC in Northern Ireland, GB-COH for companies, GB-MPR for co-operatives and
    other societies. Whoever has none leaves the line out.
    """
    for document, front in files(edition):
        value = word(front, "registration")
        if value and (wrong := _wrong(text(value))):
            yield at(document, value, *wrong)


def _wrong(registration: str) -> tuple[str, str] | None:
    """What is wrong with the form of a registration, and what to write."""
    scheme, number = parts(registration)
    if not scheme:
        upper = registration.upper()
        fix = "write the code of the register and the number, such as GB-CHC-1234567"
        return f"{say(registration)} does not say which register it is from", f"write {say(upper)}" if parts(
            upper
        )[0] else fix
    form, example = FORMS.get(scheme, (_NUMBER, "1234567"))
    if not form.fullmatch(number) or not _adds_up(scheme, number):
        message = f"{say(number)} is not a number of the register {scheme}"
        return message, f"write it as that register does, such as {say(f'{scheme}-{example}')}"
    return None


def registration_scheme(edition: Edition) -> Iterator[Found]:
    """The code of a register is one that org-id.guide lists.

    There may be newer ones than those that this tool knows: look the code up there. If it is right, leave it
    as it is.
    """
    for document, front in files(edition):
        value = word(front, "registration")
        scheme, number = parts(text(value))
        if value and scheme and scheme not in SCHEMES:
            near = MEANT.get(scheme) or nearest(scheme, [each for each in SCHEMES if each[:2] == scheme[:2]])
            fix = (
                f"if you mean {near}, write {say(f'{near}-{number}')}"
                if near
                else "look the code up at org-id.guide"
            )
            yield at(document, value, f"{say(scheme)} is not a register that org-id.guide lists", fix)


def parts(registration: str) -> tuple[str, str]:
    """The code of the register, and the number in it; ('', '') where there is no code."""
    pieces = registration.split("-")
    for count in (3, 2):
        scheme, number = "-".join(pieces[:count]), "-".join(pieces[count:])
        if scheme in SCHEMES and number:
            return scheme, number
    found = _LISTED.fullmatch(registration)
    return (found[1], found[2]) if found else ("", "")


def _adds_up(scheme: str, number: str) -> bool:
    """Whether the check digits are right, in the registers that have them and publish how."""
    if scheme == "XI-LEI":  # ISO 17442 with ISO 7064, MOD 97-10
        return int("".join(str(int(each, 36)) for each in number)) % 97 == 1
    if scheme == "AU-ABN":  # abr.business.gov.au, “Format of the ABN”
        digits = [int(each) for each in number.replace(" ", "")]
        return (
            sum(weight * digit for weight, digit in zip(_ELEVEN, [digits[0] - 1, *digits[1:]], strict=True))
            % 89
            == 0
        )
    return True
