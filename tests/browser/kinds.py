"""Every kind of page that the site has: where one of each is, and what it must do beyond what all must do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from charterpress.model import Charter
from charterpress.storage.git import commit_date
from charterpress.views.labels import draft_label


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of page, and the page that stands for it."""

    site: str
    """The name of its site in sites.py."""
    path: str
    """Its address there; {theme} and {principle} are the ids of the charter's first."""
    anchors: str = ""
    """A selector of what must show a link to itself."""
    ready: str = ""
    """A selector of what its script adds last, if it adds anything."""
    footer: str = ""
    """A pattern for the top and bottom lines of every sheet it prints; <charter> is the charter's title, and
    <draft> what its working text is called, with the day of the commit, which only git knows."""
    release: str = ""
    """The version whose digest must be in the footer of every sheet it prints."""
    opening: tuple[str, ...] = ()
    """Words on the first sheet it prints."""
    never: str = ""
    """Words on none of them."""
    is_printed: bool = True
    """Whether a reader would print it."""
    keeps_headings: bool = False
    """Whether no heading may end a sheet when it is printed."""
    is_same_without_scripts: bool = True
    """Whether it says the same without scripts; the self-assessment is a form on paper then, and the form to
    sign lines to copy."""
    is_whole: bool = True
    """Whether motion, weight, print and the page without scripts are looked at too. A kind of the same
    template answers for them otherwise."""
    is_shown: bool = False
    """Whether it is visited in every run; the others, of the same templates or like them, in the long one."""

    def footer_in(self, charter: Charter) -> str:
        """The pattern for the site of `charter`, which is the repository's own."""
        draft = draft_label(commit_date(Path(__file__).parent))
        return self.footer.replace("<charter>", re.escape(charter.title)).replace("<draft>", re.escape(draft))

    def path_in(self, charter: Charter) -> str:
        """Its address in the site of `charter`."""
        theme, principle = next(charter.principles())
        return self.path.format(theme=theme.id, principle=principle.id)


def _footer(release: str = "", **_: Any) -> dict[str, Any]:
    """What a page of a version prints below."""
    return {"footer": rf"(?:ersion {release} of|to {release} ·)"} if release else {}


SHOWN = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
KINDS = {
    name: Kind(site=site, **_footer(**fields) | fields)
    for site, pages in SHOWN.items()
    for name, fields in pages.items()
}
