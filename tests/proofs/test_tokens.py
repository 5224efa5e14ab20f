"""Time-stamps: which are taken to say something, and that nothing else can be made of one."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from charterpress.model import MAX_TIME_STAMP_BYTES
from charterpress.proofs.tokens import StampError, Token, read_token, request_for
from time_stamping import (
    END,
    NOON,
    SHA512,
    STAMPING,
    START,
    Authority,
    Certified,
    Desk,
    der,
    integer,
    sequence,
)

WORDS = b"What we signed.\n"
NORTH, SOUTH = Authority("North"), Authority("South")
SAID = Token(time=NOON, ends=END, policy="1.3.6.1.4.1.13762.3")
ANOTHER_ROOT = "its signature does not lead to the authority’s root certificate"
PURPOSE = "its certificate is not one for time-stamps alone"
UNREADABLE = "it is not a time-stamp, but a refusal or something else"


def read(stamp, data=WORDS, authority=NORTH, **more):
    return read_token(stamp, data, [authority.root.der], **more)


def refusal(stamp, **more):
    """Why a time-stamp says nothing."""
    with pytest.raises(StampError) as error:
        read(stamp, **more)
    return str(error.value)


def openssl(*arguments, folder):
    ran = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    return ran.returncode, (ran.stdout + ran.stderr).decode()


# --- Good --------------------------------------------------------------------------------------------


def test_a_time_stamp_says_when_what_it_is_of_existed_and_until_when_that_holds():
    assert read(NORTH.stamp(WORDS)) == SAID


def test_openssl_says_the_same_of_it(tmp_path):
    """What the tests' own authority writes is what others read too."""
    for name, data in {"words": WORDS, "a.tsr": NORTH.stamp(WORDS), "root.pem": NORTH.pem}.items():
        (tmp_path / name).write_bytes(data)
    asked = ("ts", "-verify", "-in", "a.tsr", "-CAfile", "root.pem", "-attime", str(int(NOON.timestamp())))
    assert "Verification: OK" in openssl(*asked, "-data", "words", folder=tmp_path)[1]
    assert openssl(*asked, "-data", "root.pem", folder=tmp_path)[0] == 1


@pytest.mark.parametrize("root_first", [True, False])
def test_one_that_openssl_made_is_read_though_its_certificates_are_in_no_order(tmp_path, root_first):
    """The library alone refuses one of these: DER sorts what OpenSSL leaves as it comes."""
    answer = Desk(NORTH, tmp_path, root_first=root_first).reply(request_for(WORDS).as_bytes())
    token = read(answer)
    assert (token.ends, token.policy) == (END, "1.2.3.4.1")
    assert abs(datetime.now(UTC) - token.time) < timedelta(hours=1)


# --- Changed -----------------------------------------------------------------------------------------


def test_no_byte_of_a_time_stamp_can_be_changed_to_say_anything_else():
    """Only the name of the signature's algorithm is covered by nothing, and it decides nothing."""
    stamp, same = NORTH.stamp(WORDS), 0
    for place in range(len(stamp)):
        changed = bytearray(stamp)
        changed[place] ^= 1
        try:
            assert read(bytes(changed)) == SAID
            same += 1
        except StampError:
            continue
    assert same <= len(b"1.2.840.10045.4.3.2") // 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"digest": sha256(b"other").digest()}, "it is of another file"),
        ({"imprint": SHA512}, "it does not use SHA-256"),
        ({"policy": "1.2.3"}, ANOTHER_ROOT),
        ({"serial": 8}, ANOTHER_ROOT),
        ({"time": NOON - timedelta(days=1)}, ANOTHER_ROOT),
        ({"nonce": 5}, ANOTHER_ROOT),
        ({"info_version": 2}, ANOTHER_ROOT),
    ],
)
def test_each_field_that_is_changed_after_it_was_signed_is_noticed(changes, why):
    assert refusal(NORTH.stamp(WORDS, after=tuple(changes.items()))) == why


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": 1}, "the authority did not grant it as it was asked for"),
        ({"status": 2}, "the authority did not grant it as it was asked for"),
        ({"version": 1}, PURPOSE),
        ({"kind": "1.2.840.113549.1.7.1"}, UNREADABLE),
        ({"signed_digest": sha256(b"other").digest()}, ANOTHER_ROOT),
        ({"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"}, ANOTHER_ROOT),
        ({"signers": 2}, ANOTHER_ROOT),
        ({"signer": SOUTH.signer, "named": NORTH.signer}, ANOTHER_ROOT),
        ({"signer": SOUTH.signer}, ANOTHER_ROOT),
        ({"signer": SOUTH.signer, "embedded": (SOUTH.signer, SOUTH.middle)}, ANOTHER_ROOT),
        ({"embedded": (NORTH.signer,)}, ANOTHER_ROOT),
        ({"embedded": (NORTH.middle,)}, ANOTHER_ROOT),
    ],
)
def test_what_its_authority_did_not_sign_says_nothing(fields, why):
    """Another's certificate, a signature of nothing, a chain with a gap, and more of the kind."""
    assert refusal(NORTH.stamp(WORDS, **fields)) == why


