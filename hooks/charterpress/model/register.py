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


class Answer(StrEnum):
    """How an organisation says that it kept one principle. The values are those of its file."""

    KEPT = "kept"
    IN_PART = "in part"
    NOT_YET = "not yet"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleReport:
    """What an organisation says of one principle: `principle` is its id in the version reported on, `words`
    its own and plain, and `evidence` an address; each of these is '' for none."""

    principle: str
    answer: Answer
    words: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What an organisation says of how it kept its promise from the day `start` to the day `end`, both of
    them included. `version` is the one reported on, `link` the address of the report, or '', and `published`
    the day on which it was published."""

    start: str
    end: str
    version: str
    published: str
    link: str = ""
    principles: tuple[PrincipleReport, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """One organisation that signed. Every text is plain, in its own words, and is shown as it is written.

    `slug` is the name of its file and its address; `name_latin` its name in letters that the printed list
    has, or ''; `registration` an org-id.guide identifier, or ''; `signed` its signatures, the newest
    last. A signature that is newer than `withdrawn` counts again. `reports` are as its file has them.
    `formerly` are the slugs that it had before. `part_of` is the slug of the organisation that it is a
    branch of, and `succeeded_by` that of the one that it became part of, or ''. `signed_for` says that it
    is a branch which its federation signed for: `signed` and `withdrawn` are those of the federation, and
    `reported_for` that `reports` are. `distinct_from` are slugs of others that a person found to be other
    organisations, and `accepted` words that a rule asked about and a person accepted."""

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
    reports: tuple[Report, ...] = ()
    part_of: str = ""
    succeeded_by: str = ""
    signed_for: bool = False
    reported_for: bool = False
    distinct_from: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    path: str = ""

    @property
    def left(self) -> Withdrawal | None:
        """Its withdrawal; None where it has signed again since."""
        gone = self.withdrawn
        return gone if gone and all(each.date <= gone.date for each in self.signed) else None

    @property
    def asked_itself(self) -> bool:
        """Whether reports are asked of it, and not for it of the federation that signed for it."""
        return not self.signed_for or (bool(self.reports) and not self.reported_for)

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


class ReportStanding(StrEnum):
    """How far an organisation's report is due on a day. The values are those of signatories.json."""

    NOT_ASKED = "not-asked"
    """What it signed asks for none, or its signature is no longer in force."""
    NOT_DUE = "not-due"
    """Its first period has not ended."""
    DUE = "due"
    """A period has ended, and the days of grace have not."""
    REPORTED = "reported"
    """It has reported on the last period that ended."""
    OVERDUE = "overdue"
    """It has reported before, and the days of grace are over."""
    NEVER = "never"
    """It has not reported yet, and the days of grace are over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPeriod:
    """A period that an organisation is asked to report on: from the day `start` to the day before `due`, from
    which its report is due. `until` is the last day of grace, and `report` the one that answers, or None."""

    start: str
    due: str
    until: str
    report: Report | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """How far an organisation's report is due on a day, since the day `since`, or '' where none is asked for.
    `periods` are those since it began to be asked, the last of them under way. `next_due` is the day from
    which the next report is due, which may have passed, or ''."""

    standing: ReportStanding
    since: str = ""
    periods: tuple[ReportPeriod, ...] = ()
    next_due: str = ""

    @property
    def latest(self) -> Report | None:
        """The report on the last period that has one."""
        return next((each.report for each in reversed(self.periods) if each.report), None)
