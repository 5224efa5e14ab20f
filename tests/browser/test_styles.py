"""What is left of Material's styles shows a text as all of them do."""

from __future__ import annotations

import json
from pathlib import Path

import markdown
import material
import pytest

from charterpress.outputs.style import theme_styles

(SHEET,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.css")
TEXT = Path(__file__).with_name("every_element.txt").read_text(encoding="utf-8")
LOOK = """() => {
    const elements = [...document.querySelectorAll("html, body, .md-typeset, .md-typeset *")];
    return JSON.stringify(elements.flatMap((element) => ["", "::before", "::after"].map((part) => {
        const style = getComputedStyle(element, part || null);
        return [element.outerHTML.slice(0, 40) + part, Object.fromEntries([...style].map((name) =>
            [name, style.getPropertyValue(name)]).filter(([name]) => !name.startsWith("--")))];
    })));
}"""
"""As one text: of half a million values each would be sent by itself."""


@pytest.mark.parametrize("media", ["screen", pytest.param("print", marks=pytest.mark.long)])
def test_nothing_that_a_text_shows_is_lost_with_what_is_cut(open_page, media):
    sheet = SHEET.read_text(encoding="utf-8")
    made = markdown.markdown(
        TEXT,
        extensions=["tables", "def_list", "md_in_html", "toc", "pymdownx.superfences", "pymdownx.highlight"],
        extension_configs={"toc": {"permalink": "#"}},
    )
    looks = []
    for given in (sheet, "".join(_tokens(sheet)) + theme_styles.filter_styles(sheet)):
        page, _ = open_page("about:blank")
        page.emulate_media(media=media)
        head = f"<!doctype html><html lang=en><style>{given}</style>"
        page.set_content(f"{head}<div class=md-typeset>{made}</div>")
        looks.append(json.loads(page.evaluate(LOOK)))
    whole, cut = looks
    assert len(whole) == len(cut) > 300
    faults = [
        f"{name}: {key}: {look[key]!r} is {other.get(key)!r}"
        for (name, look), (_, other) in zip(whole, cut, strict=True)
        for key in look
        if look[key] != other.get(key)
    ]
    assert faults == []


def _tokens(sheet):
    """The rules of a sheet that define tokens for all of a page."""
    for part in sheet.split("}"):
        if part.rpartition("{")[0].strip().startswith(":root"):
            yield part + "}"
