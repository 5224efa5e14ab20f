"""A coroutine → what it returns, wherever a test runs."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def run(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Return what `coroutine` returns, or raise what it raises. It runs in a thread of its own: once a test
    has opened a browser, Playwright's loop runs in that of all the tests after it, and asyncio takes no other
    there."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
