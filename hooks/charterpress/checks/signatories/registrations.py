"""Rules for an organisation's number in a public register, written as org-id.guide does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.data import public_registers
from charterpress.checks.queries import closest_match, quote, violation_at
from charterpress.checks.signatories.queries import clean_text, scalar_value, signatory_files
from charterpress.model import Edition, Violation
from charterpress.text.interface import gettext as _

LISTED = re.compile(r"([A-Z]{2}(?:_[A-Z]{2})?-[A-Z0-9_]+(?:-CR)?)-(.+)")
NUMBER = r"[A-Za-z0-9](?:[A-Za-z0-9._/ -]{0,58}[A-Za-z0-9])?"
_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
"""The weights of the digits of an Australian Business Number."""


def registration_form(edition: Edition) -> Iterator[Violation]:
    """A registration is the code of a public register, a hyphen, and the number there: GB-CHC-1234567.

    The codes are those of org-id.guide: GB-CHC for charities in England and Wales, GB-SC in Scotland (with a
    number such as SC012345), GB-NIC in Northern Ireland, GB-COH for companies, GB-MPR for co-operatives and
    other societies. Whoever has none leaves the line out."""
    for document, front in signatory_files(edition):
        value = scalar_value(front, "registration")
        if value and (wrong := _form_fault(clean_text(value))):
            yield violation_at(document, value, *wrong)


def _form_fault(registration: str) -> tuple[str, str] | None:
    """What is wrong with the form of a registration, and what to write."""
    scheme, number = split_registration(registration)
    if not scheme:
        upper = registration.upper()
        fix = _("write the code of the register and the number, such as GB-CHC-1234567")
        fix = _("write {words}").format(words=quote(upper)) if split_registration(upper)[0] else fix
        return _("{registration} does not say which register it is from").format(
            registration=quote(registration)
        ), fix
    known = public_registers().get(scheme)
    pattern, example = (known.number, known.example) if known and known.number else (NUMBER, "1234567")
    if not re.fullmatch(pattern, number) or not _has_valid_check_digits(scheme, number):
        message = _("{number} is not a number in the register {scheme}").format(
            number=quote(number), scheme=scheme
        )
        return message, _("write it as that register does, such as {example}").format(
            example=quote(f"{scheme}-{example}")
        )
    return None


def registration_scheme(edition: Edition) -> Iterator[Violation]:
    """The code of a register is one that org-id.guide lists.

    There may be newer ones than those that this tool knows: look the code up there. If it is right, leave it
    as it is."""
    for document, front in signatory_files(edition):
        value = scalar_value(front, "registration")
        scheme, number = split_registration(clean_text(value))
        if value and scheme and scheme not in public_registers():
            message = _("{scheme} is not a register that org-id.guide lists").format(scheme=quote(scheme))
            fix = ""
            if near := _nearest_code(scheme):
                fix = _("if you mean {scheme}, write {registration}").format(
                    scheme=near, registration=quote(f"{near}-{number}")
                )
            yield violation_at(document, value, message, fix or _("look the code up at org-id.guide"))


def _nearest_code(written: str) -> str | None:
    """Return the code most likely meant by one that is not listed."""
    registers = public_registers()
    meant = next((code for code, register in registers.items() if written in register.also), None)
    return meant or closest_match(written, [code for code in registers if code[:2] == written[:2]])


def split_registration(registration: str) -> tuple[str, str]:
    """The code of the register, and the number in it; ('', '') where there is no code."""
    pieces = registration.split("-")
    for count in (3, 2):
        scheme, number = "-".join(pieces[:count]), "-".join(pieces[count:])
        if scheme in public_registers() and number:
            return scheme, number
    match = LISTED.fullmatch(registration)
    return (match[1], match[2]) if match else ("", "")


def _has_valid_check_digits(scheme: str, number: str) -> bool:
    """Whether the check digits are right, in the registers that have them and publish how."""
    if scheme == "XI-LEI":  # ISO 17442 with ISO 7064, MOD 97-10
        return int("".join(str(int(each, 36)) for each in number)) % 97 == 1
    if scheme == "AU-ABN":  # abr.business.gov.au, “Format of the ABN”
        digits = [int(each) for each in number.replace(" ", "")]
        digits[0] -= 1
        return sum(weight * digit for weight, digit in zip(_ABN_WEIGHTS, digits, strict=True)) % 89 == 0
    return True
