"""What a charter is made of: the nouns that every other module speaks of."""

from press.model.charter import Behaviour, Charter, Principle, Section, SectionShape, Theme
from press.model.edition import Edition
from press.model.files import (
    MOST_BYTES,
    MOST_RELEASE_BYTES,
    MOST_SUMS_BYTES,
    Block,
    Document,
    Entry,
    EntryKind,
    Fault,
    Link,
    Mapping,
    Node,
    Part,
    Role,
    Scalar,
    Sequence,
)
from press.model.findings import Finding, Found, Rule, Severity
from press.model.pages import Crumb, Page
from press.model.register import Registered, Signatory, Signature, Standing, Withdrawal
from press.model.versions import Change, ChangeNote, Class, Erratum, Kind, Reference, Release, Retired

__all__ = [
    "MOST_BYTES",
    "MOST_RELEASE_BYTES",
    "MOST_SUMS_BYTES",
    "Behaviour",
    "Block",
    "Change",
    "ChangeNote",
    "Charter",
    "Class",
    "Crumb",
    "Document",
    "Edition",
    "Entry",
    "EntryKind",
    "Erratum",
    "Fault",
    "Finding",
    "Found",
    "Kind",
    "Link",
    "Mapping",
    "Node",
    "Page",
    "Part",
    "Principle",
    "Reference",
    "Registered",
    "Release",
    "Retired",
    "Role",
    "Rule",
    "Scalar",
    "Section",
    "SectionShape",
    "Sequence",
    "Severity",
    "Signatory",
    "Signature",
    "Standing",
    "Theme",
    "Withdrawal",
]
