"""`charter status --asked`: the organisations that are asked to sign again, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from charterpress import register
from charterpress.model import Edition, Registered, Signatory, Standing
from charterpress.outputs.data.signatories import csv_table
from charterpress.text.escape import escape_controls
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _

FORMAT = "charter-asked/1"
"""What the JSON says its form is; commands-1.schema.json describes it."""
COLUMNS = (
    "slug",
    "organisation",
    "website",
    "signed",
    "signed_on",
    "asked_since",
    "email",
    "name",
    "language",
)
"""The columns of the CSV. The last three are empty: completed, it is the file of contacts that
`charter letters` reads."""
HOW = N_(
    "Write to them with “charter letters --contacts FILE --to asked”; the file lies outside the repository."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Who is asked to sign again on a day, by name; `current` is the current version, or ''."""

    current: str
    date: str
    entries: tuple[Registered, ...]


def asked_to_sign_again(edition: Edition, signatories: Sequence[Signatory]) -> Asked:
    """Return who of `signatories` is asked to sign again today."""
    everybody = register.on_register(signatories, edition.releases, edition.today)
    return Asked(
        current=edition.current.version if edition.current else "",
        date=edition.today,
        entries=tuple(each for each in everybody if each.standing is Standing.ASKED),
    )


def asked_sentence(asked: Asked | None) -> str:
    """Return who has been asked already, and how to reach them; '' if nobody."""
    sentence = count_sentence(asked) if asked else ""
    message = _("{sentence}: “charter status --asked” names them, “charter letters” writes to them.")
    return message.format(sentence=sentence) if sentence else ""


def count_sentence(asked: Asked) -> str:
    """Say how many are asked, and since when the first of them is; '' if nobody."""
    if not asked.entries:
        return ""
    return ngettext(
        "{count} organisation is asked to sign version {version}, the first since {date}",
        "{count} organisations are asked to sign version {version}, the first since {date}",
        len(asked.entries),
    ).format(count=len(asked.entries), version=asked.current, date=min(each.since for each in asked.entries))


def _text(asked: Asked) -> str:
    if not asked.entries:
        return _("Nobody is asked to sign again.\n")
    lines = [f"{count_sentence(asked)}:", ""]
    for each in asked.entries:
        who, last = each.signatory, each.signature
        line = _("  {name} ({slug}): signed {version} on {date}; {website}").format(
            name=who.name, slug=who.slug, version=last.version, date=last.date, website=who.website
        )
        lines.append(escape_controls(line))
    return "\n".join([*lines, "", _(HOW)]) + "\n"


def _json(asked: Asked) -> str:
    entries = [
        {
            "slug": each.signatory.slug,
            "name": each.signatory.name,
            "name_latin": each.signatory.name_latin or None,
            "website": each.signatory.website or None,
            "signed": each.signature.version,
            "signed_on": each.signature.date,
            "asked_since": each.since,
        }
        for each in asked.entries
    ]
    head = {"format": FORMAT, "current": asked.current or None, "date": asked.date}
    return json.dumps({**head, "asked": entries}, indent=2) + "\n"


def _csv(asked: Asked) -> str:
    rows = [
        (
            *(each.signatory.slug, each.signatory.name, each.signatory.website),
            *(each.signature.version, each.signature.date, each.since, "", "", ""),
        )
        for each in asked.entries
    ]
    return csv_table(COLUMNS, rows).decode()


FORMATS: Mapping[str, Callable[[Asked], str]] = {"text": _text, "json": _json, "csv": _csv}
