"""Which cases of a test run each time, and which in the long tier alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def every_fourth(cases: Iterable[Any]) -> list[Any]:
    """Return `cases` as parameters of a test: the first and every fourth after it run each time, the others
    in the long tier."""
    return [
        pytest.param(case, marks=() if at % 4 == 0 else pytest.mark.long) for at, case in enumerate(cases)
    ]
