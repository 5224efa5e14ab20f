"""Releases → the files that machines read: the very bytes, digests, a list, and one document in Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from markdown_it.token import Token

from charterpress.model import Edition, FrozenTranslation, Principle, Release, Theme
from charterpress.proofs.authorities import authorities, root_file
from charterpress.text import markdown
from charterpress.text.dates import day_in_words
from charterpress.text.interface import SOURCE, use_language
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views import addresses as address
from charterpress.views.history import History
from charterpress.views.labels import class_name, licence_address, list_heading, reporting_sentence

_TILDES = re.compile(r"^(?=~~~)", re.MULTILINE)


class _NoFence:
    """An extension of mdformat, which leaves three tildes open where they would begin a block of code."""

    RENDERERS: ClassVar[Mapping[str, Any]] = {}
    POSTPROCESSORS: ClassVar[Mapping[str, Any]] = {
        "paragraph": lambda text, _node, _context: _TILDES.sub(r"\\", text)
    }


NOWHERE = address.version_address("0.0.0")
"""The address of no version: a text is written with it once, and read with that of each version."""
_OPTIONS = {"mdformat": {"number": True}, "parser_extension": [_NoFence]}
"""How mdformat writes: lists count 1, 2, 3."""


def release_files(history: History) -> Mapping[str, bytes]:
    """Return what is published of all releases together, by address: the current one, the translations, the
    list of versions, and their digests, as `sha256sum --check` reads them."""
    if not history.current:
        return {}
    digests = [f"{each.sha256}  {each.version}/charter.json\n" for each in history.releases]
    translations = {_translation_address(each): each for each in history.translations}
    digests += [
        f"{each.sha256}  {path.removeprefix(address.VERSIONS)}\n" for path, each in translations.items()
    ]
    return {path: each.data for path, each in translations.items()} | {
        address.CHARTER_JSON: history.current.data,
        address.VERSIONS_JSON: _versions_json(history),
        address.VERSIONS_SUMS: "".join(digests).encode(),
    }


def proof_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield the time-stamps of every version and its translations, and the root certificates of their
    authorities, by address: the very bytes."""
    frozen: tuple[Release | FrozenTranslation, ...] = (*edition.releases, *edition.frozen_translations)
    versions = {each.path.rpartition("/")[2].removesuffix(".json"): each.version for each in frozen}
    stamps = [each for each in edition.time_stamps if each.stem in versions]
    for stamp in stamps:
        yield address.proof_address(versions[stamp.stem], stamp.name), stamp.data
    for version, authority in sorted({(versions[each.stem], each.authority) for each in stamps}):
        if roots := published_roots(edition, authority):
            yield address.proof_address(version, f"{authority}.pem"), roots


def published_roots(edition: Edition, authority: str) -> bytes:
    """Return the root certificates of an authority that are published for openssl, as PEM; b"" for none.
    Whatever a proposal added to its file is left out: openssl would trust it."""
    known, kept = authorities().get(authority), edition.roots.get(authority)
    return root_file(known, kept) if known and kept else b""


def _translation_address(translation: FrozenTranslation) -> str:
    return address.translation_address(translation.version, translation.language, translation.revision)


def _versions_json(history: History) -> bytes:
    """Return the list of versions, newest first, in the shape that mike writes and Material's selector reads:
    https://github.com/jimporter/mike. Our own keys are under `properties`, as mike does it."""
    aliases = number.aliases(history.releases)
    versions = [
        {
            "version": release.version,
            "title": release.version,
            "aliases": [alias for alias, named in aliases.items() if named.version == release.version],
            "properties": _properties(release, history),
        }
        for release in reversed(history.releases)
    ]
    return f"{json.dumps(versions, ensure_ascii=False, indent=2)}\n".encode()


def _properties(release: Release, history: History) -> dict[str, object]:
    """What versions.json says of a release; of one that was lowered, also from what, by whom and why."""
    properties: dict[str, object] = {
        "date": release.date,
        "class": release.class_,
        "sha256": release.sha256,
    }
    if own := [each for each in history.translations if each.version == release.version]:
        properties["translations"] = [_translation_properties(each) for each in own]
    with use_language(SOURCE):
        lowerings = history.lowerings(release)
    if lowerings:
        properties["lowered"] = [each.values() for each in lowerings]
    return properties


def _translation_properties(translation: FrozenTranslation) -> dict[str, object]:
    """What versions.json says of one revision of a translation; `address` is where its bytes are."""
    keys = ("language", "revision", "standing", "date", "sha256")
    own = {key: getattr(translation, key) for key in keys}
    reason = {"reason": translation.reason} if translation.reason else {}
    return {**own, **reason, "address": _translation_address(translation)}


# --- One document ------------------------------------------------------------------------------------


