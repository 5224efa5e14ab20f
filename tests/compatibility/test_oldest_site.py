"""The site that the oldest code published is built by today's: nothing that was promised is lost.

`tests/golden/oldest` holds a charter with five releases, and a record of what was published of it, which is
never written anew.
"""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

import published_record
from charterpress.cli import main, publish
from commands import git, init_repository
from words import plain, text_of

OLDEST = Path(__file__).parents[1] / "golden" / "oldest"
BEFORE = json.loads((OLDEST / published_record.NAME).read_bytes())
GIVEN_UP = (OLDEST / publish.GIVEN_UP).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def newest(tmp_path_factory):
    """What `charter publish --check` does where the oldest site is published: its exit code, and the site."""
    folder = tmp_path_factory.mktemp("newest") / "copy"
    shutil.copytree(OLDEST, folder)
    init_repository(folder)
    for release in (folder / "charter/releases").glob("*.json"):
        git("tag", release.stem, folder=folder)
    code = published_record.publish_over(folder, BEFORE, tmp_path_factory.mktemp("published"))
    return SimpleNamespace(code=code, site=folder / "site")


@pytest.fixture(scope="module")
def now(newest):
    return published_record.record(newest.site)


def test_the_newest_publishes_over_what_the_oldest_published(newest):
    """It verifies every release, builds without a warning, and finds no changed version or lost address."""
    assert newest.code == 0


def test_nothing_that_was_promised_is_lost(now):
    assert list(published_record.losses(BEFORE, now, GIVEN_UP)) == []


def test_releases_of_the_oldest_are_what_the_newest_schema_describes(newest):
    schema = json.loads((newest.site / "schemas/release-1.schema.json").read_bytes())
    releases = sorted((OLDEST / "charter/releases").glob("*.json"))
    assert len(releases) == 5
    for release in releases:
        Draft202012Validator(schema).validate(json.loads(release.read_bytes()))


def _words(principle):
    """The title of a principle of a release, and the items and lines of its sections."""
    yield principle["title"]
    for section in principle["sections"]:
        yield from map(plain, section.get("items") or section["text"].splitlines())


def test_the_page_of_each_version_has_its_words(newest):
    for file in sorted((OLDEST / "charter/releases").glob("*.json")):
        release = json.loads(file.read_bytes())
        shown = " ".join(text_of((newest.site / f"versions/{file.stem}/index.html").read_text()).split())
        principles = [each for theme in release["themes"] for each in theme["principles"]]
        words = [each for principle in principles for each in _words(principle)]
        assert len(words) > 8
        assert [each for each in words if each not in shown] == []


@pytest.mark.parametrize(
    ("kind", "name", "change", "sentence"),
    [
        ("addresses", None, lambda values: values[:-1], "versions/latest/ is gone"),
        ("digests", "versions/1.0.0/charter.json", lambda value: "0" * 64, "has another bytes"),
        ("redirects", "versions/latest/index.html", lambda value: "../3.0.0/", "has another destination"),
        (
            "anchors",
            "versions/1.0.0/index.html",
            lambda values: values[:-1],
            "lost the anchor watch.questions",
        ),
        ("feeds", "feeds/versions.atom", lambda values: values[1:], "lost the id urn:uuid:be3a8d45"),
        (
            "keys",
            "versions.json",
            lambda values: [each for each in values if each != "[].aliases"],
            "lost the key",
        ),
        ("columns", "signatories/signatories.csv", lambda values: values[::-1], "has other columns"),
    ],
    ids=["address", "bytes", "redirect", "anchor", "feed", "key", "column"],
)
def test_each_kind_of_loss_is_found(now, kind, name, change, sentence):
    later = copy.deepcopy(now)
    if name:
        later[kind][name] = change(later[kind][name])
    else:
        later[kind] = change(later[kind])
    found = [each for each in published_record.losses(BEFORE, later, GIVEN_UP) if sentence in each]
    assert len(found) == 1, list(published_record.losses(BEFORE, later, GIVEN_UP))


def test_what_is_added_is_no_loss(now):
    later = copy.deepcopy(now)
    later["addresses"].append("new/")
    later["columns"]["signatories/signatories.csv"].append("colour")
    assert list(published_record.losses(BEFORE, later, GIVEN_UP)) == []


def test_a_release_of_the_oldest_that_is_changed_is_refused(newest, tmp_path, capsys):
    shutil.copytree(OLDEST / "charter", tmp_path / "charter")
    file = tmp_path / "charter/releases/1.0.0.json"
    file.write_bytes(file.read_bytes().replace(b"two days", b"six days"))
    assert main(["--source", str(tmp_path / "charter"), "verify"]) == 1
    assert "1.0.0" in capsys.readouterr().out


def test_the_record_is_never_written_anew(tmp_path):
    (tmp_path / published_record.NAME).write_text("{}")
    with pytest.raises(FileExistsError):
        published_record.main(tmp_path, "1.0.0")
