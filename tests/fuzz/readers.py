"""The readers of what comes from outside, in one table: how each is called with bytes, valid bytes to begin
with, and what has to hold of its answer."""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ada_url import URL
from markdown_it import MarkdownIt

import loops
from builders import make_signatory, release_draft, write_charter, write_note, write_signatory
from charterpress import forges
from charterpress.checks import check, report
from charterpress.cli.verdicts import FORMATS, Report
from charterpress.editing import amend
from charterpress.editing.sign_up import intake as sign_up
from charterpress.forges import changed_files as judged
from charterpress.forges.github import events
from charterpress.linkcheck import site_address as addresses
from charterpress.linkcheck.decompress import decompress
from charterpress.linkcheck.fetch import CHARSET, Robots
from charterpress.linkcheck.guard import FetchError
from charterpress.linkcheck.page import Page, TooDeepError
from charterpress.linkcheck.page import visible_links as links_of
from charterpress.model import Document, Edition, Finding, Mapping, Node, Scalar, Sequence, Severity
from charterpress.model.errors import CharterError
from charterpress.read import load
from charterpress.text import markdown
from charterpress.text.written_dates import read_date
from charterpress.versions import freeze

TESTS = Path(__file__).resolve().parents[1]
PAYLOADS = TESTS / "payloads"
EXAMPLE = TESTS / "example" / "brambleford" / "signatories"
HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""The categories of characters that act in a terminal, or hide."""
SHOWN = "charter"
SUMS = f"{freeze.FOLDER}/{freeze.SUMS}"
PRINCIPLE = "themes/moorings/moorings-first.md"
SIGNATORY = "signatories/quay-club.yml"
SITE = addresses.charter_site("https://harbour.example/charter/", ("1.0.0", "1.1.0"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where readers work: a folder of their own, the charter in it, and that charter as it is read."""

    folder: Path
    root: Path
    edition: Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """One reader. `read` is given the place and the bytes; `holds` is given the place, the bytes and the
    answer, and asserts. `seeds` are bytes that it takes, and `file` is one in the charter that it reads, ''
    for none."""

    name: str
    read: Callable[[Place, bytes], object]
    holds: Callable[[Place, bytes, Any], None]
    seeds: tuple[bytes, ...] = ()
    file: str = ""


def place(folder: Path) -> Place:
    """A charter in `folder` with a release, a change note, an erratum and a signatory."""
    root = write_charter(folder)
    write_note(root, "moorings-first", "moorings-second", "tides-first", "tides-second", "preamble")
    release_draft(root, first=True)
    write_note(root, "moorings-first", class_="guidance")
    write_signatory(root, make_signatory())
    (root / "errata").mkdir()
    (root / "errata/1.0.0.md").write_text("In *Moorings first*, “do” is “does”.\n", encoding="utf-8")
    return Place(folder=folder, root=root, edition=_loaded(root))


def _loaded(root: Path) -> Edition:
    # What a text was made of is kept from one call to the next, which would hide what it costs.
    markdown.parse_blocks.cache_clear()
    markdown.plain_text.cache_clear()
    return replace(load(root, shown=SHOWN), today="2026-12-31")


# --- The files of a charter --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A charter with one file in it that was made, and what the check says of it."""

    path: str
    edition: Edition
    findings: tuple[Finding, ...]


def _checked(inside: str, here: Place, data: bytes) -> Checked:
    """The charter with `data` as the file `inside`, which is then as it was before."""
    path = here.root / inside
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        edition = _loaded(here.root)
        findings = check(edition)
        report.format_text(findings, edition.charter)
        return Checked(path=f"{SHOWN}/{inside}", edition=edition, findings=findings)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def _is_told(here: Place, data: bytes, found: Any) -> None:
    """Every finding says where and what, in every format, and what was taken is as it stands in the file."""
    for each in found.findings:
        assert min(len(words.strip()) for words in (each.path, each.message, each.fix)) > 0, each
        assert (each.line >= 1, each.column >= 0) == (True, True), each
    said = report.format_text(found.findings, found.edition.charter)
    assert not [letter for letter in said if unicodedata.category(letter) in HIDDEN and letter != "\n"]
    document = json.loads(report.format_json(found.findings))
    omitted = sum(each["count"] for each in document["left_out"])
    assert len(document["findings"]) + omitted == len(found.findings)
    said = report.format_annotations(found.findings, found.edition.charter, touched=frozenset())
    commands = [line.split(" ")[0] for line in said.split("\n") if line.startswith("::")]
    assert set(commands) <= {"::error", "::warning", "::notice"}
    document = found.edition.document(found.path)
    if document and document.front is not None and len(data) < 10_000:
        for scalar in _scalars(document.front):
            _is_source(document, scalar)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from (*_scalars(key), *_scalars(value))


