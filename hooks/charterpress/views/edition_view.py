"""An edition → what its site shows, worked out once for all pages, feeds, files and documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from charterpress.model import NO_CONTACT, Behaviour, Charter, Contact, Edition, Principle, Release, Theme
from charterpress.versions import number
from charterpress.versions.starting import Place, marked_places
from charterpress.views import addresses, labels
from charterpress.views.cafe import Cafe, plan_cafe
from charterpress.views.comparison import Comparisons
from charterpress.views.history import History
from charterpress.views.principle_parts import principle_sections
from charterpress.views.signatories import RegisterView, register_view
from charterpress.views.translated import TranslatedEdition, TranslatedHistory


class Competency(NamedTuple):
    """One behaviour with the principle and theme that it belongs to. `place` counts from 1."""

    theme: Theme
    principle: Principle
    place: int
    behaviour: Behaviour


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept
class CharterView:
    """The charter that the site shows: the current release of `history`, or, before there is one, the
    working text. `label` is what the footer of a page calls it; `date` is the
    ISO date of the working text, or ''; `owner` is who keeps it today, or '',
    and `contact` where signatures go without an account."""

    charter: Charter
    history: History
    label: str
    date: str = ""
    owner: str = ""
    contact: Contact = NO_CONTACT
    starting: frozenset[Place] = frozenset()
    """Where it says what partners write down before they start."""

    @property
    def release(self) -> Release | None:
        """The version that the text is of."""
        return self.history.current

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of its themes and principles, by id."""
        return number.part_numbers(self.charter)

    @cached_property
    def competencies(self) -> tuple[Competency, ...]:
        """Its behaviours, one by one."""
        return tuple(
            Competency(theme, principle, place, behaviour)
            for theme, principle in self.charter.principles()
            for place, behaviour in enumerate(principle.behaviours, start=1)
        )

    @cached_property
    def binding_words(self) -> tuple[str, ...]:
        """What an organisation signs, as Markdown: every commitment, and other text that binds."""
        return tuple(
            words
            for _, principle in self.charter.principles()
            for part in principle_sections(self.charter, principle)
            if part.shape.binding
            for words in ([each.text for each in part.commitments] or [part.section.text])
        )

    @property
    def reading_time(self) -> str:
        """How long what is signed takes to read."""
        return labels.reading_time("\n".join((self.charter.preamble, *self.binding_words)))

    @cached_property
    def cafe(self) -> Cafe | None:
        """The café on it; None if it has no theme."""
        return plan_cafe(self.charter, self.label)

    @property
    def name(self) -> str:
        """What a sentence calls it: “version 2.0.0 of 4 May 2027”."""
        release = self.release
        return labels.dated_release_in_sentence(release) if release else labels.draft_in_sentence(self.date)

    @property
    def address(self) -> str:
        """The address of the whole text."""
        return addresses.version_address(self.release.version) if self.release else addresses.CHARTER


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionView:
    """An edition as its site shows it. `shown` is None if there is no charter to show; `draft_label` is what
    pages call the working text; `register` is None before there is a version to sign."""

    edition: Edition
    history: History
    comparisons: Comparisons
    shown: CharterView | None
    draft_label: str
    original: Edition
    """The edition in the language that the charter is written in."""
    register: RegisterView | None

    @property
    def footer(self) -> str:
        """The footer of a page that has none of its own: which text the site shows."""
        return self.shown.label if self.shown else self.draft_label


def _kind_names(translated: TranslatedEdition | None) -> dict[str, str]:
    """What the kinds of organisation are called in a translation."""
    if not translated or not translated.original.charter or not translated.edition.charter:
        return {}
    charters = (translated.original.charter, translated.edition.charter)
    return dict(zip(*(each.signatory_kinds for each in charters), strict=True))


def _starting(original: Edition) -> frozenset[Place]:
    """Where the text that is shown has words that mark a start, whatever language it is shown in."""
    text = original.current.charter if original.current else original.charter
    words = original.charter.start_words if original.charter else ()
    return frozenset(marked_places(text, words)) if text and words else frozenset()


def edition_view(
    edition: Edition, committed: str, translated: TranslatedEdition | None = None
) -> EditionView:
    """Return what the site of `edition` shows. `committed` is the ISO date of the commit that it was read
    from, or ''; `translated` is what it was translated from, None for an edition in its own language."""
    history = TranslatedHistory(translated) if translated else History(edition)
    draft_label = labels.draft_label(committed)
    release = edition.current
    charter = release.charter if release else edition.charter
    working = edition.charter or charter
    label = labels.release_footer(release) if release else draft_label
    return EditionView(
        edition=edition,
        history=history,
        comparisons=Comparisons(history),
        shown=CharterView(
            charter=charter,
            history=history,
            label=label,
            date=committed,
            owner=working.owner,
            contact=working.contact,
            starting=_starting(translated.original if translated else edition),
        )
        if charter and working
        else None,
        draft_label=draft_label,
        original=translated.original if translated else edition,
        register=register_view(
            edition, committed, _kind_names(translated), translated.original if translated else None
        ),
    )
