"""What an organisation says of itself → its file among the signatories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from charterpress import register
from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import SLUG, quote
from charterpress.editing.new.drafts import first_free
from charterpress.editing.yaml_writer import Value, format_yaml
from charterpress.model import Edition
from charterpress.model.errors import UsageError
from charterpress.text.folding import is_latin
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import name_slug

ENTRY_KEYS = ("name", "name_latin", "kind", "area", "website", "registration", "pledge")
SIGNATURE_KEYS = ("version", "date", "role", "link", "language")
NEEDED_TO_SIGN = SIGNATURE_KEYS[:3]
"""What every signature says."""


def entry_slug(name: str, name_latin: str = "") -> str:
    """What the name of an organisation gives, whether or not there is such a file; '' for nothing."""
    slug = name_slug(name_latin if name_latin and not is_latin(name) else name)
    return f"{slug}-2" if slug in register.RESERVED else slug


def free_entry_slug(edition: Edition, name: str, name_latin: str = "", slug: str | None = None) -> str:
    """The name of the file: `slug`, or what the organisation's name gives. Raises UsageError if there is
    none."""
    wanted = slug or entry_slug(name, name_latin)
    if not wanted:
        raise UsageError(
            _(
                "{name} has no letter from a to z to call its file by: say --name-latin, the name in "
                "Latin letters"
            ).format(name=quote(name))
        )
    if not SLUG.fullmatch(wanted):
        near = name_slug(wanted) or "harbour-trust"
        raise UsageError(
            _("{wanted} cannot be the name of a file here: say --slug {words}").format(
                wanted=quote(wanted), words=near
            )
        )
    taken, path = paths_taken(edition), entry_path(edition, wanted)
    if path.casefold() not in taken:
        return wanted
    free = first_free(wanted, lambda slug: entry_path(edition, slug).casefold() in taken)
    was = next((each for each in edition.signatories if wanted in each.formerly), None)
    if was:
        raise UsageError(
            _(
                "this was the file of {name}, and old links lead there. If it is the same "
                "organisation, change {slug}.yml; if it is another one, say --slug {free}"
            ).format(name=quote(was.name), slug=was.slug, free=free),
            path=path,
        )
    raise UsageError(
        _(
            "there is such a file already. If it is the same organisation, change what stands "
            "there, or add the new signature; if it is another of that name, say --slug {free}"
        ).format(free=free),
        path=path,
    )


def entry_path(edition: Edition, slug: str) -> str:
    """The path of an organisation's file, as it is shown."""
    return f"{edition.root}/{SIGNATORIES}/{slug}.yml"


def paths_taken(edition: Edition) -> set[str]:
    """Paths that no new file can have, in small letters: present files, and former ones of organisations."""
    former = (entry_path(edition, slug) for each in edition.signatories for slug in each.formerly)
    return {path.casefold() for path in (*(entry.path for entry in edition.entries), *former)}


def entry_yaml(answers: Mapping[str, str], accepted: Sequence[str] = ()) -> bytes:
    """The file, with the keys that are among `answers`, and the words that a person `accepted`."""
    front: dict[str, Value] = {key: answers[key] for key in ENTRY_KEYS if answers.get(key)}
    if signed := {key: answers[key] for key in SIGNATURE_KEYS if answers.get(key)}:
        front["signed"] = [signed]
    if accepted:
        front["accepted"] = list(accepted)
    return format_yaml(front).encode()
