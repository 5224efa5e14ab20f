"""Reports → the pages that list them: of one principle, of those who are due, and of what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from charterpress.model import Charter, Crumb, Page
from charterpress.outputs.html.redirects import charter_crumb, redirect
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.register_pages import register_crumb, register_item
from charterpress.outputs.html.signatories.report_parts import (
    MOST,
    NEWEST,
    ROOT,
    Block,
    ReportParts,
    list_places,
    parts,
    placed,
    standing_title,
)
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.learned import ReportedPrinciple, earlier_words, learned, reported_principles
from charterpress.views.reports import ReportsView, counts_in_words, report_meaning, report_title
from charterpress.views.signatories import RegisterView

LEARNED_TITLE = N_("What was learned")


def report_pages(
    register: RegisterView, history: History, renderer: Renderer, *, editors: bool
) -> Iterator[Page]:
    """Yield the pages of a charter that asks for reports: for each principle all that was said of it, for
    each standing those who have it, and, for `editors`, what was learned since the current version came."""
    reports = register.reports
    if reports is None:
        return
    footer = _("Signatories on {day}").format(day=day_in_words(register.day))
    found = (
        *_principle_pages(register, reports, history, renderer),
        *_standing_pages(register, reports, renderer),
        *([_learned_page(register, reports, history, renderer)] if editors else []),
    )
    for page in found:
        yield replace(page, footer="" if page.moved_to else footer, searched=False)


def _parted(
    page: Page,
    template: str,
    text: tuple[Charter, Renderer],
    lists: Sequence[str],
    values: dict[str, Any],  # as `Renderer.page` takes them
) -> Iterator[Page]:
    """Yield `page` with the first of `lists`, and the others on pages below it."""
    charter, renderer = text
    places = list_places(page.address, len(lists))
    for at, (here, shown) in enumerate(zip(places, lists, strict=True), start=1):
        title, heading = page.title, values.get("heading", page.title)
        if at > 1:
            # Translators: the title of a page, and which part of a long list it has.
            message = _("{title}, part {place} of {count}")
            part = {"place": number(at), "count": number(len(lists))}
            title, heading = (
                message.format(title=title, **part),
                Markup(message).format(title=heading, **part),
            )
        items = placed(shown, here)
        own = {
            **values,
            "title": title,
            "heading": heading,
            "items": items,
            "places": places,
            "shown_at": here,
        }
        yield replace(page, address=here, title=title, html=renderer.page(template, charter, here, **own))


# --- Of a principle ----------------------------------------------------------------------------------


def _principle_pages(
    register: RegisterView, reports: ReportsView, history: History, renderer: Renderer
) -> Iterator[Page]:
    made = ReportParts(register, renderer)
    for each in reported_principles(reports, history):
        theme, principle = each.theme, each.principle
        home = addresses.principle_address(theme, principle)
        charter = register.releases[each.version].charter
        title = _("Reports on “{title}”").format(title=principle.title)
        lists = parts([made.statements(each.answers.statements)])
        page = Page(
            address=addresses.principle_reports_address(theme.id, principle.id),
            title=title,
            description=_("What organisations reported on “{title}”: {counts}.").format(
                title=principle.title, counts=counts_in_words(each.answers.counts)
            ),
            html="",
            kind="principle-reports",
            breadcrumbs=(charter_crumb(), Crumb(title=principle.title, address=home)),
        )
        values = {
            "principle": principle,
            "home": home,
            "counts": counts_in_words(each.answers.counts),
            "earlier": earlier_words(each.answers, history, history.heir(principle.id)),
        }
        yield from _parted(page, "principle_reports_list.html", (charter, renderer), lists, values)
        yield from _moved(each, history, page.address)


def _moved(each: ReportedPrinciple, history: History, address: str) -> Iterator[Page]:
    """The addresses that the list would have had below those that its principle had before."""
    heir = history.heir(each.principle.id)
    before = {
        addresses.principle_reports_address(theme.id, principle.id)
        for release in history.releases
        for theme, principle in release.charter.principles()
        if history.heir(principle.id) == heir
    }
    for was in sorted(before - {address}):
        yield redirect(was, address)


# --- Of a standing -----------------------------------------------------------------------------------


def _standing_pages(register: RegisterView, reports: ReportsView, renderer: Renderer) -> Iterator[Page]:
    charter = register.current.charter
    for standing, entries in reports.groups.items():
        address = addresses.report_standing_address(standing)
        title = report_title(reports.words[standing])
        items = [register_item(each, f"{ROOT}{addresses.REGISTER}", register) for each in entries]
        page = Page(
            address=address,
            title=title,
            description=_("Who signed the {title}, as of {day}: {part}.").format(
                title=charter.title, day=day_in_words(register.day), part=title
            ),
            html="",
            kind="register-letter",
            breadcrumbs=(register_crumb(),),
        )
        values = {
            "register": register,
            "standing": standing,
            "heading": standing_title(reports.words[standing]),
            "meaning": report_meaning(standing),
            "count": len(entries),
        }
        lists = parts([Block(items=items, kind="entries")])
        yield from _parted(page, "report_standing.html", (charter, renderer), lists, values)


# --- Of late -----------------------------------------------------------------------------------------


def _learned_page(register: RegisterView, reports: ReportsView, history: History, renderer: Renderer) -> Page:
    charter, here = register.current.charter, addresses.LEARNED
    found = learned(reports, history, register.current)
    made, room = ReportParts(register, renderer), MOST
    shown = []
    for each in found.principles:
        newest = parts([made.statements(each.answers.in_words[:NEWEST])])[0]
        room -= len(newest.encode())
        counts = counts_in_words(each.answers.counts)
        earlier = earlier_words(each.answers, history, history.heir(each.principle.id))
        shown.append((each, counts, earlier, placed(newest if room > 0 else "", here)))
    return Page(
        address=here,
        title=_(LEARNED_TITLE),
        description=_(
            "What organisations reported on the {charter} since version {version} was released."
        ).format(charter=charter.title, version=register.current.version),
        html=renderer.page(
            "practice/learned.html",
            charter,
            here,
            found=found,
            principles=shown,
        ),
        kind="learned",
        breadcrumbs=(Crumb(title=_("Practice"), address=addresses.PRACTICE),),
    )
