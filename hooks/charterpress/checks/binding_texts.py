"""A rule for the further languages whose text binds: what keeps it from being released with the charter's
own."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.checksums import file_name_of
from charterpress.checks.queries import quote
from charterpress.model import Edition, Violation
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext
from charterpress.versions.translations import State, UnitState
from charterpress.versions.translations.changes import binding_languages
from charterpress.versions.translations.working import Gap, gaps


def binding_text_behind(edition: Edition) -> Iterator[Violation]:
    """A text that binds has every sentence of the charter, made from its words of now.

    It is a warning while you write, and stops a release: both texts are released together or not at all."""
    charter = edition.charter
    if charter is None:
        return
    files = {each.language: each for each in edition.translations}
    for tag in binding_languages(charter):
        path = f"{edition.root}/translations/{tag}.po"
        if file := files.get(tag):
            found = list(gaps(charter, file))
            if absent := [gap.state for gap in found if not gap.line]:
                message = ngettext(
                    "this file lacks {unit}", "this file lacks {unit} and {more} more", len(absent)
                ).format(unit=_named(absent[0]), more=len(absent) - 1)
                yield Violation(
                    path, message, _("type: charter translate {language}").format(language=tag), 1
                )
            yield from (gap_violation(tag, path, gap) for gap in found if gap.line)


def _named(state: UnitState) -> str:
    return f"{quote(state.unit.id)} ({quote(state.unit.words)})"


def gap_violation(tag: str, path: str, gap: Gap) -> Violation:
    """Return what to say of a gap in the file at `path`, which is a translation into the language `tag`."""
    state = gap.state
    about = (state.unit.path,) if state.unit.path else ()
    if state.state is State.MISSING:
        message, fix = _("{unit} is not translated"), _("write the translation after msgstr")
    elif state.state is State.UNSURE:
        message = _("the translation of {unit} is marked as fuzzy")
        fix = _("make sure that it says the same, and take “fuzzy” out of the line “#, fuzzy”")
    else:
        # Translators: {class_} is how far the change reaches: editorial, guidance or commitment.
        message = _("the translation of {unit} was made from other words ({class_}): {words}")
        fix = _("type: charter translate {language}; then correct what {file} marks as fuzzy")
    message = message.format(unit=_named(state), class_=state.class_, words=quote(state.made_from))
    return Violation(
        path, message, fix.format(language=tag, file=quote(file_name_of(path))), gap.line, about=about
    )
