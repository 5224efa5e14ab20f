"""A built site with releases: the menu, the feeds, and what an organisation does to check its version."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from jsonschema import Draft202012Validator
from lxml import etree, html

from builders import make_charter, release_draft, write_charter, write_note
from charterpress.proofs.digests import swhid
from checkouts import built, checked_out
from site_server import serve
from words import said

PREFIX = "/under/a/path/"
SITE = f"https://harbour.example{PREFIX}"
TITLE = "Harbour Charter of the Northern Coast"
FIRST = "themes/moorings/moorings-first.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = write_charter(tmp_path_factory.mktemp("elsewhere"), make_charter(title=TITLE))
    write_note(root, "preamble", id="first")
    release_draft(root, first=True)
    text = (root / FIRST).read_text().rstrip()
    for day in range(1, 10):
        (root / FIRST).write_text(f"{text} And so {'on ' * day}.\n")
        write_note(root, "moorings-first", class_="guidance")
        release_draft(root, f"2025-06-{day:02}")
    return built(checked_out(tmp_path_factory.mktemp("checkout")), CHARTER_SOURCE=str(root), SITE_URL=SITE)


@pytest.fixture(scope="module")
def served(site):
    with serve(site, PREFIX) as address:
        yield address


def tree(site, address):
    return html.parse(site / address / "index.html").getroot()


class Instructions:
    """The section of the page on how to check a version, as a reader finds it."""

    def __init__(self, site):
        (self.section,) = tree(site, "versions").xpath("//h2[@id='check']/..")

    def __getitem__(self, name):
        return said(self.section.find_class(f"check__{name}")[0])


def followed(site, folder):
    """What the page tells to do, done in `folder`: the command, and the answer that it promises."""
    told = Instructions(site)
    (folder / told["folder"]).mkdir()
    for name, where in (("file", folder / told["folder"]), ("sums", folder)):
        (link,) = told.section.find_class(f"check__{name}")
        shutil.copy(site / urljoin("versions/", link.get("href")), where / link.text)
    return told["linux"], told["answer"]


def run(command, folder):
    return subprocess.run(command, cwd=folder, shell=True, capture_output=True, text=True, check=False)  # noqa: S602


def test_who_follows_the_page_is_told_that_the_version_is_the_one_that_was_released(site, tmp_path):
    """The page's very words, on the very files that it links to; on macOS the program has another name."""
    command, answer = followed(site, tmp_path)
    for each in (command, *([Instructions(site)["mac"]] if shutil.which("shasum") else [])):
        done = run(each, tmp_path)
        assert (done.returncode, done.stdout.strip()) == (0, answer)
    done = run("sha256sum --check SHA256SUMS", site / "versions")
    assert (done.returncode, done.stdout.count(": OK\n")) == (0, 10)


@pytest.mark.parametrize("change", [(b"every day", b"every dax"), (b"\n}", b"\n}\n")])
def test_one_changed_byte_and_the_answer_is_another(site, tmp_path, change):
    command, answer = followed(site, tmp_path)
    file = tmp_path / answer.partition(":")[0]
    before = file.read_bytes()
    file.write_bytes(before.replace(*change, 1))
    assert file.read_bytes() != before
    done = run(command, tmp_path)
    assert (done.returncode != 0, answer in done.stdout) == (True, False)


def test_on_windows_the_digest_shown_is_the_one_in_the_list(site):
    """Both programs are asked for SHA-256 of the same file; the first does so unless it is told otherwise."""
    told = Instructions(site)
    file = f"{told['folder']}\\charter.json"
    assert told["windows"] == f"Get-FileHash {file} | Format-List"
    assert told["certutil"] == f"certutil -hashfile {file} SHA256"
    assert f"  {told['folder']}/charter.json\n" in (site / "versions" / "SHA256SUMS").read_text()


def test_every_version_is_listed_with_date_class_reason_and_digest(site):
    table = tree(site, "versions").xpath("//table[@class='versions']/tbody/tr")
    rows = [[said(cell) for cell in row] for row in table]
    listed = json.loads((site / "versions.json").read_text())
    assert len(rows) == 10
    newest = ["1.9.0 current", "9 June 2025", "guidance", "The quay has grown. What changed in 1.9.0"]
    assert rows[0][:4] == newest
    assert rows[-1][:4] == ["1.0.0", "1 December 2024", "commitment", "The quay has grown."]
    assert [row[4] for row in rows] == [each["properties"]["sha256"][:12] for each in listed]


