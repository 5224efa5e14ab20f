"""What a charter says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionShape:
    """One section that every principle of a charter has, as charter.yml declares it."""

    id: str
    heading: str
    binding: bool = False
    list: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The words of one principle under one heading: Markdown, NFC, LF."""

    id: str
    text: str
    items: tuple[str, ...] = ()
    """The Markdown of each list item, where the section's shape is a list."""
    source_items: tuple[str, ...] = field(default=(), compare=False)
    """The items in the language that the charter is written in, where these are a translation."""

    @property
    def cited_items(self) -> tuple[str, ...]:
        """The items whose words make their anchors, which are the same in every language."""
        return self.source_items or self.items


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """Something a person does, how it is seen, what helps them to do it, and what to ask at an interview
    ('' for nothing). Plain text."""

    behaviour: str
    measure: str
    support: str
    interview: str = ""


TEXT_LISTS = ("plain", "questions", "sources")
"""The lists of plain text that a principle may have, each with a field of `Principle`."""
OPTIONAL_LISTS = ("plain",)
"""Those that came after the first releases: one that is empty is left out of a release's file."""
BEHAVIOUR_LISTS = ("behaviours", "interview")
"""The lists that its behaviours make."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Principle:
    """One principle. `plain` says it once more in easy words, a short sentence each. `path` is its source
    file ('' where the text came from a release)."""

    id: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    plain: tuple[str, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    questions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    path: str = ""
    since: str = ""
    """The version that first had it, and the one that last changed it; '' in the working text."""
    changed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """One theme with its principles in their order. `text` is its introduction, in Markdown."""

    id: str
    title: str
    summary: str
    text: str
    principles: tuple[Principle, ...]
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Who takes in signatures from whoever has no account: an e-mail address, what they are called, and where
    to post to, each '' where it is not said."""

    email: str = ""
    name: str = ""
    post: str = ""


NO_CONTACT = Contact()


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """A length of time, in months or in days; the other is 0. Both are 0 for none."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        """Return it as a release has it: “12 months”, “1 day”."""
        count, unit = (self.days, "day") if self.days else (self.months, "month")
        return f"{count} {unit}" if count == 1 else f"{count} {unit}s"

    def __bool__(self) -> bool:
        """Return whether it is any time at all."""
        return bool(self.months or self.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reporting:
    """How often those who sign a charter report on how they kept it, and how long after a period has ended
    they may take. It is part of what is signed."""

    every: Interval
    grace: Interval = Interval()


@dataclass(frozen=True, kw_only=True, slots=True)
class Charter:
    """A whole charter, the working text or a frozen release alike. `preamble` is Markdown; `repair` are the
    ids of the principles to turn to when people no longer work together as they said they would."""

    title: str
    summary: str
    licence: str
    preamble: str
    themes: tuple[Theme, ...]
    sections: tuple[SectionShape, ...]
    questions: tuple[str, ...] = ()
    repair: tuple[str, ...] = ()
    signatory_kinds: tuple[str, ...] = ()
    owner: str = ""
    """Who keeps the charter, as plain text, or ''. It is no part of the text, so a release has none."""
    contact: Contact = NO_CONTACT
    """Where signatures go without an account. It is no part of the text either."""
    language: str = ""
    """The BCP 47 tag of the language that it is written in; '' if it does not say."""
    languages: tuple[tuple[str, str], ...] = ()
    """The tags of the further languages that it is published in, each with its standing, “binding” or
    “courtesy”."""
    reporting: Reporting | None = None
    """What those who sign it are asked to report; None for nothing."""
    standing_words: tuple[tuple[str, str], ...] = ()
    """The charter's own words for how far a report is due, by their ids. They are settings, so a release has
    none."""
    start_words: tuple[str, ...] = ()
    """What marks the binding sentences that partners write down before they start. It is a setting."""
    count_branches: bool = True
    """Whether the branches of an organisation count beside it. It is a setting, so a release has none."""
    path: str = ""
    preamble_path: str = ""

    def principles(self) -> Iterator[tuple[Theme, Principle]]:
        """Every principle with its theme, in the charter's order."""
        return ((theme, principle) for theme in self.themes for principle in theme.principles)
