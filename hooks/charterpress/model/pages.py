"""What is made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Crumb:
    """One step of the way from the home page to a page. `address` is relative to the site's root."""

    title: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of the site before it is put into its frame. Addresses are relative to the site's root and end
    in a slash; `html` is the body; `source` is the file that an editor changes ('' where there is none)."""

    address: str
    title: str
    description: str
    html: str
    unsearched: str = ""
    """HTML that follows, and that the site's own search passes over."""
    source: str = ""
    kind: str = "page"
    breadcrumbs: tuple[Crumb, ...] = ()
    accent: int = 0
    """Which of the site's accents the page wears: the theme's place in the charter from 1, or 0 for none."""
    label: str = ""
    """What a search result says of where the page belongs."""
    number: str = ""
    """What people cite it by: “3.1” for a principle, “1.0.0” for a version."""
    footer: str = ""
    """The footer of printed pages, beside the charter's title: which text this is."""
    header: str = ""
    """What stands at the head of each sheet, as it does where a version is superseded; '' for nothing."""
    notice: str = ""
    """HTML above the page: that it is a draft, or superseded. '' for none."""
    searched: bool = True
    """Whether the site's own search finds it; and whether search engines may."""
    indexed: bool = True
    moved_to: str = ""
    """The address that has taken this one's place; '' for a page of its own."""
