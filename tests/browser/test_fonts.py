"""The fonts that a page fetches, and those that it is shown in."""

from __future__ import annotations

FACES = (("main h1", "Newsreader"), ("main .lead", "Atkinson Hyperlegible"))


def test_letters_with_accents_are_fetched_where_a_page_has_some_and_shown_in_the_same_face(
    open_page, server, charter
):
    theme, principle = next(charter.principles())
    page, witness = open_page(f"{server}charter/{theme.id}/{principle.id}/", until="networkidle")
    rare = {f"{server}assets/fonts/{name}-rare.woff2" for name in ("text", "heading")}
    assert rare & set(witness.requests) == set()
    page.evaluate(
        """() => {
            document.querySelector("main h1").textContent = "Côte é";
            document.querySelector("main .lead").textContent = "Café ñ ß";
        }"""
    )
    page.evaluate("async () => { document.body.getBoundingClientRect(); await document.fonts.ready; }")
    assert rare <= set(witness.requests)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for selector, family in FACES:
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert used
        assert [each for each in used if not each["isCustomFont"]] == []
        assert [each for each in used if not each["familyName"].startswith(family)] == []
