"""The register → its page: how many signed, when, and the list, by letter; on more pages where it is long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup, escape

from charterpress.model import Crumb, Page, Registered, ReportStanding, Standing
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories import register_search
from charterpress.outputs.html.signatories.report_parts import standing_label
from charterpress.outputs.images import badge, growth_chart
from charterpress.register import count_register
from charterpress.text.collation import sort_key
from charterpress.text.dates import day_in_words, length_in_words, month_in_words
from charterpress.text.folding import FOLDED_LETTERS
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.views import addresses, signatories
from charterpress.views.reports import report_meaning
from charterpress.views.signatories import Group, RegisterView, by_letter

TITLE = N_("Signatories")
MAX_PER_PAGE = 500
"""How many signatories one page lists; more of them are on a page for each letter."""
LAZY_FROM = 200
"""How many signatories a page lists before letters are laid out only when they come into view."""
WIDTHS = {"narrow": 320, "wide": 640}
"""How wide the growth is drawn, in pixels: for a telephone, and for the column of text."""
MAX_AREAS = 300
"""How many areas there are to choose from at most: those with the most signatories."""


def register_crumb() -> Crumb:
    """Return the way back to the register from the pages that belong to it."""
    return Crumb(title=_(TITLE), address=addresses.REGISTER)


def register_pages(
    register: RegisterView, renderer: Renderer, *, documents: bool, learned: bool = False
) -> Iterator[Page]:
    """Yield the page of the register, and those of its letters where the list is long. `documents` says
    whether the list to print is a PDF too, and `learned` whether there is a page of what was learned."""
    charter, here = register.current.charter, addresses.REGISTER
    active, withdrawn = register.active, register.withdrawn
    long = len(active) > MAX_PER_PAGE
    letters = by_letter(active)
    parts = [part for letter in letters for part in _parts(letter)] if long else []
    left = Group(name="withdrawn", title=_("Withdrawn"), entries=withdrawn)
    left_parts = list(_parts(left)) if len(withdrawn) > MAX_PER_PAGE else []
    choices, count = _choices(register), register.counts.all
    months = register.counts.months
    footer = _("Signatories on {day}").format(day=day_in_words(register.day))
    yield Page(
        address=here,
        title=_(TITLE),
        description=ngettext(
            "Who has signed the {title}, and which version: {count} organisation.",
            "Who has signed the {title}, and which version: {count} organisations.",
            count,
        ).format(title=charter.title, count=number(count)),
        html=renderer.page(
            "register.html",
            charter,
            here,
            register=register,
            lists=signatories,
            reports=register.reports,
            reporting=charter.reporting,
            learned=learned,
            length=length_in_words,
            report_meaning=report_meaning,
            documents=documents,
            letters=[] if long else [(letter, _items(letter.entries, here, register)) for letter in letters],
            many=len(active) > LAZY_FROM,
            parts=parts,
            withdrawn="" if left_parts else _items(withdrawn, here, register),
            gone=left_parts,
            choices=choices,
            standings={each: signatories.standing_name(each) for each in Standing},
            known=_known(choices, len(active), long=long),
            month_name=month_in_words,
            codes=badge.embed_codes,
            height=badge.HEIGHT,
            drawings={
                name: growth_chart.draw_growth(months, width=width)
                for name, width in WIDTHS.items()
                if len(months) > 1
            },
        ),
        kind="register",
        footer=footer,
    )
    for part in (*parts, *left_parts):
        address = addresses.letter_address(part.name)
        items = _items(part.entries, address, register)
        yield Page(
            address=address,
            title=f"{_(TITLE)}: {part.title}",
            description=_("Who signed the {title}, as of {day}: {part}.").format(
                title=charter.title, day=day_in_words(register.day), part=part.title
            ),
            html=renderer.page(
                "register_letter.html",
                charter,
                address,
                register=register,
                part=part,
                items=items,
                parts=parts,
            ),
            kind="register-letter",
            breadcrumbs=(register_crumb(),),
            footer=footer,
            searched=False,
        )


def register_search_files(register: RegisterView) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the page's search fetches: none if the whole list is on the page."""
    active = register.active
    if len(active) > MAX_PER_PAGE:
        yield from register_search.search_files(active, _choices(register), register.seen, register.reports)


# --- The list ----------------------------------------------------------------------------------------


