"""The words of the interface in the language in use."""

from __future__ import annotations

import threading

import jinja2
import pytest

from charterpress.outputs.html.templates import environment
from charterpress.text import interface
from charterpress.text.interface import gettext as _
from charterpress.text.interface import join_list, ngettext, number, pgettext, use_language


def test_english_is_its_own_catalog() -> None:
    assert _("Signed") == "Signed"
    assert pgettext("a letter", "Received") == "Received"
    assert [ngettext("{n} theme", "{n} themes", n).format(n=n) for n in (0, 1, 2)] == [
        "0 themes",
        "1 theme",
        "2 themes",
    ]
    assert number(12345) == "12,345"


@pytest.mark.parametrize(
    ("items", "words"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c", "d"), "a, b, c and d")],
)
def test_lists(items: tuple[str, ...], words: str) -> None:
    assert join_list(items) == words


def test_pseudo_language_marks_words_and_leaves_what_programs_read() -> None:
    with use_language("en-XA"):
        marked = _("Signed by <b>{name}</b> on %(day)s, see `charter.yml`")
    start, end = interface.MARKS
    assert marked.startswith(start)
    assert marked.endswith(end)
    for kept in ("<b>{name}</b>", "%(day)s", "`charter.yml`"):
        assert kept in marked
    assert len(pseudo := interface.pseudo("Ten letters")) >= 1.4 * len("Ten letters"), pseudo
    assert _("Signed") == "Signed"


def test_language_without_catalog_is_shown_in_english() -> None:
    with use_language("ja") as used:
        assert used.tag == interface.language() == "en"
        assert _("Signed") == "Signed"
    assert not interface.has_catalog("ja")
    assert interface.has_catalog("en-GB")


def test_language_ends_with_its_block_and_stays_in_its_thread() -> None:
    seen = []
    with use_language("en-XA"):
        with use_language("en-GB"):
            assert interface.language() == "en-GB"
        other = threading.Thread(target=lambda: seen.append(interface.language()))
        other.start()
        other.join()
        assert interface.language() == "en-XA"
    assert seen == ["en"]


def test_direction() -> None:
    assert [interface.direction(tag) for tag in ("", "cy", "ar", "ar-EG", "he", "en-GB")] == [
        *("ltr", "ltr", "rtl", "rtl", "rtl", "ltr")
    ]


def test_templates_escape_values_and_trim_messages() -> None:
    templates = environment()
    templates.loader = jinja2.DictLoader(
        {
            "page": "{% trans count=n, who=name %}\n  <b>{{ who }}</b>,\n  once\n"
            "{% pluralize %}{{ count }} times{% endtrans %}"
        }
    )
    page = templates.get_template("page")
    assert page.render(name="<i>", n=1) == "<b>&lt;i&gt;</b>, once"
    assert page.render(name="", n=3) == "3 times"
    with use_language("en-XA"):
        assert page.render(name="", n=3).startswith(interface.MARKS[0])
