"""links: how a page is fetched, and whatever a server does.

Every server stands on this computer; no other is asked."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import time
import tracemalloc
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import trustme

import loops
from charterpress.linkcheck.decompress import decompress
from charterpress.linkcheck.guard import (
    RefusedError,
    SlowError,
    UnreachableError,
)
from charterpress.linkcheck.page import Page
from loopback import (
    HARBOUR,
    HASTY,
    OTHER,
    PUBLIC,
    QUICK,
    SIGNED,
    SITE,
    SLACK,
    authority,
    drip,
    moved,
    served,
    why,
)

# --- What a page is asked for with -------------------------------------------------------------------


def test_a_page_is_read_and_told_who_asks(world):
    """With the site's address and nothing of this computer: no cookie, referrer, name or proxy."""
    server = world.open("harbour.example", {"/about?x=1": served(SIGNED, Set_Cookie="a=b")})
    first, second = world.read(f"{HARBOUR}about?x=1#part", f"{HARBOUR}about?x=1")
    assert first == second == Page(address=first.address, body=SIGNED.encode())
    assert server.asked[-1].split("\r\n") == [
        "GET /about?x=1 HTTP/1.1",
        "Host: harbour.example",
        f"User-Agent: charter-links/1.0 (+{SITE})",
        "Accept: text/html,application/xhtml+xml",
        "Accept-Encoding: gzip, deflate",
        "Connection: close",
        "",
        "",
    ]
    assert [head.split(" ")[1] for head in server.asked] == ["/robots.txt", "/about?x=1", "/about?x=1"]


