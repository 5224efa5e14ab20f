"""`charter verify --against`: what somebody kept, held against what is here."""

from __future__ import annotations

import json
import os
import tarfile
import zipfile

import pytest
from jsonschema import Draft202012Validator

import loops
from builders import make_signatory, release_draft, write_signatory
from charterpress.cli import main
from charterpress.linkcheck import fetch
from charterpress.outputs.assets import schema_files
from charterpress.proofs.digests import sha256, swhid
from commands import commit_all, edit_file, git, init_repository, run_charter
from loopback import QUICK, Internet, served
from time_stamping import Authority, known_authorities, write_stamps

SCHEMA = Draft202012Validator(json.loads(schema_files()["schemas/commands-1.schema.json"]))
ADDRESS = "https://charter.example/"
DIFFER = "They differ: one of the two is not what was released or signed. Compare both with what others kept."
SAME = "Nothing in it differs from what is here."


@pytest.fixture
def releases(reworded):
    """A small charter with versions 1.0.0 and 1.1.0; gives the folder of the releases."""
    release_draft(reworded, date="2024-12-02")
    return reworded / "releases"


@pytest.fixture
def world(monkeypatch):
    """An internet on this computer, which the command asks."""
    with Internet() as internet:
        monkeypatch.setattr(fetch, "Client", lambda **_: internet.client(QUICK))
        yield internet


def compared(capsys, copy) -> tuple[int, list[str]]:
    """The exit code, and what is said of the copy."""
    code = loops.in_thread(lambda: main(("verify", "--against", str(copy))))
    out, err = capsys.readouterr()
    assert err == ""
    _, _, said = out.partition("Compared with ")
    return code, [line.strip() for line in said.splitlines()[1:]]


def in_json(capsys, copy) -> dict:
    """The same for a program, held to its schema."""
    loops.in_thread(lambda: main(("verify", "--format", "json", "--against", str(copy))))
    told = json.loads(capsys.readouterr().out)
    SCHEMA.validate(told)
    return told["against"]


def site(releases, **changes) -> dict[str, bytes]:
    """What a site publishes of the releases, by path; `changes` are by path too, with None for a file that is
    not there."""
    files = {f"/versions/{each.stem}/charter.json": each.read_bytes() for each in releases.glob("*.json")}
    sums = "".join(
        f"{sha256(data)}  {path.removeprefix('/versions/')}\n" for path, data in sorted(files.items())
    )
    return files | {"/versions/SHA256SUMS": sums.encode(), "/robots.txt": b""}


def serve(world, files):
    return world.open("charter.example", {path: served(data, kind="") for path, data in files.items()})


# --- The same ----------------------------------------------------------------------------------------


def test_a_published_site_is_read_file_by_file(releases, world, capsys):
    server = serve(world, site(releases))
    assert compared(capsys, ADDRESS) == (
        0,
        [
            "versions/1.0.0/charter.json: the same as 1.0.0 here, to the byte",
            "versions/1.1.0/charter.json: the same as 1.1.0 here, to the byte",
            "versions/SHA256SUMS: has the digests of 1.0.0 and 1.1.0 here",
            SAME,
        ],
    )
    assert server.paths == [
        "/versions/SHA256SUMS",
        "/versions/1.0.0/charter.json",
        "/versions/1.1.0/charter.json",
        "/versions.json",
        "/signatories/signatories.json",
        *(
            f"/versions/{version}/proof/{version}.{authority}.1.tsr"
            for version in ("1.0.0", "1.1.0")
            for authority in ("digicert", "sectigo")
        ),
    ]


def test_a_repository_and_a_folder_of_anything_are_read(releases, tmp_path, capsys):
    (tmp_path / "kept/old").mkdir(parents=True)
    (tmp_path / "kept/old/saved.json").write_bytes((releases / "1.0.0.json").read_bytes())
    (tmp_path / "kept/notes.json").write_text("[1, 2]", encoding="utf-8")
    assert compared(capsys, tmp_path / "kept") == (
        0,
        ["old/saved.json: the same as 1.0.0 here, to the byte", SAME],
    )
    assert compared(capsys, tmp_path)[1][-2:] == ["SHA256SUMS: has the digests of 1.0.0 and 1.1.0 here", SAME]
    assert in_json(capsys, tmp_path)["others"] == []


