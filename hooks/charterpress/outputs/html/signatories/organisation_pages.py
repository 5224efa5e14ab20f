"""A signatory → its page: what it signed and when, its standing, its own words, and its badge to embed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from charterpress.model import Page, Registered, ReportStanding, Standing
from charterpress.outputs.html.redirects import redirect
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.register_pages import register_crumb
from charterpress.outputs.html.signatories.report_parts import ReportParts, list_places, parts, placed
from charterpress.outputs.images import badge
from charterpress.text.dates import day_in_words
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language, use_language
from charterpress.text.languages import own_name, primary_language
from charterpress.views.addresses import (
    badge_address,
    certificate_address,
    reports_calendar_address,
    signatory_address,
    signatory_reports_address,
)
from charterpress.views.reports import ReportsView, period_days, period_in_words, report_meaning
from charterpress.views.signatories import RegisterView, seen_label
from charterpress.views.signed_text import SignedText


def organisation_redirects(register: RegisterView) -> Iterator[Page]:
    """Yield the addresses that organisations had under other names: each leads to where it is now."""
    active = frozenset(each.signatory.slug for each in register.active)
    for each in register.entries:
        slug = each.signatory.slug
        for was in dict.fromkeys(each.signatory.formerly):
            yield redirect(signatory_address(was), signatory_address(slug))
            if slug in active:
                yield redirect(certificate_address(was), certificate_address(slug))


def organisation_pages(register: RegisterView, renderer: Renderer, *, certificates: bool) -> Iterator[Page]:
    """Yield the page of everyone who ever signed. `certificates` says whether these are documents too."""
    template, title = renderer.templates.get_template("signatory.html"), register.current.charter.title
    here, reports = primary_language(language()), register.reports
    made = ReportParts(register, renderer)
    since: dict[tuple[str, Standing], Markup] = {}
    for each in register.entries:
        who, version, left = each.signatory, each.signature.version, each.standing is Standing.WITHDRAWN
        key = (version, each.standing)
        if key not in since:  # how that version differs from the current one
            values = {"register": register, "version": version, "standing": str(each.standing)}
            since[key] = renderer.fragment("changes_since_signed.html", **values)
        text = register.signed_text(each)
        year = reports.year(each) if reports else ""
        with use_language(text.page):
            # Translators: what the picture of a signatory's badge says in words.
            said = _("{name} signed version {version} of the {title}")
            if year:
                # Translators: the same with the year of the last report.
                said = _("{name} signed version {version} of the {title}, and reported in {year}")
        signed = said.format(name=who.name, version=version, title=text.title, year=year)
        lists = report_lists(each, reports, made) if reports else []
        address = signatory_address(who.slug)
        page = Page(
            address=address,
            title=who.name,
            description=_description(each, register),
            html=template.render(
                entry=each,
                names=register.names,
                branches=register.branches.get(who.slug, ()),
                charter=title,
                digest=register.releases[version].sha256,
                listed=register.listed.get(who.slug, ""),
                since=since[key],
                said=signed,
                seen=seen_label(link) if (link := register.seen.get(who.slug)) and not left else "",
                said_in="" if primary_language(text.tag or language()) == here else text.tag,
                codes=_embed_codes(address, who.slug, text, signed, renderer),
                height=badge.HEIGHT,
                certificates=certificates,
                own_name=own_name,
                held=reports.reported[who.slug] if reports and lists else None,
                reports=reports,
                report_meaning=report_meaning,
                period_days=period_days,
                days=period_in_words,
                report_list=placed(lists[0], address) if lists else "",
                more_reports=len(lists) > 1,
                calendar=_calendar(each, reports, renderer, address),
            ),
            source=who.path,
            kind="signatory",
            breadcrumbs=(register_crumb(),),
            footer=_("Signatories on {day}").format(day=day_in_words(register.day)),
            searched=False,
            indexed=not left,
        )
        yield page
        if len(lists) > 1:
            yield from _more_reports(page, who.formerly, lists[1:], renderer)


def _calendar(entry: Registered, reports: ReportsView | None, renderer: Renderer, here: str) -> str:
    """The link from an organisation's page to the calendar of its reports; '' if it is asked for none."""
    if not reports or reports.standing(entry) is ReportStanding.NOT_ASKED:
        return ""
    return renderer.link(reports_calendar_address(entry.signatory.slug), here)


def report_lists(entry: Registered, reports: ReportsView, made: ReportParts) -> list[str]:
    """Return the reports of an organisation, and the periods without one, in parts; none for one that is not
    asked for any and has none."""
    held, own = reports.reported[entry.signatory.slug], reports.of(entry)
    asked = held.standing is not ReportStanding.NOT_ASKED
    missing = [each for each in held.periods if not each.report and each.until < reports.day]
    left = entry.standing is Standing.WITHDRAWN
    return parts(made.reports(own, missing, left=left)) if own or asked or not left else []


def _more_reports(
    page: Page, formerly: Iterable[str], lists: Sequence[str], renderer: Renderer
) -> Iterator[Page]:
    """Yield the reports of an organisation that its own `page` has no room for, at old addresses too."""
    slug = page.address.split("/")[1]
    first = signatory_reports_address(slug)
    places = list_places(first, len(lists))
    template = renderer.templates.get_template("signatory_reports.html")
    for here, shown in zip(places, lists, strict=True):
        html = template.render(
            name=page.title,
            home=page.address,
            shown_at=here,
            places=places,
            items=placed(shown, here),
            link=partial(renderer.link, here=here),
        )
        title = _("Earlier reports of {name}").format(name=page.title)
        yield replace(page, address=here, title=title, html=html, kind="signatory-reports")
    for was in dict.fromkeys(formerly):
        yield redirect(signatory_reports_address(was), first)


def _embed_codes(
    address: str, slug: str, text: SignedText, said: str, renderer: Renderer
) -> tuple[tuple[str, str], ...]:
    """How to show the badge elsewhere, as a link to the page in the language that was signed; nothing where
    the site's address is unknown. The badge itself is at one address, whatever was signed."""
    if not renderer.site:
        return ()
    if not text.tag:
        page = f"{renderer.site}{address}"
        return badge.embed_codes(page, f"{page}badge.svg", said)
    root = renderer.site.removesuffix(renderer.prefix)
    page, image = f"{root}{text.prefix}{address}", f"{root}{badge_address(slug)}"
    return badge.embed_codes(page, image, said, text.tag)


def _description(entry: Registered, register: RegisterView) -> str:
    """What an organisation signed, and what became of it if it withdrew, in a sentence."""
    successor = register.names.get(entry.signatory.succeeded_by)
    if entry.standing is not Standing.WITHDRAWN:
        said = _("{name} signed version {version} of the {title} on {day}.")
    elif successor:
        said = _("{name} signed version {version} of the {title}, and became part of {successor} on {left}.")
    else:
        said = _("{name} signed version {version} of the {title}, and withdrew on {left}.")
    return said.format(
        name=entry.signatory.name,
        version=entry.signature.version,
        title=register.current.charter.title,
        day=day_in_words(entry.signature.date),
        successor=successor,
        left=day_in_words(entry.since),
    )


def indexed_addresses(register: RegisterView) -> list[str]:
    """Return the address of the page of everyone whose signature stands, by name: what search engines may
    find."""
    return [signatory_address(each.signatory.slug) for each in register.active]
