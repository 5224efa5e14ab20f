"""Every word that the program says comes from the catalogs: none stands in the code, or in a template, alone.

The code is read as a tree. A text of two words or more that stands in no call of gettext, and is no docstring,
is found whatever it is handed to: a message that is put together from parts is found by its parts.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes
from lxml import html

from charterpress.outputs.html import templates
from conftest import ROOT

PACKAGE = ROOT / "hooks" / "charterpress"
GETTEXT = {"_", "gettext", "N_", "ngettext", "pgettext", "npgettext"}
UNSAID = {"AssertionError", "getLogger", "compile", "cast", "TypeVar", "deprecated"}
"""Calls whose texts nobody reads: of the program itself, and patterns."""
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
}
"""What stands in the code by itself, by its file and the name that it is given there, and why."""


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
        for line, text in _texts(statement):
            if _said(text):
                found[_where(statement)].append((line, text))
    return found


def test_code_says_nothing_that_no_catalog_has():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"vendor", "starter"} & {*path.relative_to(PACKAGE).parts}:
            place = path.relative_to(PACKAGE).as_posix()
            found |= {f"{place}: {name}": each for name, each in said_alone(path.read_text("utf-8")).items()}
    assert {place: each for place, each in found.items() if place not in EXCEPTIONS} == {}
    assert EXCEPTIONS.keys() - found.keys() == set(), "take out what is no longer needed"


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
