"""The register → whom a letter of each kind goes to, and what its placeholders stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from charterpress.model import Foreign, Registered, Release, Standing
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, interface_of, join_list, language
from charterpress.text.interface import gettext as _
from charterpress.text.languages import name_and_tag
from charterpress.versions.translations import published_languages
from charterpress.views import addresses
from charterpress.views.edition_view import EditionView
from charterpress.views.letter_changes import LetterChanges, letter_changes
from charterpress.views.signatories import RegisterView
from charterpress.views.signed_text import published_titles
from charterpress.views.translated import TranslatedEdition

PLACEHOLDERS = {
    "name": "the organisation’s name",
    "greeting": "the name in the column “name” of the contacts, or else the organisation’s",
    "charter": "the charter’s title",
    "site": "the address of the charter’s site",
    "page": "the address of the organisation’s page there",
    "sign_page": "the address of the page on how to sign, correct and withdraw",
    "signed": "the version that it signed last",
    "signed_on": "the date on which it signed it",
    "signed_page": "the permanent address of that version",
    "role": "the role that signed it",
    "current": "the current version",
    "current_date": "the date of the current version",
    "current_page": "the permanent address of the current version",
    "sender": "the name of whoever writes",
    "sender_email": "the e-mail address that answers go to",
    "post": "where to post to, from `contact` in `charter.yml`",
}
"""What every letter can say."""
BLOCKS = ("changes", "reasons", "lowered", "answers")
"""Placeholders that stand for several lines, and are a paragraph of their own."""


# Translators: what a program found on a day; it follows a colon, and a full stop follows it.
_SEEN = {
    "other": N_("on {date} this page linked to {versions}"),
    "charter": N_("on {date} this page linked to the charter’s site, but to no version of it"),
    "none": N_("on {date} no link to the charter was seen on this page"),
    "unreachable": N_("on {date} this page could not be read"),
}
"""What a letter says of each verdict of `charter links`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkSeen:
    """What `charter links` found on the last page that an organisation named: its address, and the sentence
    about it in English; its `verdict`, the `versions` that the page led to, and the ISO date."""

    link: str
    sentence: str
    verdict: str = ""
    versions: tuple[str, ...] = ()
    date: str = ""

    def sentence_in_use(self) -> str:
        """Return the sentence in the language in use; why a page could not be read is in English alone."""
        if interface_of(language()).catalog is None or self.verdict not in _SEEN or not self.date:
            return self.sentence
        versions = [_("version {version}").format(version=each) for each in self.versions]
        return _(_SEEN[self.verdict]).format(date=day_in_words(self.date), versions=join_list(versions))


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes the letters, with an e-mail address in ASCII. `answers` is where answers go, '' for the same
    address; `post` is where to post to, in one line, or ''."""

    name: str
    email: str
    answers: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterContext:
    """What all letters of one run have in common. `site` is the site's address, which ends in a slash;
    `links` are the pages to write about, by slug; `translated` is what the letters take their words from in a
    further language, below whose root the site then is."""

    view: EditionView
    register: RegisterView
    site: str
    sender: Sender
    links: Mapping[str, LinkSeen] = field(default_factory=dict)
    translated: TranslatedEdition | None = None
    comparisons: dict[tuple[str, str], LetterChanges] = field(default_factory=dict, compare=False)
    """The changes since each version, by the language of their words, worked out once."""

    def changes_since(self, old: Release) -> LetterChanges:
        """Return what a letter says of the changes from `old` to the current version."""
        key = (language(), old.version)
        if key not in self.comparisons:
            view = self.view
            source = self.translated.source.tag if self.translated else ""
            made = letter_changes(old, self.register.current, view.history, view.comparisons, source)
            self.comparisons[key] = made
        return self.comparisons[key]

    @property
    def root(self) -> str:
        """The address of the site in the language that the charter is written in."""
        return self.site.removesuffix(self.translated.language.prefix) if self.translated else self.site

    @property
    def title(self) -> str:
        """The charter's title, in a further language as it was published last, and else in the charter's
        own, marked."""
        if self.translated is None:
            return self.register.current.charter.title
        published = published_titles(self.translated.original)
        source = self.translated.source.tag
        title = published.get(self.translated.language.tag)
        return title or Foreign(published.get(source, self.register.current.charter.title), language=source)

    def signed_language(self) -> str:
        """Return the further language that whoever answers these letters signs the current version in, as the
        form calls it; '' where it was not published in it."""
        if self.translated is None:
            return ""
        tag = self.translated.language.tag
        known = published_languages(self.translated.original, self.register.current)
        return name_and_tag(tag) if tag in known else ""

    def entry(self, entry: Registered) -> Registered:
        """Return an entry as the register in this language has it."""
        same = (each for each in self.register.entries if each.signatory.slug == entry.signatory.slug)
        return next(same, entry) if self.translated else entry


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterValues:
    """What the placeholders of one letter stand for: `words` are plain text or an address, '' where there is
    nothing to say; `changes` and `answers` are what the placeholders in `BLOCKS` are made of."""

    words: Mapping[str, str]
    changes: LetterChanges | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterKind:
    """A kind of letter. `about` says whom it goes to; `standings` are those that get it, and `event` is the
    date by which one was due to it, where it is about something that happened once; `own` are the
    placeholders that it has besides the common ones, and `say` what these stand for. `checks_links`: it needs
    what `charter links` found. `attached`: the badge and the certificate go with it. `includes` says which of
    these it is for."""

    about: str
    standings: tuple[Standing, ...]
    event: Callable[[Registered], str] | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    say: Callable[[Registered, LetterContext], LetterValues] = lambda _entry, _context: LetterValues(words={})
    checks_links: bool = False
    attached: bool = False
    includes: Callable[[Registered, LetterContext], bool] = lambda _entry, _context: True

    @property
    def placeholders(self) -> Mapping[str, str]:
        """All that its template can say, each with what it stands for."""
        return {**PLACEHOLDERS, **self.own}


def select_recipients(
    kind: LetterKind, context: LetterContext, slugs: Sequence[str], since: str
) -> tuple[Registered, ...]:
    """Return who gets a letter of `kind`, by name: of those whom it is for, the ones in `slugs` if there are
    any, and those to whom it happened on the day `since` (ISO) or later if that is given."""
    return tuple(
        entry
        for entry in context.register.entries
        if entry.standing in kind.standings
        and (not slugs or entry.signatory.slug in slugs)
        and (not since or kind.event is None or kind.event(entry) >= since)
        and (not kind.checks_links or entry.signatory.slug in context.links)
        and kind.includes(entry, context)
    )


def letter_values(kind: LetterKind, entry: Registered, context: LetterContext, greeting: str) -> LetterValues:
    """Return what the placeholders of a letter of `kind` to `entry` stand for. `greeting` is the name of the
    person who reads it, or ''."""
    who, last, register, site = entry.signatory, entry.signature, context.register, context.site
    words = {
        "name": who.name,
        "greeting": greeting or who.name,
        "charter": context.title,
        "site": site,
        "page": f"{site}{addresses.signatory_address(who.slug)}",
        "sign_page": f"{site}{addresses.SIGN}",
        "signed": last.version,
        "signed_on": day_in_words(last.date),
        "signed_page": f"{site}{addresses.version_address(last.version)}",
        "role": last.role,
        "current": register.current.version,
        "current_date": day_in_words(register.current.date),
        "current_page": f"{site}{addresses.version_address(register.current.version)}",
        "sender": context.sender.name,
        "sender_email": context.sender.answers or context.sender.email,
        "post": context.sender.post,
    }
    own = kind.say(entry, context)
    return LetterValues(words={**words, **own.words}, changes=own.changes, answers=own.answers)
