"""The files for other hosts: their schemas, and what their commands do in a fresh copy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from builders import make_charter, release_draft, reword, write_charter, write_note
from charterpress.editing.sign_up.fields import IN_SEVERAL_LANGUAGES
from charterpress.editing.sign_up.intake import FIELDS
from charterpress.editing.sign_up.read_forms import read_forms
from checkouts import ROOT, checked_out
from commands import AUTHOR, commit_all, git
from forges.engine import evaluate, holds
from package_pages import package_page
from sign_up_answers import ANSWERS, LABELS
from yaml_strings import strings_of

RECIPES = ROOT / "hooks/charterpress/outputs/pages/assets/hosts"
SITE = "https://127.0.0.1:9/"
"""Where nothing answers."""
FORGE = "https://code.charity.org"
SETUP = f"""#!/bin/sh
set -e
ln -sfn {ROOT}/.cache .cache
mkdir -p .venv/bin
for each in charter mkdocs; do ln -sfn {ROOT}/.venv/bin/$each .venv/bin/$each; done
"""
"""What is installed: what is installed here serves the copy too."""
PYTHON = """#!/bin/sh
.ci/setup
printf '#!/bin/sh\\n' > .venv/bin/python
chmod +x .venv/bin/python
"""
"""In place of the program that makes an environment; pip, which it makes too, has nothing left to install."""
FORGED = "#!/bin/sh\nmkdir -p .venv/bin\necho '#!/bin/sh' > .venv/bin/charter\nchmod +x .venv/bin/charter\n"
"""What a proposal would have in its place, to have every check succeed."""


def parsed(name):
    return strings_of(RECIPES / name)


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A repository with the version 1.0.0, and the proposals `honest` and `forged`."""
    charter = write_charter(tmp_path_factory.mktemp("words"), make_charter())
    release_draft(charter, first=True)
    folder = checked_out(tmp_path_factory.mktemp("work"), charter)
    (folder / ".ci").mkdir()
    (folder / ".gitignore").write_text("/.venv\n/.cache\n/site/\n/public/\n__pycache__/\n")
    _write_setup(folder, SETUP)
    git("init", "--quiet", "--initial-branch=main", folder=folder)
    commit_all(folder)
    git("switch", "--quiet", "--create", "honest", folder=folder)
    reword(folder / "charter", "It does.", "It does so.")
    write_note(folder / "charter", "moorings-first", class_="guidance")
    commit_all(folder)
    git("switch", "--quiet", "--create", "forged", "main", folder=folder)
    release = folder / "charter/releases/1.0.0.json"
    release.write_text(release.read_text(encoding="utf-8").replace("It does.", "It may."), encoding="utf-8")
    _write_setup(folder, FORGED)
    (folder / ".gitlab-ci.yml").write_text("check: {script: [echo fine]}\n")
    commit_all(folder)
    git("switch", "--quiet", "main", folder=folder)
    bare = tmp_path_factory.mktemp("forge") / "words/charter"
    git("clone", "--quiet", "--bare", str(folder), str(bare), folder=folder)
    for number, name in enumerate(("honest", "forged"), 1):
        git("update-ref", f"refs/pull/{number}/head", name, folder=bare)
        git("branch", "--quiet", "--delete", "--force", name, folder=bare)
    return bare


def _write_setup(folder, text):
    (folder / ".ci/setup").write_text(text)
    (folder / ".ci/setup").chmod(0o755)


