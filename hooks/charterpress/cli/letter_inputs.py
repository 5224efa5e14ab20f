"""What `charter letters` is given → contacts, templates, the site, the sender: each is checked first."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from charterpress import forges, linkcheck
from charterpress.cli.command import read_file
from charterpress.cli.links import SITE
from charterpress.hosts.configuration import SiteConfiguration
from charterpress.linkcheck import Verdict
from charterpress.model import Contact, Edition
from charterpress.model.errors import CharterError, UsageError
from charterpress.outputs.letters import package_letters
from charterpress.outputs.letters import template as letter_template
from charterpress.outputs.letters.template import Template
from charterpress.read import contacts
from charterpress.storage import git
from charterpress.text.interface import gettext as _
from charterpress.views.letters import BLOCKS, LetterKind, LinkSeen, Sender

OWN_FOLDER = "letters"
"""The folder beside the charter's whose templates replace the package's."""
MAX_LINKS = 50 * 1024 * 1024
_LINKS_FORMAT = re.compile(r"charter-links[-/]1")
_GONE = re.compile(r"the answer was (?:404|410)")


def require_private(path: Path, configuration: SiteConfiguration, *, folder: bool = False) -> None:
    """Raise UsageError if the file at `path`, or the `folder`, with people's addresses in it, could become
    public: a build publishes what lies there, or git would take it in."""
    place = path.resolve()
    for published in configuration.published:
        if place == published or published in place.parents:
            raise UsageError(
                _(
                    "“{path}” would lie in the folder “{name}”, and what lies there is published. "
                    "People’s addresses belong outside the repository: choose another place"
                ).format(path=path, name=published.name)
            )
    if git.would_be_committed(path, folder=folder):
        raise UsageError(
            _(
                "“{path}” would lie in a git repository, which does not ignore it. People’s "
                "addresses belong outside: choose another place, or have .gitignore name it"
            ).format(path=path)
        )


def read_contact_file(path: str, configuration: SiteConfiguration) -> contacts.Contacts:
    """Return the contacts in a file. Raises UsageError if it could become public or is not there,
    CharterError if it cannot be read."""
    require_private(Path(path), configuration)
    return contacts.read_contacts(read_file(path, contacts.MAX_BYTES), path)


def site_address(options: argparse.Namespace, configuration: SiteConfiguration, edition: Edition) -> str:
    """Return the address of the charter's site, which ends in a slash: what --site says, or the environment,
    or mkdocs.yml if its address is one that can be. Raises UsageError if there is none."""
    address = options.site or os.environ.get(SITE)
    if not address and configuration.address:
        try:
            forges.require_public_url(configuration.address)
            address = configuration.address
        except CharterError:
            address = ""
    if not address:
        message = _("where is the charter's site? Say --site https://charter.example/, or set {site}").format(
            site=SITE
        )
        raise UsageError(message)
    return linkcheck.charter_site(address, (each.version for each in edition.releases)).url


def read_sender(written: str | None, contact: Contact) -> Sender:
    """Return who writes: whom --sender names, or else the charter's `contact`, who gets the answers anyway.
    Raises UsageError if nobody is named, or not by an address."""
    answers = contacts.email_address(contact.email)
    post = ", ".join(filter(None, map(contacts.clean_words, contact.post.splitlines())))
    if not written and answers:
        return Sender(name=contacts.clean_words(contact.name) or answers, email=answers, post=post)
    if not written:
        message = _("say --sender “The secretary <office@charity.example>”, or add “contact” to charter.yml")
        raise UsageError(_("who writes? {message}").format(message=message))
    name, address = parseaddr(contacts.clean_words(written))
    email = contacts.email_address(address)
    if not email:
        message = _(
            "--sender has no e-mail address in it: write it as “The secretary <office@charity.example>”"
        )
        raise UsageError(message)
    return Sender(name=name or email, email=email, answers=answers, post=post)


def links_seen(path: str | None) -> Mapping[str, LinkSeen]:
    """Return the pages on which no link to what was signed was seen, by slug, from the file in which what
    `charter links --format json` printed was kept. A page that could not be read counts only if it is gone
    for good. Raises UsageError if there is no such file or it is another one."""
    if not path:
        message = _("keep what “charter links --format json” prints in a file, and name it with --links FILE")
        raise UsageError(_("which links are gone? {message}").format(message=message))
    try:
        return _links_gone(json.loads(read_file(path, MAX_LINKS)))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        message = _("“{path}” is not what “charter links --format json” prints: run it again").format(
            path=path
        )
        raise UsageError(message) from problem


def _links_gone(document: dict[str, Any]) -> Mapping[str, LinkSeen]:
    if not _LINKS_FORMAT.fullmatch(document["format"]):
        raise ValueError(document["format"])
    return {
        page["slug"]: LinkSeen(
            link=page["link"],
            sentence=page["said"],
            verdict=page["verdict"],
            versions=tuple(page.get("linked", ())),
            date=document.get("date", ""),
        )
        for page in document["pages"]
        if page["last"] and _is_gone(page)
    }


def _is_gone(page: Mapping[str, str]) -> bool:
    if page["verdict"] == Verdict.UNREACHABLE.name.lower():
        return bool(_GONE.search(page["reason"]))
    seen = (Verdict.OTHER, Verdict.CHARTER, Verdict.NONE)
    return page["verdict"] in {each.name.lower() for each in seen}


class Templates:
    """The templates of one kind of letter: for each language the charter's own, or else the package's."""

    def __init__(self, name: str, kind: LetterKind, source: Path, language: str = "") -> None:
        """Take the kind and what it is called, the charter's folder, and the language that the charter is
        in, which a letter is in if nobody asks for another."""
        self._language = language
        self._name, self._kind = name, kind
        self._own = source.resolve().parent / OWN_FOLDER
        self._read: dict[tuple[Path, str], Template] = {}
        self._translations: dict[str, str | None] = {}

    def find(self, language: str) -> tuple[Path, str]:
        """Return the file of the template for `language`, or '' for the charter's, and the language it is in,
        or '' if that is unknown. The package's letters are in every language that a catalog has."""
        tag = language
        while tag:
            for named in (tag, tag.lower()):
                own = self._own / f"{self._name}.{named}.md"
                if own.is_file():
                    return own, tag
            tag = tag.rpartition("-")[0]
        own, package = self._own / f"{self._name}.md", package_letters.FOLDER / f"{self._name}.md"
        if own.is_file():
            return own, ""
        wanted = language or self._language
        return package, wanted if self._translated(package, wanted) else package_letters.LANGUAGE

    def language(self, language: str) -> str:
        """Return the language that what is filled into the template for `language` has to be in."""
        return self.find(language)[1] or self._language

    def _translated(self, package: Path, language: str) -> str | None:
        """Return the package's letter in `language`, or None."""
        if language not in self._translations:
            text = package.read_text(encoding="utf-8")
            self._translations[language] = package_letters.translate_letter(text, language)
        return self._translations[language]

    def read(self, language: str) -> Template:
        """Return the template for `language`. Raises CharterError for a mistake in it."""
        path, written_in = self.find(language)
        if (path, written_in) not in self._read:
            shown = f"{OWN_FOLDER}/{path.name}"
            data = read_file(str(path), letter_template.MAX_BYTES)
            if path.parent == package_letters.FOLDER and (translated := self._translated(path, written_in)):
                data = translated.encode()
            self._read[path, written_in] = letter_template.read_template(
                data, shown, self._kind.placeholders, BLOCKS, written_in
            )
        return self._read[path, written_in]
