"""The bytes of a time-stamp (RFC 3161) → what its authority says, or why that does not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    TimeStampRequest,
    TimestampRequestBuilder,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.base import HashAlgorithm
from rfc3161_client.tsp import TimeStampResponse

from charterpress.text.interface import gettext as _

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
SEQUENCE, EXPLICIT = 0x30, 0xA0
MAX_CHAIN = 8
"""Certificates from the one that signed to a root, at most."""


class StampError(Exception):
    """A time-stamp that proves nothing; its text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """What an authority says: that something existed at `time`, by its `policy`. `ends` is the last moment at
    which all of its certificates hold; both are in UTC."""

    time: datetime
    ends: datetime
    policy: str


def request_for(data: bytes) -> TimeStampRequest:
    """Return the request for a time-stamp of `data`: it has its SHA-256 digest and a nonce, and asks for the
    certificates to come along."""
    return TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()


def read_token(stamp: bytes, data: bytes, roots: Iterable[bytes], *, nonce: int | None = None) -> Token:
    """Return what a time-stamp says of `data`. Raises StampError unless it is one of just these bytes, signed
    by a certificate for time-stamps and nothing else, which leads to one of `roots` (DER), and all of them
    held at its time. `nonce` is that of the request, if this is the answer to one."""
    try:
        response = decode_timestamp_response(_in_order(stamp))
        said, signed = response.tst_info, response.signed_data
        certificates = [x509.load_der_x509_certificate(each) for each in signed.certificates]
        trusted = [x509.load_der_x509_certificate(each) for each in roots]
    except Exception as problem:  # whatever a stranger's bytes do to two parsers
        raise StampError(_("it is not a time-stamp, but a refusal or something else")) from problem
    if response.status != 0:
        raise StampError(_("the authority did not grant it as it was asked for"))
    if said.message_imprint.hash_algorithm != SHA256:
        raise StampError(_("it does not use SHA-256"))
    if said.message_imprint.message != sha256(data).digest():
        raise StampError(_("it is of another file"))
    if nonce is not None and said.nonce != nonce:
        raise StampError(_("it is the answer to another request"))
    if not trusted:
        raise StampError(_("the authority’s root certificate is missing"))
    _verify_signature(response, data, trusted)
    chain = _chain(response, certificates, trusted)
    (signer,) = signed.signer_infos
    if (signed.version, signer.version) != (3, 1) or not _is_for_time_stamps(chain[0]):
        raise StampError(_("its certificate is not one for time-stamps alone"))
    ends = min(each.not_valid_after_utc for each in chain)
    return Token(time=said.gen_time, ends=ends, policy=said.policy.dotted_string)


def _verify_signature(response: TimeStampResponse, data: bytes, roots: list[x509.Certificate]) -> None:
    """Have the library verify signature, chain, purpose and imprint, at the time of the time-stamp."""
    try:
        VerifierBuilder(roots=roots).build().verify_message(response, data)
    except Exception as problem:  # as above: it has others than its own
        raise StampError(_("its signature does not lead to the authority’s root certificate")) from problem


def _chain(
    response: TimeStampResponse, certificates: list[x509.Certificate], roots: list[x509.Certificate]
) -> list[x509.Certificate]:
    """The certificate that signed, and those that vouch for it, up to a root."""
    (signer,) = response.signed_data.signer_infos
    named = [
        each
        for each in certificates
        if (each.issuer, each.serial_number) == (signer.issuer, signer.serial_number)
    ]
    if len(named) != 1:  # two of one name: which of them the library took is not known
        raise StampError(_("it does not say which certificate signed it"))
    chain = named
    for _ignored in range(MAX_CHAIN):
        if chain[-1] in roots:
            return chain
        chain += [each for each in (*roots, *certificates) if _has_issued(each, chain[-1])][:1]
    raise StampError(_("its signature does not lead to the authority’s root certificate"))


def _has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # noqa: BLE001 - a certificate is a stranger's, and each key type fails in a way of its own
        return False
    return True


def _is_for_time_stamps(certificate: x509.Certificate) -> bool:
    """Whether a certificate is for time-stamps and nothing else, and says so critically (RFC 3161, 2.3)."""
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    return purposes.critical and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


# --- The order of certificates -----------------------------------------------------------------------


def _in_order(stamp: bytes) -> bytes:
    """Return a time-stamp with its certificates in the order of DER. OpenSSL, and authorities that use it,
    leave them as they come; the library refuses that. No signature covers the order. Raises ValueError and
    IndexError for what has another shape."""
    start, end = 0, len(stamp)
    for place, tag in ((0, SEQUENCE), (1, SEQUENCE), (1, EXPLICIT), (0, SEQUENCE)):  # down to SignedData
        found, start, end = list(_parts(stamp, start, end))[place][1:]
        if found != tag:
            raise ValueError(found)
    for _ignored, tag, first, last in _parts(stamp, start, end):
        if tag == EXPLICIT:
            certificates = [stamp[begin:stop] for begin, _, _, stop in _parts(stamp, first, last)]
            return stamp[:first] + b"".join(sorted(certificates)) + stamp[last:]
    return stamp


def _parts(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the values of DER between two places: where each begins, its tag, and where its content begins
    and ends."""
    while at < end:
        first, start = data[at + 1], at + 2
        if first >= 0x80:  # the length of the length
            start += first - 0x80
            first = int.from_bytes(data[at + 2 : start], "big")
        if not start <= start + first <= end:
            raise ValueError(first)
        yield at, data[at], start, start + first
        at = start + first
