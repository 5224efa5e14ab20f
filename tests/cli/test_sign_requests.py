"""`charter sign` with forms that sign again, correct and withdraw: what is written, asked and held."""

from __future__ import annotations

import csv
import io

import pytest

from builders import make_signatory, release_draft, reword, write_signatory
from charterpress.checks import check
from charterpress.cli import main
from charterpress.read import load

HEAD = "Organisation;Request;Version;Date signed;Position;Place;Reason;Your page on the list;New name"


@pytest.fixture
def root(version, tmp_path):
    """A charter with version 1.0.0, which Quay Club, Pier Club and Mole Club signed, and 1.1.0."""
    for name in ("quay-club", "pier-club", "mole-club"):
        write_signatory(version, make_signatory(name, name=name.replace("-", " ").title()))
    reword(version, "It does.", "It does so.")
    assert release_draft(version, date="2026-01-01").version == "1.1.0"
    return version


def sign(rows: str, *options: str, capsys) -> tuple[int, str]:
    """The exit code and output of the command for a table with these rows."""
    with open("t.csv", "w", encoding="utf-8") as file:  # noqa: PTH123 - in the working folder
        file.write(f"{HEAD}\n{rows}")
    code = main(["sign", "--from", "t.csv", *options])
    return code, "".join(capsys.readouterr())


def entry(root, name: str) -> str:
    """The file of an organisation."""
    return (root / f"signatories/{name}.yml").read_text(encoding="utf-8")


def test_a_mixed_table_is_taken_in_at_once_and_again_changes_nothing(root, capsys):
    rows = (
        "quay club;;1.1.0;13/02/2026;Chair;;;;\n"
        "Pier Club;withdraw;;01/02/2026;;;We have closed.;;\n"
        ";correct;;;;The old pier;;https://x.example/signatories/mole-club/;Mole & Pier Club\n"
    )
    code, out = sign(rows, capsys=capsys)
    assert code == 0, out
    assert "3 forms read: 1 signed again, 1 corrected, 1 withdrawn." in out
    assert "{version: 1.1.0, date: 2026-02-13, role: Chair}]" in entry(root, "quay-club")
    assert "withdrawn:\n  date: 2026-02-01\n  note: We have closed.\n" in entry(root, "pier-club")
    assert "formerly:\n  - mole-club\n" in entry(root, "mole-and-pier-club")
    assert not (root / "signatories/mole-club.yml").exists()
    assert [each for each in check(load(root)) if each.severity == "error"] == []
    before = {path: path.read_bytes() for path in (root / "signatories").iterdir()}
    code, out = sign(rows, capsys=capsys)
    assert (code, "3 on the list already" in out) == (1, True)
    assert {path: path.read_bytes() for path in (root / "signatories").iterdir()} == before


ASKED = {
    "a similar name": ("Quay Clubb;withdraw;;;;;;;", "do you mean “Quay Club”, quay-club?"),
    "two meanings": ("Quay Club;resign;;;;;;;", "“resign” may be one thing or another"),
    "two entries": ("Pier Club;withdraw;;;;;;quay-club;", "the page is that of “Quay Club”"),
    "no request": ("Quay Club;;;;;;;;", "the form does not say what to do"),
    "no entry": (";withdraw;;;;;;nobody;", "“nobody” is not a page on the list"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_not_certain_is_asked_about_and_kept_in_the_rest(root, case, capsys, tmp_path):
    row, expected = ASKED[case]
    before = {path: path.read_bytes() for path in (root / "signatories").iterdir()}
    code, out = sign(f"{row}\n", "--rest", "rest.csv", capsys=capsys)
    assert (code, expected in out) == (1, True), out
    assert "1 to ask about" in out
    with open("rest.csv", encoding="utf-8-sig") as file:  # noqa: PTH123 - as above
        (kept,) = csv.DictReader(io.StringIO(file.read()))
    assert expected in kept["What is wrong"]
    assert {path: path.read_bytes() for path in (root / "signatories").iterdir()} == before
    assert sign("", "--rest", "rest.csv", capsys=capsys)[0] == 2


def test_a_name_in_a_role_is_held_until_somebody_accepts_it(root, capsys):
    row = "Quay Club;sign again;1.1.0;2026-02-13;Jane Smith (Chair);;;;\n"
    code, out = sign(row, capsys=capsys)
    assert (code, "1 held for a person" in out) == (1, True), out
    assert "1.1.0" not in entry(root, "quay-club")
    code, out = sign(row, "--accept", capsys=capsys)
    assert code == 0, out
    assert "accepted:" in entry(root, "quay-club")
    assert [each for each in check(load(root)) if each.severity == "error"] == []


@pytest.mark.parametrize(
    ("note", "held"),
    [
        ("Jane left. Best wishes, Fiona", "“Fiona”"),
        ("Ring 07700 900123", "“07700 900123”"),
        ("We closed.", ""),
    ],
)
def test_a_reason_for_withdrawing_is_held_as_a_pledge_is(root, capsys, note, held):
    row = f"Quay Club;withdraw;;2026-02-01;;;{note};;\n"
    code, out = sign(row, capsys=capsys)
    assert (code, f"“Reason”: {held} looks like" in out) == ((1, True) if held else (0, False))
    assert ("withdrawn" in entry(root, "quay-club")) is (not held)
    sign(row, "--accept", capsys=capsys)
    assert note in entry(root, "quay-club")


def test_an_entry_under_another_name_is_said(root, capsys):
    code, out = sign("Kay Club;;1.1.0;2026-02-13;Chair;;;quay-club;\n", capsys=capsys)
    assert (code, "the entry is that of “Quay Club”; make sure" in out) == (0, True)


def test_what_is_wrong_with_one_form_stops_no_other_for_the_same_entry(root, capsys):
    rows = "Quay Club;;1.1.0;2026-02-13;Chair;;;;\nQuay Club;;2.9;2026-02-14;Chair;;;;\n"
    for each in (rows, "".join(f"{row}\n" for row in reversed(rows.splitlines()))):
        code, out = sign(each, "--dry-run", capsys=capsys)
        assert (code, "2 forms read: 1 signed again, 1 refused." in out) == (1, True)
        assert out.count("“2.9” is not a version that was released") == 1
    assert sign(rows, capsys=capsys)[0] == 1
    assert "date: 2026-02-13" in entry(root, "quay-club")
    assert "2.9" not in entry(root, "quay-club")


def test_a_branch_without_a_signature_is_told_whose_to_correct(root, capsys):
    branch = "name: Pier Branch\nkind: charity\narea: The pier\nwebsite: https://pier-branch.org/\n"
    (root / "signatories/pier-branch.yml").write_text(f"{branch}part_of: pier-club\n")
    code, out = sign("Pier Branch;correct;;;Clerk;;;;\n", capsys=capsys)
    assert (code, "“Pier Branch” has no signature of its own; correct that" in out) == (1, True)