def test_an_older_copy_is_no_difference_and_what_it_lacks_is_said(releases, tmp_path, capsys):
    old = tmp_path / "SHA256SUMS"
    old.write_text((releases / "SHA256SUMS").read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert compared(capsys, old) == (
        0,
        ["SHA256SUMS: has the digest of 1.0.0 here", "Here, and not in it: 1.1.0.", SAME],
    )
    assert in_json(capsys, old)["others"] == ["1.1.0"]


def test_a_digest_is_read_as_a_certificate_prints_it(releases, capsys):
    data = (releases / "1.0.0.json").read_bytes()
    digest = sha256(data)
    groups = [digest[at : at + 8].upper() for at in range(0, 64, 8)]
    labelled = (f"SHA-256: {digest}", f"sha256:{digest}", f"{swhid(data)};origin=https://charter.example/")
    for typed in (digest, " ".join(groups), "\n".join(groups), swhid(data), *labelled):
        assert compared(capsys, typed) == (0, ["the digest: has the digest of 1.0.0 here", SAME])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("letter.txt", "Keep this: {digest}."),
        ("certificate.html", "<p><code>{spans}</code></p>"),
        ("reply.txt", "> {half}\n> > {rest}"),
        ("letter.html", "<p>{half}&nbsp;{rest}</p>"),
        ("letter.eml", "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n{broken}\n"),
    ],
)
def test_a_letter_or_certificate_is_read_for_its_digest(releases, tmp_path, capsys, name, words):
    digest = sha256((releases / "1.1.0.json").read_bytes())
    spans = "".join(f"<span>{digest[at : at + 8]}</span><wbr>" for at in range(0, 64, 8))
    values = {"digest": digest, "spans": spans, "broken": f"{digest[:40]}=\n{digest[40:]}"}
    values |= {"half": digest[:32], "rest": digest[32:]}
    (tmp_path / name).write_text(words.format(**values), encoding="utf-8")
    assert compared(capsys, tmp_path / name) == (0, [f"{name}: has the digest of 1.1.0 here", SAME])


def test_a_list_that_powershell_saved_is_read(releases, tmp_path, capsys):
    digest = sha256((releases / "1.1.0.json").read_bytes())
    (tmp_path / "hash.txt").write_text(f"Hash : {digest.upper()}\n", encoding="utf-16")
    said = ["hash.txt: has the digest of 1.1.0 here", SAME]
    assert compared(capsys, tmp_path / "hash.txt") == (0, said)


# --- Not the same ------------------------------------------------------------------------------------


def test_other_line_endings_are_told_from_other_words(releases, tmp_path, capsys):
    data = (releases / "1.0.0.json").read_bytes()
    (tmp_path / "1.0.0.json").write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    code, said = compared(capsys, tmp_path / "1.0.0.json")
    assert (code, said[0].partition(":")[2][:49], said[-1]) == (
        1,
        " NOT the same as 1.0.0 here to the byte, but its ",
        DIFFER,
    )


@pytest.mark.parametrize(
    ("name", "damage"),
    [("charter (1).json", lambda data: data[:-10]), ("1.1.0.json", lambda data: data + b" " * 10_000_000)],
)
def test_a_folder_has_no_version_that_is_passed_over(releases, tmp_path, capsys, name, damage):
    """Neither one that was cut off under a browser's name, nor one that is too large."""
    copy = tmp_path / "kept"
    copy.mkdir()
    (copy / "1.0.0.json").write_bytes((releases / "1.0.0.json").read_bytes())
    (copy / name).write_bytes(damage((releases / "1.1.0.json").read_bytes()))
    code, said = compared(capsys, copy)
    assert (code, len(said), said[-1]) == (1, 3, DIFFER)


