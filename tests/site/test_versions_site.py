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
from checkouts import built, checked_out
from site_server import serve

PREFIX = "/under/a/path/"
SITE = f"https://harbour.example{PREFIX}"
TITLE = "Harbour Charter of the Northern Coast"
FIRST = "themes/moorings/moorings-first.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Ten versions of a small charter, built."""
    root = write_charter(tmp_path_factory.mktemp("elsewhere"), make_charter(title=TITLE))
    write_note(root, "preamble", id="first")
    release_draft(root, first=True)
    for day in range(1, 10):
        text = (root / FIRST).read_text()
        (root / FIRST).write_text(f"{text.rstrip()} And so {'on ' * day}.\n")
        write_note(root, "moorings-first", class_="guidance")
        release_draft(root, f"2025-06-{day:02}")
    folder = checked_out(tmp_path_factory.mktemp("checkout"))
    return built(folder, CHARTER_SOURCE=str(root), SITE_URL=SITE)


@pytest.fixture(scope="module")
def served(site):
    with serve(site, PREFIX) as address:
        yield address


def tree(site, address):
    return html.parse(site / address / "index.html").getroot()


def words(element):
    return " ".join(element.text_content().split())


def instructions(site):
    """The section of the page, as a reader finds it."""
    (section,) = tree(site, "versions").xpath("//h2[@id='check']/..")
    return section


def followed(site, folder):
    """What the page tells to do, done in `folder`: the command, and the answer that it promises."""
    section = instructions(site)
    name = section.xpath("//*[@class='check__folder']")[0].text
    (folder / name).mkdir()
    downloads = {
        section.xpath("//a[@class='check__file']")[0]: folder / name,
        section.xpath("//a[@class='check__sums']")[0]: folder,
    }
    for link, where in downloads.items():
        address = urljoin("versions/", link.get("href"))
        assert link.text in words(section)
        shutil.copy(site / address, where / link.text)
    return words(section.xpath("//*[@class='check__linux']")[0]), section.xpath(
        "//*[@class='check__answer']"
    )[0].text


def run(command, folder):
    return subprocess.run(command, cwd=folder, shell=True, capture_output=True, text=True, check=False)  # noqa: S602


def test_who_follows_the_page_is_told_that_the_version_is_the_one_that_was_released(site, tmp_path):
    command, answer = followed(site, tmp_path)
    done = run(command, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, answer)
    if shutil.which("shasum"):
        done = run(words(instructions(site).xpath("//*[@class='check__mac']")[0]), tmp_path)
        assert (done.returncode, done.stdout.strip()) == (0, answer)


@pytest.mark.parametrize(
    "change", [lambda data: data.replace(b"every day", b"every dax", 1), lambda data: data + b"\n"]
)
def test_one_changed_byte_and_the_answer_is_another(site, tmp_path, change):
    command, answer = followed(site, tmp_path)
    file = tmp_path / answer.partition(":")[0]
    before = file.read_bytes()
    file.write_bytes(change(before))
    assert file.read_bytes() != before
    done = run(command, tmp_path)
    assert done.returncode != 0
    assert answer not in done.stdout


def test_on_windows_the_digest_shown_is_the_one_in_the_list(site):
    section = instructions(site)
    version = section.xpath("//*[@class='check__folder']")[0].text
    file = f"{version}\\charter.json"
    assert words(section.xpath("//*[@class='check__windows']")[0]) == f"Get-FileHash {file} | Format-List"
    assert words(section.xpath("//*[@class='check__certutil']")[0]) == f"certutil -hashfile {file} SHA256"
    assert f"  {version}/charter.json\n" in (site / "versions" / "SHA256SUMS").read_text()


def test_all_versions_pass_at_once_where_they_are_published(site):
    done = run("sha256sum --check SHA256SUMS", site / "versions")
    assert (done.returncode, done.stdout.count(": OK\n")) == (0, 10)


def test_every_version_is_listed_with_date_class_reason_and_digest(site):
    rows = [
        [words(cell) for cell in row]
        for row in tree(site, "versions").xpath("//table[@class='versions']/tbody/tr")
    ]
    listed = json.loads((site / "versions.json").read_text())
    assert len(rows) == 10
    assert rows[0][:3] == ["1.9.0 current", "9 June 2025", "guidance"]
    assert rows[0][3] == "The quay has grown. What changed in 1.9.0"
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
    return {words(each.find("dt")): words(each.find("dd")) for each in found}


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
    }
    assert (facts(site, "1.0.0")["Previous"], facts(site, "1.9.0")["Next"]) == (
        "none: this is the first",
        "none: this is the latest",
    )
    assert facts(site, "1.9.0")["Current"] == "this version"
    assert facts(site, "1.9.0")["Signatories"] == "none at present: how to sign"


