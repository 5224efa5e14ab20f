"""A clean checkout → the distribution of the package in `dist/`, ready to be uploaded by a person.

`make release` runs it. It uses no network and publishes nothing. The same commit and version of setuptools
give the same bytes: the files are those of the commit, and so is every time in them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from charterpress.editing.upgrade.changelog import CHANGELOG, read_changelog, version_key
from charterpress.model.errors import CharterError
from charterpress.storage import atomic

ROOT = Path(__file__).resolve().parents[1]
NAME = "charterpress"
BUILD = "import sys; from setuptools import build_meta; print(getattr(build_meta, sys.argv[1])(sys.argv[2]))"
CLEARED = ("PYTHONPATH", "PYTHONHOME", "CHARTER_SOURCE", "SITE_URL", "VIRTUAL_ENV")
"""Variables that would lead from the new environment to another one."""


class ReleaseError(Exception):
    """Why there is no distribution, one sentence a line."""


def tag_of(version: str) -> str:
    """Return the tag of a version of the package: those of a charter are numbers alone."""
    return f"{NAME}-{version}"


# --- Before ------------------------------------------------------------------------------------------------


def faults(root: Path, today: str) -> Iterator[str]:
    """Say in sentences why the checkout `root` cannot be released as it is; `today` is the latest day that it
    is anywhere, as 2026-12-01."""
    changed = _git(root, "status", "--porcelain").splitlines()
    if changed:
        listed = ", ".join(line[3:] for line in changed[:5]) + (" and more" if len(changed) > 5 else "")
        yield f"the checkout has changes that are not committed: commit or stash {listed}"
    version = version_of(root)
    try:
        version_key(version)
        entries = read_changelog((root / CHANGELOG.relative_to(ROOT)).read_text(encoding="utf-8"))
    except CharterError as error:
        yield from (str(error), *error.details)
        return
    name = CHANGELOG.relative_to(ROOT).as_posix()
    if version not in (listed := [each.version for each in entries]):
        yield f"{name} has no entry for {version}, the version of pyproject.toml: write what it changes"
    elif listed[0] != version:
        yield f"{name} has an entry for {listed[0]}, and pyproject.toml has {version}: write the same in both"
    elif entries[0].date > today:
        yield f"{name} says that {version} is of {entries[0].date}, which is still to come"
    tagged = _git(root, "tag", "--list", tag_of(version))
    if tagged and _git(root, "rev-list", "--max-count=1", tagged) != _git(root, "rev-parse", "HEAD"):
        yield f"{version} has its tag, {tagged}, at another commit: raise the version in pyproject.toml"


def version_of(root: Path) -> str:
    """Return the version that pyproject.toml gives."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.rstrip("\n")


# --- The files ---------------------------------------------------------------------------------------------


def build(root: Path, out: Path) -> tuple[Path, Path]:
    """Build the source distribution of the commit that `root` stands at, and from it the wheel, into the
    empty folder `out`; return both paths. Raises ReleaseError, with what was said, if that fails."""
    epoch = int(_git(root, "show", "--no-patch", "--format=%ct", "HEAD"))
    before = os.umask(0o022)  # modes become part of the files
    try:
        with tempfile.TemporaryDirectory() as temporary:
            commit, unpacked = Path(temporary, "commit"), Path(temporary, "unpacked")
            archive = subprocess.run(
                ["git", "-C", str(root), "archive", "HEAD"], capture_output=True, check=True
            )
            _unpack(archive.stdout, commit)
            source = normalise(out / _backend(commit, "build_sdist", out, epoch), epoch)
            _unpack(gzip.decompress(source.read_bytes()), unpacked)
            (folder,) = unpacked.iterdir()
            return source, out / _backend(folder, "build_wheel", out, epoch)
    finally:
        os.umask(before)


