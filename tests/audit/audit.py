"""Judges the built site: valid HTML (the Nu checker), whole links (hyperlink), Lighthouse; and the workflows:
GitHub's own parser and language service, and action-validator.

Run by `make audit`, which builds the site and installs what this needs. Exit code 0: nothing found.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SITE = HERE.parents[1] / "site"
WORKFLOWS = HERE.parents[1] / ".github" / "workflows"
ENGINE = HERE.parent / "forges" / "engine" / "vendor"
PROGRAMS = HERE / "node_modules" / ".bin"
sys.path.insert(0, str(HERE.parent))

from conftest import CHROMIUM_FLAGS, find_chromium  # noqa: E402 - the tests' folder is put on the path above
from node import NODE  # noqa: E402
from site_server import serve  # noqa: E402

CATEGORIES = {"performance": 0, "accessibility": 95, "best-practices": 95, "seo": 0}
"""Lighthouse's categories, and the least score (of 100) that passes; speed varies with the machine."""

QUIET = {"capture_output": True, "text": True}
NOT_OF_FILES = "violates Content Security Policy"
"""The policy speaks of the site's own host, and a file has none: the browser tests hold the pages to it."""


def but_known(found: list[str], pages: int) -> list[str]:
    """What was found, without the faults that known-faults.txt accepts in just this number."""
    lines = (HERE / "known-faults.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        count, says, _reason = line.split(" | ")
        known = [fault for fault in found if re.search(says, fault)]
        found = [fault for fault in found if fault not in known]
        expected = pages if count == "each" else int(count)
        if len(known) != expected:
            found.append(f"known fault /{says}/ stands {len(known)} times, not {expected}")
    return found


def check_html(site: Path) -> list[str]:
    """What the Nu checker says of every page, errors and warnings alike."""
    pages = sorted(site.rglob("*.html"))
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    result = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, "--format", "json", "--stdout", *pages], check=False, **QUIET
    )
    try:
        messages = json.loads(result.stdout)["messages"]
    except (json.JSONDecodeError, KeyError):
        return [f"the Nu checker did not run: {result.stderr.strip() or result.stdout.strip()}"]
    found = [
        f"{each['url'].rpartition(f'/{site.name}/')[2]}:{each.get('lastLine', 0)}: {each['message']}"
        for each in messages
        if NOT_OF_FILES not in each["message"]
    ]
    print(f"html: {len(pages)} pages, {len(found)} messages")
    return found


def check_links(site: Path) -> list[str]:
    """Links and anchors within the site that lead nowhere."""
    pages = sorted(site.rglob("*.html"))
    result = subprocess.run(
        [PROGRAMS / "hyperlink", "--recursive", "--internal", "--root", site, *pages],
        cwd=site.parent,
        check=False,
        **QUIET,
    )
    total = re.search(r"^# tests (\d+)", result.stdout, re.MULTILINE)
    if not total:
        return [f"hyperlink did not run: {result.stderr.strip()}"]
    broken = re.findall(r"^not ok \d+ (.+)\n(?:.*\n)*?\s+at: (.+)", result.stdout, re.MULTILINE)
    print(f"links: {total[1]} addresses and anchors, {len(broken)} broken")
    failed = re.search(r"^# fail +(\d+)", result.stdout, re.MULTILINE)
    if failed and not broken:
        return [result.stdout]
    return [f"{where}: {what}" for what, where in broken]


def lighthouse(address: str) -> subprocess.CompletedProcess[str]:
    """Runs Lighthouse on one page; once more where a busy machine gave it nothing to measure."""
    for _ in range(2):
        result = subprocess.run(
            [
                *(PROGRAMS / "lighthouse", address, "--quiet", "--output=json"),
                f"--chrome-flags={' '.join(('--headless=new', *CHROMIUM_FLAGS))}",
                f"--only-categories={','.join(CATEGORIES)}",
            ],
            env={**os.environ, "CHROME_PATH": find_chromium()},
            check=False,
            **QUIET,
        )
        if not result.returncode:
            break
    return result


def check_lighthouse(site: Path) -> list[str]:
    """Scores of Lighthouse that are too low, for the home page, the whole charter and one principle."""
    principle = min(site.glob("charter/*/*/index.html")).parent.relative_to(site).as_posix()
    found = []
    with serve(site) as address:
        for path in ("", "charter/", f"{principle}/"):
            result = lighthouse(address + path)
            if result.returncode:
                return [f"Lighthouse did not run: {result.stderr.strip()}"]
            report = json.loads(result.stdout)
            scores = {name: round((each["score"] or 0) * 100) for name, each in report["categories"].items()}
            print(f"lighthouse: /{path}: {', '.join(f'{name} {score}' for name, score in scores.items())}")
            for name, least in CATEGORIES.items():
                lost = [
                    f"    {report['audits'][each['id']]['title']}"
                    for each in report["categories"][name]["auditRefs"]
                    if each["weight"] and report["audits"][each["id"]]["score"] not in (None, 1)
                ]
                if scores[name] < least:
                    found.append("\n".join([f"/{path}: {name} is {scores[name]}, not {least}", *lost]))
                elif scores[name] < 100:
                    print("\n".join([f"  {name} lost points for:", *lost]))
    return found


def check_workflows(folder: Path) -> list[str]:
    """What GitHub's own parser and action-validator find in the workflows; and files of its expression engine
    that are not those of its package."""
    command = [
        NODE,
        "--import",
        HERE / "json_modules.mjs",
        HERE / "workflows.mjs",
        *sorted(folder.glob("*.yml")),
    ]
    result = subprocess.run(command, check=False, **QUIET)
    if result.returncode:
        return [f"GitHub's parser did not run: {result.stderr.strip()}"]
    workflows = json.loads(result.stdout)
    found = [f"{Path(each['path']).name}: {fault}" for each in workflows for fault in each["faults"]]
    print(f"workflows: {len(workflows)} files, {len(found)} faults")
    package = HERE / "node_modules" / "@actions" / "expressions" / "dist"
    files = [path.relative_to(ENGINE) for path in ENGINE.rglob("*.js")]
    other = [path for path in files if (package / path).read_bytes() != (ENGINE / path).read_bytes()]
    return [*found, *(f"{ENGINE.name}/{path} is not what the package has" for path in other)]


def main() -> int:
    """Runs every part, then prints all that was found."""
    if not (SITE / "index.html").is_file() or not shutil.which("java") or not PROGRAMS.is_dir():
        print("audit: the site, Java or packages are missing: run `make audit`", file=sys.stderr)
        return 2
    found = [*check_html(SITE), *check_links(SITE), *check_lighthouse(SITE)]
    found = [*but_known(found, len(list(SITE.rglob("*.html")))), *check_workflows(WORKFLOWS)]
    print(*found, sep="\n")
    print(f"audit: {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
