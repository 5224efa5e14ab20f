"""A signatory → its page: what it signed and when, its standing, its own words, and its badge to embed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from charterpress.model import Page, Registered, Standing
from charterpress.outputs.html.redirects import redirect
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.register_pages import REGISTER_CRUMB
from charterpress.outputs.images import badge
from charterpress.text.dates import day_in_words
from charterpress.views.addresses import certificate_address, signatory_address
from charterpress.views.signatories import RegisterView, seen_label


def organisation_redirects(register: RegisterView) -> Iterator[Page]:
    """Yield the addresses that organisations had under other names: each leads to where it is now."""
    active = frozenset(each.signatory.slug for each in register.active)
    for each in register.entries:
        slug = each.signatory.slug
        for was in dict.fromkeys(each.signatory.formerly):
            yield redirect(signatory_address(was), signatory_address(slug))
            if slug in active:
                yield redirect(certificate_address(was), certificate_address(slug))


def organisation_pages(register: RegisterView, renderer: Renderer, *, certificates: bool) -> Iterator[Page]:
    """Yield the page of everyone who ever signed. `certificates` says whether these are documents too."""
    template, title = renderer.templates.get_template("signatory.html"), register.current.charter.title
    since: dict[tuple[str, Standing], Markup] = {}
    for each in register.entries:
        who, version, left = each.signatory, each.signature.version, each.standing is Standing.WITHDRAWN
        key = (version, each.standing)
        if key not in since:  # how that version differs from the current one
            values = {"register": register, "version": version, "standing": str(each.standing)}
            since[key] = renderer.fragment("changes_since_signed.html", **values)
        signed = f"{who.name} signed version {version} of the {title}"
        address = signatory_address(who.slug)
        yield Page(
            address=address,
            title=who.name,
            description=f"{signed}, and {_left(each, register)} on {day_in_words(each.since)}."
            if left
            else f"{signed} on {day_in_words(each.signature.date)}.",
            html=template.render(
                entry=each,
                names=register.names,
                branches=register.branches.get(who.slug, ()),
                charter=title,
                since=since[key],
                said=signed,
                seen=seen_label(link) if (link := register.seen.get(who.slug)) and not left else "",
                page=f"{renderer.site}{address}" if renderer.site else "",
                codes=badge.embed_codes,
                height=badge.HEIGHT,
                certificates=certificates,
            ),
            source=who.path,
            kind="signatory",
            breadcrumbs=(REGISTER_CRUMB,),
            footer=f"Signatories on {day_in_words(register.day)}",
            searched=False,
            indexed=not left,
        )


def _left(entry: Registered, register: RegisterView) -> str:
    """What became of an organisation that withdrew, in words."""
    successor = register.names.get(entry.signatory.succeeded_by)
    return f"became part of {successor}" if successor else "withdrew"


def indexed_addresses(register: RegisterView) -> list[str]:
    """Return the address of the page of everyone whose signature stands, by name: what search engines may
    find."""
    return [signatory_address(each.signatory.slug) for each in register.active]
