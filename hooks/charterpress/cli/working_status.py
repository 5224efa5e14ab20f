"""An edition → the status of its working text: its changes, the next version, and what blocks it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from charterpress import register
from charterpress.checks import check, compare, without_invalid
from charterpress.cli import asked, describe
from charterpress.cli.command import blocking_errors
from charterpress.cli.report_status import ReportStatus, report_status
from charterpress.editing.new import offers
from charterpress.model import Change, ChangeNote, Class, Edition, Finding, Signatory
from charterpress.versions import number
from charterpress.versions.translations import Progress
from charterpress.views.translations import edition_progress


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The state of the working text: its changes and their result. `version` is the next one, None if there
    is none; `readable` says whether it could be compared."""

    edition: Edition
    blocking: tuple[Finding, ...]
    names: dict[str, str]
    changes: tuple[Change, ...] = ()
    notes: tuple[ChangeNote, ...] = ()
    commitments: number.CommitmentCounts | None = None
    """What becomes of the commitments, if anything does and they can be counted."""
    class_: Class = Class.NONE
    version: str | None = None
    readable: bool = True
    sign_again: tuple[Signatory, ...] = ()
    """Those whom the next version would ask to sign again, by name."""
    asked: asked.Asked | None = None
    """Those who have been asked already."""
    offered: tuple[offers.Offer, ...] = ()
    """What two people may count as less than it is."""
    translated: tuple[Progress, ...] = ()
    """How far each translation is."""
    reports: ReportStatus | None = None
    """How far reports are due, and how the principles that change were reported on."""


def working_status(edition: Edition) -> Status:
    """The status of the working text of `edition`."""
    current, compared = edition.current, compare(edition)
    findings = check(edition)
    charters = (current.charter if current else None, edition.charter)
    names = describe.subject_names(*(charter for charter in charters if charter))
    status = Status(edition=edition, blocking=blocking_errors(findings, edition), names=names)
    status = replace(status, translated=edition_progress(edition))
    if current is None:
        return replace(status, class_=Class.COMMITMENT, version="1.0.0")
    if compared is None:
        return replace(status, readable=False)
    class_ = number.approved_class(compared.counted, compared.notes)
    signatories = without_invalid(edition, findings).signatories
    return replace(
        status,
        changes=compared.counted,
        notes=compared.notes,
        commitments=number.count_commitments(current.charter, edition.charter, compared.counted)
        if edition.charter
        else None,
        class_=class_,
        version=number.next_version(current.version, class_, consultation=current.consultation),
        sign_again=register.due_to_sign_again(signatories, edition.releases, class_, edition.today),
        asked=asked.asked_to_sign_again(edition, signatories),
        reports=report_status(edition, signatories, compared.counted),
        offered=offers.find_offers(edition, compared.counted, compared.notes),
    )