def _parts(group: Group) -> Iterator[Group]:
    """Yield a list in as many parts as it needs, called after the names that they go from and to."""
    for place, entries in enumerate(signatories.batches(group.entries, MAX_PER_PAGE), start=1):
        first, last = (each.signatory.name_latin or each.signatory.name for each in (entries[0], entries[-1]))
        yield Group(
            name=group.name if place == 1 else f"{group.name}-{place}",
            title=group.title
            if len(entries) == len(group.entries)
            # Translators: a part of a list: the letter, and the first and last name of the part.
            else _("{letter}, {first} to {last}").format(letter=group.title, first=first, last=last),
            entries=entries,
        )


def _items(entries: Iterable[Registered], here: str, register: RegisterView) -> Markup:
    """Return list items. Made here and not by a template: there may be thousands."""
    home = addresses.relative(addresses.REGISTER, here)
    return Markup("".join([register_item(each, home, register) for each in entries]))


def register_item(entry: Registered, home: str, register: RegisterView) -> str:
    """Return the line of an organisation in a list; `home` leads to the register's own page."""
    names, reports, asked = register.names, register.reports, ""
    who, last, standing = entry.signatory, entry.signature, str(entry.standing)
    if entry.standing is Standing.WITHDRAWN:
        left = (
            _("signed {version}, became part of another organisation on {day}")
            if who.succeeded_by
            else _("signed {version}, withdrew on {day}")
        )
        status = f"<span>{left.format(version=last.version, day=day_in_words(entry.since))}</span>"
    else:
        shown = (
            f'<span class="standing standing--{standing}">{signatories.standing_name(entry.standing)}</span>'
        )
        if reports:
            report = reports.standing(entry)
            asked = f' data-report="{report}"'
            told = standing_label(report, reports.words)
            shown = f'<span>{shown}<span class="standing standing--report">{told}</span></span>'
        status = f"<span>{_signed(entry, register)}</span>{shown}"
    where = join_items((escape(who.kind), Markup("<bdi>{}</bdi>").format(who.area)))
    if who.part_of in names:
        whole = f"<bdi>{escape(names[who.part_of])}</bdi>"
        # Translators: {where} is a kind and an area, {whole} the organisation that this one belongs to.
        where = _("{where}, part of {whole}").format(where=where, whole=whole)
    latin = f" <span>{escape(who.name_latin)}</span>" if who.name_latin else ""
    return (
        f'<li data-kind="{escape(who.kind)}" data-area="{escape(who.area)}" data-version="{last.version}"'
        f' data-standing="{standing}"{asked}>'
        f'<a href="{home}{who.slug}/"><bdi>{escape(who.name)}</bdi></a>{latin}'
        f"<span>{where}</span>{status}</li>\n"
    )


def _signed(entry: Registered, register: RegisterView) -> str:
    # Translators: {signed} is a version and a day, as in “1.0.0 on 3 May 2027”.
    return _("signed {signed}").format(signed=signatories.signed_label(entry, register.seen))


# --- The search --------------------------------------------------------------------------------------


def _choices(register: RegisterView) -> dict[str, list[str]]:
    active, values = register.active, register_search.filter_values(register.reports)
    counted = {name: Counter(map(value, active)) for name, value in values.items()}
    areas = sorted(counted["area"], key=lambda area: (-counted["area"][area], sort_key(area)))
    return {
        "kind": sorted(counted["kind"], key=sort_key),
        "area": sorted(areas[:MAX_AREAS], key=sort_key),
        "version": [version for version, _ in count_register(active, "").version],
        "standing": [str(each) for each in Standing if counted["standing"][str(each)]],
        **(
            {"report": [each for each in ReportStanding if counted["report"][each]]}
            if "report" in counted
            else {}
        ),
    }


def _known(choices: dict[str, list[str]], count: int, *, long: bool) -> dict[str, Any]:
    files = {
        "count": count,
        "choices": choices,
        "letters": register_search.LETTERS,
        "rows": register_search.ROWS,
        "part": register_search.PART,
        "folder": register_search.FOLDER,
        "standings": {str(each): signatories.standing_name(each) for each in Standing},
    }
    return {
        "apart": register_search.APART,
        "folded": FOLDED_LETTERS,
        "ignored": register_search.IGNORED,
        **({"files": files} if long else {}),
    }