def test_a_newer_copy_is_told_from_a_changed_one(releases, tmp_path, capsys):
    """Which of the two was changed nobody can say, nor that either was."""
    copy = tmp_path / "kept"
    copy.mkdir()
    for each in releases.glob("*.json"):
        (copy / each.name).write_bytes(each.read_bytes())
    (releases / "1.1.0.json").unlink()
    sums = (releases / "SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    (releases / "SHA256SUMS").write_text(sums[0], encoding="utf-8")
    code, said = compared(capsys, copy)
    assert (code, said[-1].partition(":")[0]) == (1, "It has what is not here")
    again = [row("1.0.0", "2024-12-01", "Chair"), row("1.1.0", "2024-12-09", "Chair")]
    entries = [
        {"slug": "quay-club", "name": "Quay club", "signed": again},
        {"slug": "new-club", "name": "New club", "signed": again},
    ]
    (copy / "signatories.json").write_text(json.dumps({"format": "signatories-1", "signatories": entries}))
    write_signatory(releases.parent, make_signatory())
    code, said = compared(capsys, copy)
    assert (code, said[2].partition(":")[0], said[3:]) == (
        1,
        "It has what is not here",
        [
            "by its list Quay club (quay-club) signed 1.1.0 on 2024-12-09; the entry here doesn’t say so",
            "New club (new-club) is on its list of signatories, and has no entry here",
        ],
    )
    (copy / "1.0.0.json").write_bytes(b"{}")
    assert compared(capsys, copy)[1][-1] == DIFFER


def test_a_changed_file_is_told_with_its_line(releases, tmp_path, capsys):
    kept = tmp_path / "mine.json"
    data = (releases / "1.0.0.json").read_bytes()
    kept.write_bytes(data.replace(b"day", b"dag", 1))
    line = data[: data.index(b"day")].count(b"\n") + 1
    digests = f"SHA-256 there {sha256(kept.read_bytes())}, here {sha256(data)}"
    assert compared(capsys, kept) == (
        1,
        [
            f"mine.json: NOT the same as 1.0.0 here, from line {line} on; {digests}",
            DIFFER,
        ],
    )
    told = in_json(capsys, kept)
    assert (told["differs"], told["files"][0]["line"]) == (True, line)


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-10], lambda data: data + b"\n", lambda data: b"{}", lambda data: b"{" * 100_000],
    ids=["cut", "longer", "other", "deep"],
)
def test_a_damaged_file_is_never_taken_for_the_version_that_it_names(releases, tmp_path, capsys, damage):
    """Its bytes hold the digest of the version before."""
    kept = tmp_path / "mine.json"
    kept.write_bytes(damage((releases / "1.1.0.json").read_bytes()))
    code, said = compared(capsys, kept)
    assert (code, said[-1]) == (1, DIFFER)
    kept.rename(tmp_path / "1.1.0.json")
    code, said = compared(capsys, tmp_path / "1.1.0.json")
    assert (code, said[0].startswith("1.1.0.json: NOT the same as 1.1.0 here, from line")) == (1, True)


def test_a_digest_that_nothing_has_and_a_version_that_is_gone_differ(releases, tmp_path, capsys):
    assert compared(capsys, "0" * 64) == (1, [f"the digest: NOTHING here has the digest {'0' * 64}", DIFFER])
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  9.0.0.json\n", encoding="utf-8")
    assert compared(capsys, sums)[1][0] == f"SHA256SUMS: NOTHING here has the digest {'0' * 64}"


def test_a_site_with_other_words_or_without_a_version_differs(releases, world, capsys):
    files = site(releases)
    first = files["/versions/1.0.0/charter.json"]
    server = serve(world, files | {"/versions/1.0.0/charter.json": first.replace(b"day", b"dag")})
    code, said = compared(capsys, ADDRESS)
    line = first[: first.index(b"day")].count(b"\n") + 1
    told = f"versions/1.0.0/charter.json: NOT the same as 1.0.0 here, from line {line} on"
    assert (code, said[0].split(";")[0]) == (1, told)
    del server.says["/versions/1.0.0/charter.json"]
    gone = "versions/1.0.0/charter.json: 1.0.0 is MISSING, although it or a later version is listed"
    assert gone in compared(capsys, ADDRESS)[1]
    server.says["/versions/SHA256SUMS"] = served(files["/versions/SHA256SUMS"].splitlines()[1], kind="")
    told_of_all = compared(capsys, ADDRESS)[1]
    left_out = "versions/SHA256SUMS: 1.0.0 is MISSING, although it or a later version is listed"
    assert left_out in told_of_all


