"""Names and sentences give slugs; those of released commitments are published addresses, and stay."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from charterpress.outputs.html.signatories import register_search
from charterpress.text.folding import fold
from charterpress.text.slugs import name_slug, name_slugs
from charterpress.versions import number

ANCHORS = Path(__file__).parents[1] / "golden" / "anchors.yml"
GOLDEN = yaml.load(ANCHORS.read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("commitment", GOLDEN)
def test_the_anchor_of_a_commitment_stays_for_ever(commitment):
    assert number.commitment_anchors("p", [commitment]) == (GOLDEN[commitment],)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("St. Mary’s & All Saints' Trust (Northern)", "st-marys-and-all-saints-trust-northern"),
        ("42nd Street", "42nd-street"),
        ("Ɛdwuma Trust", "edwuma-trust"),
        ("Straße für Übung", "strasse-fur-ubung"),
        ("Łódź – Fundacja", "lodz-fundacja"),
        ("İstanbul Vakfı", "istanbul-vakfi"),
        ("R&D", "r-and-d"),
        ("ＮＰＯ", "npo"),
        ("<img src=x onerror=alert(1)>", "img-src-x-onerror-alert-1"),
        ("Ассоциация", ""),
        ("…", ""),
        ("word " * 30, "-".join(["word"] * 12)),
    ],
)
def test_a_name_gives_a_slug(name, slug):
    """Its words in a to z and digits; none in another script; long ones end after a whole word."""
    assert name_slug(name) == slug


@given(st.text(max_size=80))
def test_a_slug_can_stand_in_an_address(name):
    for slug in name_slugs(name):
        assert all(
            part.isascii() and part.isalnum() and part == part.lower() for part in slug.split("-") if slug
        )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ɛdwuma Trust", "edwuma trust"),
        ("Ærø, ﬁne ŒUVRE", "aero, fine oeuvre"),
        ("St. John’s & O'Neill", "st. johns & oneill"),
        ("ΟΔΟΣ Ёлка ẞ ŉ", "οδοσ елка ss n"),
    ],
)
def test_letters_lose_case_and_accents(text, folded):
    assert fold(text) == folded
    assert "-".join(register_search.search_words(text))[:12].isascii() == folded[:12].isascii()


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
