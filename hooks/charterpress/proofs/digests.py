"""Bytes → the names that they alone have: a digest, and the id that git and Software Heritage give."""

from __future__ import annotations

import hashlib


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of `data`: 64 letters and figures."""
    return hashlib.sha256(data).hexdigest()


def swhid(data: bytes) -> str:
    """Return the SWHID of a file with the bytes `data` (ISO/IEC 18670): its last 40 letters and figures are
    what `git hash-object` prints. It finds a file; SHA-256 is what proves one, since SHA-1 can be forged."""
    header = b"blob %d\0" % len(data)
    return f"swh:1:cnt:{hashlib.sha1(header + data, usedforsecurity=False).hexdigest()}"
