"""What organisations report → the parts of pages that show it: lists, each in parts of a page's size.

They are made here and not by a template: there may be tens of thousands of items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from charterpress.model import (
    Charter,
    Foreign,
    Principle,
    PrincipleReport,
    Report,
    ReportPeriod,
    ReportStanding,
    Theme,
)
from charterpress.outputs.html.foreign import Marks
from charterpress.outputs.html.renderer import Renderer
from charterpress.text.dates import day_in_words
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.learned import earlier_words
from charterpress.views.reports import (
    Statement,
    answer_label,
    counts_in_words,
    period_days,
    period_in_words,
    report_label,
    report_title,
)
from charterpress.views.signatories import RegisterView

MOST = 60_000
"""How many bytes of a list one page has at most: with all that is around them, it stays below 150 kB."""
NEWEST = 5
"""How many of the newest statements a page shows that leads to all of them."""
ROOT = "\0"
"""Stands in these parts for the way from their page to the root of its language: `placed` puts that in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A heading, as HTML, or '', and the items of the list of a `kind` below it."""

    head: str = ""
    items: Sequence[str]
    kind: str = "statements"


class ReportParts:
    """Makes the parts of pages in the language in use."""

    def __init__(self, register: RegisterView, renderer: Renderer) -> None:
        """Take the register, and what knows the texts of its versions."""
        self._releases, self._renderer = register.releases, renderer
        self._principle = cache(self._principle_name)

    def statements(self, statements: Iterable[Statement]) -> Block:
        """Return what organisations said of one principle."""
        return Block(items=[_statement(each) for each in statements])

    def reports(
        self, reports: Sequence[Report], missing: Sequence[ReportPeriod], *, left: bool
    ) -> Iterator[Block]:
        """Yield the reports of an organisation, and the periods that it is `missing` one for, the newest
        first. `left` says that it withdrew: then neither its words nor its links are shown."""
        rows: list[tuple[str, Report | ReportPeriod]] = [(each.end, each) for each in reports]
        rows += [(each.due, each) for each in missing]
        for _end, each in sorted(rows, key=lambda row: row[0], reverse=True):
            if isinstance(each, Report):
                yield self._report(each, left=left)
            else:
                heading, told = period_in_words(*period_days(each)), _("There’s no report on this period.")
                yield Block(head=f"<h3>{heading}</h3>\n<p>{told}</p>\n", items=())

    def _report(self, report: Report, *, left: bool) -> Block:
        version = f'<a href="{ROOT}{addresses.version_address(report.version)}">{report.version}</a>'
        # Translators: of a report; {version} is the number of a version, {day} the day of publication.
        told = _("On version {version}, published on {day}.").format(
            version=version, day=day_in_words(report.published)
        )
        where = _("The report: {address}")
        link = f"<p>{_link(where, report.link)}</p>\n" if report.link and not left else ""
        items = [
            f'<li><p><a href="{ROOT}{address}">{name}</a>: <strong>{answer_label(said.answer)}</strong></p>'
            f"{'' if left else _words(said)}</li>\n"
            for said in report.principles
            for address, name in [self._principle(report.version, said.principle)]
        ]
        head = f"<h3>{period_in_words(report.start, report.end)}</h3>\n<p>{told}</p>\n{link}"
        return Block(head=head, items=items)

    def _principle_name(self, version: str, id: str) -> tuple[str, str]:
        """The address of the words of a principle in a version, and its number and title there, as HTML."""
        address = f"{addresses.version_address(version)}#{id}"
        release = self._releases.get(version)
        if release is None:
            return address, id
        facts, marks = self._renderer.facts(release.charter), self._renderer.marks
        title = facts.titles.get(id, id)
        shown = marks.show(title) if marks else title
        return address, f"{facts.numbers.get(id, '')} {escape(shown)}".strip()


def standing_label(standing: ReportStanding, words: Mapping[ReportStanding, str]) -> Markup:
    """Return how far a report is due, as `report_label` does; a word of another language says so."""
    return Markup(report_label(_marked(words[standing])))


def standing_title(word: str) -> Markup:
    """Return the same as `report_title` does."""
    return Markup(report_title(_marked(word)))


def _marked(word: str) -> Markup:
    tag = word.language if isinstance(word, Foreign) else language()
    return Marks(language(), tag).marked(word, tag)


def _statement(each: Statement) -> str:
    who, report = each.entry.signatory, each.report
    place = f"{ROOT}{addresses.version_address(report.version)}#{each.said.principle}"
    version = f'<a href="{place}">{report.version}</a>'
    # Translators: the first and last days of a period, and the number of the version it reports on.
    when = _("{start} to {end}, version {version}").format(
        start=day_in_words(report.start), end=day_in_words(report.end), version=version
    )
    page = f"{ROOT}{addresses.signatory_address(who.slug)}"
    answer = f'<strong>{answer_label(each.said.answer)}</strong> <span class="statements__when">{when}</span>'
    return (
        f'<li><p><a href="{page}"><bdi>{escape(who.name)}</bdi></a>: {answer}</p>{_words(each.said)}</li>\n'
    )


def _words(said: PrincipleReport) -> str:
    words = f"<blockquote><p><bdi>{escape(said.words)}</bdi></p></blockquote>" if said.words else ""
    if not said.evidence:
        return words
    where = _("Evidence: {address}")
    return f"{words}<p>{_link(where, said.evidence)}</p>"


def _link(message: str, address: str) -> str:
    shown = escape(address)
    return message.format(
        address=f'<a href="{shown}" rel="nofollow ugc noopener external"><bdi>{shown}</bdi></a>'
    )


def parts(blocks: Iterable[Block], most: int = MOST) -> list[str]:
    """Return the HTML of `blocks` in parts of `most` bytes each, at least one; a longer item has a part of
    its own. Where a list is split, its heading comes again."""
    made: list[str] = []
    current: list[str] = []
    size = 0
    for block in blocks:
        shown: list[str] = []
        opened = False
        for item in block.items or ("",):
            length = (len(item) if item.isascii() else len(item.encode())) + (
                0 if opened else len(block.head.encode())
            )
            if size and size + length > most:
                made.append("".join([*current, *_list(shown, block.kind)]))
                current, shown, size, opened = [], [], 0, False
            current += [] if opened else [block.head]
            shown.append(item)
            size, opened = size + length, True
        current += _list(shown, block.kind)
    return [*made, "".join(current)]


def list_places(first: str, count: int) -> list[str]:
    """Return the addresses of a list in so many parts, the first of which is at `first`."""
    return [first, *(addresses.part_address(first, at) for at in range(2, count + 1))]


def placed(part: str, address: str) -> Markup:
    """Return a part as it is on the page at `address`."""
    return Markup(part.replace(ROOT, addresses.relative(addresses.HOME, address)))


def _list(items: Sequence[str], kind: str) -> Iterator[str]:
    if any(items):
        yield f'<ul class="{kind}">\n{"".join(items)}</ul>\n'


def principle_reports(
    register: RegisterView | None,
    history: History,
    charter: Charter,
    place: tuple[Theme, Principle],
    renderer: Renderer,
) -> str:
    """Return what the page of a principle, which has its `place` in `charter`, says of the reports on it; ''
    where nobody reported on it."""
    if register is None or register.reports is None:
        return ""
    theme, principle = place
    answers = register.reports.answers_on(history.all_ids(history.heir(principle.id)))
    if not answers.statements:
        return ""
    here = addresses.principle_address(theme, principle)
    earlier = earlier_words(answers, history, history.heir(principle.id))
    newest = ReportParts(register, renderer).statements((answers.in_words or answers.statements)[:NEWEST])
    return renderer.page(
        "principle_reports.html",
        charter,
        here,
        answers=answers,
        counts=counts_in_words(answers.counts),
        earlier=earlier,
        newest=placed(parts([newest])[0], here),
        every=addresses.principle_reports_address(theme.id, principle.id),
    )
