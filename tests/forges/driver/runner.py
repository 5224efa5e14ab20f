"""An event → the jobs that it starts, each run step by step in a clean clone.

What a `run:` does is done; a `uses:` is replaced by what the action documents. Expressions, environments and
conditions are evaluated by GitHub's own engine. Not modelled: secrets, matrices, services, called
workflows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from checkouts import ROOT
from commands import git
from forges.driver.host import ACTIONS, MAIN, REPOSITORY, Host
from forges.engine import evaluate, holds
from yaml_strings import strings_of

GH = Path(__file__).with_name("gh.py")
SERVER = "https://github.com"
TYPES = {"pull_request": ("opened", "synchronize", "reopened")}
"""The actions of an event that start a workflow which names none: for any other event, all."""
TYPES["pull_request_target"] = TYPES["pull_request"]
TRUSTED = ("OWNER", "MEMBER", "COLLABORATOR")
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
Contexts = dict[str, Any]


@dataclass
class Run:
    """A job that was run, or waits for somebody's approval: its workflow, name, conclusion, what its steps
    printed, and the `if` of each that was left out."""

    workflow: str
    job: str
    conclusion: str
    log: str = ""
    skipped: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)


class Runner:
    """What runs jobs for `host`, with the variables of the repository and more for the environment."""

    def __init__(self, host: Host, **environment: str) -> None:
        self.host, self.environment = host, environment
        self.variables: dict[str, str] = {"CHARTER_AUTHORITIES": "none"}
        self.dry = False
        """Whether the steps of jobs are left out, to see what starts."""
        self.published: list[Path] = []
        """The sites that were deployed, each in its folder."""
        self.folder = host.folder.parent / "runner"
        self._uploaded: dict[str, Path] = {}
        self._jobs = 0
        self._bin = self.folder / "bin"
        self._bin.mkdir(parents=True)
        shutil.copy(GH, self._bin / "gh")
        (self._bin / "gh").chmod(0o755)

    # --- Events ----------------------------------------------------------------------------------------

    def happen(self, name: str, event: Mapping[str, Any], *, ref: str = "", only: str = "") -> list[Run]:
        """Return the jobs that an event starts, in the order in which they ran. `ref` is that of a push or
        of a workflow started by hand; `only` names the one workflow that is looked at."""
        github = self._github(name, event, ref)
        runs = []
        for path in self.host.text(github["sha"], ".github/workflows").splitlines()[2:]:
            if only and path != f"{only}.yml":
                continue
            text = self.host.text(github["sha"], f".github/workflows/{path}")
            workflow = strings_of(text)
            if _starts(workflow["on"], name, event):
                runs += self._run(path, workflow, github)
        return runs

    def _github(self, name: str, event: Mapping[str, Any], ref: str) -> Contexts:
        """The context “github”: the workflow of a pull_request comes from the proposal, any other from the
        default branch, or from what was pushed."""
        pull = event.get("pull_request", {})
        ref = ref or f"refs/heads/{MAIN}"
        if name == "pull_request":
            ref = f"refs/pull/{pull['number']}/merge"
            if not self.host.test_merge(pull["number"]):  # then the host starts nothing
                ref = f"refs/heads/{MAIN}"
        return {
            "event": dict(event),
            "event_name": name,
            "ref": ref,
            "ref_name": ref.removeprefix("refs/heads/").removeprefix("refs/tags/"),
            "sha": self.host.head(ref),
            "head_ref": pull.get("head", {}).get("ref", ""),
            "base_ref": pull.get("base", {}).get("ref", ""),
            "repository": REPOSITORY,
            "repository_owner": REPOSITORY.partition("/")[0],
            "server_url": SERVER,
            "actor": event.get("sender", {}).get("login", ""),
            "token": "ghs_0000",
        }

    # --- Workflows -------------------------------------------------------------------------------------

    def _run(self, path: str, workflow: dict, github: Contexts) -> list[Run]:
        contexts = {"github": github, "vars": self.variables, "inputs": github["event"].get("inputs") or {}}
        pull = github["event"].get("pull_request", {})
        stranger = pull.get("author_association", "OWNER") not in TRUSTED
        runs: dict[str, Run] = {}
        assert evaluate(_group(workflow), contexts), "a run without a group"
        for name, job in workflow["jobs"].items():
            needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            results = {each: {"result": runs[each].conclusion, "outputs": {}} for each in needed}
            failed = any(each["result"] != "success" for each in results.values())
            known = {**contexts, "needs": results}
            title = job.get("name", name)
            if github["event_name"] == "pull_request" and stranger:
                runs[name] = Run(path, title, "action_required")  # the first job of it holds the others up
            elif not holds(job.get("if", ""), known, "failure" if failed else "success"):
                runs[name] = Run(path, title, "skipped")
            elif self.dry:
                runs[name] = Run(path, title, "success")
            else:
                fork = (
                    github["event_name"] == "pull_request" and pull["head"]["repo"]["full_name"] != REPOSITORY
                )
                runs[name] = self._job((path, title), job, workflow, known, read_only=fork)
            self._check_run(github, runs[name])
        return list(runs.values())

    def approve_run(self, event: Mapping[str, Any], only: str = "") -> list[Run]:
        """Press “Approve workflows to run”, which lets those of a stranger's pull request start."""
        pull = {**event["pull_request"], "author_association": "COLLABORATOR"}
        return self.happen("pull_request", {**event, "pull_request": pull}, only=only)

    def _check_run(self, github: Contexts, run: Run) -> None:
        """A job is a check run of the commit that it is about, with the job's name."""
        pull = github["event"].get("pull_request", {})
        commit = self.host.pull_head(pull["number"]) if pull else github["sha"]
        with self.host.changing() as state:
            made = {"context": run.job, "state": run.conclusion, "app": ACTIONS}
            state["checks"].setdefault(commit, []).append(made)

    # --- Jobs ------------------------------------------------------------------------------------------

    def _job(
        self, names: tuple[str, str], job: dict, workflow: dict, contexts: Contexts, *, read_only: bool
    ) -> Run:
        self._jobs += 1
        folder = self.folder / str(self._jobs)
        space, temp, home = (folder / name for name in ("charter", "temp", "home"))
        for each in (space, temp, home):
            each.mkdir(parents=True)
        permissions = {} if read_only else {**workflow.get("permissions", {}), **job.get("permissions", {})}
        with self.host.changing() as state:
            state["permissions"] = permissions
        github = contexts["github"] | {
            "workspace": str(space),
            "job": names[1],
            "run_id": str(9000 + self._jobs),
        }
        event = temp / "event.json"
        event.write_text(json.dumps(github["event"], ensure_ascii=False), encoding="utf-8")
        known = {
            **contexts,
            "github": github,
            "runner": {"temp": str(temp), "os": "Linux"},
            "env": {},
            "steps": {},
        }
        known["job"], known["secrets"] = {}, {"GITHUB_TOKEN": github["token"]}
        for given in (workflow.get("env", {}), job.get("env", {})):
            known["env"] |= {key: evaluate(value, known) for key, value in given.items()}
        environment = self._environment(github, permissions, temp, home) | {"GITHUB_EVENT_PATH": str(event)}
        run = Run(*names, "success")
        for step in job["steps"]:
            condition = step.get("if", "")
            if not holds(condition, known, run.conclusion):
                run.skipped.append(condition or step.get("run", step.get("uses", "")))
                continue
            if self._step(step, known, environment, run) and step.get("continue-on-error") != "true":
                run.conclusion = "failure"
        return run

    def _environment(self, github: Contexts, permissions: dict, temp: Path, home: Path) -> dict[str, str]:
        """The environment of a runner, and of the fake `gh`; nothing of who runs the tests."""
        names = {key: value for key, value in github.items() if isinstance(value, str) and key != "token"}
        path = [
            str(self._bin),
            str(Path(sys.executable).resolve().parent),
            "/usr/local/bin",
            "/usr/bin",
            "/bin",
        ]
        return {
            **{f"GITHUB_{key.upper()}": value for key, value in names.items()},
            **{f"GITHUB_{key}": str(temp / key) for key in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY")},
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(temp),
            "HOME": str(home),
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "PATH": os.pathsep.join(path),
            "LANG": "C.UTF-8",
            "FAKE_GITHUB": str(self.host.folder),
            "FAKE_CONTENTS": permissions.get("contents", ""),
            **self.environment,
        }

    def _step(self, step: dict, known: Contexts, environment: dict[str, str], run: Run) -> bool:
        """Do one step; True if it fails."""
        own = {key: evaluate(value, known) for key, value in step.get("env", {}).items()}
        inside = {**known, "env": {**known["env"], **own}}
        space, temp = (Path(environment[key]) for key in ("GITHUB_WORKSPACE", "RUNNER_TEMP"))
        if "uses" in step:
            given = {key: evaluate(value, inside) for key, value in step.get("with", {}).items()}
            run.log += f"uses {step['uses']}\n"
            self._action(step["uses"].partition("@")[0], given, known["github"], space)
            return False
        for name in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY"):
            (temp / name).touch()
        script = temp / "script.sh"
        script.write_text(evaluate(step["run"], inside), encoding="utf-8")
        done = subprocess.run(
            [*BASH, script],
            cwd=space / step.get("working-directory", "."),
            env={**environment, **inside["env"]},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        run.log += f"run {step['run']}\n{done.stdout.decode(errors='replace')}"
        outputs = _pairs(temp / "OUTPUT")
        known["env"] |= _pairs(temp / "ENV")
        run.outputs |= outputs
        if "id" in step:
            known["steps"][step["id"]] = {
                "outputs": outputs,
                "outcome": "failure" if done.returncode else "success",
            }
        return done.returncode != 0

    # --- Actions ---------------------------------------------------------------------------------------

    def _action(self, name: str, given: dict[str, str], github: Contexts, space: Path) -> None:
        match name:
            case "actions/checkout":
                self._check_out(given, github, space)
            case "actions/upload-artifact":
                self._upload(given["name"], space / given["path"], github)
            case "actions/upload-pages-artifact":
                self._upload("github-pages", space / given["path"], github)
            case "actions/deploy-pages":
                need = {"pages": "write", "id-token": "write"}
                assert need.items() <= self.host.state["permissions"].items(), "the token may not deploy"
                self.published.append(self._uploaded["github-pages"])
            case "actions/cache":
                """Nothing is kept from one job to the next, as after a miss."""
            case _:
                raise AssertionError(f"the driver does not know what {name} does")

    def _check_out(self, given: dict[str, str], github: Contexts, space: Path) -> None:
        """Clone as actions/checkout does: one commit, or with fetch-depth 0 everything with all tags. The
        token stays behind unless persist-credentials is false."""
        wanted = given.get("ref") or github["ref"]
        target = space / given.get("path", ".")
        git("init", "--quiet", "--initial-branch", "gone", str(target))
        git("remote", "add", "origin", f"file://{self.host.origin}", folder=target)
        everything = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
        depth = given.get("fetch-depth", "1")
        options = everything if depth == "0" else (f"--depth={depth}", wanted)
        git("fetch", "--quiet", "--no-tags", "origin", *options, folder=target)
        if depth == "0":
            git("fetch", "--quiet", "--no-tags", "origin", wanted, folder=target)
        pinned = github["sha"] if wanted == github["ref"] else "FETCH_HEAD"  # what was pushed since waits
        branch = wanted.removeprefix("refs/heads/")
        new = ("--detach",) if branch.startswith("refs/") else ("-B", branch)
        git("checkout", "--quiet", *new, pinned, folder=target)
        if given.get("persist-credentials", "true") != "false":
            git("config", f"http.{SERVER}/.extraheader", "AUTHORIZATION: basic x", folder=target)
        if target == space:
            _prepare(space)

    def _upload(self, name: str, path: Path, github: Contexts) -> None:
        """Keep what a job uploads, as the API lists it."""
        assert path.is_dir(), f"there is no {path} to upload"
        self._uploaded[name] = path
        with self.host.changing() as state:
            state["next"] += 1
            pull = github["event"].get("pull_request")
            commit = self.host.pull_head(pull["number"]) if pull else github["sha"]
            run = {"id": int(github["run_id"]), "head_sha": commit}
            artifact = {"id": state["next"], "name": name, "expired": False, "workflow_run": run}
            state["artifacts"].append(artifact)


def _starts(on: object, name: str, event: Mapping[str, Any]) -> bool:
    """Whether a workflow starts on an event, by its name, the action and, after a run, the workflow."""
    named = {on: {}} if isinstance(on, str) else on if isinstance(on, dict) else {key: {} for key in on}
    if name not in named:
        return False
    wanted = named[name] or {}
    if (
        isinstance(wanted, dict)
        and "workflows" in wanted
        and event["workflow"]["name"] not in wanted["workflows"]
    ):
        return False
    if isinstance(wanted, list):
        return event.get("schedule") in [each["cron"] for each in wanted]
    unknown = set(wanted) - {"types", "workflows", "inputs"}
    assert not unknown, f"the driver does not know how {unknown} choose"
    types = wanted.get("types", TYPES.get(name))
    return types is None or event.get("action") in types


def _group(workflow: dict) -> str:
    group = workflow["concurrency"]
    return group if isinstance(group, str) else group["group"]


def _prepare(clone: Path) -> None:
    """Make the environment of a clone ready, so that `.ci/setup site` finds it in place: the packages are
    those that run the tests, and the project is the clone's own."""
    packages = Path(yaml.__file__).parents[1]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own, programs = clone / ".venv" / "lib" / version / "site-packages", clone / ".venv" / "bin"
    own.mkdir(parents=True)
    programs.mkdir()
    (own / "project.pth").write_text(f"{clone / 'hooks'}\n{packages}\n")
    base = Path(sys.base_prefix) / "bin"
    (clone / ".venv" / "pyvenv.cfg").write_text(f"home = {base}\n")
    (programs / "python").symlink_to(base / version)
    start = f"#!{programs / 'python'}\nimport sys\nfrom {{}} import {{}} as run\nsys.exit(run())\n"
    for name, module, function in (
        ("charter", "charterpress.cli", "main"),
        ("mkdocs", "mkdocs.__main__", "cli"),
    ):
        (programs / name).write_text(start.format(module, function))
        (programs / name).chmod(0o755)
    files = [clone / name for name in ("requirements.txt", "requirements-tests.txt", "pyproject.toml")]
    sums = [_cksum(path, clone) for path in files if path.exists()]
    (clone / ".venv" / ".stamp").write_text("\n".join([f"made in {clone}", *sums]) + "\n")
    _take_compiled(clone)


def _take_compiled(clone: Path) -> None:
    """Give a clone the compiled modules of files that are the same here: to compile them takes longer than
    most commands."""
    for compiled in (ROOT / "hooks").rglob(f"*.{sys.implementation.cache_tag}.pyc"):
        name = compiled.parents[1].relative_to(ROOT) / f"{compiled.name.partition('.')[0]}.py"
        here, there = ROOT / name, clone / name
        if here.is_file() and there.is_file() and here.read_bytes() == there.read_bytes():
            times = here.stat()
            os.utime(there, ns=(times.st_atime_ns, times.st_mtime_ns))
            (there.parent / "__pycache__").mkdir(exist_ok=True)
            shutil.copy(compiled, there.parent / "__pycache__")


def _cksum(path: Path, folder: Path) -> str:
    command = ["cksum", path.name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def _pairs(path: Path) -> dict[str, str]:
    """What a step wrote as name=value, and empty the file for the next."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("")
    assert not [line for line in lines if "=" not in line], "the driver reads one line for each value"
    return dict(line.split("=", 1) for line in lines)
