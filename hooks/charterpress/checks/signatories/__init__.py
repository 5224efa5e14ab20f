"""Rules for signatories' files, one for each organisation."""

from charterpress.checks.signatories import (
    addresses,
    contacts,
    duplicates,
    names,
    proposals,
    registrations,
    signatures,
)
from charterpress.checks.signatories.proposals import SIGNATORIES

__all__ = [
    "SIGNATORIES",
    "addresses",
    "contacts",
    "duplicates",
    "names",
    "proposals",
    "registrations",
    "signatures",
]