def test_the_timeline_is_drawn_for_both_widths_and_hidden_from_those_who_hear_the_table(site):
    drawings = tree(site, "versions").xpath("//figure//*[local-name()='svg']")
    assert [each.get("width") for each in drawings] == ["320", "680"]
    assert {each.get("aria-hidden") for each in drawings} == {"true"}
    assert [len(each.xpath(".//*[local-name()='circle']")) for each in drawings] == [10, 10]
    assert tree(site, "versions").xpath("//@style") == []


def facts(site, version):
    found = tree(site, f"versions/{version}").xpath("//dl[contains(@class, 'facts')]/div")
    return {said(each.find("dt")): said(each.find("dd")) for each in found}


def test_a_version_says_what_it_is_and_where_it_stands_among_the_others(site):
    digest = json.loads((site / "versions.json").read_text())[-2]["properties"]["sha256"]
    assert {name: fact for name, fact in facts(site, "1.1.0").items() if name != "Download"} == {
        "Released": "1 June 2025",
        "Class": "guidance",
        "Previous": "Version 1.0.0",
        "Next": "Version 1.2.0",
        "Current": "Version 1.9.0",
        "What changed": "since 1.0.0, from this version to 1.9.0",
        "Signatories": "none at present",
        "Cite as": f"{TITLE}, version 1.1.0, 1 June 2025. {SITE}versions/1.1.0/",
        "Digest (SHA-256)": f"{digest} How to check it",
        "Name at Software Heritage (SWHID)": swhid((site / "versions/1.1.0/charter.json").read_bytes()),
    }
    assert facts(site, "1.0.0")["Previous"] == "none: this is the first"
    latest = {name: facts(site, "1.9.0")[name] for name in ("Next", "Current", "Signatories")}
    assert list(latest.values()) == [
        "none: this is the latest", "this version", "none at present: how to sign",
    ]  # fmt: skip


def test_the_headings_of_a_version_lead_through_it(site):
    headings = tree(site, "versions/1.0.0").cssselect("article :is(h1, h2, h3, h4)")
    levels = [int(each.tag[1]) for each in headings]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def menu(site, address):
    """What the menu is called, its links by their names, and which is marked as the page one is on."""
    found = tree(site, address).find_class("versions-menu")
    if not found:
        return None
    links = {said(link): urljoin(f"{PREFIX}{address}/", link.get("href")) for link in found[0].iter("a")}
    (name,) = found[0].xpath("details/summary")
    return said(name), links, [said(link) for link in found[0].xpath(".//a[@aria-current='page']")]


def test_the_menu_names_the_newest_versions_and_the_way_to_all(site):
    name, links, current = menu(site, "charter")
    assert (name, current) == ("Version 1.9.0", [])
    assert links == {
        f"Version 1.{minor}.0 {minor} June 2025{', current' * (minor == 9)}": f"{PREFIX}versions/1.{minor}.0/"
        for minor in range(9, 1, -1)
    } | {"All versions": f"{PREFIX}versions/"}
    assert menu(site, "propose") is menu(site, "editors/rules") is None


@pytest.mark.parametrize(
    ("address", "name", "current"),
    [
        ("versions/1.0.0", "Version 1.0.0", ["Version 1.0.0 1 December 2024"]),
        ("versions/1.5.0", "Version 1.5.0", ["Version 1.5.0 5 June 2025"]),
        ("versions", "Versions", ["All versions"]),
        ("charter/moorings/moorings-first", "Version 1.9.0", []),
    ],
)
def test_the_menu_says_which_version_is_being_read(site, address, name, current):
    assert menu(site, address)[::2] == (name, current)


