"""Rules for links. Within the charter they are written as paths from file to file; the build turns them
round."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.parse import quote as quote_address

from charterpress.checks.identity import mended_paths
from charterpress.checks.queries import (
    all_blocks,
    closest_match,
    closest_matcher,
    documents_of,
    prose_documents,
    quote,
    quote_list,
    quote_whole,
    relative_path,
    violation_at,
    violation_in_text,
)
from charterpress.checks.signatories.addresses import meant_address
from charterpress.model import Document, Edition, EntryKind, Link, Role, Violation
from charterpress.text.interface import gettext as _

SCHEMES = ("http", "https", "mailto")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_ADDRESS = re.compile(r"(?:https?://|www\.)(?:[^\s/?#@]*@)?([^\s/?#:]+)", re.IGNORECASE)
_HOST = re.compile(
    r"((?:[\w-]+\.)+(?:com|org|net|uk|eu|info|io|gov|edu|int|scot|wales|ngo|coop|charity))(?:/\S*)?",
    re.IGNORECASE,
)


_CODE = re.compile(r"(`+).+?\1(?!`)", re.DOTALL)
_REFERENCE = re.compile(
    r"(?<![\\\]])\[(?!\^)([^\[\]\\]{1,300})\](?:\[(?!\^)([^\[\]\\]{0,300})\]|\(([^()<>\"\\]*\s[^()<>\"\\]*)\))"
)
"""What is written like a link by reference, or like one with a space in its address."""


def _links(edition: Edition) -> Iterator[tuple[Document, Link]]:
    for document in prose_documents(edition):
        for block in all_blocks(document):
            for link in block.links:
                if not link.image:
                    yield document, link


def _inner(edition: Edition) -> Iterator[tuple[Document, Link, str, str]]:
    """The links within the charter: the document, the link, the path it leads to as shown, and its anchor."""
    for document, link in _links(edition):
        if not _SCHEME.match(link.target):
            path, _ignored, anchor = link.target.partition("#")
            path = unquote(path.split("?")[0])
            target = _resolve(edition, document, path) if path else relative_path(edition, document.path)
            yield document, link, target, unquote(anchor)


def _folder(edition: Edition, document: Document) -> str:
    return posixpath.dirname(relative_path(edition, document.path)) or "."


def _resolve(edition: Edition, document: Document, path: str) -> str:
    """The path under the charter's folder that `path` leads to from a document."""
    return posixpath.normpath(posixpath.join(_folder(edition, document), path))


def _targets(edition: Edition) -> dict[str, Document]:
    """What a link may lead to, by its path under the charter's folder."""
    documents = documents_of(edition, Role.PREAMBLE, Role.THEME, Role.PRINCIPLE)
    return {relative_path(edition, each.path): each for each in documents}


def _is_path(target: str) -> bool:
    """Whether a target is written as the path of a file, and not as an address on the site."""
    path = target.partition("#")[0].split("?")[0]
    return not path.startswith("/") and (path.endswith(".md") or not target or target.startswith("#"))


def link_form(edition: Edition) -> Iterator[Violation]:
    """A link within the charter is written as the path to the file, from the file it stands in.

    That form works in the repository and in every editor, and the build turns it into the address on the
    site: “../values/listen-first.md”, not “../listen-first/” or “/charter/values/listen-first/”."""
    names = _names(edition)
    for document, link, _ignored, anchor in _inner(edition):
        if _is_path(link.target) or _leaves(edition, document, link):
            continue
        message = _("{target} is an address on the site, not the path to a file").format(
            target=quote(link.target)
        )
        fix = _(
            "link to a file of the charter by its path, which ends in “.md”, or to a full address, https://…"
        )
        if meant := _meant(names, _folder(edition, document), link.target):
            fix = _("write {words}").format(words=quote_whole(meant + (f"#{anchor}" if anchor else "")))
        elif address := meant_address(link.target):
            message = _("{target} is not a whole address").format(target=quote(link.target))
            fix = _("write {words}").format(words=quote_whole(address))
        yield violation_at(document, link, message, fix)


def _names(edition: Edition) -> dict[str, str]:
    """The paths that a link may lead to, by the name that an address on the site ends with; the first of
    those with one name."""
    names: dict[str, str] = {}
    for path, document in _targets(edition).items():
        names.setdefault("preamble" if document.role is Role.PREAMBLE else document.id, path)
    return names


