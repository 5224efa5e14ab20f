"""Every kind of page that the site has: where one of each is, and what it must do beyond what all must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from charterpress.model import Charter


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
    """A pattern for the top and bottom lines of every sheet it prints; <charter> is the charter's title."""
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
    """Whether it says the same without scripts; the self-assessment is a form on paper then."""
    is_whole: bool = True
    """Whether motion, weight, print and the page without scripts are looked at too. A kind of the same
    template answers for them otherwise."""
    is_repeated: bool = False
    """Whether it is visited in the long run only, because there is a kind of the same template."""

    def path_in(self, charter: Charter) -> str:
        """Its address in the site of `charter`."""
        theme, principle = next(charter.principles())
        return self.path.format(theme=theme.id, principle=principle.id)


DRAFT = r"<charter>.*(?i:draft|version)"
PARTS = "main :is(h2, h3, h4, li)[id]:not(nav *)"
CHANGES = "article :is(h2, h3)[id]:not(.visually-hidden)"
SUPERSEDED = ("Version 2.0.0 has been superseded.", "It was replaced by version 2.0.1 of 8 April 2024")


def _own() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages of the repository's own charter, which has the most words."""
    for name, path, more in (
        ("charter", "charter/", {"anchors": PARTS, "keeps_headings": True}),
        ("theme", "charter/{theme}/", {}),
        ("principle", "charter/{theme}/{principle}/", {"anchors": PARTS}),
        ("practice", "practice/", {}),
        ("framework", "practice/competencies/", {}),
        ("recruiting", "practice/recruiting/", {"is_repeated": True}),
        ("induction", "practice/induction/", {"is_repeated": True}),
        ("supervision", "practice/supervision/", {"is_repeated": True}),
        ("reflect", "practice/reflect/", {}),
        ("log", "practice/reflect/log/", {}),
        ("action learning", "practice/reflect/action-learning/", {}),
        ("one page", "practice/one-page/", {}),
        ("easy words", "practice/easy-read/", {}),
    ):
        yield name, path, {"footer": DRAFT} | more
    yield "home", "", {}
    yield "about", "about/", {}
    yield "sources", "sources/", {}
    yield "missing", "404.html", {"is_printed": False}
    yield "developers", "developers/", {"is_printed": False}
    yield "rules", "editors/rules/", {"is_printed": False}
    yield "empty register", "signatories/", {"is_printed": False}
    yield "pictures", "editors/propose-in-the-browser/", {"is_whole": False}


def _example() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages that only a charter with versions and signatories has, from the example."""
    for name, path, release, more in (
        ("superseded", "versions/2.0.0/", "2.0.0", {"opening": SUPERSEDED}),
        ("current", "versions/2.0.1/", "2.0.1", {"never": "superseded"}),
        ("changes", "versions/2.0.0/changes/", "2.0.0", {"anchors": CHANGES}),
        ("compare", "versions/compare/1.0.0..2.0.1/", "2.0.1", {}),
        ("retired", "charter/neighbours/one-bonfire/", "1.1.0", {"anchors": CHANGES}),
        ("history", "charter/neighbours/settle-quarrels/", "2.0.1", {"anchors": CHANGES}),
        ("cafe", "practice/cafe/", "2.0.1", {}),
    ):
        footer = rf"(?:ersion {release} of|to {release} ·)"
        yield name, path, {"release": release, "footer": footer} | more
    footer = r"· Draft of \d+ \w+ \d{4}(?= |$)"
    yield "draft", "draft/", {"footer": footer, "opening": ("not in force",), "anchors": CHANGES}
    yield "versions", "versions/", {}
    yield "register", "signatories/", {}
    yield "signatory", "signatories/orchard-lane-allotment-society/", {}
    yield "withdrawn", "signatories/fork-n-spade/", {}
    yield "short list to print", "signatories/print/", {"is_repeated": True}
    yield "short certificate", "signatories/ivy-steps-school-garden/certificate/", {"is_repeated": True}
    yield "self-assessment", "practice/self-assessment/", {"is_same_without_scripts": False}


def _crowded() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages that show improbable names."""
    yield "list to print", "signatories/print/", {}
    yield "certificate", "signatories/eval-x-sys-inputs/certificate/", {}


def _released() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages of changes of every sort."""
    yield "choice of versions", "versions/compare/", {"is_whole": False}
    yield "chosen versions", "versions/compare/?from=1.0.0&to=2.0.1", {"ready": ".edit", "is_whole": False}
    repeated = {"is_whole": False, "is_repeated": True}
    yield "commitment release", "versions/2.0.0/changes/", repeated | {"anchors": CHANGES}
    yield "guidance release", "versions/2.0.1/changes/", repeated
    yield "two versions", "versions/compare/1.0.0..3.0.0/", repeated
    yield "draft changes", "draft/", repeated | {"anchors": CHANGES}
    yield "long history", "charter/moorings/stay/", repeated | {"anchors": CHANGES}
    yield "retired principle", "charter/moorings/go/", repeated | {"anchors": CHANGES}


def _wordy() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages of practice that only some charters have."""
    yield "guide for hard times", "practice/when-it-is-not-working/", {"is_whole": False}
    yield "interview questions", "practice/competencies/", {"is_whole": False}
    yield "recruiting with questions", "practice/recruiting/", {"is_whole": False, "is_repeated": True}
    yield "easy words of all", "practice/easy-read/", {"is_whole": False, "is_repeated": True}


def _long() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages of a register that is too long for one page."""
    ready = "[data-register-found] li"
    yield "long register", "signatories/", {"is_whole": False}
    yield "found in a long register", "signatories/?words=ash", {"ready": ready, "is_whole": False}
    yield "letter of a long register", "signatories/letter/a/", {"is_whole": False, "is_repeated": True}


KINDS = {
    name: Kind(site=site, path=path, **more)
    for site, pages in (
        ("own", _own),
        ("example", _example),
        ("crowded", _crowded),
        ("released", _released),
        ("wordy", _wordy),
        ("long", _long),
    )
    for name, path, more in pages()
}
