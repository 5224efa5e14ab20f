"""Answers → the questions of the forms to sign, as hosts of repositories take them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from charterpress.editing.sign_up import FIELDS
from charterpress.text.escape import yaml_list, yaml_text

_MARKS = re.compile(r"[\\`*_{}\[\]#|]")


def markdown_text(value: str) -> str:
    """Return `value` as Markdown that shows it, within a line that something else begins, in every dialect
    that MkDocs or a host may read it by."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\g<0>", escaped)


def issue_form_fields(kinds: Iterable[str]) -> str:
    """Return the questions of the form to sign as the body of an issue form (docs.github.com, “Syntax for
    GitHub's form schema”, which Forgejo reads too)."""
    lines = []
    for field in FIELDS:
        kind = "dropdown" if field.key == "kind" else "textarea" if field.several_lines else "input"
        lines += [f"  - type: {kind}", f"    id: {field.key}", "    attributes:"]
        lines += [f"      label: {yaml_text(field.label)}", f"      description: {yaml_text(field.help)}"]
        if kind == "dropdown":
            lines.append(f"      options: [{yaml_list(kinds)}]")
        lines.append(f"    validations: {{required: {str(field.required).lower()}}}")
    return "\n".join(lines)


def issue_headings() -> str:
    """Return the questions as headings, below each of which an answer is written: GitLab has no forms."""
    return "\n\n\n\n".join(f"### {field.label}" for field in FIELDS)
