"""Who signed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """One signature under one version. `date` is as 2026-12-01; `role` is an office, never a person; `link`
    is a page of the organisation that links to the version it signed, or ''; `language` is the tag of the
    language in which it signed the text, or '' if it does not say."""

    version: str
    date: str
    role: str
    link: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """An organisation's withdrawal of its signature: the date, and what it says about it."""

    date: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """One organisation that signed. Every text is plain, in its own words, and is shown as it is written.

    `slug` is the name of its file and its address; `name_latin` its name in letters that the printed list
    has, or ''; `registration` an org-id.guide identifier, or ''; `signed` its signatures, the newest last.
    A signature that is newer than `withdrawn` counts again. `formerly` are the slugs that it had before.
    `part_of` is the slug of the organisation that it is a branch of, and `succeeded_by` that of the one that
    it became part of, or ''. `signed_for` says that it is a branch which its federation signed for: `signed`
    and `withdrawn` are those of the federation. `distinct_from` are slugs of others that a person found to be
    other organisations, and `accepted` words that a rule asked about and a person accepted."""

    slug: str
    name: str
    kind: str
    area: str
    website: str
    signed: tuple[Signature, ...]
    name_latin: str = ""
    registration: str = ""
    pledge: str = ""
    withdrawn: Withdrawal | None = None
    formerly: tuple[str, ...] = ()
    part_of: str = ""
    succeeded_by: str = ""
    signed_for: bool = False
    distinct_from: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    path: str = ""

    @property
    def left(self) -> Withdrawal | None:
        """Its withdrawal; None where it has signed again since."""
        gone = self.withdrawn
        return gone if gone and all(each.date <= gone.date for each in self.signed) else None

    @property
    def linking(self) -> Signature | None:
        """The last of its own signatures that names a page; None where it withdrew or named none."""
        own = () if self.left or self.signed_for else self.signed
        return next((each for each in reversed(own) if each.link), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenLink:
    """That a page was seen to link to a version. `slug` is that of the organisation, `version` and `link` are
    those of its signature, `seen` is the last day on which the link was there, and `looked` the last on which
    the page was asked for, as 2026-12-01; `line` is where the file says so."""

    slug: str
    version: str
    link: str
    seen: str
    looked: str
    line: int = 1

    def is_of(self, signatory: Signatory) -> bool:
        """Whether it is of the page and version that an organisation names."""
        named = signatory.linking
        page = (signatory.slug, named.version, named.link) if named else ()
        return page == (self.slug, self.version, self.link)


class Standing(StrEnum):
    """The standing of a signature towards the current version. The values are those of signatories.json."""

    CURRENT = "current"
    """It signed the current version."""
    IN_FORCE = "in-force"
    """It signed an earlier version, and nothing binding has changed since: its signature is in force."""
    ASKED = "asked"
    """It signed an earlier version, and a commitment release came since: it is asked to sign again."""
    WITHDRAWN = "withdrawn"
    """It withdrew its signature."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """A signatory's standing on a day. `signed` are its signatures by then, the newest last, which counts;
    `since` is the first day of that standing."""

    signatory: Signatory
    standing: Standing
    signed: tuple[Signature, ...]
    since: str

    @property
    def signature(self) -> Signature:
        """The signature that counts."""
        return self.signed[-1]
