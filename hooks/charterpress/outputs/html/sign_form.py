"""The form by which an organisation signs, signs again, corrects its entry or withdraws: its steps, the words
to copy where there is no script, and the table by which a browser judges answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from charterpress.editing.sign_up.answer_table import answer_table, is_required
from charterpress.editing.sign_up.fields import (
    DATES,
    REQUEST_NAMES,
    Field,
    Request,
    form_fields,
    optional_label,
    requests_of,
)
from charterpress.editing.sign_up.report_lines import blank_lines
from charterpress.model import Edition
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.languages import name_and_tag
from charterpress.versions.translations import published_languages
from charterpress.views.repository import Repository

SCRIPTS = ("main", "address", "letters", "people", "registration", "send", "table", "verdict", "words")
"""The modules of the form's script, the one that the page starts with first."""

REQUESTS = {
    Request.SIGN: (REQUEST_NAMES[Request.SIGN], N_("Our organisation isn’t on the list yet."), "sign.yml"),
    Request.RE_SIGN: (
        REQUEST_NAMES[Request.RE_SIGN],
        N_("We signed an earlier version, and agree to a newer one."),
        "correct.yml",
    ),
    Request.CORRECT: (
        REQUEST_NAMES[Request.CORRECT],
        N_("Something in it is wrong, or has changed."),
        "correct.yml",
    ),
    Request.WITHDRAW: (
        REQUEST_NAMES[Request.WITHDRAW],
        N_("We no longer stand by our signature."),
        "correct.yml",
    ),
    Request.REPORT: (
        REQUEST_NAMES[Request.REPORT],
        N_("A period is over, and we tell everybody how we kept our promise."),
        "report.yml",
    ),
}
"""What somebody may ask for: what a button says, when to choose it, and which form of a forge takes it in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One screen of the form: what it asks in which order, and for which requests it is shown."""

    id: str
    title: str
    keys: tuple[str, ...]
    requests: tuple[Request, ...]
    intro: str = ""


_LISTED = (Request.RE_SIGN, Request.CORRECT, Request.WITHDRAW, Request.REPORT)
STEPS = (
    Step(id="entry", title=N_("Which entry is yours?"), keys=("name", "entry"), requests=_LISTED),
    Step(
        id="organisation",
        title=N_("Your organisation"),
        keys=("name", "name_latin", "kind", "area"),
        requests=(Request.SIGN,),
    ),
    Step(
        id="where",
        title=N_("Where the public finds you"),
        keys=("website", "registration"),
        requests=(Request.SIGN,),
        intro=N_(
            "We write to the address that your website gives before we put you on the list, so that "
            "nobody else can sign in your name. If you have no website, give your number in a public "
            "register instead."
        ),
    ),
    Step(
        id="changes",
        title=N_("What should it say?"),
        keys=(
            "new_name",
            "name_latin",
            "kind",
            "area",
            "website",
            "registration",
            "pledge",
            "version",
            "date",
            "role",
            "link",
            "language",
            "details",
        ),
        requests=(Request.CORRECT,),
        intro=N_(
            "Answer only what changes, and leave the rest empty. To change the date, role or page of a "
            "signature, choose the version that it’s for, if you’ve signed several."
        ),
    ),
    Step(
        id="signature",
        title=N_("Your signature"),
        keys=("version", "language", "date", "role"),
        requests=(Request.SIGN, Request.RE_SIGN),
    ),
    Step(
        id="page",
        title=N_("Your own page about it"),
        keys=("link",),
        requests=(Request.RE_SIGN,),
        intro=N_("It shows everybody that the word is yours."),
    ),
    Step(
        id="say",
        title=N_("In your own words"),
        keys=("link", "pledge"),
        requests=(Request.SIGN,),
        intro=N_(
            "Both are optional. A page of your own that links to the version shows everybody that the word "
            "is yours: please make one if you can."
        ),
    ),
    Step(id="leaving", title=N_("Your withdrawal"), keys=("date", "note"), requests=(Request.WITHDRAW,)),
    Step(
        id="period",
        title=N_("Your report"),
        keys=("period_start", "period_end", "reported_version", "report_link", "report_published"),
        requests=(Request.REPORT,),
        intro=N_(
            "Say which days it covers, such as your financial year. A page of your own with the report is "
            "enough; so are answers about principles, in the next step."
        ),
    ),
    Step(
        id="principles",
        title=N_("Principle by principle"),
        keys=("principle_answers",),
        requests=(Request.REPORT,),
        intro=N_(
            "You choose what you publish: leave out any principle, or all of them. If you filled in the "
            "self-assessment, it can write these lines for you, once you’ve chosen."
        ),
    ),
    Step(
        id="proof",
        title=N_("A page that says so"),
        keys=("proof",),
        requests=(Request.CORRECT, Request.WITHDRAW, Request.REPORT),
        intro=N_("If there isn’t one, we’ll ask at the address that your website gives."),
    ),
)
"""The screens between the first, which asks what somebody would like to do, and the last two."""


def step_fields(edition: Edition) -> Iterator[tuple[Step, tuple[Field, ...]]]:
    """Yield each step with the questions that it asks, as they stand in the table of `edition`."""
    fields = {each.key: each for each in form_fields(edition)}
    for step in STEPS:
        if asked := tuple(fields[key] for key in step.keys if key in fields):
            yield step, asked


def lines_to_copy(edition: Edition, request: Request) -> str:
    """The lines that an e-mail has for `request`, each with a question, a colon, and room for an answer."""
    fields = [each for each in form_fields(edition) if request in each.requests or each.key == "request"]
    return "".join(_line(each, request) + _lines_below(edition, each) for each in fields)


def _lines_below(edition: Edition, field: Field) -> str:
    """A line to fill in for each principle, below the question about them."""
    if field.key != "principle_answers" or not edition.current:
        return ""
    return blank_lines(each.id for _theme, each in edition.current.charter.principles())


def _line(field: Field, request: Request) -> str:
    label = field.label
    if field.key == "request":
        return f"{label}: {_(REQUESTS[request][0])}\n"
    return f"{label if is_required(field, request) else optional_label(label)}:\n"


def form_values(edition: Edition, repository: Repository, tag: str = "") -> dict[str, Any]:
    """The values that the template of the form needs. `repository` is where the charter is kept; `tag` is the
    language of the text around the form, '' for the charter's own."""
    asked = requests_of(edition)
    issues = {
        request: {"address": repository.form(REQUESTS[request][2]), "kind": repository.kind}
        for request in asked
    }
    return {
        "steps": list(step_fields(edition)),
        "requests": {each: (_(REQUESTS[each][0]), _(REQUESTS[each][1])) for each in asked},
        "lines": {_(REQUESTS[each][0]): lines_to_copy(edition, each) for each in asked},
        "dates": DATES,
        "signed_language": _signed_language(edition, tag),
        "issues": issues if repository.issues else {},
        "form_host": urlsplit(repository.address).hostname or "",
        "scripts": [f"assets/javascripts/sign-up/{name}.js" for name in SCRIPTS],
    }


def _signed_language(edition: Edition, tag: str) -> str:
    """The language in which somebody who reads the text here signs it, as the form calls it; '' where the
    version to sign is in one language, or not in this one."""
    published = published_languages(edition, edition.current) if edition.current else {}
    tag = tag or next(iter(published), "")
    return name_and_tag(tag) if len(published) > 1 and tag in published else ""


def answers_file(edition: Edition) -> bytes:
    """The table of questions and rules, as the browser fetches it."""
    return json.dumps(answer_table(edition), ensure_ascii=False, separators=(",", ":")).encode()
