"""Signatories × releases × a day → how each stands, counts, and who would be asked to sign again."""

from charterpress.register.counts import Counts, Month, counts
from charterpress.register.names import OTHER, RESERVED, letter, sort_key
from charterpress.register.standing import as_of, registered, sign_again

__all__ = [
    "OTHER",
    "RESERVED",
    "Counts",
    "Month",
    "as_of",
    "counts",
    "letter",
    "registered",
    "sign_again",
    "sort_key",
]
