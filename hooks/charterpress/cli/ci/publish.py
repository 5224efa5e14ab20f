"""`charter ci publish`: what is about to be published is built and compared; what is published is tagged."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TextIO

from charterpress.cli.ci.events import EVENT, event_data, event_option, forge_here
from charterpress.cli.command import EXIT_OK, command, option, read_edition
from charterpress.cli.publish import prepare_publication, publication_options
from charterpress.storage import git
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze


@command(
    N_("build the site, and see that it changes no published version and loses no address"),
    "charter ci publish --site site --site-url https://charter.org/",
    *publication_options,
    event_option,
    option("--tag", action="store_true", help=N_("build nothing; give a tag to every version without one")),
)
def publish_command(options: argparse.Namespace, out: TextIO) -> int:
    """Do what `charter publish --check` does, or tag. A name may not resolve before the first publication."""
    if options.tag:
        return _tag(options, out)
    new = options.new_address or _chosen_new(options, out)
    return prepare_publication(options, out, new=new, must_answer=False)


def _chosen_new(options: argparse.Namespace, out: TextIO) -> bool:
    """Whether whoever started the workflow by hand chose --new-address."""
    event = options.event or os.environ.get(EVENT)
    return bool(event) and forge_here(out).read_inputs(event_data(options)).get("new-address") == "true"


def _tag(options: argparse.Namespace, out: TextIO) -> int:
    """Tag each version without a tag at the commit that merged it: what is tagged is published."""
    source, forge = Path(options.source), forge_here(out)
    tags = git.tags(source)
    for release in read_edition(options).releases:
        commit = git.commit_adding(source, f"{freeze.FOLDER}/{release.version}.json")
        if release.version not in tags and commit:
            out.write(
                _("{version} was taken in at {commit}, which gets its tag.\n").format(
                    version=release.version, commit=commit
                )
            )
            forge.tag(release.version, commit)
    return EXIT_OK
