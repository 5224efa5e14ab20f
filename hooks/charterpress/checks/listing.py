"""Rules for lists: charter.yml lists the themes and a theme its principles, and what is listed is there."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.identity import inside, named
from charterpress.checks.queries import SLUG, listed, nearest, say, settings, slug_of
from charterpress.checks.settings import theme_range
from charterpress.model import Document, Edition, EntryKind, Found, Role, Scalar


def listed_twice(edition: Edition) -> Iterator[Found]:
    """A theme stands once in charter.yml's list, and a principle once in its theme's.

    The lists give the order and the numbers, and nothing can have two.
    """
    lists = [(settings(edition), "themes")]
    lists += [(document, "principles") for document in edition.documents if document.role is Role.THEME]
    for document, key in lists:
        first: dict[str, int] = {}
        for item in listed(document, key):
            if document and item.value in first:
                message = (
                    f"{say(item.value)} stands in this list twice; the first is on line {first[item.value]}"
                )
                yield Found(
                    path=document.path,
                    line=item.line,
                    column=item.column,
                    message=message,
                    fix="delete one of them",
                )
            first.setdefault(item.value, item.line)


def principle_missing(edition: Edition) -> Iterator[Found]:
    """Every principle that a theme lists has a file in the theme's folder.

    The id in the list is the file's name without “.md”.
    """
    for theme in _themes(edition):
        lost, spare = _unmatched(edition, theme)
        for item, file in lost:
            path = theme.path.removesuffix("index.md") + f"{item.value}.md"
            message = f"{say(item.value)} is listed here, but there is no file {say(item.value + '.md')}"
            fix = f"write the file, or take {say(item.value)} out of the list"
            if file in spare:
                fix = _renamed(edition, item.value, file)
            yield Found(
                path=theme.path, line=item.line, column=item.column, message=message, fix=fix, about=(path,)
            )


def _renamed(edition: Edition, id: str, file: str) -> str:
    """What to do where `id` is listed and the file that is not listed is most likely meant."""
    before = edition.current.charter if edition.current else None
    back = f"the file {say(file + '.md')} is not listed: call it {say(id + '.md')}"
    if not SLUG.fullmatch(file):
        return back
    if before and id in {each.id for _, each in before.principles()}:
        return f"{back} again, or write {say(file)} here and “formerly: [{id}]” in its first lines"
    return f"{back}, or write {say(file)} here"


def principle_unlisted(edition: Edition) -> Iterator[Found]:
    """Every principle's file is listed in its theme.

    The list in the theme's index.md gives the order and the numbers; what is not in it is not published.
    """
    for theme in _themes(edition):
        lost, spare = _unmatched(edition, theme)
        for id in spare - {file for _, file in lost}:
            yield Found(
                path=theme.path.removesuffix("index.md") + f"{id}.md",
                message=f"the theme {say(theme.id)} does not list {say(id)}",
                fix=f"add {say(id)} to “principles” in {inside(edition, theme.path)}",
                about=(theme.path,),
            )


def theme_size(edition: Edition) -> Iterator[Found]:
    """Each theme has as many principles as charter.yml says under `principles_per_theme`."""
    limits = theme_range(edition)
    for theme in _themes(edition):
        items = listed(theme, "principles")
        ids, files = {slug_of(item.value) for item in items}, {slug_of(id) for id in _files(edition, theme)}
        if limits is None or not items:
            continue
        fewest, most = limits
        # A file that is not listed, or the reverse, is a fault of its own and changes no count.
        if len(ids | files) < fewest:
            count, said, fix = len(ids | files), f"{fewest} is the fewest", "add a principle to it"
        elif len(ids & files) > most:
            count, said = len(ids & files), f"{most} is the most"
            fix = "move one to another theme, or join two into one"
        else:
            continue
        folder = theme.path.removesuffix("index.md")
        yield Found(
            path=theme.path,
            line=items[0].line,
            column=items[0].column,
            message=f"this theme has {count} {'principle' if count == 1 else 'principles'}; {said}",
            fix=fix,
            about=tuple(f"{folder}{item.value}.md" for item in items),
        )


def _themes(edition: Edition) -> list[Document]:
    """The themes whose list of principles could be read."""
    themes = (document for document in edition.documents if document.role is Role.THEME and document.front)
    return [theme for theme in themes if listed(theme, "principles")]


def _files(edition: Edition, theme: Document) -> list[str]:
    """The ids that the names in a theme's folder give, whatever stands under those names."""
    folder = theme.path.removesuffix("index.md")
    names = (entry.path.removeprefix(folder) for entry in edition.entries if entry.path.startswith(folder))
    return [
        name.removesuffix(".md")
        for name in names
        if name.endswith(".md") and "/" not in name and name.casefold() != "index.md"
    ]


