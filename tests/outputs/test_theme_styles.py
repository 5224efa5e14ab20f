"""The styles fit the pages: no class has lost its look, no rule is left of what no page has, and of a theme's
styles the rules remain that a text can match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from charterpress.outputs.style import theme_styles

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "hooks/charterpress/outputs"
SCRIPTS = PACKAGE / "html/scripts"
WITHOUT_A_LOOK = {
    *(
        "about",
        "groups",
        "hero__words",
        "history",
        "part",
        "plain",
        "preamble",
        "reasons",
        "why",
        "withdrawn",
    ),
    *("button--plain", "certificate__address", "commitments--binding", "filter__clear", "filter__field"),
    *("check__answer", "check__certutil", "check__file", "check__folder", "check__linux", "check__mac"),
    *(
        "check-form__without",
        "check__git",
        "check__heritage",
        "check__openssl",
        "check__roots",
        "check__stamp",
    ),
    *("check__stamp", "check__sums", "check__windows", "notice--draft", "standing--in-force", "step__class"),
    *("timeline__mark--editorial", "timeline__mark--guidance", "assess__files", "assess__form"),
    *(f"assess__field--{name}" for name in ("helps", "hinders", "next", "shows")),
}
"""Classes that name something for a script, a test or whoever reads the page, and change nothing in it."""


def classes(sheet: str) -> set[str]:
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = [each for each in re.findall(r"([^{}]*)\{", sheet) if not each.lstrip().startswith("@")]
    return {name for each in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", each)}


@pytest.fixture(scope="module")
def named() -> set[str]:
    sheets = (path.read_text(encoding="utf-8") for path in (PACKAGE / "style").glob("*.css"))
    return {each for sheet in sheets for each in classes(sheet)}


def test_the_classes_of_a_rule_are_found_wherever_they_stand():
    sheet = """/* .no */ @layer a { .one:hover > .two-2::before, a:is(.three) { margin: .5rem } }
        @font-face { src: url(x.woff2) } @media (min-width: 40.01rem) { .four { top: 0 } }"""
    assert classes(sheet) == {"one", "two-2", "three", "four"}


def test_every_class_of_a_page_has_a_look(named, built_site, example_site):
    used = set()
    for site in (built_site, example_site):
        for path in site.rglob("*.html"):
            page = html.parse(path).getroot()
            for code in page.find_class("highlight"):
                code.drop_tree()
            used |= {each for value in page.xpath("//@class") for each in value.split()}
    code = {each for each in used if each.startswith("language-")}
    beneath = (built_site / "assets" / "stylesheets" / "material.css").read_text(encoding="utf-8")
    assert sorted(used - named - classes(beneath) - code - WITHOUT_A_LOOK) == []


def test_every_class_of_the_styles_is_one_that_a_page_may_have(named):
    sources = [*PACKAGE.rglob("*.html"), *(ROOT / "overrides").rglob("*.html")]
    sources += [
        *SCRIPTS.glob("*.js"),
        *SCRIPTS.glob("assessment/*.js"),
        *SCRIPTS.glob("sign-up/*.js"),
        *(ROOT / "hooks").rglob("*.py"),
    ]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    words = set(re.findall(r"[A-Za-z][\w-]*", said))
    begun = tuple(re.findall(r"([A-Za-z][\w-]*--)[${]", said))
    assert sorted(each for each in named - words - theme_styles.CLASSES if not each.startswith(begun)) == []


RULES = {
    ".md-typeset video, .md-typeset th, .md-tabs th { top: 1px }": ".md-typeset th{top: 1px}",
    ".md-typeset table:not([class]) td { top: 1px }": ".md-typeset table:not([class]) td{top: 1px}",
    "a:focus, .md-nav a, [dir=rtl] a, #top { top: 2px }": "a:focus{top: 2px}",
    ".highlight .nt { color: red }": ".highlight .nt{color: red}",
    ".md-typeset :is(ol, .md-nav) li { top: 3px }": ".md-typeset :is(ol, .md-nav) li{top: 3px}",
    ".md-typeset :is(.md-nav, video) li { top: 4px }": "",
    ":root { --token: red }": "",
    "[data-md-color-scheme=slate] { color: red }": "",
    ".md-typeset video { top: 5px }": "",
    "@font-face { font-family: Theirs; src: url(theirs.woff2) }": "",
    "@keyframes pulse { to { top: 6px } }": "",
    "@media print { a { top: 7px } .md-nav { top: 8px } }": "@media print {\na{top: 7px}\n}",
    "@media print { .md-nav { top: 9px } }": "",
}
"""Rules of a theme, and what is left of each."""


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_kept_for_what_a_text_can_have(rule):
    assert theme_styles.filter_styles(rule).rstrip() == RULES[rule]


def test_what_is_kept_lies_in_a_layer_in_the_order_it_had():
    sheet = "a { top: 1px } .md-nav { top: 2px } li { top: 3px }"
    assert theme_styles.style_layer("theme", sheet) == "@layer theme {\na{top: 1px}\nli{top: 3px}\n}\n"


def test_every_token_that_they_read_is_set_and_none_is_set_for_nothing(built_site):
    folder = built_site / "assets" / "stylesheets"
    beneath, ours = ((folder / name).read_text(encoding="utf-8") for name in ("material.css", "charter.css"))
    wanted = set(re.findall(r"var\((--md-[\w-]+)\)", beneath))
    offered = set(re.findall(r"var\((--md-[\w-]+)", beneath))
    inside, outside = (set(re.findall(r"(--md-[\w-]+)\s*:", each)) for each in (beneath, ours))
    assert sorted(wanted - inside - outside) == []
    assert sorted(outside - offered) == []
