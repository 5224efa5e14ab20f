"""Rules for what forms and settings around the charter's folder say of the charter.

They stop neither a build nor a release, which read the charter's folder alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from charterpress.checks.queries import charter_file, front_value, quote, quote_list, violation_at
from charterpress.checks.signatories.queries import FORM_DESCRIPTION, KINDS_OFFERED
from charterpress.model import Charter, Document, Edition, Mapping, Node, Scalar, Sequence, Violation
from charterpress.text import markdown
from charterpress.text.escape import to_markdown, yaml_list, yaml_text
from charterpress.text.interface import SOURCE, use_language
from charterpress.text.interface import gettext as _

PLACEHOLDER_OWNER = "@OWNER"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_RESERVED = re.compile(r"(?:.*\.)?(?:example|invalid|test|localhost)(?:\.(?:com|org|net))?")
"""Hosts that nobody has (RFC 2606)."""


def form_kinds(edition: Edition) -> Iterator[Violation]:
    """The forms to sign and to correct an entry offer the kinds of signatories that charter.yml lists, in the
    same order.

    Whoever chose another would be refused by the check."""
    for charter, form in _forms(edition, "sign|correct"):
        for key, options in _options(form, "kind"):
            offered = tuple(each.value for each in options.items if isinstance(each, Scalar))
            if offered != charter.signatory_kinds:
                message = _difference(offered, charter.signatory_kinds)
                fix = _("write “options: [{list}]”").format(list=yaml_list(charter.signatory_kinds))
                yield violation_at(form, key, message, fix)
        for number, line, listed in _kinds_lines(form, charter):
            expected = listed.format(kinds=", ".join(charter.signatory_kinds))
            if markdown.plain_text(line) != " ".join(expected.split()):
                message = _("{line} is not what charter.yml lists").format(line=quote(line))
                yield Violation(
                    form.path,
                    message,
                    _("write “{words}”").format(words=to_markdown(expected)),
                    number,
                )


def form_title(edition: Edition) -> Iterator[Violation]:
    """The description of the form to sign names the charter by its title.

    People choose by it what they fill in."""
    for charter, form in _forms(edition):
        description = form.front.get("description") if form.front else None
        if isinstance(description, Scalar) and charter.title not in description.value:
            message = _("the form does not name the charter, which is called {title}").format(
                title=quote(charter.title)
            )
            new = yaml_text(_own_words(charter, FORM_DESCRIPTION).format(title=charter.title))
            yield Violation(
                form.path, message, _("write “description: {new}”").format(new=new), description.line
            )
        intro = markdown.plain_text(form.body.partition("\n### ")[0])
        if form.body and charter.title not in intro:
            message = _("the form does not name the charter, which is called {title}").format(
                title=quote(charter.title)
            )
            yield Violation(form.path, message, _("name it in the first sentence"), 1)


def form_contact(edition: Edition) -> Iterator[Violation]:
    """An e-mail address in the form to sign is the one under `contact` in charter.yml.

    Answers that are sent to another address may reach nobody."""
    contact = front_value(charter_file(edition), "contact")
    email = contact.get("email") if isinstance(contact, Mapping) else None
    known = email.value.strip() if isinstance(email, Scalar) else ""
    for _ignored, form in _forms(edition):
        for number, line in enumerate(form.lines, start=1):
            for found in _ADDRESS.finditer(line.replace("\\", "")):
                if found[0].strip(".") != known:
                    message = _("{words} is not the address that charter.yml gives").format(
                        words=quote(found[0])
                    )
                    fix = (
                        _("write {words}").format(words=quote(known))
                        if known
                        else _("delete it, or put it under contact in charter.yml")
                    )
                    yield Violation(form.path, message, fix, number, line.find(found[0]) + 1)


def form_version(edition: Edition) -> Iterator[Violation]:
    """A form to sign that offers versions offers all that can be signed, the newest first; one that fills
    the version in has the current one.

    The words of any other were never released, or are no longer those that most sign."""
    versions = tuple(each.version for each in reversed(edition.releases) if not each.consultation)
    for _ignored, form in _forms(edition):
        for key, options in _options(form, "version"):
            if tuple(each.value for each in options.items if isinstance(each, Scalar)) != versions:
                message = (
                    _("the versions that can be signed are {versions}").format(versions=quote_list(versions))
                    if versions
                    else _("no version can be signed yet")
                )
                yield violation_at(
                    form,
                    key,
                    message,
                    _("write “options: [{list}]”").format(list=yaml_list(versions)),
                )
        value = _attribute(form, "version", "value")
        if (
            value
            and versions
            and _VERSION.fullmatch(value[1].value.strip())
            and value[1].value != versions[0]
        ):
            message = _("{value} is not the current version").format(value=quote(value[1].value))
            yield violation_at(form, value[1], message, _("write {words}").format(words=quote(versions[0])))


def form_report(edition: Edition) -> Iterator[Violation]:
    """Where charter.yml asks for reports, there is a form to report beside the form to sign.

    The site leads organisations to it once they are asked. “charter upgrade” writes it."""
    paths = {each.path for each in edition.surroundings}
    for charter, form in _forms(edition):
        report = re.sub(r"sign(\.\w+)$", r"report\1", form.path)
        if charter.reporting and report not in paths:
            message = _("charter.yml asks for reports, and there is no form to report, {path}").format(
                path=quote(report)
            )
            yield Violation(form.path, message, _("type: charter upgrade; it writes the form"))


def site_title(edition: Edition) -> Iterator[Violation]:
    """`site_name` in mkdocs.yml is the charter's title.

    The site is called by the title in charter.yml, whatever mkdocs.yml says."""
    for settings in _settings(edition):
        name = settings.front.get("site_name") if settings.front else None
        if isinstance(name, Scalar) and edition.charter and name.value != edition.charter.title:
            message = _("the site is called {title}, as charter.yml says").format(
                title=quote(edition.charter.title)
            )
            new = _("write “site_name: {title}”").format(title=yaml_text(edition.charter.title))
            yield Violation(settings.path, message, new, name.line)


def site_address(edition: Edition) -> Iterator[Violation]:
    """Once a version can be signed, `site_url` in mkdocs.yml is no longer the address of an example.

    Badges, feeds and printed versions carry it for good. A variable of the environment may give it too."""
    for settings in _settings(edition):
        address = settings.front.get("site_url") if settings.front else None
        if (
            isinstance(address, Scalar)
            and _can_be_signed(edition)
            and _RESERVED.fullmatch(urlsplit(address.value).hostname or "")
        ):
            message = _("{value} is the address of an example, and a version can be signed").format(
                value=quote(address.value)
            )
            yield violation_at(settings, address, message, _("write the address that the site has"))


def sign_nowhere(edition: Edition) -> Iterator[Violation]:
    """Once a version can be signed, there is somewhere to send a signature: an e-mail address under `contact`
    in charter.yml, or a repository with forms, which mkdocs.yml names.

    Without either the page on signing can only tell people to ask whoever invited them."""
    charter = charter_file(edition)
    contact = front_value(charter, "contact")
    email = contact.get("email") if isinstance(contact, Mapping) else None
    if not charter or not _can_be_signed(edition) or isinstance(email, Scalar):
        return
    for settings in _settings(edition):
        if settings.front and not _has_forge(settings.front):
            message = _("signatures can be sent nowhere: there is no “contact”, and no repository with forms")
            fix = _("add a line “contact: {email: …}”, with the address that takes them in")
            yield Violation(charter.path, message, fix)


def _has_forge(settings: Mapping) -> bool:
    """Whether the settings of a site name a repository that has forms; a variable of the environment may."""
    plugins = settings.get("plugins")
    entries = plugins.items if isinstance(plugins, Sequence) else ()
    options = [each.get("charterpress") for each in entries if isinstance(each, Mapping)]
    places = [each for each in (*options, settings.get("extra")) if isinstance(each, Mapping)]
    forges = [each.get("forge") for each in places]
    address = settings.get("repo_url")
    given = isinstance(address, Sequence) or (isinstance(address, Scalar) and bool(address.value.strip()))
    return given and not any(isinstance(each, Scalar) and each.value == "none" for each in forges)


def code_owner(edition: Edition) -> Iterator[Violation]:
    """Once somebody keeps the charter and a version can be signed, CODEOWNERS names accounts, and no longer
    @OWNER.

    A host passes over a line with a name that it does not know, so that nobody has to approve anything."""
    kept = edition.charter and edition.charter.owner and _can_be_signed(edition)
    owners = [each for each in edition.surroundings if each.path.endswith("CODEOWNERS")] if kept else []
    for document in owners:
        for number, line in enumerate(document.lines, start=1):
            if PLACEHOLDER_OWNER in line.partition("#")[0].split():
                column = line.index(PLACEHOLDER_OWNER) + 1
                message = _("{name} stands for people who may push to this repository").format(
                    name=quote(PLACEHOLDER_OWNER)
                )
                fix = _("write @ and the name of one, or @organisation/team")
                yield Violation(document.path, message, fix, number, column)
                break


def _can_be_signed(edition: Edition) -> bool:
    return any(not each.consultation for each in edition.releases)


def _settings(edition: Edition) -> list[Document]:
    return [each for each in edition.surroundings if each.path.endswith("mkdocs.yml")]


def _forms(edition: Edition, names: str = "sign") -> Iterator[tuple[Charter, Document]]:
    """The charter, as far as it could be understood, with each form that has one of `names`."""
    for document in edition.surroundings:
        if edition.charter and re.search(rf"(?:^|/)(?:{names})\.(?:yml|md)$", document.path):
            yield edition.charter, document


def _attribute(form: Document, id: str, name: str) -> tuple[Scalar, Scalar] | None:
    """An attribute, with its key, of the field `id` of a form."""
    found = _attributes(form, id, name)
    return (found[0], found[1]) if found and isinstance(found[1], Scalar) else None


def _attributes(form: Document, id: str, name: str) -> tuple[Scalar, Node] | None:
    body = form.front.get("body") if form.front else None
    for part in body.items if isinstance(body, Sequence) else ():
        of = part.get("id") if isinstance(part, Mapping) else None
        attributes = part.get("attributes") if isinstance(part, Mapping) else None
        if isinstance(of, Scalar) and of.value == id and isinstance(attributes, Mapping):
            return next((each for each in attributes.entries if each[0].value == name), None)
    return None


def _options(form: Document, id: str) -> Iterator[tuple[Scalar, Sequence]]:
    """What a field of a form offers to choose from, with its key."""
    found = _attributes(form, id, "options")
    if found and isinstance(found[1], Sequence):
        yield found[0], found[1]


def _kinds_lines(form: Document, charter: Charter) -> Iterator[tuple[int, str, str]]:
    """The lines of a form without fields that say which kinds there are, each with its message: in English
    or in the charter's language."""
    messages = {KINDS_OFFERED, _own_words(charter, KINDS_OFFERED)}
    for number, line in enumerate(form.body.split("\n"), start=1):
        for message in messages:
            if line.startswith(message.partition("{")[0]):
                yield number, line, message


def _own_words(charter: Charter, message: str) -> str:
    """A message of the forms in the charter's language."""
    with use_language(charter.language or SOURCE):
        return _(message)


def _difference(offered: tuple[str, ...], listed: tuple[str, ...]) -> str:
    """How what a form offers differs from what charter.yml lists."""
    missing = [each for each in listed if each not in offered]
    extra = [each for each in offered if each not in listed]
    if missing:
        return _("charter.yml lists {missing}, which the form does not offer").format(
            missing=quote_list(missing)
        )
    if extra:
        return _("the form offers {extra}, which charter.yml does not list").format(extra=quote_list(extra))
    return _(
        "the form offers the kinds of signatories in another order than charter.yml, or one of them twice"
    )