def _unmatched(edition: Edition, theme: Document) -> tuple[list[tuple[Scalar, str]], set[str]]:
    """What is listed and has no file, each with the unlisted file it most likely means ('' for none), and the
    files that are not listed. A name that only differs in how it is written is matched: it is one fault."""
    files = _files(edition, theme)
    items = listed(theme, "principles")
    ids = {slug_of(item.value) for item in items}
    spare = [file for file in files if slug_of(file) not in ids]
    names = {slug_of(file) for file in files}
    lost = {item.value: item for item in items if slug_of(item.value) not in names}
    return _pair(list(lost.values()), spare), set(spare)


def _pair(lost: list[Scalar], spare: list[str]) -> list[tuple[Scalar, str]]:
    """Each lost one with the spare one it most likely means: the nearest in letters, else the next there
    is."""
    left = list(spare)
    meant: dict[str, str] = {}
    for item in lost:
        near = nearest(item.value, left)
        if near is not None:
            meant[item.value] = near
            left.remove(near)
    for item in lost:
        if item.value not in meant and left:
            meant[item.value] = left.pop(0)
    return [(item, meant.get(item.value, "")) for item in lost]


def theme_id(edition: Edition) -> Iterator[Found]:
    """A theme's id in charter.yml is made of lower-case letters a to z, digits and single hyphens.

    It is the name of the theme's folder and part of its address.
    """
    folders = {name for entry, name in named(edition) if entry.kind is EntryKind.FOLDER}
    document = settings(edition)
    for item in listed(document, "themes"):
        if document and not SLUG.fullmatch(item.value) and item.value not in folders:
            yield Found(
                path=document.path,
                line=item.line,
                column=item.column,
                message=f"{say(item.value)} cannot be the id of a theme",
                fix=f"write {say(slug_of(item.value) or 'new-theme')}, and call its folder the same",
            )


def theme_missing(edition: Edition) -> Iterator[Found]:
    """Every theme that charter.yml lists has a folder with an index.md in it."""
    document = settings(edition)
    lost, spare = _unmatched_themes(edition)
    for item, folder in lost:
        if document is None or not SLUG.fullmatch(item.value):
            continue
        path = f"{edition.root}/themes/{item.value}/index.md"
        message = f"{say(item.value)} is listed here, but there is no folder themes/{item.value}"
        fix = f"make the folder and an index.md in it, or take {say(item.value)} out of the list"
        if folder in spare:
            fix = f"the folder {say(folder)} is not listed: write {say(folder)} here, or rename the folder"
        yield Found(
            path=document.path, line=item.line, column=item.column, message=message, fix=fix, about=(path,)
        )


def theme_index(edition: Edition) -> Iterator[Found]:
    """Every theme's folder has a file index.md, with the theme's title, summary, introduction and list of
    principles."""
    paths = {entry.path.casefold() for entry in edition.entries}
    ids = {item.value for item in listed(settings(edition), "themes")}
    for entry, name in named(edition):
        path = f"{entry.path}/index.md"
        if entry.kind is EntryKind.FOLDER and name in ids and path.casefold() not in paths:
            yield Found(
                path=entry.path,
                message=f"the theme {say(name)} has no index.md",
                fix="write one, with title, summary and principles in its front matter",
                about=(path,),
            )


def theme_unlisted(edition: Edition) -> Iterator[Found]:
    """Every folder in themes/ is a theme that charter.yml lists.

    The list gives the order and the numbers; what is not in it is not published.
    """
    document = settings(edition)
    lost, spare = _unmatched_themes(edition)
    for name in sorted(spare - {folder for _, folder in lost}):
        if document:
            yield Found(
                path=f"{edition.root}/themes/{name}",
                message=f"charter.yml does not list the theme {say(name)}",
                fix=f"add {say(name)} to “themes” in charter.yml, or move its principles to another theme",
                about=(document.path,),
            )


def _unmatched_themes(edition: Edition) -> tuple[list[tuple[Scalar, str]], set[str]]:
    """The same as `_unmatched`, for themes; nothing where charter.yml's list could not be read."""
    items = listed(settings(edition), "themes")
    paths = [e.path for e in edition.entries if e.kind is not EntryKind.FILE]
    folders = [
        path.rpartition("/")[2]
        for path in paths
        if path.startswith(f"{edition.root}/themes/") and path.count("/") == edition.root.count("/") + 2
    ]
    ids = {slug_of(item.value) for item in items}
    names = {slug_of(name) for name in folders}
    spare = [name for name in folders if slug_of(name) not in ids] if items else []
    # Whether a link or a sub-module stands for a theme is another rule's question.
    plain = {e.path.rpartition("/")[2] for e in edition.entries if e.kind is EntryKind.FOLDER}
    lost = {item.value: item for item in items if slug_of(item.value) not in names}
    spare = [name for name in spare if name in plain]
    return _pair(list(lost.values()), spare), set(spare)
