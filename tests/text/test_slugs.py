"""Names and sentences give slugs; those of released commitments are published addresses, and stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterpress.outputs.html.signatories import register_search
from charterpress.text.folding import fold
from charterpress.text.slugs import name_slug, name_slugs
from charterpress.versions import number

GOLDEN = {
    "We tell each other within **ten working days** what we can’t do.": "p.we-tell-each-other-within-ten",
    "We’ll mend what we break — don't wait.": "p.well-mend-what-we-break",
    "Café first: naïve façade élève, Straße.": "p.café-first-naïve-façade-élève-strasse",
    "हम हर महीने एक-दूसरे से मिलते हैं और सुनते हैं।": "p.हम-हर-मह-न-एक-द-सर-स-म-लत",
    "साझेदारी में **निर्णय** हम दोनों मिलकर लेते हैं।": "p.स-झ-द-र-म-न-र-णय-हम-द-न-म-लकर",
    "نلتقي كل شهر ونستمع بعضنا إلى بعض باحترام": "p.نلتقي-كل-شهر-ونستمع-بعضنا-إلى",
    "نُعلِنُ القرارات خلال ١٠ أيام.": "p.ن-عل-ن-القرارات-خلال-١٠-أيام",
    "เราจะฟังกันและกันทุกเดือน": "p.เราจะฟ-งก-นและก-นท-กเด-อน",
    "เราตอบภายใน ๑๐ วัน และบอกเหตุผล เสมอ ทุก ครั้ง": "p.เราตอบภายใน-๑๐-ว-น-และบอกเหต-ผล-เสมอ-ท-ก",
}
"""Commitments, and the anchors by which readers already link to them. Nothing here may ever change."""


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
