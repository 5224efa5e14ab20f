"""The register → the pages to print: the list of who signed, and a certificate for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from charterpress.model import Crumb, Page, Registered
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.register_pages import register_crumb
from charterpress.outputs.html.signatories.report_parts import standing_label
from charterpress.outputs.images import qr_code
from charterpress.register import listed_names
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.views import addresses, signatories
from charterpress.views.labels import DIGEST_LENGTH, digest_groups
from charterpress.views.reports import last_report
from charterpress.views.signatories import RegisterView, signed_day, signed_label

LIST = N_("Signatories to print")
CERTIFICATE_FOOTER = N_("Certificate of signature")
"""The footer of a printed certificate."""


# --- The list ----------------------------------------------------------------------------------------


def print_list_pages(
    register: RegisterView, renderer: Renderer, *, digest: str, pdfs: bool
) -> Iterator[Page]:
    """Yield the list of signatories to print; where they are many, a title page and one page for each letter.
    `digest` is the SHA-256 digest of signatories.json; `pdfs` says whether the lists are documents too."""
    charter, active, day = register.current.charter, register.active, day_in_words(register.day)
    letters, volumes = signatories.letters(active), signatories.volumes(active)

    # Any: what each template is given, as `renderer.page` takes it.
    def page(template: str, here: str, entries: Sequence[Registered], **values: Any) -> str:  # noqa: ANN401
        home = addresses.relative(addresses.REGISTER, here)
        return renderer.page(
            template,
            charter,
            here,
            register=register,
            lists=signatories,
            digest=digest,
            by_letter=Markup("".join(_by_letter(entries, home, register))),
            by_area=Markup("".join(_by_area(entries, home))),
            **values,
        )

    list_page = Page(
        address=addresses.REGISTER_PRINT,
        title=_(LIST),
        description=_("Everyone who signed the {title}, on {day}: a list to print.").format(
            title=charter.title, day=day
        ),
        html=page(
            "signatories_print.html",
            addresses.REGISTER_PRINT,
            () if letters else active,
            active=active,
            volumes=letters,
            documents=volumes,
            withdrawn=register.withdrawn,
            pdf=pdfs and bool(register.entries),
        ),
        kind="signatories-print",
        breadcrumbs=(register_crumb(),),
        footer=_("Signatories on {day} · register {digest}").format(day=day, digest=digest[:DIGEST_LENGTH]),
        searched=False,
    )
    yield list_page
    for letter in letters:
        address = addresses.volume_address(letter.name)
        own = [each for each in volumes if each.name.split("-")[0] == letter.name] if pdfs else []
        template = "signatories_print_letter.html"
        yield replace(
            list_page,
            address=address,
            title=f"{_(LIST)}: {letter.title}",
            description=_("Those who signed the {title}, on {day}: {part}.").format(
                title=charter.title, day=day, part=letter.title
            ),
            html=page(template, address, letter.entries, volume=letter, documents=own),
            breadcrumbs=(register_crumb(), Crumb(title=_(LIST), address=addresses.REGISTER_PRINT)),
        )


def _by_letter(entries: Sequence[Registered], home: str, register: RegisterView) -> Iterator[str]:
    """The bodies of a table, one for each letter. Made here and not by a template: there may be thousands."""
    seen, reports = register.seen, register.reports
    for group in signatories.by_letter(entries):
        heading = f'<th colspan="4" scope="rowgroup">{escape(group.title)}</th>'
        yield f'<tbody><tr class="signatory-table__group">{heading}</tr>\n'
        for each in group.entries:
            who = each.signatory
            standing = signatories.standing_name(each.standing)
            if reports:
                standing = join_items((standing, standing_label(reports.standing(each), reports.words)))
            # The name that it is sorted by comes first.
            first, other = listed_names(who)
            where = join_items((escape(who.kind), Markup("<bdi>{}</bdi>").format(who.area)))
            second = f" (<bdi>{escape(other)}</bdi>)" if other else ""
            yield (
                f'<tr><th scope="row"><a href="{home}{who.slug}/"><bdi>{escape(first)}</bdi></a>{second}</th>'
                f"<td>{where}</td>"
                f"<td>{signed_label(each, seen)}</td><td>{standing}</td></tr>\n"
            )
        yield "</tbody>\n"


def _by_area(entries: Sequence[Registered], home: str) -> Iterator[str]:
    """The areas with the names of those who are active there, as sections."""
    for group in signatories.by_area(entries):
        yield f"<h3><bdi>{escape(group.title)}</bdi> <span>{number(len(group.entries))}</span></h3>\n"
        yield '<ul class="signatory-table__names">\n'
        for each in group.entries:
            name = escape(each.signatory.name)
            yield f'<li><a href="{home}{each.signatory.slug}/"><bdi>{name}</bdi></a></li>\n'
        yield "</ul>\n"


# --- Certificates ------------------------------------------------------------------------------------


def certificate_pages(register: RegisterView, renderer: Renderer, *, pdfs: bool) -> Iterator[Page]:
    """Yield the certificate of everyone whose signature stands, as a page to print; without the address of
    the site it has no QR code. `pdfs` says whether it is a document too. The pages differ in address, title,
    description and words alone."""
    template, title = renderer.templates.get_template("certificate.html"), register.current.charter.title
    for each in register.active:
        who, signature = each.signatory, each.signature
        release = register.releases[signature.version]
        page = f"{renderer.site}{addresses.signatory_address(who.slug)}"
        yield Page(
            address=addresses.certificate_address(who.slug),
            title=_("Certificate of {name}").format(name=who.name),
            description=_("{name} signed version {version} of the {title}.").format(
                name=who.name, version=signature.version, title=title
            ),
            html=template.render(
                name=who.name,
                title=title,
                signature=signature,
                signed_on=signed_day(signature),
                release=release,
                report=last_report(each, register.reports),
                digest=digest_groups(release.sha256),
                page=page if renderer.site else "",
                check=f"{renderer.site}{addresses.check_address(release.version)}" if renderer.site else "",
                qr=qr_code.code(page) if renderer.site else None,
                pdf=pdfs,
            ),
            kind="certificate",
            breadcrumbs=(register_crumb(),),
            footer=_(CERTIFICATE_FOOTER),
            searched=False,
            indexed=False,
        )
