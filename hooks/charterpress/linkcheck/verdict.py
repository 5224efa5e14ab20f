"""A page and what its owner signed → the verdict on its links, in words that never say more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from charterpress.checks.queries import join_all
from charterpress.linkcheck.page import Page, TooDeepError, visible_links
from charterpress.linkcheck.site_address import Site, linked_version, parse_url
from charterpress.model import Signatory
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


class Verdict(StrEnum):
    """What was found out about one page; the value is what people are told."""

    SIGNED = N_("links to the version it signed")
    OTHER = N_("links to another version")
    CHARTER = N_("links to the charter only")
    NONE = N_("no link")
    UNREACHABLE = N_("unreachable")
    REFUSED = N_("not fetched: refused")


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One signature that names a page: whose it is, what was signed and when, and the page's address.
    `last` says that the organisation named no page in a later one."""

    slug: str
    name: str
    version: str
    signed: str
    link: str
    last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What was found. `versions` are those that the page links to, in the order they stand in; `reason` says
    why it could not be told, or ''; `address` is where the page stood after all redirects, or ''."""

    question: Question
    verdict: Verdict
    versions: tuple[str, ...] = ()
    reason: str = ""
    address: str = ""

    def sentence(self, date: str) -> str:
        """What may be said of the page: of the day on which it was read, and no other."""
        message, with_reason = _SENTENCES[self.verdict]
        versions = join_all([_("version {version}").format(version=each) for each in self.versions])
        if self.verdict is Verdict.SIGNED:
            versions = _("version {version}").format(version=self.question.version)
        message = _(with_reason if self.reason and with_reason else message)
        return message.format(date=date, versions=versions, reason=self.reason)


_SENTENCES = {
    # Translators: {versions} are such as: version 1.0.0 and version 2.0.0
    Verdict.SIGNED: (N_("on {date} this page linked to {versions}"), ""),
    Verdict.OTHER: (N_("on {date} this page linked to {versions}"), ""),
    Verdict.CHARTER: (N_("on {date} this page linked to the charter’s site, but to no version of it"), ""),
    Verdict.NONE: (
        N_("on {date} no link to the charter was seen on this page"),
        N_("on {date} no link to the charter was seen on this page: {reason}"),
    ),
    Verdict.UNREACHABLE: (
        N_("on {date} this page could not be read"),
        N_("on {date} this page could not be read: {reason}"),
    ),
    Verdict.REFUSED: (
        N_("on {date} this page was not asked for"),
        N_("on {date} this page was not asked for: {reason}"),
    ),
}
"""What may be said of a page, without a reason and with one."""


def questions(signatories: Iterable[Signatory]) -> tuple[Question, ...]:
    """One for every signature that names a page, the organisations in the order given. Those that withdrew
    are left out: the site no longer links to their page."""
    return tuple(
        Question(
            slug=each.slug,
            name=each.name,
            version=signature.version,
            signed=signature.date,
            link=signature.link,
            last=not any(later.link for later in each.signed[place:]),
        )
        for each in signatories
        if each.left is None
        for place, signature in enumerate(each.signed, 1)
        if signature.link
    )


def judge_page(question: Question, page: Page, site: Site) -> Answer:
    """The verdict on a page that was fetched."""
    own = parse_url(page.address)
    if own and linked_version(site, own) is not None:
        reason = _("it is a page of the charter’s own site")
        return Answer(question=question, verdict=Verdict.NONE, reason=reason, address=page.address)
    try:
        leading = [linked_version(site, url) for each in visible_links(page) if (url := parse_url(each))]
    except TooDeepError:
        reason = _("its elements lie too deep within one another")
        return Answer(question=question, verdict=Verdict.UNREACHABLE, reason=reason, address=page.address)
    places = tuple(dict.fromkeys(each for each in leading if each is not None))
    linked = tuple(each for each in places if each)
    if question.version in linked:
        verdict = Verdict.SIGNED
    elif linked:
        verdict = Verdict.OTHER
    else:
        verdict = Verdict.CHARTER if places else Verdict.NONE
    return Answer(question=question, verdict=verdict, versions=linked, address=page.address)
