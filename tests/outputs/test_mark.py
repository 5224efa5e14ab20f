"""A mark is shapes and nothing else, whatever the file says that it is read from."""

from __future__ import annotations

import pytest
from lxml import etree

from charterpress.model.errors import CharterError
from charterpress.outputs.images.mark import MAX_BYTES, read_mark

SVG = "http://www.w3.org/2000/svg"
PATH = '<path d="M0 0h9v9z" fill="currentColor"/>'


@pytest.fixture
def read(tmp_path):
    def read(text, name="mark.svg"):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_mark(tmp_path / name, name)

    return read


def svg(body, attributes='viewBox="0 0 44 28"'):
    return f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>\n{body}\n</svg>'


def test_a_drawing_of_shapes_is_taken_as_it_is(read):
    mark = read(svg(PATH))
    assert (mark.width, mark.height, mark.is_plain) == (44, 28, True)
    assert etree.fromstring(mark.svg("#123456"))[0][0].get("fill") == "#123456"
    assert 'aria-hidden="true"' in mark.inline("brand__drawing")
    icon = etree.fromstring(mark.icon("#fff", "#7a1f3d"))
    assert (icon.get("viewBox"), icon[0].get("fill")) == ("0 0 44 44", "#7a1f3d")


def test_what_drawing_programs_write_is_understood_and_left_out(read):
    body = """<!-- made by hand --><title>T</title><metadata><rdf:RDF xmlns:rdf="r"/></metadata>
      <sodipodi:namedview xmlns:sodipodi="s" x="1"/>
      <g inkscape:label="L" xmlns:inkscape="i" style="display:inline;fill:#f00;-inkscape-x:y">
        <rect width="9" height="9"/></g>
      <g style="display:none"><circle r="5"/></g>"""
    mark = read(
        '<?xml version="1.0" encoding="UTF-8"?>' + svg(body, 'width="64px" height="48px" version="1.1"'),
        "inkscape.svg",
    )
    assert mark.view_box() == "0 0 64 48"
    assert "".join(mark.body.split()) == '<g><gfill="#f00"><rectwidth="9"height="9"></rect></g></g>'


def test_gradients_within_the_drawing_keep_working_and_their_names_are_its_own(read):
    gradient = '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
    mark = read(svg(f'{gradient}<path d="M0 0h9z" fill="url(#a)"/>'))
    assert 'id="mark-a"' in mark.body
    assert 'fill="url(#mark-a)"' in mark.body
    assert "url(#certificate__mark-a)" in mark.inline("certificate__mark")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<script>alert(1)</script>", "2: <script>: a drawing must run nothing"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "<script>"),
        ('<metadata><s:script xmlns:s="http://www.w3.org/2000/svg"/></metadata>', "<script>"),
        (f'<g onclick="alert(1)">{PATH}</g>', "the attribute onclick runs a script"),
        ('<path d="M0 0" ONLOAD="x"/>', "the attribute ONLOAD runs a script"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>: it holds something that is not a drawing"),
        ('<image xlink:href="https://x.example/a.png"/>', "<image>: it would need another file"),
        ('<use href="https://x.example/a.svg#b"/>', "<use>: repeat the shape"),
        ('<path d="M0 0" fill="url(https://x.example/#a)"/>', "fill refers to another file"),
        ('<path d="M0 0" style="fill:url( \'//x.example/a\' )"/>', "fill refers to another file"),
        ('<path d="M0 0" xlink:href="#a"/>', "the attribute href refers to something else"),
        ("<style>path{fill:red}</style>", "<style>: write colours as attributes"),
        ("<text>A</text>", "<text>: letters look different"),
        ('<path d="M0 0"><animate attributeName="d"/></path>', "<animate>: a mark doesn’t move"),
        ('<a href="javascript:alert(1)"><path d="M0 0"/></a>', "<a>: the mark is already a link"),
        ('<path d="M0 0&quot;/>"/>', "the value of d has characters that no shape needs"),
        ('<path d="M0 0" srcdoc="x"/>', "the attribute srcdoc is not one"),
        ("<path d='M0 0'>", "this is not XML"),
        ("<g>" * 30 + "</g>" * 30, "within one another"),
        ("<g/>" * 400, "more than 300 elements"),
        ("<g/>", "draws nothing"),
        (f'<path d="{"M0 0" * 3000}"/>', "is the most, as the mark is on every page"),
    ],
)
def test_whatever_does_more_than_draw_is_refused_with_its_line_and_what_to_do(read, body, reason):
    with pytest.raises(CharterError) as caught:
        read(svg(body))
    assert reason in str(caught.value)
    assert str(caught.value).startswith("mark.svg")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            f'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>{svg(PATH)}',
            "mark.svg:1: a mark has no DOCTYPE",
        ),
        (f'<?xml-stylesheet href="x.css"?>{svg(PATH)}', "mark.svg:1: delete what starts with <?"),
        ("", "this is not XML"),
        (b"\x89PNG\r\n", "this is not XML"),
        ('<?xml version="1.0" encoding="no-such"?><svg/>', "mark.svg"),
        ("<svg><path/></svg>", "the file must start with <svg xmlns="),
        ("<html/>", "not <html>"),
        (svg(PATH, ""), "must say how large the drawing is"),
        (svg(PATH, 'viewBox="0 0 nan 1"'), "is not a size that can be drawn"),
        (svg(PATH, 'viewBox="0 0 1e9 1e9"'), "is not a size that can be drawn"),
        (svg(PATH, 'viewBox="0 0 100 10"'), "at most 4 times as wide"),
        (svg(PATH) + " " * MAX_BYTES, "64,000 is the most"),
    ],
)
def test_a_file_that_is_no_small_drawing_is_refused(read, text, reason):
    with pytest.raises(CharterError) as caught:
        read(text)
    assert reason in str(caught.value)


def test_a_file_that_is_missing_or_no_svg_is_named(tmp_path):
    with pytest.raises(CharterError, match=r"there is no file docs/none\.svg"):
        read_mark(tmp_path / "none.svg", "docs/none.svg")
    (tmp_path / "mark.png").write_bytes(b"x")
    with pytest.raises(CharterError, match=r"must be an SVG drawing"):
        read_mark(tmp_path / "mark.png", "mark.png")
