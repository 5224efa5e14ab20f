"""What is written down is true: commands, options, rules, targets, links; and what no file may hold."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import textwrap
import tomllib
from pathlib import Path

import pytest

import fork_server
from charterpress.checks import RULES
from charterpress.checks.schema import SCHEMAS
from charterpress.editing.starter import Answers, Package, starter_files
from charterpress.model import Role
from charterpress.outputs.data import competencies, signatories
from charterpress.outputs.data.reports import ANSWER_COLUMNS
from charterpress.read import load
from charterpress.views import addresses
from charterpress.views.signatories import STANDINGS
from package_pages import SOURCES, package_page
from words import plain, text_of

ROOT = Path(__file__).resolve().parents[1]
FRONT = ("README.md", "CONTRIBUTING.md")
ADOPT = "developers/adopt.md"

# Written in two parts, so that this file does not hold what it looks for.
HOSTS = (
    *(("pypi", ".org"), ("python", "hosted.org"), ("npm", "js.org"), ("npm", "js.com")),
    *(("deb.", "debian.org"), ("crates", ".io"), ("proxy.", "golang.org")),
)
FORBIDDEN = {
    "a registry's host": re.compile("|".join(re.escape(first + rest) for first, rest in HOSTS)),
    "a path of one machine": re.compile(r"(?<![\w.*}$-])/(?:work|tmp|root|home|opt|Users)/" + r"\w"),
}


def run(*command: str | Path, cwd: Path = ROOT, code: int = 0) -> str:
    """What a command says, when it ends with the exit code that is expected."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    env |= {"COLUMNS": "100"}
    if command[0] == "charter":
        result = fork_server.run(*command, cwd=cwd, env=env)
    else:
        result = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == code, result.stdout + result.stderr
    return result.stdout + result.stderr


def tracked() -> list[Path]:
    """Every file that is in the repository or about to be; without git, every file that is not made by us."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        names = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    made = {".venv", "site", ".cache", "node_modules", "__pycache__"} | {
        line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    }
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not made & set(path.relative_to(ROOT).parts) and ".egg-info" not in str(path)
    ]


def pages() -> str:
    files = [*(ROOT / name for name in FRONT), *sorted((ROOT / "docs").rglob("*.md"))]
    own = (path.read_text(encoding="utf-8") for path in files)
    return "\n".join([*own, *(package_page(name) for name in SOURCES if name.endswith(".md"))])


def page_of(name: str) -> str:
    return package_page(name) if name in SOURCES else (ROOT / "docs" / name).read_text(encoding="utf-8")


def targets() -> dict[str, str]:
    """The targets of the Makefile, with the sentence that says what each does."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z-]+):.*?## (.+)$", makefile, re.MULTILINE))


# --- The command and its rules -----------------------------------------------------------------------


def test_every_command_and_option_is_documented():
    waiting, wanted, said = [()], [], set()
    while waiting:
        words = waiting.pop()
        shown = run("charter", *words, "--help")
        wanted.append(" ".join(("charter", *words)))
        said |= set(re.findall(r"--[a-z-]+", shown))
        below = re.findall(r"(?m)^    ([a-z][a-z-]*)(?:  |$)", shown.partition("\n  COMMAND\n")[2])
        waiting += [(*words, name) for name in below]
    assert {"charter check", "charter new principle"} <= set(wanted)
    wanted += sorted(said - {"--help"})
    written = pages()
    assert [each for each in wanted if not re.search(rf"{re.escape(each)}(?![\w-])", written)] == []


def test_every_rule_is_explained_on_the_site(built_site):
    shown = text_of((built_site / "editors" / "rules" / "index.html").read_text(encoding="utf-8"))
    shown = " ".join(shown.split())
    assert RULES
    assert [rule.id for rule in RULES if rule.id not in shown] == []
    assert [rule.id for rule in RULES if not (ROOT / "tests" / "cases" / rule.id).is_dir()] == []


def test_the_example_of_a_finding_is_what_the_command_says(tmp_path):
    """CONTRIBUTING shows an editor the real words: the title of a principle, made too long."""
    source = tmp_path / "charter"
    shutil.copytree(ROOT / "charter", source)
    principle = next(path for path in sorted(source.rglob("themes/*/*.md")) if path.name != "index.md")
    title = "Partnership by default, unless there is a good case for going alone and we have written it down"
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", principle.read_text(encoding="utf-8"), count=1)
    principle.write_text(text, encoding="utf-8")
    said = run("charter", "check", cwd=tmp_path, code=1)
    example = _block((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), "check: title-too-long")
    assert example.strip()
    # The file is another one in the example, so that it reads well; all else is word for word.
    said = said.replace(principle.relative_to(tmp_path).as_posix(), "FILE")
    assert re.sub(r"(?m)^charter/\S+?(?=:\d)", "FILE", example).strip() in said


