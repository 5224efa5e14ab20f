"""Small charters, complete and valid, to change one thing in: as models, and as files."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from charterpress.model import (
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Interval,
    Principle,
    Reference,
    Release,
    Report,
    Reporting,
    Section,
    SectionShape,
    Signatory,
    Signature,
    Theme,
)
from charterpress.read import load
from charterpress.storage import atomic
from charterpress.text import markdown
from charterpress.versions import freeze

FIRST = "themes/moorings/moorings-first.md"
"""The file of make_charter()'s first principle."""
YEARLY = Reporting(every=Interval(months=12), grace=Interval(months=3))
"""A report each year, with three months to send it."""
SHAPES = (
    SectionShape(id="promises", heading="We promise to", binding=True, list=True),
    SectionShape(id="reasons", heading="Why it matters"),
)


def make_section(id="reasons", text="It does.", items=()) -> Section:
    """A section; with `items` the text is their list."""
    return Section(id=id, text=markdown.bullet_list(items) or text, items=tuple(items))


def make_principle(id="leave-room", **changes) -> Principle:
    """A principle with one promise, one reason and one behaviour; `changes` are fields of Principle."""
    words = id.replace("-", " ")
    principle = Principle(
        id=id,
        title=words.capitalize(),
        summary=f"How we {words}.",
        sections=(make_section("promises", items=(f"{words} every day.",)), make_section()),
        behaviours=(Behaviour(behaviour="Does it.", measure="It is seen.", support="It is taught."),),
        questions=("When did we last do it?",),
        sources=("The harbour book, page 4",),
    )
    return replace(principle, **changes)


def make_theme(id="moorings", principles=None, **changes) -> Theme:
    """A theme with two principles; `changes` are fields of Theme."""
    if principles is None:
        principles = (make_principle(f"{id}-first"), make_principle(f"{id}-second"))
    words = id.replace("-", " ").capitalize()
    theme = Theme(
        id=id,
        title=words,
        summary=f"{words} in one sentence.",
        text=f"{words}, to begin with.",
        principles=tuple(principles),
    )
    return replace(theme, **changes)


def make_charter(**changes) -> Charter:
    """A charter with two themes of two principles; `changes` are fields of Charter."""
    charter = Charter(
        title="Harbour Charter",
        summary="What those who share a harbour promise one another.",
        licence="CC-BY-4.0",
        preamble="A harbour is shared.",
        themes=(make_theme("moorings"), make_theme("tides")),
        sections=SHAPES,
        questions=("What did you see from the quay?",),
        signatory_kinds=("boat club", "ferry"),
    )
    return replace(charter, **changes)


def make_note(id="quay", **changes) -> ChangeNote:
    """A change note about one principle, as a release holds it; `changes` are fields of ChangeNote."""
    note = ChangeNote(
        id=id, principles=("moorings-first",), class_=Class.COMMITMENT, reason="The quay has grown."
    )
    return replace(note, **changes)


def make_release(previous: Release | None = None, charter: Charter | None = None, **changes) -> Release:
    """Version 1.0.0, or 1.1.0 after `previous`, with its bytes and digest; `changes` are fields of Release.
    Its charter has the paths that files in “charter” would have, and its principles their versions."""
    version = changes.get("version", "1.1.0" if previous else "1.0.0")
    release = Release(
        version=version,
        date="2024-12-01",
        class_=Class.GUIDANCE if previous else Class.COMMITMENT,
        found=changes.get("class_", Class.GUIDANCE if previous else Class.COMMITMENT),
        previous=Reference(version=previous.version, sha256=previous.sha256) if previous else None,
        notes=(make_note(),),
        charter=_placed(charter or make_charter(), version),
        path=f"charter/releases/{version}.json",
    )
    return freeze.with_digest(replace(release, **changes))


def _placed(charter: Charter, version: str) -> Charter:
    """`charter` as it stands in a release: with paths, and with the versions of its principles."""
    themes = tuple(
        replace(
            theme,
            path=f"charter/themes/{theme.id}/index.md",
            principles=tuple(
                replace(
                    each,
                    path=f"charter/themes/{theme.id}/{each.id}.md",
                    since=each.since or version,
                    changed=each.changed or version,
                )
                for each in theme.principles
            ),
        )
        for theme in charter.themes
    )
    return replace(charter, themes=themes, path="charter/charter.yml", preamble_path="charter/preamble.md")


def write_release(root: Path, release: Release, *, listed=True) -> Path:
    """Writes `release` into the charter's folder `root`, and its line into SHA256SUMS; gives its file."""
    path = root / "releases" / f"{release.version}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(release.data)
    if listed:
        with (path.parent / "SHA256SUMS").open("a", encoding="utf-8", newline="\n") as sums:
            sums.write(f"{release.sha256}  {path.name}\n")
    return path


def write_note(
    root: Path, *principles, id="note", class_="commitment", reason="The quay has grown.", **front
) -> Path:
    """Writes a change note about `principles`, with more front matter in `front`; gives its file."""
    words = _yaml({"principles": list(principles), "class": class_, **front})
    path = root / "changes" / f"{id}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{words}---\n{reason}\n", encoding="utf-8", newline="\n")
    return path


