"""The register → the feed of who signs and who withdraws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jinja2

from charterpress.model import Registered, Release, Signatory, Signature
from charterpress.outputs.feeds.atom import Site, atom_feed, feed_entry, permanent_id
from charterpress.views import addresses
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
    return atom_feed(
        here,
        addresses.SIGNATORIES_FEED,
        addresses.REGISTER,
        [_entry(event, register.releases[event.version], here, template) for event in newest],
        name="signatories",
        title="signatories",
        about=f"Who signs the {here.charter.title}, who signs again, and who withdraws.",
        since=min(each.date for each in register.releases.values() if not each.consultation),
    )


def _events(registered: Registered) -> Iterator[_Event]:
    """Return what an organisation did, the newest first. It withdrew what it had signed last by then."""
    withdrawn = registered.signatory.withdrawn
    left = withdrawn.date if withdrawn and withdrawn.date >= registered.signed[0].date else ""
    before = [each for each in registered.signed if not left or each.date <= left]
    events: list[_Event] = []
    times: Counter[str] = Counter()

    def add(does: str, version: str, date: str, earlier: Signature | None) -> None:
        marks = [does] * (does == WITHDREW) + [str(times[version])] * (times[version] > 1)
        mark = "".join(f" {each}" for each in marks)
        who = registered.signatory
        events.append(_Event(who=who, version=version, date=date, does=does, mark=mark, earlier=earlier))

    for earlier, each in zip((None, *registered.signed), registered.signed, strict=False):
        times[each.version] += 1
        add(AGAIN if earlier else SIGNED, each.version, each.date, earlier)
        if left and each is before[-1]:
            add(WITHDREW, each.version, left, each)
    return reversed(events)


def _entry(event: _Event, release: Release, here: Site, template: jinja2.Template) -> dict[str, Any]:
    who, page = event.who, f"{here.address}{addresses.signatory_address(event.who.slug)}"
    version = f"{here.address}{addresses.version_address(release.version)}"
    actions = {SIGNED: f"signed version {release.version}", AGAIN: f"signed again: version {release.version}"}
    return feed_entry(
        title=f"{who.name} {actions.get(event.does, event.does)}",
        link=page,
        content=template.render(event=event, who=who, release=release, page=page, version=version),
        date=event.date,
        id=permanent_id(release, f"signatory {(*who.formerly, who.slug)[0]}{event.mark}"),
        category=event.does,
    )
