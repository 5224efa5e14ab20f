"""A principle's binding words → a short name for them, the same for as long as nothing in them changes."""

from __future__ import annotations

import json
from hashlib import sha256

from charterpress.model import Charter, Principle
from charterpress.text.escape import to_markdown
from charterpress.versions.number import wording

LENGTH = 16
"""How many characters of the SHA-256 digest name the words."""


def fingerprint(charter: Charter, principle: Principle) -> str:
    """Return the fingerprint of the words of `principle` that bind: its title, and the sections of `charter`
    that do, under their headings. Two texts have the same one where `changes` finds no change of what binds
    in the principle itself: emphasis and layout make no difference, where a link leads does."""
    written = {section.id: section for section in principle.sections}
    bound = [
        [shape.heading, *(said for text in (*section.items, section.text) for said in wording.read(text))]
        for shape in charter.sections
        if shape.binding and (section := written.get(shape.id))
    ]
    named = json.dumps([wording.words(to_markdown(principle.title)), bound], ensure_ascii=False)
    return sha256(named.encode()).hexdigest()[:LENGTH]
