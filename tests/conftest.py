"""What tests share: the real charter, one build of its site and of the example's, and a browser."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Page, Request, sync_playwright

import fork_server
import three_languages
from builders import make_charter, write_charter
from charterpress.text.interface import PSEUDO
from checkouts import built
from installed import Adopter, build_distributions
from one_language import write_one_language

# The tests start hundreds of Python processes. Where the environment forbids keeping compiled modules, as
# many containers do, each would compile some 500 of them again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The same inputs every time, so that a change fails for what it does and not by chance, and no deadline: a
# machine that does something else as well is no fault of the code. `make test-all` takes many more inputs.
settings.register_profile(
    "short",
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("short"), max_examples=400)
settings.load_profile("short")

gc.disable()  # nothing that is collected here goes before the end


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not again among thousands of tests and modules."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """Let the interpreter take all down at the end."""
    gc.unfreeze()


ROOT = Path(__file__).resolve().parents[1]
os.environ["CHARTER_AUTHORITIES"] = "none"  # no test asks anybody outside for a time-stamp
os.environ["GIT_TEST_FSYNC"] = "0"  # no test outlives a power cut
os.fsync = lambda _: None
os.environ["XDG_CACHE_HOME"] = str(ROOT / ".cache")  # what one test made serves every other
PREFIX = "/under/a/path/"
"""The site is served under a folder of its host, so that an address which holds only at a root fails."""
FAVICON = "/assets/images/mark.svg"

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
    "--font-render-hinting=none",
)
"""The last but one spares a process that waits for a page to come; the last one has the headless shell set
type on paper as the whole browser does."""


@pytest.fixture
def without_typst(tmp_path):
    """What to set in the environment so that a program which uses typst fails and says so, in any thread."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "typst.py").write_text("def __getattr__(name):\n    raise SystemExit('typst was asked for')\n")
    return {"PYTHONPATH": str(broken)}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of this repository."""
    return ROOT


@pytest.fixture(scope="session")
def real_edition():
    from charterpress.read import load  # noqa: PLC0415 - the tests of other modules run without it

    return load(ROOT / "charter")


@pytest.fixture(scope="session")
def charter(real_edition):
    """The real charter, as its site shows it: the words of the current release."""
    return real_edition.current.charter


@pytest.fixture(scope="session")
def working_text(real_edition):
    """The real charter as its editors have it, with what waits for the next release."""
    return real_edition.charter


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id) -> Path:
    """One temporary folder for all of pytest's workers."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def build_once(folder: Path, name: str, charter: str | Callable[[], Path]) -> Path:
    """The site of a charter, built in `folder` as `name` by `mkdocs build --strict`; whoever asks later, in
    another of pytest's workers too, is given the same. `charter` is its folder, or writes it and gives it."""
    site, log = folder / name, folder / f"{name}.log"
    with FileLock(folder / f"{name}.lock"):
        if not log.exists():
            command = ("mkdocs", "build", "--strict", "--site-dir", site)
            address = f"https://charter.example{PREFIX}"
            source = charter if isinstance(charter, str) else charter()
            environment = os.environ | {"CHARTER_SOURCE": str(source), "SITE_URL": address}
            done = fork_server.run(*command, cwd=ROOT, env=environment)
            log.write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")
    code, _, output = log.read_text(encoding="utf-8").partition("\n")
    if code != "0":
        pytest.fail(f"mkdocs build --strict ended with {code}:\n{output}", pytrace=False)
    return site


@pytest.fixture(scope="session")
def built_site(shared_folder) -> Path:
    """The repository's own site."""
    return build_once(shared_folder, "site", "charter")


@pytest.fixture(scope="session")
def example_site(shared_folder) -> Path:
    """The site of the fictional charter in tests/example, which has a history, in English alone."""
    return build_once(shared_folder, "site-example", lambda: write_one_language(shared_folder / "example"))


@pytest.fixture(scope="session")
def example_charter(shared_folder, example_site) -> Path:
    """The folder of the charter whose site `example_site` is."""
    return shared_folder / "example"


