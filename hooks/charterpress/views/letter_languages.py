"""Letters of one run → the same in each language of the charter: its words, and the links to its pages."""

from __future__ import annotations

from dataclasses import replace

from charterpress.model import Edition, Registered
from charterpress.text.languages import primary_language
from charterpress.views.edition_view import edition_view
from charterpress.views.languages import SiteLanguage, site_languages
from charterpress.views.letters import LetterContext
from charterpress.views.translated import translated_edition


class LetterLanguages:
    """What the letters of one run have in common, in each language that the charter is in."""

    def __init__(self, context: LetterContext, edition: Edition, day: str) -> None:
        """Take what they have in common in the language that the charter is written in, what they are made
        from, and the ISO date of the letters."""
        self._edition, self._day = edition, day
        self.languages = site_languages(edition.charter)
        self._contexts = {self.source.tag: context}

    @property
    def source(self) -> SiteLanguage:
        """The language that the charter is written in."""
        return self.languages[0]

    def asked(self, contact: str, entry: Registered) -> str:
        """Return the language to write to `entry` in: the one that its `contact` asks for, else the one that
        it signed; '' for the charter's own."""
        signed = entry.signature.language
        tags = {each.tag for each in self.languages}
        same = primary_language(signed) == primary_language(self.source.tag)
        return contact or ("" if signed == self.source.tag or (same and signed not in tags) else signed)

    def language(self, tag: str) -> SiteLanguage:
        """Return the language of the charter that a letter in the language `tag` takes its words from."""
        same = [each for each in self.languages if each.tag == tag]
        same += [each for each in self.languages if primary_language(each.tag) == primary_language(tag)]
        return same[0] if same else self.source

    def context(self, tag: str) -> LetterContext:
        """Return what letters in the language `tag` have in common, which is the one in use. Where the
        charter is not published in it, that is what they have in the charter's own."""
        language = self.language(tag)
        if language.tag not in self._contexts:
            first = self._contexts[self.source.tag]
            translated = translated_edition(self._edition, language, self.source)
            view = edition_view(translated.edition, self._day, translated)
            self._contexts[language.tag] = replace(
                first,
                view=view,
                register=view.register or first.register,
                site=f"{first.site}{language.prefix}",
                translated=translated,
                comparisons={},
            )
        return self._contexts[language.tag]
