"""`charter ci publish`: what is about to be published is built, and held against what is published."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from charterpress import forges
from charterpress.cli.check import verify_command
from charterpress.cli.ci.events import EVENT, MAX_EVENT_BYTES, event_data, event_option, forge_here
from charterpress.cli.ci.fetch import fetch_published
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    SOURCE,
    command,
    disk_errors,
    option,
    read_edition,
    read_file,
)
from charterpress.cli.links import SITE
from charterpress.forges.published import changed_digests
from charterpress.model.errors import UsageError
from charterpress.storage import git
from charterpress.storage.programs import run_program
from charterpress.versions import freeze
from charterpress.views.addresses import VERSIONS_SUMS

LIST = "addresses.txt"
"""The file of a published site that lists its addresses."""
GIVEN_UP = Path(".github/addresses-given-up.txt")
"""The addresses that are taken away on purpose."""
QUIET = "NO_MKDOCS_2_WARNING"
"""Set for Material, which announces its end of life at every build."""


@command(
    "build the site, and see that it changes no published version and loses no address",
    "charter ci publish --site site --site-url https://charter.org/",
    option("--site", default="site", metavar="DIR", help="where the site is built (default: site)"),
    option("--site-url", metavar="URL", help=f"the address that it will have (default: ${SITE})"),
    option("--new-address", action="store_true", help="nothing was ever published at this address"),
    event_option,
    option("--tag", action="store_true", help="build nothing; give a tag to every version without one"),
)
def publish_command(options: argparse.Namespace, out: TextIO) -> int:
    """Verify, compare with what is published, build and compare. Return 1 if anything forbids to publish."""
    if options.tag:
        return _tag(options, out)
    url = options.site_url or os.environ.get(SITE, "")
    forges.require_public_url(url)
    base = f"{url.rstrip('/')}/"
    if verify_command.run and (code := verify_command.run(_asked(options), out)):
        return code
    if faults := list(_tag_faults(options)):
        return _refuse(out, "The history was rewritten, or a tag was moved", faults)
    new = options.new_address or _chosen_new(options, out)
    addresses, sums, faults = _published(base, options, out, new=new)
    if faults:
        return _refuse(out, "What is published cannot be compared", faults)
    if not _build(options, url, out):
        return EXIT_FINDINGS
    site = Path(options.site)
    if faults := list(changed_digests(sums, lambda path: _digest(site / "versions" / path))):
        return _refuse(out, "A published version would change", faults)
    return _keep_addresses(site, addresses, out)


def _asked(options: argparse.Namespace) -> argparse.Namespace:
    return argparse.Namespace(source=options.source, format="text")


def _refuse(out: TextIO, what: str, faults: list[str]) -> int:
    out.write(f"{what}, so nothing is published:\n")
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
                yield f"the version {tag} has a tag, and {name} is missing"
        elif not git.is_ancestor(source, tag):
            yield f"the tag {tag} is not in the history of this branch"
        elif tagged != files[tag]:
            yield f"{name} is not what the tag {tag} has"


def _chosen_new(options: argparse.Namespace, out: TextIO) -> bool:
    """Whether whoever started the workflow by hand chose --new-address."""
    event = options.event or os.environ.get(EVENT)
    return bool(event) and forge_here(out).read_inputs(event_data(options)).get("new-address") == "true"


def _published(
    base: str, options: argparse.Namespace, out: TextIO, *, new: bool
) -> tuple[str, str, list[str]]:
    """The published addresses and digests, as they are listed; or why they cannot be had. A version with a
    tag was published: then there is a list, unless the site has moved."""
    source = Path(options.source)
    listed, why = fetch_published(base + LIST)
    if listed is None:
        tagged = [each.version for each in read_edition(options).releases if each.version in git.tags(source)]
        if not tagged or new:
            out.write(f"This is the first time that anything is published there: {why}.\n")
            return "", "", []
        moved = "if nothing was ever published at this address, say --new-address"
        return "", "", [f"{why}, and {', '.join(tagged)} was published: {moved}"]
    addresses = listed.decode(errors="replace")
    if VERSIONS_SUMS not in addresses.splitlines():
        return addresses, "", []
    sums, why = fetch_published(base + VERSIONS_SUMS)
    return addresses, (sums or b"").decode(errors="replace"), [] if sums else [why or "it is empty"]


def _build(options: argparse.Namespace, url: str, out: TextIO) -> bool:
    """Whether the site could be built; what was said of it is printed."""
    site = str(Path(options.site).resolve())
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site]
    done = run_program(build, environment={**os.environ, SITE: url, SOURCE: str(options.source), QUIET: "1"})
    out.write(done.out.decode(errors="replace") + done.err)
    return done.code == 0


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _keep_addresses(site: Path, before: str, out: TextIO) -> int:
    """Write the list of the site's addresses into it; return 1 if a published one would be lost."""
    if not (site / "index.html").is_file():
        raise UsageError(f"there is no built site in “{site}”")
    files = (path for path in site.rglob("*") if path.is_file())
    now = forges.site_addresses(path.relative_to(site).as_posix() for path in files)
    given_up = read_file(str(GIVEN_UP), MAX_EVENT_BYTES) if GIVEN_UP.is_file() else b""
    if lost := forges.lost_addresses(before, now, given_up.decode(errors="replace")):
        out.write("This site would lose addresses that were published, so it is not published:\n")
        out.write("".join(f"  {address}\n" for address in lost))
        out.write(f"Bring them back, or write those that go on purpose, with the reason, in {GIVEN_UP}.\n")
        return EXIT_FINDINGS
    with disk_errors():
        (site / LIST).write_text("".join(f"{each}\n" for each in now), encoding="utf-8", newline="\n")
    out.write(f"No address that was published is lost. There are {len(now):,}: upload what is in {site}.\n")
    return EXIT_OK


def _tag(options: argparse.Namespace, out: TextIO) -> int:
    """Tag each version without a tag at the commit that merged it: what is tagged is published."""
    source, forge = Path(options.source), forge_here(out)
    tags = git.tags(source)
    for release in read_edition(options).releases:
        commit = git.commit_adding(source, f"{freeze.FOLDER}/{release.version}.json")
        if release.version not in tags and commit:
            forge.tag(release.version, commit)
            out.write(f"{release.version} is published, and has its tag.\n")
    return EXIT_OK
