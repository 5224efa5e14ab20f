"""The whole attack: who keeps a charter rewrites all of it, releases, digests and history, and one thing that
somebody kept tells; and what is no attack is never taken for one."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from lxml import html

from builders import make_release, make_signatory, write_signatory
from charterpress.cli import main
from charterpress.model import Edition, TimeStamp
from charterpress.proofs.digests import sha256
from charterpress.read import load
from commands import git, init_repository
from conftest import ROOT
from rendering import make_pages
from rewriting import WITNESSES, history, rewrite, site_copy
from time_stamping import Authority, known_authorities, write_stamps

EXAMPLE = ROOT / "tests/example/brambleford"
RUNS = [pytest.param(seed, marks=() if seed < 4 else pytest.mark.long) for seed in range(200)]
"""Each run is another history; the long tier has all of them."""


@pytest.fixture
def charter(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "kept/charter")


@pytest.fixture(scope="module")
def authority():
    return Authority("North")


def verify(charter, capsys, *arguments: str) -> tuple[int, str]:
    code = main(["--source", str(charter), "verify", *arguments])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out + said.err


# --- Seen --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", RUNS)
def test_whoever_kept_one_thing_sees_that_the_past_was_rewritten(seed, charter, tmp_path, capsys, authority):
    random = Random(seed)  # noqa: S311 - to be the same each time
    changed = rewrite(charter, random)
    assert changed, "the words were to be other ones"
    assert verify(charter, capsys)[0] == 0, "alone it has to be content: that is the attack"
    name, data = random.choice(list(changed.items()))
    kinds = [*WITNESSES, "token"]
    kind = kinds[seed % len(kinds)]
    if kind == "token":
        kept = tmp_path / "kept.tsr"
        kept.write_bytes(authority.stamp(data))
        witness = str(kept)
    else:
        witness = WITNESSES[kind](tmp_path / "mine", name, data)
    code, said = verify(charter, capsys, "--against", witness)
    assert (code, "They differ" in said) == (1, True), (kind, name)


def stamped(folder, old: bytes, authority, *stamps: bytes) -> list[str]:
    """What the page of a version says to type for each of its time-stamps, with the files that it links to
    and the one that was released in `folder`."""
    own = [
        TimeStamp(stem="1.0.0", authority=authority.id, number=number, data=data)
        for number, data in enumerate(stamps, 1)
    ]
    release = make_release()
    edition = Edition(
        root="charter",
        charter=release.charter,
        documents=(),
        entries=(),
        releases=(replace(release, data=old, sha256=sha256(old)),),
        time_stamps=tuple(own),
        roots={authority.id: authority.pem},
    )
    pages = {each.address: each for each in make_pages(edition)}
    page = html.fromstring(pages["versions/1.0.0/check/"].html)
    links = [each.get("href").rpartition("/")[2] for each in page.xpath("//h3[@id='stamps']/..//dt/a")]
    assert links == [name for each in own for name in (each.name, f"{authority.id}.pem")]
    folder.mkdir(exist_ok=True)
    files = {
        "charter.json": old,
        f"{authority.id}.pem": authority.pem,
        **{each.name: each.data for each in own},
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [" ".join(each.text_content().split()) for each in page.find_class("check__openssl")]


def test_a_token_tells_whoever_has_openssl_alone(charter, tmp_path, authority, monkeypatch):
    """What the page of the version says, typed by a stranger on what was published then and what is now."""
    known_authorities(monkeypatch, tmp_path / "authorities.toml", authority)
    first, *_ = history(charter)
    kept, old = tmp_path / "mine", first.read_bytes()
    (line,) = stamped(kept, old, authority, authority.stamp(old))
    assert openssl(line, kept) == (0, True)
    for seed in range(3):
        random = Random(seed)  # noqa: S311 - to be the same each time
        at = random.randrange(len(old))
        changed = old[:at] + bytes([old[at] ^ 1]) + old[at + 1 :]
        if first.name in rewrite(charter, random):
            changed = first.read_bytes()
        (kept / "charter.json").write_bytes(changed)
        assert openssl(line, kept) == (1, False)


@pytest.fixture
def renewed(charter, tmp_path, monkeypatch):
    """renewed(day) makes a folder with a release, a token whose certificates ended with 2023, and its renewal
    on that day; returns the lines of the page that check the two."""

    def renewed_(day):
        data = history(charter)[0].read_bytes()
        old = Authority("Old", datetime(2020, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC))
        new = old.renewed(datetime(2023, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
        known_authorities(monkeypatch, tmp_path / "authorities.toml", old)
        first = old.stamp(data, datetime(2022, 1, 1, tzinfo=UTC))
        return stamped(tmp_path / "mine", data, old, first, new.stamp(data + first, day))

    return renewed_


def test_a_token_that_ended_and_its_renewal_are_checked_as_the_page_says(renewed, tmp_path):
    """The first as of the moment of its renewal; the renewal with the first."""
    lines = renewed(datetime(2023, 12, 1, tzinfo=UTC))
    assert [openssl(line, tmp_path / "mine") for line in lines] == [(0, True), (0, True)]
    bare = lines[0].partition(" -attime")[0]
    assert openssl(bare, tmp_path / "mine") == (1, False), "its certificates have ended"
    assert openssl(f"{bare} -no_check_time", tmp_path / "mine") == (0, True)
    file = tmp_path / "mine/charter.json"
    file.write_bytes(file.read_bytes() + b" ")
    for line in (*lines, f"{bare} -no_check_time"):
        assert openssl(line, tmp_path / "mine") == (1, False)


def test_a_token_that_was_renewed_too_late_is_refused_as_the_page_says(renewed, tmp_path):
    """Whoever has its key by then could sign any earlier day."""
    lines = renewed(datetime(2024, 1, 2, tzinfo=UTC))
    assert [openssl(line, tmp_path / "mine") for line in lines] == [(1, False), (0, True)]


def test_a_renewed_token_in_a_copy_is_no_difference(charter, tmp_path, capsys):
    data = (charter / "releases/1.0.0.json").read_bytes()
    authority = Authority("Old")
    first = authority.stamp(data)
    write_stamps(charter, authority, first, authority.stamp(data + first))
    kept = shutil.copytree(charter / "releases/proofs", tmp_path / "tokens")
    _, said = verify(charter, capsys, "--against", str(kept))
    assert "1.0.0.old.1.tsr: has the digest of 1.0.0 here" in said
    assert "1.0.0.old.2.tsr: has the digest of 1.0.0 here" in said
    assert ("Nothing in it differs" in said, "They differ" in said) == (True, False)
    (kept / "1.0.0.old.2.tsr").write_bytes(authority.stamp(data + b"another"))
    assert "They differ" in verify(charter, capsys, "--against", str(kept))[1]


def openssl(line: str, folder) -> tuple[int, bool]:
    """The exit code of the page's command, and whether it says what the page promises."""
    done = subprocess.run(line, cwd=folder, shell=True, capture_output=True, text=True, check=False)  # noqa: S602 - as a reader types it
    return done.returncode, "Verification: OK" in done.stdout


