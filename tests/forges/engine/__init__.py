"""Expressions of workflows → their values, by GitHub's own engine."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

from node import NODE

PROGRAM = Path(__file__).with_name("evaluate.mjs")


class ExpressionError(Exception):
    """What the engine says of an expression that it cannot evaluate."""


@cache
def _engine() -> subprocess.Popen[str]:
    """The engine, started once; it ends with its input."""
    return subprocess.Popen([NODE, PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(**request: object) -> object:
    engine = _engine()
    assert engine.stdin is not None
    assert engine.stdout is not None
    engine.stdin.write(json.dumps(request) + "\n")
    engine.stdin.flush()
    said = json.loads(engine.stdout.readline())
    if "error" in said:
        raise ExpressionError(said["error"])
    return said["value"]


def evaluate(text: str, contexts: dict, status: str = "success") -> str:
    """Return `text` with the value of each ${{ }}; `contexts` are those that it may name."""
    return str(_ask(text=text, contexts=contexts, status=status)) if "${{" in text else text


def holds(condition: str, contexts: dict, status: str = "success") -> bool:
    """Return whether the `if` of a job or step holds when what came before it ended as `status`."""
    return bool(_ask(condition=condition, contexts=contexts, status=status))
