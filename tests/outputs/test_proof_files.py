"""What is published of the time-stamps of a version."""

from __future__ import annotations

import pytest

from builders import release_draft, write_charter
from charterpress.outputs.data.releases import proof_files
from charterpress.read import load
from charterpress.views.addresses import published_address
from time_stamping import Authority, known_authorities, write_stamps

NORTH = Authority("North")


@pytest.fixture
def root(tmp_path, monkeypatch):
    known_authorities(monkeypatch, tmp_path / "authorities.toml", NORTH)
    made = write_charter(tmp_path)
    release_draft(made, first=True)
    return made


def published(root):
    return dict(proof_files(load(root, shown="charter")))


def test_a_charter_without_time_stamps_publishes_none(root):
    assert published(root) == {}


def test_the_very_bytes_are_published_beside_their_version(root):
    """With the root certificate that they lead to; once, whatever the language of the page."""
    write_stamps(root, NORTH, b"first\r\n\0", b"second")
    found = published(root)
    assert found == {
        "versions/1.0.0/proof/1.0.0.north.1.tsr": b"first\r\n\0",
        "versions/1.0.0/proof/1.0.0.north.2.tsr": b"second",
        "versions/1.0.0/proof/north.pem": NORTH.pem,
    }
    assert [published_address(each, "cy/") for each in found] == [*found]


def test_a_root_that_a_proposal_added_is_not_published(root):
    """The page says to give this file to openssl, which would trust it."""
    write_stamps(root, NORTH, b"first")
    kept = root / "releases/proofs/north.pem"
    kept.write_bytes(Authority("North").pem + kept.read_bytes().replace(b"\n", b"\r\n") + b"words")
    assert published(root)["versions/1.0.0/proof/north.pem"] == NORTH.pem
    kept.write_bytes(Authority("North").pem)
    assert [*published(root)] == ["versions/1.0.0/proof/1.0.0.north.1.tsr"]


@pytest.mark.parametrize(
    "name",
    [
        "9.9.9.north.1.tsr",
        "1.0.0.north.0.tsr",
        "1.0.0.north.01.tsr",
        "1.0.0.north.1.tsr.tsr",
        "1.0.0.North.1.tsr",
        "1.0.0..1.tsr",
        "1.0.0.n\u043erth.1.tsr",
        "1.0.0.north.\u0661.tsr",
        "1.0.0.north.1\n.tsr",
        "..%2f..%2fnorth.1.tsr",
        "-1.0.0.north.1.tsr",
        "1.0.0.north.99999.tsr",
    ],
)
def test_a_name_that_charter_stamp_would_not_give_is_not_published(root, name):
    write_stamps(root, NORTH)
    (root / "releases/proofs" / name).write_bytes(b"x")
    assert published(root) == {}


def test_neither_a_link_nor_a_folder_nor_what_is_too_large_is_published(root):
    write_stamps(root, NORTH)
    folder = root / "releases/proofs"
    (folder / "1.0.0.north.1.tsr").symlink_to("/etc/hostname")
    (folder / "1.0.0.south.1.tsr").mkdir()
    (folder / "1.0.0.west.1.tsr").write_bytes(b"0" * (64 * 1024 + 1))
    assert published(root) == {}
