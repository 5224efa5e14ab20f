"""pip and its settings → uv in .cache/uv, and the variables with which it asks the indexes that pip would.

uv comes from its own wheel, pinned in .ci/uv.txt. It does not read pip's settings, which may name a mirror, a
proxy or a certificate: they are printed as commands for a shell. Where pip cannot get a uv that runs here,
nothing is printed, and the exit code is 1.
"""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = Path(".ci/uv.txt")
FOLDER = Path(".cache/uv")
UV = FOLDER / "bin/uv"
STAMP = FOLDER / ".stamp"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
INDEPENDENT = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_USER": "0", "PIP_PREFIX": ""}
"""Settings of pip that would have it put uv elsewhere, or nowhere."""
SECTIONS = ("global", "install", ":env:")
"""The sections of pip's settings that hold for an installation; a later one outdoes an earlier one."""
COUNTERPARTS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "client-cert": ("SSL_CLIENT_CERT", " "),
    "proxy": ("ALL_PROXY", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
}
"""What uv reads in place of a setting of pip, and what stands between its values."""
TRUE = ("1", "true", "yes", "on")
ALWAYS = {
    "UV_INDEX_STRATEGY": "unsafe-best-match",  # any index may have a file, as with pip; its hash says which
    "UV_SYSTEM_CERTS": "1",
    "UV_PYTHON_DOWNLOADS": "never",
}


def settings(listed: str) -> dict[str, str]:
    """Return the settings that hold for an installation, from what `pip config list` prints."""
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in found:
            found[section][key] = ast.literal_eval(value)
    return {key: value for section in SECTIONS for key, value in found[section].items()}


def variables(pip: Mapping[str, str], there: Iterable[str]) -> dict[str, str]:
    """Return the variables that have uv do as pip does with these settings; those already `there` stay."""
    told = dict(ALWAYS)
    for key, (name, between) in COUNTERPARTS.items():
        if values := pip.get(key, "").split():
            told[name] = between.join(values)
    if pip.get("no-index", "").lower() in TRUE:
        told["UV_OFFLINE"] = "1"
    return {name: value for name, value in told.items() if name not in set(there)}


def runs() -> bool:
    """Whether the uv that is pinned is there, and is made for this machine."""
    try:
        return (
            STAMP.read_bytes() == PINNED.read_bytes()
            and not subprocess.run([UV, "--version"], capture_output=True, check=False).returncode
        )
    except OSError:
        return False


def fetched() -> bool:
    """Whether pip could get uv; what it says of a failure is of use to nobody who has pip instead."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    options = ["--no-deps", "--no-compile", "--only-binary", ":all:", "--require-hashes"]
    wanted = [*PIP, "install", "--quiet", *options, "--target", FOLDER, "--requirement", PINNED]
    done = subprocess.run(wanted, env=os.environ | INDEPENDENT, capture_output=True, check=False)
    if done.returncode == 0:
        shutil.copyfile(PINNED, STAMP)
    if not runs():
        shutil.rmtree(FOLDER, ignore_errors=True)
        return False
    return True


def main() -> int:
    """Make uv ready while pip says how it is set up, and print the variables."""
    os.chdir(ROOT)
    with subprocess.Popen(
        [*PIP, "config", "list"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as asked:
        ready = runs() or fetched()
        listed, _ = asked.communicate()
    if not ready:
        return 1
    for name, value in variables(settings(listed), os.environ).items():
        sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
