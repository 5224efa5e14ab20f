"""What a command says where the packages of an extra are missing, and that the extras have what they say."""

from __future__ import annotations

import builtins
import tomllib
from pathlib import Path

import pytest

from charterpress.text import words
from commands import edit_file, run_charter

EXTRAS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]


@pytest.fixture
def missing(monkeypatch):
    """missing(*names): these packages are not installed."""
    find = builtins.__import__

    def hide(*names):
        def find_others(name, *rest, **more):
            if name.partition(".")[0] in names:
                raise ImportError(name)
            return find(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", find_others)
        words.word_breaker.cache_clear()

    yield hide
    words.word_breaker.cache_clear()


def test_links_says_what_to_install(version, capsys, missing):
    missing("ada_url")
    code, out, err = run_charter(capsys, "links", "--site", "https://charter.example/")
    assert (code, out) == (2, "")
    assert err.endswith('python -m pip install "charterpress[links]"  and then this command again\n')


@pytest.mark.parametrize("line", [("status",), ("diff", "1.0.0", "draft")])
def test_changes_of_words_without_spaces_say_what_would_show_them_better(version, capsys, missing, line):
    edit_file(version / "preamble.md", "shared.", "shared. 港はみんなのもの。")
    run_charter(capsys, *line)
    missing("icu4py")
    code, out, err = run_charter(capsys, *line)
    assert code in {0, 1}
    assert err.startswith("note: changes of words that no space divides are shown less exactly")
    assert 'pip install "charterpress[segmentation]"' in err
    assert "harterpress[" not in out


def test_a_script_or_language_is_an_extra_by_its_name():
    fonts = set(EXTRAS["scripts"])
    assert {f"fontpkg-noto-sans-{name}" for name in EXTRAS} & fonts == fonts
    for name, packages in EXTRAS.items():
        if f"fontpkg-noto-sans-{name}" in fonts:
            assert f"fontpkg-noto-sans-{name}" in packages
    for name in ("burmese", "chinese", "japanese", "khmer", "lao", "thai"):
        assert set(EXTRAS["segmentation"]) <= set(EXTRAS[name])
