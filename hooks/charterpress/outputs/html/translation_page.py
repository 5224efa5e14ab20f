"""How far translations are → the page that says so, for readers and editors."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from charterpress.model import Class, Edition, Page
from charterpress.text.interface import gettext
from charterpress.text.languages import own_name
from charterpress.versions.translations import State
from charterpress.views import addresses
from charterpress.views.comparison import part_names
from charterpress.views.translations import edition_progress, unit_owner

MAX_SHOWN = 200
"""Passages of a language that are shown with their words."""
ORDER = tuple(reversed(Class))
"""The classes of what changed, those that matter most first."""


def translation_page(edition: Edition, templates: jinja2.Environment) -> Iterator[Page]:
    """Yield the page of how far the translations of the working text are, if charter.yml lists languages: how
    many passages are up to date in each, and those that are not, by the class of what changed since."""
    charter = edition.charter
    if charter is None or not charter.languages:
        return
    names, listed = part_names(charter), dict(charter.languages)
    languages = []
    for now in edition_progress(edition):
        if now.language not in listed:
            continue
        groups = [(class_, now.of(State.OUTDATED, class_)) for class_ in ORDER]
        languages.append(
            {
                "tag": now.language,
                "name": own_name(now.language),
                "standing": listed[now.language],
                "counts": {state.value: len(now.of(state)) for state in State},
                "total": len(now.units),
                "groups": [(class_, found[:MAX_SHOWN], len(found)) for class_, found in groups if found],
            }
        )
    yield Page(
        address=addresses.TRANSLATIONS,
        title=gettext("How far the translations are"),
        description=gettext(
            "What of the {charter} is translated into which language, and what has changed since."
        ).format(charter=charter.title),
        html=templates.get_template("translations.html").render(
            charter=charter,
            languages_of_text=languages,
            source=charter.language or "en",
            owner=lambda state: unit_owner(charter, state, names),
        ),
        kind="translations",
        searched=False,
    )
