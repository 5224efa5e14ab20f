"""Releases → for each the page on which anybody can see whether a file is what was released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from charterpress.model import Crumb, Page, Release, TimeStamp
from charterpress.outputs.data.releases import published_roots
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.version_pages import versions_crumb
from charterpress.proofs.copies import stated_time
from charterpress.proofs.digests import sha256, swhid
from charterpress.text.interface import gettext as _
from charterpress.text.languages import own_name
from charterpress.views import addresses
from charterpress.views.edition_view import EditionView
from charterpress.views.labels import release_footer, release_name, superseded_label


def check_pages(view: EditionView, renderer: Renderer) -> Iterator[Page]:
    """Yield a page for every release."""
    for release in view.history.releases:
        address = addresses.check_address(release.version)
        title = _("Check version {version} yourself").format(version=release.version)
        home = Crumb(title=release_name(release), address=addresses.version_address(release.version))
        yield Page(
            address=address,
            title=title,
            description=_("How to see whether a file is version {version}, to the byte.").format(
                version=release.version
            ),
            html=renderer.page(
                "check.html",
                release.charter,
                address,
                searched=False,
                files=list(_files(release, view)),
                stamps=list(_stamps(release, view)),
                release=release,
                own_name=own_name,
            ),
            kind="check",
            number=release.version,
            breadcrumbs=(versions_crumb(), home),
            footer=release_footer(release),
            header=superseded_label(release, view.history.current),
            searched=False,
        )


def _files(release: Release, view: EditionView) -> Iterator[dict[str, object]]:
    """The release, and the published translations of it, with no language and with theirs."""
    home = addresses.version_address(release.version)
    yield _file(f"{home}{addresses.CHARTER_JSON}", release.data, language="")
    for each in view.history.translations:
        if each.version == release.version:
            address = addresses.translation_address(each.version, each.language, each.revision)
            yield _file(address, each.data, language=each.language, revision=each.revision)


def _stamps(release: Release, view: EditionView) -> Iterator[dict[str, str]]:
    """The time-stamps of the release and of its translations as they are published: with each the command
    that checks it, and the root certificates of its authority, '' if they are not there."""
    own, edition = release.version, view.edition
    stamps = [each for each in edition.time_stamps if each.stem == own or each.stem.startswith(f"{own}.")]
    for each in stamps:
        roots = f"{each.authority}.pem"
        yield {
            "name": each.name,
            "address": addresses.proof_address(own, each.name),
            "command": _command(each, f"{each.stem[len(own) + 1 :] or 'charter'}.json", stamps),
            "root": roots,
            "root_address": addresses.proof_address(own, roots)
            if published_roots(edition, each.authority)
            else "",
        }


def _command(stamp: TimeStamp, file: str, stamps: Iterable[TimeStamp]) -> str:
    """What to type to check a time-stamp of `file`: one that renews others is of the file and all of them,
    and the certificates of one that was renewed had to hold until then."""
    own = [each for each in stamps if (each.stem, each.authority) == (stamp.stem, stamp.authority)]
    before = [each.name for each in own if each.number < stamp.number]
    joined = f"cat {' '.join((file, *before))} > both && " if before else ""
    renewal = next((stated_time(each.data) for each in own if each.number == stamp.number + 1), None)
    moment = f" -attime {renewal}" if renewal else ""
    root = f"-in {stamp.name} -CAfile {stamp.authority}.pem"
    return f"{joined}openssl ts -verify -data {'both' if before else file} {root}{moment}"


def _file(address: str, data: bytes, **more: object) -> dict[str, object]:
    """A frozen file as it is published: `path` is where SHA256SUMS lists it."""
    return {
        "name": address.rpartition("/")[2],
        "address": address,
        "path": address.removeprefix(addresses.VERSIONS),
        "size": len(data),
        "digest": sha256(data),
        "swhid": swhid(data),
        **more,
    }
