"""The settings of a repository at GitHub: what is in force, from answers as its API documents them."""

from __future__ import annotations

import copy
import re
from fnmatch import fnmatch

import pytest
import yaml

from charterpress.forges.github import settings as table
from charterpress.forges.protocol import CHECK
from charterpress.model.errors import CharterError
from package_pages import package_page
from repository_settings import GITHUB, IN_FORCE, ROOT, RULESETS

PAGES = "environments/github-pages"


def asked(source="charter", rulesets=RULESETS, without=(), refused=(), **answers):
    """The settings; `answers` are by their place in the API."""
    details = {f"rulesets/{at}": each for at, each in enumerate(rulesets)}
    state = {**IN_FORCE, **details, **answers}
    state = {place: value for place, value in state.items() if place not in without}

    def ask(place):
        path, _, query = place.partition("?")
        if path in refused:
            return 403, "Upgrade to GitHub Pro or make this repository public. (HTTP 403)"
        if path == "rulesets":
            listed = [{"id": at, "name": each["name"]} for at, each in enumerate(rulesets)]
            return 200, listed if query.endswith("&page=1") else []
        return (200, state[path]) if path in state else (404, "Not Found (HTTP 404)")

    return list(table.read_settings(ask, RULESETS, source))


def wrong(**answers):
    """What is not in force, and what was found there."""
    settings = asked(**answers)
    assert all(each.page for each in settings)
    return {each.name: each.found for each in settings if each.force != "in force"}


def changed_ruleset(place=0, rule=None, parameters=None, **values):
    """The rulesets, one of them changed; None as `rule` changes no rule."""
    rulesets = copy.deepcopy(RULESETS)
    rulesets[place] |= values
    for each in rulesets[place]["rules"]:
        if each["type"] == rule:
            each["parameters"] |= parameters
    return rulesets


def pull_request(**parameters):
    return changed_ruleset(rule="pull_request", parameters=parameters)


def test_a_repository_that_was_set_up_as_written_is_in_order():
    assert {each.force for each in asked()} == {"in force"}


