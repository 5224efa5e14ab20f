"""What goes wrong outside: killed processes, full disks, closed folders, wrong clocks, two at once."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import fork_server
from builders import FIRST, release_draft, reword, write_charter
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from checkouts import checked_out, files
from sign_up_answers import ANSWERS, table

FAULTS = Path(__file__).parents[1] / "faults"
SOME = [3, pytest.param(100, marks=pytest.mark.long)]
"""How often a test kills what it is about: once in each way, and in the long tier a hundred times."""
KILLED = -9
MODULES = {"charter": "charterpress.cli", "mkdocs": "mkdocs", "properdocs": "properdocs"}
"""The commands that a fork can run, and their modules."""
NEW_PROCESS = {"FAULT_DAY", "FAULT_ORDER"}
"""What has to be wrong before anything is imported."""


def run(*command, cwd, **environment):
    """Do something, in a world as `environment` says; gives what came of it."""
    given = {"NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    given |= {"PYTHONPATH": str(FAULTS), "GIT_CEILING_DIRECTORIES": str(Path(cwd).parent)}
    env = os.environ | given | {name: str(value) for name, value in environment.items()}
    words = [str(each) for each in command]
    if words[0] in MODULES:
        if words[0] in fork_server.ENTRY_POINTS and not NEW_PROCESS & environment.keys():
            return fork_server.run(*words, cwd=cwd, env=env)
        words = [sys.executable, "-m", MODULES[words[0]], *words[1:]]
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def build(folder, *options, **environment):
    return run("mkdocs", "build", *options, cwd=folder, **environment)


def charter(folder, *words, **environment):
    return run("charter", *words, cwd=folder, **environment)


def refused(done, code, *words):
    """That it ended with `code` and said `words` in one sentence, and no more than that."""
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said
    assert [each for each in words if each not in said] == [], said


def beside(site):
    return [each.name for each in site.parent.iterdir() if each.name.startswith(f".{site.name}.")]


def released(folder):
    """A small charter with a version, and a change that leads to the next."""
    root = write_charter(folder)
    release_draft(root, first=True)
    reword(root, "It does.", "It does so.")
    return root


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """A checkout, and the sites of a charter before and after a version was released: by name, the charter's
    folder and the files of its site."""
    old = released(tmp_path_factory.mktemp("old"))
    new = Path(shutil.copytree(old, tmp_path_factory.mktemp("new") / "charter"))
    release_draft(new, "2025-06-01")
    folder = checked_out(tmp_path_factory.mktemp("checkout"))
    made = {}
    for name, source in (("old", old), ("new", new)):
        done = build(folder, "--strict", CHARTER_SOURCE=source)
        assert done.returncode == 0, done.stderr
        made[name] = (source, files(folder / "site"))
    assert made["old"][1] != made["new"][1]
    return folder, made


@pytest.fixture
def old_site(sites, tmp_path):
    """Where an old site stands, what it holds, and the folder of the checkout."""
    folder, made = sites
    for name, content in made["old"][1].items():
        atomic.write_file(tmp_path / "public/site" / name, content)
    return tmp_path / "public/site", made["old"][1], folder


# --- Killed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", SOME)
def test_a_build_that_is_killed_leaves_a_whole_site(sites, tmp_path, times):
    """At any moment, often about the one in which the new site takes the place of the old one. What is left
    beside it is gone after the next build, which is the same as if nothing had happened."""
    folder, made = sites
    site, stands = tmp_path / "site", "old"
    for name, content in made["old"][1].items():
        atomic.write_file(site / name, content)
    count, begun = tmp_path / "count", time.monotonic()
    done = build(folder, "--site-dir", site, CHARTER_SOURCE=made["old"][0], FAULT_COUNT=count)
    assert done.returncode == 0, done.stderr
    takes = time.monotonic() - begun
    total, *exchanges = map(int, count.read_text().split())
    chance, kills, after = random.Random(times), 0, 0  # noqa: S311
    while kills < times:
        fault = {
            0: lambda: {"FAULT_KILL": chance.choice(exchanges or [total]) + chance.randint(-1, 1)},
            1: lambda: {"FAULT_KILL": chance.randint(1, total)},
            2: lambda: {"FAULT_MOMENT": chance.uniform(0.02, takes)},
        }[kills % 3]()
        aim = "new" if stands == "old" else "old"
        done = build(folder, "--site-dir", site, CHARTER_SOURCE=made[aim][0], **fault)
        assert done.returncode in (0, KILLED), done.stderr
        kills += done.returncode == KILLED
        found = files(site)
        assert found in (made[stands][1], made[aim][1]), fault
        if found == made[aim][1]:
            stands, after = aim, after + (done.returncode == KILLED)
    print(f"{kills} killed, {after} of them after the new site was in its place")  # noqa: T201
    assert build(folder, "--strict", "--site-dir", site, CHARTER_SOURCE=made["new"][0]).returncode == 0
    assert (files(site), beside(site)) == (made["new"][1], [])
    assert not list((folder / "charter").rglob(".*"))


RELEASE = ("release", "--date", "2025-06-01")
SIGN = ("sign", "--from", "form.csv")


def made_for(words, folder):
    """A charter that can be released, or signed by three organisations whose forms lie beside it."""
    root = released(folder)
    (folder / "CHANGELOG.md").write_text("# Changes\n")
    if words == SIGN:
        root = Path(shutil.rmtree(root) or write_charter(folder))
        release_draft(root, first=True)
        rows = [
            {
                "name": f"{name} Club",
                "website": f"https://{name.lower()}-club.org.uk/",
                "pledge": "We keep a berth free. " * 20,
            }
            for name in ("Pier", "Quay", "Weir")
        ]
        assert ANSWERS["name"] == "Quay Club"
        (folder / "form.csv").write_text(table(*rows))
    return root


@pytest.mark.parametrize("times", SOME)
@pytest.mark.parametrize("words", [RELEASE, SIGN], ids=["release", "sign-up"])
def test_a_command_that_is_killed_leaves_the_repository_whole(tmp_path, words, times):
    """Nothing has changed, or the check says what was broken off; given once more, the command leads to what
    it would have led to."""
    start = tmp_path / "start"
    made_for(words, start)
    old = files(start)
    end = Path(shutil.copytree(start, tmp_path / "end"))
    count = tmp_path / "count"
    assert charter(end, *words, FAULT_COUNT=count).returncode == 0
    new = files(end)
    assert old != new
    total = int(count.read_text().split()[0])
    assert total > 10  # or it would be killed at few steps
    chance, ends = random.Random(times), []  # noqa: S311
    for kill in range(times):
        folder = Path(shutil.copytree(start, tmp_path / f"kill-{kill}"))
        done = charter(folder, *words, FAULT_KILL=chance.randint(1, total))
        assert done.returncode == KILLED, done.stderr
        left = {name: data for name, data in files(folder).items() if "/.staged/" not in name}
        whole = left in (old, new)
        checked = charter(folder, "check")
        assert whole or (checked.returncode == 1 and "[release-unfinished]" in checked.stdout), checked.stdout
        again = charter(folder, *words)
        assert "Traceback" not in again.stderr
        assert files(folder) == new
        ends.append("old" if left == old else "new" if left == new else "broken off, and told of")
        shutil.rmtree(folder)
    print({end: ends.count(end) for end in sorted(set(ends))})  # noqa: T201


# --- The disk refuses --------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_site(old_site, sites):
    """A real one, which has room for one site and a half."""
    site, old, folder = old_site
    mount = "mount -t tmpfs -o size=$1k none $2"
    room = sum(-(-len(data) // 4096) * 4 for data in old.values()) * 3 // 2
    if run("unshare", "-m", "sh", "-c", mount, "sh", room, site, cwd=folder).returncode:
        pytest.skip("a small disk can be made here by nobody, or only by the superuser")
    script = f"""
        {mount}; cp -a $3 $2/site
        $4 -m mkdocs build --site-dir $2/site; code=$?
        diff -r $3 $2/site && ls -A $2; exit $code
    """
    disk = site.parent / "disk"
    disk.mkdir()
    words = ("sh", room, disk, site, sys.executable)
    done = run("unshare", "-m", "sh", "-c", script, *words, cwd=folder, CHARTER_SOURCE=sites[1]["new"][0])
    refused(done, 1, "No space left on device; the site was left as it was")
    assert done.stdout.splitlines()[-1:] == ["site"]


@pytest.mark.parametrize("kilobytes", [2, pytest.param(20, marks=pytest.mark.long), 60])
def test_a_disk_that_takes_only_small_files_leaves_the_old_site(old_site, sites, kilobytes):
    site, old, folder = old_site
    world = {"CHARTER_SOURCE": sites[1]["new"][0], "FAULT_LARGEST": kilobytes * 1024}
    done = build(folder, "--site-dir", site, **world)
    refused(done, 1, "File too large; the site was left as it was")
    assert (files(site), beside(site)) == (old, [])


@pytest.mark.parametrize("words", [RELEASE, SIGN], ids=["release", "sign-up"])
def test_a_full_disk_changes_nothing_in_the_charter(tmp_path, words):
    made_for(words, tmp_path)
    old = files(tmp_path)
    done = charter(tmp_path, *words, FAULT_LARGEST=1024 if words == RELEASE else 400)
    refused(done, 2, "error: ", "File too large", "charter/")
    assert "None" not in done.stderr
    assert {name: data for name, data in files(tmp_path).items() if "/.staged/" not in name} == old


@pytest.fixture
def closed():
    """closed(folder): lets nobody write in it until the test is over; gives a world in which this holds for
    the superuser too."""
    modes = {}

    def close(folder, mode=0o555):
        modes[folder] = folder.stat().st_mode & 0o7777
        folder.chmod(mode)
        if os.geteuid():
            return {}
        if sys.platform != "linux":
            pytest.skip("nothing is closed to the superuser")
        return {"FAULT_MODES": "1"}

    yield close
    for folder, mode in modes.items():
        folder.chmod(mode)


def test_a_site_in_a_closed_folder_stays(old_site, sites, closed):
    site, old, folder = old_site
    world = closed(site.parent)
    done = build(folder, "--site-dir", site, CHARTER_SOURCE=sites[1]["new"][0], **world)
    refused(done, 1, f"{site.parent}/", "Permission denied; the site was left as it was")
    assert (files(site), beside(site)) == (old, [])


def test_a_file_in_the_place_of_the_site_is_named(sites, tmp_path):
    folder, made = sites
    (tmp_path / "site").write_text("a file")
    done = build(folder, "--site-dir", tmp_path / "site", CHARTER_SOURCE=made["new"][0])
    refused(done, 1, f"{tmp_path}/site: Not a directory; the site was left as it was")


def test_a_build_that_can_keep_nothing_says_so_or_does_without(old_site, sites, closed):
    site, _, folder = old_site
    kept = site.with_name("kept")
    kept.mkdir()
    world = {"CHARTER_SOURCE": sites[1]["new"][0], "XDG_CACHE_HOME": kept} | closed(kept)
    done = build(folder, "--site-dir", site, **world)
    assert (done.returncode, files(site)) == (0, sites[1]["new"][1]), done.stderr
    sentence = f"the cache folder {kept}/charterpress cannot be written (Permission denied), so everything"
    assert done.stderr.count(sentence) == 1
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "where"),
    [(RELEASE, "releases"), (SIGN, "."), (("new", "change", "--why", "It grew."), ".")],
    ids=["release", "sign-up", "note"],
)
def test_a_closed_folder_is_named_and_nothing_changes(tmp_path, closed, words, where):
    made_for(words, tmp_path)
    if words[0] == "new":
        shutil.rmtree(tmp_path / "charter/changes")
    old = files(tmp_path)
    done = charter(tmp_path, *words, **closed(tmp_path / "charter" / where))
    refused(done, 2, "error: charter/", "Permission denied")
    assert files(tmp_path) == old


def test_a_charter_that_may_not_be_read_is_named(sites, tmp_path, closed):
    root = write_charter(tmp_path)
    world = closed(root / FIRST, 0o000)
    for done in (
        build(sites[0], "--site-dir", tmp_path / "site", CHARTER_SOURCE=root, **world),
        charter(tmp_path, "check", **world),
    ):
        refused(done, 1, FIRST, "[file-unreadable]")
    assert not (tmp_path / "site").exists()


# --- The clock ---------------------------------------------------------------------------------------


def test_a_clock_in_1970_is_told_of(sites, tmp_path):
    folder, made = sites
    words = "2024-12-01, which is in the future", "look at this computer’s clock first"
    day, source = "1970-01-01", made["old"][0]
    done = build(folder, "--site-dir", tmp_path / "site", CHARTER_SOURCE=source, FAULT_DAY=day)
    refused(done, 1, "[release-future]", *words)
    refused(charter(source.parent, "check", FAULT_DAY=day), 1, *words)
    root = write_charter(tmp_path)
    done = charter(tmp_path, "release", "--first", FAULT_DAY=day)
    refused(done, 2, f"error: this computer’s clock says that it is {day}", "set it")
    assert not (root / "releases").exists()


def test_a_charter_that_nothing_is_dated_in_is_built_in_1970_too(sites, tmp_path):
    root = write_charter(tmp_path)
    for site, day in (("then", {"FAULT_DAY": "1970-01-01"}), ("now", {})):
        done = build(sites[0], "--strict", "--site-dir", tmp_path / site, CHARTER_SOURCE=root, **day)
        assert done.returncode == 0, done.stderr
    assert files(tmp_path / "then") == files(tmp_path / "now")


# --- Two at a time -----------------------------------------------------------------------------------


def test_two_builds_at_a_time_leave_one_of_their_sites(sites, tmp_path):
    folder, made = sites
    site, log = tmp_path / "site", tmp_path / "log"
    command = ("mkdocs", "build", "--strict", "--site-dir", site)
    both = [
        fork_server.start(
            *command, cwd=folder, env=os.environ | {"CHARTER_SOURCE": str(made[name][0])}, out=log, err=log
        )
        for name in ("old", "new")
    ]
    assert [each.wait() for each in both] == [0, 0], log.read_text()
    assert files(site) in (made["old"][1], made["new"][1])
    assert beside(site) == []


@pytest.mark.parametrize("words", [RELEASE, SIGN, ("new", "change")], ids=["release", "sign-up", "note"])
def test_a_second_command_in_the_same_charter_is_told_to_wait(tmp_path, words):
    made_for(words, tmp_path)
    old = files(tmp_path)
    with exclusive_lock(tmp_path / "charter"):
        done = charter(tmp_path, *words)
    refused(done, 2, "error: another command is writing in “charter” just now: try again when it is done")
    assert files(tmp_path) == old


# --- git ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("git", "says"), [("missing", "git is not installed here"), ("no repository", "not a git repository")]
)
def test_without_git_or_a_repository_a_site_is_built_and_what_needs_them_says_so(sites, tmp_path, git, says):
    folder, made = sites
    world = {"PATH": str(tmp_path)} if git == "missing" else {}
    source = made["new"][0]
    done = build(folder, "--strict", "--site-dir", tmp_path / "site", CHARTER_SOURCE=source, **world)
    refused(
        done,
        0,
        "no git repository is here, or git is not installed: the site is built",
    )
    assert files(tmp_path / "site") == made["new"][1]
    for words in (("check", "--changed-since", "main"), ("ci", "publish", "--tag")):
        refused(charter(source.parent, *words, **world), 2, "error: ", says)
    refused(charter(source.parent, "verify", **world), 0, "git could not be asked how each version was first")


# --- The build itself fails --------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["mkdocs", pytest.param("properdocs", marks=pytest.mark.long)])
def test_a_build_that_fails_or_warns_leaves_the_old_site(old_site, sites, tmp_path, host):
    """A template that is broken, and met when half of the pages are there; a warning, which each host counts
    in a place of its own when all is written."""
    site, old, folder = old_site
    copy = Path(shutil.copytree(folder, tmp_path / "copy", symlinks=True))
    command = (host, "build", "-f", "mkdocs.yml", "--site-dir", site)
    page = copy / "docs/index.md"
    page.write_text(page.read_text() + "\n[nowhere](not-there.md)\n")
    done = run(*command, "--strict", cwd=copy, CHARTER_SOURCE=sites[1]["new"][0])
    refused(done, 1, "in strict mode!")
    assert (files(site), beside(site)) == (old, [])
    pager = copy / "overrides/partials/pager.html"
    pager.parent.mkdir(exist_ok=True)
    pager.parent.mkdir(exist_ok=True)
    pager.write_text("{{ no_such_thing.at_all }}")
    assert run(*command, cwd=copy, CHARTER_SOURCE=sites[1]["new"][0]).returncode != 0
    assert (files(site), beside(site)) == (old, [])
    pager.unlink()
    assert run(*command, cwd=copy, CHARTER_SOURCE=sites[1]["new"][0]).returncode == 0
    assert files(site) != old


# --- Another host, or none of ours -------------------------------------------------------------------


@pytest.mark.parametrize("host", ["mkdocs", pytest.param("properdocs", marks=pytest.mark.long)])
def test_a_build_in_which_the_plugin_did_not_run_fails_and_says_so(sites, tmp_path, host):
    """As with settings that name no plugin, which would publish a site without the charter."""
    folder = sites[0]
    ignored = shutil.ignore_patterns("site")
    copy = Path(shutil.copytree(folder, tmp_path / "copy", symlinks=True, ignore=ignored))
    settings = copy / "mkdocs.yml"
    text = settings.read_text()
    before, _, rest = text.partition("plugins:")
    settings.write_text(f"{before}plugins: []\nnav:{rest.partition('nav:')[2]}")
    done = run(host, "build", "-f", "mkdocs.yml", cwd=copy)
    assert done.returncode != 0
    assert "the plugin charterpress did not run, so the charter would not be in this site" in done.stderr
    assert [name for name in files(copy / "site") if name.endswith(".html")] == []


@pytest.mark.long
def test_properdocs_builds_the_same_site_byte_for_byte(tmp_path):
    """The fork that goes on where MkDocs 1.x ends, of a charter with a history and signatories."""
    folder = checked_out(tmp_path / "checkout", Path(__file__).parents[1] / "example/brambleford")
    for host in ("mkdocs", "properdocs"):
        command = (host, "build", "-f", "mkdocs.yml", "--strict", "--site-dir", tmp_path / host)
        done = run(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
    assert len(files(tmp_path / "mkdocs")) > 200
    assert files(tmp_path / "properdocs") == files(tmp_path / "mkdocs")


# --- This world --------------------------------------------------------------------------------------


def test_the_world_is_as_wrong_as_it_is_told_to_be(tmp_path):
    """The clock and the order of files, without which the tests that use them would show nothing."""
    code = "import datetime, os, time; print(datetime.date.today(), time.gmtime().tm_year, *os.listdir())"
    for name in "abcdefgh":
        (tmp_path / name).touch()
    orders = set()
    for seed in "123":
        day, year, *names = run(
            sys.executable, "-c", code, cwd=tmp_path, FAULT_DAY="2031-05-17", FAULT_ORDER=seed
        ).stdout.split()
        assert (day, year, sorted(names)) == ("2031-05-17", "2031", list("abcdefgh"))
        orders.add(tuple(names))
    assert len(orders) == 3
