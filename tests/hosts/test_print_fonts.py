"""Fonts to print with, as mkdocs.yml names them: for the build and for the command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

from charterpress.cli import main
from charterpress.hosts.print_fonts import charter_fonts
from charterpress.hosts.read_charter import read_charter
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf.font_sources import FontFile, font_folders
from charterpress.outputs.pdf.printable import missing_letters
from package_pages import package_page
from planted import BASE

LETTERS = "港の約束を守る。"


def drawn_font(family, letters=LETTERS):
    """A font with a square for each letter."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    names = {ord(letter): f"uni{ord(letter):04X}" for letter in letters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    return builder.font


def write_font(path, *families):
    """A font file, or a collection of several."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if len(families) == 1:
        drawn_font(*families).save(path)
    else:
        collection = TTCollection()
        collection.fonts = [drawn_font(family) for family in families]
        collection.save(path)


@pytest.fixture
def harbour(tmp_path):
    return Path(shutil.copytree(BASE, tmp_path / "charter"))


@pytest.fixture
def place(harbour):
    """The folder of a mkdocs.yml, whose charter has words in Japanese."""
    (harbour / "preamble.md").write_text(f"{LETTERS}\n", encoding="utf-8")
    (harbour.parent / ".git").mkdir(exist_ok=True)
    return harbour.parent


def configure(place, text):
    (place / "mkdocs.yml").write_text(f"site_name: !ENV [NAME, x]\n{text}", encoding="utf-8")


def test_without_its_font_a_charter_is_not_built_and_only_the_finding_is_shown(place, harbour):
    with pytest.raises(CharterError) as caught:
        read_charter(harbour, place, font_folders(), preview=False)
    said = str(caught.value).splitlines()
    letters = "“港” (U+6E2F), “の” (U+306E), “約” (U+7D04), “束” (U+675F), “を” (U+3092)"
    found = f"{harbour.name}/preamble.md:1:1: error[missing-letter]: no font has {letters}"
    assert [line for line in said if "error" in line] == [
        f"{found}: no version could be printed", "1 error in 1 file."
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "extra: {print_fonts: [fonts/harbour.ttf]}",
        "plugins: [search, charterpress: {print_fonts: [fonts/harbour.ttf]}]",
        "plugins: {charterpress: {print_fonts: [{file: fonts/harbour.ttf, family: Harbour Sans}]}}",
        "markdown_extensions: [x: {y: !!python/name:os.system }]\nextra: {print_fonts: [fonts/harbour.ttf]}",
    ],
)
def test_a_charter_is_released_with_the_fonts_that_mkdocs_yml_names(text, place, harbour, capsys):
    write_font(place / "fonts/harbour.ttf", "Harbour Sans")
    configure(place, text)
    assert charter_fonts(harbour)[-1] == FontFile(file=place / "fonts/harbour.ttf", family="Harbour Sans")
    assert main(["--source", str(harbour), "check"]) == 0
    assert main(["--source", str(harbour), "release", "--first", "--date", "2026-11-01"]) == 0
    assert read_charter(harbour, place, charter_fonts(harbour), preview=False)[1] == ()
    assert "Released version 1.0.0" in capsys.readouterr().out


def test_no_configuration_is_looked_for_outside_the_repository(tmp_path, harbour):
    inner = tmp_path / "inner"
    shutil.copytree(harbour, inner / "charter")
    configure(tmp_path, "extra: {print_fonts: [none.ttf]}")
    (inner / ".git").mkdir()
    assert charter_fonts(inner / "charter") == font_folders()


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("[none.ttf]", "print_fonts: there is no file none.ttf: install its font, or correct the path"),
        (
            "[mkdocs.yml]",
            "print_fonts: mkdocs.yml is not a font: name a file that ends in .ttf",
        ),
        (
            "[two.ttc]",
            "print_fonts: two.ttc has the families Harbour One, Harbour Two: name one ",
        ),
        (
            "[{file: two.ttc, family: Other}]",
            "print_fonts: two.ttc has the families Harbour One, ",
        ),
        ("none.ttf", "extra: print_fonts must be a list of font files, not the text “none.ttf”"),
        ("[3]", "extra: print_fonts (entry 1) must be the path of a font file, or have a file and a family"),
        ("[{file: x.ttf, famly: X}]", "extra: print_fonts (entry 1) has no famly; did you mean family?"),
        ("[", "mkdocs.yml cannot be read: while parsing"),
        pytest.param("[" * 9999, "mkdocs.yml cannot be read: there are too many brackets", id="brackets"),
        ("[2026-02-30]", "mkdocs.yml cannot be read: day is out of range"),
    ],
)
def test_a_mistake_is_a_sentence(named, sentence, place, harbour, capsys):
    write_font(place / "two.ttc", "Harbour One", "Harbour Two")
    configure(place, f"extra: {{print_fonts: {named}}}")
    assert main(["--source", str(harbour), "check"]) == 2
    assert sentence in capsys.readouterr().err


def test_a_letter_that_a_named_font_lacks_is_missing(tmp_path):
    write_font(tmp_path / "harbour.ttf", "Harbour Sans")
    font = FontFile(file=tmp_path / "harbour.ttf", family="Harbour Sans")
    assert missing_letters(frozenset("港島"), code=False, fonts=(*font_folders(), font)) == {"島"}


def test_the_examples_of_the_page_on_fonts_work(root, place, harbour):
    page = package_page("editors/fonts.md")
    examples = [yaml.safe_load(each) for each in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    named = [each for example in examples for each in example["plugins"][0]["charterpress"]["print_fonts"]]
    assert len(named) >= 3
    for each in named:
        several = isinstance(each, dict)
        file, family = (each["file"], each["family"]) if several else (each, "Harbour Sans")
        inside = file.lstrip("/")
        write_font(place / inside, *([family, f"{family} Mono"] if several else [family]))
        example = {"print_fonts": [{**each, "file": inside} if several else inside]}
        configure(place, yaml.safe_dump({"extra": example}))
        assert charter_fonts(harbour)[-1] == FontFile(file=place / inside, family=family)
