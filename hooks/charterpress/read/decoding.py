"""A file's bytes → its lines, and the faults in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from charterpress.model import Fault
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number

BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 10_000
"""Characters. A longer line is no prose, and costs the readers behind this one seconds."""

_START = re.compile(r"<{7}(?: .*)?")
_MIDDLE = re.compile(r"={7}|\|{7}(?: .*)?")
_END = re.compile(r">{7}(?: .*)?")
_MARKS = ("<" * 7, "=" * 7, "|" * 7, ">" * 7)
_UNPRINTABLE = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A file's lines, the faults in them, and whether what they say can be read any further."""

    lines: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    readable: bool = True

    def clean(self) -> list[str]:
        """The lines for a YAML or Markdown parser, without characters that either rejects or takes for a line
        break. Each is replaced by one character, so that columns stay right; a rule reports the originals."""
        if not _UNPRINTABLE.search("".join(self.lines)):  # most have none
            return list(self.lines)
        return [_UNPRINTABLE.sub("\ufffd", line.replace("\r", " ")) for line in self.lines]


def decode_text(data: bytes) -> Text:
    """The lines of `data`: UTF-8, with or without a BOM, ended by LF or CRLF (or CR alone, which is a
    fault)."""
    data = data.removeprefix(BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        lines = _lines(data.decode(errors="replace"))
        return Text(lines=lines, faults=(_not_utf8(data, error),), readable=False)
    faults: list[Fault] = []
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
        message = _("the lines of this file end in a lone carriage return, as on old Macs")
        fix = _("save the file with line endings “LF” (or “CRLF”)")
        faults.append(Fault(rule="lone-cr", line=1, column=text.find("\n") + 1, message=message, fix=fix))
    lines = _lines(text)
    marked = any(sign in text for sign in _MARKS)
    stops = [*_long_lines(lines), *(_conflicts(lines) if marked else ())]
    return Text(lines=lines, faults=(*faults, *stops), readable=not stops)


def _lines(text: str) -> tuple[str, ...]:
    lines = text.replace("\r\n", "\n").split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Fault:
    before = data[: error.start]
    return Fault(
        rule="not-utf8",
        line=before.count(b"\n") + 1,
        column=len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1,
        message=_("this file is not UTF-8 text: byte {start} is 0x{data:02X}").format(
            start=error.start, data=data[error.start]
        ),
        fix=_("open the file in an editor that can read it and save it with the encoding “UTF-8”"),
    )


def _long_lines(lines: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for the first line that is too long."""
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            message = _("this line has {count} characters; {longest_line} is the most").format(
                count=format_number(len(line)), longest_line=format_number(LONGEST_LINE)
            )
            fix = _("break it into paragraphs")
            yield Fault(rule="long-line", line=number, column=1, message=message, fix=fix)
            return


def _conflicts(lines: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for each merge conflict, and for each conflict marker on its own."""
    inside = False
    for number, text in enumerate(lines, 1):
        line = text.rstrip("\r")
        starts, ends = bool(_START.fullmatch(line)), bool(_END.fullmatch(line))
        if starts or (not inside and (ends or _MIDDLE.fullmatch(line))):
            message = _("“{line}” marks a merge conflict that has not been resolved").format(line=line[:40])
            fix = _("keep the right wording; delete the other one and the lines <<<<<<<, ======= and >>>>>>>")
            yield Fault(rule="merge-conflict", line=number, column=1, message=message, fix=fix)
        inside = (inside or starts) and not ends
