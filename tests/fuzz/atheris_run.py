"""Runs every reader of the table for some seconds, on inputs that a fuzzer finds by the lines of the program
that they reach, and prints how many there were and what broke a promise."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "hooks"), str(HERE.parent)]

LARGEST = 40_000
"""Bytes of an input."""
_RUNS = re.compile(r"^stat::number_of_executed_units: *(\d+)", re.MULTILINE)
_FOUND = re.compile(r"^\s*(?:[\w.]+(?:Error|Broken)\b.*|==\d+== ERROR: .*)", re.MULTILINE)


def main() -> int:
    """Fuzzes the readers that were named, or all, each in its own process. 0 where all kept their word."""
    options = _options()
    if options.inside:
        return _inside(options.inside, options.folder, options.rest)
    found = 0
    for name in options.names or _names():
        began = time.monotonic()
        runs, broken = _one(name, options)
        found += bool(broken)
        said = broken or "nothing broke a promise"
        print(f"{name:<12} {runs:>9,} inputs in {time.monotonic() - began:3.0f} s: {said}", flush=True)
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="readers (default: all)")
    parser.add_argument("--seconds", type=int, default=60, help="time for one reader (default: 60)")
    parser.add_argument(
        "--seed", type=int, default=0, help="what to start from (default: another every time)"
    )
    parser.add_argument("--kept", type=Path, default=ROOT / ".cache" / "fuzzed", help="where inputs are kept")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rest", nargs=argparse.REMAINDER, default=[], help=argparse.SUPPRESS)
    return parser.parse_args()


def _names() -> list[str]:
    from fuzz.readers import READERS  # noqa: PLC0415 - the path is set above

    return list(READERS)


def _one(name: str, options: argparse.Namespace) -> tuple[int, str]:
    """How many inputs a reader was given, and what broke a promise, with the file that holds the input."""
    kept, broken = options.kept / "inputs" / name, options.kept / "broken"
    for folder in (kept, broken):
        folder.mkdir(parents=True, exist_ok=True)
    before = set(broken.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, __file__, "--inside", name, "--folder", folder, "--rest"]
        how = [f"-max_total_time={options.seconds}", f"-max_len={LARGEST}", f"-seed={options.seed}"]
        how += [
            f"-artifact_prefix={broken}/{name}-",
            "-print_final_stats=1",
            "-timeout=20",
            "-rss_limit_mb=0",
        ]
        result = subprocess.run(
            [*program, *how, kept], capture_output=True, text=True, errors="replace", check=False
        )
    said = result.stdout + result.stderr
    runs = _RUNS.search(said)
    new = sorted(path.name for path in set(broken.iterdir()) - before)
    if not new and result.returncode == 0 and runs:
        return int(runs[1]), ""
    what = _FOUND.search(said)
    reason = what[0].strip() if what else said[-2000:]
    return int(runs[1]) if runs else 0, f"{reason[:300]} [{', '.join(new)}]"


def _inside(name: str, folder: Path, rest: list[str]) -> int:
    """Fuzzes one reader until its time is over, or a promise is broken."""
    import atheris  # noqa: PLC0415 - it is in an environment of its own, and only there

    with atheris.instrument_imports(
        include=["charterpress", "markdown_it", "yaml", "protego", "email", "csv", "json"]
    ):
        from fuzz import inputs, oracle, readers  # noqa: PLC0415 - so that their lines are counted

    reader, here = readers.READERS[name], readers.place(folder)
    for data in readers.seeds(reader, here):
        reader.read(here, data)  # what is imported or read once is no fault of the input that needs it first
        (Path(rest[-1]) / f"seed-{len(data)}").write_bytes(data)
    words = folder / "words.txt"
    words.write_text("".join(f"{_quoted(token)}\n" for token in inputs.TOKENS), encoding="ascii")

    def run(data: bytes) -> None:
        reader.holds(here, data, oracle.answered(lambda given: reader.read(here, given), data, here.folder))

    atheris.Setup([sys.argv[0], *rest[:-1], f"-dict={words}", rest[-1]], run)
    atheris.Fuzz()
    return 0


def _quoted(token: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in token[:60]) + '"'


if __name__ == "__main__":
    sys.exit(main())
