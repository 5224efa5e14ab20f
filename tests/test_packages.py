"""The packages that this stands on: how they are pinned, the bill of materials, and known flaws."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[1]
BILL = ROOT / "docs/developers/sbom.cdx.json"
SITE = "requirements.txt"
TESTS = "requirements-tests.txt"
COMPILED = (SITE, TESTS, ".ci/uv.txt", "tests/bench/peers.txt", "tests/fuzz/fuzz.txt")
NAMED_AS_WORDS = {
    "mkdocs-material": ("defaults.py", 'Theme("material")'),
    "pymdown-extensions": ("defaults.py", '"pymdownx.'),
    "fontpkg-atkinson-hyperlegible": ("font_settings.py", '"fontpkg_atkinson_hyperlegible"'),
    "fontpkg-newsreader": ("font_settings.py", '"fontpkg_newsreader"'),
}
"""What a site needs though no module imports it, and where MkDocs is told of it in which words."""


def program(name):
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


# --- What is pinned ----------------------------------------------------------------------------------


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def names(wanted):
    """The packages that a list of pyproject.toml asks for."""
    return {re.match(r"[\w-]+", each)[0].lower() for each in wanted}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads(text("pyproject.toml"))


@pytest.mark.parametrize("name", COMPILED)
def test_every_package_is_pinned_with_hashes_and_no_address(name):
    """Any index will do, and gives the same files."""
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text(name)).strip())
    pinned = re.compile(r"[a-z0-9-]+==[\w.+]+( ; .+)?( \\\n +--hash=sha256:[0-9a-f]{64})+")
    assert [entry.splitlines()[0] for entry in entries if not pinned.fullmatch(entry)] == []
    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links", text(name)) == []


def test_what_pyproject_asks_for_is_pinned_for_whom_it_is_for(bill, project):
    """A site needs the dependencies, the extras and what installs the project; the rest is for the tests."""
    groups = project["dependency-groups"]
    assert groups["build"] == project["build-system"]["requires"]
    extras = project["project"]["optional-dependencies"].values()
    site = [*project["project"]["dependencies"], *(each for extra in extras for each in extra)]
    for name, wanted in ((SITE, [*site, *groups["build"]]), (TESTS, groups["tests"])):
        packages = bill.pinned(text(name))
        assert {package.name for package in packages} == bill.reached(packages, names(wanted)), name
    assert not names(groups["tests"]) & {package.name for package in bill.pinned(text(SITE))}


def test_what_is_pinned_twice_is_pinned_alike():
    """The version and the hashes of a package are the same in every file, so that files can be added up."""
    entries = {}
    for name in COMPILED:
        for entry in re.split(r"\n(?=\S)", text(name)):
            package, _, version = entry.split()[0].partition("==")
            found = entries.setdefault(package, {}).setdefault(name, {})
            found[version] = frozenset(re.findall("sha256:[0-9a-f]+", entry))
    shared = {package: list(files.values()) for package, files in entries.items() if len(files) > 1}
    assert len(shared) > 20
    assert {
        package for package, (first, *others) in shared.items() if any(each != first for each in others)
    } == set()


def imported(folder):
    """The modules from elsewhere that the Python files below a folder import."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {path.stem for path in folder.iterdir()}


def test_a_site_has_what_its_makers_import_and_asks_for_nothing_else(project):
    """Both ways: each import is of a package that pyproject.toml asks for, and each that it asks for is
    imported, or named to MkDocs. So nothing that only tests need comes with a site."""
    belongs = {
        module: {each.lower() for each in packages}
        for module, packages in metadata.packages_distributions().items()
    }
    extras = project["project"]["optional-dependencies"]
    asked = ("segmentation", "links", "sheets", "mail", "proofs")
    wanted = names(
        [*project["project"]["dependencies"], *(each for extra in asked for each in extras[extra])]
    )
    provided = {module: belongs[module] & wanted for module in imported(ROOT / "hooks")}
    assert [module for module, packages in provided.items() if not packages] == []
    unused = wanted.difference(*provided.values())
    assert unused == set(NAMED_AS_WORDS)
    hosts = "hooks/charterpress/hosts"
    assert [words for file, words in NAMED_AS_WORDS.values() if words not in text(f"{hosts}/{file}")] == []


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