def _heirs(edition: Edition) -> dict[str, str]:
    """The ids that no principle has any more, each with the one that took its place, or ''."""
    heirs = dict.fromkeys(edition.retired, "")
    retired = (each for release in edition.releases for each in release.retired)
    heirs |= {each.id: each.replacements[0] if len(each.replacements) == 1 else "" for each in retired}
    heirs |= {old: new for note in edition.notes for old, new in note.retires}
    principles = (each for _, each in edition.charter.principles()) if edition.charter else ()
    return heirs | {old: each.id for each in principles for old in each.formerly}


def _meant(names: Mapping[str, str], folder: str, target: str) -> str:
    """The path from `folder` to the file that an address most likely means, or ''."""
    id = _named(target)
    return posixpath.relpath(names[id], folder) if id in names else ""


def _named(target: str) -> str:
    """The id that a target most likely names: of “../tides/index.md” the theme's."""
    words = [part for part in unquote(re.split(r"[#?]", target)[0]).split("/") if part not in ("", ".", "..")]
    last = words[-1].removesuffix(".html").removesuffix(".md") if words else ""
    return words[-2] if last == "index" and len(words) > 1 else last


def _leaves(edition: Edition, document: Document, link: Link) -> bool:
    path = unquote(link.target.partition("#")[0])
    return not path.startswith("/") and _resolve(edition, document, path).startswith("..")


def link_outside(edition: Edition) -> Iterator[Violation]:
    """A link does not lead to a file outside the charter's folder.

    What lies there is not published with the charter, and old versions would lose it. Link to its address on
    the web, or say it here."""
    for document, link, _ignored, _ignored in _inner(edition):
        if _leaves(edition, document, link):
            message = _("{target} leads out of the charter's folder").format(target=quote(link.target))
            fix = _("link to a file of the charter, or to a full address, https://…")
            yield violation_at(document, link, message, fix)


def link_target(edition: Edition) -> Iterator[Violation]:
    """A link leads to a file that is there: a principle, a theme's index.md or the preamble."""
    targets, names = _targets(edition), _names(edition)
    closest, heirs = closest_matcher(names, 0.8), _heirs(edition)
    unread = {
        relative_path(edition, e.path)
        for e in edition.entries
        if e.kind not in (EntryKind.FILE, EntryKind.FOLDER)
    } | mended_paths(edition)
    for document, link, path, _ignored in _inner(edition):
        # What a link in the file system, a sub-module or a wrong name hides is a fault of its own.
        if unread.intersection((path, *map(str, PurePosixPath(path).parents))):
            continue
        if not _is_path(link.target) or _leaves(edition, document, link) or link.target.startswith("#"):
            continue
        if path not in targets or not link.target:
            folder, id = _folder(edition, document), _named(link.target)
            near = _meant(names, folder, link.target)
            message = _("{target} is not a file of the charter").format(target=quote(link.target))
            fix = _("link to a principle, to a theme's index.md or to preamble.md")
            if not link.target:
                message = _("this link leads nowhere")
            elif not near and id in heirs:
                near = _meant(names, folder, heirs[id])
                message = _("{target} leads to a principle that is no longer part of the charter").format(
                    target=quote(link.target)
                )
                fix = _("delete the link and keep its words, or link to what says it now")
            elif not near and (name := closest(id)):
                near = posixpath.relpath(names[name], folder)
            if near:
                anchor = "".join(link.target.partition("#")[1:])
                fix = _("write {words}").format(words=quote_whole(near + anchor))
            yield violation_at(document, link, message, fix, f"{edition.root}/{path}")


def link_anchor(edition: Edition) -> Iterator[Violation]:
    """What follows the # of a link is the id of a section of that principle.

    Those are the places that every version has. charter.yml lists the ids."""
    targets = _targets(edition)
    ids = [shape.id for shape in edition.charter.sections] if edition.charter else []
    for document, link, path, anchor in _inner(edition):
        target = targets.get(path)
        if not _is_path(link.target) or target is None or "#" not in link.target or not ids:
            continue
        if target.role is not Role.PRINCIPLE:
            message = _("{target} leads to no place: only principles have sections to link to").format(
                target=quote(link.target)
            )
            file = link.target.partition("#")[0]
            fix = (
                _("write {words}").format(words=quote_whole(file))
                if file
                else _("delete the link and keep its words")
            )
            yield violation_at(document, link, message, fix, target.path)
        elif anchor not in ids:
            near = closest_match(anchor, ids)
            if near:
                fix = _("write {words}").format(words=quote("#" + near))
            else:
                fix = _("choose from {choices}, or delete the link and keep its words")
                fix = fix.format(choices=quote_list("#" + id for id in ids))
            message = _("{anchor} is not a section of that principle").format(anchor=quote("#" + anchor))
            yield violation_at(document, link, message, fix, target.path)


