"""The register → its page: how many signed, when, and the list, by letter; on more pages where it is long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from charterpress import register
from charterpress.model import Crumb, Page, Registered, Standing
from charterpress.outputs.html.signatories import badge_embed, register_search
from charterpress.outputs.images import growth_chart
from charterpress.views import addresses
from charterpress.views.labels import Text, day, month, organisations
from charterpress.views.signatories import lists
from charterpress.views.signatories.register import Register

TITLE = "Signatories"
ABOVE = Crumb(title=TITLE, address=addresses.REGISTER)
MOST = 500
"""How many signatories one page lists; more of them are on a page for each letter."""
MANY = 200
"""How many signatories a page lists before letters are laid out only when they come into view."""
WIDTHS = {"narrow": 320, "wide": 640}
"""How wide the growth is drawn, in pixels: for a telephone, and for the column of text."""
AREAS = 300
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


def pages(of: Register, text: Text, *, documents: bool) -> Iterator[Page]:
    """Yield the page of the register, and those of its letters where the list is long. `documents` says
    whether the list to print is a PDF too."""
    charter = of.current.charter
    stand, left = lists.standing(of), lists.withdrawn(of)
    counts = of.counts
    long = len(stand) > MOST
    parts = list(_parts(stand)) if long else []
    gone = list(_cut("withdrawn", "Withdrawn", left)) if len(left) > MOST else []
    choices = _choices(stand)
    yield Page(
        address=addresses.REGISTER,
        title=TITLE,
        description=f"Who has signed the {charter.title}: {organisations(counts.all)}, and which version.",
        html=text.show(
            "register.html",
            charter,
            addresses.REGISTER,
            of=of,
            lists=lists,
            counts=counts,
            documents=documents,
            month_name=month,
            codes=badge_embed.codes,
            height=badge_embed.HEIGHT,
            drawings={name: growth_chart.draw(counts.months, width=width) for name, width in WIDTHS.items()}
            if len(counts.months) > 1
            else {},
        ),
        unsearched=text.show(
            "register-list.html",
            charter,
            addresses.REGISTER,
            of=of,
            letters=[
                (part, _items(part.entries, addresses.REGISTER)) for part in ([] if long else _letters(stand))
            ],
            many=len(stand) > MANY,
            parts=parts,
            withdrawn=Markup("") if gone else _items(left, addresses.REGISTER),
            gone=gone,
            choices=choices,
            standings=lists.STANDINGS,
            known=_known(choices, len(stand), long=long),
        )
        if of.entries
        else "",
        kind="register",
        foot=f"Signatories on {day(of.day)}",
    )
    for part in (*parts, *gone):
        yield Page(
            address=part.address,
            title=f"{TITLE}: {part.title}",
            description=f"Who signed the {charter.title}, as of {day(of.day)}: {part.title}.",
            html=text.show(
                "register-letter.html",
                charter,
                part.address,
                of=of,
                lists=lists,
                part=part,
                items=_items(part.entries, part.address),
                parts=parts,
            ),
            kind="register-letter",
            trail=(ABOVE,),
            foot=f"Signatories on {day(of.day)}",
            searched=False,
        )


def files(of: Register) -> Iterator[tuple[str, bytes]]:
    """Yield what the search of the page asks for: nothing where the whole list stands on it."""
    stand = lists.standing(of)
    if len(stand) > MOST:
        yield from register_search.files(stand, _choices(stand))


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
    count = -(-len(entries) // MOST)
    for place in range(count):
        some = entries[place * MOST : (place + 1) * MOST]
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
        said = f"<span>signed {last.version}, withdrew on {day(entry.since)}</span>"
    else:
        said = (
            f"<span>signed {lists.signed(entry)}</span>"
            f'<span class="standing standing--{standing}">{lists.STANDINGS[entry.standing]}</span>'
        )
    latin = f" <span>{escape(who.name_latin)}</span>" if who.name_latin else ""
    return (
        f'<li data-kind="{escape(who.kind)}" data-area="{escape(who.area)}" data-version="{last.version}"'
        f' data-standing="{standing}"><a href="{home}{who.slug}/"><bdi>{escape(who.name)}</bdi></a>{latin}'
        f"<span>{escape(who.kind)}, <bdi>{escape(who.area)}</bdi></span>{said}</li>\n"
    )


# --- The search --------------------------------------------------------------------------------------


def _choices(stand: Sequence[Registered]) -> dict[str, list[str]]:
    """Return the values of each filter, in the order in which they are offered."""
    counted = {
        name: Counter(register_search.value_of(name, each) for each in stand)
        for name in ("kind", "area", "version", "standing")
    }
    areas = sorted(counted["area"], key=lambda area: (-counted["area"][area], area.casefold(), area))[:AREAS]
    newest = [version for version, _ in register.counts(stand, "").version]
    return {
        "kind": sorted(counted["kind"], key=str.casefold),
        "area": sorted(areas, key=lambda area: (area.casefold(), area)),
        "version": newest,
        "standing": [str(each) for each in Standing if counted["standing"][str(each)]],
    }


def _known(choices: dict[str, list[str]], count: int, *, long: bool) -> dict[str, Any]:
    """Return what the script of the search is told."""
    known: dict[str, Any] = {
        "apart": register_search.APART,
        "folded": register_search.FOLDED,
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
            "standings": {str(each): said for each, said in lists.STANDINGS.items()},
        }
    return known
