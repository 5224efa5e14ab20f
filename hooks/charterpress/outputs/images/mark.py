"""The SVG file of a site's mark, which anybody may have drawn → shapes alone, safe to put into pages.

What is kept is a list of elements and attributes that can only draw. What only a drawing program reads
is left out; all else is refused, with its line and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final, NoReturn
from xml.parsers import expat

import tinycss2
from tinycss2 import ast

from charterpress.model.errors import CharterError
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _

SVG, XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
MAX_BYTES, MAX_DRAWN, MAX_ELEMENTS, MAX_DEPTH = 64_000, 8_000, 300, 20
"""How large a file may be, and what of it is drawn, which stands in every page and badge; how many elements
it may have, and how far they may be nested."""
MAX_ASPECT = 4.0
"""How many times as wide as it is high a mark may be, or the other way round."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHAPES = _names("g path circle ellipse rect line polyline polygon")
PAINT = _names("defs linearGradient radialGradient stop clipPath mask")
SILENT = _names("title desc metadata")
"""What says something and draws nothing: the name of the site stands beside the mark."""
REASONS: Mapping[str, str] = {
    "script": N_("a drawing must run nothing: delete it"),
    "style": N_('write colours as attributes, such as fill="#7a1f3d", and delete it'),
    "image": N_("it would need another file: draw it with paths"),
    "text": N_("letters look different on every device: turn them into paths"),
    "use": N_("repeat the shape in its place"),
    "symbol": N_("put its shapes in place of it"),
    "foreignObject": N_("it holds something that is not a drawing: delete it"),
    "a": N_("the mark is already a link to the home page: keep what is in it, and delete the link"),
    **dict.fromkeys(
        ("animate", "animateTransform", "animateMotion", "set"), N_("a mark doesn’t move: delete it")
    ),
    "filter": N_("draw it without the effect"),
    "pattern": N_("draw it with paths"),
}
"""What to do about elements that are not taken."""
OTHERWISE = N_("a mark is drawn with paths and other shapes: delete it")
PRESENTATION = _names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity color clip-path "
    "clip-rule mask stop-color stop-opacity transform"
)
GEOMETRY = _names(
    "d cx cy r rx ry x y x1 x2 y1 y2 fx fy width height points offset gradientUnits "
    "gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits id"
)
DROPPED = _names(
    "class version baseProfile preserveAspectRatio role focusable tabindex display visibility "
    "overflow enable-background font-family font-size font-weight font-style xml:space "
    "paint-order vector-effect shape-rendering pathLength color-interpolation isolation "
    "mix-blend-mode"
)
"""Attributes that draw nothing here, or nothing that a mark needs."""
_URL = re.compile(r"url\(\s*['\"]?\s*(.*?)\s*['\"]?\s*\)", re.IGNORECASE)
_SAFE = re.compile(r"[\w\s#%.,()+\-;:/]*", re.ASCII)
_ID: Final = "mark-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A checked drawing: its view box, and the elements in it as text. Where it says `currentColor` it takes
    the colour of the words beside it."""

    x: float
    y: float
    width: float
    height: float
    body: str

    @property
    def is_plain(self) -> bool:
        """Whether it takes the colour of the words beside it."""
        return "currentColor" in self.body

    def view_box(self) -> str:
        """The value of `viewBox`."""
        return " ".join(map(_number, (self.x, self.y, self.width, self.height)))

    def svg(self, colour: str, attributes: str = "") -> str:
        """The whole drawing in `colour`, with more `attributes` of its outermost element."""
        body = self.body.replace("currentColor", colour)
        return f'<svg xmlns="{SVG}" viewBox="{self.view_box()}"{attributes}>{body}</svg>'

    def inline(self, name: str) -> str:
        """The drawing within a page, of the class `name` of CSS, for nobody who only listens."""
        body = self.body.replace(_ID, f"{name.rsplit(maxsplit=1)[-1]}-")  # a page may have it twice
        return (
            f'<svg class="{name}" width="{_number(self.width)}" height="{_number(self.height)}" '
            f'viewBox="{self.view_box()}" aria-hidden="true" focusable="false">{body}</svg>'
        )

    def placed(self, colour: str, x: float, y: float, width: float, height: float) -> str:
        """The drawing within another one, in `colour`, as large as the box lets it be."""
        box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
        return f'<svg {box} viewBox="{self.view_box()}">{self.body.replace("currentColor", colour)}</svg>'

    def icon(self, colour: str, ground: str) -> str:
        """A square picture for a browser's tab: a plain mark in `colour` on `ground`, any other as it is."""
        side = 44
        if not self.is_plain:
            whole = self.placed(colour, 0, 0, side, side)
            return f'<svg xmlns="{SVG}" viewBox="0 0 {side} {side}">{whole}</svg>\n'
        return (
            f'<svg xmlns="{SVG}" viewBox="0 0 {side} {side}"><rect width="{side}" height="{side}" rx="9" '
            f'fill="{ground}"/>{self.placed(colour, 5, 5, side - 10, side - 10)}</svg>\n'
        )


