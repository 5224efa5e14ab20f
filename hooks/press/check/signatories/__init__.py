"""Rules for the files of those who signed: one organisation each."""

from press.check.signatories import addresses, contacts, names, proposals, registrations, signed, twins
from press.check.signatories.proposals import FOLDER

__all__ = ["FOLDER", "addresses", "contacts", "names", "proposals", "registrations", "signed", "twins"]
