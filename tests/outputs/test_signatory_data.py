"""The register → signatories.json and signatories.csv, and the schemas that describe it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from builders import (
    make_charter,
    make_release,
    make_report,
    make_signatory,
    write_charter,
    write_release,
    write_signatory,
)
from charterpress.checks import check
from charterpress.model import Answer, Class, Edition, PrincipleReport, Signature, Withdrawal
from charterpress.outputs.data import signatories as listing
from charterpress.outputs.data.signatories import register_files
from charterpress.read import load
from charterpress.text.escape import escape_formula
from charterpress.views.signatories import register_view
from registers import HOSTILE

SCHEMAS = Path(listing.__file__).with_name("schemas")
ONE = make_release()
TWO = make_release(ONE, version="2.0.0", date="2025-06-01", class_=Class.COMMITMENT)


def schema(name):
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text()))


def edition(*signatories, releases=(ONE, TWO)) -> Edition:
    return Edition(
        root="charter", charter=make_charter(), documents=(), entries=(), releases=releases,
        signatories=signatories,
    )  # fmt: skip


def files(*signatories, dated="2025-12-01", **more):
    register = register_view(edition(*signatories, **more), dated)
    return register_files(register.current, register.entries, register.day, register.seen)


def as_json(*signatories, dated="2025-12-01", **more):
    """signatories.json, held against its schema."""
    made = json.loads(files(*signatories, dated=dated, **more)["signatories/signatories.json"])
    assert list(schema(listing.FORMAT).iter_errors(made)) == []
    return made


def rows(*signatories):
    data = files(*signatories)["signatories/signatories.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


BACK = make_signatory(
    "quay-club",
    registration="GB-CHC-1234567",
    pledge="We will.",
    signed=(
        Signature(version="1.0.0", date="2024-12-02", role="Chair", link="https://quay.example/charter"),
        Signature(version="2.0.0", date="2025-07-01", role="Clerk"),
    ),
)


@pytest.mark.parametrize("name", [listing.FORMAT, "signatory-1"])
def test_the_schemas_are_in_order_themselves(name):
    Draft202012Validator.check_schema(schema(name).schema)


def test_of_one_that_withdrew_neither_words_nor_links_are_published():
    withdrawn = {"date": "2025-08-01", "note": "We closed."}
    left = replace(BACK, withdrawn=Withdrawal(**withdrawn))
    (entry,) = as_json(left)["signatories"]
    assert (entry["website"], entry["pledge"], {each["link"] for each in entry["signed"]}) == (
        None, None, {None},
    )  # fmt: skip
    assert (entry["standing"], entry["since"]) == ("withdrawn", "2025-08-01")
    assert entry["withdrawn"] == withdrawn
    assert [row["website"] for row in rows(left)] == [""]


@pytest.mark.parametrize(
    ("dated", "expected"), [("2025-12-01", "2025-12-01"), ("2025-01-01", "2025-07-01"), ("", "2025-07-01")]
)
def test_the_list_is_of_the_commits_day_or_of_the_last_event(dated, expected):
    assert as_json(BACK, dated=dated)["as_of"] == expected


def test_before_there_is_a_version_to_sign_there_is_no_register():
    draft = make_release(version="0.1.0", date="2024-06-01")
    for releases in ((), (draft,)):
        assert register_view(edition(BACK, releases=releases), "2025-12-01") is None


@pytest.mark.parametrize("name", ["signatories.json", "signatories.csv"])
def test_programs_and_spreadsheets_read_who_signed_what_and_how_they_stand(root, name):
    """The table is RFC 4180's, with a mark for spreadsheets."""
    golden = root / "tests/golden/register" / name
    assert files(BACK)[f"signatories/{name}"] == golden.read_bytes()
    assert (len(as_json(BACK)["signatories"]), len(rows(BACK))) == (1, 1)


