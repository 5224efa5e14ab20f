"""What is listed, and what is there: themes and their folders, principles and their files."""

from __future__ import annotations

from charterpress.checks.queries import SLUG, charter_file, documents_of, list_scalars, match_names
from charterpress.model import Document, Edition, EntryKind, Role, Scalar, once_per_edition
from charterpress.text.slugs import slugify


def listing_themes(edition: Edition) -> list[Document]:
    """The themes whose list of principles could be read."""
    return [theme for theme in documents_of(edition, Role.THEME) if list_scalars(theme, "principles")]


def folder_of(theme: Document) -> str:
    """The folder of a theme, with a slash at its end."""
    return theme.path.removesuffix("index.md")


def files_of(edition: Edition, theme: Document) -> list[str]:
    """The ids that the names in a theme's folder give, whatever stands under those names."""
    parts = (entry.path.rpartition("/") for entry in edition.entries)
    names = (name for folder, slash, name in parts if folder + slash == folder_of(theme))
    return [
        name.removesuffix(".md") for name in names if name.endswith(".md") and name.casefold() != "index.md"
    ]


def unmatched(edition: Edition, theme: Document) -> tuple[list[tuple[Scalar, str]], set[str]]:
    """What is listed and has no file, each with the unlisted file it most likely means ('' for none), and the
    files that are not listed. A name that only differs in how it is written is matched: it is one fault."""
    return _match(list_scalars(theme, "principles"), files_of(edition, theme))


def _match(
    items: list[Scalar], names: list[str], candidates: set[str] | None = None
) -> tuple[list[tuple[Scalar, str]], set[str]]:
    """The items without a name, each with the one of the other names it most likely means, and those names;
    only `candidates` count as such, if given."""
    listed, slugs = {slugify(item.value) for item in items}, {slugify(name) for name in names}
    spare = [name for name in names if slugify(name) not in listed]
    spare = [name for name in spare if candidates is None or name in candidates]
    lost = list({item.value: item for item in items if slugify(item.value) not in slugs}.values())
    matches = match_names([item.value for item in lost], spare)
    return list(zip(lost, matches, strict=True)), set(spare)


def unmatched_themes(edition: Edition) -> tuple[list[tuple[Scalar, str]], set[str]]:
    """The same as `unmatched`, for themes; nothing where charter.yml's list could not be read."""
    items = list_scalars(charter_file(edition), "themes")
    if not items:
        return [], set()
    parts = [(entry, *entry.path.rpartition("/")) for entry in edition.entries]
    inside = f"{edition.root}/themes"
    folders = [
        name for entry, parent, _, name in parts if parent == inside and entry.kind is not EntryKind.FILE
    ]
    # Whether a link or a sub-module stands for a theme is another rule's question.
    plain = {name for entry, _, _, name in parts if entry.kind is EntryKind.FOLDER}
    return _match(items, folders, plain)


@once_per_edition
def misnamed_paths(edition: Edition) -> dict[str, tuple[str, str]]:
    """The paths of files and folders whose name cannot be an id and that are not listed, each with the listed
    id that has none and most likely means it ('' for none), and the path of the list."""
    settings = charter_file(edition)
    groups = [(f"{edition.root}/themes/", "", settings, unmatched_themes(edition))] if settings else []
    groups += [(folder_of(each), ".md", each, unmatched(edition, each)) for each in listing_themes(edition)]
    misnamed = {}
    for folder, ending, document, (lost, spare) in groups:
        meant = {name: item.value for item, name in lost if SLUG.fullmatch(item.value)}
        for name in spare:
            if not SLUG.fullmatch(name):
                misnamed[f"{folder}{name}{ending}"] = (meant.get(name, ""), document.path)
    return misnamed