def test_the_headings_of_a_version_lead_through_it(site):
    levels = [
        int(each.tag[1])
        for each in tree(site, "versions/1.0.0").xpath(
            "//article//*[self::h1 or self::h2 or self::h3 or self::h4]"
        )
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def menu(site, address):
    """What the menu is called, its links by their names, and which is marked as the page one is on."""
    found = tree(site, address).xpath("//nav[@class='versions-menu']")
    if not found:
        return None
    links = {words(link): urljoin(f"{PREFIX}{address}/", link.get("href")) for link in found[0].iter("a")}
    (name,) = found[0].xpath("details/summary")
    return words(name), links, [words(link) for link in found[0].xpath(".//a[@aria-current='page']")]


def test_the_menu_names_the_newest_versions_and_the_way_to_all(site):
    name, links, current = menu(site, "charter")
    assert (name, current) == ("Version 1.9.0", [])
    assert links == {
        f"Version 1.{minor}.0 {minor} June 2025{', current' * (minor == 9)}": f"{PREFIX}versions/1.{minor}.0/"
        for minor in range(9, 1, -1)
    } | {"All versions": f"{PREFIX}versions/"}


def test_the_menu_says_which_version_is_being_read(site):
    assert menu(site, "versions/1.0.0")[0] == "Version 1.0.0"
    assert menu(site, "versions/1.0.0")[2] == ["Version 1.0.0 1 December 2024"]
    assert menu(site, "versions/1.5.0")[2] == ["Version 1.5.0 5 June 2025"]
    assert (menu(site, "versions")[0], menu(site, "versions")[2]) == ("Versions", ["All versions"])
    assert menu(site, "charter/moorings/moorings-first")[0] == "Version 1.9.0"


def test_pages_around_the_charter_have_no_menu(site):
    assert menu(site, "developers") is None
    assert menu(site, "editors/rules") is None


def test_there_is_no_menu_and_no_feed_before_a_release(draft_site):
    assert menu(draft_site, "charter") is None
    assert tree(draft_site, "charter").xpath("//link[contains(@rel, 'alternate')]") == []
    assert not (draft_site / "feeds").exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_menu_is_opened_and_left_with_the_keyboard(served, open_page, width):
    page, witness = open_page(f"{served}versions/1.0.0/", width=width)
    summary = page.locator(".versions-menu summary")
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


@pytest.mark.parametrize("width", [320, 360])
def test_the_head_of_a_page_has_room_for_the_menu(served, open_page, width):
    page, _ = open_page(f"{served}charter/", width=width)
    parts = (".brand span", ".versions-menu summary", ".search__form", ".colours", ".menu")
    boxes = {part: page.locator(part).first.bounding_box() for part in parts}
    assert boxes[".brand span"]["width"] > width / 2
    for one, a in boxes.items():
        assert a["x"] >= 0, one
        assert a["x"] + a["width"] <= width, one
        for two, b in boxes.items():
            apart = a["x"] + a["width"] <= b["x"] or a["y"] + a["height"] <= b["y"]
            assert one >= two or apart or b["x"] + b["width"] <= a["x"] or b["y"] + b["height"] <= a["y"], (
                one,
                two,
            )


def alternates(site, address):
    found = tree(site, address).xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')]")
    return [(each.get("type"), urljoin(f"{PREFIX}{address}/", each.get("href"))) for each in found]


def test_every_page_tells_of_the_feed_and_a_principles_page_of_its_own(site):
    every = ("application/atom+xml", f"{PREFIX}feeds/versions.atom")
    own = ("application/atom+xml", f"{PREFIX}feeds/principles/moorings-first.atom")
    assert alternates(site, "developers") == alternates(site, "charter") == [every]
    assert alternates(site, "charter/moorings/moorings-first") == [every, own]


def test_every_feed_that_is_told_of_is_there_and_names_that_address_as_its_own(site):
    for path in (site / "feeds").rglob("*.atom"):
        own = etree.parse(path).getroot().find("{*}link[@rel='self']").get("href")
        assert own == SITE + path.relative_to(site).as_posix()
    (link,) = tree(site, "versions").xpath("//article//a[@type='application/atom+xml']")
    assert (site / urljoin("versions/", link.get("href"))).is_file()


def test_what_the_feeds_link_to_is_there(site):
    for path in (site / "feeds").rglob("*.atom"):
        feed = etree.parse(path).getroot()
        links = feed.xpath("//@href")
        for content in feed.iter("{*}content"):
            links += html.fromstring(f"<div>{content.text}</div>").xpath("//@href")
        for link in links:
            address, _, anchor = link.removeprefix(SITE).partition("#")
            page = site / address / "index.html" if address.endswith("/") else site / address
            assert page.is_file(), link
            assert not anchor or re.search(f'id="{re.escape(anchor)}"', page.read_text()), link


def test_the_schema_is_published_and_every_published_release_is_as_it_says(site):
    (link,) = [each for each in tree(site, "versions").iter("a") if each.text == "release-1.schema.json"]
    schema = json.loads((site / urljoin("versions/", link.get("href"))).read_text())
    files = sorted((site / "versions").glob("*.*.*/charter.json"))
    assert len(files) == 10
    for file in files:
        Draft202012Validator(schema).validate(json.loads(file.read_text()))
    assert Path(link.get("href")).name == f"{json.loads(files[0].read_text())['format']}.schema.json"
