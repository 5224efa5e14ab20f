"""Rules for lists: charter.yml lists the themes and a theme its principles, and what is listed is there."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.identity import identified_entries
from charterpress.checks.matching import (
    files_of,
    folder_of,
    listing_themes,
    misnamed_paths,
    unmatched,
    unmatched_themes,
)
from charterpress.checks.queries import (
    SLUG,
    charter_file,
    documents_of,
    list_scalars,
    quote,
    relative_path,
    violation_at,
)
from charterpress.checks.settings import theme_range
from charterpress.model import Edition, EntryKind, Role, Violation
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext
from charterpress.text.slugs import slugify


def listed_twice(edition: Edition) -> Iterator[Violation]:
    """A theme stands once in charter.yml's list, and a principle once in its theme's.

    The lists give the order and the numbers, and nothing can have two."""
    lists = [(document, "themes") for document in documents_of(edition, Role.CHARTER)]
    lists += [(document, "principles") for document in documents_of(edition, Role.THEME)]
    for document, key in lists:
        first: dict[str, int] = {}
        for item in list_scalars(document, key):
            if item.value in first:
                line = first[item.value]
                message = _("{value} is in this list twice; the first is on line {line}").format(
                    value=quote(item.value), line=line
                )
                yield violation_at(document, item, message, _("delete one of them"))
            first.setdefault(item.value, item.line)


def principle_missing(edition: Edition) -> Iterator[Violation]:
    """Every principle that a theme lists has a file in the theme's folder.

    The id in the list is the file's name without “.md”."""
    for theme in listing_themes(edition):
        lost, spare = unmatched(edition, theme)
        for item, file in lost:
            if f"{folder_of(theme)}{file}.md" in misnamed_paths(edition):
                continue  # which says what to call it
            message = _("{value} is listed here, but there is no file {value_2}").format(
                value=quote(item.value), value_2=quote(item.value + ".md")
            )
            fix = _("write the file, or take {value} out of the list").format(value=quote(item.value))
            if file in spare:
                fix = _renamed(edition, item.value, file)
            yield violation_at(theme, item, message, fix, folder_of(theme) + f"{item.value}.md")


def _renamed(edition: Edition, id: str, file: str) -> str:
    """What to do where `id` is listed and the file that is not listed is most likely meant."""
    before = edition.current.charter if edition.current else None
    if before and id in {each.id for _, each in before.principles()}:
        message = _(
            "the file {file} is not listed: call it {name} again, or write {id} here and "
            "“formerly: [{former}]” in its first lines"
        )
    else:
        message = _("the file {file} is not listed: call it {name}, or write {id} here")
    return message.format(file=quote(f"{file}.md"), name=quote(f"{id}.md"), id=quote(file), former=id)


def principle_unlisted(edition: Edition) -> Iterator[Violation]:
    """Every principle's file is listed in its theme.

    The list in the theme's index.md gives the order and the numbers; what is not in it is not published."""
    for theme in listing_themes(edition):
        lost, spare = unmatched(edition, theme)
        for id in filter(SLUG.fullmatch, spare - {file for _item, file in lost}):
            message = _("the theme {id} does not list {id_2}").format(id=quote(theme.id), id_2=quote(id))
            fix = _("add {id} to “principles” in {file}").format(
                id=quote(id), file=relative_path(edition, theme.path)
            )
            yield Violation(folder_of(theme) + f"{id}.md", message, fix, about=(theme.path,))


def theme_id(edition: Edition) -> Iterator[Violation]:
    """A theme's id in charter.yml is made of lower-case letters a to z, digits and single hyphens.

    It is the name of the theme's folder and part of its address."""
    folders = {name for entry, name in identified_entries(edition) if entry.kind is EntryKind.FOLDER}
    document = charter_file(edition)
    for item in list_scalars(document, "themes"):
        if document and not SLUG.fullmatch(item.value) and item.value not in folders:
            fix = _("write {value}, and call its folder the same").format(
                value=quote(slugify(item.value) or "new-theme")
            )
            yield violation_at(
                document, item, _("{value} cannot be the id of a theme").format(value=quote(item.value)), fix
            )


def theme_missing(edition: Edition) -> Iterator[Violation]:
    """Every theme that charter.yml lists has a folder with an index.md in it."""
    document = charter_file(edition)
    lost, spare = unmatched_themes(edition)
    for item, folder in lost:
        misnamed = f"{edition.root}/themes/{folder}" in misnamed_paths(edition)
        if document is None or misnamed or not SLUG.fullmatch(item.value):
            continue
        message = _("{value} is listed here, but there is no folder themes/{item_value}").format(
            value=quote(item.value), item_value=item.value
        )
        fix = _("make the folder and an index.md in it, or take {value} out of the list").format(
            value=quote(item.value)
        )
        if folder in spare:
            fix = _("the folder {folder} is not listed: write {folder} here, or rename the folder")
            fix = fix.format(folder=quote(folder))
        yield violation_at(document, item, message, fix, f"{edition.root}/themes/{item.value}/index.md")


def theme_index(edition: Edition) -> Iterator[Violation]:
    """Every theme's folder has a file index.md, with the theme's title, summary, introduction and list of
    principles."""
    paths = {entry.path.casefold() for entry in edition.entries}
    ids = {item.value for item in list_scalars(charter_file(edition), "themes")}
    for entry, name in identified_entries(edition):
        path = f"{entry.path}/index.md"
        if entry.kind is EntryKind.FOLDER and name in ids and path.casefold() not in paths:
            fix = _("write one, with title, summary and principles in its front matter")
            yield Violation(
                entry.path, _("the theme {name} has no index.md").format(name=quote(name)), fix, about=(path,)
            )


def theme_unlisted(edition: Edition) -> Iterator[Violation]:
    """Every folder in themes/ is a theme that charter.yml lists.

    The list gives the order and the numbers; what is not in it is not published."""
    lost, spare = unmatched_themes(edition)
    for name in filter(SLUG.fullmatch, sorted(spare - {folder for _item, folder in lost})):
        message = _("charter.yml does not list the theme {name}").format(name=quote(name))
        fix = _("add {name} to “themes” in charter.yml, or move its principles to another theme").format(
            name=quote(name)
        )
        about = tuple(document.path for document in documents_of(edition, Role.CHARTER))
        yield Violation(f"{edition.root}/themes/{name}", message, fix, about=about)


def theme_size(edition: Edition) -> Iterator[Violation]:
    """Each theme has as many principles as charter.yml says under `principles_per_theme`."""
    limits = theme_range(edition)
    if limits is None:
        return
    fewest, most = limits
    for theme in listing_themes(edition):
        items = list_scalars(theme, "principles")
        ids = {slugify(item.value) for item in items}
        files = {slugify(id) for id in files_of(edition, theme)}
        # A file that is not listed, or the reverse, is a fault of its own and changes no count.
        if len(ids | files) < fewest:
            count, fix = len(ids | files), _("add a principle to it")
            message = ngettext(
                "this theme has {count} principle; {fewest} is the fewest",
                "this theme has {count} principles; {fewest} is the fewest",
                count,
            ).format(count=count, fewest=fewest)
        elif len(ids & files) > most:
            count, fix = len(ids & files), _("move one to another theme, or join two into one")
            message = ngettext(
                "this theme has {count} principle; {most} is the most",
                "this theme has {count} principles; {most} is the most",
                count,
            ).format(count=count, most=most)
        else:
            continue
        about = (folder_of(theme) + f"{item.value}.md" for item in items)
        yield violation_at(theme, items[0], message, fix, *about)
