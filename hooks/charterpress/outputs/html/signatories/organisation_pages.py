"""A signatory → its page: what it signed and when, how it stands, its own words, and its badge to embed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from charterpress.model import Page, Registered, Standing
from charterpress.outputs.html.redirects import leading
from charterpress.outputs.html.signatories import badge_embed
from charterpress.outputs.html.signatories.register_pages import ABOVE
from charterpress.views import addresses
from charterpress.views.addresses import certificate_address, signatory_address
from charterpress.views.labels import Text, day
from charterpress.views.signatories import lists
from charterpress.views.signatories.register import Register


def former(of: Register) -> Iterator[Page]:
    """Yield the addresses that organisations had under other names: each leads to where it is now."""
    standing = frozenset(each.signatory.slug for each in lists.standing(of))
    for each in of.entries:
        slug = each.signatory.slug
        for was in dict.fromkeys(each.signatory.formerly):
            yield leading(signatory_address(was), signatory_address(slug))
            if slug in standing:
                yield leading(certificate_address(was), certificate_address(slug))


def pages(of: Register, text: Text, *, site: str, certificates: bool) -> Iterator[Page]:
    """Yield the page of everyone who ever signed. `site` is where the site stands, ending in a slash, or '';
    `certificates` says whether certificates are documents too."""
    template, title = text.template("signatory.html"), of.current.charter.title
    since: dict[tuple[str, Standing], Markup] = {}
    for each in of.entries:
        who, last = each.signatory, each.signature
        left = each.standing is Standing.WITHDRAWN
        key = (last.version, each.standing)
        if key not in since:
            since[key] = _since(of, text, each)
        at = signatory_address(who.slug)
        html = template.render(
            who=who,
            charter=title,
            last=last,
            signed=day(last.date),
            left=day(each.since) if left else "",
            since=since[key],
            signatures=[
                (each.version, day(each.date), each.role, each.link) for each in reversed(each.signed)
            ],
            several=len(each.signed) > 1,
            said=f"{who.name} signed version {last.version} of the {title}",
            page=f"{site}{at}" if site else "",
            codes=badge_embed.codes,
            height=badge_embed.HEIGHT,
            certificates=certificates,
        )
        yield Page(
            address=at,
            title=who.name,
            description=_description(each, title),
            html=html,
            source=who.path,
            kind="signatory",
            trail=(ABOVE,),
            foot=f"Signatories on {day(of.day)}",
            searched=False,
            indexed=not left,
        )


def _description(entry: Registered, title: str) -> str:
    signed = f"{entry.signatory.name} signed version {entry.signature.version} of the {title}"
    if entry.standing is Standing.WITHDRAWN:
        return f"{signed}, and withdrew on {day(entry.since)}."
    return f"{signed} on {day(entry.signature.date)}."


def _since(of: Register, text: Text, entry: Registered) -> Markup:
    """Return how the version that was signed stands to the current one: the same for all who stand alike."""
    version = entry.signature.version
    here = signatory_address("-")
    return Markup(
        text.part(
            "since.html",
            standing=str(entry.standing),
            version=version,
            current=of.current.version,
            released=day(of.releases[of.current.version].date),
            home=addresses.relative(addresses.version_address(version), here),
            newest=addresses.relative(addresses.version_address(of.current.version), here),
            compare=addresses.relative(addresses.compare_address(version, of.current.version), here),
        )
    )
