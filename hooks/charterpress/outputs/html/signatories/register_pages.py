"""The register → its page: how many signed, when, and the list, by letter; on more pages where it is long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from charterpress.model import Crumb, Page, Registered, Standing
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories import badge_embed, register_search
from charterpress.outputs.images import growth_chart
from charterpress.register import Month, count_register
from charterpress.text.dates import day_in_words, month_in_words
from charterpress.text.folding import FOLDED_LETTERS
from charterpress.views import addresses
from charterpress.views.labels import organisation_count
from charterpress.views.signatories import lists
from charterpress.views.signatories.register_view import RegisterView

TITLE = "Signatories"
REGISTER_CRUMB = Crumb(title=TITLE, address=addresses.REGISTER)
MAX_PER_PAGE = 500
"""How many signatories one page lists; more of them are on a page for each letter."""
LAZY_FROM = 200
"""How many signatories a page lists before letters are laid out only when they come into view."""
WIDTHS = {"narrow": 320, "wide": 640}
"""How wide the growth is drawn, in pixels: for a telephone, and for the column of text."""
MAX_AREAS = 300
"""How many areas there are to choose from at most: those with the most signatories."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some of a list, under a heading: `id` is its anchor, or the last step of its address."""

    id: str
    title: str
    entries: Sequence[Registered]

    @property
    def address(self) -> str:
        """The address of its page, where it has one of its own."""
        return addresses.letter_address(self.id)


def register_pages(register: RegisterView, renderer: Renderer, *, documents: bool) -> Iterator[Page]:
    """Yield the page of the register, and those of its letters where the list is long. `documents` says
    whether the list to print is a PDF too."""
    charter = register.current.charter
    count = organisation_count(register.counts.all)
    active, withdrawn = register.active, register.withdrawn
    long = len(active) > MAX_PER_PAGE
    parts = list(_parts(active)) if long else []
    gone = list(_cut("withdrawn", "Withdrawn", withdrawn)) if len(withdrawn) > MAX_PER_PAGE else []
    choices = _choices(active)
    yield Page(
        address=addresses.REGISTER,
        title=TITLE,
        description=f"Who has signed the {charter.title}: {count}, and which version.",
        html=renderer.page(
            "register.html",
            charter,
            addresses.REGISTER,
            register=register,
            lists=lists,
            documents=documents,
            month_name=month_in_words,
            codes=badge_embed.codes,
            height=badge_embed.HEIGHT,
            drawings=_drawings(register.counts.months),
        ),
        unsearched=renderer.page(
            "register_list.html",
            charter,
            addresses.REGISTER,
            register=register,
            letters=[
                (part, _items(part.entries, addresses.REGISTER))
                for part in ([] if long else _letters(active))
            ],
            many=len(active) > LAZY_FROM,
            parts=parts,
            withdrawn=Markup("") if gone else _items(withdrawn, addresses.REGISTER),
            gone=gone,
            choices=choices,
            standings=lists.STANDINGS,
            known=_known(choices, len(active), long=long),
        )
        if register.entries
        else "",
        kind="register",
        footer=f"Signatories on {day_in_words(register.day)}",
    )
    for part in (*parts, *gone):
        yield Page(
            address=part.address,
            title=f"{TITLE}: {part.title}",
            description=f"Who signed the {charter.title}, as of {day_in_words(register.day)}: {part.title}.",
            html=renderer.page(
                "register_letter.html",
                charter,
                part.address,
                register=register,
                lists=lists,
                part=part,
                items=_items(part.entries, part.address),
                parts=parts,
            ),
            kind="register-letter",
            breadcrumbs=(REGISTER_CRUMB,),
            footer=f"Signatories on {day_in_words(register.day)}",
            searched=False,
        )


def _drawings(months: Sequence[Month]) -> dict[str, growth_chart.Drawing]:
    if len(months) < 2:
        return {}
    return {name: growth_chart.draw_growth(months, width=width) for name, width in WIDTHS.items()}


