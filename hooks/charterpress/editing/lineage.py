"""A principle that is renamed, moved, retired, split or merged → every file that says so, and its note."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import unquote

from charterpress import read
from charterpress.checks import compare
from charterpress.checks.lineage import likely_renames
from charterpress.checks.queries import (
    SLUG,
    all_blocks,
    charter_file,
    list_scalars,
    principles_by_id,
    prose_documents,
    quote,
    suggestion,
)
from charterpress.editing.new.change_note import note_markdown, unique_note_name
from charterpress.editing.new.drafts import Draft, draft_files
from charterpress.editing.new.principle import (
    add_to_list,
    find_principle,
    free_principle_id,
    principle_markdown,
    why_taken,
)
from charterpress.editing.yaml_editor import Edit, apply_edits
from charterpress.model import Change, Class, Document, Edition, Principle, Role, Theme
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import slugify
from charterpress.versions import number


class Lineage:
    """The charter as it becomes, one step after another: nothing is written. `read_bytes` reads a file by its
    path in the charter's folder."""

    def __init__(self, edition: Edition, read_bytes: Callable[[str], bytes]) -> None:
        self.before, self.now, self._read = edition, edition, read_bytes
        self._files: dict[str, bytes | None] = {}
        self._retired: dict[str, Sequence[str]] = {}
        self._given: dict[str, Sequence[str]] = {}
        self._covered: list[str] = []
        self._about = ""

    # --- What can happen to a principle --------------------------------------------------------------

    def rename(self, old: str, new: str, title: str | None = None) -> None:
        """Give the principle `old` the id `new`, and `title`; links and lists follow."""
        document = self.principle(old)
        former = [item.value for item in list_scalars(document, "formerly")]
        if not SLUG.fullmatch(new):
            near = slugify(new) or "look-ahead"
            raise UsageError(
                _("{new} cannot be the id of a principle: write {words}").format(
                    new=quote(new), words=quote(near)
                )
            )
        if new not in former and (taken := why_taken(self.now, new)):
            raise UsageError(_("{problem}: choose another").format(problem=taken))
        edits: list[Edit] = [] if title is None else [(("title",), title)]
        former = [id for id in former if id != new] + [old] * self._released(old)
        self._edit(document, [*edits, *self._formerly(document, former)])
        self._list_instead(document.theme, old, [new])
        self._put(f"themes/{document.theme}/{new}.md", self._data(self._inside(document)))
        self._remove(document)
        self._follow(self._inside(document), f"themes/{document.theme}/{new}.md", anchors=True)
        self._replace_in_lists(old, new)
        self._about = new

    def recognise_renames(self, replaced: Iterable[str] = ()) -> dict[str, str]:
        """Let each principle that has nearly the words of one that is gone say that it was called so before;
        links and lists follow. Returns the new ids by the old ones; those that a note retires, or that are
        `replaced` by another, stay gone."""
        current = self.now.current
        if current is None or compare(self.now) is None:
            return {}
        kept = {*replaced, *self.now.retired}
        paths = {each.id: each.path for _, each in current.charter.principles()}
        renames = {old: new for old, new in likely_renames(self.now, current).items() if old not in kept}
        for old, new in renames.items():
            document, path = self.principle(new.id), new.path.removeprefix(f"{self.now.root}/")
            self._edit(document, self._formerly(document, [*new.formerly, old]))
            self._replace_in_lists(old, new.id)
            self._follow(paths[old].removeprefix(f"{self.now.root}/"), path, anchors=True)
        return {old: new.id for old, new in renames.items()}

    def move(self, id: str, theme: Theme, after: str = "") -> None:
        """Put the principle into `theme`: behind `after`, or at the end."""
        document, place, self._about = self.principle(id), f"themes/{theme.id}/{id}.md", id
        index = self.now.document(theme.path)
        if index is None or document.theme == theme.id:
            raise UsageError(
                _("{id} is in {id_2} already: the theme's list gives the order").format(
                    id=quote(id), id_2=quote(theme.id)
                )
            )
        after = find_principle(self.now, theme, after) if after else ""
        self._edit(index, [add_to_list(index, id, after)])
        self._list_instead(document.theme, id, [])
        self._put(place, self._relinked(document, place))
        self._remove(document)
        self._follow(self._inside(document), place, anchors=True)

    def retire(self, id: str, heirs: Sequence[str] = (), *, covered: bool = False) -> None:
        """Take the principle out; its links lead to the first of its `heirs`, or lose their target. It is
        `covered` by them where they said as much before."""
        document, alive = self.principle(id), [self.principle(heir) for heir in heirs if heir != id]
        self._list_instead(document.theme, id, [])
        self._remove(document)
        self._follow(self._inside(document), self._inside(alive[0]) if alive else "", anchors=False)
        self._replace_in_lists(id, alive[0].id if alive else None)
        if self._released(id):
            self._retired[id] = [each.id for each in alive]
            self._covered += [id] * covered

    def give(self, id: str, heirs: Sequence[str]) -> None:
        """Let the principle, which stays, hand a part on to each of `heirs`."""
        document = self.principle(id)
        others = [self.principle(heir).id for heir in heirs if heir != id]
        if self._released(id):
            self._given[document.id] = others
            self._about = id

    def begin(self, title: str, beside: str, *, words: bool = False) -> str:
        """Begin a principle behind `beside` and return its id. With `words` it has those of `beside`, else a
        sentence where each belongs."""
        document, id = self.principle(beside), free_principle_id(self.now, title)
        shapes = self.now.charter.sections if self.now.charter else ()
        required = [item.value for item in list_scalars(charter_file(self.now), "required")]
        data = principle_markdown(title, shapes, required)
        inside = f"themes/{document.theme}/{id}.md"
        self._put(inside, self._data(self._inside(document)) if words else data)
        if words and (fresh := self.now.document(f"{self.now.root}/{inside}")):
            edits: list[Edit] = [(("title",), title)]
            edits += [(("formerly",), None)] * bool(list_scalars(fresh, "formerly"))
            self._edit(fresh, edits)
        index = self._index(document.theme)
        self._edit(index, [add_to_list(index, id, beside)])
        self._about = id
        return id

    def principle(self, id: str) -> Document:
        """The file of a living principle. Raises UsageError where there is none."""
        alive = principles_by_id(self.now)
        if id not in alive:
            hint = suggestion(id, alive, _("write the name of its file, without “.md”"))
            raise UsageError(_("there is no principle {id}: {hint}").format(id=quote(id), hint=hint))
        return alive[id]

    @property
    def changed(self) -> dict[str, bytes]:
        """The files that these steps edit, by their path in the charter's folder."""
        return {inside: data for inside, data in self._files.items() if data is not None}

    # --- What is to be written -----------------------------------------------------------------------

    def draft(self, why: str = "") -> Draft:
        """Every file, with the note that says why. Raises as `draft_files` does."""
        there = {entry.path for entry in self.before.entries}
        files = self.changed
        gone = tuple(inside for inside, data in self._files.items() if data is None)
        gone = tuple(inside for inside in gone if f"{self.before.root}/{inside}" in there)
        new = {path: data for path, data in files.items() if f"{self.before.root}/{path}" not in there}
        changed = {path: data for path, data in files.items() if path not in new}
        new |= self._note(why)
        return draft_files(self.before, new, changed, gone)

    def _note(self, why: str) -> dict[str, bytes]:
        """The note about all that these steps changed, and that no other note explains."""
        if self.before.current is None:
            return {}
        before, after = _changes(self.before), _changes(self.now)
        noted = {id for note in self.now.notes for id in note.principles} - set(self._retired)
        changes = [each for each in after if each not in before and each.subject not in noted]
        subjects = tuple(dict.fromkeys(each.subject for each in changes))
        if not subjects:
            return {}
        class_ = Class.COMMITMENT if self._retired else number.computed_class(tuple(changes))
        name = unique_note_name(self.now, next(iter(self._retired), self._about), changes)
        return note_markdown(
            name, subjects, class_, why, retires=self._retired, covered=self._covered, gives=self._given
        )

    # --- One step ------------------------------------------------------------------------------------

    def _released(self, id: str) -> bool:
        """Whether a version has a principle of this id."""
        return any(id == each.id for release in self.now.releases for _, each in release.charter.principles())

    def _formerly(self, document: Document, ids: Sequence[str]) -> list[Edit]:
        """The edits that let the file of a principle say that it had these `ids` before."""
        edits: list[Edit] = [(("formerly",), None)] * bool(list_scalars(document, "formerly"))
        return edits + [(("formerly",), list(ids))] * bool(ids)

    def _inside(self, document: Document) -> str:
        return document.path.removeprefix(f"{self.now.root}/")

    def _index(self, theme: str) -> Document:
        path = f"{self.now.root}/themes/{theme}/index.md"
        if (document := self.now.document(path)) is None:
            raise CharterError(_("this file cannot be read: run “charter check”"), path=path)
        return document

    def _data(self, inside: str) -> bytes:
        data = self._files.get(inside)
        return self._read(inside) if data is None else data

    def _put(self, inside: str, data: bytes) -> None:
        self._files[inside] = data
        self.now = read.with_files(self.now, {inside: data})

    def _remove(self, document: Document) -> None:
        self._files[self._inside(document)] = None
        self.now = read.with_files(self.now, {}, (self._inside(document),))

    def _edit(self, document: Document, edits: Iterable[Edit]) -> None:
        """Edit the front matter of a file, one value after another."""
        inside = self._inside(document)
        for edit in edits:
            now = self.now.document(document.path) or document
            self._put(inside, apply_edits(self._data(inside), now, [edit]))

    def _list_instead(self, theme: str, old: str, new: Sequence[str]) -> None:
        self._replace_items(self._index(theme), "principles", old, new)

    def _replace_items(self, document: Document, key: str, old: str, new: Sequence[str]) -> None:
        """Put `new` into a list in the place of `old`; what it has already it gets no second time."""
        items = [item.value for item in list_scalars(document, key)]
        if old not in items:
            return
        place = items.index(old)
        fresh = [each for each in new if each not in items]
        edits: list[Edit] = [((key, place + 1 + n), each) for n, each in enumerate(fresh)]
        edits.append(((key,) if items == [old] and not fresh else (key, place), None))
        self._edit(document, edits)

    def _replace_in_lists(self, old: str, new: str | None) -> None:
        """Name `new` for `old` in charter.yml, and a new name in the notes that wait for a release."""
        fresh = [new] if new else []
        if document := charter_file(self.now):
            self._replace_items(document, "repair", old, fresh)
        if old not in principles_by_id(self.now) and new and not self._is_heir(old):
            for note in [each for each in self.now.documents if each.role is Role.CHANGE]:
                self._replace_items(note, "principles", old, fresh)

    def _is_heir(self, old: str) -> bool:
        """Whether `old` is retired rather than renamed: notes go on naming it."""
        return not any(old in each.formerly for _, each in _principles(self.now)) and self._released(old)

    def _follow(self, old: str, to: str, *, anchors: bool) -> None:
        """Lead every link to the file `old` to the file `to`, or, without one, leave its words alone."""
        for document, target in _links_to(self.now, old):
            inside = self._inside(document)
            anchor = target.partition("#")[2] if anchors else ""
            text = self._data(inside).decode()
            if to:
                path = posixpath.relpath(to, posixpath.dirname(inside) or ".")
                new = path + f"#{anchor}" * bool(anchor)
                text = _relink(text, target, new)
            else:
                link = re.escape(target)
                text = re.sub(rf"\[((?:\\.|[^\[\]\\])*)\]\(<?{link}>?(?:\s+[\"'][^)]*)?\)", r"\1", text)
            self._put(inside, text.encode())

    def _relinked(self, document: Document, place: str) -> bytes:
        """The file with its links as they have to be at `place`."""
        text, folder = self._data(self._inside(document)).decode(), posixpath.dirname(self._inside(document))
        for target in {link.target for block in all_blocks(document) for link in block.links}:
            if (path := _path(target)) is not None:
                there = posixpath.normpath(posixpath.join(folder, path))
                new = posixpath.relpath(there, posixpath.dirname(place)) + target[len(path) :]
                text = _relink(text, target, new)
        return text.encode()