def release_markdown(release: Release, site: str, notices: Iterable[str] = ()) -> str:
    """Return a release as one Markdown document. It shows what the version's page shows, whatever the words:
    HTML in them is escaped, and links from file to file lead to the version's permanent address on `site`.
    `notices` are paragraphs about the text as a whole."""
    charter = release.charter
    home = f"{site}{address.version_address(release.version)}"
    numbers = number.part_numbers(charter)
    licence = f"[{_words(charter.licence)}]({licence_address(charter.licence)})"
    blocks = [
        _heading(1, charter.title),
        _words(charter.summary),
        _items(
            _version(release),
            _("Date: {date}").format(date=day_in_words(release.date)),
            _("Permanent address: {address}").format(address=f"<{home}>"),
            _("Licence: {licence}").format(licence=licence),
            _("SHA-256 digest of charter.json, the data that this is made of: {digest}").format(
                digest=f"`{release.sha256}`"
            ),
        ),
        *map(_words, notices),
        _heading(2, _("Preamble")),
        _body(charter.preamble, release, charter.preamble_path, home),
        _words(reporting_sentence(charter)),
    ]
    for theme in charter.themes:
        blocks += _theme(theme, numbers, release, home)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _version(release: Release) -> str:
    """Return the line about the version and its class."""
    message = _("Version: {version} ({class_})")
    if release.found is not release.class_:
        message = _("Version: {version} ({class_}, lowered from {found})")
    return message.format(
        version=release.version, class_=class_name(release.class_), found=class_name(release.found)
    )


def _theme(theme: Theme, numbers: Mapping[str, str], release: Release, home: str) -> Iterator[str]:
    yield _heading(2, f"{numbers[theme.id]} {theme.title}")
    yield _words(theme.summary)
    yield _body(theme.text, release, theme.path, home, below=2)
    for principle in theme.principles:
        yield _heading(3, f"{numbers[principle.id]} {principle.title}")
        yield _words(principle.summary)
        yield from _principle(principle, release, home)


def _principle(principle: Principle, release: Release, home: str) -> Iterator[str]:
    written = {section.id: section for section in principle.sections}
    for shape in release.charter.sections:
        if section := written.get(shape.id):
            yield _heading(4, shape.heading)
            yield _body(section.text, release, principle.path, home, below=4)
    seen, helps = _("How it is seen: {words}"), _("What helps: {words}")
    interview = _("To ask at an interview: {words}")
    behaviours = [
        f"**{_words(each.behaviour)}**\n"
        f"  - {seen.format(words=_words(each.measure))}\n"
        f"  - {helps.format(words=_words(each.support))}"
        + (f"\n  - {interview.format(words=_words(each.interview))}" if each.interview else "")
        for each in principle.behaviours
    ]
    for heading, items in (
        (list_heading("plain"), map(_words, principle.plain)),
        (list_heading("behaviours"), behaviours),
        (list_heading("questions"), map(_words, principle.questions)),
        (list_heading("sources"), map(_words, principle.sources)),
    ):
        if shown := _items(*items):
            yield _heading(4, heading)
            yield shown


def _items(*items: str) -> str:
    return "\n".join(f"- {item}" for item in items)


def _body(text: str, release: Release, path: str, home: str, *, below: int = 0) -> str:
    """Return the Markdown of the file at `path`, with whole addresses, and headings under those of level
    `below`: a principle's own headings begin at level 3 in its file."""
    shift = max(below - 2, 0)
    if not (targets := _targets(text)):
        return _kept(text, shift, ())
    if NOWHERE in text:
        return _faithful(text, shift, address.permanent_linker(release.charter, path, home))
    here = address.version_address(release.version)
    link = address.permanent_linker(release.charter, path, home.removesuffix(here) + NOWHERE)
    return _kept(text, shift, tuple(map(link, targets))).replace(NOWHERE, here)


@lru_cache(maxsize=8192)
def _targets(text: str) -> tuple[str, ...]:
    targets: list[str] = []

    def link(target: str) -> str:
        targets.append(target)
        return target

    if "]" in text or "<" in text:
        markdown.safe_tokens(f"{text}\n", link=link)
    return tuple(targets)


@lru_cache(maxsize=8192)
def _kept(text: str, shift: int, addresses: tuple[str, ...]) -> str:
    """Return a text whose links lead to `addresses`: most are the same from version to version."""
    known = dict(zip(_targets(text), addresses, strict=True))
    return _faithful(text, shift, known.__getitem__)


def _faithful(text: str, shift: int, link: Callable[[str], str]) -> str:
    """Return a text in mdformat's manner; its words alone where that would show something else, as it does
    for some rows of stars."""
    tokens = markdown.safe_tokens(f"{text}\n", link=link, heading_shift=shift)
    written = _markdown(tokens)
    if markdown.to_html(written).split() == markdown.render_tokens(tokens).split():
        return written
    return "\n\n".join(map(_words, markdown.plain_text(text).split("\n")))


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    """Return words that are no Markdown as Markdown that shows just them."""
    return _markdown(_around("paragraph", "p", text))


@lru_cache(maxsize=8192)
def _heading(level: int, text: str) -> str:
    return _markdown(_around("heading", f"h{level}", text, "#" * level))


def _around(kind: str, tag: str, text: str, mark: str = "") -> list[Token]:
    words = Token("text", "", 0, content=" ".join(text.split()))
    return [
        Token(f"{kind}_open", tag, 1, markup=mark),
        Token("inline", "", 0, content=words.content, children=[words]),
        Token(f"{kind}_close", tag, -1, markup=mark),
    ]


def _markdown(tokens: list[Token]) -> str:
    from mdformat.renderer import MDRenderer  # noqa: PLC0415 - long to import, and most builds kept its work

    return MDRenderer().render(tokens, _OPTIONS, {}).rstrip("\n")