def released(folder: Path) -> Path:
    """Makes the charter that `charter init` writes version 1.0.0 in `folder`, signed by nobody: there the
    examples of the package's pages begin. Gives the charter's folder."""
    for path, data in starter_files(Answers(), Package(version="0.1.0")).items():
        if path.startswith("charter/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    source = folder / "charter"
    run("charter", "release", "--first", "--date", "2026-11-23", cwd=folder)
    return source


def test_the_example_of_a_change_is_what_the_command_says(tmp_path):
    """The page for editors shows a note, and what `charter status` says of the change that it is about."""
    page = page_of("editors/versions.md")
    note, status = _block(page, "note"), _block(page, "status")
    source = released(tmp_path)
    path = source / "themes" / "sharing" / "keep-the-diary.md"
    text = path.read_text(encoding="utf-8")
    old, new = "before we tell anyone about the event", "before we invite anyone to the event"
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    (source / "changes").mkdir(exist_ok=True)
    (source / "changes" / "invitations.md").write_text(note, encoding="utf-8")
    assert run("charter", "status", cwd=tmp_path) == status
    assert new in run("charter", "diff", "1.0.0", "draft", "--format", "json", cwd=tmp_path)


def _block(page: str, name: str) -> str:
    """What stands in the block of code that follows the comment `name`."""
    return re.search(rf"<!-- {name} -->\n *```\w+\n(.*?)```", page, re.DOTALL)[1]


def entry_of(page: str, folder: Path) -> tuple[Path, str]:
    """Releases the starter charter; gives where the page's entry would be written, and the entry."""
    slug = re.search(r"<!-- entry: (\S+) -->", page)[1]
    signatories_ = released(folder) / "signatories"
    signatories_.mkdir(exist_ok=True)
    return signatories_ / f"{slug}.yml", _block(page, f"entry: {slug}")


def test_the_example_of_an_entry_passes_and_the_faulty_one_is_told_of_in_these_words(tmp_path):
    """The page for editors shows a signatory's file, what the check says of two faults in it, and how one
    withdraws."""
    page = page_of("editors/signatories.md")
    file, entry = entry_of(page, tmp_path)
    order = "The charter is in order: 5 principles in 2 themes.\n"
    for text in (entry, entry + _block(page, "withdrawal")):
        file.write_text(text, encoding="utf-8")
        assert run("charter", "check", cwd=tmp_path) == order
    faulty = entry.replace("kind: neighbourhood group", "kind: neighbourhood kitchen")
    faulty = faulty.replace("of the committee", "of the committee, chair@harbour-lane-kitchen.example")
    file.write_text(faulty, encoding="utf-8")
    said = run("charter", "check", cwd=tmp_path, code=1)
    assert said == _block(page, "check: entry") + "\n2 errors in 1 file.\n"


def test_the_commands_that_ask_for_pages_run_as_they_are_shown(tmp_path):
    """Every line that begins with `charter links`, where the organisation names no page to ask for."""
    page = page_of("editors/signatories.md")
    file, entry = entry_of(page, tmp_path)
    file.write_text(re.sub(r"(?m)^ +link: .*\n", "", entry), encoding="utf-8")
    lines = sorted(set(re.findall(r"(?m)^charter (links .+)$", pages())))
    assert len(lines) == 3
    for line in lines:
        run("charter", *line.split(), cwd=tmp_path)


def test_the_words_for_how_a_signatory_stands_are_those_of_the_list():
    page = page_of("sign.md")
    table = page.partition("| the list says |")[2].partition("\n\n")[0]
    assert re.findall(r"(?m)^\| ([^|-]+?) \|", table) == list(STANDINGS.values())


def test_every_column_of_the_table_and_every_file_for_programs_is_described():
    """On the page of data, by name; the schemas that describe them are published."""
    page = page_of("editors/data.md")
    table = page.partition("## The columns of signatories.csv")[2].partition("\n## ")[0]
    assert re.findall(r"(?m)^\| `(\w+)` \|", table) == [*signatories.COLUMNS, *signatories.REPORT_COLUMNS]
    table = page.partition("## The columns of reports.csv")[2].partition("\n## ")[0]
    cells = " ".join(re.findall(r"(?m)^\| (`[^|]+`) \|", table))
    assert re.findall(r"`(\w+)`", cells) == list(ANSWER_COLUMNS)
    published = [
        f"schemas/{each.name}" for each in (ROOT / "hooks/charterpress/outputs/data/schemas").iterdir()
    ]
    published += [addresses.SIGNATORIES_FEED, addresses.VERSIONS_FEED]
    published += [addresses.REGISTER_JSON, addresses.REGISTER_CSV]
    published += [addresses.COMPETENCIES_JSON, addresses.COMPETENCIES_CSV]
    table = page.partition("## The columns of competencies.csv")[2].partition("\n## ")[0]
    assert re.findall(r"(?m)^\| `(\w+)` \|", table) == list(competencies.COLUMNS)
    assert [name for name in sorted(published) if f"| `{name}` |" not in page] == []


def test_the_example_of_words_for_practice_passes_the_check(tmp_path):
    page = page_of("editors/write-a-principle.md")
    released(tmp_path)
    run("charter", "new", "principle", "sharing", "Say what went wrong", cwd=tmp_path)
    text = _block(page, "file: say-what-went-wrong")
    keys = _block(page, "keys: practice")
    before, _, after = text.partition("behaviours:\n")
    text = before + keys + after[after.index("questions:") :]
    (tmp_path / "charter/themes/sharing/say-what-went-wrong.md").write_text(text, encoding="utf-8")
    run(
        "charter",
        "new",
        "change",
        "--why",
        "Groups found out for themselves.",
        cwd=tmp_path,
    )
    assert "is in order" in run("charter", "check", cwd=tmp_path)
    (principle,) = (
        each
        for _, each in load(tmp_path / "charter").charter.principles()
        if each.id == "say-what-went-wrong"
    )
    assert len(principle.plain) == 2
    assert principle.behaviours[0].interview.endswith("How did they hear of it?")


def test_the_worked_example_of_a_principle_runs_as_it_is_shown(tmp_path):
    """From the first command to a check without a finding, by nothing but what the page shows."""
    page = page_of("editors/write-a-principle.md")
    source = released(tmp_path)

    def typed(name: str, code: int = 0) -> str:
        line = shlex.split(_block(page, f"run: {name}"))
        assert line[0] == "charter"
        return run("charter", *line[1:], cwd=tmp_path, code=code)

    assert typed("principle") == _block(page, "said: principle")
    file = source / re.search(r"wrote  charter/(\S+)", _block(page, "said: principle"))[1]
    named = re.search(r"<!-- file: (\S+) -->", page)[1]
    assert file.stem == named
    assert _block(page, "said: check") in typed("check", 1)
    file.write_text(_block(page, f"file: {named}"), encoding="utf-8")
    assert typed("note") == _block(page, "said: note")
    assert typed("done") == _block(page, "said: done")
    assert "nothing is in its way: charter release" in run("charter", "status", cwd=tmp_path)


RUN_ELSEWHERE = {
    "charter serve": "tests/cli/test_build.py",
    "charter serve --address 127.0.0.1:8001": "tests/cli/test_build.py",
    "charter build --site-url https://charter.example/": "tests/cli/test_build.py",
    "charter publish --check --site-url https://charter.org/": "tests/cli/test_ci_publish.py",
    "charter sign --from FILE": "tests/cli/test_sign.py",
}
"""Commands on the page about a charter of one's own that its test does not run, and what runs them."""


def test_every_command_on_the_page_about_a_charter_of_ones_own_runs(tmp_path):
    """In the order of the page, in the folder that its first command makes, and from another for the charter
    that has a history; what installs and upgrades the package is run by tests/test_installed.py."""
    page = page_of(ADOPT)
    ran = {"charter init"}

    def typed(name: str, folder: Path) -> Path:
        for line in textwrap.dedent(_block(page, f"run: {name}")).splitlines():
            ran.add(line)
            word, *rest = shlex.split(line)
            if word == "cd":
                folder /= rest[0]
            else:
                run(word, *rest, cwd=folder)
        return folder

    typed("init", tmp_path)
    folder = typed("first site", tmp_path)
    assert (folder / "site/index.html").is_file()
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8").partition("plugins:")[0]
    (folder / "mkdocs.yml").write_text(settings + _block(page, "file: mkdocs.yml"), encoding="utf-8")
    for name in ("consultation", "first", "signatory"):
        typed(name, folder)
    for line in ("charter status", "charter check", "charter verify", "charter upgrade", "charter build"):
        ran.add(line)
        run(*shlex.split(line), cwd=folder)
    styles = (folder / "site").rglob("*.css")
    assert any("#7a1f3d" in path.read_text(encoding="utf-8") for path in styles)

    run("charter", "init", "older", cwd=tmp_path)
    typed("oldest", tmp_path / "older")
    preamble = tmp_path / "older/charter/preamble.md"
    preamble.write_text(preamble.read_text(encoding="utf-8").replace("in public", "aloud"), encoding="utf-8")
    typed("next", tmp_path / "older")
    assert (tmp_path / "older/charter/releases/2.0.0.json").is_file()

    written = re.findall(r"(?m)^ *(charter [a-z].*)$", "\n".join(re.findall(r"(?s)```sh\n(.*?)```", page)))
    written += re.findall(r"`(charter [a-z][^`]*)`", page)
    short = {'charter new change --why "…"', "charter release"}  # run above, with words
    assert sorted(set(written) - ran - short - set(RUN_ELSEWHERE)) == []
    assert [name for name in RUN_ELSEWHERE.values() if not (ROOT / name).is_file()] == []


def test_the_page_about_a_charter_of_ones_own_is_ten_minutes_of_reading():
    """At 200 words a minute; and it names every key of charter.yml."""
    page = page_of(ADOPT)
    assert len(page.split()) <= 2000
    assert set(SCHEMAS[Role.CHARTER]) <= set(re.findall(r"`([a-z_]+)`", page))


# --- make --------------------------------------------------------------------------------------------


def test_every_target_that_is_written_of_exists_and_could_run():
    """`make x` in README and CONTRIBUTING, and on the pages: what each would do is printed, not done."""
    written = set(re.findall(r"(?:^|`)make ([a-z-]+)", pages(), re.MULTILINE))
    assert written >= {"site", "test", "serve", "check", "audit", "bench"}
    assert sorted(written - set(targets())) == []
    for target in sorted(written):
        assert ".ci/setup" in run("make", "-n", target)


def test_make_alone_lists_every_target():
    listed = dict(re.findall(r"^make ([\w-]+) +(.+)$", run("make", "--no-print-directory"), re.MULTILINE))
    assert listed == targets()


def test_the_page_on_testing_names_every_tier_and_what_runs_it():
    """Each marker of pyproject.toml is left out of `make test` and run by the target that its row names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = project["tool"]["pytest"]["ini_options"]
    markers = {each.partition(":")[0] for each in options["markers"]}
    page = page_of("developers/testing.md")
    tiers = dict(re.findall(r"(?m)^\| (\S.*?) +\| `make ([\w-]+)` \|", page))
    assert {name.strip("`") for name in tiers if name.startswith("`")} == markers
    assert set(tiers.values()) <= set(targets())
    assert options["addopts"][-1] == " and ".join(f"not {marker}" for marker in sorted(markers))
    everything = run("make", "--no-print-directory", "-n", "test-all")
    for options_of_pytest in ('-m "not serial" --hypothesis-profile=long', "-m serial"):
        assert f"pytest {options_of_pytest}" in everything.replace("-n 3 --dist worksteal ", "")
    for target in set(tiers.values()) - {"test", "test-all"}:
        steps = run("make", "--no-print-directory", "-n", target, "FUZZ_SECONDS=3")
        assert steps in everything


@pytest.mark.parametrize(
    ("target", "steps"),
    [
        ("site", [".ci/setup site", ".venv/bin/charter build"]),
        ("manual", [".ci/setup site", ".venv/bin/mkdocs build --strict -f manual.yml"]),
        ("test", [".ci/setup tests chromium", ".venv/bin/pytest -n 3"]),
        (
            "check",
            [".ci/setup tests", *(f".venv/bin/{x}" for x in ("ruff check", "ruff format --check", "mypy"))],
        ),
    ],
)
def test_a_target_does_what_its_sentence_says(target, steps):
    lines = run("make", "--no-print-directory", "-n", target).splitlines()
    assert len(lines) == len(steps)
    assert [line for line, step in zip(lines, steps, strict=True) if not line.startswith(step)] == []


# --- What files hold ---------------------------------------------------------------------------------


def test_no_file_names_a_registry_or_a_place_of_one_machine():
    """Whoever clones this has another mirror and other folders."""
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [
            (path.relative_to(ROOT).as_posix(), what, match[0])
            for what, pattern in FORBIDDEN.items()
            for match in pattern.finditer(text)
        ]
    assert found == []


@pytest.mark.parametrize("name", [*FRONT, "LICENSE-TEXT.md", "CHANGELOG.md"])
def test_every_link_between_files_leads_somewhere(name):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        if target.startswith("http") or "a-principle.md" in target:
            continue
        path, _, anchor = target.partition("#")
        file = ROOT / path if path else ROOT / name
        if not file.exists():
            broken.append(target)
        elif anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", file.read_text(encoding="utf-8"))
            if anchor not in {plain(each).lower().replace(" ", "-") for each in headings}:
                broken.append(target)
    assert broken == []


def test_a_forbidden_word_would_be_found():
    assert FORBIDDEN["a registry's host"].search("https://pypi" + ".org/simple")
    assert FORBIDDEN["a path of one machine"].search("see /" + "work/main")
    assert not FORBIDDEN["a path of one machine"].search(
        "https://example.org/" + "work/main and /framework/a"
    )


def test_no_page_has_the_marks_of_a_merge_conflict():
    """Git keeps them where somebody commits a merge that was never finished."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCES["sign.md"].parent.rglob("*.md")]
    marked = [page.name for page in pages if re.search(r"(?m)^(?:<{7}|>{7}) ", page.read_text("utf-8"))]
    assert (len(pages) > 20, marked) == (True, [])
