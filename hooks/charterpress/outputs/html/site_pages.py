"""An edition → the pages that show it, and the page of the rules that its check applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import jinja2
from markupsafe import Markup

from charterpress.model import Crumb, Finding, Page, Rule
from charterpress.outputs.html.change_renderer import ChangeRenderer
from charterpress.outputs.html.check_pages import check_pages
from charterpress.outputs.html.practice.practice_pages import MORE, practice_pages
from charterpress.outputs.html.redirects import charter_crumb, redirect_pages
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.sign_form import form_values
from charterpress.outputs.html.signatories.report_parts import principle_reports
from charterpress.outputs.html.version_pages import change_pages, draft_page, version_pages
from charterpress.text import markdown
from charterpress.text.interface import gettext
from charterpress.text.slugs import anchor_slug
from charterpress.views import addresses
from charterpress.views.comparison import part_names
from charterpress.views.edition_view import CharterView, EditionView
from charterpress.views.labels import charter_size


def site_pages(
    view: EditionView, renderer: Renderer, findings: Sequence[Finding] = (), *, learned: bool = False
) -> Iterator[Page]:
    """Yield every page of an edition but those of its register, the charter's own first and in reading order.
    A link in the text names a file of the charter; on a page it leads to that file's page, or, on a page that
    holds the whole text, to its place there. `findings` are what blocks the release of the working text; the
    page of the draft lists them. `learned` says whether there is a page of what was learned."""
    shown = view.shown
    if shown is None:
        return
    for page in chain(
        _charter_pages(view, shown, renderer), practice_pages(shown, renderer, learned=learned)
    ):
        notice = ""
        if not shown.release:
            notice = renderer.page("unreleased.html", shown.charter, page.address, dated=view.draft_label)
        yield replace(page, footer=shown.label, notice=notice)
    yield from version_pages(view, renderer)
    yield from check_pages(view, renderer)
    yield from change_pages(view, renderer)
    yield from draft_page(view, renderer, findings)
    yield from redirect_pages(view.history, renderer, view.register)


def _charter_pages(view: EditionView, shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the pages of the charter in reading order; a principle's page ends with its history."""
    charter, history, numbers = shown.charter, shown.history, shown.numbers
    names: dict[str, str] = {}  # what all parts are called now, or were last
    for text in (*(release.charter for release in history.releases), charter):
        names |= part_names(text)
    yield Page(
        address=addresses.HOME,
        title=charter.title,
        description=charter.summary,
        html=renderer.page("home.html", charter, addresses.HOME, shown=shown),
        kind="home",
    )
    yield Page(
        address=addresses.CHARTER,
        title=gettext("The whole charter"),
        description=gettext("{charter}: the whole text on one page, {size}.").format(
            charter=charter.title, size=charter_size(charter)
        ),
        html=renderer.page("whole.html", charter, addresses.CHARTER, whole=True),
        source=charter.preamble_path,
        kind="whole",
    )
    yield from _signing_pages(view, shown, renderer)
    for place, theme in enumerate(charter.themes, start=1):
        address = addresses.theme_address(theme)
        label = f"{numbers[theme.id]} {theme.title}"
        yield Page(
            address=address,
            title=theme.title,
            description=theme.summary,
            html=renderer.page("theme.html", charter, address, theme=theme),
            source=theme.path,
            kind="theme",
            breadcrumbs=(charter_crumb(),),
            accent=place,
            label=label,
            number=numbers[theme.id],
        )
        breadcrumbs = (charter_crumb(), Crumb(title=label, address=address))
        for principle in theme.principles:
            address = addresses.principle_address(theme, principle)
            steps = history.principle_steps(principle.id)
            yield Page(
                address=address,
                title=principle.title,
                description=principle.summary,
                html=renderer.page("principle.html", charter, address, theme=theme, principle=principle),
                unsearched=principle_reports(view.register, history, charter, (theme, principle), renderer)
                + renderer.page(
                    "principle_history.html",
                    charter,
                    address,
                    principle=principle,
                    steps=steps,
                    changes=ChangeRenderer(
                        renderer, names, address, history.releases[-1:], language_of=history.language_of
                    ),
                ),
                source=principle.path,
                kind="principle",
                breadcrumbs=breadcrumbs,
                accent=place,
                label=label,
                number=numbers[principle.id],
            )


def _signing_pages(view: EditionView, shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield what is signed, and how to sign it: before that, docs/ may go on at the same address."""
    charter, here = shown.charter, addresses.COMMITMENTS
    signed = renderer.page("commitments.html", charter, here, whole=True, searched=False, shown=shown)
    heading, _, text = signed.partition(MORE)
    yield Page(
        address=here,
        title=gettext("What is signed"),
        description=gettext("The preamble and every commitment of the {charter}, and nothing else.").format(
            charter=charter.title
        ),
        html=heading,
        unsearched=text,
        source=charter.preamble_path,
        kind="commitments",
        breadcrumbs=(charter_crumb(),),
    )
    yield Page(
        address=addresses.SIGN,
        title=gettext("How to sign"),
        description=gettext(
            "How an organisation signs the {charter}, in five steps, and what signing means."
        ).format(charter=charter.title),
        html=renderer.page(
            "sign.html",
            charter,
            addresses.SIGN,
            shown=shown,
            **form_values(view.edition, renderer.repository, renderer.prefix.rstrip("/")),
        ),
        kind="sign",
    )


def rules_page(rules: Iterable[Rule], templates: jinja2.Environment) -> Page:
    """Return the page of all `rules`, in groups."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    return Page(
        address=addresses.RULES,
        title=gettext("What the check looks for"),
        description=gettext(
            "Every rule that proposed changes are checked against, and how to put things right."
        ),
        html=templates.get_template("rules.html").render(
            groups=groups, slug=anchor_slug, md=lambda words: Markup(markdown.to_html(gettext(words)))
        ),
        kind="rules",
    )
