"""`charter letters`: a letter to each organisation of a kind, as files to send or a table to merge."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from charterpress.checks.checksums import all_intact
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    command,
    disk_errors,
    option,
    read_edition,
)
from charterpress.cli.letter_inputs import (
    Templates,
    links_seen,
    read_contact_file,
    read_sender,
    require_private,
    site_address,
)
from charterpress.cli.letter_report import TABLE, Run, letter_rows, report, shown_letters
from charterpress.cli.links import select_signatories
from charterpress.cli.progress import progress_message
from charterpress.hosts.configuration import SiteConfiguration, site_configuration
from charterpress.model import NO_CONTACT, LanguageStanding, Registered
from charterpress.model.errors import CharterError, UsageError
from charterpress.outputs.letters.merge_table import merge_table
from charterpress.outputs.letters.message import Attachment, Envelope, message_bytes
from charterpress.register.contacts import match_contacts
from charterpress.storage import atomic
from charterpress.text.interface import N_, use_language
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_clauses
from charterpress.views.edition_view import edition_view
from charterpress.views.languages import SiteLanguage
from charterpress.views.letter_kinds import KINDS
from charterpress.views.letter_languages import LetterLanguages
from charterpress.views.letters import LetterContext, LetterKind, select_recipients


@command(
    N_("write to the organisations that signed: a letter to each, as files to send or a table to merge"),
    "charter letters --contacts ../private.csv --to asked --dry-run",
    option(
        "slugs",
        metavar="SLUG",
        nargs="*",
        names_of="signatories",
        help=N_("only these organisations (default: all of that kind)"),
    ),
    option(
        "--to",
        choices=tuple(KINDS),
        required=True,
        help=lambda: join_clauses([f"{name}: {_(kind.about)}" for name, kind in KINDS.items()]),
    ),
    option(
        "--contacts", metavar="FILE", help=N_("a CSV file of addresses, which is never in the repository")
    ),
    option("--out", metavar="DIR", help=N_("the new folder to write to, outside the repository")),
    option("--format", choices=("eml", "csv"), default="eml", help=N_("e-mails (the default), or one table")),
    option("--dry-run", action="store_true", help=N_("show 3 letters, and write nothing")),
    option(
        "--sender",
        metavar="WHO",
        help=N_("who writes (default: contact in charter.yml)"),
    ),
    option("--site", metavar="URL", help=N_("the address of the charter's site (default: $SITE_URL)")),
    option("--since", metavar="DATE", help=N_("only those who signed or withdrew on that day or later")),
    option("--links", metavar="FILE", help=N_("what “charter links --format json” printed")),
    option("--date", metavar="DATE", help=N_("the date of the letters, as 2026-12-01 (default: now)")),
    option(
        "--show-template", action="store_true", help=N_("print the template of these letters, and no more")
    ),
)
def letters_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the letters. Return 0 if everybody of that kind gets one, 1 if somebody does not or a row of the
    contacts cannot be used. Raises UsageError or CharterError before anything is written."""
    kind = KINDS[options.to]
    if options.show_template:
        path, _ignored = Templates(options.to, kind, Path(options.source)).find("")
        out.write(path.read_text(encoding="utf-8"))
        return EXIT_OK
    with progress_message(_("Writing letters")):
        run, configuration = _prepare(options, kind)
        files = _csv(run) if options.format == "csv" else _messages(run, configuration, dry=options.dry_run)
    if options.dry_run:
        out.write(shown_letters(run))
    elif files:
        with disk_errors(_("nothing was written")):
            _write(Path(options.out), files)
    out.write(report(run, options))
    complete = len(run.reached) == len(run.recipients)
    faults = (*run.matches.faults, *run.contacts.faults, *run.invalid)
    return EXIT_OK if complete and not faults else EXIT_FINDINGS


def _prepare(options: argparse.Namespace, kind: LetterKind) -> tuple[Run, SiteConfiguration]:
    """Read and check all that is given. Raises UsageError and CharterError."""
    now, since = _moment(options.date), _day(options.since, "--since") if options.since else ""
    if kind.event and not options.slugs and not since:
        message = _("“--to {to}” is for once: name the organisations, or say --since 2026-12-01").format(
            to=options.to
        )
        raise UsageError(message)
    if since and not kind.event:
        raise UsageError(
            _("“--to {to}” takes no --since: it goes to everybody for whom it is true").format(to=options.to)
        )
    if not options.contacts:
        raise UsageError(_("where are the addresses? Name a file with --contacts FILE"))
    if not (options.dry_run or options.out):
        raise UsageError(_("say where to write them with --out DIR, or look at them first with --dry-run"))
    configuration = site_configuration(Path(options.source), os.environ)
    if options.out and not options.dry_run:
        _require_new(Path(options.out))
        require_private(Path(options.out), configuration, folder=True)
    contacts = read_contact_file(options.contacts, configuration)
    links = links_seen(options.links) if kind.checks_links else {}
    edition = read_edition(options)
    sender = read_sender(options.sender, edition.charter.contact if edition.charter else NO_CONTACT)
    if not all_intact(edition):
        raise CharterError(_("a release is not what was released: run “charter verify”"))
    signatories = select_signatories(edition, ())
    if options.slugs:  # unknown ones are refused
        select_signatories(edition, options.slugs)
    view = edition_view(replace(edition, signatories=signatories), now.date().isoformat())
    if view.register is None:
        raise UsageError(_("there is no version to sign yet, so nobody to write to"))
    context = LetterContext(
        view=view,
        register=view.register,
        site=site_address(options, configuration, edition),
        sender=sender,
        links=links,
    )
    recipients = select_recipients(kind, context, options.slugs, since)
    _require_kind(options.slugs, recipients, kind)
    whole = replace(edition, signatories=signatories)
    run = Run(
        languages=LetterLanguages(context, whole, now.date().isoformat()),
        kind=kind,
        name=options.to,
        context=context,
        recipients=recipients,
        contacts=contacts,
        matches=match_contacts(contacts.rows, edition.signatories),
        left_out=frozenset(each.slug for each in edition.signatories) - {each.slug for each in signatories},
        templates=Templates(
            options.to, kind, Path(options.source), edition.charter.language if edition.charter else ""
        ),
        now=now,
    )
    asked = (run.asked(each) for each in run.reached)
    for tag in ("", *(each.language for each in run.matches.contacts.values()), *asked):
        run.templates.read(tag)
    return run, configuration


