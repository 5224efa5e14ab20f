"""Rules for links.json, which says which pages of signatories were seen to link to what they signed."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.queries import documents_of, quote, violation_at
from charterpress.checks.signatories.proposals import SIGNATORIES
from charterpress.model import Document, Edition, Role, SeenLink, Violation, once_per_edition
from charterpress.read import read_links
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_RECORD = N_("run “charter links --record”, which brings the file up to date")


def links_unreadable(edition: Edition) -> Iterator[Violation]:
    """links.json is as `charter links --record` writes it.

    It has a page for each organisation whose page was seen to link to what it signed: its `slug`, `version`
    and `link`, the day on which the link was `seen`, and that on which the page was last `looked` at. Nobody
    needs to edit it."""
    for document in documents_of(edition, Role.LINKS):
        faults = read_links(document.lines)[1]
        if not document.lines and not document.faults:
            message = _("the links that were seen cannot be read: the file is empty")
            fix = _("delete the file, or run “charter links --record”, which brings the file up to date")
            yield Violation(document.path, message, fix)
        for fault in faults:
            yield violation_at(document, fault, fault.message, fault.fix)


def links_future(edition: Edition) -> Iterator[Violation]:
    """No page was looked at on a day that is still to come.

    The register would publish it as the day on which the link was seen. Correct the clock of the computer,
    and record the links again."""
    for document, each in _entries(edition):
        if edition.today and each.looked > edition.today:
            message = _("the page of {slug} was looked at on {looked}, which is still to come").format(
                slug=quote(each.slug), looked=each.looked
            )
            yield _at(
                document, each, message, _("write the day on which it was looked at, or delete the entry")
            )


def links_outdated(edition: Edition) -> Iterator[Violation]:
    """What links.json says is of the page and version that the organisation's file names.

    An organisation may have withdrawn, or named another page, since. The register leaves out what no longer
    agrees."""
    signatories = {each.slug: each for each in edition.signatories}
    files = {document.path for document in documents_of(edition, Role.SIGNATORY)}
    for document, each in _entries(edition):
        signatory = signatories.get(each.slug)
        if signatory is None and f"{edition.root}/{SIGNATORIES}/{each.slug}.yml" in files:
            continue  # its file cannot be read, which other rules say
        if signatory is None:
            message = _("there is no signatory {slug} whose page could have been seen").format(
                slug=quote(each.slug)
            )
            yield _at(document, each, message, _(_RECORD))
        elif not each.is_of(signatory):
            message = _("{slug} no longer names this page with version {version}").format(
                slug=quote(each.slug), version=each.version
            )
            yield _at(document, each, message, _(_RECORD))


@once_per_edition
def _entries(edition: Edition) -> tuple[tuple[Document, SeenLink], ...]:
    return tuple((each, link) for each in documents_of(edition, Role.LINKS) for link in edition.links)


def _at(document: Document, link: SeenLink, message: str, fix: str) -> Violation:
    return Violation(document.path, message, fix, link.line)
