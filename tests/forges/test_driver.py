"""The workflows, run as the host would run them: what is done by whom, and each attack that was tried."""

from __future__ import annotations

import hashlib
import json
import re
import shutil

import pytest
import yaml

from builders import FIRST, make_signatory, release_draft, write_charter, write_note, write_signatory
from checkouts import ROOT
from commands import edit_file, git, init_repository
from forges.driver import Host, RefusedError, Runner
from forges.driver.events import FORM, hand_event, issue_event, pull_event, push_event, run_event
from forges.driver.web import SITE, running
from loopback import moved
from recorded import changed
from yaml_strings import strings_of

CHECK = "check the words"
RELEASE = "charter/releases/1.0.0.json"
QUAY = "sign-up/31-quay-club"
PARTS = (".ci", ".github", "docs", "hooks", "overrides")
FILES = (
    "Makefile",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.txt",
    "requirements-tests.txt",
    ".gitignore",
)


@pytest.fixture(scope="session")
def template(shared_folder, worker_id):
    """A bare repository with all that this one has, and a small charter with one release."""
    folder = shared_folder / f"template-{worker_id}"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / "clone" / part, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / "clone")
    for page in (folder / "clone/docs/developers").rglob("*.md"):
        page.write_text("\n".join(re.findall(r"(?m)^#.*\n", page.read_text())))
    root = write_charter(folder / "clone")
    release_draft(root, first=True)
    write_signatory(root, make_signatory("mole-club"))
    init_repository(folder / "clone")
    git("clone", "--quiet", "--bare", str(folder / "clone"), str(folder / "origin.git"))
    return folder / "origin.git"


@pytest.fixture
def host(tmp_path, template):
    return Host(tmp_path, template)


@pytest.fixture
def runner(host):
    return Runner(host)


@pytest.fixture(scope="module")
def starter(tmp_path_factory, template):
    """A runner that only says which jobs would start."""
    runner = Runner(Host(tmp_path_factory.mktemp("starter"), template))
    runner.dry = True
    return runner


def strengthen(folder):
    """An honest change: another promise, and why."""
    edit_file(folder / "charter" / FIRST, "every day.", "every hour.")
    write_note(folder / "charter", "moorings-first", class_="commitment")


def signed_by(slug):
    return lambda folder: write_signatory(folder / "charter", make_signatory(slug))


def forge(folder):
    """An edited release, and a check of the proposal's own that says that all is well."""
    edit_file(folder / RELEASE, "every day.", "now and then.")
    check = folder / ".github/workflows/check.yml"
    workflow = strings_of(check)
    workflow["on"] = ["pull_request", "pull_request_target"]
    workflow["jobs"]["judge"] |= {"name": CHECK, "steps": [{"run": "echo fine"}]}
    check.write_text(yaml.safe_dump(workflow))


def answered(label, value):
    """The recorded form with another answer."""
    return re.sub(rf"(?<=### {label}\n\n).*", value, FORM)


def conclusions(runs):
    return {run.workflow.removesuffix(".yml"): run.conclusion for run in runs}


# --- What starts ---------------------------------------------------------------------------------------


AWAITED = {"check": "success", "comment": "success", "preview": "action_required", "tests": "action_required"}
STARTS = {
    "opened by somebody who never came before": ("pull_request", {}, AWAITED),
    "opened as a draft": ("pull_request", {"pull_request__draft": True}, AWAITED),
    "pushed to": ("pull_request", {"action": "synchronize"}, AWAITED),
    "edited": ("pull_request", {"action": "edited"}, {"check": "success", "comment": "success"}),
    "closed": ("pull_request", {"action": "closed"}, {}),
    "labelled": ("pull_request", {"action": "labeled", "label": {"name": "proposal"}}, {}),
    "a member's": (
        "pull_request",
        {"pull_request__author_association": "MEMBER"},
        dict.fromkeys(("check", "comment", "preview", "tests"), "success"),
    ),
    "a form": ("issues", {}, {"sign-up": "success"}),
    "an edited form": ("issues", {"action": "edited"}, {"sign-up": "success"}),
    "a form that was given our label": (
        "issues",
        {"action": "labeled", "label": {"name": "sign-up"}},
        {"sign-up": "success"},
    ),
    "an issue that was given another": (
        "issues",
        {"action": "labeled", "label": {"name": "question"}},
        {"sign-up": "success"},
    ),
    "a closed issue": ("issues", {"action": "closed"}, {}),
}
"""An event and other values of its payload, and how each workflow that it starts goes on."""