@given(st.text(), st.sampled_from("=+-@\t\r\n＝＋－＠"))
def test_no_cell_is_worked_out(words, sign):
    assert escape_formula(sign + words) == f"'{sign}{words}"
    assert escape_formula(words).endswith(words)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30), min_size=1, max_size=4
    )
)
@example([*HOSTILE, '"A, B; C'])
def test_any_words_come_back_from_the_files(names):
    several = [make_signatory(f"a-{place}", name=name, area=name) for place, name in enumerate(names)]
    found = {row["slug"]: row["name"] for row in rows(*several)}
    assert found == {f"a-{place}": escape_formula(name) for place, name in enumerate(names)}
    assert {each["name"] for each in as_json(*several)["signatories"]} == set(names)


SIGNED = st.fixed_dictionaries(
    {
        "version": st.sampled_from(["1.0.0", "1.0", "0.1.0"]),
        "date": st.sampled_from(["2024-12-01", "1 May 2025"]),
        "role": st.just("Chair"),
    },
    optional={
        "link": st.sampled_from(["https://quay.example/", "//quay.example"]),
        "by": st.just("me"),
    },
)
ADDRESSES = ("https://quay.example/a?b=c#d", "javascript:x", "https://a@quay.example/", "ftp://quay.example/")
REPORT = st.fixed_dictionaries(
    {
        "from": st.sampled_from(["2025-01-01", "2025-1-1"]),
        "to": st.just("2025-12-31"),
        "version": st.sampled_from(["1.0.0", "1.0", "0.1.0"]),
        "published": st.sampled_from(["2026-01-31", "January"]),
    },
    optional={
        "link": st.sampled_from(ADDRESSES),
        "principles": st.lists(
            st.fixed_dictionaries(
                {
                    "principle": st.sampled_from(["moorings-first", "Moorings"]),
                    "answer": st.sampled_from(["kept", "not yet", "perhaps"]),
                },
                optional={
                    "words": st.sampled_from(["We did.", "x" * 301]),
                    "evidence": st.sampled_from(ADDRESSES),
                },
            ),
            max_size=2,
        ),
    },
)
VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Quay club", "Quay" * 40, ""]),
        "kind": st.sampled_from(["boat club", "ferry"]),
        "area": st.sampled_from(["The harbour", "x" * 121]),
        "website": st.sampled_from(ADDRESSES),
        "signed": st.lists(SIGNED, max_size=2),
    },
    optional={
        "registration": st.sampled_from(["GB-CHC-1234567", "1234567"]),
        "pledge": st.sampled_from(["We will.", "x" * 501]),
        "withdrawn": st.sampled_from([{"date": "2025-01-01"}, {"note": "We closed."}, "2025-01-01"]),
        "email": st.just("none"),
        "reports": st.lists(REPORT, max_size=2),
    },
)


@given(VALUES)
def test_the_schema_of_a_file_refuses_only_what_the_check_refuses(tmp_path, values):
    root = write_charter(tmp_path)
    if not (root / "releases").exists():
        write_release(root, ONE)
    (root / "signatories").mkdir(exist_ok=True)
    (root / "signatories" / "quay-club.yml").write_text(json.dumps(values))
    refused = bool(list(schema("signatory-1").iter_errors(values)))
    assert not refused or check(load(root)) != ()


def test_a_full_file_is_as_the_schema_says(tmp_path):
    root = write_charter(tmp_path)
    left = Withdrawal(date="2025-08-01", note="We closed.")
    others = {"part_of": "quay-union", "succeeded_by": "quay-union", "distinct_from": ("quay-klub",)}
    full = replace(BACK, name_latin="Quay club", formerly=("mole-club",), withdrawn=left, accepted=("Chair",))
    said = PrincipleReport(
        principle="moorings-first", answer=Answer.IN_PART, words="Yes.", evidence="https://a.example/"
    )
    full = replace(full, **others, reports=(make_report(principles=(said,)),))
    path = write_signatory(root, full)
    values = yaml.safe_load(path.read_text())
    assert list(schema("signatory-1").iter_errors(values)) == []
    assert set(values) == set(schema("signatory-1").schema["properties"])