RINGS = Mark(
    x=0,
    y=0,
    width=31,
    height=18,
    body='<g fill="none" stroke="currentColor" stroke-width="2"><circle cx="9" cy="9" r="8"/>'
    '<circle cx="22" cy="9" r="8"/></g>',
)
"""The drawing on the badge of a site that has no mark."""


def plain_icon(colour: str, ground: str) -> str:
    """The picture in a browser's tab of a site that has no mark: a page that is signed."""
    lines = "M11 13h22M11 20h22M11 27h9M22 31l4 4 8-10"
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 44 44"><rect width="44" height="44" rx="9" fill="{ground}"/>'
        f'<path d="{lines}" fill="none" stroke="{colour}" stroke-width="3.4" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>\n'
    )


def read_mark(file: Path, name: str) -> Mark:
    """Return the drawing in `file`, called `name` in messages. Raises CharterError with a line and a reason
    if it isn't there, or is anything but a small drawing of shapes."""
    if not file.is_file():
        raise CharterError(
            _("there is no file {file}: correct the path, which starts at the folder of mkdocs.yml").format(
                file=name
            )
        )
    if file.suffix.lower() != ".svg":
        raise CharterError(_("{file} must be an SVG drawing, in a file that ends in .svg").format(file=name))
    if (size := file.stat().st_size) > MAX_BYTES:
        message = _("{file} has {size} bytes; {most} is the most: simplify the drawing")
        raise CharterError(message.format(file=name, size=number(size), most=number(MAX_BYTES)))
    return _Reader(name).read(file.read_bytes())


