"""What a charter's theme has of its own replaces the package's; the rest comes from the package."""

from __future__ import annotations

import re

import jinja2
import pytest

from charterpress.outputs import assets
from charterpress.outputs.html import templates

SHEET = "assets/stylesheets/charter.css"


def published(own=None, unused=()):
    return dict(assets.asset_files(own or {}, unused))


def test_the_package_alone_has_colours_for_any_charter():
    sheet = published()[SHEET].decode()
    assert assets.COLOURS_IMPORT not in sheet
    assert (assets.STYLESHEETS / "colours.css").read_text().partition("*/\n")[2].strip() in sheet
    assert assets.COLOURS not in published()


def test_a_theme_replaces_colours_and_files_of_the_same_name(tmp_path):
    colours, script = tmp_path / "colours.css", tmp_path / "early.js"
    colours.write_text(":root { --ink: navy; }\n")
    script.write_text("// a comment of the theme\nearly()")
    files = published({assets.COLOURS: colours, "assets/javascripts/early.js": script})
    assert ":root { --ink: navy; }" in files[SHEET].decode()
    assert files["assets/javascripts/early.js"] == script.read_bytes()
    assert files.keys() == published().keys()


def test_our_scripts_are_published_without_lines_that_are_comments():
    written = (assets.SCRIPTS / "search" / "engine.js").read_text(encoding="utf-8")
    lines = published()["assets/javascripts/search/engine.js"].decode().splitlines()
    assert lines == [line for line in written.splitlines() if not line.lstrip().startswith("//")]
    assert "pages.flatMap((page)" in "".join(lines)


def test_what_no_page_uses_is_left_out():
    assert published().keys() - published(unused=("assets/javascripts/assessment/",)).keys() == {
        f"assets/javascripts/assessment/{path.name}" for path in (assets.SCRIPTS / "assessment").iterdir()
    }


def test_the_default_colours_define_every_property_that_the_theme_of_this_charter_does(root):
    """So that a charter without colours of its own has no property that is undefined."""
    own, default = (
        set(re.findall(r"(?m)^\s*(--[\w-]+)", sheet.read_text()))
        for sheet in (root / "overrides" / assets.COLOURS, assets.STYLESHEETS / "colours.css")
    )
    assert own == default


def test_a_charters_template_may_extend_the_packages(tmp_path):
    (tmp_path / "home.html").write_text(
        '{% extends "charterpress/home.html" %}{% block picture %}{% endblock %}'
    )
    environment = templates.environment(tmp_path)
    assert environment.get_template("home.html").filename == str(tmp_path / "home.html")
    assert environment.get_template("theme.html").filename == str(templates.FOLDER / "pages" / "theme.html")
    assert templates.environment().get_template("home.html").blocks.keys() == {"picture"}
    with pytest.raises(jinja2.TemplateNotFound):
        environment.get_template("no-such.html")