def test_the_bill_is_valid_and_its_number_follows_from_its_content(bill, told):
    """CycloneDX's own schema in its strict form, which a bill with one more key does not keep."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(told)) is None
    assert validator.validate_str(json.dumps(told | {"colour": "red"})) is not None
    assert list(told["metadata"]) == ["component"]
    content = {key: value for key, value in told.items() if key != "serialNumber"}
    assert bill.serial_number(content) == told["serialNumber"]
    assert bill.serial_number(content | {"version": 2}) != told["serialNumber"]


def test_every_component_has_its_digests_and_a_licence_by_its_spdx_identifier(bill, told):
    """The digests are those that an installation accepts, from the files of pinned packages."""
    digests = {}
    for name in (SITE, TESTS):
        for entry in re.split(r"\n(?=\S)", text(name)):
            if head := re.match(r"([a-z0-9-]+)==([^\s;]+)", entry):
                digests.setdefault(head.groups(), set()).update(re.findall(r"sha256:(\w{64})", entry))
    for part in told["components"]:
        found = {each["content"] for each in part["hashes"]}
        assert found == digests.get((part["name"], part["version"]), found) != set(), part["name"]
        (licence,) = part["licenses"]
        assert is_expression(licence.get("expression") or licence["license"]["id"]), part["name"]
    unnamed = bill.Pinned(
        name="pytest-xyz", version="1", everywhere=False, wanted_by=frozenset(), digests=frozenset()
    )
    with pytest.raises(LookupError, match="pytest-xyz names no licence"):
        bill.licence(unnamed)


def test_no_licence_is_written_down_that_a_package_names_itself(bill, monkeypatch):
    """A package that changes its licence says so in its metadata, if it ever names one."""
    packages = {each.name: each for each in bill.pinned(text(SITE), text(TESTS))}
    written = list(bill.LICENCES)
    monkeypatch.setattr(bill, "LICENCES", {})
    for name in written:
        with pytest.raises(LookupError):
            bill.licence(packages[name])


def test_the_bill_has_all_that_is_pinned_and_all_that_we_carry_along(bill, told):
    """Packages by name and version; what is vendored by the digests of its files; the fonts with their
    licence."""
    parts = {part["name"]: part for part in told["components"]}
    pinned = bill.pinned(text(SITE), text(TESTS))
    assert len(pinned) > 100
    along = {
        "diff": ("diff.min.js", "BSD-3-Clause"),
        "minisearch": ("minisearch.js", "MIT"),
        "stemmer": ("stemmer.js", "MIT"),
        "@orama/stemmers": ("stemmers/*.min.js", "Apache-2.0"),
    }
    assert [
        (part["name"], part["version"]) for part in told["components"] if part["name"] not in along
    ] == sorted((package.name, package.version) for package in pinned)
    vendored = ROOT / "hooks/charterpress/outputs/html/scripts/vendor"
    for name, (files, licence) in along.items():
        digests = {sha256(file.read_bytes()).hexdigest() for file in vendored.glob(files)}
        assert {digest["content"] for digest in parts[name]["hashes"]} == digests
        assert all(digest["alg"] == "SHA-256" for digest in parts[name]["hashes"])
        assert parts[name]["licenses"] == [{"license": {"id": licence}}]
    fonts = [part for name, part in parts.items() if name.startswith("fontpkg-")]
    assert len(fonts) == 8
    assert all(part["licenses"] == [{"license": {"id": "OFL-1.1"}}] for part in fonts)


def test_the_bill_tells_what_makes_the_site_from_what_tests_it(told):
    """By what wants what, as the files of pinned packages have it."""
    scopes = {part["name"]: part["scope"] for part in told["components"]}
    made = ("mkdocs", "mkdocs-material", "pymdown-extensions", "rjsmin", "tinycss2", "markupsafe")
    for name in (*made, "fontpkg-newsreader", "diff", "minisearch", "stemmer"):
        assert scopes[name] == "required", name
    for name in ("pytest", "hypothesis", "pluggy", "ruff"):
        assert scopes[name] == "excluded", name
    assert scopes["fontpkg-noto-sans-thai"] == "optional"
    wants = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    assert [ref for ref in wants if ref.startswith("pkg:pypi/markupsafe@")]
    jinja = next(ref for ref in wants if ref.startswith("pkg:pypi/jinja2@"))
    assert [each.partition("@")[0] for each in wants[jinja]] == ["pkg:pypi/markupsafe"]


# --- Known flaws -------------------------------------------------------------------------------------

GOOD = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found"}
FLAW = {"name": "c", "version": "2", "vulns": [{"id": "FLAW-1", "fix_versions": ["3"], "aliases": []}]}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([GOOD, GOOD], 0, "audit: no flaw is known in any of the 2 packages"),
        ([GOOD, SKIPPED], 0, "audit: done in part: no flaw is known in 1 packages; 1 could not be asked"),
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
    assert audit.judged(audit.asked(fake, [ROOT / SITE, ROOT / TESTS]))[0] == code
    assert words in audit.judged(audit.asked(fake, [ROOT / SITE, ROOT / TESTS]))[1]
    assert audit.judged(audit.asked([str(tmp_path / "not-there")], [tmp_path]))[1].startswith(
        "audit: not done"
    )