@pytest.fixture(scope="session")
def three_languages_site(shared_folder) -> Path:
    """The site of a small charter in English, Welsh and Arabic, with a page of its own."""
    folder = shared_folder / "three-languages"
    with FileLock(shared_folder / "three-languages.lock"):
        if not (folder / "site").exists():
            folder.mkdir()
            built(three_languages.write_project(folder))
    return folder / "site"


@pytest.fixture(scope="session")
def languages_site(shared_folder) -> Path:
    """The site of the fictional charter in English, Welsh and Arabic."""
    return build_once(shared_folder, "site-languages", "tests/example/brambleford")


@pytest.fixture(scope="session")
def pseudo_site(shared_folder) -> Path:
    """The example's site in the pseudo-language, whose messages are marked and longer by two fifths."""

    def written() -> Path:
        folder = write_one_language(shared_folder / "pseudo" / "charter")
        about = folder / "charter.yml"
        about.write_text(f"language: {PSEUDO}\n{about.read_text('utf-8')}", encoding="utf-8")
        return folder

    return build_once(shared_folder, "site-pseudo", written)


@pytest.fixture(scope="session")
def draft_site(shared_folder) -> Path:
    """The site of a small charter before its first version, which asks no questions."""
    charter = make_charter(questions=())
    return build_once(shared_folder, "site-draft", lambda: write_charter(shared_folder / "draft", charter))


@pytest.fixture(scope="session")
def distributions(shared_folder) -> tuple[Path, Path]:
    """The wheel and the sdist of this checkout."""
    out = shared_folder / "dist"
    with FileLock(shared_folder / "dist.lock"):
        if not out.exists():
            build_distributions(shared_folder / "dist-work", out)
    (wheel,), (source,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, source


@pytest.fixture(scope="session")
def installed(shared_folder, distributions) -> Path:
    """The folder of a virtual environment with the wheel: see `installed.Adopter`."""
    top, done = shared_folder / "installed", shared_folder / "installed.done"
    with FileLock(shared_folder / "installed.lock"):
        if not done.exists():
            top.mkdir()
            Adopter(top, top).install(distributions[0])
            done.touch()
    return top


CHROMIUM_NAMES = (
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
"""What systems call Chromium. The headless shell comes first: it opens a page for a third of the processor
time."""


def find_chromium() -> str:
    """The system's Chromium: $CHROMIUM, or the first that is on the path."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    return pytest.fail("no Chromium is found: run `make test`, or set CHROMIUM to its program", pytrace=False)


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, started once for each of pytest's workers."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@dataclass
class Witness:
    """What a browser did and complained of while it showed a page."""

    complaints: list[str] = field(default_factory=list)
    """Script errors, console errors (a blocked script or style is one) and failed requests, but for those
    that the browser broke off because it went on to another page, and those for the picture in its tab: how
    often it breaks these off depends on the machine."""
    requests: list[str] = field(default_factory=list)
    _page: int = 0
    _asked_by: dict[Request, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Notes everything that `page` does from now on."""
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)

    def forget(self) -> None:
        """Forget all that the page has done so far."""
        self.complaints.clear()
        self.requests.clear()

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if request.is_navigation_request():
            self._page += 1
        self._asked_by[request] = self._page

    def _failed(self, request: Request) -> None:
        left = self._asked_by.get(request, 0) < self._page
        if request.failure == "net::ERR_ABORTED" and (left or request.url.endswith(FAVICON)):
            return
        self.complaints.append(f"{request.url}: {request.failure}")

    def foreign(self, address: str) -> list[str]:
        """The requests that went to another host than that of `address`."""
        own = urlsplit(address).netloc
        asked = [url for url in self.requests if not url.startswith(("data:", "blob:"))]
        return [url for url in asked if urlsplit(url).netloc != own]


@pytest.fixture
def open_page(browser):
    """Opens an address in a fresh browser window, closed after the test: open_page(address, width=1280, …).

    `until` is the event to wait for; other keywords are Playwright's for a browser context.
    Gives the page and its Witness.
    """
    contexts = []

    def open_(address, *, width=1280, height=800, until="load", **options) -> tuple[Page, Witness]:
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": height}, **options}
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(60_000)
        page, witness = contexts[-1].new_page(), Witness()
        witness.watch(page)
        page.goto(address, wait_until=until)
        return page, witness

    yield open_
    for context in contexts:
        context.close()