def test_a_site_without_its_list_is_still_read_file_by_file(releases, world, capsys):
    """A digest on its home page is not all that it is asked for."""
    files = site(releases)
    first = files["/versions/1.0.0/charter.json"]
    del files["/versions/SHA256SUMS"]
    files["/"] = sha256((releases / "1.1.0.json").read_bytes()).encode()
    serve(world, files | {"/versions/1.0.0/charter.json": first.replace(b"day", b"dag")})
    code, said = compared(capsys, ADDRESS)
    assert (code, said[0][:60]) == (1, "versions/1.0.0/charter.json: NOT the same as 1.0.0 here, fro")


def test_a_register_that_somebody_kept_is_held_against_the_one_here(releases, tmp_path, capsys):
    kept = {
        "format": "signatories-1",
        "signatories": [
            {"slug": "quay-club", "name": "Quay club", "signed": [row("1.0.0", "2024-12-01", "Chair")]},
            {"slug": "gone", "name": "Gone \u202e", "signed": [row("1.0.0", "2024-12-01", "Chair")]},
            {"slug": "old-name", "name": "Renamed", "signed": [row("1.0.0", "2024-12-05", "Chair")]},
            {"slug": "told", "name": "Told", "reports": [{"from": "2025-01-01", "to": "2025-12-31"}, 3]},
            {"slug": "part", "name": "Part", "signed": [row("1.0.0", "2024", "-")], "signed_for": True},
        ],
    }
    copy = tmp_path / "kept"
    copy.mkdir()
    (copy / "signatories.json").write_text(json.dumps(kept), encoding="utf-8")
    (copy / "1.0.0.json").write_bytes((releases / "1.0.0.json").read_bytes())
    write_signatory(releases.parent, make_signatory())
    write_signatory(releases.parent, make_signatory("new-name", formerly=("old-name",)))
    write_signatory(releases.parent, make_signatory("part"))
    write_signatory(releases.parent, make_signatory("told"))
    code, said = compared(capsys, copy)
    assert (code, said[1:]) == (
        1,
        [
            "Gone <U+202E> (gone) is on its list of signatories, and has no entry here",
            "by its list Renamed (old-name) signed 1.0.0 on 2024-12-05; the entry here doesn’t say so",
            "by its list Told (told) reported on 2025-01-01 to 2025-12-31; the entry here doesn’t say so",
            DIFFER,
        ],
    )
    assert [each["loss"] for each in in_json(capsys, copy)["register"]] == ["vanished", "signature", "report"]


def row(version, date, role):
    return {"version": version, "date": date, "role": role, "link": None}


# --- Time-stamps -------------------------------------------------------------------------------------

MORE_HERE = "It is older than these time-stamps, or has lost them, and so it proves less."
BUT = "Nothing in it differs from what is here, but for these time-stamps."


def test_time_stamps_that_only_one_of_both_has_are_told(releases, world, tmp_path, capsys, monkeypatch):
    authority = Authority("digicert")
    known_authorities(monkeypatch, tmp_path / "authorities.toml", authority)
    first = authority.stamp((releases / "1.0.0.json").read_bytes())
    server = serve(world, site(releases) | {"/versions/1.0.0/proof/1.0.0.digicert.1.tsr": first})
    code, said = compared(capsys, ADDRESS)
    kept = "Keep them: each may prove an earlier day."
    assert (code, said[-2].endswith(kept), said[-1]) == (0, True, BUT)
    assert in_json(capsys, ADDRESS)["time_stamps"] == {"here": [], "there": ["1.0.0.digicert.1.tsr"]}
    write_stamps(releases.parent, authority, first)
    assert compared(capsys, ADDRESS)[1][-1] == SAME
    del server.says["/versions/1.0.0/proof/1.0.0.digicert.1.tsr"]
    gone = [f"Here, and not in it: 1.0.0.digicert.1.tsr. {MORE_HERE}", BUT]
    assert (compared(capsys, ADDRESS)[0], compared(capsys, ADDRESS)[1][-2:]) == (0, gone)
    copy = tmp_path / "kept"
    copy.mkdir()
    for name in ("1.0.0.json", "1.1.0.json", "SHA256SUMS"):
        (copy / name).write_bytes((releases / name).read_bytes())
    assert compared(capsys, copy)[1][-2:] == gone
    assert compared(capsys, copy / "SHA256SUMS")[1][-1] == SAME


