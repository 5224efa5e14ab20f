"""The names of a file's bytes."""

from __future__ import annotations

import subprocess

import pytest

from charterpress.proofs.digests import sha256, swhid

ANYTHING = [b"", b"words\n", b"\r\n\xff\0", "ŵyneb مرحبا".encode(), b"a" * 100_000]


@pytest.mark.parametrize("data", ANYTHING)
def test_a_swhid_ends_in_what_git_calls_the_file(data):
    command = ["git", "hash-object", "--no-filters", "--stdin"]
    name = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode().strip()
    assert swhid(data) == f"swh:1:cnt:{name}"


@pytest.mark.parametrize("data", ANYTHING)
def test_a_digest_is_that_of_sha256sum(data):
    said = subprocess.run(["sha256sum"], input=data, capture_output=True, check=True).stdout
    assert sha256(data) == said.split()[0].decode()
