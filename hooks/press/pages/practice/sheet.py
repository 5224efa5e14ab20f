"""What the pages of the section have in common: the text that they speak of, and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from press.model import Charter, Crumb, Page, Release
from press.pages import address
from press.pages.history import History
from press.pages.words import Text, called, day, released

HOME = "practice/"
TITLE = "Practice"
ABOVE = Crumb(title=TITLE, address=HOME)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The text that every sheet is made of: that of `release`, or, where there is none, the working text,
    called `dated`; `history` is that of the charter."""

    charter: Charter
    release: Release | None
    dated: str
    history: History

    @property
    def said(self) -> str:
        """Which text it is, within a sentence: “version 2.0.0 of 4 May 2027”."""
        name = f"{called(self.release)} of {day(self.release.date)}" if self.release else self.dated
        return name[:1].lower() + name[1:]

    @property
    def address(self) -> str:
        """The address of its whole words."""
        return address.version_address(self.release.version) if self.release else address.WHOLE

    @property
    def foot(self) -> str:
        """Which text it is, at the foot of a printed page."""
        return released(self.release) if self.release else self.dated


Maker: TypeAlias = Callable[[Source, Text], Iterator[Page]]
"""What makes some pages of the section: none where the charter has nothing that they could be made of."""


def sheet(source: Source, text: Text, name: str, *, title: str, description: str, **values: object) -> Page:
    """Return the page at practice/`name`/, made of `source` by the template practice/`name`.html, in which a
    name may have no slash: that of a page below another is joined by a hyphen. The search of the site finds
    what the template puts before its first section: the rest repeats the charter's own pages."""
    at, kind = f"{HOME}{name}/", name.replace("/", "-")
    whole = text.show(f"practice/{kind}.html", source.charter, at, source=source, **values)
    head, mark, rest = whole.partition("<section")
    return Page(
        address=at,
        title=title,
        description=description,
        html=head,
        unsearched=mark + rest,
        kind=kind,
        trail=(ABOVE,),
        foot=source.foot,
    )