def test_a_proxy_in_the_environment_is_passed_by(world, monkeypatch):
    """It would connect to addresses that nobody judged."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    world.open("harbour.example", {"/": served(SIGNED)})
    assert isinstance(world.read(HARBOUR), Page)


def test_a_host_in_any_spelling_is_asked_by_its_name(world):
    """IDNA, capitals, a dot at the end: the certificate is for the name itself."""
    server = world.open("xn--hfen-loa.example", {"/": served(SIGNED)})
    for address in ("https://Häfen.example/", "https://xn--hfen-loa.example.:443/"):
        assert isinstance(world.read(address), Page)
    assert {line for head in server.asked for line in head.split("\r\n") if line.startswith("Host")} == {
        "Host: xn--hfen-loa.example"
    }


def test_redirects_are_followed_over_hosts_and_the_page_is_where_they_end(world):
    world.open("harbour.example", {"/": moved("https://quay.example/a", "301 Moved Permanently")})
    pages = {"/a": moved("../b?c#d", "308 Permanent Redirect"), "/b?c": served(SIGNED)}
    world.open("quay.example", pages)
    found = world.read(HARBOUR)
    assert found.address == "https://quay.example/b?c"
    assert world.dialled == [(PUBLIC, 443)] * 2 + [(OTHER, 443)] * 3


def test_five_redirects_are_followed_and_six_are_not(world):
    chain = {f"/{number}": moved(f"/{number - 1}") for number in range(1, 7)} | {"/0": served(SIGNED)}
    server = world.open("harbour.example", {**chain, "/loop": moved("/loop")})
    five, six, loop = world.read(f"{HARBOUR}5", f"{HARBOUR}6", f"{HARBOUR}loop")
    assert isinstance(five, Page)
    assert why(six) == why(loop) == "it was redirected more than 5 times"
    assert server.paths.count("/loop") == 6


def test_the_next_address_of_a_host_is_tried(world):
    world.open("harbour.example", {"/": served(SIGNED)}, address=OTHER)
    world.names["harbour.example"] = [PUBLIC, OTHER]
    assert isinstance(world.read(HARBOUR), Page)


# --- robots.txt --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /about", False),
        ("User-agent: *\nDisallow: /*.html$", True),
        ("User-agent: *\nDisallow: /a*t$", False),
        ("User-agent: *\nDisallow: /\nAllow: /about", True),
        ("User-agent: charter-links\nDisallow: /", False),
        ("User-agent: Charter-Links # us\nDisallow: /", False),
        ("User-agent: another\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: charter-links\nAllow: /", True),
        ("user-agent:a\nuser-agent:*\ndisallow:/", False),
        ("<html>not found</html>", True),
    ],
)
def test_robots_txt_is_heeded(world, robots, allowed):
    server = world.open("harbour.example", {"/robots.txt": served(robots), "/about": served(SIGNED)})
    found = world.read(f"{HARBOUR}about")
    if allowed:
        assert isinstance(found, Page)
    else:
        assert why(found, RefusedError) == "robots.txt asks us not to read it"
        assert server.paths == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (served(status="404 Not Found"), None),
        (served(status="403 Forbidden"), None),
        (served("User-agent: *\nDisallow: /", kind="", Content_Encoding="identity"), "asks us not to"),
        (served(status="503 Busy"), "the answer was 503 (asked for its robots.txt)"),
        (moved("/robots.txt"), "it was redirected more than 5 times (asked for its robots.txt)"),
        (b"nonsense", "the answer is not HTTP as it should be (asked for its robots.txt)"),
        (served("User-agent: *\nDisallow: /\n" + "#" * 20_000), "asks us not to"),
    ],
    ids=["missing", "forbidden", "of no type", "busy", "a loop", "no HTTP", "too long"],
)
def test_robots_txt_that_is_missing_allows_and_one_that_fails_forbids(world, answer, said):
    """RFC 9309; of one that is too long the start counts. It is asked for once."""
    server = world.open("harbour.example", {"/robots.txt": answer, "/": served(SIGNED), "/b": served(SIGNED)})
    first, second = world.read(HARBOUR, f"{HARBOUR}b")
    if said is None:
        assert isinstance(first, Page)
        assert isinstance(second, Page)
    else:
        assert said in str(first)
        assert str(first) == str(second)
    assert len([head for head in server.asked if "/robots.txt" in head]) <= 6


def test_the_robots_txt_of_a_redirects_target_is_heeded(world):
    """One page may not be used to read another."""
    world.open("harbour.example", {"/": moved("https://quay.example/")})
    quay = world.open("quay.example", {"/robots.txt": served("User-agent: *\nDisallow: /")})
    assert why(world.read(HARBOUR), RefusedError) == "robots.txt asks us not to read it"
    assert quay.paths == []


@pytest.mark.serial
def test_a_robots_txt_made_to_be_slow_is_read(world):
    """Very many names with very many rules, and a rule of stars only: their product is not built."""
    names = "".join(f"User-agent: r{number}\n" for number in range(12_000))
    rules = "".join(f"Disallow: /{number}*\n" for number in range(12_000))
    text = f"User-agent: *\nDisallow: /{'*a' * 2_000}b\n{names}{rules}"
    server = {"/robots.txt": served(text), f"/{'a' * 3_000}": served(SIGNED)}
    world.open("harbour.example", server)
    patient = replace(QUICK, seconds=10, robots=512_000)
    assert isinstance(world.read(f"{HARBOUR}{'a' * 3_000}", limits=patient), Page)


# --- What a server may do ----------------------------------------------------------------------------


def flood(start: bytes, piece: bytes):
    """A server that sends `start`, and then `piece` for ever, as fast as it can."""

    def talk(connection, server):
        connection.sendall(start)
        while not server.closing.is_set():
            connection.sendall(piece)

    return talk


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LATE = "it took longer than 0.7 seconds"
LARGE = "it is larger than 0.02 MB"
BROKEN = "the answer is not HTTP as it should be"


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 9)


def bomb(encoding, data):
    return served(data, Content_Encoding=encoding)


def read_in_time(world, address=HARBOUR, limits=HASTY):
    """What a client makes of an address, within the limit and what a busy computer adds to it."""
    start = time.monotonic()
    found = world.read(address, limits=limits)
    assert time.monotonic() - start < HASTY.seconds + SLACK
    return found


ABUSES = {
    "silence": (drip(b"", b"", every=9), LATE),
    "slow head": (drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"), LATE),
    "slow body": (drip(HEAD + b"\r\n", b"x"), LATE),
    "slow chunks": (drip(CHUNKED, b"1\r\nx\r\n"), LATE),
    "slow interim answers": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
    "many interim answers": (flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100), LATE),
    "body without end": (flood(HEAD + b"\r\n", b"x" * 4096), LARGE),
    "chunks without end": (flood(CHUNKED, b"1\r\nx\r\n" * 500), LARGE),
    "chunk extension without end": (flood(CHUNKED + b"1;", b"x" * 4096), BROKEN),
    "trailers without end": (flood(CHUNKED + b"0\r\n", b"X: y\r\n" * 500), BROKEN),
    "one large header": (served(X="x" * 200_000), BROKEN),
    "headers without end": (flood(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 500), BROKEN),
    "a status line without end": (flood(b"HTTP/1.1 200 ", b"x" * 4096), BROKEN),
    "more than it says": (served(b"x" * 30_000), LARGE),
    "less than it says": (HEAD + b"Content-Length: 500\r\n\r\nx", BROKEN),
    "a length of nonsense": (HEAD + b"Content-Length: -1\r\n\r\n", BROKEN),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", BROKEN),
    "nothing at all": (b"", BROKEN),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n\r\n", BROKEN),
    "HTTP/0.9": (b"<html>", BROKEN),
    "folded and broken headers": (b"HTTP/1.1 200 OK\r\n: x\r\n\x00\xff\r\n\r\n", BROKEN),
    "gzip bomb": (bomb("gzip", gzipped(b"x" * 20_000_000)), LARGE),
    "deflate bomb": (bomb("deflate", zlib.compress(b"x" * 20_000_000, 9)), LARGE),
    "bomb without a length": (
        flood(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzipped(b"x" * 9_000)[:-8], b""),
        LATE,
    ),
    "bomb in a bomb": (bomb("gzip, gzip", gzipped(gzipped(b"x" * 20_000_000))), "packed in a way"),
    "bomb in a bomb, said twice": (
        HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n" + gzipped(gzipped(b"x")),
        "packed in a way",
    ),
    "brotli": (bomb("br", b"\x0b\x02\x80x\x03"), "packed in a way"),
    "zstandard": (bomb("zstd", b"x"), "packed in a way"),
    "an encoding of nonsense": (bomb("../../etc", b"x"), "packed in a way"),
    "no gzip": (bomb("gzip", b"x" * 100), "it is packed badly"),
    "no deflate": (bomb("deflate", b"x" * 100), "it is packed badly"),
    "half a gzip": (bomb("gzip", gzipped(SIGNED.encode())[:30]), "it ended before its end"),
    "a PDF": (served("x", kind="application/pdf"), "it is no HTML"),
    "text": (served(SIGNED, kind="text/plain"), "it is no HTML"),
    "a type of nonsense": (served("x", kind="=?utf-8?q?\xff;;;\x7f"), "it is no HTML"),
    "not found": (served(SIGNED, status="404 Not Found"), "the answer was 404"),
    "an error": (served(SIGNED, status="500 Oh"), "the answer was 500"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "the answer was 204"),
    "another protocol": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", BROKEN),
    "a redirect to nowhere": (served(status="302 Found"), "the answer was 302"),
    "hanging up": (lambda connection, server: connection.shutdown(2), "the"),
}


@pytest.mark.parametrize("name", ABUSES)
def test_whatever_a_server_does_ends_in_a_verdict_and_in_time(world, name):
    says, reason = ABUSES[name]
    world.open("harbour.example", {"/": says})
    found = read_in_time(world, limits=HASTY if reason == LATE else QUICK)
    assert reason in why(found, SlowError if reason == LATE else UnreachableError)


@pytest.mark.parametrize(
    "name", ["silence", "slow head", "slow body", "body without end", "gzip bomb", "nothing at all"]
)
def test_whatever_robots_txt_does_ends_in_a_verdict_and_in_time(world, name):
    """It takes from the page's own time; what is too long is cut."""
    says, reason = ABUSES[name]
    world.open("harbour.example", {"/robots.txt": says, "/": served(SIGNED)})
    found = read_in_time(world, limits=HASTY if reason == LATE else QUICK)
    if reason == LARGE:
        assert isinstance(found, Page)
    else:
        assert reason in str(found)


