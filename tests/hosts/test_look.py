"""What mkdocs.yml may say under `look`, and the sentence for each mistake in it."""

from __future__ import annotations

import re

import pytest
import yaml

from charterpress.hosts.look import site_look
from charterpress.hosts.look_fonts import look_fonts, print_faces
from charterpress.hosts.settings import HostSettings, read_settings
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf.font_sources import font_families
from charterpress.outputs.style.look import Look, Paper

ATKINSON, NEWSREADER = "fontpkg_atkinson_hyperlegible", "fontpkg_newsreader"


def settings(text):
    return read_settings({"look": yaml.safe_load(text)}, place="extra", foreign=True).look


def mistakes(text):
    with pytest.raises(CharterError) as caught:
        settings(text)
    lines = str(caught.value).splitlines()
    assert all(line.startswith("mkdocs.yml: extra: look: ") for line in lines)
    return [line.removeprefix("mkdocs.yml: extra: look: ") for line in lines]


def test_a_site_without_a_look_has_that_of_the_package(tmp_path):
    assert site_look(HostSettings().look, tmp_path) == Look()


def test_one_colour_in_any_form_is_a_look():
    for form in ('"#7a1f3d"', '"#7A1F3D"'):
        assert settings(f"colours: {{accent: {form}}}").palette.light.roles["accent"] == "#7a1f3d"
    assert settings('colours: {accent: "#600"}').palette.light.roles["accent"] == "#660000"
    assert settings("colours: {accent: darkred}").palette.light.roles["accent"] == "#8b0000"


def test_this_charters_own_look_is_accepted(root):
    found = yaml.safe_load(re.sub(r"!\w+", "", (root / "mkdocs.yml").read_text(encoding="utf-8")))
    plugins = [each.get("charterpress", {}) for each in found["plugins"] if isinstance(each, dict)]
    (own,) = [each["look"] for each in (found.get("extra", {}), *plugins) if "look" in each]
    look = site_look(settings(yaml.safe_dump(own)), root)
    assert look.palette.light.themes[1] == "#6b2150"
    assert look.palette.dark.roles["accent"] == "#a3dbd6"
    assert look.mark


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "dark",
            ["it must have colours, mark, fonts or paper, each on a line of its own, not the text “dark”"],
        ),
        ("colors: {}", ["colors is not a part of the look; did you mean colours?"]),
        ("papper: A4", ["papper is not a part of the look; did you mean paper?"]),
        ("paper: A5", ["paper must be A4 or Letter, not the text “A5”"]),
        ("colours: red", ['colours: must name what has the colour: write accent: "red" on a line below it']),
        ("colours: {acent: red}", ["colours: acent is nothing that has a colour; did you mean accent?"]),
        ("colours: {dark: {dark: {}}}", None),
        (
            "colours: {dark: red}",
            ["colours: dark must name colours, as colours itself does, not the text “red”"],
        ),
        (
            "colours:\n  accent: #7a1f3d\n",
            [
                (
                    'colours: accent is empty: write the colour in quotation marks, as "#7a1f3d"; without '
                    "them, YAML takes it for a comment"
                )
            ],
        ),
        (
            "colours: {accent: 7a1f3d}",
            ['colours: accent must be a colour, not the text “7a1f3d”: write "#7a1f3d"'],
        ),
        ("colours: {accent: 112233}", None),
        ('colours: {accent: "#7a1f3d80"}', None),
        ("colours: {accent: transparent}", None),
        ("colours: {accent: reddish}", None),
        ('colours: {accent: "rgb(1 2 3)"}', None),
        ("colours: {accent: [1]}", None),
        ("colours: {themes: []}", None),
        ("colours: {themes: [red, blue, red, blue, red, blue, red]}", None),
        ("colours: {themes: [darkred, 7]}", None),
        (
            "mark: /etc/passwd",
            ["mark must be the path of an SVG file in this repository, such as docs/mark.svg"],
        ),
        ("mark: ../x.svg", None),
        ("mark: 7", None),
        ("fonts: Arial", ["fonts: must name a package for text, heading or both, not the text “Arial”"]),
        ("fonts: {txt: x}", ["fonts: txt is nothing that has a font; did you mean text?"]),
        ("fonts: {text: 7}", None),
        ("fonts: {text: fontpkg_none}", None),
        ("fonts: {text: os}", None),
    ],
)
def test_every_mistake_is_a_sentence_that_says_what_to_write(text, sentences):
    found = mistakes(text)
    assert sentences is None or found == sentences
    assert all("Traceback" not in each and len(each) > 30 for each in found)


