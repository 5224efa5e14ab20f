"""`charter ci publish`: what is published never changes, and what cannot be compared is not published."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from builders import FIRST, release_draft, write_note
from charterpress.cli import fetch
from charterpress.model.errors import CharterError
from commands import commit_all, edit_file, git, init_repository
from fake_github import FakeGitHub
from publishing import SITE, Publishing
from recorded import changed


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    made = Publishing(tmp_path / "repo", monkeypatch, capsys)
    assert made.publish()[0] == 0
    made.deploy()
    return made


def rewrite(site):
    """Change what is published, with its digest, as an owner can."""
    release = site.root / "releases/1.0.0.json"
    before = release.read_bytes()
    release.unlink()
    (site.root / "releases/SHA256SUMS").unlink()
    edit_file(site.root / FIRST, "every day.", "now and then.")
    release_draft(site.root, first=True)
    assert release.read_bytes() != before


def test_what_is_published_already_is_published_again(site):
    code, said = site.publish()
    assert (code, f"Upload all that is in site to {SITE}: 4 files, 0.0 MB.\n" in said) == (0, True)
    assert (site.folder / "site/addresses.txt").read_text().splitlines() == [
        "",
        "versions/1.0.0/charter.json",
        "versions/SHA256SUMS",
    ]


def test_the_address_is_that_of_mkdocs_yml_if_nothing_else_says_it(site, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    (site.folder / "mkdocs.yml").write_text(f'site_url: !ENV [SITE_URL, "{SITE}"]\n')
    assert site.run()[0] == 0
    (site.folder / "mkdocs.yml").write_text("site_url: https://charter.example/\n")
    code, said = site.run()
    assert (code, "“https://charter.example/” is not where a site can be: set SITE_URL" in said) == (2, True)


def test_without_a_history_it_says_how_to_begin_one(site):
    (site.folder / ".git").rename(site.folder.parent / "old")
    code, said = site.check()
    assert (code, "there is none here: type git init, git add . and git commit" in said) == (2, True)


def test_a_rewritten_history_is_not_published(site):
    """In one commit, so that git vouches for it: the published digest does not."""
    rewrite(site)
    (site.folder / ".git").rename(site.folder.parent / "old")
    init_repository(site.folder)
    code, said = site.publish()
    assert (code, "A published version would change, so nothing is published:\n" in said) == (1, True)
    assert "1.0.0/charter.json was published with the digest" in said


def test_a_rewritten_history_is_not_published_under_its_tag(site):
    git("tag", "1.0.0", folder=site.folder)
    git("checkout", "--quiet", "--orphan", "other", folder=site.folder)
    commit_all(site.folder)
    assert "  the tag 1.0.0 is not in the history of this branch\n" in site.publish()[1]
    git("tag", "--force", "1.0.0", folder=site.folder)
    assert site.publish()[0] == 0
    git("tag", "1.1.0", folder=site.folder)  # of something else
    assert site.publish()[0] == 0
    rewrite(site)
    commit_all(site.folder)
    code, said = site.publish()
    assert (code, "releases/1.0.0.json" in said) == (1, True)


def test_a_version_that_has_a_tag_does_not_vanish(site):
    git("tag", "1.0.0", folder=site.folder)
    (site.root / "releases/1.0.0.json").unlink()
    (site.root / "releases/SHA256SUMS").unlink()
    git("checkout", "--quiet", "--orphan", "other", folder=site.folder)
    commit_all(site.folder)
    code, said = site.publish()
    assert (code, "  the version 1.0.0 has a tag, and releases/1.0.0.json is missing\n" in said) == (1, True)


def test_only_a_site_that_was_never_published_has_nothing_to_compare(site, tmp_path, monkeypatch):
    """A version gets its tag when it is published."""
    git("tag", "1.0.0", folder=site.folder)
    site.published = {}
    code, said = site.publish()
    why = f"  {SITE}addresses.txt answers 404, and 1.0.0 was published: if nothing was ever published"
    assert (code, said.splitlines()[-1]) == (1, f"{why} at this address, say --new-address")
    code, said = site.publish("--new-address")
    first = f"This is the first time that anything is published there: {SITE}addresses.txt answers 404.\n"
    assert (code, first in said) == (0, True)
    event = tmp_path / "event.json"
    FakeGitHub(tmp_path, monkeypatch)
    event.write_bytes(changed("workflow_dispatch", inputs={"new-address": "true"}))
    assert site.publish("--event", str(event))[0] == 0
    event.write_bytes(changed("schedule"))
    assert site.publish("--event", str(event))[0] == 1
    site.published = {"addresses.txt": b"versions/SHA256SUMS\n"}
    assert "What is published cannot be compared" in site.publish()[1]


def test_a_page_in_place_of_the_list_is_no_site_of_ours(site):
    """A parked name, or a host of one page, answers every address with it, and 200."""
    site.published = dict.fromkeys(("addresses.txt", "versions/SHA256SUMS"), b"<!doctype html>For sale\n")
    code, said = site.publish()
    first = f"published there: {SITE}addresses.txt is a page, and no list of addresses.\n"
    assert (code, first in said) == (0, True)
    git("tag", "1.0.0", folder=site.folder)
    assert (site.publish()[0], site.publish("--new-address")[0]) == (1, 0)


def test_a_site_that_lost_an_address_is_not_published(site):
    """The list of addresses goes out with the site that keeps them all; what goes on purpose says why."""
    (site.folder / "site/addresses.txt").unlink()
    site.published["addresses.txt"] += b"versions/1.0.0/\n"
    code, said = site.publish()
    assert (code, "  versions/1.0.0/\n" in said) == (1, True)
    assert not (site.folder / "site/addresses.txt").exists()
    (site.folder / ".github").mkdir()
    given_up = site.folder / ".github/addresses-given-up.txt"
    given_up.write_text("versions/1.0.0/ # It was never meant to be there.\n")
    assert site.publish()[0] == 0
    assert site.run("--site-url", "https://good.example/")[0] == 2


def test_what_is_published_gets_its_tag_where_it_was_taken_in(site, tmp_path, monkeypatch, capsys):
    git("switch", "--quiet", "--create", "release", folder=site.folder)
    edit_file(site.root / FIRST, "every day.", "every hour.")
    write_note(site.root, "moorings-first", class_="commitment")
    release_draft(site.root, date="2025-03-01")
    commit_all(site.folder)
    git("switch", "--quiet", "main", folder=site.folder)
    git("merge", "--quiet", "--no-ff", "--no-edit", "release", folder=site.folder)
    assert site.publish()[0] == 0
    first, second = git("rev-list", "--first-parent", "--reverse", "HEAD", folder=site.folder).split()
    assert site.run("--tag")[1] == "".join(
        f"{version} was taken in at {commit}, which gets its tag.\n"
        f"  Run: git tag {version} {commit} && git push origin {version}\n"
        for version, commit in (("1.0.0", first), ("2.0.0", second))
    )
    git("tag", "1.0.0", first, folder=site.folder)
    github = FakeGitHub(tmp_path, monkeypatch)
    assert site.run("--tag")[0] == 0
    assert github.told == [("POST git/refs", {"ref": "refs/tags/2.0.0", "sha": second})]


# --- From a laptop -----------------------------------------------------------------------------------


def test_a_laptop_says_what_a_workflow_would_and_what_to_upload(site):
    """The same checks, for the same site; and which addresses are new."""
    site.published["addresses.txt"] = b"\nversions/SHA256SUMS\n"
    code, said = site.check()
    assert (code, said) == site.publish()
    assert said.endswith(
        "No published version changes, and no address that was published is lost.\n"
        f"Upload all that is in site to {SITE}: 4 files, 0.0 MB.\n"
        "It has 3 addresses, 1 of them new.\n"
        "  versions/1.0.0/charter.json\n"
    )


def test_from_a_laptop_a_site_that_does_not_answer_is_not_taken_to_be_new(site):
    """A clone may lack the tags; and where there is no site yet, a host says so."""
    site.reachable = False
    code, said = site.check()
    why = f"  {SITE}addresses.txt cannot be reached: no such name"
    assert (code, said.splitlines()[-2:]) == (
        1,
        [
            "What is published cannot be compared, so nothing is published:",
            f"{why}: if nothing was ever published at this address, say --new-address",
        ],
    )
    assert (site.check("--new-address")[0], site.publish()[0]) == (0, 0)
    site.reachable, site.published = True, {}
    code, said = site.check()
    assert (
        code,
        f"first time that anything is published there: {SITE}addresses.txt answers 404.\n" in said,
    ) == (
        0,
        True,
    )


def test_from_a_laptop_neither_a_digest_nor_an_address_may_be_lost(site):
    site.published["addresses.txt"] += b"about/\n"
    code, said = site.check()
    assert (code, "lose addresses that were published, so it is not published:\n  about/\n" in said) == (
        1,
        True,
    )
    rewrite(site)
    (site.folder / ".git").rename(site.folder.parent / "old")
    init_repository(site.folder)
    code, said = site.check()
    assert (code, "  1.0.0/charter.json was published with the digest" in said) == (1, True)


# --- Other hosts than GitHub -------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["GITLAB_CI", "FORGEJO_ACTIONS", "GITEA_ACTIONS"])
def test_another_host_gets_its_tag_by_git(site, tmp_path, monkeypatch, host):
    """Forgejo sets GitHub's variables too: what is GitHub's is not asked for there."""
    origin = tmp_path / "origin.git"
    git("init", "--quiet", "--bare", str(origin), folder=tmp_path)
    git("remote", "add", "origin", str(origin), folder=site.folder)
    monkeypatch.setenv("GITHUB_REPOSITORY", "words/charter")
    monkeypatch.setenv(host, "true")
    assert site.run("--tag")[0] == 0
    (commit,) = git("rev-list", "HEAD", folder=site.folder).split()
    assert git("ls-remote", "--tags", str(origin), folder=tmp_path).split() == [commit, "refs/tags/1.0.0"]


# --- What is fetched ---------------------------------------------------------------------------------


@pytest.fixture
def address():
    """Where a host answers: /200, /404, /500, and /301, which leads to /200."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/nonsense":
                self.wfile.write(b"x\n\n")
                return
            code = int(self.path[1:])
            self.send_response(code)
            self.send_header("Location", "/200")
            self.end_headers()
            self.wfile.write(b"here")

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_site_is_fetched_or_is_not_there_or_is_broken(address):
    assert fetch.fetch_published(f"{address}/200") == (b"here", "", True)
    assert fetch.fetch_published(f"{address}/301") == (b"here", "", True)
    assert fetch.fetch_published(f"{address}/404") == (None, f"{address}/404 answers 404", True)
    data, why, answered = fetch.fetch_published("https://charter.invalid/addresses.txt")
    assert why.startswith("https://charter.invalid/addresses.txt cannot be reached: ")
    assert (data, answered) == (None, False)
    assert fetch.fetch_published(f"{address}/nonsense")[::2] == (None, False)
    for code in (403, 500):
        with pytest.raises(CharterError, match=f"answers {code}: nothing can be compared"):
            fetch.fetch_published(f"{address}/{code}")
    with pytest.raises(CharterError, match="file:///etc/hostname is not an address of the web"):
        fetch.fetch_published("file:///etc/hostname")
