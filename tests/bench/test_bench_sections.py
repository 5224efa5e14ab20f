"""The bench of the reader's side and of versions: figures are made up, and sites are small."""

from __future__ import annotations

import gzip
from pathlib import Path

import languages
import pytest
import reader
from figures import made_languages, made_reader, made_register, made_versions, visited
from wire import Weight, serve, visit

import versions
from builders import make_charter, make_principle, make_theme


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({}, []),
        ({"pages": {"home": visited(90_000, 150_001)}}, ["Home is 150 kB on a first visit with a search;"]),
        ({"registers": {60: made_register(page=visited(9, 151_000))}}, ["The register of 60 is 151 kB"]),
        (
            {"registers": {10_000: made_register(typed=(50, 51, 52))}},
            ["With 10,000 on the register the answer to a typed word takes 51 ms; the most is 50."],
        ),
        (
            {"registers": {10_000: made_register(filtered=(1, 60, 60))}},
            ["With 10,000 on the register the answer to a filter takes 60 ms; the most is 50."],
        ),
        ({"registers": {60: made_register(typed=(90, 90, 90))}}, []),
    ],
    ids=["nothing", "a page", "a register", "a typed word", "a filter", "another register's time"],
)
def test_what_is_too_heavy_or_too_slow_is_missed(changes, missed):
    told = reader.missed(made_reader(**changes))
    assert [said.startswith(start) for said, start in zip(told, missed, strict=True)] == [True] * len(missed)


def test_a_search_is_timed_from_the_word_to_the_painted_result(browser):
    """By the page's clock, and again for another word: the old results are no answer to it."""
    with serve(Path(__file__).with_name("search")) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.address)
        times = [reader.answer(page, word) for word in ("one", "two")]
    assert all(80 <= each < 5_000 for each in times)


def test_a_register_is_asked_by_words_and_by_filters(example_site, browser):
    """The answer stands on the page when it is counted as painted."""
    with serve(example_site) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{served.address}signatories/")
        everyone = page.locator(reader.SAID).inner_text()
        for field, value in (("words", "allot"), ("kind", "school garden")):
            assert 0 < reader.asked(page, field, value) < 5_000
            shown = page.locator("[data-part] li:visible").count()
            assert page.locator(reader.SAID).inner_text().startswith(f"{shown} of ")
            reader.asked(page, field, "")
            assert page.locator(reader.SAID).inner_text() == everyone


def test_one_page_of_each_kind_is_weighed(example_site):
    kinds = reader.kinds(example_site)
    assert kinds["a version"] == "versions/1.0.0/"
    assert all((example_site / path / "index.html").is_file() for path in kinds.values())
    assert len(set(kinds.values())) == len(kinds) == 9


@pytest.mark.parametrize(
    ("count", "ours", "size", "missed"),
    [
        (20, (4, 4, 4), 16, ()),
        (20, (4.1, 4.1, 4.1), 16, ("Our processor time is 0.102 of mike’s; the most is 0.1.",)),
        (20, (4, 4, 4), 17, ("Our site is 0.106 of mike’s; the most is 0.1.",)),
        (3, (9, 9, 9), 99, ()),
    ],
    ids=["at the most", "too slow", "too large", "too few to judge"],
)
def test_more_than_a_tenth_of_mikes_time_or_bytes_is_a_miss(count, ours, size, missed):
    assert versions.section(made_versions(ours, count, size)).missed == missed


def test_the_others_are_given_the_words_that_a_version_had(tmp_path):
    shared = tmp_path / "words"
    shared.mkdir()
    (shared / "about.md").write_text("# About\n", encoding="utf-8")
    for name, summary in (("1.0.0", "How we moor."), ("1.1.0", "How we moor at night.")):
        moor = make_principle("moor", summary=summary)
        charter = make_charter(themes=(make_theme("quay", (moor,)),))
        versions.write_words(shared, charter, tmp_path / name)
        docs = tmp_path / name / "docs"
        assert (docs / "about.md").read_text(encoding="utf-8") == "# About\n"
        assert summary in (docs / "charter" / "quay" / "moor.md").read_text(encoding="utf-8").splitlines()
        assert summary in (docs / "charter.md").read_text(encoding="utf-8").splitlines()
    assert "at night" not in (tmp_path / "1.0.0" / "docs" / "charter.md").read_text(encoding="utf-8")


def test_the_principle_that_is_read_stands_in_the_same_place_in_both_versions():
    stay, go = make_principle("stay"), make_principle("go")
    old = make_charter(themes=(make_theme("quay", (go, stay)), make_theme("tides")))
    new = make_charter(themes=(make_theme("quay", (stay,)), make_theme("tides", (go,))))
    assert versions.lasting([old, new]) == ("quay", "stay")


def test_bytes_are_those_of_files_and_not_of_links_to_them(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"12345")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.html").write_bytes(b"123")
    (tmp_path / "c.pdf").symlink_to("a.pdf")
    assert (versions.size_of(tmp_path), versions.size_of(tmp_path, "*.pdf")) == (8, 5)


def test_a_visit_counts_what_was_sent_compressed_and_a_second_one_what_is_new(tmp_path, browser, root):
    """Words are packed and pictures are not; what a browser keeps is not asked for again."""
    style = "p { color: #123; }\n" * 200
    picture = (root / "hooks/charterpress/outputs/pages/assets/editors/finding.png").read_bytes()
    page = '<!doctype html><title>{0}</title><link rel="icon" href="data:,"><link rel="stylesheet"'
    page += ' href="../style.css"><p>{0}<img src="../a.png" alt="">'
    (tmp_path / "style.css").write_text(style, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(picture)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(page.format(name * 50), encoding="utf-8")
    packed = [len(gzip.compress(page.format(name * 50).encode(), 9)) for name in ("one", "two")]
    with serve(tmp_path) as served:
        first, second = visit(browser, served, "one/", "two/")
    whole = packed[0] + len(gzip.compress(style.encode(), 9)) + len(picture)
    assert first == Weight(requests=3, bytes=whole)
    assert second == Weight(requests=1, bytes=packed[1])


@pytest.mark.parametrize(
    ("three", "now", "missed"),
    [
        ((2.4, 2.4, 2.5), (1.03,) * 5, []),
        ((2.41, 2.5, 2.3), (1.03,) * 5, ["Three languages take 2.41 (2.30 to 2.50) times the time of one;"]),
        ((2, 2, 2), (1.04,) * 5, ["One language takes 1.04 (1.04 to 1.04) times as much as before;"]),
        ((2, 2, 2), (1.5,), []),
        ((2, 2, 2), (), []),
    ],
    ids=["at the most", "three languages", "one language", "too few rounds to judge", "no history"],
)
def test_what_languages_cost_more_than_they_may_is_missed(three, now, missed):
    told = languages.section(*made_languages(three, now))
    assert [said.startswith(start) for said, start in zip(told.missed, missed, strict=True)] == [True] * len(
        missed
    )
    assert ("lacks a5f033b" in told.text) == (not now)
    assert all(said in told.text for said in told.missed)
