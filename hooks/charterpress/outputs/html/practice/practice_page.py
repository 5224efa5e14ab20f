"""What the pages of the section have in common: the text that they speak of, and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from charterpress.model import Charter, Crumb, Page, Release
from charterpress.views import addresses as address
from charterpress.views.history import History
from charterpress.views.labels import Text, called, day, released

TITLE = "Practice"
MORE = "<!-- more -->"
"""Stands in a template where what repeats the charter's own pages begins, which the search passes over."""
ABOVE = Crumb(title=TITLE, address=address.PRACTICE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The text that every sheet is made of: that of the current release in `history`, or, where there is
    none, the working text, called `dated`."""

    charter: Charter
    history: History
    dated: str

    @property
    def release(self) -> Release | None:
        """The version that the text is of."""
        return self.history.current

    @property
    def said(self) -> str:
        """Which text it is, within a sentence: “version 2.0.0 of 4 May 2027”."""
        name = f"{called(self.release)} of {day(self.release.date)}" if self.release else self.dated
        return name[:1].lower() + name[1:]

    @property
    def address(self) -> str:
        """The address of its whole words."""
        return address.version_address(self.release.version) if self.release else address.CHARTER

    @property
    def foot(self) -> str:
        """Which text it is, at the foot of a printed page."""
        return released(self.release) if self.release else self.dated


Maker: TypeAlias = Callable[[Source, Text], Iterator[Page]]
"""What makes some pages of the section: none where the charter has nothing that they could be made of."""


def sheet(
    source: Source,
    text: Text,
    name: str,
    *,
    title: str,
    description: str,
    **values: Any,  # noqa: ANN401 - whatever the template shows
) -> Page:
    """Return the page at practice/`name`/, made of `source` by the template practice/`name`.html, which
    has a hyphen where the address of a page below another has a slash."""
    at, kind = address.practice_address(name), name.replace("/", "-")
    whole = text.show(f"practice/{kind}.html", source.charter, at, source=source, **values)
    head, _, rest = whole.partition(MORE)
    return Page(
        address=at,
        title=title,
        description=description,
        html=head,
        unsearched=rest,
        kind=kind,
        trail=(ABOVE,),
        foot=source.foot,
    )
