"""Every word that the program says comes from the catalogs: none stands in the code, or in a template, alone.

The code is read as a tree. A text of two words or more that stands in no call of gettext and is no docstring
is found whatever it is handed to: a message that is put together from parts is found by its parts.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes

from charterpress.outputs.html import templates
from conftest import ROOT

PACKAGE = ROOT / "hooks" / "charterpress"
GETTEXT = {"_", "gettext", "N_", "ngettext", "pgettext", "npgettext"}
UNSAID = {"AssertionError", "compile", "cast", "_words", "_names", "_levels"}
"""Calls whose texts nobody reads: of the program itself, patterns, and words that it looks for."""
METHODS = {"split", "splitlines"}
"""Methods that make a list of words of a text: what a program looks for."""
TAG = re.compile(r"<[^<>]*>")
SAYING = re.compile(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
COMMAND = re.compile(r"\s*(?:charter [a-z]|git |gh |python -m )")
WORDS = re.compile(r"[^\W\d_]{2,}[,;:.…”]* +[“(]?[^\W\d_]{2,}|^[^\W\d_]+ [^\W\d_]+$")
"""Two words of a sentence."""
GAP = "\ufffc"
"""What stands for a value in an f-string."""

EXCEPTIONS = {
    "what the program looks for": (
        "checks/wording.py: WEAK",
        "cli/command_line.py: _ERRORS",
        "cli/command_line.py: _SECTIONS",
        "editing/sign_up/amendments.py: REMOVE",
        "editing/sign_up/fields.py: _REQUESTS",
        "editing/sign_up/read_forms.py: NO_RESPONSE",
        "editing/sign_up/spreadsheet.py: read_rows",
        "editing/translate.py: _READING",
        "editing/upgrade/changelog.py: (SEE, DO)",
        "hosts/look.py: _paper",
        "read/contacts.py: COLUMNS",
        "read/yaml_errors.py: _EXPLANATIONS",
        "read/yaml_errors.py: _explain",
        "text/encodings.py: decode",
        "text/collation.py: _ALPHABETS",
        "text/interface.py: UNREAD",
        "versions/diff/redline.py: _PARAGRAPH",
        "versions/number/lowering.py: CAPITALS",
    ),
    "headings by which the package’s own files are read; what is shown of them is translated": (
        "outputs/html/practice/practice_pages.py: VALUES",
        "outputs/words/__init__.py: GUIDE",
        "outputs/words/__init__.py: _UNTITLED",
        "outputs/words/cafe_words.py: cafe_timetable",
        "views/sign_links.py: SIGN_AGAIN",
        "views/sign_links.py: REPORT",
    ),
    "a value of data, or of a protocol": (
        "checks/__init__.py: SURROUNDING_RULES",
        "checks/report.py: format_annotations",
        "checks/signatories/reports.py: MEANT_ANSWERS",
        "checks/translation_files.py: _wrong_headers",
        "cli/command.py: NAMES",
        "forges/github/host.py: _CREDENTIALS",
        "forges/github/host.py: _LISTED",
        "forges/github/host.py: GitHub",
        "forges/protocol.py: CHECK",
        "hosts/settings.py: DEFAULT_POLICY",
        "linkcheck/decompress.py: ACCEPT_ENCODING",
        "linkcheck/fetch.py: _merge_other_agents",
        "model/register.py: Answer",
        "model/versions.py: Kind",
        "outputs/feeds/signatories.py: (SIGNED, AGAIN, WITHDREW)",
    ),
    "a command to type": ("outputs/html/check_pages.py: _command",),
    "styles, drawings and types": (
        "cli/diff.py: _STYLE",
        "editing/yaml_editor.py: Edit",
        "editing/yaml_editor.py: Plain",
        "editing/yaml_writer.py: Item",
        "outputs/images/badge.py: SYSTEM",
        "outputs/letters/template.py: _style",
        "outputs/pdf/drawn_words.py: _drawn",
        "outputs/style/palette.py: stylesheet",
        "outputs/style/scripts.py: _face",
        "outputs/style/scripts.py: _typography",
        "site/search.py: WHOLE_TEXT",
        "text/markdown/render.py: _HERE",
    ),
    "written into files, in the one language that they have for all who work on the charter": (
        "checks/body.py: TEMPLATE_SENTENCES",
        "checks/reporting.py: SENTENCE",
        "checks/reporting.py: SENTENCE_IN_GRACE",
        "cli/new/principle.py: principle_command",
        "editing/translate.py: new_translation",
        "versions/changelog.py: SECTION",
        "versions/changelog.py: add_to_changelog",
        "versions/translations/units.py: BEHAVIOUR_FIELDS",
        "versions/translations/units.py: LIST_ITEMS",
        "versions/translations/units.py: _headed",
        "versions/translations/units.py: _units",
    ),
    "examples of names, which are in the charter’s language": ("cli/init.py: _ASKED",),
    "keys of mkdocs.yml": ("hosts/look.py: site_look",),
    "a mistake in the program, which nobody else can make": (
        "outputs/html/change_renderer.py: ChangeRenderer",
        "text/script_patterns.py: _escape",
        "text/script_patterns.py: script_pattern",
        "editing/sign_up/html_text.py: html_text",
    ),
    "what a placeholder stands for, as the page on letters says it": (
        "views/letter_kinds.py: KINDS",
        "views/letters.py: PLACEHOLDERS",
        "views/letter_kinds.py: _CHANGES",
        "views/letter_reports.py: REPORT_PLACEHOLDERS",
    ),
}
"""What may stand in the code by itself: why, and where, as a file and the name that it is given there."""
EXCEPTED = {place for places in EXCEPTIONS.values() for place in places}


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text of a tree that stands in no call of gettext, with its line; a value in it is a GAP."""
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return  # a docstring
    if isinstance(tree, ast.Call):
        if _name(tree.func) in GETTEXT | UNSAID:
            return
        if isinstance(tree.func, ast.Attribute) and tree.func.attr in METHODS:
            yield from (each for part in tree.args for each in _texts(part))
            return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree.lineno, tree.value
    elif isinstance(tree, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else GAP for each in tree.values]
        yield tree.lineno, "".join(map(str, parts))
        for each in tree.values:
            if isinstance(each, ast.FormattedValue):
                yield from _texts(each.value)
    else:
        for field, value in ast.iter_fields(tree):
            if field not in {"annotation", "returns"}:
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, ast.AST):
                        yield from _texts(each)


