"""“Check it yourself”: who follows the page of a version finds out whether a file is what was released."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from lxml import html

from charterpress.cli import main
from charterpress.proofs.digests import sha256, swhid

VERSION = "2.0.0"


@pytest.fixture(scope="module")
def page(example_site):
    return html.parse(example_site / f"versions/{VERSION}/check/index.html").getroot()


@pytest.fixture
def kept(example_site, tmp_path):
    """A folder with the file that the page links to."""
    shutil.copy(example_site / f"versions/{VERSION}/charter.json", tmp_path)
    return tmp_path / "charter.json"


def said(element):
    return " ".join(element.text_content().split())


def command(page, name):
    """The command of the page as a reader copies it."""
    return said(page.find_class(f"check__{name}")[0])


def run(command, folder):
    done = subprocess.run(command, cwd=folder, shell=True, capture_output=True, text=True, check=True)  # noqa: S602 - as a reader types it
    return done.stdout


PROGRAMS = [name for name, program in (("linux", "sha256sum"), ("mac", "shasum")) if shutil.which(program)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_commands_print_the_digest_that_the_page_shows(page, kept, name):
    shown = said(page.xpath("//code[@data-file]")[0])
    assert run(command(page, name), kept.parent).split()[0] == shown == sha256(kept.read_bytes())
    kept.write_bytes(kept.read_bytes() + b"\n")
    assert run(command(page, name), kept.parent).split()[0] != shown


def test_git_prints_the_end_of_the_name_that_the_page_shows(page, kept):
    """Whatever a repository around the file tells git to do with the ends of its lines."""
    (kept.parent / ".gitattributes").write_text("* text eol=crlf\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", kept.parent], check=True)
    shown = said(page.xpath("//code[starts-with(., 'swh:')]")[0])
    assert shown == swhid(kept.read_bytes()) == f"swh:1:cnt:{run(command(page, 'git'), kept.parent).strip()}"
    (link,) = page.find_class("check__heritage")
    assert link.get("href") == f"https://archive.softwareheritage.org/{shown}"


def test_on_windows_both_programs_are_asked_for_sha256_of_the_same_file(page):
    """The first does so unless it is told otherwise."""
    assert command(page, "windows") == "Get-FileHash charter.json | Format-List"
    assert command(page, "certutil") == "certutil -hashfile charter.json SHA256"


def test_every_version_has_the_page_and_leads_to_it(example_site):
    for folder in (example_site / "versions").glob("*.*.*"):
        version = html.parse(folder / "index.html").getroot()
        link = version.xpath("//a[contains(@href, 'check/')]")[0]
        assert (folder / link.get("href") / "index.html").is_file(), folder


def test_a_version_without_time_stamps_claims_none(page):
    assert (page.xpath("//h3[@id='stamps']"), page.find_class("check__openssl")) == ([], [])


def test_what_a_signatory_keeps_has_the_digest_and_leads_to_the_page(example_site):
    """The organisation's page, and its certificate."""
    home = example_site / "signatories/orchard-lane-allotment-society"
    for file in (home / "index.html", home / "certificate/index.html"):
        tree = html.parse(file).getroot()
        link = next(each for each in tree.xpath("//a/@href") if each.endswith("/check/"))
        released = (file.parent / link / "../charter.json").resolve()
        assert sha256(released.read_bytes()) in "".join(tree.text_content().split()), file


def test_the_whole_site_is_held_against_its_own_charter_without_a_false_alarm(
    example_site, example_charter, capsys
):
    """With its register, the branches in it and what they reported."""
    assert main(("verify", "--source", str(example_charter), "--against", str(example_site))) == 0
    said = capsys.readouterr().out.partition("Compared with ")[2].splitlines()
    assert [line for line in said if "no longer" in line or " NOT " in line] == []
    assert said[-1] == "Nothing in it differs from what is here."
