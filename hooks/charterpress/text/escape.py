"""Escape text for the places it goes to: terminals, logs, Markdown comments, YAML, CSV cells and XML.

HTML is escaped by the standard library and Jinja, JSON by the standard library.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

TAB = "    "
"""How a tab is shown in a terminal."""
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"})
LOG_COMMAND = "##["
"""What starts a command anywhere in a line of a GitHub log."""
_NOT_IN_AUTOLINK = re.compile(r'[\s<>"\\^`{|}]')
_LINE_COMMAND = re.compile(r"^(\s*):(?=:)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~&!$@]|:(?=\S)|\bwww\.|(?<=:)/|^[-+=]|^\d+[.)](?=\s|$)", re.IGNORECASE)
_REFERENCE = re.compile(r"(\\?@|\\?#|\bGH\\?-)(?=\w)", re.IGNORECASE)
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b")
_MARKDOWN_SYNTAX = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|&(?=#?\w+;)|^(?:[#>+=~-]|\d+[.)])"
)
_PLAIN_YAML = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""What some readers of YAML take for something other than text."""
_INVALID_XML = re.compile("[\0-\x08\v\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def escape_controls(text: str) -> str:
    """Return `text` as one line for a terminal or log.

    Control, format and unassigned characters, and line breaks, become their codes (<U+202E>). So does the
    bracket of “##[”, which starts a command anywhere in a line of a GitHub log (actions/runner,
    ActionCommand.cs).
    """
    if text.isascii() and text.isprintable() and LOG_COMMAND not in text:
        return text
    return "".join(escape_character(text, at) for at in range(len(text)))


def escape_character(text: str, at: int) -> str:
    """Return what `escape_controls` shows for the character of `text` at index `at`."""
    character = text[at]
    if character == "\t":
        return TAB
    hidden = unicodedata.category(character) in _UNSAFE_CATEGORIES
    if hidden or text.endswith(LOG_COMMAND, max(at + 1 - len(LOG_COMMAND), 0), at + 1):
        return f"<U+{ord(character):04X}>"
    return character


def escape_lines(text: str) -> str:
    """Return `text` for a terminal or log, keeping its line breaks and escaping each line as
    `escape_controls` does, and the “::” with which a line starts a command of a GitHub log."""
    return "\n".join(_LINE_COMMAND.sub(r"\1<U+003A>", escape_controls(line)) for line in text.split("\n"))


def escape_annotation(text: str) -> str:
    """Return `text` as the message of a GitHub workflow command (docs.github.com, “Workflow commands”)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_annotation_property(text: str) -> str:
    """Return `text` as the value of a property of a GitHub workflow command."""
    return escape_annotation(text).replace(":", "%3A").replace(",", "%2C")


def escape_markdown(text: str, limit: int | None = None) -> str:
    """Return `text`, whoever wrote it, as one line of Markdown that shows it literally in a comment.

    White space is collapsed, control characters are shown as by `escape_controls`, and all but the first
    `limit` characters of that are dropped. What Markdown or GitHub would interpret is escaped.
    """
    line = escape_controls(" ".join(text.split()))[:limit]
    return _without_references(_ACTIVE.sub(_backslash_last, line))


def escape_markdown_fragment(text: str) -> str:
    """Return `text`, whoever wrote it, as Markdown that shows it literally wherever in a block it is put:
    all ASCII punctuation is escaped, and line breaks are kept."""
    return _without_references(_PUNCTUATION.sub(_backslash_last, text))


def _without_references(escaped: str) -> str:
    """Put a zero-width space into what GitHub links even when escaped: mentions, issues and commit ids."""
    escaped = _REFERENCE.sub("\\1\u200b", escaped)
    return _COMMIT.sub(lambda found: "\u200b".join(re.findall(".{1,6}", found[0])), escaped)


def _backslash_last(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}\\{found[0][-1]}"


def markdown_autolink(url: str) -> str:
    """Return a link to `url`, whoever wrote it, as Markdown; one that is not http(s) as text."""
    if not url.startswith(("https://", "http://")):
        return escape_markdown(url)
    return f"<{_NOT_IN_AUTOLINK.sub(lambda found: quote(found[0]), escape_controls(url))}>"


def to_markdown(text: str) -> str:
    """Return plain text, such as a title, as the Markdown that shows it, escaping only what Markdown would
    interpret. Paragraphs are kept; other white space is collapsed. Fingerprints of released commitments
    depend on the result."""
    lines = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(_MARKDOWN_SYNTAX.sub(_backslash_last, line) for line in lines)


def escape_formula(cell: str) -> str:
    """Return `cell` with an apostrophe in front if a spreadsheet would read it as a formula (OWASP, “CSV
    Injection”)."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def replace_invalid_xml(text: str) -> str:
    """Return `text` with U+FFFD for each character that XML 1.0 does not allow, such as most controls."""
    return _INVALID_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def yaml_text(value: str) -> str:
    """Return `value` as YAML that every reader takes for this text: in quotation marks unless it is letters
    alone."""
    if _PLAIN_YAML.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)


def yaml_list(values: Iterable[str]) -> str:
    """Return `values` as the inside of a YAML list on one line."""
    return ", ".join(map(yaml_text, values))
