"""A time-stamp authority of the tests' own: certificates of any dates, and time-stamps with any field."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from charterpress.cli import stamp as cli_stamp
from charterpress.linkcheck import fetch
from charterpress.linkcheck.fetch import Client
from charterpress.proofs import authorities
from loopback import Internet, Server, served, trust

STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)


# --- DER ---------------------------------------------------------------------------------------------


def der(tag: int, *parts: bytes) -> bytes:
    """A value of DER."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 + len(length)]) + length + content


def sequence(*parts: bytes) -> bytes:
    return der(0x30, *parts)


def integer(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        content += bytes(reversed(groups))
    return der(0x06, bytes(content))


SHA256, SHA512 = "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.3"
TST_INFO = "1.2.840.113549.1.9.16.1.4"


def algorithm(dotted: str) -> bytes:
    return sequence(oid(dotted))


def attribute(dotted: str, value: bytes) -> bytes:
    return sequence(oid(dotted), der(0x31, value))


# --- Certificates ------------------------------------------------------------------------------------


def name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


@dataclass
class Certified:
    """A key and its certificate. `issuer` is who signed it, itself if none."""

    words: str
    issuer: Certified | None = None
    start: datetime = START
    end: datetime = END
    purposes: tuple = ()
    critical: bool = True
    serial: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @cached_property
    def certificate(self) -> x509.Certificate:
        above = self.issuer or self
        made = x509.CertificateBuilder(
            issuer_name=name(above.words),
            subject_name=name(self.words),
            public_key=self.key.public_key(),
            serial_number=self.serial or x509.random_serial_number(),
            not_valid_before=self.start,
            not_valid_after=self.end,
        ).add_extension(x509.BasicConstraints(ca=not self.purposes, path_length=None), critical=True)
        if self.purposes:
            made = made.add_extension(x509.ExtendedKeyUsage(self.purposes), critical=self.critical)
        return made.sign(above.key, hashes.SHA256())

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


class Authority:
    """An authority called `words`, whose signer's certificate holds from `start` to `end`; its others for
    longer. `purposes` and `critical` are of the signer."""

    def __init__(self, words="North", start=START, end=END, purposes=(STAMPING,), critical=True):
        far = timedelta(days=20_000)
        self.words = words
        self.root = Certified(f"{words} Root", start=START - far, end=END + far)
        self.middle = Certified(f"{words} CA", self.root, START - far, END + far)
        self.signer = Certified(f"{words} Signer", self.middle, start, end, purposes, critical)

    @property
    def id(self) -> str:
        return self.words.lower()

    @property
    def fingerprint(self) -> str:
        return sha256(self.root.der).hexdigest()

    @property
    def pem(self) -> bytes:
        return self.root.certificate.public_bytes(Encoding.PEM)

    def renewed(self, start: datetime, end: datetime) -> Authority:
        """The same authority, with another signer."""
        other = Authority(self.words)
        other.root, other.middle = self.root, self.middle
        other.signer = Certified(f"{self.words} Signer {start.year}", self.middle, start, end, (STAMPING,))
        return other

    def stamp(self, data: bytes, time: datetime = NOON, **fields) -> bytes:
        """A time-stamp of `data`; `fields` are of `Fields`."""
        return replace(Fields(authority=self, data=data, time=time), **fields).response()


@dataclass(frozen=True, kw_only=True)
class Fields:
    """All that a time-stamp says. Those in `after` are put in after it was signed."""

    authority: Authority
    data: bytes
    time: datetime
    digest: bytes = b""
    imprint: str = SHA256
    policy: str = "1.3.6.1.4.1.13762.3"
    serial: int = 7
    nonce: int = 0
    status: int = 0
    version: int = 3
    info_version: int = 1
    kind: str = TST_INFO
    signed_digest: bytes = b""
    signer: Certified | None = None
    named: Certified | None = None
    embedded: tuple | None = None
    signature: bytes = b""
    signers: int = 1
    after: tuple = ()

    def info(self) -> bytes:
        time = self.time.strftime("%Y%m%d%H%M%SZ").encode()
        digest = self.digest or sha256(self.data).digest()
        return sequence(
            integer(self.info_version),
            oid(self.policy),
            sequence(algorithm(self.imprint), der(0x04, digest)),
            integer(self.serial),
            der(0x18, time),
            *([integer(self.nonce)] if self.nonce else []),
        )

    def signer_info(self, info: bytes) -> bytes:
        signer = self.signer or self.authority.signer
        named = (self.named or signer).certificate
        own = sequence(sequence(sequence(der(0x04, sha256(signer.der).digest()))))
        signed = (
            attribute("1.2.840.113549.1.9.3", oid(TST_INFO)),
            attribute("1.2.840.113549.1.9.4", der(0x04, self.signed_digest or sha256(info).digest())),
            attribute("1.2.840.113549.1.9.16.2.47", own),
        )
        attributes = b"".join(sorted(signed))
        signature = self.signature or signer.key.sign(der(0x31, attributes), ec.ECDSA(hashes.SHA256()))
        return sequence(
            integer(1),
            sequence(named.issuer.public_bytes(), integer(named.serial_number)),
            algorithm(SHA256),
            der(0xA0, attributes),
            algorithm("1.2.840.10045.4.3.2"),
            der(0x04, signature),
        )

    def response(self) -> bytes:
        info = self.info()
        said = replace(self, **dict(self.after)).info() if self.after else info
        embedded = self.embedded or (self.authority.signer, self.authority.middle)
        certificates = b"".join(each.der for each in embedded)
        signed = sequence(
            integer(self.version),
            der(0x31, algorithm(SHA256)),
            sequence(oid(self.kind), der(0xA0, der(0x04, said))),
            der(0xA0, certificates),
            der(0x31, self.signer_info(info) * self.signers),
        )
        token = sequence(oid("1.2.840.113549.1.7.2"), der(0xA0, signed))
        return sequence(sequence(integer(self.status)), token)


# --- On a network ------------------------------------------------------------------------------------

CONFIGURATION = """[tsa]
default_tsa = own
[own]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = no
"""


class Desk:
    """An authority that answers as `openssl ts` does; its files are in `folder`. The root certificate comes
    along, in front of those that DER would have there, or after them."""

    def __init__(self, authority: Authority, folder: Path, *, root_first: bool = True):
        folder.mkdir(exist_ok=True)
        self.folder, self.queries = folder, []
        chain = [each.certificate.public_bytes(Encoding.PEM) for each in (authority.root, authority.middle)]
        key = authority.signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        own = authority.signer.certificate.public_bytes(Encoding.PEM)
        for name, data in (("key.pem", key), ("own.pem", own), ("serial", b"01\n")):
            (folder / name).write_bytes(data)
        (folder / "chain.pem").write_bytes(b"".join(chain if root_first else chain[::-1]))
        (folder / "ts.cnf").write_text(CONFIGURATION)

    def reply(self, query: bytes) -> bytes:
        """The answer to a request."""
        (self.folder / "a.tsq").write_bytes(query)
        keys = ("-config", "ts.cnf", "-signer", "own.pem", "-inkey", "key.pem", "-chain", "chain.pem")
        command = ("openssl", "ts", "-reply", "-queryfile", "a.tsq", *keys, "-out", "a.tsr")
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "a.tsr").read_bytes()

    def __call__(self, connection, server) -> None:
        """Answer on a connection, as a server of `loopback` does."""
        self.queries.append(posted(server))
        connection.sendall(served(self.reply(self.queries[-1]), kind="application/timestamp-reply"))


