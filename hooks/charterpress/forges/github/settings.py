"""What GitHub's API says of a repository → which of the settings that a charter needs are in force.

The rules come from files in the form that GitHub exports and imports, the other settings from a table here.
The API: docs.github.com, “REST API endpoints for rules”, “… for GitHub Actions permissions”, “… for Pages”.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from charterpress.forges.protocol import Force, Setting
from charterpress.forges.site_addresses import require_public_url
from charterpress.model.errors import CharterError
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _

Ask = Callable[[str], tuple[int, Any]]
"""A place in the API of a repository → the HTTP status, and the answer; what GitHub says where it refuses."""
OK, NOT_FOUND = 200, 404
RULES = N_("Rules, Rulesets")
LABELS = ("sign-up", "proposal", "entry")
"""What the issue forms ask for: GitHub gives an issue only labels that exist."""
ENVIRONMENT = "github-pages"
WORDS = {
    "deletion": N_("Restrict deletions"),
    "non_fast_forward": N_("Block force pushes"),
    "update": N_("Restrict updates"),
    "pull_request": N_("Require a pull request before merging"),
    "required_approving_review_count": N_("Required approvals"),
    "dismiss_stale_reviews_on_push": N_("Dismiss stale pull request approvals when new commits are pushed"),
    "require_code_owner_review": N_("Require review from Code Owners"),
    "require_last_push_approval": N_("Require approval of the most recent reviewable push"),
    "required_status_checks": N_("Require status checks to pass"),
    "strict_required_status_checks_policy": N_("Require branches to be up to date before merging"),
}
"""Rules and their parameters, as the page of a ruleset calls them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A setting that is no rule: its name, where the API has it, the values that will do for each key, and
    the page of the repository's settings. What is `public` can be read by everybody who can read the
    repository; of the rest, GitHub says 404 to whoever is no administrator."""

    name: str
    place: str
    values: Mapping[str, Sequence[object]]
    page: str
    label: str = ""
    """What stands for {label} in the name."""
    public: bool = False


GENERAL = N_("Actions, General")
VARIABLES = N_("Secrets and variables, Actions, Variables")
PERMISSIONS = "actions/permissions"
QUESTIONS = (
    Question(
        name=N_("Actions permissions: “Allow all actions and reusable workflows”, or selected ones"),
        place=PERMISSIONS,
        values={"enabled": [True], "allowed_actions": ["all", "selected"]},
        page=GENERAL,
    ),
    Question(
        name=N_("Workflow permissions: “Read repository contents and packages permissions”"),
        place=f"{PERMISSIONS}/workflow",
        values={"default_workflow_permissions": ["read"]},
        page=GENERAL,
    ),
    Question(
        name=N_("Workflow permissions: tick “Allow GitHub Actions to create and approve pull requests”"),
        place=f"{PERMISSIONS}/workflow",
        values={"can_approve_pull_request_reviews": [True]},
        page=GENERAL,
    ),
    Question(
        name=N_("Source: “GitHub Actions”"),
        place="pages",
        values={"build_type": ["workflow"]},
        page=N_("Pages"),
    ),
    *(
        Question(
            name=N_("a label “{label}”"),
            label=label,
            place=f"labels/{label}",
            values={"name": [label]},
            page=N_("Issues, Labels (beside the settings)"),
            public=True,
        )
        for label in LABELS
    ),
    Question(
        name=N_("no errors in .github/CODEOWNERS"),
        place="codeowners/errors",
        values={"errors": [[]]},
        page=N_("the page of .github/CODEOWNERS, which marks them"),
        public=True,
    ),
)
PUBLIC_FORKS = Question(
    name=N_(
        "Approval for running fork pull request workflows: “Require approval for all external contributors”"
    ),
    place=f"{PERMISSIONS}/fork-pr-contributor-approval",
    values={"approval_policy": ["all_external_contributors"]},
    page=GENERAL,
)
PRIVATE_FORKS = Question(
    name=N_("Fork pull request workflows: neither “Send write tokens” nor “Send secrets and variables”"),
    place=f"{PERMISSIONS}/fork-pr-workflows-private-repos",
    values={"send_write_tokens_to_workflows": [False], "send_secrets_and_variables": [False]},
    page=GENERAL,
)
"""A private repository has this setting in place of the other, which GitHub then refuses with 422."""


def read_settings(ask: Ask, rulesets: Sequence[Mapping[str, Any]], source: str) -> Iterator[Setting]:
    """Say of each setting whether it is in force: of the rules in `rulesets`, in the form that can be
    imported, and of the others. `source` is the charter's folder. Raises CharterError if the repository
    cannot be read."""
    ask = cache(ask)
    status, repository = ask("")
    if status != OK:
        raise CharterError(
            _("the repository cannot be read: {problem}; is its name right, as owner/name?").format(
                problem=repository
            )
        )
    admin, branch = bool((repository.get("permissions") or {}).get("admin")), repository["default_branch"]
    refused, active = _read_rulesets(ask)
    for wanted in rulesets:
        if refused:
            yield Setting(name=wanted["name"], force=Force.UNSEEN, found=refused, page=_(RULES))
        else:
            yield from _judge_ruleset(wanted, active, branch)
    forks = PRIVATE_FORKS if repository.get("private") else PUBLIC_FORKS
    yield from (_answer(ask, question, admin=admin) for question in (*QUESTIONS, forks))
    yield _site_url(ask, admin=admin)
    yield _source(ask, source, admin=admin)
    yield _environment(ask, branch, admin=admin)


def _read_rulesets(ask: Ask) -> tuple[str, list[Mapping[str, Any]]]:
    """Why the rulesets cannot be seen, or '', and the rulesets, with those of the organisation."""
    found: list[Mapping[str, Any]] = []
    for page in count(1):
        status, listed = ask(f"rulesets?includes_parents=true&per_page=100&page={page}")
        if status != OK:
            return str(listed), []
        if not listed:
            return "", found
        for each in listed:
            status, ruleset = ask(f"rulesets/{each['id']}?includes_parents=true")
            if status != OK:
                return str(ruleset), []
            found.append(ruleset)
    raise AssertionError


def _judge_ruleset(
    wanted: Mapping[str, Any], rulesets: Sequence[Mapping[str, Any]], branch: str
) -> Iterator[Setting]:
    """Each rule of `wanted`: any active ruleset may have it, and a stricter rule will do."""
    name = wanted["name"]
    covering = [each for each in rulesets if _covers(each, wanted["target"], branch)]
    active = [each for each in covering if each["enforcement"] == "active"]
    # Translators: the name of a ruleset, and how GitHub calls its state, such as “disabled”.
    message = _("“{name}” is {state}")
    idle = sorted(
        {
            message.format(name=each["name"], state=each["enforcement"])
            for each in covering
            if each not in active
        }
    )
    for rule in wanted["rules"]:
        found = [
            each.get("parameters") or {}
            for ruleset in active
            for each in ruleset.get("rules") or ()
            if each["type"] == rule["type"]
        ]
        missing = "; ".join(idle) or _("no active ruleset has it")
        yield _rule(name, _(WORDS[rule["type"]]), missing if not found else "")
        for key, value in rule.get("parameters", {}).items() if found else ():
            if value not in (False, 0):
                given = [each.get(key) for each in found]
                holds = any(_holds(value, each) for each in given)
                yield _rule(name, _parameter(key, value), "" if holds else _show(given))
    if wanted["target"] == "branch":
        queued = any(each["type"] == "merge_queue" for ruleset in active for each in ruleset["rules"])
        yield _rule(name, _("no “Require merge queue”"), _("it is on") if queued else "")
    yield from (_bypass(name, each) for each in active)


def _covers(ruleset: Mapping[str, Any], target: str, branch: str) -> bool:
    """Whether a ruleset is for the default branch, or for all tags."""
    names = (ruleset.get("conditions") or {}).get("ref_name") or {}
    everywhere = {"branch": {"~ALL", "~DEFAULT_BRANCH", f"refs/heads/{branch}"}, "tag": {"~ALL"}}[target]
    included = everywhere.intersection(names.get("include") or ())
    return ruleset.get("target") == target and bool(included) and not names.get("exclude")


def _parameter(key: str, value: object) -> str:
    """A parameter in the words of the page; a check with the source that it has to come from."""
    if isinstance(value, list):
        message = _("“{check}”, with the source GitHub Actions")
        return "; ".join(message.format(check=each["context"]) for each in value)
    words = _(WORDS[key])
    return words if value is True else _("{setting}: {value}").format(setting=words, value=value)


def _show(given: Sequence[object]) -> str:
    """What there is in place of a parameter."""
    if any(isinstance(each, list) for each in given):
        checks = [check for each in given if isinstance(each, list) for check in each]
        message = _("“{check}” of {source}")
        told = [
            message.format(check=each["context"], source=each.get("integration_id") or _("any source"))
            for each in checks
        ]
        if not told:
            return _("no check is required")
        return _("required is {checks}").format(checks=", ".join(told))
    if True not in given and not any(given):
        return _("it is off")
    return _("it is {value}").format(value=given[0])


def _holds(wanted: object, given: object) -> bool:
    """Whether a parameter is what is wanted, or stricter."""
    if isinstance(wanted, int):
        return isinstance(given, int) and given >= wanted
    if isinstance(wanted, list) and isinstance(given, list):
        return all(any(each.items() <= other.items() for other in given) for each in wanted)
    return wanted == given


def _rule(ruleset: str, name: str, missing: str) -> Setting:
    force = Force.MISSING if missing else Force.IN_FORCE
    words = _("{ruleset}: {setting}").format(ruleset=ruleset, setting=name)
    return Setting(name=words, force=force, found=missing, page=_(RULES))


def _bypass(name: str, ruleset: Mapping[str, Any]) -> Setting:
    """Whether nobody may bypass a ruleset, of which GitHub tells those alone who may change it."""
    message = _("{ruleset}: an empty bypass list of “{name}”")
    words = message.format(ruleset=name, name=ruleset["name"])
    if "bypass_actors" not in ruleset:
        unseen = _("only those who may change the ruleset see it")
        return Setting(name=words, force=Force.UNSEEN, found=unseen, page=_(RULES))
    actors = ", ".join(str(each.get("actor_type")) for each in ruleset["bypass_actors"] or ())
    return Setting(
        name=words,
        force=Force.MISSING if actors else Force.IN_FORCE,
        found=_("it has {actors}").format(actors=actors) if actors else "",
        page=_(RULES),
    )


def _answer(ask: Ask, question: Question, *, admin: bool) -> Setting:
    """Ask, and say whether each key has a value that will do."""
    force, answer = _seen(ask, question.place, admin=admin or question.public)
    if force is None:
        wrong = [key for key, values in question.values.items() if answer.get(key) not in values]
        # Translators: a key of GitHub's API and its value, such as: enabled is false
        message = _("{key} is {value}")
        told = ", ".join(message.format(key=key, value=_brief(answer.get(key))) for key in wrong)
        force, answer = (Force.MISSING if wrong else Force.IN_FORCE), told
    name = _(question.name).format(label=question.label)
    return Setting(name=name, force=force, found=answer, page=_(question.page))


def _brief(value: object) -> str:
    """A value as JSON has it; of a list, how long it is."""
    if isinstance(value, list):
        count = len(value)
        return ngettext("{count} of them", "{count} of them", count).format(count=number(count))
    return json.dumps(value)


def _seen(ask: Ask, place: str, *, admin: bool) -> tuple[Force | None, Any]:
    """None and what the API has at `place`; or that nothing is there; or why it cannot be seen."""
    status, answer = ask(place)
    if status == OK:
        return None, answer
    if status == NOT_FOUND and admin:
        return Force.MISSING, _("there is none")
    if admin:
        return Force.UNSEEN, answer
    return Force.UNSEEN, _("GitHub shows it to administrators alone ({reason})").format(reason=answer)


def _site_url(ask: Ask, *, admin: bool) -> Setting:
    force, answer = _seen(ask, "actions/variables/SITE_URL", admin=admin)
    if force is None:
        force, value = Force.IN_FORCE, str(answer.get("value"))
        answer = ""
        try:
            require_public_url(value)
        except CharterError as error:
            force, answer = Force.MISSING, str(error)
    return Setting(name=_("SITE_URL, the site's address"), force=force, found=answer, page=_(VARIABLES))


def _source(ask: Ask, source: str, *, admin: bool) -> Setting:
    """The variable with the charter's folder; without it, workflows take the folder of the default name."""
    force, answer = _seen(ask, "actions/variables/CHARTER_SOURCE", admin=admin)
    if force in {None, Force.MISSING}:
        value = "charter" if force else str(answer.get("value")).strip("/")
        same = value == source.strip("/")
        force, answer = (
            (Force.IN_FORCE, "")
            if same
            else (Force.MISSING, _("workflows read “{folder}”").format(folder=value))
        )
    name = _("CHARTER_SOURCE, if not “charter”: “{folder}”").format(folder=source)
    return Setting(name=name, force=force, found=answer, page=_(VARIABLES))


def _environment(ask: Ask, branch: str, *, admin: bool) -> Setting:
    """Whether the site can be published from the default branch alone."""
    place = f"environments/{ENVIRONMENT}"
    force, answer = _seen(ask, place, admin=admin)
    if force is None:
        policy = answer.get("deployment_branch_policy") or {}
        force, answer = Force.MISSING, _("any branch may publish")
        if policy.get("protected_branches"):
            answer = _("every protected branch may publish")
        elif policy:
            force, answer = _seen(ask, f"{place}/deployment-branch-policies?per_page=100", admin=admin)
        if force is None:
            names = [each.get("name") for each in answer.get("branch_policies") or ()]
            same = names == [branch]
            force, answer = (
                (Force.IN_FORCE, "")
                if same
                else (Force.MISSING, _("{names} may publish").format(names=names))
            )
    message = _("Deployment branches and tags of {environment}: “Selected branches and tags”, {branch} alone")
    name = message.format(environment=ENVIRONMENT, branch=branch)
    page = _("Environments, {environment}").format(environment=ENVIRONMENT)
    return Setting(name=name, force=force, found=answer, page=page)