def _principles(edition: Edition) -> Iterable[tuple[Theme, Principle]]:
    return edition.charter.principles() if edition.charter else ()


def _relink(text: str, target: str, new: str) -> str:
    """The Markdown with `new` for the target of links."""
    return re.sub(rf"(\]\(<?){re.escape(target)}(?=[>\s)])", lambda found: found[1] + new, text)


def _path(target: str) -> str | None:
    """The relative path that a link leads to; None for one that leads elsewhere."""
    path = target.partition("#")[0]
    return path if path and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\", path) else None


def _links_to(edition: Edition, inside: str) -> Iterator[tuple[Document, str]]:
    """Every file with a link to the file `inside`, and that link's target, each once."""
    for document in prose_documents(edition):
        folder = posixpath.dirname(document.path.removeprefix(f"{edition.root}/"))
        for target in {link.target for block in all_blocks(document) for link in block.links}:
            path = _path(target)
            if path and posixpath.normpath(posixpath.join(folder, unquote(path))) == inside:
                yield document, target


def _changes(edition: Edition) -> tuple[Change, ...]:
    """What differs from the current version. Raises CharterError where that cannot be told."""
    if (compared := compare(edition)) is None:
        raise CharterError(
            _("what changed cannot be told: run “charter check”, and mend what it finds first")
        )
    return tuple(each for each in compared.changes if each.class_ is not Class.NONE)
