"""What somebody wants of a new charter, checked before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum

from charterpress.checks.front_matter_values import MAX_TITLE_LENGTH
from charterpress.checks.queries import quote, quote_list
from charterpress.checks.settings import EMAIL
from charterpress.editing.new.drafts import answer_fault
from charterpress.text.interface import gettext as _
from charterpress.text.languages import is_language_tag

MAX_KIND_LENGTH = 60
"""Characters of a kind of signatory, which stands in a narrow column."""
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")
_ADDRESS = re.compile(r"https?://[^\s/?#\"<>\\^`{|}]+(?:/[^\s?#\"<>\\^`{|}]*)?")
_ACCOUNT = re.compile(r"@[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w./-]*)?", re.ASCII)


class Host(StrEnum):
    """Where the repository will be kept, which decides the workflows and forms that it gets."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"
    """Forgejo, Codeberg and Gitea."""
    NONE = "none"
    """Anywhere: no workflow and no form, and everything by hand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What a new repository is made of. `language` is a BCP 47 tag, `owner` who keeps the charter, `contact`
    the e-mail address that signatures are sent to, `kinds` who may sign, `maintainers` the accounts that must
    approve a change to workflows and releases; the optional ones are empty where nothing was answered."""

    title: str = "Shared Hall Charter"
    summary: str = (
        "What the clubs and groups that share a hall promise one another, and everybody who comes through "
        "its door."
    )
    licence: str = "CC-BY-4.0"
    language: str = "en-GB"
    owner: str = ""
    contact: str = ""
    kinds: tuple[str, ...] = ("club", "neighbourhood group", "charity", "school", "public body")
    host: Host = Host.GITHUB
    maintainers: tuple[str, ...] = ()
    site_url: str = "https://charter.example/"


OPTIONAL = ("owner", "contact", "maintainers")
"""What may be left empty."""
LISTS = ("kinds", "maintainers")
"""What is written with commas between."""


def split_list(value: str) -> tuple[str, ...]:
    """The items of a list that was written with commas between, without spaces around them or empty ones."""
    return tuple(item for each in value.split(",") if (item := each.strip()))


def value_problem(name: str, value: str) -> str:
    """What is wrong with `value`, as typed, for the field `name` of `Answers`, as a sentence that says what
    to write instead; '' for nothing. What only the check can say of the files is not looked at."""
    if name not in {each.name for each in fields(Answers)}:
        raise KeyError(name)
    if problem := answer_fault(value):
        return problem
    if name in LISTS:
        items = split_list(value)
        return next(filter(None, (_item_problem(name, item) for item in items)), "") or _list_problem(items)
    return _text_problem(name, value)


def _text_problem(name: str, value: str) -> str:
    if name == "title" and value.casefold().startswith("the "):
        return _("leave out {value}: sentences put it before, as in “who signed the River Charter”").format(
            value=quote(value[:3])
        )
    if name == "title" and len(value) > MAX_TITLE_LENGTH:
        return _("it has {count} characters; {most} is the most").format(
            count=len(value), most=MAX_TITLE_LENGTH
        )
    if name == "licence" and not _LICENCE.fullmatch(value):
        return _("{value} is not the code of a licence: write one such as CC-BY-4.0 or CC0-1.0").format(
            value=quote(value)
        )
    if name == "language" and not is_language_tag(value):
        return _("{value} is not the code of a language: write one such as en-GB, cy or pt-BR").format(
            value=quote(value)
        )
    if name == "contact" and not EMAIL.fullmatch(value):
        return _("{value} is not an e-mail address: write one such as charter@example.org").format(
            value=quote(value)
        )
    if name == "host" and value not in list(Host):
        return _("{value} is not a host: choose from {host}").format(
            value=quote(value), host=quote_list(list(Host))
        )
    if name == "site_url" and not _ADDRESS.fullmatch(value):
        return _("{value} is not the address of a site: write one such as https://charter.example/").format(
            value=quote(value)
        )
    return ""


def _item_problem(name: str, item: str) -> str:
    if name == "maintainers" and not _ACCOUNT.fullmatch(item):
        return _("{item} is not an account: write one such as @name or @organisation/team").format(
            item=quote(item)
        )
    if name == "kinds" and len(item) > MAX_KIND_LENGTH:
        return _("{item} has {count} characters; {most} is the most for a kind").format(
            item=quote(item), count=len(item), most=MAX_KIND_LENGTH
        )
    if name == "kinds" and item.casefold() == "none":
        return _("{item} cannot be a kind: hosts take it for no answer").format(item=quote(item))
    return ""


def _list_problem(items: tuple[str, ...]) -> str:
    if not items:
        return _("there is nothing between the commas; write it, or leave it out")
    folded = [item.casefold() for item in items]
    twice = next((item for place, item in enumerate(items) if item.casefold() in folded[:place]), "")
    return _("{twice} is there twice: write it once").format(twice=quote(twice)) if twice else ""