@pytest.mark.parametrize("case", STARTS)
def test_an_event_starts_what_it_should(starter, case):
    host, (name, values, expected) = starter.host, STARTS[case]
    if name == "issues":
        assert conclusions(starter.happen(name, issue_event(**values))) == expected
        return
    event = pull_event(host, host.open_pull(host.head()), **values)
    runs = [*starter.happen("pull_request_target", event), *starter.happen("pull_request", event)]
    assert conclusions(runs) == expected


def test_a_push_a_run_and_a_monday_start_what_they_should(starter):
    host = starter.host
    push = push_event(host, "0" * 40)
    assert [run.conclusion for run in starter.happen("push", push)] == ["success", "success"]
    host.push(number := host.open_pull(host.head(), owner="harbour-partners"), host.head())
    elsewhere = starter.happen("push", push, ref="refs/heads/an-hour")
    assert [run.conclusion for run in elsewhere] == ["skipped", "skipped"]
    git("update-ref", "refs/tags/main", host.head(), folder=host.origin)
    tag = starter.happen("push", push, ref="refs/tags/main")
    git("update-ref", "-d", "refs/tags/main", folder=host.origin)
    assert [run.conclusion for run in tag] == ["skipped", "skipped"]
    assert conclusions(starter.happen("workflow_run", run_event(host, number))) == {"comment": "success"}
    assert conclusions(starter.happen("schedule", json.loads(changed("schedule")))) == {"weekly": "success"}
    by_hand = {"distribute", "publish", "release", "tests", "weekly"}
    assert set(conclusions(starter.happen("workflow_dispatch", hand_event()))) == by_hand


# --- Attacks -------------------------------------------------------------------------------------------


@pytest.fixture
def form(host):
    """The issue that the recorded form was sent as."""
    with host.changing() as state:
        state["issues"]["31"] = {"number": 31, "user": {"login": "quay-club"}, "labels": []}


def sent(runner, *arguments, **values):
    """The workflow answers a form without a fault."""
    (run,) = runner.happen("issues", issue_event(*arguments, **values))
    assert run.conclusion == "success", run.log


@pytest.mark.usefixtures("form")
def test_a_form_becomes_a_proposal_that_can_be_merged(host, runner):
    """GitHub starts nothing for what a workflow made: its status is set by the workflow that made it."""
    sent(runner)
    number = host.pull_from(QUAY)
    assert host.hindrances(number) == ["an approval is missing"]
    host.approve(number)
    host.merge(number)
    assert "Quay Club" in host.text("main", "charter/signatories/quay-club.yml")


def test_a_check_that_a_proposal_brings_along_counts_for_nothing(host, runner):
    """It is green, and would be required by its name; what is required comes from the default branch."""
    number = host.open_pull(host.commit(forge))
    event = pull_event(host, number)
    forged = runner.approve_run(event, only="check")
    assert [(run.job, run.conclusion) for run in forged] == [(CHECK, "success")]
    runs = runner.happen("pull_request_target", event, only="check")
    host.approve(number)
    with pytest.raises(RefusedError, match=f"^{CHECK}: failure$"):
        host.merge(number)
    assert "release-digest" in runs[0].log


@pytest.mark.long
def test_two_green_proposals_are_not_merged_past_one_another(host, runner):
    """A version, and another change of the same principle: the second to come is judged again, and is red."""
    host.set_main(host.commit(strengthen))
    (run,) = runner.happen("workflow_dispatch", hand_event(kind="next", date="2025-03-01"), only="release")
    assert run.conclusion == "success", run.log
    version = host.pull_from("release/2.0.0")
    other = host.open_pull(
        host.commit(lambda at: edit_file(at / "charter" / FIRST, "every hour.", "hourly."))
    )
    (run,) = runner.happen("pull_request_target", pull_event(host, other), only="check")
    assert run.conclusion == "success", run.log
    for number in (version, other):
        host.approve(number)
        assert host.hindrances(number) == []
    host.merge(other)
    with pytest.raises(RefusedError, match="out of date"):
        host.merge(version)
    host.update_branch(version)
    (run,) = runner.happen("pull_request_target", pull_event(host, version, "synchronize"), only="check")
    assert run.conclusion == "failure", run.log
    host.approve(version)
    with pytest.raises(RefusedError, match=f"^{CHECK}: failure$"):
        host.merge(version)


