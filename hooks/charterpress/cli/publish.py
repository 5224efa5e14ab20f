"""`charter publish`: what is about to be published is built, and compared with what is published."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from charterpress import forges
from charterpress.cli.build import build_website
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    command,
    disk_errors,
    option,
    read_edition,
    read_file,
)
from charterpress.cli.fetch import fetch_published
from charterpress.cli.links import SITE
from charterpress.cli.verify import verify_command
from charterpress.forges.published import changed_digests
from charterpress.hosts.configuration import site_configuration
from charterpress.model.errors import UsageError
from charterpress.storage import git
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.versions import freeze
from charterpress.views.addresses import VERSIONS_SUMS

LIST = "addresses.txt"
"""The file of a published site that lists its addresses."""
GIVEN_UP = Path(".github/addresses-given-up.txt")
"""The addresses that are taken away on purpose."""
MAX_GIVEN_UP = 1024 * 1024
MAX_NEW = 20
"""New addresses that are listed; of more, only the number is told."""

publication_options = (
    option("--site", default="site", metavar="DIR", help=N_("where the site is built (default: site)")),
    option(
        "--site-url",
        metavar="URL",
        help=N_("the address that it will have (default: $SITE_URL, else mkdocs.yml's)"),
    ),
    option("--new-address", action="store_true", help=N_("nothing was ever published at this address")),
)


@command(
    N_("build the site, compare it with what is published, and say what to upload; nothing is uploaded"),
    "charter publish --check --site-url https://charter.org/",
    option("--check", action="store_true", required=True, help=N_("do all that comes before uploading")),
    *publication_options,
)
def publish_command(options: argparse.Namespace, out: TextIO) -> int:
    """Do what a workflow does before it publishes. An address that does not answer may have a site."""
    return prepare_publication(options, out, new=options.new_address, must_answer=True)


def prepare_publication(options: argparse.Namespace, out: TextIO, *, new: bool, must_answer: bool) -> int:
    """Verify, compare with what is published, build and compare. Return 1 if anything forbids to publish.
    `new` says that nothing was ever published at this address; an address that nothing answers at is refused
    if it `must_answer`."""
    url = options.site_url or os.environ.get(SITE, "")
    url = url or site_configuration(Path(options.source), os.environ).address
    if not url:
        raise UsageError(
            _("where will the site be? Name its address with --site-url, or set {site}").format(site=SITE)
        )
    forges.require_public_url(url)
    source = Path(options.source)
    if git.first_added(source, freeze.FOLDER) is None and not git.history_fault(source, freeze.FOLDER):
        raise UsageError(
            _(
                "what is published is held against the history that git has, and there is none here: "
                "type git init, git add . and git commit"
            )
        )
    base = f"{url.rstrip('/')}/"
    if verify_command.run and (code := verify_command.run(_asked(options), out)):
        return code
    if faults := list(_tag_faults(options)):
        return _refuse(
            out, _("The history was rewritten, or a tag was moved, so nothing is published:\n"), faults
        )
    addresses, sums, faults = _published(base, options, out, new=new, must_answer=must_answer)
    if faults:
        return _refuse(out, _("What is published cannot be compared, so nothing is published:\n"), faults)
    if build_website(options, out, site_dir=options.site, site_url=url) is None:
        return EXIT_FINDINGS
    site = Path(options.site)
    if faults := list(changed_digests(sums, lambda path: _digest(site / "versions" / path))):
        return _refuse(out, _("A published version would change, so nothing is published:\n"), faults)
    return _keep_addresses(site, base, addresses.splitlines(), out)


def _asked(options: argparse.Namespace) -> argparse.Namespace:
    return argparse.Namespace(source=options.source, format="text", against=None)


def _refuse(out: TextIO, what: str, faults: list[str]) -> int:
    out.write(what)
    out.write("".join(f"  {each}\n" for each in faults))
    return EXIT_FINDINGS


def _tag_faults(options: argparse.Namespace) -> Iterator[str]:
    """Why a version's tag does not vouch for it: it is no ancestor, or has other bytes."""
    source = Path(options.source)
    files = {path.stem: path.read_bytes() for path in (source / freeze.FOLDER).glob("*.json")}
    for tag in sorted(git.tags(source)):
        name = f"{freeze.FOLDER}/{tag}.json"
        tagged = git.file_at(source, tag, name)
        if tag not in files:
            if tagged is not None:
                yield _("the version {tag} has a tag, and {name} is missing").format(tag=tag, name=name)
        elif not git.is_ancestor(source, tag):
            yield _("the tag {tag} is not in the history of this branch").format(tag=tag)
        elif tagged != files[tag]:
            yield _("{name} is not what the tag {tag} has").format(name=name, tag=tag)


