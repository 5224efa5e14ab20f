"""“Check it yourself” in a browser: a file chosen or dropped, a digest typed, and what is said of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from charterpress.proofs.digests import sha256, swhid

PAGE = "versions/2.0.0/check/"
DROP = """([form, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.json"));
    form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def opened(open_page, example_server):
    page, witness = open_page(example_server + PAGE, width=360)
    yield page
    assert witness.complaints == []


def released(site, version="2.0.0") -> bytes:
    return (site / f"versions/{version}/charter.json").read_bytes()


def choose(page, data: bytes, name="mine.json"):
    page.get_by_label("Your file").set_input_files({"name": name, "mimeType": "", "buffer": data})


def expect_said(page, *words: str):
    for each in words:
        expect(page.get_by_role("status")).to_contain_text(each)


def test_a_file_is_told_which_version_it_is(opened, example_site):
    for version in ("2.0.0", "1.0.1"):
        choose(opened, released(example_site, version))
        expect_said(opened, f"It’s version {version}: every byte is the same.")
        expect_said(opened, sha256(released(example_site, version)))


def test_a_changed_byte_is_shown_with_its_place(opened, example_site):
    data = released(example_site)
    at = data.index(b"neighbour")
    choose(opened, data[:at] + b"N" + data[at + 1 :])
    line = data[:at].count(b"\n") + 1
    expect_said(opened, "It isn’t what was released as 2.0.0/charter.json.", "Neighbour")
    expect_said(opened, f"The first byte that differs is number {at + 1:,}, in line {line:,}.")


def test_another_version_that_was_changed_is_held_against_its_own(opened, example_site):
    choose(opened, released(example_site, "1.0.1").replace(b"allotment", b"garden", 1))
    expect_said(opened, "It isn’t what was released as 1.0.1/charter.json.")


def test_ends_of_lines_are_told_from_words(opened, example_site):
    for data in (released(example_site).replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + released(example_site)):
        choose(opened, data)
        expect_said(opened, "Its words are the same, but not the ends of its lines")


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 100, b'{"version": {"__proto__": 1}}', b"<script>"])
def test_anything_else_is_no_version(opened, data):
    choose(opened, data)
    expect_said(opened, "It isn’t what was released as 2.0.0/charter.json.")


def test_a_file_is_dropped_anywhere_on_the_form(opened, example_site):
    form = opened.locator("[data-check]")
    opened.evaluate(DROP, [form.element_handle(), released(example_site).decode()])
    expect_said(opened, "It’s version 2.0.0: every byte is the same.")


def test_a_digest_is_looked_up_by_keyboard_as_a_certificate_prints_it(opened, example_site):
    digest = sha256(released(example_site, "1.0.0")).upper()
    opened.get_by_label("Your file").focus()
    opened.keyboard.press("Tab")
    opened.keyboard.type(" ".join(digest[at : at + 8] for at in range(0, 64, 8)))
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    expect_said(opened, "It’s the digest of version 1.0.0.")


def look_up(page, typed: str):
    page.get_by_role("textbox", name="Or a digest").fill(typed)
    page.get_by_role("button", name="Look it up").click()


def test_whatever_somebody_holds_is_looked_up_and_no_more_is_said_than_is_sure(opened, example_site):
    data = released(example_site, "1.0.1")
    digest, name = sha256(data), swhid(data)
    whole, part = "It’s the digest of version 1.0.1.", "The digest of 1.0.1/charter.json begins like this."
    found, unreadable = "It’s the SWHID of 1.0.1/charter.json.", "Type a digest, which has 64 letters"
    nothing = "No version that’s published here, and no translation of one, has"
    for typed, *answers in (
        (f"SHA-256: {digest}", whole),
        (f"{digest}  charter.json", whole),
        (f"Algorithm : SHA256\nHash      : {digest.upper()}\nPath      : C:\\charter.json", whole),
        (f"> {digest[:32]}\n> {digest[32:]}", whole),
        (digest[:12], part, "It isn’t the whole digest, and somebody could make another file"),
        (f"{digest[:12].upper()}…", part),
        (digest[:40], part),
        (name, found, "A SWHID finds a file, and can be forged."),
        (f"{name};origin=https://example.org/", found),
        (name[-40:], found),
        ("0" * 64, f"{nothing} this digest."),
        ("0" * 12, f"{nothing} a digest that begins like this."),
        (f"swh:1:cnt:{'0' * 40}", f"{nothing} this SWHID."),
        (f"swh:1:cnt:{digest[:40]}", f"{nothing} this SWHID."),
        *((wrong, unreadable) for wrong in ("", "abc", digest[:11], "z" + "0" * 64, "0" * 65)),
        (name.replace("cnt", "rev"), unreadable),
    ):
        look_up(opened, typed)
        expect_said(opened, *answers)


def test_no_more_is_said_than_the_page_alone_knows(open_page, example_server, example_site):
    """Saved, or offline: the list of the other versions is not there."""
    page, _ = open_page(example_server + PAGE)
    page.route("**/SHA256SUMS", lambda route: route.abort())
    page.reload()
    look_up(page, sha256(released(example_site)))
    expect_said(page, "It’s the digest of version 2.0.0.")
    look_up(page, sha256(released(example_site, "1.0.0")))
    expect_said(page, "couldn’t be fetched: this is about version 2.0.0 alone.")


def test_nothing_leaves_the_computer(open_page, example_server, example_site):
    page, witness = open_page(example_server + PAGE)
    choose(page, released(example_site) + b"secret")
    expect_said(page, "It isn’t")
    assert [each for each in witness.requests if not each.startswith(example_server)] == []
    assert page.evaluate(
        "performance.getEntriesByType('resource').every(each => !each.name.includes('secret'))"
    )


def test_without_scripts_the_commands_do_the_same(open_page, example_server):
    page, _ = open_page(example_server + PAGE, java_script_enabled=False)
    expect(page.locator("[data-check]")).to_be_hidden()
    expect(page.get_by_text("The commands below do the same.")).to_be_visible()
    expect(page.get_by_text("sha256sum charter.json")).to_be_visible()