# --- Not taken for an attack -------------------------------------------------------------------------


def earlier(charter, random: Random) -> dict[str, bytes]:
    """The frozen files up to one of them, in the order in which they came."""
    listed = (charter / "releases/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    names = [line.split()[1] for line in listed[: random.randint(1, len(listed))]]
    return {name: (charter / "releases" / name).read_bytes() for name in names}


def live_on(charter, random: Random) -> None:
    """What honest people do to a register and around the releases."""
    entries = [
        each for each in load(charter, shown="charter").signatories if each.signed and not each.signed_for
    ]
    for who in random.sample(entries, 6):
        path = charter / "signatories" / f"{who.slug}.yml"
        text = path.read_text(encoding="utf-8")
        kind = random.choice(["withdraw", "rename", "name", "role", "again"])
        if kind == "withdraw" and "withdrawn:" not in text:
            text += "withdrawn: {date: 2026-11-30}\n"
        elif kind == "rename" and "formerly:" not in text:
            path.unlink()
            path = path.with_name(f"{who.slug}-renamed.yml")
            text += f"formerly: [{who.slug}]\n"
        elif kind == "name":
            text = re.sub(r"(?m)^name: .*", 'name: "Corrected"', text)
        elif kind == "role":
            text = re.sub(r"role: [^,}\n]+", "role: Chair of the trustees", text, count=1)
        elif kind == "again" and "  - version" in text and "withdrawn:" not in text:
            text = re.sub(
                r"(?m)^signed:\n((?:  .*\n)+)",
                lambda found: f"{found[0]}  - version: 3.1.0\n    date: 2026-11-30\n    role: Chair\n",
                text,
            )
        path.write_text(text, encoding="utf-8", newline="\n")
    write_signatory(charter, make_signatory("a-new-one", ("3.1.0", "2026-11-30")))
    (charter / "errata").mkdir(exist_ok=True)
    (charter / "errata/1.0.0.md").write_text("A comma is missing.\n", encoding="utf-8")


@pytest.mark.parametrize("seed", RUNS)
def test_what_is_honest_is_never_taken_for_an_attack(seed, charter, tmp_path, capsys, authority):
    """New releases, translations and their corrections, errata; entries that come, are corrected, renamed,
    signed again and withdrawn: whatever was kept at whatever time agrees."""
    random = Random(seed)  # noqa: S311 - to be the same each time
    files = earlier(charter, random)
    entries = tmp_path / "then/charter/signatories"
    shutil.copytree(charter / "signatories", entries)
    for path in random.sample(sorted(entries.iterdir()), random.randint(0, 20)):
        path.unlink()
    releases = entries.with_name("releases")
    releases.mkdir()
    for name, data in files.items():
        (releases / name).write_bytes(data)
    sums = "".join(f"{sha256(data)}  {name}\n" for name, data in files.items())
    (releases / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    init_repository(charter.parent)
    git("tag", "1.0.0", folder=charter)
    live_on(charter, random)
    name, data = random.choice(list(files.items()))
    witnesses = [make(tmp_path / kind, name, data) for kind, make in WITNESSES.items()]
    (tmp_path / "kept.tsr").write_bytes(authority.stamp(data))
    witnesses += [site_copy(tmp_path / "whole", files), str(entries.parent), str(tmp_path / "kept.tsr")]
    for witness in (*random.sample(witnesses, 2), str(entries.parent)):
        code, said = verify(charter, capsys, "--against", witness)
        assert (code, "Nothing in it differs" in said) == (0, True), said
