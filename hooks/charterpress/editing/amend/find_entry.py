"""What somebody calls an organisation → its entry."""

from __future__ import annotations

import difflib
import unicodedata

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import quote, quote_list
from charterpress.model import Document, Edition, Role, Signatory
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.slugs import name_slug

MAX_LENGTH = 120
"""Characters of what was typed that are compared: a name has no more."""
MAX_SUGGESTIONS = 3
"""Entries that are named in the place of one that is not there."""


def find_entry(edition: Edition, called: str) -> tuple[Signatory, Document]:
    """The entry of the organisation that is `called` so: by its slug, now or before, its file, the address of
    its page, or its name. Raises UsageError that names the nearest ones where there is none, and all where
    there are several; CharterError where its file cannot be read."""
    documents = {each.id: each for each in edition.documents if each.role is Role.SIGNATORY}
    if not documents:
        raise UsageError(f"nobody has signed yet: there is no file in {edition.root}/{SIGNATORIES}")
    named = _by_name(edition)
    slug = _slug(called)
    if slug not in documents:
        slugs = named.get(_folded(called), [])
        if len(slugs) > 1:
            raise UsageError(
                f"{quote(called)} is the name of {len(slugs)} organisations: say {quote_list(slugs)}"
            )
        former = {was: each.slug for each in edition.signatories for was in each.formerly}
        slug = slugs[0] if slugs else former.get(slug) or name_slug(called)
    if slug not in documents:
        raise UsageError(_not_found(edition, called, named, list(documents)))
    document = documents[slug]
    found = next((each for each in edition.signatories if each.slug == slug), None)
    if found is None:
        raise CharterError("this file cannot be read: run “charter check”", path=document.path)
    return found, document


def _slug(called: str) -> str:
    """The slug in a path or an address; `called` itself where it is neither."""
    parts = called.replace("\\", "/").rstrip("/").split("/")
    if len(parts) == 1 or parts[-2] == SIGNATORIES:
        return parts[-1].removesuffix(".yml")
    return called


def _by_name(edition: Edition) -> dict[str, list[str]]:
    """The slugs of those who have a name, by the name."""
    found: dict[str, list[str]] = {}
    for each in edition.signatories:
        for name in {_folded(each.name), _folded(each.name_latin)} - {""}:
            found.setdefault(name, []).append(each.slug)
    return found


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _not_found(edition: Edition, called: str, named: dict[str, list[str]], slugs: list[str]) -> str:
    """What to say where nobody is called so."""
    words, part = _folded(called)[:MAX_LENGTH], name_slug(called[:MAX_LENGTH])
    begins: dict[str, list[str]] = {}
    for slug in slugs:
        begins.setdefault("-".join(slug.split("-")[: part.count("-") + 1]), []).append(slug)
    near = [slug for slug in slugs if part and part in slug]
    near += difflib.get_close_matches(words, [*slugs, *named], n=MAX_SUGGESTIONS)
    near += difflib.get_close_matches(part, begins, n=MAX_SUGGESTIONS)
    known = {**begins, **named, **{slug: [slug] for slug in slugs}}
    meant = list(dict.fromkeys(slug for each in near for slug in known[each]))[:MAX_SUGGESTIONS]
    hint = f"do you mean {_or(meant)}?" if meant else "write the name of its file, without “.yml”"
    return f"there is no organisation {quote(called)} in {edition.root}/{SIGNATORIES}: {hint}"


def _or(names: list[str]) -> str:
    quoted = [quote(name) for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
