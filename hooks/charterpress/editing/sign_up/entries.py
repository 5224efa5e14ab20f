"""A form → what it asks for, and the entry on the list that it is about, where neither is in doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import closest_match, quote, quote_list
from charterpress.checks.signatories.addresses import host_of
from charterpress.editing.sign_up.fields import (
    MAX_LABEL_LENGTH,
    Form,
    Reason,
    Request,
    form_reason,
    is_removal,
    request_for,
)
from charterpress.model import Signatory
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import name_slug

MAX_HINTS = 10
"""Organisations that are not on the list for which the nearest name is looked for."""
_SIGN = re.compile(r"[\W_]+")
_HOW_TO_REMOVE = N_(
    "ask at the address that the organisation’s website gives; if it never signed, "
    "remove its file in a proposal of its own"
)
_HOW_TO_ASK = N_("write “sign”, “sign again”, “correct”, “withdraw” or “report”")
_HOW_TO_NAME = N_("answer “Your page on the list” too, with the address of its page")


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a form asks for, and the entry that it is about, None for a new one. `question` is what a person
    has to be asked first; None where nothing is in doubt."""

    request: Request = Request.SIGN
    signatory: Signatory | None = None
    question: Reason | None = None


def folded_name(name: str) -> str:
    """A name as it is compared: whatever its case and the space in it, and nothing else."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def registration_key(number: str) -> str:
    """A number in a public register as it is compared."""
    return _SIGN.sub("", number).upper()


@dataclass(slots=True)
class Entries:
    """The entries of a register, by what they can be called."""

    by_slug: dict[str, Signatory]
    by_name: dict[str, list[Signatory]]
    by_registration: dict[str, list[Signatory]]
    hints: int = field(default=MAX_HINTS)

    @classmethod
    def of(cls, signatories: Sequence[Signatory]) -> Entries:
        """The entries of these organisations."""
        found = cls(by_slug={}, by_name={}, by_registration={})
        for each in signatories:
            for slug in each.formerly:
                found.by_slug.setdefault(slug, each)
        for each in signatories:
            found.by_slug[each.slug] = each
            for name in {folded_name(each.name), folded_name(each.name_latin)} - {""}:
                found.by_name.setdefault(name, []).append(each)
            if number := registration_key(each.registration):
                found.by_registration.setdefault(number, []).append(each)
        return found


def decide(entries: Entries, form: Form) -> Decision:
    """What `form` asks for, and of which entry. Nothing is guessed: what a form says of itself counts, then
    whether the organisation is on the list; and two answers that lead to two entries are a question."""
    words = form.words("request")
    reports = any(form.words(key) for key in ("period_start", "period_end"))
    request = request_for(words) if words else Request.REPORT if reports else None
    if is_removal(words):
        return _ask(form, "request", _("whether an entry goes is for a person to decide"), _(_HOW_TO_REMOVE))
    if words and request is None:
        message = _("{answer} may be one thing or another").format(answer=quote(words[:MAX_LABEL_LENGTH]))
        return _ask(form, "request", message, _(_HOW_TO_ASK))
    found = _find(entries, form, request)
    if isinstance(found, Reason):
        return Decision(request=request or Request.SIGN, question=found)
    if request in (None, Request.SIGN):
        return _inferred(form, found, said=request is not None)
    if found is None:
        fix = _nearest(entries, form.words("entry") or form.words("name")) or _(_HOW_TO_NAME)
        named = quote(form.words("name")[:MAX_LABEL_LENGTH] or _("an organisation without a name"))
        return _ask(form, "name", _("{name} is not on the list").format(name=named), fix)
    if request is not Request.RE_SIGN and (details := form.words("details")):
        return _ask(
            form,
            "details",
            _("these are words for a person: {details}").format(details=quote(details[:200])),
            _(_HOW_TO_SAY),
        )
    return Decision(request=request, signatory=found)


_HOW_TO_SAY = N_(
    "ask for a line “question: answer” for each answer that changes, or change the entry by hand"
)


def _inferred(form: Form, found: Signatory | None, *, said: bool) -> Decision:
    """What a form asks for that does not say it, or says that it signs."""
    if found is None:
        return Decision(request=Request.SIGN)
    version = form.words("version")
    if not version and not said:
        message = _("{name} is on the list, and the form does not say what to do").format(
            name=quote(found.name)
        )
        return _ask(form, "request", message, _(_HOW_TO_ASK))
    if found.left:
        message = _("{name} withdrew on {date}").format(name=quote(found.name), date=found.left.date)
        return _ask(form, "request", message, _("if it signs again, write “sign again”"))
    return Decision(request=Request.RE_SIGN, signatory=found)


def _find(entries: Entries, form: Form, request: Request | None) -> Signatory | Reason | None:
    """The entry that a form is about; None for none, and what to ask where that is in doubt."""
    page, name = form.words("entry"), folded_name(form.words("name"))
    named = entries.by_name.get(name, []) if name else []
    numbered = entries.by_registration.get(registration_key(form.words("registration")), [])
    if page:
        return _by_page(entries, form, page, named, numbered if request is not Request.CORRECT else [])
    found = _by_number(form, named, numbered) if numbered else _by_name(form, named, request)
    # Of a form to sign the rules for one organisation that stands there twice say the rest.
    return None if isinstance(found, Reason) and request in (None, Request.SIGN) else found


def _by_number(form: Form, named: list[Signatory], numbered: list[Signatory]) -> Signatory | Reason:
    """The entry with the number of a form in a public register, if its name is no other."""
    if len(numbered) > 1:
        return _several(form, "registration", form.words("registration"), numbered)
    only = numbered[0]
    if not form.words("name") or only in named:
        return only
    message = _("this is the number of {name}, which is on the list under that name").format(
        name=quote(only.name)
    )
    fix = _(
        "if it is one organisation with a new name, correct its name first: charter correct {slug} name"
    ).format(slug=only.slug)
    return form_reason(form, "registration", message, fix)


def _by_name(form: Form, named: list[Signatory], request: Request | None) -> Signatory | Reason | None:
    """The entry with the name of a form, if nothing speaks against it."""
    if len(named) > 1:
        of_site = [each for each in named if _same_site(each, form.words("website"))]
        return of_site[0] if len(of_site) == 1 else _several(form, "name", form.words("name"), named)
    if not named or request is Request.CORRECT or _agrees(named[0], form):
        return named[0] if named else None
    message = _("the entry of {name} has another website or number in a public register").format(
        name=quote(named[0].name)
    )
    return form_reason(form, "name", message, _(_HOW_TO_NAME))


def _by_page(
    entries: Entries, form: Form, page: str, named: list[Signatory], numbered: list[Signatory]
) -> Signatory | Reason:
    """The entry at an address of the list, if no other answer leads to another."""
    found = entries.by_slug.get(page_slug(page))
    if found is None:
        fix = _nearest(entries, page_slug(page)) or _("write the last part of the address of its page")
        return form_reason(
            form,
            "entry",
            _("{page} is not a page on the list").format(page=quote(page[:MAX_LABEL_LENGTH])),
            fix,
        )
    messages = {
        "name": N_("the page is that of {listed}, and this is the name of {other}"),
        "registration": N_("the page is that of {listed}, and this is the registration of {other}"),
    }
    for key, others in (("name", named), ("registration", numbered)):
        if others and found not in others:
            message = _(messages[key]).format(listed=quote(found.name), other=quote(others[0].name))
            return form_reason(form, key, message, _("ask which of the two is meant"))
    return found


def page_slug(page: str) -> str:
    """The slug in an address or a path; '' for none."""
    path = page.strip().strip("<>").replace("\\", "/").partition("?")[0].partition("#")[0].rstrip("/")
    parts = path.removesuffix("/index.html").split("/")
    if len(parts) > 1 and parts[-2] != SIGNATORIES:
        return ""
    return parts[-1].removesuffix(".yml").casefold()


def _agrees(signatory: Signatory, form: Form) -> bool:
    """Whether no answer of a form speaks against its being of `signatory`, whose name it has."""
    site, number = form.words("website"), form.words("registration")
    other = registration_key(number) != registration_key(signatory.registration)
    return (not site or _same_site(signatory, site)) and not (number and signatory.registration and other)


def _same_site(signatory: Signatory, site: str) -> bool:
    def plain(address: str) -> str:
        return host_of(address).removeprefix("www.")

    return bool(site) and (site == signatory.website or plain(site) == plain(signatory.website) != "")


def _several(form: Form, key: str, words: str, found: list[Signatory]) -> Reason:
    slugs = quote_list([each.slug for each in found[:5]])
    message = ngettext(
        "{answer} is that of {count} organisation: {slugs}",
        "{answer} is that of {count} organisations: {slugs}",
        len(found),
    ).format(answer=quote(words[:MAX_LABEL_LENGTH]), count=len(found), slugs=slugs)
    return form_reason(form, key, message, _(_HOW_TO_NAME))


def _nearest(entries: Entries, words: str) -> str:
    """A question after the name that is nearest to `words`; '' for none."""
    if not words or entries.hints <= 0:
        return ""
    entries.hints -= 1
    slug = name_slug(words[:MAX_LABEL_LENGTH])
    near = slug if slug in entries.by_slug else closest_match(slug, list(entries.by_slug), 0.8)
    if not near:
        return ""
    # Translators: {slug} is the last part of the address of a page, such as harbour-trust.
    message = _(
        "do you mean {name}, {slug}? answer “Your page on the list” too, with the address of its page"
    )
    return message.format(name=quote(entries.by_slug[near].name), slug=near)


def _ask(form: Form, key: str, message: str, fix: str) -> Decision:
    return Decision(question=form_reason(form, key, message, fix))
