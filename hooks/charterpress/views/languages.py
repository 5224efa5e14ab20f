"""A charter → the languages that its site is in: where each stands, its name, and what its text is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from charterpress.model import Charter
from charterpress.text.interface import SOURCE, direction, has_catalog, is_unread
from charterpress.text.languages import LANGUAGE_TAG, graph_locale, own_name, primary_language


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteLanguage:
    """One language of a site. `tag` is that of the text, and `prefix` the address of its pages' root: '' for
    the language that the charter is written in. `standing` is what its text counts for beside that one, as
    charter.yml says."""

    tag: str
    prefix: str = ""
    standing: str = ""
    name: str = ""
    """What the language calls itself; '' on a site that is in one language alone."""
    page: str = ""
    """The tag of what the pages say around the charter's text."""

    @property
    def direction(self) -> str:
        """The direction of its pages, “ltr” or “rtl”."""
        return direction(self.page)

    @property
    def graph_locale(self) -> str:
        """The language as the Open Graph protocol names it, such as en_GB."""
        return graph_locale(self.tag)

    @property
    def text_direction(self) -> str:
        """The direction of the text, “ltr” or “rtl”."""
        return direction(self.tag)

    @property
    def unread(self) -> bool:
        """Whether no speaker has read what its pages say around the text."""
        return is_unread(self.page)

    @property
    def is_source(self) -> bool:
        """Whether the charter is written in it."""
        return not self.prefix


def site_languages(charter: Charter | None) -> tuple[SiteLanguage, ...]:
    """Return the languages of the site of `charter`, the one that it is written in first. What is no
    tag of a language is left out: a preview shows a charter with errors too."""
    language, further = (charter.language, dict(charter.languages)) if charter else ("", {})
    source = language if LANGUAGE_TAG.fullmatch(language) else SOURCE
    further = {tag: further[tag] for tag in further if tag != source and LANGUAGE_TAG.fullmatch(tag)}
    if not further:
        return (SiteLanguage(tag=source, page=_page_language(source)),)
    primary = Counter(map(primary_language, (source, *further)))
    return tuple(
        SiteLanguage(
            tag=tag,
            prefix="" if tag == source else f"{tag}/",
            standing=further.get(tag, ""),
            name=own_name(tag, whole=primary[primary_language(tag)] > 1),
            page=_page_language(tag),
        )
        for tag in (source, *further)
    )


def _page_language(tag: str) -> str:
    """The language of the interface's words on pages in the language `tag`: English without a catalog."""
    return tag if has_catalog(tag) else SOURCE
