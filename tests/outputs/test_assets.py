"""What a charter's theme has of its own replaces the package's; the rest comes from the package."""

from __future__ import annotations

import re

import jinja2
import pytest

from charterpress.outputs import assets
from charterpress.outputs.html import templates
from charterpress.outputs.style.look import Look, Paper
from charterpress.outputs.style.palette import stylesheet

SHEET = "assets/stylesheets/charter.css"


def published(own=None, unused=(), look=None):
    return dict(assets.asset_files(own or {}, unused, look or Look()))


def test_the_package_alone_has_colours_for_any_charter():
    sheet = published()[SHEET].decode()
    assert assets.COLOURS_IMPORT not in sheet
    assert stylesheet(Look().palette) in sheet
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


def test_every_property_that_a_stylesheet_takes_is_defined():
    files = published()
    sheets = "".join(data.decode() for address, data in files.items() if address.endswith(".css"))
    used = set(re.findall(r"var\((--(?!md-)[\w-]+)", sheets))
    assert used - set(re.findall(r"(--[\w-]+):", sheets)) == set()


def test_no_colour_is_written_down_outside_the_palette():
    """But for black, white and greys on paper, and the black and white of QR codes."""
    package = assets.STYLESHEETS.parents[1]
    for path in sorted(package.rglob("*")):
        if path.suffix not in {".css", ".typ", ".py", ".html", ".js"} or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"(?<![&\w])#(?:[0-9a-f]{6}|[0-9a-f]{3})\b(?!\w|-)", text)
        coloured = {each for each in found if len(set(each[1:])) > 1}
        assert path.name in {"palette.py", "look.py", "mark.py", "font_settings.py"} or not coloured, (
            path,
            coloured,
        )


def test_the_print_style_is_for_the_paper_of_the_look():
    sheets = [published(look=Look(paper=paper))["assets/stylesheets/print.css"].decode() for paper in Paper]
    assert ["size: A4;" in sheets[0], "size: Letter;" in sheets[1], "A4" in sheets[1].partition("*/")[2]] == [
        *(True, True, False)
    ]


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