def run(script, folder, environment):
    """The exit code and output of what a runner starts in `folder`."""
    names = ("PATH", "LANG", "TMPDIR")
    env = {name: os.environ[name] for name in names if name in os.environ} | AUTHOR | environment
    python = folder.with_name(f"{folder.name}-programs") / "python3"
    python.parent.mkdir(exist_ok=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    env["PATH"] = f"{python.parent}{os.pathsep}{env['PATH']}"
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


# --- GitLab ------------------------------------------------------------------------------------------


class GitLabRunner:
    """Lays out what a pipeline is about, and runs the script of a job there."""

    def __init__(self, folder, origin, ref):
        self.folder = folder
        git("clone", "--quiet", str(origin), str(folder), folder=origin)
        git("fetch", "--quiet", "origin", ref, folder=folder)
        self.commit = git("rev-parse", "FETCH_HEAD", folder=folder)
        git("checkout", "--quiet", "--detach", self.commit, folder=folder)

    def run(self, job):
        """The exit code and output of a job."""
        recipe = parsed("gitlab-ci.yml")
        given = {
            "GITLAB_CI": "true",
            "CI_COMMIT_SHA": self.commit,
            "CI_DEFAULT_BRANCH": "main",
            "CI_PROJECT_URL": "https://gitlab.com/words/charter",
            "SITE_URL": SITE,
            "HOME": str(self.folder),
        }
        own = {key: given.get(value.removeprefix("$"), value) for key, value in recipe["variables"].items()}
        return run("\n".join(recipe[job]["script"]), self.folder, given | own)


@pytest.mark.parametrize(("number", "code"), [(1, 0), (2, 1)], ids=("honest", "forged"))
def test_gitlab_judges_a_proposal_by_the_program_of_the_default_branch(origin, tmp_path, number, code):
    """Its own files are laid out there, and change nothing."""
    runner = GitLabRunner(tmp_path / "job", origin, f"refs/pull/{number}/head")
    found, said = runner.run("check the words")
    assert (found, f"check the words, {runner.commit[:12]}: " in said) == (code, True), said
    assert ("releases/1.0.0.json" in said) == bool(code)


@pytest.mark.long
def test_gitlab_publishes_and_tags(origin, tmp_path):
    runner = GitLabRunner(tmp_path / "job", origin, "main")
    code, said = runner.run("pages")
    assert (code, "first time that anything is published there" in said) == (0, True), said
    page = (tmp_path / "job/public/sign/index.html").read_text(encoding="utf-8")
    assert "https://gitlab.com/words/charter/-/issues/new?issuable_template=sign" in page
    assert runner.run("tag")[0] == 0
    assert git("ls-remote", "--tags", str(origin), folder=tmp_path).split()[1:] == ["refs/tags/1.0.0"]
    git("tag", "--delete", "1.0.0", folder=origin)


def test_gitlab_runs_each_job_where_it_belongs():
    recipe = parsed("gitlab-ci.yml")
    target = "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME == $CI_DEFAULT_BRANCH"
    proposal = f'$CI_PIPELINE_SOURCE == "merge_request_event" && {target}'
    merged = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    rules = {name: job["rules"] for name, job in recipe.items() if "script" in job}
    assert rules == {
        "check the words": [{"if": proposal}],
        "pages": [{"if": merged}],
        "tag": [{"if": merged}],
    }


def test_gitlabs_form_asks_what_the_table_says():
    """Filled in below each line, it is read like any other form."""
    template = (ROOT / ".gitlab/issue_templates/sign.md").read_text(encoding="utf-8")
    keys = {label: key for key, label in LABELS.items()}
    lines = [f"{line}\n\n{ANSWERS.get(keys.get(line[4:], ''), '')}" for line in template.splitlines()]
    (form,) = read_forms("\n".join(lines).encode(), kind="issue").forms
    assert [line[4:] for line in template.splitlines() if line.startswith("### ")] == [
        f.label for f in FIELDS if f.key != IN_SEVERAL_LANGUAGES
    ]
    assert {each.field.key: each.value for each in form.answers if each.field and each.value} == ANSWERS


@pytest.mark.parametrize("name", ["sign", "correct", "propose"])
def test_gitlab_has_every_form_that_github_has(name):
    form = yaml.load(
        (ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    asked = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
    template = (ROOT / f".gitlab/issue_templates/{name}.md").read_text(encoding="utf-8")
    assert [line[4:] for line in template.splitlines() if line.startswith("### ")] == asked


# --- Forgejo -----------------------------------------------------------------------------------------


class ForgejoRunner:
    """Runs the steps of a job, each in a shell of its own, in an empty folder."""

    def __init__(self, folder, origin, event, payload):
        self.folder = folder
        (folder / "work").mkdir()
        (folder / "event.json").write_text(json.dumps(payload), encoding="utf-8")
        server, repository = f"file://{origin.parents[1]}", "words/charter"
        github = {"event_name": event, "event": payload, "server_url": FORGE, "repository": repository}
        self.contexts = {"github": github | {"token": "secret"}, "vars": {"SITE_URL": SITE}}
        self.environment = {
            "FORGEJO_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_REPOSITORY": repository,
            "GITHUB_SERVER_URL": server,
            "GITHUB_SHA": git("rev-parse", "main", folder=origin),
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "HOME": str(folder),
        }

    def jobs(self):
        """The names of the jobs that the event starts."""
        jobs = parsed("forgejo.yml")["jobs"]
        return [name for name, job in jobs.items() if holds(job["if"], self.contexts, "success")]

    def run(self, name):
        """The exit code and output of a job, up to the first step that fails."""
        job, output = parsed("forgejo.yml")["jobs"][name], ""
        own = {key: evaluate(value, self.contexts) for key, value in job["env"].items()}
        for step in job["steps"]:
            code, said = run(step["run"], self.folder / "work", self.environment | own)
            output += said
            if code:
                return code, output
        return 0, output


def pull_event(origin, number, of):
    """A pull request that stands at the commit of pull request `of` when its workflow starts."""
    head = git("rev-parse", f"refs/pull/{of}/head", folder=origin)
    return {"pull_request": {"number": number, "head": {"sha": head}}}


def test_forgejo_judges_no_commit_in_place_of_the_one_it_was_started_for(origin, tmp_path):
    """What is honest, and was pushed since, says nothing of a commit before it."""
    runner = ForgejoRunner(tmp_path, origin, "pull_request_target", pull_event(origin, 1, of=2))
    code, said = runner.run("check")
    assert (code, "git does not know" in said) == (2, True), said


@pytest.mark.parametrize(("number", "code"), [(1, 0), (2, 1)], ids=("honest", "forged"))
def test_forgejo_judges_a_proposal_by_the_program_of_the_default_branch(origin, tmp_path, number, code):
    runner = ForgejoRunner(tmp_path, origin, "pull_request_target", pull_event(origin, number, of=number))
    assert runner.jobs() == ["check"]
    found, said = runner.run("check")
    assert (found, "check the words, " in said) == (code, True), said
    assert ("releases/1.0.0.json" in said) == bool(code)


@pytest.mark.long
def test_forgejo_publishes_to_a_branch_and_tags(origin, tmp_path):
    runner = ForgejoRunner(tmp_path, origin, "push", {"ref": "refs/heads/main"})
    assert runner.jobs() == ["publish"]
    code, said = runner.run("publish")
    assert (code, "first time that anything is published there" in said) == (0, True), said
    refs = git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags", folder=origin).split()
    assert refs == ["refs/heads/main", "refs/heads/pages", "refs/tags/1.0.0"]
    published = git("ls-tree", "--name-only", "pages", folder=origin).split()
    assert {"index.html", "_headers", "addresses.txt", "versions"} <= set(published)
    page = git("show", "pages:sign/index.html", folder=origin)
    assert f"{FORGE}/words/charter/issues/new?template=.github%2FISSUE_TEMPLATE%2Fsign.yml" in page
    git("tag", "--delete", "1.0.0", folder=origin)
    git("branch", "--quiet", "--delete", "--force", "pages", folder=origin)


# --- Hosts that build --------------------------------------------------------------------------------


def build_commands():
    """The command of each host that builds, for what is merged and for what is proposed."""
    netlify = tomllib.loads((RECIPES / "netlify.toml").read_text(encoding="utf-8"))
    cloudflare = (RECIPES / "cloudflare-pages.sh").read_text(encoding="utf-8")
    previews = netlify["context"]
    assert previews["deploy-preview"] == previews["branch-deploy"]
    return {
        "netlify": (netlify["build"]["command"], previews["deploy-preview"]["command"]),
        "cloudflare": (f"CF_PAGES_BRANCH=main\n{cloudflare}", f"CF_PAGES_BRANCH=honest\n{cloudflare}"),
    }


RECORDING = """#!/bin/sh
mkdir -p .venv/bin
for each in charter mkdocs; do
  printf '#!/bin/sh\\necho %s "$@"; git rev-list --count HEAD; git tag\\n' $each > .venv/bin/$each
  chmod +x .venv/bin/$each
done
"""
"""Installed: programs that say how they were called, and what history they found."""


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
def test_a_host_that_builds_has_all_the_history_before_it_publishes(tmp_path, host):
    """Hosts clone shallowly, and without tags."""
    source = tmp_path / "source"
    (source / ".ci").mkdir(parents=True)
    _write_setup(source, RECORDING)
    git("init", "--quiet", "--initial-branch=main", folder=source)
    commit_all(source)
    git("tag", "1.0.0", folder=source)
    git("commit", "--quiet", "--allow-empty", "--message", "x", folder=source)
    merged, proposed = build_commands()[host]
    for name, options, command, said in (
        ("shallow", ["--depth=1", "--no-tags"], merged, "charter ci publish --site site\n2\n1.0.0\n"),
        ("whole", ["--no-tags"], merged, "charter ci publish --site site\n2\n1.0.0\n"),
        ("preview", ["--depth=1", "--no-tags"], proposed, "charter build\n1\n"),
    ):
        git("clone", "--quiet", *options, f"file://{source}", name, folder=tmp_path)
        code, output = run(command, tmp_path / name, {"HOME": str(tmp_path)})
        assert (code, output.partition("fatal: --unshallow")[0]) == (0, said), name


# --- Schemas and pages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "name"), [("gitlab-ci", "gitlab-ci.yml"), ("github-workflows", "forgejo.yml")]
)
def test_a_recipe_keeps_the_published_schema_and_a_broken_one_does_not(tmp_path, schema, name):
    """Forgejo's workflows have the form of GitHub's."""
    broken = tmp_path / name
    text = (RECIPES / name).read_text(encoding="utf-8")
    broken.write_text(text.replace("script:", "scripts:").replace("runs-on:", "runs:"), encoding="utf-8")
    program = Path(sys.executable).with_name("check-jsonschema")
    codes = [
        subprocess.run(
            [program, "--builtin-schema", f"vendor.{schema}", file], capture_output=True, check=False
        ).returncode
        for file in (RECIPES / name, broken)
    ]
    assert codes == [0, 1]


def test_the_page_shows_every_recipe():
    page = package_page("editors/hosts.md")
    for path in RECIPES.iterdir():
        assert path.read_text(encoding="utf-8").rstrip("\n") in page
        assert f'href="../../assets/hosts/{path.name}" download' in page
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40
