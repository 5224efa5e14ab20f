"""A release → its entry in the changelog, among the versions of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from charterpress.model import Release
from charterpress.text import markdown
from charterpress.versions import lowered
from charterpress.versions.named_notes import named_notes

SECTION = "## The charter"
"""The heading in the changelog under which the versions of the text are listed, the newest first."""


def add_to_changelog(
    changelog: str,
    release: Release,
    lowerings: Sequence[lowered.Lowering] = (),
    became: Sequence[str] = (),
) -> str:
    """`changelog` with the entry of `release` as the first one below its section for the text: why it was
    made, what `became` of principles, and what its notes lowered."""
    reasons = [
        ": ".join(filter(None, (about, " ".join(markdown.plain_text(note.reason).split()))))
        for about, note in named_notes(release)
    ]
    first = "A draft to comment on: nobody can sign it." if release.consultation else "The first version."
    lines = "".join(f"- {line}\n" for line in (*(reasons or [first]), *became))
    for each in lowerings:
        lines += f"- {each.sentence} {' '.join(each.words)}\n"
    from_ = f", lowered from {release.found}" if release.found is not release.class_ else ""
    entry = f"### {release.version} - {release.date} ({release.class_}{from_})\n\n{lines}"
    start = re.search(rf"^{re.escape(SECTION)}[ \t]*$", changelog, re.MULTILINE)
    if start is None:
        return f"{changelog.rstrip()}\n\n{SECTION}\n\n{entry}"
    following = re.compile(r"^##?#? ", re.MULTILINE).search(changelog, start.end())
    at = following.start() if following else len(changelog)
    after = f"\n{changelog[at:]}" if following else ""
    return f"{changelog[:at].rstrip()}\n\n{entry}{after}"
