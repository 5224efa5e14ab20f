"""The changelog for those who publish a charter: the version has an entry, and each says what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from charterpress.editing.upgrade.changelog import CHANGELOG, entries_between, read_changelog, version_key
from charterpress.model.errors import CharterError

ROOT = Path(__file__).parents[2]


def changelog(
    *headings, see="### What you will see\n\n- A lamp.\n", do="### What you have to do\n\n- Nothing.\n"
):
    return "# Changes\n\nWhat changed.\n" + "".join(f"\n## {each}\n\n{see}\n{do}" for each in headings)


def test_the_version_of_the_package_has_its_entry():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = read_changelog(CHANGELOG.read_text(encoding="utf-8"))[0]
    assert newest.version == project["version"]


def test_it_gives_the_entries_between_two_versions():
    entries = read_changelog(changelog("1.10.0 - 2027-03-01", "1.2.0 - 2027-02-01", "1.0.0 - 2027-01-01"))
    assert [each.version for each in entries_between(entries, "1.0.0", "1.10.0")] == ["1.10.0", "1.2.0"]
    assert [each.version for each in entries_between(entries, "1.2.0", "1.9.9")] == []
    assert (entries[0].see, entries[0].do) == ("- A lamp.", "- Nothing.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (changelog("Unreleased"), "“## Unreleased” has to be a version and its day"),
        (changelog("1.0 - 2027-01-01"), "“## 1.0 - 2027-01-01” has to be a version and its day"),
        (changelog("1.0.0 - 2027-01-01", do=""), "the entry 1.0.0 has to have “### What you will see” and"),
        (changelog("1.0.0 - 2027-01-01", do="### What you have to do\n"), "each with words below it"),
        (changelog("1.0.0 - 2027-01-01", "1.1.0 - 2027-02-01"), "the entry 1.1.0 stands below 1.0.0"),
        (changelog("1.0.0 - 2027-01-01", "1.0.0 - 2027-01-01"), "the entry 1.0.0 stands below 1.0.0"),
    ],
    ids=["no version", "short version", "no duty", "empty duty", "wrong order", "twice"],
)
def test_a_mistake_in_it_is_a_sentence(text, sentence):
    with pytest.raises(CharterError) as caught:
        read_changelog(text)
    assert sentence in "\n".join(caught.value.details)


@pytest.mark.parametrize(
    "version", ["", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-rc1", "1.0.٣", "9" * 5000]
)
def test_what_is_no_version_is_refused(version):
    with pytest.raises(CharterError):
        version_key(version)
