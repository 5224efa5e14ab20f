"""Holds pages that are poured into one frame to what they would be if each had its own."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterpress.model import Crumb, Page
from charterpress.model.errors import CharterError
from charterpress.outputs.html import templates
from charterpress.outputs.html.templates import PageTemplates

TEMPLATES = jinja2.Environment(autoescape=True)
FRAME = TEMPLATES.from_string(
    '<title>{{ made.title }} – Harbour</title><meta name="description" content="{{ made.description }}">'
    '<link rel="canonical" href="https://x.example/{{ made.address }}"><ol>'
    "{% for crumb in made.breadcrumbs %}"
    '<li><a href="{{ "../" * depth }}{{ crumb.address }}">{{ crumb.title }}</a>'
    "{% endfor %}"
    '</ol><main data-kind="{{ made.kind }}"><h1>{{ made.title }}</h1>{{ made.html | safe }}</main>'
    '<script type="application/ld+json">{{ {"name": made.title, "url": made.address} | tojson }}</script>'
    '<footer>{{ made.footer }}{% if made.source %}<a href="{{ made.source }}">{% endif %}</footer>'
)
ODD = st.text() | st.sampled_from(
    [
        *("<img src=x onerror=alert(1)>", "</script>", "SlotOfTheTitle", "{{ 1 }}", "=1+1"),
        *("\u202eא", "“&amp;”", "'"),
    ]
)
SLUG = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


def plain(page: Page) -> str:
    return FRAME.render(made=page, depth=page.address.count("/"))


def make_page(address: str = "signatories/quay/", **values: object) -> Page:
    needed = {"title": "Quay", "description": "About the quay.", "html": "<p>Hello</p>"}
    return Page(address=address, **(needed | values))


PAGES = st.builds(
    make_page,
    SLUG.map("signatories/{}/".format) | SLUG.map("signatories/{}/certificate/".format),
    title=ODD,
    description=ODD,
    html=ODD,
    kind=st.sampled_from(["signatory", "certificate"]),
    footer=st.sampled_from(["", "Version 1.0.0"]),
    breadcrumbs=st.sampled_from([(), (Crumb(title="Who signed", address="signatories/"),)]),
    source=ODD,
)


@given(st.lists(PAGES, max_size=6))
def test_a_page_is_the_same_as_with_a_frame_of_its_own(pages):
    frames = PageTemplates(plain)
    assert [frames.fill(page) for page in pages] == [plain(page) for page in pages]


def test_a_frame_is_made_once_for_all_pages_of_a_kind():
    asked = []
    frames = PageTemplates(lambda page: asked.append(page.address) or plain(page))
    for place in range(50):
        frames.fill(make_page(f"signatories/quay-{place}/", title=f"Quay {place}"))
    assert len(asked) == 2  # the one with the slots, and the first to compare with


@pytest.mark.parametrize(
    "value", [lambda page: page.title.upper(), lambda page: len(page.address), lambda page: page.source[::-1]]
)
def test_a_frame_that_depends_on_a_page_otherwise_is_refused(value):
    with pytest.raises(CharterError, match=r"signatories/quay/"):
        PageTemplates(lambda page: f"<p>{value(page)}</p>").fill(make_page(source="charter/quay.yml"))


def test_values_in_a_message_are_escaped_and_its_own_tags_are_not():
    page = templates.environment().from_string(
        '{{ _("<b>%(name)s</b> has 100%%", name="<i>") }}, {{ _("100%%") }}, '
        "{% trans count=2, name='&' %}{{ count }} {{ name }}{% pluralize %}{{ count }} {{ name }}s at 10%"
        "{% endtrans %}, {{ npgettext('a', 'one', '%(num)s of them', 3) }}"
    )
    assert page.render() == "<b>&lt;i&gt;</b> has 100%, 100%, 2 &amp;s at 10%, 3 of them"
