"""The sites in all languages → the pages and documents that show two languages of one text side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from charterpress.model import Charter, Crumb, Edition, Page, Release
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.side_by_side import side_by_side_page
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.side_by_side import side_by_side_pdf
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language
from charterpress.text.languages import name_in
from charterpress.views import addresses, labels
from charterpress.views.languages import SiteLanguage
from charterpress.views.side_by_side import Side, pairs
from charterpress.views.translated import TranslatedEdition, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A text that stands side by side: at `home` it stands in one language. `release` is None for the working
    text, before there is a version; `languages` are those that it is translated into."""

    home: str
    charter: Charter
    release: Release | None
    languages: tuple[SiteLanguage, ...]


def subjects(edition: Edition, translations: Sequence[TranslatedEdition]) -> Iterator[Subject]:
    """Yield the texts of `edition`, in the language that it is written in, of which there is a translation:
    the current one, and every version that was published in a further language."""
    current = edition.current
    charter = current.charter if current else edition.charter
    if charter and (languages := _languages(translations, current.version if current else "")):
        yield Subject(home=addresses.CHARTER, charter=charter, release=current, languages=languages)
    for release in edition.releases:
        published = [each for each in translations if each.words.get(release.version) is Words.PUBLISHED]
        if languages := _languages(published, release.version):
            home = addresses.version_address(release.version)
            yield Subject(home=home, charter=release.charter, release=release, languages=languages)


def _languages(translations: Sequence[TranslatedEdition], version: str) -> tuple[SiteLanguage, ...]:
    return tuple(each.language for each in translations if each.texts.get(version))


def beside(
    all_subjects: Sequence[Subject], own: SiteLanguage, source: SiteLanguage
) -> Mapping[str, tuple[tuple[str, SiteLanguage], ...]]:
    """Return the pages of the site in `own` that show it, or else the `source`, beside another language, by
    the address of the text: each by the tag in its address, with that other language."""
    return {
        each.home: tuple((other.tag, source if other == own else other) for other in each.languages)
        for each in all_subjects
    }


def sides(
    subject: Subject,
    own: SiteLanguage,
    other: SiteLanguage,
    source: SiteLanguage,
    translations: Mapping[str, TranslatedEdition],
) -> tuple[tuple[SiteLanguage, Side], tuple[SiteLanguage, Side]]:
    """Return the two languages of a page of the site in `own`: that one, if the text is in it, and `other`;
    where both are the same, the language that the charter is written in stands beside it."""
    left = own if own in subject.languages else source
    right = source if left == other else other
    return (left, _side(subject, left, translations)), (right, _side(subject, right, translations))


def _side(subject: Subject, language: SiteLanguage, translations: Mapping[str, TranslatedEdition]) -> Side:
    if language.is_source:
        return Side(tag=language.tag)
    version = subject.release.version if subject.release else ""
    return Side(tag=language.tag, texts=translations[language.tag].texts[version])


def pages_and_documents(
    all_subjects: Sequence[Subject],
    own: SiteLanguage,
    translations: Mapping[str, TranslatedEdition],
    renderer: Renderer,
    *,
    cache: DocumentCache | None,
    date: str,
) -> Iterator[tuple[Page, str, bytes]]:
    """Yield every page of the site in `own`, which is in use, with the address and the bytes of the document
    that is made for it: '' and b'' for none, as without a `cache`. `translations` are those of all languages
    by their tags, the charter's own among them; `date` is that of a text without a version."""
    source = next(each.source for each in translations.values())
    for subject in all_subjects:
        release, home = subject.release, subject.home
        name = labels.release_name(release) if release else _("The charter")
        footer = labels.release_footer(release) if release else ""
        for other in subject.languages:
            (left, one), (right, two) = sides(subject, own, other, source, translations)
            note = prevailing(left, right, source)
            with_source = left.is_source or right.is_source  # other pairs are read on the page alone
            address = addresses.side_by_side_pdf_address(home, other.tag) if cache and with_source else ""
            page = side_by_side_page(
                renderer,
                subject.charter,
                (one, two),
                (left, right),
                address=addresses.side_by_side_address(home, other.tag),
                home=home,
                name=name,
                document=address,
                note=note,
                crumb=Crumb(title=name, address=home),
                footer=footer,
            )
            made_here = cache if address and own.is_source else None  # all languages share the document
            pdf = made_here and side_by_side_pdf(
                pairs(subject.charter, one, two),
                (left, right),
                made_here,
                title=subject.charter.title,
                foot=footer,
                date=release.date if release else date,
                note=note,
            )
            yield page, address if pdf else "", pdf or b""


def prevailing(left: SiteLanguage, right: SiteLanguage, source: SiteLanguage) -> str:
    """Return which of two texts prevails, in the language in use: '' where both bind."""
    if all(each.is_source or each.standing == "binding" for each in (left, right)):
        return ""
    # Translators: which text counts where two languages differ; {language} is the name of one.
    return _("Where the texts differ, the one in {language} prevails.").format(
        language=name_in(source.tag, language())
    )
