"""The register → the pages to print: the list of who signed, and a certificate for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup, escape

from charterpress.model import Crumb, Page, Registered, Release
from charterpress.outputs.html.signatories.register_pages import ABOVE
from charterpress.outputs.images import qr_code
from charterpress.views import addresses
from charterpress.views.labels import DIGEST, Text, day
from charterpress.views.signatories import lists
from charterpress.views.signatories.register import Register

LIST = "Signatories to print"
CERTIFICATE = "Certificate of signature"
"""What stands at the foot of a printed certificate."""


# --- The list ----------------------------------------------------------------------------------------


def lists_to_print(of: Register, text: Text, *, digest: str, pdfs: bool) -> Iterator[Page]:
    """Yield the list of signatories to print; where they are many, a title page and one page for each letter.
    `digest` is the SHA-256 digest of signatories.json; `pdfs` says whether the lists are documents too."""
    charter, stand = of.current.charter, lists.standing(of)
    volumes, documents = lists.letters(stand), lists.volumes(stand)
    shared: dict[str, Any] = {"of": of, "lists": lists, "digest": digest}
    foot = f"Signatories on {day(of.day)} · register {digest[:DIGEST]}"
    yield Page(
        address=addresses.REGISTER_PRINT,
        title=LIST,
        description=f"Everyone who signed the {charter.title}, on {day(of.day)}: a list to print.",
        html=text.show(
            "signatories-print.html",
            charter,
            addresses.REGISTER_PRINT,
            stand=stand,
            volumes=volumes,
            documents=documents,
            by_letter=None if volumes else _by_letter(stand, addresses.REGISTER_PRINT),
            by_area=None if volumes else _by_area(stand, addresses.REGISTER_PRINT),
            withdrawn=lists.withdrawn(of),
            pdf=pdfs and bool(of.entries),
            **shared,
        ),
        kind="signatories-print",
        trail=(ABOVE,),
        foot=foot,
        searched=False,
    )
    for volume in volumes:
        at = addresses.volume_address(volume.name)
        mine = [each for each in documents if each.name.split("-")[0] == volume.name] if pdfs else []
        yield Page(
            address=at,
            title=f"{LIST}: {volume.title}",
            description=f"Those who signed the {charter.title}, on {day(of.day)}: {volume.title}.",
            html=text.show(
                "signatories-print-letter.html",
                charter,
                at,
                volume=volume,
                documents=mine,
                by_letter=_by_letter(volume.entries, at),
                by_area=_by_area(volume.entries, at),
                **shared,
            ),
            kind="signatories-print",
            trail=(ABOVE, Crumb(title=LIST, address=addresses.REGISTER_PRINT)),
            foot=foot,
            searched=False,
        )


def _by_letter(entries: Sequence[Registered], here: str) -> Markup:
    """The bodies of a table, one for each letter. Made here and not by a template: there may be thousands."""
    home = addresses.relative(addresses.REGISTER, here)
    return Markup("".join(_bodies(entries, home)))


def _bodies(entries: Sequence[Registered], home: str) -> Iterator[str]:
    for group in lists.by_letter(entries):
        title = escape(group.title)
        yield f'<tbody><tr class="roll__group"><th colspan="4" scope="rowgroup">{title}</th></tr>\n'
        for each in group.entries:
            who = each.signatory
            yield (
                f'<tr><th scope="row"><a href="{home}{who.slug}/"><bdi>{escape(who.name)}</bdi></a></th>'
                f"<td>{escape(who.kind)}, <bdi>{escape(who.area)}</bdi></td><td>{lists.signed(each)}</td>"
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
            '<ul class="roll__names">\n'
        )
        for each in group.entries:
            name = escape(each.signatory.name)
            yield f'<li><a href="{home}{each.signatory.slug}/"><bdi>{name}</bdi></a></li>\n'
        yield "</ul>\n"


# --- Certificates ------------------------------------------------------------------------------------


def certificates(of: Register, text: Text, *, site: str, pdfs: bool) -> Iterator[Page]:
    """Yield the certificate of everyone who stands by a signature, as a page to print. `site` is where the
    site stands, ending in a slash: without it there is no QR code. `pdfs` says whether there is a document
    too. The pages differ in address, title, description and words alone."""
    template = text.template("certificate.html")
    title, shared = of.current.charter.title, _versions(of.releases.values())
    for each in lists.standing(of):
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
                signed=day(signature.date),
                release=shared[signature.version],
                page=page if site else "",
                qr=qr_code.code(page) if site else None,
                pdf=pdfs,
            ),
            kind="certificate",
            trail=(ABOVE,),
            foot=CERTIFICATE,
            searched=False,
            indexed=False,
        )


def _versions(releases: Iterable[Release]) -> dict[str, dict[str, str]]:
    """What a certificate tells of the version that was signed."""
    return {
        each.version: {
            "version": each.version,
            "title": each.charter.title,
            "date": day(each.date),
            "digest": each.sha256,
            "address": addresses.version_address(each.version),
        }
        for each in releases
    }
