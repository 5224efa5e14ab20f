"""Rules for the files of those who signed: one organisation each."""

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
