"""The time-stamps of releases × a moment → on which day each file existed, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from charterpress.model import Edition, FrozenTranslation, Release, TimeStamp
from charterpress.proofs.authorities import Authority, authorities, root_certificates
from charterpress.text.extras import missing_extra
from charterpress.text.interface import gettext as _

RENEWAL = timedelta(days=180)
"""How long before its certificates end a time-stamp is renewed."""
MAX_DELAY = 7
"""Days that a release may be older than its time-stamp, without its being remarked upon."""
CLOCKS = timedelta(days=1)
"""How far the clock of an authority may be ahead of this computer's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What one authority says of one file, by its `stamps`. `time` is the moment at which it vouches that the
    file existed, None if it does not; `ends` is when its newest time-stamp ends, None if that proves nothing;
    `fault` says what is wrong with the file at `path`, or ''. All times are in UTC."""

    authority: str
    name: str
    stamps: tuple[TimeStamp, ...]
    time: datetime | None = None
    ends: datetime | None = None
    fault: str = ""
    path: str = ""

    @property
    def renewal(self) -> datetime | None:
        """When it is to be renewed."""
        return self.ends - RENEWAL if self.ends else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What is proven of a frozen file, of which `stem` is the name without its ending and `date` the day that
    it bears itself."""

    stem: str
    date: str
    data: bytes
    statements: tuple[Statement, ...]

    @property
    def proven(self) -> tuple[Statement, ...]:
        """The statements that prove something, the earliest first."""
        return tuple(sorted((each for each in self.statements if each.time), key=lambda each: str(each.time)))

    @property
    def delay(self) -> int:
        """The days from the date that the file bears to the first that is proven; 0 if none is."""
        times = [each.time for each in self.proven if each.time]
        return (times[0].date() - date.fromisoformat(self.date)).days if times else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A time-stamp to ask for, of `data`: `stamp` has no bytes yet."""

    authority: Authority
    stamp: TimeStamp
    data: bytes


def prove(edition: Edition, now: datetime) -> tuple[Proof, ...]:
    """Return what the time-stamps prove `now` of every release, and of every published translation."""
    proofs = []
    frozen: tuple[Release | FrozenTranslation, ...] = (*edition.releases, *edition.frozen_translations)
    for each in frozen:
        stem = each.path.rpartition("/")[2].removesuffix(".json")
        stamps: dict[str, list[TimeStamp]] = {}
        for stamp in edition.time_stamps:
            if stamp.stem == stem:
                stamps.setdefault(stamp.authority, []).append(stamp)
        statements = tuple(_statement(each.data, own, edition.roots, now) for own in stamps.values())
        proofs.append(Proof(stem=stem, date=each.date, data=each.data, statements=statements))
    return tuple(proofs)


def due_requests(proofs: Iterable[Proof], known: Iterable[Authority], now: datetime) -> list[Request]:
    """Return the time-stamps to ask for: of each file one by every authority that can be asked, and another
    where that ends soon or has ended. Faulty ones are left to people."""
    found = []
    for authority in (each for each in known if each.url):
        for proof in proofs:
            own = next((each for each in proof.statements if each.authority == authority.id), None)
            if own and (own.renewal is None or own.renewal > now):
                continue
            stamps = own.stamps if own else ()
            new = TimeStamp(stem=proof.stem, authority=authority.id, number=len(stamps) + 1)
            found.append(Request(authority=authority, stamp=new, data=covered(proof.data, stamps)))
    return found


def covered(data: bytes, stamps: Sequence[TimeStamp]) -> bytes:
    """Return what the next time-stamp of a file is of: the bytes of the file, and of all `stamps` before it.
    So it renews them, and openssl can hold it against these files, one after the other."""
    return b"".join((data, *(each.data for each in stamps)))


def _statement(
    data: bytes, stamps: Sequence[TimeStamp], kept: Mapping[str, bytes], now: datetime
) -> Statement:
    """What one authority says of `data`. A time-stamp counts as long as its certificates hold, or held when
    the next one was made."""
    try:
        from charterpress.proofs.tokens import StampError, Token, read_token  # noqa: PLC0415 - it needs an extra
    except ImportError:
        return _faulty(stamps, stamps[0], missing_extra("proofs", _("to check time-stamps")))
    authority = authorities().get(stamps[0].authority)
    if authority is None:
        return _faulty(stamps, stamps[0], _("its authority is not one whose time-stamps count"))
    roots = root_certificates(authority, kept.get(authority.id, b"")).values()
    tokens: list[Token] = []
    for place, stamp in enumerate(stamps):
        if stamp.number != place + 1:
            return _faulty(stamps, stamp, _("the one that it renews is missing"), authority)
        try:
            token = read_token(stamp.data, covered(data, stamps[:place]), roots)
        except StampError as problem:
            return _faulty(stamps, stamp, str(problem), authority)
        if token.time > now + CLOCKS:
            return _faulty(stamps, stamp, _("its time has not come yet, by this computer’s clock"), authority)
        if tokens and token.time < tokens[-1].time:
            return _faulty(stamps, stamp, _("it is older than the one that it renews"), authority)
        tokens.append(token)
    proven, until = None, now
    for token in reversed(tokens):
        if token.ends <= until:
            break
        proven = until = token.time
    return Statement(
        authority=authority.id,
        name=authority.name,
        stamps=tuple(stamps),
        time=proven,
        ends=tokens[-1].ends,
    )


def _faulty(
    stamps: Sequence[TimeStamp], stamp: TimeStamp, fault: str, authority: Authority | None = None
) -> Statement:
    id = stamps[0].authority
    name = authority.name if authority else id
    return Statement(authority=id, name=name, stamps=tuple(stamps), fault=fault, path=stamp.path)
