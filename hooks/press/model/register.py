"""Who signed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """One signature under one version. `date` is as 2026-12-01; `role` is an office, never a person; `link`
    is a page of the organisation that links to the version it signed, or ''."""

    version: str
    date: str
    role: str
    link: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """That an organisation no longer stands by its signature, since when, and what it says of it."""

    date: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """One organisation that signed. Every text is plain, in its own words, and is shown as it is written.

    `slug` is the name of its file and its address; `name_latin` its name in letters that the printed list
    has, or ''; `registration` an org-id.guide identifier, or ''; `signed` its signatures, the newest last.
    """

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
    path: str = ""