@pytest.mark.long
@pytest.mark.usefixtures("form")
def test_an_approval_ends_when_the_form_is_edited(host, runner):
    """Even where the rule that ends it with a push is off; and another organisation is another proposal."""
    sent(runner)
    number = host.pull_from(QUAY)
    host.approve(number)
    sent(runner, answered("Role that signs", "Treasurer"), "edited")
    assert host.reviews(number) == ["DISMISSED"]
    assert host.hindrances(number, dismiss_stale_reviews_on_push=False) == ["an approval is missing"]
    host.approve(number)
    sent(runner, answered("Name of your organisation", "Pier Club"), "edited")
    assert host.state["pulls"][str(number)]["state"] == "closed"
    assert host.refs("refs/heads/sign-up") == ["31-pier-club"]
    assert host.hindrances(host.pull_from("sign-up/31-pier-club")) == ["an approval is missing"]


@pytest.mark.long
@pytest.mark.usefixtures("form")
def test_a_branch_of_the_same_name_in_a_fork_stops_nothing(host, runner):
    eve = host.open_pull(host.commit(strengthen), owner="eve", branch=QUAY)
    before = host.state["pulls"][str(eve)]
    sent(runner)
    sent(runner, answered("Role that signs", "Treasurer"), "edited")
    assert "Treasurer" in host.text(QUAY, "charter/signatories/quay-club.yml")
    assert host.hindrances(host.pull_from(QUAY)) == ["an approval is missing"]
    assert host.state["pulls"][str(eve)] == before


@pytest.mark.long
def test_the_robot_is_not_silenced_by_long_comments(host, runner):
    """65 comments of 65,536 emoji, and more than a page of others: ours is behind them."""
    number = host.open_pull(host.commit(strengthen))
    bodies = [{"of": "\N{SHIP}", "times": 65_536}] * 65 + ["<!-- charter: what this changes -->"] * 60
    with host.changing() as state:
        eve = {"login": "eve", "type": "User"}
        state["comments"][str(number)] = [
            {"id": at, "user": eve, "body": body} for at, body in enumerate(bodies)
        ]
    for action in ("opened", "synchronize"):
        (run,) = runner.happen("pull_request_target", pull_event(host, number, action), only="comment")
        assert run.conclusion == "success", run.log
    (said,) = host.comments(number)
    assert "~~day~~**hour**" in said


@pytest.mark.long
@pytest.mark.usefixtures("form")
def test_a_form_without_its_label_and_a_late_label_are_answered(host, runner):
    unlabelled = {"issue__labels": []}
    sent(runner, **unlabelled)
    assert host.state["issues"]["31"]["labels"] == [{"name": "sign-up"}]
    assert len(host.comments(31)) == 1
    sent(runner, "Hello", "labeled", label={"name": "sign-up"})
    assert "No entry could be made" in host.comments(31)[0]


# --- Proposals, versions, the week ---------------------------------------------------------------------


@pytest.mark.long
def test_a_proposal_is_answered_and_then_its_site_is_linked(host, runner):
    """Its own files are run with a token that can write nothing, and only once somebody let them start."""
    number = host.open_pull(host.commit(strengthen))
    event = pull_event(host, number)
    (run,) = runner.happen("pull_request_target", event, only="comment")
    assert (run.conclusion, "a link to it appears here" in host.comments(number)[0]) == ("success", True)
    (run,) = runner.approve_run(event, only="preview")
    assert run.conclusion == "success", run.log
    assert host.state["permissions"] == {}
    (run,) = runner.happen("workflow_run", run_event(host, number), only="comment")
    assert run.conclusion == "success", run.log
    (said,) = host.comments(number)
    assert re.search(r"\[The site with this change\]\(https://github.com/\S+/artifacts/\d+\)", said)


def with_recorders(folder):
    """What `tests` starts, so that it only says that it was started."""
    (folder / "Makefile").write_text("check:\n\t@echo checked\n")
    (folder / ".ci" / "run").write_text("#!/bin/sh\necho tested\n")


@pytest.mark.long
def test_all_tests_are_run_where_more_than_words_changed(host, runner):
    host.set_main(host.commit(with_recorders))
    for change, started in (
        (strengthen, []),
        (lambda folder: (folder / "hooks" / "events.py").write_text(""), ["checked", "tested"]),
    ):
        event = pull_event(host, host.open_pull(host.commit(change)))
        (run,) = runner.approve_run(event, only="tests")
        assert (run.conclusion, re.findall(r"^(?:checked|tested)$", run.log, re.MULTILINE)) == (
            "success",
            started,
        ), run.log
    (run,) = runner.happen("workflow_dispatch", hand_event(), only="tests")
    assert "tested" in run.log, run.log


