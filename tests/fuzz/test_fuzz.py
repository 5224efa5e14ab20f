"""Whatever the bytes that a stranger wrote: an answer, soon, in little memory, and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as some
from process import ended

import fork_server
from builders import (
    make_charter,
    make_note,
    make_principle,
    make_release,
    make_section,
    make_signatory,
    make_theme,
)
from charterpress.model import Behaviour, Edition, Signature
from charterpress.read.frozen_json import STRANGE
from charterpress.read.releases import read_release
from charterpress.views import addresses
from fuzz import inputs, oracle, outputs, readers
from fuzz.readers import READERS, Place, Reader
from words import text_of

EXAMPLES, MANY = 20, 400
"""Inputs for one reader, in the suite and in the long run."""
FOLDERS, MANY_FOLDERS = 4, 60
"""Whole charters, each checked by a process of its own."""
CHECK = ("charter", "--source", "charter", "check")


def fuzzed(made: some.SearchStrategy, hold: Callable[..., None], *, most: int) -> None:
    """Calls `hold` with up to `most` inputs: the same every time, so that a pull request fails for what it
    does and not by chance, unless FUZZ_SEED says to take others."""
    start = os.environ.get("FUZZ_SEED")
    always = settings(
        max_examples=most,
        derandomize=start is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run = always(given(made)(hold))
    (seed(int(start))(run) if start else run)()


# --- Every reader ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Place:
    """A charter for the readers to work in. Each has read what is right once, so that what its libraries look
    up late is there."""
    made = readers.place(tmp_path_factory.mktemp("fuzz"))
    for reader in READERS.values():
        for data in readers.seeds(reader, made):
            reader.read(made, data)
    return made


def held(reader: Reader, here: Place, data: bytes, *, timed: bool = False) -> None:
    """Raises AssertionError where `reader` breaks a promise on `data`."""
    found = oracle.answered(lambda given_: reader.read(here, given_), data, here.folder, timed=timed)
    reader.holds(here, data, found)


def reader_fuzzed(name: str, here: Place, *, most: int, timed: bool = False) -> None:
    """Holds a reader to its promises on made inputs. At the end the folder is as it was."""
    reader, before = READERS[name], oracle.files(here.folder)
    made = inputs.of(readers.seeds(reader, here))
    fuzzed(made, lambda data: held(reader, here, data, timed=timed), most=most)
    assert oracle.files(here.folder) == before


def test_a_package_may_read_its_own_files_wherever_it_is_installed(tmp_path):
    """The fuzzer takes the project's packages from another environment than its own."""
    packages = tmp_path / "lib" / "site-packages"
    packages.mkdir(parents=True)
    own = oracle.program_folders(["", "/", str(tmp_path), str(packages)])
    assert os.path.realpath(packages) in own
    assert not {os.path.realpath(path) for path in ("", "/", tmp_path)} & set(own)


@pytest.mark.parametrize("name", READERS)
def test_what_is_valid_is_taken(name, here):
    reader = READERS[name]
    for data in readers.seeds(reader, here):
        held(reader, here, data)


@pytest.mark.parametrize("most", [EXAMPLES, pytest.param(MANY, marks=pytest.mark.serial)])
@pytest.mark.parametrize("name", READERS)
def test_any_bytes_are_an_answer(name, here, most):
    """Torn, spliced, doubled, in other encodings, or no text at all; of many, each within a second."""
    reader_fuzzed(name, here, most=most, timed=most == MANY)


# --- A whole folder ----------------------------------------------------------------------------------


