"""What mkdocs.yml may say, and the sentence for each mistake in it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import yaml

from charterpress.hosts.font_settings import DEFAULT_FONTS
from charterpress.hosts.repository import site_repository
from charterpress.hosts.settings import HostSettings, read_settings
from charterpress.model.errors import CharterError
from charterpress.text.interface import PSEUDO, use_language
from charterpress.views.repository import ForgeKind
from marked import unmarked

TEXT, BOLD = DEFAULT_FONTS[:2]


def mistakes(values, *, foreign=True):
    with pytest.raises(CharterError) as caught:
        read_settings(values, place="extra", foreign=foreign)
    return str(caught.value).splitlines()


def test_what_is_given_replaces_the_default(root):
    text = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", "").replace("!relative", "")
    (plugin,) = yaml.safe_load(text)["plugins"]
    options = plugin["charterpress"] | {"charter_source": "charter", "discuss_url": "", "forge": ""}
    assert read_settings(options, place="plugins", foreign=False).editors
    given = {
        "pdf_certificates": 0,
        "below": ["Small print"],
        "fonts": [*DEFAULT_FONTS, TEXT | {"name": "more"}],
    }
    settings = read_settings(given, place="extra", foreign=True)
    assert (settings.pdf_certificates, settings.below, len(settings.fonts)) == (0, ("Small print",), 5)


def test_keys_of_somebody_else_are_left_alone_in_extra_and_refused_in_the_plugin():
    defaults = HostSettings()
    for values, foreign in (({"social": []}, True), ({}, False)):
        assert read_settings(values, place="extra", foreign=foreign) == defaults
    assert (defaults.charter_source, defaults.pdf_certificates) == ("charter", 200)
    assert [font.name for font in defaults.fonts] == ["text", "text-bold", "text-italic", "heading"]
    (sentence,) = mistakes({"social": []}, foreign=False)
    assert sentence.startswith(
        "mkdocs.yml: extra: social is not a setting; the settings are charter_source, "
    )


def test_an_empty_variable_leaves_the_default_and_a_folder_may_be_a_number():
    given = {"charter_source": None, "discuss_url": None, "forge": None}
    assert read_settings(given, place="extra", foreign=True) == HostSettings()
    assert read_settings({"charter_source": 2027}, place="extra", foreign=True).charter_source == "2027"


def test_every_mistake_is_named_at_once():
    assert mistakes({"pdf_certificate": 3, "below": "For editors"}) == [
        "mkdocs.yml: extra: pdf_certificate is not a setting; did you mean pdf_certificates?",
        "mkdocs.yml: extra: below must be a list of titles, not the text “For editors”",
    ]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("pdf_certificates", "20", "must be a whole number, not the text “20”: remove the quotation marks"),
        ("pdf_certificates", "many", "must be a whole number, not the text “many”"),
        ("pdf_certificates", 1.5, "must be a whole number, not 1.5"),
        ("pdf_certificates", True, "must be a whole number, not true"),
        ("pdf_certificates", None, "must be a whole number, not nothing"),
        ("pdf_certificates", -1, "must be 0 or more, not -1"),
        ("pdf_certficates", 20, "is not a setting; did you mean pdf_certificates?"),
        ("charter_sources", "charter", "is not a setting; did you mean charter_source?"),
        ("charter_source", True, "must be text, not true"),
        ("PDF_CERTIFICATES", 20, "is not a setting; did you mean pdf_certificates?"),
        ("font_cache", " ", "must name a folder"),
        ("discuss_url", ["https://talk.example"], "must be text, not a list"),
        ("forge", "gitlba", "must be github, gitlab, forgejo or none, not the text “gitlba”"),
        ("content_security_policy", "default-src 'none';\nimg-src 'self'", "must be one line"),
        ("below", ["For editors", 3], "(entry 2) must be text, not 3"),
        ("fonts", {}, "must be a list of fonts, not a mapping"),
        ("fonts", [TEXT], "must have the fonts text-bold and text-italic and heading, which pages and "),
        ("fonts", [TEXT | {"package": ""}], "(entry 1) must have a package, as text"),
        ("fonts", [TEXT | {"file": "x" * 300}], "(entry 1) names the file xxx"),
        ("fonts", [TEXT | {"package": ".x"}], "(entry 1) names the package .x, which is not installed"),
        ("fonts", [TEXT | {"axes": {1: 500}}], "(entry 1) must name each axis by its four letters, such as"),
        ("fonts", [TEXT, BOLD, TEXT], "must not name a font twice: text"),
        ("fonts", ["text"], "(entry 1) must have a name, a package and a file, not the text “text”"),
        ("fonts", [{**TEXT, "name": "../text"}], "(entry 1) must have a name of small letters, figures and "),
        ("fonts", [{**TEXT, "file": 3}], "(entry 1) must have a file, as text"),
        ("fonts", [{**TEXT, "axis": {}}], "(entry 1) has no axis; did you mean axes?"),
        ("fonts", [{**TEXT, "axes": {"wght": "500"}}], "(entry 1) must have a number for the axis wght"),
        ("fonts", [{**TEXT, "axes": [500]}], "(entry 1) must have axes with a number each, not a list"),
        ("fonts", [{**TEXT, "package": "no_such"}], "(entry 1) names the package no_such, which is "),
        ("fonts", [{**TEXT, "package": "json"}], "(entry 1) names the package json, which does "),
        (
            "fonts",
            [{**TEXT, "file": "Regular.ttf"}],
            f"(entry 1) names the file Regular.ttf, which {TEXT['package']} does not have; did you mean",
        ),
    ],
)
def test_a_mistake_is_a_sentence_with_the_key(key, value, sentence):
    (said,) = mistakes({key: value})
    assert said.startswith(f"mkdocs.yml: extra: {key} {sentence}")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pdf_certificates", "20"),
        ("pdf_certficates", 20),
        ("forge", "gitlba"),
        ("fonts", [TEXT | {"file": "x"}]),
        ("fonts", [TEXT, BOLD, TEXT]),
        ("look", {"colours": {"text": "#999", "themes": ["#fff"], "dark": {"panel": None}}, "paper": "A5"}),
        ("look", {"colours": {"text": "#999", "themes": ["#888"], "dark": {"text": "#111"}}}),
        ("look", {"fonts": {"text": 3, "head": "x"}, "mark": "/mark.svg"}),
    ],
)
def test_a_mistake_is_a_whole_sentence_in_the_language_in_use(key, value):
    with use_language(PSEUDO):
        said = mistakes({key: value})
    path = r"mkdocs\.yml: extra: (look: )?((colours|fonts): )?(dark: )?"
    assert [each for each in said if not re.fullmatch(path, unmarked(each))] == []


@pytest.mark.parametrize(
    "folder", [".forgejo/issue_template", ".forgejo/ISSUE_TEMPLATE", ".github/ISSUE_TEMPLATE"]
)
def test_links_to_forms_name_the_folder_in_which_forgejo_finds_them(tmp_path, folder):
    """Nothing is there, as where a site is built from its text alone: then GitHub’s folder is named."""
    kind, address = ForgeKind.FORGEJO, "https://codeberg.org/words/charter"
    assert site_repository(address, kind, tmp_path).forms == ".github/ISSUE_TEMPLATE/"
    (tmp_path / folder).mkdir(parents=True)
    form = site_repository(address, kind, tmp_path).form("sign.yml")
    assert form == f"{address}/issues/new?template={quote(folder, safe='')}%2Fsign.yml"
