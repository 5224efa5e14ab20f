"""Answers → what the forms of a repository say besides their questions, in the charter's language."""

from __future__ import annotations

from collections.abc import Mapping

from charterpress.checks.signatories.queries import FORM_DESCRIPTION, KINDS_OFFERED
from charterpress.editing.starter.answers import Answers, Host
from charterpress.editing.starter.forms import markdown_text
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_WORDS = {
    "sign_name": N_("Sign the charter"),
    "report_name": N_("Report how you kept it"),
    "report_description": N_("For organisations that are on the list, once a period is over."),
    "correct_name": N_("Sign again, correct or withdraw"),
    "correct_description": N_("For organisations that are on the list already."),
    "propose_name": N_("Propose a change"),
    "propose_description": N_("Words that could be clearer, kinder or more honest."),
    "propose_where": N_("Which words?"),
    "propose_where_help": N_("Copy them, or the address of the page."),
    "propose_why": N_("What’s wrong with them?"),
    "propose_why_help": N_("What happened that made you notice? Who would it help?"),
    "propose_better": N_("Better words, if you have some"),
    "propose_better_help": N_("A sentence is enough."),
}
_PUBLIC = N_(
    "Everything you write here is public for good, so please leave out people’s names, e-mail addresses and "
    "telephone numbers."
)
_BELOW = N_("Write each answer below its line, and leave empty what doesn’t apply.")
_CHOOSE = N_(
    "You choose what you publish. The self-assessment on the site can make the lines of “Principle by "
    "principle” for you."
)
_NO_REASON = N_("You don’t need to give a reason for withdrawing.")
_UNSURE = N_("You don’t have to be sure, and you don’t have to know how to put it.")
_ON_SITE = N_("If you do, the link “Suggest a change to this page” on the site opens the file itself.")
_BELOW_EACH = N_("Write below each line.")
_INTRODUCTIONS = {
    "report_intro": (_CHOOSE, _PUBLIC),
    "report_lead": (_CHOOSE, _BELOW, _PUBLIC),
    "correct_intro": (_NO_REASON, _PUBLIC),
    "correct_lead": (_NO_REASON, _BELOW, _PUBLIC),
    "propose_intro": (_UNSURE, _ON_SITE),
    "propose_lead": (_UNSURE, _BELOW_EACH),
}
"""What a form says before its questions: `_intro` where it has fields, `_lead` where lines are filled in."""


def form_words(answers: Answers) -> Mapping[str, str]:
    """Return the words that templates of forms may ask for, in the language in use. Those whose key ends in
    `_lead` or `_kinds` are Markdown."""
    title, kinds, contact = map(markdown_text, (answers.title, ", ".join(answers.kinds), answers.contact))
    by_program = _(
        "Within minutes a program turns this form into an entry, or tells you what’s missing; then a person "
        "reads it."
    )
    by_person = _("A person reads it, and answers.")
    by_email = _("Without an account, send the same answers to {address}.")
    intro = [_("For organisations."), _(_PUBLIC), by_program if answers.host is Host.GITHUB else by_person]
    lead = [_("For organisations that sign the {title}.").format(title=title), _(_BELOW), _(_PUBLIC)]
    if answers.contact:
        intro.append(by_email.format(address=answers.contact))
        lead.append(by_email.format(address=contact))
    return {
        **{key: _(words) for key, words in _WORDS.items()},
        **{key: " ".join(map(_, sentences)) for key, sentences in _INTRODUCTIONS.items()},
        "sign_description": _(FORM_DESCRIPTION).format(title=answers.title),
        "sign_title": f"{_('Sign')}: ",
        "sign_intro": " ".join(intro),
        "sign_lead": " ".join(lead),
        "sign_kinds": _(KINDS_OFFERED).format(kinds=kinds),
    }
