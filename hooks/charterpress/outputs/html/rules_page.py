"""The table of rules → the page that explains what the check looks for."""

from __future__ import annotations

from collections.abc import Iterable

import jinja2
from markupsafe import Markup

from charterpress.model import Page, Rule
from charterpress.text import markdown
from charterpress.text.slugs import anchor_slug
from charterpress.views.addresses import RULES


def rules_page(rules: Iterable[Rule], templates: jinja2.Environment) -> Page:
    """Return the page of all `rules`, in groups."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    return Page(
        address=RULES,
        title="What the check looks for",
        description="Every rule that a proposed change is read by, with the way to put things right.",
        html=templates.get_template("rules.html").render(
            groups=groups, slug=anchor_slug, md=lambda words: Markup(markdown.to_html(words))
        ),
        kind="rules",
    )