class _Reader:
    """Reads one file, element by element."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = lambda *_values: self._refuse(
            _("a mark has no DOCTYPE: delete everything from <!DOCTYPE to its >")
        )
        self._parser.ProcessingInstructionHandler = lambda *_values: self._refuse(
            _("delete what starts with <?")
        )
        self._out: list[str] = []
        self._box: tuple[float, float, float, float] | None = None
        self._depth = self._count = self._skipped = 0

    def read(self, data: bytes) -> Mark:
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            raise CharterError(
                _("{file}:{line}: this is not XML ({problem}): export the drawing again as SVG").format(
                    file=self._name, line=error.lineno, problem=reason
                )
            ) from error
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise CharterError(_("{file}: write the file in UTF-8").format(file=self._name)) from error
        if self._box is None:
            raise CharterError(_("{file} has no <svg> at its top").format(file=self._name))
        body = "".join(self._out)
        if not any(f"<{shape} " in body for shape in SHAPES - {"g"}):
            message = _("{file} draws nothing: it needs a path or another shape")
            raise CharterError(message.format(file=self._name))
        if len(body) > MAX_DRAWN:
            raise CharterError(
                _(
                    "{file} draws {size} characters of shapes; {most} is the most, as the mark is on every "
                    "page and badge: simplify its paths, and round their numbers"
                ).format(file=self._name, size=number(len(body)), most=number(MAX_DRAWN))
            )
        x, y, width, height = self._box
        return Mark(x=x, y=y, width=width, height=height, body=body)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._count > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            message = _("more than {elements} elements, or {depth} within one another: simplify the drawing")
            self._refuse(message.format(elements=MAX_ELEMENTS, depth=MAX_DEPTH))
        space, _separator, name = tag.rpartition(" ")
        if self._depth == 1:
            if name != "svg" or space != SVG:
                self._refuse(
                    _("the file must start with {start}, not <{name}>").format(
                        start=f'<svg xmlns="{SVG}">', name=name
                    )
                )
            self._box = self._view_box(attributes)
            group = "".join(self._attributes(_without_size(attributes)))
            self._out.append(f"<g{group}>" if group else "<g>")
            return
        if space == XHTML or (space in {SVG, ""} and name not in SHAPES | PAINT | SILENT):
            self._refuse_element(name)
        if self._skipped or space != SVG or name in SILENT or self._is_hidden(attributes):
            self._skipped += 1  # what a drawing program notes for itself, or doesn't show
            return
        self._out.append(f"<{name}{''.join(self._attributes(attributes))}>")

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        else:
            self._out.append(f"</{tag.rpartition(' ')[2] if self._depth else 'g'}>")

    def _attributes(self, attributes: Mapping[str, str]) -> Iterator[str]:
        for name, value in attributes.items():
            if name == "style":
                yield from self._attributes(self._declarations(value))
                continue
            local = name.rpartition(" ")[2]
            if local.lower().startswith("on"):
                self._refuse(_("the attribute {name} runs a script: delete it").format(name=local))
            if local in {"href", "src"}:
                message = _("the attribute {name} refers to something else: put its shapes here instead")
                self._refuse(message.format(name=local))
            if " " in name or name in DROPPED or name.startswith(("data-", "aria-", "-")):
                continue
            if name not in PRESENTATION | GEOMETRY:
                message = _("the attribute {name} is not one that a mark may have: delete it")
                self._refuse(message.format(name=local))
            yield f' {name}="{escape(self._value(name, value))}"'

    def _value(self, name: str, value: str) -> str:
        value = " ".join(value.split())
        for target in _URL.findall(value):
            if not re.fullmatch(r"#[\w.-]+", target):
                message = _("{name} refers to another file: only #… within this one can be used")
                self._refuse(message.format(name=name))
        if not _SAFE.fullmatch(_URL.sub("", value)):
            self._refuse(_("the value of {name} has characters that no shape needs").format(name=name))
        value = _URL.sub(lambda found: f"url(#{_ID}{found[1][1:]})", value)
        if value.lower() == "currentcolor":
            return "currentColor"
        return f"{_ID}{value}" if name == "id" else value

    def _is_hidden(self, attributes: Mapping[str, str]) -> bool:
        style = "".join(attributes.get("style", "").split()).lower()
        hidden = (attributes.get("display"), attributes.get("visibility")) in {
            ("none", None),
            (None, "hidden"),
        }
        return hidden or "display:none" in style or "visibility:hidden" in style

    def _declarations(self, style: str) -> dict[str, str]:
        """What a `style` says, as attributes; what draws nothing here is left out."""
        found = tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
        return {
            each.lower_name: tinycss2.serialize(each.value).strip()
            for each in found
            if isinstance(each, ast.Declaration) and each.lower_name in PRESENTATION - {"transform"}
        }

    def _view_box(self, attributes: Mapping[str, str]) -> tuple[float, float, float, float]:
        given = attributes.get("viewBox")
        if given is None:
            sides = [attributes.get(side, "").removesuffix("px") for side in ("width", "height")]
            given = f"0 0 {' '.join(sides)}"
        try:
            x, y, width, height = (float(part) for part in re.split(r"[\s,]+", given.strip()))
        except ValueError:
            self._refuse(_('<svg> must say how large the drawing is, as in viewBox="0 0 44 28"'))
        if not (1e-3 < width < 1e5 and 1e-3 < height < 1e5 and abs(x) < 1e5 and abs(y) < 1e5):
            message = _("{size} is not a size that can be drawn: use numbers between 1 and 1,000")
            self._refuse(message.format(size=f'viewBox="{given}"'))
        if max(width, height) > MAX_ASPECT * min(width, height):
            message = _("the drawing must be at most {most} times as wide as it is high, or the reverse")
            self._refuse(message.format(most=f"{MAX_ASPECT:g}"))
        return x, y, width, height

    def _refuse_element(self, name: str) -> NoReturn:
        self._refuse(f"<{name}>: {_(REASONS.get(name, OTHERWISE))}")

    def _refuse(self, reason: str) -> NoReturn:
        raise CharterError(reason, path=self._name, line=self._parser.CurrentLineNumber)


def _without_size(attributes: Mapping[str, str]) -> dict[str, str]:
    own = {"width", "height", "viewBox", "x", "y", "id"}
    return {name: value for name, value in attributes.items() if name not in own}


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
