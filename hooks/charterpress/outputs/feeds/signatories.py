"""The register → the feed of who signs and who withdraws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jinja2

from charterpress.model import Registered, Release, Signatory, Signature
from charterpress.outputs.feeds.atom import Site, entry, feed, id_of
from charterpress.text.dates import day_in_words
from charterpress.views import addresses
from charterpress.views.addresses import SIGNATORIES_FEED
from charterpress.views.signatories import RegisterView

LATEST = 100
"""How many signatures and withdrawals the feed has: readers fetch it often and keep earlier entries.
Everybody is in signatories.json."""
SIGNED, AGAIN, WITHDREW = "signed", "signed again", "withdrew"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Event:
    """That an organisation signed a version, or withdrew its signature under it, on a day. `mark` tells it
    from other events of the same organisation and version; `earlier` is the signature before it, if any."""

    who: Signatory
    version: str
    date: str
    does: str
    mark: str
    earlier: Signature | None


def signatories_feed(register: RegisterView, here: Site, template: jinja2.Template) -> bytes:
    """Return the feed. `template` is feed_signature.html."""
    events = (event for each in register.entries for event in _events(each))
    newest = sorted(events, key=lambda event: event.date, reverse=True)[:LATEST]
    title = here.charter.title
    opened = min(each.date for each in register.releases.values() if not each.consultation)
    return feed(
        here,
        SIGNATORIES_FEED,
        name="signatories",
        title=f"{title}: signatories",
        link=addresses.REGISTER,
        about=f"Who signs the {title}, who signs again, and who withdraws.",
        entries=[_entry(event, register.releases[event.version], here, template) for event in newest],
        since=opened,
    )


def _events(registered: Registered) -> Iterator[_Event]:
    """Return what an organisation did, the newest first. It withdrew what it had signed last by then."""
    withdrawn = registered.signatory.withdrawn
    left = withdrawn.date if withdrawn and withdrawn.date >= registered.signed[0].date else ""
    found: list[_Event] = []
    times: Counter[str] = Counter()
    earlier: Signature | None = None

    def happened(does: str, version: str, date: str) -> None:
        marks = [does] * (does == WITHDREW) + [str(times[version])] * (times[version] > 1)
        mark = "".join(f" {each}" for each in marks)
        found.append(
            _Event(
                who=registered.signatory, version=version, date=date, does=does, mark=mark, earlier=earlier
            )
        )

    for each in registered.signed:
        if left and earlier and left < each.date:
            happened(WITHDREW, earlier.version, left)
            left = ""
        times[each.version] += 1
        happened(AGAIN if earlier else SIGNED, each.version, each.date)
        earlier = each
    if left and earlier:
        happened(WITHDREW, earlier.version, left)
    return reversed(found)


def _entry(event: _Event, release: Release, here: Site, template: jinja2.Template) -> dict[str, Any]:
    page = f"{here.address}{addresses.signatory_address(event.who.slug)}"
    version = f"{here.address}{addresses.version_address(release.version)}"
    actions = {SIGNED: f"signed version {release.version}", AGAIN: f"signed again: version {release.version}"}
    return entry(
        title=f"{event.who.name} {actions.get(event.does, event.does)}",
        link=page,
        content=template.render(
            event=event,
            who=event.who,
            withdrew=event.does == WITHDREW,
            release=release,
            day=day_in_words,
            page=page,
            version=version,
        ),
        date=event.date,
        id=id_of(release, f"signatory {(*event.who.formerly, event.who.slug)[0]}{event.mark}"),
        category=event.does,
    )
