"""The recorded verdicts → a charter in which every payload stands in every field that takes it, and its site.

Its first release was forged: whatever no rule reads stands in it. The second was made of what the check
accepts, by the command; so is the draft, and those who signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from builders import (
    SHAPES,
    make_charter,
    make_note,
    make_principle,
    make_release,
    make_section,
    make_signatory,
    make_theme,
    write_charter,
    write_note,
    write_release,
    write_signatory,
)
from charterpress.cli import main
from charterpress.model import Behaviour, ChangeNote, Charter, Principle, Signatory, Signature, Withdrawal
from charterpress.text.folding import is_latin
from charterpress.text.slugs import name_slug
from hostile import corpus

TURNS = 12
"""So many charters hold all payloads, each in every field: a charter of them all takes minutes to print.
Most fields that hold many payloads side by side have all of them in every turn."""
SHARES = 4
"""The register and the questions hold one payload of so many in each turn: a sheet is printed for each."""
PER_THEME = 8
PAYLOADS = corpus.PAYLOADS
FORGED = corpus.RELEASED
DRAFT = {field: field for field in FORGED}
"""Where the words of a charter stand, by the field whose verdict says whether a payload can: the draft's own,
or that of a release."""
EVERY = 8
"""Of so many principles one is changed again in the draft."""
_ANSWERS = corpus.answers()
_NAME = next(field for field in corpus.FIELDS if field.id == "signatory.name")


UNPRINTED = ("entity-fullwidth", "sheet-fullwidth", "address-dotted")
PRINTED = ("letters-cyrillic", "letters-greek", "letters-no-break")
"""The check lets some letters into a charter’s words that a release, which is printed, refuses: no font has
them. Of the payloads made of letters alone only these can be printed."""


def takes(field: str, payload: corpus.Payload) -> bool:
    """Whether `payload` can stand in `field`."""
    unprinted = payload.id in UNPRINTED or (payload.id.startswith("letters-") and payload.id not in PRINTED)
    if unprinted and not field.startswith(("signatory.", "erratum.")):
        return False
    return corpus.is_accepted(_ANSWERS[payload.id, field])


def texts(field: str) -> list[str]:
    return [corpus.written(each.text) for each in PAYLOADS if takes(field, each)]


# The rules for an organisation's words hold for its kind too.
KINDS = tuple(
    each.text
    for each in PAYLOADS
    if takes("charter.signatory_kinds.0", each) and takes("signatory.pledge", each)
)
"""The kinds of organisation that the charter knows."""


def write(folder: Path, turn: int = 0) -> Path:
    """Writes that charter into `folder`/charter and gives it. A field that a charter has once, such as its
    title, holds the payload whose turn it is; principles have one of the turn’s each, and signatories one."""
    first, second = _charter(FORGED, turn), _charter(DRAFT, turn, shift=3)
    root = write_charter(folder, second)
    write_release(root, make_release(charter=first, notes=_notes(FORGED, turn)))
    _write_notes(root, _notes(DRAFT, turn))
    write_note(root, "charter", "preamble", *(theme.id for theme in second.themes), id="all")
    if code := main(["--source", str(root), "release", "--date", "2025-01-01"]):
        raise RuntimeError(f"the release ended with {code}")
    third = _charter(DRAFT, turn, shift=7)
    moved = {each.id: each for _, each in third.principles() if int(each.id[1:]) % EVERY == 0}
    themes = (
        replace(theme, principles=tuple(moved.get(each.id, each) for each in theme.principles))
        for theme in second.themes
    )
    write_charter(folder, replace(second, themes=tuple(themes)))
    _write_notes(root, (note for note in _notes(DRAFT, turn) if note.principles[0] in moved))
    (root / "errata").mkdir()
    for version in ("1.0.0", "2.0.0"):
        words = "\n\n".join(texts("erratum.body"))
        (root / "errata" / f"{version}.md").write_text(f"{words}\n", encoding="utf-8")
    for signatory in signatories(turn):
        write_signatory(root, signatory)
    return root


def _charter(fields: Mapping[str, str], turn: int, shift: int = 0) -> Charter:
    """The charter, each of its principles with the payload that stands `shift` further on."""

    def turned(name: str, at: int) -> str:
        found = texts(fields[name])
        return found[(turn + at) % len(found)]

    chosen = PAYLOADS[turn % TURNS :: TURNS]
    order = chosen[shift:] + chosen[:shift]
    principles = [_principle(f"p{at}", fields, each, "again " * shift) for at, each in enumerate(order)]
    bodies, starts = texts(fields["theme.body"]), range(0, len(principles), PER_THEME)
    more = "\n\nOnce more." * shift
    themes = tuple(
        make_theme(
            f"theme-{at}",
            principles[start : start + PER_THEME],
            title=turned("theme.title", at),
            summary=turned("theme.summary", at + 1),
            text="\n\n".join(bodies[at :: len(starts)]) + more,
        )
        for at, start in enumerate(starts)
    )
    promises, reasons = SHAPES
    return make_charter(
        title=turned("charter.title", 0),
        summary=turned("charter.summary", 1),
        licence=turned("charter.licence", 2),
        preamble="\n\n".join(texts(fields["preamble.body"])) + more,
        themes=themes,
        sections=(promises, replace(reasons, heading=turned("charter.sections.1.heading", 3))),
        questions=(*texts(fields["charter.questions.0"])[turn % SHARES :: SHARES], *["Once more?"] * shift),
        signatory_kinds=("boat club", *KINDS),
    )


def _principle(id: str, fields: Mapping[str, str], payload: corpus.Payload, again: str) -> Principle:
    """A principle with `payload` wherever it can stand; elsewhere other words, which `again` changes."""

    def words(name: str) -> str:
        return (
            corpus.written(payload.text)
            if takes(fields[f"principle.{name}"], payload)
            else f"Quay {again}of {id}"
        )

    behaviour = {
        key: words(f"behaviours.0.{key}") for key in ("behaviour", "measure", "support", "interview")
    }
    return make_principle(
        id,
        title=words("title"),
        summary=words("summary"),
        sections=(
            make_section("promises", items=(f"keep watch at {id}.", f"keep {words('promise')} in mind.")),
            make_section(text=f"It does.\n\n{words('reason')}"),
        ),
        plain=(f"{words('plain.0')} is there.",),
        behaviours=(Behaviour(**behaviour),),
        questions=(words("questions.0"),),
        sources=(words("sources.0"),),
    )


def _notes(fields: Mapping[str, str], turn: int) -> tuple[ChangeNote, ...]:
    """A note for each principle, each with another payload."""
    return tuple(
        make_note(
            f"note-{at}",
            principles=(f"p{at}",),
            reason=_reason(each, fields["note.body"]),
            approved_by=(each.text,) if takes(fields["note.approved_by.0"], each) else (),
        )
        for at, each in enumerate(PAYLOADS[turn % TURNS :: TURNS])
    )


def _reason(payload: corpus.Payload, field: str) -> str:
    more = f"\n\n{corpus.written(payload.text)}" if takes(field, payload) else ""
    return f"The quay has grown.{more}".strip()


def _write_notes(root: Path, notes: Iterable[ChangeNote]) -> None:
    for note in notes:
        front = {"approved_by": list(note.approved_by)} if note.approved_by else {}
        write_note(root, *note.principles, id=note.id, reason=note.reason, **front)


def signatories(turn: int) -> Iterator[Signatory]:
    """For each payload of the turn's share an organisation that has it in every field that takes it, and one
    that withdrew where a note of withdrawal takes it."""
    taken: set[str] = set()
    for at, each in list(enumerate(PAYLOADS))[turn % SHARES :: SHARES]:

        def words(name: str, other: str, each: corpus.Payload = each) -> str:
            return each.text if takes(f"signatory.{name}", each) else other

        name = words("name", f"Club {at}")
        slug = Path(corpus.path_of(_NAME, each)).stem if name == each.text else f"club-{at}"
        latin = "" if is_latin(name) and name_slug(name) else f"Club {at}"
        slug = _free(f"club-{at}" if latin else slug, taken)
        signature = Signature(
            version=("1.0.0", "2.0.0")[at % 2],
            date="2025-02-01",
            role=words("signed.0.role", "Chair"),
            link=words("signed.0.link", ""),
        )
        club = make_signatory(
            slug,
            name=name,
            name_latin=latin,
            kind=each.text if each.text in KINDS else "boat club",
            area=words("area", "The harbour"),
            website=words("website", f"https://club-{at}.example/"),
            registration=words("registration", ""),
            pledge=words("pledge", "We row."),
            signed=(signature,),
        )
        yield club
        if takes("signatory.withdrawn.note", each):
            gone = Withdrawal(date="2025-03-01", note=each.text)
            yield replace(
                club, slug=f"gone-{at}", name=f"Gone {at}", name_latin="", registration="",
                website=f"https://gone-{at}.example/", withdrawn=gone,
            )  # fmt: skip


def _free(slug: str, taken: set[str]) -> str:
    """`slug`, or the first of slug-2, slug-3 … that is not taken; it is from now on."""
    names = chain([slug], (f"{slug}-{at}" for at in count(2)))
    free = next(name for name in names if name not in taken)
    taken.add(free)
    return free
