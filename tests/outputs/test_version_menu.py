"""The menu of versions: what it names, and what it says is being read."""

from __future__ import annotations

import pytest

from builders import make_charter, make_release
from charterpress.model import Page
from charterpress.outputs.html.version_pages import version_menu

CHARTER = make_charter()


def menu_of(count):
    made = [make_release(charter=CHARTER, version=f"1.{each}.0", date="2026-12-01") for each in range(count)]
    return version_menu(made, made[-1])


def page(kind, address="charter/"):
    return Page(address=address, title="", description="", html="", kind=kind)


def test_it_names_the_newest_versions_with_their_dates():
    assert version_menu((), None) is None
    newest, *others = menu_of(20).choices(page("whole"))
    assert [choice.name for choice in (newest, *others)] == [f"Version 1.{n}.0" for n in range(19, 11, -1)]
    assert (newest.note, others[0].note) == ("1 December 2026, current", "1 December 2026")
    assert others[0].address == "versions/1.18.0/"


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (("home", "whole", "theme", "principle"), "Version 1.2.0"),
        (("versions", "changes", "draft", "retired"), None),  # they show no version, or more than one
    ],
)
def test_pages_of_the_charter_show_the_current_version(kinds, name):
    for kind in kinds:
        assert getattr(menu_of(3).reading(page(kind)), "name", None) == name


def test_a_version_that_is_not_among_the_newest_is_named_on_its_own_page():
    menu, old = menu_of(20), page("version", "versions/1.2.0/")
    assert menu.reading(old).name == "Version 1.2.0"
    assert [choice.name for choice in menu.choices(old)][-2:] == ["Version 1.12.0", "Version 1.2.0"]
    assert menu.choices(page("version", "versions/1.18.0/")) == menu.choices(page("whole"))


def test_the_menu_is_on_pages_of_the_charter_and_of_its_versions():
    kinds = ("version", "changes", "rules", "moved")
    assert [menu_of(1).has(page(kind)) for kind in kinds] == [True, True, False, False]
    assert not menu_of(1).has(None)