def _require_kind(slugs: Sequence[str], recipients: Sequence[Registered], kind: LetterKind) -> None:
    chosen = {each.signatory.slug for each in recipients}
    if others := [slug for slug in slugs if slug not in chosen]:
        raise UsageError(
            _("{others}: not one of {about}").format(others=", ".join(others), about=_(kind.about))
        )


def _require_new(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(
            _("“{folder}” is there already: name a new folder, so that no letter is sent twice").format(
                folder=folder
            )
        )


def _moment(day: str | None) -> datetime:
    """The time of the letters: now, or noon of the `day`."""
    if not day:
        return datetime.now().astimezone().replace(microsecond=0)
    return datetime.combine(date.fromisoformat(_day(day, "--date")), time(12), UTC)


def _day(written: str, name: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as problem:
        raise UsageError(
            _("{name}: “{words}” is not a day; write it as 2026-12-01").format(name=name, words=written)
        ) from problem


# --- Letters -----------------------------------------------------------------------------------------


def _csv(run: Run) -> Mapping[str, bytes]:
    rows = letter_rows(run, run.reached)
    return {TABLE: merge_table(rows, tuple(run.kind.placeholders))} if rows else {}


def _messages(run: Run, configuration: SiteConfiguration, *, dry: bool) -> Mapping[str, bytes]:
    if dry:
        return {}
    attached = _attachments(run, configuration) if run.kind.attached and run.reached else {}
    context = run.context
    sender = (context.sender.name, context.sender.email)
    host = urlsplit(context.site).hostname or "localhost"
    files = {}
    for entry, row in zip(run.reached, letter_rows(run, run.reached), strict=True):
        contact = run.matches.contacts[row.slug]
        name = contact.name or entry.signatory.name
        key = (context.site, run.name, row.slug, entry.signature.version, run.now.date().isoformat())
        envelope = Envelope(
            sender=sender,
            reply_to=(sender[0], context.sender.answers or sender[1]),
            to=tuple((name, email) for email in contact.emails),
            date=run.now,
            key=(*key, context.register.current.version),
            host=host,
        )
        files[f"{row.slug}.eml"] = message_bytes(row.letter, envelope, attached.get(row.slug, ()))
    return files


def _attachments(run: Run, configuration: SiteConfiguration) -> Mapping[str, tuple[Attachment, ...]]:
    """The files that go with the letters, by slug."""
    from charterpress.hosts.letter_look import letter_look  # noqa: PLC0415 - slow, and for one kind of letter
    from charterpress.outputs.images.badge import drawing  # noqa: PLC0415 - as above
    from charterpress.outputs.letters.attachments import welcome_attachments  # noqa: PLC0415 - as above
    from charterpress.outputs.pdf.layout_words import courtesy_notice  # noqa: PLC0415 - as above

    found = letter_look(configuration)
    groups: dict[SiteLanguage, list[Registered]] = {}
    for entry in run.reached:
        tag = run.templates.language(run.asked(entry))
        groups.setdefault(run.languages.language(tag), []).append(entry)
    files: dict[str, tuple[Attachment, ...]] = {}
    for language, entries in groups.items():
        with use_language(language.page):
            context, cache = run.languages.context(language.tag), found.documents
            if not language.is_source:
                courtesy = language.standing == LanguageStanding.COURTESY
                notice = courtesy_notice(run.languages.source.tag, context.root) if courtesy else ""
                cache = cache.for_translation((language.tag,), notice)
            files |= welcome_attachments(
                context.register,
                [context.entry(each) for each in entries],
                site=context.site,
                draw=drawing(found.badge_fonts, found.look, found.badge_cache, language.tag),
                cache=cache,
            )
    return files


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new folder, all or none."""
    stage = atomic.stage_folder(folder)
    try:
        atomic.write_new_files(stage.new, files.items())
        atomic.replace_folder(stage)
    except BaseException:
        atomic.discard(stage)
        raise
