"""A signatory → its page: what it signed and when, its standing, its own words, and its badge to embed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from charterpress.model import Page, Registered, Standing
from charterpress.outputs.html.redirects import redirect
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories import badge_embed
from charterpress.outputs.html.signatories.register_pages import REGISTER_CRUMB
from charterpress.text.dates import day_in_words
from charterpress.views import addresses
from charterpress.views.addresses import certificate_address, signatory_address
from charterpress.views.signatories.register_view import RegisterView


def organisation_redirects(register: RegisterView) -> Iterator[Page]:
    """Yield the addresses that organisations had under other names: each leads to where it is now."""
    active = frozenset(each.signatory.slug for each in register.active)
    for each in register.entries:
        slug = each.signatory.slug
        for was in dict.fromkeys(each.signatory.formerly):
            yield redirect(signatory_address(was), signatory_address(slug))
            if slug in active:
                yield redirect(certificate_address(was), certificate_address(slug))


def organisation_pages(
    register: RegisterView, renderer: Renderer, *, site: str, certificates: bool
) -> Iterator[Page]:
    """Yield the page of everyone who ever signed. `site` is the address of the site, which ends in a slash,
    or ''; `certificates` says whether certificates are documents too."""
    template, title = renderer.template("signatory.html"), register.current.charter.title
    since: dict[tuple[str, Standing], Markup] = {}
    for each in register.entries:
        who, last = each.signatory, each.signature
        left = each.standing is Standing.WITHDRAWN
        key = (last.version, each.standing)
        if key not in since:
            since[key] = _since(register, renderer, each)
        at = signatory_address(who.slug)
        html = template.render(
            who=who,
            charter=title,
            last=last,
            signed=day_in_words(last.date),
            left=day_in_words(each.since) if left else "",
            since=since[key],
            signatures=[
                (each.version, day_in_words(each.date), each.role, each.link)
                for each in reversed(each.signed)
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
            breadcrumbs=(REGISTER_CRUMB,),
            footer=f"Signatories on {day_in_words(register.day)}",
            searched=False,
            indexed=not left,
        )


def indexed_addresses(register: RegisterView) -> list[str]:
    """Return the address of the page of everyone whose signature stands, by name: what search engines may
    find."""
    return [signatory_address(each.signatory.slug) for each in register.active]


def _description(entry: Registered, title: str) -> str:
    signed = f"{entry.signatory.name} signed version {entry.signature.version} of the {title}"
    if entry.standing is Standing.WITHDRAWN:
        return f"{signed}, and withdrew on {day_in_words(entry.since)}."
    return f"{signed} on {day_in_words(entry.signature.date)}."


def _since(register: RegisterView, renderer: Renderer, entry: Registered) -> Markup:
    """Return how the signed version differs from the current one: the same for everyone of that version and
    standing."""
    version = entry.signature.version
    here = signatory_address("-")
    return Markup(
        renderer.fragment(
            "changes_since_signed.html",
            standing=str(entry.standing),
            version=version,
            current=register.current.version,
            released=day_in_words(register.releases[register.current.version].date),
            home=addresses.relative(addresses.version_address(version), here),
            newest=addresses.relative(addresses.version_address(register.current.version), here),
            compare=addresses.relative(addresses.compare_address(version, register.current.version), here),
        )
    )
