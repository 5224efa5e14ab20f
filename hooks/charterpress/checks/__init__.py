"""An Edition → findings, from one table of rules. A rule is a generator, and its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from charterpress.checks import (
    body,
    change_notes,
    characters,
    checksums,
    current_version,
    errata,
    files,
    front_matter,
    identity,
    links,
    listing,
    releases,
    sections,
    settings,
    wording,
)
from charterpress.checks.current_version import Comparison, compare, is_complete
from charterpress.checks.signatories import SIGNATORIES as SIGNATORIES
from charterpress.checks.signatories import (
    addresses,
    contacts,
    duplicates,
    names,
    proposals,
    registrations,
    signatures,
)
from charterpress.model import Edition, Finding, Rule, Severity, Violation

__all__ = [
    "RELEASE_RULES",
    "RULES",
    "SIGNATORIES",
    "Comparison",
    "Rule",
    "Violation",
    "check",
    "compare",
    "is_complete",
    "is_signatory_finding",
    "without_invalid",
]

_FRONT, _SETTINGS, _IDENTITY = "Front matter", "Charter settings", "Identity"
_SHAPE, _WORDS, _LINKS = "Shape of the body", "Words that bind", "Links"
_CHARACTERS, _FILES, _NOTES = "Characters", "Files", "Change notes"
_RELEASES, _VERSIONS, _SIGNATORIES = "Releases", "Versions", "Signatories"
_WARNING = Severity.WARNING

RULES: tuple[Rule, ...] = (
    Rule(id="front-matter-missing", group=_FRONT, find=front_matter.front_matter_missing),
    Rule(id="front-matter-unclosed", group=_FRONT, find=front_matter.front_matter_unclosed),
    Rule(id="front-matter-start", group=_FRONT, find=front_matter.front_matter_start),
    Rule(id="front-matter-unreadable", group=_FRONT, find=front_matter.front_matter_unreadable),
    Rule(id="front-matter-form", group=_FRONT, find=front_matter.front_matter_form),
    Rule(id="yaml-anchor", group=_FRONT, find=front_matter.yaml_anchor),
    Rule(id="yaml-tag", group=_FRONT, find=front_matter.yaml_tag),
    Rule(id="second-document", group=_FRONT, find=front_matter.second_document),
    Rule(id="duplicate-key", group=_FRONT, find=front_matter.duplicate_key),
    Rule(id="unknown-key", group=_FRONT, find=front_matter.unknown_key),
    Rule(id="missing-key", group=_FRONT, find=front_matter.missing_key),
    Rule(id="wrong-type", group=_FRONT, find=front_matter.wrong_type),
    Rule(id="empty-value", group=_FRONT, find=front_matter.empty_value),
    Rule(id="stray-space", group=_FRONT, find=front_matter.stray_space),
    Rule(id="title-length", group=_FRONT, find=front_matter.title_length),
    Rule(id="summary-length", group=_FRONT, find=front_matter.summary_length),
    Rule(id="principles-per-theme", group=_SETTINGS, find=settings.principles_per_theme),
    Rule(id="required-key", group=_SETTINGS, find=settings.required_key),
    Rule(id="repair-id", group=_SETTINGS, find=settings.repair_id),
    Rule(id="section-id", group=_SETTINGS, find=settings.section_id),
    Rule(id="section-same", group=_SETTINGS, find=settings.section_same),
    Rule(id="file-name", group=_IDENTITY, find=identity.file_name),
    Rule(id="file-name-reserved", group=_IDENTITY, find=identity.file_name_reserved),
    Rule(id="file-name-case", group=_IDENTITY, find=identity.file_name_case),
    Rule(id="id-twice", group=_IDENTITY, find=identity.id_twice),
    Rule(id="id-retired", group=_IDENTITY, find=identity.id_retired),
    Rule(id="formerly-living", group=_IDENTITY, find=identity.formerly_living),
    Rule(id="listed-twice", group=_IDENTITY, find=listing.listed_twice),
    Rule(id="principle-missing", group=_IDENTITY, find=listing.principle_missing),
    Rule(id="principle-unlisted", group=_IDENTITY, find=listing.principle_unlisted),
    Rule(id="theme-id", group=_IDENTITY, find=listing.theme_id),
    Rule(id="theme-missing", group=_IDENTITY, find=listing.theme_missing),
    Rule(id="theme-index", group=_IDENTITY, find=listing.theme_index),
    Rule(id="theme-unlisted", group=_IDENTITY, find=listing.theme_unlisted),
    Rule(id="theme-size", group=_IDENTITY, find=listing.theme_size),
    Rule(id="section-missing", group=_SHAPE, find=sections.section_missing),
    Rule(id="section-unknown", group=_SHAPE, find=sections.section_unknown),
    Rule(id="section-twice", group=_SHAPE, find=sections.section_twice),
    Rule(id="section-order", group=_SHAPE, find=sections.section_order),
    Rule(id="section-empty", group=_SHAPE, find=sections.section_empty),
    Rule(id="text-before-section", group=_SHAPE, find=sections.text_before_section),
    Rule(id="list-section", group=_SHAPE, find=sections.list_section),
    Rule(id="heading-top", group=_SHAPE, find=sections.heading_top),
    Rule(id="heading-level", group=_SHAPE, find=sections.heading_level),
    Rule(id="intro-heading", group=_SHAPE, find=sections.intro_heading),
    Rule(id="intro-empty", group=_SHAPE, find=sections.intro_empty),
    Rule(id="html", group=_SHAPE, find=body.html_tag),
    Rule(id="image", group=_SHAPE, find=body.image),
    Rule(id="table", group=_SHAPE, find=body.table),
    Rule(id="nesting", group=_SHAPE, find=body.nesting),
    Rule(id="attribute-list", group=_SHAPE, find=body.attribute_list),
    Rule(id="template-expression", group=_SHAPE, find=body.template_expression),
    Rule(id="placeholder", group=_SHAPE, find=body.placeholder),
    Rule(id="merge-conflict", group=_SHAPE, find=body.merge_conflict),
    Rule(id="commitment-start", group=_WORDS, find=wording.commitment_start),
    Rule(id="commitment-repeats", group=_WORDS, find=wording.commitment_repeats),
    Rule(id="commitment-stop", group=_WORDS, find=wording.commitment_stop),
    Rule(id="weak-promise", group=_WORDS, find=wording.weak_promise, severity=_WARNING),
    Rule(id="long-promise", group=_WORDS, find=wording.long_promise, severity=_WARNING),
    Rule(id="easy-words", group=_WORDS, find=wording.easy_words),
    Rule(id="stray-promise", group=_WORDS, find=wording.stray_promise, severity=_WARNING),
    Rule(id="link-form", group=_LINKS, find=links.link_form),
    Rule(id="link-outside", group=_LINKS, find=links.link_outside),
    Rule(id="link-target", group=_LINKS, find=links.link_target),
    Rule(id="link-anchor", group=_LINKS, find=links.link_anchor),
    Rule(id="link-address", group=_LINKS, find=links.link_address),
    Rule(id="link-user", group=_LINKS, find=links.link_user),
    Rule(id="link-text-host", group=_LINKS, find=links.link_text_host),
    Rule(id="not-utf8", group=_CHARACTERS, find=characters.not_utf8),
    Rule(id="lone-cr", group=_CHARACTERS, find=characters.lone_cr),
    Rule(id="control-character", group=_CHARACTERS, find=characters.control_character),
    Rule(id="line-separator", group=_CHARACTERS, find=characters.line_separator),
    Rule(id="bidi-control", group=_CHARACTERS, find=characters.bidi_control),
    Rule(id="zero-width", group=_CHARACTERS, find=characters.zero_width),
    Rule(id="lone-surrogate", group=_CHARACTERS, find=characters.lone_surrogate),
    Rule(id="mixed-scripts", group=_CHARACTERS, find=characters.mixed_scripts, severity=_WARNING),
    Rule(id="file-missing", group=_FILES, find=files.file_missing),
    Rule(id="file-unexpected", group=_FILES, find=files.file_unexpected),
    Rule(id="symlink", group=_FILES, find=files.symlink),
    Rule(id="submodule", group=_FILES, find=files.submodule),
    Rule(id="executable", group=_FILES, find=files.executable),
    Rule(id="file-size", group=_FILES, find=files.file_size),
    Rule(id="file-unreadable", group=_FILES, find=files.file_unreadable),
    Rule(id="long-line", group=_FILES, find=files.long_line),
    Rule(id="note-class", group=_NOTES, find=change_notes.note_class),
    Rule(id="note-id", group=_NOTES, find=change_notes.note_id),
    Rule(id="note-empty", group=_NOTES, find=change_notes.note_empty),
    Rule(id="change-unnoted", group=_VERSIONS, find=current_version.change_unnoted),
    Rule(id="note-unneeded", group=_VERSIONS, find=current_version.note_unneeded),
    Rule(id="class-too-low", group=_VERSIONS, find=current_version.class_too_low),
    Rule(id="class-lowered", group=_VERSIONS, find=current_version.class_lowered),
    Rule(id="principle-gone", group=_VERSIONS, find=current_version.principle_gone),
    Rule(id="release-unreadable", group=_RELEASES, find=releases.release_unreadable),
    Rule(id="release-form", group=_RELEASES, find=releases.release_form),
    Rule(id="release-name", group=_RELEASES, find=releases.release_name),
    Rule(id="release-unfinished", group=_RELEASES, find=releases.release_unfinished),
    Rule(id="release-unlisted", group=_RELEASES, find=checksums.release_unlisted),
    Rule(id="release-digest", group=_RELEASES, find=checksums.release_digest),
    Rule(id="release-missing", group=_RELEASES, find=releases.release_missing),
    Rule(id="release-previous", group=_RELEASES, find=releases.release_previous),
    Rule(id="release-date", group=_RELEASES, find=releases.release_date),
    Rule(id="release-future", group=_RELEASES, find=releases.release_future),
    Rule(id="release-number", group=_RELEASES, find=releases.release_number),
    Rule(id="release-class", group=_RELEASES, find=releases.release_class),
    Rule(id="release-recorded", group=_RELEASES, find=releases.release_recorded),
    Rule(id="release-changed", group=_RELEASES, find=releases.release_changed),
    Rule(id="sums-form", group=_RELEASES, find=checksums.sums_form),
    Rule(id="sums-twice", group=_RELEASES, find=checksums.sums_twice),
    Rule(id="sums-order", group=_RELEASES, find=checksums.sums_order),
    Rule(id="erratum-version", group=_RELEASES, find=errata.erratum_version),
    Rule(id="erratum-empty", group=_RELEASES, find=errata.erratum_empty),
    Rule(id="signatory-name", group=_SIGNATORIES, find=names.signatory_name),
    Rule(id="signatory-length", group=_SIGNATORIES, find=names.signatory_length),
    Rule(id="signatory-characters", group=_SIGNATORIES, find=names.signatory_characters),
    Rule(id="signatory-latin", group=_SIGNATORIES, find=names.signatory_latin, severity=_WARNING),
    Rule(id="signatory-slug", group=_SIGNATORIES, find=names.signatory_slug),
    Rule(id="signatory-reserved", group=_SIGNATORIES, find=names.signatory_reserved),
    Rule(id="signatory-kind", group=_SIGNATORIES, find=names.signatory_kind),
    Rule(id="address-form", group=_SIGNATORIES, find=addresses.address_form),
    Rule(id="address-user", group=_SIGNATORIES, find=addresses.address_user),
    Rule(id="address-host", group=_SIGNATORIES, find=addresses.address_host),
    Rule(id="address-example", group=_SIGNATORIES, find=addresses.address_example, severity=_WARNING),
    Rule(id="registration-form", group=_SIGNATORIES, find=registrations.registration_form),
    Rule(
        id="registration-scheme",
        group=_SIGNATORIES,
        find=registrations.registration_scheme,
        severity=_WARNING,
    ),
    Rule(id="signed-version", group=_SIGNATORIES, find=signatures.signed_version),
    Rule(id="signed-date", group=_SIGNATORIES, find=signatures.signed_date),
    Rule(id="signed-future", group=_SIGNATORIES, find=signatures.signed_future),
    Rule(id="signed-early", group=_SIGNATORIES, find=signatures.signed_early),
    Rule(id="signed-order", group=_SIGNATORIES, find=signatures.signed_order),
    Rule(id="contact-email", group=_SIGNATORIES, find=contacts.contact_email),
    Rule(id="contact-telephone", group=_SIGNATORIES, find=contacts.contact_telephone),
    Rule(id="role-name", group=_SIGNATORIES, find=contacts.role_name, severity=_WARNING),
    Rule(id="twin-registration", group=_SIGNATORIES, find=duplicates.twin_registration, severity=_WARNING),
    Rule(id="twin-website", group=_SIGNATORIES, find=duplicates.twin_website, severity=_WARNING),
    Rule(id="twin-name", group=_SIGNATORIES, find=duplicates.twin_name, severity=_WARNING),
    Rule(id="twin-lookalike", group=_SIGNATORIES, find=duplicates.twin_lookalike, severity=_WARNING),
    Rule(id="signatory-formerly", group=_SIGNATORIES, find=proposals.signatory_formerly),
    Rule(id="signatory-renamed", group=_SIGNATORIES, find=proposals.signatory_renamed, severity=_WARNING),
    Rule(id="signatory-removed", group=_SIGNATORIES, find=proposals.signatory_removed),
    Rule(id="signatory-others", group=_SIGNATORIES, find=proposals.signatory_others),
)
RELEASE_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.group == _RELEASES)
"""The rules about releases, which “charter verify” checks."""


def check(edition: Edition, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Return what `rules` find in `edition`, without repeats, sorted by path, line, column and rule."""
    lines = {document.path: document.lines for document in edition.documents}
    findings = {finding for rule in rules for finding in _findings(rule, edition, lines)}
    return tuple(sorted(findings, key=lambda f: (f.path, f.line, f.column, f.rule, f.message)))


def is_signatory_finding(finding: Finding, edition: Edition) -> bool:
    """Return whether a finding is about a signatory's file. An error there leaves the organisation out of the
    register, but stops neither a build nor a release."""
    return finding.path.startswith(f"{edition.root}/{SIGNATORIES}/")


def without_invalid(edition: Edition, findings: Iterable[Finding]) -> Edition:
    """Return `edition` without the signatories whose file has an error among `findings`."""
    invalid = {finding.path for finding in findings if finding.severity is Severity.ERROR}
    kept = tuple(each for each in edition.signatories if each.path not in invalid)
    return replace(edition, signatories=kept)


def _findings(rule: Rule, edition: Edition, lines: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    for each in rule.find(edition):
        source = lines.get(each.path, ())
        yield Finding(
            path=each.path,
            line=max(each.line, 1),
            column=each.column,
            severity=rule.severity,
            rule=rule.id,
            message=each.message,
            fix=each.fix,
            excerpt=source[each.line - 1] if 0 < each.line <= len(source) else "",
            about=each.about,
        )