RULES = ("no ruleset", "a ruleset that is only tried", "a ruleset of some tags")
"""Cases in which more rules are not in force than are named below."""
STRICTER = pull_request(required_approving_review_count=2)
BRANCH = "the default branch: "
CASES = {
    "a stricter rule": ({"rulesets": STRICTER}, {}),
    "no ruleset": (
        {"rulesets": []},
        {
            f"{BRANCH}Require status checks to pass": "no active ruleset has it",
            "tags: Restrict updates": "no ",
        },
    ),
    "a ruleset that is only tried": (
        {"rulesets": changed_ruleset(1, enforcement="evaluate")},
        {"tags: Restrict updates": "“tags” is evaluate", "tags: Restrict deletions": "“tags” is evaluate"},
    ),
    "a ruleset of some tags": (
        {
            "rulesets": changed_ruleset(
                1, conditions={"ref_name": {"include": ["refs/tags/v*"], "exclude": []}}
            )
        },
        {"tags: Restrict updates": "no active ruleset has it"},
    ),
    "a bypass": (
        {"rulesets": changed_ruleset(bypass_actors=[{"actor_type": "OrganizationAdmin", "actor_id": 1}])},
        {f"{BRANCH}an empty bypass list of “the default branch”": "it has OrganizationAdmin"},
    ),
    "approvals that stay": (
        {
            "rulesets": changed_ruleset(
                rule="pull_request", parameters={"dismiss_stale_reviews_on_push": False}
            )
        },
        {f"{BRANCH}Dismiss stale pull request approvals when new commits are pushed": "it is off"},
    ),
    "no approval": (
        {"rulesets": pull_request(required_approving_review_count=0)},
        {f"{BRANCH}Required approvals: 1": "it is off"},
    ),
    "a status from any source": (
        {
            "rulesets": changed_ruleset(
                rule="required_status_checks", parameters={"required_status_checks": [{"context": CHECK}]}
            )
        },
        {f"{BRANCH}“{CHECK}”, with the source GitHub Actions": f"required is “{CHECK}” of any source"},
    ),
    "branches behind": (
        {
            "rulesets": changed_ruleset(
                rule="required_status_checks", parameters={"strict_required_status_checks_policy": False}
            )
        },
        {f"{BRANCH}Require branches to be up to date before merging": "it is off"},
    ),
    "a merge queue": (
        {
            "rulesets": changed_ruleset(
                rules=[
                    *RULESETS[0]["rules"],
                    {"type": "merge_queue"},
                ]
            )
        },
        {f"{BRANCH}no “Require merge queue”": "it is on"},
    ),
    "robots without proposals": (
        {
            "actions/permissions/workflow": {
                "default_workflow_permissions": "write",
                "can_approve_pull_request_reviews": False,
            }
        },
        {"Allow GitHub Actions to create": "is false", "Read repository contents": 'is "write"'},
    ),
    "strangers whose workflows run": (
        {"actions/permissions/fork-pr-contributor-approval": {"approval_policy": "first_time_contributors"}},
        {"Require approval for all external contributors": 'is "first_time_contributors"'},
    ),
    "a site from a branch": ({"pages": {"build_type": "legacy"}}, {"Source": 'build_type is "legacy"'}),
    "an address that is none": (
        {"actions/variables/SITE_URL": {"name": "SITE_URL", "value": "https://charter.example/"}},
        {"SITE_URL": "is not where a site can be"},
    ),
    "another folder": (
        {"actions/variables/CHARTER_SOURCE": {"name": "CHARTER_SOURCE", "value": "pledge"}},
        {"CHARTER_SOURCE": "workflows read “pledge”"},
    ),
    "owners whom nobody knows": (
        {"codeowners/errors": {"errors": [{"line": 3, "kind": "Unknown owner"}]}},
        {"no errors in .github/CODEOWNERS": "errors is 1 of them"},
    ),
    "publishing from any branch": (
        {PAGES: {"name": "github-pages", "deployment_branch_policy": None}},
        {"Deployment branches": "any branch may publish"},
    ),
    "publishing from another branch too": (
        {f"{PAGES}/deployment-branch-policies": {"branch_policies": [{"name": "main"}, {"name": "*"}]}},
        {"Deployment branches": "['main', '*'] may publish"},
    ),
    "nothing but rules": (
        {"without": ("labels/entry", "pages", "codeowners/errors", PAGES)},
        dict.fromkeys(("a label “entry”", "Source", "no errors in", "Deployment branches"), "there is none"),
    ),
}
"""What the API answers, and a part of the name of each setting that is not in force, with a part of why."""


@pytest.mark.parametrize("case", CASES)
def test_a_setting_that_is_not_in_force_is_named(case):
    answers, expected = CASES[case]
    named = wrong(**answers)
    for name, found in expected.items():
        (words,) = [named[each] for each in named if name in each]
        assert found in words
    assert len(named) == len(expected) or case in RULES


def test_the_folder_of_another_charter_is_a_variable():
    assert wrong(source="pledge") == {
        "CHARTER_SOURCE, if not “charter”: “pledge”": "workflows read “charter”"
    }
    variable = {"actions/variables/CHARTER_SOURCE": {"name": "CHARTER_SOURCE", "value": "pledge/"}}
    assert wrong(source="pledge", **variable) == {}


def test_a_private_repository_has_another_setting_for_forks():
    private = {"": {**IN_FORCE[""], "private": True}}
    place = "actions/permissions/fork-pr-workflows-private-repos"
    safe = {"send_write_tokens_to_workflows": False, "send_secrets_and_variables": False}
    assert wrong(**private, **{place: safe}) == {}
    unsafe = safe | {"send_write_tokens_to_workflows": True}
    assert list(wrong(**private, **{place: unsafe}).values()) == ["send_write_tokens_to_workflows is true"]