def _said(text: str) -> bool:
    """Whether a text has words for a person: outside of tags, or in the attributes that are read out."""
    outside = TAG.sub(GAP, text)
    return not COMMAND.match(text) and bool(
        WORDS.search(outside) or any(re.search(r"[^\W\d_]{2,}", each) for each in SAYING.findall(text))
    )


def _where(statement: ast.stmt) -> str:
    """What a statement at the top of a file, or of a class, gives a name to."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement.name
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    return ast.unparse(statement.target) if isinstance(statement, ast.AnnAssign) else ""


def said_alone(source: str) -> dict[str, list[tuple[int, str]]]:
    """What Python code says without a catalog, by the name of what it stands in."""
    found = defaultdict(list)
    for statement in ast.parse(source).body:
        name = _where(statement)
        if name and f"{name}.split(" in source:
            continue  # a list of words that are looked for
        for line, text in _texts(statement):
            if _said(text):
                found[name].append((line, text))
    return found


def test_every_message_in_an_f_string_is_in_a_catalog():
    """Babel doesn't look into one before Python 3.12: then the message has to stand elsewhere too."""
    templates_ = (
        (PACKAGE / f"text/catalogs/{name}.pot").read_text("utf-8") for name in ("public", "editors")
    )
    known = "".join(templates_)
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for string in (each for each in ast.walk(tree) if isinstance(each, ast.JoinedStr)):
            found += [
                f"{path.relative_to(PACKAGE)}:{each.lineno}"
                for each in ast.walk(string)
                if isinstance(each, ast.Call)
                and isinstance(each.func, ast.Name)
                and each.func.id in {"_", "gettext", "ngettext"}
                and isinstance(each.args[0], ast.Constant)
                and f'msgid "{each.args[0].value}"' not in known
            ]
    assert found == []


