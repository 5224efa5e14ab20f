"""Styles name no physical side, so that the same ones serve text from the left and from the right."""

from __future__ import annotations

import re

import pytest
import tinycss2

from charterpress.outputs.assets import STYLESHEETS
from charterpress.outputs.html import templates
from charterpress.outputs.pdf import engine

SIDES = {"left", "right"}
SHORTHANDS = {"margin", "padding", "border-width", "border-style", "border-color", "inset", "scroll-margin"}
"""Those whose second and fourth value are those of the right and the left side."""
EXEMPT = {
    "border-width: 0 1.5px 1.5px 0",  # of a square turned to point down: the same in a mirror
}
SHEETS = [*sorted(STYLESHEETS.glob("*.css")), *sorted(templates.FOLDER.rglob("*.css"))]


@pytest.mark.parametrize("path", SHEETS, ids=[path.name for path in SHEETS])
def test_no_style_names_a_physical_side(path):
    sheet = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"))
    found = [f"{name}: {value}" for name, value in declarations(sheet) if is_physical(name, value)]
    assert [each for each in found if each not in EXEMPT] == []


def test_no_exemption_is_left_over():
    given = {f"{name}: {value}" for path in SHEETS for name, value in declarations(path.read_text("utf-8"))}
    assert given >= EXEMPT


@pytest.mark.parametrize(
    ("name", "value", "physical"),
    [
        ("margin-left", "0", True),
        ("border-top-right-radius", "0", True),
        ("text-align", "right", True),
        ("float", "left", True),
        ("padding", "1px 2px 3px 4px", True),
        ("padding", "1px 2px 3px 2px", False),
        ("border-radius", "1px 2px", True),
        ("box-shadow", "inset 1px 0 0 red", True),
        ("box-shadow", "0 1px 2px red, inset -3px 0 red", True),
        ("box-shadow", "inset calc(var(--forwards) * 1px) 0 0 red", False),
        ("transform", "translateX(2px)", True),
        ("transform", "translateY(2px)", False),
        ("padding-inline", "1px 2px", False),
        ("--left-over", "1px", False),
    ],
)
def test_a_physical_side_is_known_by_name_and_by_value(name, value, physical):
    assert is_physical(name, value) is physical


def declarations(sheet):
    """Every declaration of a sheet, wherever it stands, as its name and value."""
    for block in re.findall(r"\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        for each in tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True):
            if each.type == "declaration":
                yield each.name, " ".join(tinycss2.serialize(each.value).split())


def is_physical(name, value):
    if name.startswith("--"):
        return False
    words = value.split()
    if SIDES & {*name.split("-")} or (SIDES & {*words} and not name.startswith("content")):
        return True
    if name in SHORTHANDS:
        return len(words) == 4 and words[1] != words[3]  # top, right, bottom, left
    if name == "border-radius":
        return len(words) > 1
    if name == "box-shadow":
        return any(float(far) for far in re.findall(r"(?:^|, |inset )(-?[\d.]+)(?:[a-z]+)?\s", value))
    return bool(name in {"transform", "translate"} and re.search(r"translate(?:X|3d)?\(|skew", value))


LAYOUTS = sorted(engine.TEMPLATES.glob("*.typ"))


@pytest.mark.parametrize("path", LAYOUTS, ids=[path.name for path in LAYOUTS])
def test_a_layout_has_no_words_of_its_own(path):
    """They come as data, from the catalogs."""
    code = re.sub(r"^\s*//.*|\s// .*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', code)
    found = [
        each for each in strings if re.search(r"[A-Za-z’]{3,} [A-Za-z’{]{2,}", re.sub(r"\{\w+\}", "", each))
    ]
    found += re.findall(r"\[[^\[\]#*]*[A-Za-z]{2,}[^\[\]]*\]", re.sub(r'"(?:[^"\\]|\\.)*"', '""', code))
    assert [each for each in found if each not in NAMES] == []


NAMES = {"Libertinus Serif", "DejaVu Sans Mono"}
"""Those of fonts."""


@pytest.mark.parametrize("path", LAYOUTS, ids=[path.name for path in LAYOUTS])
def test_a_layout_names_the_sides_of_a_stroke_from_where_text_begins(path):
    code = re.sub(r"^\s*//.*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert re.findall(r"(?:stroke|radius): \((?:left|right)|align: \(?(?:left|right)\b", code) == []


def test_a_value_of_a_message_is_kept_apart_on_a_page_from_the_right_but_not_within_a_tag(monkeypatch):
    made = templates.environment()
    message = '{% trans name="Quay & Co", at="quay/" %}<a href="{{ at }}">{{ name }}</a> signed{% endtrans %}'
    template = made.from_string(f'{message} {{{{ _("%(n)s", n=3) }}}}')
    assert template.render() == '<a href="quay/">Quay &amp; Co</a> signed 3'
    monkeypatch.setattr(templates.interface, "direction", lambda: "rtl")
    assert template.render() == '<a href="quay/">\u2068Quay &amp; Co\u2069</a> signed 3'


def test_a_phrase_with_a_value_in_it_goes_from_the_right_whatever_letters_come_after_that(monkeypatch):
    """Marks that isolate by the first letter pass over what is isolated within: “PDF” would turn it round."""
    monkeypatch.setattr(templates.interface, "direction", lambda: "rtl")
    made = templates.environment()
    phrase = '{% set paper %}{% trans name="بطاقات" %}{{ name }} (PDF){% endtrans %}{% endset %}'
    shown = made.from_string(f"{phrase}{{% trans paper %}}{{{{ paper }}}}: ورق{{% endtrans %}}").render()
    assert shown == "\u2067\u2068بطاقات\u2069 (PDF)\u2069: ورق"