# --- What cannot be compared -------------------------------------------------------------------------


def test_neither_nothing_nor_half_a_digest_is_passed_over(releases, capsys):
    """An empty variable in a script is a mistake, and not “there was nothing to compare”."""
    for typed, said in (
        ("", "nothing in “” can be compared"),
        ("8b40de14 " * 7, "8b40de14” is not a whole digest"),
        ("8b40de140511", "8b40de140511” is not a whole digest"),
    ):
        code, out, err = run_charter(capsys, "verify", "--against", typed.strip())
        assert (code, out, said in err) == (2, "", True)


def test_an_archive_is_no_copy_though_a_digest_can_be_read_in_it(releases, tmp_path, capsys):
    """What else is in it would be passed over."""
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("versions/SHA256SUMS", (releases / "SHA256SUMS").read_bytes())
        archive.writestr("../../versions/1.0.0/charter.json", b"{}")
    tape = tmp_path / "site.tar"
    with tarfile.open(tape, "w") as archive:
        archive.add(releases / "SHA256SUMS")
    for each in (path, tape):
        said = f"error: “{each}” is an archive: unpack it, and name the folder\n"
        assert run_charter(capsys, "verify", "--against", str(each)) == (2, "", said)


def test_a_folder_of_too_many_is_told_in_brief(releases, tmp_path, capsys):
    copy = tmp_path / "kept"
    copy.mkdir()
    for number in range(150):
        (copy / f"a{number}.json").write_bytes((releases / "1.0.0.json").read_bytes())
    (copy / "z.json").write_bytes((releases / "1.0.0.json").read_bytes() + b" ")
    (copy / "link.json").symlink_to(releases / "1.1.0.json")
    os.mkfifo(copy / "pipe.json")
    code, said = compared(capsys, copy)
    assert (code, len(said), said[0][:28]) == (1, 102, "z.json: NOT the same as 1.0.")
    assert said[-2:] == ["and more of the kind, 151 in all: “--format json” lists them", DIFFER]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_a_list_and_a_version_in_another_coding_are_not_passed_over(releases, tmp_path, capsys, coding):
    copy = tmp_path / "kept"
    copy.mkdir()
    for name in ("1.0.0.json", "SHA256SUMS"):
        text = (releases / name).read_text(encoding="utf-8")
        (copy / name.replace("1.0.0", "mine")).write_text(text, encoding=coding, newline="\r\n")
    code, said = compared(capsys, copy)
    assert (code, said[-1]) == (1, DIFFER)
    assert "SHA256SUMS: has the digests of 1.0.0 and 1.1.0 here" in said
    sums = (releases / "SHA256SUMS").read_text(encoding="utf-8")
    (copy / "SHA256SUMS").write_text(sums.upper().replace("JSON", "json") * 3, encoding=coding)
    assert "SHA256SUMS: has the digests of 1.0.0 and 1.1.0 here" in compared(capsys, copy)[1], "each once"


