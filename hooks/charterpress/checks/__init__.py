"""An Edition → findings, from one table of rules. A rule is a generator, and its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import ModuleType

from charterpress.checks import (
    binding_texts,
    body,
    change_notes,
    characters,
    checksums,
    current_version,
    errata,
    extensions,
    files,
    front_matter,
    front_matter_values,
    identity,
    languages,
    letters,
    lineage,
    links,
    listing,
    punctuation,
    release_files,
    released_translations,
    releases,
    reporting,
    sections,
    settings,
    surroundings,
    time_stamps,
    translation_files,
    translations,
    wording,
)
from charterpress.checks.current_version import compare as compare
from charterpress.checks.current_version import is_complete as is_complete
from charterpress.checks.settings import STYLE_RULES
from charterpress.checks.signatories import (
    addresses,
    contacts,
    duplicates,
    names,
    people,
    proposals,
    registrations,
    relations,
    reports,
    seen_links,
    signatures,
)
from charterpress.checks.signatories.people import HELD_RULES as HELD_RULES
from charterpress.checks.signatories.proposals import SIGNATORIES as SIGNATORIES
from charterpress.model import Edition, Finding, Rule, Severity
from charterpress.text.interface import N_

_GROUPS: dict[str, tuple[ModuleType, ...]] = {
    N_("Front matter"): (front_matter, front_matter_values),
    N_("Charter settings"): (settings, reporting),
    N_("Identity"): (identity, listing),
    N_("Shape of the body"): (sections, body, extensions, punctuation),
    N_("Words that bind"): (wording,),
    N_("Links"): (links,),
    N_("Characters"): (characters, letters),
    N_("Files"): (files,),
    N_("Change notes"): (change_notes,),
    N_("Translations"): (languages, translation_files, translations),
    N_("Versions"): (current_version, lineage, binding_texts),
    N_("Releases"): (release_files, releases, released_translations, checksums, time_stamps, errata),
    N_("Around the charter"): (surroundings,),
    N_("Signatories"): (
        names,
        addresses,
        registrations,
        signatures,
        reports,
        contacts,
        people,
        duplicates,
        relations,
        seen_links,
        proposals,
    ),
}
"""The modules that hold the rules of each group, in the order of the page of rules."""
LAST_RULE = "change-unnoted"
RELEASE_STOPPERS = frozenset({"binding-text-behind"})
"""The warnings that stop a release."""
_WARNINGS = frozenset(
    {
        "weak-promise",
        "long-promise",
        "stray-promise",
        "unclosed-quotation",
        "mixed-scripts",
        "signatory-latin",
        "address-example",
    }
    | {"registration-scheme", *HELD_RULES, "twin-registration", "twin-website", "twin-name"}
    | {"twin-lookalike", "twin-namesake", "signatory-renamed", "signatory-parent"}
    | {"translation-header", "translation-unit", "translation-step", "translation-length"}
    | {"translation-same", "translation-number", "translation-negation"}
    | {"reporting-unsaid", "form-report", "site-address", "code-owner", "sign-nowhere", "links-outdated"}
    | RELEASE_STOPPERS
)
"""The rules whose findings stop no build. Those of `HELD_RULES` are errors in a file that a proposal
touches."""


def _list_rules(group: str, module: ModuleType) -> Iterator[Rule]:
    """Every public function of a module that gives violations, in their order: its name is the id."""
    for name, function in vars(module).items():
        gives = getattr(function, "__annotations__", {}).get("return")
        is_own = gives == "Iterator[Violation]" and function.__module__ == module.__name__
        if is_own and not name.startswith("_"):
            id = name.replace("_", "-")
            severity = Severity.WARNING if id in _WARNINGS else Severity.ERROR
            yield Rule(id=id, group=group, find=function, severity=severity)


RULES: tuple[Rule, ...] = tuple(
    rule for group, modules in _GROUPS.items() for module in modules for rule in _list_rules(group, module)
)
RELEASE_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.group == "Releases")
"""The rules about releases, which “charter verify” checks."""
SURROUNDING_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.group == "Around the charter")
"""The rules about files around the charter's folder, which stop neither a build nor a release."""


def check(edition: Edition, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Return what `rules` find in `edition`, without repeats, sorted by path, line, column and rule. That a
    change has no note comes last, and only where no other error is left: mending them changes the text."""
    documents = (*edition.documents, *edition.surroundings)
    lines = {document.path: document.lines for document in documents}
    style = settings.style_rules(edition)
    kept = (rule for rule in rules if rule.id not in STYLE_RULES or rule.id in style)
    findings = {finding for rule in kept for finding in _findings(rule, edition, lines)}
    if any(_comes_first(finding, edition) for finding in findings):
        findings = {finding for finding in findings if finding.rule != LAST_RULE}
    return tuple(
        sorted(findings, key=lambda f: (f.rule == LAST_RULE, f.path, f.line, f.column, f.rule, f.message))
    )


def _comes_first(finding: Finding, edition: Edition) -> bool:
    """Whether a finding is to be mended before a note is written: in a proposal, only where it is about a
    file of it, or the proposal could pass without the note."""
    is_error = finding.severity is Severity.ERROR and finding.rule != LAST_RULE
    concerned = not edition.touched or not edition.touched.isdisjoint(finding.paths)
    return is_error and concerned and not is_signatory_finding(finding, edition)


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
        is_held = rule.id in HELD_RULES and each.path in edition.touched
        source = lines.get(each.path, ())
        yield Finding(
            path=each.path,
            line=max(each.line, 1),
            column=each.column,
            severity=Severity.ERROR if is_held else rule.severity,
            rule=rule.id,
            message=each.message,
            fix=each.fix,
            excerpt=source[each.line - 1] if 0 < each.line <= len(source) else "",
            about=each.about,
        )