def _is_source(document: Document, scalar: Scalar) -> None:
    """A value without quotation marks is the letters that stand in the file, whatever YAML would make of
    them: 1.10, NO, ~, 0x1F, 2026-12-01. What cannot be seen is left out of it, and a rule of its own says so;
    so only lines without such are compared."""
    source = "".join(document.lines[scalar.line - 1 : scalar.line])[scalar.column - 1 :]
    if scalar.value and source[:1] not in ("'", '"', "|", ">", "&", "!", "*", "?", "-"):
        first = scalar.value.split("\n", 1)[0].split(" ", 1)[0]
        if first.isascii() and source.isascii() and source.isprintable():
            assert source.startswith(first), (scalar, source)


def _released(here: Place, data: bytes) -> Checked:
    """The charter with `data` as its release, listed with the digest of these very bytes."""
    sums = here.root / SUMS
    before = sums.read_bytes()
    sums.write_bytes(f"{hashlib.sha256(data).hexdigest()}  1.0.0.json\n".encode())
    try:
        return _checked("releases/1.0.0.json", here, data)
    finally:
        sums.write_bytes(before)


def _is_release(here: Place, data: bytes, found: Any) -> None:
    """A release without a fault is, byte for byte, what the tool writes of it."""
    _is_told(here, data, found)
    wrong = {each.rule for each in found.findings if each.path.endswith("1.0.0.json")}
    for release in found.edition.releases:
        assert release.data == data
        assert (freeze.release_bytes(release) == data) == ("release-form" not in wrong)
    assert bool(found.edition.releases) == ("release-unreadable" not in wrong) or "file-size" in wrong


# --- Forms -------------------------------------------------------------------------------------------


read_date("1 März 2027")  # the names of months are read once, whatever form comes first


def _form(kind: str, here: Place, data: bytes) -> Report:
    reading = sign_up.read_forms(data, kind=kind)
    verdicts = sign_up.judge_forms(here.edition, reading.forms[:20])
    told = Report(root=SHOWN, reading=reading, verdicts=verdicts, dry=True, posted=True)
    for write in FORMATS.values():
        write(told)
    return told


def _is_verdict(here: Place, data: bytes, found: Any) -> None:
    """Something is always said; a file that would be written has no error in it, and no other path."""
    if isinstance(found, CharterError):
        return
    assert isinstance(found, Report)
    assert found.reading.forms or found.reading.reasons
    for verdict in found.verdicts:
        held = (sign_up.Outcome.REFUSED, sign_up.Outcome.ASKED)
        assert (verdict.outcome in held) == bool(verdict.reasons)
        assert bool(verdict.data) == (verdict.outcome in sign_up.WRITTEN)
        assert verdict.path.count("/") <= 1
        if verdict.data:
            path = here.root / verdict.path
            before = path.read_bytes() if path.exists() else None
            path.write_bytes(verdict.data)
            try:
                edition = _loaded(here.root)
            finally:
                path.unlink() if before is None else path.write_bytes(before)
            entry = next(each for each in edition.signatories if each.slug == verdict.slug)
            wrong = [each for each in check(edition) if each.path == entry.path]
            assert [each.rule for each in wrong if each.severity is Severity.ERROR] == []
            assert (entry.name, entry.website) == (verdict.values["name"], verdict.values["website"])
            if verdict.outcome is sign_up.Outcome.NEW:
                assert entry.pledge == verdict.values.get("pledge", "")


# --- What an organisation asks to change -------------------------------------------------------------

_EDITS: tuple[tuple[tuple[str | int, ...], object], ...] = (
    (("area",), "Pier: 1.10 # and NO"),
    (("registration",), "GB-CHC-1234567"),
    (("signed", 1), {"version": "1.0.0", "date": "2026-05-01", "role": "Chair"}),
    (("signed", 0, "role"), "Treasurer"),
    (
        ("reports", 0),
        {"from": "2026-01-01", "to": "2026-03-31", "version": "1.0.0", "published": "2026-04-01"},
    ),
    (("withdrawn",), {"date": "2026-06-01", "note": "It's closed."}),
    (("pledge",), None),
)


def _amended(here: Place, data: bytes) -> list[bytes]:
    """The entry `data` with each of several edits, where it can be edited; else nothing."""
    path = here.root / SIGNATORY
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        edition = _loaded(here.root)
    finally:
        path.write_bytes(before)
    document = edition.document(f"{SHOWN}/{SIGNATORY}")
    signatory = next((each for each in edition.signatories if each.path == f"{SHOWN}/{SIGNATORY}"), None)
    if document is None or signatory is None:
        return []
    entry = amend.Entry(signatory=signatory, document=document, data=data)
    made = []
    for edit in _EDITS:
        try:
            changed = amend.draft_amendment(edition, entry, [edit])  # type: ignore[list-item] # a table of edits
        except CharterError:
            continue
        made += list(changed.writes.values())
    return made


