"""The releases of the example in Welsh: what they say has changed, and in which words."""

from __future__ import annotations

import pytest

from builders import write_charter
from charterpress.model import Foreign
from charterpress.read import load
from charterpress.views.comparison import Comparisons
from charterpress.views.languages import site_languages
from charterpress.views.translated import TranslatedHistory, Words, translated_edition
from conftest import ROOT
from translated import add_languages, release_again, write_translation


@pytest.fixture(scope="module")
def history():
    """The history of the example in Welsh, which translates its versions 2.0.0 and 2.0.1 alike."""
    edition = load(ROOT / "tests/example/brambleford")
    languages = {each.tag: each for each in site_languages(edition.charter)}
    return TranslatedHistory(translated_edition(edition, languages["cy"], languages["en-GB"]))


def compared(history, old, new):
    old, new = (next(each for each in history.releases if each.version == v) for v in (old, new))
    before, after, language = history.texts(old, new)
    changes = history.changes(old, new)
    return Comparisons(history).compare(before, after, changes, (), language), changes, language


def test_what_changed_in_the_source_alone_is_told_in_its_words(history):
    comparison, changes, language = compared(history, "2.0.0", "2.0.1")
    assert language == "en-GB"
    assert [change.subject for change in changes] == ["room-for-bees", "catch-the-rain"]
    assert {history.language_of(change) for change in changes} == {"en-GB"}
    assert comparison.count == 2


def test_titles_of_a_text_in_another_language_are_marked(history):
    comparison, _changes, _language = compared(history, "1.1.0", "2.0.0")
    titles = {group.anchor: group.title for group in comparison.groups}
    assert titles["feed-the-soil"] == "1.2 Feed the soil"
    marked = {id for id, title in titles.items() if isinstance(title, Foreign) and title.language == "en-GB"}
    assert marked >= {"charter", "ground", "feed-the-soil", "catch-the-rain"}


@pytest.mark.parametrize(("title", "words"), [("", Words.SOURCE), ("Siarter yr Harbwr", Words.WORKING)])
def test_a_file_without_translations_is_none(tmp_path, title, words):
    """A page would say that its translation is not published yet, and have none."""
    root = write_charter(tmp_path)
    add_languages(root, cy="courtesy")
    write_translation(root, words={"charter.title": title}, say=lambda _: "")
    release_again(root, "2024-12-01", first=True)
    edition = load(root)
    source, welsh = site_languages(edition.charter)
    assert translated_edition(edition, welsh, source).words == {"1.0.0": words}