def test_what_cannot_be_seen_is_not_called_missing():
    """To others than administrators, GitHub says 404 of what is there, and nothing of who may bypass."""
    reader = {"": {**IN_FORCE[""], "permissions": {"admin": False, "push": True}}}
    hidden = [place for place in IN_FORCE if place.startswith(("actions", "pages", "environments"))]
    rulesets = [{key: value for key, value in each.items() if key != "bypass_actors"} for each in RULESETS]
    settings = asked(rulesets=rulesets, without=hidden, **reader)
    unseen = [each for each in settings if each.force == "not visible"]
    assert (len(unseen), {each.force for each in settings}) == (10, {"in force", "not visible"})
    assert {each.found.partition(" (")[0] for each in unseen} == {
        "GitHub shows it to administrators alone",
        "only those who may change the ruleset see it",
    }


def test_a_plan_without_rulesets_is_named_and_a_repository_without_an_answer_is_an_error():
    """GitHub Free has no rulesets for private repositories, and refuses to list any."""
    found = wrong(refused=["rulesets"])
    assert list(found) == ["the default branch", "tags"]
    assert found["tags"].startswith("Upgrade to GitHub Pro")
    with pytest.raises(CharterError, match="cannot be read"):
        asked(refused=[""])


# --- The files -----------------------------------------------------------------------------------------


def test_the_rulesets_require_the_status_that_the_workflows_set():
    """From the app of GitHub Actions, whose id is 15368 everywhere: a stranger's token is none of its."""
    (checks,) = [
        each["parameters"] for each in RULESETS[0]["rules"] if each["type"] == "required_status_checks"
    ]
    assert checks["required_status_checks"] == [{"context": CHECK, "integration_id": 15368}]
    assert {rule["type"] for each in RULESETS for rule in each["rules"]} <= set(table.WORDS)


def test_each_owned_path_is_there_and_the_forms_ask_for_no_other_label():
    rows = [line.split() for line in (GITHUB / "CODEOWNERS").read_text().splitlines() if line[:1] == "/"]
    assert [path for path, *_ in rows if not list(ROOT.glob(path.strip("/")))] == []
    forms = [yaml.safe_load(path.read_text()) for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml")]
    assert {label for form in forms for label in form.get("labels", ())} == set(table.LABELS)


OWNED = {
    "charter/releases/1.0.0.json": True,
    "charter/themes/care/listen.md": False,
    "charter/signatories/quay-club.yml": False,
    "docs/sign.md": False,
    "README.md": False,
    "docs/assets/hosts/netlify.toml": True,
    ".gitattributes": True,
    ".github/pull_request_template.md": True,
    "hooks/charterpress/cli/__init__.py": True,
    "overrides/main.html": True,
    "mkdocs.yml": True,
    "package.json": True,
}


def test_all_but_words_has_a_code_owner():
    """Whatever the check calls a part of the machine, also where nobody thought of a line for it."""
    rows = [line.split() for line in (GITHUB / "CODEOWNERS").read_text().splitlines() if line[:1] != "#"]
    owned = {}
    for path in OWNED:
        for pattern, *owners in rows:
            if fnmatch(f"/{path}", f"{pattern}*" if pattern[0] == "/" else f"*/{pattern}"):
                owned[path] = bool(owners)
    assert owned == OWNED


def test_the_page_names_each_setting_in_the_words_that_the_command_uses():
    page = package_page("editors/review-and-release.md")
    plain = re.sub(r"\s+", " ", re.sub(r"[*`]", "", page))
    names = [each.name for each in asked()]
    names += [each.name.format(label=each.label) for each in (*table.QUESTIONS, table.PRIVATE_FORKS)]
    quoted = {words for name in names for words in re.findall("“([^”]+)”", name)}
    assert len(quoted) > 10
    assert {words for words in quoted | set(table.WORDS.values()) if words not in plain} == set()
    assert table.ENVIRONMENT in plain