def _is_kept(here: Place, data: bytes, found: Any) -> None:
    """What comes out of an edit can be read, and most of what stood there stands there still."""
    for made in found:
        answer = _checked(SIGNATORY, here, made)
        document = answer.edition.document(answer.path)
        assert document
        assert document.front is not None
        assert document.faults == ()
        kept = [line for line in data.split(b"\n") if line and line in made]
        assert len(kept) >= len([line for line in data.split(b"\n") if line]) - 6


# --- What the host of the charter says ---------------------------------------------------------------

_COMMIT = "a" * 40
_RUN = (PAYLOADS / "workflow_run.completed.json").read_bytes()


def _event(here: Place, data: bytes) -> list[object]:
    """What is made of a payload, by every reader of one; None where it says no."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: events.read_proposal(data),
        lambda: events.read_proposal(_RUN, data),
        lambda: events.read_issue_event(data),
        lambda: events.find_earlier(data, "what this changes"),
        lambda: events.preview_url(data, "owner/name", _COMMIT),
    )
    found: list[object] = []
    for read in readers:
        try:
            found.append(read())
        except forges.EventError:
            found.append(None)
    return found


def _is_safe_to_say(here: Place, data: bytes, found: Any) -> None:
    """What goes on into a command or an address is made of letters that are known."""
    for each in found:
        if isinstance(each, forges.Proposal):
            assert set(each.base + each.head) <= set("0123456789abcdef")
            assert each.number > 0
        if isinstance(each, forges.Issue):
            assert each.number > 0
            assert "\0" not in each.body
        if isinstance(each, str):
            assert each == "" or each.startswith("https://github.com/owner/name/actions/runs/")


def _touched(here: Place, data: bytes) -> tuple[Finding, ...]:
    """What is said of files that have the lines of `data` for names."""
    names = data.decode(errors="surrogateescape").split("\n")
    modes = ("100644", "100755", judged.LINK, judged.SUBMODULE, judged.GONE)
    touched = [
        forges.ChangedFile(
            path=name, mode=modes[at % 5], before=modes[at % 3], size=len(data), start=data[:40]
        )
        for at, name in enumerate(names)
    ]
    found = forges.check_changed_files(touched, "charter", names[:5])
    forges.comment_body(forges.CommentContent(outcome=["Said."], changes="", findings=found))
    return found


def _is_quiet(here: Place, data: bytes, found: Any) -> None:
    """The comment fits, and no word of a name acts in it."""
    said = forges.comment_body(forges.CommentContent(outcome=["Said."], changes="", findings=found))
    assert len(said) <= forges.MAX_COMMENT
    assert "\x1b" not in said
    parts = [part for block in MarkdownIt().parse(said) for part in (block, *(block.children or ()))]
    assert [part for part in parts if part.type in {"link_open", "image"}] == []
    assert [part for part in parts if part.type.startswith("html")] == []


# --- Pages of signatories ----------------------------------------------------------------------------


def _page(here: Place, data: bytes) -> tuple[str, ...]:
    """The links of a page; its first line is what the server says of its type."""
    kind, _, body = data.partition(b"\n")
    charset = CHARSET.search(kind.decode("latin-1"))
    page = Page(address="https://quay-club.example/a/", body=body, charset=charset[1] if charset else "")
    try:
        return links_of(page)
    except TooDeepError:
        return ()


def _are_addresses(here: Place, data: bytes, found: Any) -> None:
    """Every link is a whole address, which says where it leads or that it leads nowhere of ours."""
    for each in found:
        url = addresses.parse_url(each)
        assert isinstance(url, URL)
        assert addresses.linked_version(SITE, url) in (None, "", "1.0.0", "1.1.0")


def _robots(here: Place, data: bytes) -> tuple[bool, ...]:
    rules = Robots(data.decode("utf-8", errors="replace"))
    asked = ("", "a/b.html?c=d", "a" * 200, "%2a%24/$*")
    return tuple(rules.allow(f"https://quay-club.example/{each}") for each in asked)


def _are_verdicts(here: Place, data: bytes, found: Any) -> None:
    assert {type(each) for each in found} == {bool}


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 4096):
        yield data[start : start + 4096]


def _body(here: Place, data: bytes) -> bytes:
    """A body as it was sent; its first line is the Content-Encoding."""
    encoding, _, sent = data.partition(b"\n")
    try:
        return loops.run(decompress(_pieces(sent), encoding.decode("latin-1"), 2_000_000))
    except FetchError:
        return b""


def _is_bounded(here: Place, data: bytes, found: Any) -> None:
    """However small what was sent, what comes out is not larger than was asked for."""
    assert len(found) <= 2_000_000


def _address(here: Place, data: bytes) -> tuple[str, ...]:
    """Where an address in a redirect leads, and where it may be asked for."""
    found = []
    for base in (None, "https://quay-club.example/a/b?c#d"):
        url = addresses.parse_url(data.decode("latin-1"), base)
        if url is not None:
            addresses.linked_version(SITE, url)
            found.append(addresses.url_host(url))
    return tuple(found)


def _are_hosts(here: Place, data: bytes, found: Any) -> None:
    """A host has no letters in it that end it."""
    assert not set("".join(found)) & set("/?#@\\ \r\n\0")


# --- The table ---------------------------------------------------------------------------------------


def _seed(name: str) -> bytes:
    return (Path(__file__).parent / "seeds" / name).read_bytes()


_LETTER, _PAGE = _seed("letter.txt"), _seed("page.html")
_ANSWERS = [line.split(b": ", 1) for line in _LETTER.splitlines()]
_MAIL = b"From: a@pier-club.example\nContent-Type: text/plain; charset=utf-8\n\n" + _LETTER
_FORMS = {
    "issue": b"\n".join(b"### " + label + b"\n\n" + answer + b"\n" for label, answer in _ANSWERS),
    "mail": _LETTER,
    "csv": b"\n".join(b",".join(row) for row in zip(*_ANSWERS, strict=True)) + b"\n",
}
_REPORTS = b"""reports:
  - from: 2026-04-01
    to: 2026-09-30
    version: 1.0.0
    link: https://q.example/report
    published: 2026-10-01
    principles:
      - principle: leave-room
        answer: in part
        words: In winter.
        evidence: https://q.example/rope
