"""The register → the pages to print: the list of who signed, and a certificate for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup, escape

from charterpress.model import Crumb, Page, Registered, Release
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.register_pages import REGISTER_CRUMB
from charterpress.outputs.images import qr_code
from charterpress.text.dates import day_in_words
from charterpress.views import addresses
from charterpress.views.labels import DIGEST_LENGTH
from charterpress.views.signatories import lists
from charterpress.views.signatories.lists import signed_label
from charterpress.views.signatories.register_view import RegisterView

LIST = "Signatories to print"
CERTIFICATE_FOOTER = "Certificate of signature"
"""The footer of a printed certificate."""


# --- The list ----------------------------------------------------------------------------------------


def print_list_pages(
    register: RegisterView, renderer: Renderer, *, digest: str, pdfs: bool
) -> Iterator[Page]:
    """Yield the list of signatories to print; where they are many, a title page and one page for each letter.
    `digest` is the SHA-256 digest of signatories.json; `pdfs` says whether the lists are documents too."""
    charter, active = register.current.charter, register.active
    volumes, documents = lists.letters(active), lists.volumes(active)
    shared: dict[str, Any] = {"register": register, "lists": lists, "digest": digest}
    footer = f"Signatories on {day_in_words(register.day)} · register {digest[:DIGEST_LENGTH]}"
    yield Page(
        address=addresses.REGISTER_PRINT,
        title=LIST,
        description=(
            f"Everyone who signed the {charter.title}, on {day_in_words(register.day)}: a list to print."
        ),
        html=renderer.page(
            "signatories_print.html",
            charter,
            addresses.REGISTER_PRINT,
            active=active,
            volumes=volumes,
            documents=documents,
            by_letter=None if volumes else _by_letter(active, addresses.REGISTER_PRINT),
            by_area=None if volumes else _by_area(active, addresses.REGISTER_PRINT),
            withdrawn=register.withdrawn,
            pdf=pdfs and bool(register.entries),
            **shared,
        ),
        kind="signatories-print",
        breadcrumbs=(REGISTER_CRUMB,),
        footer=footer,
        searched=False,
    )
    for volume in volumes:
        at = addresses.volume_address(volume.name)
        mine = [each for each in documents if each.name.split("-")[0] == volume.name] if pdfs else []
        yield Page(
            address=at,
            title=f"{LIST}: {volume.title}",
            description=(
                f"Those who signed the {charter.title}, on {day_in_words(register.day)}: {volume.title}."
            ),
            html=renderer.page(
                "signatories_print_letter.html",
                charter,
                at,
                volume=volume,
                documents=mine,
                by_letter=_by_letter(volume.entries, at),
                by_area=_by_area(volume.entries, at),
                **shared,
            ),
            kind="signatories-print",
            breadcrumbs=(REGISTER_CRUMB, Crumb(title=LIST, address=addresses.REGISTER_PRINT)),
            footer=footer,
            searched=False,
        )


def _by_letter(entries: Sequence[Registered], here: str) -> Markup:
    """The bodies of a table, one for each letter. Made here and not by a template: there may be thousands."""
    home = addresses.relative(addresses.REGISTER, here)
    return Markup("".join(_bodies(entries, home)))


def _bodies(entries: Sequence[Registered], home: str) -> Iterator[str]:
    for group in lists.by_letter(entries):
        title = escape(group.title)
        heading = f'<th colspan="4" scope="rowgroup">{title}</th>'
        yield f'<tbody><tr class="signatory-table__group">{heading}</tr>\n'
        for each in group.entries:
            who = each.signatory
            yield (
                f'<tr><th scope="row"><a href="{home}{who.slug}/"><bdi>{escape(who.name)}</bdi></a></th>'
                f"<td>{escape(who.kind)}, <bdi>{escape(who.area)}</bdi></td><td>{signed_label(each)}</td>"
                f"<td>{lists.STANDINGS[each.standing]}</td></tr>\n"
            )
        yield "</tbody>\n"


def _by_area(entries: Sequence[Registered], here: str) -> Markup:
    """The areas with the names of those who are active there, as sections."""
    home = addresses.relative(addresses.REGISTER, here)
    return Markup("".join(_areas(entries, home)))


def _areas(entries: Sequence[Registered], home: str) -> Iterator[str]:
    for group in lists.by_area(entries):
        yield (
            f"<h3><bdi>{escape(group.title)}</bdi> <span>{len(group.entries):,}</span></h3>\n"
            '<ul class="signatory-table__names">\n'
        )
        for each in group.entries:
            name = escape(each.signatory.name)
            yield f'<li><a href="{home}{each.signatory.slug}/"><bdi>{name}</bdi></a></li>\n'
        yield "</ul>\n"


# --- Certificates ------------------------------------------------------------------------------------


def certificate_pages(register: RegisterView, renderer: Renderer, *, site: str, pdfs: bool) -> Iterator[Page]:
    """Yield the certificate of everyone whose signature stands, as a page to print. `site` is the address of
    the site, which ends in a slash: without it there is no QR code. `pdfs` says whether there is a document
    too. The pages differ in address, title, description and words alone."""
    template = renderer.template("certificate.html")
    title, versions = register.current.charter.title, _version_facts(register.releases.values())
    for each in register.active:
        who, signature = each.signatory, each.signature
        page = f"{site}{addresses.signatory_address(who.slug)}"
        yield Page(
            address=addresses.certificate_address(who.slug),
            title=f"Certificate of {who.name}",
            description=f"{who.name} signed version {signature.version} of the {title}.",
            html=template.render(
                name=who.name,
                title=title,
                signature=signature,
                signed=day_in_words(signature.date),
                release=versions[signature.version],
                page=page if site else "",
                qr=qr_code.code(page) if site else None,
                pdf=pdfs,
            ),
            kind="certificate",
            breadcrumbs=(REGISTER_CRUMB,),
            footer=CERTIFICATE_FOOTER,
            searched=False,
            indexed=False,
        )


def _version_facts(releases: Iterable[Release]) -> dict[str, dict[str, str]]:
    """What a certificate shows of the signed version."""
    return {
        each.version: {
            "version": each.version,
            "title": each.charter.title,
            "date": day_in_words(each.date),
            "digest": each.sha256,
            "address": addresses.version_address(each.version),
        }
        for each in releases
    }
