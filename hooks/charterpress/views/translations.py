"""An edition → how far the text in each further language is, and where what is out of date belongs."""

from __future__ import annotations

from collections.abc import Mapping

from charterpress.model import Charter, Edition, Translation, once_per_edition
from charterpress.versions.translations import Progress, UnitState, progress


@once_per_edition
def edition_progress(edition: Edition) -> tuple[Progress, ...]:
    """Return how far each translation of the working text is: those that charter.yml lists first and in its
    order, one that is not begun too, then those that are not published."""
    charter = edition.charter
    if charter is None:
        return ()
    files = {each.language: each for each in edition.translations}
    tags = dict.fromkeys((*(tag for tag, _ in charter.languages), *files))
    return tuple(progress(charter, files.get(tag) or Translation(language=tag)) for tag in tags)


def unit_owner(charter: Charter, state: UnitState, names: Mapping[str, str]) -> str:
    """Return what the principle, theme or other part is called that a unit is in; `names` are those of parts
    by their ids."""
    owner = state.unit.id.partition(".")[0]
    return names.get(owner, charter.title)