def reword(root: Path, old: str, new: str) -> None:
    """Rewords the first principle in the charter's folder `root`, and writes the note that says why."""
    path = root / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
    write_note(root, "moorings-first", class_="guidance")


def make_signatory(slug="quay-club", *signed: tuple[str, str], **changes) -> Signatory:
    """A boat club that signed each of `signed`, a version and a date (default: 1.0.0 on the day it came);
    `changes` are fields of Signatory."""
    signatory = Signatory(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        kind="boat club",
        area="The harbour",
        website=f"https://{slug}.example/",
        signed=tuple(
            Signature(version=version, date=date, role="Chair")
            for version, date in signed or (("1.0.0", "2024-12-01"),)
        ),
        path=f"charter/signatories/{slug}.yml",
    )
    return replace(signatory, **changes)


def write_signatory(root: Path, signatory: Signatory) -> Path:
    """Writes `signatory` into the charter's folder `root`; gives its file."""
    path = root / "signatories" / f"{signatory.slug}.yml"
    path.parent.mkdir(exist_ok=True)
    withdrawn = signatory.withdrawn
    values = _front(signatory, "name", "name_latin", "kind", "area", "website", "registration", "pledge")
    values |= _front(signatory, "formerly", "part_of")
    values["signed"] = [
        _given(version=s.version, date=s.date, role=s.role, link=s.link, language=s.language)
        for s in signatory.signed
    ]
    if signatory.signed_for or not signatory.signed:
        values["signed"] = ""
    values["reports"] = [_report(each) for each in signatory.reports]
    values["withdrawn"] = _given(date=withdrawn.date, note=withdrawn.note) if withdrawn else ""
    values |= _front(signatory, "succeeded_by", "distinct_from", "accepted")
    path.write_text(_yaml(_given(**values)), encoding="utf-8", newline="\n")
    return path


def _report(report: Report) -> dict:
    """A report as its entry has it."""
    days = {"from": report.start, "to": report.end}
    said = [_given(**asdict(each)) for each in report.principles]
    rest = _given(version=report.version, link=report.link, published=report.published)
    return days | rest | ({"principles": said} if said else {})


def make_report(start="2025-01-01", end="2025-12-31", **changes) -> Report:
    """A report on version 1.0.0, published a month after the year that it is about; `changes` are fields of
    Report."""
    report = Report(
        start=start,
        end=end,
        version="1.0.0",
        link="https://quay-club.example/report",
        published=f"{int(end[:4]) + 1}-01-31",
    )
    return replace(report, **changes)


def _given(**values) -> dict:
    return {key: value for key, value in values.items() if value != ""}


def release_draft(root: Path, date="2024-12-01", **options) -> Release:
    """Releases what lies in `root`, as `charter release` does; gives the release."""
    plan = freeze.plan_release(load(root, shown="charter"), date=date, **options)
    atomic.write_files(root, plan.writes, plan.removes, beside="releases")
    return plan.release


def write_charter(folder: Path, charter: Charter | None = None, **files: str) -> Path:
    """Writes `charter` (default: make_charter()) into `folder`/charter and gives that folder. `files` replace
    or add files by their path in it, with __ for / and _dot_ for a dot: themes__tides__index_dot_md="…"."""
    charter = charter or make_charter()
    root = folder / "charter"
    written = {"charter.yml": _yaml(_settings(charter)), "preamble.md": charter.preamble + "\n"}
    for theme in charter.themes:
        front = _front(theme, "title", "summary") | {"principles": [each.id for each in theme.principles]}
        written[f"themes/{theme.id}/index.md"] = f"---\n{_yaml(front)}---\n{theme.text}\n"
        for principle in theme.principles:
            written[f"themes/{theme.id}/{principle.id}.md"] = _principle(principle, charter.sections)
    written |= {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
    for name, text in written.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return root


def _front(part: object, *names: str) -> dict:
    """These fields of a part, as front matter has them."""
    values = {name: getattr(part, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _settings(charter: Charter) -> dict:
    shapes = [_front(shape, "id", "heading", "binding", "list") for shape in charter.sections]
    reporting = {"reporting": _reporting(charter.reporting)} if charter.reporting else {}
    parts = {"themes": [theme.id for theme in charter.themes], "sections": shapes}
    lists = _front(charter, "questions", "repair", "start_words", "signatory_kinds")
    owner = {"owner": charter.owner} if charter.owner else {}
    return _front(charter, "title", "summary", "licence") | owner | parts | lists | reporting


def _reporting(reporting: Reporting) -> dict:
    grace = {"grace": str(reporting.grace)} if reporting.grace else {}
    return {"every": str(reporting.every)} | grace


def _principle(principle: Principle, shapes: tuple[SectionShape, ...]) -> str:
    front = _front(principle, "title", "summary", "plain")
    front["behaviours"] = [_given(**asdict(each)) for each in principle.behaviours]
    front |= _front(principle, "questions", "sources", "formerly")
    headings = {shape.id: shape.heading for shape in shapes}
    body = "\n\n".join(f"## {headings[section.id]}\n\n{section.text}" for section in principle.sections)
    return f"---\n{_yaml(front)}---\n\n{body}\n"


def _yaml(values: dict) -> str:
    """Keys and values, each value on its line as JSON, which is YAML too; empty lists are left out."""
    lines = (
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items() if value != []
    )
    return "".join(lines)