def folders_fuzzed(here: Place, check: Callable[[Path], tuple[int, str]], *, most: int) -> None:
    """Holds `charter check` to its promises on folders in which any of the files were made. `check` gives its
    exit code for a folder, and what it said."""
    kinds = [each for each in READERS.values() if each.file and each.name != "amend"]
    made = {each.file: inputs.of(readers.seeds(each, here)) for each in kinds}

    def hold(found: dict[str, bytes]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "charter"
            shutil.copytree(here.root, root)
            for name, data in found.items():
                (root / name).write_bytes(data)
            before = oracle.files(Path(folder))
            code, said = check(Path(folder))
            assert code in (0, 1), said
            assert "Traceback" not in said
            assert said.strip()
            assert oracle.files(Path(folder)) == before

    fuzzed(some.fixed_dictionaries({}, optional=made), hold, most=most)


def checked(folder: Path) -> tuple[int, str]:
    done = fork_server.run(*CHECK, cwd=folder)
    return done.returncode, done.stdout + done.stderr


def test_any_folder_is_an_answer(here):
    """`charter check` as a process: 0 or 1, words for people, and no file is touched."""
    folders_fuzzed(here, checked, most=FOLDERS)


@pytest.mark.serial
def test_many_more_folders_are_an_answer_soon_and_in_little_memory(here):
    command = (sys.executable, "-m", "charterpress.cli", *CHECK[1:])
    usual = ended(command, here.folder).seconds

    def measured(folder: Path) -> tuple[int, str]:
        used = ended(command, folder)
        assert used.seconds - usual < oracle.SECONDS
        assert used.memory < oracle.MEGABYTES
        return used.code, used.said

    folders_fuzzed(here, measured, most=MANY_FOLDERS)


# --- What is written ---------------------------------------------------------------------------------

_LETTERS = some.characters(exclude_categories=("Cs",)).filter(lambda letter: not re.search(STRANGE, letter))
_SIGNS = [sign for each in inputs.TOKENS if not re.search(STRANGE, sign := each.decode("utf-8", "ignore"))]
WORDS = some.lists(some.one_of(some.text(_LETTERS, max_size=20), some.sampled_from(_SIGNS)), max_size=4)
"""Words of any letters and signs, but for half a character and those that no release may have."""


@some.composite
def editions(draw: some.DrawFn) -> Edition:
    """A charter with a version and a signatory, in which any words are anything."""

    def words() -> str:
        return unicodedata.normalize("NFC", "".join(draw(WORDS))).strip()

    def title() -> str:
        return f"Quay {words()}".strip()

    principle = make_principle(
        title=title(),
        summary=words(),
        sections=(make_section("promises", items=(words(), words())), make_section(text=words())),
        plain=(words(),),
        behaviours=(Behaviour(behaviour=words(), measure=words(), support=words()),),
        questions=(words(),),
        sources=(words(),),
    )
    theme = make_theme(title=title(), summary=words(), text=words(), principles=(principle,))
    charter = make_charter(title=title(), summary=words(), preamble=words(), themes=(theme,))
    release = make_release(charter=charter, notes=(make_note(principles=("leave-room",), reason=words()),))
    signed = Signature(version="1.0.0", date="2024-12-01", role=words())
    signatory = make_signatory(name=words(), area=words(), pledge=words(), signed=(signed,))
    made = {"releases": (release,), "signatories": (signatory,)}
    return Edition(root="charter", charter=charter, documents=(), entries=(), **made)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder that nothing is to be written in, once all templates and libraries are at hand."""
    made = Edition(root="charter", charter=None, documents=(), entries=(), releases=(make_release(),))
    dict(outputs.written(replace(made, signatories=(make_signatory(),))))
    return tmp_path


def output_holds(edition: Edition, folder: Path) -> None:
    """Raises AssertionError where something that is written cannot be read, acts, or says other words."""
    (release,), (who,) = edition.releases, edition.signatories
    with oracle.watched(folder):
        files = dict(outputs.written(edition))
    assert {at: found for at, data in files.items() if (found := outputs.wrong(at, data))} == {}
    assert read_release(release.data, path=release.path, root="charter") == (release, ())
    (entry,) = json.loads(files[addresses.REGISTER_JSON])["signatories"]
    assert (entry["name"], entry["area"], entry["signed"][0]["version"]) == (who.name, who.area, "1.0.0")
    shown = text_of(files[f"signatories/{who.slug}/index.html"].decode())
    for words in (who.name, who.area, who.pledge):
        assert _seen(words) in _seen(shown)


def _seen(words: str) -> str:
    """Words as a browser shows them: white space runs together, and what HTML cannot hold is a sign."""
    return " ".join(words.split())


@pytest.mark.parametrize("most", [EXAMPLES, pytest.param(MANY, marks=pytest.mark.long)])
def test_whatever_the_words_others_can_read_what_is_written(folder, most):
    fuzzed(editions(), lambda edition: output_holds(edition, folder), most=most)
