"""`charter build` and `charter serve`: the charter's website, without anything but the package."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, SOURCE, command, option
from charterpress.cli.links import SITE
from charterpress.model.errors import UsageError
from charterpress.text.escape import escape_controls, escape_lines
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

ADDRESS = re.compile(
    r"(\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"
)
"""A host, or its number, and a port."""
QUIET = "NO_MKDOCS_2_WARNING"
"""Set for Material, which announces its end of life at every build: decision 1 is our answer."""


@command(
    N_("build the website; what is wrong is listed, and a site that was there before is left as it was"),
    "charter build --site-url https://charter.org/",
    option("--site-dir", metavar="DIR", help=N_("where to build it (default: site, beside mkdocs.yml)")),
    option(
        "--site-url",
        metavar="URL",
        help=N_("the address that it will have (default: $SITE_URL, else mkdocs.yml's)"),
    ),
    option("--no-strict", action="store_true", help=N_("build it even if there are warnings")),
)
def build_command(options: argparse.Namespace, out: TextIO) -> int:
    """Build the website. Exit 1 if it was refused. Raises UsageError without a mkdocs.yml."""
    folder = build_website(
        options,
        sys.stderr,
        site_dir=options.site_dir,
        site_url=options.site_url or os.environ.get(SITE),
        strict=not options.no_strict,
    )
    if folder is None:
        return EXIT_FINDINGS
    message = _("The website is in {folder}: open {page}.\n")
    page = _shown(folder / "index.html")
    out.write(message.format(folder=escape_controls(_shown(folder)), page=page))
    return EXIT_OK


def build_website(
    options: argparse.Namespace,
    log: TextIO,
    *,
    site_dir: str | None,
    site_url: str | None,
    strict: bool = True,
) -> Path | None:
    """Build the website of the charter that `options` names, and return its folder; None if it was refused.
    What is wrong goes to `log`. Raises UsageError without a mkdocs.yml."""
    from charterpress.hosts import build  # noqa: PLC0415 - it imports MkDocs, which no other command waits for

    os.environ[QUIET] = "1"
    if site_dir is not None and not site_dir.strip():
        raise UsageError(_("--site-dir needs the name of a folder"))
    if site_url and not re.match(r"https?://[^/\s]", site_url):
        raise UsageError(
            _("the site's address must begin with https://, not “{site_url}”").format(site_url=site_url)
        )
    folder = build.build_site(
        build.find_configuration(*_starts(options)),
        lambda line: log.write(f"{escape_lines(line)}\n"),
        source=_source(options),
        site_dir=Path(site_dir).resolve() if site_dir else None,
        site_url=site_url or None,
        strict=strict,
    )
    if folder is None:
        log.write(_("The website was not built.\n"))
    return folder


@command(
    N_("show the website on this computer, and build it again after every change"),
    "charter serve --address 127.0.0.1:8001",
    option("--address", metavar="HOST:PORT", help=N_("where to show it (default: 127.0.0.1:8000)")),
)
def serve_command(options: argparse.Namespace, out: TextIO) -> int:
    """Serve the website until Ctrl and C are pressed. Raises UsageError without a mkdocs.yml."""
    from charterpress.hosts import build  # noqa: PLC0415 - it imports MkDocs, which no other command waits for

    os.environ[QUIET] = "1"
    if options.address is not None and not ADDRESS.fullmatch(options.address):
        raise UsageError(_("--address takes a host and a port below 65536, such as --address 127.0.0.1:8001"))

    def say(line: str) -> None:
        out.write(f"{escape_lines(line)}\n")
        out.flush()

    configuration = build.find_configuration(*_starts(options))
    build.serve_site(configuration, say, source=_source(options), address=options.address)
    return EXIT_OK


def _starts(options: argparse.Namespace) -> tuple[Path, ...]:
    """Where to look for mkdocs.yml: where the command is typed, and beside a charter that it names."""
    source = _source(options)
    return (Path.cwd(), source) if source else (Path.cwd(),)


def _source(options: argparse.Namespace) -> Path | None:
    """The charter's folder where the command line or the environment names one; mkdocs.yml does otherwise."""
    named = str(options.source)
    return Path(named).resolve() if named != "charter" or os.environ.get(SOURCE) else None


def _shown(path: Path) -> str:
    """A path as it is shorter: below the working folder, or whole."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