def test_redirects_share_the_time_of_one_page(world):
    def slow(connection, server):
        server.closing.wait(0.5)
        connection.sendall(moved("/"))

    server = world.open("harbour.example", {"/": slow})
    assert why(read_in_time(world), SlowError) == LATE
    assert len(server.paths) <= 2


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(SIGNED.encode())),
        ("X-GZIP", gzip.compress(SIGNED.encode())),
        ("deflate", zlib.compress(SIGNED.encode())),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(SIGNED.encode())[2:-4]),
        ("identity", SIGNED.encode()),
        ("", SIGNED.encode()),
    ],
    ids=["gzip", "in capitals", "deflate", "deflate without its header", "identity", "not packed"],
)
def test_what_was_asked_for_is_unpacked(world, encoding, packed):
    """Both things that are called deflate."""
    world.open("harbour.example", {"/": bomb(encoding, packed)})
    assert world.read(HARBOUR).body == SIGNED.encode()


def test_a_bomb_takes_no_more_memory_than_the_limit():
    """It is unpacked as far as the limit, though one piece of it holds a thousand times that."""
    packed = gzipped(b"x" * 50_000_000)

    async def sent():
        yield packed

    tracemalloc.start()
    try:
        with pytest.raises(UnreachableError, match="larger"):
            loops.run(decompress(sent(), "gzip", 50_000))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2_000_000


