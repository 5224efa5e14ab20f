"""A signatory → its page: what it signed and when, its standing, its own words, and its badge to embed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from charterpress.model import Page, Registered, Standing
from charterpress.outputs.html.redirects import redirect
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.register_pages import register_crumb
from charterpress.outputs.images import badge
from charterpress.text.dates import day_in_words
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language, use_language
from charterpress.text.languages import own_name, primary_language
from charterpress.views.addresses import badge_address, certificate_address, signatory_address
from charterpress.views.signatories import RegisterView, seen_label
from charterpress.views.signed_text import SignedText


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
    here = primary_language(language())
    since: dict[tuple[str, Standing], Markup] = {}
    for each in register.entries:
        who, version, left = each.signatory, each.signature.version, each.standing is Standing.WITHDRAWN
        key = (version, each.standing)
        if key not in since:  # how that version differs from the current one
            values = {"register": register, "version": version, "standing": str(each.standing)}
            since[key] = renderer.fragment("changes_since_signed.html", **values)
        text = register.signed_text(each)
        with use_language(text.page):
            # Translators: what the picture of a signatory's badge says in words.
            said = _("{name} signed version {version} of the {title}")
        signed = said.format(name=who.name, version=version, title=text.title)
        address = signatory_address(who.slug)
        yield Page(
            address=address,
            title=who.name,
            description=_description(each, register),
            html=template.render(
                entry=each,
                names=register.names,
                branches=register.branches.get(who.slug, ()),
                charter=title,
                digest=register.releases[version].sha256,
                listed=register.listed.get(who.slug, ""),
                since=since[key],
                said=signed,
                seen=seen_label(link) if (link := register.seen.get(who.slug)) and not left else "",
                said_in="" if primary_language(text.tag or language()) == here else text.tag,
                codes=_embed_codes(address, who.slug, text, signed, renderer),
                height=badge.HEIGHT,
                certificates=certificates,
                own_name=own_name,
            ),
            source=who.path,
            kind="signatory",
            breadcrumbs=(register_crumb(),),
            footer=_("Signatories on {day}").format(day=day_in_words(register.day)),
            searched=False,
            indexed=not left,
        )


def _embed_codes(
    address: str, slug: str, text: SignedText, said: str, renderer: Renderer
) -> tuple[tuple[str, str], ...]:
    """How to show the badge elsewhere, as a link to the page in the language that was signed; nothing where
    the site's address is unknown. The badge itself is at one address, whatever was signed."""
    if not renderer.site:
        return ()
    if not text.tag:
        page = f"{renderer.site}{address}"
        return badge.embed_codes(page, f"{page}badge.svg", said)
    root = renderer.site.removesuffix(renderer.prefix)
    page, image = f"{root}{text.prefix}{address}", f"{root}{badge_address(slug)}"
    return badge.embed_codes(page, image, said, text.tag)


def _description(entry: Registered, register: RegisterView) -> str:
    """What an organisation signed, and what became of it if it withdrew, in a sentence."""
    successor = register.names.get(entry.signatory.succeeded_by)
    if entry.standing is not Standing.WITHDRAWN:
        said = _("{name} signed version {version} of the {title} on {day}.")
    elif successor:
        said = _("{name} signed version {version} of the {title}, and became part of {successor} on {left}.")
    else:
        said = _("{name} signed version {version} of the {title}, and withdrew on {left}.")
    return said.format(
        name=entry.signatory.name,
        version=entry.signature.version,
        title=register.current.charter.title,
        day=day_in_words(entry.signature.date),
        successor=successor,
        left=day_in_words(entry.since),
    )


def indexed_addresses(register: RegisterView) -> list[str]:
    """Return the address of the page of everyone whose signature stands, by name: what search engines may
    find."""
    return [signatory_address(each.signatory.slug) for each in register.active]
