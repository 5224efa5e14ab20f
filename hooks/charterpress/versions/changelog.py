"""A release → its entry in the changelog, among the versions of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charterpress.model import Release
from charterpress.text import markdown
from charterpress.versions import lowered, number

_MOST_NAMED = 3
"""Of how many parts the reason of a note names each."""
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
    reasons = list(_reasons(release))
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


def _reasons(release: Release) -> Iterator[str]:
    """Yield the reason of each note in the charter’s order, after the names of the few parts it is about."""
    numbers = number.part_numbers(release.charter)
    parts = [part for theme in release.charter.themes for part in (theme, *theme.principles)]
    names = {part.id: f"{numbers[part.id]} {part.title}" for part in parts}
    order = {id: place for place, id in enumerate(names, start=1)}
    for note in sorted(release.notes, key=lambda note: min(order.get(id, 0) for id in note.principles)):
        named = [names[id] for id in sorted(note.principles, key=lambda id: order.get(id, 0)) if id in names]
        few = 0 < len(named) == len(note.principles) <= _MOST_NAMED
        reason = " ".join(markdown.plain_text(note.reason).split())
        yield f"{', '.join(named)}: {reason}" if few else reason
