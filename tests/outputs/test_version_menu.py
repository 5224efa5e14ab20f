"""The menu of versions: what it names, and what it says is being read."""

from __future__ import annotations

import pytest

from builders import make_charter, make_release
from charterpress.model import Page
from charterpress.outputs.html.version_menu import version_menu

CHARTER = make_charter()


def releases(count):
    return [make_release(charter=CHARTER, version=f"1.{each}.0", date="2026-12-01") for each in range(count)]


def page(kind, address="charter/"):
    return Page(address=address, title="", description="", html="", kind=kind)


def test_there_is_no_menu_before_a_release():
    assert version_menu((), None) is None


def test_it_names_the_newest_versions_with_their_dates():
    made = releases(20)
    menu = version_menu(made, made[-1])
    assert [choice.name for choice in menu.choices(page("whole"))] == [
        f"Version 1.{n}.0" for n in range(19, 11, -1)
    ]
    assert menu.choices(page("whole"))[0].note == "1 December 2026, current"
    assert menu.choices(page("whole"))[1].note == "1 December 2026"
    assert menu.choices(page("whole"))[1].address == "versions/1.18.0/"


@pytest.mark.parametrize("kind", ["home", "whole", "theme", "principle"])
def test_pages_of_the_charter_show_the_current_version(kind):
    made = releases(3)
    assert version_menu(made, made[-1]).reading(page(kind)).name == "Version 1.2.0"


def test_a_version_that_is_not_among_the_newest_is_named_on_its_own_page():
    made = releases(20)
    menu, old = version_menu(made, made[-1]), page("version", "versions/1.2.0/")
    assert menu.reading(old).name == "Version 1.2.0"
    assert [choice.name for choice in menu.choices(old)][-2:] == ["Version 1.12.0", "Version 1.2.0"]
    new = page("version", "versions/1.18.0/")
    assert menu.choices(new) == menu.choices(page("whole"))


@pytest.mark.parametrize("kind", ["versions", "changes", "draft", "retired"])
def test_pages_that_show_no_version_or_more_than_one_name_none(kind):
    made = releases(3)
    assert version_menu(made, made[-1]).reading(page(kind, "versions/")) is None


@pytest.mark.parametrize(
    ("kind", "has"), [("version", True), ("changes", True), ("rules", False), ("moved", False)]
)
def test_the_menu_is_on_pages_of_the_charter_and_of_its_versions(kind, has):
    made = releases(1)
    assert version_menu(made, made[-1]).has(page(kind)) is has
    assert not version_menu(made, made[-1]).has(None)
