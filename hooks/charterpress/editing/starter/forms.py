"""Answers → the questions of forms to sign, in the language in use, as hosts of repositories take them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from charterpress.editing.sign_up.fields import (
    ALL_FIELDS,
    ANSWERED_BY,
    FIELDS,
    IN_SEVERAL_LANGUAGES,
    OF_REPORTS,
    REMOVE_ENTRY,
    REQUEST_NAMES,
    Field,
    Request,
)
from charterpress.editing.sign_up.reports import NEEDED_TO_REPORT
from charterpress.text.escape import yaml_list, yaml_text
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

CORRECT_GROUPS = (
    ("", ("request", "name", "entry", "proof")),
    (N_("To sign again"), ("version", "date", "role", "link")),
    (
        N_("To correct: answer only what changes"),
        ("new_name", "name_latin", "kind", "area", "website", "registration", "pledge", "details"),
    ),
    (N_("To withdraw"), ("note",)),
)
"""The questions of whoever is on the list, in the groups in which a form asks them."""
REPORT_KEYS = ("name", "entry", *OF_REPORTS, "proof")
"""The questions of whoever reports."""
_BY_KEY = {each.key: each for each in ALL_FIELDS}
_LATER = tuple(
    name for request, name in REQUEST_NAMES.items() if request not in (Request.SIGN, Request.REPORT)
)
_MARKS = re.compile(r"[\\`*_{}\[\]#|]")


def markdown_text(value: str) -> str:
    """Return `value` as Markdown that shows it, within a line that something else begins, in every dialect
    that MkDocs or a host may read it by."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\g<0>", escaped)


def sign_form_fields(kinds: Iterable[str]) -> str:
    """Return the questions of the form to sign as the body of an issue form (docs.github.com, “Syntax for
    GitHub's form schema”, which Forgejo reads too). What another answer can replace may be left empty: a form
    of a forge knows no condition."""
    return "\n".join(
        _issue_field(field, {"kind": kinds}, required=field.required and field.key not in ANSWERED_BY)
        for field in FIELDS
        if field.key != IN_SEVERAL_LANGUAGES
    )


def correct_form_fields(kinds: Iterable[str]) -> str:
    """Return the questions of whoever is on the list as the body of an issue form, in groups: only what is
    asked of everybody has to be answered."""
    choices = {"kind": kinds, "request": map(_, (*_LATER, REMOVE_ENTRY))}
    parts = []
    for heading, keys in CORRECT_GROUPS:
        if heading:
            parts.append(f"  - type: markdown\n    attributes: {{value: {yaml_text(f'## {_(heading)}')}}}")
        parts += [_issue_field(_BY_KEY[key], choices, required=key in ("request", "name")) for key in keys]
    return "\n".join(parts)


def report_form_fields() -> str:
    """Return the questions of whoever reports as the body of an issue form."""
    return "\n".join(
        _issue_field(_BY_KEY[key], {}, required=key in ("name", *NEEDED_TO_REPORT)) for key in REPORT_KEYS
    )


def _issue_field(field: Field, choices: Mapping[str, Iterable[str]], *, required: bool) -> str:
    kind = "dropdown" if field.key in choices else "textarea" if field.several_lines else "input"
    lines = [f"  - type: {kind}", f"    id: {field.key}", "    attributes:"]
    lines += [f"      label: {yaml_text(_(field.label))}", f"      description: {yaml_text(_(field.help))}"]
    if kind == "dropdown":
        lines.append(f"      options: [{yaml_list(choices[field.key])}]")
    return "\n".join([*lines, f"    validations: {{required: {str(required).lower()}}}"])


def sign_headings() -> str:
    """Return the questions as headings, below each of which an answer is written: GitLab has no forms."""
    return _headings(field.key for field in FIELDS if field.key != IN_SEVERAL_LANGUAGES)


def correct_headings() -> str:
    """Return the questions of whoever is on the list as headings."""
    return _headings(key for _, keys in CORRECT_GROUPS for key in keys)


def report_headings() -> str:
    """Return the questions of whoever reports as headings."""
    return _headings(REPORT_KEYS)


def _headings(keys: Iterable[str]) -> str:
    return "\n\n\n\n".join(f"### {_(_BY_KEY[key].label)}" for key in keys)
