"""The register → the feed of who signs, who signs again, and who withdraws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import jinja2

from charterpress.model import Registered, Release, Signatory, Signature
from charterpress.outputs.feeds.atom import FeedSite, atom_feed, feed_entry
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.views import addresses
from charterpress.views.signatories import RegisterView

LATEST = 100
"""How many signatures and withdrawals the feed has: readers fetch it often and keep earlier entries.
Everybody is in signatories.json."""
SIGNED, AGAIN, WITHDREW = "signed", "signed again", "withdrew"
"""What an organisation did, as programs read it."""
_TITLES = {
    SIGNED: N_("{name} signed version {version}"),
    AGAIN: N_("{name} signed again: version {version}"),
    WITHDREW: N_("{name} withdrew"),
}


class _Event(NamedTuple):
    """That an organisation signed a version, or withdrew its signature under it, on a day. `mark` tells it
    from other events of the same organisation and version; `earlier` is the signature before it, if any."""

    who: Signatory
    version: str
    date: str
    does: str
    mark: str
    earlier: Signature | None


def signatories_feed(
    register: RegisterView, here: FeedSite, template: jinja2.Template, digest: str = ""
) -> bytes:
    """Return the feed of the newest signatures and withdrawals; `template` is that of an entry, and `digest`
    that of signatories.json, '' if it is not known."""
    about = _("Who signs the {charter}, who signs again, and who withdraws.")
    if digest:
        about += " " + _("The SHA-256 digest of signatories.json, as of {day}: {digest}.")
    events = (event for each in register.entries for event in _events(each))
    newest = sorted(events, key=lambda event: event.date, reverse=True)[:LATEST]
    return atom_feed(
        here,
        addresses.SIGNATORIES_FEED,
        addresses.REGISTER,
        [_entry(event, register.releases[event.version], here, template) for event in newest],
        name="signatories",
        title=_("{charter}: signatories").format(charter=here.charter.title),
        about=about.format(charter=here.charter.title, day=day_in_words(register.day), digest=digest),
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


def _entry(event: _Event, release: Release, here: FeedSite, template: jinja2.Template) -> dict[str, Any]:
    who, page = event.who, f"{here.address}{addresses.signatory_address(event.who.slug)}"
    version = f"{here.address}{addresses.version_address(release.version)}"
    title = _(_TITLES[event.does]).format(name=who.name, version=release.version)
    content = template.render(event=event, who=who, release=release, page=page, version=version)
    return feed_entry(
        title=here.directed(title),
        link=page,
        content=here.directed_html(content),
        date=event.date,
        id=here.permanent_id(release, f"signatory {(*who.formerly, who.slug)[0]}{event.mark}"),
        category=event.does,
    )
