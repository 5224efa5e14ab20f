"""Which cases of a test run each time, and which in the long tier alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest


def every_fourth(cases: Iterable[Any]) -> list[Any]:
    """Return `cases` as parameters of a test: the first and every fourth after it run each time, the others
    in the long tier."""
    return [
        pytest.param(case, marks=() if at % 4 == 0 else pytest.mark.long) for at, case in enumerate(cases)
    ]


def every_second(cases: Mapping[str, Any]) -> list[Any]:
    """Return the values of `cases`, named by their keys, as parameters of a test: the first and every second
    after it run each time, the others in the long tier."""
    return [
        pytest.param(case, id=name, marks=() if at % 2 == 0 else pytest.mark.long)
        for at, (name, case) in enumerate(cases.items())
    ]


def every_third(cases: Mapping[str, Any]) -> list[Any]:
    """The same with every third."""
    return [
        pytest.param(case, id=name, marks=() if at % 3 == 0 else pytest.mark.long)
        for at, (name, case) in enumerate(cases.items())
    ]