def test_there_is_no_menu_and_no_feed_before_a_release(draft_site):
    assert menu(draft_site, "charter") is None
    assert tree(draft_site, "charter").xpath("//link[contains(@rel, 'alternate')]") == []
    assert not (draft_site / "feeds").exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_menu_is_opened_and_left_with_the_keyboard(served, open_page, width):
    page, witness = open_page(f"{served}versions/1.0.0/", width=width)
    summary = page.locator(".versions-menu summary")
    if width == 360:
        page.get_by_text("Menu", exact=True).press("Enter")
    assert not page.get_by_role("link", name="All versions").is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="All versions").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Version 1.9.0")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = [page.locator(f".versions-menu {part}").bounding_box() for part in ("summary", "ul")]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert not page.get_by_role("link", name="All versions").is_visible()
    page.wait_for_timeout(300)
    assert witness.complaints == []


def test_the_menu_works_without_a_script(served, open_page):
    page, _ = open_page(f"{served}charter/", java_script_enabled=False)
    page.locator(".versions-menu summary").click()
    page.get_by_role("link", name="Version 1.5.0").click()
    assert urlsplit(page.url).path == f"{PREFIX}versions/1.5.0/"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 360])
def test_the_head_of_a_page_is_one_row_with_a_menu_button(served, open_page, width, scripts):
    page, _ = open_page(f"{served}charter/", width=width, java_script_enabled=scripts)
    head, button = page.locator(".site-header"), page.get_by_text("Menu", exact=True)
    assert head.bounding_box()["height"] < 120  # its name takes four lines
    assert not page.locator(".menu").is_visible()
    button.click()
    for part in (".versions-menu summary", ".menu a[aria-current]", *([".search__field"] if scripts else [])):
        assert page.locator(part).is_visible()
    button.click()
    assert head.bounding_box()["height"] < 120  # its name takes four lines


def test_escape_and_a_click_elsewhere_close_the_menus(served, open_page):
    page, _ = open_page(f"{served}charter/", width=360)
    button, versions = page.get_by_text("Menu", exact=True), page.locator(".versions-menu summary")
    button.click()
    versions.click()
    for still_open in (True, False):  # first the inner one, then the outer one
        page.keyboard.press("Escape")
        assert not page.get_by_role("link", name="All versions").is_visible()
        assert versions.is_visible() is still_open
    assert page.evaluate("document.activeElement.textContent") == "Menu"
    page.set_viewport_size({"width": 1280, "height": 800})
    versions.click()
    page.get_by_role("heading", level=1).click()
    assert not page.get_by_role("link", name="All versions").is_visible()


def alternates(site, address):
    found = tree(site, address).xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')]")
    return [(each.get("type"), urljoin(f"{PREFIX}{address}/", each.get("href"))) for each in found]


def test_every_page_tells_of_the_feed_and_a_principles_page_of_its_own(site):
    every = ("application/atom+xml", f"{PREFIX}feeds/versions.atom")
    own = ("application/atom+xml", f"{PREFIX}feeds/principles/moorings-first.atom")
    assert alternates(site, "propose") == alternates(site, "charter") == [every]
    assert alternates(site, "charter/moorings/moorings-first") == [every, own]


def test_what_the_feeds_link_to_is_there(site):
    for path in (site / "feeds").rglob("*.atom"):
        feed = etree.parse(path).getroot()
        own = feed.find("{*}link[@rel='self']").get("href")
        assert own == SITE + path.relative_to(site).as_posix()
        links = feed.xpath("//@href")
        for content in feed.iter("{*}content"):
            links += html.fromstring(f"<div>{content.text}</div>").xpath("//@href")
        for link in links:
            address, _, anchor = link.removeprefix(SITE).partition("#")
            page = site / address / "index.html" if address.endswith("/") else site / address
            assert page.is_file(), link
            assert not anchor or re.search(f'id="{re.escape(anchor)}"', page.read_text()), link
    (link,) = tree(site, "versions").xpath("//article//a[@type='application/atom+xml']/@href")
    assert (site / urljoin("versions/", link)).is_file()


def test_the_schema_is_published_and_every_published_release_is_as_it_says(site):
    (link,) = [each for each in tree(site, "versions").iter("a") if each.text == "release-1.schema.json"]
    schema = json.loads((site / urljoin("versions/", link.get("href"))).read_text())
    files = sorted((site / "versions").glob("*.*.*/charter.json"))
    assert len(files) == 10
    for file in files:
        Draft202012Validator(schema).validate(json.loads(file.read_text()))
    assert Path(link.get("href")).name == f"{json.loads(files[0].read_text())['format']}.schema.json"
