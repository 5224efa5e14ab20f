"""links: which addresses are asked, and that nothing private is ever reached."""

from __future__ import annotations

import time

import httpcore2
import pytest

import loops
from charterpress.linkcheck import guard
from charterpress.linkcheck.fetch import Client
from charterpress.linkcheck.guard import (
    Guard,
    RefusedError,
    UnreachableError,
    is_public,
    resolve_host,
)
from charterpress.linkcheck.page import Page
from loopback import (
    HARBOUR,
    OTHER,
    PUBLIC,
    SIGNED,
    SITE,
    SLACK,
    Server,
    moved,
    running,
    served,
    why,
)

# --- Which addresses are public ----------------------------------------------------------------------

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.9 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1
192.168.0.1 192.175.48.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::10.0.0.1 64:ff9b:1::1 64:ff9b:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254
fe80::1 fe80::1%eth0 2606:4700::1111%eth0 fec0::1 ff02::1 ff0e::1
localhost 127.1 0x7f000001 2130706433 0177.0.0.1 x 1.2.3 ::g
"""
GLOBAL = f"""
8.8.8.8 {PUBLIC} {OTHER} 172.32.0.1 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::808:808
"""


@pytest.mark.parametrize("address", PRIVATE.split() + GLOBAL.split())
def test_an_address_is_public_if_everybody_can_reach_it(address):
    """Also one that a network without IPv4 shows within another; not what is no address in digits."""
    assert is_public(address) == (address in GLOBAL.split())


# --- Nothing private is ever reached -----------------------------------------------------------------


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["10.0.0.1"], ["::1"], [PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC]]
)
def test_a_name_that_has_a_private_address_is_refused(world, addresses):
    world.open("harbour.example", {"/": served(SIGNED)})
    world.names["harbour.example"] = addresses
    assert "its host has an address that is not public" in why(world.read(HARBOUR), RefusedError)
    assert world.dialled == []


LITERALS = r"""
http://127.0.0.1/ http://127.1/ http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/ http://0177.0.0.1/
http://017700000001/ http://127.0.0.1./ http://%31%32%37.0.0.1/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://0/
http://[::1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:7f00:0001]/
http://[::127.0.0.1]/ http://[64:ff9b::127.0.0.1]/ http://[2002:7f00:1::]/ http://[fe80::1]/ http:/127.0.0.1/
http://169.254.169.254/latest/meta-data/ http:\\127.0.0.1\ http://2852039166/
"""


NO_ADDRESSES = """
http://[fe80::1%25eth0]/ http://[::1%eth0]/ http://[::1%25lo]/ http://127.0.0.1:x/
file:///etc/passwd ftp://harbour.example/ gopher://127.0.0.1/ javascript:1 data:,x
"""
"""With a zone, a port that is none, or another scheme."""
REFUSED = {
    **dict.fromkeys(LITERALS.split(), "its host has an address that is not public"),
    **dict.fromkeys(NO_ADDRESSES.split(), "its address is not one of the web"),
    **{
        f"https://harbour.example:{port}/": f"port {port} is not one of web pages"
        for port in (22, 25, 8080, 6379, 65535)
    },
    "https://me:secret@harbour.example/in": "its address holds a name or a password",
}


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_may_not_be_asked_for_is_refused_given_or_redirected_to(world, address):
    """A private one in any notation: octal, shortened, percent-encoded, full-width, IPv6 around IPv4."""
    server = world.open("harbour.example", {"/": moved(address.encode().decode("latin-1"))})
    given, redirected = world.read(address, HARBOUR)
    assert REFUSED[address] in why(given, RefusedError)
    assert isinstance(redirected, RefusedError | UnreachableError)
    assert REFUSED[address] in str(redirected) or address.startswith("http:")  # which may be no redirect
    assert server.paths == ["/"]
    assert set(world.dialled) == {(PUBLIC, 443)}


def test_a_name_that_answers_differently_the_second_time_is_looked_up_once(world):
    """The connection goes to the address that was judged; the private one that comes later is not met."""
    server = world.open("harbour.example", {"/": served(SIGNED)}, port=80, tls=False)
    world.names["harbour.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    page, again = world.read("http://harbour.example/", "http://harbour.example/")
    assert isinstance(page, Page)
    assert world.looked_up[:2] == ["harbour.example"] * 2  # one for robots.txt, one for the page
    assert world.dialled == [(PUBLIC, 80)] * 2
    assert server.met == 2
    assert why(again, RefusedError) == "its host has an address that is not public"


def test_robots_txt_is_fetched_behind_the_same_guard(world):
    world.open("harbour.example", {"/robots.txt": moved("http://127.0.0.1/"), "/": served(SIGNED)})
    found = world.read(HARBOUR)
    assert why(found, RefusedError) == "its host has an address that is not public (asked for its robots.txt)"


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0/"])
def test_this_computer_is_refused_without_any_help_of_the_tests(address):
    """The real resolver and the real connections, as the command uses them."""

    async def asked():
        await Client(site=SITE).page(address)

    with pytest.raises(RefusedError, match="its host has an address that is not public"):
        loops.run(asked())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1"])
def test_a_server_on_this_computer_is_met_only_where_nothing_guards_it(host, monkeypatch):
    """The real guard stands between it and everybody; without the guard's judgment it would be met."""

    async def connect(port):
        monkeypatch.setattr(guard, "WEB_PORTS", {port})
        backend = Guard(resolve_host, httpcore2.AnyIOBackend(), patience=SLACK)
        stream = await backend.connect_tcp(host, port)
        await stream.aclose()

    with running(Server({})) as server:
        with pytest.raises(RefusedError):
            loops.run(connect(server.port))
        assert server.met == 0
        monkeypatch.setattr(guard, "is_public", lambda address: True)
        loops.run(connect(server.port))
        wait_for(lambda: server.met == 1)


def wait_for(happened):
    """Waits until something happened, which it must."""
    end = time.monotonic() + SLACK
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)
