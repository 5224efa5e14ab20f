"""The published translations of a version, as its page lists them."""

from __future__ import annotations

from dataclasses import replace

from builders import make_charter, make_release
from charterpress.text.escape import to_markdown
from charterpress.versions.translations import freeze_translation, units
from charterpress.views.revisions import revisions
from translated import welsh_of

SUMMARY = "moorings-first.summary"


def test_each_revision_says_what_it_corrected_and_where_its_file_is():
    """The newest of a language comes first, and nothing of another version is among them."""
    release = make_release(charter=make_charter(languages=(("cy", "courtesy"),)))
    words = {id: welsh_of(unit.words) for id, unit in units(release.charter).items()}
    given = {"root": "charter", "date": "2025-01-01"}
    first = freeze_translation(release, "cy", "courtesy", words, **given)
    better = words | {SUMMARY: "Yn well."}
    second = freeze_translation(release, "cy", "courtesy", better, previous=first, reason="A slip.", **given)
    arabic = freeze_translation(release, "ar", "courtesy", words, **given)
    other = replace(first, version="2.0.0")
    found = revisions(release, [first, other, arabic, second])
    assert [(each.translation, each.address, each.corrected) for each in found] == [
        (arabic, "versions/1.0.0/ar.1.json", ()),
        (second, "versions/1.0.0/cy.2.json", ((to_markdown(words[SUMMARY]), to_markdown("Yn well.")),)),
        (first, "versions/1.0.0/cy.1.json", ()),
    ]
