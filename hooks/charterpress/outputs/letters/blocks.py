"""What changed, why, and the lines to send back → the parts of a letter that have several lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

from charterpress.editing.sign_up.answer_table import is_required
from charterpress.editing.sign_up.fields import ALL_FIELDS, Field, Request
from charterpress.outputs.letters.template import Block
from charterpress.text import markdown
from charterpress.text.interface import N_, direction, language
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.text.lists import join_clauses
from charterpress.versions import diff
from charterpress.views.letter_changes import LetterChanges, ShownChange
from charterpress.views.letters import LetterValues
from charterpress.views.sign_links import REPORT, SIGN_AGAIN

_FORMS = {
    SIGN_AGAIN: (Request.RE_SIGN, ("link",)),
    REPORT: (Request.REPORT, ("report_link", "principle_answers")),
}
"""The request of each form that a letter has, and the questions in it that need no answer."""
BEFORE, NOW = N_("Before:"), N_("Now:")
_NOWHERE = "//"
"""A target that is not a safe link, so that its words alone are shown: a charter's lead to files."""


def letter_blocks(values: LetterValues) -> Mapping[str, Block]:
    """Return the blocks of a letter, by their placeholders; those that say nothing are left out."""
    blocks = dict(_change_blocks(values.changes, language())) if values.changes else {}
    if values.answers:
        blocks["answers"] = _answers(values.answers)
    return {name: block for name, block in blocks.items() if block.lines}


@lru_cache(maxsize=64)
def _change_blocks(changes: LetterChanges, _language: str) -> Mapping[str, Block]:
    """The blocks about changes in the language in use, for which they are kept."""
    shown = [_change(each) for each in changes.shown]
    reasons = [_reason(each.text, each.about, each.language) for each in changes.reasons]
    lowered = [Block(lines=(f"- {each}", ""), html=f"<li>{escape(each)}</li>\n") for each in changes.lowered]
    if changes.notice and shown:
        shown.insert(0, Block(lines=(changes.notice, ""), html=f"<p>{escape(changes.notice)}</p>\n"))
    return {
        "changes": _together(shown),
        "reasons": _together(reasons),
        "lowered": _together(lowered, "<ul>\n{}</ul>\n"),
    }


def _together(blocks: list[Block], around: str = "{}") -> Block:
    lines = tuple(line for block in blocks for line in block.lines)
    return Block(lines=lines, html=around.replace("{}", "".join(block.html for block in blocks)))


def _change(change: ShownChange) -> Block:
    lines = [change.sentence]
    for label, words in ((BEFORE, change.before), (NOW, change.after)):
        lines += list(_labelled(label, words))
    html = f"<p><strong>{escape(change.sentence)}</strong></p>\n"
    if change.before or change.after:
        redline = diff.redline_html(change.before, change.after, link=lambda _target: _NOWHERE)
        html += f"<blockquote{_lang(change.language)}>{redline}</blockquote>\n"
    return Block(lines=(*lines, ""), html=html)


def _labelled(label: str, words: str) -> Iterator[str]:
    lines = [line for line in markdown.plain_text(words).split("\n") if line]
    if len(lines) > 1:
        yield _(label)
        yield from (f"- {line}" for line in lines)
    elif lines:
        yield f"{_(label)} {lines[0]}"


def _reason(text: str, about: tuple[str, ...], tag: str) -> Block:
    # Translators: titles of parts of a charter, above the reason for their change.
    names = _("About {names}:").format(names=join_clauses(about))
    html = markdown.to_html(text, link=lambda _target: _NOWHERE, heading_shift=3)
    html = f"<div{_lang(tag)}>\n{html}</div>\n" if _lang(tag) else html
    words = [line for line in markdown.plain_text(text).split("\n") if line]
    return Block(lines=(names, *words, ""), html=f"<p><strong>{escape(names)}</strong></p>\n{html}")


def _lang(tag: str) -> str:
    """The attributes of an element in the language `tag`; '' if that is the one in use."""
    if not tag or primary_language(tag) == primary_language(language()):
        return ""
    return f' lang="{escape(tag)}" dir="{direction(tag)}"'


def _answers(known: Mapping[str, str]) -> Block:
    """The lines of a form: what has to be answered, what is known, and what can be."""
    name = known["request"]
    request, further = _FORMS[name]
    needed = {field.key for field in ALL_FIELDS if is_required(field, request)} | {*known}
    known = {**known, "request": _(name)}
    lines = tuple(
        f"{_label(field, is_needed=field.key in needed)}: {known.get(field.key, '')}".rstrip()
        for field in ALL_FIELDS
        if field.key in {*needed, *further}
    )
    return Block(lines=(*lines, ""), html=f"<pre>{escape(chr(10).join(lines))}</pre>\n")


def _label(field: Field, *, is_needed: bool) -> str:
    label = _(field.label)
    return label if is_needed else _("{label} (optional)").format(label=label)