@pytest.mark.long
def test_each_monday_one_issue_is_kept_up_to_date(host, runner):
    runner.variables["SITE_URL"] = f"https://{SITE}/"
    for _ in range(2):
        (run,) = runner.happen("schedule", json.loads(changed("schedule")))
        assert run.conclusion == "success", run.log
    (issue,) = host.state["issues"].values()
    assert "1: signed the current version" in issue["body"]


# --- Publishing ----------------------------------------------------------------------------------------


@pytest.fixture
def web(tmp_path):
    with running(tmp_path) as web:
        yield web


@pytest.fixture
def publisher(host, web):
    """A runner of a repository whose site has its address; nothing answers there yet."""
    runner = Runner(host, **web.environment)
    runner.variables["SITE_URL"] = f"https://{SITE}/"
    return runner


def publish(host, publisher, before="0" * 40):
    """The conclusions of the jobs that a push to the default branch starts, and their log."""
    runs = publisher.happen("push", push_event(host, before))
    return [run.conclusion for run in runs], "".join(run.log for run in runs)


def rewrite(folder):
    """Another promise in the version and in the text, and the digest that goes with it."""
    for path in (FIRST, "releases/1.0.0.json"):
        edit_file(folder / "charter" / path, "moorings first every day.", "moorings first.")
    digest = hashlib.sha256((folder / RELEASE).read_bytes()).hexdigest()
    (folder / "charter/releases/SHA256SUMS").write_text(f"{digest}  1.0.0.json\n")


@pytest.mark.long
def test_a_history_that_was_rewritten_is_not_published(host, publisher, web):
    """By the tag, which is not in it; and by what is published, where the owner took the tag away too."""
    done, log = publish(host, publisher)
    assert (done, host.refs("refs/tags")) == (["success", "success"], ["1.0.0"]), log
    web.serve(publisher.published[0])
    tree = git("rev-parse", f"{host.commit(rewrite)}^{{tree}}", folder=host.origin)
    host.set_main(git("commit-tree", tree, "-m", "one", folder=host.origin))
    for said in ("the tag 1.0.0 is not in the history", "A published version would change"):
        done, log = publish(host, publisher)
        assert (done, said in log) == (["failure", "skipped"], True), log
        git("update-ref", "-d", "refs/tags/1.0.0", folder=host.origin)
    assert len(publisher.published) == 1


ANSWERS = {
    "a name that does not resolve": {},
    "a redirect to nowhere": {SITE: lambda path: moved(f"https://www.{SITE}{path}", "301 Moved Permanently")},
}


@pytest.mark.long
@pytest.mark.parametrize("case", ANSWERS)
def test_a_first_publication_is_not_stuck(host, publisher, web, case):
    web.sites |= ANSWERS[case]
    done, log = publish(host, publisher)
    assert (done, len(publisher.published)) == (["success", "success"], 1), log


@pytest.mark.long
def test_two_proposals_are_merged_within_a_minute(host, publisher, web):
    """Both are published; the second has to be brought up to date before it is merged."""
    done, log = publish(host, publisher)
    assert done == ["success", "success"], log
    web.serve(publisher.published[-1])
    numbers = [
        host.open_pull(host.commit(signed_by(slug)), branch=slug) for slug in ("pier-club", "tide-club")
    ]
    for number in numbers:
        (run,) = publisher.happen("pull_request_target", pull_event(host, number), only="check")
        assert run.conclusion == "success", run.log
        host.approve(number)
    before = host.head()
    host.merge(numbers[0])
    with pytest.raises(RefusedError, match="out of date"):
        host.merge(numbers[1])
    host.update_branch(numbers[1])
    (run,) = publisher.happen(
        "pull_request_target", pull_event(host, numbers[1], "synchronize"), only="check"
    )
    assert run.conclusion == "success", run.log
    host.approve(numbers[1])
    host.merge(numbers[1])
    done, log = publish(host, publisher, before)
    assert done == ["success", "success"], log
    assert {"pier-club", "tide-club"} <= {
        path.name for path in (publisher.published[-1] / "signatories").iterdir()
    }
    assert host.refs("refs/tags") == ["1.0.0"]