def _published(
    base: str, options: argparse.Namespace, out: TextIO, *, new: bool, must_answer: bool
) -> tuple[str, str, list[str]]:
    """The published addresses and digests, as they are listed; or why they cannot be had. A version with a
    tag was published: then there is a list, unless the site has moved."""
    source = Path(options.source)
    listed = fetch_published(base + LIST)
    if listed.data is None or b"<" in listed.data:  # some hosts answer every address with a page
        why = listed.why or _("{address} is a page, and no list of addresses").format(address=base + LIST)
        tagged = [each.version for each in read_edition(options).releases if each.version in git.tags(source)]
        if new or not (tagged or (must_answer and not listed.answered)):
            out.write(_("This is the first time that anything is published there: {why}.\n").format(why=why))
            return "", "", []
        if tagged:
            fault = _(
                "{reason}, and {versions} was published: if nothing was ever published at this address, say "
                "--new-address"
            ).format(reason=why, versions=join_items(tagged))
        else:
            fault = _("{reason}: if nothing was ever published at this address, say --new-address").format(
                reason=why
            )
        return "", "", [fault]
    addresses = listed.data.decode(errors="replace")
    if VERSIONS_SUMS not in addresses.splitlines():
        return addresses, "", []
    sums = fetch_published(base + VERSIONS_SUMS)
    faults = [] if sums.data else [sums.why or _("{address} is empty").format(address=base + VERSIONS_SUMS)]
    return addresses, (sums.data or b"").decode(errors="replace"), faults


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _keep_addresses(site: Path, base: str, before: Sequence[str], out: TextIO) -> int:
    """Write the list of the site's addresses into it, and say what to upload to `base`; return 1 if one of
    those `before` would be lost."""
    if not (site / "index.html").is_file():
        raise UsageError(_("there is no built site in “{site}”").format(site=site))
    files = [path for path in site.rglob("*") if path.is_file() and path != site / LIST]
    now = forges.site_addresses(path.relative_to(site).as_posix() for path in files)
    given_up = read_file(str(GIVEN_UP), MAX_GIVEN_UP) if GIVEN_UP.is_file() else b""
    if lost := forges.lost_addresses("\n".join(before), now, given_up.decode(errors="replace")):
        out.write(_("This site would lose addresses that were published, so it is not published:\n"))
        out.write("".join(f"  {address}\n" for address in lost))
        out.write(
            _("Bring them back, or write those that go on purpose, with the reason, in {given_up}.\n").format(
                given_up=GIVEN_UP
            )
        )
        return EXIT_FINDINGS
    with disk_errors():
        (site / LIST).write_text("".join(f"{each}\n" for each in now), encoding="utf-8", newline="\n")
    size = sum(path.stat().st_size for path in files) / 1_000_000
    added = [each for each in now if each not in set(before)] if before else []
    out.write(_("No published version changes, and no address that was published is lost.\n"))
    message = ngettext(
        "Upload all that is in {site} to {address}: {count} file, {size} MB.\n",
        "Upload all that is in {site} to {address}: {count} files, {size} MB.\n",
        len(files) + 1,
    )
    count = number(len(files) + 1)
    out.write(message.format(site=site, address=base, count=count, size=f"{size:,.1f}"))
    if before:
        message = ngettext(
            "It has {count} address, {new} of them new.\n",
            "It has {count} addresses, {new} of them new.\n",
            len(now),
        )
        out.write(message.format(count=number(len(now)), new=number(len(added))))
    out.write("".join(f"  {each}\n" for each in added[:MAX_NEW]))
    if (more := len(added) - MAX_NEW) > 0:
        out.write(ngettext("  and {count} more\n", "  and {count} more\n", more).format(count=number(more)))
    return EXIT_OK
