"""A theme and a title → the file of a new principle, and its theme's file with it in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from charterpress.checks.body import TEMPLATE_SENTENCES
from charterpress.checks.identity import CHARTER, PREAMBLE, RESERVED
from charterpress.checks.queries import (
    SLUG,
    charter_file,
    closest_match,
    list_scalars,
    principles_by_id,
    quote,
    quote_list,
)
from charterpress.editing.new.drafts import Draft, draft_files
from charterpress.editing.yaml_editor import Edit, apply_edits, differs_only_by, plain_values
from charterpress.editing.yaml_writer import Value, format_yaml
from charterpress.model import Document, Edition, Principle, Role, SectionShape, Theme
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.escape import to_markdown
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import anchor_slug, name_slug
from charterpress.versions import number

T = TypeVar("T", Theme, Principle)
REQUIRED_PLACEHOLDERS: Mapping[str, Value] = {
    "behaviours": [{key: TEMPLATE_SENTENCES[key] for key in ("behaviour", "measure", "support")}],
    "questions": [TEMPLATE_SENTENCES["question"]],
    "sources": [TEMPLATE_SENTENCES["source"]],
}
"""What is under the keys that charter.yml may require of every principle, until somebody has written it."""


def find_theme(edition: Edition, name: str) -> Theme:
    """The theme with this id, title or number. Raises UsageError that names the nearest one, or all."""
    themes = edition.charter.themes if edition.charter else ()
    return _find_part(edition, name, themes)


def find_principle(edition: Edition, theme: Theme, name: str) -> str:
    """The id of the principle of `theme` with this id, title or number. Raises as `find_theme` does."""
    return _find_part(edition, name, theme.principles, theme).id


def _find_part(edition: Edition, name: str, parts: Sequence[T], theme: Theme | None = None) -> T:
    numbers = number.part_numbers(edition.charter) if edition.charter else {}
    called: dict[str, T] = {}
    for part in parts:
        called |= dict.fromkeys((part.title.casefold(), numbers.get(part.id, ""), part.id), part)
    if found := called.get(name.strip().casefold()):
        return found
    near = closest_match(name, called)
    if near:
        hint = _("do you mean {name}?").format(name=quote(called[near].id))
    else:
        hint = _("there is {ids}").format(ids=quote_list([part.id for part in parts]))
    hint = hint if near or parts else _("there is none")
    if theme is None:
        message = _("there is no theme called {name}: {hint}")
    else:
        message = _("there is no principle in {theme} called {name}: {hint}")
    raise UsageError(message.format(theme=quote(theme.title if theme else ""), name=quote(name), hint=hint))


def free_principle_id(edition: Edition, title: str, id: str | None = None) -> str:
    """The id of a new principle: `id`, or what `title` gives. Raises UsageError if it is taken."""
    wanted = id or anchor_slug(title)
    if not id and not SLUG.fullmatch(wanted):
        wanted = name_slug(title)
    if not wanted:
        raise UsageError(
            _(
                "{title} has no letter from a to z to call the file by: say how, such as --id look-ahead"
            ).format(title=quote(title))
        )
    if not SLUG.fullmatch(wanted):
        raise UsageError(
            _(
                "{wanted} cannot be an id, which is made of small letters a to z, digits and single "
                "hyphens: say --id {value}"
            ).format(wanted=quote(wanted), value=name_slug(wanted) or "look-ahead")
        )
    if taken := why_taken(edition, wanted):
        message = _("{problem}: choose another title, or say another one with --id")
        raise UsageError(message.format(problem=taken))
    return wanted


def why_taken(edition: Edition, id: str) -> str:
    """Why nothing new can have this id, as a sentence, or ''."""
    name = quote(id)
    if document := principles_by_id(edition).get(id):
        return _("the id {id} is already that of {file}").format(id=name, file=document.path)
    if any(document.id == id for document in edition.documents if document.role is Role.THEME):
        return _("the id {id} is already that of a theme").format(id=name)
    if id in edition.retired:
        message = _("the id {id} belongs to a principle that is retired, and old versions lead to it")
        return message.format(id=name)
    for each in principles_by_id(edition).values():
        if any(item.value == id for item in list_scalars(each, "formerly")):
            message = _("the id {id} was that of {file}, and old links lead there")
            return message.format(id=name, file=each.path)
    if id in (PREAMBLE, CHARTER, "index") or id in RESERVED:
        message = _("the id {id} is reserved for files that are not principles")
        return message.format(id=name)
    return ""


def draft_principle(
    edition: Edition, theme: Theme, title: str, *, id: str, index: bytes, after: str = ""
) -> Draft:
    """The file of a principle with its words still to be written, and its theme's, whose bytes are `index`,
    with it in the list: behind `after`, or at the end. Raises CharterError where that list cannot be edited,
    and UsageError as `draft_files` does."""
    inside = theme.path.removeprefix(f"{edition.root}/")
    document = edition.document(theme.path)
    if document is None:
        raise CharterError(_("this file cannot be read: run “charter check”"), path=theme.path)
    shapes = edition.charter.sections if edition.charter else ()
    required = [item.value for item in list_scalars(charter_file(edition), "required")]
    new = {inside.removesuffix("index.md") + f"{id}.md": principle_markdown(title, shapes, required)}
    edits = [add_to_list(document, id, after)]
    draft = draft_files(edition, new, {inside: apply_edits(index, document, edits)})
    if not differs_only_by(edits, document, draft.edition.document(theme.path)):
        message = _(
            "nothing was written: more than its list would have changed; add {id} and its file by hand"
        )
        raise CharterError(message.format(id=quote(id)), path=theme.path)
    return draft


def add_to_list(theme: Document, id: str, after: str = "") -> Edit:
    """The edit that puts `id` into a theme's list: behind `after`, or at the end if that is not in it."""
    ids = plain_values(theme.front).get("principles") if theme.front else None
    items = ids if isinstance(ids, list) else []
    return ("principles", items.index(after) + 1 if after in items else len(items)), id


def principle_markdown(title: str, shapes: Sequence[SectionShape], required: Sequence[str] = ()) -> bytes:
    """The file of a principle in which a sentence stands wherever words belong."""
    front: dict[str, Value] = {"title": title, "summary": TEMPLATE_SENTENCES["summary"]}
    front |= {key: value for key, value in REQUIRED_PLACEHOLDERS.items() if key in required}
    plain = [shape for shape in shapes if not shape.binding]
    parts = [f"---\n{format_yaml(front)}---\n"]
    for shape in shapes:
        kind = "commitment" if shape.binding else "why" if shape is plain[0] else "practice"
        sentence = TEMPLATE_SENTENCES[kind]
        words = sentence if shape.list else sentence[0].upper() + sentence[1:]
        parts.append(f"## {to_markdown(shape.heading)}\n\n{'- ' * shape.list}{words}\n")
    return "\n".join(parts).encode()