def test_a_body_at_the_limit_is_read_and_one_byte_more_is_not(world):
    world.open("harbour.example", {"/": served(b"x" * 20_000), "/b": bomb("gzip", gzipped(b"x" * 20_001))})
    whole, larger = world.read(HARBOUR, f"{HARBOUR}b")
    assert len(whole.body) == 20_000
    assert why(larger) == LARGE


@pytest.mark.parametrize(
    "kind", ["", "TEXT/HTML", 'text/html; charset="KOI8-R"; x', "application/xhtml+xml;charset=KOI8-R"]
)
def test_a_page_is_html_with_the_encoding_that_the_server_names(world, kind):
    """A server that names no type is taken to mean HTML."""
    world.open("harbour.example", {"/": served(SIGNED, kind=kind)})
    assert world.read(HARBOUR).charset == ("KOI8-R" if "KOI8" in kind else "")


def server_context(authority, **validity):
    """A server's context with a certificate of `authority`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("harbour.example", **validity).configure_cert(context)
    return context


PAST = {"not_before": datetime(2001, 1, 1, tzinfo=UTC), "not_after": datetime(2001, 2, 1, tzinfo=UTC)}
BAD_CERTIFICATES = {
    "of another name": "other.example",
    "of a stranger": server_context(trustme.CA()),
    "expired": server_context(authority(), **PAST),
}


@pytest.mark.parametrize("kind", BAD_CERTIFICATES)
def test_a_bad_certificate_ends_in_a_verdict(world, kind):
    server = world.open("harbour.example", {"/": served(SIGNED)}, tls=BAD_CERTIFICATES[kind])
    assert "its certificate is not good" in why(world.read(HARBOUR))
    assert server.asked == []


def test_plain_http_where_tls_is_due_ends_in_a_verdict(world):
    world.open("harbour.example", {"/": served(SIGNED)}, tls=False)
    world.open("harbour.example", {"/": served(SIGNED)}, port=80)
    tls, plain = world.read(HARBOUR, "http://harbour.example/")
    assert "no safe connection could be made" in why(tls)
    assert isinstance(plain, UnreachableError)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://nobody.example/", "its host has no address"),
        ("https://empty.example/", "its host has no address"),
        ("https://closed.example/", "its host does not answer"),
        (f"https://{'a' * 64}.example/", "its host has no address"),
        (f"https://{'a.' * 140}example/", "its host has no address"),
    ],
)
def test_a_host_that_is_not_there_ends_in_a_verdict(world, address, reason):
    world.names |= {"empty.example": [], "closed.example": [PUBLIC]}
    assert reason in str(world.read(address))


def test_a_host_that_never_answers_ends_in_a_verdict(world):
    """All of its addresses together take no longer than a page may."""
    world.names["silent.example"] = [f"93.184.216.{last}" for last in range(9)]
    world.silent |= set(world.names["silent.example"])
    found = read_in_time(world, "https://silent.example/", limits=replace(HASTY, connecting=0.2))
    assert isinstance(found, UnreachableError)


def test_a_resolver_that_hangs_ends_in_a_verdict(world):
    async def hang(host):
        await asyncio.sleep(60)

    world.resolve = hang
    assert isinstance(world.read(HARBOUR, limits=HASTY), SlowError)


# --- A server that is busy ---------------------------------------------------------------------------


def busy(times: int, status: str, **headers):
    """What answers so many times that it is busy, and then with a page."""
    left = [served(status=status, **headers)] * times

    def says(connection, _server):
        connection.sendall(left.pop() if left else served(SIGNED))

    return says


@pytest.mark.parametrize(
    ("status", "headers", "waited"),
    [
        ("429 Too Many Requests", {"Retry_After": "7"}, 7),
        ("503 Busy", {"Retry_After": "3600"}, 60),
        (
            "503 Busy",
            {"Retry_After": "Wed, 21 Oct 2015 07:28:20 GMT", "Date": "Wed, 21 Oct 2015 07:28:00 GMT"},
            20,
        ),
        ("503 Busy", {"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 5),
        ("429 Too Many Requests", {}, 5),
    ],
)
def test_a_busy_server_is_asked_again_after_as_long_as_it_asks_for(world, status, headers, waited):
    world.open("harbour.example", {"/": busy(2, status, **headers)})
    found = world.read(HARBOUR)
    assert isinstance(found, Page)
    assert world.waited == [waited, waited]


def test_a_server_that_stays_busy_is_left_alone(world):
    server = world.open("harbour.example", {"/": busy(9, "429 Too Many Requests", Retry_After="1")})
    found = world.read(HARBOUR)
    assert why(found) == "the answer was 429"
    assert server.paths == ["/"] * 3
