"""The register → the files that machines and spreadsheets read: signatories.json and signatories.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from charterpress.model import Registered, Release, SeenLink, Standing
from charterpress.outputs.data.reports import ANSWER_COLUMNS, answer_rows, report_row, report_values
from charterpress.register import name_key
from charterpress.text.escape import escape_formula
from charterpress.text.interface import SOURCE, use_language
from charterpress.views.addresses import REGISTER_CSV, REGISTER_JSON, REGISTER_REPORTS
from charterpress.views.reports import ReportsView

FORMAT = "signatories-1"
"""What signatories.json says its form is, and the name of the schema that describes it."""
COLUMNS = (
    *("slug", "name", "name_latin", "kind", "area", "website", "registration"),
    *(
        "version",
        "signed",
        "role",
        "standing",
        "since",
        "first_signed",
        "part_of",
        "succeeded_by",
        "link_seen",
    ),
)
"""The columns of signatories.csv: `version`, `signed` and `role` are those of the signature that counts;
`link_seen` is the day on which the page that it names was last seen to link to what it signed."""


LANGUAGE = "language"
"""The column of the language that was signed, after these: it is there where a signature says it."""
REPORT_COLUMNS = ("report", "report_since", "report_due", "reported_to", "report_published", "report_link")
"""The last columns, of a charter that asks for reports: how far the report is due and since when, from when
the next one is, and the end, the publication and the address of the last report that was asked for."""


def register_files(
    current: Release,
    entries: Sequence[Registered],
    day: str,
    seen: Mapping[str, SeenLink] | None = None,
    reports: ReportsView | None = None,
) -> Mapping[str, bytes]:
    """What is published of the register on the day `day` (ISO), when `current` is the current version, by
    address. `seen` are the links that were seen on their pages, by slug, and `reports` what they report, None
    where nobody is asked to. The JSON is as schemas/signatories-1.schema.json describes it, with a line for
    each organisation, and in the order of English names whatever the language in use. Keys may be added; none
    is renamed or removed."""
    with use_language(SOURCE):
        entries = sorted(entries, key=lambda each: name_key(each.signatory))
    head: dict[str, object] = {
        "format": FORMAT,
        "charter": current.charter.title,
        "current": current.version,
        "as_of": day,
    }
    if reports and (asked := current.charter.reporting):
        head["reporting"] = {"every": str(asked.every), "grace": str(asked.grace) if asked.grace else None}
    head_lines = [f"  {_json(key)}: {_json(value)},\n" for key, value in head.items()]
    standing = {each.signatory.slug for each in entries if each.standing is not Standing.WITHDRAWN}
    links = {slug: link for slug, link in (seen or {}).items() if slug in standing}
    values = [
        _values(each, links.get(each.signatory.slug)) | (report_values(each, reports) if reports else {})
        for each in entries
    ]
    lines = ",\n".join([f"    {_json(each)}" for each in values])
    array = f"[\n{lines}\n  ]" if lines else "[]"
    document = f'{{\n{"".join(head_lines)}  "signatories": {array}\n}}\n'
    rows = [_row(each, links.get(each.signatory.slug)) for each in entries]
    columns: Sequence[str] = COLUMNS
    if any(each.signature.language for each in entries):
        columns, rows = (
            (*COLUMNS, LANGUAGE),
            [(*row, each.signature.language) for row, each in zip(rows, entries, strict=True)],
        )
    files = {REGISTER_JSON: document.encode()}
    if reports:
        columns = (*columns, *REPORT_COLUMNS)
        rows = [(*row, *report_row(each, reports)) for row, each in zip(rows, entries, strict=True)]
        files[REGISTER_REPORTS] = csv_table(ANSWER_COLUMNS, answer_rows(entries, reports))
    return files | {REGISTER_CSV: csv_table(columns, rows)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _values(entry: Registered, seen: SeenLink | None) -> dict[str, object]:
    """One organisation. Of one that withdrew neither its words nor its links are published."""
    signatory, left = entry.signatory, entry.standing is Standing.WITHDRAWN
    withdrawn = signatory.withdrawn
    return {
        "slug": signatory.slug,
        "name": signatory.name,
        "name_latin": signatory.name_latin or None,
        "kind": signatory.kind,
        "area": signatory.area,
        "website": None if left else signatory.website or None,
        "registration": signatory.registration or None,
        "pledge": None if left else signatory.pledge or None,
        "signed": [
            {
                "version": each.version,
                "date": each.date,
                "role": each.role,
                "link": None if left else each.link or None,
                **({"language": each.language} if each.language else {}),
            }
            for each in entry.signed
        ],
        "standing": str(entry.standing),
        "since": entry.since,
        "withdrawn": {"date": withdrawn.date, "note": withdrawn.note or None} if withdrawn else None,
        "part_of": signatory.part_of or None,
        "signed_for": signatory.signed_for,
        "succeeded_by": signatory.succeeded_by or None,
        "link_seen": {"version": seen.version, "date": seen.seen} if seen else None,
    }


def _row(entry: Registered, seen: SeenLink | None) -> tuple[str, ...]:
    signatory, last = entry.signatory, entry.signature
    return (
        *(signatory.slug, signatory.name, signatory.name_latin, signatory.kind, signatory.area),
        *("" if entry.standing is Standing.WITHDRAWN else signatory.website, signatory.registration),
        *(last.version, last.date, last.role, str(entry.standing), entry.since, entry.signed[0].date),
        *(signatory.part_of, signatory.succeeded_by, seen.seen if seen else ""),
    )


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table for a spreadsheet: RFC 4180, every cell quoted, formulas escaped, in UTF-8 with the byte order
    mark that spreadsheets look for."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(map(escape_formula, row) for row in rows)
    return table.getvalue().encode("utf-8-sig")
