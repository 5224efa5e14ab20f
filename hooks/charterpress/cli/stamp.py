"""`charter stamp`: authorities outside are asked to say that each release exists today."""

from __future__ import annotations

import argparse
import os
from asyncio import gather, run, sleep
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.checks import RELEASE_RULES, report
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    command,
    disk_errors,
    only_errors,
    read_edition,
    use_colour,
)
from charterpress.cli.links import SITE
from charterpress.cli.progress import progress_message
from charterpress.cli.proofs import asked_authorities, proof_lines, utc_now
from charterpress.model import MAX_TIME_STAMP_BYTES, TimeStamp
from charterpress.model.errors import CharterError
from charterpress.proofs.authorities import root_certificates, root_file
from charterpress.proofs.time_stamps import Request, due_requests, prove
from charterpress.storage.atomic import exclusive_lock, write_files
from charterpress.text.escape import escape_lines
from charterpress.text.extras import missing_extra
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze

QUERY_TYPE = "application/timestamp-query"
"""The type of a request (RFC 3161, 3.4)."""


@command(
    N_("have authorities outside say that each version exists today, and again before that ends"),
    "charter stamp",
)
def stamp_command(options: argparse.Namespace, out: TextIO) -> int:
    """Ask for the time-stamps that are missing or end soon, and write those that came and were found good.
    Return 1 if one did not come, is faulty, or a release is not what was released."""
    source = Path(options.source)
    edition, now = read_edition(options), utc_now()
    if errors := only_errors(check_edition(edition, RELEASE_RULES)):
        out.write(report.format_text(errors, colour=use_colour(out, os.environ)))
        out.write(_("Nothing was asked for. Fix the errors above, then run “charter stamp” again.\n"))
        return EXIT_FINDINGS
    proofs = prove(edition, now)
    requests = due_requests(proofs, asked_authorities(), now)
    answers = _ask(requests)
    stamps = [each for _ignored, each in answers if isinstance(each, TimeStamp)]
    writes = {f"{freeze.PROOFS}/{each.name}": each.data for each in stamps}
    for each in (request.authority for request, answer in answers if isinstance(answer, TimeStamp)):
        writes[f"{freeze.PROOFS}/{each.id}.pem"] = root_file(each, edition.roots.get(each.id, b""))
    if writes:
        with disk_errors(_("no time-stamp was kept")), exclusive_lock(source):
            write_files(source, writes, beside=freeze.FOLDER)
    paths = sorted(escape_lines(f"{edition.root}/{path}") for path in writes)
    out.write("".join(f"  {_('wrote'):<7}  {path}\n" for path in paths))
    for request, answer in answers:
        if not isinstance(answer, TimeStamp):
            message = _("{name} gave no time-stamp of {file}: {reason}.\n")
            out.write(message.format(name=request.authority.name, file=request.stamp.stem, reason=answer))
    proofs = prove(replace(edition, time_stamps=(*edition.time_stamps, *stamps)), now) if writes else proofs
    out.write("".join(f"{line}\n" for line in proof_lines(proofs)))
    if writes:
        out.write(_("Commit these files together: the site shows them beside each version.\n"))
    faulty = any(each.fault for proof in proofs for each in proof.statements)
    return EXIT_FINDINGS if faulty or len(stamps) < len(requests) else EXIT_OK


def _ask(requests: Sequence[Request]) -> list[tuple[Request, TimeStamp | Exception]]:
    """The answers to `requests`: each authority is asked for one thing after the other, all at the same time.
    Raises CharterError without the packages that it takes."""
    if not requests:
        return []
    try:
        from charterpress.linkcheck.fetch import Client, Limits  # noqa: PLC0415 - it needs an extra
        from charterpress.linkcheck.guard import FetchError  # noqa: PLC0415 - as above
        from charterpress.proofs.tokens import StampError, read_token, request_for  # noqa: PLC0415 - as above
    except ImportError as error:
        raise CharterError(missing_extra("proofs", _("to ask for time-stamps"))) from error
    limits = Limits(seconds=30, page=MAX_TIME_STAMP_BYTES)
    queues: dict[str, list[Request]] = {}
    for each in requests:
        queues.setdefault(each.authority.id, []).append(each)

    async def ask(client: Client, queue: list[Request]) -> list[tuple[Request, TimeStamp | Exception]]:
        answers: list[tuple[Request, TimeStamp | Exception]] = []
        for each in queue:
            if answers:
                await sleep(each.authority.pause)
            query = request_for(each.data)
            try:
                answer = await client.post(each.authority.url, QUERY_TYPE, query.as_bytes())
                read_token(answer, each.data, root_certificates(each.authority).values(), nonce=query.nonce)
                answers.append((each, replace(each.stamp, data=answer)))
            except (FetchError, StampError) as problem:
                answers.append((each, problem))
        return answers

    async def ask_all() -> list[tuple[Request, TimeStamp | Exception]]:
        client = Client(site=os.environ.get(SITE, ""), limits=limits, accept="application/timestamp-reply")
        answers = await gather(*(ask(client, queue) for queue in queues.values()))
        return [each for queue in answers for each in queue]

    with progress_message(_("Asking for time-stamps")):
        return run(ask_all())