def test_all_mistakes_are_named_at_once():
    assert len(mistakes("colours: {acent: red, themes: 7}\nfonts: {txt: 1}\npaper: A5\nsize: 7")) == 5


def test_a_colour_that_cannot_be_read_is_refused_and_what_is_offered_is_accepted():
    (sentence,) = mistakes('colours: {accent: "#ffe08a"}')
    assert sentence == (
        'colours: accent "#ffe08a" is not readable enough: accent (#ffe08a) on warnings (#fbe4df) has a '
        "contrast of 1.06 to 1, and needs 4.5 to 1 (WCAG 2.2, AA); "
        'write "#816500", the nearest that has enough'
    )
    assert settings('colours: {accent: "#816500"}').palette.light.roles["accent"] == "#816500"
    (sentence,) = mistakes("colours: {dark: {themes: [black]}}")
    assert sentence.startswith(
        'colours: dark: themes (entry 1) "#000000" is not readable enough in dark colours'
    )


def test_two_packages_give_every_face_that_pages_need():
    found = look_fonts({"text": NEWSREADER, "heading": ATKINSON.replace("_", "-")})
    assert [(font.name, font.file.name, font.axes) for font in (*found.text, *found.heading)] == [
        ("text", "Newsreader[opsz,wght].ttf", {"opsz": 18, "wght": 400}),
        ("text-bold", "Newsreader[opsz,wght].ttf", {"opsz": 18, "wght": 700}),
        ("text-italic", "Newsreader-Italic[opsz,wght].ttf", {"opsz": 18, "wght": 400}),
        ("heading", "AtkinsonHyperlegible-Bold.ttf", None),
    ]


def test_the_usual_two_are_the_fonts_of_a_site_that_names_none():
    found = look_fonts({"text": ATKINSON, "heading": NEWSREADER})
    assert (*found.text, *found.heading) == HostSettings().fonts


def test_a_package_that_lacks_a_face_is_refused_with_what_it_has():
    (sentence,) = mistakes("fonts: {text: fontpkg_noto_sans_tamil}")
    assert "which has no italic: it has NotoSansTamil[wdth,wght].ttf; choose a package" in sentence


def test_a_variable_font_is_made_into_faces_for_documents_and_a_static_one_is_taken_as_it_is(tmp_path):
    faces = print_faces(look_fonts({"text": NEWSREADER, "heading": ATKINSON}), tmp_path)
    assert [file.name for file in sorted(faces.folder.iterdir())] == [
        *("text-bold.ttf", "text-italic.ttf", "text.ttf")
    ]
    assert font_families(faces.text) == ("Newsreader text",)
    assert (faces.heading.name, faces.heading_weight) == ("AtkinsonHyperlegible-Bold.ttf", 700)
    again = {file: file.read_bytes() for file in faces.folder.iterdir()}
    for file in again:
        file.unlink()
    print_faces(look_fonts({"text": NEWSREADER, "heading": ATKINSON}), tmp_path)
    assert {file: file.read_bytes() for file in faces.folder.iterdir()} == again
    usual = print_faces(look_fonts({"text": ATKINSON, "heading": NEWSREADER}), tmp_path)
    assert (usual.folder, usual.heading_weight, usual.heading.name) == (
        None,
        500,
        "Newsreader[opsz,wght].ttf",
    )


def test_a_mark_that_is_refused_is_named_with_its_place(tmp_path):
    (tmp_path / "mark.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>'
    )
    with pytest.raises(
        CharterError, match=r"^mkdocs.yml: look: mark: mark.svg:1: <script>: a drawing must run"
    ):
        site_look(settings("mark: mark.svg"), tmp_path)
    assert settings("paper: letter").paper is Paper.LETTER