@contextmanager
def stamping_world(monkeypatch):
    """An internet on this computer, which `charter stamp` asks; what it waits is noted."""
    with Internet() as internet:

        def client(**options):
            given = {"resolve": internet.resolve, "dial": internet, "trust": trust()}
            return Client(**(options | given))

        monkeypatch.setattr(fetch, "Client", client)
        monkeypatch.setattr(cli_stamp, "sleep", internet.sleep)
        yield internet
        assert internet.private.met == 0


def open_desks(world: Internet, folder: Path, *asked: Authority) -> list[Server]:
    """A server for each of these authorities."""
    return [
        world.open(f"{each.id}.example", {"/tsa": Desk(each, folder / each.id)}, port=80, tls=False)
        for each in asked
    ]


def posted(server) -> bytes:
    """What was posted last."""
    return server.asked[-1].partition("\r\n\r\n")[2].encode("latin-1")


# --- In the program ----------------------------------------------------------------------------------


def known_authorities(monkeypatch, path: Path, *known: Authority, packaged: bool = False) -> list[Authority]:
    """Have the program know these authorities and no other; each is asked at a host of its name. `packaged`:
    the package of root certificates has theirs."""
    rows = [
        f'[{each.id}]\nname = "{each.words}"\nurl = "http://{each.id}.example/tsa"\n'
        f'roots = ["{each.fingerprint}"]\npause = 15\n'
        for each in known
    ]
    path.write_text("".join(rows), encoding="utf-8")
    monkeypatch.setattr(authorities, "FILE", path)
    monkeypatch.delenv("CHARTER_AUTHORITIES", raising=False)
    if packaged:
        path.with_suffix(".pem").write_bytes(b"".join(each.pem for each in known))
        monkeypatch.setattr(authorities.certifi, "where", lambda: str(path.with_suffix(".pem")))
    return list(known)


def write_stamps(root: Path, authority: Authority, *stamps: bytes, stem="1.0.0") -> None:
    """Write the time-stamps of a release, and the root certificate, as `charter stamp` does."""
    folder = root / "releases/proofs"
    folder.mkdir(exist_ok=True)
    (folder / f"{authority.id}.pem").write_bytes(authority.pem)
    for number, stamp in enumerate(stamps, 1):
        (folder / f"{stem}.{authority.id}.{number}.tsr").write_bytes(stamp)
