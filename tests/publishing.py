"""A checkout with a version, what is published of it, and a build that needs no MkDocs."""

from __future__ import annotations

import shutil
from pathlib import Path

from builders import release_draft, write_charter
from charterpress.cli import publish
from charterpress.cli.fetch import Published
from commands import init_repository, run_charter

SITE = "https://charter.org/"


class Publishing:
    """A checkout, what is published at the address, and a build that makes pages of the releases alone."""

    def __init__(self, folder, monkeypatch, capsys):
        self.folder, self.root, self.capsys = folder, write_charter(folder), capsys
        self.published, self.reachable = {}, True
        release_draft(self.root, first=True)
        init_repository(folder)
        monkeypatch.chdir(folder)
        monkeypatch.setattr(publish, "fetch_published", self.fetch)
        monkeypatch.setattr(publish, "build_website", self.build)

    def fetch(self, url):
        if not self.reachable:
            return Published(None, f"{url} cannot be reached: no such name", answered=False)
        data = self.published.get(url.removeprefix(SITE))
        return Published(data, "" if data is not None else f"{url} answers 404")

    def build(self, options, log, *, site_dir, site_url):
        site = Path(site_dir)
        shutil.rmtree(site, ignore_errors=True)  # as MkDocs does
        (site / "versions").mkdir(parents=True)
        (site / "index.html").write_text("x")
        (site / "versions/SHA256SUMS").write_text("x")
        for file in (self.root / "releases").glob("*.json"):
            (site / "versions" / file.stem).mkdir(exist_ok=True)
            (site / "versions" / file.stem / "charter.json").write_bytes(file.read_bytes())
        assert site_url == SITE
        return site

    def run(self, *options):
        """The exit code of `charter ci publish`, and what it says."""
        code, out, err = run_charter(self.capsys, "ci", "publish", *options)
        return code, out + err

    def publish(self, *options):
        """The same, for a new site in the folder `site`."""
        return self.run("--site-url", SITE, *options)

    def check(self, *options):
        """The same of `charter publish --check`."""
        code, out, err = run_charter(self.capsys, "publish", "--check", "--site-url", SITE, *options)
        return code, out + err

    def deploy(self):
        """Have at the address what is in the folder, with a tag for each version."""
        sums = (self.root / "releases/SHA256SUMS").read_text().replace(".json", "/charter.json")
        self.published = {
            "addresses.txt": (self.folder / "site/addresses.txt").read_bytes(),
            "versions/SHA256SUMS": sums.encode(),
        }