"""
_ENTRIES = (
    _seed("entry.yml").replace(b"\n", b"\r\n"),
    _seed("entry.yml").rstrip(b"\n") + b"\n" + _REPORTS,
    b"{name: Quay Club, kind: boat club, area: A, website: 'https://q.example/', signed: []}\n",
)
_GZIP, _BOMB = (b"gzip\n" + gzip.compress(data, mtime=0) for data in (_PAGE * 40, bytes(8_000_000)))


def _of_charter(name: str, inside: str, *seeds: bytes) -> Reader:
    return Reader(name=name, file=inside, seeds=seeds, read=partial(_checked, inside), holds=_is_told)


def _payloads(*names: str) -> tuple[bytes, ...]:
    return tuple((PAYLOADS / f"{name}.json").read_bytes() for name in names)


READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        _of_charter("settings", "charter.yml"),
        _of_charter("preamble", "preamble.md"),
        _of_charter("theme", "themes/moorings/index.md"),
        _of_charter("principle", PRINCIPLE, _seed("principle.md")),
        _of_charter("change-note", "changes/note.md"),
        _of_charter("erratum", "errata/1.0.0.md"),
        _of_charter("signatory", SIGNATORY, (EXAMPLE / "1848-commoners-plots.yml").read_bytes()),
        _of_charter("sums", SUMS),
        _of_charter("read-me", "README.md", b"# Words for editors\n"),
        Reader(name="release", file="releases/1.0.0.json", read=_released, holds=_is_release),
        *(
            Reader(name=f"form-{kind}", seeds=(seed,), read=partial(_form, kind), holds=_is_verdict)
            for kind, seed in _FORMS.items()
        ),
        Reader(name="form", seeds=(*_FORMS.values(), _MAIL), read=partial(_form, ""), holds=_is_verdict),
        Reader(name="amend", file=SIGNATORY, seeds=_ENTRIES, read=_amended, holds=_is_kept),
        Reader(
            name="event",
            seeds=_payloads("pull_request.opened", "issues.opened", "pulls", "artifacts"),
            read=_event,
            holds=_is_safe_to_say,
        ),
        Reader(name="touched", seeds=(b"charter/a.md\ndocs/b.md",), read=_touched, holds=_is_quiet),
        Reader(name="page", seeds=(_PAGE,), read=_page, holds=_are_addresses),
        Reader(name="robots", seeds=(_seed("robots.txt"),), read=_robots, holds=_are_verdicts),
        Reader(name="body", seeds=(_GZIP, _BOMB, b"\nplain"), read=_body, holds=_is_bounded),
        Reader(
            name="address", seeds=(b"//harbour.example:443/charter/%2e/",), read=_address, holds=_are_hosts
        ),
    )
}
"""Every reader, by its name. That of a saved self-assessment runs in a browser, and is tested there."""


def seeds(reader: Reader, here: Place) -> tuple[bytes, ...]:
    own = ((here.root / reader.file).read_bytes(),) if (here.root / reader.file).is_file() else ()
    return (*own, *reader.seeds)
