"""The packages that this stands on: the bill of materials, and what is said of known flaws."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[1]
BILL = ROOT / "docs" / "sbom.cdx.json"


def program(name):
    """A program of .ci, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bill():
    return program("bill")


@pytest.fixture(scope="module")
def told():
    return json.loads(BILL.read_bytes())


# --- The bill of materials ---------------------------------------------------------------------------


def test_the_bill_is_that_of_the_packages_as_they_are_pinned(bill):
    """`make lock` writes it anew; by hand: .venv/bin/python .ci/bill.py."""
    assert bill.bill() == BILL.read_bytes()


def test_the_bill_is_the_same_with_any_hash_seed():
    code = (
        f"import runpy, sys; sys.stdout.buffer.write(runpy.run_path({str(ROOT / '.ci/bill.py')!r})['bill']())"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )
    assert made.stdout == BILL.read_bytes()


def test_the_bill_is_valid_and_has_neither_a_time_nor_a_random_number(told):
    """CycloneDX's own schema in its strict form, which a bill with one more key does not keep."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(told)) is None
    assert validator.validate_str(json.dumps(told | {"colour": "red"})) is not None
    assert "serialNumber" not in told
    assert list(told["metadata"]) == ["component"]


def test_the_bill_has_all_that_is_pinned_and_all_that_we_carry_along(bill, told):
    """Packages by name and version; jsdiff and MiniSearch by the digests of their files; the fonts with their
    licence."""
    parts = {part["name"]: part for part in told["components"]}
    pinned = bill.pinned((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert len(pinned) > 100
    along = {"diff": ("diff.min.js", "BSD-3-Clause"), "minisearch": ("minisearch.js", "MIT")}
    assert [
        (part["name"], part["version"]) for part in told["components"] if part["name"] not in along
    ] == sorted((package.name, package.version) for package in pinned)
    for name, (file, licence) in along.items():
        (digest,) = parts[name]["hashes"]
        content = (ROOT / "overrides/assets/javascripts/vendor" / file).read_bytes()
        assert digest == {"alg": "SHA-256", "content": sha256(content).hexdigest()}
        assert parts[name]["licenses"] == [{"license": {"id": licence}}]
    fonts = [part for name, part in parts.items() if name.startswith("fontpkg-")]
    assert len(fonts) == 8
    assert all(part["licenses"] == [{"license": {"id": "OFL-1.1"}}] for part in fonts)


def test_the_bill_tells_what_makes_the_site_from_what_tests_it(told):
    """By what wants what, as requirements.txt has it."""
    scopes = {part["name"]: part["scope"] for part in told["components"]}
    for name in (
        "mkdocs",
        "mkdocs-material",
        "pymdown-extensions",
        "rjsmin",
        "tinycss2",
        "markupsafe",
        "fontpkg-newsreader",
        "diff",
        "minisearch",
    ):
        assert scopes[name] == "required", name
    for name in ("pytest", "hypothesis", "pluggy", "ruff"):
        assert scopes[name] == "excluded", name
    assert scopes["fontpkg-noto-sans-thai"] == "optional"
    wants = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    assert [ref for ref in wants if ref.startswith("pkg:pypi/markupsafe@")]
    jinja = next(ref for ref in wants if ref.startswith("pkg:pypi/jinja2@"))
    assert [each.partition("@")[0] for each in wants[jinja]] == ["pkg:pypi/markupsafe"]


def test_the_bill_stands_beside_the_site(built_site):
    """As it is in the repository, whatever charter is published."""
    assert (built_site / "sbom.cdx.json").read_bytes() == BILL.read_bytes()


# --- Known flaws -------------------------------------------------------------------------------------

GOOD = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found"}
FLAW = {"name": "c", "version": "2", "vulns": [{"id": "FLAW-1", "fix_versions": ["3"], "aliases": []}]}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([GOOD, GOOD], 0, "audit: no flaw is known in any of the 2 packages"),
        (
            [GOOD, SKIPPED],
            0,
            "audit: done in part: no flaw is known in 1 packages; 1 could not be asked about",
        ),
        ([SKIPPED, SKIPPED], 0, "audit: not done: nobody could be asked here"),
        ([GOOD, SKIPPED, FLAW], 1, "flaws are known in these packages:\n  c 2: FLAW-1; mended in: 3"),
        (None, 0, "audit: not done: nobody could be asked here"),
    ],
    ids=["none known", "in part", "nobody knows them", "one known", "no network"],
)
def test_silence_is_not_taken_for_a_good_answer(tmp_path, packages, code, words):
    """pip-audit itself ends well where it could ask nobody. Here another program answers in its place."""
    audit = program("audit")
    answer = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    fake = [sys.executable, "-c", f"print({answer!r}); raise SystemExit(1)"]
    assert audit.judged(audit.asked(fake, ROOT / "requirements.txt"))[0] == code
    assert words in audit.judged(audit.asked(fake, ROOT / "requirements.txt"))[1]
    assert audit.judged(audit.asked([str(tmp_path / "not-there")], tmp_path))[1].startswith("audit: not done")