def register_search_files(register: RegisterView) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the page's search fetches: none if the whole list is on the page."""
    active = register.active
    if len(active) > MAX_PER_PAGE:
        yield from register_search.search_files(active, _choices(active))


# --- The list ----------------------------------------------------------------------------------------


def _letters(entries: Iterable[Registered]) -> Iterator[Part]:
    for group in lists.by_letter(entries):
        other = group.title == lists.ANYWHERE
        yield Part(id="other" if other else group.title.lower(), title=group.title, entries=group.entries)


def _parts(entries: Sequence[Registered]) -> Iterator[Part]:
    for letter in _letters(entries):
        yield from _cut(letter.id, letter.title, letter.entries)


def _cut(id: str, title: str, entries: Sequence[Registered]) -> Iterator[Part]:
    """Yield a list in as many parts as it needs, called after the names that they go from and to."""
    count = -(-len(entries) // MAX_PER_PAGE)
    for place in range(count):
        some = entries[place * MAX_PER_PAGE : (place + 1) * MAX_PER_PAGE]
        first, last = (each.signatory.name_latin or each.signatory.name for each in (some[0], some[-1]))
        yield Part(
            id=id if place == 0 else f"{id}-{place + 1}",
            title=title if count == 1 else f"{title}, {first} to {last}",
            entries=some,
        )


def _items(entries: Iterable[Registered], here: str) -> Markup:
    """Return list items. Made here and not by a template: there may be thousands."""
    home = addresses.relative(addresses.REGISTER, here)
    return Markup("".join([_item(each, home) for each in entries]))


def _item(entry: Registered, home: str) -> str:
    who, last, standing = entry.signatory, entry.signature, str(entry.standing)
    if entry.standing is Standing.WITHDRAWN:
        status = f"<span>signed {last.version}, withdrew on {day_in_words(entry.since)}</span>"
    else:
        status = (
            f"<span>signed {lists.signed_label(entry)}</span>"
            f'<span class="standing standing--{standing}">{lists.STANDINGS[entry.standing]}</span>'
        )
    latin = f" <span>{escape(who.name_latin)}</span>" if who.name_latin else ""
    return (
        f'<li data-kind="{escape(who.kind)}" data-area="{escape(who.area)}" data-version="{last.version}"'
        f' data-standing="{standing}"><a href="{home}{who.slug}/"><bdi>{escape(who.name)}</bdi></a>{latin}'
        f"<span>{escape(who.kind)}, <bdi>{escape(who.area)}</bdi></span>{status}</li>\n"
    )


# --- The search --------------------------------------------------------------------------------------


def _choices(active: Sequence[Registered]) -> dict[str, list[str]]:
    """Return the values of each filter, in the order in which they are offered."""
    counted = {
        name: Counter(register_search.filter_value(name, each) for each in active)
        for name in ("kind", "area", "version", "standing")
    }
    areas = sorted(counted["area"], key=lambda area: (-counted["area"][area], area.casefold(), area))[
        :MAX_AREAS
    ]
    newest = [version for version, _ in count_register(active, "").version]
    return {
        "kind": sorted(counted["kind"], key=str.casefold),
        "area": sorted(areas, key=lambda area: (area.casefold(), area)),
        "version": newest,
        "standing": [str(each) for each in Standing if counted["standing"][str(each)]],
    }


def _known(choices: dict[str, list[str]], count: int, *, long: bool) -> dict[str, Any]:
    """Return the data for the script of the search."""
    known: dict[str, Any] = {
        "apart": register_search.APART,
        "folded": FOLDED_LETTERS,
        "ignored": register_search.IGNORED,
    }
    if long:
        known["files"] = {
            "count": count,
            "choices": choices,
            "letters": register_search.LETTERS,
            "rows": register_search.ROWS,
            "part": register_search.PART,
            "folder": register_search.FOLDER,
            "standings": {str(each): label for each, label in lists.STANDINGS.items()},
        }
    return known
