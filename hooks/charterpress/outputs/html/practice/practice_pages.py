"""A charter → the pages that help people to live by it, in the order of words/sheets.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from charterpress.model import Charter, Crumb, Page, Principle, Theme
from charterpress.outputs.html.practice.self_assessment import assessment_values
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.style.look import Paper
from charterpress.outputs.words import GUIDE, titled, word_lists
from charterpress.outputs.words.cafe_words import CHANGE_COMMAND, cafe_guide, cafe_questions, cafe_timetable
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import anchor_slug
from charterpress.versions.starting import Place
from charterpress.views import addresses
from charterpress.views.edition_view import CharterView
from charterpress.views.labels import charter_size
from charterpress.views.principle_parts import Commitment, PrincipleSection, principle_sections

TITLE = N_("Practice")
MORE = "<!-- more -->"
"""Where a template begins to repeat the charter's own pages, which the search passes over."""
SMALLEST, LARGEST = 6, 14
"""The sizes of type of the wall sheet, in points, that print.css has."""
ROOM = 470_000
"""What fits on one sheet of A4: characters times the square of the size of type, in points."""
MARGINS = (40, 42)
"""What print.css leaves free at the sides of a sheet, and at its ends, in millimetres."""
SHEET_LINES = 34
"""How many lines of writing the sheet “Before you start” has room for below its head."""
ENTRY_LINES, MOST_LINES = 3, 5
"""As many of them as one sentence takes, and as many as there are at most to write on below it."""
ENTRY = 80
"""As many characters as the space around one title takes."""

Values: TypeAlias = dict[str, Any] | None
"""What a template shows besides the charter; None if the charter has nothing to make the page of."""


class SessionStep(NamedTuple):
    """One stretch of a session: its first minute, how many it takes, its name, and what is done in it."""

    start: int
    minutes: int
    name: str
    text: str


class StartEntry(NamedTuple):
    """What partners write down at the start: one item of `part`, or, where that is no list, all of it."""

    theme: Theme
    principle: Principle
    part: PrincipleSection
    item: Commitment | None


def practice_pages(shown: CharterView, renderer: Renderer, *, learned: bool = False) -> Iterator[Page]:
    """Yield the index of the section, and then the pages that it lists; `learned` says whether it leads to
    what was learned."""
    charter, title = shown.charter, shown.charter.title
    sections = {
        _(heading): [page for sheet in sheets if (page := _sheet(shown, renderer, *titled(sheet)))]
        for heading, sheets in word_lists("sheets.md").items()
    }
    yield Page(
        address=addresses.PRACTICE,
        title=_(TITLE),
        description=_("Sheets and sessions that help people live by the {title}.").format(title=title),
        html=renderer.page(
            "practice/index.html", charter, addresses.PRACTICE, shown=shown, sheets=sections, learned=learned
        ),
        kind="practice",
        footer=shown.label,
    )
    for pages in sections.values():
        yield from pages


def _sheet(shown: CharterView, renderer: Renderer, name: str, words: str) -> Page | None:
    """Return the page practice/`name`/, filled from the template of that name, which has an underscore where
    the address has a slash or a hyphen. `words` are its title and description."""
    values = VALUES[name](shown)
    if values is None:
        return None
    title, description = map(_, titled(words))
    address, kind = addresses.practice_address(name), name.replace("/", "-")
    template = kind.replace("-", "_")
    values |= {"shown": shown, "papers": renderer.documents}
    html = renderer.page(f"practice/{template}.html", shown.charter, address, **values)
    head, _mark, rest = html.partition(MORE)
    return Page(
        address=address,
        title=title,
        description=description.format(charter=shown.charter.title, size=charter_size(shown.charter)),
        html=head,
        unsearched=rest,
        kind=kind,
        breadcrumbs=(Crumb(title=_(TITLE), address=addresses.PRACTICE),),
        footer=shown.label,
    )


# --- What each template shows ------------------------------------------------------------------------


def _competency_values(shown: CharterView) -> Values:
    asked = any(each.behaviour.interview for each in shown.competencies)
    return {"count": len(shown.competencies), "asked": asked} if shown.competencies else None


def session(name: str) -> tuple[SessionStep, ...]:
    """Return the steps of the session `name` in words/reflect.md."""
    steps: list[SessionStep] = []
    for title, text in map(titled, word_lists("reflect.md")[name]):
        step, _mark, minutes = title.removesuffix(")").rpartition(" (")
        start = steps[-1].start + steps[-1].minutes if steps else 0
        steps.append(SessionStep(start=start, minutes=int(minutes), name=_(step), text=_(text)))
    return tuple(steps)


def _session_values(shown: CharterView, name: str) -> Values:
    asking = [
        (theme, [each for each in theme.principles if each.questions]) for theme in shown.charter.themes
    ]
    themes = [(theme, principles) for theme, principles in asking if principles]
    return {"steps": session(name), "themes": themes} if themes else None


def _cafe_values(shown: CharterView) -> Values:
    if not (cafe := shown.cafe):
        return None
    return {
        "cafe": cafe,
        "questions": cafe_questions(cafe),
        "timetable": cafe_timetable(cafe),
        "guide": cafe_guide(),
        "command": CHANGE_COMMAND,
        "anchors": [anchor_slug(heading) for heading in GUIDE],
    }


def _repair_values(shown: CharterView) -> Values:
    known = {principle.id: (theme, principle) for theme, principle in shown.charter.principles()}
    concerned = [known[id] for id in shown.charter.repair if id in known]
    return {"concerned": concerned} if concerned else None


def _starting_values(shown: CharterView) -> Values:
    """The sentences in their order, with as many lines to write on below each as leave them on one sheet."""
    entries = [
        StartEntry(theme, principle, part, item)
        for theme, principle in shown.charter.principles()
        for part in principle_sections(shown.charter, principle)
        for at, item in (enumerate(part.commitments) if part.commitments else [(None, None)])
        if Place(principle.id, part.shape.id, at) in shown.starting
    ]
    if not entries:
        return None
    return {"entries": entries, "lines": max(1, min(MOST_LINES, SHEET_LINES // len(entries) - ENTRY_LINES))}


def type_size(charter: Charter, paper: Paper = Paper.A4) -> int:
    """Return how large the type of the wall sheet is, in points, so that it stays one sheet of `paper`."""
    room = ROOM * _area(paper) / _area(Paper.A4)
    entries: list[Theme | Principle] = [*charter.themes, *(each for _, each in charter.principles())]
    length = 2 * len(charter.title + charter.summary)
    length += sum(len(each.title) + len(each.summary) + ENTRY for each in entries)
    return max(SMALLEST, min(LARGEST, int((room / length) ** 0.5)))


def _area(paper: Paper) -> float:
    width, height = paper.size
    return (width - MARGINS[0]) * (height - MARGINS[1])


VALUES: dict[str, Callable[[CharterView], Values]] = {
    **dict.fromkeys(("competencies", "recruiting", "induction", "supervision"), _competency_values),
    **dict.fromkeys(("reflect", "reflect/log"), lambda shown: _session_values(shown, "Twenty minutes")),
    "reflect/action-learning": lambda shown: _session_values(shown, "Action learning"),
    "self-assessment": assessment_values,
    "cafe": _cafe_values,
    "before-you-start": _starting_values,
    "when-it-is-not-working": _repair_values,
    "one-page": lambda shown: {
        "type_sizes": {paper.value: type_size(shown.charter, paper) for paper in Paper}
    },
    "easy-read": lambda _shown: {},
}
"""What each sheet shows, by the name that words/sheets.md gives it."""