def test_one_of_another_file_or_authority_or_request_says_nothing():
    assert refusal(NORTH.stamp(WORDS), data=WORDS + b" ") == "it is of another file"
    assert refusal(NORTH.stamp(WORDS), authority=SOUTH) == ANOTHER_ROOT
    assert read(NORTH.stamp(WORDS, nonce=5), nonce=5) == SAID
    assert refusal(NORTH.stamp(WORDS, nonce=5), nonce=6) == "it is the answer to another request"
    assert refusal(NORTH.stamp(WORDS), nonce=6) == "it is the answer to another request"
    with pytest.raises(StampError, match="root certificate is missing"):
        read_token(NORTH.stamp(WORDS), WORDS, [])


# --- Certificates ------------------------------------------------------------------------------------

SERVER = ExtendedKeyUsageOID.SERVER_AUTH


@pytest.mark.parametrize(
    ("purposes", "critical"),
    [((STAMPING,), False), ((STAMPING, SERVER), True), ((SERVER,), True), ((), True)],
)
def test_a_certificate_for_anything_else_says_nothing(purposes, critical):
    """The root of an authority vouches for web sites too, whose owners are no witnesses."""
    wrong = Authority("North", purposes=purposes, critical=critical)
    assert refusal(wrong.stamp(WORDS), authority=wrong) in (PURPOSE, ANOTHER_ROOT)


def test_a_web_site_of_the_same_root_cannot_pass_for_the_authority():
    """Nor where it encloses a certificate that bears the name and number of its own, for time-stamps."""
    site = Certified("site.example", NORTH.middle, purposes=(SERVER,), serial=99)
    mask = Certified("mask", Certified("North CA"), purposes=(STAMPING,), serial=99)
    for embedded in ((site, NORTH.middle), (mask, site, NORTH.middle), (mask, NORTH.middle)):
        stamp = NORTH.stamp(WORDS, signer=site, embedded=embedded)
        assert refusal(stamp) in (PURPOSE, ANOTHER_ROOT, "it does not say which certificate signed it")


@pytest.mark.parametrize("time", [START - timedelta(seconds=1), END])
def test_a_certificate_that_did_not_hold_at_the_time_says_nothing(time):
    assert refusal(NORTH.stamp(WORDS, time)) == ANOTHER_ROOT


@pytest.mark.parametrize("time", [START, END - timedelta(seconds=1)])
def test_a_certificate_holds_on_its_first_and_last_moment(time):
    assert read(NORTH.stamp(WORDS, time)).time == time


def test_what_holds_the_shortest_decides_when_it_ends():
    early = datetime(2028, 5, 1, tzinfo=UTC)
    middle = Certified("North CA 2", NORTH.root, START, early)
    signer = Certified("North Signer 2", middle, purposes=(STAMPING,))
    assert read(NORTH.stamp(WORDS, signer=signer, embedded=(signer, middle))).ends == early


# --- Hostile -----------------------------------------------------------------------------------------


def test_what_is_cut_off_says_nothing():
    stamp = NORTH.stamp(WORDS)
    assert {refusal(stamp[:length]) for length in range(len(stamp))} == {UNREADABLE}


HUGE = b"\x30\x84\xff\xff\xff\xff"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"\0" * MAX_TIME_STAMP_BYTES,
        b"\x30" * MAX_TIME_STAMP_BYTES,
        b"\x30\x80" * (MAX_TIME_STAMP_BYTES // 2),
        HUGE + b"\x30" * 100,
        b"\x30\xff" + b"\xff" * 200,
        sequence(sequence(integer(2))),
        sequence(sequence(integer(0))),
        sequence(sequence(integer(0)), sequence(der(0x06), der(0xA0))),
    ],
)
def test_what_is_no_time_stamp_is_refused_and_nothing_worse(data):
    assert refusal(data) == UNREADABLE


def test_a_time_stamp_with_something_behind_it_says_nothing():
    assert refusal(NORTH.stamp(WORDS) + b"\0") == UNREADABLE