def _backend(source: Path, hook: str, out: Path, epoch: int) -> str:
    """Return the name of the file that setuptools built of `source`, by a hook of PEP 517."""
    environment = {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, hook, str(out)],
        cwd=source,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ReleaseError(f"setuptools: {hook} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.splitlines()[-1]


def _unpack(archive: bytes, folder: Path) -> None:
    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def normalise(source: Path, epoch: int) -> Path:
    """Pack a .tar.gz again, in order, with one time for all and nobody's name; setuptools writes those of the
    build into it. Return its path."""
    content = io.BytesIO()
    with (
        tarfile.open(source) as old,
        tarfile.open(fileobj=content, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda each: each.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    source.write_bytes(gzip.compress(content.getvalue(), mtime=epoch))
    return source


def bill_of_materials(root: Path, out: Path) -> Path:
    """Copy the bill of materials into `out`; return its path. Raises ReleaseError if it is not that of the
    packages that are pinned."""
    spec = importlib.util.spec_from_file_location("bill", root / ".ci" / "bill.py")
    bill = sys.modules["bill"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bill)
    content = (root / bill.BILL).read_bytes()
    if bill.bill(root) != content:
        raise ReleaseError(f"{bill.BILL} is not that of the packages that are pinned: run make lock")
    path = out / f"{NAME}-{version_of(root)}.cdx.json"
    path.write_bytes(content)
    return path


def digests(out: Path) -> None:
    """Write SHA256SUMS for the files of `out`, as `sha256sum --check` reads it."""
    files = sorted(out.iterdir())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


# --- After -------------------------------------------------------------------------------------------------


def try_wheel(root: Path, wheel: Path) -> None:
    """Install `wheel` into a new environment, and use it in an empty folder. The packages that it needs are
    those of this environment, so no network is used. Raises ReleaseError, with what was said, if anything
    fails or it is another version."""
    with tempfile.TemporaryDirectory() as temporary:
        environment, work = Path(temporary, "environment"), Path(temporary, "work")
        work.mkdir()
        python = _environment(root, environment)
        _install(root, python, wheel)
        charter = next(
            path for path in (python.parent / "charter", python.parent / "charter.exe") if path.exists()
        )
        said, wanted = _run(work, charter, "--version").strip(), f"{NAME} {version_of(root)}"
        if said != wanted:
            raise ReleaseError(f"the wheel says that it is {said}, and pyproject.toml {wanted}")
        _run(work, charter, "init", "ours")
        for words in (("check",), ("build",), ("upgrade", "--check")):
            _run(work / "ours", charter, *words)
        where = _run(work, python, "-c", f"import {NAME}; print({NAME}.__file__)")
        if not Path(where.strip()).is_relative_to(environment.resolve()):
            raise ReleaseError(f"what was tried is not the wheel, but {where.strip()}")


def _environment(root: Path, folder: Path) -> Path:
    """Make a virtual environment that sees the packages of this one, and return its Python."""
    uv = root / ".cache/uv/bin/uv"
    if uv.exists():
        _run(root, uv, "venv", "--quiet", "--offline", "--no-project", "--python", sys.executable, folder)
    else:
        _run(root, sys.executable, "-m", "venv", folder)
    python = next(path for path in (folder / "bin/python", folder / "Scripts/python.exe") if path.exists())
    packages = _run(root, python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(packages, "packages.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return python


def _install(root: Path, python: Path, wheel: Path) -> None:
    uv = root / ".cache/uv/bin/uv"
    if uv.exists():
        _run(
            root,
            uv,
            "pip",
            "install",
            "--quiet",
            "--offline",
            "--no-deps",
            "--reinstall",
            "--python",
            python,
            wheel,
        )
    else:
        _run(
            root,
            python,
            "-m",
            "pip",
            "install",
            "-qq",
            "--no-index",
            "--no-deps",
            "--ignore-installed",
            wheel,
        )


def _run(folder: Path, *command: str | Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in CLEARED}
    words = list(map(str, command))
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


# --- All of it ---------------------------------------------------------------------------------------------


def release(root: Path, out: Path, today: str) -> None:
    """Make the distribution of the checkout `root` in `out`, which is replaced as a whole; `today` is as for
    `faults`. Raises ReleaseError, and leaves `out` as it was, if anything is wrong."""
    if found := list(faults(root, today)):
        raise ReleaseError("\n".join(found))
    stage = atomic.stage_folder(out)
    try:
        _, wheel = build(root, stage.new)
        bill_of_materials(root, stage.new)
        try_wheel(root, wheel)
        digests(stage.new)
    except BaseException:
        atomic.discard(stage)
        raise
    atomic.replace_folder(stage)


def main() -> int:
    """Make the distribution of this checkout in dist/, and say what is next."""
    parser = argparse.ArgumentParser(prog="make release", description=__doc__)
    parser.parse_args()
    try:
        release(ROOT, ROOT / "dist", datetime.now(timezone(timedelta(hours=14))).date().isoformat())
    except ReleaseError as error:
        lines = str(error).splitlines()
        sys.stderr.write("".join(f"release: {line}\n" for line in lines) + "release: nothing was made\n")
        return 1
    version = version_of(ROOT)
    sys.stdout.write((ROOT / "dist/SHA256SUMS").read_text(encoding="utf-8"))
    sys.stdout.write(
        f"dist/ has version {version}, and its wheel was installed and tried. Nothing is uploaded.\n"
        "To publish it, follow “Releasing the package” in the manual; its tag is "
        f"{tag_of(version)}.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