def test_code_says_nothing_that_no_catalog_has():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"vendor", "starter"} & {*path.relative_to(PACKAGE).parts}:
            place = path.relative_to(PACKAGE).as_posix()
            found |= {f"{place}: {name}": each for name, each in said_alone(path.read_text("utf-8")).items()}
    assert {place: each for place, each in found.items() if place not in EXCEPTED} == {}
    assert EXCEPTED - found.keys() == set(), "take out what is no longer needed"


@pytest.mark.parametrize(
    "code",
    [
        'raise CharterError(f"the file {name} is not there")',
        'log.info("%s is written", name)',
        'message = "nothing " + "was found"\nraise UsageError(message)',
        'WORDS = {1: "one thing"}',
        'def f(x="no name"): ...',
        'out = f"<p>{name} has signed it</p>"',
        """out = f'<a title="Signed">{x}</a>'""",
        'say(_("{a} b").format(a="two words"))',
        'say(f"{_(word)} and more than that")',
    ],
)
def test_words_alone_are_found(code):
    assert said_alone(code)


@pytest.mark.parametrize(
    "code",
    [
        '"""Some words."""',
        '_("some words {x}").format(x=_("other words"))',
        'WORDS = "some words".split()',
        'NAME = "name"',
        'x = f"<li class=\\"two words\\">{name}</li>"',
        'x: "a b" = 1',
    ],
)
def test_what_nobody_reads_is_not_found(code):
    assert not said_alone(code)


# --- Templates -----------------------------------------------------------------------------------------

TEMPLATES = sorted(templates.FOLDER.rglob("*.html"))
ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n", templates.Once])
ALONE = {"html", "linux", "macos", "svg"}
"""Names that are the same in every language."""


KEPT = GETTEXT | {"command", "class"}
"""What is called or set with a text that is a message, or that nobody reads as words."""


def _kept(node: nodes.Call | nodes.Assign) -> bool:
    name = node.node if isinstance(node, nodes.Call) else node.target
    return isinstance(name, nodes.Name) and name.name in KEPT


def _written(node: nodes.Node) -> Iterator[str]:
    """What a template writes outside of messages, in its order; what is put in is a GAP."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Call | nodes.Assign) and _kept(node):
        yield GAP
    elif isinstance(node, nodes.Const):
        yield f"{GAP}{node.value}{GAP}" if isinstance(node.value, str) and WORDS.search(node.value) else GAP
    else:
        for child in node.iter_child_nodes():
            yield from _written(child)


def said_by_template(source: str) -> list[str]:
    """The words that a template says without a catalog."""
    text = "".join(_written(ENVIRONMENT.parse(source)))
    text = re.sub(r"<(style|script|code|kbd|pre)\b.*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL)
    said = [*TAG.sub(GAP, text).split(GAP), *SAYING.findall(text)]
    words = [word for each in said for word in re.findall(r"(?<![&#\w])[^\W\d_]{2,}", each)]
    return [word for word in words if word.lower() not in ALONE]


def test_templates_say_nothing_that_no_catalog_has():
    found = {
        path.relative_to(templates.FOLDER).as_posix(): said_by_template(path.read_text("utf-8"))
        for path in TEMPLATES
    }
    assert len(found) > 50
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Signed by {{ name }}</p>", ["Signed", "by"]),
        ('<a {% if x %}class="b c"{% endif %} title="Signed">{{ x }}</a>', ["Signed"]),
        ('{{ "no name" if x }}', ["no", "name"]),
        ('<p class="a b">{% trans %}Signed by{% endtrans %} {{ _("some words") }}</p>', []),
    ],
)
def test_words_alone_are_found_in_a_template(source, words):
    assert said_by_template(source) == words