@pytest.mark.parametrize("name", ["empty", "picture.png", "feed.xml"])
def test_what_has_nothing_of_a_charter_is_refused(releases, tmp_path, capsys, name):
    (tmp_path / "empty").mkdir()
    feed = f"<?xml version='1.0'?>\n<feed><subtitle>of signatories.json: {'0' * 64}</subtitle></feed>"
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    code, out, err = run_charter(capsys, "verify", "--against", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert err.startswith(
        f"error: nothing in “{tmp_path / name}” can be compared: name the address of a site"
    )


def test_a_file_that_is_not_there_and_a_site_that_does_not_answer_are_said(releases, world, capsys):
    assert run_charter(capsys, "verify", "--against", "nowhere")[::2] == (
        2,
        "error: there is no file or folder “nowhere”\n",
    )
    code = loops.in_thread(lambda: main(("verify", "--against", ADDRESS)))
    why = "its host has no address (asked for its robots.txt)"
    assert (code, capsys.readouterr().err) == (2, f"error: {ADDRESS} cannot be read: {why}\n")


def test_a_private_address_is_never_asked(releases, world, capsys):
    code = loops.in_thread(lambda: main(("verify", "--against", "http://127.0.0.1/")))
    assert (code, world.private.met) == (2, 0)
    assert "its host has an address that is not public" in capsys.readouterr().err


# --- The register since a tag ------------------------------------------------------------------------


def test_an_entry_that_vanished_or_changed_since_a_tag_is_told(releases, capsys):
    root = releases.parent
    for slug in ("quay-club", "mole-club", "pier-club", "rope-club"):
        write_signatory(root, make_signatory(slug))
    init_repository()
    git("tag", "1.0.0")
    git("tag", "unrelated")
    (root / "signatories/quay-club.yml").unlink()
    (root / "signatories/mole-club.yml").rename(root / "signatories/moles.yml")
    edit_file(
        root / "signatories/moles.yml", '"kind"' if False else "kind:", 'formerly: ["mole-club"]\nkind:'
    )
    edit_file(root / "signatories/pier-club.yml", "2024-12-01", "2024-12-09")
    edit_file(root / "signatories/rope-club.yml", "Chair", "Treasurer")
    commit_all()
    code, out, _ = run_charter(capsys, "verify")
    assert (code, [line for line in out.splitlines() if "Since" in line]) == (
        0,
        [
            f"Since the tag 1.0.0: {each}."
            for each in (
                "Pier club (pier-club) signed 1.0.0 on 2024-12-01, and its entry no longer says so",
                "Quay club (quay-club) was on the list of signatories, and has no entry now",
                (
                    "Rope club (rope-club) signed 1.0.0 on 2024-12-01 as “Chair”, "
                    "and its entry names another role"
                ),
            )
        ],
    )
    code, out, _ = run_charter(capsys, "verify", "--format", "json")
    told = json.loads(out)
    SCHEMA.validate(told)
    assert [(each["tag"], each["slug"], each["loss"]) for each in told["register"]] == [
        ("1.0.0", "pier-club", "signature"),
        ("1.0.0", "quay-club", "vanished"),
        ("1.0.0", "rope-club", "role"),
    ]


def test_a_report_that_is_gone_since_a_tag_is_told(releases, capsys):
    report = (
        "reports:\n  - from: 2024-04-01\n    to: 2025-03-31\n    version: 1.0.0\n    published: 2025-05-01\n"
    )
    path = write_signatory(releases.parent, make_signatory())
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{report}    published: 2025-05-01\n", encoding="utf-8")
    init_repository()
    untold = "No version has a tag here, so the register was not compared with what it said then."
    assert untold in run_charter(capsys, "verify")[1]
    git("tag", "1.1.0")
    assert untold not in run_charter(capsys, "verify")[1]
    assert "Since" not in run_charter(capsys, "verify")[1]
    path.write_text(text, encoding="utf-8")
    said = "reported on 2024-04-01 to 2025-03-31, and its entry no longer says so.\n"
    code, out, _ = run_charter(capsys, "verify")
    assert (code, f"Since the tag 1.1.0: Quay club (quay-club) {said}" in out) == (0, True)
    told = json.loads(run_charter(capsys, "verify", "--format", "json")[1])
    SCHEMA.validate(told)
    assert told["register"][0]["report"] == {"from": "2024-04-01", "to": "2025-03-31"}


def test_a_register_that_only_grew_is_not_told_of(releases, capsys):
    write_signatory(releases.parent, make_signatory())
    init_repository()
    git("tag", "1.0.0")
    write_signatory(releases.parent, make_signatory("new-club"))
    write_signatory(
        releases.parent, make_signatory("quay-club", ("1.0.0", "2024-12-01"), ("1.1.0", "2025-01-01"))
    )
    assert "Since" not in run_charter(capsys, "verify")[1]
