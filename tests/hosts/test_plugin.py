"""MkDocs' hook gives what the plugin gives, which mkdocs.yml names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.utils.yaml import yaml_load

from charterpress.editing.starter import Answers, Package, starter_files
from checkouts import broken_links, built, files

ROOT = Path(__file__).parents[2]
HOOK = {"hooks": ["hooks/events.py"], "plugins": []}
BUILD = """
import json, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

changes = json.loads(sys.argv[1])
config = load_config("mkdocs.yml", site_dir=sys.argv[2], strict=True, **changes)
config.plugins.on_startup(command="build", dirty=False)
build(config)
config.plugins.on_shutdown()
"""


def build(site, **changes):
    return subprocess.run(
        [sys.executable, "-c", BUILD, json.dumps(changes), site],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": "https://charter.example/under/a/path/", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hook_builds_the_same_site_as_the_plugin(example_site, example_charter, tmp_path):
    (plugin,) = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["plugins"]
    extra = plugin["charterpress"] | {"charter_source": str(example_charter)}
    done = build(tmp_path / "site", extra=extra, **HOOK)
    assert done.returncode == 0, done.stderr
    made, expected = files(tmp_path / "site"), files(example_site)
    assert made.keys() == expected.keys()
    assert [name for name, content in made.items() if content != expected[name]] == []


def test_a_charter_that_installs_the_package_needs_four_lines_and_its_text(tmp_path):
    """No theme of its own, no hook, no navigation: every page is there, and every link leads somewhere."""
    for path, data in starter_files(Answers(), Package(version="0.1.0")).items():
        if path.startswith("charter/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    (tmp_path / "docs").mkdir()
    for page in ("sign", "propose"):
        (tmp_path / "docs" / f"{page}.md").write_text("Write to us.\n")
    lines = (
        "site_name: Charter",
        "site_url: https://hall.example/",
        "theme: material",
        "plugins: [charterpress]",
    )
    (tmp_path / "mkdocs.yml").write_text("\n".join(lines))
    site = built(tmp_path)
    pages = {name: content for name, content in files(site).items() if name.endswith(".html")}
    assert {"index.html", "charter/welcome/make-room/index.html", "practice/cafe/index.html"} <= pages.keys()
    assert [name for name, content in pages.items() if b"Good Partners" in content] == []
    assert broken_links(site, "https://hall.example/") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (HOOK | {"extra": {"pdf_certificate": 20}},
         "extra: pdf_certificate is not a setting; did you mean pdf_certificates?"),
        ({"plugins": [{"charterpress": {"pdf_certificates": "20"}}]},
         "plugins: charterpress: pdf_certificates must be a whole number, not the text “20”"),
        ({"theme": {"name": "mkdocs", "custom_dir": "overrides"}}, "theme: name must be material"),
    ],
    ids=["hook", "plugin", "theme"],
)  # fmt: skip
def test_a_wrong_setting_ends_the_build_with_a_sentence(changes, sentence):
    config = load_config(str(ROOT / "mkdocs.yml"), **changes)
    with pytest.raises(PluginError) as caught:
        config.plugins.on_config(config)
    assert str(caught.value).startswith(f"mkdocs.yml: {sentence}")
