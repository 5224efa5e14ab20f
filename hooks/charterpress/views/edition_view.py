"""An edition → what its site shows, worked out once for all pages, feeds, files and documents."""

from __future__ import annotations

from dataclasses import dataclass

from charterpress.model import Edition
from charterpress.views import labels
from charterpress.views.charter_view import CharterView
from charterpress.views.comparison import Comparisons
from charterpress.views.history import History
from charterpress.views.signatories.register_view import RegisterView, register_view


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionView:
    """An edition as its site shows it. `shown` is None if there is no charter to show; `draft_label` is what
    pages call the working text; `register` is None before there is a version to sign."""

    edition: Edition
    history: History
    comparisons: Comparisons
    shown: CharterView | None
    draft_label: str
    register: RegisterView | None

    @property
    def footer(self) -> str:
        """The footer of a page that has none of its own: which text the site shows."""
        return self.shown.label if self.shown else self.draft_label


def edition_view(edition: Edition, committed: str) -> EditionView:
    """Return what the site of `edition` shows. `committed` is the ISO date of the commit that it was read
    from, or ''."""
    history, draft_label = History(edition), labels.draft_label(committed)
    release = edition.current
    charter = release.charter if release else edition.charter
    label = labels.release_footer(release) if release else draft_label
    return EditionView(
        edition=edition,
        history=history,
        comparisons=Comparisons(history),
        shown=CharterView(charter=charter, history=history, label=label) if charter else None,
        draft_label=draft_label,
        register=register_view(edition, committed),
    )