def link_reference(edition: Edition) -> Iterator[Violation]:
    """A link has its address beside its words, `[words](address)`, or on its own line, `[name]: address`.

    Where it has none, or a space in it, the brackets are shown as written and nobody can follow them."""
    for document in prose_documents(edition):
        for block in all_blocks(document) if "][" in document.body or "](" in document.body else ():
            if block.kind not in ("heading", "paragraph"):
                continue
            links = {(link.line, link.column + link.image) for link in block.links}
            for match in _REFERENCE.finditer(_CODE.sub(lambda code: " " * len(code[0]), block.text)):
                source, words = " ".join(match[0].split()), " ".join(match[1].split())
                message = _("{words} is shown as written, brackets and all: it has no address")
                fix = _("write {words}, or give it an address: [{words_2}](https://…)").format(
                    words=quote_whole(words), words_2=words
                )
                if match[2] is None:
                    message = _("{words} is shown as written, brackets and all: its address has a space")
                    fix = _("write the path of a file of the charter, which has no spaces")
                    if _SCHEME.match(match[3]):
                        fix = _("write {words}").format(
                            words=quote_whole(f"[{words}]({_without_spaces(match[3])})")
                        )
                message = message.format(words=quote(source))
                found = violation_in_text(document, block, match.start(), message, fix)
                if (found.line, found.column) not in links:
                    yield found


def _without_spaces(address: str) -> str:
    return quote_address(" ".join(address.split()), safe="/:?#=&%.,~+@!$;'*-_")


def link_address(edition: Edition) -> Iterator[Violation]:
    """A link out of the charter is a whole web address, http:// or https://, or an e-mail address, mailto:.

    Other kinds of address do nothing on most computers, or something that nobody expects."""
    for document, link in _links(edition):
        if not _SCHEME.match(link.target):
            continue
        address, message, fix = _split(link.target), "", ""
        scheme = link.target.partition(":")[0].lower()
        host = address.hostname if address else ""
        is_whole = host and host not in SCHEMES and not re.search(r"[\\\s]", link.target)
        if link.target.startswith(("//", "\\")):
            message = _("{address} does not say how to get there")
            fix = _("write the full address, https://…")
        elif scheme not in SCHEMES:
            message = _("{address} is not an address of the web")
            fix = _("write a full address that starts with https://")
        elif scheme != "mailto" and not is_whole:
            message = _("{address} cannot be read as an address")
            fix = _("copy it again from the browser")
        if message and (meant := meant_address(link.target)):
            fix = _("write {words}").format(words=quote_whole(meant))
        if message:
            yield violation_at(document, link, message.format(address=quote(link.target)), fix)


def link_user(edition: Edition) -> Iterator[Violation]:
    """A web address has no user name or password in it.

    What stands before the @ looks like the site's name and is not. Delete everything from // to @."""
    for document, link in _links(edition):
        address = _split(link.target)
        if address and address.scheme in ("http", "https") and "@" in address.netloc and address.hostname:
            plain = link.target.replace(address.netloc.rpartition("@")[0] + "@", "", 1)
            fix = _("write {words}").format(words=quote_whole(meant_address(link.target) or plain))
            yield violation_at(
                document, link, _("{target} has a user name in it").format(target=quote(link.target)), fix
            )


def link_text_host(edition: Edition) -> Iterator[Violation]:
    """A link whose words are a web address leads to that address.

    Readers trust what they read. Write the name of the page instead, or the address it really leads to."""
    for document, link in _links(edition):
        address = _split(link.target)
        words = link.text.strip()
        match = _ADDRESS.match(words) or _HOST.fullmatch(words)
        if match and address and address.scheme in ("http", "https") and address.hostname:
            written, real = _bare(match[1]), _bare(address.hostname)
            if written != real and real not in SCHEMES:  # an address that begins twice is another fault
                message = _("the words say {words}, but the link leads to {real}").format(
                    words=quote(written), real=quote(real)
                )
                fix = _("write the name of the page instead, or the address it leads to")
                yield violation_at(document, link, message, fix)


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:
        return None
